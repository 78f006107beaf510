"""How the shares of technologies and of the three industries move over the years."""

import math
from dataclasses import replace
from typing import Any

import pandas as pd

from analytics import store
from analytics.filters import Filters
from analytics.measures import Slice
from analytics.measures.relations import by_industry, by_topic
from analytics.measures.topics import by_year, changes, up_to_year
from components.charts.spec import Figure
from components.charts.topics import chosen, named, order_of, told
from components.numbers import write_value

INDUSTRY_COLOURS = {"tertiary": "$c1", "secondary": "$c2", "primary": "$c3"}


def select_industry_years(filters: Filters, option: str) -> pd.DataFrame:
    """Give the three industries' shares of the relations of each year, or of all up to it (`stock`)."""
    asked = replace(filters, years=store.span(filters.data)) if option == "stock" else filters
    items = order_of(_industries, filters)
    rows = by_year(chosen(asked), "industries_by_end", "industry", items, "industry")
    rows = up_to_year(rows) if option == "stock" else rows
    kept = rows[rows["year"].between(*filters.years)]
    return told(kept.assign(**named(kept["item"], "industries")), filters, "figure-17", "share_relations", "percent")


def _industries(part: Slice) -> list[str]:
    return by_industry(part, "industry")["item"].tolist()


def draw_industry_years(rows: pd.DataFrame, lang: str, _option: str) -> Figure:
    """Draw a line an industry, named and valued at its end."""
    parts = [(INDUSTRY_COLOURS.get(str(item), "$mute"), part) for item, part in rows.groupby("item", sort=False)]
    layout = {
        "xaxis": {"type": "category", "showgrid": False, "autotickangles": [0, -90]},
        "yaxis": {
            "range": [-2, min(rows["value"].max() * 1.1, 101) if len(rows) else 101],
            "ticksuffix": "%",
            "dtick": 20,
        },
        "annotations": [_line_end(part, colour, lang) for colour, part in parts],
        "margin": {"t": 8, "r": 84, "b": 28, "l": 40},
    }
    return {"data": [_line(part, colour, lang) for colour, part in parts] or [{"type": "scatter"}], "layout": layout}


def _line(rows: pd.DataFrame, colour: str, lang: str) -> dict[str, Any]:
    name = rows[f"item_{lang}"].iloc[0]
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "showlegend": False,
        "x": rows["year"].astype(str).tolist(),
        "y": rows["value"].tolist(),
        "text": counted(rows),
        "line": {"color": colour, "width": 2.5},
        "marker": {"size": 5, "color": colour},
        "hovertemplate": f"{name}<br>%{{x}}: %{{text}}<extra></extra>",
        "cliponaxis": False,
    }


def counted(rows: pd.DataFrame) -> list[str]:
    """Write shares with the counts behind them."""
    return [f"{write_value(v, 'percent')} · {n:,}" for v, n in zip(rows["value"], rows["n"], strict=True)]


def _line_end(rows: pd.DataFrame, colour: str, lang: str) -> dict[str, Any]:
    last = rows.iloc[-1]
    return {
        "x": 1,
        "xref": "paper",
        "xanchor": "left",
        "xshift": 8,
        "y": float(last["value"]),
        "text": f"{last[f'item_{lang}'].removesuffix(' industry')}<br><b>{write_value(last['value'], 'percent')}</b>",
        "showarrow": False,
        "align": "left",
        "font": {"color": colour, "size": 12},
    }


def select_technology_years(filters: Filters, _option: str) -> pd.DataFrame:
    """Give every technology's share of the relations of each year, the largest of the data set first."""
    rows = _technologies(filters)
    return told(rows, filters, "figure-15", "share_relations", "percent")


def _technologies(filters: Filters) -> pd.DataFrame:
    items = order_of(_by_size, filters)
    rows = by_year(chosen(filters), "technologies_by_end", "technology", items)
    return rows.assign(**named(rows["item"], "technologies"))


def _by_size(part: Slice) -> list[str]:
    return by_topic(part, "technologies_by_end", "technology")["item"].tolist()


def select_technology_changes(filters: Filters, _option: str) -> pd.DataFrame:
    """Give every technology's share in the first and in the last chosen year, the one that rose most first.

    Returns
    -------
    DataFrame
        `COLUMNS`, `reported`, `n`, `change` (percentage points); grain: technology and year, of which
        there is one only where only one is chosen. Technologies of neither year are left out.
    """
    rows = changes(_technologies(filters))
    rows = rows[rows.groupby("item")["n"].transform("sum").gt(0)]
    rows = rows.assign(**named(rows["item"], "technologies"), note=_differences(rows))
    return told(rows, filters, "figure-15", "share_relations", "percent")


def _differences(rows: pd.DataFrame) -> list[str]:
    """Write the change beside the later year's row."""
    before = rows.groupby("item")["value"].shift()
    columns = zip(rows["value"], before, rows["change"], strict=True)
    return ["" if math.isnan(first) else f"{last:.2f} - {first:.2f} = {by:+.2f}" for last, first, by in columns]
