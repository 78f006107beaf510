"""Where the nodes of a whole network stand: ForceAtlas2.

After Jacomy, Venturini, Heymann and Bastian (2014), "ForceAtlas2, a continuous graph layout algorithm for handy
network visualization designed for the Gephi software", in its LinLog mode (Noack 2007): nodes repel each other by
their degrees, arcs pull by the logarithm of their length, gravity keeps components together. LinLog sets cores apart
where the linear pull piles them up. Repulsion is summed over the cells of a quadtree (Barnes and Hut).

Nodes with one partner, nearly half of the report's network, take no part: they only weigh on their partner and
stand around it like the seeds of a sunflower. Every force is summed in one order whatever the number of
threads, so the same network gives the same bytes on one machine.
"""

from typing import Any

import numpy as np
from numba import njit, prange
from numpy.typing import NDArray

from analytics.network.graph import Graph, Ints, build_graph

Floats = NDArray[np.float64]
SEED = 2024
# Rounds at most; nodes times rounds, so that a large network gets fewer and takes no more time; rounds at least.
ROUNDS, WORK, FEWEST_ROUNDS = 240, 4_500_000, 20
OPENING, REPULSION, GRAVITY = 1.2, 2.0, 1.0
DEEPEST = 24  # of the tree: closer nodes share a leaf
STRIPES = 64  # of nodes, dealt out to threads
SEEN = 85  # percent of the nodes stand inside 0.7 of the radius, see `_frame`
GOLDEN_ANGLE = np.pi * (3 - np.sqrt(5))
SEED_GAP = 0.42  # between leaves around a partner, in shares of the gap that all nodes on a grid would have
HOLE = 0.012  # seeds that a hub's own disc hides, by its degree


def place_nodes(graph: Graph) -> NDArray[np.float32]:
    """Place the nodes of a graph.

    Returns
    -------
    ndarray of float32, nodes x 2
        x and y from 0 to 1. The same graph gives the same places. Nodes without arcs stand on the rim.
    """
    sides = graph.both_ways()
    partners = sides.out_degree
    leaves, hubs = _leaves(sides)
    core = np.setdiff1d(np.flatnonzero(partners), leaves)
    places = np.zeros((graph.n, 2))
    places[core] = _frame(_settle(_among(sides, core), 1.0 + partners[core]))
    places[leaves] = places[hubs] + _seats(hubs, partners, graph.n)
    places /= max(1.0, float(np.abs(places).max(initial=0)))
    places[partners == 0] = _rim(int((partners == 0).sum()))
    return (places / 2 + 0.5).astype(np.float32)


def rounds_of(n: int) -> int:
    """Give the rounds that a network gets whose `n` nodes have two partners or more."""
    return max(FEWEST_ROUNDS, min(ROUNDS, WORK // max(n, 1)))


def _leaves(sides: Graph) -> tuple[Ints, Ints]:
    """Give the nodes with one partner, sorted by that partner, and the partner; a lone pair has no leaf."""
    single = np.flatnonzero(sides.out_degree == 1)
    partner = sides.out_end[sides.out_start[single]]
    hung = sides.out_degree[partner] > 1
    order = np.argsort(partner[hung], kind="stable")
    return single[hung][order], partner[hung][order]


def _among(sides: Graph, kept: Ints) -> Graph:
    """Give the graph between some nodes, numbered anew."""
    number = np.full(sides.n, -1)
    number[kept] = np.arange(len(kept))
    source, target = number[sides.sources], number[sides.out_end]
    inside = (source >= 0) & (target >= 0)
    return build_graph(source[inside], target[inside], len(kept))


def _frame(places: Floats) -> Floats:
    """Bring places into the unit circle around 0; far away components move in, the more the farther they are."""
    if len(places) < 2:
        return np.zeros_like(places)
    apart = places - np.median(places, axis=0)
    far = np.hypot(*apart.T)
    share = far / (np.percentile(far, SEEN) or 1.0)
    return apart / np.maximum(far, 1e-12)[:, None] * (share / np.sqrt(1 + share**2))[:, None]


def _seats(hubs: Ints, partners: Ints, n: int) -> Floats:
    """Give where leaves stand beside their hubs, which are sorted: from the inside out, the golden angle apart."""
    rank = np.arange(len(hubs)) - np.searchsorted(hubs, hubs)
    far = SEED_GAP * 2 / np.sqrt(max(n, 1)) * np.sqrt(rank + 1 + HOLE * partners[hubs])
    angle = rank * GOLDEN_ANGLE + hubs
    return np.column_stack([far * np.cos(angle), far * np.sin(angle)])


def _rim(count: int) -> Floats:
    angle = np.linspace(0, 2 * np.pi, count, endpoint=False)
    return np.column_stack([np.cos(angle), np.sin(angle)])


def _settle(graph: Graph, mass: NDArray[np.floating[Any]]) -> Floats:
    """Let the forces work from a start by chance, the same every time."""
    n = graph.n
    places = np.random.default_rng(SEED).random((n, 2)) * 1000 - 500
    tree = _new_tree(n)
    force, before = np.zeros((n, 2)), np.zeros((n, 2))
    speed, efficiency = 1.0, 1.0
    for _ in range(rounds_of(n) if n > 1 else 0):
        _grow(places, mass, *tree)
        _push(places, mass, graph.out_start, graph.out_end, *tree, force)
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
    """Give room for a quadtree.

    Of every cell its first child (the other three follow it), mass, centre and size in one row, corner, depth and
    first node; of every node the next one in its cell; and the nodes in the order of the tree.
    """
    most = 8 * n + 64
    cells = np.empty(most, np.int32), np.empty((most, 4)), np.empty((most, 2)), np.empty(most, np.int32)
    return (*cells, np.empty(most, np.int32), np.empty(n, np.int32), np.empty(n, np.int32))


@njit(cache=True)
def _grow(places, mass, child, body, corner, depth, head, following, order):  # type: ignore[no-untyped-def]
    """Sort the nodes into the tree."""
    low = np.array([places[:, 0].min(), places[:, 1].min()])
    high = np.array([places[:, 0].max(), places[:, 1].max()])
    child[0], depth[0], head[0] = -1, 0, -1
    body[0, :] = 0.0
    body[0, 3] = max(high[0] - low[0], high[1] - low[1]) * 1.0001 + 1e-9
    corner[0, :] = low
    count = 1
    for node in range(len(places)):
        cell = 0
        while True:
            _weigh(body, cell, places, mass, node)
            half = body[cell, 3] / 2
            if child[cell] == -1:
                if head[cell] == -1 or depth[cell] >= DEEPEST:
                    following[node] = head[cell]
                    head[cell] = node
                    break
                for quarter in range(4):
                    new = count + quarter
                    child[new], head[new], depth[new] = -1, -1, depth[cell] + 1
                    body[new, :] = 0.0
                    body[new, 3] = half
                    corner[new, 0] = corner[cell, 0] + (quarter & 1) * half
                    corner[new, 1] = corner[cell, 1] + (quarter >> 1) * half
                child[cell] = count
                count += 4
                other = head[cell]
                head[cell] = -1
                inner = child[cell] + _quarter(places, other, corner, cell, half)
                head[inner] = other
                following[other] = -1
                _weigh(body, inner, places, mass, other)
            cell = child[cell] + _quarter(places, node, corner, cell, half)
    for cell in range(count):
        if body[cell, 0] > 0:
            body[cell, 1] /= body[cell, 0]
            body[cell, 2] /= body[cell, 0]
    _walk(child, head, following, order)


@njit(cache=True)
def _weigh(body, cell, places, mass, node):  # type: ignore[no-untyped-def]
    body[cell, 0] += mass[node]
    body[cell, 1] += mass[node] * places[node, 0]
    body[cell, 2] += mass[node] * places[node, 1]


@njit(cache=True)
def _quarter(places, node, corner, cell, half):  # type: ignore[no-untyped-def]
    right = 1 if places[node, 0] >= corner[cell, 0] + half else 0
    return right + (2 if places[node, 1] >= corner[cell, 1] + half else 0)


@njit(cache=True)
def _walk(child, head, following, order):  # type: ignore[no-untyped-def]
    """List the nodes as they lie: neighbours ask for the same cells, which are then near at hand."""
    stack = np.empty(DEEPEST * 4 + 4, np.int32)
    stack[0] = 0
    top, at = 1, 0
    while top > 0:
        top -= 1
        cell = stack[top]
        node = head[cell]
        while node != -1:
            order[at] = node
            at += 1
            node = following[node]
        if child[cell] != -1:
            for quarter in range(4):
                stack[top] = child[cell] + quarter
                top += 1


@njit(parallel=True, cache=True)
def _push(places, mass, start, end, child, body, corner, depth, head, following, order, force):  # type: ignore[no-untyped-def]
    """Sum up what pushes and pulls every node."""
    n = len(places)
    for stripe in prange(STRIPES):
        stack = np.empty(DEEPEST * 4 + 4, np.int32)
        for at in range(stripe * n // STRIPES, (stripe + 1) * n // STRIPES):
            node = order[at]
            x, y, fx, fy = places[node, 0], places[node, 1], 0.0, 0.0
            top = 1
            stack[0] = 0
            while top > 0:
                top -= 1
                cell = stack[top]
                if child[cell] == -1:
                    other = head[cell]
                    while other != -1:
                        ex, ey = x - places[other, 0], y - places[other, 1]
                        near = ex * ex + ey * ey
                        if other != node and near > 1e-12:
                            push = mass[other] / near
                            fx += ex * push
                            fy += ey * push
                        other = following[other]
                    continue
                dx, dy = x - body[cell, 1], y - body[cell, 2]
                far = dx * dx + dy * dy
                if body[cell, 3] * body[cell, 3] < OPENING * OPENING * far:
                    push = body[cell, 0] / far
                    fx += dx * push
                    fy += dy * push
                    continue
                for quarter in range(4):
                    stack[top] = child[cell] + quarter
                    top += 1
            away = max(np.sqrt(x * x + y * y), 1e-12)
            fx = mass[node] * (REPULSION * fx - GRAVITY * x / away)
            fy = mass[node] * (REPULSION * fy - GRAVITY * y / away)
            for arc in range(start[node], start[node + 1]):
                ex, ey = x - places[end[arc], 0], y - places[end[arc], 1]
                apart = np.sqrt(ex * ex + ey * ey)
                pull = np.log1p(apart) / apart if apart > 0 else 0.0
                fx -= ex * pull
                fy -= ey * pull
            force[node, 0] = fx
            force[node, 1] = fy
