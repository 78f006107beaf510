"""The map: provinces as filled polygons whose shapes the browser already holds, flows as arcs."""

import json
import math
from functools import lru_cache
from itertools import pairwise
from typing import Any

import pandas as pd

from analytics import store
from analytics.filters import Filters
from components.charts.drawing import texts_of
from components.charts.select import measured
from components.charts.spec import Figure
from components.i18n import t
from components.numbers import write_value

MEASURES = {"enabling": "share_enabling", "input": "share_input", "net": "share_net"}
# Percent of all relations; each step about doubles, as the shares range over three decades.
CLASSES = (0.0, 0.2, 0.5, 1.0, 4.0, 12.0)
NET_CLASSES = (-99.0, -0.3, -0.05, 0.05, 0.3, 99.0)
TINY = ("81", "82")  # a few pixels on any screen
LABELLED = 0.05  # percent; below it a label would say 0.0 and hide its neighbours
RAMPS = {"enabling": "t", "input": "a"}
NET_COLOURS = ("$net-neg", "$net-neg/0.45", "$net-mid", "$net-pos/0.45", "$net-pos")
STEPS = 14  # points along one side of an arc: smooth at full width
WIDEST = 64.0  # km, half the width of the largest flow at its origin


def select_map(filters: Filters, option: str) -> pd.DataFrame:
    """Give one row a province: its share, 0 where it has no relation; `state` tells what is shown.

    Returns
    -------
    DataFrame
        The columns of a fact, `reported`; `state` is shown, none or filtered_out. Grain: 34 provinces.
    """
    provinces = store.provinces().rename(columns={"code": "item", "fullname_zh": "item_zh"})
    names = provinces.rename(columns={"name_en": "item_en"})[["item", "item_zh", "item_en"]]
    found = measured("table-6", MEASURES[option])(filters.only({"layers", "years", "data"}), option)
    rows = names.merge(found.drop(columns=["item_zh", "item_en"]), on="item", how="left")
    rows["state"] = rows["value"].notna().map({True: "shown", False: "none"})
    if filters.provinces:
        rows.loc[~rows["item"].isin(filters.provinces), "state"] = "filtered_out"
    return rows


def colour_of(value: float, option: str) -> str:
    """Give the class colour of a share."""
    if option == "net":
        return NET_COLOURS[sum(value >= edge for edge in NET_CLASSES[1:-1])]
    return f"${RAMPS[option]}{sum(value >= edge for edge in CLASSES[1:])}"


def draw_map(rows: pd.DataFrame, lang: str, option: str) -> Figure:
    """Draw the choropleth with labels, class legend and the inset."""
    shown = rows[rows["state"].eq("shown")]
    large = shown[shown["value"].abs() >= LABELLED]
    texts = dict(zip(shown["item"], texts_of(shown), strict=True))
    fills = {row.item: _fill(row, option) for row in rows.itertuples()}
    hovers = {row.item: _hover(row, texts, lang) for row in rows.itertuples()}
    data = [*_land(fills, hovers), *_legend(option, lang), _labels(large, texts, lang)]
    return {"data": data, "layout": _layout(_leaders(large["item"]))}


def _fill(row: Any, option: str) -> str:
    if row.state == "filtered_out":
        return "$filtered"
    return colour_of(row.value, option) if row.state == "shown" else "$nodata"


def _hover(row: Any, texts: dict[str, str], lang: str) -> str:
    name = row.item_zh if lang == "zh" else row.item_en
    return f"{name}: {texts[row.item]}" if row.item in texts else f"{name}: {t(f'state.{row.state}', lang)}"


def _land(fills: dict[str, str], hovers: dict[str, str]) -> list[dict[str, Any]]:
    provinces = [_province(code, fill, hovers.get(code, "")) for code, fill in fills.items()]
    inset = [
        {**_province(code, fills[code], ""), "xaxis": "x2", "yaxis": "y2", "hoverinfo": "skip"}
        for code in ("44", "45", "46", "71")
        if code in fills
    ]
    return [*provinces, *inset, *_sea(), _dots(fills, hovers)]


def _dots(fills: dict[str, str], hovers: dict[str, str]) -> dict[str, Any]:
    """Give the units that are too small to point at a dot of their own."""
    ends, codes = geometry()["centroids"], [code for code in TINY if code in fills]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [ends[code][0] for code in codes],
        "y": [ends[code][1] for code in codes],
        "customdata": [[code] for code in codes],
        "text": [hovers.get(code, "") for code in codes],
        "hoverinfo": "text",
        "showlegend": False,
        "marker": {
            "size": 9,
            "color": ["$card" if fills[code] == "$nodata" else fills[code] for code in codes],
            "line": {"width": 1, "color": "$mute"},
        },
    }


def _province(code: str, fill: str, hover: str) -> dict[str, Any]:
    trace: dict[str, Any] = {
        "type": "scatter",
        "mode": "lines",
        "meta": {"province": code},
        "customdata": [code],
        "fill": "toself",
        "line": {"color": "$card", "width": 0.8},
        "fillcolor": fill,
        "hoveron": "fills",
        "text": hover,
        "hoverinfo": "text",
        "showlegend": False,
        "name": hover,
    }
    if fill == "$nodata":
        trace["fillpattern"] = {
            "shape": "/",
            "bgcolor": "$nodata",
            "fgcolor": "$nodata-line",
            "size": 6,
            "solidity": 0.2,
        }
    return trace


def _sea() -> list[dict[str, Any]]:
    quiet = {"type": "scatter", "hoverinfo": "skip", "showlegend": False, "xaxis": "x2", "yaxis": "y2"}
    return [
        {**quiet, "mode": "lines", "meta": {"maritime": True}, "line": {"color": "$mute", "width": 1.2}},
        {**quiet, "mode": "markers", "meta": {"islands": True}, "marker": {"color": "$mute", "size": 1.6}},
    ]


def _labels(rows: pd.DataFrame, texts: dict[str, str], lang: str) -> dict[str, Any]:
    places, short = geometry()["labels"], short_names(lang)
    codes = [code for code in rows["item"] if code in texts]
    # English names are long: without a leader's free space they stand above their numbers.
    gap = {code: " " if lang == "zh" or places[code]["line"] else "<br>" for code in codes}
    return {
        "type": "scatter",
        "mode": "text",
        "hoverinfo": "skip",
        "showlegend": False,
        "x": [places[code]["x"] for code in codes],
        "y": [places[code]["y"] for code in codes],
        "text": [f"{short[code]}{gap[code]}{texts[code]}".removesuffix("<br>") for code in codes],
        "textposition": [places[code]["anchor"] for code in codes],
        "textfont": {"size": 11, "color": "$ink"},
    }


def _leaders(codes: pd.Series) -> list[dict[str, Any]]:
    ends, places = geometry()["centroids"], geometry()["labels"]
    return [
        {
            "type": "line",
            "layer": "above",
            "line": {"color": "$mute", "width": 0.8},
            "x0": ends[code][0],
            "y0": ends[code][1],
            "x1": places[code]["x"],
            "y1": places[code]["y"],
        }
        for code in codes
        if places[code]["line"]
    ]


def _legend(option: str, lang: str) -> list[dict[str, Any]]:
    named = [(colour_of((low + high) / 2, option), _span(low, high)) for low, high in _class_edges(option)]
    named += [("$nodata", t("state.none", lang))]
    return [
        {
            "type": "scatter",
            "mode": "markers",
            "x": [None],
            "y": [None],
            "name": name,
            "marker": {"symbol": "square", "size": 12, "color": colour, "line": {"color": "$mute", "width": 0.5}},
            "hoverinfo": "skip",
        }
        for colour, name in named
    ]


def _class_edges(option: str) -> list[tuple[float, float]]:
    edges = NET_CLASSES if option == "net" else (*CLASSES, 100.0)
    return list(pairwise(edges))


def _span(low: float, high: float) -> str:
    if low in (-99.0, 0.0) and high < 99:
        return f"< {high:g}%"
    return f"≥ {low:g}%" if high >= 99 else f"{low:g}–{high:g}%"


def _layout(shapes: list[dict[str, Any]]) -> dict[str, Any]:
    box, inset = geometry()["main"], geometry()["inset"]
    place = {axis: _part(geometry()["inset_frame"][axis], box[axis]) for axis in "xy"}
    hidden = {"visible": False, "fixedrange": True}
    frame = {
        "type": "rect",
        "xref": "x2 domain",
        "yref": "y2 domain",
        "x0": 0,
        "x1": 1,
        "y0": 0,
        "y1": 1,
        "line": {"color": "$line", "width": 1},
        "layer": "above",
    }
    return {
        "hoverdistance": 6,  # pixels: a dot must not answer for the province around it
        "xaxis": {**hidden, "range": box["x"]},
        "yaxis": {**hidden, "range": box["y"], "scaleanchor": "x"},
        "xaxis2": {**hidden, "range": inset["x"], "domain": place["x"], "anchor": "y2"},
        "yaxis2": {**hidden, "range": inset["y"], "domain": place["y"], "anchor": "x2"},
        "shapes": [*shapes, frame],
        "margin": {"l": 0, "r": 0, "t": 0, "b": 0},
        "hovermode": "closest",
        "legend": {
            "x": 0,
            "y": 0,
            "xanchor": "left",
            "yanchor": "bottom",
            "font": {"size": 11},
            "itemclick": False,
            "itemdoubleclick": False,
        },
    }


def _part(frame: list[float], box: list[float]) -> list[float]:
    return [round((edge - box[0]) / (box[1] - box[0]), 4) for edge in frame]


def draw_flows(rows: pd.DataFrame, lang: str, _option: str) -> Figure:
    """Draw flows as arcs that thin out towards the taker, within-province flows as rings."""
    plain = dict.fromkeys(store.provinces()["code"], "$filtered")
    hovers = short_names(lang)
    widest = max(rows["value"], default=1.0)
    arcs = [_flow(row, lang, WIDEST * row.value / widest) for row in rows.itertuples()]
    ends = sorted({*rows["source_province"], *rows["target_province"]})
    frame = pd.DataFrame({"item": ends})
    names = {code: hovers[code] for code in ends}
    labels = _labels(frame, dict.fromkeys(names, ""), lang)
    return {"data": [*_land(plain, hovers), *arcs, labels], "layout": _layout(_leaders(frame["item"]))}


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


@store.per_snapshot
def short_names(lang: str) -> dict[str, str]:
    """Give the provinces' short names by code."""
    provinces = store.provinces()
    return dict(zip(provinces["code"], provinces[f"name_{lang}"], strict=True))


def geometry() -> dict[str, Any]:
    """Give the map's shapes, label places and extents, in km."""
    return _geometry(store.map_json())


@lru_cache(maxsize=2)
def _geometry(content: bytes) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(content)
    return found
