"""CSV files as the world writes them: encodings, delimiters, quotes, headers."""

import codecs
from pathlib import Path

import pytest

from analytics.errors import DataError, DataErrors

# 㐂 needs two bytes of GBK's extension, 𠀀 and 𬮭 four bytes of GB18030.
RARE = "㐂𠀀𬮭"
TEXT = f"企业编号,企业名称,省份\n甲１,{RARE}公司,内蒙古自治区\n"
GB18030_BOM = "\ufeff".encode("gb18030")


def save(folder: Path, content: bytes, name: str = "firms.csv") -> Path:
    source = folder / "source"
    source.mkdir(exist_ok=True)
    (source / name).write_bytes(content)
    return source


@pytest.mark.parametrize(
    "content",
    [
        TEXT.encode("utf-8"),
        codecs.BOM_UTF8 + TEXT.encode("utf-8"),
        TEXT.encode("gb18030"),
        GB18030_BOM + TEXT.encode("gb18030"),
        TEXT.replace("\n", "\r\n").encode("utf-8-sig"),
    ],
    ids=["utf-8", "utf-8 with mark", "gb18030", "gb18030 with mark", "windows"],
)
def test_encodings_are_told_apart(read, tmp_path: Path, content: bytes) -> None:
    result = read(save(tmp_path, content))
    (row,) = result.rows("firms")
    assert (row["id"], row["name_zh"], row["province"]) == ("甲1", f"{RARE}公司", "15")
    headers = dict(result.ledger.columns.query("table == 'firms'")[["column", "header"]].to_numpy())
    assert headers["id"] == "企业编号"


def test_a_letter_across_the_edge_of_a_piece_is_one_letter(read, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr("analytics.ingest.text.CHUNK", 7)
    for encoding in ("utf-8", "gb18030"):
        (row,) = read(save(tmp_path, TEXT.encode(encoding))).rows("firms")
        assert row["name_zh"] == f"{RARE}公司"


@pytest.mark.parametrize("chunk", [1, 5, 1 << 20])
def test_a_byte_of_no_encoding_is_told_by_row_and_place(read, tmp_path: Path, monkeypatch, chunk: int) -> None:
    monkeypatch.setattr("analytics.ingest.text.CHUNK", chunk)
    content = b"id,city\na,x\nb,\xff\xffy\n"
    with pytest.raises(DataError) as found:
        read(save(tmp_path, content))
    assert found.value.info.row == 3
    assert found.value.info.value == f"byte 0xff at position {content.index(0xFF)}"


def test_a_file_that_ends_within_a_letter_is_refused(read, tmp_path: Path) -> None:
    with pytest.raises(DataError, match="UTF-8 or GB18030"):
        read(save(tmp_path, "id,city\na,京京".encode()[:-1]))


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_is_refused_by_name(read, tmp_path: Path, encoding: str) -> None:
    mark = codecs.BOM_UTF16_LE if encoding.endswith("le") else codecs.BOM_UTF16_BE
    with pytest.raises(DataError, match="UTF-16"):
        read(save(tmp_path, mark + TEXT.encode(encoding)))


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_delimiters_are_told_by_the_header(read, tmp_path: Path, delimiter: str) -> None:
    text = delimiter.join(["id", "city", "employees"]) + "\n" + delimiter.join(["a", '"x,y;z"', "3"]) + "\n"
    (row,) = read(save(tmp_path, text.encode())).rows("firms")
    assert (row["id"], row["city"], row["employees"]) == ("a", "x,y;z", 3)


def test_a_quoted_cell_may_hold_lines_quotes_and_delimiters(read, tmp_path: Path) -> None:
    content = b'id,city,patents\na,"x\r\n""y"", z",1\nb,,-1\n'
    result = read(save(tmp_path, content))
    assert result.rows("firms")[0]["city"] == 'x  "y", z'
    # The cell above takes two lines but one row, as a spreadsheet counts.
    assert result.events()["row"].tolist() == ["3"]


def test_ragged_rows_are_refused_by_number(read, tmp_path: Path) -> None:
    with pytest.raises(DataErrors) as found:
        read(save(tmp_path, b"id,city\na,x\n\nb\nc,x,y\n"))
    assert [(error.info.row, error.info.value) for error in found.value] == [(4, "1 cells"), (5, "3 cells")]


def test_many_ragged_rows_are_told_up_to_a_number(read, tmp_path: Path) -> None:
    with pytest.raises(DataErrors) as found:
        read(save(tmp_path, b"id,city\n" + b"a\n" * 500))
    assert len(found.value.problems) == 50


@pytest.mark.parametrize("content", [b'id,city\na,"x\nb,y\n', b'id,city\na,x\nb,"y'])
def test_a_quote_that_stays_open_is_refused(read, tmp_path: Path, content: bytes) -> None:
    with pytest.raises((DataError, DataErrors), match="quotes that open and close"):
        read(save(tmp_path, content))


def test_a_lone_quote_inside_a_cell_is_text(read, tmp_path: Path) -> None:
    (row,) = read(save(tmp_path, b'id,city\na,5" pipe\n')).rows("firms")
    assert row["city"] == '5" pipe'


def test_blank_lines_keep_the_numbers_of_the_rows_below(read, tmp_path: Path) -> None:
    result = read(save(tmp_path, b"id,patents\n\n\na,-1\n\n"))
    assert result.rules("firms")["blank_row"] == 3
    assert result.events().query("rule == 'negative_number'")["row"].tolist() == ["4"]


@pytest.mark.parametrize(
    "header",
    ["Founded Year", "founded-year", "FOUNDED_YEAR", "成立年份", " 成立 年份 ", "ｆｏｕｎｄｅｄ", "\u3000创建年份"],
)
def test_headers_are_understood_in_many_forms(read, header: str) -> None:
    (row,) = read(tables={"企业": f"编号,{header}\na,2010\n"}).rows("firms")
    assert row["founded_year"] == 2010


def test_two_headers_for_one_column_are_refused(read) -> None:
    with pytest.raises(DataErrors, match="one header for founded_year; '成立年份' means it too"):
        read(tables={"firms": "id,成立年份,founded\na,1,2\n"})


def test_unknown_headers_are_ignored_and_told(read) -> None:
    columns = read(tables={"firms": "id,邮编,,city\na,1,2,\n"}).ledger.columns.query("table == 'firms'")
    states = {row["column"] or row["header"]: row["state"] for row in columns.to_dict("records")}
    assert (states["id"], states["city"], states["layer"], states["邮编"]) == ("present", "empty", "absent", "ignored")
    assert ["", "ignored", ""] in columns[["column", "state", "header"]].to_numpy().tolist()


def test_a_table_without_its_columns_is_refused(read) -> None:
    with pytest.raises(DataErrors, match="source and target, or source_province and target_province"):
        read(tables={"relations": "source,target_province\na,北京\n"})


@pytest.mark.parametrize("content", [b"\n\nid\na\n", b" , \na,b\n"])
def test_a_file_without_headers_is_refused(read, tmp_path: Path, content: bytes) -> None:
    with pytest.raises(DataError, match="no header"):
        read(save(tmp_path, content))


def test_a_header_alone_is_a_table_without_rows(read) -> None:
    result = read(tables={"relations": "source,target"})
    assert result.rules("relations") == {"read": 0, "kept": 0}
    assert result.rows("relations") == []


def test_a_mapping_names_other_headers(read, tmp_path: Path) -> None:
    source = save(tmp_path, b"Nr,Ort\na,Peking\n")
    (source / "mapping.csv").write_bytes(codecs.BOM_UTF8 + b"table,header,column\nfirms,NR,id\nfirms,Ort,city\n")
    (row,) = read(source).rows("firms")
    assert (row["id"], row["city"]) == ("a", "Peking")


def test_a_mapping_may_lie_elsewhere_and_wins(read, tmp_path: Path) -> None:
    (tmp_path / "mine.csv").write_text("table,header,column\nfirms,city,name_zh\n", "utf-8")
    (row,) = read(tables={"firms": "id,city\na,x\n"}, mapping=tmp_path / "mine.csv").rows("firms")
    assert (row["name_zh"], row["city"]) == ("x", None)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("table,column\nfirms,id\n", "table, header, column"),
        ("table,header,column\nfirm,x,id\n", "one of firms, organizations, relations"),
        ("table,header,column\nrelations,x,patents\n", "one of source, target"),
        ("table,header,column\nrelations,x\n", "3 cells"),
        ("table,header,column\n" + "#" * 100_000, "at most 100000 bytes of a mapping"),
    ],
)
def test_a_wrong_mapping_is_refused(read, text: str, found: str) -> None:
    with pytest.raises((DataError, DataErrors), match=found):
        read(tables={"firms": "id\na\n", "mapping": text})
