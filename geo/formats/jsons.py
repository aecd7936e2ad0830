"""The JSON family: GeoJSON, JSON-FG, GeoJSON text sequences and TimeMap's files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geo.export import dump_collection
from geo.files import to_json, write_text
from geo.formats.base import Format, Written
from geo.tables import claims_of, event_row, figures_text

if TYPE_CHECKING:
    from pathlib import Path

    from geo.formats.base import EventSet, Options
    from geo.tables import Feature

JSON_FG = tuple(f"http://www.opengis.net/spec/json-fg-1/1.0/conf/{name}" for name in ("core", "types-schemas"))


def write_geojson(events: EventSet, path: Path, _: Options) -> Written:
    """Write RFC 7946 GeoJSON, one feature a line."""
    return Written((write_text(path, dump_collection(events.collection())),))


def write_json_fg(events: EventSet, path: Path, _: Options) -> Written:
    """Write GeoJSON with the members of OGC JSON-FG 1.0 that say when and what: `time` and `featureType`.

    The type stands once, at the collection: the standard allows it there or at each feature, not at both.
    """
    collection = {**events.collection(), "features": [with_time(feature) for feature in events.features]}
    head = {"type": "FeatureCollection", "conformsTo": list(JSON_FG), "featureType": "event"}
    return Written((write_text(path, dump_collection({**head, **collection})),))


def with_time(feature: Feature) -> Feature:
    """Add JSON-FG's `time` and `place` to a feature; ".." is an open end.

    >>> with_time({"properties": {"date_start": "2023-09-19", "date_end": None}})["time"]
    {'interval': ['2023-09-19', '..']}
    >>> with_time({"properties": {}})["time"] is None
    True
    """
    properties = feature.get("properties") or {}
    start, end = properties.get("date_start"), properties.get("date_end")
    time: dict[str, Any] | None = None
    if start and start == end:
        time = {"date": start}
    elif start or end:
        time = {"interval": [start or "..", end or ".."]}
    return {**feature, "time": time, "place": None}


def write_sequence(events: EventSet, path: Path, _: Options) -> Written:
    """Write GeoJSON text sequences (RFC 8142): each feature after a record separator, so that a cut file stays readable."""
    return Written((write_text(path, "".join(f"\x1e{to_json(feature)}\n" for feature in events.features)),))


def write_lines(events: EventSet, path: Path, _: Options) -> Written:
    """Write one feature a line and nothing else."""
    return Written((write_text(path, "".join(f"{to_json(feature)}\n" for feature in events.features)),))


def write_timemap(events: EventSet, path: Path, _: Options) -> Written:
    """Write what TimeMap loads: events, their associations and sources, days as MM/DD/YYYY, all cells text.

    TimeMap drops events without a day and draws points only: the others keep their text and have no coordinates.
    """
    pairs = [(feature, event_row(feature)) for feature in events.features]
    dropped = sum(row["date_start"] is None and row["date_end"] is None for _, row in pairs)
    shapes = sum(bool(f.get("geometry")) and f["geometry"]["type"] != "Point" for f, _ in pairs)
    categories = sorted({row["event_type"] or "other" for _, row in pairs})
    content = {
        "events": [_timemap_event(feature, row) for feature, row in pairs],
        "associations": [
            {"id": c, "title": c.replace("_", " "), "desc": "", "mode": "CATEGORY", "filter_paths": [c]}
            for c in categories
        ],
        "sources": _timemap_sources(events),
        "sites": [],
        "regions": [],
        "shapes": [],
        "notifications": [],
    }
    warnings = []
    if dropped:
        warnings.append(f"{dropped} events have no day; TimeMap leaves such events out.")
    if shapes:
        warnings.append(
            f"{shapes} events are lines, areas or several points; TimeMap draws points only and lists them."
        )
    return Written((write_text(path, to_json(content, indent=1) + "\n"),), tuple(warnings))


def _timemap_event(feature: Feature, row: dict[str, Any]) -> dict[str, Any]:
    day = row["date_start"] or row["date_end"]
    geometry = feature.get("geometry") or {}
    lon, lat = geometry["coordinates"][:2] if geometry.get("type") == "Point" else ("", "")
    lines = [_timemap_claim(claim) for claim in claims_of(feature)]
    return {
        "id": row["id"] or "",
        "description": "\n".join(lines) or row["geo_reason"] or "",
        "date": day.strftime("%m/%d/%Y") if day else "",
        "time": "",
        "time_precision": row["date_precision"] or "",
        "location": row["place_name"] or "",
        "latitude": str(lat),
        "longitude": str(lon),
        "type": row["event_type"] or "",
        "category": row["event_type"] or "",
        "associations": [row["event_type"] or "other"],
        "sources": list(dict.fromkeys(str(c.get("report")) for c in claims_of(feature) if c.get("report"))),
        "comments": "; ".join(filter(None, (row["modality"], row["verification"], row["geo_reason"]))),
    }


def _timemap_claim(claim: dict[str, Any]) -> str:
    who = claim.get("claimant") or claim.get("publisher") or claim.get("report")
    figures = figures_text(claim, with_claimant=False)
    return f"{who} ({claim.get('act')}): {claim.get('quote')}" + (f" [{figures}]" if figures else "")


def _timemap_sources(events: EventSet) -> dict[str, dict[str, Any]]:
    """Every report that a claim names, with what its claims or the list of reports know of it."""
    known: dict[str, dict[str, Any]] = {str(report.get("name")): report for report in events.reports}
    for feature in events.features:
        for claim in claims_of(feature):
            known.setdefault(str(claim.get("report")), claim)
    return {
        name: {
            "id": name,
            "title": about.get("title") or name,
            "description": about.get("publisher") or "",
            "author": about.get("publisher") or "",
            "date": about.get("published") or "",
            "url": about.get("url") or "",
            "paths": [],
            "type": "Article",
        }
        for name, about in known.items()
    }


FORMATS = (
    Format("geojson", (".geojson", ".json"), "GeoJSON (RFC 7946), claims inside", write_geojson, nests=True),
    Format("json-fg", (".fg.json", ".jsonfg", ".fg.geojson"), "GeoJSON with JSON-FG's time and featureType", write_json_fg, nests=True),
    Format("geojson-seq", (".geojsons", ".geojson-seq"), "GeoJSON text sequence (RFC 8142)", write_sequence, nests=True),
    Format("geojson-lines", (".geojsonl", ".ndjson", ".jsonl"), "One GeoJSON feature a line", write_lines, nests=True),
    Format("timemap", (".timemap.json",), "TimeMap's JSON: events, sources, associations", write_timemap, nests=True),
)  # fmt: skip
