"""Parts of the network against networkx and against graphs that are read by eye."""

from itertools import pairwise

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.explorer.arcs import UNDATED, Arcs, make_arcs
from analytics.explorer.chains import chain, distances
from analytics.explorer.found import MOST_ARCS
from analytics.explorer.views import backbone, common, ego, group, hubs
from analytics.explorer.without import remove

PAIRS = st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11)), max_size=40)
WAYS = ("out", "in", "both")


def arcs_of(pairs: list[tuple[int, int]], n_nodes: int = 12, year: int = 2020) -> Arcs:
    ends = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    ones = np.ones(len(ends), dtype=np.int64)
    return make_arcs(n_nodes, ends[:, 0], ends[:, 1], ones, ones * year)


def graph_of(pairs: list[tuple[int, int]], way: str = "out") -> nx.DiGraph:
    graph = nx.DiGraph([(a, b) for a, b in pairs if a != b])
    graph.add_nodes_from(range(12))
    return {"out": graph, "in": graph.reverse(), "both": nx.DiGraph(graph.to_undirected())}[way]


def pairs_of(arcs: Arcs, which: np.ndarray) -> set[tuple[int, int]]:
    return set(zip(arcs.source[which].tolist(), arcs.target[which].tolist(), strict=True))


def test_parallel_arcs_are_merged_and_loops_dropped() -> None:
    arcs = make_arcs(3, *(np.array(one) for one in ([0, 0, 1, 2], [1, 1, 1, 0], [2, 3, 1, 1], [2020, 0, 2019, 0])))
    assert pairs_of(arcs, np.arange(2)) == {(0, 1), (2, 0)}
    assert arcs.weight.tolist() == [5, 1] and arcs.year.tolist() == [2020, UNDATED]
    assert arcs.degrees().tolist() == [2, 1, 1]


@given(PAIRS, st.sampled_from(WAYS), st.integers(0, 11))
@settings(max_examples=60)
def test_distances_are_those_of_networkx(pairs: list[tuple[int, int]], way: str, start: int) -> None:
    found = distances(arcs_of(pairs), start, way)
    known = nx.single_source_shortest_path_length(graph_of(pairs, way), start)
    assert found.tolist() == [known.get(node, -1) for node in range(12)]


@given(PAIRS, st.booleans(), st.integers(0, 11), st.integers(0, 11))
@settings(max_examples=60)
def test_chains_are_all_the_shortest_ones(pairs: list[tuple[int, int]], directed: bool, one: int, other: int) -> None:
    graph = graph_of(pairs, "out" if directed else "both")
    found = chain(arcs_of(pairs), one, other, directed)
    if one == other or not nx.has_path(graph, one, other):
        assert [key for key, _ in found.said] == ["same" if one == other else "no_chain"] and not len(found.nodes)
        return
    paths = list(nx.all_shortest_paths(graph, one, other))
    assert dict(found.said)["chain"] == {"steps": len(paths[0]) - 1, "count": len(paths), "shown": min(len(paths), 100)}
    assert set(found.nodes.tolist()) == {node for path in paths for node in path}
    steps = {step for path in paths for step in pairwise(path)}
    both = steps | {(b, a) for a, b in steps}
    there = {(a, b) for a, b in pairs if a != b}
    arcs = arcs_of(pairs)
    assert pairs_of(arcs, found.arcs) == (steps if directed else both) & there


def test_a_cut_chain_counts_all() -> None:
    """Two hundred ways of two steps."""
    pairs = [pair for middle in range(2, 202) for pair in ((0, middle), (middle, 1))]
    found = chain(arcs_of(pairs, 202), 0, 1, True)
    assert dict(found.said)["chain"] == {"steps": 2, "count": 200, "shown": 100}
    assert len(found.nodes) == 102 and len(found.arcs) == 200


@given(PAIRS, st.integers(0, 11), st.integers(1, 3), st.sampled_from(WAYS))
@settings(max_examples=60)
def test_a_neighbourhood_holds_what_is_near(pairs: list[tuple[int, int]], node: int, depth: int, way: str) -> None:
    arcs = arcs_of(pairs)
    found = ego(arcs, node, depth, way, 100)
    near = nx.single_source_shortest_path_length(graph_of(pairs, way), node, cutoff=depth)
    if not arcs.degrees()[node]:
        assert found.said[0][0] == "alone"
        return
    assert dict(zip(found.nodes.tolist(), found.rank.tolist(), strict=True)) == near
    inside = {(a, b) for a, b in pairs if a != b and {a, b} <= near.keys()}
    if not found.said:
        assert pairs_of(arcs, found.arcs) == inside


def test_a_hub_of_fifty_thousand_is_cut_and_says_so() -> None:
    arcs = arcs_of([(0, leaf) for leaf in range(1, 50_001)], 50_001)
    found = ego(arcs, 0, 1, "both", 300)
    assert len(found.nodes) == 300 and dict(found.said)["cut"] == {"shown": 299, "all": 50_000, "step": 1}
    assert len(found.arcs) == 299


def test_the_heaviest_partners_come_first_and_opened_ones_bring_their_own() -> None:
    arcs = arcs_of([(0, 1), (0, 2), (0, 2), (2, 3), (3, 4)], 5)
    assert ego(arcs, 0, 1, "out", 2).nodes.tolist() == [0, 2]
    assert ego(arcs, 0, 1, "out", 9, (2,)).nodes.tolist() == [0, 2, 1, 3]


def test_common_partners() -> None:
    arcs = arcs_of([(0, 2), (2, 1), (0, 3), (1, 3), (1, 3), (0, 4), (1, 5)], 6)
    found = common(arcs, 0, 1, 10)
    assert found.nodes.tolist() == [0, 1, 3, 2] and dict(found.said)["common"] == {"shown": 2, "all": 2}
    assert common(arcs, 4, 5, 10).said[0][0] == "no_common"


def test_hubs_and_groups_are_the_best_connected() -> None:
    arcs = arcs_of([(0, 1), (0, 2), (0, 3), (3, 1)], 5)
    assert hubs(arcs, 2).nodes.tolist() == [0, 1]
    assert set(pairs_of(arcs, hubs(arcs, 2).arcs)) == {(0, 1)}
    assert group(arcs, np.array([False, True, True, True, True]), 2).nodes.tolist() == [1, 3]


def test_the_backbone_prefers_an_arc_that_stands_out() -> None:
    """Of node 0's four arcs one carries ten relations."""
    arcs = arcs_of([(0, 1)] * 10 + [(0, 2), (0, 3), (0, 4)], 5)
    found = backbone(arcs, 2)
    assert pairs_of(arcs, found.arcs) == {(0, 1)}


@pytest.mark.parametrize("view", [lambda a: hubs(a, 9), lambda a: backbone(a, 9), lambda a: ego(a, 0, 1, "both", 9)])
def test_an_empty_network_gives_nothing_and_says_why(view: object) -> None:
    found = view(arcs_of([], 3))  # type: ignore[operator]
    assert not len(found.nodes) and found.said


def test_no_view_holds_more_arcs_than_a_browser_draws() -> None:
    rng = np.random.default_rng(1)
    pairs = [tuple(pair) for pair in rng.integers(0, 900, (60_000, 2)).tolist()]
    found = hubs(arcs_of(pairs, 900), 900)
    assert len(found.arcs) == MOST_ARCS and "arcs_cut" in dict(found.said)


def test_without_a_bridge_the_network_falls_apart() -> None:
    """A chain of five: without its middle two pairs are left."""
    arcs = arcs_of([(0, 1), (1, 2), (2, 3), (3, 4)], 5)
    left = remove(arcs, [2], np.array(["11", "11", "11", "44", "44"]))
    assert (left.nodes, left.arcs, left.giant) == ((5, 4), (4, 2), (5, 2))
    assert left.path == (2.0, 1.0)
    assert left.inputs.values.tolist() == [["11", 2, 1, 50.0], ["44", 2, 1, 50.0]]


def test_without_everything_nothing_is_left() -> None:
    left = remove(arcs_of([(0, 1)], 2), [0, 1], np.array(["", ""]))
    assert left.nodes == (2, 0) and left.giant == (2, 0) and np.isnan(left.path[1]) and left.inputs.empty
