"""Which column of a file is which column of the contract."""

import csv
import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import Path

from analytics.contract import TABLES, Table
from analytics.errors import DataError, raise_all
from analytics.ingest.limits import Watch
from analytics.ingest.text import open_text, read_text_facts

MAPPING_COLUMNS = ("table", "header", "column")
Words = Mapping[tuple[str, str], str]  # (table, folded header) -> column


def folded(header: str) -> str:
    """Write a header in the form in which two of them are compared.

    Full-width and half-width, large and small letters are the same, and so are spaces, hyphens
    and underscores.
    """
    plain = unicodedata.normalize("NFKC", header).casefold().replace("\ufeff", "")
    return "".join(letter for letter in plain if not letter.isspace() and letter not in "_-")


def match_headers(table: Table, headers: Sequence[str], words: Words, file: str) -> dict[str, int]:
    """Find the columns of a table among the headers of a file.

    Parameters
    ----------
    headers : sequence of str
        As found, in order.
    words : mapping
        What the user's own mapping says, as `read_mapping` gives it; it comes first.

    Returns
    -------
    dict of str to int
        Contract column -> position of its header, in the order of the file.

    Raises
    ------
    DataErrors
        Two headers mean one column, or no set of `table.either` is complete.
    """
    known = {folded(word): one.name for one in table.columns for word in (one.name, *one.headers)}
    known |= {header: column for (name, header), column in words.items() if name == table.name}
    meant = [known.get(folded(header)) for header in headers]
    raise_all(_twice(headers, meant, file))
    found = {column: position for position, column in enumerate(meant) if column}
    if not any(set(columns) <= found.keys() for columns in table.either):
        raise_all([_incomplete(table, headers, file)])
    return found


def read_mapping(path: Path | None, watch: Watch) -> Words:
    """Read a user's mapping: a CSV of `table,header,column`; no path gives an empty one.

    Raises
    ------
    DataErrors
        The file has other columns, or names a table or column that the contract has not.
    """
    if path is None:
        return {}
    watch.allow("mapping_bytes", path.stat().st_size, path.name)
    facts = read_text_facts(path)
    with open_text(path, facts.encoding) as text:
        rows = list(csv.reader(text, delimiter=facts.delimiter))[1:]
    if tuple(folded(header) for header in facts.headers) != MAPPING_COLUMNS:
        found = ", ".join(facts.headers)
        remedy = "Write the three headers in this order."
        raise_all([DataError(path.name, 1, None, found, ", ".join(MAPPING_COLUMNS), remedy)])
    words = {number: [cell.strip() for cell in row] for number, row in enumerate(rows, 2) if any(row)}
    raise_all(error for number, row in words.items() for error in _mapping_problems(row, number, path.name))
    return {(table, folded(header)): column for table, header, column in words.values()}


def _twice(headers: Sequence[str], meant: Sequence[str | None], file: str) -> list[DataError]:
    problems = []
    for position, column in enumerate(meant):
        first = meant.index(column)
        if column and first < position:
            expected = f"one header for {column}; {headers[first]!r} means it too"
            remedy = "Remove one of the two columns."
            problems.append(DataError(file, 1, headers[position], headers[position], expected, remedy))
    return problems


def _incomplete(table: Table, headers: Sequence[str], file: str) -> DataError:
    wanted = ", or ".join(" and ".join(columns) for columns in table.either)
    found = ", ".join(header[:40] for header in headers[:20])
    remedy = "Name the columns so, or say in mapping.csv which header means which column."
    return DataError(file, 1, None, found, f"the columns {wanted}", remedy)


def _mapping_problems(row: list[str], number: int, file: str) -> list[DataError]:
    columns = {table.name: table.names() for table in TABLES}
    if len(row) != len(MAPPING_COLUMNS):
        return [DataError(file, number, None, f"{len(row)} cells", "3 cells", "Write table, header, column.")]
    table, _, column = row
    if table not in columns:
        return [DataError(file, number, "table", table, f"one of {', '.join(columns)}", "Correct the table.")]
    if column not in columns[table]:
        expected = f"one of {', '.join(columns[table])}"
        return [DataError(file, number, "column", column, expected, "Correct the column.")]
    return []
