"""Which file holds which table; what a file is, is told by its content, never by its name."""

import zipfile
from dataclasses import dataclass
from pathlib import Path

from analytics.contract import RELATIONS, TABLES
from analytics.errors import DataError
from analytics.ingest.headers import folded
from analytics.ingest.limits import Watch
from analytics.ingest.sheets import check_workbook, sheet_names

CSV, PARQUET, XLSX = "csv", "parquet", "xlsx"
SUFFIXES = (".csv", ".tsv", ".txt", ".parquet", ".xlsx")
MAPPING = "mapping.csv"
# First bytes -> what the file really is, for words that a reader understands.
FOREIGN = {
    b"\xd0\xcf\x11\xe0": "an old Excel file (.xls)",
    b"\x1f\x8b": "a gzip archive",
    b"7z\xbc\xaf": "a 7z archive",
    b"Rar!": "a RAR archive",
    b"%PDF": "a PDF",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"\x7fELF": "a program",
    b"MZ\x90": "a program",
    b"SQLite format": "a database",
}
FORMS = "a CSV, Parquet or XLSX file"
NAMES = ", ".join(table.name for table in TABLES)


@dataclass(frozen=True, slots=True)
class Found:
    """A table of a data set and where it lies; `label` names it to the reader."""

    table: str
    path: Path
    form: str
    sheet: str = ""

    @property
    def label(self) -> str:
        """The file's name, with its sheet if it has sheets."""
        return f"{self.path.name}[{self.sheet}]" if self.sheet else self.path.name


def find_tables(source: Path, watch: Watch) -> list[Found]:
    """Find the tables of a data set.

    Parameters
    ----------
    source : Path
        A folder of files named after their tables, or one file: a workbook of sheets named so,
        or an edge list of any name.

    Returns
    -------
    list of Found
        At most one for each table, in the order of the contract; never empty.

    Raises
    ------
    DataError
        Nothing is there, a file is no table, a name is unknown or comes twice, a link leads
        elsewhere, or there is more than the limits allow.
    """
    paths = _data_files(source, watch)
    only = len(paths) == 1
    found = [one for path in paths for one in _tables_of(path, only, watch)]
    if not found:
        raise DataError(source.name, None, None, "no table", FORMS, f"Name the files or sheets {NAMES}.")
    _check_once(found)
    order = [table.name for table in TABLES]
    return sorted(found, key=lambda one: order.index(one.table))


def mapping_beside(source: Path) -> Path | None:
    """Give the mapping file in a folder of tables, or None.

    Raises
    ------
    DataError
        It is a link, a folder or a device.
    """
    paths = sorted(source.iterdir()) if source.is_dir() else []
    for path in paths:
        if path.name.lower() == MAPPING:
            _check_regular(path, inside=True)
            return path
    return None


def table_named(name: str) -> str | None:
    """Give the table that a file's or sheet's name means, or None."""
    names = {folded(word): table.name for table in TABLES for word in (table.name, *table.headers)}
    return names.get(folded(name))


def form_of(path: Path) -> str:
    """Tell a file's form by its content; a file that is no table raises `DataError`."""
    with path.open("rb") as file:
        start = file.read(16)
    if not start:
        raise DataError(path.name, None, None, "an empty file", FORMS, "Save the table again.")
    for magic, what in FOREIGN.items():
        if start.startswith(magic):
            raise DataError(path.name, None, None, what, FORMS, "Save the table as CSV, UTF-8, or as XLSX.")
    if start.startswith(b"PAR1"):
        return PARQUET
    return XLSX if zipfile.is_zipfile(path) and start.startswith(b"PK") else CSV


def _data_files(source: Path, watch: Watch) -> list[Path]:
    if source.is_dir():
        paths = [path for path in sorted(source.iterdir()) if path.suffix.lower() in SUFFIXES]
        watch.allow("files", len(paths), source.name)
        paths = [path for path in paths if path.name.lower() != MAPPING]
    else:
        paths = [source]
    for path in paths:
        _check_regular(path, inside=source.is_dir())
    watch.allow("bytes", sum(path.stat().st_size for path in paths), source.name)
    return paths


def _check_regular(path: Path, inside: bool) -> None:
    if not path.exists() and not path.is_symlink():
        raise DataError(path.name, None, None, "nothing", "the file or folder to exist", "Check the name.")
    # A link in somebody's folder could show this machine's own files as their data.
    if (inside and path.is_symlink()) or not path.is_file():
        remedy = "Put the file itself there, not a link, a folder or a device."
        raise DataError(path.name, None, None, "no regular file", "a regular file", remedy)


def _tables_of(path: Path, only: bool, watch: Watch) -> list[Found]:
    form = form_of(path)
    if form == XLSX:
        check_workbook(path, watch)
        return _sheets_of(path, only)
    table = table_named(path.stem) or (RELATIONS.name if only else None)
    if table is None:
        remedy = f"Rename it to one of {NAMES}, or take it out of the folder."
        raise DataError(path.name, None, None, path.stem, "a file named after its table", remedy)
    return [Found(table, path, form)]


def _sheets_of(path: Path, only: bool) -> list[Found]:
    sheets = sheet_names(path)
    if len(sheets) == 1:
        table = table_named(sheets[0]) or table_named(path.stem) or (RELATIONS.name if only else None)
        named = {sheets[0]: table}
    else:
        named = {sheet: table_named(sheet) for sheet in sheets}
    found = [Found(table, path, XLSX, sheet) for sheet, table in named.items() if table]
    if not found:
        names = ", ".join(sheets) or "no sheet with rows"
        raise DataError(path.name, None, None, names, "sheets named after tables", f"Name them {NAMES}.")
    return found


def _check_once(found: list[Found]) -> None:
    for index, one in enumerate(found):
        twins = [other.label for other in found[:index] if other.table == one.table]
        if twins:
            expected = f"one file or sheet for {one.table}"
            raise DataError(one.label, None, None, f"{twins[0]} as well", expected, "Keep one of the two.")
