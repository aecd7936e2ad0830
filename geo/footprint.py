"""Makes honest geometry of references: a point with a radius, a line, an area, or nothing with a reason.

Precision codes follow UCDP GED's where_prec: 1 exact, 2 near, 3 district, 4 province, 5 line or vague area, 6 country,
7 water or air. A place's own outline or line is the one that held on the event's day. Nothing is jittered.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from shapely.geometry import LineString, MultiPoint, Point, shape
from shapely.validation import make_valid

from geo.model import Footprint
from geo.precision import precision_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from shapely.geometry.base import BaseGeometry

    from gazetteer.index import Gazetteer
    from gazetteer.model import Place
    from geo.model import GeoPrecision
    from geo.spatial import Reference

NEAR_RADIUS_M = 8_000.0
"""How far "near X" is taken to reach: the median of such uses in UCDP's manual is "within about 25 km"; news of villages means less."""
DIRECTION_RADIUS_M = 15_000.0
DISTRICT_RADIUS_M = 25_000.0
PROVINCE_RADIUS_M = 60_000.0
REGION_RADIUS_M = 75_000.0
_TOUCH_DEGREES = 0.05
STRETCH_DEGREES = 0.18
"""Half the length of the stretch of a line that "along the line near X" lights, about 15-20 km."""


def footprint(refs: Sequence[Reference], places: Gazetteer, day: date | None, reason: str) -> Footprint:
    """Return the footprint of one reference, or of several that one figure is said of; without any, no geometry."""
    if not refs:
        return Footprint(reason=reason)
    if len(refs) > 1:
        return _several(refs, places, reason)
    ref = refs[0]
    found = [place for place_id in ref.place_ids if (place := places.get(place_id)) is not None]
    if len(found) > 1:
        return _between(ref, found, day, reason)
    place = found[0]
    geometry, precision, radius = _one(ref, place, day)
    if geometry is None:
        reason = f"{reason}; no position: the gazetteer has no point or outline for {place.name}" + (
            " at this date" if place.geometries else ""
        )
    return Footprint(geometry, place.id, place.name, ref.text, ref.relation, precision, radius, reason, (place.id,))


def _one(ref: Reference, place: Place, day: date | None) -> tuple[BaseGeometry | None, GeoPrecision, float | None]:
    if ref.offset_m is not None and place.point is not None:
        if ref.bearing is None:
            return Point(place.point.lon, place.point.lat), 2, round(ref.offset_m + place.point.precision_m)
        return (
            _moved(place, ref.offset_m, ref.bearing),
            2,
            round(max(1000.0, 0.3 * ref.offset_m) + place.point.precision_m),
        )
    drawn = outline(place, day)
    precision = precision_of(place, ref.text) or 6
    if drawn is not None and precision in {3, 4, 5, 6, 7}:
        dated = place.geometry_on(day.isoformat() if day else None)
        return drawn, precision, round(dated.precision_m) if dated else None
    if place.point is None or precision == 6:
        return None, precision, None
    point = Point(place.point.lon, place.point.lat)
    if precision == 1 and ref.relation in {"near", "direction_of", "from"}:
        radius = DIRECTION_RADIUS_M if ref.relation == "direction_of" else NEAR_RADIUS_M
        return point, 2, round(radius + place.point.precision_m)
    radius = {3: DISTRICT_RADIUS_M, 4: PROVINCE_RADIUS_M, 5: REGION_RADIUS_M}.get(precision, 0.0)
    return point, precision, round(max(radius, place.point.precision_m))


def outline(place: Place, day: date | None) -> BaseGeometry | None:
    """Return the line or area of a place that held on a day, else the nearest in time, else None."""
    if not place.geometries:
        return None
    dated = place.geometry_on(day.isoformat() if day else None)
    if dated is None:
        iso = day.isoformat() if day else "9999"
        dated = min(place.geometries, key=lambda g: min(_years(iso, g.since), _years(iso, g.until)))
    geometry = shape(dated.read())
    return geometry if geometry.is_valid else make_valid(geometry)


def _years(iso: str, partial: str | None) -> float:
    return abs(float(iso[:4]) - float(partial[:4])) if partial else 9999.0


def _moved(place: Place, metres: float, bearing: float) -> Point:
    from geopy.distance import geodesic  # noqa: PLC0415  (only such phrases need it)

    assert place.point is not None  # noqa: S101  (the caller has looked)
    there = geodesic(meters=metres).destination((place.point.lat, place.point.lon), bearing)
    return Point(there.longitude, there.latitude)


def _between(ref: Reference, found: Sequence[Place], day: date | None, reason: str) -> Footprint:
    ids = tuple(place.id for place in found)
    ends = [(place.point.lon, place.point.lat) for place in found if place.point is not None]
    name = " – ".join(place.name for place in found)
    if len(ends) < 2 or any((precision_of(place) or 6) == 6 for place in found):
        smaller = next((place for place in found if (precision_of(place) or 6) != 6), None)
        geometry = outline(smaller, day) if smaller else None
        if smaller is not None and geometry is not None:
            return Footprint(geometry, smaller.id, smaller.name, ref.text, "between", 5, None, reason, ids)
        return Footprint(
            None, None, name, ref.text, "between", 6, None, f"{reason}; between {name}: too vague to draw", ids
        )
    return Footprint(LineString(ends), None, name, ref.text, "between", 5, NEAR_RADIUS_M, reason, ids)


def _several(refs: Sequence[Reference], places: Gazetteer, reason: str) -> Footprint:
    ids = tuple(dict.fromkeys(place_id for ref in refs for place_id in ref.place_ids))
    found = [places[place_id] for place_id in ids]
    points = [
        (place.point.lon, place.point.lat)
        for place in found
        if place.point is not None and (precision_of(place) or 6) < 6
    ]
    holders = [set(places.ancestors(place.id)) for place in found]
    shared = (
        [place_id for place_id in places.ancestors(found[0].id) if all(place_id in held for held in holders)]
        if found
        else []
    )
    holder = places.get(shared[0]) if shared else None
    geometry = MultiPoint(points) if points else None
    text = " … ".join(dict.fromkeys(ref.text for ref in refs))
    precision: GeoPrecision = max((precision_of(places[ref.place_ids[0]], ref.text) or 6 for ref in refs), default=5)
    return Footprint(
        geometry, holder.id if holder and (precision_of(holder) or 6) != 6 else None, ", ".join(place.name for place in found), text,
        refs[0].relation, precision, max((place.point.precision_m for place in found if place.point), default=None), reason, ids,
    )  # fmt: skip


def lies_at(place: Place, area: Place, places: Gazetteer) -> bool:
    """Tell whether a place lies in an area, or a line or area touches it: by what entries say, else by geometry."""
    if places.within(place.id, area.id):
        return True
    ground = outline(area, None)
    if ground is None:
        return False
    own = outline(place, None)
    if own is None:
        return place.point is not None and bool(
            ground.buffer(_TOUCH_DEGREES).contains(Point(place.point.lon, place.point.lat))
        )
    return precision_of(place) == 5 and bool(ground.buffer(_TOUCH_DEGREES).intersects(own))


def stretch(line: BaseGeometry, near: Place) -> BaseGeometry | None:
    """Return the part of a line within about 20 km of a place, or None where there is none."""
    if near.point is None:
        return None
    part = line.intersection(Point(near.point.lon, near.point.lat).buffer(STRETCH_DEGREES))
    return None if part.is_empty else part
