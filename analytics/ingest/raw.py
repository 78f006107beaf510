"""Brings a table of any form into one: a Parquet file of text with the row in the user's file."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from analytics.contract import Table
from analytics.ingest.columnar import check_columnar, read_columnar
from analytics.ingest.files import CSV, PARQUET, Found
from analytics.ingest.headers import Words, match_headers
from analytics.ingest.limits import Watch
from analytics.ingest.sheets import read_sheet
from analytics.ingest.text import read_text_batches, read_text_facts

FIRST_ROW = 2  # the header is row 1
BATCH = 8_192  # rows of a sheet that become text at a time

Reader = Callable[[Sequence[int]], Iterator[pa.RecordBatch]]


@dataclass(frozen=True, slots=True)
class Raw:
    """A table as found, all text.

    Attributes
    ----------
    table : Table
        Of the contract.
    label : str
        The file as the user knows it.
    path : Path
        Parquet: `row` int64 and the columns of `headers`, each text or null.
    headers : dict of str to str
        Column of the contract -> header as found.
    ignored : tuple of str
        Headers that mean nothing here.
    n_rows : int
        Rows below the header, blank ones included.
    """

    table: Table
    label: str
    path: Path
    headers: dict[str, str]
    ignored: tuple[str, ...]
    n_rows: int


def read_raw(found: Found, table: Table, words: Words, folder: Path, watch: Watch) -> Raw:
    """Read a table of any form and write it as text into `folder`.

    Raises
    ------
    DataError, DataErrors
        The file is damaged, its headers do not fit, or it holds more than the limits allow.
    """
    headers, read = _open(found, watch)
    watch.allow("columns", len(headers), found.label)
    positions = match_headers(table, headers, words, found.label)
    path = folder / f"raw_{table.name}.parquet"
    counted = _counted(read(list(positions.values())), len(headers), found.label, watch)
    n_rows = _write(path, counted, list(positions))
    named = {column: headers[position] for column, position in positions.items()}
    ignored = tuple(header for position, header in enumerate(headers) if position not in positions.values())
    return Raw(table, found.label, path, named, ignored, n_rows)


def _open(found: Found, watch: Watch) -> tuple[Sequence[str], Reader]:
    """Give the headers, and what reads the columns at some positions."""
    if found.form == CSV:
        facts = read_text_facts(found.path)
        return facts.headers, lambda wanted: read_text_batches(found.path, facts, wanted, found.label)
    if found.form == PARQUET:
        names = check_columnar(found.path, watch)
        return names, lambda wanted: read_columnar(found.path, [names[position] for position in wanted], watch)
    rows = read_sheet(found.path, found.sheet, watch)
    headers = [cell or "" for cell in next(rows, [])]
    return headers, lambda wanted: _sheet_batches(rows, wanted)


def _sheet_batches(rows: Iterator[list[str | None]], wanted: Sequence[int]) -> Iterator[pa.RecordBatch]:
    while block := list(islice(rows, BATCH)):
        # Rows are as wide as their last cell; what stands beside the headers is no column.
        columns = [[row[position] if position < len(row) else None for row in block] for position in wanted]
        yield pa.record_batch([pa.array(cells, pa.string()) for cells in columns], names=list(map(str, wanted)))


def _counted(
    batches: Iterable[pa.RecordBatch], width: int, file: str, watch: Watch
) -> Iterator[tuple[int, pa.RecordBatch]]:
    """Give batches with the number of their first row, as long as the limits allow."""
    n_rows = 0
    for batch in batches:
        first = n_rows + FIRST_ROW
        n_rows += batch.num_rows
        watch.check_time()
        watch.allow("rows", n_rows, file)
        watch.allow("cells", n_rows * width, file)
        _check_cells(batch, first, file, watch)
        yield first, batch


def _write(path: Path, counted: Iterable[tuple[int, pa.RecordBatch]], columns: list[str]) -> int:
    schema = pa.schema([("row", pa.int64()), *((column, pa.string()) for column in columns)])
    n_rows = 0
    with pq.ParquetWriter(path, schema, compression="lz4") as writer:
        for first, batch in counted:
            rows = pa.array(np.arange(first, first + batch.num_rows))
            writer.write_table(pa.table([rows, *batch.columns], schema=schema))
            n_rows += batch.num_rows
    return n_rows


def _check_cells(batch: pa.RecordBatch, first: int, file: str, watch: Watch) -> None:
    watch.add_text(batch.nbytes, file)
    for cells in batch.columns:
        lengths = pc.utf8_length(cells)
        longest = pc.max(lengths).as_py() or 0
        if longest:
            watch.allow("characters", longest, file, first + pc.index(lengths, longest).as_py())
