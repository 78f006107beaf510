"""Places of a network's nodes: the same every time, inside the square, near to what they are tied to."""

import subprocess
import sys

import numpy as np
import pytest

from analytics.network.graph import Graph, build_graph
from analytics.network.layout import FEWEST_ROUNDS, place_nodes, rounds_of

SCRIPT = """
import numpy as np
from analytics.network.graph import build_graph
from analytics.network.layout import place_nodes
rng = np.random.default_rng(3)
print(place_nodes(build_graph(*rng.integers(0, 400, (2, 900)), 400)).tobytes().hex())
"""


def graph_of(pairs: list[tuple[int, int]], n: int) -> Graph:
    ends = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    return build_graph(ends[:, 0], ends[:, 1], n)


@pytest.mark.slow
def test_places_are_the_same_bytes_in_every_run_and_on_any_number_of_threads() -> None:
    runs = []
    for threads in ("1", "2"):
        command = [sys.executable, "-c", SCRIPT]
        environment = {"NUMBA_NUM_THREADS": threads, "PATH": "/usr/bin:/bin"}
        runs.append(subprocess.run(command, check=True, capture_output=True, env=environment).stdout)
    assert runs[0] == runs[1] and len(runs[0]) > 6_000


@pytest.mark.parametrize(("pairs", "n"), [([], 0), ([], 1), ([], 5), ([(0, 1)], 2), ([(0, 1), (2, 3), (4, 5)], 6)])
def test_a_small_or_broken_graph_has_places_inside_the_square(pairs: list[tuple[int, int]], n: int) -> None:
    places = place_nodes(graph_of(pairs, n))
    assert places.shape == (n, 2) and places.dtype == np.float32
    assert not np.isnan(places).any() and (places >= 0).all() and (places <= 1).all()


def test_two_groups_stand_apart() -> None:
    pairs = [(a, b) for start in (0, 20) for a in range(start, start + 20) for b in range(a + 1, start + 20)]
    places = place_nodes(graph_of([*pairs, (0, 20)], 40))
    middles = places[:20].mean(axis=0), places[20:].mean(axis=0)
    spread = max(
        np.linalg.norm(places[at : at + 20] - middle, axis=1).mean()
        for at, middle in ((0, middles[0]), (20, middles[1]))
    )
    assert np.linalg.norm(middles[0] - middles[1]) > 2 * spread


def test_leaves_stand_around_their_own_partner() -> None:
    pairs = [(0, 1), *((0, leaf) for leaf in range(2, 60)), *((1, leaf) for leaf in range(60, 90))]
    places = place_nodes(graph_of(pairs, 90))
    far = [np.linalg.norm(places[2:] - places[hub], axis=1) for hub in (0, 1)]
    own, other = np.where(np.arange(2, 90) < 60, far, far[::-1])
    assert (own < other).all()
    assert len(np.unique(places, axis=0)) == 90


def test_parts_without_a_tie_are_packed_not_flung_away() -> None:
    pairs = [(start + a, start + b) for start in range(0, 120, 6) for a in range(6) for b in range(a)]
    pairs += [(200 + a, 200 + b) for a in range(100) for b in range(a)]
    places = place_nodes(graph_of(pairs, 300))
    middles = places[:120].reshape(20, 6, 2).mean(axis=1)
    apart = np.linalg.norm(middles[:, None] - middles[None], axis=2) + np.eye(20)
    assert apart.min() > 0.01, "parts lie on one another"
    assert apart.min(axis=1).max() < 0.3, "a part stands alone"
    spread = np.linalg.norm(places[200:] - places[200:].mean(axis=0), axis=1).max()
    assert spread > 0.1, "the largest part is squeezed to a dot"


def test_nodes_without_arcs_stand_on_the_rim() -> None:
    places = place_nodes(graph_of([(0, 1), (1, 2), (2, 0)], 7))
    assert np.linalg.norm(places[3:] - 0.5, axis=1) == pytest.approx([0.5] * 4, abs=1e-6)
    assert (np.linalg.norm(places[:3] - 0.5, axis=1) < 0.5).all()


def test_a_larger_network_gets_fewer_rounds_but_some() -> None:
    rounds = [rounds_of(n) for n in (0, 1, 19_000, 40_000, 400_000, 10_000_000)]
    assert rounds == sorted(rounds, reverse=True)
    assert rounds[0] == rounds[1] and rounds[-1] == FEWEST_ROUNDS
