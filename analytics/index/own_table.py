"""A reader's own table of indicators: read, checked, and kept nowhere."""

import csv
import io
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from analytics.errors import DataError, raise_all

FILE = "indicator table"  # its name in messages, see the phrases
# A table of 34 provinces and some columns has 5,000 characters.
MOST_CHARACTERS, MOST_COLUMNS, LONGEST_NAME = 100_000, 20, 60
DELIMITERS = (",", "\t", ";", "，", "；")
# 1234, 1,234, 1.5, 1e6; a comma stands between thousands only, as 1,5 could mean two things.
NUMBER = re.compile(r"[+-]?(\d+|\d{1,3}(,\d{3})+)(\.\d*)?([eE][+-]?\d{1,2})?", re.ASCII)
LARGEST = 1e30  # squares of it still fit a float
Row = tuple[int, list[str]]  # line in the table (1 = header), cells


@dataclass(frozen=True, slots=True)
class OwnTable:
    """Indicators that a reader brought along.

    Attributes
    ----------
    values : DataFrame
        Index: two-digit codes of the provinces in the table; a column of finite numbers for each indicator.
    """

    values: pd.DataFrame


def read_own_table(text: str, provinces: pd.DataFrame) -> OwnTable:
    """Read a table whose first column names provinces and whose other columns are indicators.

    Parameters
    ----------
    text : str
        With a header; cells apart by comma, tab or semicolon.
    provinces : DataFrame
        As `analytics.store.provinces` gives it; a province may go by its code, its short, full or English name.

    Raises
    ------
    DataErrors
        Every problem of the table: no rows, names twice, an unknown or repeated province, a cell
        that is empty or no number, a row with too few or too many cells.
    """
    header, rows = _split(text)
    raise_all(_header_problems(header))
    codes = _codes(provinces)
    problems = [*_row_problems(rows, header), *_place_problems(rows, header, codes), *_cell_problems(rows, header)]
    raise_all(sorted(problems, key=lambda one: one.info.row or 0))
    index = [codes[_key(cells[0])] for _, cells in rows]
    values = [[_number(cell) for cell in cells[1:]] for _, cells in rows]
    return OwnTable(pd.DataFrame(values, index=index, columns=header[1:], dtype=float))


def _split(text: str) -> tuple[list[str], list[Row]]:
    """Give the header and the rows that hold anything."""
    if len(text) > MOST_CHARACTERS:
        remedy = "Leave only the columns that are needed."
        raise_all([DataError(FILE, None, None, len(text), f"at most {MOST_CHARACTERS} characters", remedy)])
    clean = unicodedata.normalize("NFC", text).lstrip("\ufeff").replace("\0", "")
    first = next((line for line in clean.splitlines() if line.strip()), "")
    delimiter = max(DELIMITERS, key=first.count)
    cells: list[list[str]] = []
    try:
        cells = [[cell.strip() for cell in row] for row in csv.reader(io.StringIO(clean), delimiter=delimiter)]
    except csv.Error as error:
        remedy = "Close the quote, and write a quote inside a cell twice."
        raise_all([DataError(FILE, None, None, error, "quotes that open and close", remedy)])
    rows = [(line, row) for line, row in enumerate(cells, start=1) if any(row)]
    if len(rows) < 2:
        remedy = "Write the names of the columns into the first row, and one province into each row below."
        raise_all([DataError(FILE, None, None, "", "a header and at least one row", remedy)])
    return rows[0][1], rows[1:]


def _header_problems(header: list[str]) -> Iterator[DataError]:
    if not 2 <= len(header) <= MOST_COLUMNS + 1:
        remedy = "Put provinces into the first column and an indicator into each column after it."
        expected = f"one column of provinces and 1 to {MOST_COLUMNS} columns of indicators"
        yield DataError(FILE, 1, None, f"{len(header)} columns", expected, remedy)
    for at, name in enumerate(header[1:], start=2):
        if not name or len(name) > LONGEST_NAME:
            remedy = "Write a short name into the first row."
            yield DataError(FILE, 1, str(at), name, f"a name of 1 to {LONGEST_NAME} characters", remedy)
        elif name in header[1 : at - 1]:
            yield DataError(FILE, 1, name, name, "names that come once", "Remove one of the two columns.")


def _row_problems(rows: list[Row], header: list[str]) -> Iterator[DataError]:
    for line, cells in rows:
        if len(cells) != len(header):
            remedy = "Put text that holds the delimiter in double quotes, and fill up short rows."
            yield DataError(FILE, line, None, f"{len(cells)} cells", f"{len(header)} cells", remedy)


def _place_problems(rows: list[Row], header: list[str], codes: dict[str, str]) -> Iterator[DataError]:
    met: dict[str, int] = {}
    for line, cells in rows:
        code = codes.get(_key(cells[0]))
        if code is None:
            remedy = "Write a two-digit code, a short name, a full name or an English name."
            yield DataError(FILE, line, header[0] or "1", cells[0], "a province-level unit of China", remedy)
        elif code in met:
            expected, remedy = f"a province that comes once; row {met[code]} has it too", "Keep one of the two."
            yield DataError(FILE, line, header[0] or "1", cells[0], expected, remedy)
        else:
            met[code] = line


def _cell_problems(rows: list[Row], header: list[str]) -> Iterator[DataError]:
    for line, cells in rows:
        for name, cell in zip(header[1:], cells[1:], strict=False):
            if not cell:
                remedy = "Fill the cell in, or remove the row: a province without a value gets no rank."
                yield DataError(FILE, line, name, "", "a number", remedy)
            elif _number(cell) is None:
                remedy = "Write digits only, as 1234.5, without a unit."
                yield DataError(FILE, line, name, cell, "a number", remedy)


def _codes(provinces: pd.DataFrame) -> dict[str, str]:
    words = [provinces[column] for column in ("code", "adcode", "name_zh", "fullname_zh", "name_en")]
    return {_key(word): code for column in words for word, code in zip(column, provinces["code"], strict=True)}


def _key(word: str) -> str:
    return "".join(unicodedata.normalize("NFKC", word).casefold().split())


def _number(cell: str) -> float | None:
    plain = unicodedata.normalize("NFKC", cell).replace("−", "-").strip()
    if not NUMBER.fullmatch(plain):
        return None
    value = float(plain.replace(",", ""))
    return value if abs(value) <= LARGEST else None
