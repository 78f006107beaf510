"""The calibrated reconstruction: synthetic firms and relations that add up to the printed report.

The report's own data are not public. This makes a data set of the same size that meets every sum it
prints (`analytics.constraints` holds the two against each other), names nobody but the forty nodes
that the report names, and is the same for the same seed.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analytics.contract import FIRMS, ORGANIZATIONS, RELATIONS, Table
from analytics.reconstruct.firms import ASSUMPTIONS, firm_attributes
from analytics.reconstruct.flows import AWAY, plan_flows
from analytics.reconstruct.named import named_nodes
from analytics.reconstruct.places import firms_by_province
from analytics.reconstruct.printed import Printed
from analytics.reconstruct.rounding import Ints
from analytics.reconstruct.topics import topics
from analytics.reconstruct.wiring import make_nodes, split_roles, wire
from analytics.reconstruct.years import Arcs, State, draw_years, plans

__all__ = ["ASSUMPTIONS", "Reconstruction", "reconstruct"]

HUBS_FIRST = 0.7  # power of degree in the order in which firms join; the rest is chance
LATE_RELATIONS = 2  # firms with at most so many join last
# Kinds of the unnamed relation nodes and their parts, as the report describes them; no number is printed.
KINDS = {"industrial_firm": 0.55, "university": 0.13, "research_institute": 0.10, "government": 0.14, "other": 0.08}
ABROAD_PART = 0.35  # of the relation nodes without a province; of the others the place is unknown
DTYPES = {"text": "str", "code": "str", "integer": "Int64", "number": "Float64", "boolean": "boolean"}


@dataclass(frozen=True)
class Reconstruction:
    """A data set in the columns of the contract: `firms`, `organizations`, `relations`."""

    tables: dict[str, pd.DataFrame]


def reconstruct(
    facts: pd.DataFrame, taxonomy: Mapping[str, pd.DataFrame], seed: int, say: Callable[[str], None] = print
) -> Reconstruction:
    """Make the data set.

    Parameters
    ----------
    facts : DataFrame
        As of `analytics.store.facts`.
    taxonomy : mapping of str to DataFrame
        As of `analytics.taxonomy.read_taxonomy`.
    seed : int
        The same seed gives the same data set, bit by bit.

    Raises
    ------
    ValueError
        The facts cannot be true together.
    """
    printed, rng = Printed(facts), np.random.default_rng(seed)
    named = named_nodes(printed)
    nodes, source, target = _network(rng, printed, named, taxonomy["provinces"]["code"].tolist())
    say(f"  {len(source)} relations between {len(nodes)} nodes")
    arcs = Arcs(source, target, nodes["is_firm"].to_numpy(), nodes["degree"].to_numpy())
    leavers = _count_leavers(printed)
    state = draw_years(rng, arcs, _order(rng, nodes), plans(printed.years, leavers))
    say("  years of table 1")
    nodes = nodes.assign(joined=state.node)
    firms = _firms(rng, printed, nodes[nodes["is_firm"]], named)
    others = _organizations(rng, nodes[~nodes["is_firm"]], named, printed, leavers)
    ids = np.concatenate([firms["id"], others["id"]])
    relations = _relations(rng, printed, dict(taxonomy), ids, arcs, state)
    say("  attributes and topics")
    tables = ((FIRMS, firms), (ORGANIZATIONS, others), (RELATIONS, relations))
    return Reconstruction({table.name: _typed(rows, table) for table, rows in tables})


def _network(
    rng: np.random.Generator, printed: Printed, named: pd.DataFrame, provinces: list[str]
) -> tuple[pd.DataFrame, Ints, Ints]:
    """Give the nodes with province and degree, and source and target of the relations."""
    needs = named.groupby("province")[["out_degree", "in_degree"]].sum()
    flows = plan_flows(printed, provinces, needs)
    firms = np.append(firms_by_province(printed, provinces).to_numpy(np.int64), 0)
    deal = split_roles(flows, named, firms)
    samples = printed.years["n_sample_nodes"]
    late = float(samples.diff().iloc[-1] / samples.iloc[-1])
    nodes = make_nodes(rng, deal, flows.provinces, named, firms, printed.n_nodes, late)
    source, target = wire(rng, deal, flows.provinces, nodes)
    table = nodes.table
    return table.assign(degree=table["out_degree"] + table["in_degree"]), source, target


def _count_leavers(printed: Printed) -> int:
    """Count sample nodes that table 1 loses from one year to the next."""
    return int(-printed.years["n_sample_nodes"].diff().clip(upper=0).sum())


def _order(rng: np.random.Generator, nodes: pd.DataFrame) -> Ints:
    """Give the firms in the order in which they join: hubs early, those with few relations last."""
    degree = nodes.loc[nodes["is_firm"], "degree"]
    score = degree**HUBS_FIRST * rng.random(len(degree))
    few = degree.le(LATE_RELATIONS)
    return np.concatenate([part.sort_values(ascending=False).index for part in (score[~few], score[few])])


def _firms(rng: np.random.Generator, printed: Printed, nodes: pd.DataFrame, named: pd.DataFrame) -> pd.DataFrame:
    public = named[["listed", "founded"]]
    rows = nodes.join(public, on="id").fillna({"listed": "", "founded": ""})
    return _names(rows, named, "firm", 4, "样本企业", "Sample firm").join(firm_attributes(rng, printed, rows))


def _organizations(
    rng: np.random.Generator, nodes: pd.DataFrame, named: pd.DataFrame, printed: Printed, leavers: int
) -> pd.DataFrame:
    rows = _names(nodes, named, "node", 5, "关系节点", "Relation node")
    kinds = rng.choice(list(KINDS), len(rows), p=list(KINDS.values()))
    away = nodes["province"].eq(AWAY).to_numpy()
    kinds = np.where(away & (rng.random(len(rows)) < ABROAD_PART), "foreign_vendor", kinds)
    rows["kind"] = kinds
    known = nodes["id"].ne("").to_numpy()
    rows.loc[known, "kind"] = named["kind"].reindex(nodes.loc[known, "id"]).to_numpy()
    rows["province"] = rows["province"].where(~away, None)
    return _mark_leavers(rows, nodes, printed, leavers)


def _mark_leavers(rows: pd.DataFrame, nodes: pd.DataFrame, printed: Printed, leavers: int) -> pd.DataFrame:
    """Let some unnamed nodes of the first year have been sample nodes until table 1 loses them."""
    samples = printed.years["n_sample_nodes"]
    until = int(samples.index[samples.diff().lt(0)].min()) - 1 if leavers else 0
    first = int(samples.index.min())
    chosen = nodes.index[nodes["joined"].eq(first) & nodes["id"].eq("")][:leavers]
    rows.loc[chosen, "sample_since"], rows.loc[chosen, "sample_until"] = first, until
    return rows


def _names(
    nodes: pd.DataFrame, named: pd.DataFrame, prefix: str, width: int, name_zh: str, name_en: str
) -> pd.DataFrame:
    """Give id, names and province; only nodes that the report names have a name of their own."""
    numbers = [f"{at:0{width}}" for at in range(1, len(nodes) + 1)]
    known = nodes["id"].ne("").to_numpy()
    rows = pd.DataFrame({"province": nodes["province"]}, index=nodes.index)
    rows["id"] = np.where(known, nodes["id"], [f"{prefix}-{number}" for number in numbers])
    for column, item, name in (("name_zh", "item_zh", name_zh), ("name_en", "item_en", name_en)):
        own = named[item].reindex(nodes["id"]).to_numpy()
        rows[column] = np.where(known, own, [f"{name} {number}" for number in numbers])
    return rows


def _relations(
    rng: np.random.Generator,
    printed: Printed,
    taxonomy: dict[str, pd.DataFrame],
    ids: "np.ndarray",
    arcs: Arcs,
    state: State,
) -> pd.DataFrame:
    ends = {"source": ids[arcs.source], "target": ids[arcs.target], "year": state.arc, "count": 1}
    rows = pd.DataFrame(ends).join(topics(rng, printed, taxonomy, state.arc))
    return rows.sort_values(["source", "target"], ignore_index=True)


def _typed(rows: pd.DataFrame, table: Table) -> pd.DataFrame:
    """Give the columns of the contract in its types."""
    full = rows.reindex(columns=list(table.names())).reset_index(drop=True)
    return full.astype({column.name: DTYPES[column.type] for column in table.columns})
