"""Numbers in running text, in figures or in words, each with the stretch of text that says it.

Words are read by text2num (a kept library); figures with grouping, "2.5 million" and "three dozen" are joined here.
Whether a number counts people, days or tanks is for the caller to find out from the words around it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from text_to_num import find_numbers as _find_number_words

_FIGURE = re.compile(
    r"""(?<![\w.,:/])(?<![^\W\d_][-‑])      # not inside a word, a clock time, a fraction, or a model name as in T-72
    (?:\d{1,3}(?:[,.\u00a0\u202f\u2009\ ]\d{3})+|\d+(?:\.\d{1,2})?)
    (?![\w:]|[.,/]\d|\s?%)""",
    re.VERBOSE,
)
_TOKEN = re.compile(r"[^\W\d_]+|[^\w\s]")
_GROUPING = re.compile(r"[,.\u00a0\u202f\u2009 ](?=\d{3}(?:\D|$))")
_SCALES = {"dozen": 12, "score": 20, "hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
_SCALE = re.compile(r"[\s\u00a0]+(dozen|score|hundred|thousand|million|billion)\b(?!-)", re.IGNORECASE)
_MORE = re.compile(
    r"\s+(?:and\s+)?(?:thousand|million|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|\w+ty)\b"
)
_BARE = re.compile(
    r"\b(?:(half)\s+)?an?\s+(dozen|score|million|thousand|hundred)\b|\b(?:a\s+)?(couple)\s+of\b", re.IGNORECASE
)
_NOT_A_NUMBER = frozenset({"o", "point", "minus", "hundreds", "thousands", "millions", "billions"})
"""Words that text2num reads as a digit, a sign or a number, and that are none in prose."""
_COMPOUND = re.compile(r"[-‑][^\W\d_]")
"""What follows a number that is part of an adjective: "two-day", "19-year-old"."""


@dataclass(frozen=True, slots=True)
class Numeral:
    """A whole number as written in `text[start:end]`."""

    start: int
    end: int
    value: int


class _Word:
    """One word as text2num wants it."""

    __slots__ = ("end", "start", "word")

    def __init__(self, match: re.Match[str]) -> None:
        self.word, self.start, self.end = match.group(), match.start(), match.end()

    def text(self) -> str:
        return self.word

    def nt_separated(self, previous: _Word) -> bool:
        return self.start - previous.end > 3  # figures stand between them: "in 2020 five"

    def not_a_number_part(self) -> bool:
        return self.word.lower() in _NOT_A_NUMBER


def find_numerals(text: str, start: int = 0, end: int | None = None) -> tuple[Numeral, ...]:
    """Return every cardinal number in `text[start:end]`, left to right, none overlapping another.

    Ordinals ("second"), times ("13:00"), percentages, model names ("T-72") and parts of adjectives ("two-day") are left
    out; "dozens" and "several" say no number and are left to the caller.

    >>> text = "At least twenty-seven people, 1,960 troops and three dozen tanks"
    >>> [(text[n.start : n.end], n.value) for n in find_numerals(text)]
    [('twenty-seven', 27), ('1,960', 1960), ('three dozen', 36)]
    >>> find_numerals("The second attack began at 13:00 with T-72 tanks.")
    ()
    """
    stop = len(text) if end is None else end
    found = sorted(
        (*_bare_scales(text, start, stop), *_figures(text, start, stop), *_words(text, start, stop)), key=_widest_first
    )
    kept: list[Numeral] = []
    for numeral in found:
        if (not kept or numeral.start >= kept[-1].end) and not _COMPOUND.match(text, numeral.end, stop):
            kept.append(numeral)
    return tuple(kept)


def value_of(words: str) -> int | None:
    """Return the number that `words` say as a whole, or None.

    >>> value_of("half a dozen"), value_of("100 000"), value_of("several")
    (6, 100000, None)
    """
    numerals = find_numerals(words)
    return numerals[0].value if len(numerals) == 1 else None


def _widest_first(numeral: Numeral) -> tuple[int, int]:
    return numeral.start, -numeral.end


def _bare_scales(text: str, start: int, end: int) -> list[Numeral]:
    """Find "a dozen", "half a million", "a couple of"."""
    found = []
    for match in _BARE.finditer(text, start, end):
        half, scale, couple = match.groups()
        if couple:
            found.append(Numeral(match.start(), match.end(3), 2))
        elif half or scale.lower() in {"dozen", "score"} or not _continues(text, match.end(), end):
            found.append(Numeral(match.start(), match.end(), _SCALES[scale.lower()] // (2 if half else 1)))
    return found


def _continues(text: str, position: int, end: int) -> bool:
    """Tell whether more of a number in words follows, as in "a hundred and twenty"."""
    return _MORE.match(text, position, end) is not None


def _figures(text: str, start: int, end: int) -> list[Numeral]:
    found = []
    for match in _FIGURE.finditer(text, start, end):
        figure = _GROUPING.sub("", match.group())
        scale = _SCALE.match(text, match.end(), end)
        if scale:
            found.append(Numeral(match.start(), scale.end(), round(float(figure) * _SCALES[scale.group(1).lower()])))
        elif "." not in figure:
            found.append(Numeral(match.start(), match.end(), int(figure)))
    return found


def _words(text: str, start: int, end: int) -> list[Numeral]:
    tokens = [_Word(match) for match in _TOKEN.finditer(text, start, end)]
    found = []
    for number in _find_number_words(tokens, "en", 0):
        if number.is_ordinal:
            continue
        first, last, value = tokens[number.start].start, tokens[number.end - 1].end, int(number.value)
        scale = _SCALE.match(text, last, end)
        if scale and scale.group(1).lower() in {"dozen", "score"}:
            last, value = scale.end(), value * _SCALES[scale.group(1).lower()]
        found.append(Numeral(first, last, value))
    return found
