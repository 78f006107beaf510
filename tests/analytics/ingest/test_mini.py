"""The mini data, every number of it counted by hand: tests/mini/README.md."""

from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest

from analytics.contract import ABROAD, TABLES
from analytics.ingest import read_ledger

MINI = Path(__file__).resolve().parents[2] / "mini"


@pytest.fixture(scope="module")
def mini(read_into, tmp_path_factory):
    """The mini data, read once for all tests that only look."""
    return read_into(tmp_path_factory.mktemp("mini"), MINI)


def test_rows_and_cells_are_those_counted_by_hand(mini) -> None:
    totals = mini.ledger.totals()
    assert totals[["read", "kept", "dropped", "merged", "emptied"]].to_dict("index") == {
        "firms": {"read": 21, "kept": 20, "dropped": 0, "merged": 1, "emptied": 3},
        "organizations": {"read": 10, "kept": 9, "dropped": 1, "merged": 0, "emptied": 0},
        "relations": {"read": 34, "kept": 24, "dropped": 8, "merged": 2, "emptied": 2},
    }
    assert totals["inferred"].sum() == totals["left"].sum() == 0


def test_every_rule_that_is_counted_is_the_one_counted_by_hand(mini) -> None:
    assert mini.rules("firms") == {
        "read": 21, "kept": 20, "duplicate_row": 1, "impossible_year": 1, "unknown_province": 1, "negative_number": 1,
    }  # fmt: skip
    assert mini.rules("organizations") == {"read": 10, "kept": 9, "id_in_both": 1}
    assert mini.rules("relations") == {
        "read": 34, "kept": 24, "parallel": 2, "self_loop": 1, "unknown_id": 1, "negative_count": 1, "zero_count": 1,
        "missing_end": 1, "count_not_a_number": 1, "count_not_whole": 1, "blank_row": 1, "impossible_year": 1,
        "unknown_technology": 1,
    }  # fmt: skip


def test_events_name_the_rows_that_were_counted_by_hand(mini) -> None:
    events = mini.events()
    found = events[events["table"] == "relations"].set_index("row")["rule"].to_dict()
    assert found == {
        "22": "parallel", "24": "parallel", "25": "self_loop", "26": "unknown_id", "27": "negative_count",
        "28": "zero_count", "29": "impossible_year", "30": "missing_end", "31": "unknown_technology",
        "32": "count_not_a_number", "33": "blank_row", "34": "count_not_whole",
    }  # fmt: skip
    emptied = events[events["action"] == "emptied"][["table", "row", "column", "value"]]
    assert sorted(map(tuple, emptied.to_numpy())) == [
        ("firms", "21", "founded_year", "1750"),
        ("firms", "21", "patents", "-7"),
        ("firms", "21", "province", "火星"),
        ("relations", "29", "year", "1016"),
        ("relations", "31", "technology", "量子魔法"),
    ]


def test_firms_add_up_as_counted_by_hand(mini) -> None:
    firms = mini.table("firms")
    assert firms["province"].value_counts(dropna=True).to_dict() == {"11": 6, "44": 5, "31": 4, "33": 3, "12": 1}
    assert firms["layer"].value_counts().to_dict() == {"base": 4, "technology": 5, "application": 11}
    assert (firms["listed"].eq(True).sum(), firms["listed"].eq(False).sum(), firms["listed"].isna().sum()) == (4, 15, 1)
    patents = firms.groupby("province")["patents"].sum().to_dict()
    assert patents == {"11": 367, "44": 5873, "31": 127, "33": 178, "12": 8}


def test_relations_add_up_as_counted_by_hand(mini) -> None:
    relations = mini.table("relations")
    by_technology = relations.groupby(relations["technology"].fillna("none"))["count"].sum().to_dict()
    assert by_technology == {
        "ai_chips": 13, "computer_vision": 9, "internet_of_things": 7, "speech_recognition": 3, "none": 2,
    }  # fmt: skip
    most = relations.loc[relations["count"].idxmax()]
    assert (most["source"], most["target"], most["year"], most["count"]) == ("F01", "F04", 2015, 5)


def test_flows_are_those_counted_by_hand(mini) -> None:
    firms, others, relations = (mini.table(name) for name in ("firms", "organizations", "relations"))
    abroad = others["province"].mask(others["kind"].isin(ABROAD), "abroad")
    place = pd.concat([firms.set_index("id")["province"], abroad.set_axis(others["id"])]).fillna("none")
    flows = relations["count"].groupby([relations["source"].map(place), relations["target"].map(place)]).sum()
    assert flows.to_dict() == {
        ("11", "11"): 12, ("44", "44"): 6, ("31", "31"): 5, ("33", "33"): 3, ("11", "32"): 1, ("44", "11"): 1,
        ("abroad", "44"): 2, ("abroad", "11"): 1, ("44", "abroad"): 1, ("44", "none"): 1, ("12", "none"): 1,
    }  # fmt: skip


def test_files_hold_the_contracts_columns_types_and_order(mini) -> None:
    kinds = {"text": "string", "code": "string", "integer": "int64", "number": "double", "boolean": "bool"}
    for table in TABLES:
        schema = pq.read_schema(mini.folder / f"{table.name}.parquet")
        assert schema.names == list(table.names())
        for column in table.columns:
            assert str(schema.field(column.name).type) == ("int32" if column.unit == "year" else kinds[column.type])
        frame = mini.table(table.name)[list(table.key)].astype("object")
        keys = [tuple("" if pd.isna(cell) else str(cell) for cell in row) for row in frame.to_numpy()]
        assert keys == sorted(keys, key=lambda key: tuple((cell == "", cell) for cell in key))


def test_ledger_reads_back_as_written(mini) -> None:
    again = read_ledger(mini.folder)
    pd.testing.assert_frame_equal(again.counts, mini.ledger.counts)
    pd.testing.assert_frame_equal(again.columns, mini.ledger.columns)


def test_nothing_but_the_six_files_is_left(mini) -> None:
    assert sorted(path.name for path in mini.folder.iterdir()) == [
        "firms.parquet", "ledger.parquet", "ledger_columns.parquet", "ledger_rows.csv", "organizations.parquet",
        "relations.parquet",
    ]  # fmt: skip


def test_reading_again_gives_the_same_bytes(mini, read) -> None:
    first = {path.name: path.read_bytes() for path in mini.folder.iterdir()}
    assert {path.name: path.read_bytes() for path in read(MINI).folder.iterdir()} == first
