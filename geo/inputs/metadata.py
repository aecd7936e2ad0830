"""What is known of a report's publication, and how it is read from what people write."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process

from gazetteer.errors import Issue

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

KEYS = ("title", "publisher", "published", "url", "language")
ALIASES = {
    "author": "publisher", "date": "published", "day": "published", "headline": "title", "lang": "language",
    "link": "url", "name": "title", "outlet": "publisher", "site": "publisher", "sitename": "publisher",
    "source": "publisher",
}  # fmt: skip
"""Words that people write for a key; taken in a front matter, proposed where a column has to be exact."""


@dataclass(frozen=True, slots=True)
class Metadata:
    """Title, publisher, day of publication, address and language of a report, as far as known."""

    title: str = ""
    publisher: str = ""
    published: date | None = None
    url: str = ""
    language: str = ""
    retrieved: str = ""

    def over(self, other: Metadata) -> Metadata:
        """Return this with its gaps filled from another.

        >>> Metadata(title="A").over(Metadata(title="B", publisher="C"))
        Metadata(title='A', publisher='C', published=None, url='', language='', retrieved='')
        >>> Metadata().over(Metadata()) == Metadata()
        True
        """
        return replace(other, **{f.name: value for f in fields(self) if (value := getattr(self, f.name))})


def to_date(value: str) -> date | None:
    """Read a day as ISO (with a time or without) or as in mail and feeds; None where it is neither.

    Days like 09/10/2023 are refused: nobody can tell which number is the month.

    >>> to_date("2023-09-20"), to_date("2023-09-20T08:00:00Z"), to_date("Wed, 20 Sep 2023 08:00:00 GMT")
    (datetime.date(2023, 9, 20), datetime.date(2023, 9, 20), datetime.date(2023, 9, 20))
    >>> to_date("09/10/2023"), to_date("2023-13-01"), to_date("")
    (None, None, None)
    """
    text = value.strip()
    try:
        return datetime.fromisoformat(text).date()
    except ValueError:
        pass
    try:
        return parsedate_to_datetime(text).date() if text[:1].isalpha() else None
    except (ValueError, TypeError, IndexError):
        return None


def date_issue(value: str, file: str, line: int | None) -> Issue:
    """Say that a day of publication cannot be read."""
    return Issue(
        "bad-date",
        f'published is "{value.strip()[:40]}", which is no date, so days like "Tuesday" stay undated in this report',
        file,
        line,
        "Write it as YYYY-MM-DD, for example 2023-09-20.",
    )


def future_issue(day: date, file: str, line: int | None) -> Issue | None:
    """Warn of a report that would be published after today: mostly a slip of the pen."""
    today = datetime.now(UTC).date()
    if (day - today).days <= 1:  # a time zone ahead of ours is a day ahead at most
        return None
    return Issue(
        "future-date", f"published is {day}, which lies in the future", file, line, "Check the year.", "warning"
    )


def nearest_key(word: str, known: tuple[str, ...] = KEYS) -> str | None:
    """Return the known key that somebody most likely meant, or None.

    >>> nearest_key("publishr"), nearest_key("date"), nearest_key("colour of the sky")
    ('publisher', 'published', None)
    """
    alias = ALIASES.get(word.strip().lower())
    if alias in known:
        return alias
    found = process.extractOne(word.strip().lower(), known, scorer=fuzz.ratio, score_cutoff=60)
    return found[0] if found else None


def from_mapping(raw: Mapping[str, str], file: str, line: int | None = None) -> tuple[Metadata, tuple[Issue, ...]]:
    """Read metadata from keys and values as text; unknown keys are left alone, a wrong date is an issue.

    >>> from_mapping({"published": "20 September", "title": " A "}, "a.txt")[0].title
    'A'
    >>> from_mapping({}, "a.txt")
    (Metadata(title='', publisher='', published=None, url='', language='', retrieved=''), ())
    """
    clean = {key: (raw.get(key) or "").strip() for key in KEYS}
    issues: list[Issue] = []
    day = to_date(clean["published"]) if clean["published"] else None
    if clean["published"] and day is None:
        issues.append(date_issue(clean["published"], file, line))
    if day and (late := future_issue(day, file, line)):
        issues.append(late)
    return Metadata(clean["title"], clean["publisher"], day, clean["url"], clean["language"]), tuple(issues)
