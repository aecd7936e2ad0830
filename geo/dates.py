"""When it happened: time expressions in news text, as periods with precision, basis and role.

`find_dates` reads every time expression of a sentence: calendar dates, weekdays and "yesterday" seen from publication,
"the next day" seen from the date that the text last spoke of, "since December", "nearly nine months", named wars.
`choose` says which of them dates an event, and `carry` what the next sentence's "that day" counts from.

Roles of a mention:

- `event`: tells when what the clause says happened ("on Monday", "in the 2020 war");
- `speech`: tells when somebody said so ("the ministry said Wednesday"): dates an event where nothing else does;
- `duration`: tells how long ("for two days"): dates what stands before it;
- `background`: tells of another time to which the clause refers ("since the 2020 war", "after the 1994 truce"): dates
  nothing but what stands in its own `scope`;
- `publication`: the day of the report itself (in a dateline, beside "updated").

Precision is the unit that the words tell ("day" for a stated day and for a range between stated days); basis is
`stated` where the words hold calendar parts, `relative` where they count from another date. Without a publication
date whatever counts from it stays unknown; today's date is never used.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from geo.calendar_spans import shift
from geo.chronology import chronology
from geo.date_rules import Context, expressions, has_no_year, offset, read, stated_year
from geo.date_words import alternatives, date_words
from geo.model import DateRange

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from geo.date_rules import Expression, Found
    from geo.model import DateBasis

Role = Literal["event", "speech", "duration", "background", "publication"]

_OLD = timedelta(days=400)
"""A "since" that reaches back further than this from publication tells of the background."""


@dataclass(frozen=True, slots=True)
class DateMention:
    """A time expression: `text[start:end]`, the period that it means, what it dates, and why it was read so.

    `scope` is the stretch of text that the expression dates whatever else is there: the noun behind "the 2020", with
    the relative clause that follows it.
    """

    start: int
    end: int
    when: DateRange
    role: Role
    reason: str
    scope: tuple[int, int] | None = None


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
    blocked = [match.span() for match in _not_dates().finditer(text, start, end)]
    before: tuple[Found, str] | None = None
    spoken, position = anchor, start
    narrative = chronology(text).is_narrative(published)
    for index, expression in enumerate(pending):
        if expression.start < position or any(a <= expression.start < b for a, b in blocked):
            continue
        hint = _year_told(expression, [mention for _, mention in pairs], pending[index + 1 :], spoken)
        context = Context(text, start, end, published, spoken, hint, narrative)
        found = read(expression, context)
        if found is None:
            continue
        joined = before and _join(before, found, context)
        if joined:
            pairs.pop()
            found = joined
        governor = _governor(text, start, found.start)
        mention = _mention(found, governor, context, pairs[-1][1].end if pairs else start)
        pairs.append((found, mention))
        before, position = (found, governor), mention.end
        spoken = _spoken_after(mention, spoken)
    mentions = [mention for _, mention in pairs]
    base = Context(text, start, end, published, anchor, narrative=narrative)
    return tuple(_until(found, mention, mentions[index:], base) for index, (found, mention) in enumerate(pairs, 1))


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


def choose(
    mentions: Sequence[DateMention],
    trigger_start: int,
    trigger_end: int,
    *,
    clause: tuple[int, int],
    sentence: tuple[int, int],
    published: date | None,
    anchor: DateRange | None = None,
) -> DateRange:
    """Return when the event at a trigger happened, from the time expressions around it.

    In this order: an expression in whose scope the trigger stands ("a 2020 war that killed thousands"); the nearest one
    of the clause; when the speaker of the clause spoke; one that opens the sentence; any other of the sentence that is
    not of old; the speaker's day; `anchor`, which the text spoke of before; the day of publication, marked as such by
    its basis. Background never dates anything outside its scope. Nothing known: all unknown.

    >>> from datetime import date
    >>> choose((), 0, 3, clause=(0, 9), sentence=(0, 9), published=date(2023, 9, 20)).basis
    'publication'
    >>> choose((), 0, 3, clause=(0, 9), sentence=(0, 9), published=None)
    DateRange(start=None, end=None, precision='unknown', basis='unknown', text='')
    """
    known = [mention for mention in mentions if mention.when.start or mention.when.end]
    holding = [mention for mention in known if mention.scope and mention.scope[0] <= trigger_start < mention.scope[1]]
    if holding:
        return min(holding, key=lambda mention: _length(mention.scope)).when
    free = [mention for mention in known if mention.role in {"event", "speech", "duration"}]
    in_clause = [mention for mention in free if _inside(mention, clause)]
    in_sentence = [mention for mention in free if _inside(mention, sentence) and mention not in in_clause]
    opening = [mention for mention in in_sentence if mention.start - sentence[0] <= _OPENING]
    recent = [mention for mention in in_sentence if not _is_old(mention, published)]
    for pool, roles in (
        (in_clause, {"event", "duration"}),
        (in_clause, {"speech"}),
        (opening, {"event", "duration"}),
        (recent, {"event"}),
        (recent, {"speech"}),
    ):
        fitting = [mention for mention in pool if mention.role in roles and _may_date(mention, trigger_start, sentence)]
        if fitting:
            return min(fitting, key=lambda mention: _distance(mention, trigger_start, trigger_end)).when
    if anchor is not None and (anchor.start or anchor.end):
        return replace(anchor, basis="relative")
    if published is not None:
        return DateRange(published, published, "day", "publication")
    return DateRange()


_OPENING = 25
"""A time expression that begins within this many characters of the sentence's start dates the whole sentence."""


def _inside(mention: DateMention, span: tuple[int, int]) -> bool:
    return span[0] <= mention.start and mention.end <= span[1]


def _length(span: tuple[int, int] | None) -> int:
    return span[1] - span[0] if span else 0


def _is_old(mention: DateMention, published: date | None) -> bool:
    last = mention.when.end or mention.when.start
    return published is not None and last is not None and published - last > _OLD


def _may_date(mention: DateMention, trigger_start: int, sentence: tuple[int, int]) -> bool:
    """Tell whether a length of time stands where it can: behind what lasted, or at the head of the sentence."""
    return mention.role != "duration" or mention.start > trigger_start or mention.start - sentence[0] <= _OPENING


def _distance(mention: DateMention, start: int, end: int) -> tuple[int, int]:
    return (mention.start - end if mention.start >= end else start - mention.end), mention.start


def _until(found: Found, mention: DateMention, following: Sequence[DateMention], context: Context) -> DateMention:
    """Let "lasted nine months until trucks came on Monday" end on that Monday."""
    if mention.role != "duration" or not _UNTIL.match(context.text, mention.end):
        return mention
    last = next((m.when.end for m in following if m.role == "event" and m.when.precision == "day" and m.when.end), None)
    again = last and read(found.expression, replace(context, published=last, anchor=None))
    return replace(mention, when=again.when, reason=again.reason) if again else mention


_UNTIL = re.compile(r"\s*,?\s*(?:until|till|up to|before|when)\b", re.IGNORECASE)


# --- ranges ---------------------------------------------------------------------------------------------------------

_BETWEEN_ENDS = re.compile(
    r"\s*(?P<word>-|–|\bto\b|\buntil\b|\btill\b|\bthrough\b|\band\b|\bup to\b|\binto\b)\s*"
    r"(?:the\s+|on\s+|early\s+|late\s+)*(?:(?:morning|night|evening|afternoon|dawn|day)\s+(?:of\s+|on\s+)?)?(?:the\s+)?",
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
    between = _BETWEEN_ENDS.fullmatch(gap)
    if not between or first.kind not in _JOINABLE or found.kind not in _JOINABLE:
        return None
    if between["word"].lower() == "and" and governor != "between":
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


# --- roles ----------------------------------------------------------------------------------------------------------

_DETERMINER = r"(?:(?:the|an?|its|their|his|her|this|that|these|those|our)\s+(?:[a-z][\w-]*\s+)?)"
_GOVERNOR = re.compile(
    r"\b(ever since|since|until|till|up to|through|by|before|prior to|ahead of|after|following|as of|from|between|in|during"
    rf"|throughout|at|on|of)\s+(?:about\s+|around\s+|at\s+least\s+|late\s+|early\s+)?{_DETERMINER}?$",
    re.IGNORECASE,
)
_WITH_DETERMINER = re.compile(rf"\b{_DETERMINER}$", re.IGNORECASE)
_BOUNDARY = re.compile(r"[;.]\s|,\s+(?:and|but|while|whereas|yet)\b")
_RELATIVE_CLAUSE = re.compile(r"[^,.;:—()“”\"]{0,80}?\b(?:that|which|when)\b[^,.;:—]*")
_HEAD_NOUN = re.compile(r"(?:['’]s)?\s+([A-Za-z][\w’'-]*)")
_NEXT_WORDS = re.compile(r"\s+([\w’'-]+)")
_DATELINE = re.compile(r"^[^\w\n]*(?:[A-Z][\w.’'-]*[\s,/]+){1,5}(?:on\s+)?$")
_DATELINE_END = re.compile(r"[.,]?\s*(?:[(/][^)\n]{2,40}[)/])?\s*(?:[-–—]|--|:)\s")


def _governor(text: str, begin: int, position: int) -> str:
    """Return the preposition that an expression hangs on ("since", "between"), or ""."""
    match = _GOVERNOR.search(text[max(begin, position - 40) : position])
    return match.group(1).lower() if match else ""


def _mention(found: Found, governor: str, context: Context, floor: int) -> DateMention:
    """Say what an expression dates, from its kind and from the words around it (not before `floor`)."""
    start, end = _with_time_of_day(found, context, floor)
    mention = DateMention(start, end, replace(found.when, text=context.text[start:end]), "event", found.reason)
    by_kind: dict[str, Role] = {"duration": "duration", "offset": "background", "clock": "event"}
    if found.kind in by_kind or _is_publication(found, context):
        return replace(mention, role=by_kind.get(found.kind, "publication"))
    named = _names_something(found, context)
    if governor in {"since", "ever since"}:
        return _since(mention, context, old=named)
    if named and governor not in {"in", "during", "throughout", "at", "on"}:
        beside = governor in _BESIDE
        last = _noun_end(found, context) if beside else _scope_end(found, governor, context)
        reason = f"{found.reason}; names something of that time"
        return replace(mention, role="background", scope=(found.start, last), reason=reason)
    if governor in _BESIDE:
        return replace(mention, role="background", reason=f"{found.reason}; behind “{governor}”")
    if governor in {"until", "till", "up to", "through"} and found.expression.start == found.start:
        return replace(mention, when=replace(mention.when, start=None), reason=f"{found.reason}; behind “{governor}”")
    return replace(mention, role="speech") if _behind_saying(context.text[context.begin : start]) else mention


_BESIDE = frozenset({"after", "before", "following", "prior to", "ahead of"})
"""Behind these a date says when something else was."""


def _since(mention: DateMention, context: Context, *, old: bool) -> DateMention:
    """Return "since X" as a period that is still open: to publication, where that is known."""
    first, published = mention.when.start, context.published
    if first is None:
        return mention
    last = published if published and published >= first else None
    when = replace(mention.when, end=last)
    old = old or when.precision == "year" or (published is not None and published - first > _OLD)
    return replace(mention, when=when, role="background" if old else "event", reason=f"{mention.reason}; since then")


def _names_something(found: Found, context: Context) -> bool:
    """Tell whether the date is part of a name ("the 2020 war", "its 27 September attack") and tells no time by itself."""
    if found.kind == "period":
        return True
    if found.kind != "calendar" or not _WITH_DETERMINER.search(
        context.text[max(context.begin, found.start - 30) : found.start]
    ):
        return False
    noun = _HEAD_NOUN.match(context.text, found.end, context.stop)
    word = noun.group(1) if noun else ""
    return bool(word) and word.lower() not in date_words().lists["not_nouns"] and not word.endswith("ly")


def _noun_end(found: Found, context: Context) -> int:
    if found.kind == "period":
        return found.end
    end, functional = found.end, date_words().lists["not_nouns"]
    for word in _NEXT_WORDS.finditer(context.text, found.end, min(context.stop, found.end + 40)):
        if word.start() != end or word.group(1).lower() in functional:
            break
        end = word.end()
    return end


def _scope_end(found: Found, governor: str, context: Context) -> int:
    """Return how far a named time dates what follows: its noun, a relative clause, or all that it is the subject of."""
    end = _noun_end(found, context)
    lead = re.sub(rf"\b{_DETERMINER}$", "", context.text[context.begin : found.start], flags=re.IGNORECASE)
    if not governor and re.fullmatch(r"\W*|.*,\s*", lead):
        boundary = _BOUNDARY.search(context.text, end, context.stop)
        return boundary.start() if boundary else context.stop
    clause = _RELATIVE_CLAUSE.match(context.text, end, context.stop)
    return clause.end() if clause else end


def _is_publication(found: Found, context: Context) -> bool:
    """Tell whether this is the day of a dateline ("BAKU, Sept 27 (Reuters) - ") or stands beside "updated"."""
    if found.kind not in {"calendar", "weekday"}:
        return False
    line = context.text[context.text.rfind("\n", 0, found.start) + 1 : found.start]
    if len(line) <= 60 and _DATELINE.match(line) and re.match(r"\w*[A-Z]{3}", line.lstrip()):
        return _DATELINE_END.match(context.text, found.end) is not None
    return _beside_publishing().search(line) is not None and len(line) <= 60


def _behind_saying(before: str) -> bool:
    return _saying_before().search(before) is not None


@lru_cache(maxsize=1)
def _saying_before() -> re.Pattern[str]:
    lists = date_words().lists
    return re.compile(
        rf"\b{alternatives(lists['saying'])}(?:\s+{alternatives(lists['between_saying_and_day'])}\b)*\s*$",
        re.IGNORECASE,
    )


@lru_cache(maxsize=1)
def _beside_publishing() -> re.Pattern[str]:
    return re.compile(
        rf"^\s*{alternatives(date_words().lists['publishing'])}\s*(?:on|at|:)?\s*(?:\w+,\s*)?$", re.IGNORECASE
    )


@lru_cache(maxsize=1)
def _not_dates() -> re.Pattern[str]:
    return re.compile(rf"\b{alternatives(date_words().lists['not_dates'])}\b", re.IGNORECASE)


# --- times of day ---------------------------------------------------------------------------------------------------

_CLOCK = r"(?:\d{1,2}[:.]\d{2}(?:\s*[ap]\.?m\b\.?)?|\d{1,2}\s*[ap]\.?m\b\.?)(?:\s*(?:local\s+time|GMT|UTC))?"


@lru_cache(maxsize=1)
def _time_before() -> re.Pattern[str]:
    part = alternatives(date_words().lists["parts_of_day"])
    clock = rf"(?:at\s+|from\s+|since\s+)?(?:about\s+|around\s+|approximately\s+)?{_CLOCK},?\s+(?:on\s+)?"
    hours = rf"(?:the\s+)?(?:early\s+|late\s+)?(?:hours\s+of\s+the\s+)?(?:early\s+hours|{part})\s+(?:hours\s+)?(?:of|on|from|between)\s+(?:the\s+)?"
    return re.compile(rf"\b(?:{clock}|{hours}|(?:early|late|overnight)\s+(?:on\s+)?)$", re.IGNORECASE)


@lru_cache(maxsize=1)
def _time_after() -> re.Pattern[str]:
    part = alternatives(date_words().lists["parts_of_day"])
    return re.compile(
        rf",?\s+(?:at\s+)?(?:about\s+|around\s+|approximately\s+)?{_CLOCK}|\s+{part}\b(?!\s+[a-z]+ly)", re.IGNORECASE
    )


def _with_time_of_day(found: Found, context: Context, floor: int) -> tuple[int, int]:
    """Return the span of an expression with the time of day beside it; the time itself is not kept."""
    if found.kind not in {"calendar", "weekday", "deictic", "anaphoric"}:
        return found.start, found.end
    floor = max(floor, found.start - 60)
    before = _time_before().search(context.text[floor : found.start])
    after = _time_after().match(context.text, found.end, context.stop)
    return (floor + before.start() if before else found.start), (after.end() if after else found.end)


def _spoken_after(mention: DateMention, anchor: DateRange | None) -> DateRange | None:
    """Return what the text speaks of behind a mention: the mention, unless it only looks back or tells a length."""
    when = mention.when
    if mention.role not in {"event", "speech"} or not (when.start or when.end):
        return anchor
    return when if when.basis == "stated" or when.precision == "day" else anchor
