"""Windows of text, counted in words.

Names have different lengths. A window of so many characters would see more around a party with a short name than
around one with a long name, and the two would be read differently; so every limit on distance counts words.
"""

from __future__ import annotations

import re

_WORD = re.compile(r"\S+")


def first_words(text: str, start: int, end: int, count: int) -> str:
    """Return `text[start:end]` as far as its first `count` words reach.

    >>> first_words("one two three", 0, 13, 2), first_words("", 0, 0, 2)
    ('one two', '')
    """
    last = start
    for number, word in enumerate(_WORD.finditer(text, start, end), 1):
        last = word.end()
        if number == count:
            break
    return text[start:last]


def last_words(text: str, start: int, end: int, count: int) -> str:
    """Return `text[start:end]` from its last `count` words on, with the white space at the end.

    >>> last_words("one two three ", 0, 14, 2), last_words("", 0, 0, 2)
    ('two three ', '')
    """
    begins = [word.start() for word in _WORD.finditer(text, start, end)]
    return text[begins[-count] if len(begins) >= count else start : end]


def count_words(text: str) -> int:
    """Return how many words a stretch of text has.

    >>> count_words(", among them two women, "), count_words(" ")
    (4, 0)
    """
    return sum(1 for word in _WORD.finditer(text) if any(letter.isalnum() for letter in word.group()))
