"""Reads a small CSV file as text, so that a code like `06` or a value like `30.60` stays so."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from analytics.errors import DataError, raise_all

# Line 1 of the file is the header, so the frame's row 0 is line 2.
FIRST_LINE = 2


def read_text_table(path: Path, columns: tuple[str, ...]) -> pd.DataFrame:
    """Read a UTF-8 CSV file into a frame of strings.

    Parameters
    ----------
    path : Path
        The file.
    columns : tuple of str
        The columns that it must have, exactly and in this order.

    Returns
    -------
    DataFrame
        One row a line, all columns `str`, an empty cell as "" (never NaN), index 0..n-1.

    Raises
    ------
    DataErrors
        The file is missing, not UTF-8, has a byte order mark, a ragged row, or other columns.
    """
    frame = _parse(path)
    raise_all(_column_problems(frame, columns, path.name))
    return frame


def line_of(index: int) -> int:
    """Give the line in the file of a row of the frame that `read_text_table` returned."""
    return index + FIRST_LINE


def _parse(path: Path) -> pd.DataFrame:
    try:
        text = path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        remedy = "Restore the file, or point --data at the folder that holds it."
        raise_all([DataError(path.name, None, None, "nothing", "the file to exist", remedy)])
    except UnicodeDecodeError as error:
        remedy = "Save the file as UTF-8."
        raise_all([DataError(path.name, None, None, str(error), "UTF-8 text", remedy)])
    return _split(text, path)


def _split(text: str, path: Path) -> pd.DataFrame:
    if text.startswith("\ufeff"):
        remedy = "Save the file as UTF-8 without a byte order mark."
        raise_all([DataError(path.name, 1, None, "byte order mark", "plain UTF-8", remedy)])
    # Not read by pandas' own parser: it fills a short row with blanks without a word.
    lines = list(csv.reader(io.StringIO(text, newline="")))
    header, body = (lines[0], lines[1:]) if lines else ([], [])
    raise_all(_ragged(body, len(header), path.name))
    return pd.DataFrame(body, columns=pd.Index(header, dtype="str"), dtype="str")


def _ragged(body: list[list[str]], width: int, file: str) -> Iterator[DataError]:
    for index, cells in enumerate(body):
        if len(cells) != width:
            remedy = "Put text that holds a comma in double quotes; remove blank lines."
            found = f"{len(cells)} cells"
            yield DataError(file, line_of(index), None, found, f"{width} cells", remedy)


def _column_problems(frame: pd.DataFrame, columns: tuple[str, ...], file: str) -> Iterator[DataError]:
    for name in columns:
        if name not in frame.columns:
            yield DataError(file, 1, name, "no such column", "the column", f"Add `{name}`.")
    for name in frame.columns:
        if name not in columns:
            remedy = f"Remove it; the columns are {', '.join(columns)}."
            yield DataError(file, 1, str(name), name, "a known column", remedy)
    if set(frame.columns) == set(columns) and tuple(frame.columns) != columns:
        remedy = f"Order the columns as {', '.join(columns)}."
        yield DataError(file, 1, None, ", ".join(frame.columns), "each column once, in order", remedy)
