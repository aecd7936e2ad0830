"""Rules about where things lie: exchanged coordinates, doubles, points outside their area, shapes that are none."""

from __future__ import annotations

import itertools
import json
import math
from typing import TYPE_CHECKING, Any

from gazetteer.finding import Finding, newer
from gazetteer.index import distance_m
from gazetteer.model import SETTLEMENTS
from gazetteer.names import normalise

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shapely.geometry.base import BaseGeometry

    from gazetteer.index import Gazetteer
    from gazetteer.model import DatedGeometry, Place, Point

DOUBLE_M = 2_000.0
"""Two entries with one name are taken for the same place within this distance."""
SAME_SPOT_M = 300.0
"""Two entries of one kind are suspicious within this distance, whatever they are called."""
FAR_M = 500_000.0
"""A point farther than this from all that it belongs to is looked at for exchanged coordinates."""
LONELY_M = 120_000.0
"""The same for a place without parents, against the nearest other place."""
_METRES_A_DEGREE = 111_195.0
_TYPES = {"line": ("LineString", "MultiLineString"), "area": ("Polygon", "MultiPolygon")}


def space_rules(places: Gazetteer) -> Iterator[Finding]:
    """Find wrong positions, doubles and broken shapes."""
    shapes: dict[str, list[tuple[DatedGeometry, BaseGeometry]]] = {}
    for place in places:
        for number, dated in enumerate(place.geometries):
            shape, findings = _shape(place, number, dated)
            yield from findings
            if shape is not None:
                shapes.setdefault(place.id, []).append((dated, shape))
    for place in places:
        if place.point is not None:
            yield from _position(places, place, place.point, shapes)
        elif not place.geometries and place.kind != "organisation":
            fix = "Add a table [point] with lat, lon and precision_m"
            yield Finding(place, "no-position", "has no position, so nothing can be drawn there", (), fix, "warning")
    yield from _doubles(places)


# -------------------------------------------------------------------------------------------------------------- points


def _position(
    places: Gazetteer, place: Place, point: Point, shapes: dict[str, list[tuple[DatedGeometry, BaseGeometry]]]
) -> Iterator[Finding]:
    where = ("point", "lat")
    if point.lat == 0 and point.lon == 0:
        fix = "Give the true position, or take [point] out: a place without one is never drawn"
        yield Finding(place, "null-island", "point is 0, 0, the place-holder of missing data", where, fix)
        return
    if (told := _exchanged(places, place, point)) is not None:
        yield told
        return
    for number, parent in enumerate(place.parents):
        areas = [(dated, shape) for dated, shape in shapes.get(parent.id, []) if dated.shape == "area"]
        if not areas or parent.id not in places:
            continue
        dated, outside = min(
            ((d, _outside_m(point, s)) for d, s in areas), key=lambda pair: pair[1] - pair[0].precision_m
        )
        margin = dated.precision_m + point.precision_m
        if outside > margin:
            message = f"point is {point.lat}, {point.lon}: {outside / 1000:.1f} km outside the area of its parent {parent.id} (margin {margin / 1000:.1f} km)"
            fix = f"Mend the position, the parent or {dated.file.name}"
            yield Finding(place, "outside-parent", message, where if number == 0 else ("parents", number, "id"), fix)


_BROAD_M = 100_000
"""A point known to no better than this many metres stands for a country or a continent."""


def _exchanged(places: Gazetteer, place: Place, point: Point) -> Finding | None:
    """Find a point that lies far from all that it belongs to, and near with latitude and longitude exchanged."""
    if point.precision_m > _BROAD_M:
        return None  # the neighbours of a country's or a continent's point tell nothing of it
    if abs(point.lon) > 90:
        return None
    family = {p.id: p for parent in place.parent_ids() for p in (places.get(parent), *places.children(parent)) if p}
    family.pop(place.id, None)
    around, far, what = [p.point for p in family.values() if p.point], FAR_M, "what it belongs to"
    if not around:  # no parent: the company of all other places, and a closer look
        around, far = [p.point for p in places if p.point and p.id != place.id], LONELY_M
        what = "the nearest other place"
    if not around or any(distance_m(point.lat, point.lon, p.lat, p.lon) <= far for p in around):
        return None
    there = min(distance_m(point.lon, point.lat, p.lat, p.lon) for p in around)
    if there >= far / 3:
        return None
    here = min(distance_m(point.lat, point.lon, p.lat, p.lon) for p in around)
    message = (
        f"point is {point.lat}, {point.lon}: {here / 1000:.0f} km from {what}, "
        f"and {there / 1000:.0f} km with lat and lon exchanged"
    )
    fix = f"Write lat = {point.lon} and lon = {point.lat}"
    if what != "what it belongs to":
        fix += ", or, if it is right, name the parent"
    return Finding(place, "swapped", message, ("point", "lat"), fix)


def _outside_m(point: Point, area: BaseGeometry) -> float:
    """Return how far a point lies outside an area in metres, 0 inside (flat around the point: 1 % off within 100 km)."""
    from shapely import Point as Dot  # noqa: PLC0415  (shapely is slow to import)
    from shapely.affinity import scale  # noqa: PLC0415

    dot = Dot(point.lon, point.lat)
    if area.covers(dot):
        return 0.0
    narrow = scale(area, xfact=math.cos(math.radians(point.lat)), yfact=1.0, origin=(point.lon, point.lat))
    return float(narrow.distance(dot)) * _METRES_A_DEGREE


def _doubles(places: Gazetteer) -> Iterator[Finding]:
    """Find two entries that seem to be one place; `ambiguous_with` says that they are two."""
    keys = {place.id: {normalise(name.text) for name in place.names} for place in places}
    located = sorted(
        ((p.point, p) for p in places if p.point and p.status != "superseded"), key=lambda pair: pair[0].lat
    )
    for at, (point, place) in enumerate(located):
        for other_point, other in located[at + 1 :]:
            if (other_point.lat - point.lat) * _METRES_A_DEGREE > DOUBLE_M:
                break
            metres = distance_m(point.lat, point.lon, other_point.lat, other_point.lon)
            said = other.id in place.match.ambiguous_with or place.id in other.match.ambiguous_with
            broad = min(point.precision_m, other_point.precision_m) > _BROAD_M  # a state and the one before it
            if metres > DOUBLE_M or said or broad or not _alike(place, other):
                continue
            first, second = newer(place, other)
            fix = "Put both together, or, if they are two places, name each in the other's ambiguous_with"
            shared = sorted(keys[first.id] & keys[second.id])
            if shared:
                name = next(n.text for n in second.names if normalise(n.text) == shared[0])
                message = f'is called "{name}" as {first.id} is, {metres:.0f} m away'
                yield Finding(second, "double", message, ("point",), fix)
            elif metres <= SAME_SPOT_M:
                message = f"is a {second.kind} as {first.id} is, {metres:.0f} m away"
                yield Finding(second, "same-spot", message, ("point",), fix, "warning")


def _alike(place: Place, other: Place) -> bool:
    return place.kind == other.kind or {place.kind, other.kind} <= SETTLEMENTS


# -------------------------------------------------------------------------------------------------------------- shapes


def _shape(place: Place, number: int, dated: DatedGeometry) -> tuple[BaseGeometry | None, list[Finding]]:
    """Return a geometry as shapely has it, or None, and what is wrong in its file."""
    where = ("geometry", number, "file")
    if not dated.file.is_file():
        message = f'geometry[{number}].file is "{dated.file.name}", which is not there'
        return None, [Finding(place, "no-geometry-file", message, where, "Put the GeoJSON file beside the entry")]
    try:
        found = dated.read()
        flaw = next(_flaws(dated, found), None)
        turned = flaw is None and dated.shape == "area" and any(_signed_area(ring) < 0 for ring in _outer_rings(found))
    except json.JSONDecodeError as error:
        flaw = ("broken-geojson", f"is not JSON: {error.msg[:1].lower()}{error.msg[1:]} (line {error.lineno})", _ANEW)
    except UnicodeDecodeError:
        flaw = ("broken-geojson", "is not UTF-8 text", _ANEW)
    except (AttributeError, IndexError, KeyError, TypeError, ValueError):
        flaw = ("broken-geojson", "has no GeoJSON geometry", _ANEW)
    if flaw is not None:
        code, message, fix = flaw
        return None, [Finding(place, code, message, fix=fix, file=dated.file)]
    from shapely.geometry import shape  # noqa: PLC0415  (shapely is slow to import)

    made: BaseGeometry = shape(found)
    if turned:
        fix = "Reverse it (shapely.geometry.polygon.orient); RFC 7946 has outer rings counter-clockwise"
        message = "has an outer ring that runs clockwise"
        return made, [Finding(place, "ring-order", message, (), fix, "warning", dated.file)]
    return made, []


_ANEW = "Export it anew as GeoJSON (geojson.io and QGIS write it)"


def _flaws(dated: DatedGeometry, found: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Yield what makes a geometry unusable as (code, message, fix); what follows the first may follow from it."""
    wanted = _TYPES[dated.shape]
    if found.get("type") not in wanted:
        message = f'holds a {found.get("type", "value")!s}, but the entry says shape = "{dated.shape}"'
        yield "wrong-shape", message, f"Use a {' or '.join(wanted)}, or mend shape"
    for lon, lat, *_ in _positions(found["coordinates"]):
        if not (math.isfinite(lon) and math.isfinite(lat) and -180 <= lon <= 180 and -90 <= lat <= 90):
            message = f"has the position [{lon}, {lat}], which is not on earth"
            yield "bad-coordinates", message, "GeoJSON has longitude first, then latitude"
    for ring in _rings(found) if dated.shape == "area" else ():
        if len(ring) < 4 or ring[0] != ring[-1]:
            message = f"has a ring of {len(ring)} positions that does not end where it begins"
            yield "open-ring", message, "Give four positions or more, the last one the same as the first"
    from shapely import is_valid_reason  # noqa: PLC0415  (shapely is slow to import)
    from shapely.geometry import shape  # noqa: PLC0415

    reason, _, at = str(is_valid_reason(shape(found))).partition("[")
    if reason != "Valid Geometry":
        lon, _, lat = at.rstrip("]").partition(" ")
        message = f"crosses itself: {reason.lower()}" + (
            f" at lat {float(lat):.4f}, lon {float(lon):.4f}" if lat else ""
        )
        yield "self-crossing", message, "Mend the shape there, or run shapely.make_valid on it"


def _positions(coordinates: Any) -> Iterator[Any]:
    if coordinates and isinstance(coordinates[0], int | float):
        yield coordinates
    else:
        for part in coordinates:
            yield from _positions(part)


def _rings(found: dict[str, Any]) -> list[list[list[float]]]:
    polygons = [found["coordinates"]] if found["type"] == "Polygon" else found["coordinates"]
    return [ring for polygon in polygons for ring in polygon]


def _outer_rings(found: dict[str, Any]) -> list[list[list[float]]]:
    polygons = [found["coordinates"]] if found["type"] == "Polygon" else found["coordinates"]
    return [polygon[0] for polygon in polygons]


def _signed_area(ring: list[list[float]]) -> float:
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in itertools.pairwise(ring)) / 2
