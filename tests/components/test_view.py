"""A link becomes a view; numbers and short names become words."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.filters import YEARS, Filters, parse
from components.charts import CHARTS
from components.charts.drawing import LONGEST_LABEL, wrap
from components.numbers import write_value
from components.shell import PAGES, path_of
from components.view import read_view

KEYS = ["province", "layer", "from", "to", "table", "option", "x", "", *list(CHARTS)[:3], "province_map"]
values = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(),
    st.text(min_size=1, max_size=3).map(lambda s: s * 5000),
    st.lists(st.text(max_size=5) | st.none() | st.integers() | st.lists(st.text(max_size=2)), max_size=4),
    st.dictionaries(st.text(max_size=3), st.integers(), max_size=2),
    st.sampled_from(["11", "11,31", "base", "2014", "2023", "net", "founding,layers"]),
)


@given(st.dictionaries(st.sampled_from(KEYS), values))
def test_any_query_gives_a_view_that_a_page_can_show(query: dict[str, Any]) -> None:
    view = read_view("en", "space", query)
    assert parse(view.filters.to_query()) == (view.filters, ())
    assert all(option in CHARTS[chart].options for chart, option in view.options.items())
    assert view.tables <= CHARTS.keys()
    assert set(view.ignored) <= {"province", "layer", "from", "to", "option"}
    assert len(view.ignored) == len(set(view.ignored))


@given(st.dictionaries(st.text(max_size=8), values))
def test_keys_that_are_not_ours_are_passed_over(query: dict[str, Any]) -> None:
    query = {f"x{key}": value for key, value in query.items()}
    view = read_view("zh", "space", query)
    assert (view.filters, view.options, view.ignored) == (Filters(), {}, ())


@pytest.mark.parametrize("value", [7, None, True, [], {}, ["net"], ["net", "input"], "Net", "net ", "", "x" * 10_000])
def test_an_option_that_is_none_is_reported(value: Any) -> None:
    view = read_view("zh", "space", {"province_map": value})
    assert view.options == {} and view.ignored == ("option",)


@pytest.mark.parametrize(
    ("value", "tables"),
    [
        ("founding", {"founding"}),
        ("founding,layers,nope", {"founding", "layers"}),
        ("", set()),
        (None, set()),
        (7, set()),
        (",".join(CHARTS), set(CHARTS)),
    ],
)
def test_tables(value: Any, tables: set[str]) -> None:
    assert read_view("zh", "firms", {"table": value}).tables == tables


def test_two_views_share_nothing() -> None:
    one, other = read_view("zh", "space", {"province_map": "net"}), read_view("zh", "space", {})
    assert one.options == {"province_map": "net"} and other.options == {}


@pytest.mark.parametrize(
    ("query", "years"),
    [
        ({"from": "2016"}, (2016, 2023)),
        ({"to": "2016"}, (2014, 2016)),
        ({"from": "2016", "to": "2016"}, (2016, 2016)),
        ({"from": "1999"}, YEARS),
        ({"from": " 2016"}, YEARS),
        ({"from": "+2016"}, YEARS),
        ({"from": "2016.0"}, YEARS),
        ({"from": 2016}, YEARS),
    ],
)
def test_years(query: Any, years: tuple[int, int]) -> None:
    assert parse(query).filters.years == years


@pytest.mark.parametrize(
    ("value", "unit", "printed", "said"),
    [
        (0.0, "percent", "", "0.00%"),
        (-0.02, "percent", "-0.02", "-0.02%"),
        (8.0, "percent", "8.00", "8.00%"),
        (91158, "relations", "91158", "91,158"),
        (5.0, "coefficient", "5.000", "5.000"),
        (1234.5678, "degree", "", "1,234.568"),
        (None, "count", "7", "–"),
    ],
)
def test_numbers(value: Any, unit: str, printed: str, said: str) -> None:
    assert write_value(value, unit, printed) == said


@given(st.text(st.characters(categories=("L", "N", "Zs")), max_size=80))
def test_a_broken_label_keeps_its_letters(label: str) -> None:
    assert wrap(label, "zh").replace("<br>", "") == label
    assert wrap(label, "en").replace("<br>", " ").split() == label.split()
    assert all(len(line) <= LONGEST_LABEL["zh"] for line in wrap(label, "zh").split("<br>"))


@pytest.mark.parametrize("page", PAGES)
def test_paths_differ_by_language_only(page: str) -> None:
    assert path_of(page, "zh").removeprefix("/zh") == path_of(page, "en").removeprefix("/en")
    assert path_of("nope", "en") == "/en/"
