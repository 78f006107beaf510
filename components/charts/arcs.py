"""Flows between provinces as tapered arcs over the map, those within a province as rings."""

import math
from typing import Any

import pandas as pd

from analytics import store
from components.charts.maps import geometry, land, leaders, map_layout, place_labels, short_names
from components.charts.spec import Figure
from components.numbers import write_value

STEPS = 14  # points along one side of an arc: smooth at full width
WIDEST = 64.0  # km, half the width of the largest flow at its origin


def draw_flows(rows: pd.DataFrame, lang: str, _option: str) -> Figure:
    """Draw flows as arcs that thin out towards the taker, within-province flows as rings."""
    plain = dict.fromkeys(store.provinces()["code"], "$filtered")
    hovers = short_names(lang)
    widest = max(rows["value"], default=1.0)
    arcs = [_flow(row, lang, WIDEST * row.value / widest) for row in rows.itertuples()]
    ends = sorted({*rows["source_province"], *rows["target_province"]})
    frame = pd.DataFrame({"item": ends})
    names = {code: hovers[code] for code in ends}
    labels = place_labels(frame, dict.fromkeys(names, ""), lang)
    return {"data": [*land(plain, hovers), *arcs, labels], "layout": map_layout(leaders(frame["item"]))}


def _flow(row: Any, lang: str, half: float) -> dict[str, Any]:
    ends = geometry()["centroids"]
    start, stop = ends[row.source_province], ends[row.target_province]
    inner = row.source_province == row.target_province
    x, y = ring(start, half) if inner else arc(start, stop, half)
    name = row.item_zh if lang == "zh" else row.item_en
    return {
        "type": "scatter",
        "mode": "lines",
        "x": x,
        "y": y,
        "fill": "toself",
        "hoveron": "fills",
        "fillcolor": "$input/0.6" if not inner else "$enabling/0.35",
        "line": {"width": 1.5 if inner else 0.3, "color": "$enabling" if inner else "$input"},
        "showlegend": False,
        "text": f"{name}: {write_value(row.value, row.unit, row.printed)}",
        "hoverinfo": "text",
    }


def arc(start: list[float], stop: list[float], half: float) -> tuple[list[float], list[float]]:
    """Give the outline (km) of a curve bent to its left, `half` wide at its start, thin at its end."""
    dx, dy = stop[0] - start[0], stop[1] - start[1]
    length = math.hypot(dx, dy) or 1.0
    bend = (start[0] + dx / 2 - dy * 0.18, start[1] + dy / 2 + dx * 0.18)
    left, right = [], []
    for step in range(STEPS + 1):
        at = step / STEPS
        x, y = (
            (1 - at) ** 2 * a + 2 * at * (1 - at) * b + at**2 * c for a, b, c in zip(start, bend, stop, strict=True)
        )
        wide = max(half * (1 - 0.85 * at), 2.0)
        left.append((x - dy / length * wide, y + dx / length * wide))
        right.append((x + dy / length * wide, y - dx / length * wide))
    outline = [*left, *reversed(right), left[0]]
    return [round(x, 1) for x, _ in outline], [round(y, 1) for _, y in outline]


def ring(centre: list[float], half: float) -> tuple[list[float], list[float]]:
    """Give a circle (km) whose area grows with the flow that stays within the province."""
    radius = 45 + 75 * math.sqrt(half / WIDEST)
    angles = [2 * math.pi * step / 32 for step in range(33)]
    x = [round(centre[0] + radius * math.cos(angle), 1) for angle in angles]
    return x, [round(centre[1] + radius * math.sin(angle), 1) for angle in angles]
