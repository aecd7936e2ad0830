"""What a time expression dates: the roles of mentions, told from the words around an expression.

The roles are described in `geo.dates`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from geo.dates.words import date_words
from geo.patterns import alternatives
from geo.windows import count_words, last_words

if TYPE_CHECKING:
    from geo.dates.rules import Found
    from geo.dates.years import Context
    from geo.model import DateRange

Role = Literal["event", "speech", "duration", "background", "publication"]

OLD = timedelta(days=400)
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
    opens: bool = False
    """Whether it stands among the first words of what was read, and so dates the whole sentence."""
    leads_on: bool = True
    """Whether "the next day" may count from it: not from what is still to come, nor from "since March"."""


_DETERMINER = r"(?:(?:the|an?|its|their|his|her|this|that|these|those|our)\s+(?:[a-z][\w-]*\s+)?)"
_OF_SOMETHING = r"(?:(?:the|an?|its|their|this|that)\s+(?:[\w-]+\s+){0,2}?(?P<noun>[a-z][\w-]+)\s+of\s+(?:the\s+)?)"
_GOVERNOR = re.compile(
    r"\b(ever since|since|until|till|up to|through|by|before|prior to|ahead of|after|following|as of|from|between|in|during"
    rf"|throughout|at|on|of)\s+(?:about\s+|around\s+|at\s+least\s+|late\s+|early\s+)?(?:{_OF_SOMETHING}|{_DETERMINER})?$",
    re.IGNORECASE,
)
_DOCUMENT_OF = re.compile(
    r"\b(?P<noun>statement|agreement|declaration|treaty|protocol|accord|resolution|memorandum|document|decree)\s+(?:of|by|between|signed)\b[^.;:()]*"
    r"\s(?:of|dated|from)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_NOUN_OF = re.compile(rf"\b{_OF_SOMETHING}$", re.IGNORECASE)
_WITH_DETERMINER = re.compile(rf"\b{_DETERMINER}$", re.IGNORECASE)
_BOUNDARY = re.compile(r"[;.]\s|,\s+(?:and|but|while|whereas|yet)\b")
_RELATIVE_CLAUSE = re.compile(r"(?:\s+[^\s,.;:—()“”\"]+){0,14}?\s+(?:that|which|when)\b[^,.;:—]*")
_HEAD_NOUN = re.compile(r"(?:['’]s)?\s+([A-Za-z][\w’'-]*)")
_NEXT_WORDS = re.compile(r"\s+([\w’'-]+)")
_DATELINE_WORDS = 9
_DATELINE = re.compile(r"^[^\w\n]*(?:[A-Z][\w.’'-]*[\s,/]+){1,5}(?:on\s+)?$")
_DATELINE_END = re.compile(r"[.,]?\s*(?:[(/][^)\n]{2,40}[)/])?\s*(?:[-–—]|--|:)\s")


def governor_of(text: str, begin: int, position: int) -> str:
    """Return the preposition that an expression hangs on ("since", "between"), or ""."""
    match = _GOVERNOR.search(last_words(text, begin, position, 10))
    return match.group(1).lower() if match else ""


def mention_of(found: Found, governor: str, context: Context, floor: int) -> DateMention:
    """Say what an expression dates, from its kind and from the words around it (not before `floor`)."""
    start, end = _with_time_of_day(found, context, floor)
    when = replace(found.when, text=context.text[start:end])
    coming = when.start is not None and context.published is not None and when.start > context.published
    before = context.text[context.begin : start]
    coming = coming or _TO_COME.search(before) is not None or _LOOKS_BACK.search(before) is not None
    mention = DateMention(start, end, when, "event", found.reason, opens=_opens(start, context), leads_on=not coming)
    by_kind: dict[str, Role] = {"duration": "duration", "offset": "background", "clock": "event"}
    if found.kind in by_kind or _is_publication(found, context):
        return replace(mention, role=by_kind.get(found.kind, "publication"))
    named = _names_something(found, context)
    of_something = _named_by_date(found, context)
    if governor in {"since", "ever since"} and of_something:
        # "since the ambush of 5 March, when X fell": the clause behind is of that day
        last = _clause_end(end, context) if _WHEN.match(context.text, end, context.stop) else found.end
        scope = (found.start - len(of_something.group()), last)
        return replace(mention, role="background", scope=scope, reason=f"{found.reason}; names something of that time")
    if governor in {"since", "ever since"}:
        return _since(mention, context, old=named)
    if named and governor not in {"in", "during", "throughout", "at", "on"}:
        beside = governor in _BESIDE
        last = _noun_end(found, context) if beside else _scope_end(found, governor, context)
        reason = f"{found.reason}; names something of that time"
        first = found.start - len(of_something.group()) if of_something else found.start
        last = found.end if of_something else last
        return replace(mention, role="background", scope=(first, last), reason=reason)
    if found.kind == "calendar" and _WHEN.match(context.text, end, context.stop):
        # "on 25 February 1992, when X fell": the clause behind is of that day, however long ago
        mention = replace(mention, scope=(start, _clause_end(end, context)))
    if _BORN.search(before):
        return replace(mention, role="background", leads_on=False, reason=f"{found.reason}; when somebody was born")
    window = last_words(context.text, context.begin, found.start, 12)
    since = _SINCE_CLAUSE.search(window)
    if since:
        scope = (found.start - len(window) + since.start(), found.end)
        reason = f"{found.reason}; since something of that time"
        return replace(mention, role="background", leads_on=False, scope=scope, reason=reason)
    if governor in _BESIDE:
        return replace(mention, role="background", reason=f"{found.reason}; behind “{governor}”")
    if when.precision in {"month", "year"} and _MADE_PUBLIC.search(context.text[context.begin : start]):
        return replace(mention, role="publication", reason=f"{found.reason}; when something was made public")
    if governor in {"until", "till", "up to", "through"} and found.expression.start == found.start:
        return replace(mention, when=replace(mention.when, start=None), reason=f"{found.reason}; behind “{governor}”")
    return replace(mention, role="speech") if _behind_saying(context.text[context.begin : start]) else mention


def _clause_end(end: int, context: Context) -> int:
    """Return where the clause with "when" behind an expression ends."""
    stop = _BOUNDARY.search(context.text, end + 2, context.stop)
    return stop.start() if stop else context.stop


_WHEN = re.compile(r",?\s+(?:when|on\s+which)\b", re.IGNORECASE)
_BORN = re.compile(r"\bborn\s+(?:in|on)\s+(?:the\s+)?$", re.IGNORECASE)
_SINCE_CLAUSE = re.compile(
    r"\bsince\s+(?:[\w’'-]+\s+){1,7}(?:\w+ed|began|broke|fell|took|came|went|left|lost|won|was|were|had)\s+(?:[\w’'-]+\s+){0,4}"
    r"(?:on|in|at)\s+(?:about\s+|early\s+|late\s+|the\s+)*$",
    re.IGNORECASE,
)
"""Before a day: "the worst fighting since the war broke out on"."""
_LOOKS_BACK = re.compile(r"(?:,\s+(?:which|who|whom|where)|\bwhose)\b[^,;.]*$")
"""Before a day: the relative clause behind a comma tells what was, and the text does not go on from there."""


def _opens(start: int, context: Context) -> bool:
    return count_words(context.text[context.begin : start]) <= _OPENING_WORDS


_TO_COME = re.compile(
    r"\b(?:will|would|shall|to\s+be|(?:planned|expected|scheduled|due|set|going)\s+(?:to|for))\b[^,.;:]{0,60}$",
    re.IGNORECASE,
)
_MADE_PUBLIC = re.compile(
    r"\b(?:released|published|issued|dated|written|adopted|aired|broadcast)\s+(?:in\s+)?(?:\w+\s+)?$", re.IGNORECASE
)
_OPENING_WORDS = 3
"""Words that may stand before an expression that opens a sentence: "In the north, on Tuesday"."""
_BESIDE = frozenset({"after", "before", "following", "prior to", "ahead of"})
"""Behind these a date says when something else was."""


def _since(mention: DateMention, context: Context, *, old: bool) -> DateMention:
    """Return "since X" as a period that is still open: to publication, where that is known."""
    first, published = mention.when.start, context.published
    if first is None:
        return mention
    last = published if published and published >= first else None
    when = replace(mention.when, end=last)
    old = old or when.precision == "year" or (published is not None and published - first > OLD)
    return replace(
        mention,
        when=when,
        role="background" if old else "event",
        leads_on=False,
        reason=f"{mention.reason}; since then",
    )


def _names_something(found: Found, context: Context) -> bool:
    """Tell whether the date is part of a name ("the 2020 war", "its 27 September attack") and tells no time by itself."""
    if found.kind == "period" or _named_by_date(found, context):
        return True
    if found.kind != "calendar" or not _WITH_DETERMINER.search(last_words(context.text, context.begin, found.start, 4)):
        return False
    noun = _HEAD_NOUN.match(context.text, found.end, context.stop)
    word = noun.group(1) if noun else ""
    return bool(word) and word.lower() not in date_words().lists["not_nouns"] and not word.endswith("ly")


def _named_by_date(found: Found, context: Context) -> re.Match[str] | None:
    """Return what is named by its date: "the statement of" before "10 November 2020"."""
    if found.kind != "calendar":
        return None
    if document := _DOCUMENT_OF.search(last_words(context.text, context.begin, found.start, 16)):
        return document
    match = _NOUN_OF.search(last_words(context.text, context.begin, found.start, 8))
    return None if match is None or match["noun"].lower() in date_words().lists["of_time"] else match


def _noun_end(found: Found, context: Context) -> int:
    if found.kind == "period":
        return found.end
    end, functional = found.end, date_words().lists["not_nouns"]
    for word in _NEXT_WORDS.finditer(context.text, found.end, context.stop):
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
    behind = context.text[found.end :].partition("\n")[0]
    if not line.strip() and not behind.strip(" .|") and found.kind == "calendar":
        return True  # a line of its own
    if count_words(line) <= _DATELINE_WORDS and _DATELINE.match(line) and re.match(r"\w*[A-Z]{3}", line.lstrip()):
        return _DATELINE_END.match(context.text, found.end) is not None
    return _beside_publishing().search(line) is not None and count_words(line) <= _DATELINE_WORDS


def _behind_saying(before: str) -> bool:
    return _saying_before().search(before) is not None or _INTERVIEW.search(before) is not None


_INTERVIEW = re.compile(
    r"\b(?:in|during|at)\s+(?:an?|the|his|her|its|their)\s+(?:\w+\s+)?(?:interview|statement|speech|briefing|address|press\s+conference|article"
    r"|tweet|letter)\s+(?:(?:with|to|for|by|of)\s+(?:[\w’'-]+\s+){1,4})?(?:on|of|from)\s+$",
    re.IGNORECASE,
)
"""Before a day: somebody spoke then."""


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
def not_dates() -> re.Pattern[str]:
    """Return a pattern for phrases that hold a date word and are no date."""
    return re.compile(rf"\b{alternatives(date_words().lists['not_dates'])}\b", re.IGNORECASE)


CLOCK = r"(?:\d{1,2}[:.]\d{2}(?:\s*[ap]\.?m\b\.?)?|\d{1,2}\s*[ap]\.?m\b\.?)(?:\s*(?:local\s+time|GMT|UTC))?"
"""A time of the clock: "23:55", "1 a.m."."""


@lru_cache(maxsize=1)
def _time_before() -> re.Pattern[str]:
    part = alternatives(date_words().lists["parts_of_day"])
    clock = rf"(?:at\s+|from\s+|since\s+)?(?:about\s+|around\s+|approximately\s+)?{CLOCK},?\s+(?:on\s+)?"
    hours = rf"(?:the\s+)?(?:early\s+|late\s+)?(?:hours\s+of\s+the\s+)?(?:early\s+hours|{part})\s+(?:hours\s+)?(?:of|on|from|between)\s+(?:the\s+)?"
    return re.compile(rf"\b(?:{clock}|{hours}|(?:early|late|overnight)\s+(?:on\s+)?)$", re.IGNORECASE)


@lru_cache(maxsize=1)
def _time_after() -> re.Pattern[str]:
    part = alternatives(date_words().lists["parts_of_day"])
    return re.compile(
        rf",?\s+(?:at\s+)?(?:about\s+|around\s+|approximately\s+)?{CLOCK}|\s+{part}\b(?!\s+[a-z]+ly)", re.IGNORECASE
    )


def _with_time_of_day(found: Found, context: Context, floor: int) -> tuple[int, int]:
    """Return the span of an expression with the time of day beside it; the time itself is not kept."""
    if found.kind not in {"calendar", "weekday", "deictic", "anaphoric"}:
        return found.start, found.end
    window = last_words(context.text, floor, found.start, 10)
    before = _time_before().search(window)
    after = _time_after().match(context.text, found.end, context.stop)
    start = found.start - len(window) + before.start() if before else found.start
    return start, (after.end() if after else found.end)
