"""What the steps before found in one report, and how to ask it for one sentence."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from gazetteer.index import Gazetteer
    from geo.actors import Actor
    from geo.attribution import Attribution
    from geo.model import Report, Resolution
    from geo.spatial import Reference
    from geo.text import Sentence

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Analysis:
    """Everything that the steps before found in one report."""

    report: Report
    sentences: Sequence[Sentence]
    resolutions: Sequence[Resolution]
    references: Sequence[Reference]
    actors: Sequence[Actor]
    attributions: Sequence[Attribution]
    sides: Mapping[str, str]
    places: Gazetteer
    unknown: Sequence[tuple[int, int]] = ()
    """Names of places that no entry has, or that stayed undecided."""
    language: str = "en"
    home: str | None = None
    """The party whose press the report stands in; None where it is neutral or not known."""
    filed: str | None = None
    """The party at whose seat the report was written, if its dateline tells."""
    partisan: bool = False
    """Whether the report itself speaks for that party: of "the enemy", of "our positions"."""

    def names_in(self, sentence: Sentence) -> list[tuple[int, int]]:
        """Return the spans of the places and actors that a sentence names."""
        mentions = within(self.resolutions, sentence, key=lambda r: r.mention.start)
        actors = within(self.actors, sentence, key=lambda a: a.start)
        return [(r.mention.start, r.mention.end) for r in mentions] + [(a.start, a.end) for a in actors if a.speaks]


def within(items: Sequence[_T], sentence: Sentence, key: Callable[[_T], int]) -> Sequence[_T]:
    """Return the items, sorted by their position, that begin in a sentence."""
    return items[bisect_left(items, sentence.start, key=key) : bisect_left(items, sentence.end, key=key)]


def said_in(analysis: Analysis, sentence: Sentence) -> Sequence[Attribution]:
    """Return the attributions of a sentence."""
    said = analysis.attributions
    return said[
        bisect_left(said, sentence.index, key=lambda a: a.sentence) : bisect_left(
            said, sentence.index + 1, key=lambda a: a.sentence
        )
    ]
