"""How important each node is: PageRank, HITS, k-core."""

import numpy as np
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
    out = np.diff(graph.out_start)
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
        authority = back @ hub
        new = forward @ (authority / np.linalg.norm(authority))
        new /= np.linalg.norm(new)
        if np.abs(new - hub).max() < CLOSE:
            break
        hub = new
    return new, authority / np.linalg.norm(authority)


def cores(graph: Graph) -> NDArray[np.int64]:
    """Give every node's core number in the undirected view: the largest k of a k-core that holds it."""
    import networkx as nx

    sides = graph.both_ways()
    tails = np.repeat(np.arange(graph.n), np.diff(sides.out_start))
    once = tails < sides.out_end
    view = nx.Graph()
    view.add_nodes_from(range(graph.n))
    view.add_edges_from(zip(tails[once].tolist(), sides.out_end[once].tolist(), strict=True))
    found = nx.core_number(view)
    return np.array([found[node] for node in range(graph.n)], dtype=np.int64)
