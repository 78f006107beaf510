"""Where the nodes of a whole network stand: ForceAtlas2.

After Jacomy, Venturini, Heymann and Bastian (2014), "ForceAtlas2, a continuous graph layout algorithm": nodes
repel each other by their degrees, arcs pull, gravity keeps components together. Repulsion is summed over
the cells of a quadtree (Barnes and Hut). Every node's force is summed in one order whatever the number of
threads, so the same network gives the same bytes.
"""

from typing import Any

import numpy as np
from numba import njit, prange
from numpy.typing import NDArray

from analytics.network.graph import Graph

Floats = NDArray[np.float64]
SEED = 2024
ROUNDS, WORK = 220, 8_000_000  # rounds at most; nodes times rounds, so that a large network takes its time and no more
FEWEST_ROUNDS = 20
OPENING, REPULSION, GRAVITY = 1.2, 2.0, 1.0
DEEPEST = 24  # of the tree: closer nodes share a leaf
STRIPES = 64  # of nodes, dealt out to threads
SEEN = 96.5  # percent of nodes inside the rim
SPREAD = 0.8  # power of the distance from the middle: below 1 it makes room where most nodes are


def place_nodes(graph: Graph) -> NDArray[np.float32]:
    """Place the nodes of a graph.

    Returns
    -------
    ndarray of float32, nodes x 2
        x and y from 0 to 1. The same graph gives the same places.
    """
    if graph.n < 2:
        return np.full((graph.n, 2), 0.5, dtype=np.float32)
    sides = graph.both_ways()
    places = np.random.default_rng(SEED).random((graph.n, 2)) * 1000 - 500
    rounds = max(FEWEST_ROUNDS, min(ROUNDS, WORK // graph.n))
    return _framed(_settle(places, sides.out_start, sides.out_end, rounds))


def _framed(places: Floats) -> NDArray[np.float32]:
    """Bring places into the unit square: the crowded middle is spread, stray components stand on the rim."""
    apart = places - np.median(places, axis=0)
    far = np.hypot(*apart.T)
    reach = np.percentile(far, SEEN) or 1.0
    share = far / reach
    # Beyond the rim a little of the distance stays, so that strays do not lie on one line.
    radius = np.where(share < 1, share**SPREAD, 1 + 0.08 * (1 - 1 / np.maximum(share, 1)))
    ways = np.divide(apart, far[:, None], out=np.zeros_like(apart), where=far[:, None] > 0)
    return np.clip(ways * radius[:, None] / 2.16 + 0.5, 0, 1).astype(np.float32)


def _settle(places: Floats, start: NDArray[np.int64], end: NDArray[np.int64], rounds: int) -> Floats:
    n = len(places)
    mass = 1.0 + np.diff(start)
    tree = _new_tree(n)
    force, before = np.zeros((n, 2)), np.zeros((n, 2))
    speed, efficiency = 1.0, 1.0
    for _ in range(rounds):
        _grow(places, mass, *tree)
        _push(places, mass, start, end, *tree, force)
        swing, traction = np.hypot(*(force - before).T), np.hypot(*(force + before).T) / 2
        speed, efficiency = _pace(speed, efficiency, float((mass * swing).sum()), float((mass * traction).sum()), n)
        places = places + force * (speed / (1 + np.sqrt(speed * mass * swing)))[:, None]
        before = force.copy()
    return places


def _pace(speed: float, efficiency: float, swing: float, traction: float, n: int) -> tuple[float, float]:
    """Give the next speed: fast while forces agree with those of the round before, slow while they swing."""
    ease = 0.05 * np.sqrt(n)
    jitter = max(np.sqrt(ease), min(10.0, ease * traction / (n * n)))
    if swing / max(traction, 1e-12) > 2.0:
        efficiency = efficiency * 0.5 if efficiency > 0.05 else efficiency
        jitter = max(jitter, 1.0)
    target = jitter * efficiency * traction / max(swing, 1e-12)
    if swing > jitter * traction:
        efficiency = efficiency * 0.7 if efficiency > 0.05 else efficiency
    elif speed < 1000:
        efficiency *= 1.3
    return speed + min(target - speed, 0.5 * speed), efficiency


def _new_tree(n: int) -> tuple[Any, ...]:
    """Give room for a quadtree: children, mass, centre, size, corner and depth of its cells, and lists of nodes."""
    most = 8 * n + 64
    cells = (np.empty((most, 4), np.int32), np.empty(most), np.empty((most, 2)), np.empty(most))
    return (*cells, np.empty((most, 2)), np.empty(most, np.int32), np.empty(most, np.int32), np.empty(n, np.int32))


@njit(cache=True)
def _grow(places, mass, child, weight, centre, size, corner, depth, head, following):  # type: ignore[no-untyped-def]
    """Sort the nodes into the tree; `head` and `following` are the lists of its leaves."""
    low = np.array([places[:, 0].min(), places[:, 1].min()])
    high = np.array([places[:, 0].max(), places[:, 1].max()])
    child[0, :] = -1
    weight[0], depth[0], head[0] = 0.0, 0, -1
    centre[0, :] = 0.0
    corner[0, :] = low
    size[0] = max(high[0] - low[0], high[1] - low[1]) * 1.0001 + 1e-9
    count = 1
    for node in range(len(places)):
        cell = 0
        while True:
            weight[cell] += mass[node]
            centre[cell, 0] += mass[node] * places[node, 0]
            centre[cell, 1] += mass[node] * places[node, 1]
            if child[cell, 0] == -1:
                if head[cell] == -1 or depth[cell] >= DEEPEST:
                    following[node] = head[cell]
                    head[cell] = node
                    break
                half = size[cell] / 2
                for quarter in range(4):
                    new = count + quarter
                    child[new, :] = -1
                    weight[new], size[new], head[new], depth[new] = 0.0, half, -1, depth[cell] + 1
                    centre[new, :] = 0.0
                    corner[new, 0] = corner[cell, 0] + (quarter & 1) * half
                    corner[new, 1] = corner[cell, 1] + (quarter >> 1) * half
                    child[cell, quarter] = new
                count += 4
                other = head[cell]
                head[cell] = -1
                inner = child[cell, _quarter(places, other, corner, cell, half)]
                head[inner] = other
                following[other] = -1
                weight[inner] = mass[other]
                centre[inner, 0] = mass[other] * places[other, 0]
                centre[inner, 1] = mass[other] * places[other, 1]
            cell = child[cell, _quarter(places, node, corner, cell, size[cell] / 2)]
    for cell in range(count):
        if weight[cell] > 0:
            centre[cell, :] /= weight[cell]


@njit(cache=True)
def _quarter(places, node, corner, cell, half):  # type: ignore[no-untyped-def]
    right = 1 if places[node, 0] >= corner[cell, 0] + half else 0
    return right + (2 if places[node, 1] >= corner[cell, 1] + half else 0)


@njit(parallel=True, cache=True)
def _push(places, mass, start, end, child, weight, centre, size, corner, depth, head, following, force):  # type: ignore[no-untyped-def]
    """Sum up what pushes and pulls every node."""
    for stripe in prange(STRIPES):
        stack = np.empty(256, np.int32)
        for node in range(stripe, len(places), STRIPES):
            x, y, fx, fy = places[node, 0], places[node, 1], 0.0, 0.0
            top = 1
            stack[0] = 0
            while top > 0:
                top -= 1
                cell = stack[top]
                if weight[cell] == 0:
                    continue
                dx, dy = x - centre[cell, 0], y - centre[cell, 1]
                far = dx * dx + dy * dy
                if child[cell, 0] == -1:
                    other = head[cell]
                    while other != -1:
                        ex, ey = x - places[other, 0], y - places[other, 1]
                        near = ex * ex + ey * ey
                        if other != node and near > 1e-12:
                            push = REPULSION * mass[node] * mass[other] / near
                            fx += ex * push
                            fy += ey * push
                        other = following[other]
                elif size[cell] * size[cell] < OPENING * OPENING * far:
                    push = REPULSION * mass[node] * weight[cell] / far
                    fx += dx * push
                    fy += dy * push
                else:
                    for quarter in range(4):
                        stack[top] = child[cell, quarter]
                        top += 1
            away = np.sqrt(x * x + y * y)
            if away > 0:
                fx -= x * GRAVITY * mass[node] / away
                fy -= y * GRAVITY * mass[node] / away
            for at in range(start[node], start[node + 1]):
                fx -= x - places[end[at], 0]
                fy -= y - places[end[at], 1]
            force[node, 0] = fx
            force[node, 1] = fy
