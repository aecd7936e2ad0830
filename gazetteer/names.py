"""Spelling: the one form that names are looked up by, and the scripts that a name is written in."""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

Script = Literal["Latn", "Cyrl", "Armn", "Geor", "Arab"]
"""ISO 15924 codes."""

# ---------------------------------------------------------------------------------------------------- the lookup form

_APOSTROPHES = "'’‘‛ʼʻʹʽ`´′ʾʿ՚ꞌ"
_HYPHENS = "-‐‑‒–—―−֊_"
_UNSEEN = "\u00ad\u200b\u200c\u200d\ufeff"
_SPACING_MARKS = "\u00a8\u00af\u00b8\u02d8\u02d9\u02da\u02db\u02dc\u02dd\u2017"
"""Accents that stand alone: compatibility forms of a space with a mark, which would go to the letter before."""
_LETTERS = {
    "ə": "e", "ǝ": "e", "ı": "i", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ŋ": "n",
    "ё": "е",  # Russian print drops the dots
}  # fmt: skip
_TABLE = str.maketrans(
    dict.fromkeys(_APOSTROPHES, "")
    | dict.fromkeys(_HYPHENS, " ")
    | dict.fromkeys(_UNSEEN + _SPACING_MARKS, "")
    | _LETTERS
)
_MARKS_ON_LATIN = re.compile(r"(?<=[a-z])[\u0300-\u036f]+")
_ONE_BY_ONE = re.compile(r"[\x20-\x7e\xa0-\u02af\u0400-\u0481\u048a-\u0586\u1e00-\u1eff\u2010-\u201f]*")
"""Characters that fold alone, whatever stands beside them."""


class _Folded(dict[int, str]):
    """What one character becomes, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        # spaces at the ends are trimmed for a whole name, and must last inside one
        self[code] = " " if letter.isspace() or letter in _HYPHENS else _fold_all(letter)
        return self[code]


_folded = _Folded()


def normalise(text: str) -> str:
    """Return the form that names are compared by: no case, no Latin diacritics, one kind of space.

    Armenian, Cyrillic and other letters stay what they are. Apostrophes vanish and hyphens become spaces, so that
    transliterations with and without them meet. Idempotent.

    >>> normalise("Xankəndi"), normalise("Step’anakert"), normalise("Karmir-Shuka"), normalise("İçəri Şəhər")
    ('xankendi', 'stepanakert', 'karmir shuka', 'iceri seher')
    >>> normalise("Ханкенди"), normalise("")
    ('ханкенди', '')
    """
    if text.isascii() and text.isalpha():
        return text.lower()
    if _ONE_BY_ONE.fullmatch(text):
        return " ".join(text.translate(_folded).split())
    return _fold_all(text)


def _fold_all(text: str) -> str:
    # one round can make what the next one changes (a ligature that comes apart into capitals)
    while (folded := _fold(text)) != text:
        text = folded
    return text


def _fold(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.casefold().translate(_TABLE))
    bare = unicodedata.normalize("NFC", _MARKS_ON_LATIN.sub("", decomposed))
    return " ".join(bare.translate(_TABLE).split())


# -------------------------------------------------------------------------------------------------------- the scripts

_LETTERS_OF: tuple[tuple[Script, re.Pattern[str]], ...] = (
    ("Latn", re.compile(r"[A-Za-zªºÀ-ÖØ-öø-ʯḀ-ỿ]")),
    ("Cyrl", re.compile(r"[\u0400-\u0481\u048a-\u052f]")),
    ("Armn", re.compile(r"[\u0531-\u0556\u0560-\u0588\ufb13-\ufb17]")),
    ("Geor", re.compile(r"[\u10a0-\u10fa\u10fc-\u10ff\u1c90-\u1cbf]")),
    ("Arab", re.compile(r"[\u0620-\u064a\u066e-\u06d3]")),
)


def scripts(text: str) -> frozenset[Script]:
    """Return the scripts of a text's letters, as far as they are told apart here.

    >>> sorted(scripts("Шуша / Shusha")), sorted(scripts("Շուշի")), sorted(scripts("42"))
    (['Cyrl', 'Latn'], ['Armn'], [])
    """
    return frozenset([script for script, letters in _LETTERS_OF if letters.search(text)])
