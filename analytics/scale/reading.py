"""A big table in an engine as text, each row with the name of its file: the one place where engines differ."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from urllib.parse import unquote

import ibis
import ibis.expr.types as ir
import pyarrow as pa
import pyarrow.csv as pc
import pyarrow.parquet as pq

from analytics.errors import BuildError, DataError
from analytics.ingest.cells import LARGEST
from analytics.ingest.files import CSV
from analytics.scale.sources import Source, open_place

FILE = "row"  # the column that says which file a row is of, where small tables say which row of it
LONGEST_TOLD = 300
REMEDY = "Write the file again, or take it out of the folder."
FULL = ("No space left on device", "ENOSPC", "Could not write", "out of disk", "Disk quota")


def open_source(engine: ibis.BaseBackend, source: Source, columns: Mapping[str, int]) -> ir.Table:
    """Give some columns of a table's files as text; nothing is read yet.

    Parameters
    ----------
    columns : mapping of str to int
        Column of the contract -> position in the files.
    """
    read = _read_on_cluster if engine.name == "pyspark" else _read_here
    found = read(engine, source)
    cells = {name: as_text(found[f"c{position}"]) for name, position in columns.items()}
    return found.select(**cells, **{FILE: found["file"]})


def as_text(cell: ir.Value) -> ir.StringValue:
    """Write a cell as text; NaN is what other tools write for an empty one."""
    if cell.type().is_string():
        return cell
    if cell.type().is_floating():
        known = cell.isnan().ifelse(ibis.null(cell.type()), cell)
        whole = (known == known.floor()) & (known.abs() < LARGEST)
        return whole.ifelse(known.try_cast("int64").cast("string"), known.cast("string"))
    return cell.cast("string")


def _names(source: Source) -> list[str]:
    return [f"c{position}" for position in range(len(source.headers))]


def _read_here(engine: ibis.BaseBackend, source: Source) -> ir.Table:
    name = f"raw_{source.table}"
    if source.form == CSV:
        found = engine.read_csv(
            list(source.files), table_name=name, columns=dict.fromkeys(_names(source), "VARCHAR"), header=True,
            delim=source.delimiter, quote='"', escape='"', auto_detect=False, filename=True, hive_partitioning=False,
        )  # fmt: skip
    else:
        files = list(source.files)
        raw = engine.read_parquet(files, table_name=name, filename=True, hive_partitioning=False)
        found = raw.rename(dict(zip(_names(source), source.headers, strict=True)))
    return found.mutate(file=found["filename"].re_extract(r"[^/]*$", 0))


def _read_on_cluster(engine: ibis.BaseBackend, source: Source) -> ir.Table:
    session = engine._session  # a file's name is Spark's own hidden column, which Ibis has no word for
    if source.form == CSV:
        reader = session.read.schema(", ".join(f"{name} STRING" for name in _names(source)))
        reader = reader.options(
            header=True, sep=source.delimiter, quote='"', escape='"', multiLine=True, mode="FAILFAST",
            encoding="UTF-8", maxCharsPerColumn=-1,
        )  # fmt: skip
        frame = reader.csv(list(source.files))
    else:
        frame = session.read.parquet(*source.files)
    named = frame.selectExpr("*", "_metadata.file_name AS __file").toDF(*_names(source), "file")
    named.createOrReplaceTempView(f"raw_{source.table}")
    return engine.table(f"raw_{source.table}")


@contextmanager
def telling(sources: Mapping[str, Source]) -> Iterator[None]:
    """Turn what an engine says of a damaged file, or of a full disk, into words that name it.

    Raises
    ------
    DataError
        A file cannot be read: it is named.
    BuildError
        Anything else that ended the engine's work.
    """
    try:
        yield
    except (DataError, BuildError, KeyboardInterrupt):
        raise
    except Exception as error:
        if not type(error).__module__.startswith(("duckdb", "_duckdb", "pyspark", "py4j", "pyarrow")):
            raise
        told = str(error)
        if any(word in told for word in FULL):
            words = "The disk is full, so the build has ended; what was served stays. Free some space and build again."
            raise BuildError(f"{words} ({told[:LONGEST_TOLD]})") from error
        for source in sources.values():
            _raise_damaged(source, told, error)
        raise BuildError(f"The engine has ended the build: {told[:LONGEST_TOLD]}") from error


def _raise_damaged(source: Source, told: str, error: Exception) -> None:
    named = [path for path in source.files if path.rpartition("/")[2] in unquote(told)]
    for path in named or source.files:
        problem = _damage(path, source)
        if problem or (named and "FAILED_READ_FILE" in told):
            expected = f"a {source.form} file that can be read to its end"
            found = (problem or told)[:LONGEST_TOLD]
            raise DataError(path.rpartition("/")[2], None, None, found, expected, REMEDY) from error


def _damage(path: str, source: Source) -> str:
    """Read a file to its end; say what is wrong with it, if anything."""
    try:
        files, inner = open_place(path)
        with files.open_input_file(inner) as file:
            if source.form == CSV:
                texts = pc.ConvertOptions(column_types=dict.fromkeys(source.headers, pa.string()))
                options = {"parse_options": pc.ParseOptions(delimiter=source.delimiter, newlines_in_values=True)}
                for _ in pc.open_csv(file, convert_options=texts, **options):
                    pass
            else:
                for _ in pq.ParquetFile(file).iter_batches():
                    pass
    except (pa.ArrowException, OSError) as error:
        return str(error)
    return ""
