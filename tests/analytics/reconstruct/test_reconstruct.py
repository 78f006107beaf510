"""The reconstruction, recomputed from its own tables and held against the printed numbers."""

import re

import numpy as np
import pandas as pd
import pytest

from analytics import store
from analytics.contract import FIRMS, ORGANIZATIONS, RELATIONS
from analytics.reconstruct import reconstruct

pytestmark = pytest.mark.slow

Tables = dict[str, pd.DataFrame]


def printed(source: str, measure: str) -> pd.Series:
    facts = store.facts()
    rows = facts[facts["source"].eq(source) & facts["measure"].eq(measure) & facts["status"].eq("printed")]
    return rows.set_index("item")["value"]


def quiet(_line: str) -> None:
    """Say nothing."""


@pytest.fixture(scope="module")
def tables() -> Tables:
    return reconstruct(store.facts(), store.tables(), 2024, quiet).tables


@pytest.fixture(scope="module")
def ends(tables: Tables) -> pd.DataFrame:
    nodes = pd.concat([tables["firms"], tables["organizations"]]).set_index("id")["province"]
    relations = tables["relations"]
    return relations.assign(giver=relations["source"].map(nodes), taker=relations["target"].map(nodes))


def test_the_same_seed_gives_the_same_data(tables: Tables) -> None:
    again = reconstruct(store.facts(), store.tables(), 2024, quiet).tables
    for name, table in tables.items():
        pd.testing.assert_frame_equal(again[name], table)


def test_columns_are_those_of_the_contract(tables: Tables) -> None:
    for table in (FIRMS, ORGANIZATIONS, RELATIONS):
        assert tuple(tables[table.name].columns) == table.names()


def test_only_the_nodes_that_the_report_names_have_a_name(tables: Tables) -> None:
    for name, source, pattern in (
        ("firms", "table-2", r"样本企业 \d{4}"),
        ("organizations", "table-3", r"关系节点 \d{5}"),
    ):
        rows = tables[name].set_index("id")["name_zh"]
        named = set(printed(source, "degree").index)
        assert named <= set(rows.index) and rows.index.is_unique
        assert all(re.fullmatch(pattern, text) for node, text in rows.items() if node not in named)


def test_relations_are_distinct_and_touch_a_sample_node(tables: Tables) -> None:
    relations, firms = tables["relations"], set(tables["firms"]["id"])
    assert not relations.duplicated(["source", "target"]).any()
    assert not relations["source"].eq(relations["target"]).any()
    assert (relations["source"].isin(firms) | relations["target"].isin(firms)).all()


def test_table_1_counts(tables: Tables) -> None:
    relations, firms = tables["relations"], set(tables["firms"]["id"])
    others = tables["organizations"].set_index("id")
    facts = store.facts()
    for year in range(2014, 2024):
        now = relations[relations["year"].le(year)]
        nodes = set(now["source"]) | set(now["target"])
        was = others[others["sample_since"].le(year).fillna(False) & others["sample_until"].ge(year).fillna(False)]
        samples = len(nodes & firms) + len(nodes & set(was.index))
        row = facts[facts["source"].eq("table-1") & facts["year"].eq(year)].set_index("measure")["value"]
        found = (samples, len(nodes) - samples, len(nodes), len(now))
        assert found == tuple(row[["n_sample_nodes", "n_relation_nodes", "n_nodes", "n_relations"]]), year


@pytest.mark.parametrize(("name", "source"), [("firms", "table-2"), ("organizations", "table-3")])
def test_named_nodes_have_their_degrees_and_lead(tables: Tables, name: str, source: str) -> None:
    relations = tables["relations"]
    out = relations["source"].value_counts().reindex(tables[name]["id"], fill_value=0)
    into = relations["target"].value_counts().reindex(tables[name]["id"], fill_value=0)
    for measure, found in (("out_degree", out), ("in_degree", into)):
        wanted = printed(source, measure)
        assert found.reindex(wanted.index).tolist() == wanted.tolist()
    assert set((out + into).nlargest(20).index) == set(printed(source, "degree").index)


def test_firms_by_layer_and_listing(tables: Tables) -> None:
    firms = tables["firms"]
    assert firms["layer"].value_counts().to_dict() == printed("figure-9", "n_firms").to_dict()
    assert int(firms["listed"].sum()) == printed("figure-5", "n_firms")["listed"]


@pytest.mark.parametrize(
    ("source", "column", "scale", "edges"),
    [
        ("figure-4", "employees", 1, [200, 400, 600, 800, 1001]),
        ("figure-6", "revenue_cny", 1e8, [20, 40, 60, 80, 100]),
        ("figure-7", "rd_cost_cny", 1e8, [2, 4, 6, 8, 10]),
        ("figure-10", "patents", 1, [200, 400, 600, 800, 1001]),
    ],
)
def test_classes_hold_the_printed_share_to_the_nearest_firm(
    tables: Tables, source: str, column: str, scale: float, edges: list[float]
) -> None:
    values = tables["firms"][column].dropna().astype(float) / scale
    counts = np.histogram(values, [0, *edges, np.inf])[0]
    facts = store.facts()
    shares = facts[facts["source"].eq(source) & facts["measure"].eq("share_firms")]["value"].to_numpy()
    assert np.abs(counts - shares * len(values) / 100).max() <= 0.75  # half a firm, and half a printed digit


def test_flows_and_ends(ends: pd.DataFrame) -> None:
    flows = (ends["giver"] + ">" + ends["taker"]).value_counts() * 100 / len(ends)
    wanted = printed("table-7", "share_flow")
    assert (flows.reindex(wanted.index) - wanted).abs().max() <= 0.05
    assert flows.drop(wanted.index).max() < wanted.min()
    for side, measure in (("giver", "share_enabling"), ("taker", "share_input")):
        found = ends[side].value_counts(normalize=True) * 100  # of the located ends
        wanted = printed("table-6", measure)
        assert (found.reindex(wanted.index) - wanted).abs().max() <= 0.05


@pytest.mark.parametrize(("source", "column"), [("figure-15", "technology"), ("figure-16", "application")])
def test_topics(tables: Tables, source: str, column: str) -> None:
    found = tables["relations"][column].value_counts(normalize=True) * 100
    wanted = printed(source, "share_relations")
    assert (found.reindex(wanted.index) - wanted).abs().max() <= 0.05
    assert found.drop(wanted.index).max() < wanted.min()


def test_the_secondary_industry_grows_since_2015(tables: Tables) -> None:
    relations = tables["relations"]
    secondary = ~relations["industry"].str.fullmatch("[A-Z]") | relations["industry"].isin(list("BDE"))
    by_year = secondary.groupby(relations["year"]).mean().loc[2015:]
    ranks = pd.Series(by_year.to_numpy()).corr(pd.Series(range(len(by_year))), method="spearman")
    assert ranks > 0.8


def test_a_fifth_of_the_nodes_holds_three_quarters_of_degree(tables: Tables) -> None:
    relations = tables["relations"]
    degree = pd.concat([relations["source"], relations["target"]]).value_counts()
    assert degree.head(round(len(degree) * 0.2)).sum() * 100 / degree.sum() == pytest.approx(75, abs=2)


def test_every_constraint_is_met() -> None:
    constraints = store.tables()["constraints"]
    assert len(constraints) > 350
    assert constraints.loc[~constraints["met"], ["source", "measure", "item"]].to_numpy().tolist() == []
