"""What each kind of time expression means: functions from a pattern's match to a period.

Each returns first and last day (None where the text does not let it be resolved), precision, basis and where it is
from in words; None alone means that the words are no time expression at all. Whole calendar dates ("27 September 2020",
"Sept. 27, 2020", "27.09.2020") are read by dateparser, which is never shown anything else: on running text it takes
"second", "may" and bare numbers for dates.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any, cast

from geo.calendar_spans import (
    PRECISION_OF,
    decade_span,
    month_span,
    nearest_weekday,
    season_span,
    shift,
    unit_span,
    year_span,
)
from geo.dates.years import speaks_of_future, spoken_day, year_of
from geo.numbers import value_of
from geo.windows import last_words

if TYPE_CHECKING:
    from geo.calendar_spans import Part, Span
    from geo.dates.words import DateWords
    from geo.dates.years import Context
    from geo.model import DateBasis, DatePrecision, DateRange

Reading = tuple["Span | None", "DatePrecision", "DateBasis", str]
"""First and last day (None: not to be resolved), precision, basis, and in words where it is from."""


@lru_cache(maxsize=4096)
def calendar_day(words: str) -> date | None:
    """Read a whole calendar date (day, month and year; day first where figures leave it open) by dateparser.

    >>> calendar_day("Sept. 27th, 2020"), calendar_day("27.09.2020"), calendar_day("31 April 2020")
    (datetime.date(2020, 9, 27), datetime.date(2020, 9, 27), None)
    """
    plain = re.sub(r"(?<=\d)(?:st|nd|rd|th)\b|\bof\b", " ", words)
    parsed = _calendar_parser().get_date_data(" ".join(plain.split())).date_obj
    return parsed.date() if parsed else None


@lru_cache(maxsize=1)
def _calendar_parser() -> Any:
    from dateparser.date import DateDataParser  # noqa: PLC0415  (slow to import, and most sentences hold no full date)

    settings = {"DATE_ORDER": "DMY", "REQUIRE_PARTS": ["day", "month", "year"], "PARSERS": ["absolute-time"]}
    return DateDataParser(languages=["en"], settings=settings)


_HALF = re.compile(r"half", re.IGNORECASE)


def unit_of(word: str) -> str:
    """Return the unit that a word names: "nights" are days, "fortnight" a week."""
    unit = word.lower().rstrip("s")
    return {"night": "day", "fortnight": "week", "weekend": "week"}.get(unit, unit)


def count_of(words: str, lists: DateWords) -> int | None:
    """Return how many units are told; a half counts as one here (`_length` halves the unit)."""
    lowered = " ".join(words.lower().split())
    for word, count in lists.counts.items():
        if re.search(rf"\b{word}\b", lowered):
            return count
    if lowered in {"a", "an", "the", ""} or _HALF.match(lowered):
        return 1
    return value_of(lowered.removeprefix("a "))


def _length(match: re.Match[str], words: DateWords) -> tuple[int, str] | None:
    """Return count and unit of a length of time: ("half a year" is 6 months, "a month and a half" 45 days)."""
    count, unit = count_of(match["count"], words), unit_of(match["unit"])
    if count is None:
        return None
    smaller = {
        "year": (6, "month"),
        "month": (15, "day"),
        "day": (12, "hour"),
        "decade": (5, "year"),
        "week": (4, "day"),
    }
    if _HALF.match(match["count"].strip()) and unit in smaller:
        return smaller[unit]
    if match.groupdict().get("half") and unit in smaller:
        halves, lesser = smaller[unit]
        return halves * (2 * count + 1), lesser
    if unit == "week" and match["unit"].lower().startswith("fortnight"):
        return 2 * count, unit
    return count, unit


def _around(day: date, unit: str) -> Span:
    """Return what "so many units ago" can mean: the day itself, else the unit around it."""
    if unit in {"hour", "day"}:
        return day, day
    if unit == "week":
        return day - timedelta(days=3), day + timedelta(days=3)
    if unit == "decade":
        return (shift(day, -5, "year") or day, shift(day, 5, "year") or day)
    return unit_span(day, unit)


def _month_number(match: re.Match[str], words: DateWords) -> int:
    return words.months[match["month"].rstrip(".").lower()]


def _part(match: re.Match[str], words: DateWords) -> Part:
    found = match.groupdict().get("part")
    return cast("Part", words.parts[" ".join(found.lower().split())] if found else "")


def full_date(match: re.Match[str], _context: Context, _words: DateWords) -> Reading | None:
    """Read a date in figures; with slashes and two small numbers only its year is sure."""
    day = calendar_day(match.group())
    if day is None:
        return None
    figures = [int(figure) for figure in re.findall(r"\d+", match.group())]
    if "/" in match.group() and figures[0] <= 12 and figures[1] <= 12 and figures[0] != figures[1]:
        return year_span(day.year), "year", "stated", "day and month may stand either way round"
    return (day, day), "day", "stated", "calendar date"


def days(match: re.Match[str], context: Context, words: DateWords) -> Reading | None:
    """Read one day, or the first and the last of several days of one month."""
    month = next(name for name, number in words.months.items() if number == _month_number(match, words))

    def day_of(year: int, group: str = "day") -> date | None:
        return calendar_day(f"{match[group]} {month} {year}")

    stated = match.groupdict().get("year")
    if stated:
        year, reason = int(stated), "calendar date"
    else:
        told = year_of(match, context, day_of)
        if told is None:
            return None, "unknown", "unknown", "calendar date without a year, and nothing tells which"
        year, why = told
        reason = f"calendar date without a year; {why}"
    last = "day_2" if match.groupdict().get("day_2") else "day"
    start, end = day_of(year), day_of(year, last)
    if start is None or end is None or start > end:
        return None
    return (start, end), "day", "stated", reason


def month(match: re.Match[str], context: Context, words: DateWords) -> Reading | None:
    """Read "early October 2020", "in May", "last December"."""
    number, part = _month_number(match, words), _part(match, words)
    groups = match.groupdict()
    if groups.get("year"):
        return month_span(int(groups["year"]), number, part), "month", "stated", "month and year"
    step = (groups.get("step") or "").lower()
    if step in {"last", "next", "this"}:
        return _month_step(context.published, "publication", number, step, part)
    if step in {"following", "previous"}:
        told = (context.anchor.end or context.anchor.start) if context.anchor else None
        return _month_step(told, "the date spoken of", number, step, part)
    year_told = year_of(match, context, lambda year: date(year, number, 1))
    if year_told is None:
        return None, "unknown", "unknown", "month without a year, and nothing tells which"
    return month_span(year_told[0], number, part), "month", "stated", f"month without a year; {year_told[1]}"


def _month_step(seen_from: date | None, name: str, number: int, step: str, part: Part) -> Reading:
    """Read "last March" and "the following March" as seen from a day."""
    if seen_from is None:
        return None, "unknown", "unknown", f"counts from {name}, which is not known"
    year = seen_from.year
    if step in {"last", "previous"} and number >= seen_from.month:
        year -= 1
    if step in {"next", "following"} and number <= seen_from.month:
        year += 1
    return month_span(year, number, part), "month", "relative", f"{step} one seen from {name}"


def years(match: re.Match[str], _context: Context, _words: DateWords) -> Reading | None:
    """Read "1988-1994" and "1919-20"."""
    first, last = int(match["year"]), match["year_2"]
    second = int(last if len(last) == 4 else match["year"][:2] + last)
    if not first < second <= first + 150:
        return None
    return (date(first, 1, 1), date(second, 12, 31)), "year", "stated", "years"


def year(match: re.Match[str], _context: Context, words: DateWords) -> Reading:
    """Read "in 2020" and "mid-2021"."""
    return year_span(int(match["year"]), _part(match, words)), "year", "stated", "year"


def decade(match: re.Match[str], _context: Context, words: DateWords) -> Reading:
    """Read "the late 1980s"."""
    year = int(match["year"]) if match["year"] else 1900 + int(match["short"])
    return decade_span(year, _part(match, words)), "year", "stated", "decade"


def season(match: re.Match[str], context: Context, words: DateWords) -> Reading:
    """Read "autumn 2020" and "last summer"."""
    first_month, part, groups = words.seasons[match["season"].lower()], _part(match, words), match.groupdict()
    if groups.get("year"):
        return season_span(int(groups["year"]), first_month, part), "month", "stated", "season of a year"
    if groups.get("step", "") and groups["step"].lower() in {"last", "this", "next", "past"} and context.published:
        year, step = context.published.year, groups["step"].lower()
        if step in {"last", "past"} and season_span(year, first_month)[1] >= context.published:
            year -= 1
        if step == "next" and season_span(year, first_month)[0] <= context.published:
            year += 1
        return season_span(year, first_month), "month", "relative", f"{step} one seen from publication"
    told = year_of(match, context, lambda year: date(year, first_month, 1))
    if told is None:
        return None, "unknown", "unknown", "season without a year, and nothing tells which"
    return season_span(told[0], first_month, part), "month", "relative", f"season without a year; {told[1]}"


def _takes_effect(match: re.Match[str], context: Context) -> bool:
    """Tell whether a measure holds "from Monday": said before it does, so the Monday to come (but "from Monday to ...")."""
    before = context.text[max(0, match.start() - 14) : match.start()]
    after = context.text[match.end() : match.end() + 10]
    return _FROM.search(before) is not None and _TO.match(after) is None


_FROM = re.compile(r"\b(?:from|as of|effective|starting|starting on|beginning)\s+$", re.IGNORECASE)
_TO = re.compile(r"\s*(?:to|until|till|through|–|-)\b", re.IGNORECASE)


def weekday(match: re.Match[str], context: Context, words: DateWords) -> Reading:
    """Read "Tuesday", seen from publication: the last one, or the next one where the clause speaks of the future."""
    published = context.published
    if published is None:
        return None, "unknown", "unknown", "weekday, and the day of publication is not known"
    weekday, step = words.weekdays[match["weekday"].lower()], " ".join((match["step"] or "").lower().split())
    if step in {"next", "coming", "this coming"}:
        day = nearest_weekday(published, weekday, 1, same_day=False)
    elif step in {"last", "past", "this past"}:
        day = nearest_weekday(published, weekday, -1, same_day=False)
    else:
        ahead = speaks_of_future(match, context) or _takes_effect(match, context)
        day = nearest_weekday(published, weekday, 1 if ahead else -1)
    which = "next one from" if day > published else "last one before" if day < published else "day of"
    return (day, day), "day", "relative", f"weekday: {which} publication"


_NEAR = {
    "the day before yesterday": (-2, -2),
    "yesterday": (-1, -1),
    "last night": (-1, 0),
    "last evening": (-1, -1),
    "overnight": (-1, 0),
    "tomorrow": (1, 1),
    "the day after tomorrow": (2, 2),
}


def near_day(match: re.Match[str], context: Context, words: DateWords) -> Reading | None:
    """Read "yesterday", "overnight", "this morning", "at this moment"."""
    word = " ".join(match["word"].lower().split())
    after = context.text[match.end() : match.end() + 30].lstrip(" ,")
    if word == "today" and after.lower().startswith(words.lists["nowadays"]):
        return None
    if word == "overnight" and re.match(r"\s+(?:on|into|to)\b", context.text[match.end() : match.end() + 8]):
        return None  # the day follows and says which night
    if context.published is None or context.narrative:
        return None, "unknown", "unknown", "counts from a publication date that is not known"
    first, last = _NEAR.get(word, (0, 0))
    return (
        (context.published + timedelta(days=first), context.published + timedelta(days=last)),
        "day",
        "relative",
        "counts from publication",
    )


def unit_step(match: re.Match[str], context: Context, _words: DateWords) -> Reading | None:
    """Read "last week", "earlier this month", "the weekend"."""
    unit, step = match["unit"].lower(), " ".join(match["step"].lower().split()).removeprefix("the ")
    if step == "the" and unit != "weekend":
        return None
    published = context.published
    if published is None:
        return None, "unknown", "unknown", "counts from a publication date that is not known"
    count = {"last": -1, "past": -1, "previous": -1, "next": 1, "coming": 1}.get(step, 0)
    if unit == "weekend":  # the one that is over, unless a coming one is meant
        sunday = nearest_weekday(published, 6, 1 if count > 0 else -1)
        return (sunday - timedelta(days=1), sunday), "day", "relative", "weekend seen from publication"
    day = shift(published, count, unit)
    if day is None:
        return None
    first, last = unit_span(day, unit)
    when = (match["when"] or "").lower()
    if when in {"earlier", "early"} and not count:
        last = published
    elif when in {"later", "late"} and not count:
        first = published
    elif not count:
        last = max(published, first) if not speaks_of_future(match, context) else last
    return (first, last), PRECISION_OF[unit], "relative", "counts from publication"


def ago(match: re.Match[str], context: Context, words: DateWords) -> Reading | None:
    """Read "three decades ago"."""
    length = _length(match, words)
    if length is None:
        return None
    if context.published is None:
        return None, "unknown", "unknown", "counts from a publication date that is not known"
    day = shift(context.published, -length[0], length[1])
    if day is None:
        return None
    return _around(day, length[1]), PRECISION_OF[length[1]], "relative", "counts back from publication"


def past_units(match: re.Match[str], context: Context, words: DateWords) -> Reading | None:
    """Read "in the past 24 hours", "over the last three weeks", "in the coming days"."""
    count, unit = count_of(match["count"] or "several", words), unit_of(match["unit"])
    if count is None:
        return None
    if not match["count"] and not match["unit"].lower().endswith("s"):
        count = 1
    if context.published is None:
        return None, "unknown", "unknown", "counts from a publication date that is not known"
    coming = match["step"].lower() in {"next", "coming"}
    other = shift(context.published, count if coming else -count, unit)
    if other is None:
        return None
    span = (context.published, other) if coming else (other, context.published)
    return span, PRECISION_OF[unit], "relative", "counts from publication"


def vague(match: re.Match[str], context: Context, words: DateWords) -> Reading:
    """Read "recently" and "in recent months" as the range that the word list declares."""
    days, precision = words.vague[" ".join(match["word"].lower().split())]
    if context.published is None or context.narrative:
        return None, "unknown", "unknown", "counts from a publication date that is not known"
    return (
        (context.published - timedelta(days=days), context.published),
        precision,
        "relative",
        f"vague: the {days} days before publication",
    )


def counted_from(match: re.Match[str], context: Context, words: DateWords) -> Reading | None:
    """Read "two days later" and "a week earlier", counted from the date that the text spoke of."""
    length = _length(match, words)
    if length is None:
        return None
    told = spoken_day(context.anchor) or _spoken_unit(context.anchor, length[1])
    back = match["direction"].lower() in {"earlier", "before", "prior", "previously", "beforehand"}
    if told is None and context.anchor is None and back and not context.narrative:
        told = context.published  # news that spoke of no day yet speaks of its own
    if told is None:
        return None, "unknown", "unknown", "counts from a date that the text did not tell"
    first = context.anchor.start if context.anchor and context.anchor.start else told
    day = shift(first if back else told, -length[0] if back else length[0], length[1])
    if day is None:
        return None
    return (
        _around(day, length[1]),
        PRECISION_OF[length[1]],
        "relative",
        f"counts from {told.isoformat()}, which the text spoke of",
    )


def _spoken_unit(anchor: DateRange | None, unit: str) -> date | None:
    """Return the first day of the month or year that the text spoke of, from which whole months or years can count."""
    exact_enough = {"month": {"month"}, "year": {"month", "year"}}.get(unit, set())
    return anchor.start if anchor is not None and anchor.precision in exact_enough else None


def soon_after(_match: re.Match[str], context: Context, _words: DateWords) -> Reading:
    """Read "hours later" and "some minutes later" as the day that the text spoke of."""
    told = spoken_day(context.anchor)
    if told is None:
        return None, "unknown", "unknown", "counts from a date that the text did not tell"
    return (told, told), "day", "relative", f"within a day of {told.isoformat()}, which the text spoke of"


def step_from(match: re.Match[str], context: Context, _words: DateWords) -> Reading | None:
    """Read "the next day", "that night", "the same month", "the day before"."""
    step, unit = " ".join(match["step"].lower().split()), match["unit"].lower()
    count = (
        1 if re.search(r"next|following|after", step) else -1 if re.search(r"previous|preceding|before", step) else 0
    )
    anchor = context.anchor
    told = (anchor.end or anchor.start) if anchor else None
    coarse = {"week": {"month", "year"}, "month": {"year"}}.get(unit, set())
    if (
        anchor is None
        or told is None
        or anchor.precision in coarse
        or (unit not in {"week", "month", "year"} and spoken_day(anchor) is None)
    ):
        return None, "unknown", "unknown", "counts from a date that the text did not tell"
    unit = unit if unit in {"week", "weekend", "month", "year"} else "day"
    if unit == "day" and anchor.start and told - anchor.start > timedelta(days=7):
        return None, "unknown", "unknown", "counts from a day, and the text spoke of a longer time"
    day = shift((anchor.start or told) if count < 0 else told, count, unit)
    if day is None:
        return None
    reason = f"counts from {told.isoformat()}, which the text spoke of"
    if unit == "day" and not count and anchor.start:
        return (anchor.start, told), "day", "relative", reason
    return unit_span(day, unit), PRECISION_OF[unit], "relative", reason


def day_of_month(match: re.Match[str], context: Context, _words: DateWords) -> Reading | None:
    """Read "on the 9th" in the month that the text spoke of."""
    anchor = context.anchor
    told = (anchor.start or anchor.end) if anchor else None
    if anchor is None or told is None or anchor.precision == "year":
        return None
    try:
        day = told.replace(day=int(match["monthday"].rstrip("stndrh")))
    except ValueError:
        return None
    return (day, day), "day", "relative", "day of the month that the text spoke of"


def duration(match: re.Match[str], context: Context, words: DateWords) -> Reading | None:
    """Read "for two days", "lasted nearly nine months": back from now in the perfect tense, else from the date spoken of."""
    length = _length(match, words)
    if length is None:
        return None
    published, told = context.published, spoken_day(context.anchor)
    superlative = _FIRST_IN.search(context.text[context.begin : match.start()]) is not None
    if published is not None and not superlative and speaks_of_future(match, context):
        last = shift(published, *length)
        return ((published, last), PRECISION_OF[length[1]], "relative", "a length of time to come") if last else None
    before = last_words(context.text, context.begin, match.start(), 6).lower()
    present, perfect = re.search(r"\b(?:has|have)\b", before), re.search(r"\b(?:has|have|had|been)\b", before)
    lead = match["lead"].lower()
    goes_on = told is not None and not perfect and length[1] not in {"year", "decade"}
    if lead != "after" and told is not None and goes_on:
        last = shift(told, *length)
        reason = f"a length of time from {told.isoformat()}, which the text spoke of"
        return ((told, last), PRECISION_OF[length[1]], "relative", reason) if last else None
    lasting = perfect or superlative or lead in _LASTING
    unanchored = published if lasting and not context.narrative and not context.told_here else None
    end = published if present and published else told or unanchored
    begin = shift(end, -length[0], length[1]) if end and lead != "after" else None
    if begin is None or end is None:
        return None, "unknown", "unknown", "a length of time, and nothing tells from when"
    start = unit_span(begin, length[1])[0] if length[1] in {"month", "year"} else begin
    return (start, end), PRECISION_OF[length[1]], "relative", f"a length of time that ends on {end.isoformat()}"


_FIRST_IN = re.compile(r"\b(?:first|worst|most\s+\w+|\w{3,}est|time)(?:\s+\w+){0,2}\s+$", re.IGNORECASE)
"""Before "in thirty years": the length of time lies behind."""
_LASTING = frozenset({"for", "lasted", "lasting", "lasts"})


def duration_adjective(_match: re.Match[str], _context: Context, _words: DateWords) -> Reading:
    """Read "a three-day battle": it tells how long, and not when."""
    return None, "unknown", "unknown", "a length of time, and nothing tells from when"


def unresolved(_match: re.Match[str], _context: Context, _words: DateWords) -> Reading:
    """Read "a day before the attack": it counts from something that happened."""
    return None, "unknown", "unknown", "counts from something that happened, not from a date"


def part_of_day(_match: re.Match[str], context: Context, _words: DateWords) -> Reading:
    """Read "at dawn" as the day that the text speaks of."""
    told = spoken_day(context.anchor) or context.published
    if told is None:
        return None, "unknown", "unknown", "a time of day without its day"
    return (told, told), "day", "relative", "time of the day that the text speaks of"


def hour(match: re.Match[str], context: Context, _words: DateWords) -> Reading | None:
    """Read "at about 23:55" in a night between two days as the day of its hour; elsewhere a time of the clock is no date."""
    told = context.anchor
    if told is None or told.precision != "day" or told.start is None or told.end is None:
        return None
    if told.end - told.start != timedelta(days=1):
        return None
    late = int(match["hour"]) + (_NOON if match["half"] and match["half"].lower() == "p" else 0) >= _NOON
    day = told.start if late else told.end
    return (day, day), "day", "relative", "time of the night that the text speaks of"


_NOON = 12


def day_of_the_month(match: re.Match[str], context: Context, _words: DateWords) -> Reading | None:
    """Read "on the 23rd" as that day of the month that the text speaks of, or of the next one where it has passed."""
    told = context.anchor
    if told is None or told.start is None or told.precision not in {"day", "week", "month"}:
        return None
    number, last = int(match["day"]), told.end or told.start
    for month in (last.replace(day=1), (last.replace(day=1) + timedelta(days=32)).replace(day=1)):
        try:
            day = month.replace(day=number)
        except ValueError:
            continue
        if told.precision == "month" or day >= told.start:
            return (day, day), "day", "relative", "day of the month that the text speaks of"
    return None
