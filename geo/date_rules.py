"""The rules that read one time expression each: a pattern, and a function from its match to a period.

`expressions` runs all patterns and returns the matches in the order of the text; `read` turns one into a `Found`, given
what the text spoke of before. How expressions join into ranges and which of them date events is told in `geo.dates`.

Whole calendar dates ("27 September 2020", "Sept. 27, 2020", "27.09.2020") are found here and read by dateparser, which
is never shown anything else: on running text it takes "second", "may" and bare numbers for dates.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal, cast

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
from geo.chronology import chronology
from geo.date_words import alternatives, date_words
from geo.model import DateRange
from geo.numbers import value_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from geo.calendar_spans import Part, Span
    from geo.chronology import Chronology
    from geo.date_words import DateWords, NamedPeriod
    from geo.model import DateBasis, DatePrecision

Kind = Literal["calendar", "weekday", "deictic", "anaphoric", "offset", "duration", "period", "vague", "clock"]
Reading = tuple["Span | None", "DatePrecision", "DateBasis", str]
"""First and last day (None: not to be resolved), precision, basis, and in words where it is from."""


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


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern with the function that reads its match; the match's group "span", if any, is the expression."""

    kind: Kind
    pattern: re.Pattern[str]
    read: Callable[[re.Match[str], Context, DateWords], Reading | None]


@dataclass(frozen=True, slots=True)
class Expression:
    """A match of a rule: a time expression that is not yet read."""

    start: int
    end: int
    rule: Rule
    match: re.Match[str]

    def group(self, name: str) -> str:
        """Return what a named group of the pattern matched, or ""."""
        return self.match.groupdict().get(name) or ""


@dataclass(frozen=True, slots=True)
class Found:
    """A time expression as read: `when` has no start and no end where the text does not let it be resolved."""

    start: int
    end: int
    when: DateRange
    kind: Kind
    reason: str
    expression: Expression


def expressions(text: str, start: int, end: int) -> list[Expression]:
    """Return what any rule matches in `text[start:end]`, leftmost and longest first; matches may overlap."""
    found = []
    for rank, rule in enumerate(_rules()):
        for match in rule.pattern.finditer(text, start, end):
            first, last = match.span("span") if "span" in rule.pattern.groupindex else match.span()
            found.append((first, -last, rank, Expression(first, last, rule, match)))
    found.sort(key=lambda entry: entry[:3])
    return [entry[3] for entry in found]


def read(expression: Expression, context: Context) -> Found | None:
    """Read one expression; None where it turns out to be no time expression at all."""
    reading = expression.rule.read(expression.match, context, date_words())
    if reading is None:
        return None
    span, precision, basis, reason = reading
    words = context.text[expression.start : expression.end]
    when = DateRange(span[0], span[1], precision, basis, words) if span else DateRange(text=words)
    return Found(expression.start, expression.end, when, expression.rule.kind, reason, expression)


def has_no_year(expression: Expression) -> bool:
    """Tell whether this is a day or a month of the calendar without its year."""
    names = expression.rule.pattern.groupindex
    return expression.rule.kind == "calendar" and "month" in names and not expression.group("year")


def stated_year(expression: Expression) -> int | None:
    """Return the year, where the expression is a day of the calendar that states one."""
    year = expression.group("year") if expression.group("day") else ""
    return int(year) if year else None


def offset(expression: Expression) -> tuple[int, str] | None:
    """Return count and unit of "two days before ..." (negative) and "two days after ..."; None for anything else."""
    if expression.rule.kind != "offset":
        return None
    count = _count(expression.group("count"), date_words())
    sign = -1 if expression.group("direction").lower() in {"before", "earlier", "prior"} else 1
    return None if count is None else (sign * count, _unit(expression.group("unit")))


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


# --- numbers and units -------------------------------------------------------------------------------------------

_ONES = "one|two|three|four|five|six|seven|eight|nine"
_NUMBER = (
    rf"(?:\d{{1,3}}|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[-\s](?:{_ONES}))?|{_ONES}"
    r"|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen|half\s+an?|an?|(?:a\s+)?hundred)"
)
_UNITS = r"(?:hour|day|night|week|fortnight|month|year|decade)s?"
_HALF = re.compile(r"half", re.IGNORECASE)


def _unit(word: str) -> str:
    unit = word.lower().rstrip("s")
    return {"night": "day", "fortnight": "week", "weekend": "week"}.get(unit, unit)


def _count(words: str, lists: DateWords) -> int | None:
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
    count, unit = _count(match["count"], words), _unit(match["unit"])
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


# --- what the text spoke of before -------------------------------------------------------------------------------


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


def _future(match: re.Match[str], context: Context) -> bool:
    """Tell whether the clause speaks of what is still to come."""
    before = re.split(r"[.;:]\s", context.text[context.begin : match.start()])[-1][-80:]
    if _future_cue().search(before):
        return True
    if re.search(r"[\w”\"]\s*$", re.sub(r"\b(?:on|next|by|but|and)\s*$", "", before, flags=re.IGNORECASE)):
        return False
    after = re.split(r"[.;:]", context.text[match.end() : min(context.stop, match.end() + 80)])[0]
    cue, saying = _future_cue().search(after), _saying().search(after)
    return bool(cue and (not saying or cue.start() < saying.start()))


_NEWS_DAYS = 31
"""How many days back a report that says "on 9 October", without a year, means the last 9 October in any case."""


def _year_of(match: re.Match[str], context: Context, day_of: Callable[[int], date | None]) -> tuple[int, str] | None:
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
    future = bool(coming) and _future(match, context)
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


# --- patterns -----------------------------------------------------------------------------------------------------


def _words(name: str) -> str:
    return alternatives(date_words().lists[name])


@lru_cache(maxsize=1)
def _future_cue() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w’']){_words('future')}\b|(?:'|’)ll\b", re.IGNORECASE)


@lru_cache(maxsize=1)
def _saying() -> re.Pattern[str]:
    return re.compile(rf"\b{_words('saying')}\b", re.IGNORECASE)


def _capitalised(words: list[str]) -> str:
    """Return a pattern for words as they are written with a capital, or in capitals throughout."""
    return alternatives([form for word in words for form in (word.capitalize(), word.upper())])


@lru_cache(maxsize=1)
def _rules() -> tuple[Rule, ...]:
    """Compile every rule (once); where two match the same stretch, the earlier one wins."""
    words = date_words()
    long_months = [word for word in words.months if len(word) > 4 or word in {"may", "june", "july"}]
    month = rf"(?P<month>{_capitalised(list(words.months))})\b\.?"
    long_month = rf"(?P<month>{_capitalised(long_months)})\b"
    day = r"(?P<day>(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?)(?!\d)"
    day_2 = r"(?P<day_2>(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?)(?!\d)"
    year = r"(?P<year>(?:1[6-9]|20)\d\d)(?![\d,.]?\d|-\w*[a-z])"
    not_counted = rf"(?!\s+(?:[a-z]+\s+)?{_words('counted')}\b)"
    free = r"(?<![\w.,:/$€£-])"
    part = rf"(?P<part>{alternatives(words.parts)})(?:\s+|-)(?:the\s+)?"
    cue = rf"(?i:\b{_words('before_a_period')})\s+"
    linked = r"(?:(?<=\d\d\d\d\sand\s)|(?<=\d\d\d\d\sto\s))"
    weekday = rf"(?P<weekday>{_capitalised(list(words.weekdays))})\b"
    daypart = rf"(?P<daypart>{_words('parts_of_day')})"
    season = rf"(?P<season>{alternatives([*words.seasons, *(s.capitalize() for s in words.seasons)])})"
    about = rf"(?:{_words('approximately')}\s+)*"
    count = rf"(?P<count>{_NUMBER}|(?:an?\s+|the\s+)?(?:couple|few|several)(?:\s+of)?)"
    unit = rf"(?P<unit>{_UNITS})\b"
    half = r"(?P<half>\s+and\s+a\s+half)?"
    to = r"\s*(?:-|–|/|\bto\b|\band\b|\bor\b|\buntil\b|\bthrough\b|,)\s*"
    wider = r"(?:day|night|morning|evening|afternoon|week|weekend|month|year)"

    def rule(
        kind: Kind,
        pattern: str,
        reader: Callable[[re.Match[str], Context, DateWords], Reading | None],
        *,
        case: bool = False,
    ) -> Rule:
        return Rule(kind, re.compile(pattern, 0 if case else re.IGNORECASE), reader)

    return (
        rule("calendar", rf"{free}(?P<year>\d{{4}})-\d\d-(?P<day>\d\d)(?![\d-])", _full_date),
        rule("calendar", rf"{free}(?P<day>\d{{1,2}})([./])\d{{1,2}}\2(?P<year>(?:1[6-9]|20)\d\d)(?![\d/]|\.\d)", _full_date),
        rule("calendar", rf"{free}{day}(?:{to}\d{{1,2}})*?{to}{day_2}\s+(?:of\s+)?{month},?\s+{year}", _days, case=True),
        rule("calendar", rf"{free}{day}(?:{to}\d{{1,2}})*?{to}{day_2}\s+(?:of\s+)?{month}", _days, case=True),
        rule("calendar", rf"\b{month}\s+{day}{to}{day_2}(?![:.]\d)(?:,?\s+{year})?{not_counted}", _days, case=True),
        rule("calendar", rf"{free}{day}\s+(?:of\s+)?{month}(?:,?\s+(?:of\s+)?{year})?", _day, case=True),
        rule("calendar", rf"\b{month}\s+(?:the\s+)?{day}(?![:.]\d)(?:,?\s+{year})?{not_counted}", _day, case=True),
        rule("calendar", rf"(?:{part})?{long_month},?\s+(?:of\s+)?{year}", _month, case=True),
        rule("calendar", rf"(?:{cue}|\b(?:and|to)\s+|(?<=[(–-]))(?P<span>(?:{part})?(?:(?P<step>(?i:last|this|next|previous|following))\s+)?{long_month})(?!\s+\d{{1,2}}\b(?!\s+{_words('counted')}\b))", _month, case=True),
        rule("calendar", rf"\b(?P<span>(?:{part}|(?P<step>(?i:last|this|next|previous|following))\s+){long_month})(?!\s+\d{{1,2}}\b(?!\s+{_words('counted')}\b))", _month, case=True),
        rule("calendar", rf"{free}(?P<year>(?:1[6-9]|20)\d\d)\s?[-–]\s?(?P<year_2>(?:1[6-9]|20)\d\d|\d\d)(?![\d-]|\s+\w*-){not_counted}", _years),
        rule("calendar", rf"\b(?:{part}){year}{not_counted}", _year),
        rule("calendar", rf"(?:{cue}|{linked}|\b(?:early|mid|late)[- ]|\()(?P<span>{year})(?!s\b|\s*%){not_counted}", _year),
        rule("calendar", rf"\b(?:the|a|an|its|their|this|that|our|any)\s+(?:[a-z-]+\s+)?(?P<span>{year})(?=\s+[A-Z]?[a-z]){not_counted}", _year),
        rule("calendar", rf"(?:{part})?(?:the\s+)?(?:(?P<year>(?:1[6-9]|20)\d0)|[’'](?P<short>\d0))[’']?s\b", _decade),
        rule("calendar", rf"\b(?P<span>(?:{part})?(?:the\s+)?{season}(?:\s+of)?\s+{year})", _season),
        rule("calendar", rf"\b(?:in|since|by|until|during|of|over|for)\s+(?P<span>(?:the\s+)?(?:(?P<step>last|this|next|previous|following|same|past)\s+)?{season})\b(?!-)", _season),
        rule("calendar", rf"\b(?P<span>(?P<step>last|this|next)\s+{season})\b(?!-)", _season),
        rule("weekday", rf"\b(?:(?i:(?P<step>last|next|this|past|coming|this\s+past|this\s+coming))\s+)?{weekday}(?:\s+{daypart})?", _weekday, case=True),
        rule("deictic", r"\b(?P<word>the\s+day\s+before\s+yesterday|the\s+day\s+after\s+tomorrow|yesterday|today|tonight|tomorrow)\b(?!['’]s\s+[A-Z])", _near_day),
        rule("deictic", r"\b(?:early\s+|late\s+|earlier\s+|later\s+)?(?P<word>overnight|this\s+(?:morning|afternoon|evening)|last\s+(?:night|evening))\b", _near_day),
        rule("deictic", r"\b(?:(?P<when>earlier|later|early|late)\s+)?(?:over\s+|on\s+)?(?P<step>this|last|next|past|previous|coming|the\s+past|the\s+last|the)\s+(?P<unit>week|month|year|weekend|decade)\b(?![-’'])", _unit_step),
        rule("deictic", rf"\b{about}{count}\s+{unit}{half}\s+ago\b", _ago),
        rule("deictic", rf"\b(?:in|over|for|during|within|of)\s+(?:{about})?(?P<span>the\s+(?P<step>past|last|previous|preceding|next|coming)\s+(?:(?P<count>{_NUMBER}|few|couple\s+of|several)\s+)?{unit})", _past_units),
        rule("deictic", rf"\b(?P<span>(?:the\s+)?(?P<step>past|last)\s+(?P<count>{_NUMBER}|few|several)\s+{unit})", _past_units),
        rule("deictic", rf"\b(?P<word>{alternatives(words.now)})\b", _near_day),
        rule("vague", rf"\b(?:in\s+)?(?:the\s+)?(?:more\s+)?(?P<word>{alternatives(words.vague)})\b", _vague),
        rule("anaphoric", rf"\b{about}{count}\s+{unit}{half}\s+(?P<direction>later|earlier|previously|beforehand|afterwards?)\b", _counted_from),
        rule("anaphoric", rf"\b{about}{count}\s+{unit}{half}\s+(?P<direction>before|after|prior)(?=\s*(?:[,.;:)]|$))", _counted_from),
        rule("offset", rf"\b{about}{count}\s+{unit}{half}\s+(?P<direction>before|after|prior\s+to|earlier\s+than|following|from)\b", _unresolved),
        rule("offset", r"\b(?:on\s+)?(?P<count>the)\s+(?P<unit>day|night|week|month|year|eve)\s+(?P<direction>before|after|following)\b(?!\s*(?:[,.;:)]|$))", _unresolved),
        rule("anaphoric", rf"\b(?:on\s+)?(?:(?P<when>later|earlier|late|early)\s+)?(?P<step>that\s+same|the\s+very\s+same|the\s+same|the\s+very\s+next|the\s+next|the\s+following|the\s+previous|the\s+preceding|that|next)\s+(?P<unit>{wider})\b(?![-’'])", _step_from),
        rule("anaphoric", r"\b(?:on\s+)?the\s+(?P<unit>day|night|week|month|year)\s+(?P<step>before|after)(?=\s*(?:[,.;:)]|$))", _step_from),
        rule("calendar", r"\b(?:on|of|and|from|to|until|by)\s+(?:the\s+)?(?P<span>(?P<monthday>(?:3[01]|[12]\d|[1-9])(?:st|nd|rd|th)))(?=\s*(?:[,.;:)]|$|and\b|the\b|a\b|in\b|at\b))", _day_of_month),
        rule("duration", rf"\b(?P<lead>for|lasted|lasting|lasts|after|during|in|over|within|through|throughout)\s+(?:the\s+)?(?P<span>{about}{count}\s+(?:consecutive\s+|straight\s+)?{unit}{half})(?!\s+(?:ago|later|earlier|before|after|old))", _duration),
        rule("duration", rf"\b(?P<count>{_NUMBER})[-\s](?P<unit>hour|day|week|month|year|decade)(?:-long)?(?=\s+[a-z])", _duration_adjective),
        rule("clock", rf"\b(?:at|before|by|in|after|around|during|from|until)\s+(?P<span>(?:the\s+)?(?:early\s+|late\s+)?(?:hours\s+of\s+the\s+)?{daypart}|the\s+early\s+hours|the\s+end\s+of\s+the\s+day)\b(?!\s+(?:of|on)\b)", _part_of_day),
        *(_named(period) for period in words.periods),
    )  # fmt: skip


# --- readers: from a match to a period ----------------------------------------------------------------------------


def _month_number(match: re.Match[str], words: DateWords) -> int:
    return words.months[match["month"].rstrip(".").lower()]


def _part(match: re.Match[str], words: DateWords) -> Part:
    found = match.groupdict().get("part")
    return cast("Part", words.parts[" ".join(found.lower().split())] if found else "")


def _full_date(match: re.Match[str], _context: Context, _words: DateWords) -> Reading | None:
    day = calendar_day(match.group())
    if day is None:
        return None
    figures = [int(figure) for figure in re.findall(r"\d+", match.group())]
    if "/" in match.group() and figures[0] <= 12 and figures[1] <= 12 and figures[0] != figures[1]:
        return year_span(day.year), "year", "stated", "day and month may stand either way round"
    return (day, day), "day", "stated", "calendar date"


def _day(match: re.Match[str], context: Context, words: DateWords) -> Reading | None:
    return _days(match, context, words)


def _days(match: re.Match[str], context: Context, words: DateWords) -> Reading | None:
    """Read one day, or the first and the last of several days of one month."""
    month = next(name for name, number in words.months.items() if number == _month_number(match, words))

    def day_of(year: int, group: str = "day") -> date | None:
        return calendar_day(f"{match[group]} {month} {year}")

    stated = match.groupdict().get("year")
    if stated:
        year, reason = int(stated), "calendar date"
    else:
        told = _year_of(match, context, day_of)
        if told is None:
            return None, "unknown", "unknown", "calendar date without a year, and nothing tells which"
        year, why = told
        reason = f"calendar date without a year; {why}"
    last = "day_2" if match.groupdict().get("day_2") else "day"
    start, end = day_of(year), day_of(year, last)
    if start is None or end is None or start > end:
        return None
    return (start, end), "day", "stated", reason


def _month(match: re.Match[str], context: Context, words: DateWords) -> Reading | None:
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
    year_told = _year_of(match, context, lambda year: date(year, number, 1))
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


def _years(match: re.Match[str], _context: Context, _words: DateWords) -> Reading | None:
    first, last = int(match["year"]), match["year_2"]
    second = int(last if len(last) == 4 else match["year"][:2] + last)
    if not first < second <= first + 150:
        return None
    return (date(first, 1, 1), date(second, 12, 31)), "year", "stated", "years"


def _year(match: re.Match[str], _context: Context, words: DateWords) -> Reading:
    return year_span(int(match["year"]), _part(match, words)), "year", "stated", "year"


def _decade(match: re.Match[str], _context: Context, words: DateWords) -> Reading:
    year = int(match["year"]) if match["year"] else 1900 + int(match["short"])
    return decade_span(year, _part(match, words)), "year", "stated", "decade"


def _season(match: re.Match[str], context: Context, words: DateWords) -> Reading:
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
    told = _year_of(match, context, lambda year: date(year, first_month, 1))
    if told is None:
        return None, "unknown", "unknown", "season without a year, and nothing tells which"
    return season_span(told[0], first_month, part), "month", "relative", f"season without a year; {told[1]}"


def _weekday(match: re.Match[str], context: Context, words: DateWords) -> Reading:
    published = context.published
    if published is None:
        return None, "unknown", "unknown", "weekday, and the day of publication is not known"
    weekday, step = words.weekdays[match["weekday"].lower()], " ".join((match["step"] or "").lower().split())
    if step in {"next", "coming", "this coming"}:
        day = nearest_weekday(published, weekday, 1, same_day=False)
    elif step in {"last", "past", "this past"}:
        day = nearest_weekday(published, weekday, -1, same_day=False)
    else:
        day = nearest_weekday(published, weekday, 1 if _future(match, context) else -1)
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


def _near_day(match: re.Match[str], context: Context, words: DateWords) -> Reading | None:
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


def _unit_step(match: re.Match[str], context: Context, _words: DateWords) -> Reading | None:
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
        last = max(published, first) if not _future(match, context) else last
    return (first, last), PRECISION_OF[unit], "relative", "counts from publication"


def _ago(match: re.Match[str], context: Context, words: DateWords) -> Reading | None:
    length = _length(match, words)
    if length is None:
        return None
    if context.published is None:
        return None, "unknown", "unknown", "counts from a publication date that is not known"
    day = shift(context.published, -length[0], length[1])
    if day is None:
        return None
    return _around(day, length[1]), PRECISION_OF[length[1]], "relative", "counts back from publication"


def _past_units(match: re.Match[str], context: Context, words: DateWords) -> Reading | None:
    """Read "in the past 24 hours", "over the last three weeks", "in the coming days"."""
    count, unit = _count(match["count"] or "several", words), _unit(match["unit"])
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


def _vague(match: re.Match[str], context: Context, words: DateWords) -> Reading:
    days, precision = words.vague[" ".join(match["word"].lower().split())]
    if context.published is None or context.narrative:
        return None, "unknown", "unknown", "counts from a publication date that is not known"
    return (
        (context.published - timedelta(days=days), context.published),
        precision,
        "relative",
        f"vague: the {days} days before publication",
    )


def _counted_from(match: re.Match[str], context: Context, words: DateWords) -> Reading | None:
    """Read "two days later" and "a week earlier", counted from the date that the text spoke of."""
    length = _length(match, words)
    if length is None:
        return None
    told = spoken_day(context.anchor)
    back = match["direction"].lower() in {"earlier", "before", "prior", "previously", "beforehand"}
    if told is None or context.anchor is None:
        return None, "unknown", "unknown", "counts from a date that the text did not tell"
    day = shift((context.anchor.start or told) if back else told, -length[0] if back else length[0], length[1])
    if day is None:
        return None
    return (
        _around(day, length[1]),
        PRECISION_OF[length[1]],
        "relative",
        f"counts from {told.isoformat()}, which the text spoke of",
    )


def _step_from(match: re.Match[str], context: Context, _words: DateWords) -> Reading | None:
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
    day = shift((anchor.start or told) if count < 0 else told, count, unit)
    if day is None:
        return None
    reason = f"counts from {told.isoformat()}, which the text spoke of"
    if unit == "day" and not count and anchor.start:
        return (anchor.start, told), "day", "relative", reason
    return unit_span(day, unit), PRECISION_OF[unit], "relative", reason


def _day_of_month(match: re.Match[str], context: Context, _words: DateWords) -> Reading | None:
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


def _duration(match: re.Match[str], context: Context, words: DateWords) -> Reading | None:
    """Read "for two days", "lasted nearly nine months": back from now in the perfect tense, else from the date spoken of."""
    length = _length(match, words)
    if length is None:
        return None
    before = context.text[max(context.begin, match.start() - 40) : match.start()].lower()
    perfect = re.search(r"\b(?:has|have|had|been)\b", before)
    told, published = spoken_day(context.anchor), context.published
    end = published if published and re.search(r"\b(?:has|have)\b", before) else told
    if (
        end is None
        and not context.narrative
        and (perfect or match["lead"].lower() in {"for", "lasted", "lasting", "lasts"})
    ):
        end = published
    if match["lead"].lower() == "after" or end is None:
        return None, "unknown", "unknown", "a length of time, and nothing tells from when"
    precision = PRECISION_OF[length[1]]
    if told and not perfect and end == told and length[1] not in {"year", "decade"}:
        start: date | None = told
        last = shift(told, length[0], length[1])
        reason = f"a length of time from {told.isoformat()}, which the text spoke of"
    else:
        begin = shift(end, -length[0], length[1])
        start = begin and (unit_span(begin, length[1])[0] if length[1] in {"month", "year"} else begin)
        last, reason = end, f"a length of time that ends on {end.isoformat()}"
    if start is None or last is None:
        return None
    return (start, last), precision, "relative", reason


def _duration_adjective(_match: re.Match[str], _context: Context, _words: DateWords) -> Reading:
    return None, "unknown", "unknown", "a length of time, and nothing tells from when"


def _unresolved(_match: re.Match[str], _context: Context, _words: DateWords) -> Reading:
    return None, "unknown", "unknown", "counts from something that happened, not from a date"


def _part_of_day(_match: re.Match[str], context: Context, _words: DateWords) -> Reading:
    told = spoken_day(context.anchor) or context.published
    if told is None:
        return None, "unknown", "unknown", "a time of day without its day"
    return (told, told), "day", "relative", "time of the day that the text speaks of"


def _named(period: NamedPeriod) -> Rule:
    """Return the rule for one named period; where its words of context are nowhere in the report, it is not meant."""

    def reader(_match: re.Match[str], context: Context, _words: DateWords) -> Reading | None:
        if period.context and not re.search(rf"\b{alternatives(period.context)}", context.text, re.IGNORECASE):
            return None
        return (period.start, period.end), period.precision, "stated", f"named period {period.id}"

    return Rule("period", re.compile(rf"\b{alternatives(period.names)}\b(?!-)", re.IGNORECASE), reader)
