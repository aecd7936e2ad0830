"""Makes events of one report: triggers read in their clause, with place, date, figures, claimant and act.

Data flows one way: the analysis of a report (sentences, resolutions, references, actors, attributions, dates) goes
in, a list of single-claim events comes out. What is only feared, planned, demanded or denied has no place on the map;
what is spoken of as known makes an event only where the clause itself adds a place or a figure.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING, TypeVar

from geo.attribution import speaker_for
from geo.casualties import find_casualties
from geo.clauses import clause_at, clauses
from geo.dates import carry, choose, find_dates
from geo.footprint import footprint, lies_at
from geo.linking import Pair, coordinated, link_probability, threshold
from geo.modality import Verdict, read
from geo.model import QUOTE_LIMIT, Claim, Event, Footprint
from geo.spatial import Reference
from geo.text import words
from geo.triggers import CASUALTIES, WITH_PLACE, conditions, find_triggers, more_exact

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import date

    from gazetteer.index import Gazetteer
    from geo.actors import Actor
    from geo.attribution import Attribution
    from geo.dates import DateMention
    from geo.model import Act, Casualties, DateRange, EventType, Modality, Report, Resolution
    from geo.text import Sentence, Word
    from geo.triggers import Trigger

_OLD_NEWS = timedelta(days=45)
"""A date that a report touches further back than this is background; its next sentence is news again."""

_T = TypeVar("_T")
KINETIC = frozenset({
    "armed_clash", "shelling", "air_drone_strike", "mine_ied", "ambush_or_raid", "attack_on_civilians", "offensive",
    "ceasefire_violation", "property_destruction", "heritage_damage", "other", CASUALTIES,
})  # fmt: skip
"""Types that tell of one and the same violence where they stand in one clause."""
CARRIES_PLACE = frozenset({
    "armed_clash", "shelling", "air_drone_strike", "mine_ied", "offensive", "attack_on_civilians", "ceasefire_violation",
    "property_destruction", "blockade_or_restriction", "displacement", CASUALTIES,
})  # fmt: skip
"""Types whose place may be the one that the text last spoke of."""
CARRIES_REGION = frozenset({"ceasefire_or_agreement", "control_change"})
"""Types whose place may be the region that the whole report is about, but not a town named in passing."""
DIPLOMATIC = frozenset({"ceasefire_or_agreement", "meeting_or_talks"})
"""Types whose place must stand in their own clause."""
NOT_DRAWN: dict[str, str] = {
    "planned": "it is planned, not said to have happened",
    "threatened": "a threat, not said to have happened",
    "hypothetical": "spoken of as possible, feared or demanded, not said to have happened",
    "denied": "it is denied",
}


@dataclass(frozen=True, slots=True)
class Analysis:
    """Everything that the steps before found in one report."""

    report: Report
    sentences: Sequence[Sentence]
    resolutions: Sequence[Resolution]
    references: Sequence[Reference]
    actors: Sequence[Actor]
    attributions: Sequence[Attribution]
    sides: Mapping[str, str]
    places: Gazetteer
    unknown: Sequence[tuple[int, int]] = ()
    """Names of places that no entry has, or that stayed undecided."""
    language: str = "en"

    def names_in(self, sentence: Sentence) -> list[tuple[int, int]]:
        """Return the spans of the places and actors that a sentence names."""
        mentions = _within(self.resolutions, sentence, key=lambda r: r.mention.start)
        actors = _within(self.actors, sentence, key=lambda a: a.start)
        return [(r.mention.start, r.mention.end) for r in mentions] + [(a.start, a.end) for a in actors if a.kind != "people"]


def _within(items: Sequence[_T], sentence: Sentence, key: Callable[[_T], int]) -> Sequence[_T]:
    """Return the items, sorted by their position, that begin in a sentence."""
    return items[bisect_left(items, sentence.start, key=key) : bisect_left(items, sentence.end, key=key)]


@dataclass(frozen=True, slots=True)
class _Found:
    """A trigger that was read, with what the clause says of it."""

    trigger: Trigger
    verdict: Verdict
    clause: tuple[int, int]
    refs: tuple[Reference, ...] = ()
    link: str = ""
    score: float = 0.0


@dataclass(slots=True)
class _State:
    """What the text last spoke of, carried from sentence to sentence."""

    anchor: DateRange | None = None
    stated: DateRange | None = None
    lead: date | None = None
    refs: tuple[Reference, ...] = ()
    last: Reference | None = None
    paragraph: int = -1
    events: list[Event] = field(default_factory=list)


def find_events(analysis: Analysis) -> tuple[Event, ...]:
    """Return the events of a report in the order of its text, each with one claim (or a claim and its denial)."""
    state = _State()
    lower = _lower(analysis.report.text)
    focus = _focus(analysis)
    for sentence in analysis.sentences:
        state.events += _sentence_events(analysis, sentence, lower, state, focus)
    return tuple(state.events)


def _lower(text: str) -> str:
    lower = text.lower().replace("’", "'")
    return lower if len(lower) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text).replace("’", "'")


def _focus(analysis: Analysis) -> Reference | None:
    """Return the region that holds most literal mentions of a report, or the line that its head names; None if unclear."""
    votes: Counter[str] = Counter()
    total = 0
    first: dict[str, Reference] = {}
    for ref in analysis.references:
        place = analysis.places[ref.place_ids[0]]
        if not ref.named or place.kind in {"country", "organisation"}:
            continue
        total += 1
        for holder in dict.fromkeys((place.id, *analysis.places.ancestors(place.id))):
            found = analysis.places.get(holder)
            if found is not None and found.kind in {"region", "area", "line"} and found.geometries:
                votes[holder] += 1
                first.setdefault(holder, ref)
    ranked = sorted(votes.items(), key=lambda pair: (-pair[1], pair[0]))
    leader = next((holder for holder, count in ranked if count >= 2 and count >= 0.5 * total), None)
    if leader is None:
        lines = (ref for ref in analysis.references if ref.named and analysis.places[ref.place_ids[0]].kind == "line")
        early = analysis.sentences[min(2, len(analysis.sentences) - 1)].end if analysis.sentences else 0
        leader = next((ref.place_ids[0] for ref in lines if ref.start < early and votes[ref.place_ids[0]] >= 2), None)
    if leader is None:
        return None
    name = analysis.places[leader].name
    return Reference(first[leader].start, first[leader].end, name, (leader,), "in", named=False, reason=f"the report is about {name}")


def _sentence_events(analysis: Analysis, sentence: Sentence, lower: str, state: _State, focus: Reference | None) -> Iterator[Event]:
    text = analysis.report.text
    if sentence.paragraph != state.paragraph:
        state.anchor = carry((), state.anchor, new_paragraph=True) or state.stated
    dates = find_dates(text, sentence.start, sentence.end, published=analysis.report.published, anchor=state.anchor)
    refs = list(_within(analysis.references, sentence, key=lambda ref: ref.start))
    found = [*_read_triggers(analysis, sentence, lower, refs)]
    groups = _grouped(found)
    figures = find_casualties(text, sentence.start, sentence.end, sides=analysis.sides)
    spoken = [item for group in groups for item in group if item.verdict.reading in {"asserted", "mentioned"}]
    for number, group in enumerate(groups):
        own_figures = tuple(f.figure for f in figures if _belongs(f.start, group, groups, number))
        if _adds_to_last(group, state, sentence):
            claim = next(_claims(analysis, sentence, group[0], _speaker(analysis, sentence, group[0], group), own_figures))
            state.events[-1] = replace(state.events[-1], claims=(*state.events[-1].claims, replace(claim, act="reports")))
            continue
        yield from _events_of(analysis, sentence, group, dates, own_figures, state, focus, lower)
    if sentence.paragraph != state.paragraph:
        state.refs = ()
    state.paragraph = sentence.paragraph
    literal = tuple(ref for ref in refs if analysis.places[ref.place_ids[0]].kind not in {"country", "organisation"})
    linked = tuple(ref for item in spoken for ref in item.refs)
    state.refs = linked or literal or state.refs
    state.last = state.refs[0] if linked or literal else state.last
    if state.lead is None:
        state.lead = _lead_day(dates, analysis.report.published)
    state.anchor = _recent(carry(dates, state.anchor), analysis.report.published)
    if state.anchor is not None and state.anchor.basis == "stated":
        state.stated = state.anchor


def _lead_day(dates: Sequence[DateMention], published: date | None) -> date | None:
    """Return the first day of the week before publication that a report tells of."""
    days = (m.when.start for m in dates if m.role in {"event", "speech"} and m.when.precision == "day")
    return next((day for day in days if day and published and timedelta(0) <= published - day <= _NEWS), None)


_NEWS = timedelta(days=7)


def _adds_to_last(group: Sequence[_Found], state: _State, sentence: Sentence) -> bool:
    """Tell whether a sentence only says of the event before it that nobody was hurt ("There were no casualties")."""
    only_toll = all(item.trigger.event_type == CASUALTIES and item.verdict.reading == "denied" for item in group)
    return only_toll and bool(state.events) and sentence.paragraph == state.paragraph and state.events[-1].event_type in KINETIC and state.events[-1].modality not in NOT_DRAWN


def _recent(anchor: DateRange | None, published: date | None) -> DateRange | None:
    """Drop an anchor that news would not go on from: what it tells next is of these days, not of the past it touched."""
    if anchor is None or published is None or anchor.end is None or published - anchor.end < _OLD_NEWS:
        return anchor
    return None


def _read_triggers(analysis: Analysis, sentence: Sentence, lower: str, refs: Sequence[Reference]) -> Iterator[_Found]:
    text = analysis.report.text
    triggers = find_triggers(lower, words(lower, sentence.start, sentence.end), analysis.language)
    parts = clauses(text, sentence.start, sentence.end)
    names = analysis.names_in(sentence)
    kept = [
        t for t in triggers
        if not any(a <= t.start and t.end <= b for a, b in names)
        and not any(o is not t and o.event_type == t.event_type and o.start <= t.start and t.end <= o.end and o.end - o.start > t.end - t.start for o in triggers)
    ]  # fmt: skip
    for trigger in kept:
        clause = clause_at(parts, trigger.start)
        verdict = _denied_by_scope(analysis, sentence, trigger) or read(
            text, trigger, clause, (sentence.start, sentence.end), analysis.language
        )
        linked, why, score = _link(analysis, sentence, trigger, clause, refs, kept)
        if trigger.lemma.endswith(WITH_PLACE) and not _is_object(text, trigger, linked):
            continue
        yield _Found(trigger, verdict, clause, linked, why, score)


def _is_object(text: str, trigger: Trigger, refs: Sequence[Reference]) -> bool:
    """Tell whether a place is what the verb acts on: right behind it, or right before its passive."""
    for ref in refs:
        behind = text[trigger.end : ref.start]
        if ref.start >= trigger.end and _OBJECT_GAP.fullmatch(behind):
            return True
        before = text[ref.end : trigger.start]
        if ref.end <= trigger.start and trigger.form == "past" and _PASSIVE_GAP.fullmatch(before):
            return True
    return False


_OBJECT_GAP = re.compile(r"\s+(?:(?:the|a|back|all of|parts? of|control of|city|town|village|villages|towns|district|districts|settlement|of|strategic|nearby|whole|entire|\w+ern)\s+)*")
_PASSIVE_GAP = re.compile(r"\s+(?:(?:is|was|were|are|has been|had been|have been|being)\s+(?:\w+ly\s+)?)?")


def _denied_by_scope(analysis: Analysis, sentence: Sentence, trigger: Trigger) -> Verdict | None:
    """Return a denial where the trigger stands in what somebody denies ("X denied that there was a ...")."""
    for said in _said_in(analysis, sentence):
        if said.act == "denies" and said.verb < trigger.start and said.start <= trigger.start < said.end:
            between = analysis.report.text[said.verb : trigger.start]
            if not re.search(r"[;,]|\b(?:and|but|after|while|as)\b", between):
                return Verdict("denied", f"what {said.speaker} denies")
    return None


def _link(
    analysis: Analysis, sentence: Sentence, trigger: Trigger, clause: tuple[int, int], refs: Sequence[Reference], triggers: Sequence[Trigger]
) -> tuple[tuple[Reference, ...], str, float]:
    """Return the references where the trigger's event happened, the reason and its probability; () where unsure."""
    text = analysis.report.text
    rivals = [(t.start, t.end) for t in triggers if t.end <= trigger.start or t.start >= trigger.end]
    order = sorted(range(len(refs)), key=lambda i: min(abs(refs[i].start - trigger.end), abs(trigger.start - refs[i].end)))
    best, best_score, best_near = None, 0.0, False
    for rank, index in enumerate(order):
        ref = refs[index]
        place = analysis.places[ref.place_ids[0]]
        low, high = (trigger.end, ref.start) if ref.start >= trigger.end else (ref.end, trigger.start)
        pair = Pair(
            text, (sentence.start, sentence.end), clause, (trigger.start, trigger.end), trigger.form in {"noun", "weak"},
            (ref.start, ref.end), ref.preposition, place.kind if place.kind in {"country", "region"} else "unknown", ref.named, rivals,
            sum(1 for other in refs if low <= other.start and other.end <= high), rank=rank,
        )  # fmt: skip
        score = _SURE if _is_bound(text, trigger, clause, ref) else link_probability(pair)
        if trigger.event_type == "ceasefire_or_agreement" and _AGREED.search(text, low, max(low, high)):
            continue  # where it was signed is not where it holds
        if ref.relation == "from" and trigger.event_type == "aid_delivery":
            continue
        arrival = _ARRIVALS if trigger.event_type == "displacement" else frozenset()
        if place.kind == "country" and ref.preposition not in _COUNTRY_PREPOSITIONS | arrival:
            continue
        if _said_there(analysis, sentence, trigger, ref):
            continue
        vague = trigger.form == "weak" or trigger.event_type in DIPLOMATIC
        if vague and not clause[0] <= ref.start < clause[1]:
            continue  # "war" is too vague to reach out of its clause, and a treaty does not lie where the next clause plays
        near = clause[0] <= ref.start < clause[1] and score >= threshold() / 2
        if (near, score) > (best_near, best_score):
            best, best_score, best_near = index, score, near
    if best is None or (best_score < threshold() and not best_near and not (trigger.event_type in CARRIES_PLACE and best_score >= _BETTER_THAN_CARRIED)):
        return (), "", 0.0
    if trigger.event_type == "displacement" and analysis.places[refs[best].place_ids[0]].kind == "country":
        # where people fled from says more than the country that they reached
        best = next((i for i, ref in enumerate(refs) if ref.relation == "from"), best)
    group = coordinated(text, refs, best)
    kinds = {analysis.places[ref.place_ids[0]].kind == "country" for ref in group}
    group = group if len(kinds) == 1 else (refs[best],)
    chosen = _finest(group, analysis.places)
    return chosen, f'"{trigger.text}" with {", ".join(ref.text for ref in chosen)} (p = {best_score:.2f})', best_score


_SURE = 0.95
_BETTER_THAN_CARRIED = 0.2
"""From here a place in the sentence is likelier than the one that the text spoke of before."""
_AGREED = re.compile(r"\b(?:agreed|signed|brokered|mediated|negotiated|reached|announced|concluded)\b", re.IGNORECASE)


def _is_bound(text: str, trigger: Trigger, clause: tuple[int, int], ref: Reference) -> bool:
    """Tell whether grammar ties a place to a trigger: inside its phrase, or before the relative clause that it stands in."""
    if trigger.start <= ref.start and ref.end <= trigger.end:
        return True
    if ref.end <= trigger.start and trigger.form == "past" and _PASSIVE_GAP.fullmatch(text, ref.end, trigger.start):
        return True
    relative = _RELATIVE.match(text, clause[0])
    return relative is not None and 0 <= clause[0] - ref.end <= len(", ")


_RELATIVE = re.compile(r"(?:which|whose|where)\b", re.IGNORECASE)
_COUNTRY_PREPOSITIONS = frozenset({"in", "inside", "across", "throughout", "into", "within"})
_ARRIVALS = frozenset({"to", "for", "towards", "toward"})


def _said_there(analysis: Analysis, sentence: Sentence, trigger: Trigger, ref: Reference) -> bool:
    """Tell whether a place belongs to the saying ("speaking in X, he said that ..."), not to what is said."""
    text = analysis.report.text
    for said in _said_in(analysis, sentence):
        if said.verb >= trigger.start or ref.end > said.verb or said.start <= sentence.start:
            continue
        opens = ref.start - sentence.start < 25 and text[ref.end : ref.end + 1] == "," and ref.preposition in {"in", "at", "near"}
        if not opens or _SAYING_PLACE.search(text, sentence.start, ref.end):
            return True
    return False


_SAYING_PLACE = re.compile(r"\b(?:interview|statement|press conference|briefing|speech|speaking|told|address|meeting|phone)\b", re.IGNORECASE)


def _said_in(analysis: Analysis, sentence: Sentence) -> Sequence[Attribution]:
    said = analysis.attributions
    return said[bisect_left(said, sentence.index, key=lambda a: a.sentence) : bisect_left(said, sentence.index + 1, key=lambda a: a.sentence)]


def _finest(refs: Sequence[Reference], places: Gazetteer) -> tuple[Reference, ...]:
    """Drop references that only say where another one lies ("in X, Y province")."""
    return tuple(
        ref for ref in refs
        if not any(other is not ref and other.place_ids != ref.place_ids and places.within(other.place_ids[0], ref.place_ids[0]) for other in refs)
    ) or tuple(refs)  # fmt: skip


def _grouped(found: Sequence[_Found]) -> list[list[_Found]]:
    """Put together triggers that tell of one thing: the same clause and place, both violent or of one type."""
    groups: list[list[_Found]] = []
    for item in found:
        for group in groups:
            if _same_thing(group[-1], item):
                group.append(item)
                break
        else:
            groups.append([item])
    return groups


def _same_thing(a: _Found, b: _Found) -> bool:
    kinetic = a.trigger.event_type in KINETIC and b.trigger.event_type in KINETIC
    related = kinetic or a.trigger.event_type == b.trigger.event_type or b.trigger.start < a.trigger.end
    where = {i for ref in a.refs for i in ref.place_ids}, {i for ref in b.refs for i in ref.place_ids}
    same_place = not where[0] or not where[1] or bool(where[0] & where[1])
    if where[0] and where[0] == where[1] and a.trigger.event_type == b.trigger.event_type:
        related = kinetic = True
    happened = {"asserted", "mentioned"}
    same_reality = (a.verdict.reading in happened) == (b.verdict.reading in happened)
    return related and same_place and same_reality and (a.clause == b.clause or kinetic)


def _belongs(position: int, group: Sequence[_Found], groups: Sequence[Sequence[_Found]], number: int) -> bool:
    """Tell whether a figure at a position is this group's: the nearest violent group, or displaced people's."""
    takes = [
        (min(abs(item.trigger.start - position) for item in other), index)
        for index, other in enumerate(groups)
        if any(item.trigger.event_type in KINETIC or item.trigger.event_type in _WITH_FIGURES for item in other)
    ]
    return bool(takes) and min(takes)[1] == number and bool(group)


_WITH_FIGURES = frozenset({"displacement", "abduction_or_capture", "prisoner_release", "riot", "control_change", "blockade_or_restriction", "protest", "other"})


def _events_of(
    analysis: Analysis,
    sentence: Sentence,
    group: Sequence[_Found],
    dates: Sequence[DateMention],
    figures: tuple[Casualties, ...],
    state: _State,
    focus: Reference | None,
    lower: str,
) -> Iterator[Event]:
    lead = _lead(group)
    if lead is None:
        return
    reading = lead.verdict.reading
    placed = max(group, key=lambda item: (item.score, item is lead))
    refs = placed.refs
    if reading == "mentioned" and not figures and not any(_tells_where(analysis.report.text, item) for item in group):
        return
    event_type = _fitting(_event_type(group, lead, figures), words(lower, sentence.start, sentence.end))
    when = choose(
        dates, lead.trigger.start, lead.trigger.end, clause=lead.clause, sentence=(sentence.start, sentence.end),
        published=analysis.report.published, anchor=state.anchor,
    )  # fmt: skip
    if when.basis == "publication" and state.lead is not None and when.end is not None and state.lead < when.end:
        when = replace(when, start=state.lead)  # undated: between the day that the report tells of and its own
    attribution = _speaker(analysis, sentence, lead, group)
    modality = _modality(reading, attribution, when, analysis)
    place_reason = placed.link
    strange = next((span for span in _within(analysis.unknown, sentence, key=lambda span: span[0]) if lead.clause[0] <= span[0] < lead.clause[1]), None)
    if not refs and strange is not None:
        place_reason = f"no place: {analysis.report.text[strange[0] : strange[1]]}, which the clause names, is in no entry or stays undecided"
    elif not refs and reading == "asserted" and (event_type in CARRIES_PLACE or lead.trigger.event_type in CARRIES_PLACE):
        toll = all(item.trigger.event_type == CASUALTIES for item in group)
        own, carried = _own_ground(analysis, attribution), _carried(analysis, state, sentence, focus, towns=True)
        first, second = (own, carried) if toll else (carried, own)
        refs, place_reason = first if first[0] else second
    elif not refs and reading == "asserted" and event_type in CARRIES_REGION:
        refs, place_reason = _carried(analysis, state, sentence, focus, towns=False)
    claims = tuple(_claims(analysis, sentence, lead, attribution, figures))
    actors = tuple(dict.fromkeys(a.party or a.label for a in _within(analysis.actors, sentence, key=lambda a: a.start) if lead.clause[0] <= a.start < lead.clause[1]))
    for number, where in enumerate(_footprints(analysis, refs, figures, modality, when, place_reason)):
        event_id = f"{analysis.report.name}:{lead.trigger.start}:{event_type}" + (f":{number}" if number else "")
        several = len(refs) > 1 and not figures
        yield Event(event_id, event_type, modality, when, where, claims, actors, group=f"{analysis.report.name}:{lead.trigger.start}" if several else None)


def _speaker(analysis: Analysis, sentence: Sentence, lead: _Found, group: Sequence[_Found]) -> Attribution | None:
    """Return who vouches for the group: for its lead, else for another of its triggers; the denier of what is denied."""
    if lead.verdict.reading == "denied":
        denials = (a for a in _said_in(analysis, sentence) if a.act == "denies" and a.start <= lead.trigger.start < a.end)
        denial = next(denials, None)
        if denial is not None:
            return denial
    found = (speaker_for(_said_in(analysis, sentence), sentence.index, item.trigger.start) for item in (lead, *group))
    return next((a for a in found if a is not None), None)


def _lead(group: Sequence[_Found]) -> _Found | None:
    """Return the trigger that stands for the group: an asserted one before one that is mentioned."""
    ranked = sorted(group, key=lambda item: (_ORDER[item.verdict.reading], item.trigger.form == "weak", not item.refs, item.trigger.start))
    return ranked[0] if ranked else None


_ORDER = {"asserted": 0, "mentioned": 1, "denied": 2, "planned": 3, "threatened": 4, "hypothetical": 5}


def _tells_where(text: str, item: _Found) -> bool:
    """Tell whether a noun that is only mentioned names its own place directly behind it ("the blockade of X")."""
    if not item.refs or item.trigger.form == "weak":
        return False
    between = text[item.trigger.end : item.refs[0].start]
    return item.refs[0].start >= item.trigger.end and len(between.split()) <= 4 and not re.search(r"[,;:]", between)


def _event_type(group: Sequence[_Found], lead: _Found, figures: tuple[Casualties, ...]) -> EventType:
    """Return the most exact type that a trigger of the group names; deaths alone take the type of their victims."""
    over = more_exact()
    types = list(dict.fromkeys(item.trigger.event_type for item in sorted(group, key=lambda item: item is not lead)))
    real = [t for t in types if t != CASUALTIES]
    best = real[0] if real else None
    for candidate in real[1:]:
        if best is not None and best in over.get(candidate, ()):
            best = candidate
    if best == "control_change" and any(f.metric == "captured" for f in figures):
        return "abduction_or_capture"
    if best is None:
        groups = {f.group for f in figures}
        civil = bool(groups & {"civilian", "children", "women"}) and "military" not in groups
        return "attack_on_civilians" if civil else "armed_clash"
    return best  # type: ignore[return-value]


def _fitting(event_type: EventType, sentence: Sequence[Word]) -> EventType:
    """Return the type, or the one to take where its condition is not met ("opened fire" with no line and no truce)."""
    needs, otherwise = conditions().get(event_type, (frozenset(), event_type))
    met = not needs or any(word.lower in needs for word in sentence)
    return event_type if met else otherwise  # type: ignore[return-value]


def _modality(reading: str, attribution: Attribution | None, when: DateRange, analysis: Analysis) -> Modality:
    if reading in NOT_DRAWN:
        return reading  # type: ignore[return-value]
    published = analysis.report.published
    if when.end is not None and published is not None and (published - when.end).days > 200:
        return "historical"
    if attribution is not None and (attribution.party is not None or attribution.act in {"claims", "accuses"}):
        return "alleged"
    return "occurred"


def _carried(
    analysis: Analysis, state: _State, sentence: Sentence, focus: Reference | None, *, towns: bool
) -> tuple[tuple[Reference, ...], str]:
    """Return the place that the text last spoke of, or the region that the whole report is about.

    Beyond its paragraph a place is not carried on; the region is, unless the text has just been elsewhere.
    """
    if towns and state.refs and sentence.paragraph == state.paragraph:
        return state.refs[:1], f"no place in the sentence: {state.refs[0].text}, which the paragraph last spoke of"
    if focus is None:
        return (), ""
    last = state.last
    if last is not None and not lies_at(analysis.places[last.place_ids[0]], analysis.places[focus.place_ids[0]], analysis.places):
        return (), ""
    return (focus,), f"no place in the sentence: {focus.reason}"


def _own_ground(analysis: Analysis, attribution: Attribution | None) -> tuple[tuple[Reference, ...], str]:
    """Return the region whose own authorities speak: what they count without a place, they count there.

    Only for a region with an outline, never for a country and never for the town where they sit.
    """
    place = analysis.places.get(attribution.party) if attribution else None
    if place is None or place.kind != "region" or not place.geometries or attribution is None:
        return (), ""
    ref = Reference(attribution.verb, attribution.verb, place.name, (place.id,), "in", named=False)
    return (ref,), f"no place in the sentence: its speaker, {attribution.speaker}, counts for {place.name}"


def _footprints(
    analysis: Analysis, refs: Sequence[Reference], figures: tuple[Casualties, ...], modality: Modality, when: DateRange, why: str
) -> Iterator[Footprint]:
    day = when.end or when.start or analysis.report.published
    if modality in NOT_DRAWN:
        name = ", ".join(ref.text for ref in refs) or None
        ids = tuple(i for ref in refs for i in ref.place_ids)
        yield Footprint(reason=f"not drawn: {NOT_DRAWN[modality]}", place_text=name, place_ids=ids)
    elif not refs:
        yield Footprint(reason=why or "no place: the sentence names none where it happened, and what was spoken of before does not decide")
    elif len(refs) > 1 and figures:
        yield footprint(refs, analysis.places, day, why)
    else:
        for ref in refs:
            yield footprint([ref], analysis.places, day, why)


def _claims(analysis: Analysis, sentence: Sentence, lead: _Found, attribution: Attribution | None, figures: tuple[Casualties, ...]) -> Iterator[Claim]:
    start, end = _quote_span(analysis.report.text, sentence, lead)
    quote = analysis.report.text[start:end]
    name = analysis.report.name
    act: Act = attribution.act if attribution else "reports"
    speaker, party = (attribution.speaker, attribution.party) if attribution else (None, None)
    own_denial = lead.verdict.reading == "denied"
    reason = f"{lead.verdict.reading}: {lead.verdict.reason}; said by: {attribution.reason if attribution else 'the report itself'}"
    yield Claim(name, start, end, quote, speaker, "denies" if own_denial else act, figures, party, lead.trigger.text, reason)
    for denial in _said_in(analysis, sentence):
        if denial.act == "denies" and not own_denial and denial.start <= lead.trigger.start < denial.end and denial.speaker != speaker:
            yield Claim(name, start, end, quote, denial.speaker, "denies", (), denial.party, lead.trigger.text, denial.reason)


def _quote_span(text: str, sentence: Sentence, lead: _Found) -> tuple[int, int]:
    """Return the sentence, or its part around the trigger where it is longer than a quote may be."""
    if sentence.end - sentence.start <= QUOTE_LIMIT:
        return sentence.start, sentence.end
    start = max(sentence.start, min(lead.trigger.start - QUOTE_LIMIT // 2, sentence.end - QUOTE_LIMIT))
    end = min(sentence.end, start + QUOTE_LIMIT)
    start += len(text[start:end]) - len(re.sub(r"^\S*\s", "", text[start:end], count=1)) if start > sentence.start else 0
    return start, end
