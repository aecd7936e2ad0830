"""What lies under the events: dated lines and areas of the gazetteer, and the places whose names are written.

Places are chosen by kind, never by id. Base outlines are cut to the frame that the map is about; lines and areas that
somebody asserts (corridors, lines of contact, extents, districts) are kept whole, with their period and source.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING, Any

import shapely
from shapely.geometry import box, mapping, shape

from gazetteer.errors import FormatError
from maps.style import layer_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from shapely.geometry.base import BaseGeometry

    from gazetteer.model import DatedGeometry, Place

Bounds = tuple[float, float, float, float]
"""West, south, east, north in degrees."""
ASSERTED = frozenset({"corridor", "line", "extent"})
"""Layers that say what the map is about; the base outlines are cut to what surrounds them."""
_WHOLE = ASSERTED | {"district"}
_LABELLED = frozenset({"city", "town"})
_PAST = frozenset({"historical", "transliteration"})
"""Kinds of names that a town is not labelled with unless events are there, whose drawer lists all of them."""
_SCALE = 10_000
_DECIMALS = 4  # 10 m: finer than any of the outlines is known
_TOLERANCE = 0.0012  # degrees, about 100 m: below what a screen shows at the scale of the sources
_BASE_TOLERANCE = 0.007
_LEAST = 0.6  # degrees that a view shows at least: enough to see what lies around a single event
_NEAR = 0.4  # degrees beyond the frame to which districts are kept
_TOWNS = 1.8  # degrees beyond the frame to which towns are named
_MARGIN = 7.0  # degrees around the frame to which base outlines go: enough to pan about, little enough to stay small


@dataclass(frozen=True, slots=True)
class Drawn:
    """One dated geometry of one place, ready to be cut and written."""

    place: Place
    layer: str
    dated: DatedGeometry
    geometry: BaseGeometry


def drawn_geometries(places: Iterable[Place]) -> list[Drawn]:
    """Return the geometries of all places whose kind is drawn, by layer and id.

    Raises:
        FormatError: a geometry file that shapely cannot read.

    >>> drawn_geometries([])
    []

    """
    found = []
    for place in places:
        layer = layer_of(place.kind)
        if layer is None or place.status == "superseded":
            continue
        for dated in place.geometries:
            try:
                geometry = shape(dated.read())
            except (shapely.errors.ShapelyError, ValueError, KeyError, TypeError, AttributeError, OSError) as error:
                raise FormatError(f"{dated.file}: no GeoJSON geometry can be read from it: {error}") from error
            found.append(Drawn(place, layer, dated, geometry))
    return sorted(found, key=lambda one: (one.layer, one.place.id, one.dated.since or "", one.dated.file.name))


def frame(drawn: Iterable[Drawn], spots: Sequence[tuple[float, float]]) -> Bounds | None:
    """Return west, south, east, north of what the map is about: where most events are, else the asserted lines and areas.

    The view holds the six sevenths of the spots that lie nearest to their median, so that one far capital does not
    shrink everything else to a dot; what lies outside is pointed to from the edge.

    >>> frame([], [(46.0, 39.5), (46.8, 40.0)])
    (46.0, 39.5, 46.8, 40.0)
    >>> frame([], []) is None
    True
    """
    if not spots:
        asserted = [one.geometry.bounds for one in drawn if one.layer in ASSERTED and not one.geometry.is_empty]
        return _union(asserted) if asserted else None
    lon, lat = median(lon for lon, _ in spots), median(lat for _, lat in spots)
    near = sorted(spots, key=lambda spot: (max(abs(spot[0] - lon), abs(spot[1] - lat) * 1.3), spot))
    kept = near[: max(math.ceil(len(near) * 6 / 7), 3)]
    west, south, east, north = _union([(*spot, *spot) for spot in kept])
    wide, high = max(0.0, _LEAST - (east - west)) / 2, max(0.0, _LEAST * 0.7 - (north - south)) / 2
    return round(west - wide, 4), round(south - high, 4), round(east + wide, 4), round(north + high, 4)


def layers(drawn: Iterable[Drawn], around: Bounds | None, wanted: Collection[str] = ()) -> list[dict[str, Any]]:
    """Return the reference layers for the page, base outlines cut to the frame with a margin.

    A line, a corridor or an area that has no end and that no event refers to (`wanted`) says nothing about the time that
    is shown: it goes with the further ones, which are off at first.

    >>> layers([], None)
    []
    """
    known = list(drawn)
    window = box(*_grown(around, _MARGIN, 0.7)) if around else None
    near = box(*_grown(around, _NEAR, 0.1)) if around else None
    ended = {one.place.id for one in known if one.dated.until}
    found = []
    for one in known:
        whole = one.layer in _WHOLE or one.layer == "water"  # a cut sea would end in a straight shore
        geometry = one.geometry
        if one.layer == "country" and geometry.geom_type.endswith("Polygon"):
            geometry = geometry.boundary  # cut as lines, so that the edge of the window is not drawn as a border
        limit = near if one.layer == "district" else window
        if limit is not None and not geometry.intersects(limit):
            continue
        if not whole and window is not None:
            geometry = geometry.intersection(window)
        geometry = shapely.set_precision(
            geometry.simplify(_TOLERANCE if one.layer in ASSERTED else _BASE_TOLERANCE),
            10**-_DECIMALS,
            mode="pointwise",
        )
        if geometry.is_empty:
            continue
        dated = one.dated
        further = one.layer in ASSERTED and one.place.id not in ended and one.place.id not in wanted
        found.append(
            {
                "place": one.place.id,
                "layer": one.layer,
                "switch": "further" if further else one.layer,
                "label": dated.label,
                "since": dated.since,
                "until": dated.until,
                "by": dated.asserted_by,
                "source": dated.source,
                "precision_m": dated.precision_m,
                "geometry": steps(mapping(geometry)),
            }
        )
    return found


def corners(places: Iterable[Place], drawn: Iterable[Drawn], ids: Collection[str]) -> list[tuple[float, float]]:
    """Return spots (lon, lat) that a view of these places must hold: their points, and the corners of what is drawn.

    >>> corners([], [], ["x"])
    []
    """
    found = [(place.point.lon, place.point.lat) for place in places if place.id in ids and place.point]
    for one in drawn:
        if one.place.id in ids and not one.geometry.is_empty:
            west, south, east, north = one.geometry.bounds
            found += [(west, south), (east, north)]
    return found


def labels(
    places: Iterable[Place], wanted: Collection[str], around: Bounds | None, told: Collection[str] = ()
) -> list[dict[str, Any]]:
    """Return the places that the page may name: those that events or layers refer to, and towns within the frame.

    Derived names (made by transliteration rules) are left out: a map writes only what somebody uses. The note comes
    along for places in `told`, which a reader can open.

    >>> labels([], {"x"}, None)
    []
    """
    found = []
    for place in places:
        point = place.point
        town = place.kind in _LABELLED and point and around and _within((point.lon, point.lat), around, _TOWNS)
        if place.id not in wanted and not (town and place.status == "current"):
            continue
        found.append(
            {
                "id": place.id,
                "kind": place.kind,
                "name": place.name,
                "lon": round(point.lon, _DECIMALS) if point else None,
                "lat": round(point.lat, _DECIMALS) if point else None,
                "capital": bool(place.capital_of),
                "precision_m": point.precision_m if point else None,
                "names": [
                    [name.text, name.lang, name.kind, ",".join(name.used_by), name.since, name.until]
                    for name in place.names
                    if not name.derived and (place.id in wanted or name.kind not in _PAST)
                ],
                "note": place.note if place.id in told else "",
            }
        )
    return sorted(found, key=lambda one: str(one["id"]))


def _grown(bounds: Bounds, least: float, share: float) -> Bounds:
    west, south, east, north = bounds
    wide, high = max(least, (east - west) * share), max(least * 0.8, (north - south) * share)
    return west - wide, south - high, east + wide, north + high


def _within(spot: tuple[float, float], bounds: Bounds, margin: float) -> bool:
    west, south, east, north = bounds
    return west - margin <= spot[0] <= east + margin and south - margin <= spot[1] <= north + margin


def _union(bounds: Sequence[Bounds]) -> Bounds:
    return min(b[0] for b in bounds), min(b[1] for b in bounds), max(b[2] for b in bounds), max(b[3] for b in bounds)


def steps(geometry: Any) -> Any:
    """Return a GeoJSON geometry with each run of positions as steps in 1/10,000 degree: a third shorter when compressed.

    `maps/static/reference.js` turns it back.

    >>> steps({"type": "LineString", "coordinates": [[46.5, 39.8], [46.5001, 39.7998]]})
    {'type': 'LineString', 'steps': [465000, 398000, 1, -2]}
    >>> steps({"type": "GeometryCollection", "geometries": []})
    {'type': 'GeometryCollection', 'geometries': []}
    """
    if "geometries" in geometry:
        return {"type": geometry["type"], "geometries": [steps(part) for part in geometry["geometries"]]}
    return {"type": geometry["type"], "steps": _runs(geometry["coordinates"])}


def _runs(coordinates: Any) -> list[Any]:
    if not coordinates or not isinstance(coordinates[0][0], (int, float)):
        return [_runs(part) for part in coordinates]
    found: list[int] = []
    x = y = 0
    for lon, lat, *_ in coordinates:
        east, north = round(lon * _SCALE), round(lat * _SCALE)
        found += (east - x, north - y)
        x, y = east, north
    return found
