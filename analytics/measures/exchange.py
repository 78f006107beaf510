"""What provinces give and take: related to each other's sizes, to their firms, by region, in balance."""

from collections.abc import Callable, Mapping

import numpy as np
import pandas as pd

from analytics.measures.firms import by_province
from analytics.measures.relations import by_end, flows
from analytics.measures.slices import Slice
from analytics.measures.topics import quotients

FEWEST = 20  # relations from which on a ratio or a balance says something


def pairs(part: Slice) -> pd.DataFrame:
    """Give the flows between provinces, the largest first.

    Returns
    -------
    DataFrame
        `item` (`11>44` being from Beijing to Guangdong), `row` (giver), `column` (taker), `value` (percent of all
        relations, wherever their ends lie), `n`. Provinces that are chosen change nothing.
    """
    rows = flows(part)
    ends = rows["item"].str.split(">", expand=True).reindex(columns=[0, 1])
    return rows.assign(row=ends[0], column=ends[1])


def largest(rows: pd.DataFrame, count: int) -> list[str]:
    """Name the provinces with the most relations at both ends of some pairs together, the most first."""
    sums = _sum(rows, "row").add(_sum(rows, "column"), fill_value=0)
    return [str(code) for code in sums.sort_values(ascending=False, kind="stable").index[:count]]


def _sum(rows: pd.DataFrame, side: str) -> pd.Series:
    return rows["n"].astype(float).groupby(rows[side]).sum()


def of_side(rows: pd.DataFrame, side: str) -> pd.DataFrame:
    """Give pairs as percent of all located relations of their giver (`row`) or taker (`column`)."""
    return rows.assign(value=rows["n"] * 100 / rows.groupby(side)["n"].transform("sum"))


def by_expectation(rows: pd.DataFrame) -> pd.DataFrame:
    """Give every pair by what both ends' sizes let expect, as `quotients` does: location quotients of the pairs."""
    codes = largest(rows, len(rows))
    found = quotients(rows, codes, codes)
    return found.assign(item=found["row"] + ">" + found["column"], value=found["lq"])


RELATED: dict[str, Callable[[pd.DataFrame], pd.DataFrame]] = {
    "of_giver": lambda rows: of_side(rows, "row"),
    "of_taker": lambda rows: of_side(rows, "column"),
    "expected": by_expectation,
}


def between(part: Slice, groups: Mapping[str, str]) -> pd.DataFrame:
    """Sum up flows by the groups of both ends.

    Parameters
    ----------
    groups : mapping
        Code of a province -> its group.

    Returns
    -------
    DataFrame
        `item` (`group>group`), `row`, `column`, `value` (percent of all relations), `n`, the largest first.
    """
    rows = pairs(part)
    ends = [rows[side].map(groups) for side in ("row", "column")]
    sums = rows[["value", "n"]].groupby(ends).sum().rename_axis(["row", "column"]).reset_index()
    items = sums["row"].astype(str) + ">" + sums["column"].astype(str)
    return sums.assign(item=items).sort_values("value", ascending=False, ignore_index=True)


def balance(part: Slice) -> pd.DataFrame:
    """Give what a province gives to others less what it takes from them, in percent of both together.

    Returns
    -------
    DataFrame
        `item`, `value` (-100 to 100), `n` (relations with other provinces both ways, at least `FEWEST`), the
        largest giver first.
    """
    rows = pairs(part)
    apart = rows[rows["row"].ne(rows["column"])]
    gives, takes = _both(_sum(apart, "row"), _sum(apart, "column"))
    n = gives + takes
    return _items((gives - takes) * 100 / n, n, n >= FEWEST)


def ratio(part: Slice) -> pd.DataFrame:
    """Give relations enabled by relations received, where both together are at least `FEWEST`."""
    gives, takes = _ends(part)
    n = gives + takes
    return _items(gives / takes.where(takes > 0), n, n.ge(FEWEST) & takes.gt(0))


def per_firm(part: Slice) -> pd.DataFrame:
    """Give a province's relations, enabled and received, by its sample firm, where it has any."""
    gives, takes = _ends(part)
    n = gives + takes
    firms = by_province(part).set_index("item")["n"].astype(float).reindex(n.index).fillna(0.0)
    return _items(n / firms.where(firms > 0), n, firms > 0)


def _ends(part: Slice) -> tuple[pd.Series, pd.Series]:
    gives, takes = (by_end(part, end).set_index("item")["n"].astype(float) for end in ("source", "target"))
    return _both(gives, takes)


def _both(gives: pd.Series, takes: pd.Series) -> tuple[pd.Series, pd.Series]:
    """Put two counts by province side by side; what one lacks is nothing of it."""
    codes = gives.index.union(takes.index)
    return gives.reindex(codes).fillna(0.0), takes.reindex(codes).fillna(0.0)


def _items(values: pd.Series, n: pd.Series, kept: pd.Series) -> pd.DataFrame:
    found = pd.DataFrame(
        {"item": values.index.astype(str), "value": values.to_numpy(), "n": n.to_numpy().astype(np.int64)}
    )
    return found[kept.to_numpy(bool)].sort_values("value", ascending=False, kind="stable", ignore_index=True)
