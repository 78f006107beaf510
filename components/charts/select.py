"""Rows for charts: the published facts, and what a data set says, the printed value beside it."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import lru_cache

import numpy as np
import pandas as pd

from analytics import store
from analytics.filters import Filters
from analytics.measures import Slice, compute
from components.charts.names import names_of

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
MOST_KEPT = 512  # measures, 10 kB each: what filtered cards are compared with is the same for all of them
NOTHING = pd.DataFrame(columns=[*COLUMNS, "reported", "n"])
STATUS = {"reconstruction": "modelled", "own": "own"}
Select = Callable[[Filters, str], pd.DataFrame]


def rows_of(source: str, *measures: str) -> pd.DataFrame:
    """Give the facts of `source` in the order of the report, `measures` only; grain: one fact."""
    return _rows(source, measures).copy(deep=False)


@store.per_snapshot
def _rows(source: str, measures: tuple[str, ...]) -> pd.DataFrame:
    facts = store.facts()
    keep = (facts["source"] == source) & facts["measure"].isin(measures)
    return facts.loc[keep, list(COLUMNS)].reset_index(drop=True)


def facts_of(source: str, *measures: str) -> Select:
    """Make a `select` of published facts that no filter touches."""
    return lambda _filters, _option: rows_of(source, *measures)


def printed_items(field: str, source: str, measure: str) -> Select:
    """Make a `select` of published facts whose items are what a field of the filters holds."""
    return lambda filters, _option: keep_items(rows_of(source, measure), getattr(filters, field))


def measured(
    source: str, *measures: str, items: str = "", top: int = 0, finer: bool = False, field: str = ""
) -> Select:
    """Make a `select` of measures computed from the data set in use.

    Parameters
    ----------
    source, measures : str
        As in the facts, and in `analytics.measures`.
    items : str
        The field of the filters that the items are of: it picks rows and changes no value.
    top : int
        How many items to show before the rest is summed up; 0 for all.
    finer : bool
        Every item where the report prints sums only.
    field : str
        The field of the filters that a click on an item chooses: all items stay, `chosen` marks them.

    Returns
    -------
    callable
        Its frames hold `COLUMNS`, `reported`, `n` (the count behind a share), and, where the
        selection is not the one it is compared with, `base`: the other one's value.
    """

    def select(filters: Filters, _option: str) -> pd.DataFrame:
        asked = filters.without(items) if items else filters
        rows, base = values_of(source, measures, asked, finer), filters.base()
        if len(rows) and base != replace(asked, pin=""):
            rows = compared(rows, values_of(source, measures, base, finer), bool(field))
        if field:
            rows = mark_chosen(rows, field, filters)
        chosen = getattr(filters, items) if items else ()
        return keep_items(rows, chosen) if chosen else _with_rest(rows, source, top)

    return select


def values_of(source: str, measures: tuple[str, ...], filters: Filters, finer: bool = False) -> pd.DataFrame:
    """Compute measures of a source under the filters, compared with nothing; columns as of `measured`."""
    parts = [_measure(source, measure, replace(filters, pin=""), finer) for measure in measures]
    return pd.concat([part for part in parts if len(part)] or parts[:1], ignore_index=True)


def compared(rows: pd.DataFrame, others: pd.DataFrame, every: bool) -> pd.DataFrame:
    """Add the others' values as `base`; `every` item of theirs too, at 0, so that it can be chosen."""
    if every:
        gone = others[~others["item"].isin(rows["item"])]
        rows = pd.concat([rows, gone.assign(value=0.0, n=0, reported="")], ignore_index=True) if len(gone) else rows
    base = beside(rows, others)
    # A card whose own filter alone is set shows the whole: two equal bars say nothing.
    return rows if np.allclose(rows["value"], base, equal_nan=True) else rows.assign(base=base)


def beside(rows: pd.DataFrame, others: pd.DataFrame) -> pd.Series:
    """Give the others' values of the rows' items; what the others have not is nothing of theirs."""
    values = dict(zip(_keys(others), others["value"], strict=True))
    missing = 0.0 if rows["year"].isna().all() else np.nan
    return pd.Series([values.get(key, missing) for key in _keys(rows)], index=rows.index, dtype=float)


def _keys(rows: pd.DataFrame) -> Iterator[tuple[str, str, int]]:
    return zip(rows["item"], rows["measure"], rows["year"].fillna(0), strict=True)


def mark_chosen(rows: pd.DataFrame, field: str, filters: Filters) -> pd.DataFrame:
    """Add `pick`, what a click on the item puts into the link, and `chosen`: in the field, or nothing is."""
    held = [str(value) for value in getattr(filters, field)]
    picks = rows["item"].str.removeprefix("founded_") if field == "founded" else rows["item"]
    return rows.assign(pick=picks, chosen=picks.isin(held) if held else True)


def _measure(source: str, measure: str, filters: Filters, finer: bool) -> pd.DataFrame:
    """Give one measure in the columns of a fact and `reported`, the value as printed or nothing."""
    # Shallow: pandas copies on write, so a caller that changes its frame changes nothing here.
    return _measured(source, measure, filters, finer, store.snapshot(filters.data).name).copy(deep=False)


@lru_cache(maxsize=MOST_KEPT)
def _measured(source: str, measure: str, filters: Filters, finer: bool, _snapshot: str) -> pd.DataFrame:
    facts, kind = rows_of(source, measure), store.snapshot(filters.data).manifest["dataset"]["kind"]
    rows = compute(source, measure, Slice(store.tables(filters.data), filters), finer)
    first = facts.iloc[0]
    rows = rows.assign(
        measure=measure,
        unit=first["unit"],
        printed="",
        status=STATUS[kind],
        note="",
        source=source,
        page=first["page"],
        reported=_reported(rows, facts) if kind == "reconstruction" and filters == Filters() else "",
        **names_of(rows["item"], source, facts, filters.data),
    )
    return rows[[*COLUMNS, "reported", "n"]]


def _reported(rows: pd.DataFrame, facts: pd.DataFrame) -> list[str]:
    printed = facts[facts["status"].eq("printed")]
    dated = rows["year"].notna().any()
    keys = list(zip(printed["item"], printed["year"] if dated else printed["item"], strict=True))
    found = dict(zip(keys, printed["printed"], strict=True))
    return [found.get(key, "") for key in zip(rows["item"], rows["year"] if dated else rows["item"], strict=True)]


def _with_rest(rows: pd.DataFrame, source: str, top: int) -> pd.DataFrame:
    """Sum up the items after the first `top` under the name that the facts give their rest; chosen ones stay."""
    if not top or len(rows) <= top + 1:
        return rows
    keep = np.arange(len(rows)) < top
    if "chosen" in rows and not rows["chosen"].all():
        keep |= rows["chosen"].to_numpy(bool)
    others = _rows(source, tuple(rows["measure"].unique()))
    rest = others[others["item"].str.startswith("other_")].iloc[-1]
    sums = {name: rows.loc[~keep, name].sum() for name in ("value", "n", "base") if name in rows}
    named = {name: rest[name] for name in ("item", "item_zh", "item_en")}
    marks = {"pick": "", "chosen": bool(rows["chosen"].all())} if "chosen" in rows else {}
    tail = rows.head(1).assign(**sums, **named, **marks, reported="").astype(rows.dtypes)
    return pd.concat([rows[keep], tail], ignore_index=True) if not keep.all() else rows


def keep_items(rows: pd.DataFrame, items: tuple[str, ...]) -> pd.DataFrame:
    """Keep the rows whose `item` is chosen; all of them when nothing is."""
    return rows[rows["item"].isin(items)].reset_index(drop=True) if items else rows


def flows(filters: Filters, _option: str = "", most: int = 20) -> pd.DataFrame:
    """Give the largest flows with either end in the chosen provinces; all of them where `most` is 0.

    Returns
    -------
    DataFrame
        The columns of a fact, `reported`, and `source_province`, `target_province` (GB/T 2260 codes).
    """
    rows = _measure("table-7", "share_flow", filters.only({"layers", "years", "topic", "data"}), False)
    ends = rows["item"].str.split(">", expand=True).reindex(columns=[0, 1])
    rows = rows.assign(source_province=ends[0], target_province=ends[1])
    chosen = list(filters.provinces)
    touched = rows["source_province"].isin(chosen) | rows["target_province"].isin(chosen)
    return (rows[touched] if chosen else rows).head(most or len(rows)).reset_index(drop=True)
