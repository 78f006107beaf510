"""The map: provinces as filled polygons whose shapes the browser already holds, flows as arcs."""

import json
from functools import lru_cache
from typing import Any

import pandas as pd

from analytics import store

TINY = ("81", "82")  # a few pixels on any screen


def land(fills: dict[str, str], hovers: dict[str, str]) -> list[dict[str, Any]]:
    provinces = [province(code, fill, hovers.get(code, "")) for code, fill in fills.items()]
    inset = [
        {**province(code, fills[code], ""), "xaxis": "x2", "yaxis": "y2", "hoverinfo": "skip"}
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


def province(code: str, fill: str, hover: str) -> dict[str, Any]:
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
    if fill == "$card":  # nothing there: an outline keeps the province in sight
        trace["line"] = {"color": "$nodata-line", "width": 0.8}
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


def place_labels(rows: pd.DataFrame, texts: dict[str, str], lang: str) -> dict[str, Any]:
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


def leaders(codes: pd.Series) -> list[dict[str, Any]]:
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


def map_layout(shapes: list[dict[str, Any]]) -> dict[str, Any]:
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
