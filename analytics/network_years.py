"""Table 1 of the report for any data set: the value network at the end of every year."""

import pandas as pd

from analytics.network.arcs import Arcs, graph_of
from analytics.network.sampling import estimate_clustering, follow_paths

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
    "path_margin",
    "clustering_margin",
)


def count_years(nodes: pd.DataFrame, arcs: Arcs, last: int = 0) -> pd.DataFrame:
    """Count nodes and relations of the network of every year.

    Parameters
    ----------
    nodes : DataFrame
        As of `analytics.rollup`: `is_firm`, `sample_since`, `sample_until`, `first_year`.
    arcs : Arcs
        Distinct ordered pairs of rows of `nodes`.
    last : int
        The last year of any relation, which may bring no new pair.

    Returns
    -------
    DataFrame
        `year`, `n_sample_nodes`, `n_relation_nodes`, `n_nodes`, `n_relations`, `average_degree`
        (relations by nodes), `diameter`, `average_path_length` (hops, over reachable ordered pairs
        along the arcs), `clustering` (Gephi's directed coefficient), `path_sources` (from how many nodes
        paths were followed: exact when as many as `n_nodes`), `path_margin`, `clustering_margin` (half of the
        95 percent interval of an estimate, 0 where exact). The network of a year holds
        what began up to it; undated relations belong to none. No dated relation, no rows.
    """
    dated = arcs.year[arcs.year > 0]
    end = max(int(dated.max()), last) if len(dated) else 0
    years = range(int(dated.min()), end + 1) if len(dated) else range(0)
    rows = [_count(year, nodes, arcs.until(year)) for year in years]
    return pd.DataFrame(rows, columns=["year", *COLUMNS])


def _count(year: int, nodes: pd.DataFrame, arcs: Arcs) -> dict[str, float]:
    there = nodes[nodes["first_year"].le(year).fillna(False)]
    n_nodes, n_arcs = len(there), len(arcs)
    n_sample = int(is_sample(there, year).sum())
    graph = graph_of(*arcs.among_ends())
    distances, clustering = follow_paths(graph), estimate_clustering(graph)
    return {
        "year": year,
        "n_sample_nodes": n_sample,
        "n_relation_nodes": n_nodes - n_sample,
        "n_nodes": n_nodes,
        "n_relations": n_arcs,
        "average_degree": n_arcs / n_nodes,
        "diameter": distances.diameter,
        "average_path_length": distances.average,
        "clustering": clustering.directed,
        "path_sources": distances.n_sources,
        "path_margin": distances.margin,
        "clustering_margin": clustering.margin,
    }


def is_sample(nodes: pd.DataFrame, year: int) -> pd.Series:
    """Tell which nodes were sample nodes in a year.

    A firm is one from `sample_since` on, always where that is empty; an organization only from
    `sample_since` to `sample_until`, if that is set.
    """
    since = nodes["sample_since"].fillna(0)
    firm = nodes["is_firm"] & since.le(year)
    was = ~nodes["is_firm"] & nodes["sample_since"].le(year).fillna(False)
    return firm | (was & nodes["sample_until"].fillna(year).ge(year))
