"""Rows of the published facts for a chart, under the reader's filters."""

from collections.abc import Callable

import pandas as pd

from analytics import store
from analytics.filters import Filters

COLUMNS = (
    "item",
    "item_zh",
    "item_en",
    "measure",
    "year",
    "unit",
    "value",
    "printed",
    "status",
    "note",
    "source",
    "page",
)


def rows_of(source: str, *measures: str) -> pd.DataFrame:
    """Give the facts of `source` in the order of the report, `measures` only; grain: one fact."""
    return _rows(source, measures).copy(deep=False)


@store.per_snapshot
def _rows(source: str, measures: tuple[str, ...]) -> pd.DataFrame:
    facts = store.facts()
    keep = (facts["source"] == source) & facts["measure"].isin(measures)
    return facts.loc[keep, list(COLUMNS)].reset_index(drop=True)


def facts_of(source: str, measure: str, leave_out: tuple[str, ...] = ()) -> Callable[..., pd.DataFrame]:
    """Make a `select` of one measure that no filter touches."""

    def select(_filters: Filters, _option: str) -> pd.DataFrame:
        rows = rows_of(source, measure)
        return rows[~rows["item"].isin(leave_out)].reset_index(drop=True)

    return select


def by_items(field: str, source: str, measure: str) -> Callable[..., pd.DataFrame]:
    """Make a `select` whose items are what a field of the filters holds, cut to the chosen ones."""

    def select(filters: Filters, _option: str) -> pd.DataFrame:
        return keep_items(rows_of(source, measure), getattr(filters, field))

    return select


def keep_items(rows: pd.DataFrame, items: tuple[str, ...]) -> pd.DataFrame:
    """Keep the rows whose `item` is chosen; all of them when nothing is."""
    return rows[rows["item"].isin(items)].reset_index(drop=True) if items else rows


def by_year(source: str, *measures: str) -> Callable[..., pd.DataFrame]:
    """Make a `select` of some measures over the chosen years."""

    def select(filters: Filters, _option: str) -> pd.DataFrame:
        rows = rows_of(source, *measures)
        return rows[rows["year"].between(*filters.years)].reset_index(drop=True)

    return select


def all_of(source: str, *measures: str) -> Callable[..., pd.DataFrame]:
    """Make a `select` of several measures that no filter touches."""
    return lambda _filters, _option: rows_of(source, *measures)


def flows(filters: Filters, _option: str = "") -> pd.DataFrame:
    """Give table 7's flows with either end in the chosen provinces.

    Returns
    -------
    DataFrame
        The columns of a fact, and `source_province`, `target_province` (GB/T 2260 codes);
        the unprinted rest is left out, as it has no ends.
    """
    rows = rows_of("table-7", "share_flow")
    rows = rows[rows["item"].str.contains(">", regex=False)]
    ends = rows["item"].str.split(">", expand=True)
    rows = rows.assign(source_province=ends[0], target_province=ends[1])
    chosen = list(filters.provinces)
    touched = rows["source_province"].isin(chosen) | rows["target_province"].isin(chosen)
    return (rows[touched] if chosen else rows).reset_index(drop=True)
