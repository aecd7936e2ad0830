"""What the engines share: labels, the missing extra, and how their spans steer the gazetteer's recogniser."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from gazetteer.errors import ConflictMapperError
from geo.model import Mention

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gazetteer.index import Gazetteer
    from geo.recognise import GazetteerRecogniser, Recogniser, Recognition

PLACE_LABELS = frozenset({"GPE", "LOC", "FAC", "LOCATION", "PLACE", "NATURAL"})
"""Labels for places in OntoNotes, CoNLL-2003 and other schemes, without B- and I-."""


class MissingEngineError(ConflictMapperError, ImportError):
    """The library of an engine is not installed."""

    @classmethod
    def of(cls, library: str, extra: str) -> MissingEngineError:
        """Return the error for a library with the command that installs it."""
        return cls(
            f'This recogniser needs the library {library}, which is not installed. Install it with: pip install "conflict-mapper[{extra}]"'
        )


def mentions_of(text: str, spans: Iterable[tuple[int, int]]) -> tuple[Mention, ...]:
    """Return spans as mentions in order, without overlaps, white space and possessives taken off.

    >>> [m.text for m in mentions_of("in Orrin's port", [(2, 10), (3, 8)])]
    ['Orrin']
    >>> mentions_of("", [])
    ()
    """
    found: list[Mention] = []
    for first, last in sorted(spans, key=lambda span: (span[0], -span[1])):
        surface = text[first:last]
        start = first + len(surface) - len(surface.lstrip())
        surface = surface.strip()
        for ending in ("'s", "’s"):
            surface = surface.removesuffix(ending)
        if surface and (not found or start >= found[-1].end):
            found.append(Mention(start, start + len(surface), surface))
    return tuple(found)


class Steered:
    """The gazetteer's recogniser, with an engine to decide which stretches of a text are place names.

    Where both find a name, the gazetteer's mention stands (with its kind word and candidates); what the engine alone
    finds is a mention with the entries of that name, or none; what the gazetteer alone finds is no mention.
    """

    def __init__(self, engine: Recogniser, gazetteer: GazetteerRecogniser, places: Gazetteer) -> None:
        self._engine = engine
        self._gazetteer = gazetteer
        self._places = places

    def __call__(self, text: str) -> tuple[Mention, ...]:
        """Return the mentions of places alone."""
        return self.recognise(text).mentions

    def recognise(self, text: str) -> Recognition:
        """Return places, peoples and organisations of a text."""
        known = self._gazetteer.recognise(text)
        spans = self._engine(text)
        kept = [m for m in known.mentions if m.inside or any(_share(m, s) for s in spans)]
        taken = [(t.start, t.end) for group in (known.mentions, known.actors, known.demonyms) for t in group]
        added = [
            span._replace(candidates=tuple(place.id for place in self._places.named(span.text)))
            for span in spans
            if not any(span.start < end and start < span.end for start, end in taken)
        ]
        return replace(known, mentions=tuple(sorted([*kept, *added], key=lambda m: m.start)))


def _share(a: Mention, b: Mention) -> bool:
    return a.start < b.end and b.start < a.end
