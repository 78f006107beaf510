"""What other libraries take for the same statistics: `graphs.py ARCS.npy` prints seconds and values as JSON.

ARCS.npy holds distinct arcs without loops, two columns of node numbers. NetworkX follows paths from
`SAMPLED` nodes only, as all would take many minutes; its seconds are scaled up and said to be so.
"""

import json
import sys
import time
from collections.abc import Callable
from typing import Any

import igraph
import networkx as nx
import numpy as np
import rustworkx as rx

SAMPLED = 100


def timed(work: Callable[[], Any]) -> dict[str, float]:
    """Give the seconds and the value of one run."""
    start = time.perf_counter()
    value = work()
    return {"seconds": time.perf_counter() - start, "value": float(value)}


def of_igraph(arcs: np.ndarray, n: int) -> dict[str, dict[str, float]]:
    """Paths and diameter along the arcs, clustering without direction."""
    graph = igraph.Graph(n=n, edges=arcs, directed=True)
    sides = graph.as_undirected()
    return {
        "paths": timed(lambda: graph.average_path_length(directed=True, unconn=True)),
        "diameter": timed(lambda: graph.diameter(directed=True, unconn=True)),
        "clustering": timed(lambda: sides.transitivity_avglocal_undirected(mode="zero")),
    }


def of_rustworkx(arcs: np.ndarray, n: int) -> dict[str, dict[str, float]]:
    """Paths along the arcs; there is no mean of local clustering."""
    graph = rx.PyDiGraph()
    graph.add_nodes_from(range(n))
    graph.add_edges_from_no_data([(int(a), int(b)) for a, b in arcs])
    return {"paths": timed(lambda: rx.digraph_unweighted_average_shortest_path_length(graph, disconnected=True))}


def of_networkx(arcs: np.ndarray, n: int) -> dict[str, dict[str, float]]:
    """Paths from some nodes, scaled to all; clustering without direction."""
    graph = nx.DiGraph()
    graph.add_nodes_from(range(n))
    graph.add_edges_from(arcs.tolist())
    sides = graph.to_undirected()
    sources = np.linspace(0, n - 1, min(SAMPLED, n)).astype(int)

    def follow() -> float:
        lengths = [nx.single_source_shortest_path_length(graph, int(one)) for one in sources]
        found = [length for one in lengths for length in one.values() if length]
        return sum(found) / len(found)

    paths = timed(follow)
    paths["seconds"] *= n / len(sources)
    return {"paths_scaled_up": paths, "clustering": timed(lambda: nx.average_clustering(sides))}


if __name__ == "__main__":
    rows = np.load(sys.argv[1])
    size = int(rows.max()) + 1
    found = {
        "igraph": of_igraph(rows, size),
        "rustworkx": of_rustworkx(rows, size),
        "networkx": of_networkx(rows, size),
    }
    print(json.dumps(found))
