"""The explorer in words: names of nodes, what is shown, what was left out."""

import pandas as pd

from analytics import store
from analytics.explorer.found import Said
from analytics.explorer.question import CHAIN, COMMON, GROUP, NEAR, Question
from components.i18n import t


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


def _write(value: int | str) -> str:
    return f"{value:,}" if isinstance(value, int) else value[:80]
