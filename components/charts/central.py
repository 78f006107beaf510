"""Who stands in the middle: ranks by PageRank and betweenness, and how much of each industry hangs on few."""

import numpy as np
import pandas as pd

from analytics import store
from analytics.explorer.arcs import chosen_nodes, load_arcs
from analytics.filters import Filters
from analytics.measures.reach import reach_of_sections
from components.charts.drawing import bars
from components.charts.leaders import COUNTS, ENDS
from components.charts.select import COLUMNS
from components.charts.spec import ChartSpec
from components.charts.topics import told
from components.i18n import t

RANKED = 20
PAGERANK, BETWEENNESS = "pagerank", "betweenness"


def select_central(filters: Filters, option: str) -> pd.DataFrame:
    """Give the nodes of the highest PageRank of the chosen network, or betweenness of the whole one; in percent."""
    nodes = store.tables(filters.data)["nodes"]
    values = _pageranks(filters) if option == PAGERANK else _betweenness(filters)
    values = np.where(chosen_nodes(nodes, filters), values, 0.0)
    best = np.lexsort((np.arange(len(values)), -values))[:RANKED]
    best = best[values[best] > 0]
    rows = pd.DataFrame({"item": nodes["id"].to_numpy()[best], "value": values[best] * 100})
    return told(rows, filters, "table-2", option, "percent")[[*COLUMNS, "reported", "n"]]


def _pageranks(filters: Filters) -> np.ndarray:
    # A worker pays for SciPy when a reader asks for it.
    from analytics.network.graph import build_graph
    from analytics.network.rankings import pagerank

    arcs = load_arcs(filters)
    there, ends = np.unique(np.concatenate([arcs.source, arcs.target]), return_inverse=True)
    values = np.zeros(arcs.n_nodes)
    values[there] = pagerank(build_graph(ends[: len(arcs.source)], ends[len(arcs.source) :], len(there)))
    return values


def _betweenness(filters: Filters) -> np.ndarray:
    # Of a network too large for it the build has no values, and the chart no rows.
    values = store.tables(filters.data)["node_values"]["betweenness"].fillna(0.0).to_numpy()
    pairs = (len(values) - 1) * (len(values) - 2)
    return values / pairs if pairs > 0 else values


def remark_whole(filters: Filters, lang: str) -> str:
    """Say that betweenness is that of all years, where fewer are chosen."""
    return "" if filters.years == store.span(filters.data) else t("chart.node_ranks.all_years", lang)


def select_sections(filters: Filters, option: str) -> pd.DataFrame:
    """Give the share of each industry section's relations that the leading nodes provide."""
    rows = reach_of_sections(filters, COUNTS[option])
    return told(rows, filters, "figure-18", "share_reach", "percent")[[*COLUMNS, "reported", "n"]]


NODES = ("provinces", "layers", "years", "data")
CENTRAL = (
    ChartSpec(
        "node_ranks",
        "bars",
        ("table-2",),
        NODES,
        select_central,
        bars,
        (PAGERANK, BETWEENNESS),
        560,
        remark=remark_whole,
        walks=True,
    ),
    ChartSpec(
        "platform_industries", "bars", ("figure-18",), ENDS, select_sections, bars, tuple(COUNTS), 560, walks=True
    ),
)
