"""What a click does to the filters; whatever it says, the result is one that a link can hold."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics import store
from analytics.filters import LONGEST, YEARS, Filters, parse
from components.filter_bar import chips, clicked_province, toggled, without
from components.i18n import LANGUAGES

CODES = store.provinces()["code"].tolist()
LAYERS = store.layers()["slug"].tolist()

chosen = st.builds(
    Filters,
    st.sets(st.sampled_from(CODES)).map(lambda s: tuple(sorted(s))),
    st.sets(st.sampled_from(LAYERS)).map(lambda s: tuple(sorted(s))),
    st.tuples(st.integers(*YEARS), st.integers(*YEARS)).map(lambda y: (min(y), max(y))),
)
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text() | st.sampled_from(CODES),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["points", "customdata", "x"]), inner),
    max_leaves=8,
)
keys = st.sampled_from(["provinces:11", "provinces:", "layers:base", "years:", "years:2014", "reset:", ":", "", "x:11"])


def chip_keys(filters: Filters) -> list[str]:
    return [chip.id["chip"] for chip in chips(filters, "en")]


@given(chosen, keys | st.text())
def test_taking_back_never_adds_and_gives_a_filter_of_a_link(filters: Filters, key: str) -> None:
    left = without(filters, key)
    assert parse(left.to_query()) == (left, ())
    assert set(left.provinces) <= set(filters.provinces) and set(left.layers) <= set(filters.layers)
    assert left.years in (filters.years, YEARS)


@given(chosen)
def test_every_chip_takes_back_its_own_choice_and_no_other(filters: Filters) -> None:
    count = len(chip_keys(filters))
    for key in chip_keys(filters):
        left = len(chip_keys(without(filters, key)))
        assert left == (0 if key == "reset" or count == 2 else count - 1)


@given(chosen)
def test_taking_back_every_chip_leaves_nothing(filters: Filters) -> None:
    for key in [key for key in chip_keys(filters) if key != "reset"]:
        filters = without(filters, key)
    assert filters == Filters() and chips(filters, "zh") == []


@pytest.mark.parametrize(
    "key", ["provinces:44", "layers:application", "provinces", "layers", "region:11", "", ":", "x"]
)
def test_a_chip_that_stands_for_nothing_changes_nothing(key: str) -> None:
    filters = Filters(("11",), ("base",), (2016, 2020))
    assert without(filters, key) == filters


@given(chosen, st.sampled_from(CODES))
def test_toggling_twice_changes_nothing_and_once_one_province(filters: Filters, code: str) -> None:
    once = toggled(filters, code)
    assert toggled(once, code) == filters
    assert set(once.provinces) ^ set(filters.provinces) == {code}
    assert list(once.provinces) == sorted(once.provinces)
    assert (once.layers, once.years) == (filters.layers, filters.years)


@given(anything)
def test_a_click_gives_a_province_or_nothing(click: Any) -> None:
    assert clicked_province(click) in {"", *CODES}


@pytest.mark.parametrize("code", ["11", "71", "81", "82"])
def test_a_click_on_a_point_gives_its_province(code: str) -> None:
    assert clicked_province({"points": [{"customdata": [code]}]}) == code  # a polygon's
    assert clicked_province({"points": [{"customdata": code, "x": 1}, {"customdata": "44"}]}) == code


@pytest.mark.parametrize(
    "code", [11, "99", "11 ", "11,31", ["99"], [["11"]], [], {"x": "11"}, None, True, "other_provinces", "11>44"]
)
def test_a_click_on_what_is_no_province_gives_nothing(code: Any) -> None:
    assert clicked_province({"points": [{"customdata": code}]}) == ""


@pytest.mark.parametrize("lang", LANGUAGES)
def test_chips_are_named_in_the_readers_language(lang: str) -> None:
    found = chips(Filters(("11",), ("base",), (2016, 2020)), lang)
    names = [chip.children[0].children for chip in found[:-1]]
    assert names == (["北京", "基础层", "2016–2020"] if lang == "zh" else ["Beijing", "Base layer", "2016–2020"])
    assert [chip.id["chip"] for chip in found] == ["provinces:11", "layers:base", "years:", "reset"]


def test_the_longest_choice_fits_into_a_link() -> None:
    """All provinces are not cut off as junk."""
    query = Filters(tuple(CODES), tuple(sorted(LAYERS)), (2015, 2022)).to_query()
    assert max(map(len, query.values())) <= LONGEST
    assert parse(query).ignored == ()
