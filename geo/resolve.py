"""Chooses the gazetteer entry that a mention means, or none, with evidence that can be read.

Every candidate collects evidence: the kind word beside the name, a place that holds it named near by, the distance to
the other places of the report, words of the entry, how the report used the name before. The best one is taken only
where it is clearly better than a rival that lies elsewhere; otherwise the mention stays without a place, and says why.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from gazetteer.index import distance_m
from gazetteer.model import SETTLEMENTS
from geo import data
from geo.model import Candidate, Resolution

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gazetteer.index import Gazetteer
    from gazetteer.model import Place
    from geo.model import Mention
    from geo.recognise import Spot
    from geo.text import Sentence
    from geo.usage import UsageVerdict

SAME_PLACE_M = 15_000
"""Two candidates closer than this are one place for a reader of a map of the war."""
NEAR_M = 120_000
"""A candidate this near to the report's other places is supported by them."""
_SPECIFIC = 2.2
"""The score that only a kind word, a word of the entry or a holder in the sentence lifts a small place to."""
CLEAR_LEAD = 0.75
"""How much better than a rival elsewhere a candidate must be to be taken."""

_PRIOR = {
    "country": 1.2, "region": 1.1, "organisation": 1.0, "city": 1.0, "town": 0.9, "province": 0.5, "corridor": 0.6, "line": 0.6,
    "district": 0.3, "village": 0.2,
}  # fmt: skip


class Resolver(Protocol):
    """Anything that chooses places for mentions."""

    def __call__(self, context: Context) -> tuple[Resolution, ...]:
        """Return one resolution for each mention, in order."""
        ...


@dataclass(frozen=True, slots=True)
class Context:
    """What a resolver may look at."""

    text: str
    mentions: Sequence[Mention]
    verdicts: Sequence[UsageVerdict]
    demonyms: Sequence[Spot]
    sentences: Sequence[Sentence]
    places: Gazetteer
    language: str = "en"


def resolve(context: Context) -> tuple[Resolution, ...]:
    """Return one resolution for each mention, in order; () where there is none."""
    certain = _anchors(context)
    chosen: dict[str, str] = {}
    resolutions = []
    for mention, verdict in zip(context.mentions, context.verdicts, strict=True):
        candidates = _rank(mention, context, certain, chosen)
        place_id, confidence, reason = _choose(mention, candidates, context.places)
        if place_id is not None and len(mention.candidates) > 1:
            chosen.setdefault(mention.text, place_id)
        resolutions.append(
            Resolution(mention, verdict.usage, place_id, confidence, reason, verdict.reason, tuple(candidates))
        )
    return tuple(resolutions)


def _anchors(context: Context) -> Counter[str]:
    """Return the places that are named without any doubt, with how often."""
    anchors: Counter[str] = Counter()
    for mention in context.mentions:
        if len(mention.candidates) == 1:
            place = context.places.get(mention.candidates[0])
            if place is not None and not place.match.needs_context:
                anchors[place.id] += 1
    for spot in context.demonyms:
        if len(spot.ids) == 1:
            anchors[spot.ids[0]] += 1
    return anchors


def _rank(mention: Mention, context: Context, certain: Counter[str], chosen: Mapping[str, str]) -> list[Candidate]:
    kinds = data.table(context.language, "kinds")["hard"].get(mention.kind_word)
    places = [place for place_id in mention.candidates if (place := context.places.get(place_id)) is not None]
    fitting = [place for place in places if kinds is None or place.kind in kinds or _is_written_out(mention, place)]
    sole = len({place.id for place in fitting or places}) == 1
    ranked = [_score(place, mention, context, certain, chosen, sole=sole) for place in fitting or places]
    return sorted(ranked, key=lambda c: (-c.score, c.place_id))


def _is_written_out(mention: Mention, place: Place) -> bool:
    return any(name.text == mention.text for name in place.names)


def _score(
    place: Place, mention: Mention, context: Context, certain: Counter[str], chosen: Mapping[str, str], *, sole: bool
) -> Candidate:
    score, evidence = _PRIOR.get(place.kind, 0.1), [f"{place.kind} of that name"]
    kinds = data.table(context.language, "kinds")["hard"].get(mention.kind_word)
    if kinds and (place.kind in kinds or _is_written_out(mention, place)):
        score += 2.0 - 0.1 * (kinds.index(place.kind) if place.kind in kinds else 0)
        evidence.append(f'the word "{mention.kind_word}" beside it')
    elif mention.kind_word == "" and place.kind in SETTLEMENTS and place.review == "checked":
        score += 0.2
    if place.status == "superseded":
        score -= 2.0
    sentence = next((s for s in context.sentences if s.start <= mention.start < s.end), None)
    window = context.text[sentence.start : sentence.end] if sentence else context.text
    for word in place.match.context:
        if re.search(rf"\b{re.escape(word)}\b", window, re.IGNORECASE):
            score += 1.2
            evidence.append(f'"{word}" in the sentence')
            break
        if re.search(rf"\b{re.escape(word)}\b", context.text, re.IGNORECASE):
            score += 0.7
            evidence.append(f'"{word}" in the report')
            break
    neighbourhood, words = _neighbourhood(place, mention, context, certain, window)
    score += neighbourhood
    evidence += words
    if chosen.get(mention.text) == place.id:
        score += 0.8
        evidence.append("taken so before in this report")
    if place.match.needs_context and score < _SPECIFIC:
        score -= 1.0 if neighbourhood else 2.0
        evidence.append("such a name needs a word or a place beside it that speaks for it")
    elif sole and not place.match.needs_context:
        score += 1.0
        evidence.append("no other entry has this name")
    return Candidate(place.id, round(score, 3), tuple(evidence))


def _neighbourhood(
    place: Place, mention: Mention, context: Context, certain: Counter[str], window: str
) -> tuple[float, list[str]]:
    """Score what the report's certain places say: holders of the place, and places near to it."""
    score, evidence = 0.0, []
    others = {place_id: count for place_id, count in certain.items() if place_id != place.id and place_id not in mention.candidates}
    holders = [place_id for place_id in context.places.ancestors(place.id) if place_id in others]
    if holders:
        holder = context.places[holders[0]]
        in_sentence = any(name.text in window for name in holder.names if name.lang == "en") or any(word in window for word in holder.demonyms)
        score += 0.9 if in_sentence else 0.5
        evidence.append(f"{holder.name}, which holds it, is named in the {'sentence' if in_sentence else 'report'}")
    if place.point is not None:
        near = [
            other.name
            for place_id in others
            if (other := context.places[place_id]).point is not None
            and other.kind not in {"country", "organisation"}
            and distance_m(place.point.lat, place.point.lon, other.point.lat, other.point.lon) < NEAR_M
        ]
        if near:
            score += min(1.2, 0.7 + 0.15 * len(near))
            evidence.append(f"near {', '.join(sorted(near)[:3])}")
    return score, evidence


def _choose(mention: Mention, candidates: Sequence[Candidate], places: Gazetteer) -> tuple[str | None, float, str]:
    if not candidates:
        return None, 0.0, "no entry has this name"
    best = candidates[0]
    because = "; ".join(best.evidence)
    if best.score < 0:
        return None, 0.0, f"not taken as {places[best.place_id].name}: {because}"
    rival = next((c for c in candidates[1:] if not _same_place(best.place_id, c.place_id, places)), None)
    lead = best.score - rival.score if rival else math.inf
    confidence = round(1 / (1 + math.exp(-(min(lead, 3.0) * 1.4 + 0.4))), 3)
    if rival and lead < CLEAR_LEAD and not _nested(best.place_id, rival.place_id, places):
        names = f"{places[best.place_id].name} ({places[best.place_id].id}) and {places[rival.place_id].name} ({rival.place_id})"
        return None, confidence, f"{mention.text} may be {names}: nothing in the report decides"
    return best.place_id, confidence, f"{places[best.place_id].name}: {because}"


def _same_place(a: str, b: str, places: Gazetteer) -> bool:
    one, other = places[a], places[b]
    if one.point is None or other.point is None or one.kind != other.kind:
        return False
    return distance_m(one.point.lat, one.point.lon, other.point.lat, other.point.lon) < SAME_PLACE_M


def _nested(a: str, b: str, places: Gazetteer) -> bool:
    """Tell whether one lies in the other (a town and its district): the prior may decide there."""
    one, other = places[a], places[b]
    if places.within(a, b) or places.within(b, a):
        return True
    if one.point is None or other.point is None:
        return False
    return distance_m(one.point.lat, one.point.lon, other.point.lat, other.point.lon) < 2 * SAME_PLACE_M
