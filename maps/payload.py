"""Events as the page reads them: the FeatureCollection taken apart into columns, losing nothing.

The page puts the same features together again for its exports, foreign properties included.
"""

from __future__ import annotations

import json
import math
import re
from datetime import date
from typing import TYPE_CHECKING, Any

from shapely import get_parts
from shapely.errors import ShapelyError
from shapely.geometry import shape

from gazetteer.errors import FormatError
from maps.columns import column, encode

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_ISO = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")
_COUNTRY = 6  # geo_precision of a country
_REFERS = ("place_id",)
_REFERS_MANY = ("place_ids", "actors")


def features_of(collection: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return the features of a FeatureCollection.

    Raises:
        FormatError: it is something else, or a feature is broken; the message counts features from 1.

    >>> features_of({"type": "FeatureCollection", "features": []})
    []

    """
    features = collection.get("features") if isinstance(collection, dict) else None
    if not isinstance(features, list):
        raise FormatError(
            'events must be a GeoJSON FeatureCollection with a list "features", as `conflict-mapper extract` writes it'
        )
    for number, feature in enumerate(features, 1):
        if not isinstance(feature, dict) or not isinstance(feature.get("properties") or {}, dict):
            raise FormatError(f"feature {number} is no GeoJSON Feature with properties")
        claims = (feature.get("properties") or {}).get("claims") or []
        if not isinstance(claims, list) or not all(isinstance(claim, dict) for claim in claims):
            raise FormatError(f"feature {number}: claims is not a list of objects")
    return features


def encode_events(features: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return the features as tables of events, claims and figures, their points, and their shapes once each.

    Events come by date (the earliest first, of one day the shortest, the undated last, else as given), for the page shows
    them so at every step. An event without an id is called after its number in the file.

    `spots` has a row for each point to draw: the event's number, longitude, latitude; an event of which only the country
    is known has none. A line is anchored at its middle,
    an area at a point inside it; `corners` are the
    positions that a view of all must hold; `shape` gives an event's row in `shapes`, which holds geometries other than points.

    Raises:
        FormatError: a geometry that is none, or lies off the globe.

    >>> encode_events([])["events"]["n"]
    0

    """
    rows: list[dict[str, Any]] = []
    claims: list[dict[str, Any]] = []
    figures: list[dict[str, Any]] = []
    spots: list[tuple[int, float, float]] = []
    shapes: list[dict[str, Any]] = []
    known: dict[str, tuple[int, list[tuple[float, float]]]] = {}
    shape_of: list[int] = []
    in_file = sorted(enumerate(features, 1), key=lambda numbered: _when(numbered[1].get("properties") or {}))
    for number, (place_in_file, feature) in enumerate(in_file):
        properties = dict(feature.get("properties") or {})
        row = {"id": feature.get("id", f"event-{place_in_file}")}
        own = properties.pop("claims", None)
        for claim in own or ():
            table = dict(claim)
            stated = table.pop("casualties", None)
            entries = stated if isinstance(stated, list) and all(isinstance(one, dict) for one in stated) else []
            claims.append({**table, "#": len(entries)})
            figures.extend(entries)
        rows.append({**row, **{f"p:{key}": value for key, value in properties.items()}, "#": len(own or ())})
        geometry = feature.get("geometry")
        try:
            index, anchors = _anchored(geometry, shapes, known)
        except (ShapelyError, ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
            raise FormatError(f"feature {place_in_file}: its geometry cannot be drawn: {error}") from error
        shape_of.append(index)
        if not _country_only(properties, geometry):
            spots.extend((number, lon, lat) for lon, lat in anchors)
    corners = _corners(shapes, shape_of, [feature for _, feature in in_file])
    return {
        "corners": [(lon, lat) for _, lon, lat in spots] + corners,
        "events": encode(rows),
        "claims": encode(claims),
        "figures": encode(figures),
        "shape": column(shape_of),
        "shapes": shapes,
        "spots": {
            "n": len(spots),
            "event": _implied([event for event, _, _ in spots]),
            "lon": column(lon for _, lon, _ in spots),
            "lat": column(lat for _, _, lat in spots),
        },
    }


def _when(properties: Mapping[str, Any]) -> tuple[float, int]:
    """Return an event's first day as the page reads it (infinity: undated) and its length in days."""
    first, last = (_day(properties.get(key)) for key in ("date_start", "date_end"))
    start, end = (first if first is not None else last), (last if last is not None else first)
    return (math.inf, 0) if start is None or end is None else (start, end - start)


def _day(text: Any) -> int | None:
    """Return a date's day; of a month or a year ("2020-11") the first one."""
    found = _ISO.match(text) if isinstance(text, str) else None
    if found is None:
        return None
    year, month, day = (int(part or 1) for part in found.groups())
    try:
        return date(year, month, day).toordinal()
    except ValueError:
        return None


def _corners(
    shapes: Sequence[Mapping[str, Any]], shape_of: Sequence[int], features: Sequence[Mapping[str, Any]]
) -> list[tuple[float, float]]:
    """Return the corners of what events are spread over, an event at a time: a view of them must hold it.

    Whole countries are left out; they say where an event was so vaguely that a view of them would show nothing else.
    """
    bounds = [shape(dict(geometry)).bounds for geometry in shapes]
    found = []
    for number, feature in zip(shape_of, features, strict=True):
        if number >= 0 and not _country_only(feature.get("properties") or {}, feature.get("geometry")):
            west, south, east, north = bounds[number]
            found += [(west, south), (east, north)]
    return found


def _country_only(properties: Mapping[str, Any], geometry: Any) -> bool:
    """Tell whether no more than a country is known: a symbol in its middle would say "here" of no place at all."""
    return properties.get("geo_precision") == _COUNTRY and str((geometry or {}).get("type")).endswith("Polygon")


def referred(features: Iterable[Mapping[str, Any]]) -> set[str]:
    """Return the place ids that events, their claims and their figures name."""
    ids: set[str] = set()
    for feature in features:
        properties = feature.get("properties") or {}
        ids.update(value for key in _REFERS if isinstance(value := properties.get(key), str))
        for key in _REFERS_MANY:
            ids.update(value for value in properties.get(key) or () if isinstance(value, str))
        for claim in properties.get("claims") or ():
            ids.update(value for value in [claim.get("claimant_side")] if isinstance(value, str))
            ids.update(
                value
                for figure in claim.get("casualties") or ()
                if isinstance(figure, dict)
                for value in [figure.get("side")]
                if isinstance(value, str)
            )
    return ids


def _anchored(
    geometry: Any, shapes: list[dict[str, Any]], known: dict[str, tuple[int, list[tuple[float, float]]]]
) -> tuple[int, list[tuple[float, float]]]:
    """Return the row of a geometry in `shapes` (-1 for points and none) and where its symbols go."""
    if geometry is None:
        return -1, []
    kind = geometry["type"]
    if kind == "Point":
        return -1, [_checked(geometry["coordinates"])] if geometry["coordinates"] else []
    key = json.dumps(geometry, sort_keys=True)
    if key not in known:
        form = shape(geometry)
        if form.is_empty:
            known[key] = (-1, [])
        elif kind == "MultiPoint":
            shapes.append(geometry)
            known[key] = (len(shapes) - 1, [_checked(position) for position in geometry["coordinates"]])
        else:
            long: Any = max(get_parts(form), key=lambda part: part.length) if kind == "MultiLineString" else form
            point = (
                long.interpolate(0.5, normalized=True) if kind.endswith("LineString") else form.representative_point()
            )
            shapes.append(geometry)
            known[key] = (len(shapes) - 1, [_checked((round(point.x, 6), round(point.y, 6)))])
    return known[key]


def _checked(position: Sequence[float]) -> tuple[float, float]:
    lon, lat = position[0], position[1]
    if not (math.isfinite(lon) and math.isfinite(lat) and -180 <= lon <= 180 and -90 <= lat <= 90):
        raise ValueError(f"{lon}, {lat} is not a longitude and latitude in degrees")
    return lon, lat


def _implied(numbers: list[int]) -> list[int] | None:
    """Return None for 0, 1, 2 ...: what is implied is not written."""
    return None if numbers == list(range(len(numbers))) else numbers
