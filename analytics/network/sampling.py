"""Distances and clustering of a network too large to follow every path: from some nodes, with intervals.

Nodes are drawn at random with a fixed seed, each as likely as any other. The mean distance is a ratio, all hops by all
pairs reached, so its interval is that of a ratio of means over the sources (Cochran 1977, "Sampling Techniques", ch.
2); clustering is a mean over nodes, and its interval that of a mean. Both are 95 percent intervals.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numba import njit, prange
from numpy.typing import NDArray

from analytics.network.clustering import measure_clustering
from analytics.network.graph import Graph
from analytics.network.paths import EXACT_UP_TO, LONGEST, Paths, measure_paths
from analytics.network.statistics import Value, concentration, spread_of_degree
from analytics.network.threads import ONE_AT_A_TIME, STRIPES

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
SEED = 2024
SURE = 1.96  # standard errors to each side, for 95 percent
# Arcs passed in all; at least and at most so many sources. Thirty are enough for the interval of a mean.
PASSED, FEWEST, MOST = 4_000_000_000, 30, 2_000
# Arcs; up to here every triangle is counted. Beyond, around so many nodes.
TRIANGLES_UP_TO, AROUND = 12_000_000, 1_000


@dataclass(frozen=True)
class Estimate:
    """A clustering coefficient, half of its interval (0 where exact), and from how many nodes it comes."""

    directed: float
    margin: float
    n_nodes: int


def follow_paths(graph: Graph) -> Paths:
    """Measure distances: exactly up to `EXACT_UP_TO` nodes, else from a sample of them."""
    return measure_paths(graph) if graph.n <= EXACT_UP_TO else sample_paths(graph, sources_of(graph))


def sources_of(graph: Graph) -> int:
    """Give from how many nodes the paths of a large network are followed."""
    return min(graph.n, MOST, max(FEWEST, PASSED // max(graph.n_arcs, 1)))


def sample_paths(graph: Graph, count: int) -> Paths:
    """Follow the paths from `count` nodes drawn at random.

    Raises
    ------
    ValueError
        A shortest path has `LONGEST` hops or more.
    """
    sources = np.random.default_rng(SEED).choice(graph.n, count, replace=False)
    with ONE_AT_A_TIME:
        counts = _count_hops(graph.out_start, graph.out_end, sources)
    if counts[:, LONGEST:].any():
        raise ValueError(f"a shortest path has {LONGEST} hops or more")
    return Paths(counts.sum(axis=0), graph.n, count, margin=margin_of(counts, graph.n))


def margin_of(counts: Ints, n: int) -> float:
    """Give half of the interval of the mean distance.

    Parameters
    ----------
    counts : ndarray of int64, sources x hops
        How many nodes each source reaches in how many hops.
    n : int
        How many nodes the sources were drawn from.
    """
    reached, hops = counts.sum(axis=1), counts @ np.arange(counts.shape[1])
    if len(counts) < 2 or len(counts) == n or not reached.any():
        return 0.0
    left = hops - reached * (hops.sum() / reached.sum())
    spread = np.sqrt(np.square(left).sum() / (len(counts) - 1) / len(counts) * (1 - len(counts) / n))
    return float(SURE * spread / reached.mean())


def estimate_clustering(graph: Graph) -> Estimate:
    """Give Gephi's directed coefficient: exactly up to `TRIANGLES_UP_TO` arcs, else from a sample of nodes."""
    if graph.n_arcs <= TRIANGLES_UP_TO:
        return Estimate(measure_clustering(graph).directed, 0.0, graph.n)
    return sample_clustering(graph, AROUND)


def sample_clustering(graph: Graph, count: int) -> Estimate:
    """Count the arcs among the neighbours of `count` nodes drawn at random."""
    chosen = np.random.default_rng(SEED).choice(graph.n, min(count, graph.n), replace=False)
    with ONE_AT_A_TIME:
        local = _arcs_around(graph.out_start, graph.out_end, graph.in_start, graph.in_end, chosen)
    left = 1 - len(chosen) / graph.n
    spread = np.sqrt(local.var(ddof=1) / len(chosen) * left) if len(chosen) > 1 else 0.0
    return Estimate(float(local.mean()), float(SURE * spread), len(chosen))


def sample_network(graph: Graph) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Measure a network that is too large for `analytics.network.values.value_network`.

    Returns
    -------
    nodes, network : DataFrame
        As of `value_network`; empty where a value was not worked out.
    """
    paths, clustering = follow_paths(graph), estimate_clustering(graph)
    mutual = int(_count_mutual(graph.out_start, graph.out_end))
    labels = _components(graph.out_start, graph.out_end)
    sizes = np.bincount(labels, minlength=graph.n)
    edges, pairs = graph.n_arcs - mutual // 2, graph.n * (graph.n - 1)
    found: dict[str, Value] = {
        "nodes": graph.n,
        "arcs": graph.n_arcs,
        "edges": edges,
        "average_degree": graph.n_arcs / graph.n,
        "average_degree_undirected": 2 * edges / graph.n,
        "density": graph.n_arcs / pairs,
        "density_undirected": 2 * edges / pairs,
        "reciprocity": mutual / graph.n_arcs,
        "weak_components": int((sizes > 0).sum()),
        "giant_component_share": float(sizes.max() / graph.n),
        "clustering_directed": clustering.directed,
        "clustering_margin": clustering.margin,
        "clustering_sources": clustering.n_nodes,
        "average_path_length": paths.average,
        "path_margin": paths.margin,
        "diameter": paths.diameter,
        "unreachable_share": paths.unreachable,
        "path_sources": paths.n_sources,
        **concentration(graph),
        **spread_of_degree(graph),
    }
    empty = np.full(graph.n, np.nan)
    nodes = pd.DataFrame({"community": -1, "core": 0, "pagerank": empty, "betweenness": empty})
    typed = nodes.astype({"community": "int32", "core": "int32"})
    return typed, pd.DataFrame({"name": list(found), "value": pd.array(list(found.values()), dtype="Float64")})


@njit(cache=True, parallel=True, nogil=True)
def _count_hops(start, end, sources):  # type: ignore[no-untyped-def]
    """Count, for every source, the nodes at every distance; what lies farther than `LONGEST` counts there."""
    n = len(start) - 1
    counts = np.zeros((len(sources), LONGEST + 1), np.int64)
    for stripe in prange(STRIPES):
        seen, queue = np.full(n, -1, np.int32), np.empty(n, np.int32)
        for turn in range(stripe, len(sources), STRIPES):
            queue[0], seen[sources[turn]] = sources[turn], turn
            first, last, hops = 0, 1, 0
            while first < last:
                hops = min(hops + 1, LONGEST)
                border = last
                for at in range(first, border):
                    node = queue[at]
                    for arc in range(start[node], start[node + 1]):
                        other = end[arc]
                        if seen[other] != turn:
                            seen[other] = turn
                            queue[last] = other
                            last += 1
                counts[turn, hops] += last - border
                first = border
    return counts


@njit(cache=True, parallel=True, nogil=True)
def _arcs_around(out_start, out_end, in_start, in_end, chosen):  # type: ignore[no-untyped-def]
    """Give arcs among the neighbours of each chosen node by k (k - 1); 0 where k < 2."""
    n = len(out_start) - 1
    local = np.zeros(len(chosen))
    for stripe in prange(STRIPES):
        mark = np.full(n, -1, np.int32)
        for turn in range(stripe, len(chosen), STRIPES):
            node, k, joined = chosen[turn], 0, 0
            mark[node] = -1
            for side in range(2):
                start, end = (out_start, out_end) if side == 0 else (in_start, in_end)
                for at in range(start[node], start[node + 1]):
                    if mark[end[at]] != turn:
                        mark[end[at]] = turn
                        k += 1
            for side in range(2):
                start, end = (out_start, out_end) if side == 0 else (in_start, in_end)
                for at in range(start[node], start[node + 1]):
                    other = end[at]
                    if mark[other] == turn:
                        for arc in range(out_start[other], out_start[other + 1]):
                            # A neighbour that was looked through is marked by a number below, and still counts.
                            joined += mark[out_end[arc]] == turn or mark[out_end[arc]] == -2 - turn
                        mark[other] = -2 - turn
            if k > 1:
                local[turn] = joined / (k * (k - 1.0))
    return local


@njit(cache=True, nogil=True)
def _count_mutual(start, end):  # type: ignore[no-untyped-def]
    """Count the arcs whose opposite is there as well; rows are in order."""
    found = 0
    for node in range(len(start) - 1):
        for arc in range(start[node], start[node + 1]):
            other = end[arc]
            low, high = start[other], start[other + 1]
            while low < high:
                middle = (low + high) // 2
                if end[middle] < node:
                    low = middle + 1
                else:
                    high = middle
            found += low < start[other + 1] and end[low] == node
    return found


@njit(cache=True, nogil=True)
def _components(start, end):  # type: ignore[no-untyped-def]
    """Give every node the number of one node of its weak component."""
    n = len(start) - 1
    parent = np.arange(n)
    for node in range(n):
        for arc in range(start[node], start[node + 1]):
            one, other = node, end[arc]
            while parent[one] != one:
                parent[one] = parent[parent[one]]
                one = parent[one]
            while parent[other] != other:
                parent[other] = parent[parent[other]]
                other = parent[other]
            if one < other:
                parent[other] = one
            else:
                parent[one] = other
    for node in range(n):
        while parent[node] != parent[parent[node]]:
            parent[node] = parent[parent[node]]
    return parent
