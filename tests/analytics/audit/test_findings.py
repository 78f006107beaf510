"""What the audit finds in the committed facts, and that every rule finds a misprint and is silent without one."""

from decimal import Decimal

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.audit import GRADES, check, find, read_statements
from analytics.audit.relations import PARTITIONS
from analytics.errors import DataError
from analytics.published import clean_facts, read_facts
from analytics.taxonomy import Taxonomy, read_taxonomy
from tests.analytics.audit.conftest import COMMITTED, Misprint

pytestmark = pytest.mark.slow

# Found by hand before there was an audit: id, printed, computed.
BY_HAND = [
    ("quotient.table-1.average_degree.network.2023", "3.287", "2.555"),
    ("missing_class.figure-6.share_firms.revenue_60_80.2022", "95.68", "100"),
    ("repeat.statement.core_firms_summary", "4431", "4311"),
    ("repeat.statement.core_firms_industry", "4431", "4311"),
    ("rank_order.figure-18.rank_tertiary.L", "4", "5"),
    ("flow_within_total.table-6.share_input.37", "2.34", "2.43"),
    ("flow_matrix_open.table-6.table-7", "1", "1.032"),
    ("missing_part.figure-2.share_firms.yangtze_river_delta", "31.73", "30.20"),
    ("missing_class.figure-19.share_secondary.B", "98.46", "100"),
]
MORE = [
    ("direction.table-1.average_degree.network.2023", "0.563", "-0.169"),
    ("bipartite.table-1.clustering.network.2023", "0.069", "0"),
    ("announced.statement.relation_node_kinds", "4", "3"),
    ("announced.statement.chapters", "11", "3"),
    ("sequence.statement.table_numbers", "1, 2, 3, 6, 7", "4, 5"),
    ("sequence.statement.indicator_levels", "1, 3", "2"),
    ("rank_tie.table-6.rank_enabling.42", "9", "8"),
    ("cumulative.table-1.n_sample_nodes.network.2021", "2200", "2205"),
    ("spliced.table-1.n_sample_nodes.network.2023", "4311", "2200"),
    ("strict_part.statement.pearl_river_delta", "21.90", "21.90"),
    ("class_limits.figure-4.share_firms", "2", "0"),
    ("class_limits.figure-10.share_firms", "3", "0"),
    ("decimals.figure-2.share_firms.beijing_tianjin_hebei", "1", "2"),
    ("trend.table-1.average_path_length.network.2016", "5.413", "5.370"),
    ("trend.table-1.clustering.network.2019", "0.008", "0.011"),
    ("grew_to.statement.sample_grew_to", "95.95", "195.95"),
    ("data_year.statement.relation_hubs_year", "2024", "2023"),
    ("data_year.statement.index_year", "2024", "2023"),
    ("note.statement.footnote_2", "营业总收入", "员工规模"),
    ("term.statement.term_coefficient", "技术合作系数", "技术合作关系数"),
]


@pytest.fixture
def found(clean: pd.DataFrame, taxonomy: Taxonomy, statements: pd.DataFrame) -> pd.DataFrame:
    return find(clean, taxonomy, statements)


@pytest.mark.parametrize(("name", "printed", "computed"), [*BY_HAND, *MORE], ids=lambda value: str(value))
def test_is_found(found: pd.DataFrame, name: str, printed: str, computed: str) -> None:
    row = found.set_index("id").loc[name]
    assert (row["printed"], row["computed"]) == (printed, computed)


def test_both_tables_need_other_bases_if_all_flows_lie_within_provinces(found: pd.DataFrame) -> None:
    """1.57 as printed to the digit; less if every printed number may be half a digit off."""
    row = found.set_index("id").loc["flow_matrix_closed.table-6.table-7"]
    assert "± 0 → 1.575" in row["formula"]
    assert float(row["computed"]) == pytest.approx(1.546, abs=0.002)


def test_findings_are_rows_that_can_be_told_apart(found: pd.DataFrame) -> None:
    assert found["id"].is_unique and set(found["grade"]) == set(GRADES)
    assert found["grade"].map(GRADES.index).is_monotonic_increasing
    assert found["id"].str.fullmatch(r"[a-z_]+(\.[\w-]+)+").all()
    assert (found["place"] != "").all() and (found["formula"] != "").all()


def test_most_of_the_report_holds(clean: pd.DataFrame, taxonomy: Taxonomy, statements: pd.DataFrame) -> None:
    checks = check(clean, taxonomy, statements)
    assert len(checks) > 900
    assert (~checks["holds"]).sum() == 34
    whole = checks[checks["rule"] == "whole_firms"]
    assert len(whole) == 43 and whole["holds"].all()


# One misprint for every rule that finds nothing, or finds other places: what is changed, what must be found.
MISPRINTS = {
    "shares_sum": ({"figure-4/share_firms/employees_lt_200": "68.90"}, "shares_sum.figure-4.share_firms"),
    "too_much_with_a_class_missing": ({"figure-19/share_secondary/C": "99.54"}, "shares_sum.figure-19.share_secondary"),
    "counts_sum": ({"figure-9/n_firms/base": "429"}, "counts_sum.figure-9.n_firms"),
    "parts_whole": ({"table-2/in_degree/huawei": "2328"}, "parts_whole.table-2.degree.huawei"),
    "region_sum": ({"table-6/share_input/11": "36.73"}, "region_sum.text.share_input.core_four"),
    "part_over_region": ({"figure-3/share_firms/11": "31.04"}, "region_sum.figure-2.share_firms.beijing_tianjin_hebei"),
    "remainder": ({"figure-15/share_relations/ai_chips": "0.60"}, "remainder.figure-15.share_relations"),
    "share_of_count": ({"figure-5/share_firms/listed": "15.95"}, "share_of_count.figure-5.share_firms.listed"),
    "quotient": ({"table-1/average_degree/network/2019": "2.190"}, "quotient.table-1.average_degree.network.2019"),
    "growth": (
        {"text/growth_rate/n_relations/2023": "8.67"},
        "growth.text.growth_rate.n_relations.2023",
    ),
    "whole_firms": ({"figure-9/share_firms/base": "9.94"}, "whole_firms.figure-9.share_firms.base"),
    "rank_order": ({"table-6/share_enabling/33": "8.08"}, "rank_order.table-6.rank_enabling.33"),
    "rank_without_value": ({"figure-3/rank_firms/34": "11"}, "rank_order.figure-3.rank_firms.34"),
    "rank_tie": ({"table-6/share_input/12": "0.68"}, "rank_tie.table-6.rank_input.21"),
    "pair_rank": ({"table-7/share_flow/11>33": "3.08"}, "pair_rank.text.rank_pair.11-31"),
    "list_sorted": ({"table-3/degree/ibm": "119"}, "list_sorted.table-3.degree.ibm"),
    "cumulative": ({"table-1/n_relations/network/2017": "5369"}, "cumulative.table-1.n_relations.network.2017"),
    "bound": ({"table-1/diameter/network/2023": "3"}, "bound.table-1.average_path_length.network.2023"),
    "decimals": ({"figure-12/share_patents/base": "29.4"}, "decimals.figure-12.share_patents.base"),
    "trend": ({"table-1/clustering/network/2021": "0.032"}, "trend.table-1.clustering.network.2021"),
    "flow_within_total": ({"table-6/share_enabling/11": "26.21"}, "flow_within_total.table-6.share_enabling.11"),
    "repeat": ({"figure-15/share_relations/5g_6g": "8.20"}, "repeat.statement.summary_5g_6g"),
    "edition": ({"table-1/n_sample_nodes/network/2022": "2201"}, "edition.statement.edition_2023"),
    "highest": ({"figure-12/share_patents/technology": "92.84"}, "highest.statement.patents_per_firm"),
    "less": ({"text/growth_rate/n_sample_nodes/2023": "7.95"}, "less.statement.relations_slower"),
}  # fmt: skip


@pytest.mark.parametrize("rule", MISPRINTS)
def test_a_misprint_is_found(misprint: Misprint, rule: str) -> None:
    changes, name = MISPRINTS[rule]
    assert name not in set(misprint()["id"])
    assert name in set(misprint(changes)["id"])


# What would have to be printed for a finding to go away.
CURES = {
    "quotient.table-1.average_degree.network.2023": {"table-1/average_degree/network/2023": "2.555"},
    "direction.table-1.average_degree.network.2023": {"table-1/average_degree/network/2023": "2.555"},
    "missing_class.figure-19.share_secondary.B": {"figure-19/share_secondary/C": "91.08"},
    "missing_part.figure-2.share_firms.yangtze_river_delta": {"figure-2/share_firms/yangtze_river_delta": "30.20"},
    "rank_order.figure-18.rank_tertiary.L": {"figure-18/rank_tertiary/L": "5"},
    "rank_tie.table-6.rank_enabling.42": {"table-6/share_enabling/42": "1.14"},
    "cumulative.table-1.n_sample_nodes.network.2021": {"table-1/n_sample_nodes/network/2021": "2205"},
    "flow_within_total.table-6.share_input.37": {"table-6/share_input/37": "2.43"},
    "flow_matrix_open.table-6.table-7": {"table-6/share_input/37": "2.43"},
    "strict_part.statement.pearl_river_delta": {"figure-2/share_firms/pearl_river_delta": "20.90"},
    "decimals.figure-2.share_firms.beijing_tianjin_hebei": {"figure-2/share_firms/beijing_tianjin_hebei": "30.60"},
    "trend.table-1.average_path_length.network.2016": {"table-1/average_path_length/network/2016": "5.313"},
    "repeat.statement.core_firms_summary": {"text/n_firms/sample_2024_report": "4431"},
    "bipartite.table-1.clustering.network.2023": {
        f"table-1/clustering/network/{year}": "0.000" for year in range(2014, 2024)
    },
}


@pytest.mark.parametrize("name", CURES)
def test_a_finding_goes_with_its_cause(misprint: Misprint, name: str) -> None:
    assert name in set(misprint()["id"])
    assert name not in set(misprint(CURES[name])["id"])


WORDS = {
    "announced.statement.relation_node_kinds": {"relation_node_kinds": {"stated": "3"}},
    "announced.statement.technologies": {"technologies": {"stated": "25"}},
    "announced.statement.index_cities": {"index_cities": {"stated": "9"}},
    "sequence.statement.table_numbers": {"table_numbers": {"stated": "1;2;3;4;5"}},
    "sequence.statement.figure_numbers": {"figure_numbers": {"stated": "1;3"}},
    "grew_to.statement.sample_grew_to": {"sample_grew_to": {"stated": "195.95"}},
    "data_year.statement.index_year": {"index_year": {"stated": "2023"}},
    "data_year.statement.network_year": {"data_cutoff": {"stated": "2022"}},
    "note.statement.footnote_2": {"footnote_2": {"stated": "员工规模"}},
    "term.statement.term_title": {"term_title": {"stated": "中国新一代人工智能科技产业发展报告·2024"}},
    "spliced.table-1.n_sample_nodes.network.2023": {"edition_2023": {"stated": "4311"}},
}  # fmt: skip


@pytest.mark.parametrize("name", WORDS)
def test_other_words_turn_a_statement_round(misprint: Misprint, name: str) -> None:
    assert (name in set(misprint()["id"])) != (name in set(misprint(words=WORDS[name])["id"]))


def test_half_a_digit_is_no_deviation(misprint: Misprint) -> None:
    """2602 / 1973 = 1.31880...: 1.319 and nothing else rounds from it."""
    name = "quotient.table-1.average_degree.network.2014"
    key = "table-1/average_degree/network/2014"
    assert name not in set(misprint({key: "1.319"})["id"])
    assert name in set(misprint({key: "1.318"})["id"]) and name in set(misprint({key: "1.320"})["id"])


@pytest.mark.parametrize("gone", ["table-1/n_nodes/network/2019", "figure-9/n_firms/base", "text/rank_pair/11-44"])
def test_a_fact_that_is_not_there_is_named(taxonomy: Taxonomy, statements: pd.DataFrame, gone: str) -> None:
    raw = read_facts(COMMITTED / "published" / "facts.csv")
    source, measure = gone.split("/")[:2]
    without = raw[(raw["source"] != source) | (raw["measure"] != measure)].reset_index(drop=True)
    with pytest.raises(DataError) as caught:
        find(clean_facts(without), taxonomy, statements)
    assert f"{source}/{measure}" in caught.value.info.expected


def test_a_statement_about_nothing_is_named(misprint: Misprint) -> None:
    with pytest.raises(DataError, match="figure-99"):
        misprint(words={"core_firms_summary": {"subject": "figure-99/n_firms/none"}})
    with pytest.raises(DataError, match="two years"):
        misprint(words={"path_length_falls": {"subject": "text/n_firms/database"}})


CLASSES = {(one.source, one.measure) for one in PARTITIONS}
FACTS = read_facts(COMMITTED / "published" / "facts.csv")
SHARES = [
    index
    for index, row in FACTS.iterrows()
    if (row["source"], row["measure"]) in CLASSES and row["status"] == "printed"
]


@given(row=st.sampled_from(SHARES), up=st.sampled_from(["0.10", "-0.07", "1.00", "-0.15"]))
@settings(max_examples=20)
def test_no_misprint_of_a_closed_class_stays_unseen(row: int, up: str) -> None:
    raw = FACTS.copy()
    raw.loc[row, "value"] = str(abs(Decimal(raw.loc[row, "value"]) + Decimal(up)))
    taxonomy, said = read_taxonomy(COMMITTED / "taxonomy"), read_statements(COMMITTED / "published" / "statements.csv")
    before, after = (find(clean_facts(frame), taxonomy, said) for frame in (FACTS, raw))
    assert set(zip(after["id"], after["printed"], strict=True)) != set(
        zip(before["id"], before["printed"], strict=True)
    )
