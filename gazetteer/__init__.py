"""Knows places: a curated gazetteer of names, positions and dated lines, one TOML file a place.

>>> import gazetteer
>>> places = gazetteer.load(curated=False)
>>> places.named("Khankendi"), places.get("baku")
((), None)
"""

from gazetteer.errors import (
    ConflictMapperError,
    FormatError,
    GazetteerError,
    GeocoderError,
    Issue,
    ReportError,
    UnknownPlaceError,
)
from gazetteer.index import Gazetteer
from gazetteer.load import load
from gazetteer.model import DatedGeometry, MatchRules, Parent, Place, Point, TestSentence, Toponym
from gazetteer.names import normalise

__all__ = [
    "ConflictMapperError",
    "DatedGeometry",
    "FormatError",
    "Gazetteer",
    "GazetteerError",
    "GeocoderError",
    "Issue",
    "MatchRules",
    "Parent",
    "Place",
    "Point",
    "ReportError",
    "TestSentence",
    "Toponym",
    "UnknownPlaceError",
    "load",
    "normalise",
]
