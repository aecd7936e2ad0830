"""Events back in: our own GeoJSON, and what QGIS, geojson.io or a text editor made of it.

What somebody else added stays; what is broken is told with the feature's number, and the other features are kept.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

from shapely import is_valid_reason
from shapely.errors import ShapelyError
from shapely.geometry import shape

from gazetteer.errors import FormatError, Issue
from geo.export import to_geometry
from geo.formats.base import EventSet
from geo.formats.members import LISTS, mended
from geo.inputs.text import decode, writable
from geo.model import EVENT_TYPES, MODALITIES
from geo.tables import DERIVED

_OURS = frozenset({"type", "features", "reports", "crs", "bbox", "conformsTo", "featureType"})
_JSON_FG = frozenset({"time", "place", "featureType"})
_ESCAPED = re.compile(r"\\u(?:0000|d[89a-f])", re.IGNORECASE)
MAX_BYTES = 500_000_000
STDIN = "-"


def is_events_file(path: str | Path) -> bool:
    """Tell whether a file holds events rather than reports: by its ending; .json files and "-" by their beginning.

    >>> is_events_file("out/events.geojson"), is_events_file("edited.gpkg"), is_events_file("article.txt")
    (True, True, False)
    """
    name = str(path).lower()
    if name.endswith((".geojson", ".fg.json", ".geojsonl", ".geojsons", ".gpkg")):
        return True
    if name == STDIN:
        return _begins_like_events(_piped_head())
    if not name.endswith((".json", ".ndjson")) or not Path(path).is_file():
        return False
    with Path(path).open("rb") as file:
        return _begins_like_events(file.read(2000))


def _begins_like_events(head: bytes) -> bool:
    return re.match(rb"[\xef\xbb\xbf\s\x1e]*\{", head) is not None and b'"Feature' in head


def _piped_head() -> bytes:
    """Return the first bytes of standard input and leave them there for whoever reads it."""
    stream: Any = sys.stdin.buffer
    if hasattr(stream, "peek"):
        return bytes(stream.peek(2000))[:2000]
    if not stream.seekable():
        return b""
    before = stream.tell()
    head = bytes(stream.read(2000))
    stream.seek(before)
    return head


def read_events(path: str | Path) -> EventSet:
    """Read events from GeoJSON (a collection, one feature, or one a line) or from our GeoPackage, foreign properties kept.

    "-" is standard input. Problems of single features are in `issues`; a feature that is none is left out. Raises `FormatError` where the
    file is missing or neither.

    >>> read_events("no-such.geojson")
    Traceback (most recent call last):
    gazetteer.errors.FormatError: no-such.geojson: there is no such file. Check the spelling and the folder.
    """
    piped = str(path) == STDIN
    file = Path("standard input" if piped else path)
    data = sys.stdin.buffer.read() if piped else _bytes(file)
    members: dict[str, Any] = {}
    if data.startswith(b"SQLite format 3\x00") and not piped:
        from geo.formats.read_geopackage import features_of  # noqa: PLC0415  (GDAL is loaded once it is needed)

        raw = features_of(file)
    else:
        decoded = decode(data)
        if decoded is None or not decoded.text.strip():
            what = "the file is empty" if decoded is not None else "this is not a text file"
            raise FormatError(f"{file}: {what}. Give a GeoJSON file or a GeoPackage of events.")
        raw, members = _features(decoded.text, file)
    issues: list[Issue] = []
    features = []
    for number, item in enumerate(raw, 1):
        feature = _feature(item, number, str(file), issues)
        if feature is not None:
            # JSON-FG's members are made of the properties when they are written, so an edit there counts.
            features.append({k: v for k, v in feature.items() if k not in _JSON_FG or "conformsTo" not in members})
    stripped = sum(_without_its_claims(feature["properties"]) for feature in features)
    if stripped:
        issues.append(Issue("no-claims", f"{stripped} events come without the claims that they had", str(file), None,
                            "Edit the GeoPackage or GeoJSON itself: a single layer that a GIS saved elsewhere leaves the claims behind.",
                            "warning"))  # fmt: skip
    reports = members.get("reports")
    kept = {key: value for key, value in members.items() if key not in _OURS}
    known = tuple(r for r in reports if isinstance(r, dict)) if isinstance(reports, list) else ()
    return EventSet(tuple(_unique_ids(features, str(file), issues)), known, kept, tuple(issues))


def _bytes(file: Path) -> bytes:
    try:
        if file.stat().st_size > MAX_BYTES:
            raise FormatError(f"{file}: the file is larger than {MAX_BYTES // 1_000_000} MB. Split it.")
        return file.read_bytes()
    except FileNotFoundError as error:
        raise FormatError(f"{file}: there is no such file. Check the spelling and the folder.") from error
    except OSError as error:
        raise FormatError(f"{file}: the file cannot be read ({error.strerror}).") from error


def _features(text: str, file: Path) -> tuple[list[Any], dict[str, Any]]:
    """Return the raw features and the other members of the collection."""
    try:
        whole = _loads(text)
    except (ValueError, RecursionError) as error:
        lines = [line.strip("\x1e \t\r") for line in re.split("[\n\x1e]", text)]
        lines = [line for line in lines if line]
        if len(lines) > 1 and all(line.startswith("{") for line in lines):
            try:
                return [_loads(line) for line in lines], {}
            except (ValueError, RecursionError):
                pass
        where = f"line {error.lineno}, column {error.colno}" if isinstance(error, json.JSONDecodeError) else "the file"
        raise FormatError(f"{file}: this is no JSON ({where}). Check whether the file is whole.") from error
    if isinstance(whole, dict) and whole.get("type") == "FeatureCollection" and isinstance(whole.get("features"), list):
        return whole["features"], whole
    if isinstance(whole, dict) and whole.get("type") == "Feature":
        return [whole], {}
    if isinstance(whole, dict) and whole.get("type") == "Topology":
        raise FormatError(f"{file}: this is TopoJSON. Save it as GeoJSON.")
    raise FormatError(f"{file}: this JSON is no GeoJSON FeatureCollection. Give the events.geojson of an extraction.")


def _loads(text: str) -> Any:
    def refuse(token: str) -> None:
        raise ValueError(f"{token} is no JSON number")

    found = json.loads(text, parse_constant=refuse)
    return _clean(found) if _ESCAPED.search(text) else found


def _clean(value: Any) -> Any:
    """Return JSON without half characters and zeros, which no file can hold."""
    if isinstance(value, str):
        return writable(value)
    if isinstance(value, list):
        return [_clean(item) for item in value]
    if isinstance(value, dict):
        return {writable(key): _clean(item) for key, item in value.items()}
    return value


def _feature(item: Any, number: int, file: str, issues: list[Issue]) -> dict[str, Any] | None:
    if not isinstance(item, dict) or item.get("type") != "Feature":
        issues.append(Issue("no-feature", f"member {number} of features is no Feature, so it is left out", file, None,
                            'Give it "type": "Feature".'))  # fmt: skip
        return None
    feature = dict(item)
    properties = dict(item["properties"]) if isinstance(item.get("properties"), dict) else {}
    name = str(item.get("id", properties.get("id", number)))
    feature["id"] = name
    properties.pop("id", None)
    for key in LISTS:
        properties[key] = _list(properties.get(key), key, name, file, issues)
    for key, known in (("event_type", EVENT_TYPES), ("modality", MODALITIES)):
        value = properties.get(key)
        if value not in known:
            issues.append(Issue("unknown-value", f'event {name}: {key} is "{value}", which is none of ours', file, None,
                                f"Use one of {', '.join(known)}.", "warning"))  # fmt: skip
            properties[key] = value if isinstance(value, str) else {"event_type": "other"}.get(key, "occurred")
    feature["geometry"] = _geometry(item.get("geometry"), name, file, issues)
    feature["properties"] = mended(properties, name, file, issues)
    return feature


def _without_its_claims(properties: dict[str, Any]) -> bool:
    """Take out the columns that tables make of the claims; tell whether they speak of claims that are not there."""
    count = properties.get("claim_count")
    if count is None:
        return False
    for name in DERIVED:
        properties.pop(name, None)
    return bool(count) and not properties["claims"]


def _list(value: Any, key: str, name: str, file: str, issues: list[Issue]) -> list[Any]:
    """Return a list that GIS programs may have turned into JSON text or into text with separators."""
    if value is None or value == "":
        return []
    if isinstance(value, str):
        try:
            value = _loads(value)
        except (ValueError, RecursionError):
            value = [part.strip() for part in value.split(";") if part.strip()] if key != "claims" else None
    wanted = dict if key == "claims" else str
    if not isinstance(value, list) or not all(isinstance(part, wanted) for part in value):
        issues.append(Issue("bad-list", f"event {name}: {key} is no list of {'claims' if key == 'claims' else 'texts'}, so it is left out",
                            file, None, "Keep this property as it was exported."))  # fmt: skip
        return []
    return value


def _geometry(value: Any, name: str, file: str, issues: list[Issue]) -> dict[str, Any] | None:
    if value is None:
        return None
    try:
        geometry = shape(value)
        result = to_geometry(geometry)
    except (ShapelyError, FormatError, ValueError, TypeError, KeyError, AttributeError, IndexError) as error:
        issues.append(Issue("bad-geometry", f"event {name}: its shape cannot be read ({error})", file, None,
                            "The event is kept without a place; draw it again."))  # fmt: skip
        return None
    if not geometry.is_valid:
        issues.append(Issue("invalid-geometry", f"event {name}: its shape is not valid ({is_valid_reason(geometry)})", file,
                            None, "Mend it in a GIS (QGIS: Fix geometries).", "warning"))  # fmt: skip
    return result


def _unique_ids(features: list[dict[str, Any]], file: str, issues: list[Issue]) -> list[dict[str, Any]]:
    seen: dict[str, int] = {}
    out = []
    for feature in features:
        name = feature["id"]
        seen[name] = seen.get(name, 0) + 1
        if seen[name] > 1:
            issues.append(Issue("same-id", f"two events have the id {name}; the later one is now {name}-{seen[name]}", file,
                                None, "Give copied features ids of their own.", "warning"))  # fmt: skip
            out.append({**feature, "id": f"{name}-{seen[name]}"})
        else:
            out.append(feature)
    return out
