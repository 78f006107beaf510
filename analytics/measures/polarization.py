"""How concentrated enabling and input are, between which provinces relations run, and how far.

Every function takes counts by province and gives one number; NaN where there is nothing to measure.
"Up" means more polarized for shares of the first, Gini, Herfindahl, Theil and Moran's I, and less for
the normalised entropy.
"""

import math
from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

import numpy as np

EARTH = 6371.007  # km, radius of the sphere with the Earth's surface, as the map's
PERMUTATIONS = 999
SEED = 2024  # of the permutations: the same data give the same p
REST = "elsewhere"  # provinces that no chapter of the report covers, one group of Theil's split

Vector = np.ndarray
Matrix = np.ndarray


def share_of_first(counts: Vector, first: int) -> float:
    """Give the share of the `first` largest of counts, percent.

    >>> share_of_first(np.array([6, 1, 3, 0]), 2)
    90.0
    """
    whole = counts.sum()
    return float(np.sort(counts)[::-1][:first].sum() * 100 / whole) if whole else math.nan


def gini(counts: Vector) -> float:
    """Give the Gini coefficient over all units, those without any among them; 0 to 1 − 1/n.

    >>> gini(np.array([0, 0, 0, 8])), gini(np.array([2, 2]))
    (0.75, 0.0)
    """
    whole, n = counts.sum(), len(counts)
    if not whole:
        return math.nan
    ranked = (2 * np.arange(1, n + 1) - n - 1).dot(np.sort(counts).astype(float))
    return float(ranked / (n * whole))


def herfindahl(counts: Vector) -> float:
    """Give the sum of squared shares: 1 where one unit holds all, 1/n where all are equal.

    >>> herfindahl(np.array([1, 3, 0]))
    0.625
    """
    whole = counts.sum()
    return float(np.square(counts / whole).sum()) if whole else math.nan


def entropy(counts: Vector) -> float:
    """Give Shannon's entropy of the shares by that of n equal ones: 0 where one unit holds all, 1 where all are equal.

    >>> entropy(np.array([5, 5, 0, 0]))
    0.5
    """
    whole = counts.sum()
    if not whole:
        return math.nan
    shares = counts[counts > 0] / whole
    return float(abs(-(shares * np.log(shares)).sum()) / math.log(len(counts)))


class Theil(NamedTuple):
    """Theil's T, and its parts between and within groups, which add up to it."""

    total: float
    between: float
    within: float


def theil(counts: Vector, groups: Sequence[str]) -> Theil:
    """Give Theil's T over all units, split by groups.

    T = Σ s ln(s n), between = Σ S ln(S n / m), where s is a unit's share, S a group's and m its number of
    units (Theil 1967). T is 0 where all units are equal and ln n where one holds all.

    Parameters
    ----------
    groups : sequence of str
        The group of every unit.
    """
    whole, n = counts.sum(), len(counts)
    if not whole:
        return Theil(math.nan, math.nan, math.nan)
    _, at = np.unique(np.asarray(groups), return_inverse=True)
    held, sizes = np.bincount(at, counts / whole), np.bincount(at)
    total, between = _divergence(counts / whole, np.full(n, 1 / n)), _divergence(held, sizes / n)
    return Theil(total, between, total - between)


def _divergence(shares: Vector, expected: Vector) -> float:
    there = shares > 0
    return float((shares[there] * np.log(shares[there] / expected[there])).sum())


def groups_of(codes: Sequence[str], chapters: Mapping[str, Sequence[str]]) -> list[str]:
    """Name the group of every province for Theil's split, one each.

    A province of two chapters belongs to the one that the report lists first: Anhui to the Yangtze
    River Delta, not to Central China. Those of none are together `REST`.
    """
    found: dict[str, str] = {}
    for slug, members in chapters.items():
        for code in members:
            found.setdefault(code, slug)
    return [found.get(code, REST) for code in codes]


def parts(flows: Matrix, core: Vector, elsewhere: int = 0) -> dict[str, float]:
    """Give the shares of all relations by where they run, percent; they add up to 100.

    Parameters
    ----------
    flows : ndarray of shape (n, n)
        Relations from the row's province to the column's.
    core : ndarray of bool
        Which provinces are core.
    elsewhere : int
        Relations with an end abroad or of no known province, which the report's shares count as well.

    Returns
    -------
    dict
        `within` one province, `core_core` between two core provinces, `core_periphery`,
        `periphery_core`, `periphery_periphery` between two others, `elsewhere`.
    """
    whole, apart = flows.sum() + elsewhere, flows - np.diag(np.diag(flows))
    sums = {
        "within": np.trace(flows),
        "core_core": apart[np.ix_(core, core)].sum(),
        "core_periphery": apart[np.ix_(core, ~core)].sum(),
        "periphery_core": apart[np.ix_(~core, core)].sum(),
        "periphery_periphery": apart[np.ix_(~core, ~core)].sum(),
        "elsewhere": elsewhere,
    }
    return {name: float(value * 100 / whole) if whole else math.nan for name, value in sums.items()}


def core_share(flows: Matrix, core: Vector) -> float:
    """Give the share of relations with both ends in core provinces, the same one or two, percent of `flows`."""
    whole = flows.sum()
    return float(flows[np.ix_(core, core)].sum() * 100 / whole) if whole else math.nan


def active_pairs(flows: Matrix) -> int:
    """Count the ordered pairs of different provinces with any relation."""
    return int(np.count_nonzero(flows)) - int(np.count_nonzero(np.diag(flows)))


def mean_distance(flows: Matrix, distances: Matrix) -> float:
    """Give the mean distance of relations between different provinces, km.

    How far a relation within a province reaches is not known; it is left out, not counted as 0.
    """
    apart = flows - np.diag(np.diag(flows))
    whole = apart.sum()
    return float((apart * distances).sum() / whole) if whole else math.nan


def great_circle(places: Matrix) -> Matrix:
    """Give the distances between points on the sphere, km, by the haversine formula.

    Parameters
    ----------
    places : ndarray of shape (n, 2)
        Longitude and latitude, degrees.
    """
    lon, lat = np.radians(places).T
    half = np.sin((lat[:, None] - lat) / 2) ** 2
    half = half + np.cos(lat)[:, None] * np.cos(lat) * np.sin((lon[:, None] - lon) / 2) ** 2
    return 2 * EARTH * np.arcsin(np.sqrt(np.clip(half, 0, 1)))


def row_weights(codes: Sequence[str], borders: Sequence[Sequence[str]]) -> Matrix:
    """Give contiguity weights whose rows add up to 1; the row of a unit without neighbours is 0."""
    place = {code: at for at, code in enumerate(codes)}
    weights = np.zeros((len(codes), len(codes)))
    for a, b in borders:
        weights[place[a], place[b]] = weights[place[b], place[a]] = 1.0
    sums = weights.sum(axis=1, keepdims=True)
    return np.divide(weights, sums, out=np.zeros_like(weights), where=sums > 0)


class Moran(NamedTuple):
    """Moran's I and the pseudo p of its permutation test."""

    i: float
    p: float


def moran(values: Vector, weights: Matrix) -> Moran:
    """Give Moran's I, I = n/S₀ · zᵀWz / zᵀz, with z the deviations from the mean and S₀ the weights' sum.

    The pseudo p is (c + 1)/(999 + 1), where c counts the permutations of the values over the units whose
    I lies at least as far out on the nearer side (one-sided). NaN where all values are equal.
    """
    z = values - values.mean()
    square, s0 = float(z @ z), float(weights.sum())
    if square == 0 or s0 == 0:
        return Moran(math.nan, math.nan)
    shuffled = z[_orders(len(z))]
    found = np.einsum("pi,pi->p", shuffled @ weights.T, shuffled)
    seen = float(z @ weights @ z)
    # Sums in another order differ in the last digits: what is equal must count as equal.
    larger = int((found >= seen - 1e-9 * square).sum())
    beyond = min(larger, int((found <= seen + 1e-9 * square).sum()))
    return Moran(len(z) / s0 * seen / square, (beyond + 1) / (PERMUTATIONS + 1))


@cache
def _orders(n: int) -> np.ndarray:
    return np.random.default_rng(SEED).permuted(np.tile(np.arange(n), (PERMUTATIONS, 1)), axis=1)
