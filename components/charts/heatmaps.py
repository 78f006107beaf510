"""Heat maps of two classifications: where they meet more often, or less, than their sizes let expect."""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from analytics.filters import Filters
from analytics.measures import Slice
from analytics.measures.topics import FEWEST_EXPECTED, by_size, crossed, quotients
from components.charts.spec import Figure
from components.charts.topics import chosen, named, order_of, short_name, told
from components.i18n import LANGUAGES, t

COUNT = "count"  # the option that shows plain counts; every other one shows quotients
# Classification -> dimension of the cubes, and what its codes are summed up to.
DIMENSIONS = {
    "technologies": ("technology", ""),
    "applications": ("application", ""),
    "sections": ("industry", "section"),
    "industries": ("industry", "industry"),
}
MEASURES = (("location_quotient", "coefficient"), ("n_relations", "relations"))
STEPS = (0.5, 0.7, 1, 1.4, 2)  # quotients on the scale; beyond its ends the colour stays
FEWEST_ROWS = 12  # the picture has room for these; fewer do not swell to fill it
GAP = 0.6  # columns between two groups of columns
# The scale of colours, in pixels: below the picture, its right end at that of the picture.
BAR = {
    "orientation": "h",
    "x": 1,
    "xanchor": "right",
    "xpad": 14,
    "y": 0,
    "yanchor": "top",
    "ypad": 26,
    "len": 210,
    "lenmode": "pixels",
    "thickness": 8,
    "outlinewidth": 0,
    "tickfont": {"size": 11},
}


@dataclass(frozen=True, slots=True)
class Heat:
    """One heat map.

    Attributes
    ----------
    cube : str
        What counts rows and columns together.
    row : str
        Classification of the rows; of `provinces`, the option says at which end.
    columns : tuple of str
        Classifications of the columns, side by side; each is a whole of its own.
    source : str
        The figure that prints the sums of the rows.
    """

    cube: str
    row: str
    columns: tuple[str, ...]
    source: str

    def select(self, filters: Filters, option: str) -> pd.DataFrame:
        """Give every pair that the data set has, in the same order under every filter.

        Returns
        -------
        DataFrame
            `COLUMNS`, `reported`, `n` (relations), `expected` (relations), `lq`, `row`, `column` (codes),
            `level` (classification of the column). `value` is `n`, or `lq` where enough are expected.
        """
        order, *columns = order_of(self.orders, filters, option)
        parts = zip(self.columns, columns, strict=True)
        rows = pd.concat([self._group(filters, option, level, order, found) for level, found in parts])
        rows = rows.assign(
            item=rows["row"] + ":" + rows["column"],
            value=rows["n"].astype(float) if option == COUNT else rows["lq"].round(4),
            note=[f"{n:,} / {expected:,.1f}" for n, expected in zip(rows["n"], rows["expected"], strict=True)],
        )
        if self.row == "provinces" and filters.provinces:
            rows = rows[rows["row"].isin(filters.provinces)]
        return told(rows, filters, self.source, *MEASURES[option == COUNT])

    def orders(self, part: Slice, option: str) -> list[list[str]]:
        """Name the rows, then the columns of each group, the largest first."""
        pairs = [self._pairs(part, option, column) for column in self.columns]
        return [by_size(pairs[0], "row"), *(by_size(one, "column") for one in pairs)]

    def _group(self, filters: Filters, option: str, level: str, rows: list[str], columns: list[str]) -> pd.DataFrame:
        found = quotients(self._pairs(chosen(filters), option, level), rows, columns)
        sides = (named(found["row"], self.row), named(found["column"], level))
        names = {f"item_{lang}": sides[0][f"item_{lang}"] + " × " + sides[1][f"item_{lang}"] for lang in LANGUAGES}
        return found.assign(level=level, **names)

    def _pairs(self, part: Slice, option: str, column: str) -> pd.DataFrame:
        dimension, level = DIMENSIONS[column]
        if self.row == "provinces":  # the chosen ones are shown, and change no other number
            return crossed(part, self.cube, f"{option}_province", dimension, level, ("provinces",))
        return crossed(part, self.cube, DIMENSIONS[self.row][0], dimension, level)

    def draw(self, rows: pd.DataFrame, lang: str, option: str) -> Figure:
        """Draw the pairs as cells, all groups on one scale; a blank cell says why in its hover."""
        groups = [rows[rows["level"].eq(level)] for level in self.columns]
        order = rows["row"].drop_duplicates().tolist()
        scale = _of_counts(rows) if option == COUNT else _of_quotients()
        data = [self._cells(part, order, lang, option, at) for at, part in enumerate(groups, start=1)]
        labels = [short_name(code, self.row, lang) for code in order]
        layout = {
            **_axes([part["column"].nunique() for part in groups]),
            "yaxis": {
                "type": "category",
                "categoryarray": labels,
                "range": [max(len(order), FEWEST_ROWS) - 0.5, -0.5],
                "dtick": 1,
                "showgrid": False,
                "tickfont": {"size": 11},
            },
            "coloraxis": scale,
            "annotations": [_meaning(option, lang)],
            "margin": {"t": 8, "r": 8, "b": 64, "l": 8},
        }
        return {"data": data, "layout": layout}

    def _cells(self, rows: pd.DataFrame, order: list[str], lang: str, option: str, at: int) -> dict[str, Any]:
        columns = rows["column"].drop_duplicates().tolist()
        shape = (len(order), len(columns))
        shades = (_logs(rows["n"]) if option == COUNT else _logs(rows["value"], 2)).reshape(shape)
        says = np.array([_said(row, lang) for row in rows.itertuples()], object).reshape(shape)
        return {
            "type": "heatmap",
            "xaxis": f"x{at if at > 1 else ''}",
            "x": [short_name(code, self.columns[at - 1], lang) for code in columns],
            "y": [short_name(code, self.row, lang) for code in order],
            "z": [[None if math.isnan(z) else round(z, 4) for z in line] for line in shades.tolist()],
            "text": says.tolist(),
            "customdata": [[code] * len(columns) for code in order] if self.row == "provinces" else None,
            "coloraxis": "coloraxis",
            "xgap": 1,
            "ygap": 1,
            "hovertemplate": "%{text}<extra></extra>",
        }


def _logs(values: pd.Series, base: int = 10) -> np.ndarray:
    """Give logarithms; nothing has none, a quotient of 0 lies below the scale."""
    numbers = values.to_numpy(float)
    lowest = 0.01 if base == 2 else np.nan
    return np.log(np.where(numbers > 0, numbers, np.where(numbers == 0, lowest, np.nan))) / math.log(base)


def _said(row: Any, lang: str) -> str:
    name = getattr(row, f"item_{lang}")
    counts = {"name": name, "n": f"{row.n:,}", "expected": f"{row.expected:,.1f}"}
    if math.isnan(row.lq):
        return t("topics.hover_few", lang, least=f"{FEWEST_EXPECTED:g}", **counts)
    return t("topics.hover", lang, lq=f"{row.lq:.2f}", **counts)


def _axes(counts: list[int]) -> dict[str, Any]:
    """Give the groups of columns their part of the width; a column is as wide in each."""
    step = 1 / max(sum(counts) + GAP * (len(counts) - 1), 1)
    axes, left = {}, 0.0
    for at, count in enumerate(counts, start=1):
        right = min(left + count * step, 1.0) if count else 1.0
        axes[f"xaxis{at if at > 1 else ''}"] = {
            "type": "category",
            "side": "top",
            "domain": [round(left, 4), round(right, 4)],
            "dtick": 1,
            "autotickangles": [-45, -90],
            "tickfont": {"size": 10},
            "showgrid": False,
        }
        left = min(right + GAP * step, 1.0) if right < 1 else 0.0
    return axes


def _of_quotients() -> dict[str, Any]:
    ends = [math.log2(value) for value in STEPS]
    words = [f"≤ {STEPS[0]}", *(f"{value:g}" for value in STEPS[1:-1]), f"≥ {STEPS[-1]}"]
    return {
        "cmin": ends[0],
        "cmax": ends[-1],
        "colorscale": [[0, "$net-neg"], [0.5, "$net-mid"], [1, "$net-pos"]],
        "colorbar": {**BAR, "tickvals": [round(place, 4) for place in ends], "ticktext": words},
    }


def _of_counts(rows: pd.DataFrame) -> dict[str, Any]:
    top = max(math.ceil(math.log10(max(rows["n"].max() if len(rows) else 1, 1))), 1)
    tens = list(range(top + 1))
    return {
        "cmin": 0,
        "cmax": top,
        "colorscale": [[at / 5, f"$t{at}"] for at in range(6)],
        "colorbar": {**BAR, "tickvals": tens, "ticktext": [f"{10**at:,}" for at in tens]},
    }


def _meaning(option: str, lang: str) -> dict[str, Any]:
    """Say over the scale what it measures; at the right, where a phone has room for it."""
    least = f"{FEWEST_EXPECTED:g}"
    said = t("topics.scale_count", lang) if option == COUNT else t("topics.scale_lq", lang, least=least)
    place = {"x": 1, "y": 0, "xref": "paper", "yref": "paper", "xanchor": "right", "yanchor": "top", "yshift": -6}
    return {**place, "text": said, "showarrow": False, "align": "right", "font": {"size": 11, "color": "$mute"}}
