"""What a figure may hold, and what a filter may do to its rows."""

import json
import re
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from analytics import store
from analytics.filters import YEARS, Filters
from components.chart_card import chart_card, contents
from components.charts import CHARTS
from components.charts.spec import ChartSpec
from components.i18n import LANGUAGES
from components.sources import shown_rows
from components.view import View

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
CASES = [(chart, option) for chart, spec in CHARTS.items() for option in spec.options]
ALL = tuple(store.provinces()["code"])
FILTERS = {
    "none": Filters(),
    "one": Filters(("11",)),
    "all": Filters(ALL),
    "hong_kong": Filters(("81",)),
    "first_year": Filters(years=(2014, 2014)),
    "base": Filters(layers=("base",)),
    "everything": Filters(("81",), ("base",), (2014, 2014)),
}
CJK = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
RAW_COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}\b|\brgba?\(|\bhsla?\(")
HOLLOW = re.compile(r"\b(nan|NaN|None|NaT|inf)\b|<NA>")
KEY = ["item", "measure", "year"]
PICKED = {"figure-3", "figure-11", "table-6", "table-7"}  # whose items are provinces


def strings(value: Any) -> list[str]:
    """Give every string inside a figure or a component."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [one for part in value.values() for one in strings(part)]
    return [one for part in value for one in strings(part)] if isinstance(value, list | tuple) else []


def plain(component: Any) -> Any:
    """Give a component as the JSON that the browser gets."""
    return json.loads(json.dumps(component, default=lambda one: one.to_plotly_json(), allow_nan=False))


@pytest.mark.parametrize("name", FILTERS)
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("chart", "option"), CASES)
def test_draw_gives_a_plain_figure(chart: str, option: str, lang: str, name: str) -> None:
    """Also of no rows at all: a card hides such a figure, a script that calls `draw` does not."""
    figure = CHARTS[chart].draw(CHARTS[chart].rows(FILTERS[name], option), lang, option)
    assert type(figure) is dict and {"data", "layout"} <= figure.keys()
    assert json.loads(json.dumps(figure, allow_nan=False))["data"]
    for text in strings(figure):
        assert not RAW_COLOUR.search(text), text
        assert not HOLLOW.search(text), text
        assert lang == "zh" or not CJK.search(text), text


@pytest.mark.parametrize(("chart", "option"), CASES)
def test_colours_are_tokens_of_the_style_sheet(chart: str, option: str) -> None:
    known = set(re.findall(r"--([a-z0-9-]+)\s*:", (ROOT / "assets" / "10_look.css").read_text("utf-8")))
    figure = CHARTS[chart].draw(CHARTS[chart].rows(Filters(), option), "zh", option)
    used = {name for text in strings(figure) for name in re.findall(r"\$([a-z0-9-]+)", text)}
    assert used and used <= known


@pytest.mark.parametrize("as_table", [False, True], ids=["chart", "table"])
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("chart", CHARTS)
def test_card_keeps_to_its_language(chart: str, lang: str, as_table: bool) -> None:
    """`note` is exempt: the data hold both languages there, after a slash."""
    tables = frozenset({chart}) if as_table else frozenset()
    rows = CHARTS[chart].rows(Filters(), CHARTS[chart].options[0])
    notes = set(rows["note"].dropna())
    said = [text for text in strings(plain(chart_card(chart, View(lang, "firms", tables=tables)))) if text not in notes]
    assert len(said) > 20
    english = {en for en, zh in zip(rows["item_en"], rows["item_zh"], strict=True) if en != zh and len(en) > 3}
    for text in said:
        assert not HOLLOW.search(text), text
        assert (not CJK.search(text)) if lang == "en" else not any(name == text for name in english), text


@pytest.mark.parametrize(("chart", "option"), CASES)
def test_drawing_leaves_the_rows_alone(chart: str, option: str) -> None:
    spec = CHARTS[chart]
    rows = spec.rows(Filters(), option)
    before = rows.copy(deep=True)
    spec.draw(rows, "zh", option)
    contents(spec, Filters(), option, "en", True)
    pd.testing.assert_frame_equal(rows, before)
    pd.testing.assert_frame_equal(spec.rows(Filters(), option), before)


@pytest.mark.parametrize("spec", CHARTS.values(), ids=lambda spec: spec.id)
def test_choosing_everything_changes_no_value(spec: ChartSpec) -> None:
    """All provinces and all layers together leave out only what has neither."""
    for option in spec.options:
        whole = spec.rows(Filters(), option)
        years = spec.rows(Filters(years=YEARS), option)
        pd.testing.assert_frame_equal(whole, years)


# The default sums items up, so a filter changes its sums; this option shows them one by one.
SUMS_UP = {"flow_sankey": "provinces"}


@pytest.mark.parametrize("spec", [s for s in CHARTS.values() if set(s.sources) <= PICKED], ids=lambda spec: spec.id)
def test_a_filter_of_the_items_only_picks_rows(spec: ChartSpec) -> None:
    """A bar keeps its share of the whole when the bars beside it are filtered out."""
    option = SUMS_UP.get(spec.id, spec.options[0])
    whole, left = spec.rows(Filters(), option), spec.rows(Filters(("11", "44")), option)
    kept = shown_rows(left).merge(whole, on=["item", "measure"], suffixes=("", "_whole"))
    assert len(kept) and kept["value"].tolist() == kept["value_whole"].tolist()


@pytest.mark.parametrize(("chart", "option"), CASES)
def test_grain(chart: str, option: str) -> None:
    rows = CHARTS[chart].rows(Filters(), option)
    assert len(rows) and not rows.duplicated(KEY).any()
    assert rows.index.tolist() == list(range(len(rows)))


FLOWS = [("flow_map", "flows_20", 20), ("flow_map", "flows_50", 50), ("flow_map", "over_1", 20), ("flow_ranks", "", 20)]
FLOWS += [("flow_matrix", "of_all", 20 * 20), ("flow_sankey", "provinces", 20)]


@pytest.mark.parametrize(("chart", "option", "most"), FLOWS)
def test_flows_under_a_filter_touch_the_chosen_provinces(chart: str, option: str, most: int) -> None:
    rows = CHARTS[chart].rows(Filters(("32", "51")), option)
    assert 0 < len(rows) <= most and rows["value"].is_monotonic_decreasing
    assert all({"32", "51"} & set(item.split(">")) for item in rows["item"])
    assert rows["item"].iloc[0] in ("11>32", "44>32", "32>32")


def test_the_tree_names_its_shares_for_what_they_are() -> None:
    """A section's share of all relations is its share of the industry times the industry's."""
    rows = CHARTS["industry_tree"].rows(Filters(), "").set_index("item")
    inside = CHARTS["tertiary_sections"].rows(Filters(), "").set_index("item")
    assert rows.loc["I", "value"] == pytest.approx(inside.loc["I", "value"] * rows.loc["tertiary", "value"] / 100)
    assert rows.loc["I", "measure"] == "share_relations"
    assert rows.loc[rows["parent"].eq("tertiary"), "value"].sum() == pytest.approx(rows.loc["tertiary", "value"])
