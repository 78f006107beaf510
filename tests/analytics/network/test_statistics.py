"""Statistics against networkx on published graphs and on random ones, and against laws that were drawn."""

import json
import math

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.__main__ import main
from analytics.measures.leaders import tail_law
from analytics.network.graph import Graph, build_graph
from analytics.network.rankings import cores, hits, pagerank
from analytics.network.statistics import communities, measure_network
from analytics.network.tail_fit import fit_tail
from analytics.network.values import value_network

KNOWN = {
    "kite": nx.krackhardt_kite_graph(),
    "florentine": nx.convert_node_labels_to_integers(nx.florentine_families_graph()),
    "karate": nx.karate_club_graph(),
}
PAIRS = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=1, max_size=40)


def graph_of(pairs: list[tuple[int, int]], n: int) -> Graph:
    ends = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    return build_graph(ends[:, 0], ends[:, 1], n)


def same(found: float | int | None, known: float) -> bool:
    return found is None if math.isnan(known) else found == pytest.approx(known, abs=1e-9)


@pytest.mark.parametrize("name", KNOWN)
def test_a_published_graph_has_its_statistics(name: str) -> None:
    view = KNOWN[name]
    found = measure_network(graph_of([*view.edges, *((b, a) for a, b in view.edges)], len(view)))
    assert found["edges"] == view.number_of_edges() and found["arcs"] == 2 * view.number_of_edges()
    assert found["reciprocity"] == 1 and found["weak_components"] == 1 == found["giant_component_share"]
    assert same(found["density_undirected"], nx.density(view))
    assert same(found["clustering_undirected_networkx"], nx.average_clustering(view))
    assert same(found["average_path_length"], nx.average_shortest_path_length(view))
    assert found["diameter"] == nx.diameter(view) and found["unreachable_share"] == 0
    assert found["radius"] == nx.radius(view)
    assert same(found["degree_assortativity"], nx.degree_pearson_correlation_coefficient(view))
    assert found["highest_core"] == max(nx.core_number(view).values())


@given(PAIRS)
@settings(max_examples=60)
def test_a_random_graph_has_networkx_statistics(pairs: list[tuple[int, int]]) -> None:
    graph, view = graph_of(pairs, 10), nx.DiGraph([(a, b) for a, b in pairs if a != b])
    view.add_nodes_from(range(10))
    found = measure_network(graph)
    assert found["self_loops"] == sum(a == b for a, b in pairs)
    assert found["merged_arcs"] == len(pairs) - found["self_loops"] - view.number_of_edges()
    assert same(found["density"], nx.density(view))
    if view.number_of_edges():
        assert same(found["reciprocity"], nx.overall_reciprocity(view))
    assert found["weak_components"] == nx.number_weakly_connected_components(view)
    assert found["strong_components"] == nx.number_strongly_connected_components(view)
    ranks = nx.pagerank(view, tol=1e-12, max_iter=1000)
    assert pagerank(graph).tolist() == pytest.approx([ranks[node] for node in range(10)], abs=1e-8)
    assert cores(graph).tolist() == [nx.core_number(view.to_undirected())[node] for node in range(10)]


def test_hits_are_the_leading_vectors() -> None:
    view = nx.gnp_random_graph(30, 0.2, seed=3, directed=True)
    hub, authority = hits(graph_of(list(view.edges), 30))
    hubs, authorities = nx.hits(view, max_iter=5000, tol=1e-14)
    for found, known in ((hub, hubs), (authority, authorities)):
        assert np.linalg.norm(found) == pytest.approx(1)
        assert (found / found.sum()).tolist() == pytest.approx([known[node] for node in range(30)], abs=1e-6)


@pytest.mark.parametrize("n", [0, 1, 2])
def test_a_graph_without_arcs_has_no_distances(n: int) -> None:
    found = measure_network(graph_of([], n))
    assert found["nodes"] == n and found["arcs"] == 0 and found["diameter"] == 0
    assert found["average_path_length"] is None and found["reciprocity"] is None


def test_a_star_of_fifty_thousand() -> None:
    found = measure_network(graph_of([(0, leaf) for leaf in range(1, 50_001)], 50_001), 1_000)
    assert found["average_path_length"] == 1 and found["diameter"] == 1 and found["highest_core"] == 1
    assert found["path_sources"] == 1_000 and found["clustering_directed"] == 0
    assert found["degree_assortativity"] == pytest.approx(-1)


def test_communities_are_the_same_in_every_run_and_the_largest_comes_first() -> None:
    view = KNOWN["karate"]
    runs = [communities(graph_of(list(view.edges), 34)) for _ in range(2)]
    assert runs[0][0].tolist() == runs[1][0].tolist() and 0.35 < runs[0][1] < 0.42
    sizes = np.bincount(runs[0][0])
    assert sizes.tolist() == sorted(sizes, reverse=True)


def test_a_drawn_power_law_is_found_and_an_even_spread_is_none() -> None:
    rng = np.random.default_rng(5)
    drawn = np.floor(4.5 * (1 - rng.random(20_000)) ** (-1 / 1.5) + 0.5).astype(np.int64)
    fit = fit_tail(drawn)
    assert fit is not None and fit.exponent == pytest.approx(2.5, abs=0.1) and fit.p > 0.1
    even = fit_tail(rng.integers(1, 60, 20_000))
    assert even is not None and even.p < 0.1 and even.ratio < 0


def test_the_command_reads_a_bare_edge_list(tmp_path: object, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "edges.csv"  # type: ignore[operator]
    path.write_text("source,target\nA,B\nB,C\nB,D\n")
    assert main(["stats", str(path), "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["average_path_length"] == 1.4 and found["nodes"] == 4


def test_the_command_says_what_is_wrong(tmp_path: object, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "edges.csv"  # type: ignore[operator]
    path.write_text("a,b\n1,2\n")
    assert main(["stats", str(path)]) == 1
    assert "edges.csv" in capsys.readouterr().err


def test_the_rich_club_is_networkx_unnormalised_one() -> None:
    view = nx.barabasi_albert_graph(500, 4, seed=1)
    found = measure_network(graph_of(list(view.edges), 500))["rich_club"]
    least = sorted((degree for _, degree in view.degree), reverse=True)[4]
    assert same(found, nx.rich_club_coefficient(view, normalized=False)[least - 1])


def test_a_network_is_valued_node_by_node() -> None:
    view = nx.karate_club_graph()
    nodes, network = value_network(graph_of([*view.edges, *((b, a) for a, b in view.edges)], 34))
    between = nx.betweenness_centrality(view, normalized=False)
    assert (nodes["betweenness"] / 2).tolist() == pytest.approx([between[node] for node in range(34)])
    assert nodes["pagerank"].sum() == pytest.approx(1) and nodes["core"].max() == 4
    values = network.set_index("name")["value"]
    groups = [set(part.index) for _, part in nodes.groupby("community")]
    assert values["communities"] == len(groups) and values["modularity"] == pytest.approx(
        nx.community.modularity(view, groups, weight=None)
    )


def test_a_law_drawn_is_the_law_found() -> None:
    drawn = np.floor(4.5 * (1 - np.random.default_rng(5).random(20_000)) ** (-1 / 1.5) + 0.5).astype(np.int64)
    curve, exponent = tail_law(drawn)
    assert exponent == pytest.approx(2.5, abs=0.1)
    seen = [100 * (drawn >= degree).mean() for degree in curve["degree"][:10]]
    assert curve["value"][:10].tolist() == pytest.approx(seen, rel=0.1)
