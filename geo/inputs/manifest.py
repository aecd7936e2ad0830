"""`reports.csv`: the list that says who published the reports of a folder, and when."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gazetteer.errors import Issue
from geo.inputs.metadata import KEYS, from_mapping, nearest_key
from geo.inputs.text import decode

if TYPE_CHECKING:
    from pathlib import Path

    from geo.inputs.metadata import Metadata

NAME = "reports.csv"
COLUMNS = ("file", *KEYS)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the list: the file it names, its metadata and the number of the line."""

    path: Path
    metadata: Metadata
    line: int


def read_manifest(file: Path) -> tuple[tuple[Row, ...], tuple[Issue, ...]]:
    """Read `reports.csv` beside the reports it lists; every problem is an issue with its line.

    Columns: file, title, publisher, published (YYYY-MM-DD), url, language (BCP 47); only `file` is needed.
    """
    decoded = decode(file.read_bytes())
    if decoded is None:
        return (), (Issue("binary", "this is not a text file", str(file), None, "Save the table as CSV in UTF-8."),)
    reader = csv.reader(io.StringIO(decoded.text, newline=""), delimiter=_delimiter(decoded.text))
    rows: list[Row] = []
    issues: list[Issue] = []
    try:
        header = [cell.strip().lower() for cell in next(reader, [])]
        issues += _header_issues(header, file)
        if "file" not in header:
            return (), tuple(issues)
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            row, problems = _row(dict(zip(header, cells, strict=False)), file, reader.line_num)
            issues += problems
            if row is not None:
                rows.append(row)
    except csv.Error as error:
        issues.append(Issue("bad-csv", f"the table breaks off here ({error})", str(file), reader.line_num,
                            "Look for a quotation mark that is not closed."))  # fmt: skip
    return tuple(rows), tuple(issues)


def _delimiter(text: str) -> str:
    """Spreadsheets in many countries write semicolons or tabs where others write commas."""
    head = text.split("\n", 1)[0]
    return max(",;\t", key=head.count)


def _header_issues(header: list[str], file: Path) -> list[Issue]:
    issues = []
    for column in header:
        if column and column not in COLUMNS:
            near = nearest_key(column, COLUMNS)
            fix = f'Did you mean "{near}"?' if near else f"Known columns: {', '.join(COLUMNS)}."
            issues.append(Issue("unknown-column", f'there is no column "{column}"', str(file), 1, fix, "warning"))
    if "file" not in header:
        issues.append(Issue("no-file-column", "the column file is missing, so no line says which report it means",
                            str(file), 1, f"The first line should be: {','.join(COLUMNS)}"))  # fmt: skip
    return issues


def _row(cells: dict[str, str], file: Path, line: int) -> tuple[Row | None, list[Issue]]:
    name = cells.get("file", "").strip()
    if not name:
        return None, [Issue("no-file", "this line names no file", str(file), line, "Fill in the column file.")]
    path = file.parent / name
    if not path.resolve().is_relative_to(file.parent.resolve()):
        return None, [Issue("outside", f'"{name}" lies outside the folder', str(file), line,
                            "List files of this folder only.")]  # fmt: skip
    if not path.is_file():
        return None, [Issue("missing", f'"{name}" is listed here and is not in the folder', str(file), line,
                            "Put the file there or delete the line.")]  # fmt: skip
    metadata, issues = from_mapping(cells, str(file), line)
    return Row(path, metadata, line), list(issues)
