"""Every statistic of a network in one place, in Gephi's conventions and, where it differs, NetworkX's."""

import numpy as np
from scipy.sparse.csgraph import connected_components

from analytics.network.clustering import measure_clustering
from analytics.network.graph import Graph
from analytics.network.paths import Paths, measure_paths
from analytics.network.rankings import cores, matrix_of
from analytics.network.tail_fit import fit_tail

Value = float | int | None
TOP_PART = 0.2  # of the nodes, as in figure 14
RICH = 0.01  # of the nodes
COMMUNITY_SEED = 2024


def measure_network(graph: Graph, most_sources: int | None = None, paths: Paths | None = None) -> dict[str, Value]:
    """Measure a network's size, ties, distances and degrees.

    Parameters
    ----------
    graph : Graph
        The projection: parallel arcs merged, self-loops dropped, both counted.
    most_sources : int, optional
        Where there are more nodes, distances are estimated from so many of them.
    paths : Paths, optional
        The distances, where they have been measured already.

    Returns
    -------
    dict
        None where a value is not defined, as the mean distance of a graph without arcs.
    """
    return {
        **count_size(graph),
        **count_ties(graph),
        **measure_distances(paths or measure_paths(graph, most_sources)),
        **spread_of_degree(graph),
    }


def count_size(graph: Graph) -> dict[str, Value]:
    """Give nodes, arcs, what the projection left out, average degree and density, directed and undirected."""
    n, arcs, edges = graph.n, graph.n_arcs, graph.both_ways().n_arcs // 2
    pairs = n * (n - 1)
    return {
        "nodes": n,
        "arcs": arcs,
        "edges": edges,
        "merged_arcs": graph.n_merged,
        "self_loops": graph.n_loops,
        "average_degree": _part(arcs, n),
        "average_degree_undirected": _part(2 * edges, n),
        "density": _part(arcs, pairs),
        "density_undirected": _part(2 * edges, pairs),
        "reciprocity": _part(2 * (arcs - edges), arcs),
    }


def count_ties(graph: Graph) -> dict[str, Value]:
    """Give components, clustering, the highest core, degree assortativity and the rich club."""
    matrix = matrix_of(graph)
    weak, strong = (connected_components(matrix, connection=kind)[1] for kind in ("weak", "strong"))
    clustering = measure_clustering(graph)
    return {
        "weak_components": len(np.unique(weak)),
        "giant_component_share": _largest(weak, graph.n),
        "strong_components": len(np.unique(strong)),
        "largest_strong_share": _largest(strong, graph.n),
        "clustering_directed": _known(clustering.directed),
        "clustering_undirected_gephi": _known(clustering.undirected),
        "clustering_undirected_networkx": _known(clustering.undirected_all),
        "highest_core": int(cores(graph).max(initial=0)),
        "degree_assortativity": assortativity(graph),
        "rich_club": rich_club(graph),
    }


def measure_distances(paths: Paths) -> dict[str, Value]:
    """Give mean distance, diameter, radius, the share of pairs without a way, and from how many nodes."""
    return {
        "average_path_length": _known(paths.average),
        "diameter": paths.diameter,
        "radius": paths.radius,
        "unreachable_share": _known(paths.unreachable),
        "path_sources": paths.n_sources,
        "path_margin": paths.margin,
    }


def concentration(graph: Graph) -> dict[str, Value]:
    """Give the share of all degree that the first fifth of the nodes holds, and the Gini coefficient."""
    total = np.sort(np.diff(graph.out_start) + np.diff(graph.in_start))[::-1]
    first = total[: int(np.ceil(TOP_PART * graph.n))].sum()
    return {"top_20_percent_share": _part(first, total.sum()), "degree_gini": _gini(total[::-1])}


def spread_of_degree(graph: Graph) -> dict[str, Value]:
    """Give concentration of degree, and the power laws of total, out- and in-degree."""
    out, into = np.diff(graph.out_start), np.diff(graph.in_start)
    found = concentration(graph)
    for name, degrees in (("degree", out + into), ("out_degree", out), ("in_degree", into)):
        fit = fit_tail(degrees)
        values = {} if fit is None else vars(fit)
        keys = ("exponent", "start", "distance", "p", "ratio", "ratio_p")
        found |= {f"power_law_{name}_{key}": values.get(key) for key in keys}
    return found


def communities(graph: Graph) -> tuple[np.ndarray, float]:
    """Give every node's community, numbered by size from 0, and the modularity; Louvain with a fixed seed."""
    import networkx as nx

    sides = graph.both_ways()
    tails = np.repeat(np.arange(graph.n), np.diff(sides.out_start))
    view = nx.Graph()
    view.add_nodes_from(range(graph.n))
    view.add_edges_from(zip(tails.tolist(), sides.out_end.tolist(), strict=True))
    groups = sorted(nx.community.louvain_communities(view, seed=COMMUNITY_SEED), key=lambda one: (-len(one), min(one)))
    number = np.zeros(graph.n, dtype=np.int64)
    for at, group in enumerate(groups):
        number[list(group)] = at
    return number, float(nx.community.modularity(view, groups)) if graph.n_arcs else 0.0


def assortativity(graph: Graph) -> float | None:
    """Give Pearson's correlation of the degrees at both ends of the edges of the undirected view."""
    sides = graph.both_ways()
    degree = np.diff(sides.out_start).astype(float)
    tails, heads = np.repeat(degree, np.diff(sides.out_start)), degree[sides.out_end]
    return float(np.corrcoef(tails, heads)[0, 1]) if len(tails) and tails.std() > 0 else None


def rich_club(graph: Graph) -> float | None:
    """Give the rich-club coefficient of the best connected nodes: how many of their pairs are joined.

    In the undirected view, among the nodes whose degree reaches that of the one at `RICH` of all.
    """
    sides = graph.both_ways()
    degree = sides.out_degree
    if graph.n < 2:
        return None
    rich = degree >= max(np.sort(degree)[::-1][int(np.ceil(RICH * graph.n)) - 1], 1)
    joined = (rich[sides.sources] & rich[sides.out_end]).sum()
    n = int(rich.sum())
    return _part(joined, n * (n - 1))


def _gini(ascending: np.ndarray) -> float | None:
    n, whole = len(ascending), ascending.sum()
    return float((2 * np.arange(1, n + 1) - n - 1).dot(ascending) / (n * whole)) if whole else None


def _largest(labels: np.ndarray, n: int) -> float | None:
    return float(np.bincount(labels).max() / n) if n else None


def _part(part: float, whole: float) -> float | None:
    return float(part / whole) if whole else None


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
