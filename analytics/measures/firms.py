"""Figures 1 to 12 from the firms of a data set."""

from collections.abc import Callable

import pandas as pd

from analytics.classes import EMPLOYEES, PATENTS, RD_COST, RD_INTENSITY, REVENUE, Classes
from analytics.measures.slices import Slice, ranks, shares, with_total

METROPOLITAN = ("yangtze_river_delta", "beijing_tianjin_hebei", "pearl_river_delta")
BOOM, PEAK = range(2012, 2019), 2015  # the years that the report names for founding
FIRST_PLACES = 10


def founding(part: Slice) -> pd.DataFrame:
    """Give the share of firms by founding year, `founded_2015` and so on, in order of the years."""
    rows = shares(part.count_firms("founded"))
    return rows.assign(item="founded_" + rows["item"]).sort_values("item", ignore_index=True)


def founding_sums(part: Slice) -> pd.DataFrame:
    """Give the sums that the report prints: 2012–2018, 2015, both apart, all other years."""
    rows = founding(part)
    boom = [f"founded_{year}" for year in BOOM]
    inner = [item for item in boom if item != f"founded_{PEAK}"]
    summed = with_total(rows, "founded_2012_2018", boom, "founded_other_years")
    return pd.concat([summed, with_total(rows, "founded_2012_2018_not_2015", inner).tail(1)], ignore_index=True)


def metropolitan_areas(part: Slice) -> pd.DataFrame:
    """Give the share of firms in the three metropolitan areas and outside them."""
    regions = part.tables["regions"].set_index("slug")["provinces"]
    by_province = part.count_firms("provinces")
    areas = {slug: by_province.reindex(regions[slug].split(";")).sum() for slug in METROPOLITAN}
    areas["other_regions"] = by_province.sum() - sum(areas.values())
    return shares(pd.Series(areas))


def by_province(part: Slice, weight: str = "") -> pd.DataFrame:
    """Give each province's share of firms or patents, firms without a province left out."""
    return shares(part.count_firms("provinces", weight))


def province_sums(part: Slice, weight: str, printed: tuple[str, ...]) -> pd.DataFrame:
    """Add what the report sums up: all other provinces, the first ten, the ten's unprinted part."""
    rows = by_province(part, weight)
    ten = rows["item"].head(FIRST_PLACES).tolist()
    left = [item for item in ten if item not in printed]
    rest = "other_provinces"
    if not weight:
        return with_total(rows, "", list(printed), rest)
    ten_rows = with_total(rows, "top_10_provinces", ten, rest)
    return pd.concat([ten_rows, with_total(rows, "other_top_10", left).tail(1)], ignore_index=True)


def by_layer(part: Slice, weight: str = "") -> pd.DataFrame:
    """Give each layer's share of firms or patents."""
    return shares(part.count_firms("layers", weight))


def by_class(part: Slice, field: str, classes: Classes) -> pd.DataFrame:
    """Give the share of firms in each class, in the classes' order; unknown sizes are left out."""
    counts = part.count_firms(field).reindex(classes.slugs, fill_value=0)
    counts = counts if counts.any() else counts.head(0)
    return pd.DataFrame({"item": counts.index, "value": counts.to_numpy() * 100 / counts.sum(), "n": counts.to_numpy()})


def listed(part: Slice) -> pd.DataFrame:
    """Give the share of listed and of unlisted firms."""
    return shares(part.count_firms("listed"))


def counts_of(rows: pd.DataFrame) -> pd.DataFrame:
    """Give the counts behind shares as the values."""
    return rows.assign(value=rows["n"].astype(float))


_FIRM_PROVINCES = ("11", "44", "31", "33", "32")
_PATENT_PROVINCES = ("44", "11", "31", "37", "33")

FIRMS: dict[tuple[str, str], Callable[[Slice], pd.DataFrame]] = {
    ("figure-1", "share_firms"): founding_sums,
    ("figure-2", "share_firms"): metropolitan_areas,
    ("figure-3", "share_firms"): lambda part: province_sums(part, "", _FIRM_PROVINCES),
    ("figure-3", "share_firms_implied"): lambda part: by_province(part),
    ("figure-3", "rank_firms"): lambda part: ranks(by_province(part)),
    ("figure-4", "share_firms"): lambda part: by_class(part, "employees", EMPLOYEES),
    ("figure-5", "n_firms"): lambda part: counts_of(listed(part)),
    ("figure-5", "share_firms"): listed,
    ("figure-6", "share_firms"): lambda part: by_class(part, "revenue", REVENUE),
    ("figure-7", "share_firms"): lambda part: by_class(part, "rd_cost", RD_COST),
    ("figure-8", "share_firms"): lambda part: by_class(part, "rd_intensity", RD_INTENSITY),
    ("figure-9", "n_firms"): lambda part: counts_of(by_layer(part)),
    ("figure-9", "share_firms"): lambda part: by_layer(part),
    ("figure-10", "share_firms"): lambda part: by_class(part, "patents", PATENTS),
    ("figure-11", "share_patents"): lambda part: province_sums(part, "patents", _PATENT_PROVINCES),
    ("figure-11", "rank_patents"): lambda part: ranks(by_province(part, "patents")),
    ("figure-12", "share_patents"): lambda part: by_layer(part, "patents"),
}
