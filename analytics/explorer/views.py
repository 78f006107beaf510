"""Views of the network around what a reader asked for."""

import numpy as np

from analytics.explorer.arcs import Arcs
from analytics.explorer.found import MOST_ARCS, Found, Said, nothing
from analytics.explorer.places import columns, disc, rings

ARCS_BY_NODE = 4  # more of them hide each other


def ego(arcs: Arcs, node: int, depth: int, way: str, top: int, opened: tuple[int, ...] = ()) -> Found:
    """Give a node's neighbourhood.

    Parameters
    ----------
    depth : int
        Steps, 1 to 3.
    way : str
        `out` follows enabling, `in` follows it back, `both` either.
    top : int
        Nodes at most; each step takes its part, those of most relations with what is there first.
    opened : tuple of int
        Nodes of the view whose own neighbours are shown too.
    """
    if arcs.degrees()[node] == 0:
        return nothing("alone")
    rank = np.full(arcs.n_nodes, -1)
    rank[node] = 0
    order = [np.array([node])]
    said: list[Said] = []
    for step in range(1, depth + 1):
        left = top - sum(map(len, order))
        new, count = _next(arcs, order[-1], way, rank, max(left // (depth - step + 1), 0))
        if count > len(new):
            said.append(("cut", {"shown": len(new), "all": count, "step": step}))
        rank[new] = step
        order.append(new)
    for one in opened:
        new, _ = _next(arcs, np.array([one]), "both", rank, max(min(top // 4, top - sum(map(len, order))), 0))
        rank[new] = rank[one] + 1 if rank[one] >= 0 else depth + 1
        order.append(new)
    nodes = np.concatenate(order)
    return _shown(arcs, nodes, *rings(rank[nodes], nodes, arcs), rank[nodes], said)


def _next(arcs: Arcs, nodes: np.ndarray, way: str, rank: np.ndarray, most: int) -> tuple[np.ndarray, int]:
    """Give the nodes one step on that are not there yet, heaviest first, and how many there are."""
    found, ends = arcs.neighbours(nodes, way)
    weight = np.bincount(ends, arcs.weight[found], minlength=arcs.n_nodes)
    weight[rank >= 0] = 0
    there = np.flatnonzero(weight)
    order = np.lexsort((there, -arcs.degrees()[there], -weight[there]))
    return there[order][:most], len(there)


def hubs(arcs: Arcs, top: int) -> Found:
    """Give the nodes of most arcs, and the arcs between them."""
    degrees = arcs.degrees()
    nodes = np.lexsort((np.arange(arcs.n_nodes), -degrees))[:top]
    nodes = nodes[degrees[nodes] > 0]
    if not len(nodes):
        return nothing("empty")
    said: list[Said] = [("top", {"shown": len(nodes), "all": int((degrees > 0).sum())})]
    return _shown(arcs, nodes, *disc(nodes, degrees), np.zeros(len(nodes), dtype=np.int64), said)


def backbone(arcs: Arcs, top: int) -> Found:
    """Give the arcs that stand out most at either of their ends, until `top` nodes are there.

    The disparity filter of Serrano, Boguñá and Vespignani (2009): an arc of weight w of a node with
    k arcs and strength s has p = (1 - w/s)^(k - 1), and the smaller p of its two ends counts.
    """
    if not len(arcs.source):
        return nothing("empty")
    p = np.minimum(_chance(arcs, arcs.source), _chance(arcs, arcs.target))
    order = np.lexsort((arcs.target, arcs.source, -arcs.weight, p))
    seen = np.zeros(arcs.n_nodes, dtype=bool)
    kept: list[int] = []
    for arc in order[: 2 * top]:
        ends = (arcs.source[arc], arcs.target[arc])
        if seen.sum() + sum(not seen[end] for end in set(ends)) > top or len(kept) >= MOST_ARCS:
            break
        seen[list(ends)] = True
        kept.append(arc)
    nodes = np.flatnonzero(seen)
    x, y = disc(nodes, arcs.degrees())
    said: tuple[Said, ...] = (("backbone", {"shown": len(kept), "all": len(order)}),)
    return Found(nodes, np.array(kept), x, y, np.zeros(len(nodes), dtype=np.int64), said)


def _chance(arcs: Arcs, ends: np.ndarray) -> np.ndarray:
    k = np.bincount(ends, minlength=arcs.n_nodes)[ends]
    strength = np.bincount(ends, arcs.weight, minlength=arcs.n_nodes)[ends]
    return np.where(k > 1, (1 - arcs.weight / strength) ** (k - 1), 1.0)


def group(arcs: Arcs, members: np.ndarray, top: int) -> Found:
    """Give the best connected nodes of a group, and the arcs between them."""
    degrees = arcs.degrees()
    inside = np.flatnonzero(members & (degrees > 0))
    nodes = inside[np.lexsort((inside, -degrees[inside]))][:top]
    if not len(nodes):
        return nothing("empty")
    said: list[Said] = [("top", {"shown": len(nodes), "all": len(inside)})] if len(nodes) < len(inside) else []
    return _shown(arcs, nodes, *disc(nodes, degrees), np.zeros(len(nodes), dtype=np.int64), said)


def common(arcs: Arcs, one: int, other: int, top: int) -> Found:
    """Give the partners that two nodes share, those of most relations with both first."""
    sums = []
    for node in (one, other):
        found, ends = arcs.neighbours(np.array([node]), "both")
        sums.append(np.bincount(ends, arcs.weight[found], minlength=arcs.n_nodes))
    shared = np.flatnonzero((sums[0] > 0) & (sums[1] > 0))
    weight = sums[0][shared] + sums[1][shared]
    partners = shared[np.lexsort((shared, -weight))][: max(top - 2, 0)]
    if not len(shared):
        return nothing("no_common")
    nodes = np.concatenate([[one, other], partners])
    rank = np.concatenate([[0, 2], np.ones(len(partners), dtype=np.int64)]).astype(np.int64)
    said: list[Said] = [("common", {"shown": len(partners), "all": len(shared)})]
    return _shown(arcs, nodes, *columns(rank), rank, said)


def _shown(arcs: Arcs, nodes: np.ndarray, x: np.ndarray, y: np.ndarray, rank: np.ndarray, said: list[Said]) -> Found:
    between = arcs.between(nodes)
    most = min(MOST_ARCS, ARCS_BY_NODE * len(nodes))
    if len(between) > most:
        said = [*said, ("arcs_cut", {"shown": most, "all": len(between)})]
        # Of equals those nearest to what was asked for: an ego without its own arcs says nothing.
        near = np.full(arcs.n_nodes, len(nodes))
        near[nodes] = rank
        ends = np.minimum(near[arcs.source[between]], near[arcs.target[between]])
        between = np.sort(between[np.lexsort((between, -arcs.weight[between], ends))][:most])
    return Found(nodes, between, x, y, rank, tuple(said))
