"""The patterns of time expressions, each with the function that reads its matches.

`expressions` runs all patterns and returns the matches in the order of the text; `read` turns one into a `Found`, given
what the text spoke of before. What the matches mean is told in `geo.dates.readings`; how they join into ranges and which
of them date events, in `geo.dates`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from geo.dates import readings as readers
from geo.dates.words import DateWords, date_words
from geo.dates.years import Context
from geo.model import DateRange
from geo.patterns import alternatives

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geo.dates.readings import Reading
    from geo.dates.words import NamedPeriod

Kind = Literal["calendar", "weekday", "deictic", "anaphoric", "offset", "duration", "period", "vague", "clock"]
Reader = Callable[[re.Match[str], Context, DateWords], "Reading | None"]


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern with the function that reads its match; the match's group "span", if any, is the expression."""

    kind: Kind
    pattern: re.Pattern[str]
    read: Reader
    cues: tuple[str, ...]
    """Lower-case strings of which a text must hold one for the pattern to match: most sentences need few patterns."""


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


@lru_cache(maxsize=128)
def expressions(text: str, start: int, end: int) -> tuple[Expression, ...]:
    """Return what any rule matches in `text[start:end]`, leftmost and longest first; matches may overlap."""
    found = []
    lowered = text[start:end].lower()
    for rank, rule in enumerate(_rules()):
        if not any(cue in lowered for cue in rule.cues):
            continue
        for match in rule.pattern.finditer(text, start, end):
            first, last = match.span("span") if "span" in rule.pattern.groupindex else match.span()
            found.append((first, -last, rank, Expression(first, last, rule, match)))
    found.sort(key=lambda entry: entry[:3])
    return tuple(entry[3] for entry in found)


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
    count = readers.count_of(expression.group("count"), date_words())
    sign = -1 if expression.group("direction").lower() in {"before", "earlier", "prior"} else 1
    return None if count is None else (sign * count, readers.unit_of(expression.group("unit")))


# --- patterns -----------------------------------------------------------------------------------------------------

_ONES = "one|two|three|four|five|six|seven|eight|nine"
_NUMBER = (
    rf"(?:\d{{1,3}}|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[-\s](?:{_ONES}))?|{_ONES}"
    r"|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen|half\s+an?|an?|(?:a\s+)?hundred)"
)
_COUNT = rf"(?P<count>{_NUMBER}|(?:an?\s+|the\s+)?(?:couple|few|several)(?:\s+of)?)"
_UNIT = r"(?P<unit>(?:hour|day|night|week|fortnight|month|year|decade)s?)\b(?P<half>\s+and\s+a\s+half)?"
_YEAR_FIGURES = r"(?:1[6-9]|20)\d\d"
_YEAR = rf"(?P<year>{_YEAR_FIGURES})(?![\d,.]?\d|-\w*[a-z])"
_DAY_FIGURES = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?"
_DAY = rf"(?P<day>{_DAY_FIGURES})(?!\d)"
_DAY_2 = rf"(?P<day_2>{_DAY_FIGURES})(?!\d)"
_FREE = r"(?<![\w.,:/$€£-])"
_ENDS_CLAUSE = r"(?=\s*(?:[,.;:)]|$))"
_FIGURES = tuple("0123456789")
_UNIT_CUES = ("hour", "day", "night", "week", "month", "year", "decade", "eve")


def _words(name: str) -> str:
    return alternatives(date_words().lists[name])


def _capitalised(words: Iterable[str]) -> str:
    """Return a pattern for words as they are written with a capital, or in capitals throughout."""
    return alternatives([form for word in words for form in (word.capitalize(), word.upper())])


def _part() -> str:
    """Return the pattern of what cuts a period down: "the end of", "mid-"."""
    return rf"(?P<part>{alternatives(date_words().parts)})(?:\s+|-)(?:the\s+)?"


def _not_counted() -> str:
    """Return a look-ahead that refuses a number which counts what follows: "in 2000 villages"."""
    return rf"(?!\s+(?!(?:the|an?|its|their)\b)(?:[a-z]+\s+)?{_words('counted')}\b)"


@lru_cache(maxsize=1)
def _rules() -> tuple[Rule, ...]:
    """Compile every rule (once); where two match the same stretch, the earlier one wins."""
    table = (*_days(), *_months(), *_years(), *_seasons(), *_from_publication(), *_from_the_text(), *_lengths())
    rules = [
        Rule(kind, re.compile(pattern, 0 if kind in _CASE_MATTERS else re.IGNORECASE), reader, cues)
        for kind, pattern, reader, cues in table
    ]
    return (*rules, *(_named(period) for period in date_words().periods))


_CASE_MATTERS = frozenset({"calendar", "weekday"})
"""Months and weekdays have a capital letter; a pattern of these kinds says itself where case is free."""
_Row = tuple[Kind, str, Reader, tuple[str, ...]]


def _days() -> tuple[_Row, ...]:
    """List days of the calendar, and several days of one month."""
    month = rf"(?P<month>{_capitalised(date_words().months)})\b\.?"
    to = r"\s*(?:-|–|/|\bto\b|\band\b|\bor\b|\buntil\b|\bthrough\b|,)\s*"
    days = rf"{_FREE}{_DAY}(?:{to}\d{{1,2}})*?{to}{_DAY_2}\s+(?:of\s+)?{month}"
    alone = r"(?:3[01]|[12]\d|[1-9])(?:st|nd|rd|th)"
    behind_alone = r"(?=\s*(?:[,.;:)]|$|and\b|the\b|a\b|in\b|at\b))"
    patterns: tuple[tuple[str, Reader], ...] = (
        (rf"{_FREE}(?P<year>\d{{4}})-\d\d-(?P<day>\d\d)(?![\d-])", readers.full_date),
        (rf"{_FREE}(?P<day>\d{{1,2}})([./])\d{{1,2}}\2(?P<year>{_YEAR_FIGURES})(?![\d/]|\.\d)", readers.full_date),
        (rf"{days},?\s+{_YEAR}", readers.days),
        (days, readers.days),
        (rf"\b{month}\s+{_DAY}{to}{_DAY_2}(?![:.]\d)(?:,?\s+{_YEAR})?{_not_counted()}", readers.days),
        (rf"{_FREE}{_DAY}\s+(?:of\s+)?{month}(?:,?\s+(?:of\s+)?{_YEAR})?", readers.days),
        (rf"(?:(?<=\b[Oo]n\s)|(?<=(?:ng|ht|on|wn|rs)\sof\s)){month}\s+{_DAY}(?![:.]\d)(?:,?\s+{_YEAR})?", readers.days),
        (rf"\b{month}\s+(?:the\s+)?{_DAY}(?![:.]\d)(?:,?\s+{_YEAR})?{_not_counted()}", readers.days),
        (rf"\b(?:on|of|and|from|to|until|by)\s+(?:the\s+)?(?P<span>(?P<monthday>{alone})){behind_alone}", readers.day_of_month),
    )  # fmt: skip
    return tuple(("calendar", pattern, reader, _FIGURES) for pattern, reader in patterns)


def _months() -> tuple[_Row, ...]:
    """List months with their year, or behind a word that shows that a month is meant: "in May", "last March"."""
    names = [word for word in date_words().months if len(word) > 4 or word in {"may", "june", "july"}]
    month = rf"(?P<month>{_capitalised(names)})\b"
    step = r"(?P<step>(?i:last|this|next|previous|following))\s+"
    no_day = rf"(?!\s+\d{{1,2}}\b(?!\s+{_words('counted')}\b))"
    lead = rf"(?:(?i:\b{_words('before_a_period')})\s+|\b(?:and|to)\s+|(?<=[(–-]))"
    patterns = (
        rf"(?:(?i:{_part()}))?{month},?\s+(?:of\s+)?{_YEAR}",
        rf"{lead}(?P<span>(?:(?i:{_part()}))?(?:{step})?{month}){no_day}",
        rf"\b(?P<span>(?:(?i:{_part()})|{step}){month}){no_day}",
    )
    return tuple(("calendar", pattern, readers.month, tuple(name[:3] for name in names)) for pattern in patterns)


def _years() -> tuple[_Row, ...]:
    """List years and decades, where a word shows that a number is one."""
    lead = rf"(?:(?i:\b{_words('before_a_period')})\s+|(?<=\d\d\d\d\sand\s)|(?<=\d\d\d\d\sto\s)|\b(?i:early|mid|late)[- ]|\()"
    determiner = r"\b(?i:the|a|an|its|their|this|that|our|any)\s+(?:[a-z-]+\s+)?"
    no_count = _not_counted()
    patterns: tuple[tuple[str, Reader], ...] = (
        (rf"{_FREE}(?P<year>{_YEAR_FIGURES})\s?[-–]\s?(?P<year_2>{_YEAR_FIGURES}|\d\d)(?![\d-]|\s+\w*-){no_count}", readers.years),
        (rf"\b(?i:{_part()}){_YEAR}{no_count}", readers.year),
        (rf"{lead}(?P<span>{_YEAR})(?!s\b|\s*%){no_count}", readers.year),
        (rf"{determiner}(?P<span>{_YEAR})(?=\s+[A-Z]?[a-z]){no_count}", readers.year),
        (rf"(?i:{_part()})?(?i:the\s+)?(?:(?P<year>(?:1[6-9]|20)\d0)|[’'](?P<short>\d0))[’']?s\b", readers.decade),
    )  # fmt: skip
    return tuple(("calendar", pattern, reader, _FIGURES) for pattern, reader in patterns)


def _seasons() -> tuple[_Row, ...]:
    names = tuple(date_words().seasons)
    season = rf"(?P<season>(?i:{alternatives(names)}))"
    step = r"(?P<step>(?i:last|this|next|previous|following|same|past))\s+"
    patterns = (
        rf"\b(?P<span>(?i:{_part()})?(?i:the\s+)?{season}(?:\s+of)?\s+{_YEAR})",
        rf"\b(?i:in|since|by|until|during|of|over|for)\s+(?P<span>(?:the\s+)?(?:{step})?{season})\b(?!-)",
        rf"\b(?P<span>{step}{season})\b(?!-)",
    )
    return tuple(("calendar", pattern, readers.season, names) for pattern in patterns)


def _from_publication() -> tuple[_Row, ...]:
    """List what counts from the day of the report: weekdays, "yesterday", "last week", "three days ago"."""
    words = date_words()
    weekday = rf"(?P<weekday>{_capitalised(words.weekdays)})\b(?:\s+{_words('parts_of_day')})?"
    step = r"(?:(?P<step>(?i:last|next|this|past|coming|this\s+past|this\s+coming))\s+)?"
    about, part_of_this = rf"(?:{_words('approximately')}\s+)*", r"this\s+(?:morning|afternoon|evening)"
    near = r"the\s+day\s+before\s+yesterday|the\s+day\s+after\s+tomorrow|yesterday|today|tonight|tomorrow"
    steps = r"(?P<step>this|last|next|past|previous|coming|the\s+past|the\s+last|the)"
    past = rf"(?P<step>past|last|previous|preceding|next|coming)\s+(?:(?P<count>{_NUMBER}|few|couple\s+of|several)\s+)?{_UNIT}"
    return (
        ("weekday", rf"\b{step}{weekday}", readers.weekday, ("day",)),
        ("deictic", rf"\b(?P<word>{near})\b(?!['’]s\s+[A-Z])", readers.near_day, ("day", "tonight", "tomorrow")),
        ("deictic", rf"\b(?:(?:early|late|earlier|later)\s+)?(?P<word>overnight|{part_of_this}|last\s+(?:night|evening))\b", readers.near_day, ("night", "ning", "noon")),
        ("deictic", rf"\b(?P<word>{alternatives(words.now)})\b", readers.near_day, words.now),
        ("deictic", rf"\b(?:(?P<when>earlier|later|early|late)\s+)?(?:over\s+|on\s+)?{steps}\s+(?P<unit>week|month|year|weekend|decade)\b(?![-’'])", readers.unit_step, _UNIT_CUES),
        ("deictic", rf"\b{about}{_COUNT}\s+{_UNIT}\s+ago\b", readers.ago, (" ago",)),
        ("deictic", rf"\b(?:in|over|for|during|within|of)\s+{about}(?P<span>the\s+{past})", readers.past_units, _UNIT_CUES),
        ("deictic", rf"\b(?P<span>(?:the\s+)?(?P<step>past|last)\s+(?P<count>{_NUMBER}|few|several)\s+{_UNIT})", readers.past_units, ("past", "last")),
        ("vague", rf"\b(?:in\s+)?(?:the\s+)?(?:more\s+)?(?P<word>{alternatives(words.vague)})\b", readers.vague, ("recent", "lately")),
    )  # fmt: skip


def _from_the_text() -> tuple[_Row, ...]:
    """List what counts from the date that the text spoke of: "the next day", "two days later", "at dawn"."""
    counted = rf"\b(?:{_words('approximately')}\s+)*{_COUNT}\s+{_UNIT}\s+"
    same = r"(?P<step>that\s+same|the\s+very\s+same|the\s+same|the\s+very\s+next|the\s+next|the\s+following|the\s+previous|the\s+preceding|that|next)"
    unit = r"(?P<unit>day|night|morning|evening|afternoon|week|weekend|month|year)"
    of_day = rf"(?:the\s+)?(?:early\s+|late\s+)?(?:hours\s+of\s+the\s+)?{_words('parts_of_day')}|the\s+early\s+hours|the\s+end\s+of\s+the\s+day"
    return (
        ("anaphoric", rf"{counted}(?P<direction>later|earlier|previously|beforehand|afterwards?)\b", readers.counted_from, _UNIT_CUES),
        ("anaphoric", r"\b(?:(?:a\s+few|several|some|many|just)\s+)?(?:minutes|hours)\s+(?:later|afterwards)\b", readers.soon_after, ("minutes", "hours")),
        ("anaphoric", rf"{counted}(?P<direction>before|after)\s+that\b", readers.counted_from, ("before that", "after that")),
        ("anaphoric", rf"{counted}(?P<direction>before|after|prior){_ENDS_CLAUSE}", readers.counted_from, ("before", "after", "prior")),
        ("anaphoric", rf"\b(?:on\s+)?(?:(?P<when>later|earlier|late|early)\s+)?{same}\s+{unit}\b(?![-’'])", readers.step_from, (*_UNIT_CUES, "ning", "noon")),
        ("anaphoric", r"\b(?:during|over|throughout|in\s+the\s+course\s+of)\s+(?P<span>(?P<step>the)\s+(?P<unit>week|month|year))\b(?![-’'])", readers.step_from, _UNIT_CUES),
        ("anaphoric", rf"\b(?:on\s+)?the\s+(?P<unit>day|night|week|month|year)\s+(?P<step>before|after){_ENDS_CLAUSE}", readers.step_from, ("before", "after")),
        ("anaphoric", r"\b(?:on|by|until|(?:morning|evening|night|afternoon|dawn|noon)\s+of|(?P<inside>of|from))\s+(?P<span>the\s+(?P<day>[12]?\d|3[01])(?:st|nd|rd|th)(?:\s+of\s+(?:that|the\s+same)\s+month)?)(?(inside)(?!\s+\w))(?!\s+(?:of\b|floor|anniversar|century|centuries|brigade|division|regiment|army|battalion|time|birthday|session|round|package|place|district|parallel|kilomet|km|mile|corps|edition|day\b|year|month))(?![\w-])", readers.day_of_the_month, ("st", "nd", "rd", "th")),
        ("offset", rf"{counted}(?P<direction>before|after|prior\s+to|earlier\s+than|following|from)\b", readers.unresolved, _UNIT_CUES),
        ("offset", r"\b(?:on\s+)?(?P<count>the)\s+(?P<unit>day|night|week|month|year|eve)\s+(?P<direction>before|after|following)\b(?!\s*(?:[,.;:)]|$))", readers.unresolved, _UNIT_CUES),
        ("clock", rf"\b(?:at|before|by|in|after|around|during|from|until)\s+(?P<span>{of_day})\b(?!\s+(?:of|on|to|into)\s+[\w\d])", readers.part_of_day, (*date_words().lists["parts_of_day"], "hours", "day")),
        ("clock", r"\b(?:at|from)\s+(?:about\s+|around\s+|approximately\s+)?(?P<span>(?P<hour>\d{1,2})(?:[:.]\d{2})?(?:\s*(?P<half>[ap])\.?m\b\.?|(?<=[:.]\d\d)))(?!\.?\s*,?\s*(?:(?:to|until|on)\b|[-–]))(?![\d:])", readers.hour, (":", ".", "m.", "am", "pm")),
    )  # fmt: skip


def _lengths() -> tuple[_Row, ...]:
    """List lengths of time: "for two days", "a three-day battle"."""
    lead = r"\b(?P<lead>for|lasted|lasting|lasts|after|during|in|over|within|through|throughout)\s+(?:the\s+)?"
    about = rf"(?:{_words('approximately')}\s+)*"
    count = _COUNT + r"\s+(?:consecutive\s+|straight\s+)?"
    not_offset = r"(?!\s+(?:ago|later|earlier|before|after|old))"
    adjective = rf"\b(?P<count>{_NUMBER})[-\s](?P<unit>hour|day|week|month|year|decade)(?:-long)?(?=\s+[a-z])"
    return (
        ("duration", rf"{lead}(?P<span>{about}{count}{_UNIT}){not_offset}", readers.duration, _UNIT_CUES),
        ("duration", adjective, readers.duration_adjective, _UNIT_CUES),
    )


def _named(period: NamedPeriod) -> Rule:
    """Return the rule for one named period; where its words of context are nowhere in the report, it is not meant."""

    def reader(_match: re.Match[str], context: Context, _words: DateWords) -> Reading | None:
        if period.context and not re.search(rf"\b{alternatives(period.context)}", context.text, re.IGNORECASE):
            return None
        return (period.start, period.end), period.precision, "stated", f"named period {period.id}"

    pattern = re.compile(rf"\b{alternatives(period.names)}\b(?!-)", re.IGNORECASE)
    return Rule("period", pattern, reader, tuple({name.split()[-1].lower() for name in period.names}))
