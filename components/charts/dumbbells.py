"""What rose and what fell: two dots an item, and the way between them."""

import math
from typing import Any

import pandas as pd

from components.charts.drawing import downwards, legend_on_top
from components.charts.spec import Figure
from components.charts.topics import short_name
from components.i18n import t
from components.numbers import write_value

TICKS = (0.01, 0.1, 1, 10, 100)  # percent, on a log axis
ROOM = 0.6  # of the width, for the numbers on both sides of the dots
FEWEST_ROWS = 10  # the picture has room for these; fewer do not swell to fill it


def draw_technology_changes(rows: pd.DataFrame, lang: str, option: str) -> Figure:
    """Draw the first and the last share of each technology, the change in percentage points at the right."""
    labels = {item: short_name(item, "technologies", lang) for item in rows["item"]}
    years = sorted(rows["year"].unique())
    edge = _edge(rows) if option == "log" else 0.0
    at = rows.assign(x=rows["value"].clip(lower=edge), y=rows["item"].map(labels))
    data = [*_ways(at), *(_dots(at[at["year"].eq(year)], year == years[-1], lang) for year in years)]
    layout = {
        "xaxis": _scale(at, edge),
        "yaxis": {**downwards(max(len(labels), FEWEST_ROWS)), "categoryarray": list(labels.values())},
        "legend": legend_on_top(),
        "annotations": _notes(at, lang) if len(years) > 1 else [],
        "margin": {"t": 30, "r": 58, "b": 28},
    }
    return {"data": data or [{"type": "scatter"}], "layout": layout}


def _edge(rows: pd.DataFrame) -> float:
    """Give where a share of zero is marked on a log axis, which has no zero: below the least share."""
    least = rows.loc[rows["value"].gt(0), "value"].min() if len(rows) else 0.01
    return float(10 ** (math.floor(math.log10(least) * 2) / 2 - 0.25))


def _scale(rows: pd.DataFrame, edge: float) -> dict[str, Any]:
    top = float(rows["x"].max()) if len(rows) else 1.0
    if not edge:
        return {"range": [-top * ROOM / 2, top * (1 + ROOM)], "ticksuffix": "%", "nticks": 5, "showgrid": True}
    low, high = math.log10(edge), math.log10(top)
    room = (high - low) * ROOM
    ticks = [tick for tick in TICKS if edge <= tick <= top * 1.5]
    return {
        "type": "log",
        "range": [low - room / 2, high + room / 2],
        "tickvals": ticks,
        "ticktext": [f"{tick:g}%" for tick in ticks],
        "showgrid": True,
    }


def _colour(change: float) -> str:
    return "$net-pos" if change > 0 else "$net-neg" if change < 0 else "$mute"


def _ways(rows: pd.DataFrame) -> list[dict[str, Any]]:
    """Draw what rose in one tone and what fell in the other."""
    found = []
    for rises in (True, False):
        part = rows[rows["change"].gt(0) if rises else rows["change"].lt(0)]
        x: list[float | None] = []
        y: list[str | None] = []
        for _, ends in part.groupby("item", sort=False):
            x += [*ends["x"].tolist(), None]
            y += [*ends["y"].tolist(), None]
        line = {"color": _colour(1 if rises else -1), "width": 3}
        found.append({"type": "scatter", "mode": "lines", "x": x, "y": y, "line": line, "hoverinfo": "skip"})
    return [{**trace, "showlegend": False} for trace in found]


def _dots(rows: pd.DataFrame, last: bool, lang: str) -> dict[str, Any]:
    """Draw one year: the first hollow, the last filled, its value on the outer side."""
    rightmost = [change >= 0 if last else change < 0 for change in rows["change"]]
    return {
        "type": "scatter",
        "mode": "markers+text",
        "name": str(rows["year"].iloc[0]),
        "x": rows["x"].tolist(),
        "y": rows["y"].tolist(),
        "text": [f"  {value:.2f}  " if value else "  0  " for value in rows["value"]],
        "textposition": ["middle right" if right else "middle left" for right in rightmost],
        "textfont": {"size": 11, "color": "$ink" if last else "$mute"},
        "customdata": [_said(row, lang) for row in rows.itertuples()],
        "marker": {
            "size": 10,
            "color": [_colour(change) for change in rows["change"]] if last else "$card",
            "line": {"width": 2, "color": [_colour(change) for change in rows["change"]]},
        },
        "hovertemplate": "%{customdata}<extra></extra>",
        "cliponaxis": False,
    }


def _said(row: Any, lang: str) -> str:
    return f"{getattr(row, f'item_{lang}')}<br>{row.year}: {write_value(row.value, 'percent')} · {row.n:,}"


def _notes(rows: pd.DataFrame, lang: str) -> list[dict[str, Any]]:
    """Write each change at the right edge, under a head of its own."""
    place = {"x": 1, "xref": "paper", "xanchor": "right", "xshift": 54, "showarrow": False, "align": "right"}
    head = {**place, "y": 1, "yref": "paper", "yanchor": "bottom", "yshift": 4, "text": t("topics.points", lang)}
    changes = [
        {
            **place,
            "y": row.y,
            "text": f"<b>{row.change:+.2f}</b>".replace("-", "−"),
            "font": {"size": 12, "color": _colour(row.change)},
        }
        for row in rows.drop_duplicates("item").itertuples()
    ]
    return [{**head, "font": {"size": 12, "color": "$mute"}}, *changes]
