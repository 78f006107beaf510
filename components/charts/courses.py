"""Drawing of what polarizes or spreads over the years: lines of two readings, areas, a table of changes."""

from typing import Any

import pandas as pd

from analytics.measures.verdict import SMALLEST
from components.charts.drawing import legend_on_top, printed_marks, texts_of
from components.charts.spec import Figure
from components.i18n import t

TURN = 2017  # "2017 年之前，是……“极化”阶段", page I of the report
HEIGHT = 260  # pixels of the plot: how near two names may stand
LINE = 34  # pixels that a name and its value take
COLOURS = {"source": "$enabling", "target": "$input"}
AREAS = {
    "within": "$c1",
    "core_core": "$c3",
    "core_periphery": "$c6",
    "periphery_core": "$c2",
    "periphery_periphery": "$c7",
    "elsewhere": "$mute",
}
INSIDE = "inside_"


def draw_courses(rows: pd.DataFrame, lang: str, _option: str) -> Figure:
    """Draw a strong line for all relations up to a year, a thin dotted one for those of the year alone."""
    parts = [part for _, part in rows.groupby("item", sort=False)]
    data = [line for part in parts for line in _course(part, lang)]
    named = [part for part in parts if not part["item"].iloc[0].endswith("_year")]
    layout = {
        "xaxis": _years(rows),
        "yaxis": {"nticks": 6, "tickformat": ",", "ticksuffix": "%" if rows["unit"].eq("percent").all() else ""},
        "annotations": [*_ends(named, rows, lang), *_turn_words(rows, lang)],
        "shapes": _turn_line(rows),
        "legend": legend_on_top(),
        "margin": {"t": 30, "r": 112 if lang == "en" else 84, "b": 28, "l": 48},
    }
    data += _readings(rows, lang) if len(named) < len(parts) else []
    return {"data": data or [{"type": "scatter"}], "layout": layout}


def _course(rows: pd.DataFrame, lang: str) -> list[dict[str, Any]]:
    item, years = str(rows["item"].iloc[0]), rows["year"].astype(int).tolist()
    style = "dot" if item.endswith("_year") else "dash" if item.endswith("_between") else "solid"
    line = {"color": _colour(item), "width": 2.5 if style == "solid" else 1.6, "dash": style}
    name = rows[f"item_{lang}"].iloc[0]
    trace = {
        "type": "scatter",
        "mode": "lines+markers",
        "x": years,
        "y": rows["value"].tolist(),
        "text": _told(rows),
        "line": line,
        "marker": {"size": 5 if style == "solid" else 3, "color": line["color"]},
        "hovertemplate": f"{name}<br>%{{x}}: %{{text}}<extra></extra>",
        "showlegend": False,
        "cliponaxis": False,
    }
    return [*_ghost(rows, years, name), trace, *printed_marks(rows, lang, years, upright=True)]


def _readings(rows: pd.DataFrame, lang: str) -> list[dict[str, Any]]:
    """Name the two kinds of line in the legend; they have no points of their own."""
    first = int(rows["year"].min())
    same = {"type": "scatter", "mode": "lines", "x": [first], "y": [None], "hoverinfo": "skip", "showlegend": True}
    kinds = (("stock", 2.5, "solid"), ("new", 1.6, "dot"))
    return [
        {**same, "name": t(f"option.{option}", lang), "line": {"color": "$mute", "width": width, "dash": dash}}
        for option, width, dash in kinds
    ]


def _ghost(rows: pd.DataFrame, years: list[int], name: str) -> list[dict[str, Any]]:
    """Draw what the selection is compared with as a pale line behind."""
    if "base" not in rows or rows["item"].iloc[0].endswith("_year"):
        return []
    line = {"color": "$ghost", "width": 5}
    shown = [None if pd.isna(value) else float(value) for value in rows["base"]]
    more = {"hovertemplate": f"{name} ▒<br>%{{x}}: %{{y}}<extra></extra>", "showlegend": False}
    return [{"type": "scatter", "mode": "lines", "x": years, "y": shown, "line": line, **more}]


def _told(rows: pd.DataFrame) -> list[str]:
    columns = zip(texts_of(rows), rows["n"], rows["note"], strict=True)
    return [" · ".join(filter(None, (text, f"{int(n):,}", note))) for text, n, note in columns]


def _colour(item: str) -> str:
    return COLOURS.get(item.partition("_")[0], "$c1")


def _years(rows: pd.DataFrame) -> dict[str, Any]:
    if rows.empty:
        return {}
    first, last = int(rows["year"].min()), int(rows["year"].max())
    every = 1 if last - first < 4 else 3
    return {"range": [first - 0.3, last + 0.3], "tickformat": "d", "dtick": every, "tick0": first, "showgrid": False}


def _ends(parts: list[pd.DataFrame], rows: pd.DataFrame, lang: str) -> list[dict[str, Any]]:
    """Write name and value at the end of each line, moved apart where two would meet."""
    lasts = sorted((part.iloc[-1] for part in parts), key=lambda row: float(row["value"]))
    span = float(rows["value"].max() - rows["value"].min()) or 1.0
    notes, lowest = [], float("-inf")
    for row in lasts:
        at = float(row["value"]) / span * HEIGHT
        placed = max(at, lowest + LINE)
        lowest = placed
        name = t(f"polar.short_{row['item']}", lang)
        text = f"{name}<br><b>{texts_of(row.to_frame().T)[0]}</b>"
        notes.append(_note(1, float(row["value"]), text, _colour(row["item"])) | {"yshift": round(placed - at)})
    return notes


def _note(x: float, y: float, text: str, colour: str) -> dict[str, Any]:
    place = {"x": x, "xref": "paper", "xanchor": "left", "xshift": 8, "y": y, "align": "left"}
    return {**place, "text": text, "showarrow": False, "font": {"color": colour, "size": 12}}


def _marked(rows: pd.DataFrame) -> bool:
    """Tell whether the report's turn lies among the years of the report's own network."""
    if rows.empty:
        return False
    return bool(rows["status"].eq("modelled").all() and rows["year"].min() < TURN < rows["year"].max())


def _turn_line(rows: pd.DataFrame) -> list[dict[str, Any]]:
    line = {"color": "$mute", "width": 1, "dash": "dash"}
    ends = {"type": "line", "x0": TURN, "x1": TURN, "yref": "paper", "y0": 0, "y1": 1, "layer": "below"}
    return [{**ends, "line": line}] if _marked(rows) else []


def _turn_words(rows: pd.DataFrame, lang: str) -> list[dict[str, Any]]:
    place = {"x": TURN, "xanchor": "left", "xshift": 4, "y": 1, "yref": "paper", "yanchor": "top", "showarrow": False}
    text = t("polar.turn", lang, year=TURN)
    return [{**place, "text": text, "font": {"size": 11, "color": "$mute"}}] if _marked(rows) else []


def draw_structure(rows: pd.DataFrame, lang: str, _option: str) -> Figure:
    """Draw areas that add up to all relations, and lines for the two provinces whose inner share is printed."""
    inside = rows["item"].str.startswith(INSIDE)
    data = [_area(part, lang) for _, part in rows[~inside].groupby("item", sort=False)]
    for _, part in rows[inside].groupby("item", sort=False):
        data += _inside(part, lang)
    layout = {
        "xaxis": _years(rows),
        "yaxis": {"range": [0, 100], "ticksuffix": "%", "dtick": 25},
        "legend": legend_on_top(),
        "annotations": _inside_words(rows[inside], lang),
        "shapes": _turn_line(rows),
        "margin": {"t": 64, "r": 16, "b": 28, "l": 44},
    }
    return {"data": data or [{"type": "scatter"}], "layout": layout}


def _area(rows: pd.DataFrame, lang: str) -> dict[str, Any]:
    item = str(rows["item"].iloc[0])
    name = t(f"polar.short_{item}", lang)
    return {
        "type": "scatter",
        "mode": "lines+markers" if len(rows) == 1 else "lines",
        "stackgroup": "all",
        "name": name,
        "x": rows["year"].astype(int).tolist(),
        "y": rows["value"].tolist(),
        "text": _told(rows),
        "line": {"color": AREAS[item], "width": 1},
        "fillcolor": f"{AREAS[item]}/0.45",
        "hovertemplate": f"{name}<br>%{{x}}: %{{text}}<extra></extra>",
    }


def _inside(rows: pd.DataFrame, lang: str) -> list[dict[str, Any]]:
    years, name = rows["year"].astype(int).tolist(), rows[f"item_{lang}"].iloc[0]
    trace = {
        "type": "scatter",
        "mode": "lines",
        "x": years,
        "y": rows["value"].tolist(),
        "text": _told(rows),
        "line": {"color": "$ink", "width": 1.4, "dash": "dot"},
        "hovertemplate": f"{name}<br>%{{x}}: %{{text}}<extra></extra>",
        "showlegend": False,
    }
    return [trace, *printed_marks(rows, lang, years, upright=True)]


def _inside_words(rows: pd.DataFrame, lang: str) -> list[dict[str, Any]]:
    """Name the dotted lines, the higher one above it, the lower one below."""
    lasts = rows.sort_values("year").groupby("item", sort=False).tail(1).sort_values("value")
    sides = zip(lasts.itertuples(), ("top", "bottom"), strict=False)
    font = {"size": 11, "color": "$ink"}
    return [
        {
            **{"x": int(row.year), "xanchor": "right", "xshift": -12, "y": float(row.value), "yanchor": edge},
            **{"text": t(f"polar.short_{row.item}", lang), "showarrow": False, "font": font},
        }
        for row, edge in sides
    ]


def draw_changes(rows: pd.DataFrame, lang: str, _option: str) -> Figure:
    """Draw a table, measure by year, whose cells say by sign and colour which way each measure moved."""
    wide = rows.pivot(index="item", columns="year", values="value").reindex(rows["item"].unique())
    notes = rows.pivot(index="item", columns="year", values="note").reindex(index=wide.index).fillna("")
    names = [t(f"polar.short_{item}", lang) for item in wide.index]
    cells = [[None if pd.isna(value) else float(value) for value in line] for line in wide.to_numpy()]
    trace = {
        "type": "heatmap",
        "x": [str(year) for year in wide.columns],
        "y": names,
        "z": [[None if value is None else _way(value) for value in line] for line in cells],
        "text": [["" if value is None else _signed(value) for value in line] for line in cells],
        "customdata": notes.to_numpy().tolist(),
        "texttemplate": "%{text}",
        "textfont": {"color": "$ink", "size": 11},
        "colorscale": [[0, "$enabling/0.38"], [0.5, "$filtered"], [1, "$input/0.45"]],
        "zmin": -1,
        "zmax": 1,
        "showscale": False,
        "xgap": 2,
        "ygap": 2,
        "hoverongaps": False,
        "hovertemplate": "%{y}<br>%{customdata}<br>%{text}%<extra></extra>",
    }
    layout = {
        "xaxis": {"type": "category", "side": "top", "showgrid": False, "tickangle": 0, "tickfont": {"size": 11}},
        "yaxis": {"type": "category", "autorange": "reversed", "showgrid": False},
        "margin": {"t": 28, "r": 4, "b": 8},
    }
    return {"data": [trace], "layout": layout}


def _way(value: float) -> int:
    return 1 if value > SMALLEST else -1 if value < -SMALLEST else 0


def _signed(value: float) -> str:
    """Write a change with its sign; what rounds to nothing has none."""
    return f"{value:+.1f}".replace("-", "−") if abs(value) >= 0.05 else "0.0"
