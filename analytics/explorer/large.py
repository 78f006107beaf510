"""Views of a network with more relations than a page's process takes into memory: read by query, and exact."""

from dataclasses import replace

import numpy as np

from analytics import store
from analytics.explorer.arcs import MOST_LOADED, Arcs, chosen_nodes, no_arcs, query_arcs
from analytics.explorer.found import Found, nothing
from analytics.explorer.views import ego, hubs
from analytics.filters import Filters


def largest(filters: Filters, top: int) -> tuple[Arcs, Found]:
    """Give the nodes of most arcs of all years in the chosen places, and the arcs between them."""
    nodes = store.tables(filters.data)["nodes"]
    degrees = np.where(chosen_nodes(nodes, filters), nodes["degree"].to_numpy(np.int64), 0)
    best = np.argsort(-degrees, kind="stable")[:top]
    arcs = replace(query_arcs(filters, best, both=True), known=degrees)
    return arcs, hubs(arcs, top)


def partners(filters: Filters, node: int, way: str, top: int) -> tuple[Arcs, Found]:
    """Give a node's direct partners, those of most relations with it first, and the arcs between all that are shown."""
    around = ego(query_arcs(filters, np.array([node])), node, 1, way, top)
    arcs = query_arcs(filters, around.nodes, both=True)
    found = ego(arcs, node, 1, way, top)
    return arcs, replace(found, said=(*(one for one in around.said if one[0] == "cut"), *found.said))


def refused(filters: Filters) -> tuple[Arcs, Found]:
    """Give nothing, and why."""
    return no_arcs(filters.data), nothing("too_many", most=MOST_LOADED)
