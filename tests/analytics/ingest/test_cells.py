"""What a cell says: every way in which people write a number, a year, a code."""

from itertools import pairwise

import pytest

from analytics.contract import KIND_WORDS, KINDS
from analytics.engines import connect
from analytics.errors import BuildError
from analytics.ingest.codes import SECTION_DIVISIONS, code_tables

pytestmark = pytest.mark.slow


def column(read, table: str, name: str, texts: list[str]) -> dict[str, object]:
    """Give what each text says in a column; all are read at once, as rows of one file."""
    ends = [f"r{number},s{number}" if table == "relations" else f"r{number}" for number in range(100, 100 + len(texts))]
    lines = [f'{end},"{text}"' for end, text in zip(ends, texts, strict=True)]
    header = {"relations": "source,target"}.get(table, "id")
    result = read(tables={table: "\n".join([f"{header},{name}", *lines])})
    return dict(zip(texts, [row[name] for row in result.rows(table)], strict=True))


WHOLE = {
    "1234": 1234, "1,234": 1234, "1,234,567": 1234567, "１２，３４５": 12345, " 12\u3000": 12, "1e3": 1000, "12.0": 12,
    "+5": 5, "0": 0, "12.": 12, "\u00a07\u200b": 7, "12,34": None, "1 234": None, "1_000": None, "nan": None,
    "Infinity": None, "0x10": None, "3人": None, "5%": None, "--1": None, "1e": None, ".5": None, "": None,
}  # fmt: skip
MONEY = {"1,234.5": 1234.5, "3.5E+07": 3.5e7, "0.10": 0.1, "１．５": 1.5, "1,5": None, "¥5": None}
YEARS = {
    "2010": 2010, "2010.0": 2010, "２０１０": 2010, "2010-05-01": 2010, "2010/5/1": 2010, "2010.5.1": 2010,
    "2010年": 2010,
    "2010年5月1日": 2010, "2010-05-01 00:00:00": 2010, "10": None, "2010.5": None, "1 May 2010": None,
}  # fmt: skip
BOOLEANS = {
    **dict.fromkeys(["是", "TRUE", "true", "1", "1.0", "Yes", "y", "上市", "已上市", "Listed", "１"], True),
    **dict.fromkeys(["否", "false", "0", "no", "N", "未上市", "非上市", "0.0"], False),
    **dict.fromkeys(["2", "maybe", ""]),
}
PROVINCES = {
    "11": "11", "110000": "11", "11.0": "11", "北京": "11", "北京市": "11", "BEIJING": "11", "１１": "11",
    "内蒙古自治区": "15", "inner mongolia": "15", "广西": "45", "新疆维吾尔自治区": "65", " 台湾 ": "71", "99": None,
    "1": None, "京": None,
}  # fmt: skip
INDUSTRIES = {
    "C": "C", "c": "C", "39": "39", "C39": "39", "c39": "39", "39.0": "39", "制造业": "C", "食品制造业": "14",
    "Mining": "B", "I65": "I", "65": "I", "A01": "A", "97": "T", "U": None, "98": None, "00": None, "C13X": None,
    "3911": None, "B13": None,
}  # fmt: skip
TECHNOLOGIES = {
    "5g/6g": "5g_6g",
    "物联网": "internet_of_things",
    "internet of  things": "internet_of_things",
    "AI": None,
}
APPLICATIONS = {"Smart city": "smart_city", "智慧城市": "smart_city", "smart_city": "smart_city"}
KIND = {"大学": "university", "Foreign vendor": "foreign_vendor", "国家": "country", "university": "university"}
# A name keeps the brackets and wide letters that its owner chose.
NAMES = {" ＡＢ（中国）有限公司\u3000": "ＡＢ（中国）有限公司", "a  b": "a  b", "\ta\u00a0b": "a b", " \u3000": None}


@pytest.mark.parametrize(
    ("table", "name", "means"),
    [
        ("firms", "employees", WHOLE),
        ("firms", "revenue_cny", MONEY),
        ("firms", "founded_year", YEARS),
        ("firms", "listed", BOOLEANS),
        ("firms", "province", PROVINCES),
        ("firms", "name_zh", NAMES),
        ("relations", "industry", INDUSTRIES),
        ("relations", "technology", TECHNOLOGIES),
        ("relations", "application", APPLICATIONS),
        ("organizations", "kind", KIND),
    ],
)
def test_cells_say_what_people_mean(read, table: str, name: str, means: dict[str, object]) -> None:
    assert column(read, table, name, list(means)) == means


def test_every_kind_has_words_in_both_languages() -> None:
    assert list(KIND_WORDS) == list(KINDS)
    assert all(any(not word.isascii() for word in words) for words in KIND_WORDS.values())


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
