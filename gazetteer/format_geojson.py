"""GeoJSON (RFC 7946): a feature a place, and one for each line or area that somebody asserts of it.

A feature has one geometry, as desktop programs want it. What belongs together shares `place_id`.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from gazetteer.drafting import guess_lang
from gazetteer.ids import is_slug, slug

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from gazetteer.carried import Carried


def to_geojson(carried: Iterable[Carried]) -> str:
    """Write places as a FeatureCollection."""
    features = [feature for one in carried for feature in _features(one)]
    return json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False, indent=1) + "\n"


def _features(one: Carried) -> Iterator[dict[str, Any]]:
    record = {key: value for key, value in one.record.items() if key not in {"id", "point", "geometry"}}
    point = one.record.get("point")
    properties: dict[str, Any] = {"place_id": one.record["id"], "name": one.title, **record}
    if point:
        properties |= {f"point_{key}": value for key, value in point.items() if key not in {"lat", "lon"}}
    yield {
        "type": "Feature",
        "id": one.record["id"],
        "geometry": {"type": "Point", "coordinates": [point["lon"], point["lat"]]} if point else None,
        "properties": properties,
    }
    for number, (dated, shape) in enumerate(zip(one.record.get("geometry", []), one.shapes, strict=True), 1):
        yield {
            "type": "Feature",
            "id": f"{one.record['id']}/{number}",
            "geometry": shape,
            "properties": {"place_id": one.record["id"], "name": one.title, "part": dated["shape"], **dated},
        }


def from_geojson(text: str) -> Iterator[tuple[dict[str, Any], list[dict[str, Any]]]]:
    """Yield the record and the shapes of each place of a FeatureCollection, ours or anybody's.

    In a foreign file the properties `name`, `kind`, `lang`, `source` are understood, and names of KINDS ours gives.
    """
    document = json.loads(text)
    features = document["features"] if document.get("type") == "FeatureCollection" else [document]
    found: dict[str, tuple[dict[str, Any], list[dict[str, Any]]]] = {}
    for feature in features:
        properties = dict(feature.get("properties") or {})
        geometry = feature.get("geometry")
        if "part" in properties and properties.get("place_id") in found:
            record, shapes = found[properties["place_id"]]
            dated = {key: value for key, value in properties.items() if key not in {"place_id", "name", "part"}}
            record.setdefault("geometry", []).append(dated)
            shapes.append(geometry)
            continue
        record, shapes = _place(feature.get("id"), properties, geometry)
        found[record["id"]] = (record, shapes)
    yield from found.values()


def _place(
    feature_id: object, properties: dict[str, Any], geometry: dict[str, Any] | None
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    name = str(properties.pop("name", "") or "")
    given = str(properties.pop("place_id", None) or feature_id or name)
    at = {key.removeprefix("point_"): properties.pop(key) for key in list(properties) if key.startswith("point_")}
    lang = properties.pop("lang", None)
    record: dict[str, Any] = {"id": given if is_slug(given) else slug(name or given), **properties}
    record.setdefault("kind", "site")
    if "names" not in record and name:
        record["names"] = [{"text": name, "lang": lang or guess_lang(name)}]
    if geometry is None:
        return record, []
    if geometry["type"] == "Point":
        lon, lat = geometry["coordinates"][:2]
        record["point"] = {"lat": lat, "lon": lon, "precision_m": 1000, **at}
        return record, []
    shape = "line" if "Line" in geometry["type"] else "area"
    record["geometry"] = [{"file": f"{record['id']}.{shape}.geojson", "shape": shape}]
    return record, [geometry]
