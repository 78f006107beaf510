"""The table of firms: filtered, searched, sorted and paged where it lies on disk."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from analytics import store
from analytics.contract import NONE
from analytics.cubes import FIRM_FIELDS, NO_YEAR
from analytics.filters import Filters
from analytics.lookups import ask, ask_in_pieces, open_table

if TYPE_CHECKING:
    import ibis.expr.types as ir
    import pyarrow as pa

TABLE = "firm_values"
LONGEST_SEARCH = 80
MOST_ROWS = 500  # of one page
MOST_OFFSET = 2**31
CHUNK = 50_000  # rows of one piece of a file
# What files hold, in this order; all but the names can be sorted by, and `name`.
COLUMNS = (
    "id", "name_zh", "name_en", "province", "city", "layer", "founded_year", "employees", "listed",
    "revenue_cny", "rd_cost_cny", "intensity", "patents", "in_degree", "out_degree", "degree",
)  # fmt: skip
SORTED = ("name", "id", *COLUMNS[3:])
DEFAULT = "-degree"
EMPTY = {"province": NONE, "layer": NONE, "listed": NONE, "city": NONE, "founded_year": NO_YEAR}


@dataclass(frozen=True, slots=True)
class Question:
    """Which firms, in which order.

    Attributes
    ----------
    filters : Filters
        Of which only the fields of `analytics.cubes.FIRM_FIELDS` and `data` count.
    search : str
        Part of a name or of an id, as typed; empty for all.
    sort : str
        One of `SORTED`, after a minus for the largest first. What is not known comes last either way.
    lang : str
        Of the name that `name` sorts by.
    """

    filters: Filters
    search: str = ""
    sort: str = DEFAULT
    lang: str = "zh"


def read_question(query: Mapping[str, str], filters: Filters, lang: str) -> Question:
    """Read `search` and `sort` of a link; never fails: an unknown order is the usual one."""
    typed = "".join(letter for letter in query.get("search", "")[:LONGEST_SEARCH] if letter.isprintable())
    sort = query.get("sort", DEFAULT)
    return Question(filters, typed.strip(), sort if sort.removeprefix("-") in SORTED else DEFAULT, lang)


def count_firms(question: Question) -> int:
    """Count the firms that are asked for.

    Raises
    ------
    SnapshotError
        No snapshot, or a damaged one; so for every function of this module.
    """
    of = question.filters.only((*FIRM_FIELDS, "data"))
    return _count(Question(of, question.search), store.snapshot(of.data).name)


def count_all(data: str = "") -> int:
    """Count all firms of a data set."""
    return len(store.tables(data)[TABLE])


def page_of(question: Question, offset: int, limit: int) -> list[dict[str, Any]]:
    """Give some of the firms as dicts of `COLUMNS`, None where a value is not known.

    Parameters
    ----------
    question : Question
    offset, limit : int
        Rows to leave out, rows to give; what is out of bounds is brought into them. Firms that are equal in
        what they are sorted by stand in the order of their ids, so that pages do not overlap.
    """
    first, rows = min(max(offset, 0), MOST_OFFSET), min(max(limit, 0), MOST_ROWS)
    return ask(_ordered(question).limit(rows, offset=first)).to_pylist()


def pieces_of(question: Question) -> Iterator["pa.RecordBatch"]:
    """Give all the firms in pieces of at most `CHUNK` rows, of the columns `COLUMNS`; no piece where there is none."""
    return ask_in_pieces(_ordered(question), CHUNK)


@lru_cache(256)
def _count(question: Question, _snapshot: str) -> int:
    import ibis

    chosen = _chosen(open_table(TABLE, question.filters.data), question)
    return int(ask(chosen.agg(n=ibis._.count()))["n"][0].as_py())


def _chosen(firms: "ir.Table", question: Question) -> "ir.Table":
    import ibis

    for field, column in FIRM_FIELDS.items():
        if values := getattr(question.filters, field):
            firms = firms.filter(firms[column].isin(values))
    if question.search:
        part = ibis.literal(question.search).lower()
        found = [firms[name].lower().contains(part) for name in ("name_zh", "name_en", "id")]
        firms = firms.filter(ibis.or_(*(one.fill_null(False) for one in found)))
    return firms


def _ordered(question: Question) -> "ir.Table":
    import ibis

    firms = _chosen(open_table(TABLE, question.filters.data), question)
    firms = firms.mutate(**{name: firms[name].nullif(none) for name, none in EMPTY.items()})
    other = "en" if question.lang == "zh" else "zh"
    by = question.sort.removeprefix("-")
    key = ibis.coalesce(firms[f"name_{question.lang}"], firms[f"name_{other}"], firms.id) if by == "name" else firms[by]
    order = ibis.desc if question.sort.startswith("-") else ibis.asc
    ties = [] if by == "id" else [firms.id]
    return firms.order_by(order(key, nulls_first=False), *ties).select(*COLUMNS)
