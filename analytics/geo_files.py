"""Reading and checking the map's files: boundaries, maritime line and islands, in degrees."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from analytics.errors import DataError

Point = tuple[float, float]
Ring = list[Point]

SETTING = "AIM_BOUNDARIES"

# The 34 province-level units of GB/T 2260, by the first two digits of their codes.
# fmt: off
CODES = frozenset((
    "11", "12", "13", "14", "15",
    "21", "22", "23",
    "31", "32", "33", "34", "35", "36", "37",
    "41", "42", "43", "44", "45", "46",
    "50", "51", "52", "53", "54",
    "61", "62", "63", "64", "65",
    "71",
    "81", "82",
))
# fmt: on

# Wide enough for every reading of where China ends; swapped coordinates fall outside; degrees.
LON_RANGE = (70.0, 140.0)
LAT_RANGE = (0.0, 60.0)


def read_json(path: Path) -> Any:
    """Read a JSON file; raise `DataError` if it is missing, not UTF-8 or not JSON."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except json.JSONDecodeError as error:
        found, row = error.msg, error.lineno
    except (OSError, UnicodeDecodeError) as error:
        found, row = type(error).__name__, None
    remedy = f"Give a readable GeoJSON file, or unset {SETTING} to use the supplied one."
    raise DataError(file=path.name, row=row, column=None, value=found, expected="JSON in UTF-8", remedy=remedy)


class Reader:
    """Raises `DataError` for one feature of one file; `row` is the feature's place, 1 the first."""

    def __init__(self, file: str, row: int | None = None) -> None:
        self.file, self.row = file, row

    def error(self, column: str, value: object, expected: str, remedy: str) -> DataError:
        """Build the error; long values are cut."""
        shown = None if value is None else str(value)[:80]
        return DataError(
            file=self.file,
            row=self.row,
            column=column,
            value=shown,
            expected=expected,
            remedy=remedy,
        )

    def read_position(self, value: Any) -> Point:
        """Check one position and return its longitude and latitude, degrees."""
        if isinstance(value, list) and len(value) >= 2 and all(map(is_number, value[:2])):
            lon, lat = float(value[0]), float(value[1])
            if LON_RANGE[0] <= lon <= LON_RANGE[1] and LAT_RANGE[0] <= lat <= LAT_RANGE[1]:
                return lon, lat
        expected = (
            f"[longitude, latitude] in degrees, {LON_RANGE[0]:g} to {LON_RANGE[1]:g} "
            f"and {LAT_RANGE[0]:g} to {LAT_RANGE[1]:g}"
        )
        remedy = "Write longitude before latitude, in WGS 84 degrees, not in metres."
        raise self.error("coordinates", value, expected, remedy)

    def read_line(self, value: Any, minimum: int) -> Ring:
        """Check a list of at least `minimum` positions and return it, degrees."""
        if not isinstance(value, list) or len(value) < minimum:
            remedy = "Nest coordinates as GeoJSON does (RFC 7946, section 3.1)."
            raise self.error("coordinates", value, f"a list of {minimum} or more positions", remedy)
        return [self.read_position(position) for position in value]

    def read_ring(self, value: Any) -> Ring:
        """Check one closed ring and return it, degrees."""
        ring = self.read_line(value, minimum=4)
        if ring[0] != ring[-1]:
            remedy = "Repeat the ring's first position at its end."
            raise self.error("coordinates", [value[0], value[-1]], "a closed ring", remedy)
        return ring

    def read_polygons(self, geometry: Any) -> list[list[Ring]]:
        """Check a Polygon or MultiPolygon and return each polygon's rings, outer one first."""
        kind, parts = read_kind(geometry)
        if kind not in ("Polygon", "MultiPolygon"):
            remedy = "Export the units as polygons."
            raise self.error("geometry", kind, "Polygon or MultiPolygon", remedy)
        polygons = [parts] if kind == "Polygon" else parts
        if not is_filled(polygons) or not all(map(is_filled, polygons)):
            remedy = "Nest coordinates as GeoJSON does (RFC 7946, section 3.1)."
            raise self.error("coordinates", parts, f"the rings of a {kind}", remedy)
        return [[self.read_ring(ring) for ring in polygon] for polygon in polygons]

    def read_code(self, feature: Any) -> str:
        """Check a feature's `adcode` (GB/T 2260, six digits) and return its first two digits."""
        properties = feature.get("properties") if isinstance(feature, dict) else None
        adcode = properties.get("adcode") if isinstance(properties, dict) else None
        code, rest = str(adcode)[:2], str(adcode)[2:]
        if code not in CODES or rest != "0000":
            remedy = "Give every feature the six-digit code of one province-level unit."
            raise self.error("adcode", adcode, "a code such as 110000 for Beijing", remedy)
        return code


def read_kind(geometry: Any) -> tuple[Any, Any]:
    """Return a geometry's type and coordinates; None for what is not there."""
    known = geometry if isinstance(geometry, dict) else {}
    return known.get("type"), known.get("coordinates")


def is_filled(value: object) -> bool:
    """Tell a list with something in it from everything else."""
    return isinstance(value, list) and bool(value)


def is_number(value: object) -> bool:
    """Tell a JSON number from everything else; true and false are no numbers."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def read_features(path: Path) -> Iterator[tuple[Reader, Any]]:
    """Yield every feature of a GeoJSON FeatureCollection with a reader that knows its place."""
    content = read_json(path)
    features = content.get("features") if isinstance(content, dict) else None
    if not isinstance(features, list):
        remedy = "Export the units as one GeoJSON FeatureCollection."
        raise Reader(path.name).error("features", None, "a FeatureCollection", remedy)
    for row, feature in enumerate(features, start=1):
        yield Reader(path.name, row), feature


def read_provinces(path: Path) -> dict[str, list[list[Ring]]]:
    """Read and check the boundaries of all units.

    Parameters
    ----------
    path : Path
        GeoJSON in WGS 84 with one feature for each of the 34 province-level units: property
        `adcode` (six digits), Polygon or MultiPolygon. Other properties are ignored.

    Returns
    -------
    dict of str to list of polygons
        Two-digit code to polygons; each is its outer ring, then its holes; closed; degrees.

    Raises
    ------
    DataError
        At the first thing that is wrong; `row` is the feature's place in the file.
    """
    provinces: dict[str, list[list[Ring]]] = {}
    for reader, feature in read_features(path):
        code = reader.read_code(feature)
        if code in provinces:
            remedy = "Merge the unit's parts into one MultiPolygon."
            raise reader.error("adcode", f"{code}0000 again", "every code once", remedy)
        provinces[code] = reader.read_polygons(feature.get("geometry"))
    missing = sorted(CODES - provinces.keys())
    if missing:
        remedy = "Add a feature for each of: " + ", ".join(f"{code}0000" for code in missing) + "."
        expected = f"all {len(CODES)} province-level units"
        raise Reader(path.name).error("adcode", f"{len(provinces)} units", expected, remedy)
    return provinces


def read_maritime(path: Path) -> list[Ring]:
    """Read the lines of a GeoJSON of MultiLineStrings, degrees; none without a file."""
    lines: list[Ring] = []
    for reader, feature in read_features(path) if path.exists() else ():
        geometry = feature.get("geometry") if isinstance(feature, dict) else None
        kind, parts = read_kind(geometry)
        if kind != "MultiLineString" or not is_filled(parts):
            remedy = "Export the line as one MultiLineString."
            raise reader.error("geometry", geometry, "a MultiLineString", remedy)
        lines += [reader.read_line(line, minimum=2) for line in parts]
    return lines


def read_islands(path: Path) -> list[tuple[str, Point]]:
    """Read small islands: two-digit code and position in degrees; none without a file."""
    content = read_json(path) if path.exists() else []
    if not isinstance(content, list):
        remedy = 'Write [{"adcode": "460000", "lon": 112.3, "lat": 16.8}, …].'
        raise Reader(path.name).error("adcode", content, "a list of islands", remedy)
    islands = []
    for row, island in enumerate(content, start=1):
        reader = Reader(path.name, row)
        code = reader.read_code({"properties": island})
        islands.append((code, reader.read_position([island.get("lon"), island.get("lat")])))
    return islands
