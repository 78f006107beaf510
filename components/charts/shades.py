"""Classes of values: their limits and colours, and the small histogram that is the map's legend."""

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd

LINE = 21  # pixels of a line of the histogram; on a phone the picture is lower, and lines must not touch
DIVERGING = ("$net-neg", "$net-neg/0.45", "$net-mid", "$net-pos/0.45", "$net-pos")
EDGE = {"color": "$mute", "width": 0.5}


@dataclass(frozen=True, slots=True)
class Shade:
    """Classes: `limits` ascend, a class begins at its lower one; one colour more than limits."""

    limits: tuple[float, ...]
    colours: tuple[str, ...]

    def at(self, value: float) -> int:
        """Give the class of a value, from 0."""
        return sum(value >= limit for limit in self.limits)

    def colour(self, value: float) -> str:
        """Give the colour of a value's class."""
        return self.colours[self.at(value)]

    def spans(self, sign: str) -> list[str]:
        """Write each class, the lowest first."""
        limits = [f"{value:g}".replace("-", "−") for value in self.limits]
        dash = " … " if self.limits[0] < 0 else "–"
        inner = [f"{low}{dash}{high}{sign}" for low, high in pairwise(limits)]
        return [f"< {limits[0]}{sign}", *inner, f"≥ {limits[-1]}{sign}"]


def ramp(letter: str) -> tuple[str, ...]:
    """Give the six colours of a ramp, the palest first."""
    return tuple(f"${letter}{step}" for step in range(6))


def quantiles(values: pd.Series, classes: int) -> tuple[float, ...]:
    """Give limits that put about as many values into each class, to three digits; equal ones fall together."""
    limits = np.quantile(values, np.arange(1, classes) / classes) if len(values) else np.array([])
    return tuple(sorted({_rounded(float(limit)) for limit in limits}))


def _rounded(value: float) -> float:
    return round(value, 2 - math.floor(math.log10(abs(value)))) if value else 0.0


def spread_over(limits: tuple[float, ...], colours: tuple[str, ...]) -> Shade:
    """Give classes of fewer limits than the colours allow: both ends of the ramp stay in use."""
    at = np.linspace(0, len(colours) - 1, len(limits) + 1).round().astype(int)
    return Shade(limits, tuple(colours[step] for step in at))


def histogram(lines: list[tuple[str, str, list[str]]], height: int) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """Draw a legend whose bars say how many provinces a class holds.

    Parameters
    ----------
    lines : list of (colour, words, names)
        From the top; `names` are the provinces of the class, told by the hover.
    height : int
        Pixels of the picture.

    Returns
    -------
    tuple
        Traces, and the axes x3 and y3 that they are drawn on, in the lower left corner.
    """
    most = max((len(names) for _, _, names in lines), default=1) or 1
    at = list(range(len(lines)))
    shared = {"xaxis": "x3", "yaxis": "y3", "showlegend": False, "y": at, "hoverinfo": "text"}
    hovers = [f"{words}: {', '.join(names) or 0}" for _, words, names in lines]
    swatches = {
        **shared,
        "type": "scatter",
        "mode": "markers",
        "x": [-0.12 * most] * len(lines),
        "marker": {"symbol": "square", "size": 11, "color": [colour for colour, _, _ in lines], "line": EDGE},
        "hovertext": hovers,
        "cliponaxis": False,
    }
    bars = {
        **shared,
        "type": "bar",
        "orientation": "h",
        "x": [len(names) for _, _, names in lines],
        "width": 0.62,
        "marker": {"color": "$mute/0.45"},
        "text": [f"{words} · {len(names)}" for _, words, names in lines],
        "textposition": "outside",
        "textfont": {"size": 11, "color": "$ink"},
        "hovertext": hovers,
        "cliponaxis": False,
    }
    hidden = {"visible": False, "fixedrange": True}
    axes = {
        "xaxis3": {**hidden, "range": [-0.24 * most, most], "domain": [0, 0.1], "anchor": "y3"},
        "yaxis3": {
            **hidden,
            "range": [len(lines) - 0.5, -0.5],
            "domain": [0, len(lines) * LINE / height],
            "anchor": "x3",
        },
    }
    return [bars, swatches], axes
