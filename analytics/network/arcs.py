"""All arcs of a network as numbers: what a build holds of its relations."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
from numba import njit
from numpy.typing import NDArray

from analytics.network.graph import Graph


@dataclass(frozen=True)
class Arcs:
    """Distinct ordered pairs of different nodes.

    Attributes
    ----------
    source, target : ndarray of int32
        Rows of the nodes.
    year : ndarray of int16
        Of the first relation; 0 where unknown.
    """

    source: NDArray[np.int32]
    target: NDArray[np.int32]
    year: NDArray[np.int16]

    @classmethod
    def gather(cls, batches: Iterable[pa.RecordBatch], n: int) -> "Arcs":
        """Take arcs in pieces of `source`, `target`, `year`, `n` in all; ten bytes are held for each."""
        columns: list[NDArray[Any]] = [np.empty(n, kind) for kind in (np.int32, np.int32, np.int16)]
        at = 0
        for batch in batches:
            for values, column in zip(columns, batch.columns, strict=True):
                values[at : at + batch.num_rows] = column.to_numpy(zero_copy_only=False)
            at += batch.num_rows
        return cls(*columns)

    @classmethod
    def of_frame(cls, arcs: pd.DataFrame, ids: pd.Series) -> "Arcs":
        """Take arcs between ids; `ids` are those of the nodes, in order."""
        index = pd.Index(ids)
        source, target = (index.get_indexer(arcs[end]).astype(np.int32) for end in ("source", "target"))
        return cls(source, target, arcs["year"].to_numpy(np.int16))

    def __len__(self) -> int:
        return len(self.source)

    def until(self, year: int) -> "Arcs":
        """Give the dated arcs up to a year."""
        kept = (self.year > 0) & (self.year <= year)
        return Arcs(self.source[kept], self.target[kept], self.year[kept])

    def among_ends(self) -> tuple["Arcs", int]:
        """Number the nodes that have arcs anew, in order; give the arcs between these numbers, and how many."""
        size = max(int(self.source.max(initial=-1)), int(self.target.max(initial=-1))) + 1
        there = np.zeros(size, dtype=bool)
        there[self.source] = there[self.target] = True
        number = (np.cumsum(there) - 1).astype(np.int32)
        return Arcs(number[self.source], number[self.target], self.year), int(there.sum())


def graph_of(arcs: Arcs, n: int) -> Graph:
    """Give the network of some arcs between `n` nodes, in time and place that grow as they do."""
    back_start, back_end = _rows(arcs.target, arcs.source, n)
    # Turned round twice, rows are in order: those that point to a node come by their numbers.
    start, end = _turned(back_start, back_end, n)
    in_start, in_end = _turned(start, end, n)
    return Graph(n, start, end, in_start, in_end)


@njit(cache=True, nogil=True)
def _starts(nodes, n):  # type: ignore[no-untyped-def]
    """Give where the row of every node begins, and the end of the last."""
    start = np.zeros(n + 1, np.int64)
    for node in nodes:
        start[node + 1] += 1
    for node in range(n):
        start[node + 1] += start[node]
    return start


@njit(cache=True, nogil=True)
def _rows(tail, head, n):  # type: ignore[no-untyped-def]
    """Give compressed rows of the heads by tail, in the order in which they come."""
    start = _starts(tail, n)
    at, end = start[:-1].copy(), np.empty(len(head), head.dtype)
    for arc in range(len(head)):
        end[at[tail[arc]]] = head[arc]
        at[tail[arc]] += 1
    return start, end


@njit(cache=True, nogil=True)
def _turned(start, end, n):  # type: ignore[no-untyped-def]
    """Turn all arcs round; rows come out in order."""
    turned = _starts(end, n)
    at, back = turned[:-1].copy(), np.empty(len(end), end.dtype)
    for node in range(n):
        for arc in range(start[node], start[node + 1]):
            back[at[end[arc]]] = node
            at[end[arc]] += 1
    return turned, back
