"""A map of equal squares: every province as large as any other, near its neighbours."""

from typing import Any

import pandas as pd

from components.charts.maps import province, short_names

# GB/T 2260 code -> column and row, counted from the north-west, and the letters of ISO 3166-2:CN.
GRID = {
    "23": (8, 0, "HL"), "15": (6, 1, "NM"), "22": (8, 1, "JL"),
    "65": (1, 2, "XJ"), "62": (3, 2, "GS"), "64": (4, 2, "NX"), "14": (5, 2, "SX"), "11": (6, 2, "BJ"),
    "12": (7, 2, "TJ"), "21": (8, 2, "LN"),
    "54": (1, 3, "XZ"), "63": (3, 3, "QH"), "61": (4, 3, "SN"), "41": (5, 3, "HA"), "13": (6, 3, "HE"),
    "37": (7, 3, "SD"),
    "51": (3, 4, "SC"), "50": (4, 4, "CQ"), "42": (5, 4, "HB"), "34": (6, 4, "AH"), "32": (7, 4, "JS"),
    "31": (8, 4, "SH"),
    "53": (3, 5, "YN"), "52": (4, 5, "GZ"), "43": (5, 5, "HN"), "36": (6, 5, "JX"), "33": (7, 5, "ZJ"),
    "45": (4, 6, "GX"), "44": (5, 6, "GD"), "35": (6, 6, "FJ"), "71": (8, 6, "TW"),
    "46": (4, 7, "HI"), "82": (5, 7, "MO"), "81": (6, 7, "HK"),
}  # fmt: skip
COLUMNS, ROWS = 9, 8
HALF = 0.47  # of a square: a hair's breadth of air between neighbours


def tiles(fills: dict[str, str], hovers: dict[str, str]) -> list[dict[str, Any]]:
    """Give every province as a square that answers to the pointer as its shape on the map does."""
    return [_square(code, fill, hovers.get(code, "")) for code, fill in fills.items()]


def _square(code: str, fill: str, hover: str) -> dict[str, Any]:
    column, row, _ = GRID[code]
    trace = province(code, fill, hover)
    del trace["meta"]  # its outline is here, not among the shapes of the map
    x = [column + HALF * side for side in (-1, 1, 1, -1, -1)]
    y = [row + HALF * side for side in (-1, -1, 1, 1, -1)]
    return {**trace, "x": x, "y": y, "line": {"color": "$line", "width": 1}}


def tile_labels(rows: pd.DataFrame, lang: str) -> dict[str, Any]:
    """Give the squares' names, and the values of those rows that have one; English in letters of ISO 3166-2."""
    values = {row.item: f"<br>{round(row.value, 1) + 0:,.1f}".replace("-", "−") for row in rows.itertuples()}
    names = short_names(lang) if lang == "zh" else {code: letters for code, (_, _, letters) in GRID.items()}
    return {
        "type": "scatter",
        "mode": "text",
        "hoverinfo": "skip",
        "showlegend": False,
        "x": [column for column, _, _ in GRID.values()],
        "y": [row for _, row, _ in GRID.values()],
        "text": [f"{names[code]}{values.get(code, '')}" for code in GRID],
        "textfont": {"size": 11, "color": "$ink"},
    }


def tile_layout() -> dict[str, Any]:
    """Give the axes of the squares."""
    hidden = {"visible": False, "fixedrange": True}
    return {
        "xaxis": {**hidden, "range": [-0.5, COLUMNS - 0.5]},
        "yaxis": {**hidden, "range": [ROWS - 0.5, -0.5], "scaleanchor": "x"},
        "margin": {"l": 0, "r": 0, "t": 0, "b": 0},
        "hovermode": "closest",
    }
