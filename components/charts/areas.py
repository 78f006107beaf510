"""Figure 2: metropolitan areas, each of which stands for its provinces."""

import pandas as pd

from analytics import store
from analytics.filters import Filters
from analytics.measures.firms import METROPOLITAN
from components.charts.select import measured


def select_areas(filters: Filters, option: str) -> pd.DataFrame:
    """Give figure 2; `pick` holds an area's provinces, and an area is chosen when all of them are."""
    rows = measured("figure-2", "share_firms")(filters, option)
    codes = [provinces_of(item) for item in rows["item"]]
    chosen = set(filters.provinces)
    return rows.assign(
        pick=[";".join(sorted(area)) for area in codes],
        chosen=[not chosen or area <= chosen for area in codes],
    )


@store.per_snapshot
def provinces_of(item: str) -> frozenset[str]:
    """Give the provinces of an area; those in none for `other_regions`."""
    rows = store.regions()
    areas = dict(zip(rows["slug"], rows["provinces"].str.split(";"), strict=True))
    if item in areas:
        return frozenset(areas[item])
    named = {code for slug in METROPOLITAN for code in areas[slug]}
    return frozenset(store.provinces()["code"]) - named
