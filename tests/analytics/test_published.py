"""The checks on the published numbers: each must pass the committed data and stop a spoilt copy."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from analytics.errors import DataError, DataErrors
from analytics.published import check_facts, clean_facts, read_facts, read_origin
from analytics.published_sums import CLOSED, evaluate
from analytics.taxonomy import Taxonomy


def find(facts: pd.DataFrame, source: str, measure: str, item: str, year: str = "") -> int:
    """Index of one row; fails unless there is exactly one."""
    key = {"source": source, "measure": measure, "item": item, "year": year}
    rows = facts.index[(facts[list(key)] == pd.Series(key)).all(axis=1)]
    assert len(rows) == 1
    return int(rows[0])


def problems(facts: pd.DataFrame, taxonomy: Taxonomy) -> tuple[DataError, ...]:
    with pytest.raises(DataErrors) as caught:
        check_facts(facts, taxonomy)
    return caught.value.problems


def test_committed_facts_pass(facts: pd.DataFrame, taxonomy: Taxonomy) -> None:
    check_facts(facts, taxonomy)


def test_numbers_counted_by_hand(facts: pd.DataFrame) -> None:
    clean = clean_facts(facts)
    assert clean.loc[find(facts, "figure-2", "share_firms", "beijing_tianjin_hebei")]["printed"] == "30.6"
    assert clean.loc[find(facts, "figure-5", "n_firms", "listed"), "value"] == 672.0
    assert clean.loc[find(facts, "table-1", "average_degree", "network", "2023"), "value"] == 3.287
    assert clean.loc[find(facts, "table-2", "degree", "huawei"), "value"] == 7052
    assert clean.loc[find(facts, "table-3", "in_degree", "china_faw"), "value"] == 62
    assert clean.loc[find(facts, "table-7", "share_flow", "44>11"), "value"] == 6.31
    assert clean.loc[find(facts, "figure-6", "share_firms", "revenue_60_80", "2022"), "value"] == 4.32
    assert clean["value"].dtype == "float64" and str(clean["year"].dtype) == "Int64"
    assert clean["year"].isna().any() and not clean["note"].isna().any()


@pytest.mark.parametrize(
    ("source", "measure", "n_rows"),
    [
        ("table-1", None, 80),
        ("table-2", None, 60),
        ("table-3", None, 60),
        ("table-6", "share_enabling", 21),
        ("table-6", "share_net", 19),
        ("table-7", "share_flow", 21),
        ("figure-3", "rank_firms", 10),
        ("figure-14", "share_degree", 1),
        ("figure-13", None, 0),
        ("text", "rank_competitiveness_city", 10),
    ],
)
def test_number_of_rows(facts: pd.DataFrame, source: str, measure: str | None, n_rows: int) -> None:
    rows = facts[facts["source"] == source]
    assert len(rows if measure is None else rows[rows["measure"] == measure]) == n_rows


def test_duplicate_key(facts: pd.DataFrame, taxonomy: Taxonomy) -> None:
    twice = pd.concat([facts, facts.iloc[[7]]], ignore_index=True)
    (problem,) = problems(twice, taxonomy)
    assert problem.info.row == len(facts) + 2  # the copy is the last line, line 1 is the header
    assert str(facts.at[7, "item"]) in str(problem.info.value)


@pytest.mark.parametrize(
    ("column", "wrong", "expected"),
    [
        ("value", "100.01", "from 0 to 100"),
        ("value", "-0.01", "from 0 to 100"),
        ("value", "29,04", "a number"),
        ("value", "nan", "a number"),
        ("value", "", "a number"),
        ("value", "2.9e1", "a number"),
        ("unit", "per cent", "one of percent"),
        ("unit", "firms", "percent"),
        ("status", "guessed", "one of printed"),
        ("source", "figure-13", "one of figure-1"),
        ("measure", "share of firms", "matches"),
        ("measure", "n_robots", "a known measure"),
        ("item", "99", "a code of provinces.csv"),
        ("item", "北京", "a code of provinces.csv"),
        ("year", "23", "matches"),
        ("page", "0", "matches"),
        ("item_zh", "", "matches"),
        ("item_en", " Beijing", "matches"),
    ],
)
def test_wrong_cell(facts: pd.DataFrame, taxonomy: Taxonomy, column: str, wrong: str, expected: str) -> None:
    row = find(facts, "figure-3", "share_firms", "11")
    facts.loc[row, column] = wrong
    found = [p for p in problems(facts, taxonomy) if p.info.column == column]
    assert [p.info.row for p in found] == [row + 2]
    assert found[0].info.value == wrong and expected in found[0].info.expected


@pytest.mark.parametrize(
    ("source", "measure", "item", "wrong"),
    [
        ("figure-2", "share_firms", "yangtze_river_delta", "yangtze"),
        ("figure-9", "n_firms", "base", "basement"),
        ("figure-15", "share_relations", "ai_chips", "ai_crisps"),
        ("figure-16", "share_relations", "smart_city", "smart_town"),
        ("figure-18", "share_tertiary", "P", "Z"),
        ("figure-20", "share_manufacturing", "39", "99"),
        ("figure-17", "share_relations", "primary", "quaternary"),
        ("table-7", "share_flow", "44>11", "44-11"),
        ("table-7", "share_flow", "44>11", "44>99"),
        ("text", "rank_competitiveness_province", "44", "98"),
    ],
)
def test_unknown_item(
    facts: pd.DataFrame, taxonomy: Taxonomy, source: str, measure: str, item: str, wrong: str
) -> None:
    years = facts[(facts["source"] == source) & (facts["measure"] == measure)]["year"]
    row = find(facts, source, measure, item, years.iloc[0])
    facts.loc[row, "item"] = wrong
    (problem,) = problems(facts, taxonomy)
    assert (problem.info.row, problem.info.column) == (row + 2, "item")


def test_net_share_may_be_negative_but_bounded(facts: pd.DataFrame, taxonomy: Taxonomy) -> None:
    row = find(facts, "table-6", "share_net", "11")
    assert facts.at[row, "value"] == "-0.02"
    facts.loc[row, "value"] = "-100.02"
    assert "from -100 to 100" in problems(facts, taxonomy)[0].info.expected


@pytest.mark.parametrize(("source", "measure"), CLOSED)
def test_closed_shares_must_add_up(facts: pd.DataFrame, taxonomy: Taxonomy, source: str, measure: str) -> None:
    rows = facts[(facts["source"] == source) & (facts["measure"] == measure)]
    inside = rows[~rows["item"].isin(CLOSED[source, measure])]
    row, value = inside.index[0], Decimal(inside["value"].iloc[0])
    # 0.10 up or down: past the tolerance of 0.05 wherever within it the sum was before.
    shift = Decimal("0.10") if value < 50 else Decimal("-0.10")
    facts.loc[row, "value"] = str(value + shift)
    rule = f"the shares of {source} {measure} to add"
    assert [p for p in problems(facts, taxonomy) if p.info.expected.startswith(rule)]


@pytest.mark.parametrize(
    ("key", "rule"),
    [
        (("figure-5", "n_firms", "listed"), "the firms of figure-5"),
        (("figure-9", "n_firms", "base"), "the firms of figure-9"),
        (("table-1", "n_nodes", "network", "2019"), "network 2019 in table-1"),
        (("table-2", "in_degree", "zte"), "zte in table-2"),
        (("table-3", "degree", "ibm"), "ibm in table-3"),
    ],
)
def test_count_off_by_one(facts: pd.DataFrame, taxonomy: Taxonomy, key: tuple[Any, ...], rule: str) -> None:
    row = find(facts, *key)
    facts.loc[row, "value"] = str(int(str(facts.at[row, "value"])) + 1)
    (problem,) = problems(facts, taxonomy)
    assert rule in problem.info.expected


@pytest.mark.parametrize("wrong", ["1.0", "0"])
def test_rank_is_a_whole_number_from_one(facts: pd.DataFrame, taxonomy: Taxonomy, wrong: str) -> None:
    row = find(facts, "figure-3", "rank_firms", "11")
    facts.loc[row, "value"] = wrong
    (problem,) = problems(facts, taxonomy)
    assert (problem.info.row, problem.info.column) == (row + 2, "value")


def test_missing_row_breaks_its_sum(facts: pd.DataFrame, taxonomy: Taxonomy) -> None:
    row = find(facts, "table-2", "out_degree", "haier")
    (problem,) = problems(facts.drop(index=row).reset_index(drop=True), taxonomy)
    assert "haier" in problem.info.expected


def test_missing_source(facts: pd.DataFrame, taxonomy: Taxonomy) -> None:
    cut = facts[facts["source"] != "figure-14"].reset_index(drop=True)
    (problem,) = problems(cut, taxonomy)
    assert problem.info.expected == "rows of figure-14"


@pytest.mark.parametrize(
    ("column", "wrong", "expected"),
    [
        ("value", "1.54", "1.53, the result of the note"),
        ("note", "31.73 - 13.99 - 8.21 - 8.01", "not 8.01"),
        ("note", "31.73 - 13.99 - 8.21", "9.53, the result"),
        ("note", "", "a formula"),
        ("note", "__import__('os')", "a formula"),
    ],
)
def test_derived_formula_mismatch(
    facts: pd.DataFrame, taxonomy: Taxonomy, column: str, wrong: str, expected: str
) -> None:
    row = find(facts, "figure-3", "share_firms_implied", "34")
    facts.loc[row, column] = wrong
    (problem,) = problems(facts, taxonomy)
    assert problem.info.row == row + 2 and expected in problem.info.expected


def test_evaluate_is_exact() -> None:
    assert evaluate("0.1 + 0.2") == Decimal("0.3")


def test_all_problems_are_reported(facts: pd.DataFrame, taxonomy: Taxonomy) -> None:
    facts.loc[[3, 9], "unit"] = "miles"
    facts.loc[5, "value"] = "many"
    assert [p.info.row for p in problems(facts, taxonomy)] == [5, 7, 11]


def test_problems_are_capped_and_counted(facts: pd.DataFrame, taxonomy: Taxonomy) -> None:
    facts["unit"] = "miles"
    with pytest.raises(DataErrors) as caught:
        check_facts(facts, taxonomy)
    assert len(caught.value.problems) == 50 and caught.value.n_problems == len(facts)
    assert f"and {len(facts) - 50} more" in str(caught.value)


def spoil(path: Path, old: bytes, new: bytes) -> None:
    content = path.read_bytes()
    assert old in content
    path.write_bytes(content.replace(old, new, 1))


@pytest.mark.parametrize(
    ("old", "new", "column", "expected"),
    [
        (b",note\n", b"\n", "note", "the column"),
        (b",note\n", b",note,extra\n", "extra", "a known column"),
        (b"source,page", b"page,source", None, "in order"),
        (b",note\n", b",note,note\n", None, "each column once"),
        (b"source,", b"\xef\xbb\xbfsource,", None, "plain UTF-8"),
        ("北京市".encode(), b"\xb1\xb1", None, "UTF-8 text"),
        (b",printed,", b",printed,,", None, "11 cells"),
    ],
)
def test_unreadable_file(data: Path, old: bytes, new: bytes, column: str | None, expected: str) -> None:
    path = data / "published" / "facts.csv"
    spoil(path, old, new)
    if new in (b"\n", b",note,extra\n", b",note,note\n"):  # keep the rows as wide as the header
        head, *rows = path.read_text("utf-8").splitlines()
        rows = [r.rsplit(",", 1)[0] if new == b"\n" else f"{r}," for r in rows if '"' not in r]
        path.write_text("\n".join([head, *rows]) + "\n", "utf-8")
    with pytest.raises(DataErrors) as caught:
        read_facts(path)
    (problem,) = caught.value.problems
    assert problem.info.column == column and expected in problem.info.expected


def test_missing_file(tmp_path: Path) -> None:
    with pytest.raises(DataErrors, match="the file to exist"):
        read_facts(tmp_path / "facts.csv")


def test_origin_counts_the_rows(data: Path) -> None:
    path = data / "published" / "origin.toml"
    assert read_origin(path, 525)["date"] == "2024-06-20"
    with pytest.raises(DataErrors, match="n_rows"):
        read_origin(path, 524)


def test_origin_needs_its_keys(data: Path) -> None:
    path = data / "published" / "origin.toml"
    spoil(path, b"[licence]", b"[license]")
    with pytest.raises(DataErrors, match="`licence`"):
        read_origin(path, 525)
