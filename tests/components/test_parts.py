"""The pure pieces: filters and links, numbers, files, clicks."""

import csv
import io
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics import store
from analytics.filters import YEARS, Filters, parse
from components.chart_card import alt_text
from components.charts import CHARTS
from components.charts.select import rows_of
from components.numbers import fact_text, write_value
from components.sources import badge_of, write_csv
from components.view import read_view

CODES = store.provinces()["code"].tolist()
LAYERS = store.layers()["slug"].tolist()
settings.register_profile("plain", deadline=None)
settings.load_profile("plain")

chosen = st.builds(
    Filters,
    st.sets(st.sampled_from(CODES)).map(lambda s: tuple(sorted(s))),
    st.sets(st.sampled_from(LAYERS)).map(lambda s: tuple(sorted(s))),
    st.tuples(st.integers(*YEARS), st.integers(*YEARS)).map(lambda y: (min(y), max(y))),
)
junk = st.one_of(st.none(), st.text(), st.integers(), st.lists(st.text(max_size=5)), st.text().map(lambda s: s * 999))


@given(chosen)
def test_a_link_gives_the_same_filters_back(filters: Filters) -> None:
    assert parse(filters.to_query()) == (filters, ())


def test_the_default_leaves_the_link_bare() -> None:
    assert Filters().to_query() == {}


@given(st.dictionaries(st.sampled_from(["province", "layer", "from", "to", "x"]), junk))
def test_parse_never_fails_and_never_invents(query: dict[str, Any]) -> None:
    filters, _ = parse(query)
    assert set(filters.provinces) <= set(CODES) and set(filters.layers) <= set(LAYERS)
    assert YEARS[0] <= filters.years[0] <= filters.years[1] <= YEARS[1]


@pytest.mark.parametrize(
    ("query", "filters", "ignored"),
    [
        ({"province": "11,99"}, Filters(("11",)), ("province",)),
        ({"province": ["31", "11"]}, Filters(("11",)), ("province",)),
        ({"layer": "base,"}, Filters((), ("base",)), ()),
        ({"from": "2020", "to": "2016"}, Filters(), ("from",)),
        ({"from": "１９９９"}, Filters(), ("from",)),
        ({"province": "1" * 10_000}, Filters(), ("province",)),
    ],
)
def test_bad_values_are_left_out_and_named(query: Any, filters: Filters, ignored: tuple[str, ...]) -> None:
    assert parse(query) == (filters, ignored)


def test_view_reads_options_and_tables_and_reports_bad_ones() -> None:
    view = read_view("zh", "space", {"province_map": "net", "table": "founding,nonsense"})
    assert view.options == {"province_map": "net"} and view.tables == {"founding"} and not view.ignored
    assert read_view("zh", "space", {"province_map": "sideways"}).ignored == ("option",)


def test_numbers_are_written_as_printed() -> None:
    assert write_value(30.6, "percent", "30.6") == "30.6%"
    assert write_value(7052, "degree", "7052") == "7,052"
    assert write_value(0.040, "coefficient", "0.040") == "0.040"
    assert write_value(float("nan"), "percent") == "–"
    assert fact_text("table-1/average_degree/network/2023") == "3.287"


@pytest.mark.parametrize("reference", ["figure-1/share_firms/none", "table-1/diameter/network"])
def test_a_reference_to_none_or_many_facts_is_an_error(reference: str) -> None:
    with pytest.raises(KeyError):
        fact_text(reference)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_csv_disarms_formulas(start: str) -> None:
    content = write_csv(pd.DataFrame({"name": [f"{start}1+1"], "value": [-2.5]}))
    assert content.startswith(b"\xef\xbb\xbf")
    row = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))[1]
    assert row == [f"'{start}1+1", "-2.5"]


def test_badges() -> None:
    rows = rows_of("figure-1", "share_firms")
    assert badge_of(rows) == "mixed"
    assert badge_of(rows[rows["status"].eq("printed")]) == "published"
    assert badge_of(rows[rows["status"].eq("derived")]) == "derived"
    assert badge_of(CHARTS["founding"].rows(Filters(), "")) == "modelled"


def test_alt_text_says_what_is_shown() -> None:
    spec = CHARTS["province_map"]
    rows = spec.rows(Filters(), "enabling")
    beijing = rows[rows["item"].eq("11")]
    assert f"北京市 {beijing['value'].iloc[0]:.2f}%" in alt_text(spec, beijing, Filters(), "zh")
    assert alt_text(spec, rows.iloc[:0], Filters(), "en") == "There are no data for this selection."
