"""Which year an expression without one belongs to, and what else the words around it tell: the future, the day spoken of."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from geo.dates.chronology import chronology
from geo.dates.words import date_words
from geo.patterns import alternatives
from geo.windows import first_words, last_words

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from geo.dates.chronology import Chronology
    from geo.model import DateRange

_NEWS = timedelta(days=31)
"""A day without a year is the last such day before publication in any case where that is no further back."""
_SOON = timedelta(days=120)
"""A day without a year is taken for a coming one only where that is no further off."""
_PAST = timedelta(days=370)
"""What lies further back from publication than this is another time, and may lend its year."""
_GOES_ON = timedelta(days=100)
"""How far a story goes on from a date to the next one without saying the year again."""


@dataclass(frozen=True, slots=True)
class Context:
    """What is known where an expression is read.

    `year` is set where the other end of a range, or a later date of the sentence, states the year.
    """

    text: str
    begin: int
    stop: int
    published: date | None
    anchor: DateRange | None
    year: int | None = None
    told_here: bool = False
    """Whether `anchor` was told in this very stretch of text."""
    narrative: bool = False
    """Whether the text is a history, in which "today" and "on 9 October" do not count from publication."""


def spoken_day(anchor: DateRange | None) -> date | None:
    """Return the day that "the next day" counts from: the last one of the days or weeks that were spoken of."""
    return (anchor.end or anchor.start) if anchor and anchor.precision in {"day", "week"} else None


def _is_close(anchor: DateRange | None) -> bool:
    """Tell whether the date spoken of is exact enough to count from: a month or less."""
    if anchor is None or anchor.start is None or anchor.precision not in {"day", "week", "month"}:
        return False
    return (anchor.end or anchor.start) - anchor.start <= timedelta(days=31)


def speaks_of_future(match: re.Match[str], context: Context, *, reach: int = 14) -> bool:
    """Tell whether the clause speaks of what is still to come."""
    window = last_words(context.text, context.begin, match.start(), reach)
    before = re.split(r"[.;:]\s", window)[-1]
    if _future_cue().search(before):
        return True
    if re.search(r"[\w”\"]\s*$", re.sub(r"\b(?:on|next|by|but|and)\s*$", "", before, flags=re.IGNORECASE)):
        return False
    after = re.split(r"[.;:]", first_words(context.text, match.end(), context.stop, reach))[0]
    cue, saying = _future_cue().search(after), _saying().search(after)
    return bool(cue and (not saying or cue.start() < saying.start()))


def year_of(match: re.Match[str], context: Context, day_of: Callable[[int], date | None]) -> tuple[int, str] | None:
    """Return the year that a day or month without one belongs to, and why; None where nothing tells it."""
    if context.year is not None:
        return context.year, "the sentence tells the year"
    told = chronology(context.text)
    if context.narrative:
        return _year_in_narrative(match.start(), context.anchor, told, day_of)
    if context.published is not None:
        return _year_in_news(match, context, context.published, day_of)
    return _year_near(context.anchor, day_of) or _year_stated(told, match.start())


def _year_in_narrative(
    offset: int, anchor: DateRange | None, told: Chronology, day_of: Callable[[int], date | None]
) -> tuple[int, str] | None:
    """Return the year in a history: of the date just told if that stated its year, else of the text, else told last."""
    near = _year_near(anchor, day_of)
    exact = anchor is not None and anchor.precision != "year" and re.search(r"\b\d{4}\b", anchor.text) is not None
    if near and (exact or told.main_year is None):
        return near
    if told.main_year is not None:
        return told.main_year, "the year of which the text tells"
    return _year_stated(told, offset)


def _year_in_news(
    match: re.Match[str], context: Context, published: date, day_of: Callable[[int], date | None]
) -> tuple[int, str] | None:
    """Return the year as counted from publication, unless the text tells of another time just here."""
    days = {try_: day for try_ in range(published.year - 1, published.year + 2) if (day := day_of(try_))}
    past = [year for year, day in days.items() if day <= published]
    coming = [year for year, day in days.items() if day >= published]
    future = bool(coming) and days[min(coming)] - published <= _SOON and speaks_of_future(match, context, reach=45)
    year = min(coming) if future else max(past, default=None)
    if year is None or (abs(days[year] - published) > _NEWS and _tells_of_the_past(context, day_of)):
        return _year_near(context.anchor, day_of)
    return year, "next one after publication" if future else "last one before publication"


def _tells_of_the_past(context: Context, day_of: Callable[[int], date | None]) -> bool:
    """Tell whether a report goes on from a date of years ago: in the sentence, or from a day some weeks before this one."""
    anchor, published = context.anchor, context.published
    if anchor is None or anchor.start is None or published is None or published - anchor.start < _PAST:
        return False
    if anchor.basis != "stated" or not _is_close(anchor):
        return False
    near = _year_near(anchor, day_of)
    day = day_of(near[0]) if near else None
    goes_on = day is not None and timedelta(0) <= day - anchor.start <= _GOES_ON
    return context.told_here or goes_on


def _year_near(anchor: DateRange | None, day_of: Callable[[int], date | None]) -> tuple[int, str] | None:
    """Return the year that brings a day nearest to what the text spoke of, where that was of one year."""
    spoken = (anchor.start or anchor.end) if anchor else None
    if anchor is None or spoken is None or (anchor.end or spoken).year - spoken.year > 1:
        return None
    if not _is_close(anchor):
        return (spoken.year, "year that the text spoke of") if (anchor.end or spoken).year == spoken.year else None
    days = {try_: day for try_ in range(spoken.year - 1, spoken.year + 2) if (day := day_of(try_))}
    if not days:
        return None
    return min(days, key=lambda year: abs(days[year] - spoken)), "nearest to the date that the text spoke of"


def _year_stated(told: Chronology, offset: int) -> tuple[int, str] | None:
    year = told.year_before(offset)
    return (year, "the year that the text stated last") if year is not None else None


@lru_cache(maxsize=1)
def _future_cue() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w’']){alternatives(date_words().lists['future'])}\b|(?:'|’)ll\b", re.IGNORECASE)


@lru_cache(maxsize=1)
def _saying() -> re.Pattern[str]:
    return re.compile(rf"\b{alternatives(date_words().lists['saying'])}\b", re.IGNORECASE)
