"""Stretches of the calendar: months, years, decades and parts of them, as pairs of first and last day.

Only arithmetic, no text: the words are read in `geo.date_rules`. Months and years are added by dateutil.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal

from dateutil.relativedelta import relativedelta

if TYPE_CHECKING:
    from geo.model import DatePrecision

Span = tuple[date, date]
Part = Literal["early", "mid", "late", "first_half", "second_half", ""]
Unit = Literal["hour", "day", "week", "month", "year", "decade"]

_THIRDS: dict[Part, tuple[int, int, int]] = {
    "": (0, 1, 1),
    "early": (0, 1, 3),
    "mid": (1, 2, 3),
    "late": (2, 3, 3),
    "first_half": (0, 1, 2),
    "second_half": (1, 2, 2),
}
"""Where a part begins and ends, in fractions of the whole: (first, last, of how many)."""
PRECISION_OF: dict[str, DatePrecision] = {
    "hour": "day",
    "day": "day",
    "night": "day",
    "morning": "day",
    "evening": "day",
    "afternoon": "day",
    "week": "week",
    "weekend": "day",
    "month": "month",
    "year": "year",
    "decade": "year",
}
"""How exactly a count of such units tells a date."""


def month_span(year: int, month: int, part: Part = "") -> Span:
    """Return a month or a part of it; early, mid and late are its days 1-10, 11-20 and 21 to the end.

    >>> month_span(2020, 10, "early")
    (datetime.date(2020, 10, 1), datetime.date(2020, 10, 10))
    """
    first = date(year, month, 1)
    last = first + relativedelta(months=1, days=-1)
    bounds: dict[Part, tuple[int, int]] = {
        "early": (1, 10),
        "mid": (11, 20),
        "late": (21, last.day),
        "first_half": (1, 15),
        "second_half": (16, last.day),
    }
    begin, end = bounds.get(part, (1, last.day))
    return date(year, month, begin), date(year, month, end)


def year_span(year: int, part: Part = "") -> Span:
    """Return a year or a part of it: thirds of four months, halves of six.

    >>> year_span(2021, "mid")
    (datetime.date(2021, 5, 1), datetime.date(2021, 8, 31))
    """
    first, last, parts = _THIRDS[part]
    months = 12 // parts
    begin = date(year, 1 + first * months, 1)
    return begin, date(year, 1, 1) + relativedelta(months=last * months, days=-1)


def decade_span(year: int, part: Part = "") -> Span:
    """Return the ten years from `year`: early are the first four, late the last three, mid those between.

    >>> decade_span(1980, "late")
    (datetime.date(1987, 1, 1), datetime.date(1989, 12, 31))
    """
    bounds: dict[Part, tuple[int, int]] = {
        "early": (0, 3),
        "mid": (4, 6),
        "late": (7, 9),
        "first_half": (0, 4),
        "second_half": (5, 9),
    }
    begin, end = bounds.get(part, (0, 9))
    return date(year + begin, 1, 1), date(year + end, 12, 31)


def season_span(year: int, first_month: int, part: Part = "") -> Span:
    """Return the three months from `first_month`; a winter runs into the next year.

    >>> season_span(1992, 12)
    (datetime.date(1992, 12, 1), datetime.date(1993, 2, 28))
    """
    first, last, parts = _THIRDS[part] if part in {"", "early", "mid", "late"} else _THIRDS[""]
    months = 3 // parts
    begin = date(year, first_month, 1)
    return begin + relativedelta(months=first * months), begin + relativedelta(months=last * months, days=-1)


def week_span(day: date) -> Span:
    """Return the week, Monday to Sunday, that holds a day."""
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=6)


def unit_span(day: date, unit: str) -> Span:
    """Return the day, week, weekend, month, year or decade that holds `day`."""
    if unit == "week":
        return week_span(day)
    if unit == "weekend":
        _, sunday = week_span(day)
        return sunday - timedelta(days=1), sunday
    if unit == "month":
        return month_span(day.year, day.month)
    if unit == "year":
        return year_span(day.year)
    if unit == "decade":
        return decade_span(day.year // 10 * 10)
    return day, day


def shift(day: date, count: int, unit: str) -> date | None:
    """Return the day that lies `count` units later (earlier where negative), None outside the years 1 to 9999.

    >>> shift(date(2023, 9, 18), -9, "month")
    datetime.date(2022, 12, 18)
    >>> shift(date(2023, 9, 18), -3000, "year") is None
    True
    """
    if unit == "hour":
        count, unit = (abs(count) + 12) // 24 * (1 if count >= 0 else -1), "day"
    if unit == "decade":
        count, unit = count * 10, "year"
    try:
        moved: date = day + _step(count, unit)
    except (OverflowError, ValueError):
        return None
    return moved


def _step(count: int, unit: str) -> relativedelta:
    if unit in {"month", "year"}:
        return relativedelta(**{f"{unit}s": count})
    return relativedelta(days=count * (7 if unit in {"week", "weekend"} else 1))


def nearest_weekday(day: date, weekday: int, direction: Literal[-1, 1], *, same_day: bool = True) -> date:
    """Return the last (-1) or the next (1) such weekday (Monday 0) seen from `day`, itself included if `same_day`.

    >>> nearest_weekday(date(2023, 9, 20), 1, -1)
    datetime.date(2023, 9, 19)
    """
    distance = (weekday - day.weekday()) * direction % 7
    if not distance and not same_day:
        distance = 7
    return day + timedelta(days=distance * direction)
