"""Why a report was read as it was: its text with every mention, and every claim with what it was taken from.

`explain` gathers what is to be told as plain values; `geo.explain.terminal` and `geo.explain.html` show it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gazetteer.index import Gazetteer
    from geo.model import Candidate, Casualties, Claim, DateRange, Event, Extraction, Report, Resolution

_RIVALS = 4  # readings shown beside the chosen one


@dataclass(frozen=True, slots=True)
class MentionRow:
    """One mention: its number in the report, its span, how it is used, what it means, why, and what else it could be."""

    number: int
    start: int
    end: int
    text: str
    usage: str
    usage_reason: str
    place: str
    confidence: float
    reason: str
    rivals: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """One claim: the quote, and each part of what was read from it as (what, value, taken from)."""

    number: int
    start: int
    end: int
    quote: str
    parts: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """Everything that can be told about how one report was read."""

    report: Report
    mentions: tuple[MentionRow, ...]
    claims: tuple[ClaimRow, ...]
    unresolved: tuple[str, ...]


def explain(extraction: Extraction, places: Gazetteer) -> tuple[Explanation, ...]:
    """Return an explanation of each report of an extraction.

    >>> from gazetteer.index import Gazetteer
    >>> from geo.model import Extraction, Report
    >>> explain(Extraction(()), Gazetteer())
    ()
    >>> explain(Extraction((Report("a.txt", "Nothing."),)), Gazetteer())[0].claims
    ()
    """
    return tuple(
        Explanation(
            report,
            tuple(_mentions((r for name, r in extraction.resolutions if name == report.name), places)),
            tuple(_claims(extraction.events, report.name)),
            tuple(f"{u.text}: {u.suggestion}" for u in extraction.unresolved if u.report == report.name),
        )
        for report in extraction.reports
    )


def _mentions(resolutions: Iterable[Resolution], places: Gazetteer) -> Iterable[MentionRow]:
    ordered = sorted(resolutions, key=lambda r: (r.mention.start, r.mention.end))
    for number, resolution in enumerate(ordered, 1):
        place = places.get(resolution.place_id)
        chosen = f"{place.name} ({place.id}, {place.kind})" if place else resolution.place_id or "no place"
        rivals = [c for c in resolution.candidates if c.place_id != resolution.place_id]
        mention = resolution.mention
        yield MentionRow(
            number, mention.start, mention.end, mention.text, resolution.usage, resolution.usage_reason, chosen,
            resolution.confidence, resolution.reason, tuple(_rival(c) for c in rivals[:_RIVALS]),
        )  # fmt: skip


def _rival(candidate: Candidate) -> str:
    evidence = f": {'; '.join(candidate.evidence)}" if candidate.evidence else ""
    return f"{candidate.place_id} {candidate.score:.2f}{evidence}"


def _claims(events: Iterable[Event], report: str) -> Iterable[ClaimRow]:
    pairs = sorted(
        ((claim, event) for event in events for claim in event.claims if claim.report == report),
        key=lambda pair: (pair[0].start, pair[0].end, pair[1].id),
    )
    for number, (claim, event) in enumerate(pairs, 1):
        yield ClaimRow(number, claim.start, claim.end, claim.quote, tuple(_parts(claim, event)))


def _parts(claim: Claim, event: Event) -> Iterable[tuple[str, str, str]]:
    """Yield each thing that was read, in words, with what it was taken from."""
    yield "what", event.event_type, f'"{claim.trigger}"' if claim.trigger else ""
    yield "modality", event.modality, claim.reason
    yield (
        "who says so",
        claim.claimant or "the report itself",
        f"{claim.act}" + (f", side {claim.claimant_side}" if claim.claimant_side else ""),
    )
    where = event.where
    said = f'"{where.place_text}"' if where.place_text else ""
    yield "where", _place_words(event), "; ".join(part for part in (said, where.reason) if part)
    yield (
        "when",
        _days(event.when),
        "; ".join(part for part in (f'"{event.when.text}"' if event.when.text else "", event.when.basis) if part),
    )
    for figure in claim.casualties:
        yield "figure", _figure(figure), f'"{figure.text}"'
    if event.actors:
        yield "actors", ", ".join(event.actors), ""
    yield "event", event.id, f"{event.verification.replace('_', ' ')}, {len(event.claims)} claims"
    for reason in event.merged:
        yield "merged", reason, ""


def _place_words(event: Event) -> str:
    where = event.where
    if where.geometry is None:
        return "not drawn"
    relation = f"{where.relation.replace('_', ' ')} " if where.relation else ""
    radius = f", within {where.uncertainty_m:,.0f} m" if where.uncertainty_m else ""
    return f"{relation}{where.place_name or ', '.join(where.place_ids)} (precision {where.precision}{radius})"


def _days(when: DateRange) -> str:
    """Put a period into words.

    >>> from datetime import date
    >>> from geo.model import DateRange
    >>> _days(DateRange(date(2023, 9, 19), date(2023, 9, 19), "day")), _days(DateRange())
    ('2023-09-19, known to the day', 'no date')
    """
    if when.start is None and when.end is None:
        return "no date"
    span = str(when.start) if when.start == when.end else f"{when.start or 'open'} to {when.end or 'open'}"
    return f"{span}, known to the {when.precision}"


def _figure(figure: Casualties) -> str:
    numbers = [
        f"{name} {value}"
        for name, value in (("low", figure.low), ("best", figure.best), ("high", figure.high))
        if value is not None
    ]
    side = f" of {figure.side}" if figure.side else ""
    return f"{figure.metric}, {figure.group}{side}: {figure.qualifier.replace('_', ' ')}" + (
        f" ({', '.join(numbers)})" if numbers else ""
    )
