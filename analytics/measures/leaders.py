"""The leading nodes over the years, what hangs on them, and how unequal degrees are."""

import numpy as np
import pandas as pd

from analytics.explorer.arcs import load_arcs
from analytics.filters import Filters
from analytics.measures.reach import leading_sources
from analytics.measures.slices import Slice

LEADERS = 10
DEGREES = ("degree", "out_degree", "in_degree")
MOST_POINTS = 200  # of a curve; more lie within a line's width


def rank_movement(part: Slice, measure: str) -> pd.DataFrame:
    """Rank the nodes that lead in the last chosen year by their degree at the end of every year.

    Returns
    -------
    DataFrame
        `item` (id), `year`, `value` (place among all chosen nodes, 1 for the most), `n` (the degree);
        the best place first. A node has no row before its first relation.
    """
    nodes = part.tables["nodes"]
    first, last = part.choice.years
    years, degrees = _yearly(part.tables["node_years"], nodes["id"], measure, last)
    chosen = part.chosen_nodes(nodes)
    if not len(years) or not degrees[chosen].any():
        return pd.DataFrame({"item": [], "year": [], "value": [], "n": []})
    degrees = np.where(chosen[:, None], degrees, 0)
    leading = np.argsort(-degrees[:, -1], kind="stable")[:LEADERS]
    rows = [
        (nodes["id"].iloc[row], year, 1 + int((degrees[:, at] > degrees[row, at]).sum()), int(degrees[row, at]))
        for row in leading
        for at, year in enumerate(years)
        if year >= first and degrees[row, at]
    ]
    return pd.DataFrame(rows, columns=["item", "year", "value", "n"])


def _yearly(node_years: pd.DataFrame, ids: pd.Series, measure: str, last: int) -> tuple[list[int], np.ndarray]:
    """Give the years up to `last`, and every node's degree at the end of each."""
    dated = node_years[node_years["year"].between(1, last)]
    if dated.empty:
        return [], np.zeros((len(ids), 0), dtype=np.int64)
    years = list(range(int(dated["year"].min()), min(last, int(dated["year"].max())) + 1))
    new = dated["in_degree"] + dated["out_degree"] if measure == "degree" else dated[measure]
    found = np.zeros((len(ids), len(years)), dtype=np.int64)
    at = (pd.Index(ids).get_indexer(dated["id"]), dated["year"].to_numpy(np.int64) - years[0])
    np.add.at(found, at, new.to_numpy(np.int64))
    return years, found.cumsum(axis=1)


def reach(filters: Filters, nodes: pd.DataFrame, count: int) -> pd.DataFrame:
    """Give what share of each province's input the leading sources provide.

    Parameters
    ----------
    filters : Filters
        Provinces are left open: they are what is compared.
    count : int
        How many nodes of the largest out-degree are leading.

    Returns
    -------
    DataFrame
        `item` (GB/T 2260), `value` (percent of the relations whose target lies there), `n` (those that
        come from a leading node); the highest share first.
    """
    open_places = filters.without("provinces")
    arcs, leading = load_arcs(open_places), leading_sources(open_places, count)
    rows = pd.DataFrame(
        {
            "item": nodes["province"].to_numpy()[arcs.target],
            "whole": arcs.weight,
            "n": np.where(leading[arcs.source], arcs.weight, 0),
        }
    )
    sums = rows[rows["item"].str.fullmatch(r"\d\d")].groupby("item")[["whole", "n"]].sum().reset_index()
    shares = sums.assign(value=sums["n"] * 100 / sums["whole"])
    return shares.sort_values(["value", "item"], ascending=[False, True], ignore_index=True)[["item", "value", "n"]]


def lorenz(degrees: np.ndarray) -> pd.DataFrame:
    """Give the Lorenz curve of degrees, the best connected first.

    Returns
    -------
    DataFrame
        `share_nodes`, `value`: percent of the nodes, and of all degree that they hold.
    """
    ordered = np.sort(degrees[degrees > 0])[::-1]
    if not len(ordered):
        return pd.DataFrame({"share_nodes": [], "value": []})
    held = np.concatenate([[0.0], np.cumsum(ordered) * 100 / ordered.sum()])
    at = np.unique(np.round(np.linspace(0, len(ordered), MOST_POINTS)).astype(int))
    return pd.DataFrame({"share_nodes": at * 100 / len(ordered), "value": held[at]})


def gini(degrees: np.ndarray) -> float:
    """Give the Gini coefficient of degrees: 0 where all are equal."""
    ordered = np.sort(degrees[degrees > 0]).astype(float)
    count = len(ordered)
    if not count:
        return float("nan")
    return float((2 * np.arange(1, count + 1) - count - 1).dot(ordered) / (count * ordered.sum()))


def tail_law(degrees: np.ndarray) -> tuple[pd.DataFrame, float]:
    """Give the power law that fits the tail of some degrees best, and its exponent; no rows where none is long enough.

    Returns
    -------
    DataFrame
        `degree`, `value` (percent of the nodes that have relations), over the tail.
    float
        alpha of p(k) ~ k^-alpha, see `analytics.network.tail_fit`; NaN where there is no tail.
    """
    from scipy.special import zeta

    from analytics.network.tail_fit import best_tail

    known = degrees[degrees > 0]
    values, counts = np.unique(known, return_counts=True)
    start, exponent, _ = best_tail(values, counts)
    if not start:
        return pd.DataFrame({"degree": [], "value": []}), float("nan")
    at = np.unique(np.geomspace(start, values[-1], 30).round())
    share = counts[values >= start].sum() / len(known)
    return pd.DataFrame({"degree": at, "value": 100 * share * zeta(exponent, at) / zeta(exponent, start)}), exponent


def tail(degrees: np.ndarray) -> pd.DataFrame:
    """Give the share of nodes of at least each degree that occurs, thinned evenly on a log scale.

    Returns
    -------
    DataFrame
        `degree`, `value` (percent of the nodes that have relations).
    """
    known = degrees[degrees > 0]
    values, counts = np.unique(known, return_counts=True)
    share = counts[::-1].cumsum()[::-1] * 100 / max(len(known), 1)
    if len(values) > MOST_POINTS:
        wanted = np.geomspace(values[0], values[-1], MOST_POINTS)
        keep = np.unique(np.searchsorted(values, wanted).clip(0, len(values) - 1))
        values, share = values[keep], share[keep]
    return pd.DataFrame({"degree": values, "value": share})
