"""Words for what happened to people: "killed", "went missing", "wounds were received by", and where their people stand."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from geo.casualties.words import casualty_words
from geo.patterns import any_of
from geo.windows import last_words

if TYPE_CHECKING:
    from geo.model import Metric

Way = Literal["behind", "before", "either"]


@dataclass(frozen=True, slots=True)
class Happening:
    """A word for what happened, and where its people stand: `before` it, `behind` it, or `either`."""

    start: int
    end: int
    metric: Metric
    people: Way
    text: str


def find_happenings(text: str, start: int, end: int) -> tuple[Happening, ...]:
    """Return the words for what happened in `text[start:end]`, left to right.

    >>> text = "Two men died and the blast wounded six."
    >>> [(word.text, word.metric, word.people) for word in find_happenings(text, 0, len(text))]
    [('died', 'killed', 'before'), ('wounded', 'wounded', 'either')]
    >>> find_happenings("", 0, 0)
    ()
    """
    found = []
    for match in _happenings().finditer(text, start, end):
        word = " ".join(match.group().lower().split())
        metric, ways = _meaning(word)
        found.append(Happening(match.start(), match.end(), metric, _way(text, start, match.start(), ways), word))
    for match in _wounds().finditer(text, start, end):
        way: Way = "behind" if match["by"] else "before"
        metric = "killed" if _FATAL.search(match.group()) else "wounded"
        found.append(Happening(match.start(), match.end(), metric, way, match.group().lower()))
    found += [
        Happening(match.start(), match.end(), "missing", "behind", match.group().lower())
        for match in _LOST_TOUCH.finditer(text, start, end)
    ]
    found.sort(key=lambda word: (word.start, -word.end))
    kept: list[Happening] = []
    for each in found:
        if not kept or each.start >= kept[-1].end:
            kept.append(each)
    return tuple(kept)


_LOST_TOUCH = re.compile(
    r"\b(?:connection|contact|communication)s?\s+with(?=\s+(?:[\w-]+\s+){1,5}(?:was|were|is|has\s+been|had\s+been)\s+lost\b)",
    re.IGNORECASE,
)
_FATAL = re.compile(r"\b(?:fatal|mortal|lethal|deadly)\b", re.IGNORECASE)
_BEING = re.compile(
    r"\b(?:was|were|been|being|be|is|are|get|gets|got|getting|remain|remains|remained|left|found|reported|reportedly|declared|feared"
    r"|presumed|went|became|confirmed)(?:\s+(?:[a-z]+ed\s+and|also|reportedly|all|both|later|then|seriously|badly|lightly|slightly|severely|critically"
    r"|fatally|subsequently|officially|still|now|instantly|there|as|not|mortally|moderately|either|otherwise|once|confirmed))*\s+$",
    re.IGNORECASE,
)
_HAVING = re.compile(r"\b(?:has|have|had|having)(?:\s+\w+ly|\s+also|\s+already|\s+so\s+far)?\s+$", re.IGNORECASE)


def _way(text: str, begin: int, position: int, ways: frozenset[Way]) -> Way:
    """Tell on which side of this word its people stand, from the words before it."""
    before = last_words(text, begin, position, 6)
    if ways == {"behind", "before"}:  # "killed" and its like: a passive, an active or a participle
        if _BEING.search(before):
            return "before"
        return "behind" if _HAVING.search(before) else "either"
    return next(iter(ways))


@lru_cache(maxsize=1)
def meanings() -> dict[str, tuple[Metric, frozenset[Way]]]:
    """Return what each word means, and on which sides of it its people can stand."""
    found: dict[str, tuple[Metric, set[Way]]] = {}
    kinds: tuple[tuple[str, Way], ...] = (
        ("participles", "before"),
        ("happened", "before"),
        ("active", "behind"),
        ("before", "behind"),
        ("moved", "before"),
    )
    for metric, lists in casualty_words().metrics.items():
        for kind, way in kinds:
            for word in lists.get(kind, ()):
                found.setdefault(word, (metric, set()))[1].add(way)
    return {word: (metric, frozenset(ways)) for word, (metric, ways) in found.items()}


def _meaning(word: str) -> tuple[Metric, frozenset[Way]]:
    return meanings()[word]


@lru_cache(maxsize=1)
def _happenings() -> re.Pattern[str]:
    return any_of(meanings())


@lru_cache(maxsize=1)
def _wounds() -> re.Pattern[str]:
    """Return a pattern for "sustained light shrapnel wounds" and "wounds of varying severity were received by"."""
    wounds, taken = r"(?:wounds?|injur(?:y|ies)|burns|concussions?)", r"(?:received|sustained|suffered|got)"
    degree = r"(?:\s+(?:of\s+)?(?:varying|different|various)\s+(?:degrees?|severity)(?:\s+of\s+severity)?)?"
    return re.compile(
        rf"\b(?:{taken}\s+(?:[\w-]+\s+){{0,4}}?{wounds}|{wounds}{degree}\s+(?:of\s+\w+\s+\w+\s+)?(?:were|was|have\s+been|had\s+been)\s+"
        rf"{taken}\s+(?P<by>by))\b",
        re.IGNORECASE,
    )
