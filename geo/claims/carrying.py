"""Where a sentence that names no place takes its place from: what the paragraph spoke of, whose ground it is, the region.

Each way is narrow, for a carried place is a guess: a town is carried within its paragraph only, a capital only where
something happened there or the text set its scene there, a region only for what its own authorities or a party's
institution count of soldiers. Anything else stays without a place.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geo.claims.kinds import CARRIES_PLACE, is_too_wide
from geo.claims.triggers import CASUALTIES
from geo.footprint import lies_at
from geo.spatial import Reference

if TYPE_CHECKING:
    from geo.attribution import Attribution
    from geo.claims.analysis import Analysis
    from geo.model import Casualties

Placed = tuple[tuple[Reference, ...], str]
"""The places of an event, none or more, and the reason in words."""

_NOWHERE: Placed = ((), "")
_FIRE = frozenset({"shelling", "ceasefire_violation"})
"""What a party's institution says without a place is said of the region that the report is about."""
_RUNNING = re.compile(
    r"\b(?:since|to the present|until now|up to now|till now|to this day|so far|in total|in all|altogether|overall|to date|death toll|number of (?:the )?(?:dead|killed|victims)"
    r"|(?:during|in|throughout) (?:the|that|this) (?:[\w-]+ )?(?:war|conflict|fighting|hostilities)|both sides|on each side|total of)\b"
)
"""Words of a running count: it belongs to a whole war, not to a place in it."""

_IN_ALL = re.compile(r"\W*(?:in total|in all|altogether|overall|since\b|to date|so far)\b")
"""Opens a sentence of such a count."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """What the text spoke of before a sentence."""

    here: tuple[Reference, ...] = ()
    """The places of the paragraph so far, those of what happened before those that were only named."""
    linked: tuple[Reference, ...] = ()
    """The places of what happened last, be it paragraphs ago."""
    scene: tuple[Reference, ...] = ()
    """The place that opened a sentence of this paragraph: "In X, sirens sounded"."""
    last: Reference | None = None
    nowhere: bool = False
    """Whether what happened last has no place."""
    focus: Reference | None = None
    """The region that the whole report is about, see `focus_of`."""


@dataclass(frozen=True, slots=True)
class Telling:
    """What a sentence without a place tells: its type, its leading trigger's, its figures, its speaker and its words."""

    event_type: str
    trigger_type: str
    figures: tuple[Casualties, ...]
    attribution: Attribution | None
    lower: str
    goes_on: bool = False
    """Whether it takes up what was told before ("the attack killed two")."""
    heading: bool = False
    new_paragraph: bool = False
    names_a_place: bool = False
    """Whether it names a place, though nothing ties what happened to it: then it happened nowhere else either."""


def focus_of(analysis: Analysis) -> Reference | None:
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
    return Reference(
        first[leader].start, first[leader].end, name, (leader,), "in", named=False, reason=f"the report is about {name}"
    )


def place_of(analysis: Analysis, telling: Telling, spoken: Spoken) -> Placed:
    """Return where something happened that its own sentence gives no place for, with the reason; no place where unsure."""
    if telling.event_type not in CARRIES_PLACE and telling.trigger_type not in CARRIES_PLACE:
        return _NOWHERE
    if telling.goes_on and spoken.nowhere:
        return _NOWHERE
    toll = telling.trigger_type == CASUALTIES
    running = _RUNNING.search(telling.lower) is not None and (
        not telling.goes_on or _IN_ALL.match(telling.lower) is not None
    )
    own = _own_ground(analysis, telling.attribution) if toll or telling.figures else _NOWHERE
    paragraph = _NOWHERE if running else _of_paragraph(analysis, telling, spoken)
    ways = (own, paragraph) if toll and telling.new_paragraph else (paragraph, own)
    return next((way for way in (*ways, _of_region(analysis, telling, spoken)) if way[0]), _NOWHERE)


def _of_paragraph(analysis: Analysis, telling: Telling, spoken: Spoken) -> Placed:
    """Return the place that the paragraph spoke of, if it is one; several only where the text takes up what happened there."""
    if telling.names_a_place and not telling.goes_on:
        return _NOWHERE
    refs = spoken.linked if telling.goes_on else () if telling.new_paragraph else spoken.here
    kept = [ref for ref in refs if ref in spoken.linked or ref in spoken.scene or not _is_capital(analysis, ref)]
    if kept and telling.goes_on and not _IN_ALL.match(telling.lower):
        kept = list({ref.place_ids: ref for ref in kept}.values())
        return tuple(kept), f"takes up what happened before at {', '.join(dict.fromkeys(ref.text for ref in kept))}"
    if len({ref.place_ids for ref in kept}) == 1 and not is_too_wide(analysis.places[kept[0].place_ids[0]]):
        return tuple(kept[:1]), f"no place in the sentence: {kept[0].text}, which the paragraph last spoke of"
    return _NOWHERE


def _own_ground(analysis: Analysis, attribution: Attribution | None) -> Placed:
    """Return the region whose own authorities speak: what they count without a place, they count there.

    Only for a region with an outline, never for a country and never for the town where they sit.
    """
    place = analysis.places.get(attribution.party) if attribution else None
    if place is None or place.kind != "region" or not place.geometries or attribution is None:
        return _NOWHERE
    ref = Reference(attribution.verb, attribution.verb, place.name, (place.id,), "in", named=False)
    return (ref,), f"no place in the sentence: its speaker, {attribution.speaker}, counts for {place.name}"


def _of_region(analysis: Analysis, telling: Telling, spoken: Spoken) -> Placed:
    """Return the region that the report is about, for soldiers whom a party's institution counts and for fire that it tells of."""
    focus, said = spoken.focus, telling.attribution
    if focus is None or said is None or said.party is None or telling.heading:
        return _NOWHERE
    soldiers = any(figure.group == "military" for figure in telling.figures)
    if not soldiers and (telling.event_type not in _FIRE or telling.figures):
        return _NOWHERE
    last, places = spoken.last, analysis.places
    if last is not None and not any(lies_at(places[i], places[focus.place_ids[0]], places) for i in last.place_ids):
        return _NOWHERE
    return (focus,), f"no place in the sentence: {focus.reason}"


def _is_capital(analysis: Analysis, ref: Reference) -> bool:
    """Tell whether a place is a country's capital: one that was only named is where somebody spoke or decided."""
    return any(analysis.places[i].capital_of for i in ref.place_ids)
