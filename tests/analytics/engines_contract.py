"""What every engine owes: the same rows as plain counting, on the mini data, the reconstruction and made-up tables."""

from pathlib import Path
from typing import Any

import ibis
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from analytics.contract import TABLES as CONTRACT
from analytics.rollup import read_clean, rollup
from tests.analytics.plain_rollup import roll_plainly

KINDS = {"text": pa.string(), "code": pa.string(), "integer": pa.int64(), "number": pa.float64(), "boolean": pa.bool_()}


def write_tables(folder: Path, data: dict[str, list[dict[str, Any]]]) -> Path:
    """Write clean rows as the three files of a data set."""
    folder.mkdir(parents=True, exist_ok=True)
    for table in CONTRACT:
        schema = pa.schema([(column.name, KINDS[column.type]) for column in table.columns])
        pq.write_table(pa.Table.from_pylist(data[table.name], schema), folder / f"{table.name}.parquet")
    return folder


def assert_as_plain(engine: ibis.BaseBackend, folder: Path) -> None:
    """Hold every small table that an engine makes of a folder's clean ones against plain counting."""
    clean = {table.name: pq.read_table(folder / f"{table.name}.parquet").to_pandas() for table in CONTRACT}
    expected = roll_plainly(clean)
    tables = rollup(read_clean(engine, folder))
    assert tables.keys() == expected.keys()
    for name, table in tables.items():
        assert rows_of(table.to_pyarrow().to_pylist()) == rows_of(expected[name]), name


def rows_of(rows: list[dict[str, Any]]) -> list[str]:
    """Write rows as texts in order; a whole number is the same as an integer and as a float."""
    return sorted(repr(sorted((name, _written(value)) for name, value in row.items())) for row in rows)


def _written(value: Any) -> Any:
    if isinstance(value, bool) or value is None or isinstance(value, str):
        return value
    return None if pd.isna(value) else float(value)
