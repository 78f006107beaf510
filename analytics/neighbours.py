"""Where provinces lie on the globe, and which of them meet: from the boundaries, at build."""

import math
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

from analytics import geo
from analytics.geo import MERIDIAN, ORIGIN_LATITUDE, PARALLELS, RADIUS, compute_area, project
from analytics.geo_files import Point, Ring, read_provinces

NARROW_STRAIT = 50.0  # km; Hainan is 20 km off Guangdong, Taiwan 130 km off Fujian

Polygons = list[list[Ring]]


def unproject(x: float, y: float) -> Point:
    """Give longitude and latitude, degrees, of a point of `analytics.geo.project`, km.

    Notes
    -----
    Snyder (1987), eqs. 14-8 to 14-11: the inverse of the equations that `project` names.
    """
    first, second = (math.sin(math.radians(parallel)) for parallel in PARALLELS)
    n = (first + second) / 2
    c = 1 - first**2 + 2 * n * first
    rho_0 = RADIUS * math.sqrt(c - 2 * n * math.sin(math.radians(ORIGIN_LATITUDE))) / n
    rho, theta = math.hypot(x, rho_0 - y), math.atan2(x, rho_0 - y)
    lat = math.degrees(math.asin((c - (rho * n / RADIUS) ** 2) / (2 * n)))
    return MERIDIAN + math.degrees(theta / n), lat


def centroid(polygons: Polygons) -> Point:
    """Give the centre of a unit's area, longitude and latitude; holes count against it.

    Areas are true in the plane of `project`, so the centre is taken there and carried back.
    """
    sums = [0.0, 0.0, 0.0]
    for polygon in polygons:
        for at, ring in enumerate(polygon):
            flat = [project(*position) for position in ring]
            sign = math.copysign(1.0, compute_area(flat)) * (-1.0 if at else 1.0)
            for add, part in enumerate(_moments(flat)):
                sums[add] += sign * part
    area, x, y = sums
    return unproject(x / area, y / area)


def _moments(ring: Ring) -> tuple[float, float, float]:
    """Give a ring's signed area and its first moments, km² and km³."""
    crosses = [(x0 * y1 - x1 * y0, x0 + x1, y0 + y1) for (x0, y0), (x1, y1) in pairwise(ring)]
    area = sum(cross for cross, _, _ in crosses) / 2
    return area, sum(c * x for c, x, _ in crosses) / 6, sum(c * y for c, _, y in crosses) / 6


def borders(provinces: dict[str, Polygons]) -> list[list[str]]:
    """Give the pairs of units that meet, the smaller code first.

    Two units meet where their boundaries share a stretch between two points. A unit that shares none
    with any other meets the nearest one if that is at most `NARROW_STRAIT` away: Hainan by the strait,
    Hong Kong and Macao because their outlines were simplified apart from Guangdong's.
    """
    edges = {code: _edges(polygons) for code, polygons in provinces.items()}
    pairs = {(a, b) for a, b in combinations(sorted(edges), 2) if edges[a] & edges[b]}
    for code in sorted(provinces.keys() - {end for pair in pairs for end in pair}):
        near, distance = _nearest(code, provinces)
        if distance <= NARROW_STRAIT:
            pairs.add((min(code, near), max(code, near)))
    return [list(pair) for pair in sorted(pairs)]


def _edges(polygons: Polygons) -> set[tuple[Point, Point]]:
    rings = [ring for polygon in polygons for ring in polygon]
    return {(min(a, b), max(a, b)) for ring in rings for a, b in pairwise(ring)}


def _nearest(code: str, provinces: dict[str, Polygons]) -> tuple[str, float]:
    points = {other: _points(polygons) for other, polygons in provinces.items()}
    own = points.pop(code)
    found = {other: min(math.dist(a, b) for a in own for b in ends) for other, ends in points.items()}
    near = min(found, key=lambda other: found[other])
    return near, found[near]


def _points(polygons: Polygons) -> list[Point]:
    return [project(*position) for polygon in polygons for ring in polygon for position in ring]


def build_map(boundaries: Path | None = None) -> dict[str, Any]:
    """Give the map of `analytics.geo.build_map`, and what is measured on its boundaries.

    Returns
    -------
    dict
        The map, with ``places``, code to ``[longitude, latitude]`` of its centre, degrees to three
        decimals (100 m), and ``borders``, pairs of codes.
    """
    drawn = geo.build_map(boundaries)
    provinces = read_provinces(geo.choose_boundaries(boundaries))
    places = {code: [round(one, 3) for one in centroid(provinces[code])] for code in sorted(provinces)}
    return {**drawn, "places": places, "borders": borders(provinces)}
