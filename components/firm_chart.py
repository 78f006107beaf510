"""Degree by year, as the lines of a profile."""

from typing import Any

import pandas as pd
from dash import dcc, html

from analytics.profiles import Profile
from components.charts.drawing import legend_on_top
from components.charts.spec import Figure
from components.i18n import t

COLOURS = {"degree": "$ink", "out_degree": "$enabling", "in_degree": "$input"}
HEIGHT = 240  # px


def degree_chart(profile: Profile, lang: str) -> list[Any]:
    """Give the chart, and the same in words for those who cannot see it."""
    rows = profile.years.assign(degree=profile.years["in_degree"] + profile.years["out_degree"])
    graph = dcc.Graph(
        id="profile-years",
        figure=draw_degrees(rows, profile.printed, lang),
        style={"height": HEIGHT},
        config={"displayModeBar": False, "responsive": True},
    )
    said = [f"{row.year}: {row.degree:,} ({row.in_degree:,} + {row.out_degree:,})" for row in rows.itertuples()]
    words = html.P(f"{t('profile.years_words', lang)} {'; '.join(said)}", className="sr-only")
    return [html.Div(graph, className="card-plot", **{"aria-hidden": "true"}), words]


def draw_degrees(rows: pd.DataFrame, printed: dict[str, int], lang: str) -> Figure:
    """Draw one line a degree over the years: `year` and the columns of `COLOURS`.

    `printed` are the degrees of the last year as the report prints them: hollow diamonds.
    """
    lines = [_line(rows, column, lang) for column in COLOURS]
    return {
        "data": [*lines, *_diamonds(rows, printed, lang)],
        "layout": {
            "xaxis": {"showgrid": False, "tickformat": "d", "nticks": 10},
            "yaxis": {"rangemode": "tozero", "tickformat": ",d", "nticks": 5},
            "legend": legend_on_top(),
            "hovermode": "x unified",
            "margin": {"t": 30, "r": 16, "b": 28, "l": 44},
        },
    }


def _line(rows: pd.DataFrame, column: str, lang: str) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": t(f"measure.{column}", lang),
        "x": rows["year"].tolist(),
        "y": rows[column].tolist(),
        "line": {"color": COLOURS[column], "width": 2.5 if column == "degree" else 1.8},
        "marker": {"size": 5, "color": COLOURS[column]},
        "hovertemplate": "%{y:,d}",
    }


def _diamonds(rows: pd.DataFrame, printed: dict[str, int], lang: str) -> list[dict[str, Any]]:
    if not printed:
        return []
    marker = {"symbol": "diamond", "size": 10, "color": "$card", "line": {"color": "$ink", "width": 1.4}}
    values = [printed[column] for column in COLOURS if column in printed]
    return [
        {
            "type": "scatter",
            "mode": "markers",
            "name": t("status.printed", lang),
            "x": [int(rows["year"].iloc[-1])] * len(values),
            "y": values,
            "marker": marker,
            "hoverinfo": "skip",
        }
    ]
