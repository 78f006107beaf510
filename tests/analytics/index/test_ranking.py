"""From weights and indicators to ranks: gaps, empty pillars, own columns, and reasons for no rank."""

import numpy as np
import pandas as pd
import pytest

from analytics.index.choice import Choice, read_choice
from analytics.index.indicators import PILLARS
from analytics.index.ranking import Column, NoRanking, rank_provinces

PLACES = ["11", "44", "31"]


def column(pillar: str, *values: float, **more: bool) -> Column:
    return Column(pillar, pillar, pd.Series(values, PLACES[: len(values)]), **more)


FIRMS, TIES = column("enterprise", 10.0, 6.0, 0.0), column("linking", 0.0, 50.0, 100.0)


def weighted(**weights: int) -> Choice:
    return Choice(tuple(weights.get(name, 0) for name in PILLARS), treat="raw")


def test_scores_parts_and_ranks_by_hand() -> None:
    found = rank_provinces([FIRMS, TIES], PLACES, weighted(enterprise=3, linking=1))
    # enterprise 100, 60, 0; linking 0, 50, 100
    assert found.rows["code"].tolist() == ["11", "44", "31"]
    assert found.rows["score"].tolist() == [75.0, 57.5, 25.0]
    assert found.rows["enterprise_part"].tolist() == [75.0, 45.0, 0.0]
    assert found.pillars == ("enterprise", "linking") and found.rows["rank"].tolist() == [1, 2, 3]


def test_a_pillar_without_indicator_leaves_the_others_in_proportion() -> None:
    found = rank_provinces([FIRMS, TIES], PLACES, weighted(enterprise=3, linking=1, capital=10))
    assert found.unfilled == ("capital",) and found.rows["score"].tolist() == [75.0, 57.5, 25.0]


def test_a_province_that_lacks_an_indicator_has_no_rank_unless_its_pillar_counts_for_nothing() -> None:
    partial = column("capital", 1.0, 2.0, own=True)
    found = rank_provinces([FIRMS, partial], PLACES, weighted(enterprise=1, capital=1))
    assert found.left_out == ("31",) and set(found.rows["code"]) == {"11", "44"}
    assert rank_provinces([FIRMS, partial], PLACES, weighted(enterprise=1)).left_out == ()


def test_less_can_be_better() -> None:
    found = rank_provinces([column("capital", 1.0, 2.0, 3.0, less=True)], PLACES, weighted(capital=1))
    assert found.rows["code"].tolist() == ["11", "44", "31"] and found.rows["score"].tolist() == [100.0, 50.0, 0.0]


@pytest.mark.parametrize(
    ("columns", "choice", "reason"),
    [
        ([FIRMS], weighted(), "no_weight"),
        ([FIRMS], weighted(response=5), "no_data"),
        ([], Choice(), "no_data"),
        ([FIRMS, column("capital", 1.0)], weighted(enterprise=1, capital=1), "too_few"),
        ([FIRMS], Choice(norm="zscore", sum="geometric"), "negative"),
    ],
)
def test_why_there_is_no_rank(columns: list[Column], choice: Choice, reason: str) -> None:
    with pytest.raises(NoRanking) as found:
        rank_provinces(columns, PLACES, choice)
    assert found.value.reason == reason


@pytest.mark.parametrize("norm", ["minmax", "zscore", "rank"])
def test_one_pillar_alone_is_held_by_all(norm: str) -> None:
    found = rank_provinces([FIRMS], PLACES, Choice(norm=norm))
    assert found.rows["held"].tolist() == [1.0] * 3


def test_equal_provinces_share_a_rank() -> None:
    found = rank_provinces([column("linking", 4.0, 4.0, 1.0)], PLACES, Choice())
    assert found.rows["rank"].tolist() == [1, 1, 3] and found.rows["held"].tolist() == [1.0] * 3


def test_only_skewed_indicators_are_drawn_in() -> None:
    codes = [f"{at:02d}" for at in range(34)]
    steep = Column("steep", "capital", pd.Series(np.r_[np.arange(33.0), 1e6], codes))
    flat = Column("flat", "capital", pd.Series(np.arange(34.0), codes))
    assert rank_provinces([steep, flat], codes, Choice()).skewed == ("steep",)
    assert rank_provinces([steep, flat], codes, Choice(treat="raw")).skewed == ()
    assert rank_provinces([steep, flat], codes, Choice(norm="rank")).skewed == ()


def test_a_link_is_read_and_written() -> None:
    choice = read_choice({"enterprise": "10", "capital": "0", "norm": "rank", "sum": "x", "linking": "-1", "data": "y"})
    assert choice.weights == (10, 5, 0, 5, 5, 5) and choice.ignored == ("linking", "sum")
    assert choice.to_query() == {"enterprise": "10", "capital": "0", "norm": "rank"}
    assert read_choice(choice.to_query()) == choice and read_choice({}).to_query() == {}
