"""Which files hold which table of a big data set: a folder of part files for each table, wherever it lies."""

import csv
import io
import posixpath
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.fs as pafs
import pyarrow.parquet as pq

from analytics.contract import TABLES
from analytics.errors import DataError
from analytics.ingest.files import CSV, PARQUET, table_named

NAMES = ", ".join(table.name for table in TABLES)
HEAD = 1 << 16  # bytes that a header is looked for in
DELIMITERS = (",", ";", "\t")
REMEDY = "Write the file again, or take it out of the folder."


@dataclass(frozen=True, slots=True)
class Source:
    """A table as it lies there, before anything of it is read.

    Attributes
    ----------
    table : str
        Of the contract.
    form : str
        ``csv`` or ``parquet``.
    files : tuple of str
        Paths, in order; as the engine reads them.
    headers : tuple of str
        Of every file, in the same order.
    delimiter : str
        Of CSV.
    kinds : tuple of str
        Arrow types of the columns; of CSV all text.
    """

    table: str
    form: str
    files: tuple[str, ...]
    headers: tuple[str, ...]
    delimiter: str = ","
    kinds: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """Name the table's files to the reader."""
        name = posixpath.basename(self.files[0])
        return name if len(self.files) == 1 else f"{posixpath.basename(posixpath.dirname(self.files[0]))}/"


def is_url(source: object) -> bool:
    """Whether a data set lies where only an engine reads, such as ``s3a://bucket/data``."""
    return "://" in str(source)


def is_big(source: object) -> bool:
    """Whether a data set is laid out as folders of part files, or lies at a URL."""
    if is_url(source):
        return True
    path = Path(str(source))
    return path.is_dir() and any(one.is_dir() and table_named(one.name) for one in path.iterdir())


def find_sources(place: str) -> dict[str, Source]:
    """Find the tables of a data set; of every file the header is read, and of Parquet the foot.

    Parameters
    ----------
    place : str
        A folder or URL that holds, for each table, a folder of part files or one file of its name.

    Raises
    ------
    DataError
        There is no table, one comes twice, or a file is damaged or does not fit the others: it is named.
    """
    files, prefix = open_place(place)
    found: dict[str, list[str]] = {}
    for path in _data_files(files, place, prefix):
        found.setdefault(_table_of(path, prefix), []).append(path)
    if "relations" not in found and not found:
        raise DataError(place, None, None, "no table", "CSV or Parquet files", f"Name the folders {NAMES}.")
    scheme = place.split("://")[0] + "://" if is_url(place) else ""
    order = [table.name for table in TABLES]
    return {name: _describe(files, name, sorted(found[name]), scheme) for name in order if name in found}


def open_place(place: str) -> tuple[pafs.FileSystem, str]:
    """Give what lists the files, and the folder's path there."""
    try:
        if is_url(place):
            # Hadoop's name for the store that Arrow calls s3.
            files, path = pafs.FileSystem.from_uri(place.replace("s3a://", "s3://", 1))
            return files, path.rstrip("/")
        return pafs.LocalFileSystem(), str(Path(place).absolute())
    except (pa.ArrowException, OSError) as error:
        raise DataError(
            place, None, None, str(error)[:200], "a folder that can be read", "Check the address."
        ) from error


def _data_files(files: pafs.FileSystem, place: str, prefix: str) -> Iterator[str]:
    try:
        infos = files.get_file_info(pafs.FileSelector(prefix, recursive=True))
    except (pa.ArrowException, OSError) as error:
        raise DataError(
            place, None, None, str(error)[:200], "a folder that can be read", "Check the address."
        ) from error
    for info in infos:
        # Engines leave marks such as `_SUCCESS` and `.part-0.crc` beside what they write.
        hidden = any(part.startswith(("_", ".")) for part in info.path.removeprefix(prefix).split("/") if part)
        if info.type == pafs.FileType.File and not hidden:
            if not info.size:
                raise DataError(_short(info.path, prefix), None, None, "an empty file", "a table", REMEDY)
            yield info.path


def _short(path: str, prefix: str) -> str:
    return path.removeprefix(prefix).lstrip("/")


def _table_of(path: str, prefix: str) -> str:
    first, _, rest = _short(path, prefix).partition("/")
    table = table_named(first if rest else posixpath.splitext(first)[0])
    if table is None:
        remedy = f"Name the folder or file one of {NAMES}, or take it out."
        raise DataError(_short(path, prefix), None, None, first, "a name of a table", remedy)
    return table


def _describe(files: pafs.FileSystem, table: str, paths: Sequence[str], scheme: str) -> Source:
    forms = {_form(files, path) for path in paths}
    if len(forms) > 1:
        expected = "files of one form for a table"
        raise DataError(posixpath.basename(paths[0]), None, None, "CSV and Parquet", expected, "Convert one of them.")
    form = forms.pop()
    heads = [_parquet_head(files, path) if form == PARQUET else _csv_head(files, path) for path in paths]
    for path, head in zip(paths, heads, strict=True):
        if head != heads[0]:
            found, expected = ", ".join(map(str, head[0])), f"the columns of {posixpath.basename(paths[0])}"
            raise DataError(posixpath.basename(path), 1, None, f"{found} ({', '.join(head[2])})", expected, REMEDY)
    headers, delimiter, kinds = heads[0]
    return Source(table, form, tuple(scheme + path for path in paths), headers, delimiter, kinds)


def _form(files: pafs.FileSystem, path: str) -> str:
    with files.open_input_stream(path) as file:
        start = file.read(4)
    if start == b"PAR1":
        return PARQUET
    if path.endswith(".parquet"):
        expected = "an undamaged Parquet file"
        raise DataError(posixpath.basename(path), None, None, repr(start), expected, REMEDY)
    return CSV


Head = tuple[tuple[str, ...], str, tuple[str, ...]]  # headers, delimiter, types


def _parquet_head(files: pafs.FileSystem, path: str) -> Head:
    try:
        with files.open_input_file(path) as file:
            schema = pq.ParquetFile(file).schema_arrow
    except (pa.ArrowException, OSError) as error:
        expected = "an undamaged Parquet file"
        raise DataError(posixpath.basename(path), None, None, str(error)[:200], expected, REMEDY) from error
    _check_flat(schema, path)
    return tuple(schema.names), ",", tuple(map(str, schema.types))


def _check_flat(schema: pa.Schema, path: str) -> None:
    for field in schema:
        if pa.types.is_nested(field.type) or pa.types.is_binary(field.type) or pa.types.is_large_binary(field.type):
            expected = "text, numbers, dates or booleans"
            raise DataError(posixpath.basename(path), None, field.name, str(field.type), expected, REMEDY)
    if twice := sorted({name for name in schema.names if schema.names.count(name) > 1}):
        raise DataError(posixpath.basename(path), 1, twice[0], twice[0], "names that come once", REMEDY)


def _csv_head(files: pafs.FileSystem, path: str) -> Head:
    with files.open_input_stream(path) as file:
        start = file.read(HEAD)
    try:
        # The last line may be cut in the middle of a letter.
        text = start.rpartition(b"\n")[0].decode("utf-8-sig") if b"\n" in start else start.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        remedy = "Convert the file to UTF-8; in a big data set other encodings are not guessed."
        raise DataError(posixpath.basename(path), None, None, str(error), "UTF-8", remedy) from error
    rows = [next(csv.reader(io.StringIO(text, newline=""), delimiter=sign), []) for sign in DELIMITERS]
    best = max(range(len(rows)), key=lambda at: len(rows[at]))
    headers = tuple(cell.strip() for cell in rows[best])
    return headers, DELIMITERS[best], ("string",) * len(headers)
