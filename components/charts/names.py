"""What an item is called in both languages: as the report says, else as the classifications do."""

import re

import pandas as pd

from analytics import store
from components.i18n import LANGUAGES, t

YEAR_ITEM = re.compile(r"founded_(\d{4})")
# Codes of provinces and of divisions are alike, so the figure or table says what an item is.
TAXONOMY = {
    "figure-2": "regions",
    "figure-3": "provinces",
    "figure-9": "layers",
    "figure-11": "provinces",
    "figure-12": "layers",
    "figure-15": "technologies",
    "figure-16": "applications",
    "figure-18": "sections",
    "figure-19": "sections",
    "figure-20": "divisions",
    "table-6": "provinces",
    "table-7": "provinces",
}


def names_of(items: pd.Series, source: str, facts: pd.DataFrame, data: str) -> dict[str, list[str]]:
    """Give `item_zh` and `item_en` of a source's items: from `facts`, a taxonomy, or the nodes."""
    return {f"item_{lang}": _names(items, source, facts, lang, data) for lang in LANGUAGES}


def _names(items: pd.Series, source: str, facts: pd.DataFrame, lang: str, data: str) -> list[str]:
    known = {
        **taxonomy_names(TAXONOMY.get(source, ""), lang),
        **dict(zip(facts["item"], facts[f"item_{lang}"], strict=True)),
    }
    nodes = node_names(items[~items.isin(list(known))], lang, data)
    return [known.get(item) or _name(item, known, nodes, lang) for item in items]


def _name(item: str, known: dict[str, str], nodes: dict[str, str], lang: str) -> str:
    year = YEAR_ITEM.fullmatch(item)
    if year:
        return t("item.founded", lang, year=year[1])
    if ">" in item:
        return " → ".join(known.get(end, end) for end in item.split(">"))
    return nodes.get(item, item)


@store.per_snapshot
def taxonomy_names(table: str, lang: str) -> dict[str, str]:
    """Give the names of a classification's codes; provinces in full, as the report writes them."""
    rows = store.tables().get(table)
    if rows is None:
        return {}
    column = "fullname_zh" if (table, lang) == ("provinces", "zh") else f"name_{lang}"
    return dict(zip(rows.iloc[:, 0], rows[column], strict=True))


def node_names(ids: pd.Series, lang: str, data: str) -> dict[str, str]:
    """Give the names of nodes in a language, in the other one where they have none, else their ids."""
    if ids.empty:
        return {}
    nodes = store.tables(data)["nodes"]
    rows = nodes[nodes["id"].isin(set(ids))]
    other = "en" if lang == "zh" else "zh"
    names = rows[f"name_{lang}"].fillna(rows[f"name_{other}"]).fillna(rows["id"])
    return dict(zip(rows["id"], names, strict=True))
