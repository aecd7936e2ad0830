"""Patterns made of word lists."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def alternatives(words: Iterable[str]) -> str:
    r"""Return a pattern for any of `words`, longest first, with any white space between their parts.

    >>> alternatives(["in", "in the"])
    '(?:in\\s+the|in)'
    """
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    return "(?:" + "|".join(r"\s+".join(re.escape(part) for part in word.split()) for word in ordered) + ")"


def any_of(words: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern that finds any of `words` as whole words, in any case.

    >>> any_of(["shot dead", "dead"]).findall("Two were shot  dead.")
    ['shot  dead']
    """
    return re.compile(rf"(?<![\w’'-]){alternatives(words)}(?![\w-])", re.IGNORECASE)
