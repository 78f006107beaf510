"""Printed beside computed, by hand-counted rows; and the audit as text, JSON and CSV."""

import io
import json

import pandas as pd
import pytest

from analytics.audit import FORMATS, compare, find, report
from analytics.audit.comparison import COLUMNS
from analytics.errors import DataErrors
from analytics.taxonomy import Taxonomy

SHARE = ("figure-5", "share_firms", "listed", pd.NA)
NODES = ("table-1", "n_nodes", "network", 2023)


def computed(*rows: tuple[object, ...]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["source", "measure", "item", "year", "value"]).astype({"year": "Int64"})


def row_of(rows: pd.DataFrame, key: tuple[object, ...]) -> pd.Series:
    found = rows[(rows["source"] == key[0]) & (rows["measure"] == key[1]) & (rows["item"] == key[2])]
    found = found if pd.isna(key[3]) else found[found["year"] == key[3]]
    assert len(found) == 1
    return found.iloc[0]


@pytest.mark.parametrize(
    ("key", "value", "within"),
    [
        (SHARE, 15.59, True),
        (SHARE, 15.595, True),
        (SHARE, 15.585, True),
        (SHARE, 15.5951, False),
        (SHARE, 15.58, False),
        (NODES, 35672.0, True),
        (NODES, 35673.0, False),
    ],
)
def test_within_rounding_means_half_a_digit(
    clean: pd.DataFrame, key: tuple[object, ...], value: float, within: bool
) -> None:
    found = row_of(compare(clean, computed((*key, value))), key)
    assert bool(found["within_rounding"]) is within
    assert found["deviation"] == pytest.approx(value - float(found["printed"]))


def test_every_printed_number_has_a_row_and_no_derived_one(clean: pd.DataFrame) -> None:
    found = compare(clean, computed((*SHARE, 15.6)))
    assert tuple(found.columns) == COLUMNS
    assert found.index.tolist() == clean.index[clean["status"] == "printed"].tolist()
    assert found["computed"].notna().sum() == 1 == found["within_rounding"].notna().sum()


def test_nothing_computed_leaves_nothing_compared(clean: pd.DataFrame) -> None:
    found = compare(clean, computed())
    assert len(found) > 400
    assert found[["computed", "deviation", "within_rounding"]].isna().all(axis=None)


def test_a_derived_fact_may_be_computed_and_is_left_out(clean: pd.DataFrame) -> None:
    found = compare(clean, computed(("figure-19", "share_secondary", "B", pd.NA, 1.5)))
    assert found["computed"].isna().all()


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([("figure-5", "share_firms", "unknown", pd.NA, 1.0)], "a key of the facts"),
        ([("table-1", "n_nodes", "network", 2024, 1.0)], "a key of the facts"),
        ([(*SHARE, 1.0), (*SHARE, 2.0)], "one row for each key"),
    ],
)
def test_computed_rows_that_fit_no_fact_are_refused(clean: pd.DataFrame, rows: list[tuple[object]], said: str) -> None:
    with pytest.raises(DataErrors, match=said):
        compare(clean, computed(*rows))


@pytest.fixture
def findings(clean: pd.DataFrame, taxonomy: Taxonomy, statements: pd.DataFrame) -> pd.DataFrame:
    return find(clean, taxonomy, statements)


def test_text_names_every_finding_and_sums_the_comparison_up(clean: pd.DataFrame, findings: pd.DataFrame) -> None:
    text = report(findings, compare(clean, computed((*SHARE, 15.6), (*NODES, 35672))), "text", "zh")
    assert text.startswith("34 findings") and "printed 3.287, by the rule 2.555" in text and "安徽省" in text
    assert text.count("\n- ") == len(findings)
    assert "2 computed from the data set, 1 of them within rounding" in text


@pytest.mark.parametrize("rows", [None, computed()])
def test_text_says_that_there_is_no_data_set(
    clean: pd.DataFrame, findings: pd.DataFrame, rows: pd.DataFrame | None
) -> None:
    comparison = None if rows is None else compare(clean, rows)
    assert "No data set" in report(findings, comparison, "text")


def test_json_holds_both_and_no_nan(clean: pd.DataFrame, findings: pd.DataFrame) -> None:
    text = report(findings, compare(clean, computed((*SHARE, 15.6))), "json")
    found = json.loads(text, parse_constant=lambda name: pytest.fail(name))
    assert [one["id"] for one in found["findings"]] == findings["id"].tolist()
    assert sum(one["computed"] is not None for one in found["comparison"]) == 1
    assert json.loads(report(findings, None, "json"))["comparison"] is None


def test_csv_reads_back_as_it_was(findings: pd.DataFrame) -> None:
    text = report(findings, None, "csv")
    again = pd.read_csv(
        io.StringIO(text), dtype={"page": "str", "printed": "str", "computed": "str"}, keep_default_na=False
    )
    assert again["id"].tolist() == findings["id"].tolist() and again["printed"].tolist() == findings["printed"].tolist()


@pytest.mark.parametrize("form", ["xml", "", "TEXT"])
def test_another_format_is_refused(findings: pd.DataFrame, form: str) -> None:
    assert form not in FORMATS
    with pytest.raises(ValueError, match="choose one of text, json, csv"):
        report(findings, None, form)
