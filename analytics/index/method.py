"""The steps from indicators to ranks: treat, normalise, average, aggregate, rank, and how firm the ranks are.

Steps 5 to 8 of the OECD/JRC handbook. Plain arrays in, plain arrays out; rows are places.
"""

from dataclasses import dataclass

import numpy as np

TREATMENTS = ("log", "raw")
NORMALISATIONS = ("minmax", "zscore", "rank")
AGGREGATIONS = ("arithmetic", "geometric")
# The JRC's rule of thumb: a column that exceeds both has outliers that would rule the index.
MOST_SKEWED, MOST_KURTOSIS = 2.0, 3.5
FLOOR = 1.0  # lowest score for a geometric mean, which one zero would turn to zero
DRAWS, SEED = 1_000, 20_240_601
OUTER = (5, 95)  # percentiles of the ranks


@dataclass(frozen=True, slots=True)
class Firmness:
    """How ranks do under random weights.

    Attributes
    ----------
    held : ndarray of float
        Share of the draws in which a place has its rank, 0 to 1.
    low, high : ndarray of float
        5th and 95th percentile of its ranks.
    """

    held: np.ndarray
    low: np.ndarray
    high: np.ndarray


def find_skewed(values: np.ndarray) -> np.ndarray:
    """Tell which columns have |skewness| > 2 and excess kurtosis > 3.5 (moments of the population)."""
    apart = values - values.mean(axis=0)
    spread = values.std(axis=0)
    scaled = apart / np.where(spread > 0, spread, 1.0)
    skew, kurtosis = (scaled**3).mean(axis=0), (scaled**4).mean(axis=0) - 3.0
    return (np.abs(skew) > MOST_SKEWED) & (kurtosis > MOST_KURTOSIS)


def draw_in(values: np.ndarray, skewed: np.ndarray) -> np.ndarray:
    """Take logarithms of the skewed columns: ln(x - min + 0.01 (max - min)), whatever their unit."""
    low, high = values.min(axis=0), values.max(axis=0)
    offset = np.where(high > low, 0.01 * (high - low), 1.0)
    return np.where(skewed, np.log(values - low + offset), values)


def normalise(values: np.ndarray, how: str) -> np.ndarray:
    """Bring columns to one scale.

    Parameters
    ----------
    values : ndarray, places by indicators
        Without gaps; more is better.
    how : str
        ``minmax``: 0 for the lowest, 100 for the highest. ``zscore``: mean 0, standard deviation
        (of the population) 1. ``rank``: 100 for the first of n, 0 for the last, equal values at
        the middle of their places. A column without differences gives 50, or 0 as a z-score.
    """
    if how == "zscore":
        spread = values.std(axis=0)
        return (values - values.mean(axis=0)) / np.where(spread > 0, spread, 1.0)
    if how == "rank":
        below = (values[:, None, :] > values[None, :, :]).sum(axis=1)
        above = (values[:, None, :] < values[None, :, :]).sum(axis=1)
        return 50.0 + 50.0 * (below - above) / max(len(values) - 1, 1)
    low, span = values.min(axis=0), np.ptp(values, axis=0)
    return np.where(span > 0, 100.0 * (values - low) / np.where(span > 0, span, 1.0), 50.0)


def average(scores: np.ndarray, pillar_of: np.ndarray, n_pillars: int) -> np.ndarray:
    """Give every pillar the plain mean of its indicators; places by pillars, NaN for a pillar that has none."""
    found = np.full((len(scores), n_pillars), np.nan)
    for pillar in np.unique(pillar_of):
        found[:, pillar] = scores[:, pillar_of == pillar].mean(axis=1)
    return found


def aggregate(pillars: np.ndarray, weights: np.ndarray, how: str) -> np.ndarray:
    """Sum pillars up with weights; one set of weights gives places, several sets give places by sets.

    Parameters
    ----------
    pillars : ndarray, places by pillars
        Without gaps; for a geometric mean 0 to 100, which become 1 to 100 (`floored`).
    weights : ndarray, (sets by) pillars
        Not negative, with a sum above 0 in every set.
    how : str
        `arithmetic`: a low pillar is made up for by a high one. `geometric`: less and less so.
    """
    shares = (weights / weights.sum(axis=-1, keepdims=True)).T
    return np.exp(np.log(floored(pillars)) @ shares) if how == "geometric" else pillars @ shares


def floored(pillars: np.ndarray) -> np.ndarray:
    """Bring scores of 0 to 100 to 1 to 100."""
    return FLOOR + pillars * (100.0 - FLOOR) / 100.0


def contributions(pillars: np.ndarray, weights: np.ndarray, how: str) -> np.ndarray:
    """Split every total into what the pillars add to it; places by pillars.

    Arithmetic: weight by score. Geometric: the total, split as its logarithm is (a score of 1 adds nothing).
    """
    shares = weights / weights.sum()
    if how == "arithmetic":
        return pillars * shares
    logs = np.log(floored(pillars)) * shares
    whole = logs.sum(axis=1, keepdims=True)
    return aggregate(pillars, weights, how)[:, None] * np.where(
        whole > 0, logs / np.where(whole > 0, whole, 1.0), shares
    )


def rank(totals: np.ndarray) -> np.ndarray:
    """Give places 1, 2, … along the first axis, the largest first; equal totals share the better place."""
    # What differs in the last digits only is equal: sums are taken in another order for each set of weights.
    rounded = np.round(totals, 9)
    ordered = np.sort(rounded, axis=0)
    if totals.ndim == 1:
        return len(totals) - np.searchsorted(ordered, rounded, side="right") + 1
    columns = [len(totals) - np.searchsorted(a, b, side="right") + 1 for a, b in zip(ordered.T, rounded.T, strict=True)]
    return np.stack(columns, axis=1)


def shake_weights(pillars: np.ndarray, how: str, ranks: np.ndarray, draws: int = DRAWS, seed: int = SEED) -> Firmness:
    """Rank again under random weights, evenly spread over all weights that add up to 1 (Dirichlet, all parameters 1).

    Parameters
    ----------
    pillars : ndarray, places by pillars
        Those that have a weight.
    ranks : ndarray
        The ranks under the reader's weights.
    seed : int
        Fixed, so that the same link gives the same numbers.
    """
    weights = np.random.default_rng(seed).dirichlet(np.ones(pillars.shape[1]), draws)
    drawn = rank(aggregate(pillars, weights, how))
    low, high = np.percentile(drawn, OUTER, axis=1, method="nearest")
    return Firmness((drawn == ranks[:, None]).mean(axis=1), low, high)
