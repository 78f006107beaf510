"""Tables 1 to 3 and figure 14: the value network's size, shape and hubs."""

import math
from collections.abc import Callable
from functools import partial

import pandas as pd

from analytics.measures.slices import Slice

TOP_PART = 20  # percent of nodes, as in figure 14
HUBS = 20  # nodes in tables 2 and 3
YEARLY = (
    "n_sample_nodes",
    "n_relation_nodes",
    "n_nodes",
    "n_relations",
    "average_degree",
    "diameter",
    "average_path_length",
    "clustering",
)
DEGREES = ("in_degree", "out_degree", "degree")
GROWING = ("n_sample_nodes", "n_relation_nodes", "n_relations")


def by_year(part: Slice, measure: str) -> pd.DataFrame:
    """Give a statistic of the whole network, one row a year."""
    rows = part.tables["network_years"]
    rows = rows[rows["year"].between(*part.choice.years)]
    return pd.DataFrame({"item": "network", "year": rows["year"], "value": rows[measure].astype(float)})


def top_share(part: Slice) -> pd.DataFrame:
    """Give the share of all degree that the best connected fifth of the nodes holds."""
    degrees = part.nodes()["degree"].sort_values(ascending=False)
    first = degrees.head(math.ceil(len(degrees) * TOP_PART / 100)).sum()
    values = [first * 100 / degrees.sum()] if degrees.sum() else []
    return pd.DataFrame({"item": ["top_20_percent_nodes"] * len(values), "value": values})


def hubs(part: Slice, firms: bool, measure: str) -> pd.DataFrame:
    """Give a degree of the twenty best connected firms, or other organizations; grain: node."""
    nodes = part.nodes()
    nodes = nodes[nodes["is_firm"].eq(firms)]
    # Sorted are only those that can be among the first: all of them take twenty times as long.
    nodes = nodes[nodes["degree"] >= nodes["degree"].nlargest(HUBS).min()]
    nodes = nodes.sort_values(["degree", "id"], ascending=[False, True]).head(HUBS)
    return pd.DataFrame({"item": nodes["id"], "value": nodes[measure].astype(float)}).reset_index(drop=True)


def growth(part: Slice) -> pd.DataFrame:
    """Give the growth of nodes and relations over the year before, in percent."""
    rows = part.tables["network_years"].set_index("year").sort_index()
    last = (rows.loc[:, list(GROWING)].pct_change(fill_method=None) * 100).tail(1)
    return pd.DataFrame({"item": GROWING, "year": last.index[0], "value": last.to_numpy()[0]})


def firms_in_all(part: Slice) -> pd.DataFrame:
    """Give the number of firms."""
    return pd.DataFrame({"item": ["sample_2024_report"], "value": [float(part.firms().sum())]})


NETWORK: dict[tuple[str, str], Callable[[Slice], pd.DataFrame]] = {
    **{("table-1", name): partial(by_year, measure=name) for name in YEARLY},
    ("figure-14", "share_degree"): top_share,
    **{("table-2", name): partial(hubs, firms=True, measure=name) for name in DEGREES},
    **{("table-3", name): partial(hubs, firms=False, measure=name) for name in DEGREES},
    ("text", "growth_rate"): growth,
    ("text", "n_firms"): firms_in_all,
}
