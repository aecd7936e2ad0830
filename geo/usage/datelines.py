"""Find datelines: the places from which a report was filed, at the head of a paragraph."""

from __future__ import annotations

import re
from functools import cache

from geo.usage.words import lexicon


def dateline_spans(text: str) -> list[tuple[int, int]]:
    r"""Return where datelines name their places, in order.

    The forms are those of agencies: "BAKU (Reuters) -", "TBILISI, Georgia — ", "Yerevan, September 20, Armenpress.",
    "MOSCOW, September 19. /TASS/.", "STEPANAKERT. – ", "Baku/19.09.23/Turan:", "Baku. May 14. ", "GORIS (Armenia), Sept 26
    (AP) -"; and of organisations: "(Berlin, December 14, 2020) –". A byline may stand before: "By Ann Lee KYIV, Ukraine —".
    Place and day may also have a line of their own, in the head of a report: further down, such a line is a heading.

    >>> dateline_spans("BAKU (Reuters) - Shells fell on Shusha.")
    [(0, 4)]
    >>> dateline_spans("Two hurt\n\nBaku, November 2\n\nShells fell on Shusha.")
    [(10, 14)]
    >>> dateline_spans("Villagers flee\n\nFrom Our Correspondent in Orrin, Ruritania\n\nShells fell.")
    [(42, 58)]
    >>> dateline_spans("A winter\n\nBy Ann Lee in Orrin and Jan Roe in Dorn\n\nAt six.")
    [(24, 49)]
    >>> dateline_spans("Shells fell.")
    []
    """
    found: list[tuple[int, int]] = []
    opens_like_one, pattern = _OPENS_LIKE_ONE.match, _pattern()
    start = 0
    while start >= 0:  # line by line: a search would try every character for the head of a line
        match = pattern.match(text, start) if opens_like_one(text, start) else None
        if match and (match.lastgroup not in _OF_THE_HEAD or text.count("\n", 0, start) < _HEAD_LINES):
            found.append(match.span(match.lastgroup or 0))
        start = text.find("\n", match.end() if match else start) + 1 or -1
    return found


_OPENS_LIKE_ONE = re.compile(r"[ \t\"“]*[^\Wa-z]|[ \t\"“]*[(\[]")
_OF_THE_HEAD = frozenset({"line", "correspondent", "byline", "dashed"})
_HEAD_LINES = 6
"""Lines of a report, empty ones too, in which a line of place and day, or of who wrote it, is a dateline."""


@cache
def _pattern() -> re.Pattern[str]:
    """Return the pattern of a dateline at the head of a line; the group that matched holds the places of filing."""
    month = (
        r"(?i:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
        r"|nov(?:ember)?|dec(?:ember)?)\b\.?"
    )
    day = r"\d{1,2}(?:st|nd|rd|th)?"
    weekday = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
    date = rf"(?:{day}\s+{month}|{month}\s+{day}|\d{{1,2}}[./]\d{{1,2}}[./]\d{{2,4}})(?:,?\s+\d{{4}})?"
    agency = "(?:" + "|".join(re.escape(name) for name in lexicon().agencies) + r")\b"
    word = r"[^\W\d_a-z][^\W\d_]*(?:[-.'’][^\W\d_]+)*\.?"
    caps = r"(?:(?:ST|FT|EL|AL|LA)\.?[ ])?[^\W\d_a-z]{3,}(?:[-.'’ ]+[^\W\d_a-z]+){0,5}"
    dash = r"(?:—|–|--|-)"
    byline = rf"(?:By[ ](?:{word},?[ ]|and[ ]){{2,8}})"
    more = rf"(?:\s?[,/]\s?{word}(?:[ ](?:of[ ](?:the[ ])?)?{word}){{0,3}}?){{0,2}}?"
    filed = rf"\([ ]?{agency}[^)\n]{{0,50}}\)|/[ ]?{agency}[^/\n]{{0,40}}/|\([A-Z][A-Z./ ]{{1,20}}\)(?=\s?{dash}\s)"
    within = r"(?:\s?\([^\W\d_a-z][^)\n]{1,30}\)(?=,))?"  # "GORIS (Armenia), Sept 26"
    return re.compile(
        rf"""^[ \t"“]*(?!(?:In|At|On|Near|From|Since|Until|By|After|Before)\b[^\n]{{0,60}}?\d)(?:
          [(\[]{{1,2}}(?P<bracketed>{word}(?:[ ]{word}){{0,3}}?{more})\]?(?:,\s{date})?[)\]]\s?{dash}\s
          | (?P<places>{word}(?:[ ]{word}){{0,3}}?{more}{within})
            (?: \s?[,./]?\s?(?:{date}\s*[.,]?\s*)? (?:{filed})
              | \s?[,./]\s?{date}\s*[.,/]?\s*(?:{dash}\s|\(|/|{agency}|[^\W\d_a-z][\w.]*(?:[ ][^\W\d_a-z][\w.]*){{0,2}}[.:,]\s)
              | \s?[,.]\s?{date}\s?[.:]\s+(?=["“]?[^\W\d_a-z])
              | \s?{dash}\s?{date}\s?(?:{dash}\s|[.:]\s+(?=["“]?[^\W\d_a-z]))
              | \.\s?{dash}\s
            )
          | (?P<line>{word}(?:[ ]{word}){{0,2}}?{more})\s?[,.|]\s?(?:{weekday},?\s)?{date}[ ]?(?:[.,]?|,[ ][^\W\d_][\w’' -]{{2,40}})[ ]*$
          | (?i:(?:from|by)[ ](?:our|a|the)[ ](?:[\w-]+[ ]){{0,2}}correspondents?[ ]in)[ ](?P<correspondent>{word}(?:[ ]{word}){{0,2}}?{more})[ ]*$
          | (?i:by)[ ]{word}(?:[ ]{word}){{1,3}}[ ]in[ ](?P<byline>{word}(?:[ ]{word}){{0,2}}{more}(?:(?:,|,?[ ]and)[ ]{word}(?:[ ]{word}){{1,3}}[ ]in[ ]{word}(?:[ ]{word}){{0,2}}{more}){{0,3}})[ ]*$
          | (?P<dashed>{word}(?:[ ]{word})?{more})\s{dash}\s(?=["“]?[A-Z][^\n]{{80,}})
          | {byline}?[(]?(?P<capitals>{caps}(?:\s?[,/]\s?{word}(?:[ ]{word}){{0,2}}){{0,2}}
              (?:\s?\([^)\n]{{2,30}}\))?)[)]?\s?(?:/[^/\n]{{2,30}}/\s?)?{dash}\s(?=["“]?[A-Z].{{0,80}}?[a-z])
        )""",
        re.MULTILINE | re.VERBOSE,
    )
