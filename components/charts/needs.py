"""What a chart lives on: columns of a data set, all arcs of its network; without it the chart is empty and says why."""

from analytics import store
from analytics.explorer.arcs import MOST_LOADED
from components.charts.spec import ChartSpec
from components.i18n import t

ENDS = ("firms.province", "organizations.province", "relations.source_province", "relations.target_province")
# Any one column of a group will do.
NEEDS: dict[str, tuple[str, ...]] = {
    "figure-1": ("firms.founded_year",),
    "figure-2": ("firms.province",),
    "figure-3": ("firms.province",),
    "figure-4": ("firms.employees",),
    "figure-5": ("firms.listed",),
    "figure-6": ("firms.revenue_cny",),
    "figure-7": ("firms.rd_cost_cny",),
    "figure-8": ("firms.rd_cost_cny",),
    "figure-9": ("firms.layer",),
    "figure-10": ("firms.patents",),
    "figure-11": ("firms.patents",),
    "figure-12": ("firms.patents",),
    "table-1": ("relations.year",),
    "table-2": ("firms.id",),
    "table-3": ("relations.target", "relations.target_province"),
    "table-6": ENDS,
    "table-7": ENDS,
    "figure-15": ("relations.technology",),
    "figure-16": ("relations.application",),
    "figure-17": ("relations.industry",),
    "figure-18": ("relations.industry",),
    "figure-19": ("relations.industry",),
    "figure-20": ("relations.industry",),
}
# What a chart needs beside what its figures do.
OF_CHARTS: dict[str, tuple[str, ...]] = dict.fromkeys(
    ("industry_years", "technology_years", "technology_changes"), ("relations.year",)
)


def missing(spec: ChartSpec, data: str) -> tuple[str, ...]:
    """Name the columns, `table.column`, of which the data set has none though the chart needs one."""
    if "data" not in spec.uses:
        return ()
    columns = store.tables(data)["columns"]
    there = columns[columns["state"].eq("present")]
    held = set(there["table"] + "." + there["column"])
    groups = [*(NEEDS.get(source, ()) for source in spec.sources), OF_CHARTS.get(spec.id, ())]
    lacking = [group for group in groups if group and not held & set(group)]
    return lacking[0] if lacking else ()


def too_many_said(lang: str) -> str:
    """Say that a network has too many relations for a page to walk all of them."""
    return t("state.too_many", lang, most=f"{MOST_LOADED:,}")
