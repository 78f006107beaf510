"""Cards of polarization: sentences, printed marks, and what a selection leaves."""

import pandas as pd
import pytest

from analytics import store
from analytics.filters import Filters
from components.chart_card import contents
from components.charts import CHARTS
from components.charts.polarization import POLARIZATION
from components.i18n import LANGUAGES, t
from components.polarization_words import verdict


def row(item: str, year: int, value: float) -> dict[str, object]:
    same = {"item_zh": item, "item_en": item, "since": year - 3, "before": 50.0, "after": 51.0}
    return {"item": item, "year": year, "value": value, **same}


def said(*rows: tuple[str, int, float], lang: str = "en") -> str:
    return verdict(pd.DataFrame([row(*one) for one in rows]), lang)


def test_the_sentence_of_a_single_year() -> None:
    text = said(("core_share", 2020, 2.0))
    assert text.startswith("This network polarizes: compared with 2017, 1 of 1 measures")
    assert text.endswith("No other year can be judged. core_share 50.00% → 51.00%.")


def test_the_sentence_of_a_tie_and_of_a_turn() -> None:
    tied = said(("gini_source", 2019, -2.0), ("gini_source", 2020, 2.0), ("core_share", 2020, -2.0))
    assert "no clear direction" in tied and "The year before it was otherwise." in tied and "50.000 → 51.000" in tied
    assert "So it has been since 2020." in said(("a", 2019, 1.0), ("a", 2020, -1.0), ("a", 2021, -1.0))
    assert "in every year that can be judged, from 2020 on" in said(("a", 2020, -1.0), ("a", 2021, -1.0))


def test_the_sentence_in_chinese() -> None:
    text = said(("a", 2020, -1.0), ("a", 2021, -1.0), lang="zh")
    counts = "该网络趋于扩散：与 2018 年相比，2021 年 1 项测度中有 1 项背离极化，0 项趋向极化，0 项不变。"
    assert text == counts + "自 2020 年起，凡可判断的年份均如此。"


def marked(chart: str, option: str, filters: Filters) -> dict[str, tuple[float, str]]:
    rows = CHARTS[chart].rows(filters, option)
    found = rows[rows["reported"].ne("")]
    return {one.item: (round(one.value, 2), one.reported) for one in found.itertuples()}


def test_what_the_report_prints_is_met_and_marked_over_the_whole_only() -> None:
    whole = Filters()
    cores = marked("concentration_years", "first_4", whole)
    assert {end: text for end, (_, text) in cores.items()} == {"source": "85.18", "target": "82.86"}
    inside = marked("structure_years", "stock", whole)
    assert {item: text for item, (_, text) in inside.items()} == {"inside_11": "11.82", "inside_44": "8.23"}
    for value, text in (*cores.values(), *inside.values()):
        assert value == pytest.approx(float(text), abs=0.05)
    assert not marked("concentration_years", "first_4", Filters(layers=("base",)))
    assert not marked("structure_years", "new", whole)


def test_structure_adds_up_under_any_filter() -> None:
    for filters in (Filters(), Filters(("11",)), Filters(("65", "54")), Filters((), ("base",), (2016, 2018))):
        for option in ("stock", "new"):
            rows = CHARTS["structure_years"].rows(filters, option)
            sums = rows[~rows["item"].str.startswith("inside_")].groupby("year")["value"].sum()
            assert sums.to_numpy() == pytest.approx(100)


def test_a_later_year_knows_the_earlier_ones() -> None:
    """Years choose what is shown; the network of a year holds all relations up to it."""
    whole = CHARTS["reach_years"].rows(Filters(), "pairs")
    late = CHARTS["reach_years"].select(Filters(years=(2020, 2021)), "pairs")
    kept = whole[whole["year"].between(2020, 2021)]
    assert late["value"].tolist() == kept["value"].tolist()


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("spec", POLARIZATION, ids=lambda spec: spec.id)
def test_the_data_of_nobody_say_why_they_are_empty(spec: object, lang: str) -> None:
    """Macao has a handful of relations; its base layer in 2014 has none."""
    filters = Filters(("82",), ("base",), (2014, 2014))
    for option in spec.options:  # type: ignore[attr-defined]
        parts = contents(spec, filters, option, lang, False)  # type: ignore[arg-type]
        assert (parts["figure"] is None) == bool(parts["empty"])


def test_the_years_of_the_reconstruction_are_said_to_be_modelled() -> None:
    for spec in POLARIZATION:
        assert contents(spec, Filters(), spec.options[0], "en", False)["note"].endswith(t("polar.assumed_years", "en"))


def test_beijing_through_the_editions() -> None:
    rows = CHARTS["earlier_editions"].rows(Filters(("11",)), "editions_provinces")
    assert rows["printed"].tolist() == ["43.9", "42.5", "29.73", "29.04"]
    assert rows["n"].tolist() == [408, 797, 2205, 4311]
    assert rows["status"].tolist() == ["press", "press", "press", "printed"]
    parts = contents(CHARTS["earlier_editions"], Filters(), "editions_provinces", "zh", False)
    assert t("badge.press", "zh") in str(parts["badge"])
    assert all(n in str(parts["figure"]) for n in ("408 家", "797 家", "2,205 家", "4,311 家"))


def test_every_counterpart_is_shown_somewhere() -> None:
    spec, quoted = CHARTS["earlier_editions"], store.editions()
    shown = sum(len(spec.rows(Filters(), option).query("status == 'press'")) for option in spec.options)
    assert shown == quoted["fact"].ne("").sum() == 20
