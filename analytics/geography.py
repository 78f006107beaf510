"""What is measured on the map of the snapshot in force: distances, neighbours, the report's regions."""

import json
from dataclasses import dataclass

import numpy as np

from analytics import store
from analytics.measures.polarization import great_circle, groups_of, row_weights
from analytics.measures.relations import CORE_FOUR


@dataclass(frozen=True)
class Geography:
    """The provinces in the order of their codes, and what lies between them.

    Attributes
    ----------
    codes : tuple of str
        34 codes of GB/T 2260.
    groups : tuple of str
        The chapter of the report that each belongs to, see `groups_of`.
    core : ndarray of bool
        Which are of the four core provinces.
    distances : ndarray of shape (34, 34)
        Great circles between the centres of their areas, km.
    weights : ndarray of shape (34, 34)
        Contiguity by row, see `row_weights`.
    """

    codes: tuple[str, ...]
    groups: tuple[str, ...]
    core: np.ndarray
    distances: np.ndarray
    weights: np.ndarray


@store.per_snapshot
def geography() -> Geography:
    """Give the geography of the boundaries that the snapshot was built with."""
    drawn = json.loads(store.map_json())
    codes = tuple(sorted(drawn["places"]))
    regions = store.regions()
    listed = regions[regions["kind"].eq("chapter")]
    chapters = dict(zip(listed["slug"], listed["provinces"].str.split(";"), strict=True))
    return Geography(
        codes,
        tuple(groups_of(codes, chapters)),
        np.isin(codes, CORE_FOUR),
        great_circle(np.array([drawn["places"][code] for code in codes])),
        row_weights(codes, drawn["borders"]),
    )
