"""Rules about what the report says in words, read from the statements; no number is typed here."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

import pandas as pd

from analytics.audit.book import Book, Printed, round_like
from analytics.audit.checks import CHANGE_OF_BASE, CONTRADICTION, GAP, SLIP, Check, about
from analytics.audit.statements import FILE, LIST, Statement, listed
from analytics.errors import DataError
from analytics.taxonomy import Taxonomy


def check_wording(book: Book, taxonomy: Taxonomy, statements: pd.DataFrame) -> Iterator[Check]:
    """Check every statement by the rule of its kind."""
    for one in listed(statements, "repeat"):
        yield _repeat(book, one)
    for one in listed(statements, "trend"):
        yield from _trend(book, one)
    for one in listed(statements, "announced"):
        yield _announced(book, taxonomy, one)
    for one in listed(statements, "sequence"):
        yield _sequence(one)
    for one in listed(statements, "grew_to"):
        yield _grew_to(book, one)
    yield from _years(statements)
    yield from _words(statements)
    yield from _relations(book, statements)
    yield from _editions(book, statements)


def _say(of: Statement, rule: str, grade: str, computed: str, formula: str, holds: bool, unit: str) -> Check:
    """Make a check about a statement; words have no difference."""
    numbers = unit and unit != "words"
    return Check(
        rule=rule,
        grade=grade,
        subject=f"statement/{of.id}",
        place=of.place,
        page=of.page,
        name_zh=of.name_zh,
        name_en=of.name_en,
        printed=of.stated,
        computed=computed,
        difference=float(Decimal(of.stated) - Decimal(computed)) if numbers else float("nan"),
        unit=unit,
        formula=formula,
        holds=holds,
        quote_zh=of.quote_zh,
    )


def _repeat(book: Book, of: Statement) -> Check:
    fact = book.one(of.subject)
    same = Decimal(of.stated) == fact.value
    formula = f"{of.stated} {'=' if same else '≠'} {fact.text}"
    return _say(of, "repeat", CONTRADICTION, fact.text, formula, same, fact.unit)


def series(book: Book, reference: str) -> list[Printed]:
    """Give a series of facts, one a year, in order of years.

    Raises
    ------
    DataError
        Fewer than two years.
    """
    source, measure, item = reference.split("/")
    rows = sorted((one for one in book.all(source, measure) if one.item == item), key=lambda one: one.year)
    if len(rows) < 2:
        raise DataError(FILE, None, "subject", reference, "a series of two years or more", "Correct the subject.")
    return rows


def _trend(book: Book, of: Statement) -> Iterator[Check]:
    """Ask every step of a series to go the way that the words say."""
    sign = 1 if of.stated == "rising" else -1
    for before, fact in pairwise(series(book, of.subject)):
        formula, holds = f"{before.text} → {fact.text}", (fact.value - before.value) * sign >= 0
        check = about(fact, "trend", SLIP, before.text, formula, holds)
        yield replace(check, place=f"{of.place};{fact.source}", quote_zh=of.quote_zh)


def _announced(book: Book, taxonomy: Taxonomy, of: Statement) -> Check:
    kind, _, name = of.expected.partition(":")
    if kind == "taxonomy":
        counted, formula = len(taxonomy[name]), name
    elif kind == "facts":
        counted, formula = len({one.item for one in book.all(*name.split("/"))}), name
    else:
        counted, formula = len(of.expected.split(LIST)), of.expected.replace(LIST, " · ")
    return _say(of, "announced", GAP, str(counted), formula, int(of.stated) == counted, "count")


def _sequence(of: Statement) -> Check:
    """Ask numbers to follow one another from 1 without a hole."""
    numbers = [int(number) for number in of.stated.split(LIST)]
    absent = [str(number) for number in range(1, max(numbers) + 1) if number not in numbers]
    check = _say(of, "sequence", GAP, ", ".join(absent), of.stated.replace(LIST, ", "), not absent, "words")
    return replace(check, printed=check.formula)


def _grew_to(book: Book, of: Statement) -> Check:
    """Hold "grew to p %" against the level: growth by p % leads to 100 + p."""
    after = book.one(of.expected)
    *path, year = of.expected.split("/")
    before = book.one("/".join([*path, str(int(year) - 1)]))
    level = round_like(after.value / before.value * 100, of.stated)
    formula = f"{after.text} / {before.text} = {level}%"
    return _say(of, "grew_to", SLIP, level, formula, level == of.stated, book.one(of.subject).unit)


def _years(statements: pd.DataFrame) -> Iterator[Check]:
    """Hold every year that data are said to be of against the year in which their collection ended."""
    for cutoff in listed(statements, "cutoff"):
        for of in listed(statements, "data_year"):
            holds = int(of.stated) <= int(cutoff.stated)
            formula = f"{of.stated} {'≤' if holds else '>'} {cutoff.stated}"
            check = _say(of, "data_year", SLIP, cutoff.stated, formula, holds, "words")
            yield replace(check, difference=float(int(of.stated) - int(cutoff.stated)))


def _words(statements: pd.DataFrame) -> Iterator[Check]:
    for kind in ("note", "term"):
        for of in listed(statements, kind):
            same = of.stated == of.expected
            formula = f"{of.stated} {'=' if same else '≠'} {of.expected}"
            yield _say(of, kind, SLIP, of.expected, formula, same, "words")


def _relations(book: Book, statements: pd.DataFrame) -> Iterator[Check]:
    for of in listed(statements, "strict_part"):
        yield _strict_part(book, of)
    for of in listed(statements, "bipartite"):
        yield _bipartite(book, of)
    for of in listed(statements, "highest"):
        yield _highest(book, of)
    for of in listed(statements, "less"):
        less, more = book.one(of.subject), book.one(of.expected)
        check = about(less, "less", CONTRADICTION, more.text, f"{less.text} < {more.text}", less.value < more.value)
        yield replace(check, subject=f"statement/{of.id}", quote_zh=of.quote_zh)


def _strict_part(book: Book, of: Statement) -> Check:
    """Ask a true part to be smaller than its whole."""
    part, whole = book.one(of.subject), book.one(of.expected)
    formula = f"{part.text} {'<' if part.value < whole.value else '≥'} {whole.text}"
    check = _say(of, "strict_part", CHANGE_OF_BASE, whole.text, formula, part.value < whole.value, part.unit)
    return replace(check, place=f"{part.source};{whole.source}")


def _bipartite(book: Book, of: Statement) -> Check:
    """Ask a network whose edges run only between two kinds of nodes to have no triangle."""
    largest = max(series(book, of.subject), key=lambda one: one.value)
    check = about(largest, "bipartite", CONTRADICTION, "0", f"{largest.text} > 0", largest.value == 0)
    return replace(check, place=f"{of.place};{largest.source}", quote_zh=of.quote_zh)


def _highest(book: Book, of: Statement) -> Check:
    """Ask a quotient of two shares to be the highest of its classes."""
    fact = book.one(of.subject)
    ratios = {
        one.item: one.value / book.one(f"{of.expected}/{one.item}").value for one in book.all(fact.source, fact.measure)
    }
    shown = {item: round_like(ratio, fact.text) for item, ratio in ratios.items()}
    others = [item for item in ratios if item != fact.item]
    formula = " > ".join([shown[fact.item], ", ".join(shown[item] for item in others)])
    holds = all(ratios[fact.item] > ratios[item] for item in others)
    best = max(others, key=lambda item: ratios[item])
    check = about(fact, "highest", CONTRADICTION, shown[best], formula, holds, printed=shown[fact.item])
    return replace(check, subject=f"statement/{of.id}", quote_zh=of.quote_zh, unit="coefficient")


def _editions(book: Book, statements: pd.DataFrame) -> Iterator[Check]:
    """Find neighbouring years of a series that stand on the samples of two editions."""
    editions = [(of, book.one(of.subject)) for of in listed(statements, "edition")]
    for of, fact in editions:
        formula = f"{of.stated} = {fact.text}"
        yield _say(of, "edition", CONTRADICTION, fact.text, formula, Decimal(of.stated) == fact.value, fact.unit)
    for (before_of, before), (of, fact) in pairwise(editions):
        formula, holds = f"{before.text} → {fact.text}", before_of.stated == of.stated
        check = about(fact, "spliced", CHANGE_OF_BASE, before.text, formula, holds)
        yield replace(check, quote_zh=of.quote_zh)
