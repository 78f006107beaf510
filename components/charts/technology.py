"""Figures 15 to 20, and what they do not print: technologies, applications and industries of the relations."""

import pandas as pd

from analytics.filters import Filters
from components.charts.drawing import bars, wrap
from components.charts.dumbbells import draw_technology_changes
from components.charts.heatmaps import Heat
from components.charts.panels import draw_technology_years
from components.charts.select import measured
from components.charts.spec import ChartSpec, Figure
from components.charts.topic_flows import draw_topic_flows, select_topic_flows
from components.charts.topics import (
    remark_changes,
    remark_independent,
    remark_industries,
    remark_technologies,
)
from components.charts.trends import (
    draw_industry_years,
    select_industry_years,
    select_technology_changes,
    select_technology_years,
)

ENDS = ("provinces", "layers", "years", "end", "data")
TOP, TREE_ITEMS = 10, 8  # bars of a card, areas that can still be read

# figure, measure, the industry its shares are parts of
_LEVELS = (
    ("figure-18", "share_tertiary", "tertiary"),
    ("figure-19", "share_secondary", "secondary"),
    ("figure-20", "share_manufacturing", "C"),
)


def select_industry_tree(filters: Filters, option: str) -> pd.DataFrame:
    """Give figures 17 to 20 as one tree; `value` is the share of all relations.

    Returns
    -------
    DataFrame
        The columns of a fact, `reported`, and `parent` (empty at the top). Below figure 17 `value`
        is the share within the parent times the parent's; `note` holds the formula.
    """
    tree = measured("figure-17", "share_relations")(filters, option).assign(parent="")
    for source, measure, parent in _LEVELS:
        above = tree.loc[tree["item"].eq(parent), "value"].sum()
        rows = measured(source, measure, top=TREE_ITEMS)(filters, option)
        tree = pd.concat([tree, _below(rows, parent, float(above))], ignore_index=True)
    return tree


def _below(rows: pd.DataFrame, parent: str, above: float) -> pd.DataFrame:
    rest = rows["item"].str.startswith("other_")
    items = rows["item"].where(~rest, rows["item"] + "_" + parent)
    notes = [f"{share:.2f} * {above:.2f} / 100" for share in rows["value"]]
    values = (rows["value"] * above / 100).round(6)
    return rows.assign(
        item=items,
        measure="share_relations",
        parent=parent,
        note=notes,
        value=values,
        reported="",
    )


def draw_industry_tree(rows: pd.DataFrame, lang: str, _option: str) -> Figure:
    """Draw the tree as nested areas; hatched is what the report does not print."""
    tops = {"tertiary": "$c1", "secondary": "$c2", "primary": "$c3"}
    parents = dict(zip(rows["item"], rows["parent"], strict=True))
    colours = [_shade(item, parents, tops) for item in rows["item"]]
    trace = {
        "type": "treemap",
        "branchvalues": "remainder",
        "ids": rows["item"].tolist(),
        "labels": [wrap(name, lang, 0.6) for name in rows[f"item_{lang}"]],
        "parents": rows["parent"].tolist(),
        "values": _own(rows),
        "marker": {"colors": colours, "line": {"color": "$card", "width": 1}},
        "text": [f"{value:.2f}%" for value in rows["value"]],
        "textinfo": "label+text",
        "hovertemplate": "%{label}: %{text}<extra></extra>",
        "pathbar": {"visible": False},
        "tiling": {"pad": 2},
        "textfont": {"size": 13, "color": "$ink"},
    }
    return {
        "data": [trace],
        "layout": {"margin": {"l": 0, "r": 0, "t": 0, "b": 0}, "uniformtext": {"minsize": 11, "mode": "hide"}},
    }


def _own(rows: pd.DataFrame) -> list[float]:
    inner = rows.groupby("parent")["value"].sum()
    return [max(row.value - inner.get(row.item, 0.0), 0.0) for row in rows.itertuples()]


def _shade(item: str, parents: dict[str, str], tops: dict[str, str]) -> str:
    if item.startswith("other_"):
        return "$nodata"
    depth, top = 0, item
    while parents[top]:
        depth, top = depth + 1, parents[top]
    return f"{tops[top]}/{(0.14, 0.24, 0.36)[depth]}"


def _figure(chart: str, source: str, measure: str, height: int) -> ChartSpec:
    return ChartSpec(chart, "bars", (source,), ENDS, measured(source, measure, top=TOP), bars, height=height)


def _heat(chart: str, heat: Heat, sources: tuple[str, ...], options: tuple[str, ...], height: int) -> ChartSpec:
    return ChartSpec(chart, "matrix", sources, ENDS, heat.select, heat.draw, options, height, remark=remark_independent)


TECHNOLOGY = (
    _figure("technologies", "figure-15", "share_relations", 340),
    _figure("applications", "figure-16", "share_relations", 340),
    _figure("industries", "figure-17", "share_relations", 240),
    _figure("tertiary_sections", "figure-18", "share_tertiary", 420),
    _figure("secondary_sections", "figure-19", "share_secondary", 240),
    _figure("manufacturing", "figure-20", "share_manufacturing", 420),
    ChartSpec(
        "industry_tree",
        "treemap",
        ("figure-17", "figure-18", "figure-19", "figure-20"),
        ENDS,
        select_industry_tree,
        draw_industry_tree,
        height=420,
    ),
    _heat(
        "technology_by_application",
        Heat("technology_applications", "technologies", ("applications",), "figure-15"),
        ("figure-15", "figure-16"),
        ("lq", "count"),
        620,
    ),
    _heat(
        "technology_by_industry",
        Heat("technology_industries", "technologies", ("industries", "sections"), "figure-15"),
        ("figure-15", "figure-17", "figure-18", "figure-19"),
        ("lq", "count"),
        620,
    ),
    _heat(
        "province_technologies",
        Heat("technologies_by_end", "provinces", ("technologies",), "figure-15"),
        ("figure-15", "table-6"),
        ("source", "target"),
        760,
    ),
    ChartSpec(
        "topic_sankey",
        "sankey",
        ("figure-15", "figure-16", "figure-18", "figure-19"),
        ENDS,
        select_topic_flows,
        draw_topic_flows,
        ("share_5", "share_2", "all"),
        740,
        remark=remark_independent,
    ),
    ChartSpec(
        "industry_years",
        "lines",
        ("figure-17",),
        ENDS,
        select_industry_years,
        draw_industry_years,
        ("new", "stock"),
        320,
        remark=remark_industries,
    ),
    ChartSpec(
        "technology_years",
        "lines",
        ("figure-15",),
        ENDS,
        select_technology_years,
        draw_technology_years,
        ("log", "linear", "own_scale"),
        920,
        remark=remark_technologies,
    ),
    ChartSpec(
        "technology_changes",
        "dumbbell",
        ("figure-15",),
        ENDS,
        select_technology_changes,
        draw_technology_changes,
        ("log", "linear"),
        680,
        remark=remark_changes,
    ),
)
