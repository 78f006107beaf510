"""Files that are meant to do harm, or look like it: each gets a refusal in clear words."""

import dataclasses
import os
import struct
import zipfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from openpyxl import Workbook

from analytics.errors import DataError
from analytics.ingest import NO_LIMITS, Limits

pytestmark = pytest.mark.slow

SMALL = dataclasses.replace(NO_LIMITS, workbook_bytes=1_000_000)
SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'
)
CELL = '<c r="{}" t="inlineStr"><is><t>{}</t></is></c>'


def folder(tmp_path: Path, name: str, content: bytes) -> Path:
    source = tmp_path / "source"
    source.mkdir(exist_ok=True)
    (source / name).write_bytes(content)
    return source


def workbook(path: Path, rows: str | None = None, extra: dict[str, bytes] | None = None) -> Path:
    """Save a workbook whose only sheet holds the XML given, and more parts if any."""
    whole = path.with_suffix(".whole")
    book = Workbook()
    book.worksheets[0].append(["source", "target"])
    book.save(whole)
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            content = old.read(part)
            if rows is not None and part.filename == "xl/worksheets/sheet1.xml":
                content = SHEET.format(rows).encode()
            new.writestr(part.filename, (extra or {}).get(part.filename, content))
        for name, content in (extra or {}).items():
            if name not in old.namelist():
                new.writestr(name, content)
    return path


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"\x89PNG\r\n\x1a\n" + b"x" * 50, "a picture"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Excel file"),
        (b"\x1f\x8b\x08\x00", "a gzip archive"),
        (b"%PDF-1.7", "a PDF"),
        (b"\x7fELF\x02\x01\x01", "a program"),
        (b"", "an empty file"),
        (b"id,city\na,\0\n", "a NUL byte"),
        (b"id,city\na,x\nb," + b"y" * (1 << 20) + b"\0\n", "a NUL byte"),
        (b"PK\x03\x04" + b"\0" * 100, "a NUL byte"),
        (b"PAR1" + b"\0" * 100, "undamaged Parquet"),
        (b"PAR1", "undamaged Parquet"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_renamed_binary_is_told_by_its_content(read, tmp_path: Path, content: bytes, what: str) -> None:
    with pytest.raises(DataError, match=what):
        read(folder(tmp_path, "firms.csv", content))


@pytest.mark.parametrize("name", ["firms.csv", "firms.xlsx", "firms.parquet"])
def test_a_file_is_what_it_holds_whatever_it_is_called(read, tmp_path: Path, name: str) -> None:
    source = tmp_path / "source"
    source.mkdir()
    pq.write_table(pa.table({"id": ["a"]}), source / name)
    assert read(source).rules("firms")["kept"] == 1


def test_a_nul_byte_is_told_by_its_row(read, tmp_path: Path) -> None:
    with pytest.raises(DataError) as found:
        read(folder(tmp_path, "firms.csv", b"id\na\nb\0\n"))
    assert found.value.info.row == 3


def test_ten_million_columns_are_refused(read, tmp_path: Path) -> None:
    with pytest.raises(DataError, match="a header without an end"):
        read(folder(tmp_path, "firms.csv", b"x," * 10_000_000 + b"\n"), limits=NO_LIMITS)
    with pytest.raises(DataError, match="at most 200 columns in a table"):
        read(folder(tmp_path, "firms.csv", b"x," * 100_000 + b"id\n"))


def test_a_giant_cell_is_refused(read, tmp_path: Path) -> None:
    with pytest.raises(DataError) as found:
        read(folder(tmp_path, "firms.csv", b"id,city\na,x\nb," + b"y" * 5_000 + b"\n"))
    assert (found.value.info.row, found.value.info.value) == (3, "5000")
    with pytest.raises(DataError, match="rows of at most 1048576 bytes"):
        content = b"id,city\n" + b"a,x\n" * 100 + b"b," + b"y" * (3 << 20) + b"\nc,z\n"
        read(folder(tmp_path, "firms.csv", content), limits=NO_LIMITS)


@pytest.mark.parametrize(
    ("limits", "what"),
    [
        (Limits(bytes=10), "at most 10 bytes in all files"),
        (Limits(rows=2), "at most 2 rows in a table"),
        (Limits(columns=1), "at most 1 columns in a table"),
        (Limits(cells=5), "at most 5 cells in a table"),
        (Limits(unpacked_bytes=5), "at most 5 bytes when unpacked"),
        (Limits(characters=3), "at most 3 characters in a cell"),
        (Limits(files=0), "at most 0 files in the folder"),
        (Limits(seconds=0), "at most 0 seconds"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
@pytest.mark.parametrize("form", ["csv", "parquet", "xlsx"])
def test_every_limit_holds_for_every_form(read, tmp_path: Path, form: str, limits: Limits, what: str) -> None:
    rows = {"id": ["a", "b", "c"], "city": ["long", "x", "y"]}
    source = tmp_path / "source"
    source.mkdir()
    if form == "parquet":
        pq.write_table(pa.table(rows), source / "firms.parquet")
    elif form == "xlsx":
        book = Workbook()
        for row in zip(*([name, *cells] for name, cells in rows.items()), strict=True):
            book.worksheets[0].append(row)
        book.save(source / "firms.xlsx")
    else:
        (source / "firms.csv").write_text("id,city\na,long\nb,x\nc,y\n", "utf-8")
    with pytest.raises(DataError, match=what):
        read(source, limits=limits)
    assert list((tmp_path / "out").iterdir()) == []


@pytest.mark.parametrize("limits", [Limits(bytes=19, rows=3, columns=2, cells=6, characters=1, files=1), NO_LIMITS])
def test_what_is_just_within_the_limits_is_read(read, limits: Limits) -> None:
    assert read(tables={"firms": "id,city\na,\nb,x\nc,\n"}, limits=limits).rules("firms")["kept"] == 3


def test_a_zip_bomb_is_refused_by_what_it_declares(read, tmp_path: Path) -> None:
    path = workbook(tmp_path / "x.xlsx", extra={"xl/media/zeros.bin": b"\0" * 5_000_000})
    assert path.stat().st_size < 50_000
    with pytest.raises(DataError, match="at most 1000000 bytes in an unpacked workbook"):
        read(path, limits=SMALL)


def test_a_zip_bomb_that_lies_of_its_size_is_refused(read, tmp_path: Path) -> None:
    path = workbook(tmp_path / "x.xlsx", extra={"xl/media/zeros.bin": b"\0" * 5_000_000})
    content = path.read_bytes()
    # Both headers of the part, local and central, tell a hundred bytes.
    assert content.count(struct.pack("<I", 5_000_000)) == 2
    path.write_bytes(content.replace(struct.pack("<I", 5_000_000), struct.pack("<I", 100)))
    with pytest.raises(DataError, match="an undamaged XLSX workbook"):
        read(path, limits=SMALL)


@pytest.mark.parametrize(
    "part",
    [
        b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>',
        b" " * ((1 << 20) - 4) + b"<!DOCTYPE x []><x/>",
        "<!DOCTYPE x []><x/>".encode("utf-16"),
    ],
    ids=["entities", "across two pieces", "utf-16"],
)
def test_declared_entities_are_refused(read, tmp_path: Path, part: bytes) -> None:
    with pytest.raises(DataError, match="no declared entities"):
        read(workbook(tmp_path / "x.xlsx", extra={"xl/sharedStrings.xml": part}))


@pytest.mark.parametrize(
    "rows",
    [
        "<row r='1'><c r='A1'",
        "<row r='x'><c r='A1'><v>1</v></c></row>",
        "<row r='1'><c r='1A'><v>1</v></c></row>",
        "<row r='1'><c r='A1' t='s'><v>99</v></c></row>",
    ],
    ids=["cut", "row", "cell", "string"],
)
def test_a_made_up_sheet_is_refused(read, tmp_path: Path, rows: str) -> None:
    with pytest.raises(DataError, match="an undamaged XLSX workbook"):
        read(workbook(tmp_path / "x.xlsx", rows))


def test_a_row_far_down_is_refused(read, tmp_path: Path) -> None:
    first = f'<row r="1">{CELL.format("A1", "source")}{CELL.format("B1", "target")}</row>'
    path = workbook(tmp_path / "x.xlsx", first + f'<row r="99999999999">{CELL.format("A99999999999", "a")}</row>')
    with pytest.raises(DataError, match="at most 1000 rows"):
        read(path, limits=Limits(rows=1_000))


def test_a_cell_far_right_is_refused(read, tmp_path: Path) -> None:
    rows = f'<row r="1">{CELL.format("A1", "source")}{CELL.format("ZZZ1", "target")}</row>'
    with pytest.raises(DataError, match="at most 200 columns"):
        read(workbook(tmp_path / "x.xlsx", rows))


def test_another_archive_is_no_workbook(read, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "firms.xlsx", "w") as archive:
        archive.writestr("../../evil.csv", "id\na\n")
    with pytest.raises(DataError, match="another kind of archive"):
        read(tmp_path / "firms.xlsx")
    assert not (tmp_path.parent / "evil.csv").exists()


def test_a_parquet_bomb_of_one_long_value_is_refused(read, tmp_path: Path) -> None:
    long = pa.DictionaryArray.from_arrays(pa.array([0] * 200_000, pa.int32()), pa.array(["x" * 200_000]))
    schema = pa.schema({"source": long.type, "target": long.type})
    with pq.ParquetWriter(tmp_path / "edges.parquet", schema) as writer:
        writer.write_table(pa.table([long, long], schema=schema))
    assert (tmp_path / "edges.parquet").stat().st_size < 100_000
    with pytest.raises(DataError, match="at most 4000 characters in a cell"):
        read(tmp_path / "edges.parquet")


def test_a_parquet_bomb_of_many_rows_is_refused(read, tmp_path: Path) -> None:
    pq.write_table(pa.table({"source": ["a"] * 3_000_000, "target": ["b"] * 3_000_000}), tmp_path / "edges.parquet")
    with pytest.raises(DataError, match="at most 2000000 rows"):
        read(tmp_path / "edges.parquet")


@pytest.mark.parametrize("damage", [slice(0, 200), slice(200, None)])
def test_a_damaged_parquet_file_is_refused(read, tmp_path: Path, damage: slice) -> None:
    pq.write_table(pa.table({"id": [str(number) for number in range(1000)]}), tmp_path / "firms.parquet")
    content = bytearray((tmp_path / "firms.parquet").read_bytes())
    content[40:400] = os.urandom(360)
    (tmp_path / "firms.parquet").write_bytes(b"PAR1" + bytes(content[damage]))
    with pytest.raises(DataError, match="undamaged Parquet"):
        read(tmp_path / "firms.parquet")


@pytest.mark.parametrize("name", ["firms.csv", "mapping.csv"])
def test_a_link_to_another_file_is_refused(read, tmp_path: Path, name: str) -> None:
    (tmp_path / "secret.csv").write_text("id\nsecret\n", "utf-8")
    source = folder(tmp_path, "organizations.csv", b"id\na\n")
    (source / name).symlink_to(tmp_path / "secret.csv")
    with pytest.raises(DataError, match="a regular file"):
        read(source)


@pytest.mark.parametrize("make", [Path.mkdir, os.mkfifo], ids=["folder", "pipe"])
def test_what_is_no_regular_file_is_refused(read, tmp_path: Path, make) -> None:
    source = folder(tmp_path, "organizations.csv", b"id\na\n")
    make(source / "firms.csv")
    with pytest.raises(DataError, match="a regular file"):
        read(source)


def test_formulas_in_csv_are_text_and_harmless_in_the_ledger(read, tmp_path: Path) -> None:
    ids = ["=cmd", "+1+1", "@x", "-a"]
    lines = "".join(f'"{name}","{name}"\n"{name}",b\n' for name in ids)
    result = read(tables={"relations": "source,target\n" + lines})
    assert sorted(row["id"] for row in result.rows("organizations")) == sorted([*ids, "b"])
    assert result.events()["value"].tolist() == [f"'{name}" for name in ids]


def test_a_hostile_file_name_is_harmless_in_the_ledger(read, tmp_path: Path) -> None:
    (tmp_path / "=cmd.csv").write_text("source,target\na,a\n", "utf-8")
    assert read(tmp_path / "=cmd.csv").events()["file"].tolist() == ["'=cmd.csv"]


@pytest.mark.parametrize("text", ["a'; DROP TABLE known; --", '"a"', "${x}", "{0}", "%s", "\\1", "a\u202eb"])
def test_hostile_text_is_only_text(read, tmp_path: Path, text: str) -> None:
    quoted = '"' + text.replace('"', '""') + '"'
    result = read(tables={"relations": f"source,target,{quoted}\n{quoted},b,1\n"})
    assert sorted(row["id"] for row in result.rows("organizations")) == sorted([text, "b"])
    assert text in result.ledger.columns["header"].tolist()
