"""Table 1 of the report for any data set: the value network at the end of every year."""

import pandas as pd

COLUMNS = (
    "n_sample_nodes",
    "n_relation_nodes",
    "n_nodes",
    "n_relations",
    "average_degree",
    "diameter",
    "average_path_length",
    "clustering",
)


def count_years(nodes: pd.DataFrame, arcs: pd.DataFrame) -> pd.DataFrame:
    """Count nodes and relations of the network of every year.

    Parameters
    ----------
    nodes : DataFrame
        As of `analytics.rollup`: `id`, `is_firm`, `sample_since`, `sample_until`, `first_year`.
    arcs : DataFrame
        Distinct ordered pairs: `source`, `target`, `year` (0 where unknown).

    Returns
    -------
    DataFrame
        `year`, `n_sample_nodes`, `n_relation_nodes`, `n_nodes`, `n_relations`, `average_degree`
        (relations by nodes). The network of a year holds what began up to it; undated relations
        belong to none. No dated relation, no rows.
    """
    dated = arcs[arcs["year"] > 0]
    years = range(int(dated["year"].min()), int(dated["year"].max()) + 1) if len(dated) else range(0)
    rows = [_count(year, nodes, dated) for year in years]
    return pd.DataFrame(rows, columns=["year", *COLUMNS])


def _count(year: int, nodes: pd.DataFrame, arcs: pd.DataFrame) -> dict[str, float]:
    there = nodes[nodes["first_year"].le(year).fillna(False)]
    n_nodes, n_arcs = len(there), int(arcs["year"].le(year).sum())
    n_sample = int(is_sample(there, year).sum())
    return {
        "year": year,
        "n_sample_nodes": n_sample,
        "n_relation_nodes": n_nodes - n_sample,
        "n_nodes": n_nodes,
        "n_relations": n_arcs,
        "average_degree": n_arcs / n_nodes,
    }


def is_sample(nodes: pd.DataFrame, year: int) -> pd.Series:
    """Tell which nodes were sample nodes in a year.

    A firm is one from `sample_since` on, always where that is empty; an organization only between
    `sample_since` and `sample_until`.
    """
    since = nodes["sample_since"].fillna(0)
    firm = nodes["is_firm"] & since.le(year)
    was = ~nodes["is_firm"] & nodes["sample_since"].le(year).fillna(False)
    return firm | (was & nodes["sample_until"].ge(year).fillna(False))
