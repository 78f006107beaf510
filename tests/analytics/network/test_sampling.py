"""Statistics of large networks: exact where they say so, within their interval where they are sampled."""

import networkx as nx
import numpy as np
import pytest

from analytics.network.arcs import Arcs, graph_of
from analytics.network.clustering import measure_clustering
from analytics.network.graph import Graph, build_graph
from analytics.network.paths import measure_paths
from analytics.network.plan import plan_network
from analytics.network.sampling import (
    margin_of,
    sample_clustering,
    sample_network,
    sample_paths,
)
from analytics.network.statistics import measure_network


def some_arcs(n: int, count: int, seed: int = 7) -> Arcs:
    """Distinct arcs whose ends are drawn unevenly, as partners are."""
    rng = np.random.default_rng(seed)
    ends = np.floor(n * rng.random((count, 2)) ** 2).astype(np.int32)
    ends = np.unique(ends[ends[:, 0] != ends[:, 1]], axis=0)
    order = rng.permutation(len(ends))
    return Arcs(ends[order, 0], ends[order, 1], rng.integers(0, 4, len(ends)).astype(np.int16))


@pytest.fixture(scope="module")
def network() -> Graph:
    return graph_of(some_arcs(400, 3_000), 400)


def test_rows_are_those_of_the_sorted_projection() -> None:
    arcs = some_arcs(50, 300)
    found, known = graph_of(arcs, 50), build_graph(arcs.source, arcs.target, 50)
    for name in ("out_start", "out_end", "in_start", "in_end"):
        assert np.array_equal(getattr(found, name), getattr(known, name)), name


def test_arcs_up_to_a_year_leave_the_undated_out() -> None:
    arcs = Arcs(np.array([0, 5, 2], np.int32), np.array([5, 2, 0], np.int32), np.array([2015, 0, 2016], np.int16))
    early, n = arcs.until(2015).among_ends()
    assert (early.source.tolist(), early.target.tolist(), n) == ([0], [1], 2)
    assert len(arcs.until(2016)) == 2 and arcs.until(2014).among_ends()[1] == 0


def test_paths_from_every_node_are_exact(network: Graph) -> None:
    found, known = sample_paths(network, network.n), measure_paths(network)
    assert found.average == known.average and found.diameter == known.diameter
    assert found.margin == 0 and found.unreachable == known.unreachable


def test_clustering_around_every_node_is_exact(network: Graph) -> None:
    found = sample_clustering(network, network.n)
    assert found.directed == pytest.approx(measure_clustering(network).directed) and found.margin == 0


def test_intervals_hold_the_exact_value_nineteen_times_of_twenty(monkeypatch: pytest.MonkeyPatch) -> None:
    graph = graph_of(some_arcs(300, 1_500), 300)
    paths, clustering = measure_paths(graph).average, measure_clustering(graph).directed
    held = np.zeros(2)
    for seed in range(200):
        monkeypatch.setattr("analytics.network.sampling.SEED", seed)
        one, other = sample_paths(graph, 40), sample_clustering(graph, 150)
        held += [abs(one.average - paths) <= one.margin, abs(other.directed - clustering) <= other.margin]
    assert (held > 200 * 0.88).all() and (held < 200).all()


def test_an_interval_by_hand() -> None:
    # Two sources of a hundred nodes: 2 nodes in 1 hop each; 1 in 1 hop and 1 in 2. Means 1 and 1.5, the ratio 1.25.
    counts = np.array([[0, 2, 0], [0, 1, 1]])
    spread = np.sqrt((0.5**2 + 0.5**2) / 1 / 2 * 0.98)
    assert margin_of(counts, 100) == pytest.approx(1.96 * spread / 2)
    assert margin_of(counts, 2) == margin_of(counts[:1], 100) == margin_of(counts * 0, 100) == 0


def test_what_a_sample_counts_exactly(network: Graph) -> None:
    nodes, table = sample_network(network)
    found, known = dict(table.to_numpy()), measure_network(network)
    exact = ("nodes", "arcs", "edges", "reciprocity", "density_undirected", "weak_components", "giant_component_share")
    for name in (*exact, "top_20_percent_share", "degree_gini", "clustering_directed"):
        assert found[name] == pytest.approx(known[name]), name
    assert len(nodes) == network.n and nodes["betweenness"].isna().all()


def test_components_are_those_of_networkx() -> None:
    arcs = some_arcs(200, 150)
    _, table = sample_network(graph_of(arcs, 200))
    view = nx.Graph(zip(arcs.source.tolist(), arcs.target.tolist(), strict=True))
    view.add_nodes_from(range(200))
    assert dict(table.to_numpy())["weak_components"] == nx.number_connected_components(view)


def test_the_plan_goes_as_far_as_memory_does() -> None:
    report = plan_network(35_672, 91_158, 4 * 10**9)
    assert report.exact and report.layout and report.communities and report.told()["statistics"] == "exact"
    large = plan_network(360_000, 5_000_000, 4 * 10**9)
    assert large.whole and not large.exact and not large.layout and not large.communities
    largest = plan_network(1_100_000, 60_000_000, 4 * 10**9)
    assert not largest.whole and largest.told()["statistics"] == "sampled, some left out"
    assert not plan_network(35_672, 91_158, 10**6).exact
