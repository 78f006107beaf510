"""What the network would be without some of its nodes."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analytics.explorer.arcs import Arcs

MOST_GONE = 10


@dataclass(frozen=True)
class Without:
    """The network with and without some nodes.

    Attributes
    ----------
    nodes, arcs, giant : tuple of int
        Before and after: nodes that have arcs, arcs, nodes of the largest weak component.
    path : tuple of float
        Mean hops over reachable ordered pairs along the arcs; NaN where there are none.
    inputs : DataFrame
        Grain: province. `province`, `before`, `after` (relations whose target lies there), `lost`
        (percent); the largest loss first.
    """

    nodes: tuple[int, int]
    arcs: tuple[int, int]
    giant: tuple[int, int]
    path: tuple[float, float]
    inputs: pd.DataFrame


def remove(arcs: Arcs, gone: list[int], province: np.ndarray) -> Without:
    """Take nodes out and measure what is left.

    Parameters
    ----------
    gone : list of int
        Rows of the table `nodes`, at most `MOST_GONE`.
    province : ndarray of str
        Of every node.
    """
    missing = np.zeros(arcs.n_nodes, dtype=bool)
    missing[gone[:MOST_GONE]] = True
    kept = ~(missing[arcs.source] | missing[arcs.target])
    every = np.ones(len(kept), dtype=bool)
    parts = [_shape(arcs, keep) for keep in (every, kept)]
    nodes, giant, path = zip(*parts, strict=True)
    return Without(nodes, (len(kept), int(kept.sum())), giant, path, _inputs(arcs, kept, province))


def _shape(arcs: Arcs, keep: np.ndarray) -> tuple[int, int, float]:
    # A worker pays for the kernels with the first question only.
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    from analytics.network.graph import build_graph
    from analytics.network.paths import EXACT_UP_TO, measure_paths

    source, target = arcs.source[keep], arcs.target[keep]
    there, numbers = np.unique(np.concatenate([source, target]), return_inverse=True)
    if not len(there):
        return 0, 0, float("nan")
    ends = numbers[: len(source)], numbers[len(source) :]
    matrix = coo_array((np.ones(len(source)), ends), shape=(len(there), len(there)))
    labels = connected_components(matrix, directed=False)[1]
    graph = build_graph(ends[0].astype(np.int64), ends[1].astype(np.int64), len(there))
    return len(there), int(np.bincount(labels).max()), float(measure_paths(graph, EXACT_UP_TO).average)


def _inputs(arcs: Arcs, kept: np.ndarray, province: np.ndarray) -> pd.DataFrame:
    rows = pd.DataFrame({"province": province[arcs.target], "before": arcs.weight, "after": arcs.weight * kept})
    known = rows[rows["province"].str.fullmatch(r"\d\d")]
    sums = known.groupby("province")[["before", "after"]].sum().reset_index()
    sums["lost"] = (sums["before"] - sums["after"]) * 100 / sums["before"]
    return sums.sort_values(["lost", "province"], ascending=[False, True], ignore_index=True)
