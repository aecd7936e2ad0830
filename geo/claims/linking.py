"""Links an event's trigger to the places where it happened: two small logistic models over features that can be read.

The first weighs each pair of trigger and place by itself (`geo.claims.pairs`); the second weighs it against the
likeliest other place of the sentence: listed with it, holding it, or a rival. The weights stand in
`geo/data/weights/linking.json`, learned by `tools/train_linking.py`. A pair under the threshold is no link: unsure
means no place.
"""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from geo.claims.pairs import pair_features
from geo.data import FOLDER

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geo.claims.pairs import Pair
    from geo.spatial import Reference

_DAY = r"on\s+(?:\d{1,2}\s+[A-Z][a-z]+|[A-Z][a-z]+\.?\s+\d{1,2})"
_LIST_GAP = re.compile(
    rf"(?:\s+{_DAY}(?:,?\s+\d{{4}})?)?"
    r"[\s,]*(?:(?:into|and|or|as well as|including|also|both|the|in|near|of|towns?|villages?|city|cities|districts?|regions?|settlements?|provinces?|directions?|&)[\s,]+)*(?:['’]s\s+)?",
    re.IGNORECASE,
)
_LISTED = re.compile(r"\s*(?:,\s*(?:and\s+)?|and\s+|or\s+|as well as\s+)(?:the\s+|in\s+)?", re.IGNORECASE)
_HELD = re.compile(r"\s+(?:in|of|near)\s+(?:the\s+)?(?:\w+\s+(?:of\s+)?)?")
_CERTAIN = 1e-4
"""Probabilities are kept this far from 0 and 1."""


@dataclass(frozen=True, slots=True)
class _Model:
    pair: Mapping[str, float]
    sentence: Mapping[str, float]
    threshold: float


@lru_cache(maxsize=1)
def _model() -> _Model:
    table = json.loads((FOLDER / "weights" / "linking.json").read_text("utf8"))
    return _Model(table["pair"], table["sentence"], table["threshold"])


def threshold() -> float:
    """Return the probability from which a pair is a link."""
    return _model().threshold


def pair_probability(pair: Pair) -> float:
    """Return the probability that the event of the trigger happened at the place, by the pair alone."""
    weights = _model().pair
    return _logistic(sum(value * weights.get(name, 0.0) for name, value in pair_features(pair).items()))


def link_probabilities(pairs: Sequence[Pair]) -> list[float]:
    """Return for each place of a sentence the probability that the trigger's event happened there.

    `pairs` hold one trigger with the places that may be meant; [] where there are none.
    """
    first = [pair_probability(pair) for pair in pairs]
    weights = _model().sentence
    return [
        _logistic(sum(value * weights.get(name, 0.0) for name, value in beside_rivals(pairs, first, index).items()))
        for index in range(len(pairs))
    ]


def beside_rivals(pairs: Sequence[Pair], probabilities: Sequence[float], index: int) -> dict[str, float]:
    """Return the features of a pair beside the likeliest other place of its sentence."""
    own = _log_odds(probabilities[index])
    features = {"bias": 1.0, "own": own, "own squared": own * own / 5}
    rivals = [other for other in range(len(pairs)) if other != index]
    if not rivals:
        return features
    best = max(rivals, key=lambda other: probabilities[other])
    rival = _log_odds(probabilities[best])
    one, two = sorted((pairs[index].place, pairs[best].place))
    gap = pairs[index].text[one[1] : two[0]]
    listed, held = float(_in_one_list(pairs, index, best)), float(bool(_HELD.fullmatch(gap)))
    return features | {
        "a rival": 1.0, "rival": rival, "likelier than it": float(own > rival), "own times rival": own * rival / 5,
        "listed with it": listed, "listed with it, rival": listed * rival, "a comma between": float(gap.strip() == ","),
        "one holds the other": held, "one holds the other, rival": held * rival, "stands first": float(pairs[index].place == one),
    }  # fmt: skip


def _in_one_list(pairs: Sequence[Pair], one: int, other: int) -> bool:
    """Tell whether nothing but commas, conjunctions and further places stands between two places."""
    low, high = sorted((pairs[one].place, pairs[other].place))
    run = sorted(pair.place for pair in pairs if low <= pair.place <= high)
    text = pairs[one].text
    return all(_LISTED.fullmatch(text, a[1], b[0]) for a, b in pairwise(run))


def _log_odds(probability: float) -> float:
    kept = min(max(probability, _CERTAIN), 1 - _CERTAIN)
    return math.log(kept / (1 - kept))


def _logistic(total: float) -> float:
    return 1 / (1 + math.exp(-total))


def with_gapped(text: str, refs: Sequence[Reference], group: tuple[Reference, ...]) -> tuple[Reference, ...]:
    """Return a list of places with those of which the same is said on another day ("X fell on May 5, and Y on May 7")."""
    found = list(group)
    for ref in refs:
        if ref.start < found[-1].end or ref in found:
            continue
        if _DAY_BEFORE.search(text, found[-1].end, ref.start) and _DAY_BEHIND.match(text, ref.end):
            found.append(ref)
    return tuple(found)


_DAY_BEFORE = re.compile(rf"\b{_DAY}[,;]?\s+(?:and\s+)?(?:then\s+)?(?:the\s+)?$")
_DAY_BEHIND = re.compile(rf"\s+{_DAY}")


def stand_together(text: str, name: tuple[int, int], ref: Reference) -> bool:
    """Tell whether a name stands in one list with a place, or right before the place that holds it ("X, in Y")."""
    low, high = sorted((name, (ref.start, ref.end)))
    return _LIST_GAP.fullmatch(text, low[1], high[0]) is not None


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
