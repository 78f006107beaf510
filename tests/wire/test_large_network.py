"""A network with more relations than a page walks: what needs few of them is exact, what needs all says why not."""

from collections import OrderedDict
from collections.abc import Iterator
from typing import Any

import pytest

from analytics.explorer import arcs, large
from components import page_cache
from components.chart_card import made
from components.charts import CHARTS, needs
from components.charts.select import NOTHING
from components.shell import route_of
from tests.wire.calls import CALL, page_call

WALKS = [name for name, spec in CHARTS.items() if spec.walks]


def drawn(reader: Any, query: str) -> tuple[set[tuple[str, int, int]], set[tuple[str, str, int, int]], list[str]]:
    """Give the nodes with their degrees, the arcs by ids with weight and year, and what is said."""
    found = reader.get(f"/explorer/view.json?lang=en&{query}").json
    nodes = {(one["id"], one["degree"], one["out"]) for one in found["nodes"]}
    return nodes, {tuple(one) for one in found["arcs"]}, found["said"]


@pytest.fixture
def small_memory(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A process that takes ten relations into memory."""
    for module in (arcs, large, needs):
        monkeypatch.setattr(module, "MOST_LOADED", 10)
    made.cache_clear()
    yield
    made.cache_clear()


QUERIES = ("view=near&node=huawei&top=120", "view=near&node=tencent&way=out&top=60", "view=hubs&top=50")


@pytest.fixture(scope="module")
def walked() -> dict[str, Any]:
    """What the views show when all relations are walked."""
    from app import server

    return {query: drawn(server.test_client(), query) for query in QUERIES}


@pytest.mark.parametrize("query", QUERIES)
def test_hubs_and_partners_are_the_same_by_query(
    reader: Any, walked: dict[str, Any], small_memory: None, query: str
) -> None:
    nodes, pairs, said = drawn(reader, query)
    assert len(nodes) > 40 and len(pairs) > len(nodes) / 2 and said
    assert (nodes, pairs, said) == walked[query]


@pytest.mark.parametrize("view", ["chain&node=huawei&other=tencent", "backbone", "provinces", "communities"])
def test_other_views_say_why_they_are_empty(reader: Any, small_memory: None, view: str) -> None:
    nodes, pairs, said = drawn(reader, f"view={view}")
    assert (nodes, pairs) == (set(), set()) and "more than 10" in " ".join(said)


def test_charts_that_walk_the_network_are_these() -> None:
    assert set(WALKS) == {"node_ranks", "platform_industries", "platform_reach"}


@pytest.mark.parametrize("chart", WALKS)
def test_a_chart_that_needs_all_says_so(reader: Any, small_memory: None, chart: str) -> None:
    card = reader.get(f"/cards/en.json?charts={chart}").json["cards"][chart]
    assert card["figure"] is None and "more than the 10 that a page can walk" in card["empty"]
    assert reader.get(f"/data/{chart}.json").json["rows"] == []


@pytest.mark.parametrize("chart", sorted(CHARTS.keys() - set(WALKS)))
def test_every_other_chart_needs_no_arc(reader: Any, small_memory: None, chart: str) -> None:
    card = reader.get(f"/cards/en.json?charts={chart}&province=11").json["cards"][chart]
    assert "more than the 10" not in str(card["empty"])


@pytest.mark.parametrize("link", ["/explorer/without.json?gone=huawei", "/explorer/all.gexf"])
def test_what_is_refused_is_told(reader: Any, small_memory: None, link: str) -> None:
    answer = reader.get(link, headers={"Accept-Language": "en"})
    assert answer.status_code == 422 and "more than the 10" in answer.text


def test_pages_of_places_and_the_index_do_without(
    reader: Any, small_memory: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page_cache, "_kept", OrderedDict())
    stats = reader.get("/network/stats.json?lang=en&province=11").json["html"]
    assert "more than the 10" in stats and "–" in stats
    assert reader.get("/index/view.json?lang=en").status_code == 200
    chapter = reader.post(CALL, json=page_call(reader, route_of("region", "en"), "?place=44"))
    assert chapter.status_code == 200 and "more than the 10 that a page can walk" in chapter.text


def test_the_frame_of_nothing_has_the_columns_of_a_fact() -> None:
    assert NOTHING.empty and {"item", "value", "n"} <= set(NOTHING.columns)
