"""The explorer in words: names of nodes, what is shown, what was left out."""

import math
from typing import Any

import pandas as pd
from dash import html

from analytics import store
from analytics.explorer.found import Said
from analytics.explorer.question import CHAIN, COMMON, GROUP, NEAR, Question
from analytics.explorer.without import Without
from components.i18n import t

MOST_PROVINCES, FEWEST = 8, 100  # rows of the table; relations below which a percentage says little


def name_nodes(nodes: pd.DataFrame, lang: str) -> list[str]:
    """Give the nodes' names in a language, in the other one or their ids where they have none."""
    other = "en" if lang == "zh" else "zh"
    return nodes[f"name_{lang}"].fillna(nodes[f"name_{other}"]).fillna(nodes["id"]).tolist()


def code_names(nodes: pd.DataFrame, lang: str) -> list[str]:
    """Give province and layer, or kind, of each node in words."""
    provinces = store.provinces().set_index("code")[f"name_{lang}"]
    layers = store.layers().set_index("slug")[f"name_{lang}"]
    dot = " · "
    found = zip(nodes["province"], nodes["layer"], nodes["kind"], strict=True)
    return [dot.join(filter(None, (provinces.get(p, ""), layers.get(a, ""), _kind(k, lang)))) for p, a, k in found]


def _kind(kind: str, lang: str) -> str:
    return t(f"kind.{kind}", lang) if kind else ""


def headline(question: Question, names: list[str], lang: str) -> str:
    """Say in a line what is shown."""
    if not names and question.view in (NEAR, CHAIN, COMMON, GROUP):
        return ""
    if question.view in (CHAIN, COMMON):
        ends = _ends(question, lang)
        return t(f"explorer.title_{question.view}", lang, one=ends[0], other=ends[1])
    if question.view == NEAR:
        return t(f"explorer.title_near_{question.way}", lang, one=names[0], depth=question.depth)
    if question.view == GROUP:
        return t("explorer.title_group", lang, name=names[0], n=len(names))
    return t(f"explorer.title_{question.view}", lang)


def _ends(question: Question, lang: str) -> list[str]:
    nodes = store.tables(question.filters.data)["nodes"].set_index("id", drop=False)
    return name_nodes(nodes.loc[[question.node, question.other]], lang)


def messages(said: tuple[Said, ...], lang: str) -> list[str]:
    """Say what was left out, and what could not be done."""
    named = ((key, {name: _write(value) for name, value in values.items()}) for key, values in said)
    return [t(f"explorer.said_{key}", lang, **values) for key, values in named]


def told_without(left: Without, names: list[str], lang: str) -> list[Any]:
    """Give the network with and without some nodes as a table, and the provinces that lose most."""
    provinces = store.provinces().set_index("code")[f"name_{lang}"]
    pairs = {"nodes": left.nodes, "arcs": left.arcs, "giant": left.giant}
    lines = [(t(f"explorer.left_{name}", lang), f"{a:,}", f"{b:,}") for name, (a, b) in pairs.items()]
    lines.append((t("explorer.left_path", lang), *("–" if math.isnan(one) else f"{one:.3f}" for one in left.path)))
    lost = [
        (
            t("explorer.left_input", lang, name=provinces[row.province]),
            f"{row.before:,}",
            f"{row.after:,} (−{row.lost:.1f}%)",
        )
        for row in left.inputs[left.inputs["before"] >= FEWEST].head(MOST_PROVINCES).itertuples()
    ]
    heads = ("", t("explorer.left_before", lang), t("explorer.left_after", lang))
    table = html.Table(
        [
            html.Thead(html.Tr([html.Th(head, scope="col") for head in heads])),
            html.Tbody([html.Tr([html.Td(cell) for cell in line]) for line in [*lines, *lost]]),
        ],
        className="data-table",
    )
    return [html.H3(t("explorer.left_title", lang, names=t("filter.and", lang).join(names))), table]


def _write(value: int | str) -> str:
    return f"{value:,}" if isinstance(value, int) else value[:80]
