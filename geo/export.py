"""Events, mentions and unresolved names as files: `events.geojson`, `mentions.csv`, `unresolved.csv`.

The names and meanings of members and columns are a contract with whoever reads the files; new ones may be added at the
end, none may change.
"""

from __future__ import annotations

import json
import math
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import shapely

from gazetteer.errors import FormatError
from geo.files import to_csv, to_json, write_text
from geo.precision import precision_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from shapely.geometry.base import BaseGeometry

    from gazetteer.index import Gazetteer
    from geo.model import Claim, Event, Extraction, Report

DECIMALS = 6
"""Decimals of a degree in every output: 0.1 m, finer than any source."""
MENTION_COLUMNS = (
    "report", "start", "end", "text", "usage", "place_id", "name", "lat", "lon", "precision", "confidence", "reason",
)  # fmt: skip
UNRESOLVED_COLUMNS = ("report", "start", "end", "text", "context", "suggestion")


def to_geometry(geometry: BaseGeometry | None) -> dict[str, Any] | None:
    """Return a shape as RFC 7946 wants it: 6 decimals, outer rings counter-clockwise; None for no or an empty shape.

    Raises `FormatError` for coordinates that are not on the globe.

    >>> from shapely.geometry import Point
    >>> to_geometry(Point(46.7520001234, 39.81534))
    {'type': 'Point', 'coordinates': [46.752, 39.81534]}
    >>> to_geometry(None) is None and to_geometry(Point()) is None
    True
    """
    if geometry is None or geometry.is_empty:
        return None
    west, south, east, north = geometry.bounds
    if (
        not all(map(math.isfinite, (west, south, east, north)))
        or west < -180
        or east > 180
        or south < -90
        or north > 90
    ):
        raise FormatError(
            f"a shape reaches from {west}, {south} to {east}, {north}, which is not on the globe. Check lat and lon."
        )
    flat = shapely.force_2d(geometry)
    rounded = shapely.transform(flat, lambda xy: xy.round(DECIMALS) + 0.0)  # + 0.0: no "-0.0"
    oriented = shapely.orient_polygons(shapely.remove_repeated_points(rounded, 0.0), exterior_cw=False)
    result: dict[str, Any] = json.loads(shapely.to_geojson(oriented))
    return result


def to_feature(event: Event, reports: Mapping[str, Report] | Iterable[Report] = ()) -> dict[str, Any]:
    """Return an event as a GeoJSON Feature; `reports` give its claims publisher, day, title and address.

    >>> from geo.model import DateRange, Event, Footprint
    >>> event = Event("e1", "shelling", "occurred", DateRange(), Footprint(reason="no place is named"), ())
    >>> feature = to_feature(event)
    >>> feature["id"], feature["geometry"], feature["properties"]["geo_reason"]
    ('e1', None, 'no place is named')
    """
    known = _by_name(reports)
    when, where = event.when, event.where
    properties = {
        "event_type": event.event_type,
        "modality": event.modality,
        "date_start": _iso(when.start),
        "date_end": _iso(when.end),
        "date_precision": when.precision,
        "date_basis": when.basis,
        "date_text": when.text or None,
        "place_id": where.place_id,
        "place_name": where.place_name,
        "place_text": where.place_text,
        "place_relation": where.relation,
        "place_ids": list(where.place_ids),
        "geo_precision": where.precision,
        "uncertainty_m": None if where.uncertainty_m is None else round(where.uncertainty_m),
        "geo_reason": where.reason,
        "actors": list(event.actors),
        "verification": event.verification,
        "group": event.group,
        "merged": list(event.merged),
        "claims": [to_claim(claim, known.get(claim.report)) for claim in event.claims],
    }
    return {"type": "Feature", "id": event.id, "geometry": to_geometry(where.geometry), "properties": properties}


def to_claim(claim: Claim, report: Report | None = None) -> dict[str, Any]:
    """Return a claim as the JSON object that a feature carries, with what is known of its report.

    >>> from geo.model import Claim
    >>> to_claim(Claim("a.txt", 0, 5, "Shell", None, "reports"))["publisher"] is None
    True
    """
    return {
        "report": claim.report,
        "start": claim.start,
        "end": claim.end,
        "quote": claim.quote,
        "claimant": claim.claimant,
        "act": claim.act,
        "casualties": [asdict(figure) for figure in claim.casualties],
        "claimant_side": claim.claimant_side,
        "publisher": (report.publisher or None) if report else None,
        "published": _iso(report.published) if report else None,
        "title": (report.title or None) if report else None,
        "url": (report.url or None) if report else None,
        "trigger": claim.trigger,
        "reason": claim.reason,
    }


def to_feature_collection(
    events: Iterable[Event], reports: Mapping[str, Report] | Iterable[Report] = ()
) -> dict[str, Any]:
    """Return events as a GeoJSON FeatureCollection; the foreign member `reports` lists what they were read from.

    >>> to_feature_collection([])
    {'type': 'FeatureCollection', 'features': [], 'reports': []}
    """
    known = _by_name(reports)
    return {
        "type": "FeatureCollection",
        "features": [to_feature(event, known) for event in events],
        "reports": [to_source(report) for report in known.values()],
    }


def to_source(report: Report) -> dict[str, Any]:
    """Return what is known of a report, without its text, which is its publisher's.

    >>> from geo.model import Report
    >>> to_source(Report("a.txt", "Text"))["name"]
    'a.txt'
    """
    return {
        "name": report.name,
        "title": report.title or None,
        "publisher": report.publisher or None,
        "published": _iso(report.published),
        "url": report.url or None,
        "language": report.language,
        "retrieved": report.retrieved or None,
        "sha256": report.sha256 or None,
    }


def write_geojson(
    events: Iterable[Event], path: str | Path, *, reports: Mapping[str, Report] | Iterable[Report] = ()
) -> Path:
    """Write `events.geojson`, one feature a line so that versions can be compared; return the path.

    >>> import tempfile
    >>> file = write_geojson([], Path(tempfile.mkdtemp()) / "events.geojson")
    >>> json.loads(file.read_text())["features"]
    []
    """
    return write_text(path, dump_collection(to_feature_collection(events, reports)))


def dump_collection(collection: Mapping[str, Any]) -> str:
    r"""Write a FeatureCollection as JSON text with one feature a line.

    >>> dump_collection({"type": "FeatureCollection", "features": []})
    '{"type":"FeatureCollection",\n"features":[]}\n'
    """
    parts = []
    for key, value in collection.items():
        rows = ",\n".join(to_json(row) for row in value) if key == "features" else ""
        parts.append(f"{to_json(key)}:[\n{rows}\n]" if rows else f"{to_json(key)}:{to_json(value)}")
    return "{" + ",\n".join(parts) + "}\n"


def write_mentions(extraction: Extraction, places: Gazetteer, path: str | Path) -> Path:
    """Write `mentions.csv`: every mention of a place, what it was taken for, and why; return the path.

    `precision` is the geo precision of the place's kind (1 exact ... 7 water or air); `lat` and `lon` are empty where
    the entry has no point. `confidence` runs from 0 to 1.

    >>> import tempfile
    >>> from gazetteer.index import Gazetteer
    >>> from geo.model import Extraction
    >>> write_mentions(Extraction(()), Gazetteer(), Path(tempfile.mkdtemp()) / "mentions.csv").read_text()[:16]
    'report,start,end'
    """
    rows = []
    for report, resolution in extraction.resolutions:
        place = places.get(resolution.place_id)
        point = place.point if place else None
        rows.append((
            report, resolution.mention.start, resolution.mention.end, resolution.mention.text, resolution.usage,
            resolution.place_id, place.name if place else None,
            round(point.lat, DECIMALS) if point else None, round(point.lon, DECIMALS) if point else None,
            precision_of(place, resolution.mention.text) if place else None, round(resolution.confidence, 3), _why(resolution.reason, resolution.usage_reason),
        ))  # fmt: skip
    return write_text(path, to_csv(MENTION_COLUMNS, rows))


def write_unresolved(extraction: Extraction, path: str | Path) -> Path:
    r"""Write `unresolved.csv`: names that the text marks as places and no entry has, each with the command that adds it.

    >>> import tempfile
    >>> from geo.model import Extraction
    >>> write_unresolved(Extraction(()), Path(tempfile.mkdtemp()) / "unresolved.csv").read_text()
    'report,start,end,text,context,suggestion\n'
    """
    rows = [(u.report, u.start, u.end, u.text, u.context, u.suggestion) for u in extraction.unresolved]
    return write_text(path, to_csv(UNRESOLVED_COLUMNS, rows))


def write_outputs(extraction: Extraction, places: Gazetteer, folder: str | Path) -> tuple[Path, ...]:
    """Write the three files that every extraction gives into a folder; return their paths.

    >>> import tempfile
    >>> from gazetteer.index import Gazetteer
    >>> from geo.model import Extraction
    >>> [file.name for file in write_outputs(Extraction(()), Gazetteer(), tempfile.mkdtemp())]
    ['events.geojson', 'mentions.csv', 'unresolved.csv']
    """
    out = Path(folder)
    return (
        write_geojson(extraction.events, out / "events.geojson", reports=extraction.reports),
        write_mentions(extraction, places, out / "mentions.csv"),
        write_unresolved(extraction, out / "unresolved.csv"),
    )


def _by_name(reports: Mapping[str, Report] | Iterable[Report]) -> dict[str, Report]:
    values = reports.values() if hasattr(reports, "values") else reports
    return {report.name: report for report in values}


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _why(*reasons: str) -> str:
    return "; ".join(reason for reason in reasons if reason)
