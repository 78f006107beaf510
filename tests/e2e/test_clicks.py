"""What a click makes of the filters: the browser's own function, asked with every kind of click."""

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.e2e.steps import visit

NOW = {"province": "11,31", "layer": "base", "from": "2016", "firm_revenue": "revenue_lt_20", "data": "x"}
DROP = "([now, chip]) => aimap.filters.dropped(now, chip)"
CLICK = "([now, key, value]) => aimap.filters.clicked(now, key, value, ['11', '31', '44', '2015'])"
CONTROLS = "(said) => aimap.filters.controlled({}, ...said, [2014, 2023])"


@pytest.fixture
def reader(page: Page) -> Page:
    visit(page, "/zh/data")
    return page


@pytest.mark.parametrize(
    ("chip", "changed"),
    [
        ("province:11", {"province": "31"}),
        ("layer:base", {"layer": None}),
        ("firm_revenue:", {"firm_revenue": None}),
        ("years:", {"from": None}),
        ("reset", {"province": None, "layer": None, "from": None, "firm_revenue": None}),
        ("province:44", {}),
        ("nope", {}),
        ("constructor:1", {}),
    ],
)
def test_a_chip_takes_back_its_own_choice_only(reader: Page, chip: str, changed: dict[str, Any]) -> None:
    expected = {key: value for key, value in {**NOW, **changed}.items() if value is not None}
    assert reader.evaluate(DROP, [NOW, chip]) == expected


@pytest.mark.parametrize(
    ("key", "value", "changed"),
    [
        ("province", {"points": [{"customdata": "44"}]}, {"province": "11,31,44"}),
        ("province", {"points": [{"customdata": ["11"]}]}, {"province": "31"}),
        ("province", {"points": [{"customdata": "31;44"}]}, {"province": "11,31,44"}),
        ("province", {"points": [{"customdata": "11;31"}]}, {"province": None}),
        ("firm_founded", {"points": [{"customdata": "2015"}]}, {"firm_founded": "2015"}),
        ("province", {"points": []}, {}),
        ("province", {"points": [None]}, {}),
        ("province", {"points": 3}, {}),
        ("province", {"points": [{"customdata": "other_provinces"}]}, {}),
        ("province", {"points": [{"customdata": [["11"]]}]}, {}),
        ("province", None, {}),
    ],
)
def test_a_click_changes_its_own_choice_only(reader: Page, key: str, value: Any, changed: dict[str, Any]) -> None:
    expected = {name: one for name, one in {**NOW, **changed}.items() if one is not None}
    assert reader.evaluate(CLICK, [NOW, key, value]) == expected


@pytest.mark.parametrize(
    ("said", "query"),
    [
        ([["31", "11"], [], [2014, 2023], "either", None], {"province": "11,31"}),
        ([[], ["base"], [2016, 2023], "source", ""], {"layer": "base", "from": "2016", "end": "source"}),
        ([[], [], [2014, 2023], "either", "technology.5g_6g"], {"topic": "technology.5g_6g"}),
        ([None, None, None, None, None], {}),
    ],
)
def test_controls_say_what_a_link_says(reader: Page, said: Any, query: dict[str, str]) -> None:
    assert reader.evaluate(CONTROLS, said) == query
