"""Links an event's trigger to the places where it happened: a small logistic model over features that can be read.

Each pair of trigger and place reference in a sentence gets features (same clause, the preposition before the place,
what lies between, how far, the kind of the place, who the speaker is); the weights stand in
`geo/data/weights/linking.json`, learned by `tools/train_linking.py`. A pair under the threshold is no link: unsure
means no place. No feature holds a name, so that both sides of a war are linked alike.
"""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from geo.data import FOLDER

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.spatial import Reference

_LIST_GAP = re.compile(
    r"[\s,]*(?:(?:and|or|as well as|including|also|both|the|in|near|of|towns?|villages?|city|cities|districts?|regions?|settlements?|provinces?|directions?|&)[\s,]+)*(?:['’]s\s+)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Pair:
    """A trigger and a place in one sentence, as the model sees them; `other` positions are those of rival triggers."""

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
    places_between: int = 0
    rank: int = 0


def pair_features(pair: Pair) -> dict[str, float]:
    """Return the features of a pair by readable names."""
    a, b = pair.trigger, pair.place
    behind = b[0] >= a[1]
    low, high = (a[1], b[0]) if behind else (b[1], a[0])
    between = pair.text[low:high] if high > low else ""
    count = len(between.split())
    side = "behind" if behind else "before"
    overlap = b[0] < a[1] and a[0] < b[1]
    features = {
        "bias": 1.0,
        f"side={side}": 1.0,
        f"{side}:words={_bucket(count)}": 1.0,
        f"{side}:preposition={pair.preposition or 'none'}": 1.0,
        "same clause": float(pair.clause[0] <= b[0] < pair.clause[1]),
        f"kind={pair.kind}": 1.0,
        "stands for a place": float(not pair.named),
        f"{side}:comma between": float("," in between),
        f"{side}:verb of saying between": float(bool(_SAYING.search(between))),
        f"{side}:subordinator between": float(bool(_SUBORDINATOR.search(between))),
        f"{side}:rival triggers between={min(2, sum(1 for r in pair.rivals if low <= r[0] < high))}": 1.0,
        f"{side}:places between={min(2, pair.places_between)}": 1.0,
        "inside the trigger": float(overlap),
        f"rank={min(3, pair.rank)}": 1.0,
        f"nominal:{side}": float(pair.nominal),
        "opens the sentence": float(b[0] - pair.sentence[0] < 25 and bool(pair.preposition)),
    }
    features |= _lexical(pair, low, high, side)
    if pair.nominal and behind and count <= 2:
        features[f"nominal and {pair.preposition or 'none'} directly behind"] = 1.0
    return {name: value for name, value in features.items() if value}


def _lexical(pair: Pair, low: int, high: int, side: str) -> dict[str, float]:
    """Return the small words around; capitalised ones are left out, so that no name can become evidence."""
    text, (a, b) = pair.text, pair.place
    ahead = _SMALL.findall(text, max(pair.sentence[0], a - 30), a)[-2:]
    behind = _TOKEN.match(text, b)
    between = dict.fromkeys(_SMALL.findall(text, low, high)[:14]) if high > low else {}
    verb = text[pair.trigger[0] : pair.trigger[1]].split()[0].lower()
    after_verb = _TOKEN.match(text, pair.trigger[1])
    features = {f"{side}:between={word}": 1.0 for word in between}
    features |= {f"word before the place={word}": 1.0 for word in ahead[-1:]}
    features |= {f"two before the place={' '.join(ahead)}": 1.0} if len(ahead) == 2 else {}
    features[f"place then={behind.group(1).lower() if behind else 'end'}"] = 1.0
    features[f"trigger={verb}"] = 1.0
    features[f"{side}:trigger ends in={verb[-3:]}"] = 1.0
    features[
        f"trigger then={after_verb.group(1).lower() if after_verb and after_verb.group(1)[:1].islower() else 'other'}"
    ] = 1.0
    return features


_SMALL = re.compile(r"(?<![\w])[a-z][a-z'’-]*")
_TOKEN = re.compile(r"\s*([a-z]+|[A-Z]|\d|['’]s|.)")

_SAYING = re.compile(r"\b(?:said|says|told|reported|announced|stated|according|claimed|added|warned)\b", re.IGNORECASE)
_SUBORDINATOR = re.compile(
    r"\b(?:that|which|who|while|after|before|when|where|as|but|since|because|although|and)\b", re.IGNORECASE
)


def _bucket(count: int) -> str:
    for limit in (0, 1, 3, 6, 10, 16):
        if count <= limit:
            return f"<={limit}"
    return ">16"


@lru_cache(maxsize=1)
def _model() -> tuple[dict[str, float], float]:
    table = json.loads((FOLDER / "weights" / "linking.json").read_text("utf8"))
    return table["weights"], table["threshold"]


def threshold() -> float:
    """Return the probability from which a pair is a link."""
    return _model()[1]


def link_probability(pair: Pair) -> float:
    """Return the probability that the event of the trigger happened at the place."""
    weights, _ = _model()
    total = sum(value * weights.get(name, 0.0) for name, value in pair_features(pair).items())
    return 1 / (1 + math.exp(-total))


def coordinated(text: str, refs: Sequence[Reference], start: int) -> tuple[Reference, ...]:
    """Return the reference at index `start` with those that stand in one list with it ("in A, B and C")."""
    low = high = start
    while low > 0 and _LIST_GAP.fullmatch(text, refs[low - 1].end, refs[low].start):
        low -= 1
    while high + 1 < len(refs) and _LIST_GAP.fullmatch(text, refs[high].end, refs[high + 1].start):
        high += 1
    gaps = [text[a.end : b.start] for a, b in zip(refs[low:high], refs[low + 1 : high + 1], strict=True)]
    owns = re.match(r"['’]s?\s+\w", text[refs[high].end : refs[high].end + 4])
    if owns or not any(re.search(r"\b(?:and|or|as well as|&)\b", gap) for gap in gaps):
        return (refs[start],)  # "A, B’s only road": an apposition, or one place that lies in the other
    return tuple(refs[low : high + 1])
