"""Tables for spreadsheets: CSV and XLSX, with an HXL tag row by option and no cell that runs as a formula."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

import shapely
from shapely.geometry import shape

from geo.crosswalk import crosswalk
from geo.files import replacing, to_csv, write_text
from geo.formats.base import Format, Written, require
from geo.tables import CLAIM_COLUMNS, FIGURE_COLUMNS, Column, claim_rows, event_table, figure_rows

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from geo.formats.base import EventSet, Options
    from geo.tables import Row

Table = tuple[str, "Sequence[Column]", "list[Row]"]

SHAPE_COLUMNS = (
    Column(
        "lat", "number", "Latitude (WGS 84) of an event at one point; empty for lines, areas and no place", "#geo+lat"
    ),
    Column("lon", "number", "Longitude (WGS 84) of an event at one point", "#geo+lon"),
    Column("wkt", "text", "The shape as well-known text, longitude first", "#geo+wkt"),
)
CODE_COLUMNS = (
    Column("acled_event", "text", "ACLED event type"),
    Column("acled_sub_event", "text", "ACLED sub-event type; several where the text does not decide"),
    Column("plover", "text", "PLOVER event type"),
    Column("cameo", "text", "CAMEO root code"),
    Column("ucdp", "text", "UCDP types of violence that it can be: 1 state-based, 2 non-state, 3 one-sided"),
)
_CELL = 32_767  # characters that XLSX allows in a cell
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def tables(events: EventSet, options: Options) -> tuple[Table, Table, Table]:
    """Return events, claims and figures as named tables of columns and rows."""
    columns, flat = event_table(events.features)
    rows = [
        row | _shape(feature.get("geometry")) | (codes_row(row["event_type"]) if options.codes else {})
        for feature, row in zip(events.features, flat, strict=True)
    ]
    shown = (*columns, *SHAPE_COLUMNS, *(CODE_COLUMNS if options.codes else ()))
    claims = [row for feature in events.features for row in claim_rows(feature)]
    figures = [row for feature in events.features for row in figure_rows(feature)]
    return ("events", shown, rows), ("claims", CLAIM_COLUMNS, claims), ("figures", FIGURE_COLUMNS, figures)


def codes_row(event_type: str | None) -> Row:
    """Return the codebooks' words for an event type; empty for a type that is not ours.

    >>> codes_row("protest")["plover"], codes_row("party")["plover"]
    ('PROTEST', None)
    """
    codes = crosswalk().get(event_type or "")
    if codes is None:
        return {column.name: None for column in CODE_COLUMNS}
    return {
        "acled_event": codes.acled_event,
        "acled_sub_event": " | ".join(codes.acled_sub_event),
        "plover": codes.plover,
        "cameo": codes.cameo,
        "ucdp": " | ".join(map(str, codes.ucdp)) or None,
    }


def _shape(geometry: dict[str, Any] | None) -> Row:
    if not geometry:
        return {"lat": None, "lon": None, "wkt": None}
    lon, lat = geometry["coordinates"][:2] if geometry["type"] == "Point" else (None, None)
    return {"lat": lat, "lon": lon, "wkt": shapely.to_wkt(shape(geometry), rounding_precision=6)}


def write_csv(events: EventSet, path: Path, options: Options) -> Written:
    """Write events as CSV, and claims and figures beside it; with a byte order mark, for Excel reads no UTF-8 without."""
    return Written(tuple(_write_table(table, path, options) for table in tables(events, options)))


def write_claim_tables(events: EventSet, path: Path, options: Options) -> tuple[Path, ...]:
    """Write claims and figures as CSV beside a file that holds the events in a format without nesting."""
    beside = path.with_suffix(".csv")
    return tuple(_write_table(table, beside, options) for table in tables(events, options)[1:])


def _write_table(table: Table, path: Path, options: Options) -> Path:
    name, columns, rows = table
    target = path if name == "events" else path.with_name(f"{path.stem}.{name}{path.suffix}")
    cells: list[list[object]] = [[row[column.name] for column in columns] for row in rows]
    if options.hxl and name == "events":
        cells.insert(0, [column.hxl for column in columns])
    return write_text(target, "\ufeff" + to_csv([column.name for column in columns], cells))


def write_xlsx(events: EventSet, path: Path, options: Options) -> Written:
    """Write a workbook with the sheets events, claims, figures and columns (what each column means).

    Text that begins like a formula is stored as text and marked so ("quote prefix"), which keeps the quote exact.
    """
    openpyxl = require("openpyxl", "xlsx", "XLSX")
    book = openpyxl.Workbook()
    book.remove(book.active)
    cut = 0
    meanings: list[tuple[str, str, str]] = []
    for name, columns, rows in tables(events, options):
        sheet = book.create_sheet(name)
        sheet.append([column.name for column in columns])
        if options.hxl and name == "events":
            sheet.append([column.hxl for column in columns])
        sheet.freeze_panes = "A3" if options.hxl and name == "events" else "A2"
        for number, row in enumerate(rows, sheet.max_row + 1):
            for place, column in enumerate(columns, 1):
                cut += _fill(sheet.cell(number, place), row[column.name])
        sheet.auto_filter.ref = sheet.dimensions
        meanings += [(name, column.name, column.meaning) for column in columns]
    sheet = book.create_sheet("columns")
    for number, line in enumerate((("table", "column", "meaning"), *meanings), 1):
        for place, text in enumerate(line, 1):
            _fill(sheet.cell(number, place), text)
    with replacing(path) as draft:
        book.save(draft)
    warnings = (f"{cut} cells were longer than XLSX allows ({_CELL} characters) and were cut.",) if cut else ()
    return Written((path,), warnings)


def _fill(cell: Any, value: object) -> bool:
    """Put a value into a cell; tell whether it had to be cut."""
    if value is None:
        return False
    if isinstance(value, date):
        cell.value, cell.number_format = value, "yyyy-mm-dd"
        return False
    if not isinstance(value, str):
        cell.value = value
        return False
    text = _NOT_XML.sub("�", value)
    cell.value = text[:_CELL]
    cell.data_type = "s"  # openpyxl would take "=..." for a formula
    cell.quotePrefix = text.startswith(("=", "+", "-", "@"))  # keeps it text when somebody edits the cell
    return len(text) > _CELL


FORMATS = (
    Format("csv", (".csv",), "CSV for spreadsheets; claims and figures in tables beside it", write_csv),
    Format("xlsx", (".xlsx",), "Excel workbook with sheets for events, claims, figures", write_xlsx),
)
