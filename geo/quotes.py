"""Finds what stands in quotation marks, by offset."""

from __future__ import annotations

import re

_MARK = re.compile(r"[“”«»„\"‘’]")
_OPENER = re.compile(r"[“«„\"‘]")
_CLOSERS = {"“": "”", "«": "»", "„": "“”", '"': '"', "‘": "’"}


def quotations(text: str, start: int = 0, end: int | None = None) -> tuple[tuple[int, int], ...]:
    """Return the spans of the outermost quotations of a paragraph, marks included; one that is not closed runs to the end.

    A straight mark opens before a word where none is open, and closes otherwise. Straight single marks are left alone:
    an apostrophe looks like one.

    >>> quotations('He said "Go." They went')
    ((8, 13),)
    >>> quotations("“It fell. «Shusha» too"), quotations("")
    (((0, 22),), ())
    """
    stop = len(text) if end is None else end
    if not _OPENER.search(text, start, stop):
        return ()
    found: list[tuple[int, int]] = []
    opened: re.Match[str] | None = None
    for match in _MARK.finditer(text, start, stop):
        mark, after = match.group(), text[match.end() : match.end() + 1]
        if opened is None:
            at_word = mark not in '"‘' or not text[match.start() - 1 : match.start()].isalnum()
            opened = match if mark in _CLOSERS and at_word and not after.isspace() else None
        elif mark in _CLOSERS[opened.group()] and not (mark in '"’' and after.isalnum()):
            found.append((opened.start(), match.end()))
            opened = None
    if opened is not None:
        found.append((opened.start(), stop))
    return tuple(found)


def inside(spans: tuple[tuple[int, int], ...], position: int) -> tuple[int, int] | None:
    """Return the quotation that a position lies in, its opening mark left out.

    >>> inside(((8, 13),), 9), inside((), 9)
    ((8, 13), None)
    """
    return next((span for span in spans if span[0] < position < span[1]), None)
