"""What the report says in words, in a form that rules can check; one row a statement, with its quotation."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from analytics.errors import DataError, raise_all
from analytics.tables import line_of, read_text_table

FILE = "statements.csv"
COLUMNS = ("id", "kind", "place", "page", "quote_zh", "name_zh", "name_en", "subject", "stated", "expected")
LIST = ";"
SERIES = r"[a-z0-9-]+/[a-z_]+/[a-z0-9_]+"
FACT = r"[a-z0-9-]+/[a-z_]+/[^\s/]+(/\d{4})?"
NUMBER = r"\d+(\.\d+)?"
WORDS = r"\S(.*\S)?"


class Form(NamedTuple):
    """The patterns of `subject`, `stated` and `expected` that a kind of statement needs."""

    subject: str
    stated: str
    expected: str


# kind -> form. `counted`: names apart by `;`, or a table or measure to count.
COUNTED = rf"taxonomy:[a-z]+|facts:[a-z0-9-]+/[a-z_]+|{WORDS}"
KINDS = {
    "repeat": Form(FACT, NUMBER, ""),
    "trend": Form(SERIES, "rising|falling", ""),
    "announced": Form(f"({FACT})?", r"\d+", COUNTED),
    "sequence": Form("", r"\d+(;\d+)*", ""),
    "grew_to": Form(FACT, NUMBER, FACT),
    "cutoff": Form("", r"\d{4}", ""),
    "data_year": Form("", r"\d{4}", ""),
    "note": Form("", WORDS, WORDS),
    "term": Form("", WORDS, WORDS),
    "strict_part": Form(FACT, NUMBER, FACT),
    "bipartite": Form(SERIES, r"[a-z]+;[a-z]+", ""),
    "edition": Form(FACT, NUMBER, ""),
    "highest": Form(FACT, "highest", r"[a-z0-9-]+/[a-z_]+"),
    "less": Form(FACT, "less", FACT),
}


class Statement(NamedTuple):
    """One row of the file."""

    id: str
    kind: str
    place: str
    page: str
    quote_zh: str
    name_zh: str
    name_en: str
    subject: str
    stated: str
    expected: str


def read_statements(path: Path) -> pd.DataFrame:
    """Read and check what the report says in words.

    Parameters
    ----------
    path : Path
        A CSV file with the columns of `COLUMNS`: `place` and `page` as in the published facts,
        `subject` a fact or a series of facts, `stated` what the words say, `expected` what it is
        held against; what each kind needs is in `KINDS`.

    Returns
    -------
    DataFrame
        One row a statement, all columns `str`, an empty cell as "".

    Raises
    ------
    DataErrors
        The file is missing, has other columns, a malformed cell, or an id that comes twice.
    """
    rows = read_text_table(path, COLUMNS)
    raise_all([*_cell_problems(rows), *_key_problems(rows)])
    return rows


def listed(rows: pd.DataFrame, kind: str) -> list[Statement]:
    """Give the statements of one kind, in the file's order."""
    found = rows[rows["kind"] == kind]
    return [Statement(*cells) for cells in found[list(COLUMNS)].itertuples(index=False, name=None)]


def _cell_problems(rows: pd.DataFrame) -> Iterator[DataError]:
    patterns = {
        "id": "[a-z][a-z0-9_]*", "kind": "|".join(KINDS), "place": r"text|(figure|table)-[1-9]\d*",
        "page": "I|[1-9][0-9]*", "quote_zh": WORDS, "name_zh": WORDS, "name_en": WORDS,
    }  # fmt: skip
    for index, cells in enumerate(rows.to_dict("records")):
        row = {str(column): str(cell) for column, cell in cells.items()}
        form = KINDS[row["kind"]]._asdict() if row["kind"] in KINDS else {}
        for column, pattern in {**patterns, **form}.items():
            if not re.fullmatch(pattern, row[column]):
                expected = f"text that matches {pattern}" if pattern else "nothing"
                yield DataError(FILE, line_of(index), column, row[column], expected, "Correct the cell.")


def _key_problems(rows: pd.DataFrame) -> Iterator[DataError]:
    for index in rows.index[rows["id"].duplicated()]:
        remedy = "Give the statement an id of its own."
        yield DataError(FILE, line_of(index), "id", rows.at[index, "id"], "an id that comes once", remedy)
