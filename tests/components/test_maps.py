"""Maps and pairs of provinces: classes, ratios and balances against sums made here by hand."""

from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics import store
from analytics.contract import NONE, OUTSIDE
from analytics.filters import Filters, parse
from analytics.measures.exchange import FEWEST
from components.charts import CHARTS
from components.charts.choropleth import DIVERGING, select_map, shade_of
from components.charts.pairs import region_of, select_balance, select_matrix, select_sankey
from components.charts.shades import Shade, quantiles
from components.charts.tiles import GRID
from components.i18n import LANGUAGES, t

YEARS = store.REPORT_YEARS
FILTERS = st.builds(
    lambda layers, years: Filters(layers=tuple(sorted(layers)), years=(min(years), max(years))),
    st.sets(st.sampled_from(["base", "technology", "application"]), max_size=2),
    st.tuples(st.integers(*YEARS), st.integers(*YEARS)),
)


def counts(filters: Filters) -> pd.DataFrame:
    """Count located pairs from the cube, with nothing of the code under test."""
    rows = store.tables()["flows"]
    keep = rows["year"].between(*filters.years) | (filters.years == YEARS)
    if filters.layers:
        keep &= rows["source_layer"].isin(filters.layers) | rows["target_layer"].isin(filters.layers)
    return (
        rows[keep].groupby(["source_province", "target_province"], as_index=False, observed=True)["n_relations"].sum()
    )


def located(rows: pd.DataFrame, *ends: str) -> pd.DataFrame:
    """Drop what has an end without a province."""
    for end in ends:
        rows = rows[~rows[f"{end}_province"].astype(str).isin([NONE, OUTSIDE])]
    return rows


@given(FILTERS)
@settings(deadline=None, max_examples=15)
def test_shares_are_those_of_the_cube(filters: Filters) -> None:
    both = select_map(filters, "both")
    for end, measure in (("source", "share_enabling"), ("target", "share_input")):
        hand = located(counts(filters), end).groupby(f"{end}_province", observed=True)["n_relations"].sum()
        rows = both[both["measure"].eq(measure)].set_index("item")
        if hand.sum() == 0:
            assert rows["value"].isna().all()
            continue
        assert rows["n"].sum() == hand.sum() and rows["value"].sum() == pytest.approx(100)
        assert rows.loc[hand.index.astype(str), "n"].tolist() == hand.tolist()
        assert set(rows.loc[rows["n"].eq(0), "state"]) <= {"zero"}


@given(FILTERS)
@settings(deadline=None, max_examples=15)
def test_what_all_give_all_take(filters: Filters) -> None:
    net = select_map(filters, "net")
    assert net["value"].dropna().sum() == pytest.approx(0, abs=1e-6)
    rows, hand = select_balance(filters, ""), located(counts(filters), "source", "target")
    apart = hand[hand["source_province"].astype(str) != hand["target_province"].astype(str)]
    gives, takes = (
        apart.groupby(f"{end}_province", observed=True)["n_relations"].sum() for end in ("source", "target")
    )
    for row in rows.itertuples():
        out, into = int(gives.get(row.item, 0)), int(takes.get(row.item, 0))
        assert row.n == out + into >= FEWEST and row.value == pytest.approx((out - into) * 100 / (out + into))


def test_the_matrix_relates_a_pair_to_its_ends() -> None:
    hand = located(counts(Filters()), "source", "target")
    total = hand["n_relations"].sum()
    gives, takes = (hand.groupby(f"{end}_province", observed=True)["n_relations"].sum() for end in ("source", "target"))
    pair = hand.astype({"source_province": str, "target_province": str}).set_index(
        ["source_province", "target_province"]
    )
    n = int(pair.loc[("11", "44"), "n_relations"])
    expected = {
        "of_giver": n * 100 / gives["11"],
        "of_taker": n * 100 / takes["44"],
        "expected": n * total / (gives["11"] * takes["44"]),
    }
    for option, value in expected.items():
        rows = select_matrix(Filters(), option).set_index("item")
        assert rows.loc["11>44", "value"] == pytest.approx(value) and rows.loc["11>44", "n"] == n
    rows = select_matrix(Filters(), "expected")
    ends = rows["source_province"].map(gives) * rows["target_province"].map(takes) / total
    assert rows["value"].isna().tolist() == (ends < 5).tolist() and rows["value"].isna().any()


def test_regions_add_up_to_their_provinces() -> None:
    hand = located(counts(Filters()), "source", "target").astype({"source_province": str, "target_province": str})
    home = [hand[f"{end}_province"].map(region_of()) for end in ("source", "target")]
    sums = hand["n_relations"].groupby([home[0], home[1]]).sum()
    assert region_of()["34"] == "yangtze_river_delta", "the first of the report's two regions, as in Theil's split"
    rows = select_sankey(Filters(), "regions").set_index(["source_province", "target_province"])
    assert rows["n"].to_dict() == sums.to_dict()


def test_ratio_and_relations_by_firm() -> None:
    shares = select_map(Filters(), "both").pivot(index="item", columns="measure", values="n").astype(float)
    ratio = select_map(Filters(), "ratio").set_index("item")["value"]
    assert ratio["44"] == pytest.approx(shares.loc["44", "share_enabling"] / shares.loc["44", "share_input"])
    firms = store.tables()["firm_values"]["province"].astype(str).value_counts()
    by_firm = select_map(Filters(), "per_firm").set_index("item")["value"]
    assert by_firm["11"] == pytest.approx(shares.loc["11"].sum() / firms["11"])


@pytest.mark.parametrize(
    ("value", "at"), [(-1, 0), (0.19, 0), (0.2, 1), (0.99, 2), (1.0, 3), (11.9, 4), (12, 5), (99, 5)]
)
def test_a_class_begins_at_its_lower_limit(value: float, at: int) -> None:
    assert shade_of(pd.Series(dtype=float), "enabling", "steps").at(value) == at


def test_classes_of_equal_counts() -> None:
    values = pd.Series(range(1, 61), dtype=float)
    shade = shade_of(values, "enabling", "quantile")
    assert values.map(shade.at).value_counts().tolist() == [10] * 6
    assert quantiles(pd.Series([5.0] * 9), 6) == (5.0,)
    few = shade_of(pd.Series([5.0] * 9), "enabling", "quantile")
    assert (few.at(4), few.at(5)) == (0, 1) and few.colours == ("$t0", "$t5")
    assert shade_of(pd.Series([-9.0, -1.0, 0.0, 1.0, 9.0]), "net", "quantile").limits == (-5.0, -0.05, 0.05, 5.0)
    ratios = pd.Series([0.0, 0.1, 0.25, 1.0, 4.0, 10.0])  # factors beyond the middle: 10, 4, 4, 10
    assert shade_of(ratios, "ratio", "quantile").limits == (0.143, 0.8, 1.25, 7.0)
    assert Shade((-0.3, 0.3), DIVERGING[:3]).spans("%") == ["< −0.3%", "−0.3 … 0.3%", "≥ 0.3%"]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("option", ["enabling", "net.tiles", "ratio.quantile", "per_firm.tiles.quantile"])
def test_the_histogram_counts_every_province_once(option: str, lang: str) -> None:
    spec = CHARTS["province_map"]
    filters = Filters(("11", "44", "65"))
    figure: dict[str, Any] = spec.draw(spec.rows(filters, option), lang, option)
    bars = next(trace for trace in figure["data"] if trace["type"] == "bar")
    assert sum(bars["x"]) == 34 and bars["text"][-1] == f"{t('state.filtered_out', lang)} · 31"


@pytest.mark.parametrize("option", ["both", "both.tiles.quantile"])
def test_the_key_of_two_measures_counts_every_province_once(option: str) -> None:
    spec = CHARTS["province_map"]
    key = spec.draw(spec.rows(Filters(), option), "en", option)["data"][-1]
    assert sum(int(text) for text in key["text"]) == 34 and len(set(key["marker"]["color"])) == 9


def test_every_province_has_a_square_of_its_own() -> None:
    assert set(GRID) == set(store.provinces()["code"])
    assert (
        len({(column, row) for column, row, _ in GRID.values()})
        == len({letters for *_, letters in GRID.values()})
        == 34
    )


@pytest.mark.parametrize("said", ["net.tiles", "net.tiles.quantile", "net.quantile", "both.map.steps"])
def test_a_link_may_say_styles_behind_an_option(said: str) -> None:
    assert CHARTS["province_map"].option(said) == said


@pytest.mark.parametrize(
    "said", ["net.quantile.tiles", "net.tiles.map", "net.", ".tiles", "tiles", "net.tiles.", "net..", None, 7]
)
def test_anything_else_is_the_default(said: object) -> None:
    assert CHARTS["province_map"].option(said) == "enabling"


@pytest.mark.parametrize("topic", ["technology.5g_6g", "application.smart_city", "industry.C", "industry.J"])
def test_flows_about_a_topic_are_those_of_its_cube(topic: str) -> None:
    """Counted from the relations of the snapshot themselves, which no cube is between."""
    dimension, _, code = topic.partition(".")
    relations = pd.read_parquet(store.snapshot().folder / "relations.parquet")
    divisions = store.tables()["divisions"]
    codes = [code, *divisions.loc[divisions["section"].eq(code), "code"]] if dimension == "industry" else [code]
    about = relations[relations[dimension].isin(codes)]
    rows = select_matrix(Filters(topic=topic), "of_all").set_index("item")
    home = store.tables()["nodes"].set_index("id")["province"]
    pair = about["source"].map(home).eq("11") & about["target"].map(home).eq("44")
    assert len(about) and rows.loc["11>44", "n"] == pair.sum()
    assert parse({"topic": topic}).filters.topic == topic and not parse({"topic": topic}).ignored


@pytest.mark.parametrize("topic", ["technology", "technology.nope", "industry.01", ".C", "x.C", ["a", "b"], 7])
def test_an_unknown_topic_is_told(topic: Any) -> None:
    found = parse({"topic": topic})
    assert found.filters.topic == "" and found.ignored == ("topic",)
