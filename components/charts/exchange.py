"""Drawings of who enables whom: the matrix, the split columns, and the balance of giving and taking."""

import math
from typing import Any

import pandas as pd

from components.charts.drawing import downwards, texts_of
from components.charts.maps import short_names
from components.charts.pairs import REGIONS, region_names, region_of
from components.charts.spec import Figure
from components.i18n import t

ORDERS = (("by_rank", "by_region"),)
FARTHEST = 2.0  # powers of two on either side of the expectation; beyond, the colour stays
# Half as strong as elsewhere: numbers stand on it.
PALE = ("$net-neg/0.6", "$net-neg/0.3", "$net-mid", "$net-pos/0.3", "$net-pos/0.6")
TEXT = 10  # pixels of a number in a cell


def draw_matrix(rows: pd.DataFrame, lang: str, option: str) -> Figure:
    """Draw origin by destination; a pair without a relation stays blank."""
    short = short_names(lang)
    shown, *styles = option.split(".")
    order, expected = _order(rows, "by_region" in styles), shown == "expected"
    cells = rows.pivot(index="source_province", columns="target_province", values="value").reindex(order, columns=order)
    said = _by_pair(rows, texts_of(rows), order)
    trace = {
        "type": "heatmap",
        "x": [short[code] for code in order],
        "y": [short[code] for code in order],
        "z": [[_height(value, expected) for value in line] for line in cells.to_numpy()],
        "text": [[_cell(value, expected) for value in line] for line in cells.to_numpy()],
        "customdata": [[";".join(sorted({a, b})) for b in order] for a in order],
        "hovertext": [
            [f"{short[a]} → {short[b]}: {text or t('state.none', lang)}" for b, text in zip(order, line, strict=True)]
            for a, line in zip(order, said, strict=True)
        ],
        "texttemplate": "%{text}",
        "showscale": False,
        "textfont": {"size": TEXT, "color": "$ink"},
        "xgap": 1,
        "ygap": 1,
        "hoverinfo": "text",
        "hoverongaps": False,
        **_colours(expected),
    }
    layout = {
        "xaxis": {**_side(t("axis.taker", lang)), "side": "top", "tickangle": -45 if lang == "en" else 0},
        "yaxis": {**_side(t("axis.giver", lang)), "autorange": "reversed"},
        "shapes": _borders(order) if "by_region" in styles else [],
        "margin": {"t": 76 if lang == "en" else 56, "r": 4, "b": 8},
        "plot_bgcolor": "$filtered",
    }
    return {"data": [trace], "layout": layout}


def _order(rows: pd.DataFrame, by_region: bool) -> list[str]:
    """Give the provinces with the most relations first; by region, so within each."""
    n = rows["n"].astype(float)
    sums = n.groupby(rows["source_province"]).sum().add(n.groupby(rows["target_province"]).sum(), fill_value=0)
    ranked = [str(code) for code in sums.sort_values(ascending=False, kind="stable").index]
    if not by_region:
        return ranked
    home, places = region_of(), list(region_names("en"))
    return sorted(ranked, key=lambda code: places.index(home[code]))


def _borders(order: list[str]) -> list[dict[str, Any]]:
    """Give lines between the regions."""
    home = [region_of()[code] for code in order]
    turns = [at - 0.5 for at in range(1, len(home)) if home[at] != home[at - 1]]
    line = {"type": "line", "line": {"color": "$ink", "width": 1.2}, "layer": "above"}
    ends = {"from": -0.5, "to": len(order) - 0.5}
    upright = [{**line, "x0": at, "x1": at, "y0": ends["from"], "y1": ends["to"]} for at in turns]
    return [*upright, *({**line, "y0": at, "y1": at, "x0": ends["from"], "x1": ends["to"]} for at in turns)]


def _side(title: str) -> dict[str, Any]:
    return {"type": "category", "showgrid": False, "title": {"text": title, "standoff": 6}, "tickfont": {"size": 11}}


def _by_pair(rows: pd.DataFrame, texts: list[str], order: list[str]) -> list[list[str]]:
    found = dict(zip(zip(rows["source_province"], rows["target_province"], strict=True), texts, strict=True))
    return [[found.get((a, b), "") for b in order] for a in order]


def _cell(value: float, expected: bool) -> str:
    return "" if math.isnan(value) else f"{value:.2f}" if expected or value < 9.95 else f"{value:.1f}"


def _height(value: float, expected: bool) -> float | None:
    """Give a value's place on the scale of colours: logarithms, as shares range over three decades."""
    if math.isnan(value):
        return None
    if expected:
        return round(max(-FARTHEST, min(FARTHEST, math.log2(value) if value else -FARTHEST)), 3)
    return round(math.log10(max(value, 0.01)), 3)


def _colours(expected: bool) -> dict[str, Any]:
    if expected:
        steps = [[at / 4, colour] for at, colour in enumerate(PALE)]
        return {"zmin": -FARTHEST, "zmax": FARTHEST, "colorscale": steps}
    # Pale enough for black numbers, up to the strongest shade that they can stand on.
    return {"zmin": -2, "zmax": 1.6, "colorscale": [[at / 3, f"$t{at}"] for at in range(4)]}


def draw_sankey(rows: pd.DataFrame, lang: str, option: str) -> Figure:
    """Draw givers on the left and takers on the right; each stands once on each side."""
    names = region_names(lang) if option == REGIONS else short_names(lang)
    sides = [_largest(rows, end) for end in ("source_province", "target_province")]
    places = [{code: at for at, code in enumerate(side)} for side in sides]
    node = {
        "label": [names[code] for side in sides for code in side],
        "pad": 12,
        "thickness": 14,
        "color": ["$enabling"] * len(sides[0]) + ["$input"] * len(sides[1]),
        "line": {"width": 0},
        "hovertemplate": "%{label}: %{value:.2f}%<extra></extra>",
    }
    inner = rows["source_province"].eq(rows["target_province"])
    link = {
        "source": [places[0][code] for code in rows["source_province"]],
        "target": [len(sides[0]) + places[1][code] for code in rows["target_province"]],
        "value": rows["value"].tolist(),
        "label": texts_of(rows),
        "color": ["$enabling/0.5" if same else "$enabling/0.22" for same in inner],
        "hovertemplate": "%{source.label} → %{target.label}: %{label}<extra></extra>",
    }
    trace = {"type": "sankey", "node": node, "link": link, "arrangement": "fixed"}
    return {"data": [trace], "layout": {"margin": {"l": 4, "r": 4, "t": 8, "b": 8}}}


def _largest(rows: pd.DataFrame, end: str) -> list[str]:
    return [str(code) for code in rows.groupby(end)["value"].sum().sort_values(ascending=False).index]


def draw_balance(rows: pd.DataFrame, lang: str, _option: str) -> Figure:
    """Draw givers to the right, takers to the left of the even balance."""
    short = short_names(lang)
    far = max(rows["value"].abs().max() if len(rows) else 0.0, 10.0) * 1.45
    trace = {
        "type": "bar",
        "orientation": "h",
        "y": [short[code] for code in rows["item"]],
        "x": rows["value"].round(4).tolist(),
        "customdata": rows["item"].tolist(),
        "text": [f"{value:+.1f}%".replace("-", "−") for value in rows["value"]],
        "textposition": "outside",
        "hovertext": [f"{name}: {n:,}" for name, n in zip(rows[f"item_{lang}"], rows["n"], strict=True)],
        "hovertemplate": f"%{{hovertext}} {t('unit.relations', lang)}, %{{text}}<extra></extra>",
        "marker": {"color": ["$net-pos" if value >= 0 else "$net-neg" for value in rows["value"]]},
        "showlegend": False,
    }
    layout = {
        "xaxis": {
            "range": [-far, far],
            "ticksuffix": "%",
            "zeroline": True,
            "title": {"text": t("axis.balance", lang)},
        },
        "yaxis": downwards(len(rows)),
        "margin": {"t": 8, "r": 8, "b": 48},
    }
    return {"data": [trace], "layout": layout}
