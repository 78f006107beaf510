"""Whether a network polarizes or spreads, and since when: a stated rule over ten listed measures.

A measure has moved when it differs by more than `SMALLEST` percent of its value `WINDOW` years before (or of
the first year's, where there are fewer). A year polarizes when more than half of the measures that can be
told moved up, it spreads when more than half moved down, else it has no direction. The verdict is that of the
last year; it holds since the first of the years in a row, up to the last, that have the same one.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import pandas as pd

from analytics.measures.polarization import (
    core_share,
    entropy,
    gini,
    herfindahl,
    mean_distance,
    share_of_first,
)
from analytics.measures.province_years import ProvinceYears

WINDOW = 3  # years: the report's turn of 2017 can then be told from data that begin in 2014
SMALLEST = 0.5  # percent of the earlier value
POLARIZES, SPREADS, OPEN = "polarizes", "spreads", "open"
ENDS = ("source", "target")
OF_AN_END: dict[str, Callable[[np.ndarray], float]] = {
    "first_4": lambda counts: share_of_first(counts, 4),
    "gini": gini,
    "herfindahl": herfindahl,
    "entropy": entropy,
}
FALLING = ("entropy_source", "entropy_target", "distance")  # measures that fall as a network polarizes
# Theil's T is ln 34 · (1 − entropy), and would be the same vote twice.
LISTED = (*(f"{name}_{end}" for end in ENDS for name in OF_AN_END), "core_share", "distance")


class Verdict(NamedTuple):
    """What the rule says.

    Attributes
    ----------
    way : str
        `POLARIZES`, `SPREADS` or `OPEN`.
    last, since : int
        The year that is judged, and the first of those in a row that have the same verdict.
    first : int
        The first year that could be judged.
    up, down, still : int
        How many measures moved towards polarization, away from it, or neither, in the last year.
    """

    way: str
    last: int
    since: int
    first: int
    up: int
    down: int
    still: int


def measure_years(counts: ProvinceYears, core: np.ndarray, distances: np.ndarray) -> pd.DataFrame:
    """Give the listed measures of every year, each on its own scale; columns: `LISTED`, index: the year."""
    ends = dict(zip(ENDS, (counts.enabling, counts.input), strict=True))
    found = {
        f"{name}_{end}": [make(row) for row in rows] for end, rows in ends.items() for name, make in OF_AN_END.items()
    }
    found["core_share"] = [core_share(flows, core) for flows in counts.located]
    found["distance"] = [mean_distance(flows, distances) for flows in counts.located]
    return pd.DataFrame(found, index=pd.Index(counts.years, name="year"), dtype=float)[list(LISTED)]


def changes(values: pd.DataFrame) -> pd.DataFrame:
    """Hold every year against `WINDOW` years before, or the first one.

    Parameters
    ----------
    values : DataFrame
        As `measure_years` gives it.

    Returns
    -------
    DataFrame
        `item` (measure), `year`, `value` (percent of the earlier value, positive towards polarization),
        `before`, `after` (on the measure's own scale), `since` (the year it is held against); measures in
        order, then years. Where there is nothing to hold against there is no row.
    """
    years, table = values.index.to_list(), values.to_numpy()
    # Every year stands in the table, so a place in it is a year.
    rows = [
        (item, years[at], years[max(at - WINDOW, 0)], table[max(at - WINDOW, 0), column], table[at, column])
        for column, item in enumerate(values)
        for at in range(1, len(years))
    ]
    found = pd.DataFrame(rows, columns=["item", "year", "since", "before", "after"])
    found = found.astype({"year": "int64", "since": "int64", "before": float, "after": float})
    found = found[found["before"].gt(0) & found["after"].notna()].reset_index(drop=True)
    signs = np.where(found["item"].isin(FALLING), -1.0, 1.0)
    return found.assign(value=signs * (found["after"] / found["before"] - 1) * 100)


def judge(rows: pd.DataFrame) -> Verdict | None:
    """Apply the rule to the changes of listed measures; None where there is no change to judge.

    Parameters
    ----------
    rows : DataFrame
        `item`, `year`, `value`, as `changes` gives them.
    """
    if rows.empty:
        return None
    votes: dict[int, list[int]] = {}
    for year, value in zip(rows["year"].tolist(), rows["value"].tolist(), strict=True):
        votes.setdefault(year, []).append(int(value > SMALLEST) - int(value < -SMALLEST))
    ways = {year: _way(each.count(1), each.count(-1), len(each)) for year, each in votes.items()}
    last = max(ways)
    since = last
    while ways.get(since - 1) == ways[last]:
        since -= 1
    found = votes[last]
    return Verdict(ways[last], last, since, min(ways), found.count(1), found.count(-1), found.count(0))


def _way(up: int, down: int, told: int) -> str:
    return POLARIZES if 2 * up > told else SPREADS if 2 * down > told else OPEN
