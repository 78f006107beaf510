"""The map: projection against published values, labels in place, bad files refused."""

import copy
import json
import math
from collections.abc import Callable, Iterable
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

import pytest

from analytics import geo
from analytics.errors import DataError
from analytics.geo import (
    BOUNDARIES,
    PLACES,
    build_map,
    compute_area,
    compute_extent,
    join_lines,
    project,
    round_ring,
    wind,
)
from analytics.geo_files import CODES, SETTING, Ring
from analytics.taxonomy import Taxonomy

WIDTH, HEIGHT = 700, 560  # px, the main map
FONT = 11  # px
GAP = 3  # px between a label's anchor and its text, as plotly sets it

# Table 6 of the report: the 20 units printed as givers, and Jiangxi, printed as a taker only.
TABLE_6 = {
    "11": "北京 36.21%",
    "44": "广东 29.96%",
    "33": "浙江 10.08%",
    "31": "上海 8.93%",
    "32": "江苏 3.94%",
    "37": "山东 2.03%",
    "34": "安徽 1.98%",
    "35": "福建 1.15%",
    "42": "湖北 1.15%",
    "51": "四川 0.90%",
    "12": "天津 0.66%",
    "21": "辽宁 0.61%",
    "52": "贵州 0.50%",
    "50": "重庆 0.48%",
    "43": "湖南 0.43%",
    "61": "陕西 0.18%",
    "13": "河北 0.16%",
    "41": "河南 0.14%",
    "23": "黑龙江 0.10%",
    "14": "山西 0.08%",
    "36": "江西 0.14%",
}

Box = tuple[float, float, float, float]


@pytest.fixture(scope="module")
def drawn() -> dict[str, Any]:
    return build_map(BOUNDARIES)


def split_rings(province: dict[str, Any]) -> list[Ring]:
    """Undo `join_lines`."""
    rings: list[Ring] = [[]]
    for x, y in zip(province["rings_x"], province["rings_y"], strict=True):
        if x is None:
            rings.append([])
        else:
            rings[-1].append((x, y))
    return rings


def is_inside(x: float, y: float, rings: list[Ring]) -> bool:
    """Even-odd rule over all rings, so that holes count as outside."""
    crossings = 0
    for ring in rings:
        for (x0, y0), (x1, y1) in pairwise(ring):
            if (y0 > y) != (y1 > y) and x < x0 + (y - y0) / (y1 - y0) * (x1 - x0):
                crossings += 1
    return crossings % 2 == 1


def get_scale(drawn: dict[str, Any]) -> float:
    """Pixels a kilometre when the main map fills its card without distortion."""
    west, east = drawn["main"]["x"]
    south, north = drawn["main"]["y"]
    return float(min(WIDTH / (east - west), HEIGHT / (north - south)))


def make_box(drawn: dict[str, Any], code: str, text: str) -> Box:
    """Left, bottom, right and top of a label, px from the main map's south-west corner."""
    label, scale = drawn["labels"][code], get_scale(drawn)
    x = (label["x"] - drawn["main"]["x"][0]) * scale
    y = (label["y"] - drawn["main"]["y"][0]) * scale
    # A Han character is a square, a digit some 0.56 of it, "%" 0.9, space and point less.
    width = FONT * sum(1 if c > "一" else {"%": 0.9, " ": 0.3, ".": 0.3}.get(c, 0.56) for c in text)
    left = {
        "middle center": x - width / 2,
        "middle left": x - GAP - width,
        "middle right": x + GAP,
    }[label["anchor"]]
    return left, y - FONT / 2, left + width, y + FONT / 2


def overlap(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


# Projection


def test_project_agrees_with_snyder(monkeypatch: pytest.MonkeyPatch) -> None:
    # Snyder (1987), USGS Professional Paper 1395, numerical example for the sphere, p. 291.
    monkeypatch.setattr(geo, "RADIUS", 1.0)
    monkeypatch.setattr(geo, "PARALLELS", (29.5, 45.5))
    monkeypatch.setattr(geo, "MERIDIAN", -96.0)
    monkeypatch.setattr(geo, "ORIGIN_LATITUDE", 23.0)
    assert project(-75, 35) == pytest.approx((0.2952720, 0.2416774), abs=5e-8)


def test_project_is_symmetric_about_105_east() -> None:
    assert project(105, 36) == pytest.approx((0, 0), abs=1e-9)
    for lon, lat in ((10, 20), (25, 45), (3, 50)):
        east, west = project(105 + lon, lat), project(105 - lon, lat)
        assert east == pytest.approx((-west[0], west[1]))
        assert east[0] > 0


@pytest.mark.parametrize("parallel", [25, 47])
def test_scale_is_true_along_the_standard_parallels(parallel: float) -> None:
    step = 0.001
    measured = math.dist(project(110, parallel), project(110 + step, parallel))
    true = geo.RADIUS * math.cos(math.radians(parallel)) * math.radians(step)
    assert measured == pytest.approx(true, rel=1e-6)


def test_scale_is_off_between_the_standard_parallels() -> None:
    measured = math.dist(project(110, 36), project(110.001, 36))
    true = geo.RADIUS * math.cos(math.radians(36)) * math.radians(0.001)
    assert 0.97 < measured / true < 0.99


@pytest.mark.parametrize("lat", [18.0, 36.0, 53.0])
def test_project_keeps_areas(lat: float) -> None:
    size = 0.01
    corners = [(118, lat), (118 + size, lat), (118 + size, lat + size), (118, lat + size)]
    area = compute_area([project(*corner) for corner in [*corners, corners[0]]])
    band = math.sin(math.radians(lat + size)) - math.sin(math.radians(lat))
    assert area == pytest.approx(geo.RADIUS**2 * math.radians(size) * band, rel=1e-5)


# Rings


SQUARE: Ring = [(0, 0), (1, 0), (1, 1), (0, 1), (0, 0)]  # counter-clockwise


def test_wind_turns_outer_rings_clockwise_and_holes_back() -> None:
    assert compute_area(SQUARE) == 1
    for ring in (SQUARE, SQUARE[::-1]):
        assert wind(ring, hole=False) == SQUARE[::-1]
        assert wind(ring, hole=True) == SQUARE


def test_round_ring_drops_repeats() -> None:
    rounded = round_ring([(0.1, 0.2), (0.3, 0.4), (1.6, 0.0), (0.1, 0.2)], 0)
    assert rounded == [(0, 0), (2, 0), (0, 0)]
    assert all(isinstance(value, int) for point in rounded for value in point)
    assert round_ring([(0.14, 0.26)], 1) == [(0.1, 0.3)]


def test_join_lines_puts_none_between_lines_only() -> None:
    assert join_lines([[(1, 2), (3, 4)], [(5, 6)]]) == ([1, 3, None, 5], [2, 4, None, 6])
    assert join_lines([]) == ([], [])


# The supplied map


def test_all_units_are_drawn(drawn: dict[str, Any], taxonomy: Taxonomy) -> None:
    codes = set(taxonomy["provinces"]["code"])
    assert len(codes) == 34
    assert codes == set(CODES) == set(PLACES) == set(drawn["provinces"])
    assert codes == set(drawn["centroids"]) == set(drawn["labels"])
    assert set(drawn["islands"]["code"]) == {"46", "71"}


def test_rings_are_closed_and_areas_are_about_right(drawn: dict[str, Any]) -> None:
    areas = {}
    for code, province in drawn["provinces"].items():
        rings = split_rings(province)
        assert all(len(ring) >= 4 and ring[0] == ring[-1] for ring in rings), code
        areas[code] = -sum(compute_area(ring) for ring in rings)
    # Official areas, rounded, km²: Xinjiang, Sichuan, Beijing, and China.
    for code, area in (("65", 1660e3), ("51", 486e3), ("11", 16.4e3)):
        assert areas[code] == pytest.approx(area, rel=0.05), code
    assert sum(areas.values()) == pytest.approx(9.6e6, rel=0.02)


def test_an_enclave_is_a_hole(drawn: dict[str, Any]) -> None:
    areas = [compute_area(ring) for ring in split_rings(drawn["provinces"]["15"])]
    assert [area > 0 for area in areas] == [False, True]


@pytest.mark.parametrize("code", sorted(CODES))
def test_flows_end_inside_their_unit(drawn: dict[str, Any], code: str) -> None:
    rings = split_rings(drawn["provinces"][code])
    x, y = drawn["centroids"][code]
    box = compute_extent(point for ring in rings for point in ring)
    assert box["x"][0] <= x <= box["x"][1]
    assert box["y"][0] <= y <= box["y"][1]
    if code != "82":  # Macao is a few kilometres across: whole kilometres may miss its islands
        assert is_inside(x, y, rings)


def test_flow_ends_are_apart(drawn: dict[str, Any]) -> None:
    distances = {
        pair: math.dist(drawn["centroids"][pair[0]], drawn["centroids"][pair[1]])
        for pair in combinations(sorted(CODES), 2)
    }
    assert distances.pop(("81", "82")) > 60
    # 44 Guangdong to 81 and 82 is some 120 km, 11 Beijing to 12 Tianjin 130 km.
    assert min(distances.values()) > 90


@pytest.mark.parametrize("codes", [TABLE_6.keys(), CODES], ids=["table 6", "all units"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_labels_do_not_collide(drawn: dict[str, Any], taxonomy: Taxonomy, codes: Iterable[str], language: str) -> None:
    names = taxonomy["provinces"].set_index("code")[f"name_{language}"]
    texts = {c: f"{names[c]} {TABLE_6.get(c, ' 0.05%').split()[-1]}" for c in codes}
    boxes = {code: make_box(drawn, code, text) for code, text in texts.items()}
    assert [(a, b) for a, b in combinations(boxes, 2) if overlap(boxes[a], boxes[b])] == []
    outside = [
        code
        for code, (left, bottom, right, top) in boxes.items()
        if left < 0 or bottom < 0 or right > WIDTH or top > HEIGHT
    ]
    assert outside == []


def test_the_inset_covers_no_label_and_no_unit(drawn: dict[str, Any]) -> None:
    scale, main, frame = get_scale(drawn), drawn["main"], drawn["inset_frame"]
    (left, right), (bottom, top) = ([(value - main[axis][0]) * scale for value in frame[axis]] for axis in ("x", "y"))
    inset = (left, bottom, right, top)
    hit = [c for c in CODES if overlap(inset, make_box(drawn, c, TABLE_6.get(c, "新疆 0.05%")))]
    assert hit == []
    assert right <= WIDTH
    assert bottom >= 0
    for code, province in drawn["provinces"].items():
        for x, y in (point for ring in split_rings(province) for point in ring):
            assert not (frame["x"][0] <= x <= frame["x"][1] and frame["y"][0] <= y <= frame["y"][1]), code


def test_extents_hold_what_they_should(drawn: dict[str, Any]) -> None:
    for lon, lat, axis_box in ((74, 39.5, "main"), (134.7, 48.3, "main"), (110, 4, "inset")):
        x, y = project(lon, lat)
        box = drawn[axis_box]
        assert box["x"][0] <= x <= box["x"][1]
        assert box["y"][0] <= y <= box["y"][1]
    assert drawn["main"]["y"][0] > project(105, 16.5)[1]


def test_the_map_is_small_json(drawn: dict[str, Any]) -> None:
    text = json.dumps(drawn, separators=(",", ":"), allow_nan=False)
    assert json.loads(text) == drawn
    assert len(text.encode()) < 80_000


# A file of the deployer's


@pytest.fixture
def boundaries() -> dict[str, Any]:
    return copy.deepcopy(json.loads(BOUNDARIES.read_text(encoding="utf-8")))


def write(folder: Path, content: Any) -> Path:
    path = folder / "own.geojson"
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return path


def test_the_setting_and_the_argument_override(
    tmp_path: Path, boundaries: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    square = [[116, 40], [117, 40], [117, 41], [116, 41], [116, 40]]
    boundaries["features"][0]["geometry"] = {"type": "Polygon", "coordinates": [square]}
    own = write(tmp_path, boundaries)
    monkeypatch.setenv(SETTING, str(own))
    by_setting = build_map()
    assert len(by_setting["provinces"]["11"]["rings_x"]) == 5
    assert by_setting == build_map(own)
    assert build_map(BOUNDARIES) != by_setting  # the argument wins
    # Their folder has no islands and no maritime line, so none are drawn.
    assert by_setting["islands"] == {"x": [], "y": [], "code": []}
    assert by_setting["maritime"] == {"x": [], "y": []}
    monkeypatch.setenv(SETTING, "")
    assert build_map() == build_map(BOUNDARIES)


def drop_adcode(features: list[Any]) -> None:
    del features[4]["properties"]["adcode"]


def set_unknown_adcode(features: list[Any]) -> None:
    features[4]["properties"]["adcode"] = "990000"


def set_city_adcode(features: list[Any]) -> None:
    features[4]["properties"]["adcode"] = "150100"


def repeat_adcode(features: list[Any]) -> None:
    features[4]["properties"]["adcode"] = "110000"


def swap_coordinates(features: list[Any]) -> None:
    for polygon in features[4]["geometry"]["coordinates"]:
        for ring in polygon:
            for position in ring:
                position.reverse()


def set_metres(features: list[Any]) -> None:
    features[4]["geometry"]["coordinates"][0][0][0] = [12_958_000, 4_825_000]


def set_not_a_number(features: list[Any]) -> None:
    features[4]["geometry"]["coordinates"][0][0][0] = [math.nan, 40]


def set_text(features: list[Any]) -> None:
    features[4]["geometry"]["coordinates"][0][0][0] = ["110", "40"]


def open_ring(features: list[Any]) -> None:
    features[4]["geometry"]["coordinates"][0][0].pop()


def set_points(features: list[Any]) -> None:
    features[4]["geometry"] = {"type": "Point", "coordinates": [110, 40]}


def drop_geometry(features: list[Any]) -> None:
    features[4]["geometry"] = None


def flatten(features: list[Any]) -> None:
    features[4]["geometry"]["coordinates"] = [110, 40]


def empty(features: list[Any]) -> None:
    features[4]["geometry"]["coordinates"] = []


def shorten(features: list[Any]) -> None:
    features[4]["geometry"]["coordinates"] = [[[[110, 40], [111, 40], [110, 40]]]]


def drop_properties(features: list[Any]) -> None:
    features[4] = None


@pytest.mark.parametrize(
    ("spoil", "column", "expected"),
    [
        (drop_adcode, "adcode", "a code such as 110000"),
        (set_unknown_adcode, "adcode", "a code such as 110000"),
        (set_city_adcode, "adcode", "a code such as 110000"),
        (repeat_adcode, "adcode", "every code once"),
        (drop_properties, "adcode", "a code such as 110000"),
        (swap_coordinates, "coordinates", "[longitude, latitude]"),
        (set_metres, "coordinates", "[longitude, latitude]"),
        (set_not_a_number, "coordinates", "[longitude, latitude]"),
        (set_text, "coordinates", "[longitude, latitude]"),
        (open_ring, "coordinates", "a closed ring"),
        (shorten, "coordinates", "4 or more positions"),
        (flatten, "coordinates", "the rings of a MultiPolygon"),
        (empty, "coordinates", "the rings of a MultiPolygon"),
        (set_points, "geometry", "Polygon or MultiPolygon"),
        (drop_geometry, "geometry", "Polygon or MultiPolygon"),
    ],
)
def test_a_bad_feature_is_named(
    tmp_path: Path,
    boundaries: dict[str, Any],
    spoil: Callable[[list[Any]], None],
    column: str,
    expected: str,
) -> None:
    spoil(boundaries["features"])
    with pytest.raises(DataError) as caught:
        build_map(write(tmp_path, boundaries))
    info = caught.value.info
    assert (info.file, info.row, info.column) == ("own.geojson", 5, column)
    assert expected in info.expected
    assert info.remedy.endswith(".")


def test_a_missing_unit_is_named(tmp_path: Path, boundaries: dict[str, Any]) -> None:
    del boundaries["features"][4]
    with pytest.raises(DataError) as caught:
        build_map(write(tmp_path, boundaries))
    assert caught.value.info.row is None
    assert "150000" in caught.value.info.remedy


@pytest.mark.parametrize(
    ("content", "row", "expected"),
    [
        ("not\nJSON", 1, "JSON in UTF-8"),
        ('{"type":\n "FeatureCollection",\n}', 3, "JSON in UTF-8"),
        ("[]", None, "a FeatureCollection"),
        ('{"type": "FeatureCollection"}', None, "a FeatureCollection"),
        ('{"features": []}', None, "all 34 province-level units"),
    ],
)
def test_a_bad_file_is_named(tmp_path: Path, content: str, row: int | None, expected: str) -> None:
    with pytest.raises(DataError) as caught:
        build_map(write(tmp_path, content))
    info = caught.value.info
    assert (info.file, info.row, info.expected) == ("own.geojson", row, expected)


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="FileNotFoundError"):
        build_map(tmp_path / "none.geojson")
    (tmp_path / "gbk.geojson").write_bytes("北京".encode("gbk"))
    with pytest.raises(DataError, match="UnicodeDecodeError"):
        build_map(tmp_path / "gbk.geojson")


@pytest.mark.parametrize(
    ("name", "content", "column"),
    [
        ("island_points.json", '[{"adcode": "460000", "lon": 16, "lat": 112}]', "coordinates"),
        ("island_points.json", '[{"adcode": "46", "lon": 112, "lat": 16}]', "adcode"),
        ("island_points.json", '["island"]', "adcode"),
        ("island_points.json", "1", "adcode"),
        ("china_maritime.geojson", '{"features": [{"geometry": {"type": "Point"}}]}', "geometry"),
        ("china_maritime.geojson", '{"features": [{"geometry": null}]}', "geometry"),
    ],
)
def test_bad_neighbour_files_are_named(
    tmp_path: Path, boundaries: dict[str, Any], name: str, content: str, column: str
) -> None:
    own = write(tmp_path, boundaries)
    (tmp_path / name).write_text(content, encoding="utf-8")
    with pytest.raises(DataError) as caught:
        build_map(own)
    assert (caught.value.info.file, caught.value.info.column) == (name, column)
