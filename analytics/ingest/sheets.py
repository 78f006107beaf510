"""Reads XLSX workbooks as text, after a look at what they would unpack to."""

import warnings
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from analytics.errors import DataError
from analytics.ingest.limits import Watch

# Marks the text of a formula or an error. A noncharacter: no text that is meant for anybody holds it.
FORMULA = "\ufdd0"
FORMULA_TYPES = ("f", "e")  # openpyxl: a formula, an error such as #N/A
MAX_ROWS = 1_048_576  # of any sheet, by the format; a higher number is made up
CHUNK = 1 << 20
# A workbook needs no entities, and they can blow up like the archive itself.
DECLARATIONS = (b"<!DOCTYPE", b"<!ENTITY")
LONGEST_DECLARATION = max(map(len, DECLARATIONS))
WIDE_XML = (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")  # UTF-16, in which a declaration would hide
REMEDY = "Save the workbook again as XLSX, or save its sheets as CSV."


def check_workbook(path: Path, watch: Watch) -> None:
    """Refuse a workbook that unpacks to more than is allowed, or is none.

    Declared sizes are added up first, as nothing must be unpacked to do so; then every part is
    unpacked once, in pieces, and counted, since what is declared may be a lie.

    Raises
    ------
    DataError
        As said, or a part declares entities.
    """
    with _reading(path), zipfile.ZipFile(path) as archive:
        parts = archive.infolist()
        if "xl/workbook.xml" not in {part.filename for part in parts}:
            raise DataError(path.name, None, None, "another kind of archive", "an XLSX workbook", REMEDY)
        watch.allow("workbook_bytes", sum(part.file_size for part in parts), path.name)
        unpacked = 0
        for part in parts:
            for chunk in _unpack(archive, part, path.name):
                unpacked += len(chunk)
                watch.allow("workbook_bytes", unpacked, path.name)
                watch.check_time()


def sheet_names(path: Path) -> list[str]:
    """Give the names of the sheets that hold anything, in order."""
    with _workbook(path) as book:
        return [sheet.title for sheet in book.worksheets if any(islice(_sheet_rows(sheet), MAX_ROWS))]


def read_sheet(path: Path, sheet: str, watch: Watch) -> Iterator[list[str | None]]:
    """Give the rows of a sheet from the first, each as wide as its last cell.

    Numbers are written without a fraction where they have none, dates as YYYY-MM-DD; formulas
    and errors begin with `FORMULA`. Blank cells are None.

    Raises
    ------
    DataError
        The sheet is damaged, or has more rows or columns than allowed.
    """
    with _workbook(path) as book:
        for number, row in enumerate(_sheet_rows(book[sheet]), 1):
            if number > MAX_ROWS:
                raise DataError(path.name, number, None, "another row", f"at most {MAX_ROWS} rows", REMEDY)
            watch.allow("columns", len(row), path.name, number)
            yield [_text(cell) for cell in row]


def _sheet_rows(sheet: Any) -> Iterator[tuple[Any, ...]]:
    # The size that a sheet declares may be a lie, and rows would be padded to it.
    sheet.reset_dimensions()
    yield from sheet.rows


def _text(cell: Any) -> str | None:
    value = cell.value
    if value is None or value == "":
        return None
    if cell.data_type in FORMULA_TYPES:
        return f"{FORMULA}{value}"
    return _plain(value)


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, date) else str(value)


@contextmanager
def _workbook(path: Path) -> Iterator[Any]:
    # Opened here: openpyxl leaves a file open that it cannot read.
    with _reading(path), path.open("rb") as file, warnings.catch_warnings():
        # Styles and extensions that openpyxl does not know are no part of the data.
        warnings.simplefilter("ignore")
        book = load_workbook(file, read_only=True, keep_links=False)
        try:
            yield book
        finally:
            book.close()


@contextmanager
def _reading(path: Path) -> Iterator[None]:
    try:
        yield
    except (DataError, OSError):
        raise
    except Exception as error:
        # A made-up workbook makes openpyxl and the XML parser raise whatever they stumble over.
        raise _damaged(path, error) from error


def _damaged(path: Path, error: Exception) -> DataError:
    found = f"{type(error).__name__}: {error}"[:200]
    return DataError(path.name, None, None, found, "an undamaged XLSX workbook", REMEDY)


def _unpack(archive: zipfile.ZipFile, part: zipfile.ZipInfo, file: str) -> Iterator[bytes]:
    tail = b""
    with archive.open(part) as stream:
        while chunk := stream.read(CHUNK):
            joined = tail + chunk
            if any(word in joined for word in DECLARATIONS) or (not tail and chunk.startswith(WIDE_XML)):
                remedy = "Save the workbook again with a spreadsheet program."
                raise DataError(file, None, None, part.filename, "no declared entities", remedy)
            tail = chunk[-LONGEST_DECLARATION:]
            yield chunk
