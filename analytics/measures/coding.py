"""Small tables as they are counted: dimensions as codes, text that nothing counts by left where it lies."""

import numpy as np
import pandas as pd

from analytics.cubes import CUBES, ENDS, FIRM_DIMENSIONS, FIRM_NUMBERS, TOPICS

DIMENSIONS = {"firm_values": FIRM_DIMENSIONS, **{name: (*ENDS[1:], *TOPICS) for name in CUBES}}
# Of a million firms the names alone would take a hundred megabytes in every worker.
HELD = {"firm_values": (*FIRM_DIMENSIONS, *FIRM_NUMBERS)}


def coded(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Give a table of `analytics.rollup` with its dimensions as categories; other tables stay as they are."""
    columns = [column for column in DIMENSIONS.get(name, ()) if column in frame]
    return frame.astype(dict.fromkeys(columns, "category"))


def count(rows: pd.DataFrame, keep: np.ndarray, by: tuple[str, ...], weight: str = "") -> pd.Series:
    """Count or sum up the kept rows of a coded table.

    Parameters
    ----------
    rows : DataFrame
        `by` are columns of categories.
    keep : ndarray of bool
        Which rows count.
    by : tuple of str
    weight : str
        What to sum; empty to count rows. Empty cells add nothing.

    Returns
    -------
    Series of int64
        Positive sums, in order of the categories; index: their values, one level a column of `by`.
    """
    if not keep.any():
        return pd.Series([], dtype="int64", index=pd.Index([], dtype=object))
    groups = [rows[column].array for column in by]
    shape = [len(group.categories) for group in groups]
    flat = np.ravel_multi_index([group.codes[keep].astype(np.int64) for group in groups], shape)
    weights = np.nan_to_num(rows[weight].to_numpy(float)[keep]) if weight else None
    totals = np.bincount(flat, weights, minlength=int(np.prod(shape)))
    found = np.flatnonzero(totals > 0)
    values = [group.categories.take(at) for group, at in zip(groups, np.unravel_index(found, shape), strict=True)]
    index = values[0] if len(values) == 1 else pd.MultiIndex.from_arrays(values, names=by)
    return pd.Series(np.rint(totals[found]).astype(np.int64), index=index)
