"""Cuts a report's text into paragraphs, sentences and words, all by offset into the decoded text.

Sentence boundaries come from sentencex (Wikimedia's segmenter); what news needs on top is small and stands here: a
clock time or an initial does not end a sentence, and a closing quotation mark stays with the sentence it closes.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import sentencex

from geo.quotes import quotations

if TYPE_CHECKING:
    from collections.abc import Sequence

_WORD = re.compile(r"[^\W_]+(?:[-'’.][^\W_]+)*['’]?")
_FALSE_END = re.compile(r"(?:\b[ap]\.m\.|\b(?:Mt|No|Col|Lt|Gen|Maj|Sgt|Capt|St|Dr|Mr|Mrs|Ms)\.|\b[A-Z]\.)\s*$")
_ABBREVIATED = re.compile(r"(?:\b[ap]\.m\.|\b(?:[A-Z]\.){2,})$")
_OPENER = re.compile(
    r"(?:The|This|That|These|It|Its|He|She|They|In|On|At|But|Both|There|After|Earlier|Meanwhile|According)\b"
)
"""A word that opens a sentence even behind "the U.S." or "10 a.m."."""
_MISSED_END = re.compile(
    r"\.(?:(?<=\bMay\.)\s+(?=[A-Z][a-z])|(?:(?<=\b[ap]\.m\.)|(?<=[A-Z]\.[A-Z]\.))\s+(?=(?:The|It|He|She|They|In|On|At|But)\s))"
)
"""The point and the space after it, where a sentence ends after all; a pattern that begins with a plain character is found quickly."""
_END = re.compile(r"[.!?…]\s+\S")
_BULLET = re.compile(r"\s*(?:[•●▪◦‣■□➢➤*·]|[-–—])\s+")
_CLOSERS = "”\"'’») "
_BLANK_LINE = re.compile(r"(?:\r?\n|\r)[ \t]*(?:\r?\n|\r)\s*")
_ANY_LINE = re.compile(r"[\r\n]\s*")
LONGEST_SENTENCE = 1500
"""Characters beyond which a "sentence" is cut: the work on a sentence grows faster than its length."""
_WRAPPED_AT = 120
"""Characters: a text with no longer line than this was wrapped by hand, and a line's end there means nothing."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word with its offsets; `lower` is what lists are matched against."""

    start: int
    end: int
    text: str
    lower: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence without the white space around it; `paragraph` counts from 0."""

    index: int
    paragraph: int
    start: int
    end: int


def paragraphs(text: str, body_start: int = 0) -> tuple[tuple[int, int], ...]:
    r"""Return the spans of the paragraphs: blank lines part them, and line ends where lines are not wrapped by hand.

    >>> paragraphs("A head\n\nA line\nthat goes on.")
    ((0, 6), (8, 28))
    >>> paragraphs("")
    ()
    """
    body = text[body_start:]
    wrapped = all(len(line) <= _WRAPPED_AT for line in body.splitlines())
    separator = _BLANK_LINE if wrapped else _ANY_LINE
    spans, begin = [], body_start
    for match in separator.finditer(text, body_start):
        end = match.start()
        if (
            separator is _ANY_LINE
        ):  # the spaces before a line's end, which the search for the end leaves: it is quicker so
            end = begin + len(text[begin:end].rstrip())
        spans.append((begin, end))
        begin = match.end()
    spans.append((begin, len(text)))
    return tuple((a, b) for a, b in spans if text[a:b].strip())


def sentences(text: str, body_start: int = 0, language: str = "en") -> tuple[Sentence, ...]:
    r"""Return the sentences of a text from `body_start` on, in order.

    >>> [(s.start, s.end, s.paragraph) for s in sentences("It fell at 3 p.m. Tuesday. Why?\n\nNo one said.")]
    [(0, 26, 0), (27, 31, 0), (33, 45, 1)]
    >>> sentences("")
    ()
    """
    found: list[Sentence] = []
    for number, (begin, end) in enumerate(paragraphs(text, body_start)):
        quoted = quotations(text, begin, end)
        for a, b in _joined(_boundaries(text, begin, end, language), text):
            for first, last in _parted(text, a, b, quoted, language) if quoted else ((a, b),):
                for start, stop in _cut(text, first, last) if last - first > LONGEST_SENTENCE else ((first, last),):
                    found.append(Sentence(len(found), number, start, stop))
    return tuple(found)


def _parted(text: str, start: int, end: int, quoted: Sequence[tuple[int, int]], language: str) -> list[tuple[int, int]]:
    """Return a sentence, or its pieces where it quotes several: the segmenter keeps a quotation together."""
    ends = []
    for opening, closing in quoted:
        first, last = max(opening + 1, start), min(closing, end)
        if first < last and _END.search(text, first, last):
            inner = _joined(_boundaries(text, first, last, language), text)
            ends += [stop for _, stop in inner[:-1] if text[stop:last].strip(_CLOSERS)]
    if not ends:
        return [(start, end)]
    pieces = []
    for stop in ends:
        pieces += _stripped(text, start, stop)
        start = stop
    return [*pieces, *_stripped(text, start, end)]


def _boundaries(text: str, begin: int, end: int, language: str) -> list[tuple[int, int]]:
    """Return the segmenter's sentences inside one paragraph, white space stripped."""
    bullet = _BULLET.match(text, begin, end)
    begin = bullet.end() if bullet else begin  # behind a bullet the segmenter sees no sentence end
    spans, at = [], begin
    for boundary in sentencex.get_sentence_boundaries(language, text[begin:end]):
        piece = boundary["text"].strip()
        start = text.find(piece, at, end) if piece else -1
        if start < 0:
            continue
        if start > at:
            spans += _stripped(text, at, start)  # what the segmenter left out (control characters) is text all the same
        at = start + len(piece)
        if "." in piece[:-1]:
            for gap in _MISSED_END.finditer(text, start, at):
                spans += _stripped(text, start, gap.start() + 1)
                start = gap.end()
        spans.append((start, at))
    return spans + _stripped(text, at, end)


def _stripped(text: str, start: int, end: int) -> list[tuple[int, int]]:
    piece = text[start:end]
    if not piece.strip():
        return []
    return [(start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip()))]


def _cut(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return a sentence, or its pieces where it is longer than any sentence is (tables, lists, lost punctuation)."""
    pieces = []
    while end - start > LONGEST_SENTENCE:
        cut = max(
            text.rfind(mark, start + LONGEST_SENTENCE // 2, start + LONGEST_SENTENCE) for mark in (", ", "; ", " ")
        )
        cut = cut + 1 if cut > start else start + LONGEST_SENTENCE
        pieces.append((start, cut))
        start = cut
    return [*pieces, (start, end)]


def _joined(spans: list[tuple[int, int]], text: str) -> list[tuple[int, int]]:
    """Put together what the segmenter parted wrongly."""
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if joined:
            first, last = joined[-1]
            stray = text[start].islower() or not text[start:end].strip(_CLOSERS)
            if stray or (_may_be_abbreviated(text[max(0, last - 5) : last]) and _goes_on(text, first, last, start)):
                joined[-1] = (first, end)
                continue
        joined.append((start, end))
    return joined


def _may_be_abbreviated(tail: str) -> bool:
    """Tell at a glance whether a sentence ends in what may be an abbreviation: nearly all end in small letters."""
    return tail.endswith(".") and (not tail.islower() or tail.endswith("m."))


def _goes_on(text: str, first: int, last: int, following: int) -> bool:
    """Tell whether the abbreviation at the end of a sentence does not end it."""
    near = max(first, last - 12)
    ends = _OPENER.match(text, following) and _ABBREVIATED.search(text, near, last)
    return not ends and _FALSE_END.search(text, near, last) is not None


def words(text: str, start: int = 0, end: int | None = None) -> tuple[Word, ...]:
    """Return the words of text[start:end] with offsets into the whole text.

    >>> [w.text for w in words("Lachin’s 44-day road")]
    ['Lachin’s', '44-day', 'road']
    >>> words("")
    ()
    """
    stop = len(text) if end is None else end
    return tuple(Word(m.start(), m.end(), m.group(), m.group().lower()) for m in _WORD.finditer(text, start, stop))


def is_bounded(text: str, start: int, end: int) -> bool:
    """Tell whether text[start:end] begins and ends at word boundaries (a possessive may follow).

    >>> is_bounded("in Lachin’s", 3, 9), is_bounded("Lachinsky", 0, 6)
    (True, False)
    """
    return not (start and _is_letter(text[start - 1])) and not (end < len(text) and _is_letter(text[end]))


def _is_letter(char: str) -> bool:
    return char.isalnum() or char == "_"


def sentence_start(text: str, at: int) -> int:
    """Return where the sentence begins that holds a position, abbreviations minded; 0 before the first one.

    >>> t = "It began at 8 a.m. on Monday. Then it ended."
    >>> sentence_start(t, 20), sentence_start(t, 35), sentence_start("", 0)
    (0, 30, 0)
    """
    starts = _starts(text)
    return starts[max(0, bisect_right(starts, at) - 1)] if starts else 0


@lru_cache(maxsize=4)
def _starts(text: str) -> tuple[int, ...]:
    return tuple(sentence.start for sentence in sentences(text))
