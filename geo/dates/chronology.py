"""Which year a text tells of, for dates that do not say: "on 9 October" in a chapter about 2020.

News counts such dates from its own day. A narrative (a history, a chronology) does not: it states the year now and
then and goes on without. This module tells the two apart and keeps what a narrative stated where.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from geo.dates.words import date_words
from geo.patterns import alternatives

if TYPE_CHECKING:
    from datetime import date

_FEWEST = 3
"""A text with fewer dates that state month and year is no narrative, nor is one with so few in different years."""
_WEEKS_IN_MONTHS = 2
_YEARS_IN_MONTHS = 24
"""A text of many years that also tells of these before it appears is an analysis of the news, no history."""
_RECENT_PART = 4
"""News states one in so many of its dates within the two months before it appears; a narrative does not."""
_PER_WEEKDAY = 8
"""A text with more than one weekday to so many dates with a year is news, however much history it tells."""
_MOST_OF = 0.6
"""A narrative is about one year where at least this share of its dates lies in it."""


@dataclass(frozen=True, slots=True)
class Chronology:
    """The years that a text states beside a month: their offsets in order, and the years themselves."""

    offsets: tuple[int, ...]
    months: tuple[int, ...]
    """Months counted from the year 0."""
    main_year: int | None
    """The year that most of the dates lie in, if there is one."""
    weekdays: int = 0
    """How often the text names a day of the week, as news does."""
    bare: int = 0
    """How often it names a day of a month without the year."""

    @property
    def years(self) -> tuple[int, ...]:
        """The year of each date."""
        return tuple((month - 1) // 12 for month in self.months)

    def is_narrative(self, published: date | None) -> bool:
        """Tell whether the text tells of other times than the weeks before its publication."""
        if len(self.months) < max(_FEWEST, _PER_WEEKDAY * self.weekdays):
            return False
        if len(self.months) == _FEWEST and len(set(self.years)) > 1:
            return False
        if published is None:
            return True
        last = published.year * 12 + published.month
        near = any(last - _YEARS_IN_MONTHS <= month <= last for month in self.months)
        if self.main_year is None and near and self.bare > len(self.months):
            return False  # looks back to many times, and counts its own days from publication
        recent = sum(last - _WEEKS_IN_MONTHS <= month <= last for month in self.months)
        return recent * _RECENT_PART < len(self.months)

    def year_before(self, offset: int) -> int | None:
        """Return the year stated last before an offset, else the first one, else None."""
        if not self.years:
            return None
        return self.years[max(0, bisect_right(self.offsets, offset) - 1)]


@lru_cache(maxsize=4)
def chronology(text: str) -> Chronology:
    """Return the years that a text states beside a month.

    >>> chronology("On 9 May 1992 and in June 1992").main_year
    1992
    >>> chronology("").years
    ()
    """
    numbers = date_words().months
    found = [
        (match.start(), int(match["year"]) * 12 + numbers[match["month"].lower()])
        for match in _month_and_year().finditer(text)
    ]
    years = tuple((month - 1) // 12 for _, month in found)
    year, count = Counter(years).most_common(1)[0] if years else (None, 0)
    main = year if years and count >= _MOST_OF * len(years) else None
    weekdays = sum(1 for _ in _weekday().finditer(text))
    bare = sum(1 for _ in _day_and_month().finditer(text)) - sum(1 for _ in _day_month_year().finditer(text))
    return Chronology(tuple(offset for offset, _ in found), tuple(month for _, month in found), main, weekdays, bare)


@lru_cache(maxsize=1)
def _weekday() -> re.Pattern[str]:
    return re.compile(rf"\b{alternatives([word.capitalize() for word in date_words().weekdays])}\b")


@lru_cache(maxsize=1)
def _month_and_year() -> re.Pattern[str]:
    months = alternatives([word.capitalize() for word in date_words().months])
    return re.compile(
        rf"\b(?P<month>{months})\b\.?(?:\s+\d{{1,2}}(?:[-–]\d{{1,2}})?)?,?\s+(?P<year>(?:1[6-9]|20)\d\d)\b"
    )


def is_history(text: str, published: date | None) -> bool:
    """Tell whether a text tells of other times than the weeks before its publication.

    >>> is_history("", None)
    False
    """
    return chronology(text).is_narrative(published)


def _day_of_month() -> str:
    months = alternatives([word.capitalize() for word in date_words().months])
    return rf"\b(?:(?:{months})\b\.?\s+\d{{1,2}}\b|\d{{1,2}}\s+(?:{months})\b\.?)"


@lru_cache(maxsize=1)
def _day_and_month() -> re.Pattern[str]:
    return re.compile(_day_of_month())


@lru_cache(maxsize=1)
def _day_month_year() -> re.Pattern[str]:
    return re.compile(_day_of_month() + r",?\s+(?:1[6-9]|20)\d\d\b")
