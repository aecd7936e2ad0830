"""Dates an event: the day that its clause tells, seen from what the text told before.

What is said to have happened never lies after the report's own day; what was over by then keeps no beginning.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from geo.calendar_spans import shift
from geo.claims.analysis import said_in
from geo.dates import choose, find_dates, is_history
from geo.numbers import value_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from geo.claims.analysis import Analysis
    from geo.claims.reading import Found
    from geo.dates import DateMention
    from geo.model import DateRange
    from geo.text import Sentence


_HEAD = 4
"""Sentences of a report in which its dateline stands."""
_IN_PRINT = timedelta(days=3)
"""How long after its dateline a report may appear."""


def as_filed(analysis: Analysis) -> Analysis:
    """Return an analysis whose "today" is the day of the dateline, where a newspaper printed the report a day or two later."""
    report = analysis.report
    for sentence in analysis.sentences[:_HEAD]:
        for found in find_dates(report.text, sentence.start, sentence.end, published=report.published):
            day = found.when.start
            if (
                found.role == "publication"
                and found.when.precision == "day"
                and day is not None
                and report.published is not None
            ):
                late = timedelta(0) < report.published - day <= _IN_PRINT
                return replace(analysis, report=replace(report, published=day)) if late else analysis
    return analysis


@dataclass(frozen=True, slots=True)
class Told:
    """What the text told of time before: the day that "then" means, the news' first day, the event that is taken up."""

    anchor: DateRange | None = None
    lead: date | None = None
    taken_up: DateRange | None = None


def day_of(analysis: Analysis, sentence: Sentence, lead: Found, dates: Sequence[DateMention], told: Told) -> DateRange:
    """Return when the event of a trigger happened; without any date in the text, publication as a marked fallback."""
    text, published = analysis.report.text, analysis.report.published
    when = choose(
        _until_now(dates, lead.verdict.reading, published), lead.trigger.start, lead.trigger.end, clause=lead.clause,
        sentence=(sentence.start, sentence.end), published=published, anchor=told.anchor, text=text,
    )  # fmt: skip
    if when.basis == "publication" and told.taken_up is not None and told.taken_up.start is not None:
        when = replace(told.taken_up, basis="relative")
    if is_history(text, published) and any(day.role == "speech" and day.when.text == when.text for day in dates):
        when = replace(when, start=None)  # what is told later was over by then
    when = _by_then(_counted(when, text, lead.clause), text, lead, quoted=bool(said_in(analysis, sentence)))
    if when.basis == "publication" and told.lead is not None and when.end is not None and told.lead < when.end:
        when = replace(when, start=told.lead)  # undated: between the day that the report tells of and its own
    return when


def _until_now(dates: Sequence[DateMention], reading: str, published: date | None) -> Sequence[DateMention]:
    """Return the dates that may be those of what is said to have happened: none that is still to come."""
    if reading not in {"asserted", "mentioned"} or published is None:
        return dates
    return [m for m in dates if m.when.start is None or m.when.start <= published]


def _counted(when: DateRange, text: str, clause: tuple[int, int]) -> DateRange:
    """Return the day of a clause that another day is counted from: "on Monday, a day before X attacked" is a Tuesday."""
    side = _BEFORE_OR_AFTER.match(text, clause[0])
    counted = _COUNT.search(text, max(0, clause[0] - 30), clause[0])
    if side is None or counted is None or when.start is None or when.precision != "day" or when.start != when.end:
        return when
    if when.text and when.text in text[clause[0] : clause[1]]:
        return when  # the clause tells its own day
    count = value_of(counted.group(1)) or 1
    day = shift(when.start, count if side.group(1).lower() == "before" else -count, counted.group(2).lower())
    last = when.end if when.basis == "publication" else None
    return replace(when, start=day, end=day, basis="relative") if day and (last is None or day <= last) else when


def _by_then(when: DateRange, text: str, lead: Found, *, quoted: bool) -> DateRange:
    """Return a day without its beginning where what it dates was over by then.

    "On Monday, after the fall of X"; "the men who were killed near X were buried on Monday"; "X, which was shelled
    earlier"; "X had been under fire when talks began on Monday", unless somebody says it in a sentence that is `quoted`.
    """
    known = lead.trigger.form in {"noun", "weak"} and lead.verdict.reading == "mentioned"
    before = text[max(lead.clause[0] - 25, 0) : lead.trigger.start]  # a conjunction stands outside its clause
    over = (
        (known and _AFTERMATH.search(before))
        or _EARLIER.match(text, lead.trigger.end)
        or (lead.trigger.form == "past" and _WHO_WERE.search(before))
        or _HAD_ACCUSED.search(before)
        or (not quoted and _HAD.search(text, lead.clause[0], lead.trigger.start))
        or _lasts_until(when, text, lead)
    )
    if not over or when.end is None or when.start != when.end:
        return when
    own = text[lead.clause[0] : lead.clause[1]] if not known else text[lead.trigger.end : lead.clause[1]]
    if _lasts_until(when, text, lead) or _HAD_ACCUSED.search(before):
        own = ""
    return when if when.text and when.text in own else replace(when, start=None)


def _lasts_until(when: DateRange, text: str, lead: Found) -> bool:
    """Tell whether a day stands behind "until": it ends what the trigger names."""
    at = text.find(when.text, lead.trigger.end) if when.text else -1
    between = text[lead.trigger.end : at] if 0 <= at - lead.trigger.end < _UNTIL_REACH else ""
    return re.search(r"\b(?:until|till)\b", between) is not None


_UNTIL_REACH = 100
"""Characters between a trigger and the day on which it ended."""
_AFTERMATH = re.compile(
    r"\b(?:following|after|since|in the (?:aftermath|wake) of)\s+(?:the\s+|its\s+|their\s+)(?:[\w-]+\s+){0,2}$",
    re.IGNORECASE,
)
_WHO_WERE = re.compile(r"\w\s+(?:who|that|which)\s+(?:was|were|had\s+been|had)\s+(?:\w+ly\s+)?$", re.IGNORECASE)
_HAD_ACCUSED = re.compile(r"\bhad\s+(?:accused|blamed|condemned)\b[^.;]*\b(?:of|for)\s", re.IGNORECASE)
_HAD = re.compile(r"\bhad\s+(?:already\s+)?(?:been\s+)?[^,;]*$", re.IGNORECASE)
_EARLIER = re.compile(r"\s+(?:earlier|previously)\b(?!\s+(?:this|that|in|on|today|the))", re.IGNORECASE)
_BEFORE_OR_AFTER = re.compile(r"(before|after)\b(?!\s*,)", re.IGNORECASE)
_COUNT = re.compile(r"\b(\w+)\s+(day|week|month|year)s?\s*$", re.IGNORECASE)
