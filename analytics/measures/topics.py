"""What no figure prints: which topics meet more often than their sizes let expect, and how shares move by year."""

from statistics import NormalDist

import numpy as np
import pandas as pd

from analytics.contract import NONE
from analytics.cubes import NO_YEAR
from analytics.measures.coding import count
from analytics.measures.relations import ELSEWHERE, levels_of
from analytics.measures.slices import Slice

FEWEST_EXPECTED = 5.0  # relations; below that a quotient is mostly chance
RARE = 0.025  # how often chance alone may put one pair of a table above the others
CROSSED = ["row", "column", "n"]
QUOTIENTS = {"row": "str", "column": "str", "n": "int64", "expected": "float64", "lq": "float64"}
YEARLY = ["item", "year", "value", "n"]


def crossed(
    part: Slice, cube: str, row: str, column: str, level: str = "", ignore: tuple[str, ...] = ()
) -> pd.DataFrame:
    """Count the relations in which two topics, or a province and a topic, meet.

    Parameters
    ----------
    part : Slice
    cube : str
        One of `analytics.cubes.CUBES` that holds both dimensions.
    row, column : str
        Two dimensions of the cube.
    level : str
        What the codes of `industry` are summed up to, see `levels_of`; empty for none.
    ignore : tuple of str
        Fields of the filters that are left open.

    Returns
    -------
    DataFrame
        `row`, `column`, `n` (relations, 1 or more); grain: the pair. Relations without either are left out.
    """
    rows = _long(part.count_relations(cube, (row, column), ignore), CROSSED)
    for side, dimension in (("row", row), ("column", column)):
        rows[side] = _summed(part, rows[side], level if dimension == "industry" else "")
    known = ~rows[["row", "column"]].isin(ELSEWHERE).any(axis=1)
    return rows[known].groupby(CROSSED[:2])["n"].sum().reset_index()


def _long(counts: pd.Series, columns: list[str]) -> pd.DataFrame:
    """Give counts by two dimensions as a frame; also of nothing, which has no dimensions."""
    first, second, n = columns
    keys = list(counts.index)
    found = {first: [str(one) for one, _ in keys], second: [two for _, two in keys], n: counts.to_numpy("int64")}
    return pd.DataFrame(found).astype({first: str})


def _summed(part: Slice, codes: pd.Series, level: str) -> pd.Series:
    plain = codes.astype(str)
    return plain.map(levels_of(part, pd.Index(plain.unique()))[level]) if level else plain


def quotients(pairs: pd.DataFrame, rows: list[str], columns: list[str]) -> pd.DataFrame:
    """Hold the count of every pair against the count that the sizes of its two sides let expect.

    Parameters
    ----------
    pairs : DataFrame
        As `crossed` gives them: they are the whole, their sums the margins.
    rows, columns : list of str
        What is shown, in its order.

    Returns
    -------
    DataFrame
        `row`, `column`, `n`, `expected` (row sum times column sum by total, in relations), `lq` (`n` by
        `expected`; empty where fewer than `FEWEST_EXPECTED` are expected); every pair, row by row. No
        pairs at all give no rows.
    """
    if pairs.empty:
        return pd.DataFrame({name: pd.Series([], dtype=kind) for name, kind in QUOTIENTS.items()})
    wide = pairs.pivot(index="row", columns="column", values="n").fillna(0)
    margins = np.outer(wide.sum(axis=1), wide.sum(axis=0)) / wide.to_numpy().sum()
    there = pd.DataFrame(margins, wide.index, wide.columns)
    n, expected = (one.reindex(index=rows, columns=columns).fillna(0).to_numpy(float).ravel() for one in (wide, there))
    lq = np.divide(n, expected, out=np.full(len(n), np.nan), where=expected >= FEWEST_EXPECTED)
    cells = {"row": np.repeat(rows, len(columns)), "column": np.tile(columns, len(rows))}
    return pd.DataFrame({**cells, "n": n.astype("int64"), "expected": expected, "lq": lq})


def standouts(cells: pd.DataFrame) -> pd.DataFrame:
    """Give the pairs that meet clearly more often than expected, the clearest first.

    Roots of counts vary alike whatever their size (Anscombe 1948), so many and few can be compared; the
    more pairs there are, the further the highest of them rises by chance alone (Bonferroni).

    Parameters
    ----------
    cells : DataFrame
        `n` and `expected`, 5 or more; other columns stay.
    """
    if cells.empty:
        return cells
    above = 2 * (np.sqrt(cells["n"].to_numpy(float)) - np.sqrt(cells["expected"].to_numpy(float)))
    least = NormalDist().inv_cdf(1 - RARE / len(cells))
    return cells.iloc[np.argsort(-above, kind="stable")[: int((above > least).sum())]]


def by_size(pairs: pd.DataFrame, side: str) -> list[str]:
    """Name the rows or columns of `crossed`, the largest first, equal ones by name."""
    sums = pairs.groupby(side)["n"].sum().reset_index().sort_values(["n", side], ascending=[False, True])
    return sums[side].astype(str).tolist()


def by_year(part: Slice, cube: str, topic: str, items: list[str], level: str = "") -> pd.DataFrame:
    """Give each topic's share of the relations that began in a year and have one.

    Parameters
    ----------
    part : Slice
    cube, topic : str
        A cube and the dimension to count by.
    items : list of str
        All topics there are, in the order in which they are shown.
    level : str
        As for `crossed`.

    Returns
    -------
    DataFrame
        `item`, `year`, `value` (percent of the year's relations with a topic), `n`; every item in every
        year that has any relation. Undated relations are left out.
    """
    rows, keep = part.tables[cube], part.relations(cube)
    dated = keep & rows["year"].ne(NO_YEAR).to_numpy(bool)
    counts = count(rows.assign(year=rows["year"].astype("category")), dated, (topic, "year"), "n_relations")
    found = _long(counts, ["item", "year", "n"])
    found["item"] = _summed(part, found["item"], level)
    return _shared(found[found["item"].ne(NONE)], items)


def _shared(counts: pd.DataFrame, items: list[str]) -> pd.DataFrame:
    years = sorted(counts["year"].unique())
    every = pd.MultiIndex.from_product([items if years else [], years], names=["item", "year"])
    n = counts.groupby(["item", "year"])["n"].sum().reindex(every, fill_value=0)
    rows = n.reset_index().astype({"item": "str", "year": "int64", "n": "int64"})
    whole = rows.groupby("year")["n"].transform("sum")
    return rows.assign(value=rows["n"] * 100 / whole.clip(lower=1))[YEARLY]


def up_to_year(rows: pd.DataFrame) -> pd.DataFrame:
    """Turn the shares of each year into those of all relations up to it; columns as `by_year`."""
    n = rows.sort_values("year").groupby("item", sort=False)["n"].cumsum().reindex(rows.index)
    whole = n.groupby(rows["year"]).transform("sum")
    return rows.assign(n=n, value=n * 100 / whole.clip(lower=1))


def changes(rows: pd.DataFrame) -> pd.DataFrame:
    """Hold the first year of `by_year` against its last; one row an item where there is one year.

    Returns
    -------
    DataFrame
        `item`, `year`, `value`, `n`, `change` (percentage points from the first year to the last); grain:
        item and year, the item that rose most first.
    """
    ends = rows[rows["year"].isin([rows["year"].min(), rows["year"].max()])].sort_values("year", kind="stable")
    spans = ends.groupby("item", sort=False)["value"]
    change = spans.transform("last") - spans.transform("first")
    ordered = ends.assign(change=change, size=ends.groupby("item")["n"].transform("sum"))
    by = ["change", "size", "item", "year"]
    return ordered.sort_values(by, ascending=[False, False, True, True], ignore_index=True)[[*YEARLY, "change"]]
