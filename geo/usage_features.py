"""What the words around a place name say about its usage: evidence as named features.

A sentence is cut at its mentions and only the stretches between them are tokenised, so that no feature can see a name:
the same words around two parties give the same features. Mentions that are coordinated ("France, Germany and the EU")
form one group and share their context.

A feature is a string such as "prep=in" or "subject=say"; what each one weighs stands in `geo/data/weights/usage.json`.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geo.model import Mention

WORDS = Path(__file__).parent / "data" / "en" / "usage.toml"

_TOKEN = re.compile(
    r"[’'](?:s|t|re|ve|ll|d|m)(?![^\W\d_])|[’'](?=\s)|\n\s*\n|-?[^\W\d_]+(?:\.(?=[^\W\d_]))?(?:[-.][^\W\d_]+)*|\d+(?:[.,:]\d+)*|[^\w\s]",
)
_QUOTES = frozenset('"“”«»„‘*_`')
_POSSESSIVE = frozenset({"'s", "’s", "'", "’"})
MENTION = "\0"
"""Stands for a mention among the tokens."""

_ADJECTIVE_ENDS = ("ed", "ern", "al", "ous", "ist", "led", "ive", "ical", "wide", "most")
_NOUN_CLASSES = ("office", "force", "geo", "sport", "people", "trade", "conflict", "deed", "relation", "movement")
_OWN = ("noun=", "possessive=", "compound=")
_HEAD_CLASSES = ("geo", "office", "force", "people", "sport", "trade", "conflict", "deed")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The word lists: each word with the classes that it may have."""

    classes: Mapping[str, frozenset[str]]
    compounds: frozenset[str]
    agencies: tuple[str, ...]


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
    return Lexicon(
        {word: frozenset(groups) for word, groups in found.items()},
        frozenset(data["phrases"]["compound"]),
        tuple(data["dateline"]["agencies"]),
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
        return lemma, lemma + "s", lemma + "d", lemma[:-1] + "ing" if not lemma.endswith("ee") else lemma + "ing"
    if lemma.endswith("y") and lemma[-2:-1] not in "aeiou":
        return lemma, lemma[:-1] + "ies", lemma[:-1] + "ied", lemma + "ing"
    ends = "es" if lemma.endswith(("s", "sh", "ch", "x", "z")) else "s"
    # A short verb of the pattern consonant-vowel-consonant doubles its last letter; longer ones by the last syllable's
    # stress, which spelling does not show: "admit", "commit", "expel" and their like end as listed here.
    doubles = re.fullmatch(r"[^aeiou]*[aeiou][^aeiouwxy]", lemma) or lemma.endswith(
        ("mit", "pel", "fer", "cur", "gret", "bel")
    )
    stem = lemma + lemma[-1] if doubles and not lemma.endswith("offer") else lemma
    return lemma, lemma + ends, stem + "ed", stem + "ing"


@dataclass(slots=True)
class Sentence:
    """The tokens of one sentence, lower-case, with `MENTION` for each mention, and where the mentions stand."""

    low: list[str]
    raw: list[str]
    at: list[int]
    """Token positions of the mentions, in order."""


def tokenise(text: str, start: int, end: int, mentions: Sequence[Mention]) -> Sentence:
    """Cut a sentence into tokens around its mentions, which become placeholders.

    >>> from geo.model import Mention
    >>> tokenise("Baku-based media say so.", 0, 24, [Mention(0, 4, "Baku")]).low
    ['\\x00', '-based', 'media', 'say', 'so', '.']
    >>> tokenise("", 0, 0, []).low
    []
    """
    raw: list[str] = []
    at: list[int] = []
    place = start
    for mention in mentions:
        raw += _TOKEN.findall(text, place, mention.start)
        at.append(len(raw))
        raw.append(MENTION)
        place = mention.end
    raw += _TOKEN.findall(text, place, end)
    if not _QUOTES.isdisjoint(raw):
        raw = [token for token in raw if token not in _QUOTES]
        at = [i for i, token in enumerate(raw) if token == MENTION]
    return Sentence([token.lower() for token in raw], raw, at)


def groups(sentence: Sentence) -> list[tuple[int, int]]:
    """Return runs of coordinated mentions as (first, last) indices into `sentence.at`.

    "and", "or" and a hyphen join; a comma joins within a list that ends so, and a place with what contains it
    ("Baku, Azerbaijan, on Monday") when no verb follows.
    """
    low, at = sentence.low, sentence.at
    runs: list[tuple[int, int]] = []
    first = 0
    for k in range(len(at)):
        if k + 1 < len(at) and _joins(low, at, k):
            continue
        runs.append((first, k))
        first = k + 1
    return runs


def _joins(low: list[str], at: list[int], k: int) -> bool:
    gap = low[at[k] + 1 : at[k + 1]]
    if gap and gap[-1] in {"the", "both"}:
        gap = gap[:-1]
    if not gap:
        return False
    if len(gap) > 3:
        return False
    joined = tuple(gap)
    after = at[k + 1] + 1
    nxt = low[after] if after < len(low) else "."
    if nxt in _POSSESSIVE and "-" not in gap:
        return False
    if joined in {
        ("and",),
        ("or",),
        (",", "and"),
        ("nor",),
        ("-",),
        ("–",),
        ("/",),
        ("&",),
        ("as", "well", "as"),
        (",", "or"),
    }:
        return True
    if joined != (",",):
        return False
    if nxt in {",", ".", ";", ")", "(", "—", "–", "and", "or"}:
        # a list, or a place with what contains it
        return True
    return k + 2 < len(at) and _joins(low, at, k + 1)


def context(sentence: Sentence, first: int, last: int) -> list[tuple[str, str]]:  # noqa: C901, PLR0912, PLR0915
    """Return the evidence for a group of mentions as (feature, word) pairs, the word being what a reason quotes."""
    low, at = sentence.low, sentence.at
    classes = lexicon().classes
    none: frozenset[str] = frozenset()
    i, j = at[first], at[last]
    size = len(low)
    out: list[tuple[str, str]] = []

    # --- to the left: over determiners and adjectives to what governs the name
    left = i - 1
    steps = 0
    while left >= 0 and steps < 4:
        word = low[left]
        kinds = classes.get(word, none)
        if "determiner" in kinds or "adjective" in kinds:
            left -= 1
        elif (
            word[0].isalpha() and word.endswith(_ADJECTIVE_ENDS) and (not kinds or kinds.isdisjoint(_NOUN_CLASSES))
            and left > 0 and low[left - 1] in {"the", "a", "an"}
        ):  # fmt: skip
            left -= 1
        else:
            break
        steps += 1
    governor = low[left] if left >= 0 else ""
    gov = classes.get(governor, none)
    before = left - 1
    noun = ""
    while before >= 0 and before > left - 4:
        noun = low[before]
        kinds = classes.get(noun, none)
        if "adverb" not in kinds and "determiner" not in kinds:
            break
        before -= 1
    noun_classes = classes.get(noun, none) if before >= 0 else none
    prep = ""
    clause_start = (
        not governor or governor in {".", ":", ";", "—", "–", "-", "\n\n", ")", "(", "?", "!"} or governor.isspace()
    )
    if governor and not clause_start:
        if "place_prep" in gov:
            prep = governor
            out.append((f"prep={governor}", governor))
            out.append(("prep=place", governor))
        elif governor == "of":
            prep = "of"
            kind = _first(noun_classes, ("geo", "of_place_noun", "office", "force", "relation", "deed", "people"))
            out.append((f"of={kind}", noun))
        elif "other_prep" in gov or governor in {"called", "calls"}:
            prep = governor
            kind = _first(
                noun_classes, ("movement", "motion", "relation", "to_party", "say", "deed", "office", "force", "geo")
            )
            if governor in {"between", "with", "to", "from", "over", "on", "for"}:
                wide = classes_in(low, max(0, left - 5), left, classes)
                if kind in {"none", "geo"} and "motion" in wide and governor in {"to", "from"}:
                    kind = "motion"
                elif kind == "none" and "joining" in wide and governor in {"to", "with"}:
                    kind = "movement"
                elif kind == "none" and "relation" in wide:
                    kind = "relation"
                elif kind == "none" and "movement" in wide:
                    kind = "movement"
            out.append(
                (
                    f"{governor}={kind}",
                    f"{noun} {governor}" if noun and kind != "none" and noun[0].isalpha() else governor,
                )
            )
            out.append((f"prep={governor}", governor))
        elif "to_place" in gov and "to_party" not in gov and "have" not in gov:
            out.append(("object=place", governor))
        elif "to_party" in gov and "to_place" not in gov:
            out.append(("object=party", governor))
        elif "to_place" in gov:
            out.append(("object=both", governor))
        elif "be" in gov:
            out.append(("after_be", governor))
        elif "conjunction" in gov:
            clause_start = True
        elif "say" in gov:
            out.append(("object=say", governor))
            clause_start = True
        elif governor == ",":
            out.append(("after_comma", ","))
            if "geo" in noun_classes:
                out.append(("apposition=geo", noun))
            elif "deed" in noun_classes or "relation" in noun_classes:
                out.append(("apposition=deed", noun))
            else:
                clause_start = True
        elif "geo" in gov:
            out.append(("title=geo", governor))
        elif "office" in gov:
            out.append(("title=office", governor))
        elif governor != MENTION:
            out.append(("left=other", governor))
    if clause_start:
        out.append(("clause_start", governor))

    # --- to the right: the possessive, the noun that the name modifies, or the verb that it is the subject of
    right = j + 1
    word = low[right] if right < size else ""
    if word in _POSSESSIVE:
        head, kind = _noun_phrase(low, right + 1, classes, possessive=True)
        out.append((f"possessive={kind}", head))
    elif word and word[0] == "-" and len(word) > 1:
        out.append(("compound=known" if word in lexicon().compounds else "compound=other", word))
    elif i > 0 and _prefixed(sentence, i):
        out.append(("compound=prefix", low[i - 1]))
    else:
        skip = right
        while skip < size and skip < right + 3 and "adverb" in classes.get(low[skip], none):
            skip += 1
        verb = low[skip] if skip < size else ""
        kinds = classes.get(verb, none)
        head, kind = "", "none"
        if word and word[0].isalpha() and skip == right and not ({"be", "have", "modal"} & kinds):
            plural_verb = verb.endswith("s") and bool({"say", "act"} & kinds)
            if not ({"say", "act", "to_party", "of_place", "motion"} & kinds) or (
                not plural_verb and not verb.endswith(("ed", "ing")) and not {"say"} & kinds
                and any(c in kinds for c in _HEAD_CLASSES)
            ):  # fmt: skip
                head, kind = _noun_phrase(low, right, classes, possessive=False)
        if kind != "none" and not ("conjunction" in kinds or "place_prep" in kinds or "other_prep" in kinds):
            out.append((f"noun={kind}", head))
        elif verb:
            role = ""
            if "say" in kinds:
                role = "say"
            elif "have" in kinds:
                role = "have"
                later = skip + 1
                while later < size and later < skip + 4 and "adverb" in classes.get(low[later], none):
                    later += 1
                then = low[later] if later < size else ""
                more = classes.get(then, none)
                if "say" in more:
                    role = "say"
                elif "be" in more:
                    role = "be"
                elif {"act", "to_party"} & more:
                    role = "act"
                if role != "have":
                    verb = f"{verb} {then}"
            elif "modal" in kinds:
                role = "modal"
            elif "be" in kinds:
                role = "be"
            elif {"of_place"} & kinds:
                role = "of_place"
            elif {"act", "to_party", "motion", "to_place"} & kinds:
                role = "act"
                if prep and verb.endswith("ing"):
                    role = "gerund"
            elif verb.endswith("ed") and len(verb) > 4:
                role = "ed"
            if role == "be":
                rest = low[skip + 1 : skip + 6]
                wide = classes_in(low, skip + 1, min(size, skip + 4), classes)
                if "to_place" in wide or "geo" in wide or {"located", "situated", "home"} & set(rest):
                    role = "be_place"
                elif "say" in wide or "act" in wide:
                    role = "be_act"
                elif any(w.endswith("ing") for w in rest[:2]):
                    role = "be_act"
            if role:
                subject = clause_start and not prep
                out.append((f"subject={role}" if subject else f"before={role}", verb))
            elif verb == "," and right == skip:
                if right + 1 < size and low[right + 1] in {"the", "a", "an", "which", "where"}:
                    after = low[right + 1]
                    if after == "where":
                        out.append(("where", after))
                    else:
                        head, kind = _noun_phrase(low, right + 2, classes, possessive=True)
                        if after != "which" and kind != "none":
                            out.append((f"apposed={kind}", head))
                else:
                    out.append(("before_comma", ","))
            elif verb == "where":
                out.append(("where", verb))
            elif verb == "to" and right == skip:
                out.append(("before_to", "to"))
            elif verb == "as":
                out.append(("before_as", "as"))
    modifies = any(name.startswith(("noun=", "possessive=", "compound=")) for name, _ in out)
    if modifies:
        # the preposition or verb governs the noun that the name stands before, not the name
        out = [(name if name.startswith(_OWN) else "outer " + name, word) for name, word in out]
    return out


def classes_in(low: list[str], start: int, end: int, classes: Mapping[str, frozenset[str]]) -> set[str]:
    """Return every class of the words in a stretch of tokens."""
    found: set[str] = set()
    for word in low[start:end]:
        kinds = classes.get(word)
        if kinds:
            found |= kinds
    return found


def _first(kinds: frozenset[str], order: tuple[str, ...]) -> str:
    return next((kind for kind in order if kind in kinds), "none")


def _prefixed(sentence: Sentence, i: int) -> bool:
    return sentence.low[i - 1] == "-" and i > 1 and sentence.low[i - 2] in {"pro", "anti", "ex", "non"}


def _noun_phrase(
    low: list[str], start: int, classes: Mapping[str, frozenset[str]], *, possessive: bool
) -> tuple[str, str]:
    """Return the head of the noun phrase that begins at a token, and its class: the last noun before it ends."""
    head, kind = "", "none"
    stop = min(len(low), start + 6)
    for k in range(start, stop):
        word = low[k]
        kinds = classes.get(word)
        if word == MENTION or not word[0].isalnum():
            break
        if kinds is None:
            if k > start and word.endswith("ed") and not possessive:
                break
            head = word
            if kind == "none":
                kind = "other"
            elif kind in {"office", "force"} and word[0].isalpha():
                pass  # "Secretary of State Antony": names follow titles
            continue
        named = next((c for c in _HEAD_CLASSES if c in kinds), "")
        if named:
            if kind in {"office", "force"} and named not in {"office", "force", "geo"}:
                break  # "ministry reports", "army attacks": what follows a speaker is its verb
            if k > start and not possessive and kinds & {"say"} and kind != "none":
                break
            if kind == "force" and named == "geo":
                head = word  # "military base": what belongs to an army
                continue
            if kind == "geo" and named == "office":
                head, kind = word, "office"
                continue
            head, kind = word, named
            continue
        if (
            kinds & {"place_prep", "other_prep", "conjunction", "be", "have", "modal", "determiner"}
            and "adjective" not in kinds
        ):
            break
        if kinds & {"say", "act", "motion", "to_party"} and (k > start or not possessive):
            break
        head = word
        if kind == "none":
            kind = "other"
    return head, kind
