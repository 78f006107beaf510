"""Places of a network's nodes: the same every time, inside the square, near to what they are tied to."""

import subprocess
import sys

import numpy as np
import pytest

from analytics.network.graph import Graph, build_graph
from analytics.network.layout import place_nodes

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
