"""Relations between provinces year by year: what polarization is measured on."""

from typing import NamedTuple

import numpy as np

from analytics.cubes import NO_YEAR
from analytics.measures.slices import Slice


class ProvinceYears(NamedTuple):
    """Counts of relations, one matrix a year.

    Attributes
    ----------
    years : tuple of int
        Every year from the first with a relation to the last.
    flows : ndarray of int64, shape (years, n + 1, n + 1)
        Relations from the row's province to the column's; the last row and column hold those with an end
        abroad or of no known province.
    """

    years: tuple[int, ...]
    flows: np.ndarray

    @property
    def enabling(self) -> np.ndarray:
        """Relations by year and province of the source, wherever the target is, as in table 6."""
        return self.flows[:, :-1, :].sum(axis=2)

    @property
    def input(self) -> np.ndarray:
        """Relations by year and province of the target, wherever the source is."""
        return self.flows[:, :, :-1].sum(axis=1)

    @property
    def located(self) -> np.ndarray:
        """Relations of which both ends have a province."""
        return self.flows[:, :-1, :-1]

    @property
    def elsewhere(self) -> np.ndarray:
        """Relations by year of which an end has no province."""
        return self.flows.sum(axis=(1, 2)) - self.located.sum(axis=(1, 2))

    def up_to(self) -> "ProvinceYears":
        """Give the counts of all relations up to each year."""
        return ProvinceYears(self.years, self.flows.cumsum(axis=0))


def count_years(part: Slice, codes: tuple[str, ...]) -> ProvinceYears:
    """Count the chosen relations by year and provinces; those without a year are left out.

    Parameters
    ----------
    part : Slice
        Chosen provinces keep the relations with an end there.
    codes : tuple of str
        The provinces, in the order of the matrices.
    """
    rows = part.tables["flows"]
    year = rows["year"].to_numpy(np.int64)
    keep = part.relations("flows") & (year != NO_YEAR)
    size = len(codes) + 1
    if not keep.any():
        return ProvinceYears((), np.zeros((0, size, size), dtype=np.int64))
    first, last = int(year[keep].min()), int(year[keep].max())
    ends = [_places(rows[f"{end}_province"].array, codes)[keep] for end in ("source", "target")]
    shape = (last - first + 1, size, size)
    flat = np.ravel_multi_index((year[keep] - first, *ends), shape)
    counts = np.bincount(flat, rows["n_relations"].to_numpy(float)[keep], minlength=int(np.prod(shape)))
    return ProvinceYears(tuple(range(first, last + 1)), np.rint(counts).astype(np.int64).reshape(shape))


def _places(column: object, codes: tuple[str, ...]) -> np.ndarray:
    """Give the place of every row's province, the last for none."""
    found = {code: at for at, code in enumerate(codes)}
    places = [found.get(code, len(codes)) for code in column.categories]  # type: ignore[attr-defined]
    return np.array(places, dtype=np.int64)[column.codes]  # type: ignore[attr-defined]


def new_pairs(flows: np.ndarray) -> list[int]:
    """Count by year the ordered pairs of different provinces that had no relation in any year before.

    Parameters
    ----------
    flows : ndarray of shape (years, n, n)
        Relations of each year alone.
    """
    apart = flows.astype(bool) & ~np.eye(flows.shape[1], dtype=bool)
    seen = np.logical_or.accumulate(apart, axis=0)
    return np.diff(seen.sum(axis=(1, 2)), prepend=0).tolist()
