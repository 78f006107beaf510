"""A simple directed graph as arrays."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Edges:
    """The pairs of nodes that at least one arc joins, in order.

    Attributes
    ----------
    low, high : ndarray of int64
        The ends, the smaller number first.
    n_arcs : ndarray of int64
        1, or 2 where arcs run both ways.
    """

    low: Ints
    high: Ints
    n_arcs: Ints


@dataclass(frozen=True)
class Graph:
    """A simple directed graph in compressed rows, both ways.

    Attributes
    ----------
    n : int
        Nodes, numbered from 0.
    out_start, out_end : ndarray of int64
        `out_end[out_start[v]:out_start[v + 1]]` are the nodes that v points to, ascending.
    in_start, in_end : ndarray of int64
        The same for the nodes that point to v.
    n_merged, n_loops : int
        Parallel arcs that were merged, self-loops that were dropped.
    """

    n: int
    out_start: Ints
    out_end: Ints
    in_start: Ints
    in_end: Ints
    n_merged: int = 0
    n_loops: int = 0

    @property
    def n_arcs(self) -> int:
        """Number of arcs."""
        return len(self.out_end)

    @property
    def out_degree(self) -> Ints:
        """Number of nodes that each node points to."""
        return np.diff(self.out_start)

    @property
    def in_degree(self) -> Ints:
        """Number of nodes that point to each node."""
        return np.diff(self.in_start)

    @cached_property
    def sources(self) -> Ints:
        """The source of every arc, beside `out_end`."""
        return np.repeat(np.arange(self.n), self.out_degree)

    @cached_property
    def edges(self) -> Edges:
        """The undirected view as pairs."""
        low, high = np.minimum(self.sources, self.out_end), np.maximum(self.sources, self.out_end)
        keys, n_arcs = np.unique(low * self.n + high, return_counts=True)
        ends = np.divmod(keys, self.n) if self.n else (keys, keys)
        return Edges(*ends, n_arcs)

    def both_ways(self) -> "Graph":
        """Give the graph in which every arc runs both ways: the undirected view."""
        return self._both_ways

    @cached_property
    def _both_ways(self) -> "Graph":
        edges = self.edges
        tail = np.concatenate([edges.high, edges.low])
        # The smaller neighbours come first, so that a stable order leaves each row ascending.
        end = np.concatenate([edges.low, edges.high])[np.argsort(tail, kind="stable")]
        start = _starts(np.sort(tail), self.n)
        return Graph(self.n, start, end, start, end)


def build_graph(source: Ints, target: Ints, n: int) -> Graph:
    """Project arcs to a simple directed graph: parallel arcs merged, self-loops dropped, both counted.

    Parameters
    ----------
    source, target : ndarray of int
        Ends of the arcs, 0 to n - 1.
    n : int
        Number of nodes.

    Raises
    ------
    ValueError
        An end is not a node.
    """
    source, target = np.asarray(source, np.int64), np.asarray(target, np.int64)
    if len(source) and (min(source.min(), target.min()) < 0 or max(source.max(), target.max()) >= n):
        raise ValueError(f"an arc's end is not among the {n} nodes")
    apart = source != target
    keys = np.unique(source[apart] * n + target[apart])
    tail, head = np.divmod(keys, n) if n else (keys, keys)
    back = np.argsort(head, kind="stable")
    merged = int(apart.sum()) - len(keys)
    return Graph(n, _starts(tail, n), head, _starts(head[back], n), tail[back], merged, int((~apart).sum()))


def read_graph(folder: Path) -> Graph:
    """Give the graph of all relations of a folder that holds `relations.parquet`; its nodes have relations."""
    rows = pd.read_parquet(folder / "relations.parquet", columns=["source", "target"])
    numbers, names = pd.factorize(pd.concat([rows["source"], rows["target"]], ignore_index=True))
    return build_graph(numbers[: len(rows)], numbers[len(rows) :], len(names))


def _starts(ordered: Ints, n: int) -> Ints:
    return np.searchsorted(ordered, np.arange(n + 1))
