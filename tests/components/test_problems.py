"""What is wrong with a reader's files is said as a sentence, in both languages."""

import re
import unicodedata
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from analytics.errors import DataError, DataErrors
from analytics.ingest import Limits, ingest
from analytics.taxonomy import read_taxonomy
from analytics.uploads import INCOMING, LONGEST_CELL, count_problems, problems_of
from components.i18n import LANGUAGES
from components.problems import LONGEST, LONGEST_LIST, say_errors, say_problem, shown

TAXONOMY = Path(__file__).parents[2] / "data" / "taxonomy"
RAGGED = [
    "relations.csv",
    3,
    None,
    "1 cells",
    "2 cells",
    "Put text that holds the delimiter in double quotes, and fill up short rows.",
]


def test_a_problem_is_a_sentence() -> None:
    assert say_problem(RAGGED, "en") == (
        "relations.csv, row 3: the row has 1 cell instead of 2. "
        "Put text that holds the delimiter in double quotes, and fill up short rows."
    )
    assert say_problem(RAGGED, "zh") == (
        "relations.csv 第 3 行：这一行有 1 个单元格，应有 2 个。请用双引号括住含有分隔符的文字，并补齐缺少单元格的行。"
    )


@pytest.mark.parametrize(
    ("row", "column", "en", "zh"),
    [
        (None, None, "a.csv: ", "a.csv："),
        (12345, None, "a.csv, row 12345: ", "a.csv 第 12345 行："),
        (None, "id", "a.csv, column “id”: ", "a.csv 的“id”列："),
        (2, "编号", "a.csv, row 2, column “编号”: ", "a.csv 第 2 行“编号”列："),
    ],
)
def test_a_problem_says_where(row: int | None, column: str | None, en: str, zh: str) -> None:
    info = ("a.csv", row, column, "x", "text", "Check the name.")
    assert say_problem(info, "en").startswith(en) and say_problem(info, "zh").startswith(zh)


def test_unknown_words_are_said_in_english() -> None:
    info = ("a.csv", 2, "id", "x", "an even number", "Make it even.")
    assert say_problem(info, "zh") == "a.csv 第 2 行“id”列：读到的是“x”，应为：an even number。Make it even."
    assert say_problem(info, "en") == "a.csv, row 2, column “id”: found “x”, expected an even number. Make it even."


def test_numbers_are_grouped_and_positions_of_rows_are_not() -> None:
    remedy = "Load fewer rows, or use the command line, which has no limit."
    info = ("a.csv", None, None, "2500000", "at most 2000000 rows in a table", remedy)
    assert "found 2,500,000, but at most 2,000,000 rows in a table" in say_problem(info, "en")
    assert "一张表的行数不能超过 2,000,000，现有 2,500,000" in say_problem(info, "zh")


def test_what_a_reader_wrote_is_not_taken_for_our_words() -> None:
    info = ("nothing.csv", None, None, "nothing", "a file named after its table", "Check the name.")
    assert "“nothing”" in say_problem(info, "zh")
    braces = (
        "{n}.csv",
        1,
        "{value}",
        "{found}",
        "an id that comes once; row 2 has it and differs in city",
        "Check the name.",
    )
    assert say_problem(braces, "en").startswith("{n}.csv, row 1, column “{value}”: “{found}” is the id of row 2 too")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a\x00b\x1b[31m\n", r"a\x00b\x1b[31m\n"),
        ("\u202egpj", r"\u202egpj"),
        ("\udc80", r"\udc80"),
        ("企业　名称", "企业　名称"),
        ("x" * 80, "x" * 80),
        ("x" * 81, "x" * 79 + "…"),
        ("\x00" * 80, r"\x00" * 19 + "…"),
    ],
)
def test_what_strangers_wrote_can_be_read(text: str, said: str) -> None:
    assert shown(text) == said


@given(
    st.lists(st.text() | st.sampled_from(["one header for id; '", "; '", "' means it too"]), max_size=9).map("".join)
)
def test_any_words_are_said(text: str) -> None:
    for lang in LANGUAGES:
        said = say_problem((text, 1, text, text, text, text), lang)
        assert len(said) < 3 * (LONGEST + LONGEST_LIST)
        assert not {unicodedata.category(letter) for letter in said} & {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def problems(source: Path, out: Path, limits: Limits) -> list[list[object]]:
    """Give what ingest says of files, as a worker writes it down."""
    with pytest.raises((DataError, DataErrors)) as caught:
        ingest(source, out, read_taxonomy(TAXONOMY), limits, say=lambda line: None)
    return problems_of(caught.value)


# Files -> a part of the first Chinese sentence; each is read by ingest itself.
REAL = [
    ({"relations.csv": b"source,target\na,b\nc\n"}, "relations.csv 第 3 行：这一行有 1 个单元格，应有 2 个。"),
    ({"relations.csv": b"a,b\nc,d\n"}, "缺少必需的列：source 和 target，或者 source_province 和 target_province。"),
    ({"firms.csv": b"city\nx\n"}, "现有的列名是“city”，缺少必需的列：id。"),
    ({"firms.csv": b"id,\xc6\xf3\xd2\xb5\xb1\xe0\xba\xc5\na,b\n"}, "第 1 行“企业编号”列：这一列与“id”列都表示 id"),
    (
        {"firms.csv": b'id,"it\'s"\na,b\n', "mapping.csv": b"table,header,column\nfirms,it's,id\n"},
        "“it's”列：这一列与“id”列",
    ),
    (
        {"firms.csv": b"id,n\na,b\n", "mapping.csv": b"table,header,column\nfirms,n,no\n"},
        "“no”不是下列名称之一：id、name_zh",
    ),
    (
        {"firms.csv": b"id,n\na,b\n", "mapping.csv": b"a,b,c\nfirms,n,id\n"},
        "列名是“a, b, c”，应依次为 table、header、column",
    ),
    ({"firms.csv": b"id\na\n", "nothing.csv": b"id\na\n"}, "从名称“nothing”看不出这是哪一张数据表"),
    ({"firms.csv": b"id\na\n", "firms.txt": b"id\na\n"}, "firms.txt：“firms.csv”也是 firms 表"),
    ({"notes.doc": b"x"}, "您的文件：其中没有数据表"),
    ({"firms.csv": b""}, "这是空文件，需要的是 CSV、Parquet 或 XLSX 文件。"),
    ({"firms.csv": b"%PDF-1.7"}, "这是 PDF 文件，"),
    ({"firms.csv": b"\xff\xfei\x00d\x00"}, "编码是 UTF-16，"),
    ({"firms.csv": b"id\n\xff\n"}, "第 2 行：位置 3 处的字节 0xff 无法解码，"),
    ({"firms.csv": b"id\na\x00\n"}, "含有 NUL 字节，不是文本。"),
    ({"firms.csv": b"\n\n"}, "没有列名，"),
    ({"firms.csv": b'id,city\na,"x\n'}, "到文件末尾仍有引号没有闭合"),
    ({"firms.csv": b'id,city\na,"x"y"\n'}, '" 之后应为 ,'),
    ({"firms.csv": b"PAR1 and no more"}, "Parquet 文件已损坏"),
    ({"firms.csv": b"id," + b"a," * 30 + b"\nb\n"}, "一张表的列数不能超过 20，现有 32。"),
    ({"firms.csv": b"id\n" + b"a\n" * 30}, "一张表的行数不能超过 20，现有 30。"),
    ({"firms.csv": b"id\n" + b"a" * 99}, "第 2 行：一个单元格的字符数不能超过 20，现有 99。"),
]
SMALL = Limits(rows=20, columns=20, characters=20)
# Two words of a sentence that was left in English, outside of quotes.
ENGLISH = re.compile(r"\b[a-z]{2,},? [a-z]{2,}\b")


@pytest.mark.parametrize(("files", "part"), REAL, ids=[part for _, part in REAL])
def test_what_is_wrong_with_real_files_is_said_in_chinese(files: dict[str, bytes], part: str, tmp_path: Path) -> None:
    source = tmp_path / INCOMING
    source.mkdir()
    for name, content in files.items():
        (source / name).write_bytes(content)
    found = problems(source, tmp_path / "out", SMALL)
    said = say_errors(found, len(found), "zh")
    assert part in said[0]
    assert not [one for one in said if ENGLISH.search(re.sub("“.*?”", "", one))]


def test_what_is_wrong_with_workbooks_and_parquet_is_said_in_chinese(tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(["source"])
    book.create_sheet("nothing").append(["a"])
    book.save(tmp_path / "book.xlsx")
    pq.write_table(pa.table({"source": [["a"]], "target": ["b"]}), tmp_path / "relations.parquet")
    (sheets,) = problems(tmp_path / "book.xlsx", tmp_path / "out", SMALL)
    assert "没有一个工作表以数据表命名（现有：“Sheet, nothing”）。" in say_problem(sheets, "zh")
    (nested,) = problems(tmp_path / "relations.parquet", tmp_path / "out", SMALL)
    assert "relations.parquet 的“source”列：该列的类型是“list<" in say_problem(nested, "zh")


def test_reading_that_takes_too_long_is_said(tmp_path: Path) -> None:
    (tmp_path / "firms.csv").write_bytes(b"id\na\n")
    (late,) = problems(tmp_path / "firms.csv", tmp_path / "out", Limits(seconds=0))
    assert say_problem(late, "zh").startswith("您的数据：读取和计算超过了 0 秒的时限。")


@pytest.mark.parametrize(("lang", "last"), [("zh", "另有 1,950 处问题未列出。"), ("en", "And 1,950 more.")])
def test_only_fifty_problems_are_said(lang: str, last: str) -> None:
    said = say_errors([RAGGED] * 60, 2_000, lang)
    assert len(said) == 51 and said[-1] == last and said[0] == say_problem(RAGGED, lang)
    assert say_errors([RAGGED] * 50, 50, lang)[-1] == say_problem(RAGGED, lang)
    assert say_errors([], 0, lang) == []


def test_a_file_of_bad_rows_leaves_a_short_status() -> None:
    """A thousand problems are counted, fifty kept, and of a cell no more than can be said."""
    error = DataErrors([DataError("a.csv", row, "year", "9" * 10_000, "a year", "Mend it.") for row in range(1_000)])
    kept = problems_of(error)
    assert count_problems(error) == 1_000 and len(kept) == 50
    assert all(len(one[3]) == LONGEST_CELL for one in kept)
    assert "950" in say_errors(kept, count_problems(error), "en")[-1]
