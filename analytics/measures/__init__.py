"""The report's numbers computed from a data set, under any filters."""

from collections.abc import Callable, Mapping

import pandas as pd

from analytics.measures.firms import FIRMS, by_province, founding
from analytics.measures.network import NETWORK
from analytics.measures.relations import RELATIONS
from analytics.measures.slices import Choice, Everything, Slice

__all__ = ["MEASURES", "Choice", "Everything", "Slice", "compute", "compute_facts"]

Compute = Callable[[Slice], pd.DataFrame]
KEY = ["source", "measure", "item", "year"]

MEASURES: dict[tuple[str, str], Compute] = {**FIRMS, **RELATIONS, **NETWORK}
# What a chart shows where it is more than what the report prints.
FINER: dict[tuple[str, str], Compute] = {
    ("figure-1", "share_firms"): founding,
    ("figure-3", "share_firms"): lambda part: by_province(part),
    ("figure-11", "share_patents"): lambda part: by_province(part, "patents"),
}


def compute(source: str, measure: str, part: Slice, finer: bool = False) -> pd.DataFrame:
    """Compute one measure of one figure or table.

    Parameters
    ----------
    source, measure : str
        As in the published facts; one of `MEASURES`.
    finer : bool
        Take every item where the report prints sums only.

    Returns
    -------
    DataFrame
        `item`, `year` (Int64, <NA> where the measure has none), `value` in the facts' unit, `n`
        (Int64, the count behind a share, else <NA>). Nothing to count gives no rows.
    """
    key = (source, measure)
    rows = (FINER.get(key, MEASURES[key]) if finer else MEASURES[key])(part)
    given = {name: rows[name] if name in rows else pd.Series(pd.NA, index=rows.index) for name in ("year", "n")}
    typed = {name: column.astype("Int64") for name, column in given.items()}
    return rows.assign(**typed)[["item", "year", "value", "n"]]


def compute_facts(facts: pd.DataFrame, tables: Mapping[str, pd.DataFrame], choice: Choice) -> pd.DataFrame:
    """Compute every published fact that the data set can tell.

    Returns
    -------
    DataFrame
        `source`, `measure`, `item`, `year`, `value`; rows as in `facts`, those left out that the
        data cannot tell. A fact that states a year where the data set has one sum takes the sum.
    """
    part = Slice(tables, choice)
    found = []
    for source, measure in facts[["source", "measure"]].drop_duplicates().itertuples(index=False):
        if (source, measure) in MEASURES:
            rows = facts[facts["source"].eq(source) & facts["measure"].eq(measure)]
            found.append(_beside(rows, compute(source, measure, part)))
    if not found:
        return pd.DataFrame(columns=[*KEY, "value"]).astype({"year": "Int64", "value": float})
    return pd.concat(found, ignore_index=True).dropna(subset="value")[[*KEY, "value"]]


def _beside(facts: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    dated = rows["year"].notna().any()
    keys = ["item", "year"] if dated else ["item"]
    found = facts[KEY].merge(rows[[*keys, "value"]], on=keys, how="left")
    # "Other" is what the report's own items leave of the whole.
    rest = found["item"].str.startswith("other_") & found["value"].isna()
    found.loc[rest, "value"] = 100.0 - found.loc[~rest, "value"].sum()
    return found
