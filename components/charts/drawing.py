"""Figures as plain dicts. Colours are tokens that the browser turns into the theme's."""

import math
from typing import Any

import pandas as pd

from components.charts.spec import Figure
from components.i18n import t
from components.numbers import write_value

LAYER_COLOURS = {name: f"$layer-{name}" for name in ("base", "technology", "application")}
FEWEST_ROWS = 4  # a card has room for these; fewer bars do not swell to fill it
LONGEST_LABEL = {"zh": 14, "en": 26}  # characters before a bar's label breaks


GAP = "\u2002\u2009"  # between a mark and the number behind it; plain spaces collapse
NUMBERS = {
    "type": "scatter",
    "mode": "text",
    "textposition": "middle right",
    "hoverinfo": "skip",
    "showlegend": False,
    "cliponaxis": False,
}


def label_of(rows: pd.DataFrame, lang: str) -> list[str]:
    """Give the items' names in `lang`."""
    return rows[f"item_{lang}"].tolist()


def texts_of(rows: pd.DataFrame) -> list[str]:
    """Write every value with its unit."""
    columns = zip(rows["value"], rows["unit"], rows["printed"], strict=True)
    return [write_value(*one) for one in columns]


def wrap(label: str, lang: str, part: float = 1.0) -> str:
    """Break a long label over lines; Chinese anywhere, English between words."""
    width = int(LONGEST_LABEL[lang] * part)
    if len(label) <= width:
        return label
    if lang == "zh":
        half = math.ceil(len(label) / math.ceil(len(label) / width))
        return "<br>".join(label[at : at + half] for at in range(0, len(label), half))
    lines = [""]
    for word in label.split():
        fits = len(lines[-1]) + len(word) < width
        lines = [*lines[:-1], f"{lines[-1]} {word}".strip()] if fits else [*lines, word]
    return "<br>".join(lines)


def bar_colours(rows: pd.DataFrame, colour: str = "$enabling") -> dict[str, Any]:
    """Colour printed bars; hatch what the report does not print."""
    derived = rows["status"].eq("derived")
    return {
        "line": {"width": [1 if rest else 0 for rest in derived], "color": "$nodata-line"},
        "color": [
            "$nodata" if rest else LAYER_COLOURS.get(item, colour)
            for item, rest in zip(rows["item"], derived, strict=True)
        ],
        "pattern": {
            "shape": ["/" if rest else "" for rest in derived],
            "fgcolor": "$nodata-line",
            "size": 6,
            "solidity": 0.25,
        },
    }


def bars(rows: pd.DataFrame, lang: str, option: str = "") -> Figure:
    """Draw horizontal bars in the rows' order, each with its value beside it; `log` bends the axis."""
    labels = [wrap(label, lang) for label in label_of(rows, lang)]
    texts = counted(rows)
    trace: dict[str, Any] = {
        "type": "bar",
        "orientation": "h",
        "y": labels,
        "x": rows["value"].tolist(),
        "text": texts,
        "textposition": "none",
        "marker": {**bar_colours(rows), "opacity": opacities(rows)},
        "customdata": picks_of(rows),
        "hovertemplate": "%{y}: %{text}<extra></extra>",
        "showlegend": False,
        **({"width": 0.56} if "base" in rows else {}),
    }
    marks = [*ghost(rows, labels), trace, *printed_marks(rows, lang, labels)]
    # A mark may lie beyond its bar, so the number stands behind both.
    ends = _ends(rows)
    marks.append({**NUMBERS, "x": ends, "y": labels, "text": [f"{GAP}{text}" for text in texts]})
    layout = {
        "xaxis": {**_scale(rows, ends, option), "showticklabels": False, "showgrid": False},
        "yaxis": downwards(len(rows)),
        "barmode": "overlay",
        "margin": {"t": 4, "r": 8, "b": 4},
    }
    return {"data": marks, "layout": layout}


def _scale(rows: pd.DataFrame, ends: list[float], option: str) -> dict[str, Any]:
    room = 1.9 if "chosen" in rows else 1.22  # behind the longest bar, for its number
    top = max(ends, default=1.0) or 1.0
    if option == "log":
        lowest = min((value for value in ends if value > 0), default=0.1)
        return {"type": "log", "range": [math.log10(lowest / 2), math.log10(top) + math.log10(top / lowest * 2) * 0.9]}
    lowest = min(0.0, *rows["value"]) if len(rows) else 0.0
    return {"range": [lowest * 1.22, top * room]}


def counted(rows: pd.DataFrame) -> list[str]:
    """Write every value with its unit, on cards that filter each other with the count behind it."""
    texts = texts_of(rows)
    if "chosen" not in rows or rows["n"].isna().all():
        return texts
    return [f"{text} · {int(n):,}" for text, n in zip(texts, rows["n"].fillna(0), strict=True)]


def picks_of(rows: pd.DataFrame) -> list[str]:
    """Give what a click on each item chooses."""
    return rows["pick" if "pick" in rows else "item"].tolist()


def opacities(rows: pd.DataFrame) -> list[float]:
    """Fade what is not chosen."""
    return [1.0 if chosen else 0.35 for chosen in rows["chosen"]] if "chosen" in rows else [1.0] * len(rows)


def ghost(rows: pd.DataFrame, labels: list[Any], upright: bool = False) -> list[dict[str, Any]]:
    """Draw what the selection is compared with as pale bars behind it, or nothing."""
    if "base" not in rows:
        return []
    said = [write_value(value, unit) for value, unit in zip(rows["base"], rows["unit"], strict=True)]
    values = rows["base"].tolist()
    return [
        {
            "type": "bar",
            "orientation": "v" if upright else "h",
            "x": labels if upright else values,
            "y": values if upright else labels,
            "width": 0.92,
            "text": said,
            "textposition": "none",
            "marker": {"color": "$ghost"},
            "customdata": picks_of(rows),
            "hovertemplate": ("%{x}" if upright else "%{y}") + " ▒ %{text}<extra></extra>",
            "showlegend": False,
        }
    ]


def _ends(rows: pd.DataFrame) -> list[float]:
    """Give how far right each bar or its mark reaches."""
    beside = [pd.to_numeric(rows[name]) for name in ("reported", "base") if name in rows]
    return pd.concat([rows["value"], *beside], axis=1).max(axis=1).tolist()


def printed_marks(rows: pd.DataFrame, lang: str, labels: list[str], upright: bool = False) -> list[dict[str, Any]]:
    """Mark what the report prints by hollow diamonds on computed bars; no marks where it prints nothing."""
    given = rows["reported"].fillna("").tolist() if "reported" in rows else []
    if not any(given):
        return []
    values = [float(text) if text else None for text in given]
    said = [
        f"{t('status.printed', lang)} {write_value(float(text), unit, text)}" if text else ""
        for text, unit in zip(given, rows["unit"], strict=True)
    ]
    return [
        {
            "type": "scatter",
            "mode": "markers",
            "x": labels if upright else values,
            "y": values if upright else labels,
            "text": said,
            "marker": {"symbol": "diamond", "size": 9, "color": "$card", "line": {"color": "$ink", "width": 1.4}},
            "hovertemplate": "%{text}<extra></extra>",
            "cliponaxis": False,
            "showlegend": False,
        }
    ]


def columns(rows: pd.DataFrame, lang: str, _option: str = "") -> Figure:
    """Draw upright bars over the years that the items name, `founded_2015`."""
    years = [int(item.rpartition("_")[2]) for item in rows["item"]]
    trace: dict[str, Any] = {
        "type": "bar",
        "x": years,
        "y": rows["value"].tolist(),
        "text": counted(rows),
        "textposition": "none",
        "marker": {"color": "$enabling", "opacity": opacities(rows)},
        "customdata": picks_of(rows),
        "hovertemplate": "%{x}: %{text}<extra></extra>",
        "showlegend": False,
    }
    marks = printed_marks(rows, lang, years, upright=True)
    layout = {
        "xaxis": {"showgrid": False, "tickformat": "d", "nticks": 10},
        "yaxis": {"ticksuffix": "%", "nticks": 5, "rangemode": "tozero"},
        "bargap": 0.15,
        "barmode": "overlay",
        "margin": {"t": 12, "r": 8, "b": 28, "l": 40},
    }
    return {"data": [*ghost(rows, years, upright=True), trace, *marks], "layout": layout}


def downwards(count: int) -> dict[str, Any]:
    """Give a category axis from the top down; few bars keep to the top and stay slim."""
    return {"type": "category", "range": [max(count, FEWEST_ROWS) - 0.5, -0.5], "showgrid": False}


def legend_on_top(order: str = "normal") -> dict[str, Any]:
    """Place the legend above the plot, at its left edge."""
    return {
        "orientation": "h",
        "x": 0,
        "xanchor": "left",
        "y": 1.0,
        "yanchor": "bottom",
        "traceorder": order,
    }
