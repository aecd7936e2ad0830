"""How a name sounds, roughly: one key for the spellings that reporters make up where no table was at hand.

Coarser than `transliteration`, which makes the usual spellings from a name's own letters: "Ballydja", "Arpadyuzu" and
"Boyukbehmenli" follow no table, yet no other village sounds so. A key is evidence for a name that the text marks as a
place beside places that are known, never on its own.
"""

from __future__ import annotations

import re

from gazetteer.transliteration import ascii_form

SHORTEST_SOUND = 5
"""Letters of a key that say enough; below, too many names sound alike."""

_FOLDED = (
    ("dzh", "j"), ("dsch", "j"), ("dj", "j"), ("zh", "j"), ("tsch", "c"), ("tch", "c"), ("ch", "c"), ("kh", "h"), ("x", "h"),
    ("gh", "g"), ("q", "g"), ("k", "g"), ("sh", "s"), ("ts", "z"), ("tz", "z"), ("dz", "z"), ("ou", "u"), ("oo", "u"), ("w", "v"),
)  # fmt: skip
"""What no spelling keeps apart, in the order in which it is folded."""
_VOWELS = str.maketrans("euy", "aoi")
_GLIDE = re.compile(r"y(?=[aeou])")
"""Heard or not, written or not."""
_DOUBLE = re.compile(r"(.)\1+")
_AZERBAIJANI = str.maketrans({"c": "j", "C": "J", "ç": "ch", "Ç": "Ch"})


def sound(name: str, lang: str = "") -> str:
    """Return a key that the spellings of one name share, in whatever script; "" for a name without letters.

    `lang` is a BCP 47 tag: in Azerbaijani c is another sound than in English.

    >>> sound("Ballıca", "az-Latn") == sound("Ballydja"), sound("Arpadüzü", "az-Latn") == sound("Arpadyuzu")
    (True, True)
    >>> sound("Koxa Nəbi", "az-Latn") == sound("Kokhanabi"), sound("Shusha") == sound("Shosh"), sound("")
    (True, False, '')
    """
    if lang.startswith("az"):
        name = name.translate(_AZERBAIJANI)
    key = (name if name.isascii() else ascii_form(name)).lower()
    if not key.isalpha():
        key = "".join(filter(str.isalpha, key))
    for letters, folded in _FOLDED:
        key = key.replace(letters, folded)
    return _DOUBLE.sub(r"\1", _GLIDE.sub("", key).translate(_VOWELS))
