"""The ranking as two pictures with the same rows: what the pillars add, and how firm the ranks are."""

from typing import Any

from analytics.index.ranking import Ranking
from components.charts.drawing import GAP, legend_on_top
from components.charts.spec import Figure
from components.i18n import t
from components.index_page import COLOURS

ROW, FRAME = 22, 96  # px of a province and of axis and legend


def height_of(ranking: Ranking) -> int:
    """Give the height of both pictures in px."""
    return FRAME + ROW * max(len(ranking.rows), 4)


def draw_scores(ranking: Ranking, names: dict[str, str], decimals: int, lang: str) -> Figure:
    """Draw one stacked bar a province, a part for every pillar, the total at its end."""
    rows, labels = ranking.rows, _labels(ranking, names)
    data: list[dict[str, Any]] = [
        {
            "type": "bar",
            "orientation": "h",
            "name": t(f"index.pillar_{pillar}", lang),
            "y": labels,
            "x": rows[f"{pillar}_part"].round(3).tolist(),
            "customdata": rows[pillar].round(decimals).tolist(),
            "marker": {"color": f"${COLOURS[pillar]}"},
            "hovertemplate": f"%{{y}}<br>%{{fullData.name}}: {t('index.hover', lang)}<extra></extra>",
        }
        for pillar in ranking.pillars
    ]
    ends = rows[[f"{pillar}_part" for pillar in ranking.pillars]].clip(lower=0).sum(axis=1)
    data.append(
        {
            "type": "scatter",
            "mode": "text",
            "y": labels,
            "x": ends.round(3).tolist(),
            "text": [f"{GAP}<b>{value:.{decimals}f}</b>" for value in rows["score"]],
            "textposition": "middle right",
            "cliponaxis": False,
            "showlegend": False,
            "hoverinfo": "skip",
        }
    )
    top, low = max(float(ends.max()), 1e-9), min(0.0, float((rows["score"] - ends).min()))
    return {
        "data": data,
        "layout": {
            "barmode": "relative",
            "bargap": 0.25,
            "xaxis": {"range": [low * 1.05, top * 1.14], "nticks": 5, "zeroline": low < 0},
            "yaxis": _axis(labels),
            "legend": legend_on_top("normal"),
            "margin": {"t": 60, "r": 10, "b": 28},
        },
    }


def draw_ranks(ranking: Ranking, names: dict[str, str], printed: dict[str, int], lang: str) -> Figure:
    """Draw every province's rank as a dot on its range; the printed rank is a hollow diamond."""
    rows, labels = ranking.rows, _labels(ranking, names)
    ranges: list[Any] = [[], []]
    for label, low, high in zip(labels, rows["low"], rows["high"], strict=True):
        ranges[0] += [int(low), int(high), None]
        ranges[1] += [label, label, None]
    bones = {
        "type": "scatter",
        "mode": "lines",
        "name": t("index.range", lang),
        "x": ranges[0],
        "y": ranges[1],
        "line": {"color": "$t3", "width": 7},
        "hoverinfo": "skip",
    }
    dots = {
        "type": "scatter",
        "mode": "markers",
        "name": t("index.rank", lang),
        "x": rows["rank"].tolist(),
        "y": labels,
        "text": [
            t("index.hover_rank", lang, held=f"{held:.0%}", low=int(low), high=int(high))
            for held, low, high in zip(rows["held"], rows["low"], rows["high"], strict=True)
        ],
        "marker": {"size": 8, "color": "$ink"},
        "hovertemplate": "%{y}<br>%{text}<extra></extra>",
    }
    return {
        "data": [bones, dots, *_diamonds(ranking, labels, printed, lang)],
        "layout": {
            "xaxis": {"range": [0.2, len(rows) + 0.8], "tickformat": "d", "nticks": 8, "showgrid": True},
            "yaxis": _axis(labels),
            "legend": legend_on_top("normal"),
            "margin": {"t": 60, "r": 10, "b": 28},
        },
    }


def _diamonds(ranking: Ranking, labels: list[str], printed: dict[str, int], lang: str) -> list[dict[str, Any]]:
    found = [
        (printed[code], label) for code, label in zip(ranking.rows["code"], labels, strict=True) if code in printed
    ]
    if not found:
        return []
    places, at = zip(*found, strict=True)
    return [
        {
            "type": "scatter",
            "mode": "markers",
            "name": t("index.printed", lang),
            "x": list(places),
            "y": list(at),
            "marker": {
                "symbol": "diamond-open",
                "size": 14,
                "color": "$input",
                "line": {"color": "$input", "width": 2},
            },
            "hovertemplate": "%{y} · %{fullData.name} %{x}<extra></extra>",
        }
    ]


def _labels(ranking: Ranking, names: dict[str, str]) -> list[str]:
    return [f"{names[code]}  {place}" for code, place in zip(ranking.rows["code"], ranking.rows["rank"], strict=True)]


def _axis(labels: list[str]) -> dict[str, Any]:
    return {"type": "category", "range": [len(labels) - 0.5, -0.5], "showgrid": False, "dtick": 1}
