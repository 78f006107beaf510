"""What the press quoted: a wrong cell, key or counterpart is told and nothing is let through."""

from pathlib import Path

import pandas as pd
import pytest

from analytics import store
from analytics.editions import check_editions, clean_editions, read_editions
from analytics.errors import DataErrors

FILE = Path(__file__).parents[2] / "data" / "published" / "earlier_editions.csv"


def rows() -> pd.DataFrame:
    return read_editions(FILE)


def test_the_file_is_right() -> None:
    check_editions(rows(), store.facts())
    clean = clean_editions(rows())
    beijing = clean[clean["item"].eq("11") & clean["measure"].eq("share_firms")]
    assert beijing[["edition", "firms_in_sample", "printed"]].to_numpy().tolist() == [
        [2018, 408, "43.9"],
        [2020, 797, "42.5"],
        [2021, 2205, "29.73"],
    ]
    assert clean.reset_index(drop=True).equals(store.editions())


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("value", "43,9"),
        ("value", "143.9"),
        ("unit", "firms"),
        ("edition", "18"),
        ("firms_in_sample", "many"),
        ("firms_in_sample", "409"),
        ("data_until", "2018"),
        ("reported_by", ""),
        ("fact", "figure-3/share_firms/44"),
        ("fact", "figure-3/share_firms/99"),
        ("fact", "figure-3/rank_firms/11"),
    ],
)
def test_a_wrong_cell_is_told(column: str, value: str) -> None:
    wrong = rows()
    wrong.loc[0, column] = value
    with pytest.raises(DataErrors, match=column):
        check_editions(wrong, store.facts())


def test_a_number_quoted_twice_is_told() -> None:
    with pytest.raises(DataErrors, match="one row for each"):
        check_editions(pd.concat([rows(), rows().head(1)], ignore_index=True), store.facts())
