"""Reads Parquet files as text, after a look at what they say of themselves."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from analytics.errors import DataError
from analytics.ingest.limits import Watch

BATCH = 8_192  # rows that become text at a time
REMEDY = "Write the file again, with one value in a cell."


def check_columnar(path: Path, watch: Watch) -> list[str]:
    """Give the names of the columns; only the file's foot is read.

    Raises
    ------
    DataError
        The file is damaged, holds more than is allowed, or two columns share a name.
    """
    with _reading(path), pq.ParquetFile(path) as file:
        found, names = file.metadata, list(file.schema_arrow.names)
        watch.allow("columns", len(names), path.name)
        watch.allow("rows", found.num_rows, path.name)
        sizes = [found.row_group(index).total_byte_size for index in range(found.num_row_groups)]
        watch.allow("unpacked_bytes", sum(sizes), path.name)
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise DataError(path.name, 1, twice[0], twice[0], "names that come once", "Remove one of the two columns.")
    return names


def read_columnar(path: Path, wanted: Sequence[str], watch: Watch) -> Iterator[pa.RecordBatch]:
    """Give the rows in pieces: the wanted columns as text, in that order.

    Raises
    ------
    DataError
        The file is damaged, a column is nested or binary, or a cell is longer than allowed.
    """
    with _reading(path):
        schema = pq.read_schema(path)
        texts = [name for name in wanted if _is_text(schema.field(name).type)]
        # As a dictionary, a value that stands in every row is held once, however long it is.
        with pq.ParquetFile(path, read_dictionary=texts) as file:
            for batch in file.iter_batches(BATCH, columns=list(wanted)):
                cells = [_text(batch.column(name), name, path.name, watch) for name in wanted]
                yield pa.record_batch(cells, names=list(wanted))


def _is_text(kind: pa.DataType) -> bool:
    return pa.types.is_string(kind) or pa.types.is_large_string(kind)


def _text(column: pa.Array, name: str, file: str, watch: Watch) -> pa.Array:
    kind = column.type.value_type if pa.types.is_dictionary(column.type) else column.type
    if pa.types.is_nested(kind) or pa.types.is_binary(kind) or pa.types.is_large_binary(kind):
        raise DataError(file, None, name, str(kind), "text, numbers, dates or booleans", REMEDY)
    if pa.types.is_dictionary(column.type):
        values = column.dictionary.cast(pa.string())
        watch.allow("characters", pc.max(pc.utf8_length(values)).as_py() or 0, file)
        return values.take(column.indices)
    if pa.types.is_floating(kind):
        # NaN is what other tools write for an empty cell.
        column = pc.if_else(pc.is_nan(column), None, column)
    return column.cast(pa.string())


@contextmanager
def _reading(path: Path) -> Iterator[None]:
    try:
        yield
    except (pa.ArrowException, OSError) as error:
        found = f"{type(error).__name__}: {error}"[:200]
        raise DataError(
            path.name, None, None, found, "an undamaged Parquet file of text and numbers", REMEDY
        ) from error
