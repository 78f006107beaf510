"""Questions to the big tables of a snapshot while a reader waits: asked of the engine, never held in memory.

Written in Ibis, run by one DuckDB of this process. Nothing is imported or opened before the first question: the
engine takes 80 MB, and most of what readers ask needs none.
"""

import os
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from analytics import store
from analytics.errors import SnapshotError
from analytics.snapshot import table_file

if TYPE_CHECKING:
    import duckdb
    import ibis
    import ibis.expr.types as ir
    import pyarrow as pa

MEMORY = "1GB"  # of one process; a sort that needs more goes by way of the disk

_lock = threading.Lock()
_engines: dict[int, "ibis.BaseBackend"] = {}  # by process: an engine's threads do not follow a fork
_tables: dict[tuple[int, Path], "ir.Table"] = {}


def open_table(name: str, data: str = "") -> "ir.Table":
    """Give a table of a data set's snapshot as it lies on disk; nothing is read yet.

    Parameters
    ----------
    name : str
        Of `analytics.snapshot.ROLLED_UP` or `BULK`.
    data : str
        Id of a reader's data set; empty for the one in use for all.

    Raises
    ------
    SnapshotError
        No snapshot, or a damaged one.
    """
    path = store.snapshot(data).folder / table_file(name)
    with _lock:
        key = (os.getpid(), path)
        if key not in _tables:
            _tables[key] = _view(path)
        return _tables[key]


def ask(question: "ir.Table") -> "pa.Table":
    """Answer a question to tables that `open_table` gave; safe for any thread.

    Raises
    ------
    SnapshotError
        A file has gone since the table was opened, as when a build has cleared an old snapshot away.
    """
    with _asked(question) as answer:
        return answer.to_arrow_table()


def ask_in_pieces(question: "ir.Table", rows: int) -> Iterator["pa.RecordBatch"]:
    """Answer a question in pieces of at most so many rows, each fetched when it is asked for; errors as `ask`."""
    with _asked(question) as answer:
        yield from answer.to_arrow_reader(rows)


@contextmanager
def _asked(question: "ir.Table") -> Iterator["duckdb.DuckDBPyRelation"]:
    import duckdb

    with _lock:
        engine = _engine()
        text, cursor = engine.compile(question), engine.con.cursor()
    try:
        yield cursor.sql(text)
    except duckdb.IOException as error:
        raise SnapshotError("A file of the snapshot has gone", "", "Ask again.") from error
    finally:
        cursor.close()


def _engine() -> "ibis.BaseBackend":
    process = os.getpid()
    if process not in _engines:
        from analytics.engines import connect

        _engines[process] = connect(memory_limit=MEMORY, temp_folder=Path(tempfile.gettempdir()))
    return _engines[process]


def _view(path: Path) -> "ir.Table":
    """Name a file in the engine, for all of its cursors: what Ibis itself opens only one of them sees."""
    import duckdb

    name = str(path)
    file, view = name.replace("'", "''"), name.replace('"', '""')
    try:
        _engine().con.execute(f"CREATE OR REPLACE VIEW \"{view}\" AS SELECT * FROM read_parquet('{file}')")
    except duckdb.IOException as error:
        raise SnapshotError("A file of the snapshot has gone", path, "Ask again.") from error
    return _engine().table(name)
