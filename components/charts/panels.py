"""Many small pictures of one kind: a panel a technology, over the years."""

import math
from typing import Any

import pandas as pd

from components.charts.spec import Figure
from components.charts.topics import short_name
from components.charts.trends import counted
from components.numbers import write_value

PANELS = 3  # beside each other: on a phone a panel is then 90 px wide, as its name
FEWEST_ROWS = 3  # of panels that the picture has room for
HEIGHT, TOP, BOTTOM, WORDS, GAP = 920, 4, 20, 36, 10  # pixels
BETWEEN = 0.05  # of the width
MARKS = (0.01, 0.1, 1, 10, 100)  # percent, on a log scale
SCALE = {"showgrid": True, "automargin": False, "tickfont": {"size": 10, "color": "$mute"}}
BARE = {"showticklabels": False, "showgrid": False}  # of a panel's own scale, which its values tell
Box = tuple[list[float], list[float]]  # parts of width and height


def draw_technology_years(rows: pd.DataFrame, lang: str, option: str) -> Figure:
    """Draw a panel a technology on one scale, or each on its own; its first and last value above it."""
    parts = [part for _, part in rows.groupby("item", sort=False)]
    lines = max(-(-len(parts) // PANELS), FEWEST_ROWS)
    layout: dict[str, Any] = {"annotations": [], "margin": {"t": TOP, "b": BOTTOM, "l": 32, "r": 8}}
    for at, part in enumerate(parts):
        box, number = _box(at, lines), _number(at)
        scale = _scale(part if option == "own_scale" else rows, option)
        layout[f"xaxis{number}"] = {**_years(part), "domain": box[0], "anchor": f"y{number}"}
        layout[f"yaxis{number}"] = {**SCALE, **scale, "domain": box[1], "anchor": f"x{number}"}
        layout[f"yaxis{number}"] |= BARE if option == "own_scale" else {"showticklabels": at % PANELS == 0}
        layout["annotations"] += [_head(box, part, lang), *(_feet(box, part) if at + PANELS >= len(parts) else [])]
    data = [_panel(at, part, lang, option) for at, part in enumerate(parts)]
    return {"data": data or [{"type": "scatter"}], "layout": layout}


def _box(at: int, lines: int) -> Box:
    """Give a panel's part of width and height."""
    inner = HEIGHT - TOP - BOTTOM
    wide, high = (1 - BETWEEN * (PANELS - 1)) / PANELS, 1 / lines
    left, upper = (at % PANELS) * (wide + BETWEEN), 1 - (at // PANELS) * high
    x, y = [left, left + wide], [upper - high + GAP / inner, upper - WORDS / inner]
    return [round(one, 4) for one in x], [round(one, 4) for one in y]


def _number(at: int) -> str:
    return str(at + 1) if at else ""


def _years(rows: pd.DataFrame) -> dict[str, Any]:
    first, last = int(rows["year"].min()), int(rows["year"].max())
    edge = 0.4 if first == last else 0.15
    return {
        "range": [first - edge, last + edge],
        "showticklabels": False,
        "showgrid": False,
        "showline": True,
        "automargin": False,
    }


def _scale(rows: pd.DataFrame, option: str) -> dict[str, Any]:
    """Give the reach of a scale and the lines that mark it."""
    seen = rows.loc[rows["value"].gt(0), "value"]
    low, top = (float(seen.min()), float(seen.max())) if len(seen) else (0.1, 1.0)
    if option != "log":
        mark = _tidy(top)
        return {"range": [0, top * 1.08], "tickvals": [mark], "ticktext": [f"{mark:g}%"]}
    marks = [mark for mark in MARKS if low <= mark <= top] or [_tidy(top)]
    reach = [math.log10(low) - 0.15, math.log10(top) + 0.15]
    return {"type": "log", "range": reach, "tickvals": marks, "ticktext": [f"{mark:g}%" for mark in marks]}


def _tidy(top: float) -> float:
    """Give the largest round number that a scale holds."""
    step = 10 ** math.floor(math.log10(top))
    return next(step * times for times in (5, 4, 3, 2, 1) if step * times <= top * 1.0001)


def _panel(at: int, rows: pd.DataFrame, lang: str, option: str) -> dict[str, Any]:
    name, log = rows[f"item_{lang}"].iloc[0], option == "log"
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "xaxis": f"x{_number(at)}",
        "yaxis": f"y{_number(at)}",
        "x": rows["year"].astype(int).tolist(),
        "y": [value if value or not log else None for value in rows["value"]],
        "text": counted(rows),
        "line": {"color": "$enabling", "width": 1.8},
        "marker": {"size": 3.5 if len(rows) > 1 else 6, "color": "$enabling"},
        "fill": "none" if log or len(rows) == 1 else "tozeroy",
        "fillcolor": "$enabling/0.12",
        "hovertemplate": f"{name}<br>%{{x}}: %{{text}}<extra></extra>",
        "showlegend": False,
        "cliponaxis": False,
    }


def _head(box: Box, rows: pd.DataFrame, lang: str) -> dict[str, Any]:
    name = short_name(rows["item"].iloc[0], "technologies", lang)
    first, last = (write_value(float(rows["value"].iloc[at]), "percent") for at in (0, -1))
    course = f"{first.removesuffix('%')} → {last}" if len(rows) > 1 else last
    text = f"{name}<br><span style='font-size:11px'>{course}</span>"
    return {**_note(box[0][0], box[1][1], "left", "bottom"), "text": text, "font": {"size": 12}}


def _feet(box: Box, rows: pd.DataFrame) -> list[dict[str, Any]]:
    """Write the first and the last year under a panel, within its width."""
    years = sorted({int(rows["year"].min()), int(rows["year"].max())})
    sides = zip(years, box[0], ("left", "right"), strict=False)
    font = {"size": 11, "color": "$mute"}
    return [{**_note(x, box[1][0], side, "top"), "text": str(year), "font": font} for year, x, side in sides]


def _note(x: float, y: float, side: str, edge: str) -> dict[str, Any]:
    place = {"x": x, "y": y, "xref": "paper", "yref": "paper", "xanchor": side, "yanchor": edge}
    return {**place, "showarrow": False, "align": side, "xshift": -2 if side == "left" else 2}
