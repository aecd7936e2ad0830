"""Reads the triggers of a sentence: what each means, where its event happened, and which tell of one thing."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from geo.attribution import speaker_for
from geo.claims.analysis import said_in
from geo.claims.clauses import clause_at, clauses
from geo.claims.grammar import SUBJECT_GAP, is_subject_of_passive
from geo.claims.kinds import KINETIC, WITH_FIGURES
from geo.claims.modality import ATTEMPT, Verdict, read
from geo.claims.placing import link
from geo.claims.triggers import BEHIND_PLACE, CASUALTIES, WITH_PLACE, Trigger, find_triggers
from geo.text import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gazetteer.index import Gazetteer
    from geo.attribution import Attribution
    from geo.claims.analysis import Analysis
    from geo.dates import DateMention
    from geo.spatial import Reference
    from geo.text import Sentence


@dataclass(frozen=True, slots=True)
class Found:
    """A trigger that was read, with what the clause says of it."""

    trigger: Trigger
    verdict: Verdict
    clause: tuple[int, int]
    refs: tuple[Reference, ...] = ()
    link: str = ""
    score: float = 0.0


def read_triggers(analysis: Analysis, sentence: Sentence, lower: str, refs: Sequence[Reference]) -> Iterator[Found]:
    """Yield the triggers of a sentence as they are meant, each linked to the places where its event happened."""
    text = analysis.report.text
    triggers = find_triggers(lower, words(lower, sentence.start, sentence.end), analysis.language)
    parts = clauses(text, sentence.start, sentence.end)
    names = analysis.names_in(sentence)
    kept = [
        t for t in triggers
        if not any(a <= t.start and t.end <= b for a, b in names)
        and not _ENDS_IN_MARCH.search(text, t.start, t.end)
        and not any(o is not t and o.event_type == t.event_type and o.start <= t.start and t.end <= o.end and o.end - o.start > t.end - t.start for o in triggers)
    ]  # fmt: skip
    for trigger in kept:
        # a phrase may reach over a border: "14 families, or 68 people, moved to"
        clause = (clause_at(parts, trigger.start)[0], clause_at(parts, trigger.end - 1)[1])
        verdict = _denied_by_scope(analysis, sentence, trigger) or read(
            text, trigger, clause, (sentence.start, sentence.end), analysis.language
        )
        if verdict.reason == ATTEMPT and trigger.event_type == "control_change":
            trigger = replace(trigger, event_type="offensive")  # noqa: PLW2901  (who tried to take it attacked it)
        linked, why, score = link(analysis, sentence, trigger, clause, refs, kept)
        if trigger.lemma.endswith(WITH_PLACE) and not is_object(text, trigger, linked):
            continue
        if trigger.lemma.endswith(BEHIND_PLACE) and not any(
            SUBJECT_GAP.fullmatch(text, ref.end, trigger.start) for ref in refs if ref.end < trigger.start
        ):
            continue
        yield Found(trigger, verdict, clause, linked, why, score)


def is_object(text: str, trigger: Trigger, refs: Sequence[Reference]) -> bool:
    """Tell whether a place is what the verb acts on: right behind it, or right before its passive."""
    for ref in refs:
        behind = text[trigger.end : ref.start]
        gap = _OBJECT_GAP if ref.bearing is None else _LOCATED_GAP
        if ref.start >= trigger.end and gap.fullmatch(behind):
            return True
        if is_subject_of_passive(text, trigger, ref):
            return True
    return False


_ENDS_IN_MARCH = re.compile(r"\w\s+March$|(?<!^)\bMarch\b(?=\s+\d)")
"""The month is no march."""
_OBJECT_GAP = re.compile(
    r"\s+(?:(?:the|a|back|all of|parts? of|control of|city|town|village|villages|towns|capital|district|districts|settlement|outskirts|suburbs|centre|center|streets|of|strategic|nearby|whole|entire|\w+ern)\s+)*"
)
_LOCATED_GAP = re.compile(rf"{_OBJECT_GAP.pattern}(?:(?:[A-Z][\w’'-]+\s+){{0,2}}[A-Z][\w’'-]+,\s+)?")
"""The same before a distance, with the name that lies so far off: "took X, | 27 km north of Y"."""


def _denied_by_scope(analysis: Analysis, sentence: Sentence, trigger: Trigger) -> Verdict | None:
    """Return a denial where the trigger stands in what somebody denies ("X denied that there was a ...")."""
    for said in said_in(analysis, sentence):
        if said.act == "denies" and said.verb < trigger.start and said.start <= trigger.start < said.end:
            between = analysis.report.text[said.verb : trigger.start]
            if not re.search(r"[;,]|\b(?:and|but|after|while|as)\b", between):
                return Verdict("denied", f"what {said.speaker} denies")
    return None


def sharpened(found: Sequence[Found], places: Gazetteer) -> list[Found]:
    """Return triggers with those of mere deaths moved from a region to the place in it where the sentence has the violence.

    "In the X region, police opened fire on a car in Y, killing four": those died in Y.

    >>> from gazetteer.index import Gazetteer
    >>> sharpened([], Gazetteer())
    []
    """
    violent = [item for item in found if item.trigger.event_type in KINETIC and item.refs]
    out = []
    for item in found:
        counted = item.trigger.event_type == CASUALTIES and item.refs
        finer = next((other for other in violent if counted and _lies_in(other, item, places)), None)
        out.append(replace(item, refs=finer.refs, link=finer.link, score=finer.score) if finer else item)
    return out


def in_scene(found: Sequence[Found], text: str) -> list[Found]:
    """Return triggers with those that have no place moved to where the clause with "when" behind them has the violence.

    "Ten soldiers were captured, when the army attacked X": they were captured there.

    >>> in_scene([], "")
    []
    """
    scenes = [
        item for item in found
        if item.refs and item.trigger.event_type in KINETIC and item.verdict.reading == "asserted" and _WHEN.match(text, item.clause[0])
    ]  # fmt: skip
    out = []
    for item in found:
        kind = item.trigger.event_type
        lost = not item.refs and item.verdict.reading == "asserted" and kind in KINETIC | WITH_FIGURES
        scene = next((o for o in scenes if lost and _NEXT.fullmatch(text, item.clause[1], o.clause[0])), None)
        out.append(replace(item, refs=scene.refs, link=scene.link, score=scene.score) if scene else item)
    return out


_WHEN = re.compile(r"(?:when|as)\b", re.IGNORECASE)
_NEXT = re.compile(r",?\s*")
"""Between two clauses, one right behind the other."""


def _lies_in(fine: Found, wide: Found, places: Gazetteer) -> bool:
    """Tell whether all places of one trigger lie in the only place of another, and are not it."""
    holders = {i for ref in wide.refs for i in ref.place_ids}
    held = {i for ref in fine.refs for i in ref.place_ids}
    return len(holders) == 1 and not held & holders and all(places.within(i, h) for i in held for h in holders)


def grouped(
    found: Sequence[Found], said: Sequence[Attribution] = (), days: Sequence[DateMention] = (), text: str = ""
) -> list[list[Found]]:
    """Put together triggers that tell of one thing: the same clause and place, both violent or of one type.

    What two sides say, by the sayings of the sentence, is never put together, nor what a semicolon or two days part.
    """
    groups: list[list[Found]] = []
    for item in found:
        for group in groups:
            last = group[-1]
            apart = _party(said, last) != _party(said, item) or _parted(last, item, days, text)
            if _same_thing(last, item) and not apart and not any(_elsewhere(other, item) for other in group):
                group.append(item)
                break
        else:
            groups.append([item])
    return groups


def _parted(a: Found, b: Found, days: Sequence[DateMention], text: str) -> bool:
    """Tell whether a semicolon, or a day of its own in each clause, parts two triggers."""
    if a.clause == b.clause:
        return False
    low, high = sorted((a.trigger.start, b.trigger.start))
    if ";" in text[low:high]:
        return True
    own = [
        {
            day.when.start
            for day in days
            if item.clause[0] <= day.start < item.clause[1] and day.role == "event" and day.when.precision == "day"
        }
        for item in (a, b)
    ]
    return bool(own[0] and own[1]) and not own[0] & own[1]


def _party(said: Sequence[Attribution], item: Found) -> str | None:
    """Return the party that says a trigger, among the sayings of its sentence."""
    if not said:
        return None
    voice = speaker_for(said, said[0].sentence, item.trigger.start)
    return voice.party if voice else None


def _elsewhere(a: Found, b: Found) -> bool:
    """Tell whether two triggers each have a place and none in common."""
    places = {i for ref in a.refs for i in ref.place_ids}, {i for ref in b.refs for i in ref.place_ids}
    return bool(places[0] and places[1] and not places[0] & places[1])


def _same_thing(a: Found, b: Found) -> bool:
    kinetic = a.trigger.event_type in KINETIC and b.trigger.event_type in KINETIC
    related = kinetic or a.trigger.event_type == b.trigger.event_type or b.trigger.start < a.trigger.end
    where = {i for ref in a.refs for i in ref.place_ids}, {i for ref in b.refs for i in ref.place_ids}
    same_place = not where[0] or not where[1] or bool(where[0] & where[1])
    if where[0] and where[0] == where[1] and a.trigger.event_type == b.trigger.event_type:
        related = kinetic = True
    happened = {"asserted", "mentioned"}
    same_reality = (a.verdict.reading in happened) == (b.verdict.reading in happened)
    return related and same_place and same_reality and (a.clause == b.clause or kinetic)


def belongs(position: int, group: Sequence[Found], groups: Sequence[Sequence[Found]], number: int) -> bool:
    """Tell whether a figure at a position is this group's: the nearest violent group, or displaced people's."""
    takes = [
        (min(abs(item.trigger.start - position) for item in other), index)
        for index, other in enumerate(groups)
        if any(item.trigger.event_type in KINETIC or item.trigger.event_type in WITH_FIGURES for item in other)
    ]
    return bool(takes) and min(takes)[1] == number and bool(group)


def bare_toll(start: int, end: int, text: str, sentence: tuple[int, int]) -> Found:
    """Return a toll that no verb introduces ("reported one dead soldier") as a trigger of its own."""
    trigger = Trigger(start, end, text[start:end], CASUALTIES, "noun", "toll")
    return Found(trigger, Verdict("asserted", "a figure of dead or wounded"), sentence)


def tells_where(text: str, item: Found) -> bool:
    """Tell whether a noun that is only mentioned names its own place directly behind it ("the blockade of X")."""
    if not item.refs or item.trigger.form == "weak":
        return False
    between = text[item.trigger.end : item.refs[0].start]
    return item.refs[0].start >= item.trigger.end and len(between.split()) <= 4 and not re.search(r"[,;:]", between)
