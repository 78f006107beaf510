"""Rules about sums: shares to 100, parts and wholes, regions and provinces, what is left over."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal

from analytics.audit.book import Book, Printed
from analytics.audit.checks import CONTRADICTION, GAP, Check, about
from analytics.audit.relations import COUNTED, IDENTITIES, PARTITIONS, REGIONS, TOP_LISTS, Partition, TopList
from analytics.taxonomy import Taxonomy

WHOLE = Decimal(100)
# Rows that stand for several classes at once, such as `other_provinces`.
SEVERAL = ("other_", "top_", "founded_2012_2018")


def check_sums(book: Book, taxonomy: Taxonomy) -> Iterator[Check]:
    """Check every sum that the report's numbers must make."""
    for partition in PARTITIONS:
        yield _partition(book, partition)
    for source, measure, whole in COUNTED:
        yield _counts(book, source, measure, whole)
    yield from _identities(book)
    yield from _regions(book, taxonomy)
    for top in TOP_LISTS:
        yield _remainder(book, top, taxonomy)


def total(rows: Iterable[Printed]) -> Decimal:
    """Add up, exactly."""
    return sum((one.value for one in rows), Decimal(0))


def slack(rows: Iterable[Printed]) -> Decimal:
    """Give how far rounding can have moved the sum of `rows`."""
    return sum((one.half for one in rows), Decimal(0))


def written(rows: Iterable[Printed]) -> str:
    """Write a sum: `31.73 + 30.6`."""
    return " + ".join(one.text for one in rows)


def _partition(book: Book, of: Partition) -> Check:
    rows = book.all(of.source, of.measure)
    found = total(rows)
    missing = [one for one in book.all(of.source, of.measure, "derived") if not one.item.startswith(SEVERAL)]
    named = len(missing) == 1 and found < WHOLE
    rule, grade = ("missing_class", GAP) if named else ("shares_sum", CONTRADICTION)
    check = about(
        missing[0] if named else rows[0],
        rule,
        grade,
        str(WHOLE),
        f"{written(rows)} = {found}",
        abs(found - WHOLE) <= slack(rows),
        printed=str(found),
    )
    return check if named else replace(check, subject=f"{of.source}/{of.measure}", name_zh="", name_en="")


def _counts(book: Book, source: str, measure: str, whole: str) -> Check:
    rows, all_of_them = book.all(source, measure), book.one(whole)
    found = total(rows)
    check = about(
        all_of_them,
        "counts_sum",
        CONTRADICTION,
        str(all_of_them.value),
        f"{written(rows)} = {found}",
        found == all_of_them.value,
        printed=str(found),
    )
    return replace(check, subject=f"{source}/{measure}", place=source, page=rows[0].page)


def _identities(book: Book) -> Iterator[Check]:
    for source, parts, whole in IDENTITIES:
        groups = defaultdict(list)
        for one in (row for part in parts for row in book.all(source, part)):
            groups[one.item, one.year].append(one)
        for fact in book.all(source, whole):
            rows = groups[fact.item, fact.year]
            found = total(rows)
            formula = f"{written(rows)} = {found}"
            yield about(fact, "parts_whole", CONTRADICTION, str(found), formula, found == fact.value)


def _regions(book: Book, taxonomy: Taxonomy) -> Iterator[Check]:
    members = dict(zip(taxonomy["regions"]["slug"], taxonomy["regions"]["provinces"], strict=True))
    for regions, provinces, measure in REGIONS:
        printed = {one.item: one for one in book.all(provinces, measure)}
        for region in book.all(regions, measure):
            codes = members.get(region.item, "").split(";")
            if region.item in members:
                yield _region(book, region, codes, printed, taxonomy)


def _region(book: Book, region: Printed, codes: list[str], printed: dict[str, Printed], taxonomy: Taxonomy) -> Check:
    """Compare a region with its provinces: equal if all are printed, implying one if one is not, no less otherwise."""
    rows = [printed[code] for code in codes if code in printed]
    absent = [code for code in codes if code not in printed]
    found, loose = total(rows), slack([region, *rows])
    formula = f"{region.text} - {' - '.join(one.text for one in rows)} = {region.value - found}"
    place = f"{region.source};{rows[0].source}" if rows else region.source
    if len(absent) == 1 and found < region.value:
        names = {row["code"]: row for row in taxonomy["provinces"].to_dict("records")}[absent[0]]
        check = about(region, "missing_part", GAP, str(found), formula, False, place=place)
        return replace(check, name_zh=names["fullname_zh"], name_en=names["name_en"])
    holds = found - region.value <= loose if absent else abs(found - region.value) <= loose
    return about(region, "region_sum", CONTRADICTION, str(found), formula, holds, place=place)


def _remainder(book: Book, top: TopList, taxonomy: Taxonomy) -> Check:
    """Compare what is left of 100 with what the classes not named can hold: none exceeds the smallest printed."""
    rows = book.all(top.source, top.measure)
    table = taxonomy[top.table]
    size = int((table[top.column] == top.value).sum()) if top.column else len(table)
    smallest = min(rows, key=lambda one: one.value)
    n_left, left = size - len(rows), WHOLE - total(rows)
    room = n_left * smallest.value
    formula = f"100 - {' - '.join(one.text for one in rows)} = {left}; {n_left} × {smallest.text} = {room}"
    holds = -slack(rows) <= left <= room + slack(rows) + n_left * smallest.half
    check = about(smallest, "remainder", CONTRADICTION, str(room), formula, holds, printed=str(left))
    return replace(check, subject=f"{top.source}/{top.measure}", name_zh="", name_en="")
