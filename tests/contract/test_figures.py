"""What a figure may hold, and what a filter may do to its rows."""

import json
import re
from itertools import combinations_with_replacement
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
from components.view import View

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
# Every value of a filter that a link can hold for one field.
VALUES: dict[str, list[Filters]] = {
    "provinces": [Filters((code,)) for code in ALL],
    "layers": [Filters(layers=(slug,)) for slug in store.layers()["slug"]],
    "years": [Filters(years=pair) for pair in combinations_with_replacement(range(YEARS[0], YEARS[1] + 1), 2)],
}
CJK = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
RAW_COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}\b|\brgba?\(|\bhsla?\(")
HOLLOW = re.compile(r"\b(nan|NaN|None|NaT|inf)\b|<NA>")
KEY = ["item", "measure", "year"]


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
    figure = CHARTS[chart].draw(CHARTS[chart].select(FILTERS[name], option), lang, option)
    assert type(figure) is dict and {"data", "layout"} <= figure.keys()
    assert json.loads(json.dumps(figure, allow_nan=False))["data"]
    for text in strings(figure):
        assert not RAW_COLOUR.search(text), text
        assert not HOLLOW.search(text), text
        assert lang == "zh" or not CJK.search(text), text


@pytest.mark.parametrize(("chart", "option"), CASES)
def test_colours_are_tokens_of_the_style_sheet(chart: str, option: str) -> None:
    known = set(re.findall(r"--([a-z0-9-]+)\s*:", (ROOT / "assets" / "10_look.css").read_text("utf-8")))
    figure = CHARTS[chart].draw(CHARTS[chart].select(Filters(), option), "zh", option)
    used = {name for text in strings(figure) for name in re.findall(r"\$([a-z0-9-]+)", text)}
    assert used and used <= known


@pytest.mark.parametrize("as_table", [False, True], ids=["chart", "table"])
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("chart", CHARTS)
def test_card_keeps_to_its_language(chart: str, lang: str, as_table: bool) -> None:
    """`note` is exempt: the data hold both languages there, after a slash."""
    tables = frozenset({chart}) if as_table else frozenset()
    rows = CHARTS[chart].select(Filters(), CHARTS[chart].options[0])
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
    rows = spec.select(Filters(), option)
    before = rows.copy(deep=True)
    spec.draw(rows, "zh", option)
    contents(spec, Filters(), option, "en", True)
    pd.testing.assert_frame_equal(rows, before)
    pd.testing.assert_frame_equal(spec.select(Filters(), option), before)


@pytest.mark.parametrize("field", VALUES)
@pytest.mark.parametrize("spec", CHARTS.values(), ids=lambda spec: spec.id)
def test_a_field_matters_if_and_only_if_it_is_used(spec: ChartSpec, field: str) -> None:
    """Over every value a link can hold, not just a handy one."""
    for option in spec.options:
        whole = spec.select(Filters(), option)
        changed = any(not whole.equals(spec.select(one, option)) for one in VALUES[field])
        assert changed == (field in spec.uses)


@pytest.mark.parametrize("name", [name for name in FILTERS if name != "none"])
@pytest.mark.parametrize(("chart", "option"), CASES)
def test_a_filter_only_takes_away(chart: str, option: str, name: str) -> None:
    """What is left has the same values: a filter invents and reweighs nothing."""
    spec = CHARTS[chart]
    whole = spec.select(Filters(), option).set_index(KEY)["value"].to_dict()
    left = spec.select(FILTERS[name], option).set_index(KEY)["value"].to_dict()
    assert left.keys() <= whole.keys()
    assert all(pd.isna(whole[key]) if pd.isna(value) else whole[key] == value for key, value in left.items())


@pytest.mark.parametrize(("chart", "option"), CASES)
def test_grain(chart: str, option: str) -> None:
    rows = CHARTS[chart].select(Filters(), option)
    assert len(rows) and not rows.duplicated(KEY).any()
    assert rows.index.tolist() == list(range(len(rows)))


@pytest.mark.parametrize("chart", ["flow_map", "flow_ranks", "flow_matrix", "flow_sankey"])
def test_flows_under_a_filter_touch_the_chosen_provinces(chart: str) -> None:
    rows = CHARTS[chart].select(Filters(("32", "51")), "")
    assert rows["item"].tolist() == ["11>32", "44>32", "11>51"]
    giver = CHARTS[chart].select(Filters(("33",)), "")
    assert giver["item"].tolist() == ["33>33", "11>33", "33>11", "44>33", "33>44", "33>31"]


def test_the_tree_names_its_shares_for_what_they_are() -> None:
    """22.76 percent is IT services' share of all relations; its share of the tertiary industry is 31.64."""
    rows = CHARTS["industry_tree"].select(Filters(), "").set_index("item")
    assert rows.loc["I", "value"] == pytest.approx(31.64 * 71.93 / 100)
    assert rows.loc["I", "measure"] == "share_relations"
