"""The shortest chains between two nodes."""

from itertools import pairwise

import numpy as np

from analytics.explorer.arcs import Arcs
from analytics.explorer.found import Found, Said, nothing
from analytics.explorer.places import columns

MOST_CHAINS = 100


def chain(arcs: Arcs, one: int, other: int, directed: bool, most: int = MOST_CHAINS) -> Found:
    """Give the shortest chains from one node to another, all of equal length up to `most`.

    Parameters
    ----------
    directed : bool
        Follow enabling from `one` to `other`; else in either direction.
    """
    if one == other:
        return nothing("same")
    ahead, back = ("out", "in") if directed else ("both", "both")
    far = distances(arcs, one, ahead, other)
    if far[other] < 0:
        return nothing("no_chain")
    near = distances(arcs, other, back, one)
    length = int(far[other])
    on_way = (far >= 0) & (near >= 0) & (far + near == length)
    paths, count = _walk(arcs, one, far, on_way, ahead, length, most)
    nodes = np.unique(np.array(paths).ravel())
    steps = {(a, b) for path in paths for a, b in pairwise(path)}
    rank = far[nodes]
    x, y = columns(rank)
    said: list[Said] = [("chain", {"steps": length, "count": count, "shown": len(paths)})]
    return Found(nodes, _arcs_of(arcs, steps, directed), x, y, rank, tuple(said))


def distances(arcs: Arcs, start: int, way: str, until: int = -1) -> np.ndarray:
    """Give every node's steps from `start`, -1 where there is no way; stops once `until` is reached."""
    far = np.full(arcs.n_nodes, -1)
    far[start], step = 0, 0
    front = np.array([start])
    while len(front) and (until < 0 or far[until] < 0):
        step += 1
        ends = arcs.neighbours(front, way)[1]
        front = np.unique(ends[far[ends] < 0])
        far[front] = step
    return far


def _walk(
    arcs: Arcs, one: int, far: np.ndarray, on_way: np.ndarray, way: str, length: int, most: int
) -> tuple[list[list[int]], int]:
    """Give up to `most` chains, and how many there are in all."""
    paths, ways = [[one]], {one: 1}
    for step in range(1, length + 1):
        longer: list[list[int]] = []
        counts: dict[int, int] = {}
        nexts: dict[int, list[int]] = {}
        for node, number in ways.items():
            ends = np.unique(arcs.neighbours(np.array([node]), way)[1])
            nexts[node] = ends[on_way[ends] & (far[ends] == step)].tolist()
            for end in nexts[node]:
                counts[end] = counts.get(end, 0) + number
        for path in paths:
            longer += [[*path, end] for end in nexts[path[-1]][: most - len(longer)]]
        paths, ways = longer, counts
    return paths, sum(ways.values())


def _arcs_of(arcs: Arcs, steps: set[tuple[int, int]], directed: bool) -> np.ndarray:
    keys = arcs.source * arcs.n_nodes + arcs.target
    asked = {a * arcs.n_nodes + b for a, b in steps}
    if not directed:
        asked |= {b * arcs.n_nodes + a for a, b in steps}
    return np.flatnonzero(np.isin(keys, np.array(sorted(asked), dtype=np.int64)))
