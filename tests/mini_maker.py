"""A data set of a handful of nodes, for tests of what stands around data sets."""

from pathlib import Path

import pandas as pd

from analytics.contract import FIRMS, ORGANIZATIONS, RELATIONS, Table
from analytics.dataset import Made, Say, Tables
from analytics.makers import columns_of
from analytics.snapshot import table_file

ROWS = {
    FIRMS: [
        {"id": "a", "province": "11", "layer": "base", "listed": True, "patents": 5, "founded_year": 2015},
        {"id": "b", "province": "44", "layer": "application", "listed": False, "patents": 300},
    ],
    ORGANIZATIONS: [{"id": "x", "kind": "country"}, {"id": "y", "kind": "university", "province": "31"}],
    RELATIONS: [
        {"source": "a", "target": "b", "year": 2015, "technology": "ai_chips", "industry": "39", "count": 2},
        {"source": "a", "target": "y", "year": 2020, "technology": "big_data_cloud", "industry": "I", "count": 1},
        {"source": "x", "target": "a", "year": 2020, "count": 1},
    ],
}
DTYPES = {"text": "str", "code": "str", "integer": "Int64", "number": "Float64", "boolean": "boolean"}


def frame(table: Table) -> pd.DataFrame:
    """Give a table's rows in the types of the contract."""
    rows = pd.DataFrame(ROWS[table]).reindex(columns=table.names())
    return rows.astype({one.name: DTYPES[one.type] for one in table.columns})


class Mini:
    """Makes the small data set."""

    kind = "own"

    def __init__(self, name: str = "mini") -> None:
        self.name = name

    def inputs(self) -> dict[str, str]:
        """Name it."""
        return {"name": self.name}

    def make(self, folder: Path, _facts: pd.DataFrame, _taxonomy: Tables, _say: Say) -> Made:
        """Write its tables."""
        tables = {table.name: frame(table) for table in ROWS}
        for name, rows in tables.items():
            rows.to_parquet(folder / table_file(name), index=False)
        return Made(columns=columns_of(tables))
