"""Whether a text is in a language whose words are known, told without guessing which other one it may be."""

from __future__ import annotations

import re

# Words that English prose cannot do without and that few other languages write: of real reports one word in six or more
# is one of these, of French, German, Russian or Turkish ones hardly any.
_COMMON = frozenset({
    "after", "and", "are", "at", "been", "by", "for", "from", "has", "have", "his", "is", "of", "said", "that", "the", "their", "they",
    "this", "to", "were", "which", "who", "with",
})  # fmt: skip
_LEAST_SHARE = 0.06
_LEAST_WORDS = 15  # a headline proves nothing
_SAMPLE = 20_000
_WORD = re.compile(r"[^\W\d_]+")


def looks_english(text: str) -> bool:
    """Tell whether a text has the small words of English; a text that is too short to tell is given the benefit.

    >>> looks_english("Les obus sont tombés mardi sur la ville et ont tué deux personnes, a indiqué le ministère. " * 3)
    False
    >>> looks_english("Shells fell on the town on Tuesday and two people were killed, the ministry said. " * 3), looks_english("")
    (True, True)
    """
    words = _WORD.findall(text[:_SAMPLE].lower())
    return len(words) < _LEAST_WORDS or sum(word in _COMMON for word in words) >= _LEAST_SHARE * len(words)
