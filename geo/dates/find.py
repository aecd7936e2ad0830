"""Finds the time expressions of a sentence, joins ranges, and chooses which expression dates an event."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from geo.calendar_spans import shift
from geo.dates.chronology import chronology
from geo.dates.roles import CLOCK, OLD, governor_of, mention_of, not_dates
from geo.dates.rules import expressions, has_no_year, offset, read, stated_year
from geo.dates.words import date_words
from geo.dates.years import Context
from geo.model import DateRange
from geo.patterns import alternatives
from geo.windows import count_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from geo.dates.roles import DateMention
    from geo.dates.rules import Expression, Found
    from geo.model import DateBasis


def find_dates(
    text: str, start: int, end: int, *, published: date | None, anchor: DateRange | None = None
) -> tuple[DateMention, ...]:
    """Return every time expression in `text[start:end]` (one sentence, best), left to right.

    `published` is the day of the report; `anchor` is what the text last spoke of (see `carry`). Offsets count
    characters of `text`.

    >>> from datetime import date
    >>> text = "Trucks entered on Monday, nine months after the road was closed in December."
    >>> for mention in find_dates(text, 0, len(text), published=date(2023, 9, 20)):
    ...     print(text[mention.start : mention.end], mention.when.start, mention.when.end, mention.when.precision)
    Monday 2023-09-18 2023-09-18 day
    nine months after None None unknown
    December 2022-12-01 2022-12-31 month
    >>> find_dates("Shells fell on the town.", 0, 24, published=None)
    ()
    """
    pairs: list[tuple[Found, DateMention]] = []
    pending = expressions(text, start, end)
    blocked = [match.span() for match in not_dates().finditer(text, start, end)]
    before: tuple[Found, str] | None = None
    spoken, position = anchor, start
    narrative = chronology(text).is_narrative(published)
    for index, expression in enumerate(pending):
        if expression.start < position or any(a <= expression.start < b for a, b in blocked):
            continue
        hint = _year_told(expression, [mention for _, mention in pairs], pending[index + 1 :], spoken)
        context = Context(
            text, start, end, published, spoken, hint, told_here=spoken is not anchor, narrative=narrative
        )
        found = read(expression, context)
        if found is None:
            continue
        joined = before and _join(before, found, context)
        if joined:
            pairs.pop()
            found = joined
        governor = governor_of(text, start, found.start)
        mention = mention_of(found, governor, context, pairs[-1][1].end if pairs else start)
        pairs.append((found, mention))
        before, position = (found, governor), mention.end
        spoken = _spoken_after(mention, spoken)
    mentions = [mention for _, mention in pairs]
    base = Context(text, start, end, published, anchor, narrative=narrative)
    return tuple(_bounded(found, mention, mentions[index:], base) for index, (found, mention) in enumerate(pairs, 1))


def carry(
    mentions: Sequence[DateMention], anchor: DateRange | None, *, new_paragraph: bool = False
) -> DateRange | None:
    """Return what the text speaks of after a sentence with these mentions: the anchor for the next sentence.

    In a new paragraph only a date with calendar parts is kept: news goes on from publication, a narrative from the
    date that it told last. Call it with no mentions and `new_paragraph=True` before the first sentence of a paragraph.

    >>> carry((), DateRange(basis="relative"), new_paragraph=True) is None
    True
    """
    spoken = anchor
    if new_paragraph and spoken is not None and spoken.basis != "stated":
        spoken = None
    for mention in mentions:
        spoken = _spoken_after(mention, spoken)
    return spoken


def counts_on(text: str, start: int, end: int) -> bool:
    """Tell whether a sentence opens with a time that counts from what was told before it.

    >>> counts_on("Two days later X fell.", 0, 22), counts_on("X fell two days later.", 0, 22), counts_on("", 0, 0)
    (True, False, False)
    """
    first = next((one for one in expressions(text, start, end) if one.rule.kind != "clock"), None)
    if first is None or first.rule.kind != "anaphoric":
        return False
    return _lead_in().fullmatch(text, start, first.start) is not None


@lru_cache(maxsize=1)
def _lead_in() -> re.Pattern[str]:
    """Return a pattern for what may stand before a time that opens a sentence: "At 5 p.m. on", "In the evening of"."""
    parts = alternatives(date_words().lists["parts_of_day"])
    return re.compile(
        rf"(?:\b(?:in|at|on|by|of|the|early|late|about|around|during)\b|{CLOCK}|\b{parts}\b|[\s,])*", re.IGNORECASE
    )


def choose(
    mentions: Sequence[DateMention],
    trigger_start: int,
    trigger_end: int,
    *,
    clause: tuple[int, int],
    sentence: tuple[int, int],
    published: date | None,
    anchor: DateRange | None = None,
    text: str = "",
) -> DateRange:
    """Return when the event at a trigger happened, from the time expressions around it.

    In this order: an expression in whose scope the trigger stands ("a 2020 war that killed thousands"); the nearest one
    of the clause; when the speaker of the clause spoke; one that opens the sentence; any other of the sentence that is
    not of old; the speaker's day; `anchor`, which the text spoke of before; the day of publication, marked as such by
    its basis. Background never dates anything outside its scope. Nothing known: all unknown.

    With `text` (the whole report) nearness counts words, else characters, in which a long name between two words weighs
    more; and what a history does not date stays unknown, for it did not happen on the day of its publication.

    >>> from datetime import date
    >>> choose((), 0, 3, clause=(0, 9), sentence=(0, 9), published=date(2023, 9, 20)).basis
    'publication'
    >>> choose((), 0, 3, clause=(0, 9), sentence=(0, 9), published=None)
    DateRange(start=None, end=None, precision='unknown', basis='unknown', text='')
    """
    known = [mention for mention in mentions if mention.when.start or mention.when.end]
    holding = [mention for mention in known if mention.scope and mention.scope[0] <= trigger_start < mention.scope[1]]
    free = [mention for mention in known if mention.role in {"event", "speech", "duration"}]
    if holding:
        named = min(holding, key=lambda mention: _length(mention.scope))
        inside = [mention for mention in free if mention.role == "event" and _inside(mention, named.scope or (0, 0))]
        inside = [mention for mention in inside if _inside(mention, clause)]
        return min(inside, key=lambda mention: _distance(mention, trigger_start, trigger_end, text), default=named).when
    in_clause = [mention for mention in free if _inside(mention, clause)]
    in_sentence = [mention for mention in free if _inside(mention, sentence) and mention not in in_clause]
    opening = [mention for mention in in_sentence if mention.opens]
    recent = [mention for mention in in_sentence if not _is_old(mention, published)]
    for pool, roles in (
        (in_clause, {"event", "duration"}),
        (in_clause, {"speech"}),
        (opening, {"event", "duration"}),
        (in_sentence if text and _goes_on(text, clause[0]) else recent, {"event"}),
        (recent, {"speech"}),
    ):
        fitting = [mention for mention in pool if mention.role in roles and _may_date(mention, trigger_start)]
        if fitting:
            return min(fitting, key=lambda mention: _distance(mention, trigger_start, trigger_end, text)).when
    if anchor is not None and (anchor.start or anchor.end):
        return replace(anchor, basis="relative")
    if published is not None and not (text and chronology(text).is_narrative(published)):
        return DateRange(published, published, "day", "publication")
    return DateRange()


def _goes_on(text: str, start: int) -> bool:
    """Tell whether a clause leaves out its subject and goes on from the one before: "X fell in 1993, and was burned"."""
    return (_AND.search(text, max(0, start - 6), start) or _AND.match(text, start)) is not None and (
        _SUBJECTLESS.match(text, start) is not None
    )


_AND = re.compile(r"\band\s+")
_SUBJECTLESS = re.compile(r"\s*(?:and\s+)?(?:was|were|had|been|later|then)\b")


def _inside(mention: DateMention, span: tuple[int, int]) -> bool:
    return span[0] <= mention.start and mention.end <= span[1]


def _length(span: tuple[int, int] | None) -> int:
    return span[1] - span[0] if span else 0


def _is_old(mention: DateMention, published: date | None) -> bool:
    last = mention.when.end or mention.when.start
    return published is not None and last is not None and published - last > OLD


def _may_date(mention: DateMention, trigger_start: int) -> bool:
    """Tell whether a length of time stands where it can: behind what lasted, or at the head of the sentence."""
    return mention.role != "duration" or mention.start > trigger_start or mention.opens


def _distance(mention: DateMention, start: int, end: int, text: str) -> tuple[int, int]:
    first, last = (end, mention.start) if mention.start >= end else (mention.end, start)
    return (count_words(text[first:last]) if text else last - first), mention.start


def _bounded(found: Found, mention: DateMention, following: Sequence[DateMention], context: Context) -> DateMention:
    """Let a length of time go with the date behind it.

    "Lasted nine months until trucks came on Monday" ends on that Monday, "closed for three hours on 3 December" was
    on that day, "for three days from 12 May" goes on from there.
    """
    if mention.role != "duration" or not following:
        return mention
    gap = context.text[mention.end : following[0].start]
    if _UNTIL.match(gap):
        last = next(
            (m.when.end for m in following if m.role == "event" and m.when.precision == "day" and m.when.end), None
        )
        again = last and read(found.expression, replace(context, published=last, anchor=None, told_here=False))
        return (
            replace(mention, when=replace(again.when, text=mention.when.text), reason=again.reason)
            if again
            else mention
        )
    beside = following[0].when
    if _ON.fullmatch(gap) and beside.start:
        when = replace(beside, text=mention.when.text)
        return replace(mention, when=when, role=following[0].role, reason="a length of time within the date behind it")
    if _FROM.fullmatch(gap) and beside.start and beside.precision == "day":
        again = read(found.expression, replace(context, anchor=beside, published=None))
        return (
            replace(mention, when=replace(again.when, text=mention.when.text), reason=again.reason)
            if again
            else mention
        )
    return mention


_UNTIL = re.compile(r"\s*,?\s*(?:until|till|up to|before|when)\b", re.IGNORECASE)
_ON = re.compile(r"\s+(?:on|in|during)\s+(?:the\s+)?", re.IGNORECASE)
_FROM = re.compile(r",?\s+(?:from|starting|beginning|starting\s+on|beginning\s+on)\s+(?:the\s+)?", re.IGNORECASE)


# --- ranges ---------------------------------------------------------------------------------------------------------

_BETWEEN_ENDS = re.compile(
    r"\s*(?P<word>-|–|\bto\b|\buntil\b|\btill\b|\bthrough\b|\band(?:\s+up\s+to)?\b|\bup to\b|\binto\b)\s*"
    rf"(?:the\s+|on\s+|early\s+|late\s+|{CLOCK},?\s+)*(?:(?:morning|night|evening|afternoon|dawn|day)\s+(?:of\s+|on\s+)?)?(?:the\s+)?",
    re.IGNORECASE,
)
_COARSENESS = {"day": 0, "week": 1, "month": 2, "year": 3, "unknown": 4}
_JOINABLE = {"calendar", "weekday", "deictic"}


def _join(before: tuple[Found, str], found: Found, context: Context) -> Found | None:
    """Join the two ends of a range ("between 27 September and 10 November 2020") or "two days before 27 September"."""
    first, governor = before
    gap = context.text[first.end : found.start]
    counted = offset(first.expression)
    if counted and found.when.start and re.fullmatch(r"\s+(?:the\s+|on\s+)?", gap):
        day = shift(found.when.start, *counted)
        if day is None or found.when.precision != "day":
            return None
        when = DateRange(day, day, "day", found.when.basis, context.text[first.start : found.end])
        return replace(found, start=first.start, when=when, reason=f"counts from {found.when.start.isoformat()}")
    if _same_day(first, found, gap):
        return replace(found, start=first.start, when=replace(found.when, text=context.text[first.start : found.end]))
    between = _BETWEEN_ENDS.fullmatch(gap)
    if not between or first.kind not in _JOINABLE or found.kind not in _JOINABLE:
        return None
    if between["word"].lower().startswith("and") and governor != "between":
        return None
    year = stated_year(found.expression) or (
        found.when.start.year if found.when.start and found.expression.group("year") else None
    )
    if has_no_year(first.expression) and year:
        tries = (read(first.expression, replace(context, year=year - step)) for step in (0, 1))
        first = next((one for one in tries if one and _ordered(one, found)), first)
    if not _ordered(first, found):
        return None
    precision = max(first.when.precision, found.when.precision, key=_COARSENESS.__getitem__)
    basis: DateBasis = "stated" if first.when.basis == found.when.basis == "stated" else "relative"
    text = context.text[first.start : found.end]
    return replace(
        found,
        start=first.start,
        when=DateRange(first.when.start, found.when.end, precision, basis, text),
        reason=f"from {first.reason} to {found.reason}",
    )


def _same_day(first: Found, found: Found, gap: str) -> bool:
    """Tell whether two expressions name one day: "Monday, 18 September", "at nightfall on Sunday"."""
    if first.kind == "weekday":
        return (
            found.kind == "calendar" and found.when.precision == "day" and re.fullmatch(r",?\s*[(\[]?", gap) is not None
        )
    return (
        first.kind == "clock"
        and found.kind in {"calendar", "weekday"}
        and re.fullmatch(r"\s+(?:on\s+)?", gap) is not None
    )


def _ordered(first: Found, last: Found) -> bool:
    return bool(first.when.start and last.when.end and first.when.start <= last.when.end)


def _year_told(
    expression: Expression, before: Sequence[DateMention], following: Iterable[Expression], spoken: DateRange | None
) -> int | None:
    """Return the year that the sentence itself tells for a day or month without one.

    "The 2008 clashes began on 4 March", and, where nothing was spoken of before, "on 27 September ... and on 4 October
    2020".
    """
    if not has_no_year(expression):
        return None
    for mention in reversed(before):
        first = mention.when.start
        if mention.scope and mention.scope[1] > expression.start and first:
            return first.year
    if spoken is not None:
        return None
    return next((year for later in following if (year := stated_year(later))), None)


def _spoken_after(mention: DateMention, anchor: DateRange | None) -> DateRange | None:
    """Return what the text speaks of behind a mention: the mention, unless it only looks back or tells a length."""
    when = mention.when
    if not mention.leads_on or mention.role not in {"event", "speech"} or not (when.start or when.end):
        return anchor
    return when if when.basis == "stated" or when.precision == "day" else anchor
