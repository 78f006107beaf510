"""What a cell says, and which rule it breaks: one Ibis expression a column, for every engine."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir

from analytics.contract import Column, Table
from analytics.ingest.codes import code_key, narrow, swap
from analytics.ingest.rules import UNKNOWN
from analytics.ingest.sheets import FORMULA

PROBLEM = "__problem"  # suffix of the column that says which rule a cell breaks
TEXT, VALUE = "__text", "__value"  # suffixes of what a text is and says
RAW = "__raw"  # suffix of the column that keeps the text of a cell which breaks a rule
ODD_SPACES = "\u3000\u00a0\u200b\ufeff\t\r\n"
WIDE_SIGNS, NARROW_SIGNS = "，．－＋／", ",.-+/"
# 1234, 1,234, 1.5, 1e6; a comma stands between thousands only, as 1,5 could mean two things.
NUMBER = r"^[+-]?([0-9]+|[0-9]{1,3}(,[0-9]{3})+)(\.[0-9]*)?([eE][+-]?[0-9]{1,3})?$"
# 2010-05-01, 2010/5, 2010.5.1, 2010年5月; group 1 is the year.
DATE = r"^([0-9]{4})([-/年].*|\.[0-9]{1,2}\.[0-9]{1,2})$"
LARGEST = 2.0**53  # above, a float no longer holds every whole number
TRUE = ("true", "t", "yes", "y", "1", "1.0", "是", "已上市", "上市", "listed")
FALSE = ("false", "f", "no", "n", "0", "0.0", "否", "未上市", "非上市", "unlisted")
# Future years are slips in these; the years of a sample may lie ahead.
PAST = ("founded_year", "year")


Hold = Callable[[str, ir.Table], ir.Table]


@dataclass(frozen=True)
class Cell:
    """What a cell says (null if nothing usable), and the code of the rule it breaks, or null."""

    value: ir.Value
    problem: ir.StringValue


def engine_type(column: Column) -> str:
    """Give the type of a column in clean tables."""
    if column.unit == "year":
        return "int32"
    types = {"integer": "int64", "number": "float64", "boolean": "boolean"}
    return types.get(column.type, "string")


def read_cells(
    raw: ir.Table,
    table: Table,
    codes: Mapping[str, ir.Table],
    this_year: int,
    by_row: bool = False,
    hold: Hold | None = None,
) -> ir.Table:
    """Give a raw table its types, cell by cell.

    Parameters
    ----------
    raw : Table
        `row` and any of the table's columns, all text.
    codes : mapping of str to Table
        As `analytics.ingest.codes.code_tables` gives it.
    this_year : int
        A later year has not begun.
    by_row : bool
        Read text where it stands, not once for each different text: cheaper where most texts differ.
    hold : callable, optional
        Name, table -> the same table, computed: engines plan better with what is known to be small. The texts
        that break a rule are then kept as `<column>__raw`.

    Returns
    -------
    Table
        `row`, every column of the contract, for each column that `raw` has `<column>__problem`, and
        `blank`: whether nothing stands in the row.
        Grain: as `raw`.
    """
    present = [column for column in table.columns if column.name in raw.columns]
    cells = raw
    for column in present:
        if by_row and column.type == "text":
            cells = _in_place(column, cells, this_year)
        else:
            readings = _readings(column, raw, codes, this_year)
            held = hold(f"readings_{table.name}_{column.name}", readings) if hold else readings
            cells = _join(cells, held, column.name)
    values = {column.name: cells[column.name + VALUE] for column in present}
    problems = {column.name + PROBLEM: cells[column.name + PROBLEM] for column in present}
    absent = {column.name: ibis.null(engine_type(column)) for column in table.columns if column not in present}
    blank = ibis.and_(*(value.isnull() for value in (*values.values(), *problems.values())))
    raws = {name + RAW: cells[name + PROBLEM].notnull().ifelse(cells[name], ibis.null("string")) for name in values}
    problems |= raws if hold else {}
    named = {name: (values | absent)[name] for name in table.names()}
    return cells.select("row", **named, **problems, blank=blank)


def plain(text: ir.StringValue) -> ir.StringValue:
    """Take odd spaces out of a text; nothing is null."""
    return swap(text, ODD_SPACES, " " * len(ODD_SPACES)).strip().nullif("")


def _readings(column: Column, raw: ir.Table, codes: Mapping[str, ir.Table], this_year: int) -> ir.Table:
    """Give what each text of a column says; a text is read once, however many rows hold it."""
    name = column.name
    texts = raw.select(text=raw[name]).distinct().filter(ibis._.text.notnull())
    texts = texts.mutate(plain=plain(texts["text"]))
    if column.type == "code":
        words = codes[column.allowed]
        texts = texts.left_join(words, code_key(texts["plain"]) == words["key"])
    cell = _cell(column, texts, this_year)
    return texts.select(**{name + TEXT: "text", name + VALUE: cell.value, name + PROBLEM: cell.problem})


def _in_place(column: Column, cells: ir.Table, this_year: int) -> ir.Table:
    texts = cells.mutate(plain=plain(cells[column.name]))
    cell = _cell(column, texts, this_year)
    return texts.mutate(**{column.name + VALUE: cell.value, column.name + PROBLEM: cell.problem}).drop("plain")


def _join(cells: ir.Table, readings: ir.Table, name: str) -> ir.Table:
    return cells.left_join(readings, cells[name] == readings[name + TEXT]).drop(name + TEXT)


def _cell(column: Column, texts: ir.Table, this_year: int) -> Cell:
    text = texts["plain"]
    if column.type == "code":
        cell = _code(text, texts["code"], UNKNOWN[column.allowed])
    elif column.type == "boolean":
        cell = _boolean(text)
    elif column.type == "text":
        cell = Cell(narrow(text) if column.required else text, ibis.null("string"))
    else:
        cell = _number(column, text, this_year)
    is_formula = text.startswith(FORMULA)
    problem = is_formula.ifelse("formula_cell", cell.problem)
    return Cell(problem.isnull().ifelse(cell.value, ibis.null(engine_type(column))), problem)


def _code(text: ir.StringValue, code: ir.StringValue, rule: str) -> Cell:
    return Cell(code, (text.notnull() & code.isnull()).ifelse(rule, ibis.null("string")))


def _boolean(text: ir.StringValue) -> Cell:
    word = code_key(text)
    value = ibis.cases((word.isin(TRUE), True), (word.isin(FALSE), False))
    return Cell(value, (text.notnull() & value.isnull()).ifelse("not_boolean", ibis.null("string")))


def _number(column: Column, text: ir.StringValue, this_year: int) -> Cell:
    is_year = column.unit == "year"
    signs = swap(narrow(text), WIDE_SIGNS, NARROW_SIGNS)
    digits = signs.re_replace(DATE, r"\1") if is_year else signs
    number = digits.re_search(NUMBER).ifelse(digits.replace(",", "").try_cast("float64"), ibis.null("float64"))
    broken = [(text.notnull() & number.isnull(), "not_a_number"), (number.abs() >= LARGEST, "too_large")]
    if column.type == "integer":
        broken.append((number != number.floor(), "not_whole"))
    if is_year:
        broken += _year_rules(column, number, this_year)
    elif column.low is not None:
        broken.append((number < 0, "negative_number"))
        broken.append((number < column.low, "zero_count"))
    return Cell(number.try_cast(engine_type(column)), ibis.cases(*broken))


def _year_rules(column: Column, number: ir.FloatingValue, this_year: int) -> list[tuple[ir.BooleanValue, str]]:
    rules = [(~number.between(column.low, column.high), "impossible_year")]
    return [*rules, (number > this_year, "future_year")] if column.name in PAST else rules
