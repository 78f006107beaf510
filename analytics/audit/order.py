"""Rules about order: ranks, ties, sorted lists, series that cannot fall, limits of classes, decimals."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from analytics.audit.book import Book, Printed
from analytics.audit.checks import CHANGE_OF_BASE, CONTRADICTION, GAP, SLIP, Check, about
from analytics.audit.relations import BOUNDS, COUNTED_CLASSES, CUMULATIVE, RANKED, SORTED

RANK = "rank_"


def check_order(book: Book) -> Iterator[Check]:
    """Check everything that must come in an order."""
    for source, measure in book.measures():
        if measure.startswith(RANK):
            yield from _sequence(book, source, measure)
    for source, rank, value in RANKED:
        yield from _ties(book, source, rank, value)
    for source, measure in SORTED:
        yield _sorted(book.all(source, measure))
    for source, measure in CUMULATIVE:
        yield from _rising(book.all(source, measure))
    for source, smaller, larger in BOUNDS:
        yield from _bounds(book, source, smaller, larger)
    for source, measure in COUNTED_CLASSES:
        yield _limits(book.all(source, measure))
    for source, measure in book.measures():
        yield from _decimals(book.all(source, measure))


def _sequence(book: Book, source: str, measure: str) -> Iterator[Check]:
    """Compare each rank with the place that the value, or else the order of naming, gives it."""
    ranks = book.all(source, measure)
    value = next((one[2] for one in RANKED if one[:2] == (source, measure)), "")
    values = {one.item: one.value for one in book.all(source, value)} if value else {}
    places = _places(ranks, values)
    # A rank that stands alone, such as a country's in the world, has nothing beside it.
    for fact in ranks if len(ranks) > 1 else []:
        low, high = places[fact.item]
        computed = str(min(max(int(fact.text), low), high))
        formula = ", ".join(f"{values[one.item]}" if one.item in values else one.text for one in ranks)
        yield about(fact, "rank_order", SLIP, computed, formula, fact.text == computed)


def _places(ranks: list[Printed], values: dict[str, Decimal]) -> dict[str, tuple[int, int]]:
    """Give the best and worst place that each item can have; equal values share theirs."""
    known = [values[one.item] for one in ranks if one.item in values]
    found = {}
    for position, one in enumerate(ranks, 1):
        own = values.get(one.item)
        above = sum(other > own for other in known) if own is not None else position - 1
        found[one.item] = (above + 1, above + known.count(own) if own is not None else position)
    return found


def _ties(book: Book, source: str, rank: str, value: str) -> Iterator[Check]:
    """Find ranks that differ where the printed values do not."""
    ranks = {one.item: one for one in book.all(source, rank)}
    rows = [one for one in book.all(source, value) if one.item in ranks]
    for first, second in pairwise(sorted(rows, key=lambda one: -one.value)):
        one, other = ranks[first.item], ranks[second.item]
        tied = first.value == second.value
        formula = f"{first.text} {'=' if tied else '>'} {second.text}"
        check = about(other, "rank_tie", GAP, one.text, formula, not tied or one.text == other.text)
        both_zh, both_en = f"{first.name_zh}、{second.name_zh}", f"{first.name_en}, {second.name_en}"
        yield replace(check, name_zh=both_zh, name_en=both_en)


def _sorted(rows: list[Printed]) -> Check:
    """Find the first row of a list that stands below a smaller one."""
    wrong = next((pair for pair in pairwise(rows) if pair[1].value > pair[0].value), None)
    before, fact = wrong or (rows[0], rows[-1])
    sign = ">" if wrong else "≤"
    return about(fact, "list_sorted", SLIP, before.text, f"{fact.text} {sign} {before.text}", wrong is None)


def _rising(rows: list[Printed]) -> Iterator[Check]:
    for before, fact in pairwise(rows):
        formula, holds = f"{before.text} → {fact.text}", fact.value >= before.value
        yield about(fact, "cumulative", CHANGE_OF_BASE, before.text, formula, holds)


def _bounds(book: Book, source: str, smaller: str, larger: str) -> Iterator[Check]:
    for fact in book.all(source, smaller):
        bound = book.one(f"{source}/{larger}/{fact.item}/{fact.year}")
        formula, holds = f"{fact.text} ≤ {bound.text}", fact.value <= bound.value
        yield about(fact, "bound", CONTRADICTION, bound.text, formula, holds)


class Limits(NamedTuple):
    """The limits of a class, and whether each belongs to it."""

    low: int | None
    high: int | None
    closed: bool


# 以内 and 以上 take their number in, 小于 and 超过 do not.
PATTERNS = (
    (re.compile(r"(?P<low>\d+)-(?P<high>\d+)"), True),
    (re.compile(r"(?P<high>\d+)\D?以内"), True),
    (re.compile(r"(?P<low>\d+)\D?以上"), True),
    (re.compile(r"小于(?P<high>\d+)"), False),
    (re.compile(r"超过(?P<low>\d+)"), False),
)


def read_limits(name: str) -> Limits | None:
    """Read the limits of a class off its name, None where it has none.

    >>> read_limits("200-399人"), read_limits("小于200项")
    (Limits(low=200, high=399, closed=True), Limits(low=None, high=200, closed=False))
    """
    for pattern, closed in PATTERNS:
        if found := pattern.search(name):
            parts = {key: int(value) for key, value in found.groupdict().items()}
            return Limits(parts.get("low"), parts.get("high"), closed)
    return None


def _limits(rows: list[Printed]) -> Check:
    """Count the numbers that belong to two classes."""
    classes = [limits for one in rows if (limits := read_limits(one.name_zh))]
    ends = [one.high for one in classes if one.closed] + [one.low for one in classes if one.closed]
    twice = sorted(number for number, times in Counter(end for end in ends if end is not None).items() if times > 1)
    check = about(rows[0], "class_limits", SLIP, "0", ", ".join(map(str, twice)), not twice, printed=str(len(twice)))
    return replace(check, subject=f"{check.place}/{rows[0].measure}", name_zh="", name_en="", unit="count")


def _decimals(rows: list[Printed]) -> Iterator[Check]:
    """Find numbers with fewer decimals than most of the same measure have."""
    counts = [len(one.text.partition(".")[2]) for one in rows]
    usual = max(counts, key=counts.count, default=0)
    for fact, found in zip(rows, counts, strict=True):
        check = about(fact, "decimals", SLIP, str(usual), fact.text, found == usual, printed=str(found))
        yield replace(check, unit="count")
