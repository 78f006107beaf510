"""The chapter of a province or of one of the report's regions: everything that is said of it, from one data set."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import pandas as pd

from analytics import region_counts as counts
from analytics import store
from analytics.explorer.arcs import load_arcs, no_arcs, too_many
from analytics.filters import Filters
from analytics.measures.relations import CORE_FOUR
from analytics.measures.slices import Slice

FIELDS = ("years", "layers", "data")  # of the filters that a chapter answers to
MOST_PLACES = 4  # side by side
HUBS, ENABLERS = 8, 5
MOST_KEPT = 96  # chapters, some 50 kB each: all places of two selections
LONGEST = 400  # characters of a link's places


@dataclass(frozen=True, slots=True)
class Place:
    """A province (`key` is its GB/T 2260 code) or a region of the report (`key` is its slug)."""

    key: str
    codes: tuple[str, ...]
    name_zh: str
    name_en: str

    @property
    def is_region(self) -> bool:
        """Tell whether it is one of the report's seven chapters."""
        return not self.key.isdigit()

    def name(self, lang: str) -> str:
        """Give the name in a language."""
        return self.name_zh if lang == "zh" else self.name_en


@dataclass(frozen=True, slots=True)
class Chapter:
    """What is said of a place; frames as the functions of `analytics.region_counts` give them.

    Attributes
    ----------
    standing : dict
        Its row of `standing`; ranks are among `of` places of its kind.
    core : float
        Percent of its input from those of the four core provinces that are not part of it; nan without input.
    enablers : DataFrame
        `id`, `name_zh`, `name_en`, `province` beside `n` and `value`.
    """

    place: Place
    of: int
    standing: dict[str, float]
    firms: dict[str, Any]
    hubs: pd.DataFrame
    partners: dict[str, pd.DataFrame]
    topics: dict[str, pd.DataFrame]
    core: float
    enablers: pd.DataFrame
    peers: pd.DataFrame
    years: pd.DataFrame


@store.per_snapshot
def places() -> dict[str, Place]:
    """Give the seven regions, then the 34 provinces, by key."""
    regions = store.regions()
    chapters = regions[regions["kind"].eq("chapter")]
    found = _named(chapters.assign(key=chapters["slug"]))
    provinces = store.provinces()
    found += _named(provinces.assign(key=provinces["code"], provinces=provinces["code"]))
    return {place.key: place for place in found}


def _named(rows: pd.DataFrame) -> list[Place]:
    cells = rows[["key", "provinces", "name_zh", "name_en"]].astype(str).itertuples(index=False)
    return [Place(key, tuple(codes.split(";")), name_zh, name_en) for key, codes, name_zh, name_en in cells]


def read_places(value: object) -> tuple[tuple[Place, ...], bool]:
    """Read a link's places, comma-separated; tell whether all of it could be read.

    Unknown ones are left out, repeated ones count once, those after the fourth are left out.
    """
    if not isinstance(value, str) or len(value) > LONGEST:
        return (), value is None
    asked = list(dict.fromkeys(part for part in value.split(",") if part))
    found = [places()[key] for key in asked if key in places()]
    return tuple(found[:MOST_PLACES]), len(asked) == len(found) <= MOST_PLACES


def peers_of(place: Place) -> dict[str, tuple[str, ...]]:
    """Give the places of the same kind with their provinces: what a place is ranked among."""
    return {key: other.codes for key, other in places().items() if other.is_region == place.is_region}


def asked_of(filters: Filters) -> Filters:
    """Give those of the filters that a chapter answers to."""
    return filters.only(FIELDS)


def read_chapter(place: Place, filters: Filters) -> Chapter:
    """Give the chapter of a place under the filters that it answers to."""
    return _kept(place, asked_of(filters), store.snapshot(filters.data).name)


@lru_cache(maxsize=MOST_KEPT)
def _kept(place: Place, filters: Filters, _snapshot: str) -> Chapter:
    tables = store.tables(filters.data)
    part, codes = Slice(tables, filters), place.codes
    partners = {end: counts.partners(part, codes, end) for end in ("source", "target")}
    return Chapter(
        place=place,
        of=len(peers_of(place)),
        standing=_standing(part, place),
        firms=counts.firms(part, codes),
        hubs=counts.hubs(part, codes, HUBS),
        partners=partners,
        topics={topic: counts.topics(part, codes, topic) for topic in counts.TOPICS},
        core=core_share(partners["target"], codes),
        enablers=_enablers(filters, tables["nodes"], codes),
        peers=counts.similar(_mixes(place.is_region, filters, _snapshot), place.key),
        years=counts.yearly(part, codes),
    )


@lru_cache(maxsize=8)
def _mixes(of_regions: bool, filters: Filters, _snapshot: str) -> pd.DataFrame:
    chosen: Mapping[str, tuple[str, ...]] = {k: one.codes for k, one in places().items() if one.is_region == of_regions}
    return counts.mixes(Slice(store.tables(filters.data), filters), chosen)


def _standing(part: Slice, place: Place) -> dict[str, float]:
    rows = counts.standing(part, peers_of(place))
    return {str(name): float(rows[name].loc[place.key]) for name in rows.columns}


def core_share(rows: pd.DataFrame, codes: tuple[str, ...]) -> float:
    """Give the percent of a place's input that comes from core provinces outside it; `rows` as `partners`."""
    if rows.empty:
        return float("nan")
    others = [code for code in CORE_FOUR if code not in codes]
    return float(rows.loc[rows["item"].isin(others), "value"].sum())


def _enablers(filters: Filters, nodes: pd.DataFrame, codes: tuple[str, ...]) -> pd.DataFrame:
    arcs = no_arcs(filters.data) if too_many(filters.data) else load_arcs(filters)
    found = counts.enablers(arcs, nodes["province"].to_numpy(), codes, ENABLERS)
    named = nodes[["id", "name_zh", "name_en", "province"]].iloc[found["row"].to_numpy()].reset_index(drop=True)
    return pd.concat([named, found[["n", "value"]]], axis=1)
