"""The values that flow through the pipeline, each step turning one into the next.

    Report -> Mention -> Resolution -> Claim -> Event -> Extraction

All are frozen; what a long report makes by the thousand is a NamedTuple, the quickest to make. Offsets count characters
of the report's decoded text; geometry is in WGS 84 degrees (lon, lat order inside shapely, as GeoJSON has it); distances
are metres.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

from gazetteer.errors import Issue  # noqa: TC001  (part of the public types)

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

Usage = Literal["literal", "actor", "modifier", "dateline"]
Relation = Literal["at", "near", "between", "along", "direction_of", "in", "from"]
EventType = Literal[
    "armed_clash", "shelling", "air_drone_strike", "mine_ied", "ambush_or_raid", "attack_on_civilians",
    "abduction_or_capture", "sexual_violence", "offensive", "control_change", "ceasefire_violation",
    "ceasefire_or_agreement", "withdrawal_or_handover", "mobilisation", "base_or_checkpoint", "weapons_intercepted",
    "blockade_or_restriction", "prisoner_release", "displacement", "property_destruction", "heritage_damage",
    "protest", "riot", "arrest", "aid_delivery", "meeting_or_talks", "other",
]  # fmt: skip
Modality = Literal["occurred", "alleged", "denied", "planned", "threatened", "hypothetical", "historical"]
Act = Literal["reports", "claims", "denies", "confirms", "accuses"]
Metric = Literal["killed", "wounded", "missing", "captured", "displaced"]
Group = Literal["total", "civilian", "military", "children", "women", "peacekeepers", "unknown"]
Qualifier = Literal[
    "exact", "at_least", "at_most", "about", "several", "tens", "dozens", "hundreds", "thousands", "none_reported"
]
Verification = Literal[
    "single_source", "multi_source_one_side", "both_sides", "independently_confirmed", "contested"
]  # fmt: skip
DatePrecision = Literal["day", "week", "month", "year", "unknown"]
DateBasis = Literal["stated", "relative", "publication", "unknown"]
GeoPrecision = Literal[1, 2, 3, 4, 5, 6, 7]

EVENT_TYPES: tuple[str, ...] = get_args(EventType)
MODALITIES: tuple[str, ...] = get_args(Modality)
QUOTE_LIMIT = 700
"""The longest quote in characters that a claim may carry."""


@dataclass(frozen=True, slots=True)
class Report:
    """One report: its text as decoded, and what is known of its publication.

    `name` is the file name that outputs carry; `published` is None where nobody said when it appeared.
    """

    name: str
    text: str
    title: str = ""
    publisher: str = ""
    published: date | None = None
    url: str = ""
    language: str = "en"
    path: Path | None = None
    sha256: str = ""
    body_start: int = 0
    """Where the report itself begins: after a front matter, which offsets still count."""
    encoding: str = "utf-8"
    retrieved: str = ""
    """ISO time at which a page was fetched, empty where nothing was fetched."""


class Mention(NamedTuple):
    """A stretch of text that may name a place, with every entry that bears such a name."""

    start: int
    end: int
    text: str
    candidates: tuple[str, ...] = ()
    kind_word: str = ""
    """The word beside the name that says what it is ("district", "corridor", "village"), if any."""
    inside: str = ""
    """The organisation's or person's name that the mention is a part of, if any: it is no place there."""
    sounds_like: str = ""
    """The name of the entry that an unlisted spelling was taken for, if it was."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One reading of a mention, with a score and the evidence in words."""

    place_id: str
    score: float
    evidence: tuple[str, ...] = ()


class Resolution(NamedTuple):
    """What a mention was taken to mean: usage, place or none, confidence 0 to 1, and why."""

    mention: Mention
    usage: Usage
    place_id: str | None
    confidence: float
    reason: str
    usage_reason: str = ""
    candidates: tuple[Candidate, ...] = ()


@dataclass(frozen=True, slots=True)
class DateRange:
    """A period from `start` to `end`, both included; None where it is open or not known."""

    start: date | None = None
    end: date | None = None
    precision: DatePrecision = "unknown"
    basis: DateBasis = "unknown"
    text: str = ""


@dataclass(frozen=True, slots=True)
class Footprint:
    """Where an event happened as far as the text says, or why no place can be defended (`geometry` None)."""

    geometry: BaseGeometry | None = None
    place_id: str | None = None
    place_name: str | None = None
    place_text: str | None = None
    relation: Relation | None = None
    precision: GeoPrecision | None = None
    uncertainty_m: float | None = None
    reason: str = ""
    place_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Casualties:
    """One figure as stated. `low`, `best`, `high` are None where the text does not give them: null is not zero."""

    metric: Metric
    group: Group
    side: str | None
    low: int | None
    best: int | None
    high: int | None
    qualifier: Qualifier
    text: str


@dataclass(frozen=True, slots=True)
class Claim:
    """Somebody's statement that something happened: the exact quote, who says it, how, and which figures."""

    report: str
    start: int
    end: int
    quote: str
    claimant: str | None
    act: Act
    casualties: tuple[Casualties, ...] = ()
    claimant_side: str | None = None
    """The party (a place id) that the claimant speaks for, None where neutral or unknown."""
    trigger: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that is said to have happened, with every claim about it."""

    id: str
    event_type: EventType
    modality: Modality
    when: DateRange
    where: Footprint
    claims: tuple[Claim, ...]
    actors: tuple[str, ...] = ()
    verification: Verification = "single_source"
    group: str | None = None
    merged: tuple[str, ...] = ()
    """Why claims were put together, one sentence a merge."""


@dataclass(frozen=True, slots=True)
class Unresolved:
    """A name that the text marks as a place and that no entry knows, with the command that adds it."""

    report: str
    start: int
    end: int
    text: str
    context: str
    suggestion: str


@dataclass(frozen=True, slots=True)
class Extraction:
    """The whole trail of one report or of several merged ones."""

    reports: tuple[Report, ...]
    resolutions: tuple[tuple[str, Resolution], ...] = ()
    """Each with the name of its report."""
    events: tuple[Event, ...] = ()
    unresolved: tuple[Unresolved, ...] = ()
    issues: tuple[Issue, ...] = field(default=())
