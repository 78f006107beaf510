"""What the published numbers must add up to: closed shares, counts, identities and formulas."""

import re
from collections.abc import Iterator
from decimal import Decimal

import pandas as pd

from analytics.errors import DataError
from analytics.tables import line_of

FILE = "facts.csv"
# Six shares rounded to two decimals differ from 100 by at most 0.03; figure 7 adds to 99.99.
TOLERANCE = Decimal("0.05")
# Closed classes: (source, measure) -> items that overlap with the others and stay out of the sum.
CLOSED: dict[tuple[str, str], tuple[str, ...]] = {
    ("figure-1", "share_firms"): ("founded_2012_2018",),
    ("figure-11", "share_patents"): ("top_10_provinces",),
    **{(f"figure-{n}", "share_firms"): () for n in (2, 3, 4, 5, 6, 7, 8, 9, 10)},
    ("figure-12", "share_patents"): (),
    **{(f"figure-{n}", "share_relations"): () for n in (15, 16, 17)},
    ("figure-18", "share_tertiary"): (),
    ("figure-19", "share_secondary"): (),
    ("figure-20", "share_manufacturing"): (),
    ("table-6", "share_enabling"): (),
    ("table-6", "share_input"): (),
    ("table-7", "share_flow"): (),
}
SAMPLE = ("text", "n_firms", "sample_2024_report")
COUNTED = ("figure-5", "figure-9")  # their `n_firms` add up to the sample
# Within one item and year of these sources: sum of the parts = whole.
IDENTITIES = {
    "table-1": (("n_sample_nodes", "n_relation_nodes"), "n_nodes"),
    "table-2": (("in_degree", "out_degree"), "degree"),
    "table-3": (("in_degree", "out_degree"), "degree"),
}
FORMULA = re.compile(r"\d+(\.\d+)?( [+-] \d+(\.\d+)?)+")
WHOLE = "100"  # the one operand of a formula that need not be printed


def sum_problems(facts: pd.DataFrame) -> list[DataError]:
    """List every sum, identity and formula that does not hold.

    Parameters
    ----------
    facts : DataFrame
        As `analytics.published.clean_facts` gives it: row-wise valid, columns `source`,
        `measure`, `item`, `year`, `status`, `note`, `printed` among others.

    Returns
    -------
    list of DataError
        Empty when all hold. Shares of closed classes add to 100 within 0.05 percentage
        points; counts, identities and formulas hold exactly, in decimal arithmetic.
    """
    return [
        *_closed_problems(facts),
        *_sample_problems(facts),
        *_identity_problems(facts),
        *_formula_problems(facts),
    ]


def evaluate(formula: str) -> Decimal:
    """Compute a formula of sums and differences, exactly.

    >>> evaluate("100 - 31.73 - 30.6")
    Decimal('37.67')
    """
    total, *rest = formula.split(" ")
    pairs = zip(rest[::2], rest[1::2], strict=True)
    return sum((Decimal(term) if sign == "+" else -Decimal(term) for sign, term in pairs), Decimal(total))


def _total(rows: pd.DataFrame) -> Decimal:
    return sum((Decimal(text) for text in rows["printed"]), Decimal(0))


def _closed_problems(facts: pd.DataFrame) -> Iterator[DataError]:
    for (source, measure), overlapping in CLOSED.items():
        rows = facts[(facts["source"] == source) & (facts["measure"] == measure)]
        total = _total(rows[~rows["item"].isin(overlapping)])
        if abs(total - 100) > TOLERANCE:
            expected = f"the shares of {source} {measure} to add to 100 ± {TOLERANCE}"
            yield _sum_error(total, expected)


def _sample_problems(facts: pd.DataFrame) -> Iterator[DataError]:
    source, measure, item = SAMPLE
    rows = facts[facts["measure"] == measure]
    sample = _total(rows[(rows["source"] == source) & (rows["item"] == item)])
    for counted in COUNTED:
        total = _total(rows[rows["source"] == counted])
        if total != sample:
            yield _sum_error(total, f"the firms of {counted} to add to the sample, {sample}")


def _identity_problems(facts: pd.DataFrame) -> Iterator[DataError]:
    for source, (parts, whole) in IDENTITIES.items():
        rows = facts[facts["source"] == source]
        for (item, year), group in rows.groupby(["item", "year"], dropna=False):
            total = _total(group[group["measure"].isin(parts)])
            expected = _total(group[group["measure"] == whole])
            if total != expected:
                where = f"{item} {year}" if source == "table-1" else item
                rule = f"{' + '.join(parts)} = {whole}, {expected}, for {where} in {source}"
                yield _sum_error(total, rule)


def _sum_error(total: Decimal, expected: str) -> DataError:
    remedy = "Compare these rows with the report; one is wrong, missing or too many."
    return DataError(FILE, None, "value", total, expected, remedy)


def _formula_problems(facts: pd.DataFrame) -> Iterator[DataError]:
    printed = {WHOLE, *facts.loc[facts["status"] == "printed", "printed"]}
    for index, row in facts[facts["status"] == "derived"].iterrows():
        broken = _broken_formula(row["note"], row["printed"], printed)
        if broken:
            column, expected, remedy = broken
            found = row["printed"] if column == "value" else row["note"]
            yield DataError(FILE, line_of(int(str(index))), column, found, expected, remedy)


def _broken_formula(note: str, value: str, printed: set[str]) -> tuple[str, str, str] | None:
    if not FORMULA.fullmatch(note):
        return "note", "a formula such as `100 - 31.73 - 30.6`", "Write how it is derived."
    foreign = [term for term in note.split(" ")[::2] if term not in printed]
    if foreign:
        return "note", f"printed numbers only, not {foreign[0]}", "Correct the formula."
    if evaluate(note) != Decimal(value):
        return "value", f"{evaluate(note)}, the result of the note", "Correct value or note."
    return None
