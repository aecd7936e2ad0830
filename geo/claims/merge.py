"""Puts together events that tell of the same thing, within a report and across reports; claims are kept whole.

Two events are one where place, period and kind of happening agree and their figures can be the same. Rival figures
stay side by side as claims. Each merge says why; taking the claims apart again gives back what went in.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from shapely import Point

from gazetteer.index import distance_m
from geo.claims.kinds import KINETIC
from geo.claims.triggers import more_exact

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from geo.model import Claim, DateRange, Event, Footprint, Report, Verification

_FAMILY = {
    "armed_clash": "violence",
    "offensive": "violence",
    "ambush_or_raid": "violence",
    "ceasefire_violation": "violence",
}
_FALLBACK_SLACK = timedelta(days=15)
"""How far before publication a report's own date may lie for a sentence without one (its headline) to mean the same."""
_HAPPENED = frozenset({"occurred", "alleged", "historical"})


def merge(events: Iterable[Event], reports: Sequence[Report]) -> tuple[Event, ...]:
    """Return the events, those of the same thing as one, with stable ids and their verification."""
    merged: list[Event] = []
    by_key: dict[tuple[object, ...], list[int]] = {}
    for event in events:
        key = (event.where.place_id or event.where.place_ids, _FAMILY.get(event.event_type, event.event_type))
        for index in by_key.get(key, ()) if event.where.geometry is not None else ():
            why = _same(merged[index], event)
            if why:
                merged[index] = _put_together(merged[index], event, why)
                break
        else:
            by_key.setdefault(key, []).append(len(merged))
            merged.append(event)
    texts = {report.name: report for report in reports}
    return tuple(_finished(event, texts) for event in merged)


def _same(a: Event, b: Event) -> str:
    """Return why two events are the same thing, "" where they are not or may not be."""
    if (a.modality in _HAPPENED) != (b.modality in _HAPPENED):
        return ""
    if a.where.relation == "between" and a.where.place_ids != b.where.place_ids:
        return ""
    if _apart(a.where, b.where):
        return ""
    same_report = {c.report for c in a.claims} & {c.report for c in b.claims}
    if not _periods_agree(a.when, b.when, slack=_FALLBACK_SLACK if same_report else timedelta(days=1)):
        return ""
    if _figures_clash(a, b):
        return ""
    if not same_report and "day" not in (a.when.precision, b.when.precision):
        return ""
    return f"same place ({b.where.place_name}), same kind ({b.event_type}), {'the same report' if same_report else 'the same day'}"


def _apart(a: Footprint, b: Footprint) -> bool:
    """Tell whether two points lie farther from each other than both may be off: "near X" and "27 km north of X"."""
    one, other = a.geometry, b.geometry
    if not isinstance(one, Point) or not isinstance(other, Point):
        return False
    return distance_m(one.y, one.x, other.y, other.x) > (a.uncertainty_m or 0.0) + (b.uncertainty_m or 0.0)


def _periods_agree(a: DateRange, b: DateRange, slack: timedelta) -> bool:
    """Tell whether two periods can be one: the same day, or a fallback date that gives way to a stated one near it."""
    first, second = _span(a), _span(b)
    if first is None or second is None:
        return first is None and second is None
    if a.precision == b.precision == "day":
        if first == second:
            return True
        loose = (a.basis == "publication") != (b.basis == "publication")
        return loose and abs(first[1] - second[1]) <= slack and first[0] == first[1] and second[0] == second[1]
    if (a.basis == "publication") != (b.basis == "publication"):
        wide, exact = (first, second) if a.basis == "publication" else (second, first)
        return wide[0] <= exact[0] and exact[1] <= wide[1]
    return first == second


def _span(when: DateRange) -> tuple[date, date] | None:
    start, end = when.start or when.end, when.end or when.start
    return (start, end) if start is not None and end is not None else None


def _figures_clash(a: Event, b: Event) -> bool:
    """Tell whether one claimant gives two figures for one thing: then they are two things."""
    for mine in a.claims:
        for other in b.claims:
            if mine.report != other.report or mine.claimant != other.claimant:
                continue
            known = {(f.metric, f.group, f.side): f for f in mine.casualties}
            for figure in other.casualties:
                rival = known.get((figure.metric, figure.group, figure.side))
                if (
                    rival is not None
                    and rival.best is not None
                    and figure.best is not None
                    and rival.best != figure.best
                ):
                    return True
    return False


def _put_together(a: Event, b: Event, why: str) -> Event:
    over = more_exact()
    exact = a.event_type in KINETIC and a.event_type in over.get(b.event_type, ())
    when = a.when if a.when.basis in {"stated", "relative"} or b.when.basis not in {"stated", "relative"} else b.when
    claims = (*a.claims, *(claim for claim in b.claims if claim not in a.claims))
    actors = tuple(dict.fromkeys((*a.actors, *b.actors)))
    modality = "occurred" if "occurred" in (a.modality, b.modality) else a.modality
    return replace(
        a, event_type=b.event_type if exact else a.event_type, modality=modality, when=when, claims=claims, actors=actors,
        merged=(*a.merged, why),
    )  # fmt: skip


def _finished(event: Event, reports: dict[str, Report]) -> Event:
    """Give an event its stable id and its verification."""
    first = event.claims[0]
    day = event.when.start.isoformat() if event.when.start else ""
    source = "|".join(
        (
            event.event_type,
            event.where.place_id or "",
            day,
            first.report,
            str(first.start),
            first.trigger,
            event.where.place_text or "",
        )
    )
    digest = hashlib.sha256(source.encode()).hexdigest()[:12]
    return replace(event, id=f"e{digest}", verification=_verification(event.claims, reports))


def _verification(claims: Sequence[Claim], reports: dict[str, Report]) -> Verification:
    """Return what follows from who claims and who denies: neither side alone confirms, nor does a copy of one wire."""
    says = [claim for claim in claims if claim.act != "denies"]
    if any(claim.act == "denies" for claim in claims) and says:
        return "contested"
    sources = {(_source(claim, reports), claim.claimant_side) for claim in says}
    parties = {side for _, side in sources if side is not None}
    neutral = {source for source, side in sources if side is None}
    if len(parties) >= 2:
        return "both_sides"
    if len(neutral) >= 2 or (neutral and parties):
        return "independently_confirmed"
    return "multi_source_one_side" if len(sources) >= 2 else "single_source"


def _source(claim: Claim, reports: dict[str, Report]) -> str:
    """Return who vouches: the claimant, else the publisher; the same words in two papers are one wire's."""
    if claim.claimant:
        return claim.claimant
    report = reports.get(claim.report)
    text = re.sub(r"\W+", " ", claim.quote.lower()).strip()
    return (
        f"{report.publisher if report and report.publisher else claim.report}"
        if len(text) < 40
        else hashlib.sha256(text.encode()).hexdigest()[:8]
    )
