"""Path lengths and clustering against hand-made fixtures and an independent library."""

import math

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.network.clustering import measure_clustering
from analytics.network.graph import Graph, build_graph
from analytics.network.paths import LONGEST, measure_paths

arcs = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=40)


def graph_of(text: str) -> Graph:
    pairs = [pair.split(">") for pair in text.split()]
    names = sorted({end for pair in pairs for end in pair})
    source, target = (np.array([names.index(pair[at]) for pair in pairs]) for at in (0, 1))
    return build_graph(source, target, len(names))


def graph_from(pairs: list[tuple[int, int]], n: int = 10) -> tuple[Graph, nx.DiGraph]:
    ends = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    other = nx.DiGraph()
    other.add_nodes_from(range(n))
    other.add_edges_from((a, b) for a, b in pairs if a != b)
    return build_graph(ends[:, 0], ends[:, 1], n), other


@pytest.mark.parametrize(
    ("text", "directed"),
    [
        ("1>2 2>3 2>4 3>1 3>4 4>1", 0.5),
        ("2>1 2>4 3>1 3>2 4>3", 0.4167),
        ("0>3 1>0 1>3 2>0 2>3 3>0 3>1 4>1 4>3", 0.65),
    ],
)
def test_directed_clustering_is_gephis(text: str, directed: float) -> None:
    assert measure_clustering(graph_of(text)).directed == pytest.approx(directed, abs=5e-5)


def test_undirected_clustering_of_networkx_divides_by_all_nodes() -> None:
    found = measure_clustering(graph_of("0>3 1>0 1>3 2>0 2>3 3>0 3>1 4>1 4>3"))
    assert found.undirected_all == pytest.approx(0.7667, abs=1e-4)


def test_paths_follow_the_arcs() -> None:
    paths = measure_paths(graph_of("A>B B>C B>D"))
    assert (paths.average, paths.diameter) == (1.4, 2)
    assert paths.unreachable == pytest.approx(1 - 5 / 12)


@settings(deadline=None, max_examples=60)
@given(arcs)
def test_kernels_agree_with_networkx(pairs: list[tuple[int, int]]) -> None:
    graph, other = graph_from(pairs)
    distances = [d for _, reached in nx.all_pairs_shortest_path_length(other) for d in reached.values() if d]
    paths = measure_paths(graph)
    assert paths.n_pairs.sum() == len(distances)
    assert paths.diameter == max(distances, default=0)
    assert math.isnan(paths.average) if not distances else paths.average == pytest.approx(np.mean(distances))
    expected = nx.average_clustering(other.to_undirected())
    assert measure_clustering(graph).undirected_all == pytest.approx(expected)


@given(arcs)
def test_loops_and_parallels_are_dropped_and_counted(pairs: list[tuple[int, int]]) -> None:
    graph, other = graph_from(pairs)
    assert graph.n_arcs == other.number_of_edges()
    assert graph.n_arcs + graph.n_merged + graph.n_loops == len(pairs)


@pytest.mark.parametrize("n", [0, 1])
def test_a_graph_without_pairs(n: int) -> None:
    graph = build_graph(np.array([], np.int64), np.array([], np.int64), n)
    paths = measure_paths(graph)
    assert math.isnan(paths.average) and paths.diameter == 0 and math.isnan(paths.unreachable)


def test_an_end_that_is_no_node_is_refused() -> None:
    with pytest.raises(ValueError, match="not among the 2 nodes"):
        build_graph(np.array([0]), np.array([2]), 2)


def test_a_path_too_long_to_count_is_refused() -> None:
    line = np.arange(LONGEST + 5)
    with pytest.raises(ValueError, match=f"{LONGEST} hops"):
        measure_paths(build_graph(line[:-1], line[1:], len(line)))


def test_a_sample_of_sources_says_so_and_comes_near() -> None:
    rng = np.random.default_rng(1)
    graph = build_graph(rng.integers(0, 2000, 9000), rng.integers(0, 2000, 9000), 2000)
    whole, part = measure_paths(graph), measure_paths(graph, 500)
    assert (whole.n_sources, part.n_sources) == (2000, 500)
    assert part.average == pytest.approx(whole.average, rel=0.02) and part.diameter <= whole.diameter
    assert part.unreachable == pytest.approx(whole.unreachable, abs=0.02)
