"""One firm or organization: what is known of it, its ranks, its years, its topics and its partners."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from analytics import store
from analytics.contract import NONE, OUTSIDE
from analytics.cubes import NO_YEAR, TOPICS
from analytics.lookups import ask, open_table

if TYPE_CHECKING:
    import ibis.expr.types as ir

SIDES = ("source", "target")  # the node gives, the node takes
MOST_TOPICS, MOST_PARTNERS = 8, 20
NOWHERE = (NONE, OUTSIDE)  # no place of a country's provinces to be ranked in
NAMED_IN = ("table-2", "table-3")  # the report's own nodes


class Rank(NamedTuple):
    """A place among nodes of the same sort, 1 for the largest; equal values share the better place."""

    by: str  # degree or patents
    within: str  # all, province, layer or kind
    place: int
    of: int


@dataclass(frozen=True)
class Profile:
    """What a page says of one node.

    Attributes
    ----------
    node : dict
        The row of `nodes`, see `analytics.rollup.rollup`; None where a cell is empty.
    values : dict
        The row of `firm_values`; empty for an organization.
    printed : dict of str to int
        `in_degree`, `out_degree` and `degree` as the report prints them for the reconstruction's named nodes;
        empty for any other node.
    ranks : list of Rank
    years : DataFrame
        `year`, `in_degree`, `out_degree` reached by then; every year of the data set.
    undated : int
        Partners of whom no year is known; `years` leaves them out.
    topics : dict of str to DataFrame
        By `technology`, `application`, `industry`: `item`, `source`, `target` (relations in which the node
        gives or takes), the `MOST_TOPICS` with most of both.
    partners : dict of str to list of dict
        By `source` (the node gives) and `target` (it takes): `id`, `n_relations`, `name_zh`,
        `name_en`, `province`, `degree` of the `MOST_PARTNERS` with most relations.
    """

    node: dict[str, Any]
    values: dict[str, Any]
    printed: dict[str, int]
    ranks: list[Rank]
    years: pd.DataFrame
    undated: int
    topics: dict[str, pd.DataFrame]
    partners: dict[str, list[dict[str, Any]]]


def read_profile(id_: str, data: str = "") -> Profile | None:
    """Give the profile of a node, or None where the data set has no such node.

    Raises
    ------
    SnapshotError
        No snapshot, or a damaged one.
    """
    tables = store.tables(data)
    found = tables["nodes"][tables["nodes"]["id"].eq(id_)]
    if found.empty:
        return None
    node = _cells(found.iloc[0].to_dict())
    values = _values(id_, data) if node["is_firm"] else {}
    years, undated = _years(tables["node_years"], id_, data)
    ranks = [*_degree_ranks(tables["nodes"], node), *_patent_ranks(tables["firm_values"], values)]
    relations, nodes = open_table("relations", data), open_table("nodes", data)
    partners = {side: _partners(relations, nodes, id_, side) for side in SIDES}
    return Profile(node, values, printed_degrees(id_, data), ranks, years, undated, _topics(relations, id_), partners)


def printed_degrees(id_: str, data: str = "") -> dict[str, int]:
    """Give the degrees that the report prints for a node of the reconstruction; empty for any other node."""
    if store.snapshot(data).manifest["dataset"]["kind"] != "reconstruction":
        return {}
    facts = store.facts()
    mine = facts[facts["item"].eq(id_) & facts["source"].isin(NAMED_IN)]
    return {str(name): int(value) for name, value in zip(mine["measure"], mine["value"], strict=True)}


def _cells(row: Mapping[Any, Any]) -> dict[str, Any]:
    return {str(name): None if pd.isna(value) else value for name, value in row.items()}


def _values(id_: str, data: str) -> dict[str, Any]:
    firms = open_table("firm_values", data)
    found = ask(firms.filter(firms.id == id_)).to_pylist()
    return dict(found[0]) if found else {}


def _years(rows: pd.DataFrame, id_: str, data: str) -> tuple[pd.DataFrame, int]:
    mine = rows[rows["id"].eq(id_)].set_index("year")[["in_degree", "out_degree"]]
    undated = int(mine.loc[mine.index == NO_YEAR].to_numpy().sum())
    first, last = store.span(data)
    reached = mine[mine.index != NO_YEAR].reindex(range(first, last + 1), fill_value=0).cumsum()
    return reached.rename_axis("year").reset_index(), undated


def _degree_ranks(nodes: pd.DataFrame, node: dict[str, Any]) -> list[Rank]:
    alike = nodes[nodes["is_firm"].eq(node["is_firm"])]
    groups = ("province", "layer" if node["is_firm"] else "kind")
    return _ranks("degree", alike, node["degree"], {name: node[name] for name in groups})


def _patent_ranks(firms: pd.DataFrame, values: dict[str, Any]) -> list[Rank]:
    if values.get("patents") is None:
        return []
    known = firms[firms["patents"].notna()]
    return _ranks("patents", known, values["patents"], {name: values[name] for name in ("province", "layer")})


def _ranks(by: str, rows: pd.DataFrame, mine: float, groups: dict[str, str]) -> list[Rank]:
    """Rank a value among all rows, and among those of its groups that are known."""
    parts = {"all": rows, **{name: rows[rows[name].eq(code)] for name, code in groups.items() if code not in NOWHERE}}
    return [Rank(by, name, int(part[by].gt(mine).sum()) + 1, len(part)) for name, part in parts.items()]


def _topics(relations: "ir.Table", id_: str) -> dict[str, pd.DataFrame]:
    mine = relations.filter((relations.source == id_) | (relations.target == id_))
    mine = mine.mutate(side=(mine.source == id_).ifelse(*SIDES))
    counted = mine.group_by("side", *TOPICS).agg(n=mine["count"].sum())
    rows = ask(counted).to_pandas()
    return {topic: _both_sides(rows, topic) for topic in TOPICS}


def _both_sides(rows: pd.DataFrame, topic: str) -> pd.DataFrame:
    known = rows[rows[topic].notna() & rows[topic].ne(NONE)]
    wide = known.groupby([topic, "side"])["n"].sum().unstack(fill_value=0)
    wide = wide.reindex(columns=list(SIDES), fill_value=0).astype("int64").rename_axis("item").reset_index()
    order = wide.assign(n=wide["source"] + wide["target"]).sort_values(["n", "item"], ascending=[False, True])
    return order.drop(columns="n").head(MOST_TOPICS).reset_index(drop=True)


def _partners(relations: "ir.Table", nodes: "ir.Table", id_: str, side: str) -> list[dict[str, Any]]:
    """Give the partners of one side; of those with as many relations, the better connected first."""
    import ibis

    mine = relations.filter(relations[side] == id_)
    other = mine["target" if side == "source" else "source"]
    counted = mine.group_by(id=other).agg(n_relations=mine["count"].sum().cast("int64"))
    named = counted.join(nodes.select("id", "name_zh", "name_en", "province", "degree"), "id")
    first = named.order_by(ibis.desc("n_relations"), ibis.desc("degree"), "id").limit(MOST_PARTNERS)
    return ask(first).to_pylist()
