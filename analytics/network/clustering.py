"""Clustering coefficients: Gephi's, directed and undirected, and NetworkX's undirected one."""

from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray

from analytics.network.graph import Graph


@dataclass(frozen=True)
class Clustering:
    """What the neighbours of every node have to do with each other.

    Attributes
    ----------
    n_neighbours : ndarray of int64
        k, distinct neighbours in either direction.
    n_arcs : ndarray of int64
        Arcs among them.
    n_edges : ndarray of int64
        Pairs among them that are joined in at least one direction.
    """

    n_neighbours: NDArray[np.int64]
    n_arcs: NDArray[np.int64]
    n_edges: NDArray[np.int64]

    @property
    def directed(self) -> float:
        """Mean over all nodes of arcs / (k (k - 1)), 0 where k < 2: Gephi's directed coefficient."""
        return _mean(self._local(self.n_arcs))

    @property
    def undirected(self) -> float:
        """Mean over nodes with k >= 2 of 2 edges / (k (k - 1)): Gephi's undirected coefficient."""
        return _mean(self._local(2 * self.n_edges)[self.n_neighbours > 1])

    @property
    def undirected_all(self) -> float:
        """The same over all nodes, 0 where k < 2: NetworkX's `average_clustering`."""
        return _mean(self._local(2 * self.n_edges))

    def _local(self, joined: NDArray[np.int64]) -> NDArray[np.float64]:
        pairs = self.n_neighbours * (self.n_neighbours - 1.0)
        return np.divide(joined, pairs, out=np.zeros(len(pairs)), where=pairs > 0)


def _mean(values: NDArray[np.float64]) -> float:
    return float(values.mean()) if len(values) else float("nan")


def measure_clustering(graph: Graph) -> Clustering:
    """Count, for every node, arcs and joined pairs among its neighbours."""
    edges = graph.edges
    degree = np.bincount(edges.low, minlength=graph.n) + np.bincount(edges.high, minlength=graph.n)
    # Every edge points from the smaller to the larger degree, so that hubs have short lists.
    rank = np.empty(graph.n, np.int64)
    rank[np.argsort(degree, kind="stable")] = np.arange(graph.n)
    upward = rank[edges.low] < rank[edges.high]
    tail, head = np.where(upward, edges.low, edges.high), np.where(upward, edges.high, edges.low)
    order = np.argsort(tail, kind="stable")
    start = np.concatenate([[0], np.cumsum(np.bincount(tail, minlength=graph.n))])
    arcs, pairs = _triangles(start, head[order], edges.n_arcs[order], graph.n)
    return Clustering(degree, arcs, pairs)


@njit(cache=True, nogil=True)
def _triangles(start, end, weight, n):  # type: ignore[no-untyped-def]
    arcs, pairs = np.zeros(n, np.int64), np.zeros(n, np.int64)
    mark = np.full(n, -1, np.int64)
    for a in range(n):
        for at in range(start[a], start[a + 1]):
            mark[end[at]] = at
        for at in range(start[a], start[a + 1]):
            b = end[at]
            for on in range(start[b], start[b + 1]):
                c = end[on]
                if mark[c] >= 0:
                    arcs[a] += weight[on]
                    arcs[b] += weight[mark[c]]
                    arcs[c] += weight[at]
                    pairs[a] += 1
                    pairs[b] += 1
                    pairs[c] += 1
        for at in range(start[a], start[a + 1]):
            mark[end[at]] = -1
    return arcs, pairs
