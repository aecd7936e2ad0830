"""Events in the formats that people use, chosen by the file's ending; and back in from GeoJSON.

>>> from geo.formats import EventSet, write
>>> import tempfile, pathlib
>>> written = write(EventSet(()), pathlib.Path(tempfile.mkdtemp()) / "events.kml")
>>> [file.name for file in written.files]
['events.kml']
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process

from gazetteer.errors import FormatError
from geo.export import to_feature_collection
from geo.formats import html, jsons, kml, ogr, parquet, sheets
from geo.formats.base import EventSet, Format, Options, Written
from geo.formats.read import is_events_file, read_events

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from geo.model import Event, Report

__all__ = [
    "FORMATS",
    "EventSet",
    "Format",
    "Options",
    "Written",
    "event_set",
    "format_of",
    "is_events_file",
    "read_events",
    "write",
]

FORMATS: Mapping[str, Format] = {
    format_.name: format_
    for format_ in (
        *jsons.FORMATS, *ogr.FORMATS, *kml.FORMATS, *sheets.FORMATS, *parquet.FORMATS, *html.FORMATS,
    )
}  # fmt: skip
"""Every format by its name."""


def event_set(events: Iterable[Event], reports: Mapping[str, Report] | Iterable[Report] = ()) -> EventSet:
    """Return events as what the writers take.

    >>> event_set([]).features
    ()
    """
    collection = to_feature_collection(events, reports)
    return EventSet(tuple(collection["features"]), tuple(collection["reports"]))


def format_of(path: str | Path, name: str | None = None) -> Format:
    """Return the format with this name, or the one that the file's ending means.

    Raises `FormatError` where neither is known, with what comes nearest.

    >>> format_of("a.gpkg").name, format_of("a.fg.json").name, format_of("a.txt", "csv").name, format_of("-", "gpkg").name
    ('geopackage', 'json-fg', 'csv', 'geopackage')
    >>> format_of("a.xyz")
    Traceback (most recent call last):
    gazetteer.errors.FormatError: no format is known by the ending of "a.xyz". Choose one with --format: ...
    """
    if name is not None:
        if name.lower() in FORMATS:
            return FORMATS[name.lower()]
        for form in FORMATS.values():
            if f".{name.lower().lstrip('.')}" in form.endings:
                return form
        near = process.extractOne(name.lower(), list(FORMATS), scorer=fuzz.ratio, score_cutoff=50)
        hint = f'Did you mean "{near[0]}"?' if near else f"Known formats: {', '.join(FORMATS)}"
        raise FormatError(f'there is no format "{name}". {hint}')
    if str(path) == "-":
        raise FormatError(f"standard output needs a format. Choose one with --format: {', '.join(FORMATS)}")
    file = Path(path).name.lower()
    fits = [(len(end), f) for f in FORMATS.values() for end in f.endings if file.endswith(end) and file != end]
    if not fits:
        known = ", ".join(f"{f.name} ({', '.join(f.endings)})" for f in FORMATS.values())
        raise FormatError(f'no format is known by the ending of "{Path(path).name}". Choose one with --format: {known}')
    return max(fits, key=lambda fit: fit[0])[1]


def write(events: EventSet, path: str | Path, format: str | None = None, options: Options | None = None) -> Written:  # noqa: A002
    """Write events to a file in the format that its ending means or `format` names.

    Claims are never lost: where the format cannot nest, they go into a second table beside it. Raises `FormatError`
    for an unknown format and where a library is missing, with the command that installs it.

    >>> import tempfile
    >>> [file.name for file in write(EventSet(()), Path(tempfile.mkdtemp()) / "events.csv").files]
    ['events.csv', 'events.claims.csv', 'events.figures.csv']
    """
    return format_of(path, format).write(events, Path(path), options or Options())
