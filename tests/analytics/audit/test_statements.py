"""The file of statements: what is read, and what is refused with its place."""

from pathlib import Path

import pandas as pd
import pytest

from analytics.audit import read_statements
from analytics.audit.statements import KINDS
from analytics.errors import DataErrors
from tests.analytics.audit.conftest import COMMITTED

FILE = COMMITTED / "published" / "statements.csv"


def test_every_kind_of_statement_is_made(statements: pd.DataFrame) -> None:
    assert set(statements["kind"]) == set(KINDS)
    assert statements["id"].is_unique and (statements["quote_zh"] != "").all()


@pytest.mark.parametrize(
    ("name", "column", "cell"),
    [
        ("core_firms_summary", "kind", "rumour"),
        ("core_firms_summary", "stated", "many"),
        ("core_firms_summary", "subject", "4311"),
        ("core_firms_summary", "expected", "4311"),
        ("core_firms_summary", "page", "0"),
        ("core_firms_summary", "place", "figure-0"),
        ("core_firms_summary", "quote_zh", ""),
        ("core_firms_summary", "name_en", " core"),
        ("path_length_falls", "stated", "down"),
        ("path_length_falls", "subject", "table-1/average_path_length/network/2023"),
        ("table_numbers", "stated", "1;2;"),
        ("data_cutoff", "stated", "23"),
        ("edges", "stated", "sample"),
    ],
)
def test_a_malformed_cell_is_refused(
    tmp_path: Path, statements: pd.DataFrame, name: str, column: str, cell: str
) -> None:
    row = statements.index[statements["id"] == name][0]
    statements.loc[row, column] = cell
    with pytest.raises(DataErrors) as caught:
        read_statements(written(statements, tmp_path))
    info = next(iter(caught.value)).info
    assert (info.file, info.row, info.column, info.value) == ("statements.csv", row + 2, column, cell)


def test_an_id_that_comes_twice_is_refused(tmp_path: Path, statements: pd.DataFrame) -> None:
    twice = pd.concat([statements, statements.head(1)], ignore_index=True)
    with pytest.raises(DataErrors, match="comes once"):
        read_statements(written(twice, tmp_path))


def test_another_column_is_refused(tmp_path: Path, statements: pd.DataFrame) -> None:
    with pytest.raises(DataErrors, match="expected"):
        read_statements(written(statements.drop(columns="expected"), tmp_path))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataErrors, match=r"statements\.csv"):
        read_statements(tmp_path / "statements.csv")


def written(rows: pd.DataFrame, folder: Path) -> Path:
    path = folder / "statements.csv"
    rows.to_csv(path, index=False)
    return path
