"""Whole numbers with given sums: how shares become counts of firms and relations."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating[Any]]
Ints = NDArray[np.integer[Any]]


def whole(parts: Floats, total: int) -> Ints:
    """Round non-negative parts to whole numbers that sum to `total`, largest remainders up.

    Raises
    ------
    ValueError
        Nothing to share out among.
    """
    parts = np.asarray(parts, float)
    if parts.sum() <= 0:
        raise ValueError("there is nothing to share out among")
    exact = parts * (total / parts.sum())
    low = np.floor(exact).astype(np.int64)
    rest = np.argsort(low - exact, kind="stable")[: total - int(low.sum())]
    low[rest] += 1
    return low


def fit(prior: Floats, rows: Floats, columns: Floats, cap: Floats | float = np.inf, rounds: int = 500) -> Floats:
    """Scale a table to given sums of rows and columns, no cell above its cap.

    Iterative proportional fitting (Deming and Stephan 1940); zeros of `prior` stay zero.

    Parameters
    ----------
    prior : ndarray of shape (n, m)
    rows, columns : ndarray of shapes (n,) and (m,)
        With the same sum.
    cap : ndarray of shape (n, m) or float
    rounds : int
        More change nothing that rounding to whole relations would keep.
    """
    table = np.minimum(prior.astype(float), cap)
    for _ in range(rounds):
        for axis, wanted in ((1, rows), (0, columns)):
            have = table.sum(axis=axis)
            factor = np.divide(wanted, have, out=np.zeros_like(have), where=have > 0)
            table = np.minimum(table * np.expand_dims(factor, axis), cap)
    return table


def heavy_tail(rng: np.random.Generator, n: int, total: int, low: int, high: int, slope: float) -> Ints:
    """Draw `n` whole numbers with a given sum between bounds, sizes falling off as a power law.

    Parameters
    ----------
    slope : float
        Exponent of the tail, P(X > x) ~ x ** -slope.

    Raises
    ------
    ValueError
        No such numbers exist.
    """
    if not n * low <= total <= n * high:
        raise ValueError(f"{n} numbers of {low} to {high} cannot sum to {total}")
    sizes = (1 - rng.random(n)) ** (-1 / slope)
    found = _scaled(sizes, total, low, high)
    while (left := total - int(found.sum())) != 0:
        room = np.flatnonzero(found < high if left > 0 else found > low)
        chosen = room[np.argsort(-sizes[room], kind="stable")[: abs(left)]]
        found[chosen] += np.sign(left)
    return found


def _scaled(sizes: Floats, total: int, low: int, high: int) -> Ints:
    """Find the scale at which the clipped sizes come nearest below the total."""
    least, most = 0.0, float(total)
    for _ in range(80):
        middle = (least + most) / 2
        if np.clip(np.floor(sizes * middle), low, high).sum() > total:
            most = middle
        else:
            least = middle
    return np.clip(np.floor(sizes * least), low, high).astype(np.int64)
