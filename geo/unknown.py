"""Names that the text itself marks as places and that no list knows: "the village of X", "near X", "Hadrut, X and Y"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from geo import data

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_ARTICLE = "(?:(?:al|el|as|ash|at|an|ad|ar|az)-)?"
_NAME = rf"({_ARTICLE}[^\W\d_a-z][\w’'-]+(?:[ \u00a0-]{_ARTICLE}[^\W\d_a-z][\w’'-]+){{0,2}})"
_LISTED = re.compile(rf"(?:,[ \u00a0])(?:the[ \u00a0])?{_NAME}(?=,[ \u00a0]|,?[ \u00a0]and[ \u00a0])")
"""A name with another one before and behind it in a list."""
_JOINT = re.compile(r"(?:,|,?[ \u00a0]and)[ \u00a0](?:the[ \u00a0])?")


@dataclass(frozen=True, slots=True)
class UnknownName:
    """A name that the text marks as a place and that no list knows, with the word that marks it."""

    start: int
    end: int
    text: str
    marker: str


def unknown_names(
    text: str, known: Sequence[tuple[int, int]], language: str = "en", listed: Sequence[tuple[int, int]] = ()
) -> tuple[UnknownName, ...]:
    """Return capitalised names that the text marks as places and that overlap nothing known.

    `listed` are the spans of known places, whose lists may hold an unknown one between two of them.

    >>> [(u.text, u.marker) for u in unknown_names("He fled the village of Dolna and Upper Dell district.", [])]
    [('Dolna', 'village'), ('Upper Dell', 'district')]
    >>> [(u.text, u.marker) for u in unknown_names("Orrin, Dolna and Wells fell.", [(0, 5), (17, 22)], "en", [(0, 5), (17, 22)])]
    [('Dolna', 'list')]
    >>> [(u.text, u.marker) for u in unknown_names("They took Dolna, a port. Dolna fell before Ann Dolna spoke.", [])]
    [('Dolna', 'port'), ('Dolna', 'port')]
    >>> [(u.text, u.marker) for u in unknown_names("A flag over the Dolna Gorge and Mount Grenn.", [])]
    [('Dolna Gorge', 'gorge'), ('Mount Grenn', 'mount')]
    >>> [(u.text, u.marker) for u in unknown_names("Within days Dolna had been overrun, and they retook Grenn.", [])]
    [('Dolna', 'attacked'), ('Grenn', 'in')]
    >>> unknown_names("", [])
    ()
    """
    never = frozenset(data.table(language, "kinds")["unknown"]["never"])
    taken = sorted(known)
    found: dict[int, UnknownName] = {}
    for start, end, marker in (*_marked(text, language), *_between(text, listed)):
        name = text[start:end].removesuffix("’s").removesuffix("'s")
        end = start + len(name)  # noqa: PLW2901  (without the possessive)
        if len(name) > 2 and name.split()[0].lower() not in never and not any(a < end and start < b for a, b in taken):
            found.setdefault(start, UnknownName(start, end, name, marker))
    for again in _again(text, found.values()):
        if not any(a < again.end and again.start < b for a, b in (*taken, *((u.start, u.end) for u in found.values()))):
            found[again.start] = again
    return tuple(found[start] for start in sorted(found))


def _again(text: str, found: Iterable[UnknownName]) -> list[UnknownName]:
    """Return where a name that the text marked as a place once stands again by itself, in no longer name."""
    markers = {one.text: one.marker for one in found}
    if not markers:
        return []
    names = "|".join(map(re.escape, sorted(markers, key=len, reverse=True)))
    alone = re.compile(rf"(?<![\w-])({names})(?![\w-])(?![ \u00a0][^\W\d_a-z]\w)")
    return [
        UnknownName(m.start(), m.end(), m[1], markers[m[1]])
        for m in alone.finditer(text)
        if not _FORENAME.search(text, max(0, m.start() - _FORENAME_REACH), m.start())
    ]


_FORENAME_REACH = 30
_FORENAME = re.compile(r"[\w,;’'”\")][ \u00a0\n][^\W\d_a-z][\w’'-]+[ \u00a0]$")
"""Before a name: a word with a capital that does not open its sentence."""


def _marked(text: str, language: str) -> Iterator[tuple[int, int, str]]:
    """Yield the names that a kind word or a preposition of place marks."""
    plural = data.table(language, "kinds")["plural"]
    for marker, pattern in _patterns(language):
        for match in pattern.finditer(text):
            if marker == "several":
                for name in re.finditer(_NAME, match["names"]):
                    first = match.start("names")
                    yield first + name.start(), first + name.end(), plural[match["kind"]]
            else:
                yield match.start("name"), match.end("name"), marker or match["kind"].lower()


@lru_cache
def _patterns(language: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    kinds = data.table(language, "kinds")
    singular = "|".join(sorted([*kinds["hard"], *kinds["unknown"]["markers"]], key=len, reverse=True))
    plural = "|".join(kinds["plural"])
    near, within = ("|".join(kinds["unknown"][words]) for words in ("near", "in"))
    features, before = ("|".join(map(str.capitalize, kinds["unknown"][words])) for words in ("features", "before"))
    apposed, behind, sides = ("|".join(kinds["unknown"][words]) for words in ("apposed", "behind_apposed", "sides"))
    done_to = "|".join(kinds["unknown"]["done_to"])
    word = r"[^\W\d_a-z][\w’'-]+"
    name = f"(?P<name>{_NAME[1:]}"
    return (
        ("", re.compile(rf"\b(?P<kind>{singular})s?(?:[ \u00a0]of)?[ \u00a0]{name}")),
        ("", re.compile(rf"{name}[ \u00a0](?P<kind>{singular})\b")),
        ("several", re.compile(
            rf"\b(?P<kind>{plural})(?:[ \u00a0]of)?[ \u00a0](?P<names>(?:{_NAME}(?:,[ \u00a0]|,?[ \u00a0]and[ \u00a0])?)+)"
        )),
        ("", re.compile(rf"\b(?P<name>{word}(?:[ \u00a0]{word})?[ \u00a0](?P<kind>{features}))\b")),
        ("", re.compile(rf"\b(?P<name>(?P<kind>{before})[ \u00a0]{word})\b")),
        ("", re.compile(rf"{name},[ \u00a0](?:an?|the)[ \u00a0](?:[\w-]+[ \u00a0]){{0,3}}?(?P<kind>{apposed})(?=[,.;]|[ \u00a0](?:{behind})\b)")),
        ("distance", re.compile(rf"{name},[ \u00a0](?:about |some |around )?\d+[ \u00a0]?(?:km|kilomet|mile)\w*")),
        ("lying", re.compile(rf"{name},[ \u00a0]on[ \u00a0]the[ \u00a0](?:[\w-]+[ \u00a0]){{0,2}}?(?:{sides})\b")),
        ("near", re.compile(rf"\b(?:{near})[ \u00a0]{name}")),
        ("in", re.compile(rf"\b(?i:{within})[ \u00a0]{name}")),
        ("attacked", re.compile(rf"(?<=[a-z0-9,;][ \u00a0]){name}[ \u00a0](?:was|were|is|(?:has|have|had)[ \u00a0]been)[ \u00a0](?:\w+ly[ \u00a0])?(?:{done_to})\b")),
    )  # fmt: skip


def _between(text: str, listed: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int, str]]:
    """Yield the names that stand between two known places in one list."""
    for (_, before), (behind, _) in pairwise(sorted(listed)):
        match = _LISTED.match(text, before, behind)
        if match and _JOINT.fullmatch(text, match.end(1), behind):
            yield match.start(1), match.end(1), "list"
