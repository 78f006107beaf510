"""Reads CSV files of whatever encoding and delimiter, in pieces, as text."""

import codecs
import csv
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

import pyarrow as pa
import pyarrow.csv as pc

from analytics.errors import MAX_PROBLEMS, DataError, raise_all

ENCODINGS = ("utf-8", "gb18030")
UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
DELIMITERS = (",", ";", "\t")
CHUNK = 1 << 20
# A row longer than this is no row of a table; it also bounds what is held at a time.
LONGEST_ROW = 1 << 20


@dataclass(frozen=True, slots=True)
class TextFacts:
    """What must be known of a CSV file before it can be read."""

    encoding: str
    delimiter: str
    headers: tuple[str, ...]
    has_rows: bool


def read_text_facts(path: Path) -> TextFacts:
    """Tell encoding, delimiter and headers of a CSV file; every byte is looked at.

    The encoding is UTF-8 if all of the file is valid UTF-8, else GB18030; a mark of byte order
    is skipped. The delimiter is the one of comma, semicolon and tab that splits the header into
    most cells.

    Raises
    ------
    DataError
        Neither encoding fits, the file holds NUL, has no header, or a quote stays open.
    """
    encoding, odd_quotes = _encoding(path)
    with open_text(path, encoding) as text:
        head = text.read(LONGEST_ROW)
    delimiter, headers, has_rows = _header(head, path.name)
    if odd_quotes:
        _check_quotes(path, encoding, delimiter)
    return TextFacts(encoding, delimiter, headers, has_rows)


def open_text(path: Path, encoding: str) -> TextIO:
    """Open a CSV file behind its mark of byte order, line ends as they are."""
    text = path.open(encoding=encoding, newline="")
    if text.read(1) != "\ufeff":
        text.seek(0)
    return text


def read_text_batches(path: Path, facts: TextFacts, wanted: Sequence[int], file: str) -> Iterator[pa.RecordBatch]:
    """Give the rows below the header in pieces: the wanted columns as text, blank cells null.

    Raises
    ------
    DataErrors
        Rows with more or fewer cells than the header, or a row of more than `LONGEST_ROW` bytes.
    """
    if not facts.has_rows:
        return  # Arrow takes a header without a line end for a row without an end.
    ragged: list[DataError] = []

    def refuse(row: pc.InvalidRow) -> str:
        found, expected = f"{row.actual_columns} cells", f"{row.expected_columns} cells"
        remedy = "Put text that holds the delimiter in double quotes, and fill up short rows."
        ragged.append(DataError(file, row.number, None, found, expected, remedy))
        return "skip" if len(ragged) < MAX_PROBLEMS else "error"

    try:
        yield from pc.open_csv(path, *_options(facts, wanted, refuse))
    except pa.ArrowInvalid as error:
        raise_all(ragged)
        raise _unreadable(error, file) from error
    raise_all(ragged)


def _options(
    facts: TextFacts, wanted: Sequence[int], refuse: Callable[[pc.InvalidRow], str]
) -> tuple[pc.ReadOptions, pc.ParseOptions, pc.ConvertOptions]:
    names = [str(position) for position in range(len(facts.headers))]
    return (
        # One thread: only then are rows numbered for `refuse`.
        pc.ReadOptions(
            use_threads=False,
            block_size=LONGEST_ROW,
            column_names=names,
            skip_rows_after_names=1,
            encoding=facts.encoding,
        ),
        pc.ParseOptions(
            delimiter=facts.delimiter,
            newlines_in_values=True,
            # Blank rows are read as empty ones, so that the rows below keep their numbers.
            ignore_empty_lines=False,
            invalid_row_handler=refuse,
        ),
        pc.ConvertOptions(
            include_columns=[names[position] for position in wanted],
            column_types=dict.fromkeys(names, pa.string()),
            strings_can_be_null=True,
            null_values=[""],
        ),
    )


def _unreadable(error: pa.ArrowInvalid, file: str) -> DataError:
    expected = f"rows of at most {LONGEST_ROW} bytes whose quotes open and close"
    return DataError(file, None, None, str(error)[:200], expected, "Look for a quote that is never closed.")


def _encoding(path: Path) -> tuple[str, bool]:
    with path.open("rb") as file:
        if file.read(2) in UTF16:
            raise DataError(path.name, 1, None, "UTF-16", "UTF-8 or GB18030", "Save the file as CSV UTF-8.")
    failures = []
    for encoding in ENCODINGS:
        try:
            return encoding, _has_odd_quotes(path, encoding)
        except UnicodeDecodeError as error:
            failures.append(error.start)
    # The encoding that goes farther is more likely meant.
    raise _undecodable(path, max(failures))


def _has_odd_quotes(path: Path, encoding: str) -> bool:
    """Decode all of a file; `UnicodeDecodeError.start` then counts from the file's start."""
    decoder, n_bytes, n_quotes = codecs.getincrementaldecoder(encoding)(), 0, 0
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            pending = len(decoder.getstate()[0])
            _check_nul(chunk, n_bytes, path)
            n_quotes += _decoded(decoder, chunk, n_bytes - pending).count('"')
            n_bytes += len(chunk)
    _decoded(decoder, b"", n_bytes - len(decoder.getstate()[0]), final=True)
    return n_quotes % 2 == 1


def _decoded(decoder: codecs.IncrementalDecoder, chunk: bytes, start: int, final: bool = False) -> str:
    try:
        return decoder.decode(chunk, final)
    except UnicodeDecodeError as error:
        error.start += start
        raise


def _check_nul(chunk: bytes, start: int, path: Path) -> None:
    if (position := chunk.find(b"\0")) >= 0:
        remedy = "The file is damaged or no text; save the table as CSV UTF-8."
        raise DataError(path.name, _line(path, start + position), None, "a NUL byte", "text", remedy)


def _undecodable(path: Path, position: int) -> DataError:
    with path.open("rb") as file:
        file.seek(position)
        found = f"byte 0x{file.read(1).hex() or '?'} at position {position}"
    return DataError(path.name, _line(path, position), None, found, "UTF-8 or GB18030", "Save the file as CSV UTF-8.")


def _line(path: Path, position: int) -> int:
    """Give the line, from 1, in which a byte stands."""
    line = 1
    with path.open("rb") as file:
        while position > 0 and (chunk := file.read(min(CHUNK, position))):
            line, position = line + chunk.count(b"\n"), position - len(chunk)
    return line


def _header(head: str, file: str) -> tuple[str, tuple[str, ...], bool]:
    found = [(delimiter, *_first_row(head, delimiter)) for delimiter in DELIMITERS]
    # The first one wins, so that a header which nothing splits is one column.
    delimiter, cells, has_rows = max(found, key=lambda one: len(one[1]))
    if (len(head) == LONGEST_ROW and not has_rows) or not cells:
        raise _endless(file)
    if not any(cell.strip() for cell in cells):
        raise DataError(file, 1, None, "no header", "the names of the columns", "Write them into the first row.")
    return delimiter, tuple(cell.strip() for cell in cells), has_rows


def _first_row(head: str, delimiter: str) -> tuple[list[str], bool]:
    """Give the cells of the first row, none if they are too long, and whether there is another row."""
    reader = csv.reader(io.StringIO(head, newline=""), delimiter=delimiter)
    try:
        cells = next(reader, []) or [""]
    except csv.Error:
        return [], True
    try:
        return cells, next(reader, None) is not None
    except csv.Error:
        return cells, True


def _endless(file: str) -> DataError:
    expected = f"a header of at most {LONGEST_ROW} characters"
    return DataError(file, 1, None, "a header without an end", expected, "Check the quotes and line ends.")


def _check_quotes(path: Path, encoding: str, delimiter: str) -> None:
    with open_text(path, encoding) as text:
        reader = csv.reader(text, delimiter=delimiter, strict=True)
        try:
            for _ in reader:
                pass
        except csv.Error as error:
            remedy = "Close the quote, and write a quote inside a cell twice."
            expected = "quotes that open and close"
            raise DataError(path.name, reader.line_num, None, str(error), expected, remedy) from error
