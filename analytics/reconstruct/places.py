"""How many firms each province has: figures 2 and 3, and plausible numbers for the rest."""

import numpy as np
import pandas as pd

from analytics.reconstruct.printed import Printed
from analytics.reconstruct.rounding import Ints, whole

# Ranked by the report, without a number; the sixth to the ninth lie between the fifth and the tenth.
STEP = 0.62  # what each of them has of the distance left: a smooth fall from fifth to tenth
CAPITAL_REGION = ("12", "13")  # with Beijing they make up the first metropolitan area


def firms_by_province(printed: Printed, provinces: list[str]) -> "pd.Series[int]":
    """Count firms by province.

    Printed shares hold to the nearest firm; the order of the first ten is the report's; Tianjin and
    Hebei share what is left of their metropolitan area; all others follow table 6's input and
    have at least one firm.
    """
    total = printed.n_firms
    shares = printed.share("figure-3", "share_firms").drop("other_provinces")
    found = (shares * total / 100).round().astype(np.int64)
    ranks = printed.share("figure-3", "rank_firms").sort_values()
    tenth = round(printed.value("figure-3", "share_firms_implied", str(ranks.index[-1])) * total / 100)
    found = pd.concat([found, _falling(list(ranks.index[len(shares) : -1]), int(found.min()), tenth)])
    found[ranks.index[-1]] = tenth
    area = round(printed.value("figure-2", "share_firms", "beijing_tianjin_hebei") * total / 100)
    weights = printed.share("table-6", "share_input")
    capital = whole(weights.reindex(list(CAPITAL_REGION)).to_numpy(float), area - int(found["11"]))
    found = pd.concat([found, pd.Series(capital, index=list(CAPITAL_REGION))])
    return pd.concat([found, _others(weights, provinces, found, total)]).reindex(provinces)


def _falling(codes: list[str], above: int, below: int) -> "pd.Series[int]":
    steps = STEP ** np.arange(1, len(codes) + 1) * 0.3
    return pd.Series(np.rint(below + (above - below) * steps).astype(np.int64), index=codes)


def _others(weights: "pd.Series[float]", provinces: list[str], found: "pd.Series[int]", total: int) -> "pd.Series[int]":
    codes = [code for code in provinces if code not in found.index]
    sizes = weights.reindex(codes).fillna(weights[weights > 0].min() / 4).to_numpy(float)
    left = total - int(found.sum()) - len(codes)
    most = int(found[found.index[-3]]) if len(found) else 0
    counts = 1 + _capped(sizes, left, most)
    return pd.Series(counts, index=codes)


def _capped(sizes: "np.ndarray", total: int, most: int) -> Ints:
    """Share out a total, no part above `most`: what is cut off goes to the others."""
    counts = whole(sizes, total)
    while (counts > most).any():
        over = counts > most
        counts[over] = most
        counts[~over] = whole(sizes[~over], total - most * int(over.sum()))
    return counts
