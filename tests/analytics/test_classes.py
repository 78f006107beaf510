"""Which class a value belongs to: every edge, against the rule that the published items themselves state."""

import csv
import re
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import ibis
import ibis.expr.types as ir
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.classes import ALL, RD_INTENSITY, Classes
from analytics.contract import FIRMS, TABLES, Table
from analytics.cubes import FIRM_DIMENSIONS
from analytics.engines import connect
from analytics.rollup import Clean, class_of, rollup

FACTS = Path(__file__).resolve().parents[2] / "data" / "published" / "facts.csv"
# By prefix of the items: the figure, and what one unit of it is in the unit of the contract.
FIGURES = {
    "employees": ("figure-4", Fraction(1)),
    "revenue": ("figure-6", Fraction(10**8)),
    "rd": ("figure-7", Fraction(10**8)),
    "intensity": ("figure-8", Fraction(1, 100)),
    "patents": ("figure-10", Fraction(1)),
}
ARROW = {"text": pa.string(), "code": pa.string(), "integer": pa.int64(), "number": pa.float64(), "boolean": pa.bool_()}
WHOLE = ("employees", "patents")
CENT = Fraction(1, 100)
EACH = pytest.mark.parametrize("classes", ALL, ids=lambda one: one.column)


@cache
def items(prefix: str) -> list[str]:
    """Give the items of a figure as the published facts name them."""
    with FACTS.open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if row["source"] == FIGURES[prefix][0]]
    return sorted({row["item"] for row in rows if row["item"].startswith(f"{prefix}_")})


def prefix_of(classes: Classes) -> str:
    return classes.slugs[0].partition("_lt_")[0]


def lowest(item: str) -> int:
    """Give the number at which an item begins."""
    below, inner, above = re.fullmatch(r"[a-z]+_(?:(lt)_\d+|(\d+)_\d+|gt_(\d+))", item).groups()
    return 0 if below else int(inner or above)


def expected(prefix: str, value: Fraction | None) -> str:
    """Give the item that holds a value in the unit of the contract; "more than" holds not its own edge."""
    if value is None:
        return ""
    figure = value / FIGURES[prefix][1]
    begun = [item for item in items(prefix) if lowest(item) < figure or (lowest(item) == figure and "_gt_" not in item)]
    return max(begun, key=lowest)


def told(classes: Classes, values: list[Fraction | None]) -> list[str]:
    """Give the classes of values, told by the engine."""
    number, kind = (int, pa.int64()) if prefix_of(classes) in WHOLE else (float, pa.float64())
    numbers = pa.array([None if one is None else number(one) for one in values], kind)
    table = ibis.memtable(pa.table({"n": range(len(values)), "value": numbers}))
    rows = table.select("n", found=class_of(table.value, classes)).order_by("n")
    return connect().to_pyarrow(rows)["found"].to_pylist()


def edges(prefix: str) -> list[Fraction]:
    """Give every number at which a published class begins, in the unit of the contract."""
    return sorted({lowest(item) * FIGURES[prefix][1] for item in items(prefix)})


def memory(table: Table, rows: list[dict[str, Any]]) -> ir.Table:
    """Give rows as a table of the contract in memory."""
    schema = pa.schema([(one.name, ARROW[one.type]) for one in table.columns])
    return ibis.memtable(pa.Table.from_pylist(rows, schema))


@EACH
def test_the_classes_are_the_published_items_in_order(classes: Classes) -> None:
    assert sorted(classes.slugs) == items(prefix_of(classes))
    assert [lowest(slug) for slug in classes.slugs] == [0, *classes.edges]
    assert classes.column in FIRM_DIMENSIONS


@EACH
def test_a_value_on_an_edge_belongs_to_the_class_above_but_for_the_last(classes: Classes) -> None:
    *lower, last = edges(prefix_of(classes))
    assert told(classes, [*lower, last]) == [*classes.slugs[:-1], classes.slugs[-2]]


@EACH
def test_the_values_beside_every_edge_follow_the_published_items(classes: Classes) -> None:
    prefix = prefix_of(classes)
    step = {"intensity": Fraction(1, 10**9)}.get(prefix, Fraction(1) if prefix in WHOLE else CENT)
    values = [edge + move for edge in edges(prefix) for move in (-step, Fraction(0), step) if edge + move >= 0]
    assert told(classes, values) == [expected(prefix, value) for value in values]
    assert {*told(classes, values)} == {*classes.slugs}


@EACH
def test_an_empty_value_has_no_class(classes: Classes) -> None:
    assert told(classes, [None, Fraction(0), None]) == ["", classes.slugs[0], ""]
    assert told(classes, [None]) == [""]


@settings(max_examples=10, deadline=None)
@given(st.data())
def test_any_value_has_the_class_of_the_plain_rule(data: st.DataObject) -> None:
    classes = data.draw(st.sampled_from(ALL))
    prefix = prefix_of(classes)
    scale = FIGURES[prefix][1]
    whole = st.integers(0, int(edges(prefix)[-1] / scale * 2 * 100)).map(lambda hundredths: hundredths * scale / 100)
    values = data.draw(st.lists(st.none() | whole, min_size=1, max_size=50))
    if prefix in WHOLE:
        values = [None if one is None else Fraction(int(one)) for one in values]
    assert told(classes, values) == [expected(prefix, value) for value in values]


def test_the_intensity_of_a_firm_is_exact_on_the_edges() -> None:
    """Cost by revenue, for awkward revenues: 7 of 140 is 5 percent and so at the edge."""
    pairs = [(percent * part, 100 * part) for percent in (5, 10, 15, 20) for part in (1, 3, 7, 1_234_567, 99_999_989)]
    pairs += [(0, 100), (1, 0), (0, 0), (21, 100), (4999, 100_000)]
    rows = [{"id": f"{n}", "rd_cost_cny": cost, "revenue_cny": revenue} for n, (cost, revenue) in enumerate(pairs)]
    clean = Clean(*(memory(table, rows if table is FIRMS else []) for table in TABLES))
    found = connect().to_pyarrow(rollup(clean)["firm_values"]).to_pylist()
    classes = {row["id"]: row[RD_INTENSITY.column] for row in found}
    plain = [expected("intensity", Fraction(cost, revenue) if revenue else None) for cost, revenue in pairs]
    assert classes == {f"{n}": item for n, item in enumerate(plain)}
