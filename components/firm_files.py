"""Answers to the table of firms: its rows, and the same firms as CSV or XLSX."""

import io
from collections.abc import Iterator
from itertools import chain
from typing import Any
from urllib.parse import urlencode

import pandas as pd
from flask import Blueprint, Response, jsonify, request

from analytics import store
from analytics.filters import Filters, parse
from analytics.firm_table import COLUMNS, DEFAULT, Question, count_all, count_firms, page_of, pieces_of, read_question
from components.address import at
from components.dataset_files import XLSX
from components.files import reader_language
from components.firm_words import code_names, name_of, write_cell
from components.i18n import t
from components.shell import link_to
from components.sources import FORMULA_STARTS, write_csv

SHOWN = COLUMNS[3:]  # beside the name
PAGE = 100  # rows of a page, unless the link says
MOST_SHEET = 200_000  # rows of a workbook, which takes a second for every ten thousand
WHOLE = ("founded_year", "employees", "patents")

firm_files = Blueprint("firm_files", __name__)


@firm_files.get("/firms.json")
def firm_rows() -> Response:
    """Send the rows `start` to `end` of the table as they are shown, and how many firms there are."""
    question = _question()
    start = _whole("start", 0)
    rows = page_of(question, start, _whole("end", start + PAGE) - start)
    count, lang = count_firms(question), question.lang
    said = t("firms.count", lang, n=f"{count:,}", all=f"{count_all(question.filters.data):,}")
    files = {form: _file_link(question, form) for form in ("csv", "xlsx")}
    return jsonify({"rows": _shown(rows, question.filters, lang), "count": count, "said": said, **files})


@firm_files.get("/firms.csv")
def firms_csv() -> Response:
    """Send all firms of the selection and the search, in their order."""
    pieces = _pieces(_question())
    first = next(pieces)  # here, so that what is wrong with the data is told by the answer's status
    return _file(chain([write_csv(first)], map(_lines, pieces)), "csv", "text/csv")


@firm_files.get("/firms.xlsx")
def firms_xlsx() -> Response:
    """Send the same as a workbook."""
    question = _question()
    if count_firms(question) > MOST_SHEET:
        said = t("firms.too_many", question.lang, most=f"{MOST_SHEET:,}")
        return Response(said + "\n", status=413, mimetype="text/plain")
    return _file([_workbook(_pieces(question))], "xlsx", XLSX)


def _question() -> Question:
    lang = reader_language()
    return read_question(request.args, parse(request.args.to_dict(flat=False)).filters, lang)


def _whole(key: str, default: int) -> int:
    text = request.args.get(key, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else default


def _shown(rows: list[dict[str, Any]], filters: Filters, lang: str) -> list[dict[str, str]]:
    """Write the cells of some firms, each with the link to its profile."""
    return [
        {
            "href": link_to("firm", lang, filters, id=row["id"]),
            "name": name_of(row, lang),
            **{column: write_cell(column, row[column], lang) for column in SHOWN},
        }
        for row in rows
    ]


def _file_link(question: Question, form: str) -> str:
    said = {"search": question.search, "sort": "" if question.sort == DEFAULT else question.sort}
    query = {**question.filters.to_query(), **{key: value for key, value in said.items() if value}}
    return at(f"/firms.{form}?{urlencode({**query, 'lang': question.lang}, safe=',')}")


def _pieces(question: Question) -> Iterator[pd.DataFrame]:
    """Give the rows of a file in pieces, at least one, with names beside the codes and what the numbers are."""
    kind = store.snapshot(question.filters.data).manifest["dataset"]["kind"]
    status = "modelled" if kind == "reconstruction" else "own"
    some = (piece.to_pandas() for piece in pieces_of(question))
    first = next(some, pd.DataFrame(columns=list(COLUMNS)))
    return (_named(piece, question.lang).assign(status=status) for piece in chain([first], some))


def _named(rows: pd.DataFrame, lang: str) -> pd.DataFrame:
    rows = rows.astype(dict.fromkeys(WHOLE, "Int64"))
    for column, table in (("province", "provinces"), ("layer", "layers")):
        rows.insert(rows.columns.get_loc(column) + 1, f"{column}_name", rows[column].map(code_names(table, lang)))
    return rows


def _lines(piece: pd.DataFrame) -> bytes:
    """Write a further piece of a file, which has its head already."""
    return write_csv(piece).partition(b"\r\n")[2]


def _workbook(pieces: Iterator[pd.DataFrame]) -> bytes:
    # Here, not above: few ask for it, and what writes workbooks takes 20 MB of every worker.
    from openpyxl import Workbook

    book, content = Workbook(write_only=True), io.BytesIO()
    sheet = book.create_sheet("firms")
    for number, piece in enumerate(pieces):
        if number == 0:
            sheet.append(list(piece.columns))
        for row in piece.astype(object).itertuples(index=False):
            sheet.append([_sheet_cell(cell) for cell in row])
    book.save(content)
    return content.getvalue()


def _sheet_cell(cell: Any) -> Any:
    """Give a cell that no spreadsheet runs and every spreadsheet reads."""
    if not isinstance(cell, str):
        return None if pd.isna(cell) else cell
    plain = "".join(letter for letter in cell if letter.isprintable() or letter in "\t\n")
    return f"'{plain}" if plain.startswith(FORMULA_STARTS) else plain


def _file(content: Any, form: str, kind: str) -> Response:
    answer = Response(content, mimetype=kind)
    answer.headers["Content-Disposition"] = f'attachment; filename="firms.{form}"'
    return answer
