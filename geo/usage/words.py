"""The word lists by which usage is told: read once, inflected by rule."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from geo.data import FOLDER

if TYPE_CHECKING:
    from collections.abc import Mapping

WORDS = FOLDER / "en" / "usage.toml"

# Verbs of several syllables double their last letter when it bears the stress, which spelling does not show.
_DOUBLING_ENDS = ("mit", "pel", "fer", "cur", "gret", "bel", "quip", "drop")
_NOT_DOUBLING = frozenset({"offer", "suffer", "differ", "limit", "label"})
_STEM_ENDS = (("ies", "y"), ("sses", "ss"), ("ing", ""), ("ed", ""), ("es", "e"), ("s", ""))


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The word lists: each word with the classes that it may have, and what does not fit classes."""

    classes: Mapping[str, frozenset[str]]
    contests: frozenset[str]
    """The words of the class "contest", which tell from anywhere in a sentence."""
    compounds: frozenset[str]
    asides: Mapping[str, tuple[tuple[str, ...], ...]]
    """Phrases between a subject and its verb, by their first word."""
    agencies: tuple[str, ...]
    demonyms: frozenset[str]
    demonym_endings: tuple[str, ...]


@cache
def lexicon() -> Lexicon:
    """Return the English word lists, read once from `geo/data/en/usage.toml`.

    >>> sorted(lexicon().classes["accused"])
    ['say', 'to_party']
    >>> lexicon().classes.get("xyzzy") is None
    True
    """
    data = tomllib.loads(WORDS.read_text("utf8"))
    found: dict[str, set[str]] = {}
    for group, lemmas in data["verbs"].items():
        for lemma in lemmas:
            for form in inflect(lemma):
                found.setdefault(form, set()).add(group)
    for table in (data["irregular"], data["words"]):
        for group, words in table.items():
            for word in words:
                found.setdefault(word, set()).add(group)
    asides: dict[str, list[tuple[str, ...]]] = {}
    for aside in data["phrases"]["aside"]:
        phrase = tuple(aside.split())
        asides.setdefault(phrase[0], []).append(phrase)
    return Lexicon(
        {word: frozenset(groups) for word, groups in found.items()},
        frozenset(data["words"]["contest"]),
        frozenset(data["phrases"]["compound"]),
        {first: tuple(phrases) for first, phrases in asides.items()},
        tuple(data["dateline"]["agencies"]),
        frozenset(data["demonyms"]["words"]),
        tuple(data["demonyms"]["endings"]),
    )


def inflect(lemma: str) -> tuple[str, ...]:
    """Return the regular forms of an English verb: lemma, -s, -ed, -ing.

    >>> inflect("deny")
    ('deny', 'denies', 'denied', 'denying')
    >>> inflect("ban")
    ('ban', 'bans', 'banned', 'banning')
    >>> inflect("")
    ('',)
    """
    if not lemma:
        return ("",)
    if lemma.endswith("e"):
        return lemma, lemma + "s", lemma + "d", (lemma if lemma.endswith("ee") else lemma[:-1]) + "ing"
    if lemma.endswith("y") and lemma[-2:-1] not in "aeiou":
        return lemma, lemma[:-1] + "ies", lemma[:-1] + "ied", lemma + "ing"
    ends = "es" if lemma.endswith(("s", "sh", "ch", "x", "z")) else "s"
    doubles = re.fullmatch(r"[^aeiou]*[aeiou][^aeiouwxy]", lemma) or lemma.endswith(_DOUBLING_ENDS)
    stem_ = lemma + lemma[-1] if doubles and lemma not in _NOT_DOUBLING else lemma
    return lemma, lemma + ends, stem_ + "ed", stem_ + "ing"


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Return a word without its inflection, roughly: the same for "accuse", "accused" and "accusing".

    >>> stem("accused"), stem("accusing"), stem("armies"), stem("is")
    ('accus', 'accus', 'army', 'is')
    >>> stem("")
    ''
    """
    if len(word) < 5 or not word.isalpha():
        return word
    for end, to in _STEM_ENDS:
        if word.endswith(end) and len(word) - len(end) >= 3 and not word.endswith("ss"):
            word = word[: len(word) - len(end)] + to
            break
    return word[:-1] if word.endswith("e") and len(word) > 4 else word
