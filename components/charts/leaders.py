"""The leading nodes: how their ranks move, what hangs on them, how unequal degrees are."""

from typing import Any

import numpy as np
import pandas as pd

from analytics import store
from analytics.filters import Filters
from analytics.measures import Slice
from analytics.measures.leaders import DEGREES, LEADERS, gini, lorenz, rank_movement, reach, tail, tail_law
from components.charts.drawing import bars
from components.charts.select import COLUMNS, mark_chosen
from components.charts.spec import ChartSpec, Figure
from components.charts.topics import told
from components.i18n import LANGUAGES, t
from components.numbers import write_value

ENDS = ("provinces", "layers", "years", "end", "data")
SERIES = ("$c1", "$c2", "$c3", "$c4", "$c5", "$c6", "$c7")
COUNTS = {"top_1": 1, "top_10": LEADERS, "top_100": 100}
TICKS = [1, 2, 3, 5, 10, 20, 50, 100, 1000]
BLANK: dict[str, Any] = {"type": "scatter", "x": [], "y": []}
TONES = ("$ink", "$enabling", "$input", "$mute")
LAW = "tail_law"
PLAUSIBLE = 0.1  # of resampled tails that fit worse; Clauset, Shalizi and Newman's bound
CURVES = ("degree", "out_degree", "in_degree")


def select_movement(filters: Filters, option: str) -> pd.DataFrame:
    """Give the rank of every leading node by year."""
    rows = rank_movement(Slice(store.tables(filters.data), filters), option)
    return told(rows, filters, "table-2", f"rank_{option}", "rank")[[*COLUMNS, "reported", "n"]]


def draw_movement(rows: pd.DataFrame, lang: str, _option: str) -> Figure:
    """Draw a line a node, the first place on top, its name at the end."""
    data, notes = [], []
    for at, (_, part) in enumerate(rows.groupby("item", sort=False)):
        colour, name = SERIES[at % len(SERIES)], str(part[f"item_{lang}"].iloc[0])
        data.append(_course(part, name, colour))
        notes.append(_end(part, name, colour))
    worst = float(rows["value"].max()) if len(rows) else 1.0
    layout = {
        "xaxis": {"type": "category", "showgrid": False, "tickangle": 0},
        "yaxis": {"type": "log", "range": [np.log10(worst * 1.25), np.log10(0.85)], "tickvals": TICKS},
        "annotations": notes,
        "margin": {"t": 12, "b": 28, "l": 36, "r": 120},
    }
    return {"data": data or [BLANK], "layout": layout}


def _course(part: pd.DataFrame, name: str, colour: str) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "x": part["year"].astype(str).tolist(),
        "y": part["value"].tolist(),
        "text": [f"{int(n):,}" for n in part["n"]],
        "name": name,
        "line": {"color": colour, "width": 2.5, "shape": "spline", "smoothing": 0.6},
        "marker": {"size": 7, "color": colour},
        "hovertemplate": f"{name}<br>%{{x}}: %{{y}} (%{{text}})<extra></extra>",
        "showlegend": False,
    }


def _end(part: pd.DataFrame, name: str, colour: str) -> dict[str, Any]:
    last = part.iloc[-1]
    return {
        "x": 1,
        "xref": "paper",
        "xanchor": "left",
        "xshift": 10,
        "y": float(np.log10(last["value"])),
        "text": f"{int(last['value'])} {name}",
        "showarrow": False,
        "font": {"color": colour, "size": 12},
    }


def select_reach(filters: Filters, option: str) -> pd.DataFrame:
    """Give the share of each province's input that the leading nodes provide."""
    rows = reach(filters, store.tables(filters.data)["nodes"], COUNTS[option])
    return mark_chosen(told(rows, filters, "table-6", "share_reach", "percent"), "provinces", filters)[
        [*COLUMNS, "reported", "n", "pick", "chosen"]
    ]


def _degrees(filters: Filters, measure: str) -> np.ndarray:
    return Slice(store.tables(filters.data), filters).nodes()[measure].to_numpy(np.int64)


def select_tail(filters: Filters, _option: str) -> pd.DataFrame:
    """Give the share of nodes of at least each degree, and the law that fits its tail; `item` is the degree."""
    parts = []
    for measure in CURVES:
        rows = tail(_degrees(filters, measure))
        parts.append(_points(rows.rename(columns={"degree": "x"}), f"tail_{measure}", filters))
    law, _ = tail_law(_degrees(filters, "degree"))
    parts.append(_points(law.rename(columns={"degree": "x"}), LAW, filters))
    return pd.concat(parts, ignore_index=True)


def select_lorenz(filters: Filters, _option: str) -> pd.DataFrame:
    """Give the Lorenz curve of degree; `item` is the percentage of nodes."""
    rows = lorenz(_degrees(filters, "degree")).rename(columns={"share_nodes": "x"})
    return _points(rows, "share_degree", filters)


def _points(rows: pd.DataFrame, measure: str, filters: Filters) -> pd.DataFrame:
    labels = {f"item_{lang}": [t(f"item.{measure}", lang, x=f"{x:,.4g}") for x in rows["x"]] for lang in LANGUAGES}
    items = rows.assign(item=[f"{x:g}" for x in rows["x"]])
    return told(items.assign(**labels), filters, "figure-14", measure, "percent")[[*COLUMNS, "reported", "n", "x"]]


def draw_tail(rows: pd.DataFrame, lang: str, _option: str) -> Figure:
    """Draw the three curves and the law on two log scales."""
    data = [
        {
            "type": "scatter",
            "mode": "lines" if measure == LAW else "lines+markers",
            "x": part["x"].tolist(),
            "y": part["value"].tolist(),
            "name": t(f"measure.{measure}", lang),
            "line": {"color": colour, "width": 1.5, "dash": "dash" if measure == LAW else "solid"},
            "marker": {"size": 4, "color": colour},
            "hovertemplate": "%{fullData.name}<br>≥ %{x:,}: %{y:.3~g}%<extra></extra>",
        }
        for colour, (measure, part) in zip(TONES, rows.groupby("measure", sort=False), strict=False)
    ]
    layout = {
        "xaxis": {"type": "log", "dtick": 1, "title": {"text": t("chart.degree_tail.x", lang)}},
        "yaxis": {"type": "log", "dtick": 1, "ticksuffix": "%", "tickformat": "~g"},
        "legend": {"orientation": "h", "x": 0, "y": 1, "yanchor": "bottom"},
        "margin": {"t": 30, "b": 44, "l": 56, "r": 12},
    }
    return {"data": data or [BLANK], "layout": layout}


def draw_lorenz(rows: pd.DataFrame, lang: str, _option: str) -> Figure:
    """Draw the curve, the line of equality, and the fifth of nodes that the report speaks of."""
    x, y = rows["x"].tolist(), rows["value"].tolist()
    fifth = float(np.interp(20, x, y)) if x else 0.0
    line = {"type": "scatter", "mode": "lines", "hoverinfo": "skip", "showlegend": False}
    curve = {"line": {"color": "$enabling", "width": 2.5}, "fill": "tonexty", "fillcolor": "$enabling/0.12"}
    data = [
        {**line, "x": [0, 100], "y": [0, 100], "line": {"color": "$nodata-line", "dash": "dot"}},
        {**line, "x": x, "y": y, **curve, "hoverinfo": "x+y"},
        {**line, "x": [20, 20, 0], "y": [0, fifth, fifth], "line": {"color": "$input", "width": 1.2, "dash": "dash"}},
    ]
    said = t("chart.degree_lorenz.fifth", lang, value=write_value(fifth, "percent"))
    note = {"x": 22, "y": fifth, "text": said, "showarrow": False, "xanchor": "left", "yanchor": "top"}
    layout = {
        "xaxis": {"range": [0, 100], "ticksuffix": "%", "title": {"text": t("chart.degree_lorenz.x", lang)}},
        "yaxis": {"range": [0, 101], "ticksuffix": "%"},
        "annotations": [note],
        "margin": {"t": 10, "b": 44, "l": 48, "r": 12},
    }
    return {"data": data, "layout": layout}


def remark_gini(filters: Filters, lang: str) -> str:
    """Say the Gini coefficient of degree."""
    found = gini(_degrees(filters, "degree"))
    return "" if np.isnan(found) else t("chart.degree_lorenz.gini", lang, value=f"{found:.3f}")


def remark_law(filters: Filters, lang: str) -> str:
    """Say the exponent of the law, and for the whole network whether it is plausible."""
    _, exponent = tail_law(_degrees(filters, "degree"))
    if np.isnan(exponent):
        return ""
    said = t("chart.degree_tail.law", lang, value=f"{exponent:.2f}")
    whole = filters.without("data") == Filters(years=store.span(filters.data)).without("data")
    return ("" if lang == "zh" else " ").join([said, *(_plausible(filters.data, lang) if whole else [])])


def _plausible(data: str, lang: str) -> list[str]:
    values = store.tables(data)["network_values"].set_index("name")["value"]
    p, ratio = values["power_law_degree_p"], values["power_law_degree_ratio"]
    if pd.isna(p):
        return []
    said = "holds" if p >= PLAUSIBLE else "fails", "better" if ratio > 0 else "worse"
    fit, rival = (t(f"leaders.{one}", lang, p=f"{p:.2f}", ratio=f"{abs(ratio):.1f}") for one in said)
    return [fit, rival]


NODES = ("provinces", "layers", "years", "data")
LEADING = (
    ChartSpec("rank_movement", "ranks", ("table-2",), NODES, select_movement, draw_movement, DEGREES, 400),
    ChartSpec("platform_reach", "bars", ("table-6",), ENDS, select_reach, bars, tuple(COUNTS), 700, walks=True),
    ChartSpec("degree_tail", "curve", ("figure-14",), NODES, select_tail, draw_tail, height=360, remark=remark_law),
    ChartSpec(
        "degree_lorenz", "curve", ("figure-14",), NODES, select_lorenz, draw_lorenz, height=360, remark=remark_gini
    ),
)
