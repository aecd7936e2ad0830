"""What can be read off a trigger and a place in one sentence: the features from which `geo.claims.linking` decides.

No feature holds a name or depends on how a name is written: both sides of a war are linked alike. Words of the
sentence count only in small letters.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_PLACE_WORDS = (
    r"in|at|near|around|outside|inside|across|along|on|from|to|into|towards?|of|between|against|over|through|throughout|within"
    r"|by|with|for|off|about|as|than|like"
)
_AHEAD = re.compile(rf"(?:.*\W|^)({_PLACE_WORDS})\b((?:\s+[\w’'-]+){{0,4}})\s*$", re.IGNORECASE | re.DOTALL)
"""The nearest preposition before a place, with what stands in between ("in a busy X square")."""
_CHAIN = re.compile(
    rf"\b({_PLACE_WORDS})\b\s+((?:[\w’'-]+\s+){{0,5}}?)(of|in|near|from|on)\s+(?:(?:the|an?)\s+)?(?:[a-z-]+\s+){{0,2}}$",
    re.IGNORECASE,
)
"""Two prepositions before a place: "in the town of X", "on the road from X"."""
_WORDS = re.compile(r"[\w’'-]+")
_TOKENS = re.compile(r"[\w’']+|[^\w\s]")
_SMALL = re.compile(r"(?<![\w])[a-z][a-z'’-]*")
_SAYING = re.compile(r"\b(?:said|says|told|reported|announced|stated|according|claimed|added|warned)\b", re.IGNORECASE)
_SUBORDINATORS = frozenset({
    "that", "which", "who", "while", "after", "before", "when", "where", "as", "but", "since", "because", "although", "and", "during",
    "until",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Pair:
    """A trigger and a place in one sentence; offsets count characters of `text`.

    `rivals` are the other triggers, `others` the other places of the sentence; `rank` says how many of these are nearer;
    `about` is the event type that the trigger speaks of, "none" where no list has it.
    """

    text: str
    sentence: tuple[int, int]
    clause: tuple[int, int]
    trigger: tuple[int, int]
    nominal: bool
    place: tuple[int, int]
    preposition: str
    kind: str
    named: bool
    rivals: Sequence[tuple[int, int]] = ()
    others: Sequence[tuple[int, int]] = ()
    rank: int = 0
    about: str = "none"


def pair_features(pair: Pair) -> dict[str, float]:
    """Return the features of a pair by readable names; those that do not hold are left out.

    >>> text = "Shells hit houses in Orrin."
    >>> found = pair_features(Pair(text, (0, 27), (0, 27), (7, 10), False, (21, 26), "in", "unknown", True))
    >>> found["side=behind"], found["behind:verb and preposition=hit in"], "inside the trigger" in found
    (1.0, 1.0, False)
    """
    return dict.fromkeys(_holding(pair), 1.0)


def _holding(pair: Pair) -> Iterator[str]:
    (a, b), (start, end) = pair.trigger, pair.place
    side = "behind" if start >= b else "before"
    low, high = (b, start) if start >= b else (end, a)
    between = pair.text[low:high] if high > low else ""
    ahead = _ahead(pair.text, pair.sentence[0], start)
    yield "bias"
    yield f"side={side}"
    yield from _distance(pair, side, between, ahead)
    yield from _company(pair, side, low, high)
    yield from _verb(pair, side, ahead)
    yield f"{side}:type={pair.about}"
    yield f"{side}:type and preposition={pair.about} {pair.preposition or 'none'}"
    yield f"type and rank={pair.about} {min(3, pair.rank)}"
    yield from _around(pair, side, ahead)
    yield from _between(side, between, ahead)


def _distance(pair: Pair, side: str, between: str, ahead: str) -> Iterator[str]:
    count = len(between.split())
    yield f"{side}:words={_bucket(count)}"
    yield f"{side}:words and preposition={_bucket(count)} {ahead}"
    yield f"{side}:rank and words={min(3, pair.rank)} {_bucket(count)}"
    yield f"rank={min(3, pair.rank)}"
    if pair.clause[0] <= pair.place[0] < pair.clause[1]:
        yield "same clause"
    if pair.place[0] < pair.trigger[1] and pair.trigger[0] < pair.place[1]:
        yield "inside the trigger"
    if pair.nominal:
        yield f"nominal:{side}"
        if side == "behind" and count <= 2:
            yield f"nominal and {pair.preposition or 'none'} directly behind"
    opening = pair.place[0] - pair.sentence[0]
    if opening < 25 and pair.preposition:
        yield "opens the sentence"
    if opening < 40:
        yield f"{side}:words before it={min(3, len(pair.text[pair.sentence[0] : pair.place[0]].split()) // 2)}"


def _company(pair: Pair, side: str, low: int, high: int) -> Iterator[str]:
    """Yield what the other triggers and places of the sentence say."""
    text, (start, end) = pair.text, pair.place
    yield f"{side}:rival triggers between={min(2, sum(low <= r[0] < high for r in pair.rivals))}"
    yield f"{side}:places between={min(2, sum(low <= o[0] and o[1] <= high for o in pair.others))}"
    number = min(4, len(pair.others) + 1)
    yield f"places={number}"
    yield f"places and rank={number} {min(3, pair.rank)}"
    if pair.kind == "country":
        yield "a country"
        yield f"a country and preposition={pair.preposition or 'none'}"
    if not pair.named:
        yield "stands for a place"
    middle = (pair.trigger[0] + pair.trigger[1]) / 2
    own = abs((start + end) / 2 - middle)
    mine = _ahead(text, pair.sentence[0], start)
    nearer = [o for o in pair.others if abs((o[0] + o[1]) / 2 - middle) < own]
    for other in dict.fromkeys(_ahead(text, pair.sentence[0], o[0]) for o in nearer):
        yield f"nearer place and this one={other} {mine}"
        if other in {"in", "at", "near"}:
            yield f"{side}:nearer place in"
    if any(text[end : o[0]].strip() == "," for o in pair.others if 0 <= o[0] - end <= 3):
        yield "place follows behind a comma"
    if any(text[o[1] : start].strip() == "," for o in pair.others if 0 <= start - o[1] <= 3):
        yield "place precedes before a comma"


def _verb(pair: Pair, side: str, ahead: str) -> Iterator[str]:
    """Yield what kind of trigger it is, with the preposition that its place has."""
    text, (a, b) = pair.text, pair.trigger
    verb = _verb_of(text[a:b].lower().split())
    stem = _stem(verb)
    ending = next((e for e in ("ing", "ed", "s") if verb.endswith(e)), "none")
    yield f"verb={verb}"
    yield f"stem={stem}"
    yield f"{side}:verb={stem}"
    yield f"{side}:verb and preposition={stem} {ahead}"
    yield f"{side}:verb ends in={verb[-3:]}"
    yield f"{side}:verb form and preposition={ending} {ahead}"
    after = re.match(r"\s*([a-z]+)", text[b : b + 30])
    yield f"verb then={after.group(1) if after else 'other'}"
    before = re.search(r"([\w’'-]+)\s*$", text[pair.sentence[0] : a])
    if before is None or before.group(1).islower():
        yield f"before the verb={before.group(1) if before else 'nothing'}"


def _around(pair: Pair, side: str, ahead: str) -> Iterator[str]:
    """Yield the small words right before and behind the place."""
    text, (start, end) = pair.text, pair.place
    behind = [_masked(token) for token in _TOKENS.findall(text[end : end + 40])[:2]]
    first = behind[0] if behind else "end"
    yield f"{side}:preposition={pair.preposition or 'none'}"
    yield f"preposition={ahead}"
    yield f"{side}:preposition ahead={ahead}"
    yield f"preposition and next={ahead} {first if not first.isalpha() or first == 'Name' else 'word'}"
    yield f"next word and preposition={first} {ahead}"
    yield f"next two={' '.join(behind) or 'end'}"
    if first == "Name":
        yield "a name follows"
    match = _AHEAD.match(text[max(pair.sentence[0], start - 50) : start])
    gap = _WORDS.findall(match.group(2)) if match else []
    yield f"preposition and gap={ahead} {min(3, len(gap))}"
    yield from (f"between preposition and place={word}" for word in gap if word.islower())
    before = [
        w if w.islower() else "Name" for w in _WORDS.findall(text[max(pair.sentence[0], start - 40) : start])[-2:]
    ]
    yield f"{side}:two before={' '.join(before)}"
    small = _SMALL.findall(text, max(pair.sentence[0], start - 30), start)[-2:]
    if small:
        yield f"word before the place={small[-1]}"
    chain = _CHAIN.search(text, max(pair.sentence[0], start - 70), start)
    if chain:
        both = f"{chain.group(1).lower()} {chain.group(3).lower()}"
        yield f"two prepositions={both}"
        yield f"{side}:two prepositions={both}"
        noun = _WORDS.findall(chain.group(2))
        if noun and noun[-1].islower():
            yield f"noun between prepositions={noun[-1]} {chain.group(3).lower()}"


def _between(side: str, between: str, ahead: str) -> Iterator[str]:
    """Yield what stands between the trigger and the place."""
    words = _WORDS.findall(between)
    small = dict.fromkeys(word for word in words[:20] if word.islower())
    yield from (f"{side}:between={word}" for word in small)
    yield f"{side}:commas={min(3, between.count(','))}"
    if _SAYING.search(between):
        yield f"{side}:verb of saying between"
    for word in small:
        if word in _SUBORDINATORS:
            yield f"{side}:subordinator and preposition={word} {ahead}"
    if _SUBORDINATORS & set(small):
        yield f"{side}:subordinator between"
    prepositions = [word.lower() for word in words if re.fullmatch(_PLACE_WORDS, word, re.IGNORECASE)]
    yield f"{side}:prepositions between={min(4, len(prepositions))}"
    if prepositions:
        yield f"{side}:first preposition and this one={prepositions[0]} {ahead}"
    yield f"{side}:verbs between={min(3, sum(word.islower() and word.endswith(('ed', 'ing')) for word in words))}"
    if "(" in between or ")" in between:
        yield "bracket between"
    if '"' in between or "“" in between:
        yield "quotation mark between"


def _ahead(text: str, sentence: int, start: int) -> str:
    match = _AHEAD.match(text[max(sentence, start - 50) : start])
    return match.group(1).lower() if match else "none"


def _masked(token: str) -> str:
    """Return a token without what only a name or a number would tell."""
    return "Name" if token[:1].isupper() else "number" if token.isdigit() else token


def _verb_of(words: Sequence[str]) -> str:
    """Return the verb of a trigger of several words: its last participle, else its first word."""
    return next((word for word in reversed(words) if word.endswith(("ed", "ing"))), words[0] if words else "")


def _stem(verb: str) -> str:
    for ending, instead in (("ies", "y"), ("ied", "y"), ("ing", ""), ("ed", ""), ("es", ""), ("s", "")):
        if verb.endswith(ending) and len(verb) - len(ending) >= 3:
            verb = verb[: -len(ending)] + instead
            break
    if len(verb) > 3 and verb[-1] == verb[-2]:
        verb = verb[:-1]
    return verb.rstrip("e")


def _bucket(count: int) -> str:
    for limit in (0, 1, 3, 6, 10, 16):
        if count <= limit:
            return f"<={limit}"
    return ">16"
