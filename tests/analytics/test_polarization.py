"""Measures of polarization against counts by hand: nothing, one relation, one province, ties."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.measures import Everything, Slice
from analytics.measures import polarization as measures
from analytics.measures.coding import coded
from analytics.measures.province_years import count_years, new_pairs
from analytics.measures.verdict import LISTED, OPEN, POLARIZES, SPREADS, changes, judge, measure_years

CODES = ("11", "31", "44")
NOTHING, ONE = np.zeros(3, dtype=int), np.array([0, 7, 0])
COUNTS = st.lists(st.integers(0, 1000), min_size=2, max_size=34).map(np.array)


def flows(*rows: tuple[int, str, str, int]) -> Slice:
    """Give relations as (year, source, target, count)."""
    frame = pd.DataFrame(rows, columns=["year", "source_province", "target_province", "n_relations"])
    frame = frame.assign(source_layer="", target_layer="")
    years = pd.DataFrame({"year": sorted({year for year, *_ in rows})})
    return Slice({"flows": coded("flows", frame), "network_years": years}, Everything())


def test_nothing_has_no_measure() -> None:
    single = (measures.gini, measures.herfindahl, measures.entropy, lambda counts: measures.share_of_first(counts, 1))
    assert all(math.isnan(make(NOTHING)) for make in single)
    assert all(math.isnan(part) for part in measures.theil(NOTHING, CODES))
    assert math.isnan(measures.moran(NOTHING, np.zeros((3, 3))).i)


def test_all_in_one_province_is_the_most_there_can_be() -> None:
    assert measures.share_of_first(ONE, 1) == 100 and measures.herfindahl(ONE) == 1 and measures.entropy(ONE) == 0
    assert measures.gini(ONE) == pytest.approx(2 / 3)
    assert measures.theil(ONE, CODES).total == pytest.approx(math.log(3))


def test_counts_by_hand() -> None:
    """Shares 1/2, 1/3, 1/6: mean difference 6·(…): Σ|x−y| over ordered pairs = 2·(1+2+1)=8, by 2·9·2 = 2/9."""
    counts = np.array([3, 2, 1])
    assert measures.gini(counts) == pytest.approx(2 / 9)
    assert measures.herfindahl(counts) == pytest.approx(14 / 36)
    bits = -(math.log(1 / 2) / 2 + math.log(1 / 3) / 3 + math.log(1 / 6) / 6)
    assert measures.entropy(counts) == pytest.approx(bits / math.log(3))


def test_theil_split_by_hand() -> None:
    """Groups a (two units, 3 of 4) and b (one unit, 1 of 4)."""
    found = measures.theil(np.array([3, 0, 1]), ["a", "a", "b"])
    assert found.between == pytest.approx(0.75 * math.log(0.75 * 3 / 2) + 0.25 * math.log(0.25 * 3))
    assert found.within == pytest.approx(0.75 * math.log(2))
    assert found.total == pytest.approx(found.between + found.within)


@given(COUNTS)
def test_theil_is_what_entropy_leaves(counts: np.ndarray) -> None:
    if counts.sum():
        groups = [str(at % 3) for at in range(len(counts))]
        total, between, within = measures.theil(counts, groups)
        assert total == pytest.approx(math.log(len(counts)) * (1 - measures.entropy(counts)), abs=1e-9)
        assert between >= -1e-9 and within >= -1e-9


@given(COUNTS, st.randoms(use_true_random=False))
def test_order_changes_nothing(counts: np.ndarray, chance: object) -> None:
    shuffled = np.array(sorted(counts.tolist(), key=lambda _: chance.random()))  # type: ignore[attr-defined]
    for make in (measures.gini, measures.herfindahl, measures.entropy):
        assert make(counts) == pytest.approx(make(shuffled), nan_ok=True)
        assert not counts.sum() or -1e-9 <= make(counts) <= 1 + 1e-9


def test_a_province_of_two_chapters_counts_to_the_first() -> None:
    chapters = {"delta": ["31", "34"], "central": ["34", "42"]}
    assert measures.groups_of(("31", "34", "42", "65"), chapters) == ["delta", "delta", "central", measures.REST]


def test_parts_add_up_to_all_relations() -> None:
    matrix = np.array([[5, 2, 1], [1, 0, 4], [3, 0, 2]])
    found = measures.parts(matrix, np.array([True, True, False]), 2)
    by_hand = {"within": 7, "core_core": 3, "core_periphery": 5, "periphery_core": 3, "elsewhere": 2}
    assert found == pytest.approx({name: n * 5.0 for name, n in by_hand.items()} | {"periphery_periphery": 0})
    assert measures.core_share(matrix, np.array([True, True, False])) == pytest.approx(800 / 18)
    assert measures.active_pairs(matrix) == 5
    assert all(math.isnan(value) for value in measures.parts(matrix * 0, np.array([True] * 3)).values())


def test_distance_leaves_out_what_stays_within() -> None:
    """A quarter of the equator is a quarter of 2πR."""
    far = measures.great_circle(np.array([[0.0, 0.0], [90.0, 0.0], [0.0, 90.0]]))
    quarter = math.pi * measures.EARTH / 2
    assert far == pytest.approx(quarter * (1 - np.eye(3)))
    assert measures.mean_distance(np.array([[9, 1, 0], [0, 0, 0], [0, 0, 3]]), far) == pytest.approx(quarter)
    assert math.isnan(measures.mean_distance(np.diag([1, 2, 3]), far))


def test_moran_by_hand() -> None:
    """A chain of four, 1 1 0 0: z = ±½; rows ½: ends see one neighbour, the middle two see two.

    zᵀWz = ¼ + ¼·(½ − ½) + ¼·(½ − ½) + ¼ = ½, zᵀz = 1, n/S₀ = 1, so I = ½; alternating, I = −1.
    """
    weights = measures.row_weights(("1", "2", "3", "4"), [("1", "2"), ("2", "3"), ("3", "4")])
    assert weights.sum(axis=1).tolist() == [1, 1, 1, 1]
    together = measures.moran(np.array([1, 1, 0, 0]), weights)
    assert together.i == pytest.approx(0.5)
    # 8 of the 24 orders keep the ones together at an end: p is near a third.
    assert together.p == pytest.approx(1 / 3, abs=0.06) and together == measures.moran(np.array([1, 1, 0, 0]), weights)
    assert measures.moran(np.array([1, 0, 1, 0]), weights).i == pytest.approx(-1)


def test_an_island_weighs_nothing() -> None:
    weights = measures.row_weights(("1", "2", "3"), [("1", "2")])
    assert weights.tolist() == [[0, 1, 0], [1, 0, 0], [0, 0, 0]]
    # z = (1, 0, −1): zᵀWz = 0 by the zero, n/S₀ = 3/2.
    assert measures.moran(np.array([2, 1, 0]), weights).i == 0


def test_years_are_counted_with_the_gaps_between() -> None:
    part = flows((2014, "11", "44", 3), (2016, "44", "11", 1), (2016, "11", "abroad", 2), (2016, "", "31", 4))
    counts = count_years(part, CODES)
    assert counts.years == (2014, 2015, 2016)
    assert counts.enabling.tolist() == [[3, 0, 0], [0, 0, 0], [2, 0, 1]]
    assert counts.input.tolist() == [[0, 0, 3], [0, 0, 0], [1, 4, 0]]
    assert counts.elsewhere.tolist() == [0, 0, 6]
    assert counts.up_to().enabling.tolist() == [[3, 0, 0], [3, 0, 0], [5, 0, 1]]
    assert new_pairs(counts.located) == [1, 0, 1]


def test_undated_relations_are_no_year() -> None:
    assert count_years(flows((0, "11", "44", 3)), CODES).years == ()
    assert measure_years(count_years(flows((0, "11", "44", 3)), CODES), np.ones(3, bool), np.ones((3, 3))).empty


def test_a_pair_is_new_once() -> None:
    one = np.array([[4, 1], [0, 0]])
    assert new_pairs(np.array([one, one, one.T, one + one.T])) == [1, 0, 1, 0]


def rows(*values: tuple[int, float]) -> pd.DataFrame:
    """Give changes of one measure a pair (year, change)."""
    found = pd.DataFrame(values, columns=["year", "value"])
    return found.assign(item=[str(at) for at in range(len(found))])


def test_no_change_no_verdict() -> None:
    assert judge(rows()) is None
    assert (
        judge(
            changes(measure_years(count_years(flows((2014, "11", "44", 1)), CODES), np.ones(3, bool), np.ones((3, 3))))
        )
        is None
    )


def test_a_tie_has_no_direction() -> None:
    found = judge(rows((2020, 5.0), (2020, -5.0)))
    assert found is not None and (found.way, found.up, found.down, found.still) == (OPEN, 1, 1, 0)


def test_half_a_percent_is_no_move() -> None:
    found = judge(rows((2020, 0.5), (2020, -0.5), (2020, 0.51)))
    assert found is not None and (found.way, found.up, found.still) == (OPEN, 1, 2)


def test_since_is_the_first_of_the_same_in_a_row() -> None:
    found = judge(rows((2017, -3), (2018, 2), (2019, -1), (2020, -1), (2021, -9)))
    assert found is not None and (found.way, found.since, found.first, found.last) == (SPREADS, 2019, 2017, 2021)


def test_a_network_that_gathers_in_one_province_polarizes() -> None:
    """All four relations among three provinces in 2014; then a hundred within the first."""
    spread = [(2014, a, b, 1) for a in CODES for b in CODES if a != b]
    counts = count_years(flows(*spread, (2015, "11", "11", 100)), CODES).up_to()
    core = np.array([True, False, False])
    values = measure_years(counts, core, 1 - np.eye(3))
    assert tuple(values.columns) == LISTED
    found = judge(changes(values))
    assert found is not None and found.way == POLARIZES and found.down == 0 and found.since == found.first == 2015
