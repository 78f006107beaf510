"""What the nodes of the picture are coloured by: codes for its bytes, names for its legend."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd

from analytics import store
from components.explorer_words import name_nodes
from components.i18n import t

LAYERS = ("base", "technology", "application")
KINDS = ("", "university", "research_institute", "government", "industrial_firm", "foreign_vendor")  # "" is a firm
COMMUNITIES = 7  # the largest; as many as there are colours that can be told apart
REST = 255  # the code of all that has no colour of its own
Tables = Mapping[str, pd.DataFrame]


def columns_of(tables: Tables) -> list[np.ndarray]:
    """Give layer, province, kind and community of every node as uint8.

    Layer and kind count along `LAYERS` and `KINDS`, a province is its two digits, communities count from the
    largest. `REST` is anything else.
    """
    nodes = tables["nodes"]
    provinces = pd.to_numeric(nodes["province"].astype("str"), errors="coerce").fillna(REST)
    return [
        _codes(nodes["layer"], LAYERS),
        provinces.to_numpy().astype(np.uint8),
        _codes(nodes["kind"], KINDS),
        _codes(_communities(tables), tuple(_largest(tables))),
    ]


def colourings(data: str, lang: str) -> dict[str, dict[str, Any]]:
    """Give every way to colour by name: the column it reads, names and codes of its colours, name of the rest."""
    layers = [(t(f"explorer.layer_{layer}", lang), [code]) for code, layer in enumerate(LAYERS)]
    kinds = [(t(f"kind.{kind or 'firm'}", lang), [code]) for code, kind in enumerate(KINDS)]
    found = {
        "layer": ("layer", layers, t("explorer.layer_none", lang)),
        "region": ("province", _regions(lang), t("galaxy.elsewhere", lang)),
        "kind": ("kind", kinds, t("kind.other", lang)),
    }
    groups = _groups(data, lang, store.snapshot(data).name)
    found |= {"community": ("community", groups, t("galaxy.smaller", lang))} if groups else {}
    return {name: {"column": column, "of": of, "rest": rest} for name, (column, of, rest) in found.items()}


def _regions(lang: str) -> list[tuple[str, list[int]]]:
    """Give the report's regions; a province of two counts to the first."""
    chapters = store.regions().query("kind == 'chapter'")
    return [
        (name, [int(code) for code in codes.split(";")])
        for name, codes in zip(chapters[f"name_{lang}"], chapters["provinces"], strict=True)
    ]


@lru_cache(maxsize=32)
def _groups(data: str, lang: str, _snapshot: str) -> list[tuple[str, list[int]]]:
    """Name the largest communities by their largest member."""
    tables = store.tables(data)
    of, nodes = _communities(tables), tables["nodes"]
    found = []
    for code, group in enumerate(_largest(tables)):
        members = nodes[of.eq(group).to_numpy()]
        name = name_nodes(members.nlargest(1, "degree"), lang)[0]
        found.append((t("explorer.community", lang, name=name, n=f"{len(members):,}"), [code]))
    return found


def _communities(tables: Tables) -> pd.Series:
    """Give every node's community, in the nodes' order; missing where none were sought."""
    numbers = tables["node_values"]["community"]
    return numbers.where(numbers.ge(0)).astype("Int64")


def _largest(tables: Tables) -> list[Any]:
    return _communities(tables).value_counts().sort_index().nlargest(COMMUNITIES).index.tolist()


def _codes(values: pd.Series, known: tuple[Any, ...]) -> np.ndarray:
    codes = np.full(len(values), REST, dtype=np.uint8)
    for code, value in enumerate(known):
        codes[values.eq(value).fillna(False).to_numpy(dtype=bool)] = code
    return codes
