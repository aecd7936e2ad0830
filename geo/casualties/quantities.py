"""How many, as a text says it: a number with its qualifier ("at least 27"), a range, or a word ("dozens").

What is counted is not looked at here. A number keeps what the text gives: `low` alone for "at least 27", `high` alone
for "up to 200", all three for "27"; "about 100" keeps 100 in all three, and the qualifier says that it is not exact.
A word for a number ("dozens") has no `best`, and the range that the word list declares for it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from geo.casualties.words import casualty_words
from geo.numbers import find_numerals
from geo.patterns import alternatives
from geo.windows import last_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.model import Qualifier
    from geo.numbers import Numeral

_RANGE = re.compile(r"\s*(?:-|–|to|or|and|and\s+\w+\s+to)\s*", re.IGNORECASE)
_PLUS = re.compile(r"\+(?!\d)")
_ON_THE_SUBJECT = re.compile(
    r"\b(?:report\w*|inform\w*|news|data|spoke|speaks?|told|tells?|talk\w*|wrote|writes?|knows?|asked)\s+about\s+$",
    re.IGNORECASE,
)
"""Before a number: "information about 12 soldiers" counts twelve, not about twelve."""
_INEXACT = re.compile(r"\b(?:dozen|score)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as `text[start:end]` says it, its qualifier included; `core` is where the number itself begins."""

    start: int
    end: int
    low: int | None
    best: int | None
    high: int | None
    qualifier: Qualifier
    core: int


def find_quantities(
    text: str, start: int, end: int, *, blocked: Sequence[tuple[int, int]] = ()
) -> tuple[Quantity, ...]:
    """Return every quantity in `text[start:end]` that does not touch a blocked span (dates, say), left to right.

    >>> text = "At least 27 people, dozens of houses and between 10 and 15 tanks"
    >>> for found in find_quantities(text, 0, len(text)):
    ...     print(text[found.start : found.end], found.low, found.best, found.high, found.qualifier)
    At least 27 27 None None at_least
    dozens of 24 None 99 dozens
    between 10 and 15 10 None 15 about
    >>> find_quantities("no number here", 0, 14)
    ()
    """
    words = casualty_words()
    vague = []
    for match in _vague().finditer(text, start, end):
        meaning = words.vague[" ".join(match.group().lower().split())]
        vague.append(
            Quantity(match.start(), match.end(), meaning.low, None, meaning.high, meaning.qualifier, match.start())
        )
    taken = [(found.start, found.end) for found in vague]
    numerals = [n for n in find_numerals(text, start, end) if not _touches(n.start, n.end, [*blocked, *taken])]
    found = vague + _numbers(text, start, end, numerals)
    free = [quantity for quantity in found if not _touches(quantity.core, quantity.end, blocked)]
    return tuple(sorted(free, key=lambda quantity: quantity.start))


def _touches(start: int, end: int, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start < last and first < end for first, last in spans)


def _numbers(text: str, start: int, end: int, numerals: Sequence[Numeral]) -> list[Quantity]:
    found, index = [], 0
    while index < len(numerals):
        numeral = numerals[index]
        following = numerals[index + 1] if index + 1 < len(numerals) else None
        if following and _is_range(text, start, numeral, following):
            both = Quantity(numeral.start, following.end, numeral.value, None, following.value, "about", numeral.start)
            found.append(_with_words_before(both, text, start))
            index += 2
            continue
        value = numeral.value
        plain = Quantity(numeral.start, numeral.end, value, value, value, "exact", numeral.start)
        if _INEXACT.search(text, numeral.start, numeral.end):
            plain = replace(plain, qualifier="about")
        found.append(_qualified(plain, text, start, end))
        index += 1
    return found


def _is_range(text: str, start: int, first: Numeral, last: Numeral) -> bool:
    """Tell whether two numbers are the ends of one range: "10-15", "10 to 15", "two or three", "between 10 and 15"."""
    joined = _RANGE.fullmatch(text[first.end : last.start])
    if not joined or first.value >= last.value:
        return False
    if "and" in joined.group().lower():
        return re.search(r"\b(?:between|from)\s+$", last_words(text, start, first.start, 1), re.IGNORECASE) is not None
    return True


def _with_words_before(quantity: Quantity, text: str, start: int) -> Quantity:
    """Add "between" or "an estimated" to a range; its two ends say how exact it is."""
    window = last_words(text, start, quantity.start, 6)
    before = re.search(r"\b(?:between|from)\s+$", window, re.IGNORECASE) or _before().search(window)
    return replace(quantity, start=quantity.start - len(before.group())) if before else quantity


def _qualified(quantity: Quantity, text: str, start: int, end: int) -> Quantity:
    """Add the words before and behind a number that say that it is not exact."""
    words = casualty_words()
    before = _before().search(last_words(text, start, quantity.start, 6))
    after = _after().match(text, quantity.end, end)
    qualifier: Qualifier = quantity.qualifier
    first, last = quantity.start, quantity.end
    if before:
        said = words.qualifiers[" ".join(before["word"].lower().split())]
        if said != "exact" and not _ON_THE_SUBJECT.search(text[start : quantity.start]):
            qualifier, first = said, quantity.start - len(before.group())
    if after:
        qualifier, last = words.qualifiers_after[" ".join(after["word"].lower().split())], after.end()
    elif _PLUS.match(text, quantity.end, end):
        qualifier, last = "at_least", quantity.end + 1
    value = quantity.best
    if qualifier == "at_least":
        return replace(quantity, start=first, end=last, best=None, high=None, qualifier=qualifier)
    if qualifier == "at_most":
        return replace(quantity, start=first, end=last, low=None, best=None, qualifier=qualifier)
    return replace(quantity, start=first, end=last, low=value, best=value, high=value, qualifier=qualifier)


@lru_cache(maxsize=1)
def _before() -> re.Pattern[str]:
    return re.compile(rf"\b(?P<word>{alternatives(casualty_words().qualifiers)})\s+(?:the\s+)?$", re.IGNORECASE)


@lru_cache(maxsize=1)
def _after() -> re.Pattern[str]:
    return re.compile(rf"\s*(?P<word>{alternatives(casualty_words().qualifiers_after)})(?!\w)", re.IGNORECASE)


@lru_cache(maxsize=1)
def _vague() -> re.Pattern[str]:
    return re.compile(
        rf"(?<![\w’'-])(?<!\bas\s)(?<!\bhow\s){alternatives(casualty_words().vague)}(?![\w-])", re.IGNORECASE
    )
