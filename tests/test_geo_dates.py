"""Time expressions: what they mean, which of them dates an event, and what they must never be taken for."""

from __future__ import annotations

import json
import re
import tomllib
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.calendar_spans import decade_span, month_span, nearest_weekday, season_span, shift, unit_span, year_span
from geo.dates import carry, choose, find_dates
from geo.dates.chronology import chronology
from geo.dates.words import date_words
from geo.model import DateRange

if TYPE_CHECKING:
    from geo.dates import DateMention

GOLD: list[dict[str, Any]] = json.loads((Path(__file__).parent / "gold" / "dates.json").read_text("utf8"))
WEDNESDAY = date(2023, 9, 20)


def _read(text: str, published: date | None = WEDNESDAY, anchor: DateRange | None = None) -> tuple[DateMention, ...]:
    return find_dates(text, 0, len(text), published=published, anchor=anchor)


def _day(year: int, month: int, day: int) -> DateRange:
    return DateRange(date(year, month, day), date(year, month, day), "day", "stated")


def _iso(day: str | None) -> date | None:
    return date.fromisoformat(day) if day else None


def test_there_are_enough_dated_sentences() -> None:
    assert len(GOLD) >= 120


@pytest.mark.parametrize("case", GOLD, ids=[case["text"][:50] for case in GOLD])
def test_sentences_are_dated_as_expected(case: dict[str, Any]) -> None:
    told = _iso(case["anchor"])
    mentions = _read(case["text"], _iso(case["published"]), DateRange(told, told, "day", "stated") if told else None)
    found = [(case["text"][m.start : m.end], m.when.start, m.when.end, m.when.precision, m.role) for m in mentions]
    assert found == [
        (m["words"], _iso(m["start"]), _iso(m["end"]), m["precision"], m["role"]) for m in case["mentions"]
    ]


PIECES = st.sampled_from(
    [
        "on Tuesday", "27 September", "September 27, 2020", "2020", "in March", "may", "the next day", "overnight",
        "since December", "for two days", "nine months ago", "13:00", "between", "and", "to", "–", "until", "the",
        "1,960 men", "the 2020 war", "Armenia", "in the 1990s", "last week", "early", "said", "will", "31 April", ".",
        ",", "second", "Sat", "next", "of", "the 27th", "12", "a day before", "Updated", "that year", "\n", "“",
    ]
)  # fmt: skip


@given(st.lists(PIECES, max_size=14), st.sampled_from([None, WEDNESDAY]), st.sampled_from([None, _day(2020, 10, 9)]))
@settings(max_examples=150, deadline=None)
def test_offsets_quote_the_text_and_periods_run_forward(
    pieces: list[str], published: date | None, anchor: DateRange | None
) -> None:
    text = " ".join(pieces)
    mentions = _read(text, published, anchor)
    assert mentions == _read(text, published, anchor)
    for mention in mentions:
        when = mention.when
        assert when.text == text[mention.start : mention.end]
        assert when.start is None or when.end is None or when.start <= when.end
        assert (when.precision == "unknown") == (when.start is None and when.end is None)
        assert (when.basis == "unknown") == (when.precision == "unknown")
        assert when.basis != "publication"
    assert all(a.end <= b.start for a, b in pairwise(mentions))


@given(st.text(max_size=60))
@settings(max_examples=60, deadline=None)
def test_any_text_can_be_read(text: str) -> None:
    assert all(0 <= m.start < m.end <= len(text) for m in _read(text))


@given(st.sampled_from(["yesterday", "on Tuesday", "last week", "two days ago", "overnight", "recently", "last March"]))
def test_without_publication_and_anchor_relative_dates_stay_unknown(words: str) -> None:
    assert [m.when.start for m in _read(f"It happened {words}.", None)] == [None]


@given(st.dates(date(1950, 1, 1), date(2049, 12, 31)))
@settings(max_examples=60, deadline=None)
def test_every_calendar_day_is_read_in_every_way_of_writing_it(day: date) -> None:
    ways = [
        f"{day:%-d %B %Y}",
        f"{day:%B %-d, %Y}",
        f"{day:%d.%m.%Y}",
        day.isoformat(),
        f"the {day.day}th of {day:%B %Y}",
    ]
    for way in ways:
        (mention,) = _read(f"It happened on {way}.", None)
        assert (mention.when.start, mention.when.end, mention.when.precision) == (day, day, "day")


@given(st.dates(date(1990, 1, 1), date(2040, 1, 1)))
@settings(max_examples=60, deadline=None)
def test_a_weekday_lies_in_the_week_before_publication(published: date) -> None:
    (mention,) = _read("A shell fell on Tuesday.", published)
    assert mention.when.start is not None
    assert mention.when.start.weekday() == 1
    assert timedelta(0) <= published - mention.when.start < timedelta(days=7)
    (coming,) = _read("The council will meet on Tuesday.", published)
    assert coming.when.start is not None
    assert timedelta(0) <= coming.when.start - published < timedelta(days=7)


def test_a_window_reads_only_its_own_part() -> None:
    text = "On Monday it rained. On Tuesday it snowed."
    (mention,) = find_dates(text, 21, len(text), published=WEDNESDAY)
    assert text[mention.start : mention.end] == "Tuesday"


# --- which one dates the event --------------------------------------------------------------------------------------


def _chosen(
    text: str, trigger: str, clause: str = "", anchor: DateRange | None = None, published: date | None = WEDNESDAY
) -> DateRange:
    start = text.index(trigger)
    first = text.index(clause) if clause else 0
    return choose(
        _read(text, published, anchor),
        start,
        start + len(trigger),
        clause=(first, first + len(clause or text)),
        sentence=(0, len(text)),
        published=published,
        anchor=anchor,
        text=text,
    )


CHOICES = [
    ("Two soldiers were killed on Monday, the ministry said Wednesday.", "killed", date(2023, 9, 18)),
    ("On Monday the ministry said that a post was shelled.", "shelled", date(2023, 9, 18)),
    ("The ministry said Tuesday that a post had been shelled.", "shelled", date(2023, 9, 19)),
    ("The road, blocked for nine months until lorries came on Monday, is open.", "came", date(2023, 9, 18)),
    ("The truce ended a 2020 war in Armenia that killed thousands.", "killed", date(2020, 9, 27)),
    ("A 2020 war with Armenia ended in a truce that moved the line.", "moved", date(2020, 9, 27)),
    ("The 2020 war with Armenia ended with a ceasefire on 10 November 2020.", "ceasefire", date(2020, 11, 10)),
    ("Since the 2020 war Azerbaijan has blocked roads.", "blocked", WEDNESDAY),
    ("Shelling goes on.", "Shelling", WEDNESDAY),
    ("In the 44-day war Azerbaijan took the town.", "took", date(2020, 9, 27)),
]


@pytest.mark.parametrize(("text", "trigger", "start"), CHOICES)
def test_the_right_expression_dates_the_event(text: str, trigger: str, start: date) -> None:
    assert _chosen(text, trigger).start == start


def test_the_clause_goes_before_the_sentence() -> None:
    text = "Lorries came on Monday, and on Tuesday the town was shelled"
    assert _chosen(text, "came", "Lorries came on Monday").start == date(2023, 9, 18)
    assert _chosen(text, "shelled", "on Tuesday the town was shelled").start == date(2023, 9, 19)


def test_a_date_that_opens_the_sentence_dates_every_clause() -> None:
    text = "On Tuesday the town was shelled, and two men were killed"
    assert _chosen(text, "killed", "two men were killed").start == date(2023, 9, 19)


def test_what_is_old_in_another_clause_dates_nothing_here() -> None:
    text = "Explosions were seen, as when it last fought Armenia in a 44-day war in 2020"
    when = _chosen(text, "Explosions", "Explosions were seen")
    assert (when.start, when.basis) == (WEDNESDAY, "publication")


def test_without_an_expression_the_anchor_dates_and_then_publication_marked_as_such() -> None:
    told = _day(2020, 10, 9)
    assert _chosen("The town was shelled", "shelled", anchor=told) == DateRange(told.start, told.end, "day", "relative")
    fallback = _chosen("The town was shelled", "shelled")
    assert (fallback.start, fallback.precision, fallback.basis) == (WEDNESDAY, "day", "publication")
    assert _chosen("The town was shelled", "shelled", published=None) == DateRange()


def test_a_blockade_lasts_from_its_length_to_its_end() -> None:
    text = "They asked to end a blockade that had lasted nearly nine months until lorries came on Monday."
    when = _chosen(text, "blockade")
    assert (when.start, when.end, when.precision) == (date(2022, 12, 1), date(2023, 9, 18), "month")


def test_the_anchor_is_carried_and_dropped_as_news_and_history_want_it() -> None:
    news = carry(_read("On Tuesday it began."), None)
    assert news is not None
    assert news.start == date(2023, 9, 19)
    assert carry((), news, new_paragraph=True) is None
    told = carry(_read("On 9 October 2020 it began."), None)
    assert carry((), told, new_paragraph=True) == told
    assert carry(_read("After the 2020 war in Armenia it began."), told) == told


# --- neutrality ---------------------------------------------------------------------------------------------------

OTHER = {
    "Azerbaijani": "Armenian",
    "Azerbaijan": "Armenia",
    "Armenian": "Azerbaijani",
    "Armenia": "Azerbaijan",
    "Baku": "Yerevan",
    "Yerevan": "Baku",
}
OWN_REPORTS = sorted((Path(__file__).parent.parent / "seeds").glob("*.txt"))
PARTIES = st.sampled_from(["Armenia", "Azerbaijan", "the Armenian army", "Azerbaijani forces", "Baku", "Yerevan"])


def _swapped(text: str) -> str:
    return re.sub(rf"\b(?:{'|'.join(OTHER)})\b", lambda match: OTHER[match.group()], text)


def _periods(mentions: tuple[DateMention, ...]) -> list[tuple[object, ...]]:
    return [(m.when.start, m.when.end, m.when.precision, m.when.basis, m.role, m.opens, m.reason) for m in mentions]


@pytest.mark.parametrize("file", OWN_REPORTS, ids=[file.stem for file in OWN_REPORTS])
def test_swapping_the_parties_of_a_report_changes_no_date(file: Path) -> None:
    text = file.read_text("utf8")
    assert _periods(_read(text)) == _periods(_read(_swapped(text)))


@given(st.lists(st.one_of(PIECES, PARTIES, st.sampled_from(["said", "will", "shelled", "that", "which"])), max_size=24))
@settings(max_examples=150, deadline=None)
def test_swapping_the_parties_of_any_text_changes_no_date(pieces: list[str]) -> None:
    text = " ".join(pieces)
    assert _periods(_read(text)) == _periods(_read(_swapped(text)))


# --- histories --------------------------------------------------------------------------------------------------------

HISTORY = (
    "The siege began in May 1992. A truce was signed on 9 June 1992. The road opened on 12 July 1992 and "
    "was closed on 3 August 1992.\n\nOn 8 September, the town fell. Yesterday was another day."
)


def test_a_history_tells_its_own_year() -> None:
    assert chronology(HISTORY).main_year == 1992
    assert chronology(HISTORY).is_narrative(WEDNESDAY)
    start = HISTORY.index("On 8 September")
    day, yesterday = find_dates(HISTORY, start, len(HISTORY), published=WEDNESDAY)
    assert day.when.start == date(1992, 9, 8)
    assert yesterday.when.start is None


def test_what_a_history_does_not_date_is_not_of_its_publication() -> None:
    text = HISTORY + " Shells fell on the market."
    start = text.index("Shells")
    span = (start, len(text))
    assert choose((), start, start + 6, clause=span, sentence=span, published=WEDNESDAY, text=text) == DateRange()
    assert choose((), start, start + 6, clause=span, sentence=span, published=WEDNESDAY).basis == "publication"


def test_news_with_some_history_counts_from_its_own_day() -> None:
    news = HISTORY + " He spoke on Monday."
    assert not chronology(news).is_narrative(WEDNESDAY)
    start = news.index("On 8 September")
    assert find_dates(news, start, start + 20, published=WEDNESDAY)[0].when.start == date(2023, 9, 8)


# --- the calendar and the word lists --------------------------------------------------------------------------------


def test_spans_of_the_calendar() -> None:
    assert month_span(2024, 2) == (date(2024, 2, 1), date(2024, 2, 29))
    assert month_span(2020, 10, "late") == (date(2020, 10, 21), date(2020, 10, 31))
    assert year_span(2021, "second_half") == (date(2021, 7, 1), date(2021, 12, 31))
    assert decade_span(1980, "late") == (date(1987, 1, 1), date(1989, 12, 31))
    assert season_span(1992, 12) == (date(1992, 12, 1), date(1993, 2, 28))
    assert unit_span(WEDNESDAY, "week") == (date(2023, 9, 18), date(2023, 9, 24))
    assert shift(date(2024, 3, 31), -1, "month") == date(2024, 2, 29)
    assert shift(WEDNESDAY, -30, "hour") == date(2023, 9, 19)
    assert shift(date(1, 1, 1), -1, "day") is None
    assert nearest_weekday(WEDNESDAY, 2, 1, same_day=False) == date(2023, 9, 27)


def test_the_parts_of_a_year_cover_it_without_gaps() -> None:
    for year in (2020, 2023):
        parts = [year_span(year, part) for part in ("early", "mid", "late")]
        assert parts[0][0] == date(year, 1, 1)
        assert parts[-1][1] == date(year, 12, 31)
        assert all(b[0] - a[1] == timedelta(days=1) for a, b in pairwise(parts))


def test_named_periods_are_whole_and_unlike() -> None:
    periods = date_words().periods
    assert len({period.id for period in periods}) == len(periods)
    assert all(period.start <= period.end for period in periods)
    names = [(name.lower(), period.context) for period in periods for name in period.names]
    assert len(set(names)) == len(names)


def test_every_named_period_has_a_source() -> None:
    folder = Path(__file__).parent.parent / "geo" / "data" / "periods"
    for file in folder.glob("*.toml"):
        for period in tomllib.loads(file.read_text("utf8"))["period"]:
            assert period["source"], f"{file.name}: {period['id']} has no source"


def test_a_named_period_needs_its_region() -> None:
    (elsewhere,) = _read("It was the deadliest day since the 44-day war.")
    assert elsewhere.when.start is None
    (here,) = _read("It was the deadliest day in Karabakh since the 44-day war.")
    assert here.when.start == date(2020, 9, 27)
