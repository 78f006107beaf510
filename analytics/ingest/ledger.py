"""What ingest did with a data set, in numbers."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from analytics.contract import TABLES
from analytics.ingest.rules import KEPT, READ, RULES

COUNTS, COLUMNS = "ledger.parquet", "ledger_columns.parquet"
COUNT_FIELDS = ("table", "file", "rule", "n_rows")
COLUMN_FIELDS = ("table", "column", "state", "header")
PRESENT, ABSENT, EMPTY, IGNORED = "present", "absent", "empty", "ignored"


@dataclass(frozen=True)
class Ledger:
    """What was read, kept, merged, dropped, emptied and inferred.

    Attributes
    ----------
    counts : DataFrame
        `table`, `file`, `rule`, `n_rows`. `rule` is ``read``, ``kept`` or a code of
        `analytics.ingest.rules.RULES`; rows that were read are those kept, merged and dropped.
        A rule that empties cells counts cells, one that infers counts nodes.
    columns : DataFrame
        `table`, `column`, `state`, `header`. A column of the contract is ``present``, ``empty``
        (there is no value in any row kept) or ``absent``; a header that means nothing is
        ``ignored`` and has no column.
    """

    counts: pd.DataFrame
    columns: pd.DataFrame

    def totals(self) -> pd.DataFrame:
        """Add up by what was done.

        Returns
        -------
        DataFrame
            Index: table. Columns: read, kept, dropped, merged, emptied, inferred, left.
        """
        done = ["read", "kept", "dropped", "merged", "emptied", "inferred", "left"]
        action = self.counts["rule"].map({READ: READ, KEPT: KEPT} | {code: rule.action for code, rule in RULES.items()})
        wide = self.counts.assign(action=action).pivot_table("n_rows", "table", "action", "sum", fill_value=0)
        return wide.reindex(columns=done, fill_value=0).astype("int64").rename_axis(columns=None)

    def write(self, folder: Path) -> None:
        """Write both tables into a folder."""
        self.counts.to_parquet(folder / COUNTS, index=False)
        self.columns.to_parquet(folder / COLUMNS, index=False)


def read_ledger(folder: Path) -> Ledger:
    """Read what `Ledger.write` wrote."""
    return Ledger(pd.read_parquet(folder / COUNTS), pd.read_parquet(folder / COLUMNS))


def count_frame(counts: Mapping[tuple[str, str, str], int]) -> pd.DataFrame:
    """Give the counts by (table, file, rule) as a frame, without those that are 0 but for rows read and kept."""
    tables, rules = [table.name for table in TABLES], [READ, KEPT, *RULES]
    order = sorted(counts, key=lambda key: (tables.index(key[0]), rules.index(key[2])))
    rows = [(*key, counts[key]) for key in order if counts[key] or key[2] in (READ, KEPT)]
    frame = pd.DataFrame(rows, columns=list(COUNT_FIELDS))
    return frame.astype({"table": "str", "file": "str", "rule": "str", "n_rows": "int64"})


def column_frame(rows: list[tuple[str, str, str, str]]) -> pd.DataFrame:
    """Give the states of columns as a frame."""
    return pd.DataFrame(rows, columns=list(COLUMN_FIELDS), dtype="str")
