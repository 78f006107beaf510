"""What the press quoted of the editions of 2018, 2020 and 2021: secondary, and not verified by us.

Those editions are not at hand. A number here is as good as the article that names it, so it never stands
among the published facts, and wherever it is shown it says "press".
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from analytics.errors import DataError, raise_all
from analytics.tables import line_of, read_text_table

FILE = "earlier_editions.csv"
COLUMNS = (
    "edition", "firms_in_sample", "data_until", "measure", "item", "item_zh", "item_en", "value", "unit",
    "fact", "reported_by",
)  # fmt: skip
KEY = ["edition", "measure", "item"]
UNITS = {"percent": (0.0, 100.0), "score": (0.0, 100.0)}
PATTERNS = {
    "edition": "20[0-9]{2}", "firms_in_sample": "[1-9][0-9]*", "data_until": "(20[0-9]{2}-[01][0-9]-[0-3][0-9])?",
    "measure": "[a-z][a-z_]*", "item": r"\S+", "item_zh": r"\S(.*\S)?", "item_en": r"\S(.*\S)?",
    "value": r"[0-9]+(\.[0-9]+)?", "unit": "|".join(UNITS), "reported_by": r"\S(.*\S)?",
}  # fmt: skip


def read_editions(path: Path) -> pd.DataFrame:
    """Read the quoted numbers as text, unchecked but for the columns.

    Raises
    ------
    DataErrors
        The file is missing, not UTF-8, has ragged rows or other columns.
    """
    return read_text_table(path, COLUMNS)


def check_editions(rows: pd.DataFrame, facts: pd.DataFrame) -> None:
    """Check every cell and key, and that `fact` names a printed number of the same quantity and unit.

    Parameters
    ----------
    rows : DataFrame
        As `read_editions` gives it.
    facts : DataFrame
        As `analytics.published.clean_facts` gives it.

    Raises
    ------
    DataErrors
        Holds all problems found.
    """
    raise_all([*_cell_problems(rows)])
    raise_all([*_key_problems(rows), *_sample_problems(rows), *_fact_problems(rows, facts)])


def clean_editions(rows: pd.DataFrame) -> pd.DataFrame:
    """Give checked rows their types.

    Returns
    -------
    DataFrame
        The columns of `COLUMNS`, `edition` and `firms_in_sample` int64, `value` float64, and `printed`, the
        value as quoted; `fact` is `source/measure/item` or with `/year` of the number of the 2024 edition
        that states the same quantity, or "". Grain: edition, measure and item.
    """
    numbers = {"edition": "int64", "firms_in_sample": "int64", "value": "float64"}
    return rows.assign(printed=rows["value"]).astype(numbers)


def reference(facts: pd.DataFrame) -> pd.Series:
    """Write the reference of every fact, `source/measure/item` and, where there is one, `/year`."""
    years = [f"/{year}" if pd.notna(year) else "" for year in facts["year"]]
    return facts["source"] + "/" + facts["measure"] + "/" + facts["item"] + pd.Series(years, index=facts.index)


def _cell_problems(rows: pd.DataFrame) -> Iterator[DataError]:
    for column, pattern in PATTERNS.items():
        for index in rows.index[~rows[column].str.fullmatch(pattern)]:
            cell = rows.at[index, column]
            yield _problem(index, column, cell, f"text that matches {pattern}", "Correct the cell.")
    numbers = rows[rows["value"].str.fullmatch(PATTERNS["value"]) & rows["unit"].isin(list(UNITS))]
    for row in numbers.itertuples():
        low, high = UNITS[str(row.unit)]
        if not low <= float(str(row.value)) <= high:
            expected = f"a number from {low:g} to {high:g}"
            yield _problem(row.Index, "value", row.value, expected, "Compare with the source.")


def _key_problems(rows: pd.DataFrame) -> Iterator[DataError]:
    for index in rows.index[rows.duplicated(KEY)]:
        key = " / ".join(rows.loc[index, KEY])
        yield _problem(index, None, key, f"one row for each {', '.join(KEY)}", "Remove one of the two rows.")


def _sample_problems(rows: pd.DataFrame) -> Iterator[DataError]:
    """Tell of editions with two sample sizes: an edition has one."""
    first = rows.groupby("edition")["firms_in_sample"].transform("first")
    for index in rows.index[rows["firms_in_sample"].ne(first)]:
        cell = rows.at[index, "firms_in_sample"]
        yield _problem(index, "firms_in_sample", cell, f"{first[index]}, as above", "Give an edition one sample size.")


def _fact_problems(rows: pd.DataFrame, facts: pd.DataFrame) -> Iterator[DataError]:
    printed = facts[facts["status"].eq("printed")]
    known = dict(zip(reference(printed), printed["unit"], strict=True))
    for row in rows[rows["fact"].ne("")].itertuples():
        parts = re.split("/", str(row.fact))
        same = parts[1:3] == [row.measure, row.item] and known.get(str(row.fact)) == row.unit
        if not same:
            expected = "a printed fact of the same measure, item and unit, or nothing"
            yield _problem(row.Index, "fact", row.fact, expected, "Correct it by facts.csv, or empty it.")


def _problem(index: object, column: str | None, value: object, expected: str, remedy: str) -> DataError:
    return DataError(FILE, line_of(int(str(index))), column, value, expected, remedy)
