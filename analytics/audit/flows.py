"""Rules about flows between provinces: do tables 6 and 7 fit together, and on which base?

The question whether any matrix of flows has the printed cells and the printed sums is a linear
program. With `f` the flows in percent of table 7's base, `e` and `n` the shares of enabling and
input in table 6, and `t` the factor from table 7's base to table 6's:

    minimise t   subject to   Σ_j f_ij ≤ t·e_i,   Σ_i f_ij ≤ t·n_j,   0 ≤ f_ij ≤ the 20th flow

`≤` and not `=`, since a relation may lead abroad or to a place unknown. If table 7's base holds
only relations with both ends in a province, the flows also add to 100. A province that table 6
does not list has no more than the smallest listed share, and all of those what the list leaves.
Solved by HiGHS through `scipy.optimize.linprog`.
"""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import product

import numpy as np
import pandas as pd
from scipy.optimize import linprog
from scipy.sparse import coo_array, vstack

from analytics.audit.book import Book, Printed
from analytics.audit.checks import CHANGE_OF_BASE, SLIP, Check, about
from analytics.audit.relations import ENABLING, FLOWS, INPUT, PAIRS
from analytics.audit.sums import slack, total, written
from analytics.taxonomy import Taxonomy

Floats = np.ndarray[tuple[int, ...], np.dtype[np.float64]]
FEASIBLE = 1.0  # one base for both tables
DIGITS = "0.001"


def check_flows(book: Book, taxonomy: Taxonomy) -> Iterator[Check]:
    """Check the printed flows against the printed sums of the provinces."""
    flows = book.all(*FLOWS)
    for end, table in ((0, ENABLING), (1, INPUT)):
        for fact in book.all(*table):
            rows = [one for one in flows if one.item.split(">")[end] == fact.item]
            if rows:
                yield _within(fact, rows)
    codes = taxonomy["provinces"]["code"].tolist()
    for name, closed in (("open", False), ("closed", True)):
        yield _matrix(book, flows, codes, name, closed)
    yield from _pairs(book, flows)


def _within(fact: Printed, rows: list[Printed]) -> Check:
    """Compare a province's sum with the flows of it that are printed: parts exceed no whole on the same base."""
    found = total(rows)
    formula = f"{written(rows)} = {found}" if len(rows) > 1 else str(found)
    holds = found - fact.value <= slack([fact, *rows])
    place = f"{fact.source};{FLOWS[0]}"
    return about(fact, "flow_within_total", CHANGE_OF_BASE, str(found), formula, holds, place=place)


def _matrix(book: Book, flows: list[Printed], codes: list[str], name: str, closed: bool) -> Check:
    exact, rounded = (smallest_base(book, codes, closed, rounding) for rounding in (False, True))
    largest = min(flows, key=lambda one: one.value)
    target = " , Σ f = 100" if closed else ""
    formula = f"min t: Σ f_ij ≤ t·e_i , Σ f_ij ≤ t·n_j , f ≤ {largest.text}{target}; ± 0 → {exact}, ± ½ → {rounded}"
    places = ";".join((ENABLING[0], FLOWS[0]))
    check = about(
        largest, f"flow_matrix_{name}", CHANGE_OF_BASE, str(rounded), formula, rounded <= FEASIBLE, "1", places
    )
    return replace(check, subject=f"{ENABLING[0]}/{FLOWS[0]}", name_zh="", name_en="", unit="coefficient")


def smallest_base(book: Book, codes: list[str], closed: bool, rounding: bool) -> Decimal:
    """Give the smallest factor from table 7's base to table 6's that any matrix of flows allows.

    Parameters
    ----------
    book : Book
        Holds both tables.
    codes : list of str
        All provinces.
    closed : bool
        The flows add to 100, so both ends of each relation lie in a province.
    rounding : bool
        Let every printed number be half a unit of its last digit off.

    Returns
    -------
    Decimal
        Three decimals; at most 1 if both tables can have one base.

    Raises
    ------
    ArithmeticError
        No factor allows it, however large.
    """
    cells = list(product(codes, codes))
    bounds = [*_cell_bounds(book.all(*FLOWS), cells, rounding), (0.0, None)]
    sums = [_sums(book.all(*table), codes, end, rounding) for end, table in ((0, ENABLING), (1, INPUT))]
    above = vstack(sums, format="csr")
    whole = np.append(np.ones(len(cells)), 0.0)[None, :]
    goal = np.append(np.zeros(len(cells)), 1.0)
    found = linprog(
        goal,
        A_ub=above,
        b_ub=np.zeros(above.shape[0]),
        A_eq=whole if closed else None,
        b_eq=[100.0] if closed else None,
        bounds=bounds,
        method="highs",
    )
    if not found.success:
        raise ArithmeticError(f"linear program of tables 6 and 7: {found.message}")
    return Decimal(float(found.fun)).quantize(Decimal(DIGITS))


def _cell_bounds(flows: list[Printed], cells: list[tuple[str, str]], rounding: bool) -> list[tuple[float, float]]:
    """Hold printed flows to their value and all others below the smallest printed."""
    printed = {tuple(one.item.split(">")): one for one in flows}
    last = min(flows, key=lambda one: one.value)
    most = float(last.value + last.half * rounding)
    found = []
    for cell in cells:
        one = printed.get(cell)
        loose = one.half * rounding if one else 0
        found.append((float(one.value - loose), float(one.value + loose)) if one else (0.0, most))
    return found


def _sums(listed: list[Printed], codes: list[str], end: int, rounding: bool) -> coo_array:
    """Write `sum of flows - t·share ≤ 0` for every province and for all unlisted ones together."""
    share = {one.item: float(one.value + one.half * rounding) for one in listed}
    smallest = min(share.values())
    left = float(100 - total(listed) + slack(listed) * rounding)
    rest = [code for code in codes if code not in share]
    groups = [([code], share.get(code, smallest)) for code in codes] + ([(rest, left)] if rest else [])
    table = pd.DataFrame(list(product(codes, codes)))[end].to_numpy()
    rows: list[Floats] = [np.append(np.isin(table, members), -limit) for members, limit in groups]
    return coo_array(np.vstack(rows))


def _pairs(book: Book, flows: list[Printed]) -> Iterator[Check]:
    """Compare the rank of each pair of provinces with the sum of its two flows."""
    sums: dict[str, list[Printed]] = {}
    for one in flows:
        ends = sorted(one.item.split(">"))
        if ends[0] != ends[1]:
            sums.setdefault("-".join(ends), []).append(one)
    order = sorted(sums, key=lambda pair: -total(sums[pair]))
    for fact in book.all(*PAIRS):
        rows = sums["-".join(sorted(fact.item.split("-")))]
        place = str(order.index("-".join(sorted(fact.item.split("-")))) + 1)
        check = about(fact, "pair_rank", SLIP, place, f"{written(rows)} = {total(rows)}", fact.text == place)
        yield replace(check, place=f"{fact.source};{FLOWS[0]}")
