"""Tells whether a capitalised word that nobody curated is a place here: a settlement's name is often a word or a person.

Large towns are taken at their word; the smaller the place, the more the text must say for it (a preposition, a region
behind it, a kind word). What stands in a longer capitalised name is no place, nor is a family name that the report
gave in full before. The word lists are data (`geo/data/en/world.toml`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from geo import data

LARGE, MIDDLING = 200_000, 15_000
"""Inhabitants from which a name needs no evidence, and from which a weak one will do."""

_WORD_BEFORE = re.compile(r"([^\W\d_][\w’'.]*)([ \u00a0-])$")
_POINTED_AT = re.compile(r"([^\W\d_][\w-]*)[ \u00a0](of|from|on)[ \u00a0]$")
_WORD_AFTER = re.compile(r"([ \u00a0-])([^\W\d_][\w’']*)")
_PUT_INSIDE = re.compile(r"(?:,[ \u00a0]|[ \u00a0]\()([^\W\d_a-z][\w.]*(?:[ \u00a0][^\W\d_a-z]\w*)?)")
_IS_CALLED = re.compile(
    r",[ \u00a0](?:a|an|the)[ \u00a0](?:(?!of\b)[\w-]+[ \u00a0]){0,3}(?:town|city|village|settlement|port|suburb|hamlet|township)\b"
)
_FULL_NAME = re.compile(r"([^\W\d_a-z][\w’'-]+)[ \u00a0](?:[A-Z]\.[ \u00a0])?([^\W\d_a-z][\w-]{2,})")
_SENTENCE_END = ".!?:\"”“’'\n\r•)"


@dataclass(frozen=True, slots=True)
class Sized:
    """What is known of a name apart from the text: its largest bearer, and whether it names a province or a country."""

    people: int
    polity: bool
    countries: tuple[str, ...] = ()
    """Names of the countries in which the places of that name lie."""
    foreign: bool = False
    """Whether all are lesser settlements, and the name in a language or spelling that nobody states."""

    def is_at_home(self, text: str) -> bool:
        """Tell whether a text names a country in which there is such a place."""
        return any(country in text for country in self.countries)


def is_plausible(text: str, start: int, end: int, sized: Sized, language: str = "en") -> bool:
    """Tell whether text[start:end] may be a place, given the largest place of that name.

    >>> is_plausible("He lives in Reading, England.", 12, 19, Sized(160_000, polity=False))
    True
    >>> is_plausible("Reading is fun.", 0, 7, Sized(160_000, polity=False))
    False
    """
    if not is_possible(text, start, end, sized, language):
        return False
    words = _words(language)
    name = text[start:end]
    before, after = _WORD_BEFORE.search(text, max(0, start - 30), start), _WORD_AFTER.match(text, end)
    lower = name.lower()
    place_before = bool(before and before.group(2) != "-" and before.group(1).lower() in words.place_before)
    strong = bool(before and before.group(2) != "-" and before.group(1).lower() in words.strong_before)
    strong = strong or _is_placed(text, start, words) or bool(after and after.group(2) in words.kinds)
    inside = _PUT_INSIDE.match(text, end) is not None
    single = name.isalpha()
    if _IS_CALLED.match(text, end):  # "X, a town some 25 km away"
        return True
    if single and lower in words.common:
        return (inside and (strong or sized.people >= MIDDLING)) or (strong and sized.people >= 4 * MIDDLING)
    if single and not (strong or inside) and (lower in words.persons or name in family_names(text)):
        return place_before and sized.people >= 3 * LARGE and name not in family_names(text)
    if after and after.group(2) in words.says and single and not strong and sized.people < 5 * LARGE:
        return False
    if sized.polity or sized.people >= LARGE:
        return True
    if sized.people >= MIDDLING:
        return strong or inside or place_before or not single or _opens(text, start, end) or sized.is_at_home(text)
    return inside or strong or (place_before and (not single or sized.is_at_home(text)))


def is_possible(text: str, start: int, end: int, sized: Sized, language: str = "en") -> bool:
    """Tell whether nothing forbids that text[start:end] is a place: enough where the report says elsewhere that it is one.

    >>> is_possible("They left Orrin.", 10, 15, Sized(900, polity=False))
    True
    >>> is_possible("Orrin Smith left.", 0, 5, Sized(900, polity=False)), is_possible("Orrin said", 0, 5, Sized(9, polity=False))
    (False, False)
    """
    if sized.foreign and not sized.is_at_home(text):
        return False
    words = _words(language)
    if text[start:end].lower() in words.calendar:
        return False
    before, after = _WORD_BEFORE.search(text, max(0, start - 30), start), _WORD_AFTER.match(text, end)
    if text[max(0, start - 1) : start] in {"@", "#", "/", "."} or (text[end : end + 1] in {"@", "/"}):
        return False
    if after and after.group(2) in words.says and sized.people < LARGE:
        return False
    return _in_title(text, start) or not _in_longer_name(text, start, before, after, words)


def _in_title(text: str, start: int) -> bool:
    """Tell whether a name stands in a line whose words begin with capitals: there they say nothing of longer names.

    >>> _in_title("Rebels Say Orrin Has Fallen", 11), _in_title("Then Orrin fell to the rebels.", 5), _in_title("", 0)
    (True, False, False)
    """
    end = text.find("\n", start)
    line = text[text.rfind("\n", 0, start) + 1 : end if end >= 0 else len(text)]
    long = [word for word in line.split() if len(word) >= _LONG and word[0].isalpha()]
    return len(long) >= _TITLED and len(line) < _LINE and all(word[0].isupper() for word in long)


_LONG, _TITLED, _LINE = 4, 3, 160
"""Letters of the words that a headline writes with capitals, how many it must have, and characters of a line."""


def _in_longer_name(
    text: str, start: int, before: re.Match[str] | None, after: re.Match[str] | None, words: _Words
) -> bool:
    """Tell whether capitalised words on either side make the name a part of a longer one."""
    shouted = text[start : start + 4].isupper()
    if after and after.group(2)[0].isupper() and not shouted and after.group(2).lower() not in words.kinds:
        return True
    if before is None or not before.group(1)[0].isupper() or shouted:
        return False
    word = before.group(1).lower().rstrip(".")
    if word in words.plain_before or word in words.calendar:
        return False
    if before.group(1).endswith(("’s", "'s")):
        return False
    return not (before.group(1).endswith(".") and len(word) > 3)


def _is_placed(text: str, start: int, words: _Words) -> bool:
    """Tell whether a direction, a distance or a kind word points at the name: "east of X", "3 km from X", "the port of X".

    >>> [_is_placed(f"{before} X", len(before) + 1, _words("en")) for before in ("ten miles east of", "fond of", "of", "")]
    [True, False, False, False]
    """
    found = _POINTED_AT.search(text, max(0, start - 40), start)
    if found is None:
        return False
    return found.group(1).lower() in words.pointing[found.group(2)]


def _opens(text: str, start: int, end: int) -> bool:
    """Tell whether a name stands alone at the head of a line, as in a dateline."""
    return (start == 0 or text[start - 1] in "\n\r") and text[end : end + 2] in {", ", " (", " –", " —", " -", ": "}


@dataclass(frozen=True, slots=True)
class _Words:
    common: frozenset[str]
    persons: frozenset[str]
    plain_before: frozenset[str]
    place_before: frozenset[str]
    strong_before: frozenset[str]
    pointing: dict[str, frozenset[str]]
    """By preposition, the words that point with it at a place."""
    says: frozenset[str]
    kinds: frozenset[str]
    calendar: frozenset[str]


@lru_cache(maxsize=4)
def _words(language: str) -> _Words:
    table, kinds = data.table(language, "world"), data.table(language, "kinds")
    return _Words(
        frozenset(table["words"].split()),
        frozenset(table["persons"].split()),
        frozenset(table["plain_before"]),
        frozenset(table["place_before"]),
        frozenset(table["strong_before"]),
        {preposition: frozenset(pointers) for preposition, pointers in table["pointing"].items()},
        frozenset(table["says"]),
        frozenset([*kinds["hard"], *kinds["plural"], "area"]),
        frozenset(name.lower() for name in table["calendar"]),
    )


@lru_cache(maxsize=4)
def family_names(text: str) -> frozenset[str]:
    """Return the words that end a capitalised pair of words somewhere in a report: family names, above all.

    >>> sorted(family_names("Ann Wolfe left. Wolfe said no. In Orrin it rained."))
    ['Wolfe']
    """
    plain = _words("en").plain_before
    return frozenset(
        last
        for first, last in _FULL_NAME.findall(text)
        if first.lower() not in plain and not first.endswith(("’s", "'s"))
    )
