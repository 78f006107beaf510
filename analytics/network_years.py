"""Table 1 of the report for any data set: the value network at the end of every year."""

import numpy as np
import pandas as pd

from analytics.network.clustering import measure_clustering
from analytics.network.graph import Graph, build_graph
from analytics.network.paths import measure_paths

COLUMNS = (
    "n_sample_nodes",
    "n_relation_nodes",
    "n_nodes",
    "n_relations",
    "average_degree",
    "diameter",
    "average_path_length",
    "clustering",
    "path_sources",
)
# Nodes; up to here paths are exact (half a second at the report's 35,672). Beyond, as the cost grows
# with the square, they are followed from so many nodes only, and `path_sources` says so.
EXACT_UP_TO = 40_000


def count_years(nodes: pd.DataFrame, arcs: pd.DataFrame, last: int = 0) -> pd.DataFrame:
    """Count nodes and relations of the network of every year.

    Parameters
    ----------
    nodes : DataFrame
        As of `analytics.rollup`: `id`, `is_firm`, `sample_since`, `sample_until`, `first_year`.
    arcs : DataFrame
        Distinct ordered pairs: `source`, `target`, `year` of their first relation (0 where unknown).
    last : int
        The last year of any relation, which may bring no new pair.

    Returns
    -------
    DataFrame
        `year`, `n_sample_nodes`, `n_relation_nodes`, `n_nodes`, `n_relations`, `average_degree`
        (relations by nodes), `diameter`, `average_path_length` (hops, over reachable ordered pairs
        along the arcs), `clustering` (Gephi's directed coefficient), `path_sources` (from how many nodes
        paths were followed: exact when as many as `n_nodes`). The network of a year holds
        what began up to it; undated relations belong to none. No dated relation, no rows.
    """
    dated = arcs[arcs["year"] > 0]
    end = max(int(dated["year"].max()), last) if len(dated) else 0
    years = range(int(dated["year"].min()), end + 1) if len(dated) else range(0)
    rows = [_count(year, nodes, dated) for year in years]
    return pd.DataFrame(rows, columns=["year", *COLUMNS])


def _count(year: int, nodes: pd.DataFrame, arcs: pd.DataFrame) -> dict[str, float]:
    there = nodes[nodes["first_year"].le(year).fillna(False)]
    n_nodes, n_arcs = len(there), int(arcs["year"].le(year).sum())
    n_sample = int(is_sample(there, year).sum())
    graph = _network(nodes, arcs[arcs["year"].le(year)])
    paths = measure_paths(graph, EXACT_UP_TO)
    return {
        "year": year,
        "n_sample_nodes": n_sample,
        "n_relation_nodes": n_nodes - n_sample,
        "n_nodes": n_nodes,
        "n_relations": n_arcs,
        "average_degree": n_arcs / n_nodes,
        "diameter": paths.diameter,
        "average_path_length": paths.average,
        "clustering": measure_clustering(graph).directed,
        "path_sources": paths.n_sources,
    }


def _network(nodes: pd.DataFrame, arcs: pd.DataFrame) -> Graph:
    """Give the graph of some arcs and their ends."""
    ends = pd.concat([arcs["source"], arcs["target"]], ignore_index=True)
    numbers, names = pd.factorize(ends)
    half = len(arcs)
    return build_graph(numbers[:half].astype(np.int64), numbers[half:].astype(np.int64), len(names))


def is_sample(nodes: pd.DataFrame, year: int) -> pd.Series:
    """Tell which nodes were sample nodes in a year.

    A firm is one from `sample_since` on, always where that is empty; an organization only from
    `sample_since` to `sample_until`, if that is set.
    """
    since = nodes["sample_since"].fillna(0)
    firm = nodes["is_firm"] & since.le(year)
    was = ~nodes["is_firm"] & nodes["sample_since"].le(year).fillna(False)
    return firm | (was & nodes["sample_until"].fillna(year).ge(year))
