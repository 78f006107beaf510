"""Rules about quotients: shares of counts, average degree, growth, shares that whole firms can make."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import ROUND_HALF_EVEN, Decimal
from itertools import pairwise

from analytics.audit.book import Book, Printed, round_like
from analytics.audit.checks import CONTRADICTION, Check, about
from analytics.audit.relations import GROWTH, QUOTIENTS, SHARES_OF_COUNTS, SHARES_OF_FIRMS

PERCENT = Decimal(100)


def check_ratios(book: Book) -> Iterator[Check]:
    """Check every printed quotient whose dividend and divisor are printed too."""
    for source, share, count, whole in SHARES_OF_COUNTS:
        yield from _shares(book, source, share, count, book.one(whole))
    for source, quotient, dividend, divisor in QUOTIENTS:
        yield from _quotients(book, source, quotient, dividend, divisor)
    for source, measure, series, item in GROWTH:
        yield from _growth(book, source, measure, series, item)
    yield from _whole_firms(book)


def _shares(book: Book, source: str, share: str, count: str, whole: Printed) -> Iterator[Check]:
    for fact in book.all(source, share):
        part = book.one(f"{source}/{count}/{fact.item}")
        yield _compare(fact, "share_of_count", part.value / whole.value * PERCENT, f"{part.text} / {whole.text}")


def _compare(fact: Printed, rule: str, value: Decimal, formula: str) -> Check:
    computed = round_like(value, fact.text)
    return about(fact, rule, CONTRADICTION, computed, f"{formula} = {computed}", abs(value - fact.value) <= fact.half)


def _quotients(book: Book, source: str, quotient: str, dividend: str, divisor: str) -> Iterator[Check]:
    values = []
    for fact in book.all(source, quotient):
        above, below = (book.one(f"{source}/{name}/{fact.item}/{fact.year}") for name in (dividend, divisor))
        values.append((fact, above.value / below.value))
        yield _compare(fact, "quotient", values[-1][1], f"{above.text} / {below.text}")
    for (before, value_before), (fact, value) in pairwise(values):
        yield _direction(before, fact, value_before, value)


def _direction(before: Printed, fact: Printed, value_before: Decimal, value: Decimal) -> Check:
    """Compare the direction of a printed step with that of the same step computed."""
    step, computed = fact.value - before.value, value - value_before
    texts = [round_like(one, fact.text) for one in (value_before, value)]
    formula = f"{before.text} → {fact.text}; {texts[0]} → {texts[1]}"
    # A step of less than a printed digit may be printed as none.
    holds = step * computed > 0 or abs(step - computed) <= before.half + fact.half
    return about(fact, "direction", CONTRADICTION, round_like(computed, fact.text), formula, holds, printed=str(step))


def _growth(book: Book, source: str, measure: str, series: str, item: str) -> Iterator[Check]:
    for fact in book.all(source, measure):
        after = book.one(f"{series}/{fact.item}/{item}/{fact.year}")
        before = book.one(f"{series}/{fact.item}/{item}/{int(fact.year) - 1}")
        value = (after.value / before.value - 1) * PERCENT
        check = _compare(fact, "growth", value, f"{after.text} / {before.text} - 1")
        yield replace(check, place=f"{source};{series}")


def _whole_firms(book: Book) -> Iterator[Check]:
    """Ask of every share of firms whether any whole number of firms makes it."""
    for of in SHARES_OF_FIRMS:
        base = book.one(of.base).value if of.base else Decimal(0)
        for fact in book.all(of.source, of.measure) if base else []:
            firms = (fact.value * base / PERCENT).quantize(Decimal(1), ROUND_HALF_EVEN)
            yield _compare(fact, "whole_firms", firms / base * PERCENT, f"{firms} / {base}")
