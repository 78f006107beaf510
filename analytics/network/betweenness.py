"""On how many shortest paths each node lies.

After Brandes (2001), "A faster algorithm for betweenness centrality", over the walk that `trimming` leaves:
a leaf's path and a follower's are counted with those of the node they hang on.
"""

from dataclasses import dataclass

import numpy as np
from numba import njit, prange
from numpy.typing import NDArray

from analytics.network.graph import Graph
from analytics.network.threads import ONE_AT_A_TIME, STRIPES
from analytics.network.trimming import spread, trim

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
# Exact up to here: some seconds at the report's 35,672 nodes. Beyond, as the cost grows with the square,
# paths are followed from so many nodes only, and the sums are scaled up.
EXACT_UP_TO, SAMPLED_FROM = 40_000, 1_000
PASSED = 1_000_000_000  # arcs in all, in a sample


@dataclass(frozen=True)
class Betweenness:
    """How often each node lies between two others.

    Attributes
    ----------
    values : ndarray of float64
        Gephi's convention: for every ordered pair of other nodes the share of its shortest paths that
        pass the node, summed up.
    n_sources : int
        From how many nodes paths were followed; where fewer than all, the values are estimates.
    """

    values: Floats
    n_sources: int

    @property
    def normalised(self) -> Floats:
        """The same by (n - 1) (n - 2), the ordered pairs of other nodes: NetworkX's convention; 0 below three nodes."""
        n = len(self.values)
        return self.values / ((n - 1) * (n - 2)) if n > 2 else np.zeros(n)


def measure_betweenness(graph: Graph, most_sources: int | None = None) -> Betweenness:
    """Count the shortest paths along the arcs through every node.

    Parameters
    ----------
    most_sources : int, optional
        Where the graph has more nodes, paths are followed from so many of them only, spread evenly
        over their numbers. By default from all up to `EXACT_UP_TO` nodes, else from `SAMPLED_FROM`.
    """
    if most_sources is None:
        affordable = max(1, min(SAMPLED_FROM, PASSED // max(graph.n_arcs, 1)))
        most_sources = graph.n if graph.n <= EXACT_UP_TO else affordable
    chosen = spread(graph.n, most_sources)
    trimmed = trim(graph, chosen)
    if not len(trimmed.sources):
        return Betweenness(np.zeros(graph.n), len(chosen))
    start, end, number = _renumbered(graph, trimmed.is_leaf)
    walked = number >= 0
    leaves = np.empty(len(start) - 1)
    leaves[number[walked]] = trimmed.leaves[walked]
    weights = trimmed.own.astype(np.float64), trimmed.hung.astype(np.float64)
    with ONE_AT_A_TIME:
        sums = _sum_up(start, end, leaves, number[trimmed.sources], *weights)
    values = np.zeros(graph.n)
    values[walked] = sums[number[walked]] * (graph.n / len(chosen))
    return Betweenness(values, len(chosen))


def _renumbered(graph: Graph, is_leaf: NDArray[np.bool_]) -> tuple[NDArray[np.int32], NDArray[np.int32], Ints]:
    """Give rows without the leaves, the most reached node first: what is met often lies close in memory."""
    order = np.argsort(np.where(is_leaf, 1, -graph.in_degree), kind="stable")[: graph.n - int(is_leaf.sum())]
    number = np.full(graph.n, -1, np.int64)
    number[order] = np.arange(len(order))
    kept = ~is_leaf[graph.out_end]
    tail, head = number[graph.sources[kept]], number[graph.out_end[kept]]
    start = np.concatenate([[0], np.cumsum(np.bincount(tail, minlength=len(order)))])
    return start.astype(np.int32), head[np.lexsort((head, tail))].astype(np.int32), number


@njit(cache=True)
def _forward(start, end, source, queue, distance, paths):  # type: ignore[no-untyped-def]
    """Number the shortest paths from a source; give how many nodes it reaches, itself included."""
    queue[0] = source
    distance[source] = 0
    paths[source] = 1.0
    count, at = 1, 0
    while at < count:
        node = queue[at]
        at += 1
        for arc in range(start[node], start[node + 1]):
            other = end[arc]
            if distance[other] < 0:
                distance[other] = distance[node] + 1
                paths[other] = paths[node]
                queue[count] = other
                count += 1
            elif distance[other] == distance[node] + 1:
                paths[other] += paths[node]
    return count


@njit(cache=True)
def _backward(start, end, leaves, queue, count, distance, paths, share, sums, weight):  # type: ignore[no-untyped-def]
    """Sum up, from the farthest node on, the paths that go on through each; give how many nodes are reached.

    `share` holds, of each node farther away, the paths through and to it by the number of its own.
    """
    reached = 0.0
    for at in range(count - 1, -1, -1):
        node, onward = queue[at], 0.0
        for arc in range(start[node], start[node + 1]):
            other = end[arc]
            if distance[other] == distance[node] + 1:
                onward += share[other]
        through = onward * paths[node] + leaves[node]
        share[node] = (1.0 + through) / paths[node]
        reached += 1.0 + leaves[node]
        if at:
            sums[node] += weight * through
    return reached - 1.0


@njit(cache=True, parallel=True, nogil=True)
def _sum_up(start, end, leaves, sources, own, hung):  # type: ignore[no-untyped-def]
    n = len(start) - 1
    sums = np.zeros((STRIPES, n))
    for stripe in prange(STRIPES):
        queue, distance = np.empty(n, np.int32), np.full(n, -1, np.int32)
        paths, share = np.empty(n), np.empty(n)
        for turn in range(stripe, len(sources), STRIPES):
            source, weight, mine = sources[turn], own[turn] + hung[turn], sums[stripe]
            count = _forward(start, end, source, queue, distance, paths)
            reached = _backward(start, end, leaves, queue, count, distance, paths, share, mine, weight)
            # A follower's paths all pass its leader, which is not the end of the first of them.
            mine[source] += hung[turn] * reached
            for at in range(count):
                distance[queue[at]] = -1
    total = np.zeros(n)
    for stripe in range(STRIPES):
        total += sums[stripe]
    return total
