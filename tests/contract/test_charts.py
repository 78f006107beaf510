"""Every chart, in both languages, under no, one, all and impossible filters."""

import json
import re
from dataclasses import replace
from itertools import product
from typing import Any

import pytest

from analytics import store
from analytics.filters import Filters
from components.chart_card import chart_card, contents
from components.charts import CHARTS
from components.charts.select import COLUMNS
from components.i18n import LANGUAGES, t, words
from components.view import View

FILTERS = {
    "none": Filters(),
    "one": Filters(("11",), ("base",), (2020, 2020)),
    "all": Filters(tuple(store.provinces()["code"]), tuple(sorted(store.layers()["slug"]))),
    "impossible": Filters(("81",)),
}
# A value of each field that must change a chart that claims to answer to it.
NARROW = {"provinces": ("11",), "layers": ("base",), "years": (2020, 2021)}
CASES = [(chart, option) for chart, spec in CHARTS.items() for option in spec.options]
CJK = re.compile(r"[\u4e00-\u9fff]")


def strings(value: Any) -> list[str]:
    """Give every string inside a figure."""
    if isinstance(value, str):
        return [value]
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else []
    return [one for part in inner for one in strings(part)]


@pytest.mark.parametrize("name", FILTERS)
@pytest.mark.parametrize(("chart", "option"), CASES)
def test_frame_and_figure(chart: str, option: str, name: str) -> None:
    spec = CHARTS[chart]
    rows = spec.rows(FILTERS[name], option)
    assert set(COLUMNS) <= set(rows.columns)
    for lang in LANGUAGES:
        parts = contents(spec, FILTERS[name], option, lang, False)
        assert (parts["figure"] is None) == bool(parts["empty"])
        if parts["figure"]:
            check_figure(parts["figure"], lang)


def check_figure(figure: dict[str, Any], lang: str) -> None:
    json.dumps(figure, allow_nan=False)
    assert figure["data"] and "template" not in figure["layout"]
    for text in strings(figure):
        assert not re.search(r"#[0-9a-fA-F]{6}|rgb", text), text
        assert not re.search(r"\b(nan|NaN|None|<NA>)\b", text), text
        assert lang == "zh" or not CJK.search(text), text


@pytest.mark.parametrize(("chart", "field"), list(product(CHARTS, NARROW)))
def test_uses_is_true(chart: str, field: str) -> None:
    """A chart changes with each filter it claims to use, and with no other."""
    spec = CHARTS[chart]
    changed = []
    for option in spec.options:
        whole = spec.rows(Filters(), option)
        narrow = spec.rows(replace(Filters(), **{field: NARROW[field]}), option)
        changed.append(not whole.equals(narrow))
    assert any(changed) == (field in spec.uses)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("chart", CHARTS)
def test_card_and_words(chart: str, lang: str) -> None:
    for part in ("title", "subtitle", "definition"):
        assert t(f"chart.{chart}.{part}", lang).strip()
    text = json.dumps(chart_card(chart, View(lang, "firms"), 6).to_plotly_json(), default=lambda c: c.to_plotly_json())
    assert f"/data/{chart}.csv" in text
    table = contents(CHARTS[chart], Filters(), CHARTS[chart].options[0], lang, True)["table"]
    lines = table.to_plotly_json()["props"]["children"][1].to_plotly_json()["props"]["children"]
    rows = CHARTS[chart].select(Filters(), CHARTS[chart].options[0])
    assert len(lines) == rows["value"].notna().sum()


def test_locales_hold_the_same_keys_and_their_references_resolve() -> None:
    assert words("zh").keys() == words("en").keys()
    for lang in LANGUAGES:
        for key, text in words(lang).items():
            if "[[" in text:
                assert "[[" not in t(key, lang)


def test_no_percentage_is_typed_into_a_title() -> None:
    """A number in a title comes from the facts."""
    for lang, chart in product(LANGUAGES, CHARTS):
        raw = re.sub(r"\[\[.*?\]\]", "", words(lang)[f"chart.{chart}.title"])
        assert not re.search(r"\d+\.\d+", raw), raw


def test_derived_facts_say_how() -> None:
    facts = store.facts()
    derived = facts[facts["status"].eq("derived")]
    assert len(derived) > 10
    assert derived["note"].str.len().gt(0).all()


@pytest.mark.parametrize("chart", CHARTS)
def test_a_computed_row_never_passes_for_a_printed_one(chart: str) -> None:
    """Whatever came from the data set says so; only then may a printed value stand beside it."""
    spec = CHARTS[chart]
    rows = spec.rows(Filters(), spec.options[0])
    status = set(rows["status"].dropna())
    quoted = {"press"} if chart == "earlier_editions" else set()
    assert status == ({"modelled"} if "data" in spec.uses else {"printed"} | quoted)
    assert "data" in spec.uses or "reported" not in rows


@pytest.mark.parametrize("field", NARROW)
def test_printed_values_stand_beside_the_whole_only(field: str) -> None:
    """Under a filter the report prints nothing, so no mark may claim it did."""
    narrow = replace(Filters(), **{field: NARROW[field]})
    for spec in CHARTS.values():
        if field in spec.uses and field != "provinces" and "reported" in spec.rows(narrow, spec.options[0]):
            rows = spec.rows(narrow, spec.options[0])
            keeps = spec.id in ("layers", "patent_layers") or "table-1" in spec.sources
            assert keeps or not rows["reported"].fillna("").ne("").any(), spec.id
