"""Chapters of places: held to the small data set's counts by hand, and to the charts of the report's."""

import re
from collections import OrderedDict
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analytics import store
from analytics.build import build_snapshot
from analytics.explorer.arcs import make_arcs
from analytics.filters import Filters
from analytics.makers import OwnData
from analytics.measures import Everything, Slice, compute
from analytics.region_counts import (
    enablers,
    firms,
    median_year,
    mixes,
    partners,
    percent,
    similar,
    standing,
    topics,
    yearly,
)
from analytics.regions import Chapter, places, read_chapter, read_places
from components.region_words import SAY, say_opening

DATA = "region-chapters-of-tes"  # 22 characters, as ids have
MINI = Path(__file__).parents[1] / "mini"


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


def chapter(mini: str, key: str, **choice: object) -> Chapter:
    filters = Filters(**{"years": store.span(mini), "data": mini, **choice})  # type: ignore[arg-type]
    return read_chapter(places()[key], filters)


def test_there_are_seven_regions_and_34_provinces() -> None:
    kinds = [one.is_region for one in places().values()]
    assert (kinds.count(True), kinds.count(False)) == (7, 34)


@pytest.mark.parametrize(
    ("value", "keys", "whole"),
    [
        ("44", ["44"], True),
        ("44,11,44", ["44", "11"], True),
        ("northwest,54", ["northwest", "54"], True),
        ("44,nope", ["44"], False),
        ("11,12,13,14,15", ["11", "12", "13", "14"], False),
        ("core_four", [], False),
        ("", [], True),
        (None, [], True),
        (["44"], [], False),
        ("x" * 500, [], False),
        ("\x00", [], False),
    ],
)
def test_places_of_a_link(value: object, keys: list[str], whole: bool) -> None:
    found, good = read_places(value)
    assert ([one.key for one in found], good) == (keys, whole)


def test_shares_and_ranks_by_hand(part: Slice) -> None:
    """Sources in a province: 31 (Beijing 13, Guangdong 9, Shanghai 5, Zhejiang 3, Tianjin 1); targets: 31."""
    codes = {code: (code,) for code in ("11", "12", "31", "32", "33", "44", "81")}
    rows = standing(part, codes)
    assert rows["n_enabling"].tolist() == [13, 1, 5, 0, 3, 9, 0]
    assert rows["n_input"].tolist() == [14, 0, 5, 1, 3, 8, 0]
    assert rows["n_firms"].tolist() == [6, 1, 4, 0, 3, 5, 0]
    assert rows.loc["11", "enabling"] == pytest.approx(1300 / 31)
    assert rows.loc["11", "net"] == pytest.approx(-100 / 31)
    assert rows["rank_enabling"].tolist() == [1, 5, 3, 6, 4, 2, 6]
    assert rows["tied_enabling"].tolist() == [1, 1, 1, 2, 1, 1, 2]


def test_a_region_counts_each_relation_once(part: Slice) -> None:
    rows = standing(part, {"delta": ("31", "32", "33", "34")}).iloc[0]
    assert (rows["n_enabling"], rows["n_input"], rows["rank_firms"]) == (8, 9, 1)
    inside = partners(part, ("11", "32"), "source")
    assert inside.set_index("item")["n"].to_dict() == {"within": 13}


def test_partners_by_hand(part: Slice) -> None:
    given = partners(part, ("44",), "source").set_index("item")["n"]
    assert given.to_dict() == {"within": 6, "11": 1, "abroad": 1, "unknown": 1}
    taken = partners(part, ("11",), "target")
    assert taken.set_index("item")["n"].to_dict() == {"within": 12, "44": 1, "abroad": 1}
    assert taken["value"].sum() == pytest.approx(100)
    assert partners(part, ("81",), "source").empty


def test_years_add_up_to_the_dated_relations(part: Slice) -> None:
    """Beijing gives 13, all of them dated; its one relation of 2017 (row 18) is one of three (8, 18, 31)."""
    years = yearly(part, ("11",))
    assert years["n_enabling"].sum() == 13
    row = years.set_index("year").loc[2017]
    assert row[["n_enabling", "enabling", "within"]].tolist() == pytest.approx([1, 100 / 3, 100])
    assert yearly(part, ("81",))["n_enabling"].sum() == 0


def test_firms_of_nowhere_are_none(part: Slice) -> None:
    found = firms(part, ("81",))
    assert (found["n"], found["median"], len(found["layers"])) == (0, 0, 0)
    assert np.isnan(found["listed"])
    one = firms(part, ("12",))
    assert (one["n"], one["median"], one["layers"]["item"].tolist()) == (1, 2015, ["application"])


def test_the_median_is_the_earlier_of_two() -> None:
    rows = pd.DataFrame({"item": ["founded_2010", "founded_2012", "founded_2015"], "n": [1, 1, 2]})
    assert (median_year(rows), median_year(rows.head(0))) == (2012, 0)


def test_few_relations_have_no_quotient(part: Slice) -> None:
    rows = topics(part, ("12",), "technology")
    assert rows["n"].sum() == 1 and rows["lq"].isna().all() and not rows["clear"].any()


def test_enablers_by_hand() -> None:
    """Node 0 gives 3, node 1 gives 1 to the two nodes of 44; what goes to 11 does not count."""
    source, target, weight = (np.array(one) for one in ([0, 0, 1, 3], [2, 3, 2, 1], [1, 2, 1, 9]))
    arcs = make_arcs(4, source, target, weight, np.zeros(4, dtype=int))
    rows = enablers(arcs, np.array(["11", "11", "44", "44"]), ("44",), 5)
    assert rows[["row", "n", "value"]].to_numpy().tolist() == [[0, 3, 75], [1, 1, 25]]
    assert enablers(arcs, np.array(["11"] * 4), ("44",), 5).empty


def test_similarity_is_the_cosine() -> None:
    counts = pd.DataFrame([[3, 4], [6, 8], [4, -3], [0, 0]], index=["a", "b", "c", "d"], dtype=float)
    assert similar(counts, "a")["item"].tolist() == ["b", "c"]
    assert similar(counts, "a")["value"].tolist() == pytest.approx([1, 0])
    assert similar(counts, "d").empty


def test_a_relation_inside_a_place_counts_once_in_its_mix(part: Slice) -> None:
    """All 12 relations within Beijing and 5 more touch it; the mix leaves out those without a technology."""
    counts = mixes(part, {"11": ("11",), "81": ("81",)})
    assert 0 < counts.loc["11"].sum() <= 15 and counts.loc["81"].sum() == 0


def test_percent_of_nothing_is_unknown() -> None:
    assert np.isnan(percent(0, 0)) and percent(1, 4) == 25


@pytest.mark.parametrize("layers", [(), ("base",)])
@pytest.mark.parametrize("years", [(2014, 2023), (2016, 2019)])
def test_shares_are_those_of_the_charts(layers: tuple[str, ...], years: tuple[int, int]) -> None:
    filters = Filters(layers=layers, years=years)
    part = Slice(store.tables(), filters)
    known = {name: compute("table-6", f"share_{name}", part).set_index("item")["value"] for name in ("enabling", "net")}
    for key in ("11", "44", "54"):
        found = read_chapter(places()[key], filters)
        for name, values in known.items():
            assert found.standing[name] == pytest.approx(values.get(key, 0.0)), (key, name)
        assert found.partners["source"]["n"].sum() == found.standing["n_enabling"]


def test_filters_that_a_chapter_does_not_know_change_nothing() -> None:
    place = places()["44"]
    assert read_chapter(place, Filters(provinces=("11",), end="source")) is read_chapter(place, Filters())


SENTENCES = [
    ("81", "opening", "In this selection Hong Kong has no firm and takes part in no relation."),
    ("81", "partners", "It gives no technology enabling. It takes no technology input."),
    ("81", "hubs", "No node here has a relation in this selection."),
    ("81", "firms", "There are no firms here."),
    ("81", "dependence", "It takes no input, so it depends on nobody."),
    ("81", "years", "No enabling relation here has a year."),
    ("81", "peers", "There are no relations whose mix could be compared."),
    ("81", "topics", "No relation of this selection names a technology or an industry."),
    ("33", "partners", "All that it gives stays within. All that it takes comes from within."),
    ("12", "firms", "The only firm belongs to the application layer; founded: 2015."),
    ("12", "hubs", "The only node with relations is Firm 19, of degree 1."),
    ("32", "hubs", "The only node with relations is Manufacturer 5, of degree 1."),
    ("32", "dependence", "Core provinces outside it supply 100.00% of its input. "
                         "The only enabler is Firm 01 with 100.00%."),
    ("11", "partners", "Of what it gives, 92.31% stays within; the largest taker outside is Jiangsu with 7.69%. "
                       "Of what it takes, 85.71% comes from within; "
                       "the largest source outside is Guangdong with 7.14%."),
]  # fmt: skip


@pytest.mark.parametrize(("key", "name", "said"), SENTENCES)
def test_sentences_by_hand(mini: str, key: str, name: str, said: str) -> None:
    found = chapter(mini, key)
    assert (say_opening if name == "opening" else SAY[name])(found, "en") == said


def test_one_year_has_no_change(mini: str) -> None:
    said = SAY["standing"](chapter(mini, "11", years=(2017, 2017)), "en")
    assert said == "All dated relations of this selection began in 2017, so there is no change to tell."


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_place_says_whole_sentences(lang: str, mini: str) -> None:
    end = "。" if lang == "zh" else "."
    for key in places():
        for found in (chapter(mini, key), read_chapter(places()[key], Filters())):
            for said in (say_opening(found, lang), *(say(found, lang) for say in SAY.values())):
                assert said.endswith(end) and "{" not in said and not re.search(r"\bnan\b", said), said
