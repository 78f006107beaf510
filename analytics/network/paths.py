"""Exact hop distances between all ordered pairs of nodes.

A breadth-first search from 512 sources at a time, one bit each, so that one pass over the arcs
moves all of them (Then et al. 2014, "The more the merrier: efficient multi-source graph traversal").
"""

from dataclasses import dataclass

import numpy as np
from numba import njit, prange
from numpy.typing import NDArray

from analytics.network.graph import Graph

WORDS = 8  # of 64 sources each: what fits the cache best here
LONGEST = 256  # hops; a longer path is refused rather than miscounted
ONE = np.uint64(1)


@dataclass(frozen=True)
class Paths:
    """Distances over all reachable ordered pairs of different nodes.

    Attributes
    ----------
    n_pairs : ndarray of int64
        Number of ordered pairs by distance in hops; index 0 is unused.
    n_nodes : int
    n_sources : int
        From how many nodes paths were followed; where fewer than all, mean and share are estimates
        and the diameter is a lower bound.
    """

    n_pairs: NDArray[np.int64]
    n_nodes: int
    n_sources: int

    @property
    def average(self) -> float:
        """Mean distance of reachable pairs; NaN where there are none."""
        reached = self.n_pairs.sum()
        return float((self.n_pairs * np.arange(len(self.n_pairs))).sum() / reached) if reached else float("nan")

    @property
    def diameter(self) -> int:
        """Largest finite distance, 0 where no node reaches another."""
        found = np.flatnonzero(self.n_pairs)
        return int(found[-1]) if len(found) else 0

    @property
    def unreachable(self) -> float:
        """Share of ordered pairs of different nodes without a path, 0 to 1; NaN below two nodes."""
        pairs = self.n_sources * (self.n_nodes - 1)
        return 1 - float(self.n_pairs.sum()) / pairs if pairs else float("nan")


def measure_paths(graph: Graph, most_sources: int | None = None) -> Paths:
    """Count ordered pairs by distance, following the arcs.

    Parameters
    ----------
    most_sources : int, optional
        Where the graph has more nodes, paths are followed from so many of them only, spread evenly
        over their numbers; by default from all.

    Raises
    ------
    ValueError
        A shortest path has `LONGEST` hops or more.
    """
    n_sources = graph.n if most_sources is None else min(graph.n, most_sources)
    sources = np.linspace(0, graph.n - 1, n_sources).astype(np.int64)
    counts = _count(graph.in_start, graph.in_end, graph.n, sources)
    if counts[-1]:
        raise ValueError(f"a shortest path has {LONGEST} hops or more")
    return Paths(counts, graph.n, n_sources)


@njit(cache=True)
def _bits(word):  # type: ignore[no-untyped-def]
    word = word - ((word >> ONE) & np.uint64(0x5555555555555555))
    word = (word & np.uint64(0x3333333333333333)) + ((word >> np.uint64(2)) & np.uint64(0x3333333333333333))
    word = (word + (word >> np.uint64(4))) & np.uint64(0x0F0F0F0F0F0F0F0F)
    return np.int64((word * np.uint64(0x0101010101010101)) >> np.uint64(56))


@njit(cache=True)
def _step(start, end, front, seen, after, active, moved):  # type: ignore[no-untyped-def]
    """Move all fronts by one hop; give how many pairs were reached anew."""
    total = 0
    found = np.zeros(WORDS, np.uint64)
    for node in range(len(start) - 1):
        found[:] = 0
        for at in range(start[node], start[node + 1]):
            if active[end[at]]:
                for word in range(WORDS):
                    found[word] |= front[end[at], word]
        new = 0
        for word in range(WORDS):
            fresh = found[word] & ~seen[node, word]
            after[node, word] = fresh
            seen[node, word] |= fresh
            new += _bits(fresh)
        moved[node] = new > 0
        total += new
    return total


@njit(cache=True, parallel=True)
def _count(start, end, n, sources):  # type: ignore[no-untyped-def]
    size = WORDS * 64
    batches = (len(sources) + size - 1) // size
    counts = np.zeros((max(batches, 1), LONGEST + 1), np.int64)
    for batch in prange(batches):
        front = np.zeros((n, WORDS), np.uint64)
        seen = np.zeros((n, WORDS), np.uint64)
        after = np.zeros((n, WORDS), np.uint64)
        active = np.zeros(n, np.bool_)
        moved = np.zeros(n, np.bool_)
        for at in range(batch * size, min(len(sources), (batch + 1) * size)):
            bit, source = at - batch * size, sources[at]
            front[source, bit >> 6] |= ONE << np.uint64(bit & 63)
            active[source] = True
        seen[:] = front
        for hops in range(1, LONGEST + 1):
            new = _step(start, end, front, seen, after, active, moved)
            if not new:
                break
            counts[batch, hops] += new
            front, after = after, front
            active, moved = moved, active
    return counts.sum(axis=0)
