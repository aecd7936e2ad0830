"""Makes events of one report: triggers read in their clause, with place, date, figures, claimant and act.

Data flows one way: the analysis of a report (sentences, resolutions, references, actors, attributions, dates) goes
in, a list of single-claim events comes out. What is only feared, planned, demanded or denied has no place on the map;
what is spoken of as known makes an event only where the clause itself adds a place or a figure.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from geo.actors import aliases, known_actors
from geo.attribution import Attribution, speaker_for
from geo.casualties import find_casualties
from geo.claims.analysis import said_in, within
from geo.claims.carrying import Spoken, Telling, focus_of, place_of
from geo.claims.grammar import CARED_FOR, opens_sentence
from geo.claims.kinds import DIPLOMATIC, KINETIC, NOT_DRAWN, WITH_FIGURES
from geo.claims.modality import ADJECTIVE
from geo.claims.placing import counts_somebody, footprints, is_done_to_a_country
from geo.claims.reading import bare_toll, belongs, grouped, in_scene, is_object, read_triggers, sharpened, tells_where
from geo.claims.timing import Told, as_filed, day_of
from geo.claims.triggers import CASUALTIES, conditions, more_exact, type_by_means
from geo.dates import carry, counts_on, find_dates, is_history
from geo.model import QUOTE_LIMIT, Claim, DateRange, Event
from geo.spatial import sets_another_scene
from geo.text import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from geo.claims.analysis import Analysis
    from geo.claims.reading import Found
    from geo.dates import DateMention
    from geo.model import Act, Casualties, EventType, Modality
    from geo.spatial import Reference
    from geo.text import Sentence, Word

_OLD_NEWS = timedelta(days=45)
"""A date that a report touches further back than this is background; its next sentence is news again."""
_NEWS = timedelta(days=7)
"""How far before publication the day may lie that a report of news tells of first."""
_LONG_AGO = timedelta(days=200)
"""What happened further back than this is history in a report of today."""
_COMMUNIQUE = 2500
"""Characters up to which a report with a single voice is taken to pass that voice on."""
_OFFICES = frozenset({"government", "ministry", "armed_forces", "de_facto_authority", "peacekeepers"})
"""Kinds of publishers whose own voice a report is."""
_GENERAL = frozenset({"armed_clash", "attack_on_civilians", "other"})
"""Types that a weapon in the clause makes more exact."""
_ORDER = {"asserted": 0, "mentioned": 1, "denied": 2, "planned": 3, "threatened": 4, "hypothetical": 5}


@dataclass(slots=True)
class _State:
    """What the text last spoke of, carried from sentence to sentence."""

    anchor: DateRange | None = None
    told: DateRange | None = None
    """The same, be it too old for news to go on from it: what "a year later" counts from."""
    stated: DateRange | None = None
    lead: date | None = None
    refs: tuple[Reference, ...] = ()
    linked: tuple[Reference, ...] = ()
    scene: tuple[Reference, ...] = ()
    last: Reference | None = None
    paragraph: int = -1
    events: list[Event] = field(default_factory=list)


def find_events(analysis: Analysis) -> tuple[Event, ...]:
    """Return the events of a report in the order of its text, each with one claim (or a claim and its denial)."""
    analysis = as_filed(analysis)
    state = _State()
    lower = _lower(analysis.report.text)
    focus = focus_of(analysis)
    for sentence in analysis.sentences:
        state.events += _sentence_events(analysis, sentence, lower, state, focus)
    voice = _only_voice(analysis)
    return tuple(_with_voice(event, analysis, voice) for event in state.events)


def _with_voice(event: Event, analysis: Analysis, only: Attribution | None) -> Event:
    """Give claims that nobody is named for to the one whose statement the report passes on."""
    claims = tuple(
        _voiced(claim, *((only, _ONLY) if only else (_last_voice(analysis, claim.start), _GOES_BY)))
        for claim in event.claims
    )
    sided = any(claim.claimant_side is not None for claim in claims)
    return replace(
        event, claims=claims, modality="alleged" if sided and event.modality == "occurred" else event.modality
    )


_ONLY, _GOES_BY = "the report has no other voice than", "the report of that side's press goes on from"


def _last_voice(analysis: Analysis, position: int) -> Attribution | None:
    """Return whose statement one side's press goes on with: the last institution of its own side quoted before."""
    if analysis.home is None:
        return None
    before = [a for a in analysis.attributions if a.verb < position and a.act != "denies"]
    own = [a for a in before if a.party == analysis.home]
    if analysis.partisan:  # whether it speaks of "the enemy" for itself or for those from whom it was filed
        there = [a for a in before if a.party in {analysis.home, analysis.filed}]
        return there[-1] if there else _own_institution(analysis, analysis.home)
    return own[-1] if own and own[-1] is before[-1] else None


def _own_institution(analysis: Analysis, party: str) -> Attribution | None:
    """Return the first institution of a party that a report names, as the one that it speaks for."""
    named = (a for a in analysis.actors if a.party == party and a.kind in {"government", "armed forces"} | _OFFICES)
    first = next(named, None)
    return Attribution(0, 0, 0, first.label, party, "reports", 0, "named in the report") if first else None


def _only_voice(analysis: Analysis) -> Attribution | None:
    """Return the one party's institution that a short report (a communique as the press passes it on) speaks for."""
    voices = {said.party or said.speaker: said for said in reversed(analysis.attributions) if said.act != "denies"}
    short = len(analysis.report.text) < _COMMUNIQUE
    publisher = aliases().get(analysis.report.publisher)
    known = known_actors()[publisher[0]] if publisher else None
    if known is not None and known.party is not None and known.kind in _OFFICES:
        return Attribution(0, 0, 0, known.name, known.party, "reports", 0, "the publisher")
    only = next(iter(voices.values())) if len(voices) == 1 else None
    return only if short and only is not None and only.party is not None else None


def _voiced(claim: Claim, voice: Attribution | None, why: str) -> Claim:
    if claim.claimant is not None or voice is None:
        return claim
    return replace(
        claim,
        claimant=voice.speaker,
        claimant_side=voice.party,
        reason=f"{claim.reason}; {why} {voice.speaker}",
    )


def _lower(text: str) -> str:
    lower = text.lower().replace("’", "'")
    return (
        lower
        if len(lower) == len(text)
        else "".join(c.lower() if len(c.lower()) == 1 else c for c in text).replace("’", "'")
    )


def _sentence_events(
    analysis: Analysis, sentence: Sentence, lower: str, state: _State, focus: Reference | None
) -> Iterator[Event]:
    text = analysis.report.text
    published = analysis.report.published
    goes_on = counts_on(text, sentence.start, sentence.end)
    if sentence.paragraph != state.paragraph and not goes_on:
        anchor = carry((), state.anchor, new_paragraph=True) or state.stated
        anchor = anchor if is_history(text, published) else _recent(anchor, published)
        state.anchor = _of_paragraph(anchor, state.lead)
    counted_from = (state.anchor or state.told) if goes_on else state.anchor
    dates = find_dates(text, sentence.start, sentence.end, published=published, anchor=counted_from)
    refs = list(within(analysis.references, sentence, key=lambda ref: ref.start))
    found = in_scene(sharpened([*read_triggers(analysis, sentence, lower, refs)], analysis.places), text)
    groups = _without_nobody(grouped(found, said_in(analysis, sentence), dates, text))
    figures = find_casualties(text, sentence.start, sentence.end, sides=analysis.sides)
    spoken = [item for group in groups for item in group if item.verdict.reading in {"asserted", "mentioned"}]
    if not any(item.trigger.event_type in KINETIC | WITH_FIGURES for group in groups for item in group):
        groups += [
            [bare_toll(f.start, f.end, text, (sentence.start, sentence.end))]
            for f in figures[:1]
            if _DEAD.search(lower, max(0, f.start - 25), f.end + 25)
        ]
    for number, group in enumerate(groups):
        own_figures = tuple(f.figure for f in figures if belongs(f.start, group, groups, number))
        if _adds_to_last(group, state, sentence):
            claim = next(
                _claims(analysis, sentence, group[0], _speaker(analysis, sentence, group[0], group), own_figures)
            )
            state.events[-1] = replace(
                state.events[-1], claims=(*state.events[-1].claims, replace(claim, act="reports"))
            )
            continue
        yield from _events_of(analysis, sentence, group, dates, own_figures, state, focus, lower)
    if sentence.paragraph != state.paragraph and not (groups and _goes_on(lower[sentence.start : sentence.end])):
        state.refs = ()
    if sentence.paragraph != state.paragraph:
        state.scene = ()
    state.paragraph = sentence.paragraph
    literal = tuple(
        ref
        for ref in refs
        if analysis.places[ref.place_ids[0]].kind not in {"country", "organisation"}
        and not _is_where_cared_for(text, sentence, ref)
        and not any(ref in item.refs for item in spoken if item.trigger.event_type in DIPLOMATIC)
    )
    linked = tuple(ref for item in spoken for ref in item.refs if item.trigger.event_type not in DIPLOMATIC)
    state.scene = tuple(ref for ref in literal if opens_sentence(text, sentence, ref)) or state.scene
    state.refs = linked or literal or state.refs
    state.linked = linked or state.linked
    state.last = state.refs[0] if linked or literal else state.last
    if state.lead is None:
        state.lead = _lead_day(dates, published)
    state.anchor = state.told = carry(dates, counted_from)
    if not is_history(text, published) and not _is_day(state.anchor):
        state.anchor = _recent(state.anchor, published)
    if state.anchor is not None and state.anchor.basis == "stated":
        state.stated = state.anchor


def _of_paragraph(anchor: DateRange | None, lead: date | None) -> DateRange | None:
    """Return what a new paragraph counts from: a look back ends with its paragraph, and the day of the news goes on."""
    if anchor is None or lead is None or anchor.end is None or lead - anchor.end <= timedelta(days=1):
        return anchor
    return DateRange(lead, lead, "day", "relative")


def _lead_day(dates: Sequence[DateMention], published: date | None) -> date | None:
    """Return the first day of the week before publication that a report tells of."""
    days = (m.when.start for m in dates if m.role in {"event", "speech"} and m.when.precision == "day" and m.leads_on)
    return next((day for day in days if day and published and timedelta(0) <= published - day <= _NEWS), None)


_DEAD = re.compile(r"\b(?:dead|casualt\w+|fatalit\w+)\b")


def _goes_on(lower: str, told: int | None = None) -> bool:
    """Tell whether a sentence takes up what the paragraph before told: "as a result of the fire", "the attack killed".

    Behind what it tells itself, from the offset `told` on, "the clash" is that.
    """
    taken_up = _GOES_ON.search(lower)
    if taken_up is None or told is None or taken_up.start() < told:
        return taken_up is not None
    return "result" in taken_up.group() or _WHY.search(lower, 0, taken_up.start()) is not None


def _told_first(group: Sequence[Found], sentence: Sentence) -> int | None:
    """Return how far into its sentence a group has told of violence by itself, None where it only counts the harmed."""
    ends = [item.trigger.end - sentence.start for item in group if item.trigger.event_type != CASUALTIES]
    return min(ends, default=None)


_WHY = re.compile(r"\b(?:because of|due to|owing to|during|after|in|by|from|following|amid)\s+$")
_GOES_ON = re.compile(
    r"\bas a result\b(?! of (?!the\b|this\b|that\b|these\b|those\b|it\b))|(?<!while )(?<!until )(?<!before )(?<!amid )\b(?:the|this|that(?! \w+s\b)|these) (?:second |first |third )?(?:fire|attack|attacks|shelling|strike|strikes|explosion|blast|incident|clash"
    r"|clashes|provocation|ambush|shooting|bombardment|raid|fighting|battle|assault|barrage)\b(?! (?:on|in|at|of|near|against|along|around)\b)"
)


def _without_nobody(groups: list[list[Found]]) -> list[list[Found]]:
    """Leave out that nobody was hurt where the sentence tells by what: "rockets hit X, though no one was killed"."""
    told = any(item.trigger.event_type in KINETIC and item.verdict.reading == "asserted" for g in groups for item in g)
    return [group for group in groups if not (told and _nobody(group))]


def _nobody(group: Sequence[Found]) -> bool:
    return all(item.trigger.event_type == CASUALTIES and item.verdict.reading == "denied" for item in group)


def _adds_to_last(group: Sequence[Found], state: _State, sentence: Sentence) -> bool:
    """Tell whether a sentence only says of the event before it that nobody was hurt ("There were no casualties")."""
    return (
        _nobody(group)
        and bool(state.events)
        and sentence.paragraph == state.paragraph
        and state.events[-1].event_type in KINETIC
        and state.events[-1].modality not in NOT_DRAWN
    )


def _is_day(anchor: DateRange | None) -> bool:
    """Tell whether a text told of a single day, which the sentences behind it go on with, however long ago it was."""
    return anchor is not None and anchor.precision == "day" and anchor.start == anchor.end


def _recent(anchor: DateRange | None, published: date | None) -> DateRange | None:
    """Drop an anchor that news would not go on from: what it tells next is of these days, not of the past it touched."""
    if anchor is None or published is None or anchor.end is None or published - anchor.end < _OLD_NEWS:
        return anchor
    return None


def _events_of(
    analysis: Analysis,
    sentence: Sentence,
    group: Sequence[Found],
    dates: Sequence[DateMention],
    figures: tuple[Casualties, ...],
    state: _State,
    focus: Reference | None,
    lower: str,
) -> Iterator[Event]:
    lead = _lead(group)
    if lead is None:
        return
    text = analysis.report.text
    reading = lead.verdict.reading
    if not figures and _says_too_little(group, reading, text):
        return
    placed = max(group, key=lambda item: (item.score, item is lead))
    refs = placed.refs
    event_type = _fitting(_event_type(group, lead, figures, text), words(lower, sentence.start, sentence.end))
    if event_type in _GENERAL:
        event_type = type_by_means(lower[lead.clause[0] : lead.clause[1]]) or event_type  # type: ignore[assignment]
    goes_on = _goes_on(lower[sentence.start : sentence.end], _told_first(group, sentence))
    last = state.events[-1].when if goes_on and state.events else None
    when = day_of(analysis, sentence, lead, dates, Told(state.anchor, state.lead, last))
    attribution = _speaker(analysis, sentence, lead, group)
    modality = _modality(reading, attribution, when, analysis)
    place_reason = placed.link
    strange = next(
        (
            span
            for span in within(analysis.unknown, sentence, key=lambda span: span[0])
            if lead.clause[0] <= span[0] < lead.clause[1]
        ),
        None,
    )
    if not refs and strange is not None:
        place_reason = f"no place: {analysis.report.text[strange[0] : strange[1]]}, which the clause names, is in no entry or stays undecided"
    elif not refs and reading == "asserted":
        refs_here = within(analysis.references, sentence, key=lambda ref: ref.start)
        telling = Telling(
            event_type, lead.trigger.event_type, figures, attribution, lower[sentence.start : sentence.end], goes_on,
            heading=_is_heading(text, sentence), new_paragraph=sentence.paragraph != state.paragraph,
            names_a_place=is_done_to_a_country(analysis, sentence, lead.trigger)
            or sets_another_scene(text, sentence.start, sentence.end, refs_here)
            or any(_is_exact(analysis, ref) and not _is_where_cared_for(text, sentence, ref) for ref in refs_here),
        )  # fmt: skip
        refs, place_reason = place_of(
            analysis,
            telling,
            Spoken(state.refs, state.linked, state.scene, state.last, _without_place(state.events), focus),
        )
    if all(item.trigger.event_type == CASUALTIES for item in group):
        event_type = _by_what(state.events, refs, when, sentence, text) or event_type
    elif event_type in _GENERAL and state.events and _is_similar(group, sentence, lower):
        event_type = state.events[-1].event_type if state.events[-1].event_type in _BY_FIRE else event_type
    claims = tuple(_claims(analysis, sentence, lead, attribution, figures))
    if modality == "occurred" and any(claim.act == "denies" for claim in claims):
        modality = "alleged"
    actors = tuple(
        dict.fromkeys(
            a.party or a.label
            for a in within(analysis.actors, sentence, key=lambda a: a.start)
            if lead.clause[0] <= a.start < lead.clause[1]
        )
    )
    for number, where in enumerate(footprints(analysis, refs, figures, modality, when, place_reason)):
        event_id = f"{analysis.report.name}:{lead.trigger.start}:{event_type}" + (f":{number}" if number else "")
        several = len(refs) > 1 and not counts_somebody(figures)
        yield Event(
            event_id,
            event_type,
            modality,
            _beside(where.place_id, refs, dates, text) or when,
            where,
            claims,
            actors,
            group=f"{analysis.report.name}:{lead.trigger.start}" if several else None,
        )


def _by_what(
    events: Sequence[Event], refs: Sequence[Reference], when: DateRange, sentence: Sentence, text: str
) -> EventType | None:
    """Return the type of the fire of which the sentence before told, where the dead are counted at its place and day."""
    last = events[-1] if events else None
    if last is None or last.event_type not in _BY_FIRE or last.modality in NOT_DRAWN:
        return None
    told = last.claims[-1]
    beside = told.end <= sentence.start and not text[told.end : sentence.start].strip()
    there = bool(refs) and set(last.where.place_ids) >= {i for ref in refs for i in ref.place_ids}
    return last.event_type if beside and there and last.when.end == when.end else None


def _is_similar(group: Sequence[Found], sentence: Sentence, lower: str) -> bool:
    """Tell whether an attack is said to be of the kind that was told before it."""
    return any(_SIMILAR.search(lower, sentence.start, item.trigger.start) for item in group)


_SIMILAR = re.compile(r"\b(?:similar|another\s+such)\s+$")
"""Before "attack" or "strike": it is of the kind told before."""
_BY_FIRE = frozenset({"shelling", "air_drone_strike", "mine_ied"})


def _says_too_little(group: Sequence[Found], reading: str, text: str) -> bool:
    """Tell whether words without a figure make no event: "died" alone, "the occupied village", a known thing without a place."""
    return (
        all(_DIED.fullmatch(item.trigger.text) for item in group)
        or all(item.verdict.reason.startswith(ADJECTIVE) for item in group)
        or (reading == "mentioned" and not any(tells_where(text, item) for item in group))
    )


def _beside(
    place_id: str | None, refs: Sequence[Reference], dates: Sequence[DateMention], text: str
) -> DateRange | None:
    """Return the day that stands right behind a place ("X on 9 October and Y on 17 October"), None where none does."""
    ends = [ref.end for ref in refs if place_id in ref.place_ids]
    days = [d for d in dates if d.role == "event" and d.when.precision == "day"]
    if len(days) < 2 or not ends:
        return None
    return next((d.when for d in days if any(_ON.fullmatch(text, end, d.start) for end in ends)), None)


_ON = re.compile(r",?\s+(?:on\s+)?")


_DIED = re.compile(r"(?:die|dies|died|dying|dead)", re.IGNORECASE)


def _without_place(events: Sequence[Event]) -> bool:
    """Tell whether the last violence that the report told of got no place."""
    last = next((e for e in reversed(events) if e.event_type in KINETIC and e.modality not in NOT_DRAWN), None)
    return last is not None and last.where.place_id is None


def _is_exact(analysis: Analysis, ref: Reference) -> bool:
    """Tell whether a reference names a settlement or a site, not the country or the region around it."""
    kind = analysis.places[ref.place_ids[0]].kind
    return ref.named and kind not in {"country", "organisation", "region", "area", "province"}


def _is_where_cared_for(text: str, sentence: Sentence, ref: Reference) -> bool:
    """Tell whether the wounded or the dead were brought to a place."""
    return CARED_FOR.search(text, max(sentence.start, ref.start - 60), ref.start) is not None


def _is_heading(text: str, sentence: Sentence) -> bool:
    """Tell whether a sentence stands alone on a line without a full stop at its end."""
    return text[sentence.end : sentence.end + 1] in {"", "\n"} and text[sentence.end - 1] not in '.!?"”’)'


def _speaker(analysis: Analysis, sentence: Sentence, lead: Found, group: Sequence[Found]) -> Attribution | None:
    """Return who vouches for the group: for its lead, else for another of its triggers; the denier of what is denied."""
    if lead.verdict.reading == "denied":
        denials = (
            a for a in said_in(analysis, sentence) if a.act == "denies" and a.start <= lead.trigger.start < a.end
        )
        denial = next(denials, None)
        if denial is not None:
            return denial
    said = said_in(analysis, sentence)
    # "announced the capture" is itself a trigger: what is announced stands behind its verb
    places = (at for item in (lead, *group) for at in (item.trigger.start, item.trigger.end - 1))
    found = (speaker_for(said, sentence.index, at) for at in places)
    return next((a for a in found if a is not None), None)


def _lead(group: Sequence[Found]) -> Found | None:
    """Return the trigger that stands for the group: an asserted one before one that is mentioned."""
    ranked = sorted(
        group,
        key=lambda item: (_ORDER[item.verdict.reading], item.trigger.form == "weak", not item.refs, item.trigger.start),
    )
    return ranked[0] if ranked else None


def _event_type(group: Sequence[Found], lead: Found, figures: tuple[Casualties, ...], text: str) -> EventType:
    """Return the most exact type that a trigger of the group names; deaths alone take the type of their victims."""
    over = more_exact()
    types = list(dict.fromkeys(item.trigger.event_type for item in sorted(group, key=lambda item: item is not lead)))
    real = [t for t in types if t != CASUALTIES]
    best = real[0] if real else None
    for candidate in real[1:]:
        if best is not None and best in over.get(candidate, ()):
            best = candidate
    if best == "property_destruction" and any(f.metric in _HARMED and f.group != "military" and f.low for f in figures):
        return "attack_on_civilians"
    captured = any(f.metric == "captured" for f in figures)
    if best == "control_change" and captured and not is_object(text, lead.trigger, lead.refs):
        return "abduction_or_capture"
    if best is None:
        groups = {f.group for f in figures}
        civil = bool(groups & {"civilian", "children", "women"}) and "military" not in groups
        return "attack_on_civilians" if civil else "armed_clash"
    return best  # type: ignore[return-value]


_HARMED = frozenset({"killed", "wounded"})


def _fitting(event_type: EventType, sentence: Sequence[Word]) -> EventType:
    """Return the type, or the one to take where its condition is not met ("opened fire" with no line and no truce)."""
    needs, otherwise = conditions().get(event_type, (frozenset(), event_type))
    met = not needs or any(word.lower in needs for word in sentence)
    return event_type if met else otherwise  # type: ignore[return-value]


def _modality(reading: str, attribution: Attribution | None, when: DateRange, analysis: Analysis) -> Modality:
    if reading in NOT_DRAWN:
        return reading  # type: ignore[return-value]
    published = analysis.report.published
    if when.end is not None and published is not None and published - when.end > _LONG_AGO:
        return "historical"
    if attribution is not None and (attribution.party is not None or attribution.act in {"claims", "accuses"}):
        return "alleged"
    return "occurred"


def _claims(
    analysis: Analysis,
    sentence: Sentence,
    lead: Found,
    attribution: Attribution | None,
    figures: tuple[Casualties, ...],
) -> Iterator[Claim]:
    start, end = _quote_span(analysis.report.text, sentence, lead)
    quote = analysis.report.text[start:end]
    name = analysis.report.name
    act: Act = attribution.act if attribution else "reports"
    speaker, party = (attribution.speaker, attribution.party) if attribution else (None, None)
    own_denial = lead.verdict.reading == "denied"
    reason = f"{lead.verdict.reading}: {lead.verdict.reason}; said by: {attribution.reason if attribution else 'the report itself'}"
    yield Claim(
        name, start, end, quote, speaker, "denies" if own_denial else act, figures, party, lead.trigger.text, reason
    )
    for denial in said_in(analysis, sentence):
        if (
            denial.act == "denies"
            and not own_denial
            and denial.start <= lead.trigger.start < denial.end
            and denial.speaker != speaker
        ):
            yield Claim(
                name, start, end, quote, denial.speaker, "denies", (), denial.party, lead.trigger.text, denial.reason
            )


def _quote_span(text: str, sentence: Sentence, lead: Found) -> tuple[int, int]:
    """Return the sentence, or its part around the trigger where it is longer than a quote may be."""
    if sentence.end - sentence.start <= QUOTE_LIMIT:
        return sentence.start, sentence.end
    start = max(sentence.start, min(lead.trigger.start - QUOTE_LIMIT // 2, sentence.end - QUOTE_LIMIT))
    end = min(sentence.end, start + QUOTE_LIMIT)
    start += (
        len(text[start:end]) - len(re.sub(r"^\S*\s", "", text[start:end], count=1)) if start > sentence.start else 0
    )
    return start, end
