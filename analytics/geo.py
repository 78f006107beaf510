"""The map of China as plane polygons: boundaries projected, ready for filled scatter traces.

Nothing here says who owns what. Boundaries are disputed; `data/geo/origin.toml` tells where the
supplied ones come from, and the setting ``AIM_BOUNDARIES`` puts the deployer's own in their place.
"""

import math
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from analytics.geo_files import (
    SETTING,
    Point,
    Ring,
    read_islands,
    read_maritime,
    read_provinces,
)
from analytics.settings import value

Series = list[float | None]

GEO = Path(__file__).resolve().parent.parent / "data" / "geo"
BOUNDARIES = GEO / "china_provinces.geojson"

# Radius of the sphere with the Earth's surface (authalic, GRS 80), so that areas stay true; km.
RADIUS = 6371.007
# The usual conic of maps of China: standard parallels, central meridian; degrees.
PARALLELS = (25.0, 47.0)
MERIDIAN = 105.0
ORIGIN_LATITUDE = 36.0  # only shifts y, so that numbers stay short

SMALL = 80.0  # km; units narrower than this (Hong Kong, Macao) keep one decimal
MAIN_SOUTH = 17.5  # ° N; south of it only the inset shows
MARGIN = 40  # km of air around the main map
EAST_MARGIN = 260  # km; off the coast stand labels and the inset
INSET_DEGREES = ((105.0, 123.5), (2.5, 23.5))  # the South China Sea inset: longitudes, latitudes
# Where the inset has room in the main map, km: the south-east, clear of Taiwan and all labels.
INSET_FRAME = {"x": [1750, 2440], "y": [-2000, -1280]}


class Place(NamedTuple):
    """Where a unit's flows end (degrees) and its label stands (km), with plotly's text position."""

    lon: float
    lat: float
    x: int
    y: int
    anchor: str = "middle center"
    line: bool = False


# Set by hand for labels like "北京 36.21%" in 11 px on a map of 700 by 560 px. Flow ends lie inside
# the unit, apart from each other: Hebei's near Shijiazhuang, as its middle is in Beijing.
PLACES: dict[str, Place] = {
    "11": Place(116.41, 40.18, 790, 690, "middle left", line=True),
    "12": Place(117.33, 39.25, 1105, 400, "middle right", line=True),
    "13": Place(115.0, 37.9, 960, 190),
    "14": Place(112.3, 37.6, 600, 340),
    "15": Place(109.5, 41.3, 60, 600),
    "21": Place(122.6, 41.3, 1450, 740),
    "22": Place(126.2, 43.7, 1690, 1000),
    "23": Place(127.8, 47.6, 1690, 1530),
    "31": Place(121.44, 31.07, 1650, -410, "middle right", line=True),
    "32": Place(119.7, 33.0, 1630, -190, "middle right", line=True),
    "33": Place(120.1, 29.2, 1690, -660, "middle right", line=True),
    "34": Place(117.2, 31.8, 1130, -380),
    "35": Place(118.0, 26.1, 1550, -950, "middle right", line=True),
    "36": Place(115.7, 27.6, 1085, -870),
    "37": Place(118.2, 36.4, 1590, 130, "middle right", line=True),
    "41": Place(113.6, 33.9, 768, -200),
    "42": Place(112.3, 31.0, 725, -530),
    "43": Place(111.7, 27.6, 640, -965),
    "44": Place(113.35, 23.05, 860, -1285),
    "45": Place(108.8, 23.8, 330, -1380),
    "46": Place(109.75, 19.18, 660, -1880, "middle right"),
    "50": Place(107.9, 30.1, 240, -690),
    "51": Place(102.7, 30.6, -260, -540),
    "52": Place(106.9, 26.8, 156, -1060),
    "53": Place(101.5, 25.0, -330, -1230),
    "54": Place(88.4, 31.5, -1500, -380),
    "61": Place(108.9, 35.0, 330, -60),
    "62": Place(103.7, 36.2, -560, 420),
    "63": Place(96.0, 35.7, -800, -20),
    "64": Place(106.2, 37.3, 60, 170),
    "65": Place(85.2, 41.1, -1650, 850),
    "71": Place(121.0, 23.8, 1720, -1180, "middle right"),
    "81": Place(114.3, 22.41, 1020, -1550, "middle right", line=True),
    "82": Place(113.54, 22.13, 890, -1680, "middle right", line=True),
}


def project(lon: float, lat: float) -> Point:
    """Project a position by the Albers equal-area conic on a sphere.

    Parameters
    ----------
    lon, lat : float
        Degrees east and north.

    Returns
    -------
    tuple of float
        x to the east of 105° E and y to the north of the origin latitude, km.

    Notes
    -----
    Snyder, *Map Projections: A Working Manual*, USGS Professional Paper 1395 (1987), eqs. 14-1 to
    14-6: n = (sin φ₁ + sin φ₂)/2, C = cos² φ₁ + 2n sin φ₁, ρ = R √(C − 2n sin φ)/n,
    θ = n(λ − λ₀), x = ρ sin θ, y = ρ₀ − ρ cos θ.
    """
    first, second = (math.sin(math.radians(parallel)) for parallel in PARALLELS)
    n = (first + second) / 2
    c = 1 - first**2 + 2 * n * first
    rho, rho_0 = (
        RADIUS * math.sqrt(c - 2 * n * math.sin(math.radians(degrees))) / n for degrees in (lat, ORIGIN_LATITUDE)
    )
    theta = n * math.radians(lon - MERIDIAN)
    return rho * math.sin(theta), rho_0 - rho * math.cos(theta)


def compute_area(ring: Ring) -> float:
    """Signed area of a closed ring by the shoelace formula, counter-clockwise positive; km²."""
    return sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in pairwise(ring)) / 2


def wind(ring: Ring, *, hole: bool) -> Ring:
    """Turn outer rings clockwise and holes back, so that a non-zero fill leaves holes open."""
    return ring if (compute_area(ring) > 0) == hole else ring[::-1]


def round_ring(ring: Ring, decimals: int) -> Ring:
    """Round to `decimals` (0 gives `int`) and drop points that fall on the one before."""
    points = [(round(x, decimals or None), round(y, decimals or None)) for x, y in ring]
    return [point for i, point in enumerate(points) if i == 0 or point != points[i - 1]]


def join_lines(lines: Iterable[Ring]) -> tuple[Series, Series]:
    """Concatenate lines into the x and y of one trace, with None between them."""
    xs: Series = []
    ys: Series = []
    for line in lines:
        gap: Series = [None] if xs else []
        xs += gap + [x for x, _ in line]
        ys += gap + [y for _, y in line]
    return xs, ys


def compute_extent(points: Iterable[Point]) -> dict[str, list[int]]:
    """Smallest box in whole km around the points: ``{"x": [min, max], "y": [min, max]}``."""
    xs, ys = zip(*points, strict=True)
    return {axis: [math.floor(min(values)), math.ceil(max(values))] for axis, values in (("x", xs), ("y", ys))}


def draw_rings(polygons: list[list[Ring]]) -> list[Ring]:
    """Project, wind and round the rings of one unit, km."""
    rings = [
        wind([project(*position) for position in ring], hole=i > 0)
        for polygon in polygons
        for i, ring in enumerate(polygon)
    ]
    xs = [x for ring in rings for x, _ in ring]
    decimals = 1 if max(xs) - min(xs) < SMALL else 0
    return [round_ring(ring, decimals) for ring in rings]


def compute_main(provinces: dict[str, list[list[Ring]]]) -> dict[str, list[int]]:
    """Extent of the main map: all rings north of its southern edge, with a margin; km."""
    box = compute_extent(
        project(*position)
        for polygons in provinces.values()
        for polygon in polygons
        for ring in polygon
        for position in ring
        if position[1] >= MAIN_SOUTH
    )
    west, east = box["x"]
    south, north = box["y"]
    return {"x": [west - MARGIN, east + EAST_MARGIN], "y": [south - MARGIN, north + MARGIN]}


def compute_inset() -> dict[str, list[int]]:
    """Extent of the inset: the box around its projected edges, km."""
    (west, east), (south, north) = INSET_DEGREES
    steps = [i / 20 for i in range(21)]
    return compute_extent(project(west + (east - west) * step, lat) for step in steps for lat in (south, north))


def choose_boundaries(boundaries: Path | None) -> Path:
    """Pick the boundary file: the argument, else the setting, else the supplied one."""
    if boundaries is not None:
        return boundaries
    return value(SETTING) or BOUNDARIES


def build_map(boundaries: Path | None = None) -> dict[str, Any]:
    """Make everything that the map is drawn from, ready for JSON.

    Parameters
    ----------
    boundaries : Path, optional
        GeoJSON of the 34 units; see `analytics.geo_files.read_provinces`. By default the file that
        the setting ``AIM_BOUNDARIES`` names, else the supplied one. The maritime line and the
        islands come from the files `china_maritime.geojson` and `island_points.json` in the same
        folder, and are left out where there are none.

    Returns
    -------
    dict
        Units are km in the plane of `project`; codes are two-digit GB/T 2260.

        - ``provinces``: code to ``rings_x``, ``rings_y``; rings separated by None, outer ones
          clockwise, holes counter-clockwise
        - ``centroids``: code to ``[x, y]``, the point inside the unit where flows end
        - ``labels``: code to ``x``, ``y``, ``anchor`` (plotly's `textposition`), ``line`` (whether
          a leader runs from the centroid to the label)
        - ``islands``: ``x``, ``y``, ``code``, one entry an island
        - ``maritime``: ``x``, ``y``; dashes separated by None
        - ``main``, ``inset``: extents ``x`` and ``y``, each ``[min, max]``
        - ``inset_frame``: where the inset has room in the main map

    Raises
    ------
    DataError
        If a file cannot be read or breaks a rule.
    """
    path = choose_boundaries(boundaries)
    provinces = read_provinces(path)
    islands = read_islands(path.with_name("island_points.json"))
    points = [project(*position) for _, position in islands]
    shapes = {code: join_lines(draw_rings(provinces[code])) for code in sorted(provinces)}
    maritime = join_lines(
        round_ring([project(*position) for position in line], 0)
        for line in read_maritime(path.with_name("china_maritime.geojson"))
    )
    return {
        "provinces": {code: {"rings_x": x, "rings_y": y} for code, (x, y) in shapes.items()},
        "centroids": {code: [round(v) for v in project(*PLACES[code][:2])] for code in PLACES},
        "labels": {
            code: {"x": place.x, "y": place.y, "anchor": place.anchor, "line": place.line}
            for code, place in PLACES.items()
        },
        "islands": {
            "x": [round(x) for x, _ in points],
            "y": [round(y) for _, y in points],
            "code": [code for code, _ in islands],
        },
        "maritime": {"x": maritime[0], "y": maritime[1]},
        "main": compute_main(provinces),
        "inset": compute_inset(),
        "inset_frame": INSET_FRAME,
    }
