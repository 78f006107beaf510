"""Revenue, R&D cost and R&D intensity of the listed firms: three figures, one of them the ratio of the others."""

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from analytics.classes import RD_COST, RD_INTENSITY, REVENUE, Classes
from analytics.reconstruct.printed import Printed
from analytics.reconstruct.rounding import Floats, Ints

# Ends of the open classes, in the unit of the figure: 亿 yuan, percent.
ENDS = {"revenue_class": (0.5, 2000.0), "rd_class": (0.02, 300.0), "intensity_class": (0.3, 60.0)}
INSIDE = 1e-3  # keeps a value off its class's edge, whichever class the edge belongs to


def money(rng: np.random.Generator, printed: Printed, listed: "np.ndarray", size: Floats) -> tuple[Floats, Floats]:
    """Give revenue and R&D cost in yuan, NaN for unlisted firms.

    The joint table of the three classes is the one nearest to independence that has the printed
    margins in whole firms and only cells that a firm can be in (integer program, HiGHS).
    """
    members = np.flatnonzero(listed)
    shares = [printed.share(source, "share_firms") for source in ("figure-6", "figure-7", "figure-8")]
    margins = [printed.counts(f"figure-{6 + at}", "share_firms", len(members)).to_numpy() for at in range(len(shares))]
    bounds = [_bounds(one) for one in (REVENUE, RD_COST, RD_INTENSITY)]
    cells = np.argwhere(_possible(bounds))
    counts = _joint(cells, margins)
    kinds = np.repeat(np.arange(len(cells)), counts)
    # Larger firms get the larger revenues; inside a class it is by chance.
    kinds = kinds[np.lexsort((rng.random(len(kinds)), cells[kinds, 0]))]
    revenue, cost = np.full(len(listed), np.nan), np.full(len(listed), np.nan)
    for firm, kind in zip(members[np.argsort(size[members], kind="stable")], kinds, strict=True):
        revenue[firm], cost[firm] = _draw(rng, [bounds[axis][cells[kind, axis]] for axis in range(3)])
    return np.round(revenue * REVENUE.scale), np.round(cost * RD_COST.scale)


def _bounds(classes: Classes) -> Floats:
    """Give lower and upper end of every class."""
    low, high = ENDS[classes.column]
    return np.column_stack([[low, *classes.edges], [*classes.edges, high]])


def _possible(bounds: list[Floats]) -> "np.ndarray":
    """Tell which (revenue, cost, intensity) cells hold a firm: intervals of ratio must overlap well."""
    revenue, cost, intensity = bounds
    lowest = 100 * cost[None, :, 0] / revenue[:, None, 1]
    highest = 100 * cost[None, :, 1] / revenue[:, None, 0]
    low = np.maximum(lowest[:, :, None], intensity[None, None, :, 0])
    high = np.minimum(highest[:, :, None], intensity[None, None, :, 1])
    return high > low * 1.05


def _joint(cells: Ints, margins: list[Ints]) -> Ints:
    """Find whole counts of cells with the three margins, each as near as can be to independence.

    Raises
    ------
    ValueError
        No table has these margins.
    """
    total = margins[0].sum()
    even = np.prod([margin[cells[:, axis]] / total for axis, margin in enumerate(margins)], axis=0)
    even *= total / even.sum()
    n = len(cells)
    # Deviation d >= |count - even| as two inequalities; minimise the sum of d.
    rows = [
        (cells[:, axis] == value).astype(float) for axis, margin in enumerate(margins) for value in range(len(margin))
    ]
    exact = LinearConstraint(
        np.hstack([np.array(rows), np.zeros((len(rows), n))]), np.concatenate(margins), np.concatenate(margins)
    )
    above = LinearConstraint(np.hstack([np.eye(n), -np.eye(n)]), -np.inf, even)
    below = LinearConstraint(np.hstack([np.eye(n), np.eye(n)]), even, np.inf)
    solved = milp(
        np.r_[np.zeros(n), 1 / (1 + even)],
        constraints=[exact, above, below],
        integrality=np.r_[np.ones(n), np.zeros(n)],
        bounds=Bounds(0, np.inf),
        options={"mip_rel_gap": 0.01, "time_limit": 10.0},
    )
    if solved.x is None:
        raise ValueError("figures 6, 7 and 8 cannot be true of the same firms")
    return np.rint(solved.x[:n]).astype(np.int64)


def _draw(rng: np.random.Generator, ends: list[Floats]) -> tuple[float, float]:
    """Draw a revenue and a cost inside their classes whose ratio is inside its own."""
    revenue, cost, ratio = (np.log([low * (1 + INSIDE), high * (1 - INSIDE)]) for low, high in ends)
    ratio = ratio - np.log(100)
    earned = rng.uniform(max(revenue[0], cost[0] - ratio[1]), min(revenue[1], cost[1] - ratio[0]))
    spent = earned + rng.uniform(max(ratio[0], cost[0] - earned), min(ratio[1], cost[1] - earned))
    return float(np.exp(earned)), float(np.exp(spent))
