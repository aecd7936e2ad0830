"""Finds which capital is meant where it is not named: "the region's capital", "the Orrinian capital", "the capital".

What is whose is read from the words beside it; a bare "the capital" is the only one that its paragraph has named, else
that of the one country of which the report tells, else nobody's.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from geo.actors import region_spoken_of
from geo.text import sentence_start

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gazetteer.index import Gazetteer
    from geo.model import Resolution


class Capital(NamedTuple):
    """A stretch of text that stands for a capital, the capital's id and why."""

    start: int
    end: int
    place_id: str
    reason: str


def unnamed_capitals(
    text: str, resolutions: Sequence[Resolution], places: Gazetteer, country: str | None = None
) -> Iterator[Capital]:
    """Yield the capitals that a text speaks of without their names; `country` is the one that the whole text tells of.

    >>> from gazetteer.index import Gazetteer
    >>> from gazetteer.model import Place
    >>> land = Gazetteer([Place("orrin", "country", (), demonyms=("Orrinian",)), Place("sarn", "city", (), capital_of=("orrin",))])
    >>> [found.place_id for found in unnamed_capitals("Shells hit the Orrinian capital.", (), land)]
    ['sarn']
    >>> list(unnamed_capitals("", (), land))
    []
    """
    for match in _CAPITAL.finditer(text):
        if _names_itself(text, match, resolutions):
            continue
        polity = places.get(_polity(match, resolutions, places, country))
        capital = places.capital_of(polity.id) if polity else None
        if polity is not None and capital is not None:
            reason = f'"{match.group()}" = {capital.name}: the capital of {polity.name}'
            yield Capital(match.start(), match.end(), capital.id, reason)


_CAPITAL = re.compile(
    r"""
    \b(?:
        (?:[Tt]he|[Ii]ts|[Tt]heir)\s+
        (?:(?:breakaway|separatist|disputed|self-declared|self-proclaimed|unrecogni[sz]ed|former)\s+)?
        (?:(?P<owner>[\w-]+(?:\s[A-Z][\w-]+)?)(?:['’]s?)?\s+)??      # "the region's", "the Orrinian"
      | (?!(?:In|At|From|Near|To|The|When|While|As|For|With)\s)
        (?P<name>[A-Z][\w-]+(?:\s[A-Z][\w-]+)?)['’]s?\s+             # "Orrin's"
    )
    (?:(?:de\s+facto|main|own|battered|besieged)\s+)?
    capital\b(?!\s+(?:punishment|letters?|goods|gains?|markets?|flows?|flight|city\s+of|crimes?|investments?)\b)
    """,
    re.VERBOSE,
)
_REGION = frozenset({"region", "enclave", "territory", "exclave"})
_COUNTRY = frozenset({"country", "nation", "state"})
_BESIDE = re.compile(r"(?:\s+city)?,?\s+(?:of\s+)?(?:the\s+)?")
_IN_FRONT = re.compile(r",?\s*(?:\(\w+\),?\s*)?(?:(?:is|was|as|became)\s+)?")


def _names_itself(text: str, match: re.Match[str], resolutions: Sequence[Resolution]) -> bool:
    """Tell whether the name of the capital stands beside it: "the capital, X", "X, the capital"."""
    return any(
        _BESIDE.fullmatch(text, match.end(), found.mention.start) or _IN_FRONT.fullmatch(text, found.mention.end, match.start())
        for found in resolutions
        if match.start() - _NEAR < found.mention.start < match.end() + _NEAR
        and (found.mention.end <= match.start() or found.mention.start >= match.end())
    )  # fmt: skip


_NEAR = 40


def _polity(
    match: re.Match[str], resolutions: Sequence[Resolution], places: Gazetteer, country: str | None
) -> str | None:
    """Return whose capital is meant, None where the text does not tell."""
    owner = match["owner"] or match["name"] or ""
    before = [r for r in resolutions if r.place_id is not None and r.mention.end <= match.start()]
    paragraph = match.string.rfind("\n", 0, match.start())
    here = [r for r in before if r.usage == "literal" and r.mention.start > paragraph]
    if owner in _REGION:
        region = region_spoken_of(resolutions, places)
        elsewhere = region and here and not places.within(here[-1].place_id or "", region)
        return None if elsewhere else region  # "the region" may be that of the place named last
    if owner in _COUNTRY:
        return country or next(
            (r.place_id for r in reversed(before) if places[r.place_id or ""].kind == "country"), None
        )
    if owner:
        inside = (r.place_id for r in resolutions if match.start() <= r.mention.start and r.mention.end <= match.end())
        demonym = places.demonyms().get(owner, ())
        return next(inside, None) or (demonym[0] if len(demonym) == 1 else None)
    if not match.group().lower().startswith("the"):
        sentence = sentence_start(match.string, match.start())
        return next(
            (
                r.place_id
                for r in reversed(before)
                if r.mention.start >= sentence and places.capital_of(r.place_id or "")
            ),
            None,
        )
    named = {polity for r in here for polity in places[r.place_id or ""].capital_of}
    return next(iter(named)) if len(named) == 1 else None if named else country
