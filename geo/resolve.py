"""Chooses the gazetteer entry that a mention means, or none, with evidence that can be read.

Every candidate collects evidence: the kind word beside the name, a place that holds it named near by, the distance to
the other places of the report and above all to those named in the same breath, words of the entry, another name of the
same place, how the report used the name before. The best one is taken only where it is clearly better than a rival
that lies elsewhere; otherwise the mention stays without a place, and says why.

Entries that nobody curated (`geo.world`) are asked only where no curated entry answers.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol

from gazetteer.index import distance_m
from gazetteer.model import SETTLEMENTS
from geo import data
from geo.model import Candidate, Resolution
from geo.plausible import LARGE, MIDDLING
from geo.surroundings import Surroundings, is_small
from geo.world import is_curated

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gazetteer.index import Gazetteer
    from gazetteer.model import Place
    from geo.model import Mention
    from geo.recognise import Spot
    from geo.surroundings import Neighbour
    from geo.text import Sentence
    from geo.usage import UsageVerdict

SAME_PLACE_M = 15_000
"""Two candidates closer than this are one place for a reader of a map of the war."""
CLEAR_LEAD = 0.75
"""How much better than a rival elsewhere a candidate must be to be taken."""
_LEAD_IN_THE_WORLD = 0.3
"""The same among places that nobody curated, whose names come by the dozen and are told apart by size above all."""
_SURE_OF_A_SOUND = 0.9
"""Share of the confidence that is left to a place whose name is spelt by ear."""
_SURE_OF_THE_WORLD = 0.9
"""The share of such places that are right where nothing speaks against them (GeoVirus, GeoWebNews, TR-News halves)."""
_SPECIFIC = 2.2
"""The score that lifts a place which needs evidence beside it, where no word of its entry stands in the sentence."""
_WORD_BESIDE = 1.2
"""What a word of the entry in the same sentence is worth."""
_OF_A_COUNTRY = 0.85
"""What a country's name says of a place in it, as a share of what a district's does."""
_BESIDE = 250
"""Characters before and behind a sentence in which a place is still named beside it."""
_CLOSE_M = 50_000
"""Metres over which the support of a neighbour falls to 1/e."""
_ELSEWHERE_M = 1_000_000
"""A candidate that lies this far outside the country or region which the text puts it in is another place."""
_BEYOND_A_DISTRICT_M = 10_000
"""The same for a district, beyond its radius: borders moved, and parties draw them elsewhere, but not much further."""

_DIVISIONS = frozenset({"province", "district"})
_AROUND_IT = 3.0
"""What a province that nobody curated loses to a town in it of the same name, where no word says which is meant."""
_OWN_KINDS = frozenset({"official", "endonym", "press", "historical"})
_DERIVED = 0.8
"""What an entry loses to one that is called so, where the name is for it only a derived spelling."""
_LARGE_PROVINCE = 2_000_000
"""Inhabitants from which a province is named far and wide."""
_FAR_OFF = 6.5
"""What a lesser town loses that nobody curated and that lies nowhere near."""
_SOME = 3
"""Sure places that a report must name before "near" means anything."""
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
    around = Surroundings(
        context.text, context.mentions, context.demonyms, context.sentences, context.places, context.language
    )
    ranking = _Ranking(context, around)
    found = ranking.resolutions()
    if not ranking.asked_the_world:
        return found
    # The world has so many namesakes that hardly anything is sure at first: what was found decides the rest.
    sure: dict[str, list[int]] = {}
    for resolution in found:
        if resolution.place_id is not None and resolution.confidence >= 0.7:
            sure.setdefault(resolution.place_id, []).append(resolution.mention.start)
    return _Ranking(context, around.with_anchors(sure)).resolutions()


class _Ranking:
    """One pass over the mentions of a report."""

    def __init__(self, context: Context, around: Surroundings) -> None:
        self._context = context
        self._places = context.places
        self._around = around
        self._hard: dict[str, list[str]] = data.table(context.language, "kinds")["hard"]
        self._holders = [around.put_inside(index) for index in range(len(context.mentions))]
        self._chosen: dict[tuple[str, ...], str] = {}
        self._stated: dict[tuple[str, ...], str] = {}  # what the text itself put into a district or region
        self._unknown: dict[tuple[str, ...], str] = {}  # what it put into a district where no entry has the name
        self.asked_the_world = False
        self._told: dict[str, str] = {}  # what the text itself put elsewhere than the entry of that name

    def resolutions(self) -> tuple[Resolution, ...]:
        mentions, verdicts = self._context.mentions, self._context.verdicts
        found: dict[int, Resolution] = {}
        # where the text says in which district a place lies, it says so of all mentions of the name, earlier ones too
        for index in sorted(range(len(mentions)), key=lambda i: self._holders[i] is None):
            mention, verdict = mentions[index], verdicts[index]
            candidates, (place_id, confidence, reason) = self._decide(index, mention)
            if place_id is not None and len(mention.candidates) > 1:
                self._chosen.setdefault(mention.candidates, place_id)
                if self._holders[index] is not None:
                    self._stated.setdefault(mention.candidates, place_id)
            if mention.sounds_like:
                confidence = round(confidence * _SURE_OF_A_SOUND, 3)
                reason = f'{reason}; the spelling is not listed, it sounds like "{mention.sounds_like}" alone'
            found[index] = Resolution(mention, verdict.usage, place_id, confidence, reason, verdict.reason, candidates)
        return tuple(found[index] for index in range(len(mentions)))

    def _decide(self, index: int, mention: Mention) -> tuple[tuple[Candidate, ...], tuple[str | None, float, str]]:
        holder = self._holders[index]
        if holder is None and mention.candidates in self._unknown:
            return (), (
                None,
                0.0,
                f"the text puts it in {self._unknown[mention.candidates]}, where no entry has this name",
            )
        if holder is None and mention.text not in self._told:
            only = _only(self._places, mention.candidates, mention.text, mention.kind_word, self._context.language)
            if only is not None:
                return only
        places = [place for i in mention.candidates if (place := self._places.get(i)) is not None]
        if holder is not None:
            places = [place for place in places if not self._lies_elsewhere(place, holder)]
            if not places:
                if mention.candidates:
                    self._unknown.setdefault(mention.candidates, holder.name)
                return (), (None, 0.0, f"the text puts it in {holder.name}, where no entry has this name")
        curated = [place for place in places if is_curated(place)]
        told = self._told.get(mention.text)
        if holder is None and told is not None:
            places, curated = [place for place in places if place.id == told], []
        put_elsewhere = holder is not None and not curated and any(map(self._is_entry, mention.candidates))
        ranked: tuple[Candidate, ...] = ()
        answer: tuple[str | None, float, str] = (None, 0.0, "no entry has this name")
        if curated:
            ranked = self._rank(index, mention, curated, holder)
            answer = _choose(mention.text, ranked, self._places)
        if len(curated) < len(places) and (not ranked or ranked[0].score < 0):
            self.asked_the_world = True
            others = self._rank(index, mention, [place for place in places if not is_curated(place)], holder)
            place_id, confidence, reason = _choose(mention.text, others, self._places, _LEAD_IN_THE_WORLD)
            ranked, answer = others + ranked, (place_id, round(confidence * _SURE_OF_THE_WORLD, 3), reason)
            if put_elsewhere and answer[0] is not None:
                self._told.setdefault(mention.text, answer[0])
        return ranked, answer

    def _is_entry(self, place_id: str) -> bool:
        place = self._places.get(place_id)
        return place is not None and is_curated(place)

    def _lies_elsewhere(self, place: Place, holder: Place) -> bool:
        if place.point is None or holder.point is None or self._places.within(place.id, holder.id):
            return False
        apart = distance_m(place.point.lat, place.point.lon, holder.point.lat, holder.point.lon)
        reach = _BEYOND_A_DISTRICT_M if is_small(holder) else _ELSEWHERE_M
        return apart > reach + holder.point.precision_m

    def _rank(
        self, index: int, mention: Mention, places: Sequence[Place], holder: Place | None
    ) -> tuple[Candidate, ...]:
        kinds = self._hard.get(mention.kind_word)
        fitting = _fitting(places, mention.text, mention.kind_word, kinds)
        if len(fitting) == 1 and is_curated(fitting[0]) and not fitting[0].match.needs_context:
            return (_sole(fitting[0], mention.text, mention.kind_word, kinds),)
        ranked = [self._score(index, mention, place, holder, kinds) for place in fitting]
        if len(fitting) > 1:
            ranked = _own_names_first(mention.text, fitting, ranked)
            ranked = ranked if kinds else self._towns_before_provinces(mention.text, fitting, ranked)
        return tuple(sorted(ranked, key=lambda c: (-c.score, c.place_id)))

    def _towns_before_provinces(
        self, name: str, places: Sequence[Place], ranked: Sequence[Candidate]
    ) -> list[Candidate]:
        """Take a bare name for the town rather than for the province around it, where nobody curated either."""
        around = {
            i
            for place in places
            if place.kind in SETTLEMENTS and not is_curated(place) and _is_called(place, name)
            for i in self._places.ancestors(place.id)
        }
        reason = "a town of that name lies in it"
        return [
            replace(candidate, score=round(candidate.score - _AROUND_IT, 3), evidence=(*candidate.evidence, reason))
            if place.id in around and place.kind in _DIVISIONS and not is_curated(place)
            else candidate
            for place, candidate in zip(places, ranked, strict=True)
        ]

    def _score(
        self, index: int, mention: Mention, place: Place, holder: Place | None, kinds: list[str] | None
    ) -> Candidate:
        score, evidence = _prior(place, mention.text, mention.kind_word, kinds)
        window = self._around.sentence_of(mention.start)
        told, words, counted = self._words(mention, place, window)
        score += told
        evidence += words
        neighbourhood, words = self._neighbourhood(index, mention, place, window, counted)
        score += neighbourhood
        evidence += words
        if not (neighbourhood or is_curated(place)) and self._is_far_off(place, mention.text):
            score -= _FAR_OFF
            evidence.append("far from all that the report names, in a country that it does not name")
        if holder is not None and self._places.within(place.id, holder.id):
            score += 1.5
            evidence.append(f"the text puts it in {holder.name}")
        if self._stated.get(mention.candidates) == place.id:
            score += 1.6
            evidence.append("the report tells elsewhere where it lies")
        elif self._chosen.get(mention.candidates) == place.id:
            score += 0.8
            evidence.append("taken so elsewhere in this report")
        if place.match.needs_context:
            score += 0.5 if told >= _WORD_BESIDE else 0.0  # such words were chosen to tell it from its namesakes
            if score < _SPECIFIC and told < _WORD_BESIDE and not _is_longer_form(mention, place):
                score -= 1.0 if neighbourhood else 2.0
                evidence.append("such a name needs a word or a place beside it that speaks for it")
        return Candidate(place.id, round(score, 3), tuple(evidence))

    def _is_far_off(self, place: Place, name: str) -> bool:
        """Tell whether a lesser town, or a lesser province that is spelt otherwise, has nothing to do with the report's places."""
        province = place.kind in _DIVISIONS and place.name != name
        known_from = LARGE if place.kind in SETTLEMENTS else _LARGE_PROVINCE if province else 0
        return (place.population or 0) < known_from and len(self._around.anchors) >= _SOME

    def _words(self, mention: Mention, place: Place, window: tuple[int, int]) -> tuple[float, list[str], str]:
        """Score the words that an entry names as its company; return the one that counted, too."""
        beside = [
            word
            for word in place.match.context
            if word.lower() != mention.kind_word and self._around.occurs_in(word, *window)
        ]
        if beside:
            more = len(beside) - 1
            shown = ", ".join(f'"{word}"' for word in beside[:3])
            return _WORD_BESIDE + min(0.4 * more, 0.8), [f"{shown} in the sentence"], beside[0]
        for word in place.match.context:
            if word.lower() != mention.kind_word and self._around.occurrences(word):
                return 0.7, [f'"{word}" in the report'], word
        return 0.0, [], ""

    def _neighbourhood(
        self, index: int, mention: Mention, place: Place, window: tuple[int, int], counted: str
    ) -> tuple[float, list[str]]:
        """Score what the report's sure places say: holders of the place, places near it, the place under another name."""
        score, evidence = 0.0, []
        anchors = self._around.anchors
        holders = [i for i in self._places.ancestors(place.id) if i in anchors and i not in mention.candidates]
        if holders:
            inside = next((i for i in holders if _any_within(anchors[i].starts, *window)), None)
            shown = self._places[inside or holders[0]]
            if all(name.text != counted for name in shown.names):  # one word is not evidence twice
                weight = _OF_A_COUNTRY if all(self._places[i].kind == "country" for i in holders) else 1.0
                score += weight * (0.9 if inside else 0.5)
                evidence.append(f"{shown.name}, which holds it, is named in the {'sentence' if inside else 'report'}")
        near = [n for n in self._around.neighbours(place) if n.anchor.place.id not in mention.candidates]
        if near:
            density = sum(math.exp(-neighbour.metres / _CLOSE_M) for neighbour in near)
            score += min(1.4, 0.5 + 0.3 * density) + self._closeness(index, near, window)
            evidence.append(f"near {', '.join(n.anchor.place.name for n in near[:3])}")
        if place.id in anchors and self._around.named.get(place.id, set()) - {mention.text}:
            score += 1.0
            evidence.append("named in the report by another of its names")
        return score, evidence

    def _closeness(self, index: int, near: Sequence[Neighbour], window: tuple[int, int]) -> float:
        """Return how much the nearest sure places speak for a candidate: those named in one breath with it most."""
        first, last = self._around.joined_with(index)
        best = 0.0
        for neighbour in near:
            starts = neighbour.anchor.starts
            if _any_within(starts, first, last):
                weight = 1.3
            elif _any_within(starts, *window):
                weight = 0.9
            elif _any_within(starts, window[0] - _BESIDE, window[1] + _BESIDE):
                weight = 0.8
            else:
                continue
            best = max(best, weight * math.exp(-neighbour.metres / _CLOSE_M))
        return best


def _any_within(sorted_offsets: Sequence[int], start: int, end: int) -> bool:
    k = bisect_left(sorted_offsets, start)
    return k < len(sorted_offsets) and sorted_offsets[k] < end


@lru_cache(maxsize=20_000)
def _only(
    places: Gazetteer, ids: tuple[str, ...], text: str, kind_word: str, language: str
) -> tuple[tuple[Candidate, ...], tuple[str | None, float, str]] | None:
    """Return the answer for a name with one entry, whatever stands around it; None where the report must be asked."""
    found = [place for i in ids if (place := places.get(i)) is not None]
    curated = [place for place in found if is_curated(place)]
    if not curated:
        return None
    kinds = data.table(language, "kinds")["hard"].get(kind_word)
    fitting = _fitting(curated, text, kind_word, kinds)
    if len(fitting) > 1 or fitting[0].match.needs_context:
        return None
    candidate = _sole(fitting[0], text, kind_word, kinds)
    if candidate.score < 0 and len(curated) < len(found):
        return None
    return (candidate,), _choose(text, (candidate,), places)


def _fitting(places: Sequence[Place], text: str, kind_word: str, kinds: list[str] | None) -> Sequence[Place]:
    """Return the places that the kind word beside a name leaves, all of them where it leaves none."""
    if kinds is None:
        return places
    return [p for p in places if p.kind in kinds or _is_written_out(p, text, kind_word)] or places


def _sole(place: Place, text: str, kind_word: str, kinds: list[str] | None) -> Candidate:
    """Score the only entry of a name: what stands around it cannot change the choice."""
    score, evidence = _prior(place, text, kind_word, kinds)
    return Candidate(place.id, round(score + 1.0, 3), (*evidence, "no other entry has this name"))


def _prior(place: Place, text: str, kind_word: str, kinds: list[str] | None) -> tuple[float, list[str]]:
    """Return what speaks for an entry before the report is looked at: its kind, the kind word, its size, its name."""
    score, evidence = _PRIOR.get(place.kind, 0.1), [f"{place.kind} of that name"]
    if kinds and (place.kind in kinds or _is_written_out(place, text, kind_word)):
        loosely = place.kind in kinds[1:]  # a town is called a village at times, but a village of that name comes first
        score = max(score, 1.0) + (1.2 if loosely else 2.0)
        evidence.append(f'the word "{kind_word}" beside it')
    elif kind_word == "" and place.kind in SETTLEMENTS and place.review == "checked":
        score += 0.2
    no_town = kind_word and kind_word in data.table("en", "kinds")["strict"]["words"]
    if no_town and place.kind in SETTLEMENTS and not _is_written_out(place, text, kind_word):
        score -= _FAR_OFF
        evidence.append(f'no {place.kind} is called a "{kind_word}"')
    if not is_curated(place):
        score += math.log10(max(place.population or 1, 1))
        if place.names[0].text != text:
            score -= 0.7  # by a name in another language, or by a part of its name
        evidence.append(f"{place.population:,} inhabitants; not curated" if place.population else "not curated")
    if place.status == "superseded":
        score -= 2.0
    uses = {name.kind for name in place.names if name.text == text}
    if uses == {"historical"}:
        score -= 0.5
        evidence.append("by a name of former times")
    return score, evidence


def _is_written_out(place: Place, text: str, kind_word: str) -> bool:
    """Tell whether the text is a name of the place together with its kind word ("Lachin corridor")."""
    return kind_word in text.lower() and any(name.text == text for name in place.names)


def _own_names_first(name: str, places: Sequence[Place], ranked: Sequence[Candidate]) -> list[Candidate]:
    """Prefer entries that are called so to those for which the name is only a letter-by-letter or foreign spelling."""
    own = [is_curated(p) and any(n.text == name and n.kind in _OWN_KINDS for n in p.names) for p in places]
    if not any(own):
        return list(ranked)
    reason = "only by a spelling derived from another language"
    return [
        candidate
        if called or not is_curated(place)
        else replace(candidate, score=round(candidate.score - _DERIVED, 3), evidence=(*candidate.evidence, reason))
        for place, candidate, called in zip(places, ranked, own, strict=True)
    ]


def _is_called(town: Place, name: str) -> bool:
    """Tell whether a town is known by a name: not by a part of its own ("Kansas" City), nor a hamlet by a foreign one."""
    return town.name == name or ((town.population or 0) >= MIDDLING and not town.name.startswith(f"{name} "))


def _is_longer_form(mention: Mention, place: Place) -> bool:
    """Tell whether the mention says more than the name that the place shares ("Washington state")."""
    return any(len(name.text) < len(mention.text) and mention.text.startswith(f"{name.text} ") for name in place.names)


def _choose(
    text: str, candidates: Sequence[Candidate], places: Gazetteer, clear_lead: float = CLEAR_LEAD
) -> tuple[str | None, float, str]:
    if not candidates:
        return None, 0.0, "no entry has this name"
    best = candidates[0]
    because = "; ".join(best.evidence)
    if best.score < 0:
        return None, 0.0, f"not taken as {places[best.place_id].name}: {because}"
    rival = next((c for c in candidates[1:] if not _same_place(best.place_id, c.place_id, places)), None)
    lead = best.score - rival.score if rival else math.inf
    confidence = round(1 / (1 + math.exp(-(min(lead, 3.0) * 1.4 + 0.4))), 3)
    if rival and lead < clear_lead and not _nested(best.place_id, rival.place_id, places):
        names = f"{places[best.place_id].name} ({best.place_id}) and {places[rival.place_id].name} ({rival.place_id})"
        return None, confidence, f"{text} may be {names}: nothing in the report decides"
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
    reach = max([2 * SAME_PLACE_M, *(p.point.precision_m for p in (one, other) if p.point and p.kind in _DIVISIONS)])
    return distance_m(one.point.lat, one.point.lon, other.point.lat, other.point.lon) < reach
