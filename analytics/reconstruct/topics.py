"""Technology, application and industry of every relation: exact counts, otherwise by chance.

What the report does not print is left independent (maximum entropy), but for two statements of its
text: the secondary industry's share grows since 2015, and seven technologies are active in 2023.
"""

import numpy as np
import pandas as pd

from analytics.reconstruct.printed import Printed
from analytics.reconstruct.rounding import Floats, Ints, whole

SECONDARY_GROWTH = 0.06  # standard deviations a year, from 2015 on
ACTIVE_GROWTH = 0.12  # the same for the technologies that are active in 2023
START = 2015
CLOSE = 0.9  # the first unprinted share, of the last printed one: the order of naming goes on


def topics(rng: np.random.Generator, printed: Printed, taxonomy: dict[str, pd.DataFrame], years: Ints) -> pd.DataFrame:
    """Give `technology`, `application` and `industry` (division, or section letter) by relation."""
    technology = _shares(printed, "figure-15", taxonomy["technologies"]["slug"])
    application = _shares(printed, "figure-16", taxonomy["applications"]["slug"])
    active = taxonomy["technologies"].set_index("slug")["active_2023"]
    late = rng.normal(size=len(years)) + ACTIVE_GROWTH * (years - START)
    secondary = rng.normal(size=len(years)) + SECONDARY_GROWTH * np.maximum(years - START, 0)
    industry = industry_shares(printed, taxonomy)
    sections = pd.Series(industry.index, industry.index).map(lambda code: _is_secondary(code, taxonomy))
    return pd.DataFrame(
        {
            "technology": _deal(rng, technology, active.reindex(technology.index).to_numpy(bool), late),
            "application": rng.permutation(_repeat(application, len(years))),
            "industry": _deal(rng, industry, sections.to_numpy(bool), secondary),
        }
    )


def _shares(printed: Printed, source: str, codes: pd.Series) -> "pd.Series[float]":
    """Give every item's share: the printed ones, then a smooth fall in the order of naming."""
    shares = printed.share(source, "share_relations")
    return _filled(shares, list(codes))


def _filled(shares: "pd.Series[float]", codes: list[str]) -> "pd.Series[float]":
    known = shares[shares.index.isin(codes)]
    others = [code for code in codes if code not in known.index]
    if not others:
        return known
    rest = falling(len(others), float(100 - known.sum()), float(known.min()) * CLOSE)
    return pd.concat([known, pd.Series(rest, index=others)])


def falling(n: int, total: float, first: float) -> Floats:
    """Give a geometric series of `n` shares with a given sum and first member.

    Raises
    ------
    ValueError
        Even equal shares would exceed `first`.
    """
    if total > n * first:
        raise ValueError(f"{n} shares below {first} cannot sum to {total}")
    low, high = 0.0, 1.0
    for _ in range(80):
        ratio = (low + high) / 2
        low, high = (ratio, high) if first * (ratio ** np.arange(n)).sum() < total else (low, ratio)
    return first * high ** np.arange(n)


def industry_shares(printed: Printed, taxonomy: dict[str, pd.DataFrame]) -> "pd.Series[float]":
    """Give the share of all relations by code: divisions in manufacturing, sections elsewhere."""
    three = printed.share("figure-17", "share_relations")
    sections = taxonomy["sections"].set_index("code")["industry"]
    found: dict[str, float] = {}
    for industry, measure, figure in (("tertiary", "share_tertiary", 18), ("secondary", "share_secondary", 19)):
        inside = _filled(printed.share(f"figure-{figure}", measure), list(sections[sections.eq(industry)].index))
        found |= (inside * three[industry] / 100).to_dict()
    primary = sections[sections.eq("primary")].index
    found |= dict.fromkeys(primary, three["primary"] / len(primary))
    divisions = taxonomy["divisions"].set_index("code")["section"]
    manufacturing = _filled(printed.share("figure-20", "share_manufacturing"), list(divisions.index))
    found |= (manufacturing * found.pop("C") / 100).to_dict()
    return pd.Series(found)


def _is_secondary(code: str, taxonomy: dict[str, pd.DataFrame]) -> bool:
    sections = taxonomy["sections"].set_index("code")["industry"]
    return str(sections.get(code, "secondary")) == "secondary"


def _repeat(shares: "pd.Series[float]", total: int) -> "np.ndarray":
    return np.repeat(shares.index.to_numpy(object), whole(shares.to_numpy(float), total))


def _deal(rng: np.random.Generator, shares: "pd.Series[float]", special: "np.ndarray", score: Floats) -> "np.ndarray":
    """Deal codes by exact counts; the special ones go to the relations with the highest scores."""
    counts = whole(shares.to_numpy(float), len(score))
    names = shares.index.to_numpy(object)
    order = np.argsort(-score, kind="stable")
    found = np.empty(len(score), object)
    split = int(counts[special].sum())
    found[order[:split]] = rng.permutation(np.repeat(names[special], counts[special]))
    found[order[split:]] = rng.permutation(np.repeat(names[~special], counts[~special]))
    return found
