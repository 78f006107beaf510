"""Where nodes stand: computed here, so that a link gives the same picture to everyone."""

import math

import numpy as np

from analytics.explorer.arcs import Arcs

GOLDEN = math.pi * (3 - math.sqrt(5))
Places = tuple[np.ndarray, np.ndarray]


def rings(rank: np.ndarray, nodes: np.ndarray, arcs: Arcs) -> Places:
    """Place nodes on rings by distance; on a ring, partners of the same nodes stand together."""
    x, y = np.zeros(len(nodes)), np.zeros(len(nodes))
    angle, radius = np.zeros(arcs.n_nodes), 0.0
    for step in range(1, int(rank.max(initial=0)) + 1):
        ring = np.flatnonzero(rank == step)
        ring = ring[np.argsort(_pull(nodes[ring], nodes[rank < step], angle, arcs), kind="stable")]
        # A ring holds as many nodes as stand apart on it; more go to rings close behind it.
        at = 0
        while at < len(ring):
            radius += 2.2 if at else 4.0
            room = max(int(2 * math.pi * radius / 1.6), 1)
            part = ring[at : at + room]
            turn = 2 * math.pi * (np.arange(len(part)) + 0.5) / len(part)
            x[part], y[part] = radius * np.cos(turn), radius * np.sin(turn)
            angle[nodes[part]] = turn
            at += room
    return x, y


def _pull(ring: np.ndarray, inner: np.ndarray, angle: np.ndarray, arcs: Arcs) -> np.ndarray:
    """Give for every node of a ring the angle of its first partner further in."""
    inside = np.zeros(arcs.n_nodes, dtype=bool)
    inside[inner] = True
    pulls = []
    for node in ring:
        ends = arcs.neighbours(np.array([node]), "both")[1]
        ends = ends[inside[ends]]
        pulls.append(angle[ends[0]] if len(ends) else 0.0)
    return np.array(pulls)


def disc(nodes: np.ndarray, degrees: np.ndarray) -> Places:
    """Place nodes on a sunflower's spiral, the best connected in the middle."""
    order = np.empty(len(nodes), dtype=np.int64)
    order[np.lexsort((nodes, -degrees[nodes]))] = np.arange(len(nodes))
    radius = 1.9 * np.sqrt(order)
    return radius * np.cos(order * GOLDEN), radius * np.sin(order * GOLDEN)


def columns(rank: np.ndarray) -> Places:
    """Place nodes in columns by distance, each column around the middle."""
    x, y = rank * 8.0, np.zeros(len(rank))
    for step in np.unique(rank):
        part = np.flatnonzero(rank == step)
        # A long column folds into several, side by side.
        lines = math.ceil(len(part) / 24)
        row, line = np.arange(len(part)) // lines, np.arange(len(part)) % lines
        y[part] = (row - (row.max() if len(row) else 0) / 2) * 1.6
        x[part] += (line - (lines - 1) / 2) * 3.2
    return x, y
