"""The word lists from which dates are read, as one frozen value: months, weekdays, cues, and named periods.

The lists are TOML files (`data/en/dates.toml`, `data/periods/*.toml`) that anybody can extend.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from geo.calendar_spans import month_span, year_span

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from importlib.resources.abc import Traversable

    from geo.calendar_spans import Span
    from geo.model import DatePrecision


@dataclass(frozen=True, slots=True)
class NamedPeriod:
    """A war or a truce that reports name instead of dating it, with the words of which one must be in the report."""

    id: str
    names: tuple[str, ...]
    start: date
    end: date
    precision: DatePrecision
    context: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DateWords:
    """All words from which dates are read; lower case, alternatives as they stand in the file."""

    months: Mapping[str, int]
    """Month names and short forms to 1-12."""
    weekdays: Mapping[str, int]
    """Weekday names to 0-6, Monday first."""
    seasons: Mapping[str, int]
    parts: Mapping[str, str]
    """Words that cut a period down ("the end of") to the name of the part ("late")."""
    lists: Mapping[str, tuple[str, ...]]
    now: tuple[str, ...]
    vague: Mapping[str, tuple[int, DatePrecision]]
    """"recent weeks" to how many days it reaches back, and the precision that this has."""
    counts: Mapping[str, int]
    periods: tuple[NamedPeriod, ...]


@lru_cache(maxsize=1)
def date_words() -> DateWords:
    """Read the word lists that come with the program (once)."""
    data = files("geo").joinpath("data")
    lists = _read(data.joinpath("en", "dates.toml"))
    words: dict[str, list[str]] = lists["words"]
    parts = ("early", "mid", "late", "first_half", "second_half")
    folder = data.joinpath("periods")
    regions = sorted((file for file in folder.iterdir() if file.name.endswith(".toml")), key=lambda file: file.name)
    return DateWords(
        months={word.lower(): number for number, forms in enumerate(lists["months"].values(), 1) for word in forms},
        weekdays={word.lower(): number for number, forms in enumerate(lists["weekdays"].values()) for word in forms},
        seasons=lists["seasons"],
        parts={word: part for part in parts for word in words[part]},
        lists={name: tuple(entries) for name, entries in words.items() if name not in parts},
        now=tuple(lists["now"]["words"]),
        vague={words: (entry["days"], entry["precision"]) for words, entry in lists["vague"].items()},
        counts=lists["counts"],
        periods=tuple(period for file in regions for period in _periods(_read(file))),
    )


def _read(file: Traversable) -> dict[str, Any]:
    return tomllib.loads(file.read_text("utf8"))


def _periods(region: Mapping[str, Any]) -> Iterable[NamedPeriod]:
    for entry in region["period"]:
        (start, _), (_, end) = _iso_span(entry["from"]), _iso_span(entry["to"])
        length = min(len(entry["from"]), len(entry["to"]))
        yield NamedPeriod(
            id=entry["id"],
            names=tuple(entry["names"]),
            start=start,
            end=end,
            precision="day" if length == 10 else "month" if length == 7 else "year",
            context=tuple(word.lower() for word in entry.get("context", region.get("context", ()))),
        )


def _iso_span(iso: str) -> Span:
    """Return the first and the last day of "1994-05-12", "1994-05" or "1994"."""
    if len(iso) == 4:
        return year_span(int(iso))
    if len(iso) == 7:
        return month_span(int(iso[:4]), int(iso[5:]))
    return date.fromisoformat(iso), date.fromisoformat(iso)
