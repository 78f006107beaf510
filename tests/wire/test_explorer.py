"""The explorer over the wire: views, searches and files; crafted links get words, never a 500."""

import io
from itertools import product
from typing import Any

import networkx as nx
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics import store
from analytics.explorer.question import VIEWS
from app import server
from components.i18n import LANGUAGES

CLIENT = server.test_client()


def view(**query: Any) -> Any:
    answer = CLIENT.get("/explorer/view.json", query_string={"lang": "en", **query})
    assert answer.status_code == 200, answer.text[:300]
    return answer.json


@pytest.mark.parametrize(("name", "lang"), list(product(VIEWS, LANGUAGES)))
def test_every_view_says_what_it_shows(name: str, lang: str) -> None:
    found = view(view=name, node="huawei", other="tencent", group="province:11", top=50, lang=lang)
    assert found["said"] or found["nodes"]
    ids = {node["id"] for node in found["nodes"]}
    assert all(ends[0] in ids and ends[1] in ids for ends in found["arcs"])
    assert found["badge"] == "modelled" and found["source"]
    assert not any("\u4e00" <= letter <= "\u9fff" for text in found["said"] for letter in text) or lang == "zh"


def test_degrees_are_those_of_the_table() -> None:
    nodes = store.tables()["nodes"].set_index("id")
    for one in view(view="hubs", top=20)["nodes"]:
        assert (one["degree"], one["out"]) == tuple(nodes.loc[one["id"], ["degree", "out_degree"]])


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"node": "nope"}, "no node called “nope”"),
        ({"node": "<b>x</b>", "view": "near"}, "“<b>x</b>”"),
        ({"view": "near"}, "Choose a node first."),
        ({"view": "chain", "node": "huawei"}, "Now choose the other node."),
        ({"view": "chain", "node": "huawei", "other": "huawei"}, "Both ends are the same node"),
        ({"view": "group", "group": "province:99"}, "no relations"),
        (
            {"node": "huawei", "province": "65", "from": "2014", "to": "2014", "layer": "base", "end": "target"},
            "no relations",
        ),
    ],
)
def test_what_cannot_be_shown_is_said(query: dict[str, str], said: str) -> None:
    found = view(**query)
    assert found["nodes"] == [] and said in found["said"][0]


@given(
    query=st.dictionaries(
        st.sampled_from(
            ["view", "node", "other", "depth", "way", "top", "group", "open", "province", "from", "data", "lang"]
        ),
        st.text(max_size=12)
        | st.sampled_from([*VIEWS, "huawei", "tencent", "3", "99999999999", "province:11", "-1", "out"]),
        max_size=6,
    )
)
@settings(max_examples=80)
def test_any_link_gives_an_answer(query: dict[str, str]) -> None:
    assert len(view(**{"top": "50", **query})["nodes"]) <= 3000


@pytest.mark.parametrize(
    ("typed", "first"), [("华为", "huawei"), ("HUAWEI", "huawei"), ("huawei", "huawei"), ("腾讯", "tencent")]
)
def test_a_node_is_found_in_either_language(typed: str, first: str) -> None:
    found = CLIENT.get("/explorer/find.json", query_string={"q": typed}).json
    assert found[0]["id"] == first and len(found) <= 12


@pytest.mark.parametrize("typed", ["", " ", "zzzzzz", "x" * 5000, "%", "[", "\x00"])
def test_a_search_without_a_match_is_empty(typed: str) -> None:
    assert CLIENT.get("/explorer/find.json", query_string={"q": typed}).json == []


@pytest.mark.parametrize("form", ["gexf", "graphml"])
def test_a_file_is_read_again_with_the_same_nodes_and_arcs(form: str) -> None:
    asked = {"node": "huawei", "top": 60}
    shown = view(**asked)
    content = CLIENT.get(f"/explorer/view.{form}", query_string=asked).data
    graph = {"gexf": nx.read_gexf, "graphml": nx.read_graphml}[form](io.BytesIO(content))
    assert set(graph.nodes) == {node["id"] for node in shown["nodes"]}
    assert set(graph.edges) == {(a, b) for a, b, *_ in shown["arcs"]}
    assert graph.nodes["huawei"]["degree"] == 7052 and graph.is_directed()


def test_lists_hold_what_is_shown() -> None:
    asked = {"view": "hubs", "top": 30, "lang": "en"}
    nodes, edges = (
        pd.read_csv(io.BytesIO(CLIENT.get(f"/explorer/view.{f}", query_string=asked).data)) for f in ("nodes", "edges")
    )
    shown = view(**asked)
    assert nodes["id"].tolist() == [one["id"] for one in shown["nodes"]]
    assert list(zip(edges["source"], edges["target"], strict=True)) == [(a, b) for a, b, *_ in shown["arcs"]]


@pytest.mark.parametrize("path", ["view.exe", "nope.gexf", "..%2Fview.gexf", "view."])
def test_another_file_is_404(path: str) -> None:
    assert CLIENT.get(f"/explorer/{path}").status_code == 404
