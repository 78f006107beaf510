"""The index's steps against hand counts; scipy is the independent answer where it has one."""

import numpy as np
import pytest
import scipy.stats as st
from hypothesis import given
from hypothesis import strategies as some
from hypothesis.extra import numpy as arrays

from analytics.index.method import (
    aggregate,
    average,
    contributions,
    draw_in,
    find_skewed,
    normalise,
    rank,
    shake_weights,
)

COLUMN = np.array([[2.0], [4.0], [10.0]])
tables = arrays.arrays(float, (6, 3), elements=some.floats(0, 1e6, allow_subnormal=False))


def test_min_max_by_hand() -> None:
    assert normalise(COLUMN, "minmax").ravel().tolist() == [0.0, 25.0, 100.0]


def test_z_scores_by_hand() -> None:
    # mean 16/3, population variance (100/9 + 16/9 + 196/9) / 3 = 312/27
    found = normalise(COLUMN, "zscore").ravel()
    assert found == pytest.approx([(x - 16 / 3) / (312 / 27) ** 0.5 for x in (2, 4, 10)])


def test_ranks_by_hand_ties_in_the_middle() -> None:
    assert normalise(np.array([[1.0], [5.0], [5.0], [9.0], [0.0]]), "rank").ravel().tolist() == [25, 62.5, 62.5, 100, 0]


@pytest.mark.parametrize(("how", "middle"), [("minmax", 50.0), ("zscore", 0.0), ("rank", 50.0)])
def test_a_column_without_differences_says_nothing(how: str, middle: float) -> None:
    assert normalise(np.full((3, 1), 7.0), how).tolist() == [[middle]] * 3


def test_pillars_are_plain_means_and_an_empty_one_is_no_number() -> None:
    found = average(np.array([[10.0, 30.0, 5.0]]), np.array([0, 0, 2]), 3)
    assert found[0, [0, 2]].tolist() == [20.0, 5.0] and np.isnan(found[0, 1])


def test_arithmetic_and_geometric_by_hand() -> None:
    pillars, weights = np.array([[100.0, 0.0], [40.0, 60.0]]), np.array([3.0, 1.0])
    assert aggregate(pillars, weights, "arithmetic").tolist() == [75.0, 45.0]
    # 0 to 100 become 1 to 100: 100 and 1, 40.6 and 60.4
    expected = [100**0.75, 40.6**0.75 * 60.4**0.25]
    assert aggregate(pillars, weights, "geometric") == pytest.approx(expected)


@pytest.mark.parametrize("how", ["arithmetic", "geometric"])
def test_parts_add_up_to_the_total(how: str) -> None:
    pillars, weights = np.array([[100.0, 0.0, 3.0], [0.0, 0.0, 0.0]]), np.array([1.0, 2.0, 5.0])
    parts = contributions(pillars, weights, how)
    assert parts.sum(axis=1) == pytest.approx(aggregate(pillars, weights, how))


def test_equal_totals_share_the_better_place() -> None:
    assert rank(np.array([3.0, 9.0, 3.0, 1.0])).tolist() == [2, 1, 2, 4]
    assert rank(np.array([[1.0, 2.0], [1.0, 1.0]])).tolist() == [[1, 1], [1, 2]]


@given(tables)
def test_ranks_agree_with_scipy(values: np.ndarray) -> None:
    values = np.round(values, 3)
    found = rank(values)
    assert (found == st.rankdata(-values, method="min", axis=0)).all()


def test_skewed_columns_agree_with_scipy() -> None:
    values = np.column_stack([np.arange(34.0), np.r_[np.zeros(33), 1000.0], np.exp(np.arange(34.0) / 3)])
    expected = (np.abs(st.skew(values)) > 2) & (st.kurtosis(values) > 3.5)
    assert find_skewed(values).tolist() == expected.tolist() == [False, True, True]


@given(some.floats(0.001, 1000))
def test_the_logarithm_does_not_depend_on_the_unit(unit: float) -> None:
    values = np.array([[0.0], [3.0], [50.0]])
    one, other = (normalise(draw_in(table, np.array([True])), "minmax") for table in (values, values * unit))
    assert one == pytest.approx(other)


@given(tables, some.permutations(range(6)))
def test_the_order_of_places_changes_nothing(values: np.ndarray, order: list[int]) -> None:
    for how in ("minmax", "rank"):
        one = aggregate(normalise(values, how), np.ones(3), "arithmetic")[order]
        other = aggregate(normalise(values[order], how), np.ones(3), "arithmetic")
        assert one == pytest.approx(other)


def test_who_leads_in_everything_always_leads() -> None:
    pillars = np.array([[100.0, 90.0], [50.0, 60.0], [60.0, 50.0]])
    found = shake_weights(pillars, "arithmetic", np.array([1, 2, 2]))
    assert found.held[0] == 1 and (found.low[0], found.high[0]) == (1, 1)
    # The other two swap at even weights: half of the draws each, within the error of 1,000 draws.
    assert found.held[1] == pytest.approx(0.5, abs=0.05) and found.held[1] + found.held[2] == pytest.approx(1)
    assert (found.low[1], found.high[1]) == (2, 3)


def test_the_same_link_gives_the_same_numbers() -> None:
    pillars = np.random.default_rng(1).random((10, 4)) * 100
    one, other = (shake_weights(pillars, "geometric", np.arange(1, 11)) for _ in range(2))
    assert one.held.tolist() == other.held.tolist()
    assert shake_weights(pillars, "geometric", np.arange(1, 11), seed=2).held.tolist() != one.held.tolist()
