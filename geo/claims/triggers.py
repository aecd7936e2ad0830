"""Finds the words that say that something happened, by the lists of `geo/data/<language>/triggers.toml`.

A trigger is a verb in any form, a noun, or a phrase with gaps, which may name kinds of words (`classes.toml`): what
flies, what hits, who moves. Lists are compiled once into patterns that are filed under their first word, so that a
sentence costs one look-up a word.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from geo import data
from geo.wordforms import plural, verb_forms

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from geo.text import Word
    from geo.wordforms import Form

WITH_PLACE = " + place"
"""The mark on the lemma of a verb that counts only with a place as its object."""
BEHIND_PLACE = " - place"
"""The mark on the lemma of a verb that counts only behind a place as its subject."""
CASUALTIES = "casualties"
"""The pseudo-type of deaths and wounds: the event's own type follows from the cause in the clause."""

_GAP = r"(?:\s+[\w’'“”\"-]+(?:[.,]\d+)*){0,4}?"
_WIDE_GAP = r"(?:,?\s+[\w’'“”\"-]+(?:[.,]\d+)*){0,9}?,?"
_SPACE = r"[”\"’']?[\s\u00a0]+[“\"‘']?"


@dataclass(frozen=True, slots=True)
class Trigger:
    """Words at an offset that speak of an event of a type; `form` is the verb's form, or noun, weak noun, phrase."""

    start: int
    end: int
    text: str
    event_type: str
    form: Form
    lemma: str


class _Pattern(NamedTuple):
    regex: re.Pattern[str]
    event_type: str
    form: Form
    lemma: str


@lru_cache(maxsize=4)
def _patterns(language: str) -> dict[str, tuple[_Pattern, ...]]:
    by_first: dict[str, list[_Pattern]] = {}
    compiled: dict[str, re.Pattern[str]] = {}
    for event_type, lists in data.table(language, "triggers").items():
        for first, source, form, lemma in _written(lists, language):
            regex = compiled.get(source) or compiled.setdefault(source, re.compile(source))
            by_first.setdefault(first, []).append(_Pattern(regex, event_type, form, lemma))
    return {first: tuple(patterns) for first, patterns in by_first.items()}


@lru_cache(maxsize=4)
def _idioms(language: str) -> dict[str, re.Pattern[str]]:
    """Return for each event type the set phrases that only look like its triggers ("taking place in the village")."""
    found = {}
    for event_type, lists in data.table(language, "triggers").items():
        sources = [source for phrase in lists.get("never", ()) for _, source, _, _ in _phrase(phrase, language)]
        if sources:
            found[event_type] = re.compile(rf"\b(?:{'|'.join(sources)})")
    return found


def _written(lists: dict[str, list[str]], language: str) -> Iterator[tuple[str, str, Form, str]]:
    """Yield (first word, pattern, form, lemma) for everything a type lists."""
    for verb in lists.get("verbs", ()):
        for word, form in verb_forms(verb, language).items():
            yield word.split()[0].split("-")[0], rf"{re.escape(word)}\b", form, verb
    for verb in lists.get("place_verbs", ()):
        for word, form in verb_forms(verb, language).items():
            yield word.split()[0], rf"{re.escape(word)}\b", form, f"{verb}{WITH_PLACE}"
    for verb in lists.get("place_subjects", ()):
        for word, form in verb_forms(verb, language).items():
            yield word, rf"{re.escape(word)}\b", form, f"{verb}{BEHIND_PLACE}"
    for key, form in (("nouns", "noun"), ("weak_nouns", "weak")):
        for noun in lists.get(key, ()):
            for word in dict.fromkeys((noun, plural(noun))):
                pattern = _SPACE.join(map(re.escape, word.split()))
                yield re.split(r"[ -]", word)[0], rf"{pattern}\b", form, noun
    for phrase in lists.get("phrases", ()):
        yield from _phrase(phrase, language)


def _phrase(phrase: str, language: str) -> Iterator[tuple[str, str, Form, str]]:
    """Yield one entry for each word that a phrase may begin with; those that show one form share a pattern."""
    elements = phrase.split()
    heads: dict[str, Form] = {}
    for option in _options(elements[0], language):
        if option.startswith("{"):
            heads |= verb_forms(option.strip("{}"), language)
        else:
            heads[option] = "phrase"
    rest = ""
    for element in elements[1:]:
        if element in {"*", "**"}:
            rest += _GAP if element == "*" else _WIDE_GAP
            continue
        options = [
            form
            for option in _options(element, language)
            for form in (verb_forms(option.strip("{}"), language) if option.startswith("{") else (option,))
        ]
        rest += _SPACE + "(?:" + "|".join(_SPACE.join(map(re.escape, option.split())) for option in options) + ")"
    acts = any(option.startswith("{") for element in elements[1:] for option in _options(element, language)[:1])
    forms: dict[Form, list[str]] = {}
    for word, form in heads.items():
        forms.setdefault("past" if form == "phrase" and acts else form, []).append(word)
    for shown, words in forms.items():
        source = f"(?:{'|'.join(_SPACE.join(map(re.escape, word.split())) for word in words)}){rest}\\b"
        for first in dict.fromkeys(re.split(r"[ -]", word)[0] for word in words):
            yield first, source, shown, phrase


def _options(element: str, language: str) -> list[str]:
    """Return the words that may stand at a place of a phrase: "a|b", or the members of a "<class>".

    Raises ValueError where a phrase names a class that `classes.toml` does not have.
    """
    classes = data.table(language, "classes")
    found: list[str] = []
    for option in element.split("|"):
        if not option.startswith("<"):
            found.append(option)
        elif option.strip("<>") in classes:
            found += classes[option.strip("<>")]
        else:
            raise ValueError(
                f"geo/data/{language}/triggers.toml: no class {option} in classes.toml; add it there, or mend the name"
            )
    return found


def find_triggers(lower: str, words: Sequence[Word], language: str = "en") -> tuple[Trigger, ...]:
    """Return the triggers that begin at the given words of a text, given in lower case; the longest of a type at a place.

    >>> from geo.text import words
    >>> def triggers(text): return [(t.text, t.event_type, t.form) for t in find_triggers(text.lower(), words(text))]
    >>> triggers("Troops shelled the town; a truce held")
    [('shelled', 'shelling', 'past'), ('truce', 'ceasefire_or_agreement', 'weak'), ('truce held', 'ceasefire_or_agreement', 'past')]
    >>> triggers("")
    []
    """
    patterns, idioms = _patterns(language), _idioms(language)
    found: list[Trigger] = []
    if not words:
        return ()
    span = words[0].start, words[-1].end
    only_look = {kind: [m.span() for m in idiom.finditer(lower, *span)] for kind, idiom in idioms.items()}
    for word in words:
        key = word.lower if word.lower in patterns else re.split(r"[-'’.]", word.lower)[0]
        longest: dict[tuple[str, Form], Trigger] = {}
        for pattern in patterns.get(key, ()):
            match = pattern.regex.match(lower, word.start)
            looks = only_look.get(pattern.event_type, ())
            if match and not any(a <= word.start < b or word.start <= a < match.end() <= b for a, b in looks):
                slot = (pattern.event_type, pattern.form)
                known = longest.get(slot)
                if known is None or match.end() > known.end:
                    longest[slot] = Trigger(
                        word.start, match.end(), match.group(), pattern.event_type, pattern.form, pattern.lemma
                    )
        found += _one_reading(lower, _told_by_verb(longest))
    return tuple(found)


def _told_by_verb(longest: dict[tuple[str, Form], Trigger]) -> dict[tuple[str, Form], Trigger]:
    """Leave out phrases of the very words that another one of the type reads with their verb: that one tells more."""
    verbal = {(t.event_type, t.end) for (_, form), t in longest.items() if form in {"past", "base", "ing"}}
    return {slot: t for slot, t in longest.items() if slot[1] != "phrase" or (t.event_type, t.end) not in verbal}


_NOMINAL_BEFORE = re.compile(
    r"(?:\b(?:the|an?|its|their|this|that|any|no|of|by|from|in|under|with|heavy|intense|continued|new|fresh|indiscriminate|constant"
    r"|regular|latest|recent|condemn\w*)|['’]s)\s+(?:[\w-]+\s+)?$"
)
_GERUND_BEFORE = re.compile(r"\b(?:of|by|for|from)\s+$")
_NOUN_BEFORE = re.compile(
    r"\b(?:for|of|the|an?|its|their|his|her|with|from|in|on|by|no|some|any|two|three|four|five|six|\d+)\s+$"
)
_VERBAL_BEFORE = re.compile(
    r"\b(?:to|will|would|could|may|might|can|cannot|should|must|shall|did|do|does|not|they|we|who|you|helped?|let|\w+n['’]t)\s+(?:\w+ly\s+)?$"
)
_PLURAL_SUBJECT = re.compile(
    r"\b(?!(?:as|is|was|has|its|this|thus|his|us|across|towards|\w+['’]s)\b)\w{3,}(?<!s)s\s+$|\b(?:people|police|men|women)\s+$"
)
_OBJECT_BEHIND = re.compile(r"\s+(?:the|an?|its|their|his|her|our|this|these|those|\d|back|down|from)\b")


def _one_reading(lower: str, longest: dict[tuple[str, Form], Trigger]) -> Iterator[Trigger]:
    """Yield triggers with a word that may be noun or verb read as one of them ("the shelling of", "to attack X")."""
    head = (
        lower[max(0, next(iter(longest.values())).start - 40) : next(iter(longest.values())).start] if longest else ""
    )
    for trigger in longest.values():
        if _is_said_in_full(trigger, longest.values()):
            continue
        nouns = [t for t in longest.values() if t.form in {"noun", "weak"}]
        if trigger.form == "ing" or (trigger.form == "noun" and any(t.form == "ing" for t in longest.values())):
            twins = {t.end for t in longest.values() if t.form == "ing"} & {t.end for t in nouns}
            alone = lower.startswith((" of ", " in ", " on ", " by ", ",", ".", " and "), trigger.end)
            nominal = bool(_NOMINAL_BEFORE.search(head)) or alone
            if _GERUND_BEFORE.search(head) and not alone:
                nominal = False
            if twins and nominal != (trigger.form == "noun"):
                continue
        elif (trigger.form == "base" and not _is_finite(lower, trigger, head)) or (
            trigger.form in {"noun", "weak"}
            and any(t.form == "base" and _is_finite(lower, t, head) for t in longest.values())
        ):
            continue
        yield trigger


def _is_said_in_full(trigger: Trigger, beside: Iterable[Trigger]) -> bool:
    """Tell whether a phrase that begins with a bare verb says that something else was done: "destroyed three drones"."""
    if trigger.form in {"noun", "weak"} or trigger.event_type == CASUALTIES or " " in trigger.text:
        return False
    return any(t.end > trigger.end and t.event_type != trigger.event_type and t.form == trigger.form for t in beside)


def _is_finite(lower: str, trigger: Trigger, head: str) -> bool:
    """Tell whether a base form is a verb here: after "to" or a modal, or a plural subject before an object."""
    if _VERBAL_BEFORE.search(head):
        return True
    first = re.match(r"[\w-]+", trigger.text)
    behind = trigger.start + (first.end() if first else 0)
    return bool(_PLURAL_SUBJECT.search(head) and (_OBJECT_BEHIND.match(lower, behind) or trigger.end > behind))


@lru_cache(maxsize=4)
def conditions(language: str = "en") -> dict[str, tuple[frozenset[str], str]]:
    """Return the types that hold only beside certain words, with these words and the type to take elsewhere."""
    return {
        event_type: (frozenset(lists["needs"]), lists["otherwise"])
        for event_type, lists in data.table(language, "triggers").items()
        if "needs" in lists
    }


@lru_cache(maxsize=4)
def _means(language: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    patterns = []
    for event_type, lists in data.table(language, "triggers").items():
        words = "|".join(map(re.escape, sorted(lists.get("means", ()), key=len, reverse=True)))
        if words:
            named = rf"\b(?:by|with|using|from|under)\s+(?:[\w-]+\s+){{0,3}}?(?:{words})\b"
            acting = rf"\b(?:{words})\s+(?:\w+\s+){{0,3}}?(?:hit|hits|struck|fell|landed|exploded|smashed|slammed|opened|fired|bombed|attacked|targeted|pounded|killed|wounded|injured|destroyed|damaged|set)\b"
            patterns.append((event_type, re.compile(f"{named}|{acting}")))
    return tuple(patterns)


def type_by_means(lower: str, language: str = "en") -> str | None:
    """Return the event type that a weapon named as the means tells, None where none does.

    >>> type_by_means("two men were killed by a mine"), type_by_means("they destroyed three drones")
    ('mine_ied', None)
    """
    return next((event_type for event_type, pattern in _means(language) if pattern.search(lower)), None)


@lru_cache(maxsize=4)
def more_exact(language: str = "en") -> dict[str, frozenset[str]]:
    """Return for each event type the ones that it is more exact than."""
    return {
        event_type: frozenset(lists.get("over", ())) for event_type, lists in data.table(language, "triggers").items()
    }
