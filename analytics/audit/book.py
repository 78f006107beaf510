"""The printed numbers by their keys, exact to the digit, and how far rounding can have moved them."""

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, NamedTuple

import pandas as pd

from analytics.errors import DataError

FILE = "facts.csv"
SEPARATOR = "/"


class Printed(NamedTuple):
    """One number of the report as it stands there; `text` keeps the decimals."""

    source: str
    page: str
    measure: str
    item: str
    year: str
    unit: str
    text: str
    status: str
    name_zh: str
    name_en: str

    @property
    def key(self) -> str:
        """Give `source/measure/item`, and `/year` where there is one."""
        return SEPARATOR.join(part for part in (self.source, self.measure, self.item, self.year) if part)

    @property
    def value(self) -> Decimal:
        """Give the number, exact."""
        return Decimal(self.text)

    @property
    def half(self) -> Decimal:
        """Give half a unit of the last printed digit: as far as rounding can have moved it."""
        return half_digit(self.text)


def half_digit(text: str) -> Decimal:
    """Give half a unit of the last digit of a number as text.

    >>> half_digit("3.287"), half_digit("672")
    (Decimal('0.0005'), Decimal('0.5'))
    """
    exponent = Decimal(text).as_tuple().exponent
    assert isinstance(exponent, int)  # no printed number is infinite
    return Decimal(5).scaleb(exponent - 1)


def round_like(value: Decimal, text: str) -> str:
    """Round a number to as many decimals as `text` has.

    >>> round_like(Decimal(91158) / Decimal(35672), "3.287")
    '2.555'
    """
    return str(value.quantize(Decimal(text), ROUND_HALF_UP))


class Book:
    """All facts by key.

    Parameters
    ----------
    facts : DataFrame
        As `analytics.published.clean_facts` gives it.
    """

    def __init__(self, facts: pd.DataFrame) -> None:
        self._by_key = {one.key: one for one in map(_printed, facts.to_dict("records"))}

    def one(self, reference: str) -> Printed:
        """Give the fact of a key `source/measure/item` or `source/measure/item/year`.

        Raises
        ------
        DataError
            There is no such fact.
        """
        found = self._by_key.get(reference)
        if found is None:
            remedy = "Add the row, or correct the key that the audit asks for."
            raise DataError(FILE, None, "item", None, f"a row {reference}", remedy)
        return found

    def find(self, reference: str) -> Printed | None:
        """Give the fact of a key, or None where the report prints none."""
        return self._by_key.get(reference)

    def all(self, source: str, measure: str, status: str = "printed") -> list[Printed]:
        """Give the facts of one measure of a figure or table, in the file's order.

        Raises
        ------
        DataError
            There is no fact of this measure at all, printed or derived.
        """
        rows = [one for one in self._by_key.values() if (one.source, one.measure) == (source, measure)]
        if not rows:
            remedy = "Restore the rows, or take the measure out of the audit's relations."
            raise DataError(FILE, None, "measure", None, f"rows {source}/{measure}", remedy)
        return [one for one in rows if one.status == status]

    def measures(self) -> list[tuple[str, str]]:
        """Give every pair of source and measure, in the file's order."""
        return list(dict.fromkeys((one.source, one.measure) for one in self._by_key.values()))


def _printed(row: Mapping[Any, Any]) -> Printed:
    year = row["year"]
    return Printed(
        source=str(row["source"]),
        page=str(row["page"]),
        measure=str(row["measure"]),
        item=str(row["item"]),
        year="" if pd.isna(year) else str(year),
        unit=str(row["unit"]),
        text=str(row["printed"]),
        status=str(row["status"]),
        name_zh=str(row["item_zh"]),
        name_en=str(row["item_en"]),
    )
