"""From technologies over applications to industries, as one sankey of three columns."""

from typing import Any

import pandas as pd

from analytics.filters import Filters
from analytics.measures import Slice
from analytics.measures.relations import by_industry, by_topic
from analytics.measures.topics import crossed
from components.charts.spec import Figure
from components.charts.topics import chosen, names_in, order_of, short_name, told
from components.i18n import LANGUAGES, t

COLUMNS = ("technologies", "applications", "sections")
# Cube, its two dimensions, what the second is summed up to, and the two columns that they fill.
HALVES = (
    ("technology_applications", "technology", "application", "", "technologies", "applications"),
    ("application_industries", "application", "industry", "section", "applications", "sections"),
)
LEAST = {"share_5": 5.0, "share_2": 2.0, "all": 0.0}  # percent of all relations that a node of its own must have
SIDES = ("left", "right")
OTHER = "other_"
COLOURS = ("$c1", "$c2", "$c3", "$c4", "$c5")  # of the largest technologies; the others are grey
HEIGHT, TOP, BOTTOM, PAD = 740, 30, 6, 10  # pixels
X = (0.001, 0.5, 0.999)  # at 0 and 1 themselves a node loses its place


def select_topic_flows(filters: Filters, option: str) -> pd.DataFrame:
    """Give the flows between neighbouring columns, small topics of each summed up.

    Returns
    -------
    DataFrame
        `COLUMNS` of a fact, `reported`, `n`, `left`, `right` (codes), `column` (classification of the
        right one), `left_place`, `right_place` (from 0, by size in the whole data set; last is what is
        summed up). `value` is the share of the relations that have both topics.
    """
    kept = order_of(_kept, filters, LEAST[option])
    halves = [_half(chosen(filters), half, kept) for half in HALVES]
    return told(pd.concat(halves, ignore_index=True), filters, "figure-15", "share_relations", "percent")


def _kept(part: Slice, least: float) -> dict[str, list[str]]:
    """Name each column's topics, the largest first, those that are summed up under one name at the end."""
    sizes = (
        by_topic(part, "technologies_by_end", "technology"),
        by_topic(part, "applications_by_end", "application"),
        by_industry(part, "section"),
    )
    return {column: _large(rows, least, column) for column, rows in zip(COLUMNS, sizes, strict=True)}


def _large(rows: pd.DataFrame, least: float, column: str) -> list[str]:
    large = rows.loc[rows["value"] >= least, "item"].tolist()
    rest = len(rows) - len(large)
    return [*large, f"{OTHER}{column}_{rest}"] if rest > 1 else rows["item"].tolist()


def _half(part: Slice, half: tuple[str, ...], kept: dict[str, list[str]]) -> pd.DataFrame:
    cube, row, column, level, *sides = half
    rows = crossed(part, cube, row, column, level).rename(columns={"row": "left", "column": "right"})
    for side, classification in zip(SIDES, sides, strict=True):
        nodes = kept[classification]
        rows[side] = rows[side].where(rows[side].isin(nodes), nodes[-1] if nodes else "")
    rows = rows.groupby(list(SIDES))["n"].sum().reset_index()
    places = {f"{side}_place": rows[side].map(kept[name].index) for side, name in zip(SIDES, sides, strict=True)}
    names = {f"item_{lang}": _names(rows, sides, lang) for lang in LANGUAGES}
    share = rows["n"] * 100 / max(rows["n"].sum(), 1)
    full = rows.assign(item=rows["left"] + ">" + rows["right"], column=sides[1], value=share, **names, **places)
    return full.sort_values("value", ascending=False, kind="stable")


def _names(rows: pd.DataFrame, sides: list[str], lang: str) -> pd.Series:
    left, right = (
        rows[side].map({code: _name(code, topic, lang) for code in rows[side].unique()})
        for side, topic in zip(SIDES, sides, strict=True)
    )
    return left + " → " + right


def _name(code: str, topic: str, lang: str) -> str:
    if not code.startswith(OTHER):
        return names_in(topic, lang).get(code, code)
    kind, _, count = code.rpartition("_")
    return t(f"topics.{kind}", lang, n=count)


def _label(code: str, topic: str, lang: str) -> str:
    if not code.startswith(OTHER):
        return short_name(code, topic, lang)
    return t("topics.others", lang, n=code.rpartition("_")[2])


def draw_topic_flows(rows: pd.DataFrame, lang: str, _option: str) -> Figure:
    """Draw the three columns; a node keeps its order, and the largest technologies their colours."""
    nodes = _nodes(rows)
    rows = rows.sort_values(["left_place", "right_place"], kind="stable")  # as they leave and reach the nodes
    at = {(row.topic, row.code): place for place, row in enumerate(nodes.itertuples())}
    sides = {"applications": "technologies", "sections": "applications"}
    link = {
        "sort": "input",
        "source": [at[sides[row.column], row.left] for row in rows.itertuples()],
        "target": [at[row.column, row.right] for row in rows.itertuples()],
        "value": rows["value"].tolist(),
        "label": [t("topics.n_relations", lang, n=f"{n:,}") for n in rows["n"]],
        "color": [_link_colour(row) for row in rows.itertuples()],
        "hovertemplate": "%{source.label} → %{target.label}<br>%{value:.2f}% · %{label}<extra></extra>",
    }
    trace = {
        "type": "sankey",
        "arrangement": "fixed",
        "node": _drawn(nodes, lang),
        "link": link,
        "textfont": {"size": 11},
    }
    heads = [_head(column, x, lang) for column, x in zip(COLUMNS, (0.0, 0.5, 1.0), strict=True)]
    margin = {"l": 2, "r": 2, "t": TOP, "b": BOTTOM}
    return {"data": [{**trace, "textfont": {"size": 11}}], "layout": {"margin": margin, "annotations": heads}}


def _nodes(rows: pd.DataFrame) -> pd.DataFrame:
    """Give `topic`, `code`, `place` and `size` (percent) of every node, column by column."""
    ends = [
        rows[rows["column"].eq(half)].groupby([side, f"{side}_place"])["value"].sum().rename_axis(["code", "place"])
        for half, side in (
            ("applications", "left"),
            ("applications", "right"),
            ("sections", "left"),
            ("sections", "right"),
        )
    ]
    middle = pd.concat(ends[1:3], axis=1).max(axis=1)
    columns = zip(COLUMNS, (ends[0], middle, ends[3]), strict=True)
    full = [part.rename("size").reset_index().assign(topic=topic) for topic, part in columns]
    return pd.concat([one.sort_values("place") for one in full], ignore_index=True)


def _drawn(nodes: pd.DataFrame, lang: str) -> dict[str, Any]:
    most = int(nodes.groupby("topic").size().max()) if len(nodes) else 1
    full = {topic: part for topic, part in nodes.groupby("topic", sort=False)}
    return {
        "sort": "input",
        "label": [_label(row.code, row.topic, lang) for row in nodes.itertuples()],
        "x": [X[COLUMNS.index(topic)] for topic in nodes["topic"]],
        "y": [y for part in full.values() for y in _centres(part["size"].tolist(), most)],
        "pad": PAD,
        "thickness": 12,
        "line": {"width": 0},
        "color": [_node_colour(row) for row in nodes.itertuples()],
        "hovertemplate": "%{label}: %{value:.2f}%<extra></extra>",
    }


def _centres(sizes: list[float], most: int) -> list[float]:
    """Give the middles of a column's nodes, as parts of the height, spread from its top to its foot."""
    inner = HEIGHT - TOP - BOTTOM
    scale = (1 - (most - 1) * PAD / inner) / max(sum(sizes), 100.0)
    gap = (1 - sum(sizes) * scale) / max(len(sizes) - 1, 1)
    tops = [sum(sizes[:at]) * scale + gap * at for at in range(len(sizes))]
    return [round(min(max(top + size * scale / 2, 0.001), 0.999), 5) for top, size in zip(tops, sizes, strict=True)]


def _node_colour(node: Any) -> str:
    if node.code.startswith(OTHER):
        return "$nodata-line"
    return _tone(node.place) if node.topic == "technologies" else "$mute"


def _link_colour(row: Any) -> str:
    first = row.column == "applications" and not row.left.startswith(OTHER)
    tone = _tone(row.left_place) if first else "$nodata-line"
    return f"{tone}/0.4" if tone != "$nodata-line" else "$nodata-line/0.45"


def _tone(place: int) -> str:
    return COLOURS[place] if place < len(COLOURS) else "$nodata-line"


def _head(column: str, x: float, lang: str) -> dict[str, Any]:
    return {
        "text": f"<b>{t(f'topics.column_{column}', lang)}</b>",
        "x": x,
        "y": 1,
        "xref": "paper",
        "yref": "paper",
        "xanchor": ("left", "center", "right")[round(x * 2)],
        "yanchor": "bottom",
        "yshift": 6,
        "showarrow": False,
        "font": {"color": "$mute", "size": 12},
    }
