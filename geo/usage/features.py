"""What the words around a place name say about its usage: evidence as named features.

A sentence is cut at its mentions and only the stretches between them are tokenised, so that no feature can see a name:
the same words around two parties give the same features. Names that are coordinated ("France, Germany and the EU")
form one group and share their context.

A feature is a string such as "prep=in" or "subject=say"; what each one weighs stands in `geo/data/weights/usage.json`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from geo.usage.words import lexicon, stem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.model import Mention

Evidence = list[tuple[str, str]]
"""Features, each with the word of the text that shows it, for the reason."""

MENTION = "\0"
"""Stands for a mention among the tokens."""
NEAR = 120
"""Characters around a mention that are read."""
LISTED = 12
"""Names of a list that are read on either side: enough for any sentence, and no list can slow the reader down."""
REACH = 5
"""Tokens on each side that may speak for a usage without standing in a known relation to the name."""

_TOKEN = re.compile(
    r"[’'](?:s|t|re|ve|ll|d|m)(?![^\W\d_])|[’'](?=\s)|\n\s*\n"
    r"|-?[^\W\d_]+(?:\.(?=[^\W\d_]))?(?:[-.][^\W\d_]+)*|\d+(?:[.,:]\d+)*|[^\w\s\0]",
)
_QUOTES = frozenset('"“”«»„‘*_`')
_POSSESSIVE = frozenset({"'s", "’s", "'", "’"})
_BREAKS = frozenset({"", ".", ":", ";", "—", "–", "-", ")", "(", "?", "!", "[", "]", "|", "•"})
_JOINERS = frozenset({("and",), ("or",), (",", "and"), (",", "or"), ("nor",), ("-",), ("–",), ("/",), ("&",), ("as", "well", "as")})  # fmt: skip
_LIST_ENDS = frozenset({",", ".", ";", ")", "(", "—", "–", "and", "or", ":"})
_NAME_STOPS = frozenset(
    {
        "in", "at", "while", "when", "as", "after", "before", "but", "and", "or", "on", "for", "with", "from", "to", "the",
        "although", "since", "because", "if", "by", "of",
    }
)  # fmt: skip
_NONE: frozenset[str] = frozenset()
_ADJECTIVE_ENDS = ("ed", "ern", "al", "ous", "ist", "led", "ive", "ical", "wide", "most")
_BEFORE_ADJECTIVE = frozenset({"place_prep", "other_prep", "determiner", "adjective"})
_HEADS = (
    "geo", "office", "force", "people", "sport", "conflict", "incident", "economy", "trade", "deed", "relation", "movement",
)  # fmt: skip
_NOUNS = frozenset(_HEADS)
_OF_NOUNS = (
    "geo",
    "of_place_noun",
    "local_office",
    "office",
    "force",
    "incident",
    "relation",
    "deed",
    "people",
    "economy",
    "trade",
    "movement",
)
_PREP_NOUNS = (
    "message",
    "movement",
    "give",
    "motion",
    "relation",
    "to_party",
    "say",
    "deed",
    "office",
    "force",
    "incident",
    "geo",
    "act",
)
_FROM_NOUNS = ("office", "force", *_PREP_NOUNS)
_GRAMMAR = frozenset(
    {"determiner", "be", "have", "modal", "conjunction", "place_prep", "other_prep", "adverb", "adjective", "contest"}
)
_VERBS = frozenset({"say", "act", "to_party", "of_place", "motion", "to_place", "joining", "give", "scene"})
_ENDS_PHRASE = frozenset({"place_prep", "other_prep", "conjunction", "be", "have", "modal", "determiner"})
_RIGHT = (
    "noun=",
    "possessive=",
    "compound=",
    "which=",
    "whose=",
    "subject=",
    "before=",
    "apposed=",
    "where",
    "before_",
)
_OWN = ("noun=", "possessive=", "compound=")
_WITH_WORD = frozenset(
    {
        "noun", "possessive", "of", "object", "subject", "before", "prep", "from", "to", "apposed", "title", "left", "compound",
        "with", "for", "on", "after_be",
    }
)  # fmt: skip
"""Relations in which not only the class of a word tells but the word itself: a court is an office that stands somewhere."""
_NUMBERED = frozenset({"noun", "possessive"})
"""Relations to a noun of which it tells something whether there is one or many."""
_NO_NOUN = frozenset({"adverb", "determiner", "time"})
_FINITE = frozenset({"say", "act", "have", "modal", "be"})
_MENTALLY = frozenset({"no", "little", "any", "it", "itself", "this", "these", "that", "them"})
_CLAUSE_ENDS = frozenset({".", ";", ":", "—", "–", "?", "!", "\n\n"})
_WIDE_PREPOSITIONS = frozenset({"between", "with", "to", "from", "over", "on", "for"})


_BEFORE = ("l1 ", "l2 ", *["L "] * (REACH - 2))
_AFTER = ("r1 ", "r2 ", *["R "] * (REACH - 2))
CONTEST = "wide=contest"


@dataclass(slots=True)
class Sentence:
    """The tokens of one sentence with `MENTION` for each mention, their classes, and where the mentions stand."""

    raw: list[str]
    low: list[str]
    kinds: list[frozenset[str]]
    at: list[int]
    """Token positions of the mentions, in order."""


@dataclass(frozen=True, slots=True)
class Signs:
    """What speaks for the usage of a group of names: grammar with the words that show it, and the words in reach."""

    grammar: Evidence
    words: list[str]


def tokenise(text: str, start: int, end: int, mentions: Sequence[Mention]) -> Sentence:
    r"""Cut a sentence into tokens around its mentions, which become placeholders.

    Text that is farther than `NEAR` from every mention is left out.

    >>> from geo.model import Mention
    >>> tokenise("Baku-based media say so.", 0, 24, [Mention(0, 4, "Baku")]).low
    ['\x00', '-based', 'media', 'say', 'so', '.']
    >>> tokenise("", 0, 0, []).low
    []
    """
    raw: list[str] = []
    at: list[int] = []
    place = start
    for mention in mentions:
        until = mention.start
        if until - place > 2 * NEAR:  # what is far from every name says little, and tokens cost time
            if at:
                raw += _TOKEN.findall(text, place, place + NEAR)
            place = text.rfind(" ", place, until - NEAR) + 1 or until - NEAR
        raw += _TOKEN.findall(text, place, until)
        at.append(len(raw))
        raw.append(MENTION)
        place = mention.end
    raw += _TOKEN.findall(text, place, min(end, place + NEAR))
    if not _QUOTES.isdisjoint(raw):
        raw = [token for token in raw if token not in _QUOTES]
        at = [i for i, token in enumerate(raw) if token == MENTION]
    low: list[str] = []
    kinds: list[frozenset[str]] = []
    for lower, classes in map(_TOKENS.__getitem__, raw):
        low.append(lower)
        kinds.append(classes)
    return Sentence(raw, low, kinds, at)


class _Tokens(dict[str, tuple[str, frozenset[str]]]):
    """Tokens in lower case with their classes, looked up once each; emptied when a long run has filled it."""

    def __missing__(self, token: str) -> tuple[str, frozenset[str]]:
        if len(self) > 100_000:
            self.clear()
        low = token.lower()
        found = self[token] = (low, lexicon().classes.get(low, _NONE))
        return found


_TOKENS = _Tokens()


def groups(sentence: Sentence) -> list[tuple[int, int]]:
    """Return runs of coordinated mentions as (first, last) indices into `sentence.at`.

    "and", "or" and a hyphen join; a comma joins within a list that ends so, and a place with what contains it
    ("Baku, Azerbaijan, on Monday") when no verb follows.
    """
    runs: list[tuple[int, int]] = []
    first = 0
    for k in range(len(sentence.at)):
        if not _joins(sentence, k):
            runs.append((first, k))
            first = k + 1
    return runs


def _joins(sentence: Sentence, k: int) -> bool:
    """Tell whether mention k is coordinated with the next one."""
    low, at = sentence.low, sentence.at
    if k + 1 >= len(at) or at[k + 1] - at[k] > 4:
        return False
    gap = low[at[k] + 1 : at[k + 1]]
    if gap and gap[-1] in {"the", "both"}:
        gap.pop()
    if gap == [",", "and"] and _begins_clause(
        sentence, at[k + 1] - (at[k + 1] - at[k] > 3), _last_of_pair(sentence, k + 1)
    ):
        return False
    following = at[k + 1] + 1
    after = low[following] if following < len(low) else "."
    if after in _POSSESSIVE and "-" not in gap:
        return False  # whether "X and Y's leaders" shares the possessive cannot be told: do not guess
    if gap == [","] and _opens_adverbially(sentence, at[k]) and _ends_in_verb(sentence, k + 1):
        return False
    if tuple(gap) in _JOINERS:
        return True
    contained = at[k] > 0 and "place_prep" in sentence.kinds[at[k] - 1] and following < len(low)
    goes_on = contained and not sentence.kinds[following].isdisjoint(_GOES_ON)
    return gap == [","] and (after in _LIST_ENDS or goes_on or _joins(sentence, k + 1))


_GOES_ON = frozenset({"place_prep", "other_prep", "time", "weekday"})
"""Behind a place and what contains it: "in Baku, Azerbaijan on Monday"."""


def _opens_adverbially(sentence: Sentence, i: int) -> bool:
    """Tell whether a place ends what opens a clause as its adverbial: "In X, ...", "At talks in X, ..."."""
    kinds = sentence.kinds
    if i < 1 or "place_prep" not in kinds[i - 1]:
        return False
    k = i - 1
    while k > 0 and i - k < 2 * REACH and sentence.low[k - 1] not in _BREAKS and kinds[k - 1].isdisjoint(_FINITE):
        k -= 1
    return not kinds[k].isdisjoint(_PREPOSITIONS) and (k == 0 or sentence.low[k - 1] in _BREAKS)


def _ends_in_verb(sentence: Sentence, k: int) -> bool:
    """Tell whether the list that begins with mention k is the subject of a verb right behind it."""
    low, at, kinds = sentence.low, sentence.at, sentence.kinds
    while k + 1 < len(at) and at[k + 1] - at[k] <= 4 and _LISTING.issuperset(low[at[k] + 1 : at[k + 1]]):
        k += 1
    verb = at[k] + 1
    while verb < len(low) and "adverb" in kinds[verb]:
        verb += 1
    word = low[verb] if verb < len(low) else "."
    return word.endswith("ed") or (word != "." and not word.endswith("ing") and not kinds[verb].isdisjoint(_FINITE))


_PREPOSITIONS = frozenset({"place_prep", "other_prep"})
_LISTING = frozenset({",", "and", "or", "the", "both"})


def _last_of_pair(sentence: Sentence, k: int) -> int:
    """Return the token of the last mention that "and" joins to mention k."""
    low, at = sentence.low, sentence.at
    while k + 1 < len(at) and at[k + 1] - at[k] in {2, 3} and low[at[k] + 1] == "and":
        k += 1
    return at[k]


def _begins_clause(sentence: Sentence, i: int, j: int) -> bool:
    """Tell whether a name after a comma is the subject of a clause of its own rather than the last of a list.

    "..., X said" and "near Z, and X and Y have agreed"; not "Z, Y, and X have agreed".
    """
    low, kinds = sentence.low, sentence.kinds
    verb = j + 1
    while verb < len(low) and "adverb" in kinds[verb]:
        verb += 1
    if i < 1 or verb >= len(low):
        return False
    if low[i - 1] == ",":
        return "say" in kinds[verb] and not low[verb].endswith("ing")
    if low[i - 1] not in {"and", "but"} or i < 4 or low[i - 2] != ",":
        return False
    before = i - 3
    while before > 0 and _is_name(sentence.raw[before], low[before]):
        before -= 1
    return low[before] != "," and not kinds[verb].isdisjoint(_FINITE) and not low[verb].endswith("ing")


def context(sentence: Sentence, first: int, last: int) -> Evidence:
    """Return the evidence for a group of mentions: what governs it, what follows it, and both together."""
    i, j = _widen(sentence, sentence.at[first], sentence.at[last])
    left, clause_start, governed = _left(sentence, i)
    if _begins_clause(sentence, i, j):
        left, clause_start, governed = [("clause_start", sentence.low[i - 1])], True, False
    if i and "direction" in sentence.kinds[i - 1]:
        left.append(("part", sentence.low[i - 1]))
    right = _right(sentence, i, j, subject=clause_start and not governed)
    if governed:  # "the talks with X have failed": the verb is not the name's
        right = [(name, shown) for name, shown in right if not name.startswith("before=")]
    if any(name.startswith(_OWN) for name, _ in right):
        # the preposition or verb governs the noun that the name stands before, not the name
        left = [("outer " + name, word) for name, word in left]
    pair = f"{left[0][0] if left else '-'} & {right[0][0] if right else '-'}"
    found = [*left, *right]
    for name, shown in (*left, *right):
        found += _with_word(name, shown)
    found.append((pair, ""))
    return found


@lru_cache(maxsize=50_000)
def _with_word(name: str, shown: str) -> tuple[tuple[str, str], ...]:
    """Return the features of the very word that stands in a relation to a name: the word if a list has it, its number.

    "The X systems" are those that stand in X more often than "the X system" is.

    >>> _with_word("outer noun=office", "Court")
    (('noun:court', ''), ('outer noun=office one', ''))
    >>> _with_word("noun=name", "Ruritanians"), _with_word("where", "where")
    ((('noun=name many', ''),), ())
    """
    relation = name.removeprefix("outer ").partition("=")[0]
    word = shown[shown.rfind(" ") + 1 :].lower()
    out = []
    if relation in _WITH_WORD and word in lexicon().classes:
        out.append((f"{relation}:{stem(word)}", ""))
    if relation in _NUMBERED and word:
        many = word.endswith("s") and not word.endswith("ss")
        out.append((f"{name} {'many' if many else 'one'}", ""))
    return tuple(out)


def _widen(sentence: Sentence, i: int, j: int) -> tuple[int, int]:
    """Return the ends of the list of names that a group stands in, names that are no mentions included.

    "Australia, Japan, New Zealand and Thailand have confirmed": each shares the context of all.
    """
    low, raw = sentence.low, sentence.raw
    size = len(low)
    end = j
    for _ in range(LISTED):
        if end + 2 >= size or low[end + 1] not in {",", "and", "or"}:
            break
        start = end + 2
        while start < size and low[start] in {"and", "or", "the", "both"}:
            start += 1
        stop = start
        while stop < size and stop - start < 4 and _is_name(raw[stop], low[stop]):
            stop += 1
        ends_list = stop >= size or low[stop] in _LIST_ENDS
        if stop == start or (low[end + 1] == "," and not ends_list) or (stop < size and low[stop] in _POSSESSIVE):
            break
        end = stop - 1
    if end + 1 < size and low[end + 1] in _POSSESSIVE:
        return i, end
    begin = i
    listed = end > j or j + 1 >= size or low[j + 1] in _LIST_ENDS
    for _ in range(LISTED):
        if begin < 2:
            break
        k = begin - 1 - (low[begin - 1] in {"the", "both"})
        if low[k] not in {",", "and", "or"} or (low[k] == "," and not listed) or _begins_clause(sentence, k + 1, end):
            break
        listed = True
        k -= 1 + (k > 0 and low[k - 1] == ",")
        start = k
        while start >= 0 and k - start < 4 and _is_name(raw[start], low[start]):
            start -= 1
        if start == k:
            break
        begin = start + 1
    return begin, end


def _is_name(token: str, lower: str) -> bool:
    return (token == MENTION or token[0].isupper()) and lower not in _NAME_STOPS


def _left(sentence: Sentence, i: int) -> tuple[Evidence, bool, bool]:  # noqa: C901, PLR0912
    """Return the evidence before a name, whether a clause begins with it, and whether a preposition governs it."""
    low, kinds = sentence.low, sentence.kinds
    at = _governor(sentence, i)
    word = low[at] if at >= 0 else ""
    kind = kinds[at] if at >= 0 else _NONE
    out: Evidence = []
    if word in _BREAKS or word.isspace():
        return [("clause_start", word)], True, False
    back = _content_before(sentence, at)
    noun = low[back] if back >= 0 else ""
    noun_kinds = kinds[back] if back >= 0 else _NONE
    if word in {"on", "upon"} and "on_party" in noun_kinds:
        return [("object=party", f"{noun} {word}")], False, False
    if "place_prep" in kind:
        return [("prep=place", word), (f"prep={word}", word)], False, True
    if word == "of":
        if at > 0 and "of_place_noun" in kinds[at - 1]:  # "all of X", "most of X"
            noun, noun_kinds = low[at - 1], kinds[at - 1]
        return [(f"of={_first(noun_kinds, _OF_NOUNS)}", noun)], False, True
    if "other_prep" in kind:
        role = _first(noun_kinds, _FROM_NOUNS if word == "from" else _PREP_NOUNS)
        if word in _WIDE_PREPOSITIONS:
            role = _wider_role(word, role, kinds[max(0, at - 5) : at])
        if word == "to" and _hands_over(sentence, at):
            role = "give"
        shown = f"{noun} {word}" if role != "none" and noun[:1].isalpha() else word
        return [(f"{word}={role}", shown), (f"prep={word}", word)], False, True
    if "conjunction" in kind:
        return [("clause_start", word)], True, False
    if "be" in kind:
        out.append(("after_be", word))
    elif "to_place" in kind or "to_party" in kind:
        which = "both" if {"to_place", "to_party"} <= kind else "place" if "to_place" in kind else "party"
        out.append((f"object={which}", word))
    elif "naming" in kind and "as" in low[max(0, at - 3) : at]:  # "as they call X"
        return [("object=name", word)], False, False
    elif "say" in kind:
        return [("object=say", word), ("clause_start", word)], True, False
    elif word == ",":
        if "geo" in noun_kinds:
            out.append(("apposition=geo", noun))
        elif "deed" in noun_kinds or "relation" in noun_kinds:
            out.append(("apposition=deed", noun))
        else:
            return [("after_comma", ","), ("clause_start", ",")], True, False
    elif not kind.isdisjoint(_NOUNS):
        out.append((f"title={_first(kind, _HEADS)}", word))
    elif "act" in kind or "motion" in kind or "joining" in kind:
        out.append(("object=act", word))
    elif word != MENTION:
        shape = "name" if sentence.raw[at][0].isupper() else "ing" if word.endswith("ing") else "other"
        out.append((f"left={shape}", word))
    return out, False, False


def _governor(sentence: Sentence, i: int) -> int:
    """Return the token before a name, over its determiners and adjectives; -1 at the head of the sentence."""
    low, raw, kinds = sentence.low, sentence.raw, sentence.kinds
    left = i - 1
    for _ in range(4):
        if left < 0:
            break
        kind = kinds[left]
        if "determiner" in kind or "adjective" in kind:
            left -= 1
            continue
        word = low[left]
        if left == 0 or not word[0].isalpha() or kinds[left - 1].isdisjoint(_BEFORE_ADJECTIVE):
            break
        plain = not kind and raw[left] == word and not word.endswith("ing")
        participle = word.endswith(_ADJECTIVE_ENDS) and kind.isdisjoint(_NOUNS) and "determiner" in kinds[left - 1]
        if not plain and not participle:
            break
        left -= 1
    return left


def _content_before(sentence: Sentence, at: int) -> int:
    """Return the word that a preposition hangs on, over adverbs, determiners and dates; -1 if there is none."""
    low, kinds = sentence.low, sentence.kinds
    back = at - 1
    for _ in range(3):
        if back < 0:
            return -1
        if kinds[back].isdisjoint({"adverb", "determiner"}) and not low[back][0].isdigit():
            return back
        back -= 1
        if back >= 0 and low[back + 1][0].isdigit() and low[back] in {"in", "on"}:
            back -= 1
    return -1


def _hands_over(sentence: Sentence, at: int) -> bool:
    """Tell whether "to" at a token names who gets land: "return the district to X", "villages are returned to X"."""
    low, kinds = sentence.low, sentence.kinds
    for verb in range(at - 1, max(-1, at - 8), -1):
        if low[verb] in _BREAKS:
            break
        if "restore" in kinds[verb]:
            passive = verb > 0 and "be" in kinds[verb - 1]
            subject = verb - 1
            while subject > 0 and (
                low[subject] == "to" or not kinds[subject].isdisjoint({"be", "modal", "have", "adverb"})
            ):
                subject -= 1
            land = kinds[max(0, verb - 8) if passive else verb : at]
            return any("territory" in kind for kind in land) or (passive and low[subject] == MENTION)
    return False


def _wider_role(word: str, role: str, before: list[frozenset[str]]) -> str:
    """Return what a preposition expresses by the words farther before it, where the next one does not tell."""
    wide: frozenset[str] = _NONE.union(*before)
    if word in {"to", "from"} and role not in {"message", "movement", "give"}:
        for kind in ("message", "give"):
            if kind in wide:
                return kind
    moves = {"none", "geo", "act", "force", "office"}  # "withdrew its forces from X"
    if role in moves and "motion" in wide and word in {"to", "from"}:
        return "motion"
    if role != "none":
        return role
    if "joining" in wide and word in {"to", "with"}:
        return "movement"
    return next((kind for kind in ("relation", "movement", "deed") if kind in wide), role)


def _right(sentence: Sentence, i: int, j: int, *, subject: bool) -> Evidence:
    """Return the evidence after a name: possessive, compound, the noun that it modifies, or its verb."""
    right = j + 1
    if right >= len(sentence.low):
        return []
    return _attached(sentence, i, right) or _noun_or_verb(sentence, right, subject=subject)


def _attached(sentence: Sentence, i: int, right: int) -> Evidence:
    """Return the evidence of what is joined to a name: "X's army", "X-backed", "pro-X", "X time"."""
    low = sentence.low
    word = low[right]
    if word in _POSSESSIVE:
        head, kind = _noun_phrase(sentence, right + 1, possessive=True)
        return [(f"possessive={kind}", head)]
    if word in lexicon().compounds:
        return [("compound=known", word)]
    if len(word) > 1 and word[0] == "-":
        return [("compound=other", word)]
    if i > 1 and low[i - 1] == "-" and low[i - 2] in {"pro", "anti", "ex", "non"}:
        return [("compound=prefix", low[i - 2] + "-")]
    if "club" in sentence.kinds[right] and sentence.raw[right][0].isupper() and not _stands_at(sentence, i):
        return [("noun=club", sentence.raw[right])]
    return []


def _stands_at(sentence: Sentence, i: int) -> bool:
    """Tell whether a name is governed by a preposition of place: "in X State" is land, "X State won" a university."""
    at = _governor(sentence, i)
    return at >= 0 and "place_prep" in sentence.kinds[at]


def _noun_or_verb(sentence: Sentence, right: int, *, subject: bool) -> Evidence:
    """Return the evidence of the noun that a name stands before, of its verb, or of the punctuation after it."""
    low, kinds = sentence.low, sentence.kinds
    size, word = len(low), low[right]
    relation = "subject" if subject else "before"
    role, shown = _role_over_aside(sentence, right, subject=subject)
    if role:
        return [(f"{relation}={role}", shown)]
    if subject and _is_unlisted_verb(sentence, right):
        return [("subject=s", word)]
    if subject and not kinds[right] and len(word) > 4 and word.endswith("ed") and sentence.raw[right] == word:
        return [("subject=ed", word)]
    if (
        word[0].isalpha()
        and kinds[right].isdisjoint(_NO_NOUN)
        and not _is_verb_here(word, kinds[right], low[right + 1] if right + 1 < size else "", subject=subject)
    ):
        head, kind = _noun_phrase(sentence, right, possessive=False)
        if kind != "none":
            return [(f"noun={kind}", head)]
    verb = right
    while verb < min(size, right + 3) and "adverb" in kinds[verb]:
        verb += 1
    if verb == size:
        return []
    role, shown = _verb_role(sentence, verb, subject=subject)
    if role:
        return [(f"{relation}={role}", shown)]
    if verb == right:
        return _punctuated(sentence, right)
    if not kinds[verb] and low[verb].endswith("s") and sentence.raw[verb] == low[verb]:
        return [(f"{relation}=s", low[verb])]  # "again spreads": a verb that no list has
    return []


def _role_over_aside(sentence: Sentence, right: int, *, subject: bool) -> tuple[str, str]:
    """Return what a name does as the subject of a verb that something put in parts from it; "" where nothing is put in."""
    after = _over_aside(sentence, right)
    if after > right:
        return _verb_role(sentence, after, subject=subject)
    role, shown = _verb_behind_aside(sentence, right) if subject and sentence.low[right] == "," else ("", "")
    return (role, shown) if role in {"say", "act", "ed"} else ("", "")


def _over_aside(sentence: Sentence, right: int) -> int:
    """Return the token after an aside such as "for its part" or ", however,", or the same token if there is none."""
    low, kinds = sentence.low, sentence.kinds
    comma = low[right] == ","
    start = right + comma
    for aside in lexicon().asides.get(low[start] if start < len(low) else "", ()):
        end = start + len(aside)
        if tuple(low[start:end]) == aside and end + comma < len(low) and (not comma or low[end] == ","):
            end += comma
            while end + 1 < len(low) and "adverb" in kinds[end]:
                end += 1
            return end
    return right


def _verb_behind_aside(sentence: Sentence, comma: int) -> tuple[str, str]:
    """Return what a name does behind something put in between commas: "X and Y, co-chairs of the group, demanded"."""
    low, kinds = sentence.low, sentence.kinds
    opening = kinds[comma + 1] if comma + 1 < len(low) else _NONE
    begins = sentence.raw[comma + 1] if comma + 1 < len(low) else MENTION
    if begins == MENTION or begins[0].isupper() or not opening.isdisjoint({"conjunction", "place_prep"}):
        return "", ""
    for k in range(comma + 2, min(len(low) - 1, comma + LONGEST_ASIDE)):
        if low[k] in _CLAUSE_ENDS:
            break
        if low[k] == ",":
            verb = k + 1
            while verb + 1 < len(low) and "adverb" in kinds[verb]:
                verb += 1
            return _verb_role(sentence, verb, subject=True)
    return "", ""


LONGEST_ASIDE = 12
"""Tokens between a name and the end of what is put in behind it, commas included."""


def _is_unlisted_verb(sentence: Sentence, at: int) -> bool:
    """Tell whether a word that no list has must be a verb in the present tense: "X applauds.", "X covets the"."""
    low, kinds = sentence.low, sentence.kinds
    word = low[at]
    if kinds[at] or not word.endswith("s") or not word.isalpha() or sentence.raw[at] != word:
        return False
    following = low[at + 1] if at + 1 < len(low) else "."
    return following in {".", "!", "that"} or "determiner" in kinds[at + 1]


def _is_verb_here(word: str, kind: frozenset[str], following: str, *, subject: bool) -> bool:
    """Tell whether the word after a name is its verb rather than a noun that the name modifies."""
    if not kind.isdisjoint({"be", "have", "modal", "conjunction", "place_prep", "other_prep"}):
        return True
    if kind.isdisjoint(_VERBS):
        return False
    if kind.isdisjoint(_NOUNS) or word.endswith(("ed", "ing")):
        return True
    if subject and following in {"to", "that", "for", "on"}:
        return True
    # "attacks", "claims" after a name: in the singular the name's verb, "attack" a noun
    return word.endswith("s") and not kind.isdisjoint({"say", "act"}) and "force" not in kind


def _verb_role(sentence: Sentence, at: int, *, subject: bool) -> tuple[str, str]:
    """Return what a name does as the subject of the verb at a token ("" if that is no verb), and the verb as shown."""
    low, kinds = sentence.low, sentence.kinds
    word, kind = low[at], kinds[at]
    if "say" in kind:
        return "say", word
    if "have" in kind:
        later = at + 1
        while later < min(len(low), at + 4) and "adverb" in kinds[later]:
            later += 1
        role, _ = _verb_role(sentence, later, subject=subject) if later < len(low) else ("", "")
        return (
            (role, f"{word} {low[later]}") if role not in {"", "have", "modal"} else _possession(sentence, later, word)
        )
    if "modal" in kind:
        later = at + 1
        while later < min(len(low), at + 4) and ("adverb" in kinds[later] or low[later] == "not"):
            later += 1
        if later < len(low) and "have" in kinds[later] and later + 1 < len(low) and low[later + 1].endswith("ed"):
            later += 1
        role, _ = _verb_role(sentence, later, subject=subject) if later < len(low) else ("", "")
        return ("modal" if role in {"", "modal"} else role, f"{word} {low[later]}" if role else word)
    if "be" in kind:
        return _passive_role(sentence, at), word
    if "of_place" in kind and at + 1 < len(kinds) and "mind" in kinds[at + 1]:
        return "be_mind", word
    if {"scene", "act"} <= kind and _is_of_mind(low, at):
        return "be_mind", word
    if "scene" in kind or "of_place" in kind:
        return "scene" if "scene" in kind else "of_place", word
    if not kind.isdisjoint({"act", "to_party", "motion", "to_place"}):
        return ("act" if subject or not word.endswith("ing") else "gerund"), word
    return ("ed", word) if len(word) > 4 and word.endswith("ed") else ("", word)


def _is_of_mind(low: Sequence[str], at: int) -> bool:
    """Tell whether seeing is judging: "sees no way out", "saw it as"; not "saw no fighting", "saw heavy fighting"."""
    return "as" in low[at + 2 : at + 6] or (
        not low[at].startswith("saw") and not _MENTALLY.isdisjoint(low[at + 1 : at + 2])
    )


def _possession(sentence: Sentence, at: int, verb: str) -> tuple[str, str]:
    """Return what "has" tells by its object: a government has troops and claims, a place an airport and inhabitants."""
    kinds = sentence.kinds
    start = at
    while start < min(len(kinds), at + 4) and not kinds[start].isdisjoint({"determiner", "adjective", "adverb"}):
        start += 1
    head, kind = _noun_phrase(sentence, start, possessive=True)
    if kind in {"office", "force", "deed", "relation", "conflict"}:
        return "have_deed", f"{verb} {head}"
    if kind in {"geo", "people", "movement"}:
        return "have_geo", f"{verb} {head}"
    return "have", verb


def _passive_role(sentence: Sentence, at: int) -> str:
    """Return what "is", "was", "has been" says of its subject: lies somewhere, is shelled, is doing something."""
    words = sentence.low[at + 1 : at + 6]
    following = sentence.kinds[at + 1 : at + 4]
    wide: frozenset[str] = _NONE.union(*following)
    if "mind" in wide:
        return "be_mind"
    undergone = any(
        "to_place" in kind and not word.endswith("ing") for word, kind in zip(words, following, strict=False)
    )
    if undergone or "geo" in wide or not {"located", "situated", "home"}.isdisjoint(words):
        return "be_place"
    if not wide.isdisjoint({"say", "act"}) or any(word.endswith("ing") for word in words[:2]):
        return "be_act"
    return "be"


def _punctuated(sentence: Sentence, at: int) -> Evidence:
    """Return the evidence of a comma, "where", "to" or "as" right after a name."""
    low, kinds = sentence.low, sentence.kinds
    word = low[at]
    following = low[at + 1] if at + 1 < len(low) else ""
    if word == "where" or (word == "," and following == "where"):
        return [("where", "where")]
    if word == "," and following == "which" and at + 2 < len(low):
        verb = at + 2
        while verb + 1 < len(low) and "adverb" in kinds[verb]:
            verb += 1
        role, shown = _verb_role(sentence, verb, subject=True)
        if not role and low[verb].endswith("s") and not kinds[verb]:
            role, shown = "s", low[verb]
        return [(f"which={role}", shown)] if role else [("before_comma", ",")]
    if word == "," and following == "whose":
        head, kind = _noun_phrase(sentence, at + 2, possessive=True)
        return [(f"whose={kind}", head)]
    if word == "," and following in {"the", "a", "an"}:
        head, kind = _noun_phrase(sentence, at + 2, possessive=True)
        return [(f"apposed={kind}", head)] if kind != "none" else []
    if word == ",":
        return [("before_comma", ",")]
    if word in {"to", "as"}:
        return [(f"before_{word}", word)]
    return [] if kinds[at].isdisjoint({"place_prep"}) else [("before_prep", word)]


def _noun_phrase(sentence: Sentence, start: int, *, possessive: bool) -> tuple[str, str]:
    """Return the head of the noun phrase that begins at a token, and its class: the last noun before it ends."""
    low, kinds = sentence.low, sentence.kinds
    head, kind = "", "none"
    for k in range(start, min(len(low), start + 6)):
        word, classes = low[k], kinds[k]
        if word == MENTION or not word[0].isalnum():
            break
        named = _first(classes, _HEADS)
        if not classes:
            if k > start and word.endswith("ed") and not possessive:
                break
            head, kind = word, _with_unlisted(sentence, k, kind)
        elif named != "none":
            if kind in {"office", "force"} and named not in {"office", "force", "geo"}:
                break  # "ministry reports", "army attacks": what follows a speaker is its verb
            if k > start and not possessive and "say" in classes and kind != "none":
                break
            head = word
            if kind != "force" or named != "geo":  # "military base": what belongs to an army
                kind = named
        elif (not classes.isdisjoint(_ENDS_PHRASE) and "adjective" not in classes) or (
            not classes.isdisjoint(_VERBS) and (k > start or not possessive)
        ):
            break
        else:
            head = word
            kind = "other" if kind == "none" else kind
    return head, kind


def _with_unlisted(sentence: Sentence, k: int, kind: str) -> str:
    """Return the class of a noun phrase once a word that no list has joins it."""
    capital = sentence.raw[k][0].isupper()
    if capital and kind in {"none", "name"} and is_demonym(sentence.low[k]):
        return "people"
    if capital and kind == "geo" and sentence.raw[k - 1][0].isupper():
        return "name"  # "Trail Blazers": a name of its own
    if kind == "none":
        return "name" if capital else "other"
    return kind  # names follow titles: "Secretary Antony Blinken"


def _first(kinds: frozenset[str], order: tuple[str, ...]) -> str:
    if kinds:
        for kind in order:
            if kind in kinds:
                return kind
    return "none"


def is_demonym(word: str) -> bool:
    """Tell whether a lower-case word looks like a word for a people or for what is theirs.

    >>> is_demonym("ruritanian"), is_demonym("ruritania"), is_demonym("")
    (True, False, False)
    """
    words = lexicon()
    return word in words.demonyms or word.endswith(words.demonym_endings)


def form(text: str) -> Evidence:
    """Return what the words inside a name say where no gazetteer knows it: a people, an institution, a street.

    >>> form("Supreme Court of Ruritania")
    [('own=office', 'court')]
    >>> form("Green County")
    [('own:county', ''), ('own=geo', 'county')]
    >>> form("Ruritanian")
    [('own=demonym', 'Ruritanian')]
    >>> form("Tall Gables"), form("Ruritania"), form("")
    ([('own:name', '')], [], [])
    """
    words = lexicon()
    low = text.lower()
    out: Evidence = []
    if text.isupper():
        out.append(("own:abbreviation" if len(text) < 5 else "own:capitals", ""))
    if is_demonym(low):
        return [*out, ("own=demonym", text)]
    parts = low.split()
    if len(parts) > 1:
        if parts[-1] in words.classes:
            out.append((f"own:{parts[-1]}", ""))
        for part in reversed(parts):
            kind = _first(words.classes.get(part, _NONE), _HEADS)
            if kind != "none":
                return [*out, (f"own={kind}", part)]
        out.append(("own:name", ""))
    return out


def about(grammar: Evidence, own: Evidence) -> Evidence:
    """Return the evidence that is about a name, given what its own words say.

    What governs a word for a people governs the noun behind it: "in Ruritanian products" puts nothing into Ruritania.

    >>> about([("prep=in", "in"), ("clause_start", "")], [("own=demonym", "Ruritanian")])
    [('clause_start', '')]
    >>> about([("prep=in", "in")], []), about([], [])
    ([('prep=in', 'in')], [])
    """
    if all(name != "own=demonym" for name, _ in own):
        return grammar
    return [sign for sign in grammar if not sign[0].startswith(_GOVERNING)]


_GOVERNING = ("prep", "object")


def signs_of(sentence: Sentence) -> list[tuple[int, int, Signs]]:
    """Return the evidence for each group of mentions of a sentence, with its first and last mention."""
    contest = ""
    if not lexicon().contests.isdisjoint(sentence.low):
        contest = next(word for word in sentence.low if word in lexicon().contests)
    found = []
    for first, last in groups(sentence):
        grammar = context(sentence, first, last)
        if contest:
            grammar.append((CONTEST, contest))
        found.append((first, last, Signs(grammar, _words_around(sentence, first, last))))
    return found


def _words_around(sentence: Sentence, first: int, last: int) -> list[str]:
    """Return the plain words within reach of a group as keys for `word_features`."""
    low, raw, kinds = sentence.low, sentence.raw, sentence.kinds
    i, j = sentence.at[first], sentence.at[last]
    size = len(low)
    out: list[str] = []
    if i == 0:
        out.append("l1 ^")
    if j + 1 >= size:
        out.append("r1 $")
    k = i
    for prefix in _BEFORE[:i]:
        k -= 1
        word = low[k]
        # a capitalised word that no list knows may be a name
        out.append(prefix + (word if raw[k] == word or kinds[k] else "<name>"))
        if word in _CLAUSE_ENDS:
            break
    k = j
    for prefix in _AFTER[: size - 1 - j]:
        k += 1
        word = low[k]
        out.append(prefix + (word if raw[k] == word or kinds[k] else "<name>"))
        if word in _CLAUSE_ENDS:
            break
    return out


@lru_cache(maxsize=50_000)
def word_features(key: str) -> tuple[str, ...]:
    """Return the features of a plain word near a name: "l1=" and "r1=" beside it, "L=" and "R=" anywhere in reach.

    The key is the side and the distance, then the word.

    >>> word_features("l2 accused")
    ('l2=accus', 'L=accus', 'L~say', 'L~to_party')
    >>> word_features("R of")
    ()
    """
    place, word = key.split(" ", 1)
    if word in {MENTION, "<name>"}:
        return (f"{place}=<name>",) if len(place) == 2 else ()
    root = stem(word)
    out = [f"{place}={root}"] if len(place) == 2 else []
    kind = lexicon().classes.get(word, _NONE)
    if word[:1].isalpha() and kind.isdisjoint(_GRAMMAR):
        side = place[0].upper()
        out += [f"{side}={root}", *(f"{side}~{name}" for name in sorted(kind))]
    return tuple(out)
