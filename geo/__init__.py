"""Reads reports: places in text, what happened there, and who says so.

    places = gazetteer.load()
    report = geo.read_report("article.txt", published="2023-09-20")
    extraction = geo.extract(report, places)
    geo.write_geojson(extraction.events, "events.geojson", reports=extraction.reports)

Names are imported when they are first used, so that `import geo` stays light.

>>> import geo
>>> geo.read_reports([])
((), ())
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from geo.export import (
        to_feature,
        to_feature_collection,
        write_geojson,
        write_mentions,
        write_outputs,
        write_unresolved,
    )
    from geo.formats import event_set, read_events, write
    from geo.frames import claims_frame, extract_frame, features_frame, figures_frame, to_frame
    from geo.model import (
        Candidate,
        Casualties,
        Claim,
        DateRange,
        Event,
        Extraction,
        Footprint,
        Mention,
        Report,
        Resolution,
        Unresolved,
    )
    from geo.pipeline import extract, extract_all
    from geo.reports import read, read_report, read_reports

__all__ = [
    "Candidate",
    "Casualties",
    "Claim",
    "DateRange",
    "Event",
    "Extraction",
    "Footprint",
    "Mention",
    "Report",
    "Resolution",
    "Unresolved",
    "claims_frame",
    "event_set",
    "extract",
    "extract_all",
    "extract_frame",
    "features_frame",
    "figures_frame",
    "read",
    "read_events",
    "read_report",
    "read_reports",
    "to_feature",
    "to_feature_collection",
    "to_frame",
    "write",
    "write_geojson",
    "write_mentions",
    "write_outputs",
    "write_unresolved",
]

_HOME = {
    "claims_frame": "geo.frames",
    "event_set": "geo.formats",
    "extract": "geo.pipeline",
    "extract_all": "geo.pipeline",
    "extract_frame": "geo.frames",
    "features_frame": "geo.frames",
    "figures_frame": "geo.frames",
    "read": "geo.reports",
    "read_events": "geo.formats",
    "read_report": "geo.reports",
    "read_reports": "geo.reports",
    "to_feature": "geo.export",
    "to_feature_collection": "geo.export",
    "to_frame": "geo.frames",
    "write": "geo.formats",
    "write_geojson": "geo.export",
    "write_mentions": "geo.export",
    "write_outputs": "geo.export",
    "write_unresolved": "geo.export",
}
"""Where each public name lives; the others are types of `geo.model`."""


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(_HOME.get(name, "geo.model")), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
