"""What a gazetteer knows of a place: frozen values, no behaviour beyond looking at them.

Coordinates are WGS 84 degrees, always as the named attributes `lat` and `lon`; distances and precisions are metres.
Partial ISO dates ("1923", "2020-11", "2020-11-10") are kept as text: they compare correctly as far as they go.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal, get_args

if TYPE_CHECKING:
    from pathlib import Path

NameKind = Literal["official", "endonym", "exonym", "historical", "press", "transliteration"]
ParentBasis = Literal["de_jure", "de_facto", "historical"]
Status = Literal["current", "historical", "abandoned", "superseded"]
Review = Literal["checked", "imported"]
Kind = Literal[
    "country", "region", "province", "district", "city", "town", "village", "neighbourhood",
    "river", "lake", "reservoir", "sea", "mountain", "range", "pass", "gorge",
    "road", "railway", "bridge", "tunnel", "border_crossing", "corridor", "line", "area",
    "airport", "base", "checkpoint", "monastery", "church", "mosque", "fortress", "cemetery", "hospital", "school",
    "power_plant", "dam", "mine", "camp", "building", "site", "organisation",
]  # fmt: skip

NAME_KINDS: tuple[str, ...] = get_args(NameKind)
PARENT_BASES: tuple[str, ...] = get_args(ParentBasis)
STATUSES: tuple[str, ...] = get_args(Status)
REVIEWS: tuple[str, ...] = get_args(Review)
KINDS: tuple[str, ...] = get_args(Kind)

SETTLEMENTS = frozenset({"city", "town", "village", "neighbourhood"})
"""Kinds that a point stands for at town scale."""
POLITIES = frozenset({"country", "region", "organisation"})
"""Kinds whose name can stand for a government: a party to a conflict is one of them."""


@dataclass(frozen=True, slots=True)
class Toponym:
    """One name of one place: who writes it so, in which language and script, and when.

    `lang` is a BCP 47 tag, with the script where a language has several ("az-Latn", "az-Cyrl", "hy-Armn", "hy-Latn").
    `used_by` names place ids of parties or plain words such as "press"; `since`/`until` are the TOML keys from/to.
    A `derived` name was made by transliteration rules from another one and is never shown as a label.
    """

    text: str
    lang: str = "en"
    kind: NameKind = "press"
    used_by: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    source: str = ""
    derived: bool = False


@dataclass(frozen=True, slots=True)
class Point:
    """A position in degrees, known to `precision_m` metres."""

    lat: float
    lon: float
    precision_m: float
    source: str = ""


@dataclass(frozen=True, slots=True)
class DatedGeometry:
    """A line or an area as somebody asserts it for a period; the shape lies in a GeoJSON file beside the entry."""

    file: Path
    shape: Literal["line", "area"]
    label: str = ""
    since: str | None = None
    until: str | None = None
    asserted_by: str = ""
    source: str = ""
    precision_m: float = 0.0

    def read(self) -> dict[str, Any]:
        """Return the GeoJSON geometry (lon, lat order, as RFC 7946 has it)."""
        return _read_geometry(self.file)

    def covers(self, day: str | None) -> bool:
        """Tell whether the geometry holds on an ISO day; an unknown day is covered by what holds to the present.

        The end is exclusive: a line until 2020-11-10 holds on the 9th.
        """
        if day is None:
            return self.until is None
        return (self.since or "") <= day and (self.until is None or day < self.until)


@lru_cache(maxsize=4096)
def _read_geometry(file: Path) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(file.read_text("utf8"))
    if data.get("type") == "FeatureCollection":
        data = data["features"][0]
    if data.get("type") == "Feature":
        data = data["geometry"]
    return data


@dataclass(frozen=True, slots=True)
class Parent:
    """That a place lies in another one, who says so, on which basis and when."""

    id: str
    basis: ParentBasis = "de_jure"
    asserted_by: str = ""
    since: str | None = None
    until: str | None = None


@dataclass(frozen=True, slots=True)
class MatchRules:
    """How the names of a place are to be matched in text.

    `never` are longer phrases that hold a name and do not mean the place ("Karabakh Telecom"); `context` are words
    that speak for this place where a name is shared; `near_only` places need such a word to be chosen at all.
    """

    ambiguous_with: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    context: tuple[str, ...] = ()
    needs_context: bool = False


@dataclass(frozen=True, slots=True)
class TestSentence:
    """A sentence in which `mention` must (`resolves`) or must not mean this place."""

    __test__ = False  # pytest collects classes by their name

    text: str
    mention: str
    resolves: bool = True


@dataclass(frozen=True, slots=True)
class Place:
    """A gazetteer entry: one place with its names, its position, and what it belongs to."""

    id: str
    kind: Kind
    names: tuple[Toponym, ...]
    feature: str = ""
    """GeoNames feature class and code, "P.PPL"."""
    point: Point | None = None
    geometries: tuple[DatedGeometry, ...] = ()
    parents: tuple[Parent, ...] = ()
    demonyms: tuple[str, ...] = ()
    """For a polity: the words for its people and what is theirs ("Azerbaijani", "Azerbaijanis")."""
    capital_of: tuple[str, ...] = ()
    seat_of: tuple[str, ...] = ()
    """Polities for whose government the name stands beside their capital ("the Kremlin")."""
    links: tuple[tuple[str, str], ...] = ()
    """Identifiers elsewhere: ("wikidata", "Q9248"), ("geonames", "587084")."""
    match: MatchRules = field(default_factory=MatchRules)
    tests: tuple[TestSentence, ...] = ()
    status: Status = "current"
    superseded_by: str | None = None
    since: str | None = None
    until: str | None = None
    review: Review = "imported"
    source: str = ""
    note: str = ""
    file: Path | None = None
    population: int | None = None
    """Inhabitants, where the source tells: of two namesakes that nobody curated the larger one is likelier."""

    @property
    def name(self) -> str:
        """The English press name, else the first name: for messages and tables, never as a map label by right."""
        for wanted in ("press", "official", "transliteration"):
            for name in self.names:
                if name.lang == "en" and name.kind == wanted:
                    return name.text
        return self.names[0].text if self.names else self.id

    def parent_ids(self) -> tuple[str, ...]:
        """Return the ids of all parents, whoever asserts them."""
        return tuple(dict.fromkeys(parent.id for parent in self.parents))

    def geometry_on(self, day: str | None) -> DatedGeometry | None:
        """Return the geometry that holds on an ISO day (None: now), or None."""
        return next((g for g in self.geometries if g.covers(day)), None)
