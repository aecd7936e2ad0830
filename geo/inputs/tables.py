"""Tables with a report in each row: CSV, JSON lines, JSON lists and Parquet."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

from gazetteer.errors import ReportError
from geo.inputs.base import MAX_TEXT, Parsed, Unusable, needs, problem
from geo.inputs.plain import decoded_text, encoding_issues
from geo.inputs.rows import Row, documents_of_rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gazetteer.errors import Issue
    from geo.inputs.base import Source


def read_csv(source: Source) -> Parsed:
    """Read a CSV (or semicolon or tab separated) file whose first line names the columns."""
    decoded = decoded_text(source)
    head = decoded.text.split("\n", 1)[0]
    reader = csv.reader(io.StringIO(decoded.text, newline=""), delimiter=max(",;\t|", key=head.count))
    rows: list[Row] = []
    issues = list(encoding_issues(decoded, source.where))
    before = csv.field_size_limit(MAX_TEXT)
    try:
        header = next(reader, [])
        for cells in reader:
            if any(c.strip() for c in cells):
                line = reader.line_num
                rows.append(Row(f"{source.name}#{line}", line, dict(zip(header, cells, strict=False))))
    except csv.Error as error:
        if not rows:
            raise Unusable("bad-csv", f"this table cannot be read ({error})", "Look for a quotation mark that is not closed, "
                           "and split texts of more than 10 MB.", reader.line_num or None) from error  # fmt: skip
        issues.append(problem("bad-csv", f"the table breaks off here ({error})", "Look for a quotation mark that is not closed.",
                              file=source.where, line=reader.line_num, severity="error"))  # fmt: skip
    finally:
        csv.field_size_limit(before)
    return _documents(rows, header, source, issues)


def read_json_lines(source: Source) -> Parsed:
    """Read one JSON object a line, or one JSON list of objects."""
    decoded = decoded_text(source)
    issues = list(encoding_issues(decoded, source.where))
    rows: list[Row] = []
    if decoded.text.lstrip().startswith("["):
        try:
            whole = json.loads(decoded.text)
        except (ValueError, RecursionError) as error:
            raise Unusable(
                "bad-json", f"this is no JSON ({_place(error)})", "Check whether the file is whole."
            ) from error
        rows = [Row(f"{source.name}#{n}", None, item) for n, item in enumerate(whole, 1) if isinstance(item, dict)]
    else:
        for number, line in enumerate(decoded.text.split("\n"), 1):
            if not line.strip():
                continue
            try:
                item = json.loads(line)
            except (ValueError, RecursionError):
                item = None
            if isinstance(item, dict):
                rows.append(Row(f"{source.name}#{number}", number, item))
            else:
                issues.append(problem("bad-line", "this line is no JSON object", 'Write one report a line as {"text": ...}.',
                                      file=source.where, line=number, severity="error"))  # fmt: skip
    if not rows:
        raise Unusable(
            "no-rows", "no line of this file is a JSON object", 'Write one report a line as {"text": "..."}.'
        )
    return _documents(rows, list(dict.fromkeys(key for row in rows for key in row.cells)), source, issues)


def read_parquet(source: Source) -> Parsed:
    """Read a Parquet table."""
    parquet = needs("pyarrow.parquet", "parquet", "A Parquet table")
    try:
        table = parquet.read_table(io.BytesIO(source.data))
        records = table.to_pylist()
    except Exception as error:  # pyarrow has many error types without a common root
        raise Unusable(
            "bad-parquet", "this is no Parquet table that can be read", "Write it again or give CSV."
        ) from error
    return _documents(
        [Row(f"{source.name}#{n}", None, record) for n, record in enumerate(records, 1)],
        list(table.column_names),
        source,
        [],
    )


def _documents(rows: Sequence[Row], header: Sequence[str], source: Source, issues: Sequence[Issue]) -> Parsed:
    if not rows:
        raise Unusable(
            "no-rows", "this table has no rows", "Put one report into each row below the names of the columns."
        )
    try:
        parsed = documents_of_rows(rows, header, source.columns, source.where)
    except ReportError as error:
        raise Unusable("no-column", str(error), "") from error
    if not parsed.documents:
        raise Unusable(
            "no-text", "no row of this table has a text", "Name the column of texts with --column text=NAME."
        )
    return Parsed(parsed.documents, (*issues, *parsed.issues))


def _place(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"line {error.lineno}, column {error.colno}"
    return "nested too deeply" if isinstance(error, RecursionError) else "a number in it is too long"
