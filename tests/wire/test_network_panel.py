"""The panel of statistics over the wire: the whole, a part, printed values, junk."""

import re
from typing import Any

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.explorer.arcs import load_arcs
from analytics.filters import KEYS, Filters
from app import server
from components.network_panel import measured

CLIENT = server.test_client()


def panel(**query: Any) -> str:
    answer = CLIENT.get("/network/stats.json", query_string={"lang": "en", **query})
    assert answer.status_code == 200, answer.text[:300]
    return str(answer.json["html"])


def test_the_whole_stands_beside_the_printed_values_and_a_part_beside_the_whole() -> None:
    whole = panel()
    assert "35,672" in whole and "91,158" in whole and whole.count("◇") == 6 and "Whole network" not in whole
    part = panel(province="65")
    assert "Whole network" in part and "35,672" in part and "◇" not in part


def test_a_part_is_measured_as_networkx_does() -> None:
    filters = Filters(provinces=("65",), end="target")
    arcs = load_arcs(filters)
    view = nx.DiGraph(zip(arcs.source.tolist(), arcs.target.tolist(), strict=True))
    found = measured(filters, "test")
    assert (found["nodes"], found["arcs"]) == (view.number_of_nodes(), view.number_of_edges())
    assert found["weak_components"] == nx.number_weakly_connected_components(view)
    assert found["strong_components"] == nx.number_strongly_connected_components(view)


def test_an_empty_part_has_dashes() -> None:
    said = panel(province="54", layer="base", to="2014", end="source", **{"from": "2014"})
    assert re.search(r"Average path length.*?<td class=\"num\">–</td>", said)


@given(
    query=st.dictionaries(
        st.sampled_from([*KEYS.values(), "from", "to", "lang"]),
        st.text(max_size=8) | st.sampled_from(["65", "2014"]),
        max_size=4,
    )
)
@settings(max_examples=15)
def test_any_query_is_answered(query: dict[str, str]) -> None:
    assert "<table" in panel(**{"province": "65", **query})


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_words_are_in_the_language(lang: str) -> None:
    assert ("网络直径" in panel(lang=lang)) == (lang == "zh")
