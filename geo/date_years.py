"""Which year an expression without one belongs to, and what else the words around it tell: the future, the day spoken of."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from geo.chronology import chronology
from geo.date_words import alternatives, date_words

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from geo.chronology import Chronology
    from geo.model import DateRange

_NEWS_DAYS = 31
"""How many days back a report that says "on 9 October", without a year, means the last 9 October in any case."""


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
    narrative: bool = False
    """Whether the text is a history, in which "today" and "on 9 October" do not count from publication."""


def spoken_day(anchor: DateRange | None) -> date | None:
    """Return the day that "the next day" counts from: the last one of the days or weeks that were spoken of."""
    return (anchor.end or anchor.start) if anchor and anchor.precision in {"day", "week"} else None


def _leads(anchor: DateRange | None, published: date | None) -> bool:
    """Tell whether the date spoken of lends its year: a month or less, and of another time than publication."""
    if anchor is None or anchor.start is None or anchor.precision not in {"day", "week", "month"}:
        return False
    if published is not None and abs(published - anchor.start) <= timedelta(days=_NEWS_DAYS):
        return False
    return (anchor.end or anchor.start) - anchor.start <= timedelta(days=31)


def speaks_of_future(match: re.Match[str], context: Context) -> bool:
    """Tell whether the clause speaks of what is still to come."""
    before = re.split(r"[.;:]\s", context.text[context.begin : match.start()])[-1][-80:]
    if _future_cue().search(before):
        return True
    if re.search(r"[\w”\"]\s*$", re.sub(r"\b(?:on|next|by|but|and)\s*$", "", before, flags=re.IGNORECASE)):
        return False
    after = re.split(r"[.;:]", context.text[match.end() : min(context.stop, match.end() + 80)])[0]
    cue, saying = _future_cue().search(after), _saying().search(after)
    return bool(cue and (not saying or cue.start() < saying.start()))


def year_of(match: re.Match[str], context: Context, day_of: Callable[[int], date | None]) -> tuple[int, str] | None:
    """Return the year that a day or month without one belongs to, and why; None where nothing tells it."""
    if context.year is not None:
        return context.year, "the sentence tells the year"
    told = chronology(context.text)
    if context.narrative:
        return _year_in_narrative(match.start(), context.anchor, told, day_of)
    return (
        _year_in_news(match, context, day_of) or _year_near(context.anchor, day_of) or _year_stated(told, match.start())
    )


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
    match: re.Match[str], context: Context, day_of: Callable[[int], date | None]
) -> tuple[int, str] | None:
    """Return the year as counted from publication, unless the text speaks of another time just here."""
    anchor, published = context.anchor, context.published
    if published is None or _leads(anchor, published):
        return None
    days = {year: day for step in (-1, 0, 1) if (day := day_of(year := published.year + step))}
    past = [year for year, day in days.items() if day <= published]
    coming = [year for year, day in days.items() if day >= published]
    future = bool(coming) and speaks_of_future(match, context)
    year = min(coming) if future else max(past, default=None)
    if year is None:
        return None
    recent = abs((days[year] - published).days) <= _NEWS_DAYS
    if recent or anchor is None or anchor.start is None or anchor.basis != "stated":
        return year, "next one after publication" if future else "last one before publication"
    return None


def _year_near(anchor: DateRange | None, day_of: Callable[[int], date | None]) -> tuple[int, str] | None:
    """Return the year that brings a day nearest to what the text spoke of, where that was of one year."""
    spoken = (anchor.start or anchor.end) if anchor else None
    if anchor is None or spoken is None or (anchor.end or spoken).year - spoken.year > 1:
        return None
    if not _leads(anchor, None):
        return (spoken.year, "year that the text spoke of") if (anchor.end or spoken).year == spoken.year else None
    days = {year: day for step in (-1, 0, 1) if (day := day_of(year := spoken.year + step))}
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
