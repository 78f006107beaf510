"""The arcs of a data set as arrays, under any filters."""

from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from analytics import store
from analytics.errors import TooManyRelations
from analytics.filters import Filters
from analytics.snapshot import table_file

Ints = np.ndarray
UNDATED = 32_000  # sorts behind every year
MOST_KEPT = 8  # filtered networks, a few megabytes each
MOST_LOADED = 3_000_000  # relations: their arcs take 150 MB of every process, and three times that while they are read
COLUMNS = ["source", "target", "year", "count"]


@dataclass(frozen=True)
class Arcs:
    """Distinct ordered pairs of different nodes; nodes are rows of the table `nodes`.

    Attributes
    ----------
    n_nodes : int
    source, target : ndarray of int64
        Sorted by source, then target.
    weight : ndarray of int64
        Relations that were merged into the arc.
    year : ndarray of int64
        Of the first of them; `UNDATED` where none is dated.
    by_target : ndarray of int64
        The arcs' order by target.
    out_start, in_start : ndarray of int64, n_nodes + 1
        Where each node's arcs begin in the order by source, and in `by_target`.
    known : ndarray of int64, n_nodes, optional
        The nodes' degrees in the whole network, where these are some of its arcs only.
    """

    n_nodes: int
    source: Ints
    target: Ints
    weight: Ints
    year: Ints
    by_target: Ints
    out_start: Ints
    in_start: Ints
    known: Ints | None = None

    def neighbours(self, nodes: Ints, way: str) -> tuple[Ints, Ints]:
        """Give the arcs that leave (`out`), reach (`in`) or touch (`both`) some nodes, and their other ends."""
        arcs, ends = [], []
        if way in ("out", "both"):
            arcs.append(_spans(self.out_start, nodes))
            ends.append(self.target[arcs[-1]])
        if way in ("in", "both"):
            arcs.append(self.by_target[_spans(self.in_start, nodes)])
            ends.append(self.source[arcs[-1]])
        return np.concatenate(arcs), np.concatenate(ends)

    def between(self, nodes: Ints) -> Ints:
        """Give the arcs of which both ends are among some nodes."""
        inside = np.zeros(self.n_nodes, dtype=bool)
        inside[nodes] = True
        return np.flatnonzero(inside[self.source] & inside[self.target])

    def degrees(self) -> Ints:
        """Give every node's number of arcs in either direction."""
        return self.known if self.known is not None else np.diff(self.out_start) + np.diff(self.in_start)


def _spans(start: Ints, nodes: Ints) -> Ints:
    """Give the positions `start[n]` to `start[n + 1]` of every node, one after the other."""
    first, count = start[nodes], start[nodes + 1] - start[nodes]
    before = np.repeat(np.cumsum(count) - count, count)
    return np.repeat(first, count) + np.arange(count.sum()) - before


def make_arcs(n_nodes: int, source: Ints, target: Ints, weight: Ints, year: Ints) -> Arcs:
    """Merge parallel arcs and drop loops."""
    apart = source != target
    source, target, weight, year = (one[apart].astype(np.int64) for one in (source, target, weight, year))
    keys, which = np.unique(source * n_nodes + target, return_inverse=True)
    first = np.full(len(keys), UNDATED)
    np.minimum.at(first, which, np.where(year > 0, year, UNDATED))
    total = np.bincount(which, weight, minlength=len(keys)).astype(np.int64)
    ends = (keys // n_nodes, keys % n_nodes) if n_nodes else (keys, keys)
    return _indexed(n_nodes, *ends, total, first)


def _indexed(n_nodes: int, source: Ints, target: Ints, weight: Ints, year: Ints) -> Arcs:
    starts = [np.concatenate([[0], np.cumsum(np.bincount(ends, minlength=n_nodes))]) for ends in (source, target)]
    return Arcs(n_nodes, source, target, weight, year, np.argsort(target, kind="stable"), *starts)


def load_arcs(filters: Filters) -> Arcs:
    """Give the arcs that the filters leave: begun in the chosen years, either end in province and layer.

    `filters.end` says which end must be chosen. The full span of years keeps undated arcs too.

    Raises
    ------
    TooManyRelations
        There are more than `MOST_LOADED`; `query_arcs` reads some of them.
    """
    if too_many(filters.data):
        raise TooManyRelations(f"more than {MOST_LOADED:,} relations")
    return _filtered(filters.only({"provinces", "layers", "years", "end", "data"}), store.snapshot(filters.data).name)


@lru_cache(maxsize=MOST_KEPT)
def _filtered(filters: Filters, _snapshot: str) -> Arcs:
    return _kept(_read(store.snapshot(filters.data).folder), filters)


def too_many(data: str) -> bool:
    """Tell whether a data set has more relations than a page's process takes into memory."""
    return bool(store.snapshot(data).manifest["dataset"]["rows"]["relations"] > MOST_LOADED)


def no_arcs(data: str) -> Arcs:
    """Give no arc of the nodes of a data set."""
    none = np.empty(0, dtype=np.int64)
    return make_arcs(len(_index(store.snapshot(data).folder)), none, none, none, none)


def query_arcs(filters: Filters, nodes: Ints, both: bool = False) -> Arcs:
    """Give the arcs that the filters leave of those that touch some nodes, or have both ends among them.

    However many relations there are, no others are held in memory; all of them are looked through.
    """
    folder = store.snapshot(filters.data).folder
    ids = _index(folder)[nodes].tolist()
    source, target = ("source", "in", ids), ("target", "in", ids)
    rows = pq.read_table(
        folder / table_file("relations"), columns=COLUMNS, filters=[source, target] if both else [[source], [target]]
    )
    known = store.tables(filters.data)["nodes"]["degree"].to_numpy(np.int64)
    return replace(_kept(_made(rows, folder), filters), known=known)


def _kept(every: Arcs, filters: Filters) -> Arcs:
    keep = np.ones(len(every.source), dtype=bool)
    if filters.years != store.span(filters.data):
        keep &= (every.year >= filters.years[0]) & (every.year <= filters.years[1])
    if filters.provinces or filters.layers:
        chosen = chosen_nodes(store.tables(filters.data)["nodes"], filters)
        ends = {"source": chosen[every.source], "target": chosen[every.target]}
        keep &= ends[filters.end] if filters.end else ends["source"] | ends["target"]
    if keep.all():
        return every
    kept = (one[keep] for one in (every.source, every.target, every.weight, every.year))
    return _indexed(every.n_nodes, *kept)


def chosen_nodes(nodes: pd.DataFrame, filters: Filters) -> np.ndarray:
    """Tell which nodes lie in the chosen provinces and layers."""
    keep = np.ones(len(nodes), dtype=bool)
    for column, values in (("province", filters.provinces), ("layer", filters.layers)):
        if values:
            keep &= nodes[column].isin(values).to_numpy(bool)
    return keep


@lru_cache(maxsize=MOST_KEPT // 2)
def _read(folder: Path) -> Arcs:
    return _made(pq.read_table(folder / table_file("relations"), columns=COLUMNS), folder)


@lru_cache(maxsize=2)
def _index(folder: Path) -> pd.Index:
    return pd.Index(pq.read_table(folder / table_file("nodes"), columns=["id"]).to_pandas()["id"])


def _made(relations: pa.Table, folder: Path) -> Arcs:
    rows, index = relations.to_pandas(), _index(folder)
    source, target = (index.get_indexer(rows[end]) for end in ("source", "target"))
    weight, year = (rows[name].fillna(default).to_numpy(np.int64) for name, default in (("count", 1), ("year", 0)))
    return make_arcs(len(index), source, target, weight, year)
