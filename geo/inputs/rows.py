"""Rows of a table as documents: columns found by name or by what the user says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from gazetteer.errors import ReportError
from geo.inputs.base import Document, Parsed, problem
from geo.inputs.metadata import ALIASES, KEYS, from_mapping, nearest_key

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gazetteer.errors import Issue

TEXT_WORDS = ("text", "body", "content", "article", "full_text", "fulltext", "notes", "description")
"""Column names that hold the text where nobody says which one does, in order of preference."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: what its report is called, its line in the file if it has one, and its cells."""

    name: str
    line: int | None
    cells: Mapping[str, Any]


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
            hint = f'. Did you mean "{near}"?' if near else ""
            raise ReportError(f'there is no column "{name}" (columns: {", ".join(known)}){hint}')
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


def documents_of_rows(rows: Sequence[Row], header: Sequence[str], wanted: Mapping[str, str], where: str = "") -> Parsed:
    """Make a document of each row that has a text; the others are told in one issue, a wrong date for each row.

    >>> documents_of_rows([Row("0", None, {"text": "Shells fell."}), Row("1", 3, {"text": None})], ["text"], {}).issues[0].message
    '1 of 2 rows have no text, the first of them in line 3'
    >>> documents_of_rows([], ["text"], {})
    Parsed(documents=(), issues=())
    """
    columns = match_columns(wanted, header)
    documents: list[Document] = []
    issues: list[Issue] = []
    empty: list[str] = []
    for row in rows:
        text = cell(row.cells.get(columns["text"]))
        if not text.strip():
            empty.append(f"in line {row.line}" if row.line else row.name)
            continue
        raw = {key: cell(row.cells.get(column)) for key, column in columns.items() if key != "text"}
        metadata, wrong = from_mapping(raw, where or row.name, row.line)
        issues += wrong
        documents.append(Document(text, metadata, name=row.name))
    if empty:
        message = f"{len(empty)} of {len(rows)} rows have no text, the first of them {empty[0]}"
        issues.append(problem("empty-row", message, "Fill them in or delete them.", file=where))
    return Parsed(tuple(documents), tuple(issues))


def cell(value: object) -> str:
    """Return a cell as text: nothing for what stands for nothing in a table or a frame.

    >>> cell(None), cell(float("nan")), cell(" a "), cell(2023)
    ('', '', ' a ', '2023')
    """
    if value is None or value != value or type(value).__name__ in {"NAType", "NaTType"}:  # noqa: PLR0124  (nan)
        return ""
    isoformat = getattr(value, "isoformat", None)
    return str(isoformat()) if isoformat else str(value)
