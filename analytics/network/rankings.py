"""How important each node is: PageRank, HITS, k-core."""

import numpy as np
from numba import njit
from numpy.typing import NDArray
from scipy.sparse import csr_array

from analytics.network.graph import Graph

Floats = NDArray[np.float64]
DAMPING, CLOSE, MOST_ROUNDS = 0.85, 1e-12, 1000


def matrix_of(graph: Graph) -> csr_array:
    """Give the adjacency matrix; row points to column."""
    return csr_array((np.ones(graph.n_arcs), graph.out_end, graph.out_start), shape=(graph.n, graph.n))


def pagerank(graph: Graph) -> Floats:
    """Give every node's PageRank: damping 0.85, unweighted, the mass of dead ends shared by all; sums to 1."""
    if not graph.n:
        return np.empty(0)
    out = graph.out_degree
    inwards = matrix_of(graph).T.tocsr()
    rank = np.full(graph.n, 1 / graph.n)
    for _ in range(MOST_ROUNDS):
        spread = np.divide(rank, out, out=np.zeros(graph.n), where=out > 0)
        new = DAMPING * (inwards @ spread + rank[out == 0].sum() / graph.n) + (1 - DAMPING) / graph.n
        if np.abs(new - rank).sum() < CLOSE * graph.n:
            return new
        rank = new
    return rank


def hits(graph: Graph) -> tuple[Floats, Floats]:
    """Give hubs and authorities of Kleinberg's HITS, each of length 1 as in Gephi; NetworkX lets them sum to 1."""
    if not graph.n_arcs:
        return np.zeros(graph.n), np.zeros(graph.n)
    forward = matrix_of(graph)
    back = forward.T.tocsr()
    hub = np.ones(graph.n) / np.sqrt(graph.n)
    for _ in range(MOST_ROUNDS):
        authority = _of_length_one(back @ hub)
        new = _of_length_one(forward @ authority)
        if np.abs(new - hub).max() < CLOSE:
            break
        hub = new
    return new, authority


def _of_length_one(values: Floats) -> Floats:
    # numpy's own norm is left to BLAS, whose sums hang on the number of threads.
    return values / np.sqrt(np.square(values).sum())


def cores(graph: Graph) -> NDArray[np.int64]:
    """Give every node's core number in the undirected view: the largest k of a k-core that holds it.

    After Batagelj and Zaveršnik (2003), "An O(m) algorithm for cores decomposition of networks".
    """
    sides = graph.both_ways()
    return _peel(sides.out_start, sides.out_end)


@njit(cache=True, nogil=True)
def _peel(start, end):  # type: ignore[no-untyped-def]
    """Take away the node of the smallest degree left, again and again; `order` holds the nodes by that degree."""
    n = len(start) - 1
    degree = start[1:] - start[:-1]
    order = np.argsort(degree, kind="mergesort")
    place = np.empty(n, np.int64)
    place[order] = np.arange(n)
    first = np.searchsorted(degree[order], np.arange(n + 1))
    for at in range(n):
        node = order[at]
        for arc in range(start[node], start[node + 1]):
            other = end[arc]
            if degree[other] > degree[node]:
                # The first of its degree changes places with it, and begins the degree below.
                ahead = max(first[degree[other]], at + 1)
                swapped = order[ahead]
                order[ahead], order[place[other]] = other, swapped
                place[swapped], place[other] = place[other], ahead
                first[degree[other]] = ahead + 1
                degree[other] -= 1
    return degree
