"""Exact hop distances between all ordered pairs of nodes.

A breadth-first search from 512 sources at a time, one bit each, so that one pass over the arcs
moves all of them (Then et al. 2014, "The more the merrier: efficient multi-source graph traversal").
"""

from dataclasses import dataclass

import numpy as np
from numba import get_num_threads, njit, prange
from numpy.typing import NDArray

from analytics.network.graph import Graph
from analytics.network.threads import ONE_AT_A_TIME
from analytics.network.trimming import Trimmed, spread, trim

Ints = NDArray[np.int64]
WORDS = 8  # of 64 sources each: what fits the cache best here
LONGEST = 256  # hops; a longer path is refused rather than miscounted
ONE = np.uint64(1)
# Nodes; up to here paths are exact (half a second at the report's 35,672). Beyond, as the cost grows
# with the square, they are followed from some nodes only, and what is told of them says so.
EXACT_UP_TO = 40_000


@dataclass(frozen=True)
class Paths:
    """Distances over all reachable ordered pairs of different nodes.

    Attributes
    ----------
    n_pairs : ndarray of int64
        Number of ordered pairs by distance in hops; index 0 is unused.
    n_nodes : int
    n_sources : int
        From how many nodes paths were followed; where fewer than all, mean and share are estimates,
        the diameter is a lower bound and the radius an upper one.
    radius : int
        The smallest eccentricity, in hops; a node without a way out has 0.
    margin : float
        Half of the 95 percent interval of the mean; 0 where every path was followed.
    """

    n_pairs: Ints
    n_nodes: int
    n_sources: int
    radius: int = 0
    margin: float = 0.0

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
    chosen = spread(graph.n, most_sources)
    counts, nearest = _walk(graph, trim(graph, chosen))
    if counts[LONGEST:].any():
        raise ValueError(f"a shortest path has {LONGEST} hops or more")
    has_dead_end = not graph.n or not graph.out_degree.all()
    return Paths(counts, graph.n, len(chosen), 0 if has_dead_end else nearest)


def _walk(graph: Graph, trimmed: Trimmed) -> tuple[Ints, int]:
    """Give the pairs by distance, and the smallest eccentricity where no node is a dead end."""
    words, own, hung = _words(graph, trimmed)
    if not len(words):
        return np.zeros(LONGEST + 3, np.int64), 0
    pulled = np.flatnonzero((graph.in_degree > 0) & ~trimmed.is_leaf)
    with ONE_AT_A_TIME:
        counts, nearest = _count(graph.in_start, graph.in_end, pulled, trimmed.leaves, words, get_num_threads())
    total = np.zeros(LONGEST + 3, np.int64)
    total[: LONGEST + 2] = own @ counts
    # A follower reaches its leader in one hop, and what the leader reaches in one more.
    total[2:] += hung @ counts[:, 1:]
    total[1] += trimmed.hung.sum()
    return total, int(nearest.min())


def _words(graph: Graph, trimmed: Trimmed) -> tuple[Ints, Ints, Ints]:
    """Deal the sources out to words of 64 of the same weights; -1 stands for none.

    Sources with the same first target stand side by side: their fronts meet soon, and are moved as one.
    """
    first = graph.out_end[graph.out_start[trimmed.sources]]
    order = np.lexsort((first, trimmed.hung, trimmed.own))
    weights = np.stack([trimmed.own, trimmed.hung])[:, order]
    starts = np.flatnonzero(np.r_[True, (np.diff(weights) != 0).any(axis=0)][: len(order)])
    sizes = np.diff(np.r_[starts, len(order)])
    rank = np.arange(len(order)) - np.repeat(starts, sizes)
    per_group = (sizes + 63) // 64
    before = np.repeat(np.cumsum(per_group) - per_group, sizes)
    words = np.full((per_group.sum(), 64), -1, np.int64)
    words[before + rank // 64, rank % 64] = trimmed.sources[order]
    own, hung = np.repeat(weights[:, starts], per_group, axis=1)
    return words, own, hung


@njit(cache=True)
def _bits(word):  # type: ignore[no-untyped-def]
    word = word - ((word >> ONE) & np.uint64(0x5555555555555555))
    word = (word & np.uint64(0x3333333333333333)) + ((word >> np.uint64(2)) & np.uint64(0x3333333333333333))
    word = (word + (word >> np.uint64(4))) & np.uint64(0x0F0F0F0F0F0F0F0F)
    return np.int64((word * np.uint64(0x0101010101010101)) >> np.uint64(56))


@njit(cache=True)
def _step(start, end, pulled, leaves, front, seen, after, active, moved, hops, counts, alive):  # type: ignore[no-untyped-def]
    """Move all fronts by one hop; tell whether anything was reached anew."""
    found = np.zeros(WORDS, np.uint64)
    any_moved = False
    for at in range(len(pulled)):
        node = pulled[at]
        met = False
        for arc in range(start[node], start[node + 1]):
            other = end[arc]
            if active[other]:
                if met:
                    for word in range(WORDS):
                        found[word] |= front[other, word]
                else:
                    met = True
                    for word in range(WORDS):
                        found[word] = front[other, word]
        moved[node] = False
        if met:
            new = np.uint64(0)
            for word in range(WORDS):
                fresh = found[word] & ~seen[node, word]
                after[node, word] = fresh
                seen[node, word] |= fresh
                new |= fresh
            if new:
                moved[node] = any_moved = True
                for word in range(WORDS):
                    reached = _bits(after[node, word])
                    alive[word] |= after[node, word]
                    counts[word, hops] += reached
                    counts[word, hops + 1] += reached * leaves[node]
    return any_moved


@njit(cache=True)
def _follow(start, end, pulled, leaves, words, front, seen, after, active, moved, counts, nearest):  # type: ignore[no-untyped-def]
    """Follow the paths from the sources of `WORDS` words to their ends."""
    front[:] = 0
    active[:] = False
    moved[:] = False
    every = np.zeros(WORDS, np.uint64)
    for word in range(len(words)):
        for bit in range(64):
            source = words[word, bit]
            if source >= 0:
                every[word] |= ONE << np.uint64(bit)
                front[source, word] |= ONE << np.uint64(bit)
                active[source] = True
                counts[word, 1] += leaves[source]
    seen[:] = front
    alive = np.zeros(WORDS, np.uint64)
    nearest[:] = -1
    for hops in range(1, LONGEST + 1):
        alive[:] = 0
        going = _step(start, end, pulled, leaves, front, seen, after, active, moved, hops, counts, alive)
        for word in range(len(words)):
            if nearest[word] < 0 and alive[word] != every[word]:
                nearest[word] = hops - 1
        if not going:
            break
        front, after = after, front
        active, moved = moved, active
        if hops == 1:
            moved[:] = False  # sources that nothing leads to are not looked at again


@njit(cache=True, parallel=True, nogil=True)
def _count(start, end, pulled, leaves, words, teams):  # type: ignore[no-untyped-def]
    """Give, for every word, the pairs by distance and the smallest eccentricity, leaves left out."""
    n, batches = len(start) - 1, (len(words) + WORDS - 1) // WORDS
    counts = np.zeros((batches * WORDS, LONGEST + 2), np.int64)
    nearest = np.zeros(batches * WORDS, np.int64)
    for team in prange(teams):
        front = np.zeros((n, WORDS), np.uint64)
        seen = np.zeros((n, WORDS), np.uint64)
        after = np.zeros((n, WORDS), np.uint64)
        active = np.zeros(n, np.bool_)
        moved = np.zeros(n, np.bool_)
        for batch in range(team, batches, teams):
            first, last = batch * WORDS, (batch + 1) * WORDS
            part = words[first : min(last, len(words))]
            _follow(
                start, end, pulled, leaves, part, front, seen, after, active, moved,
                counts[first:last], nearest[first:last],
            )  # fmt: skip
    return counts[: len(words)], nearest[: len(words)]
