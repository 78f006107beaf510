"""Chips and controls; what a click does to them is decided, and tested, in the browser."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics import store
from analytics.filters import LONGEST, YEARS, Filters, parse
from components.filter_bar import chips
from components.i18n import LANGUAGES

CODES = store.provinces()["code"].tolist()
LAYERS = store.layers()["slug"].tolist()

chosen = st.builds(
    Filters,
    st.sets(st.sampled_from(CODES)).map(lambda s: tuple(sorted(s))),
    st.sets(st.sampled_from(LAYERS)).map(lambda s: tuple(sorted(s))),
    st.tuples(st.integers(*YEARS), st.integers(*YEARS)).map(lambda y: (min(y), max(y))),
)


@given(chosen)
def test_there_is_a_chip_for_every_choice_and_one_reset(filters: Filters) -> None:
    found = [chip.to_plotly_json()["props"]["data-chip"] for chip in chips(filters, "en")]
    count = len(filters.provinces) + len(filters.layers) + (filters.years != YEARS)
    assert len(found) == (count + 1 if count else 0) and found[-1:] == (["reset"] if count else [])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_chips_are_named_in_the_readers_language(lang: str) -> None:
    found = chips(Filters(("11",), ("base",), (2016, 2020)), lang)
    names = [chip.children[0].children for chip in found[:-1]]
    assert names == (["北京", "基础层", "2016–2020"] if lang == "zh" else ["Beijing", "Base layer", "2016–2020"])
    keys = [chip.to_plotly_json()["props"]["data-chip"] for chip in found]
    assert keys == ["province:11", "layer:base", "years:", "reset"]


def test_the_longest_choice_fits_into_a_link() -> None:
    """All provinces are not cut off as junk."""
    query = Filters(tuple(CODES), tuple(sorted(LAYERS)), (2015, 2022)).to_query()
    assert max(map(len, query.values())) <= LONGEST
    assert parse(query).ignored == ()
