"""The linear program of tables 6 and 7 on tables small enough to solve by hand."""

from decimal import Decimal

import pandas as pd
import pytest

from analytics.audit.book import Book
from analytics.audit.flows import smallest_base


def book(flows: dict[str, str], enabling: dict[str, str], taken: dict[str, str]) -> Book:
    rows = [
        *(("table-7", "share_flow", item, text) for item, text in flows.items()),
        *(("table-6", "share_enabling", item, text) for item, text in enabling.items()),
        *(("table-6", "share_input", item, text) for item, text in taken.items()),
    ]
    facts = pd.DataFrame(rows, columns=["source", "measure", "item", "printed"])
    more = {"page": "15", "year": pd.NA, "unit": "percent", "status": "printed", "item_zh": "x", "item_en": "x"}
    return Book(facts.assign(**more))


TWO = ["11", "12"]
EVEN = {"11": "50.00", "12": "50.00"}
UNEVEN = {"11": "80.00", "12": "20.00"}


@pytest.mark.parametrize(
    ("flows", "enabling", "taken", "closed", "factor"),
    [
        # One flow of 60 leaves a province that enables 50: 60 / 50.
        ({"11>11": "60.00", "12>12": "10.00"}, EVEN, EVEN, False, "1.200"),
        # The same flow fits a share of 80, and the smaller one of 10 fits one of 20: 60 / 80.
        ({"11>11": "60.00", "12>12": "10.00"}, UNEVEN, UNEVEN, False, "0.750"),
        # Closed: 40 + 20 are printed, so both others are 20 at most and together 40: sums of 60 and 40 against 50.
        ({"11>11": "40.00", "12>12": "20.00"}, EVEN, EVEN, True, "1.200"),
        # Closed and even: four flows of 25.
        ({"11>11": "25.00"}, EVEN, EVEN, True, "1.000"),
    ],
    ids=["open-too-large", "open-fits", "closed-forced", "closed-fits"],
)  # fmt: skip
def test_smallest_base(
    flows: dict[str, str], enabling: dict[str, str], taken: dict[str, str], closed: bool, factor: str
) -> None:
    assert smallest_base(book(flows, enabling, taken), TWO, closed, rounding=False) == Decimal(factor)


def test_rounding_loosens_every_printed_number() -> None:
    """(60 - 0.005) / (50 + 0.005) instead of 60 / 50; three decimals show it with coarse print."""
    coarse = book({"11>11": "60", "12>12": "10"}, {"11": "50", "12": "50"}, {"11": "50", "12": "50"})
    assert smallest_base(coarse, TWO, closed=False, rounding=False) == Decimal("1.200")
    assert smallest_base(coarse, TWO, closed=False, rounding=True) == Decimal("1.178")  # 59.5 / 50.5


def test_a_province_not_listed_has_no_more_than_the_smallest_listed() -> None:
    """Closed, three provinces: the third may send at most the 10 of the second, which forces the factor up."""
    third = book({"11>11": "30.00"}, {"11": "80.00", "12": "10.00"}, {"11": "40.00", "12": "30.00"})
    # Rows: 80t + 10t + 10t must carry 100, and each of row 11's cells holds 30 at most: 90 in all.
    assert smallest_base(third, ["11", "12", "13"], closed=True, rounding=False) == Decimal("1.000")
    tight = book({"11>11": "20.00"}, {"11": "80.00", "12": "10.00"}, {"11": "40.00", "12": "30.00"})
    # Row 11 carries 60 at most, so the other two carry 40 on shares of 20.
    assert smallest_base(tight, ["11", "12", "13"], closed=True, rounding=False) == Decimal("2.000")


def test_flows_that_no_factor_allows() -> None:
    """Four flows of at most 10 never add to 100."""
    with pytest.raises(ArithmeticError, match="tables 6 and 7"):
        smallest_base(book({"11>11": "10.00"}, EVEN, EVEN), TWO, closed=True, rounding=False)
