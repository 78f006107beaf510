"""When each node joins the network and each relation begins: table 1, year by year.

The network of a year holds the nodes and relations of all years up to it. Every year takes exactly
as many nodes and relations as table 1 prints; which ones is drawn by weights, one number a year
(`shyness`), found by search so that path length comes near the printed one.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analytics.network.clustering import measure_clustering
from analytics.network.graph import Graph, build_graph
from analytics.network.paths import measure_paths
from analytics.reconstruct.rounding import Floats, Ints

# How much relations of hubs wait: the weight of a relation is its larger degree to minus this power.
SHYNESS = (-0.2, 0.0, 0.2, 0.5, 0.9, 1.5)
HUBS_LAST = (0.2, 0.4)  # powers of the smaller degree in the same weight: ties among hubs come late
NEAR_ENOUGH = 0.8  # of what a year may miss: no second power is tried then
# How far a year may be from table 1: as a share, in hops, absolute.
PATH_ROOM, DIAMETER_ROOM, CLUSTERING_ROOM = 0.10, 3, 0.02
NEVER = 9999


@dataclass(frozen=True)
class Arcs:
    """All relations, and what the drawing of years needs to know of them.

    Attributes
    ----------
    source, target : ndarray of int64
    is_firm : ndarray of bool
        By node.
    degree : ndarray of int64
        By node, in the last year.
    """

    source: Ints
    target: Ints
    is_firm: "np.ndarray"
    degree: Ints

    def weight(self, shyness: float, last: float) -> Floats:
        """Give how long each relation waits, by the larger and the smaller degree of its ends."""
        ends = self.degree[np.array([self.source, self.target])].astype(float)
        return ends.max(axis=0) ** shyness * ends.min(axis=0) ** last


@dataclass
class State:
    """What has begun so far: the year of every node and relation, `NEVER` if none yet."""

    node: Ints
    arc: Ints

    def copy(self) -> "State":
        """Give an independent copy."""
        return State(self.node.copy(), self.arc.copy())


@dataclass(frozen=True)
class Plan:
    """How many nodes and relations join in a year."""

    year: int
    firms: int
    others: int
    relations: int
    path: float
    diameter: int
    clustering: float


def plans(table_1: pd.DataFrame, leavers: int) -> list[Plan]:
    """Turn table 1 into what joins each year; `leavers` join first, as other nodes."""
    counts = table_1[["n_sample_nodes", "n_nodes", "n_relations"]]
    new = counts.diff().fillna(counts).astype(int)
    samples = new["n_sample_nodes"].clip(lower=0)
    found = []
    for at, year in enumerate(table_1.index):
        firms = int(samples.iloc[at]) - (0 if at else leavers)
        path, diameter, clustering = table_1[["average_path_length", "diameter", "clustering"]].iloc[at]
        others, relations = int(new["n_nodes"].iloc[at]) - firms, int(new["n_relations"].iloc[at])
        found.append(Plan(int(year), firms, others, relations, float(path), int(diameter), float(clustering)))
    return found


def draw_years(rng: np.random.Generator, arcs: Arcs, order: Ints, steps: list[Plan]) -> State:
    """Give the year of every node and relation.

    Parameters
    ----------
    order : ndarray of int64
        Firms in the order in which they join.

    Raises
    ------
    ValueError
        A year asks for more nodes or relations than there are to take.
    """
    state = State(np.full(len(arcs.degree), NEVER), np.full(len(arcs.source), NEVER))
    luck = rng.random(len(arcs.source))
    queue = order.copy()
    for step in steps[:-1]:
        state, queue = _search(arcs, state, queue, step, luck)
    last = steps[-1].year
    return State(np.minimum(state.node, last), np.minimum(state.arc, last))


def _search(arcs: Arcs, state: State, queue: Ints, step: Plan, luck: Floats) -> tuple[State, Ints]:
    """Try the powers in turn; give the state that misses table 1 least, and the firms that are left."""
    tried: list[tuple[float, int, State, Ints]] = []
    for last in HUBS_LAST:
        for shyness in SHYNESS:
            now = state.copy()
            left = _join(arcs, now, queue, step, -np.log(luck) * arcs.weight(shyness, last))
            tried.append((_miss(arcs, now, step), len(tried), now, left))
        if min(one[0] for one in tried) <= NEAR_ENOUGH:
            break
    _, _, found, left = min(tried, key=lambda one: one[:2])
    return found, left


def _miss(arcs: Arcs, state: State, step: Plan) -> float:
    """Give how far the year's shape is from table 1; 1 is the most allowed."""
    graph = network(arcs, state, step.year)
    paths, clustering = measure_paths(graph), measure_clustering(graph).directed
    return max(
        abs(paths.average / step.path - 1) / PATH_ROOM,
        abs(paths.diameter - step.diameter) / DIAMETER_ROOM,
        abs(clustering - step.clustering) / CLUSTERING_ROOM,
    )


def network(arcs: Arcs, state: State, year: int) -> Graph:
    """Give the graph of a year's nodes and relations."""
    there = np.flatnonzero(state.node <= year)
    number = np.full(len(state.node), -1)
    number[there] = np.arange(len(there))
    kept = state.arc <= year
    return build_graph(number[arcs.source[kept]], number[arcs.target[kept]], len(there))


def _join(arcs: Arcs, state: State, queue: Ints, step: Plan, keys: Floats) -> Ints:
    """Let a year's nodes and relations join; give the firms that are left.

    The keys are exponential draws by weight: the smallest of them are a weighted sample without
    replacement (Efraimidis and Spirakis 2006).
    """
    state.node[queue[: step.firms]] = step.year
    before = int((state.arc < step.year).sum())
    _anchor_firms(arcs, state, queue[: step.firms], step, keys)
    _add_others(arcs, state, step, keys)
    begun = int((state.arc <= step.year).sum()) - before
    open_arcs = np.flatnonzero((state.arc == NEVER) & _both_in(arcs, state, step.year))
    if begun > step.relations or len(open_arcs) < step.relations - begun:
        raise ValueError(f"{step.year}: {begun} + {len(open_arcs)} relations for {step.relations}")
    state.arc[open_arcs[np.argsort(keys[open_arcs], kind="stable")[: step.relations - begun]]] = step.year
    return queue[step.firms :]


def _both_in(arcs: Arcs, state: State, year: int) -> "np.ndarray":
    return (state.node[arcs.source] <= year) & (state.node[arcs.target] <= year)


def _anchor_firms(arcs: Arcs, state: State, firms: Ints, step: Plan, keys: Floats) -> None:
    """Begin one relation of every new firm: with a node that is in, else with one that joins for it."""
    arc, near, far = _incident(arcs, firms)
    inside = state.node[far] <= step.year
    usable = inside | ~arcs.is_firm[far]
    ranked = np.lexsort((keys[arc], ~inside, near))
    ranked = ranked[usable[ranked]]
    nodes, first = np.unique(near[ranked], return_index=True)
    if len(nodes) < len(firms):
        raise ValueError(f"{step.year}: {len(firms) - len(nodes)} firms have no one to relate to")
    chosen = ranked[first]
    state.arc[arc[chosen]] = step.year
    state.node[far[chosen]] = np.minimum(state.node[far[chosen]], step.year)


def _add_others(arcs: Arcs, state: State, step: Plan, keys: Floats) -> None:
    """Let relation nodes join, each with one relation to a firm that is in; the busiest first."""
    missing = step.others - int(((state.node == step.year) & ~arcs.is_firm).sum())
    waiting = np.flatnonzero((state.node == NEVER) & ~arcs.is_firm)
    arc, near, far = _incident(arcs, waiting)
    open_ends = np.flatnonzero(state.node[far] <= step.year)
    ranked = open_ends[np.lexsort((keys[arc[open_ends]], near[open_ends]))]
    nodes, first = np.unique(near[ranked], return_index=True)
    if missing < 0 or len(nodes) < missing:
        raise ValueError(f"{step.year}: {len(nodes)} relation nodes for {missing}")
    best = arc[ranked[first]]
    taken = np.argsort(keys[best] / arcs.degree[nodes].astype(float) ** 2, kind="stable")[:missing]
    state.arc[best[taken]] = step.year
    state.node[nodes[taken]] = step.year


def _incident(arcs: Arcs, nodes: Ints) -> tuple[Ints, Ints, Ints]:
    """Give relation, own end and other end of everything that touches some nodes."""
    mine = np.zeros(len(arcs.degree), bool)
    mine[nodes] = True
    out, into = np.flatnonzero(mine[arcs.source]), np.flatnonzero(mine[arcs.target])
    near = np.concatenate([arcs.source[out], arcs.target[into]])
    far = np.concatenate([arcs.target[out], arcs.source[into]])
    return np.concatenate([out, into]), near, far
