"""Figures 1 to 12: the 4,311 sample firms."""

import pandas as pd

from analytics.filters import Filters
from components.charts.drawing import bars
from components.charts.select import by_items, facts_of, keep_items, rows_of
from components.charts.spec import ChartSpec

LAYER_FIRMS = by_items("layers", "figure-9", "share_firms")
LAYER_PATENTS = by_items("layers", "figure-12", "share_patents")

# The peak year and the years around it make up the span, so the span itself is not drawn again.
_SPAN = ("founded_2012_2018",)


def select_firm_provinces(filters: Filters, _option: str) -> pd.DataFrame:
    """Give figure 3: five printed shares, Anhui's implied one, and the rest."""
    rows = rows_of("figure-3", "share_firms", "share_firms_implied")
    rest = rows["item"].eq("other_provinces")
    anhui = rows["measure"].eq("share_firms_implied")
    left = rows.loc[rest, "value"] - rows.loc[anhui, "value"].sum()
    note = f"{rows.loc[rest, 'value'].iloc[0]:.2f} - {rows.loc[anhui, 'value'].iloc[0]:.2f}"
    rows.loc[rest, ["value", "printed", "note"]] = [left.iloc[0], f"{left.iloc[0]:.2f}", note]
    ordered = pd.concat([rows[~rest], rows[rest]], ignore_index=True)
    return keep_items(ordered, filters.provinces)


def select_firm_patents(filters: Filters, _option: str) -> pd.DataFrame:
    """Give figure 11: five printed shares, the other five of the first ten, and the rest."""
    rows = rows_of("figure-11", "share_patents")
    rows = rows[rows["item"].ne("top_10_provinces")].reset_index(drop=True)
    return keep_items(rows, filters.provinces)


FIRMS = (
    ChartSpec("founding", "bars", ("figure-1",), (), facts_of("figure-1", "share_firms", _SPAN), bars, height=200),
    ChartSpec("metropolitan_areas", "bars", ("figure-2",), (), facts_of("figure-2", "share_firms"), bars, height=200),
    ChartSpec("firm_provinces", "bars", ("figure-3",), ("provinces",), select_firm_provinces, bars, height=260),
    ChartSpec("employees", "bars", ("figure-4",), (), facts_of("figure-4", "share_firms"), bars, height=260),
    ChartSpec("listed", "bars", ("figure-5",), (), facts_of("figure-5", "share_firms"), bars, height=200),
    ChartSpec("revenue", "bars", ("figure-6",), (), facts_of("figure-6", "share_firms"), bars, height=260),
    ChartSpec("rd_cost", "bars", ("figure-7",), (), facts_of("figure-7", "share_firms"), bars, height=260),
    ChartSpec("rd_intensity", "bars", ("figure-8",), (), facts_of("figure-8", "share_firms"), bars, height=260),
    ChartSpec("layers", "bars", ("figure-9",), ("layers",), LAYER_FIRMS, bars, height=200),
    ChartSpec("patents", "bars", ("figure-10",), (), facts_of("figure-10", "share_firms"), bars, height=260),
    ChartSpec("patent_provinces", "bars", ("figure-11",), ("provinces",), select_firm_patents, bars, height=260),
    ChartSpec(
        "patent_layers",
        "bars",
        ("figure-12",),
        ("layers",),
        by_items("layers", "figure-12", "share_patents"),
        bars,
        height=200,
    ),
)
