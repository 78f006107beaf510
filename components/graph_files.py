"""Nodes and arcs as files that Gephi, yEd and others open."""

import io

import numpy as np
import pandas as pd

from analytics import store

FORMS = ("gexf", "graphml", "nodes", "edges")
TEXT = ("id", "name_zh", "name_en", "kind", "province", "layer")


def node_rows(data: str, nodes: np.ndarray) -> pd.DataFrame:
    """Give the nodes of a file; `row` is their place in the table of nodes."""
    rows = store.tables(data)["nodes"].iloc[nodes]
    columns = [*TEXT, "is_firm", "in_degree", "out_degree", "degree"]
    return rows[columns].assign(row=np.asarray(nodes)).reset_index(drop=True)


def graph_file(form: str, nodes: pd.DataFrame, arcs: pd.DataFrame) -> bytes:
    """Write a directed graph as GEXF 1.2 or GraphML; empty cells are left out, as neither format has any.

    Parameters
    ----------
    nodes : DataFrame
        As of `node_rows`.
    arcs : DataFrame
        `source`, `target` (rows of the nodes), `weight`, `first_year`.
    """
    import networkx as nx  # a worker pays for it with the first file only

    graph = nx.DiGraph()
    ids = dict(zip(nodes["row"], nodes["id"], strict=True))
    for record in nodes.drop(columns="row").to_dict("records"):
        known = {str(key): _clean(value) for key, value in record.items() if pd.notna(value) and value != ""}
        graph.add_node(_clean(record["id"]), label=known.get("name_zh") or known.get("name_en") or known["id"], **known)
    for source, target, weight, year in arcs.itertuples(index=False):
        dated = {} if pd.isna(year) else {"first_year": int(year)}
        graph.add_edge(_clean(ids[source]), _clean(ids[target]), weight=int(weight), **dated)
    buffer = io.BytesIO()
    {"gexf": nx.write_gexf, "graphml": nx.write_graphml}[form](graph, buffer)
    return buffer.getvalue()


def _clean(value: object) -> object:
    """Take out what XML cannot hold, and numbers' own types."""
    if isinstance(value, str):
        return "".join(
            letter for letter in value if letter in "\t\n\r" or (letter >= " " and letter not in "\ufffe\uffff")
        )
    return value.item() if isinstance(value, np.generic) else value
