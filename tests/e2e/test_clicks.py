"""What a click makes of the filters: the browser's own function, asked with every kind of click."""

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.e2e.steps import visit

NOW = {"provinces": ["11", "31"], "layers": ["base"], "years": [2016, 2020]}
MAP = {"part": "graph", "chart": "province_map"}
APPLY = "([now, id, value]) => dash_clientside.filters.apply(now, id, value, ['11', '31', '44'], [2014, 2023])"
NOTHING: list[tuple[Any, Any]] = [
    ({"region": "44"}, None),
    ({"chip": "provinces:44"}, 1),
    ({"chip": "nope"}, 1),
    ({"chip": "constructor:1"}, 1),
    (MAP, {"points": []}),
    (MAP, {"points": [None]}),
    (MAP, {"points": 3}),
    (MAP, {"points": [{"customdata": "other_provinces"}]}),
    (MAP, {"points": [{"customdata": [["11"]]}]}),
    (None, 1),
    ("f-province", 1),
]


@pytest.fixture
def reader(page: Page) -> Page:
    visit(page, "/zh/data")
    return page


@pytest.mark.parametrize(
    ("id_", "value", "changed"),
    [
        ({"region": "12,13"}, 1, {"provinces": ["12", "13"]}),
        ({"region": ""}, 1, {"provinces": []}),
        ({"chip": "provinces:11"}, 1, {"provinces": ["31"]}),
        ({"chip": "layers:base"}, 1, {"layers": []}),
        ({"chip": "years:"}, 1, {"years": [2014, 2023]}),
        ({"chip": "reset"}, 1, {"provinces": [], "layers": [], "years": [2014, 2023]}),
        (MAP, {"points": [{"customdata": "44"}]}, {"provinces": ["11", "31", "44"]}),
        (MAP, {"points": [{"customdata": ["11"]}]}, {"provinces": ["31"]}),
    ],
)
def test_a_click_changes_its_own_choice_only(reader: Page, id_: Any, value: Any, changed: Any) -> None:
    assert reader.evaluate(APPLY, [NOW, id_, value]) == {**NOW, **changed}


def test_a_click_that_says_nothing_changes_nothing(reader: Page) -> None:
    for id_, value in NOTHING:
        assert reader.evaluate(APPLY, [NOW, id_, value]) == NOW, (id_, value)
