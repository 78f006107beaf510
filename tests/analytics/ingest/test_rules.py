"""Every rule by a case that breaks it, and what it leaves behind."""

from dataclasses import dataclass, field

import pytest

from analytics.errors import DataError, DataErrors
from analytics.ingest import RULES
from analytics.ingest.rules import DROPPED, EMPTIED, MERGED

pytestmark = pytest.mark.slow

FIRMS = "id,founded_year,province,layer,employees,listed,revenue_cny\n"
ORGANIZATIONS = "id,kind,province,sample_since,sample_until\n"
RELATIONS = "source,target,year,technology,application,industry,count\n"


@dataclass(frozen=True)
class Case:
    """Tables that break one rule, where it is told, and what stays.

    `kept` is how many rows of the table stay; `empty` is the cell of the first one that is emptied.
    """

    rule: str
    table: str
    tables: dict[str, str] = field(hash=False)
    row: int
    kept: int
    column: str = ""
    value: str = ""


def firms(rule: str, line: str, column: str, value: str, kept: int = 1) -> Case:
    return Case(rule, "firms", {"firms": FIRMS + line}, 2, kept, column, value)


def relations(rule: str, lines: str, row: int, kept: int, column: str = "", value: str = "") -> Case:
    return Case(rule, "relations", {"relations": RELATIONS + lines}, row, kept, column, value)


PAIR = {"firms": "id\na\n", "organizations": "id\nb\n"}
CASES = [
    Case("blank_row", "firms", {"firms": "id,city\n , \nb,x\n"}, 2, 1),
    firms("missing_id", ",2010,北京,,,,\n", "id", "", 0),
    relations("missing_end", "a,,,,,,1\n", 2, 0),
    relations("missing_end", ",b,,,,,1\n", 2, 0),
    relations("negative_count", "a,b,,,,,-2\n", 2, 0, "count", "-2"),
    relations("zero_count", "a,b,,,,,0\n", 2, 0, "count", "0"),
    relations("count_not_a_number", "a,b,,,,,many\n", 2, 0, "count", "many"),
    relations("count_not_whole", "a,b,,,,,1.5\n", 2, 0, "count", "1.5"),
    relations("count_too_large", "a,b,,,,,9007199254740992\n", 2, 0, "count", "9007199254740992"),
    relations("self_loop", "a,a,,,,,1\nＡ,A,,,,,1\n", 2, 0, "source", "a"),
    Case("unknown_id", "relations", {**PAIR, "relations": "source,target\na,b\nc,b\n"}, 3, 1, "source", "c"),
    Case("unknown_id", "relations", {**PAIR, "relations": "source,target\na,b\na,c\n"}, 3, 1, "target", "c"),
    Case("id_in_both", "organizations", {"firms": "id\na\n", "organizations": "id\na\nb\n"}, 2, 1, "id", "a"),
    Case("duplicate_row", "firms", {"firms": "id,city\na,x\n a , x\n"}, 3, 1),
    relations("parallel", "a,b,2020,,,,2\na,b,2020.0,,,,3\n", 3, 1),
    firms("not_a_number", "a,,,,many,,\n", "employees", "many"),
    firms("not_a_number", 'a,,,,"1,5",,\n', "employees", "1,5"),
    firms("not_a_number", "a,,,,,,inf\n", "revenue_cny", "inf"),
    firms("not_a_number", "a,二〇一〇,,,,,\n", "founded_year", "二〇一〇"),
    firms("not_whole", "a,,,,2.5,,\n", "employees", "2.5"),
    firms("not_whole", "a,2010.5,,,,,\n", "founded_year", "2010.5"),
    firms("too_large", "a,,,,99999999999999999999,,\n", "employees", "99999999999999999999"),
    firms("too_large", "a,,,,,,1e400\n", "revenue_cny", "1e400"),
    firms("negative_number", "a,,,,,,-0.5\n", "revenue_cny", "-0.5"),
    firms("negative_number", "a,,,,-1,,\n", "employees", "-1"),
    firms("impossible_year", "a,1899,,,,,\n", "founded_year", "1899"),
    firms("impossible_year", "a,20100501,,,,,\n", "founded_year", "20100501"),
    firms("future_year", "a,2025,,,,,\n", "founded_year", "2025"),
    relations("future_year", "a,b,2025,,,,1\n", 2, 1, "year", "2025"),
    firms("not_boolean", "a,,,,,maybe,\n", "listed", "maybe"),
    firms("unknown_province", "a,,火星,,,,\n", "province", "火星"),
    firms("unknown_province", "a,,99,,,,\n", "province", "99"),
    firms("unknown_layer", "a,,,middle,,,\n", "layer", "middle"),
    Case("unknown_kind", "organizations", {"organizations": ORGANIZATIONS + "a,club,,,\n"}, 2, 1, "kind", "club"),
    relations("unknown_technology", "a,b,,magic,,,1\n", 2, 1, "technology", "magic"),
    relations("unknown_application", "a,b,,,magic,,1\n", 2, 1, "application", "magic"),
    relations("unknown_industry", "a,b,,,,Z,1\n", 2, 1, "industry", "Z"),
    relations("unknown_industry", "a,b,,,,I39,1\n", 2, 1, "industry", "I39"),
    Case(
        "abroad_with_province",
        "organizations",
        {"organizations": ORGANIZATIONS + "a,foreign_vendor,北京,,\n"},
        2,
        1,
        "province",
        "北京",
    ),
]
# Rules whose cases need more than one look; each has a test of its own below or in test_xlsx.
APART = {
    "formula_cell",
    "sample_years_crossed",
    "province_differs",
    "inferred_node",
    "province_filled",
    "province_unclear",
}


def test_every_rule_has_a_case() -> None:
    assert {case.rule for case in CASES} | APART == set(RULES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.rule} {case.value}")
def test_a_broken_rule_is_counted_told_and_done(case: Case, read) -> None:
    result = read(tables=case.tables)
    rules, events = result.rules(case.table), result.events()
    told = events[events["rule"] == case.rule]
    assert rules[case.rule] == len(told) >= 1
    assert told.iloc[0][["table", "row", "column", "value", "action"]].tolist() == [
        case.table, str(case.row), case.column, harmless(case.value), RULES[case.rule].action,
    ]  # fmt: skip
    assert len([row for row in result.rows(case.table) if row]) >= case.kept == rules["kept"]
    totals = result.ledger.totals()
    assert (totals["read"] == totals["kept"] + totals["dropped"] + totals["merged"]).all()
    if RULES[case.rule].action == EMPTIED:
        assert result.rows(case.table)[0][case.column] is None


def harmless(value: str) -> str:
    """A negative number is no formula, so it stays as it is."""
    assert not value.startswith(("=", "+", "@"))
    return value


def test_rows_that_are_right_break_no_rule(read) -> None:
    result = read(
        tables={
            "firms": FIRMS + "a,2010,北京,base,10,是,1.5\n",
            "organizations": ORGANIZATIONS + "b,university,天津,2019,2019\n",
            "relations": RELATIONS + "a,b,2024,智能芯片,智慧城市,C39,1\n",
        }
    )
    assert set(result.ledger.counts["rule"]) == {"read", "kept"}
    assert result.events().empty


def test_first_sample_year_after_the_last_empties_both(read) -> None:
    result = read(tables={"organizations": ORGANIZATIONS + "a,,,2020,2019\nb,,,2019,2020\nc,,,2020,\n"})
    assert result.rules("organizations")["sample_years_crossed"] == 2
    years = [(row["sample_since"], row["sample_until"]) for row in result.rows("organizations")]
    assert years == [(None, None), (2019, 2020), (2020, None)]


def test_merged_rows_that_disagree_on_a_province_say_none(read) -> None:
    text = "source,target,source_province,target_province\na,b,北京,上海\na,b,天津,上海\na,b,,\n"
    result = read(tables={"relations": text})
    assert result.rules("relations")["province_differs"] == 1
    (row,) = result.rows("relations")
    assert (row["source_province"], row["target_province"], row["count"]) == (None, "31", 3)
    told = result.events().query("rule == 'province_differs'")
    assert told[["row", "column", "value"]].to_numpy().tolist() == [["2", "source_province", "11 / 12"]]


def test_a_nodes_province_is_filled_where_its_relations_agree(read) -> None:
    text = "source,target,source_province,target_province\na,b,北京,上海\na,c,北京,上海\nb,c,天津,上海\nb,d,,粤\n"
    result = read(tables={"relations": text, "firms": "id,province\na,\nc,广东\n"})
    assert {row["id"]: row["province"] for row in result.rows("firms")} == {"a": "11", "c": "44"}
    assert {row["id"]: row["province"] for row in result.rows("organizations")} == {"b": None, "d": None}
    assert result.rules("firms")["province_filled"] == 1
    assert result.rules("organizations")["province_unclear"] == 1
    assert result.rules("relations")["inferred_node"] == 2


def test_a_node_abroad_is_given_no_province(read) -> None:
    tables = {"organizations": "id,kind\nx,国外企业\n", "relations": "source,target,source_province\nx,y,北京\n"}
    rows = {row["id"]: row["province"] for row in read(tables=tables).rows("organizations")}
    assert rows == {"x": None, "y": None}


@pytest.mark.parametrize("given", [{}, {"firms": "id\na\n"}, {"organizations": "id\na\n"}])
def test_nodes_are_inferred_when_a_table_of_nodes_is_missing(read, given: dict[str, str]) -> None:
    result = read(tables={**given, "relations": "source,target\na,b\nb,c\n"})
    assert result.rules("relations")["kept"] == 2
    assert result.rules("relations")["inferred_node"] == (3 if not given else 2)
    ids = {row["id"] for name in ("firms", "organizations") for row in result.rows(name)}
    assert ids == {"a", "b", "c"}


def test_ends_of_dropped_relations_are_not_inferred(read) -> None:
    result = read(tables={"relations": "source,target,count\na,b,1\nc,d,-1\ne,e,1\n"})
    assert {row["id"] for row in result.rows("organizations")} == {"a", "b"}


def test_rows_of_one_id_that_differ_are_refused(read, tmp_path) -> None:
    with pytest.raises(DataErrors) as found:
        read(tables={"firms": "id,city,patents\na,x,1\nb,y,1\na,x,2\na,z,1\n"})
    assert [(error.info.row, error.info.value) for error in found.value] == [(4, "a"), (5, "a")]
    assert "row 2 has it and differs in patents" in str(found.value)
    assert list((tmp_path / "out").iterdir()) == []


@pytest.mark.parametrize("count", [9007199254740991, 4503599627370496])
def test_counts_that_cannot_be_added_exactly_are_refused(read, count: int) -> None:
    with pytest.raises(DataError, match="add up to less than 9007199254740992"):
        read(tables={"relations": f"source,target,count\na,b,{count}\nc,d,{count}\n"})


def test_a_count_that_is_not_said_means_one(read) -> None:
    (row,) = read(tables={"relations": "source,target\na,b\na,b\na,b\n"}).rows("relations")
    assert row["count"] == 3


def test_rules_speak_in_sentences() -> None:
    for code, rule in RULES.items():
        assert rule.expected and rule.remedy.endswith("."), code
    assert {rule.action for rule in RULES.values()} == {DROPPED, MERGED, EMPTIED, "inferred", "left"}
