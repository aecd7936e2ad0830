"""Tables of reports, one a row: columns found by name or by what the user says, each row a report."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from gazetteer.errors import Issue, ReportError
from geo.inputs.metadata import ALIASES, KEYS, Metadata, from_mapping, nearest_key
from geo.model import Report

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

TEXT_WORDS = ("text", "body", "content", "article", "full_text", "fulltext", "notes", "description")
"""Column names that hold the text where nobody says which one does, in order of preference."""


def match_columns(wanted: Mapping[str, str], known: Sequence[str]) -> dict[str, str]:
    """Return for text and each key of metadata the column that holds it.

    `wanted` maps keys to column names, as the user said. Raises `ReportError` for a column that is not there, and where
    no column of texts is found.

    >>> match_columns({}, ["id", "Body", "date"])
    {'text': 'Body', 'published': 'date'}
    >>> match_columns({"text": "story"}, ["Story ", "when"])
    {'text': 'Story '}
    >>> match_columns({}, ["a", "b"])
    Traceback (most recent call last):
    gazetteer.errors.ReportError: no column holds the text of the reports (columns: a, b). Name it with --column text=NAME
    """
    folded = {name.strip().lower(): name for name in reversed(known)}
    found: dict[str, str] = {}
    for key, name in wanted.items():
        if key not in ("text", *KEYS):
            raise ReportError(f'"{key}" is nothing that a report has. Use one of text, {", ".join(KEYS)}')
        if name.strip().lower() not in folded:
            near = nearest_key(name, tuple(folded))
            hint = f' Did you mean "{near}"?' if near else ""
            raise ReportError(f'there is no column "{name}" (columns: {", ".join(known)}).{hint}')
        found[key] = folded[name.strip().lower()]
    if "text" not in found:
        word = next((word for word in TEXT_WORDS if word in folded), None)
        if word is None:
            raise ReportError(
                f"no column holds the text of the reports (columns: {', '.join(known)}). Name it with --column text=NAME"
            )
        found["text"] = folded[word]
    for name in reversed(list(folded)):
        key = name if name in KEYS else ALIASES.get(name, "")
        if key and key not in found and folded[name] not in found.values():
            found[key] = folded[name]
    return found


def reports_of_records(
    records: Iterable[tuple[str, Mapping[str, Any]]],
    wanted: Mapping[str, str],
    *,
    known: Sequence[str],
    file: str = "",
    given: Metadata | None = None,
) -> tuple[tuple[Report, ...], tuple[Issue, ...]]:
    """Make a report of each record; `records` come with the name that the report shall have.

    Rows without text are told in one issue; a wrong date is told for each row (the report is kept without a date).

    >>> reports_of_records([("0", {"text": "Shells fell."}), ("1", {"text": None})], {}, known=["text"])[1][0].message
    '1 of 2 rows have no text, the first of them 1'
    >>> reports_of_records([], {}, known=["text"])
    ((), ())
    """
    columns = match_columns(wanted, known)
    reports: list[Report] = []
    issues: list[Issue] = []
    empty: list[str] = []
    total = 0
    for name, record in records:
        total += 1
        text = cell(record.get(columns["text"]))
        if not text.strip():
            empty.append(name)
            continue
        raw = {key: cell(record.get(column)) for key, column in columns.items() if key != "text"}
        known_of_it, wrong = from_mapping(raw, file or name)
        issues += [replace(issue, message=f"{name}: {issue.message}") for issue in wrong] if file else wrong
        about = known_of_it.over(given or Metadata())
        reports.append(
            Report(
                name=name, text=text, title=about.title, publisher=about.publisher, published=about.published,
                url=about.url, language=about.language or "en", sha256=hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
            )
        )  # fmt: skip
    if empty:
        message = f"{len(empty)} of {total} rows have no text, the first of them {empty[0]}"
        issues.append(Issue("empty-row", message, file, None, "Fill them in or delete them.", "warning"))
    return tuple(reports), tuple(issues)


def cell(value: object) -> str:
    """Return a cell as text: nothing for what stands for nothing in a table or a frame.

    >>> cell(None), cell(float("nan")), cell(" a "), cell(2023)
    ('', '', ' a ', '2023')
    """
    if value is None or value != value or type(value).__name__ in {"NAType", "NaTType"}:  # noqa: PLR0124  (nan)
        return ""
    isoformat = getattr(value, "isoformat", None)
    return str(isoformat()) if isoformat else str(value)
