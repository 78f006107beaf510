"""Crossed topics and shares by year: held to counts by hand, and to one another under any filters."""

from collections import OrderedDict
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics import store
from analytics.build import build_snapshot
from analytics.filters import Filters
from analytics.makers import OwnData
from analytics.measures import Everything, Slice
from analytics.measures.topics import (
    by_size,
    by_year,
    changes,
    crossed,
    quotients,
    standouts,
    up_to_year,
)
from components.chart_card import contents
from components.charts import CHARTS

DATA = "crossed-topics-of-test"  # 22 characters, as ids have
MINI = Path(__file__).parents[1] / "mini"
SHARES = ("technology_years", "industry_years", "technology_changes")
chosen = st.builds(
    Filters,
    provinces=st.sets(st.sampled_from(["11", "12", "31", "33", "44", "32", "81"])).map(lambda s: tuple(sorted(s))),
    layers=st.sets(st.sampled_from(["application", "base", "technology"])).map(lambda s: tuple(sorted(s))),
    years=st.sampled_from([(2014, 2023), (2014, 2014), (2016, 2020), (2021, 2023)]),
    end=st.sampled_from(["", "source", "target"]),
)
FEW = settings(max_examples=12, deadline=None)


@pytest.fixture(scope="module")
def mini(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Give the id of the small data set, which `tests/mini/README.md` counts by hand."""
    root = tmp_path_factory.mktemp("uploads")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AIM_UPLOADS", str(root))
        patch.setattr(store, "_cached", OrderedDict())
        build_snapshot(root / DATA, maker=OwnData(MINI), say=lambda _: None)
        yield DATA


@pytest.fixture
def part(mini: str) -> Slice:
    return Slice(store.tables(mini), Everything())


def test_pairs_of_the_small_data_set(part: Slice) -> None:
    """By rows of the file: 2 and 22 are chips for a smart city, 1 + 4, and row 23 one more."""
    pairs = crossed(part, "technology_applications", "technology", "application").set_index(["row", "column"])["n"]
    assert pairs["ai_chips", "smart_city"] == 6
    assert pairs["computer_vision", "intelligent_finance"] == 5
    assert pairs.sum() == 25
    assert by_size(pairs.reset_index(), "row")[0] == "ai_chips"


def test_industries_are_summed_up(part: Slice) -> None:
    sections = crossed(part, "application_industries", "application", "industry", "section")
    assert sections.set_index(["row", "column"])["n"].to_dict() == {
        ("intelligent_finance", "J"): 5,
        ("intelligent_manufacturing", "C"): 8,
        ("smart_city", "I"): 12,
        ("smart_city", "S"): 1,
    }
    three = crossed(part, "application_industries", "application", "industry", "industry")
    assert three.groupby("column")["n"].sum().to_dict() == {"secondary": 8, "tertiary": 18}


def test_quotients_by_hand() -> None:
    """40 of 100 in the first row, 40 of 100 in the first column: 16 are expected where 30 are."""
    pairs = pd.DataFrame({"row": ["a", "a", "b", "b"], "column": ["x", "y", "x", "y"], "n": [30, 10, 10, 50]})
    cells = quotients(pairs, ["a", "b"], ["x", "y"])
    assert cells["expected"].tolist() == [16, 24, 24, 36]
    assert cells["lq"].round(4).tolist() == [1.875, 0.4167, 0.4167, 1.3889]
    assert standouts(cells)["row"].tolist()[:1] == ["a"]


def test_few_expected_relations_have_no_quotient(part: Slice) -> None:
    """9 chips times 13 smart cities by 25 are 4.68, fewer than 5."""
    cells = quotients(
        crossed(part, "technology_applications", "technology", "application"), ["ai_chips"], ["smart_city"]
    )
    assert cells["expected"].tolist() == pytest.approx([4.68])
    assert cells["n"].tolist() == [6] and cells["lq"].isna().all()


def test_what_is_shown_does_not_change_what_is_expected() -> None:
    pairs = pd.DataFrame({"row": ["a", "a", "b"], "column": ["x", "y", "y"], "n": [30, 30, 40]})
    one = quotients(pairs, ["b", "c"], ["y"])
    assert one["expected"].tolist() == [28, 0] and one["n"].tolist() == [40, 0]


def test_chance_is_no_finding() -> None:
    """Counts drawn without any tie have, of hundreds of pairs, none that stands out."""
    rng = np.random.default_rng(3)
    rows = [f"r{at}" for at in range(20)]
    n = rng.poisson(np.outer(np.geomspace(4, 80, 20), np.geomspace(2, 10, 20))).ravel()
    pairs = pd.DataFrame({"row": np.repeat(rows, 20), "column": np.tile(rows, 20), "n": n})
    cells = quotients(pairs, rows, rows).dropna(subset="lq")
    assert len(cells) > 300 and standouts(cells).empty


def test_shares_by_year_by_hand(part: Slice) -> None:
    """Of 2014: three of things, one of speech, one of chips."""
    items = ["ai_chips", "computer_vision", "internet_of_things", "speech_recognition"]
    rows = by_year(part, "technologies_by_end", "technology", items).set_index(["item", "year"])
    assert rows.xs(2014, level="year")["value"].to_dict() == dict(zip(items, (20, 0, 60, 20), strict=True))
    assert rows["n"].sum() == 31  # 32 have a technology; of one the year was emptied
    stock = up_to_year(rows.reset_index()).set_index(["item", "year"])
    assert stock.loc[("ai_chips", 2014), ["n", "value"]].tolist() == [4, 50]


def test_changes_by_hand(part: Slice) -> None:
    rows = by_year(part, "technologies_by_end", "technology", ["ai_chips", "computer_vision", "internet_of_things"])
    moved = changes(rows[rows["year"].isin([2014, 2015, 2016])])
    ends = moved[moved["item"].eq("internet_of_things")]
    assert ends["year"].tolist() == [2014, 2016]
    assert moved.drop_duplicates("item")["item"].tolist()[-1] == "internet_of_things"
    assert ends["change"].tolist() == pytest.approx([-75, -75])  # 3 of 4 known ones in 2014, none in 2016
    assert changes(rows[rows["year"].eq(2015)])["change"].eq(0).all()


@FEW
@given(chosen)
def test_heat_map_and_sankey_hold_all_relations_with_both_topics(filters: Filters) -> None:
    tables = store.tables()
    cube = tables["technology_applications"]
    keep = Slice(tables, filters).relations("technology_applications")
    both = cube["technology"].astype(str).ne("") & cube["application"].astype(str).ne("")
    total = cube.loc[keep & both.to_numpy(), "n_relations"].sum()
    assert CHARTS["technology_by_application"].rows(filters, "count")["n"].sum() == total
    for option in CHARTS["topic_sankey"].options:
        flows = CHARTS["topic_sankey"].rows(filters, option)
        left = flows[flows["column"].eq("applications")]
        assert left["n"].sum() == total
        assert left["value"].sum() == pytest.approx(100 if total else 0)


@FEW
@given(chosen)
def test_the_two_groups_of_columns_count_the_same_relations(filters: Filters) -> None:
    rows = CHARTS["technology_by_industry"].rows(filters, "count")
    assert rows.groupby("level")["n"].sum().nunique() in ((0,) if rows.empty else (1,))
    expected = rows.groupby("level")["expected"].sum()
    assert rows.groupby("level")["n"].sum().tolist() == pytest.approx(expected.tolist())


@FEW
@given(chosen)
def test_shares_of_a_year_add_up(filters: Filters) -> None:
    for chart in SHARES:
        for option in CHARTS[chart].options:
            rows = CHARTS[chart].rows(filters, option)
            assert np.allclose(rows.groupby("year")["value"].sum(), 100)
            assert rows["year"].between(*filters.years).all()


@FEW
@given(chosen)
def test_the_order_never_changes(filters: Filters) -> None:
    """Rows, columns, panels and nodes stay where they are, whatever is filtered."""
    for chart, column in (("technology_by_application", "row"), ("technology_by_application", "column")):
        whole, found = (CHARTS[chart].rows(one, "count")[column].drop_duplicates() for one in (Filters(), filters))
        assert not len(found) or found.tolist() == whole.tolist()
    flows, found = (CHARTS["topic_sankey"].rows(one, "all") for one in (Filters(), filters))
    for side in ("left", "right"):
        places = flows.drop_duplicates(side).set_index(side)[f"{side}_place"]
        assert (found[f"{side}_place"] == found[side].map(places)).all()


@given(st.data())
@settings(max_examples=10, deadline=None)
def test_choosing_provinces_changes_no_quotient_of_the_map_of_provinces(data: st.DataObject) -> None:
    end = data.draw(st.sampled_from(["source", "target"]))
    code = data.draw(st.sampled_from(["11", "44", "33", "32"]))
    whole, one = (CHARTS["province_technologies"].rows(f, end) for f in (Filters(), Filters((code,))))
    pd.testing.assert_frame_equal(one, whole[whole["row"].eq(code)].reset_index(drop=True))


NEW = (*SHARES, "technology_by_application", "technology_by_industry", "province_technologies", "topic_sankey")


@pytest.mark.parametrize("chart", NEW)
def test_data_without_topics_and_years_show_nothing_and_say_why(
    chart: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AIM_UPLOADS", str(tmp_path / "uploads"))
    monkeypatch.setattr(store, "_cached", OrderedDict())
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "relations.csv").write_text("source,target\na,b\nb,c\n", "utf-8")
    build_snapshot(tmp_path / "uploads" / DATA, maker=OwnData(tmp_path / "own"), say=lambda _: None)
    filters = Filters(years=store.span(DATA), data=DATA)
    for option in CHARTS[chart].options:
        assert CHARTS[chart].rows(filters, option).empty
        parts = contents(CHARTS[chart], filters, option, "en", False)
        assert parts["figure"] is None and "no column relations." in str(parts["empty"])
