"""Centres and neighbours of provinces: by hand on squares, and of the supplied boundaries."""

import pytest

from analytics.geo import BOUNDARIES, project
from analytics.geo_files import Ring, read_provinces
from analytics.neighbours import borders, centroid, unproject


def box(west: float, south: float, size: float = 1.0) -> list[list[Ring]]:
    east, north = west + size, south + size
    return [[[(west, south), (west, north), (east, north), (east, south), (west, south)]]]


@pytest.mark.parametrize("place", [(116.4, 40.2), (85.0, 41.0), (110.0, 19.2), (135.0, 48.0)])
def test_there_and_back(place: tuple[float, float]) -> None:
    assert unproject(*project(*place)) == pytest.approx(place, abs=1e-9)


def test_the_centre_of_a_box_is_in_its_middle_and_a_hole_pushes_it_away() -> None:
    whole = box(110, 30)
    assert centroid(whole) == pytest.approx((110.5, 30.5), abs=0.01)
    holed = [[whole[0][0], box(110.6, 30.3, 0.3)[0][0]]]
    assert centroid(holed)[0] < centroid(whole)[0] - 0.01
    assert centroid([[ring[::-1] for ring in holed[0]]]) == pytest.approx(centroid(holed))


def test_a_shared_side_makes_neighbours_a_shared_corner_does_not() -> None:
    units = {"a": box(110, 30), "b": box(111, 30), "c": box(112, 31), "d": box(112, 30)}
    assert borders(units) == [["a", "b"], ["b", "d"], ["c", "d"]]


def test_an_island_meets_the_nearest_over_a_narrow_strait_only() -> None:
    shore = {"a": box(110, 30), "b": box(111, 30)}
    assert ["b", "near"] in borders({**shore, "near": box(112.3, 30)})
    assert borders({**shore, "far": box(113, 30)}) == [["a", "b"]]


def test_the_provinces() -> None:
    pairs = borders(read_provinces(BOUNDARIES))
    of = {code: {a if b == code else b for a, b in pairs if code in (a, b)} for code in ("11", "46", "81", "82", "71")}
    assert of == {"11": {"12", "13"}, "46": {"44"}, "81": {"44"}, "82": {"44"}, "71": set()}
    assert ["15", "62"] in pairs and ["54", "65"] in pairs and ["31", "34"] not in pairs
