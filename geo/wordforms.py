"""Word forms by rule: the verb and noun lists of `geo/data/en` hold base forms only.

Regular inflection of English verbs and nouns with the irregular forms of `verbs.toml`; enough for matching, where an
impossible form does no harm, and small enough that a language of one's own can be added as another module.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

from geo import data

Form = Literal["base", "s", "past", "ing", "noun", "weak", "phrase"]

_VOWELS = "aeiou"


@lru_cache(maxsize=4096)
def verb_forms(base: str, language: str = "en") -> dict[str, Form]:
    """Return every form of a verb with what it is; of several words the first is inflected.

    >>> verb_forms("shell")
    {'shell': 'base', 'shells': 's', 'shelled': 'past', 'shelling': 'ing'}
    >>> verb_forms("stop")["stopped"], verb_forms("open")["opening"]
    ('past', 'ing')
    >>> verb_forms("take")["taken"], verb_forms("deny")["denied"], verb_forms("raze")["razing"]
    ('past', 'past', 'ing')
    >>> verb_forms("")
    {}
    """
    if not base:
        return {}
    first, _, rest = base.partition(" ")
    tail = f" {rest}" if rest else ""
    irregular = data.table(language, "verbs")["irregular"].get(first)
    if irregular:
        third, past, participle, gerund, *more = irregular
        forms: dict[str, Form] = {first: "base", third: "s", past: "past", participle: "past", gerund: "ing"}
        if first == "be":
            forms |= {"is": "s", "are": "s", "am": "s", "was": "past", "were": "past"}
        forms |= {word: "past" for word in more if word not in forms}
        if first in (past, participle):
            forms[first] = "past"
    else:
        forms = {first: "base", _third(first): "s", _past(first): "past", _gerund(first): "ing"}
    return {word + tail: form for word, form in forms.items()}


def _third(word: str) -> str:
    if word.endswith("y") and word[-2:-1] not in _VOWELS:
        return word[:-1] + "ies"
    return word + ("es" if word.endswith(("s", "sh", "ch", "x", "z", "o")) else "s")


def _doubles(word: str) -> bool:
    """Tell whether the last letter doubles before -ed and -ing: one vowel, one consonant behind it ("stop")."""
    short = sum(letter in _VOWELS for letter in word) == 1 and len(word) > 2
    return short and word[-2] in _VOWELS and word[-1] not in "wxyaeiou"


def _past(word: str) -> str:
    if _doubles(word):
        return word + word[-1] + "ed"
    if word.endswith("e"):
        return word + "d"
    if word.endswith("y") and word[-2:-1] not in _VOWELS:
        return word[:-1] + "ied"
    return word + "ed"


def _gerund(word: str) -> str:
    if word.endswith("ie"):
        return word[:-2] + "ying"
    if _doubles(word):
        return word + word[-1] + "ing"
    return (word[:-1] if word.endswith("e") and not word.endswith(("ee", "ye")) else word) + "ing"


def plural(noun: str) -> str:
    """Return the plural of a noun phrase, whose head is taken to be the word before "of", else the last one.

    >>> plural("air strike"), plural("violation of the truce"), plural("casualty"), plural("")
    ('air strikes', 'violations of the truce', 'casualties', '')
    """
    if not noun:
        return ""
    head, of, rest = noun.partition(" of ")
    if head.endswith(("s", "ing", "people", "dead", "killed", "wounded", "injured")):
        return noun
    return _third(head) + of + rest if not head.endswith("o") else head + "s" + of + rest
