"""What of a directed graph has to be walked to know all its shortest paths.

A node that nothing leads to and that leads to one node only has that node's paths, each one hop longer; a
node that one node only leads to and that leads nowhere ends that node's paths. In a network with hubs these
are half of all nodes. Both are counted instead of walked, and the outcome stays exact.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analytics.network.graph import Graph

Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Trimmed:
    """The walk that stands for a graph's shortest paths from some nodes.

    Attributes
    ----------
    leaves : ndarray of int64
        By node: how many nodes it alone leads to that lead nowhere.
    is_leaf : ndarray of bool
        By node: whether it is one of them.
    sources : ndarray of int64
        The nodes to walk from.
    own : ndarray of int64
        By source: 1 where its own paths are asked for, 0 where only those of its followers are.
    hung : ndarray of int64
        By source: its followers, nodes that lead to it alone and that nothing leads to.
    """

    leaves: Ints
    is_leaf: NDArray[np.bool_]
    sources: Ints
    own: Ints
    hung: Ints


def trim(graph: Graph, chosen: Ints) -> Trimmed:
    """Find what has to be walked to know the paths from the nodes `chosen`."""
    out, into = graph.out_degree, graph.in_degree
    is_leaf = (into == 1) & (out == 0)
    leaves = np.bincount(graph.in_end[graph.in_start[:-1][is_leaf]], minlength=graph.n)
    asked = np.zeros(graph.n, dtype=bool)
    asked[chosen] = True
    follows = asked & (into == 0) & (out == 1)
    leader = graph.out_end[graph.out_start[:-1][follows]]
    # What follows a dead end has one path, and walks it itself.
    dead = out[leader] == 0
    follows[np.flatnonzero(follows)[dead]] = False
    hung = np.bincount(leader[~dead], minlength=graph.n)
    own = (asked & (out > 0) & ~follows).astype(np.int64)
    sources = np.flatnonzero((own > 0) | (hung > 0))
    return Trimmed(leaves, is_leaf, sources, own[sources], hung[sources])


def spread(n: int, most: int | None) -> Ints:
    """Give all of n nodes, or `most` of them where there are more, spread evenly over their numbers."""
    count = n if most is None else min(n, most)
    return np.linspace(0, n - 1, count).astype(np.int64)
