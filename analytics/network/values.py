"""What a build works out of a whole network once, as readers cannot wait for it: by node, and for the network."""

import numpy as np
import pandas as pd

from analytics.network.betweenness import measure_betweenness
from analytics.network.graph import Graph
from analytics.network.plan import Plan, plan_network
from analytics.network.rankings import cores, pagerank
from analytics.network.sampling import follow_paths
from analytics.network.statistics import communities, measure_network

NO_COMMUNITY = -1


def value_network(graph: Graph, plan: Plan | None = None) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Measure every node and the network as a whole.

    Parameters
    ----------
    plan : Plan, optional
        Whether communities are sought: Louvain takes six seconds at the report's 35,672 nodes and grows a little
        faster than their number. By default what `plan_network` says.

    Returns
    -------
    nodes : DataFrame
        Grain: node, in the graph's order. `community` (numbered by size from 0; `NO_COMMUNITY` where none were
        sought), `core` (k of the k-core), `pagerank` (sums to 1), `betweenness` (Gephi's convention: the sum of
        shares of shortest paths; estimated beyond `analytics.network.betweenness.EXACT_UP_TO` nodes).
    network : DataFrame
        `name`, `value`: the statistics of `measure_network`, `communities`, `modularity` and
        `betweenness_sources`, `path_margin`; empty where a value is not defined.
    """
    plan = plan or plan_network(graph.n, graph.n_arcs)
    between = measure_betweenness(graph)
    found = {**measure_network(graph, paths=follow_paths(graph)), "betweenness_sources": between.n_sources}
    group = np.full(graph.n, NO_COMMUNITY)
    if plan.communities:
        group, modularity = communities(graph)
        found |= {"communities": int(group.max(initial=-1)) + 1, "modularity": modularity}
    columns = {"community": group, "core": cores(graph), "pagerank": pagerank(graph), "betweenness": between.values}
    nodes = pd.DataFrame(columns).astype({"community": "int32", "core": "int32"})
    return nodes, pd.DataFrame({"name": list(found), "value": pd.array(list(found.values()), dtype="Float64")})
