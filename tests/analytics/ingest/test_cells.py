"""What a cell says: every way in which people write a number, a year, a code."""

from itertools import pairwise

import pytest

from analytics.contract import KIND_WORDS, KINDS
from analytics.engines import connect
from analytics.errors import BuildError
from analytics.ingest.codes import SECTION_DIVISIONS, code_tables


def one(read, table: str, column: str, text: str) -> object:
    key = {"firms": "id", "organizations": "id", "relations": "source,target"}[table]
    ids = {"firms": "a", "organizations": "a", "relations": "a,b"}[table]
    result = read(tables={table: f'{key},{column}\n{ids},"{text}"\n'})
    return result.rows(table)[0][column]


@pytest.mark.parametrize(
    ("text", "number"),
    [("1234", 1234), ("1,234", 1234), ("1,234,567", 1234567), ("１２，３４５", 12345), (" 12\u3000", 12), ("1e3", 1000),
     ("12.0", 12), ("+5", 5), ("0", 0), ("12.", 12), ("\u00a07\u200b", 7)],
)  # fmt: skip
def test_whole_numbers(read, text: str, number: int) -> None:
    assert one(read, "firms", "employees", text) == number


@pytest.mark.parametrize("text", ["12,34", "1 234", "1_000", "nan", "Infinity", "0x10", "3人", "5%", "--1", "1e", ".5"])
def test_what_is_no_whole_number(read, text: str) -> None:
    assert one(read, "firms", "employees", text) is None


@pytest.mark.parametrize(("text", "number"), [("1,234.5", 1234.5), ("3.5E+07", 3.5e7), ("0.10", 0.1), ("１．５", 1.5)])
def test_money(read, text: str, number: float) -> None:
    assert one(read, "firms", "revenue_cny", text) == number


@pytest.mark.parametrize(
    "text",
    [
        "2010",
        "2010.0",
        "２０１０",
        "2010-05-01",
        "2010/5/1",
        "2010.5.1",
        "2010年",
        "2010年5月1日",
        "2010-05-01 00:00:00",
    ],
)
def test_years(read, text: str) -> None:
    assert one(read, "firms", "founded_year", text) == 2010


@pytest.mark.parametrize("text", ["是", "TRUE", "true", "1", "1.0", "Yes", "y", "上市", "已上市", "Listed", "１"])
def test_yes(read, text: str) -> None:
    assert one(read, "firms", "listed", text) is True


@pytest.mark.parametrize("text", ["否", "false", "0", "no", "N", "未上市", "非上市", "0.0"])
def test_no(read, text: str) -> None:
    assert one(read, "firms", "listed", text) is False


@pytest.mark.parametrize(
    ("text", "code"),
    [("11", "11"), ("110000", "11"), ("11.0", "11"), ("北京", "11"), ("北京市", "11"), ("BEIJING", "11"),
     ("１１", "11"), ("内蒙古自治区", "15"), ("inner mongolia", "15"), ("广西", "45"),
     ("新疆维吾尔自治区", "65"), (" 台湾 ", "71")],
)  # fmt: skip
def test_provinces(read, text: str, code: str) -> None:
    assert one(read, "firms", "province", text) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [("C", "C"), ("c", "C"), ("39", "39"), ("C39", "39"), ("c39", "39"), ("39.0", "39"),
     ("制造业", "C"), ("食品制造业", "14"), ("Mining", "B"), ("I65", "I"), ("65", "I"), ("A01", "A"), ("97", "T")],
)  # fmt: skip
def test_industries(read, text: str, code: str) -> None:
    assert one(read, "relations", "industry", text) == code


@pytest.mark.parametrize("text", ["U", "98", "00", "C13X", "3911", "B13"])
def test_what_is_no_industry(read, text: str) -> None:
    assert one(read, "relations", "industry", text) is None


@pytest.mark.parametrize(
    ("column", "text", "code"),
    [("technology", "5g/6g", "5g_6g"), ("technology", "物联网", "internet_of_things"),
     ("technology", "internet of things", "internet_of_things"), ("application", "Smart city", "smart_city"),
     ("application", "智慧城市", "smart_city")],
)  # fmt: skip
def test_technologies_and_applications(read, column: str, text: str, code: str) -> None:
    assert one(read, "relations", column, text) == code


@pytest.mark.parametrize(
    ("text", "code"), [("大学", "university"), ("Foreign vendor", "foreign_vendor"), ("国家", "country")]
)
def test_kinds(read, text: str, code: str) -> None:
    assert one(read, "organizations", "kind", text) == code


def test_every_kind_has_words_in_both_languages() -> None:
    assert list(KIND_WORDS) == list(KINDS)
    assert all(any(not word.isascii() for word in words) for words in KIND_WORDS.values())


def test_names_keep_their_own_brackets_and_wide_letters(read) -> None:
    assert one(read, "firms", "name_zh", " ＡＢ（中国）有限公司\u3000") == "ＡＢ（中国）有限公司"


def test_the_divisions_of_the_sections_leave_no_gap(taxonomy) -> None:
    assert list(SECTION_DIVISIONS) == taxonomy["sections"]["code"].tolist()
    ranges = list(SECTION_DIVISIONS.values())
    assert ranges[0][0] == 1 and all(first == before[1] + 1 for before, (first, _) in pairwise(ranges))
    kept = taxonomy["divisions"]
    for code, section in zip(kept["code"], kept["section"], strict=True):
        assert SECTION_DIVISIONS[section][0] <= int(code) <= SECTION_DIVISIONS[section][1]


def test_a_word_of_two_codes_is_refused(taxonomy) -> None:
    layers = taxonomy["layers"].assign(name_zh=["一层", "一层", "应用层"])
    engine = connect()
    with pytest.raises(BuildError, match="layers is ambiguous: 一层"):
        code_tables({**taxonomy, "layers": layers}, engine)
    engine.disconnect()
