"""The course of a place's shares as lines: for the page by plotly, for the file as a drawing of its own."""

import math
from html import escape
from typing import Any

from dash import dcc, html

from analytics.regions import Chapter
from components.charts.drawing import legend_on_top
from components.charts.spec import Figure
from components.i18n import t
from components.region_names import share

LINES = {"enabling": ("$enabling", "solid", "#0f766e", ""), "input": ("$input", "dash", "#b45309", "5 4")}
DASHES = ("solid", "dash", "dot", "dashdot")
COLOURS = ("$c1", "$c2", "$c3", "$c4")
HEIGHT, WIDE, TALL, LEFT, LOW, TOP = 240, 640, 220, 44, 24, 26  # px


def years_chart(chapter: Chapter, lang: str) -> list[Any]:
    """Give the chart of one place; its table says the same to those who cannot see it."""
    years = chapter.years["year"].tolist()
    lines = [
        _line(t(f"chapter.{name}", lang), years, chapter.years[name].tolist(), colour, dash)
        for name, (colour, dash, *_) in LINES.items()
    ]
    return [_graph("region-years", lines)]


def compared_chart(chapters: list[Chapter], name: str, lang: str) -> html.Div:
    """Give one measure of several places on one scale."""
    looks = list(zip(COLOURS, DASHES, strict=True))
    lines = [
        _line(one.place.name(lang), one.years["year"].tolist(), one.years[name].tolist(), *look)
        for one, look in zip(chapters, looks, strict=False)
    ]
    return _graph(f"compare-{name}", lines)


def _graph(id_: str, lines: list[dict[str, Any]]) -> html.Div:
    figure: Figure = {
        "data": lines,
        "layout": {
            "xaxis": {"showgrid": False, "tickformat": "d", "nticks": 10},
            "yaxis": {"rangemode": "tozero", "ticksuffix": "%", "nticks": 5},
            "legend": legend_on_top(),
            "hovermode": "x unified",
            "margin": {"t": 34, "r": 16, "b": 28, "l": 52},
        },
    }
    config = {"displayModeBar": False, "responsive": True}
    graph = dcc.Graph(id=id_, figure=figure, style={"height": HEIGHT}, config=config)
    return html.Div(graph, className="card-plot", **{"aria-hidden": "true"})


def _line(name: str, years: list[int], values: list[float], colour: str, dash: str) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": name,
        "x": years,
        "y": [None if math.isnan(value) else value for value in values],
        "line": {"color": colour, "dash": dash, "width": 2},
        "marker": {"size": 5, "color": colour},
        "hovertemplate": "%{y:.2f}%",
    }


def years_svg(chapter: Chapter, lang: str) -> str:
    """Draw the same lines as SVG, with the names at the top; nothing where there are no years."""
    rows = chapter.years
    if rows.empty:
        return ""
    top = max(float(rows[list(LINES)].max().max()), 1e-9) if rows[list(LINES)].notna().any().any() else 1.0
    parts = [_axis(rows["year"].tolist(), top)]
    for at, (name, (_, _, ink, dash)) in enumerate(LINES.items()):
        label = escape(t(f"chapter.{name}", lang))
        spots = [(_x(i, len(rows)), _y(value, top)) for i, value in enumerate(rows[name]) if not math.isnan(value)]
        line = " ".join(f"{x:.1f},{y:.1f}" for x, y in spots)
        style = f'fill="none" stroke="{ink}" stroke-width="2" stroke-dasharray="{dash}"'
        parts.append(f'<polyline points="{line}" {style}/>')
        parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{ink}"/>' for x, y in spots]
        parts.append(f'<text x="{LEFT + at * 220}" y="14" fill="{ink}">● {label}</text>')
    said = escape(t("chapter.years_title", lang))
    return f'<svg viewBox="0 0 {WIDE} {TALL}" role="img" aria-label="{said}" font-size="12">{"".join(parts)}</svg>'


def _axis(years: list[int], top: float) -> str:
    base = f'<line x1="{LEFT}" x2="{WIDE}" y1="{TALL - LOW}" y2="{TALL - LOW}" stroke="#999"/>'
    ticks = [
        f'<text x="{_x(i, len(years)):.1f}" y="{TALL - 6}" text-anchor="middle">{year}</text>'
        for i, year in enumerate(years)
    ]
    ends = [f'<text x="0" y="{_y(value, top) + 4:.1f}">{share(value)}</text>' for value in (0.0, top)]
    return base + "".join(ticks) + "".join(ends)


def _x(at: int, count: int) -> float:
    room = WIDE - LEFT - 40
    return LEFT + 20 + (room * at / (count - 1) if count > 1 else room / 2)


def _y(value: float, top: float) -> float:
    return TALL - LOW - (TALL - LOW - TOP) * value / top
