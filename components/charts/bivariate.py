"""Two measures on one map: three classes of each, nine colours, and a key of nine squares."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

import pandas as pd

from components.charts.shades import Shade, quantiles
from components.i18n import t

CLASSES = 3
Shades = tuple[Shade, Shade]


def bivariate_shades(
    rows: pd.DataFrame, measures: tuple[str, str] | tuple[str, ...], limits: tuple[float, ...], classes: str
) -> Shades:
    """Give the classes of both measures: fixed limits, or a third of the provinces in each."""
    shown = rows[rows["state"].eq("shown")]
    found = [quantiles(shown.loc[shown["measure"].eq(name), "value"], CLASSES) for name in measures]
    one, other = (Shade(limits if classes == "steps" or len(own) < CLASSES - 1 else own, ()) for own in found)
    return one, other


def bivariate_fills(
    rows: pd.DataFrame, shades: Shades, measures: tuple[str, ...], states: Mapping[str, str]
) -> dict[str, str]:
    """Give the provinces' colours; those without any relation have that of their state."""
    cells = _cells(rows, shades, measures)
    return {
        str(code): f"$b{cells[code][0]}{cells[code][1]}" if code in cells else states[state]
        for code, state in zip(rows["item"], rows["state"], strict=True)
    }


def _cells(rows: pd.DataFrame, shades: Shades, measures: tuple[str, ...]) -> dict[str, tuple[int, ...]]:
    """Give the class of both measures by province, of those with any relation."""
    known = rows[rows["item"].isin(rows.loc[rows["state"].eq("shown"), "item"])]
    wide = known.pivot(index="item", columns="measure", values="value")[list(measures)]
    return {
        str(code): tuple(shade.at(value) for shade, value in zip(shades, values, strict=True))
        for code, values in zip(wide.index, wide.to_numpy(), strict=True)
    }


def bivariate_key(
    rows: pd.DataFrame, shades: Shades, measures: tuple[str, ...], lang: str
) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """Draw the nine squares with their number of provinces, and the limits along both sides."""
    counts = Counter(_cells(rows[rows["state"].ne("filtered_out")], shades, measures).values())
    cells = [(i, j) for i in range(CLASSES) for j in range(CLASSES)]
    squares = {
        "type": "scatter",
        "mode": "markers+text",
        "xaxis": "x3",
        "yaxis": "y3",
        "x": [i for i, _ in cells],
        "y": [j for _, j in cells],
        "text": [str(counts[cell]) for cell in cells],
        "textfont": {"size": 11, "color": "$ink"},
        "marker": {"symbol": "square", "size": 25, "color": [f"$b{i}{j}" for i, j in cells]},
        "hoverinfo": "skip",
        "showlegend": False,
        "cliponaxis": False,
    }
    axes = {
        "xaxis3": {
            **_axis(shades[0], f"{t(f'measure.{measures[0]}', lang)}, % →"),
            "domain": [0.08, 0.2],
            "anchor": "y3",
        },
        "yaxis3": {**_axis(shades[1], ""), "domain": [0.11, 0.27], "anchor": "x3"},
        "annotations": [_above(f"↑ {t(f'measure.{measures[1]}', lang)}, %")],
    }
    return [squares], axes


def _above(text: str) -> dict[str, Any]:
    """Name the upright side over the squares: there is no room for words on their left."""
    place = {"xref": "x3 domain", "yref": "y3 domain", "x": 0, "y": 1.04, "xanchor": "left", "yanchor": "bottom"}
    return {**place, "text": text, "showarrow": False, "font": {"size": 11, "color": "$mute"}}


def _axis(shade: Shade, name: str) -> dict[str, Any]:
    return {
        "range": [-0.5, CLASSES - 0.5],
        "fixedrange": True,
        "showgrid": False,
        "tickvals": [at + 0.5 for at in range(CLASSES - 1)],
        "ticktext": [f"{limit:.2g}" for limit in shade.limits],
        "tickfont": {"size": 10},
        "tickangle": 0,
        "title": {"text": name, "font": {"size": 11}, "standoff": 4},
        "automargin": False,
        "ticklabelstandoff": 0,
    }
