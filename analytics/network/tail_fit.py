"""A power law fitted to the tail of a degree distribution.

After Clauset, Shalizi and Newman (2009), "Power-law distributions in empirical data": the exponent by
maximum likelihood for whole numbers, the start of the tail by the smallest Kolmogorov-Smirnov distance,
the goodness of fit by resampling, rivals by Vuong's likelihood ratio.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize, minimize_scalar
from scipy.special import log_ndtr, ndtr, zeta  # not scipy.stats, which loads 20 MB more

Ints = NDArray[np.int64]
SEED, RUNS = 2024, 50
FEWEST = 50  # values in a tail that is worth a fit
MOST_STARTS = 60  # tails that are tried


@dataclass(frozen=True)
class TailFit:
    """A fitted power law.

    Attributes
    ----------
    exponent, distance : float
        alpha of p(k) ~ k^-alpha; Kolmogorov-Smirnov distance of the tail.
    start, n : int
        The smallest degree of the tail, and how many nodes lie in it.
    p : float
        Share of resampled tails that fit worse, of `RUNS`; below 0.1 the law is not plausible.
    ratio, ratio_p : float
        Vuong's statistic against a lognormal (positive favours the power law), and its two-sided p.
    """

    exponent: float
    start: int
    n: int
    distance: float
    p: float
    ratio: float
    ratio_p: float


def fit_tail(degrees: Ints) -> TailFit | None:
    """Fit a power law to positive degrees; None where no tail of `FEWEST` nodes is left."""
    known = degrees[degrees > 0]
    values, counts = np.unique(known, return_counts=True)
    start, exponent, distance = best_tail(values, counts)
    if not start:
        return None
    tail = known[known >= start]
    rng = np.random.default_rng(SEED)
    worse = [best_tail(*_resample(values, counts, start, exponent, rng))[2] >= distance for _ in range(RUNS)]
    ratio, ratio_p = _against_lognormal(tail, start, exponent)
    return TailFit(exponent, start, len(tail), distance, float(np.mean(worse)), ratio, ratio_p)


def best_tail(values: Ints, counts: Ints) -> tuple[int, float, float]:
    """Give start, exponent and distance of the tail that fits best; a start of 0 where none is long enough.

    Parameters
    ----------
    values, counts : ndarray of int64
        Positive degrees, ascending, and how many nodes have each.
    """
    above = np.cumsum(counts[::-1])[::-1]
    logs = np.cumsum((counts * np.log(values))[::-1])[::-1]
    starts = np.flatnonzero(above >= FEWEST)
    if len(starts) > MOST_STARTS:
        wanted = np.geomspace(values[starts[0]], values[starts[-1]], MOST_STARTS)
        starts = np.unique(np.searchsorted(values, wanted).clip(starts[0], starts[-1]))
    fits = [(int(values[at]), *_fit(values[at:], counts[at:], int(above[at]), float(logs[at]))) for at in starts]
    return min(fits, key=lambda one: one[2], default=(0, np.nan, np.nan))


def _fit(values: Ints, counts: Ints, n: int, logs: float) -> tuple[float, float]:
    start = values[0]
    found = minimize_scalar(lambda a: n * np.log(zeta(a, start)) + a * logs, bounds=(1.01, 8), method="bounded")
    seen = np.cumsum(counts) / n
    law = 1 - zeta(found.x, values + 1) / zeta(found.x, start)
    return float(found.x), float(np.abs(seen - law).max())


def _resample(values: Ints, counts: Ints, start: int, exponent: float, rng: np.random.Generator) -> tuple[Ints, Ints]:
    """Draw as many degrees: below the tail from those seen, in it from the law (to the nearest whole)."""
    below = values < start
    n, body = counts.sum(), counts[below]
    in_tail = rng.binomial(n, 1 - body.sum() / n)
    law = np.floor((start - 0.5) * (1 - rng.random(in_tail)) ** (-1 / (exponent - 1)) + 0.5)
    drawn, times = np.unique(np.minimum(law, 10**9).astype(np.int64), return_counts=True)
    again = rng.multinomial(n - in_tail, body / body.sum()) if body.sum() else body
    return np.concatenate([values[below][again > 0], drawn]), np.concatenate([again[again > 0], times])


def _against_lognormal(tail: Ints, start: int, exponent: float) -> tuple[float, float]:
    """Compare point by point the likelihoods of the two laws, both cut off below `start`."""
    values, which = np.unique(tail, return_inverse=True)

    def logs(parameters: NDArray[np.float64]) -> NDArray[np.float64]:
        mean, spread = parameters[0], np.exp(np.clip(parameters[1], -5, 5))
        lower, upper = (log_ndtr((mean - np.log(values + half)) / spread) for half in (-0.5, 0.5))
        whole = log_ndtr((mean - np.log(start - 0.5)) / spread)
        # In logarithms: a wide lognormal far off looks like a power law, where plain tails round to 0.
        return lower + np.log(-np.expm1(np.minimum(upper - lower, -1e-15))) - whole

    # One start at the tail's own moments, two where the lognormal runs beside the power law.
    centre = float(np.log(tail).mean())
    firsts = [(centre, float(np.log(np.log(tail).std() + 0.1)))]
    firsts += [(centre - (exponent - 1) * width, np.log(width) / 2) for width in (4.0, 20.0)]
    fits = [minimize(lambda one: -logs(one)[which].sum(), np.array(first), method="Nelder-Mead") for first in firsts]
    rival = logs(min(fits, key=lambda fit: fit.fun).x)[which]
    gaps = -exponent * np.log(tail) - np.log(zeta(exponent, start)) - rival
    spread = gaps.std() * np.sqrt(len(gaps))
    ratio = float(gaps.sum() / spread) if spread else 0.0
    return ratio, float(2 * ndtr(-abs(ratio)))
