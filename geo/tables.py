"""Events as flat tables: one of events, one of their claims, one of the figures that the claims give.

Formats without nesting and data frames both use these rows. They are made of GeoJSON features rather than of `Event`
values, so that what somebody edited elsewhere goes the same way; foreign properties follow as columns of their own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from geo.files import to_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

Type = Literal["text", "integer", "number", "date"]
Feature = dict[str, Any]
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, the type of its cells, what they mean, and its HXL tag where humanitarian tables have one."""

    name: str
    type: Type
    meaning: str
    hxl: str = ""


EVENT_COLUMNS = (
    Column("id", "text", "Stable identifier of the event", "#event+id"),
    Column("event_type", "text", "What happened, in the words of the codebook", "#event+type"),
    Column("modality", "text", "occurred, alleged, denied, planned, threatened, hypothetical or historical", "#event+modality"),
    Column("date_start", "date", "First day; empty where it is not known", "#date+start"),
    Column("date_end", "date", "Last day, included; empty where it is not known or still goes on", "#date+end"),
    Column("date_precision", "text", "day, week, month, year or unknown", "#meta+date+precision"),
    Column("date_basis", "text", "stated, relative, publication or unknown", "#meta+date+basis"),
    Column("date_text", "text", "The words that the date was read from"),
    Column("place_id", "text", "Gazetteer entry", "#loc+code"),
    Column("place_name", "text", "Name of the gazetteer entry", "#loc+name"),
    Column("place_text", "text", "The place as the report writes it", "#loc+name+text"),
    Column("place_relation", "text", "at, near, between, along, direction_of, in or from", "#loc+relation"),
    Column("place_ids", "text", "Gazetteer entries where there are several, with semicolons between them"),
    Column("geo_precision", "integer", "1 exact, 2 near, 3 district, 4 province, 5 line or vague area, 6 country, 7 water or air",
           "#geo+precision"),
    Column("uncertainty_m", "number", "Radius in metres in which it happened", "#geo+radius"),
    Column("geo_reason", "text", "Why this place, or why none"),
    Column("actors", "text", "Who took part, with semicolons between them", "#group+actor"),
    Column("verification", "text", "How many sides say so, and whether another denies it", "#status"),
    Column("group", "text", "Events of one statement over several places share it"),
    Column("merged", "text", "Why claims were put together, with semicolons between the reasons"),
    Column("claimants", "text", "Who says so, with semicolons between them", "#meta+source"),
    Column("figures", "text", "Every figure in its own words, each with who gives it; never added up", "#description+figures"),
    Column("quote", "text", "The sentence of the first claim", "#description"),
    Column("claim_count", "integer", "How many claims the table of claims holds for this event", "#meta+num"),
)  # fmt: skip
"""The columns of the table of events, in order."""

DERIVED = frozenset({"claimants", "figures", "quote", "claim_count"})
"""Columns of events that are made of the claims whenever a table is written, so never read back."""

CLAIM_COLUMNS = (
    Column("event_id", "text", "The event that the claim is about"),
    Column("claim", "integer", "Number of the claim within its event, from 1"),
    Column("report", "text", "File name of the report"),
    Column("start", "integer", "First character of the quote in the decoded report, counted from 0"),
    Column("end", "integer", "Character after the last one of the quote"),
    Column("quote", "text", "The clause or sentence, word for word"),
    Column("claimant", "text", "Who says so; empty where the report itself does"),
    Column("claimant_side", "text", "The party that the claimant speaks for; empty where neutral or unknown"),
    Column("act", "text", "reports, claims, denies, confirms or accuses"),
    Column("figures", "text", "The figures of this claim in its own words"),
    Column("publisher", "text", "Who published the report"),
    Column("published", "date", "Day of publication"),
    Column("title", "text", "Title of the report"),
    Column("url", "text", "Address of the report"),
    Column("trigger", "text", "The word that the event was read from"),
    Column("reason", "text", "Why it was read so"),
)
"""The columns of the table of claims, in order."""

FIGURE_COLUMNS = (
    Column("event_id", "text", "The event that the figure is about"),
    Column("claim", "integer", "Number of the claim within its event, from 1"),
    Column("claimant", "text", "Who gives the figure"),
    Column("metric", "text", "killed, wounded, missing, captured or displaced"),
    Column("group", "text", "total, civilian, military, children, women, peacekeepers or unknown"),
    Column("side", "text", "The party whose people they were, as far as stated"),
    Column("low", "integer", "Lowest number that the words allow; empty is not zero"),
    Column("best", "integer", "The number stated; empty where only a range or a word is"),
    Column("high", "integer", "Highest number that the words allow; empty is not zero"),
    Column("qualifier", "text", "exact, at_least, at_most, about, several, tens, dozens, hundreds, thousands or none_reported"),
    Column("text", "text", "The figure in the report's words"),
)  # fmt: skip
"""The columns of the table of figures, in order."""

_OWN = frozenset({column.name for column in EVENT_COLUMNS} | {"claims"})


def event_row(feature: Feature) -> Row:
    """Return a feature as one flat row; lists become text with semicolons, days become dates.

    >>> row = event_row({"id": "e1", "properties": {"event_type": "shelling", "date_start": "2023-09-19"}})
    >>> row["id"], row["date_start"], row["place_id"], row["claim_count"]
    ('e1', datetime.date(2023, 9, 19), None, 0)
    """
    properties = feature.get("properties") or {}
    claims = claims_of(feature)
    row = {column.name: _typed(properties.get(column.name), column.type) for column in EVENT_COLUMNS}
    row["id"] = _text(feature.get("id", properties.get("id")))
    row["claimants"] = _joined(dict.fromkeys(c["claimant"] for c in claims if c.get("claimant")))
    row["figures"] = _joined(figures_text(claim, with_claimant=True) for claim in claims)
    row["quote"] = claims[0].get("quote") if claims else None
    row["claim_count"] = len(claims)
    return row


def claim_rows(feature: Feature) -> list[Row]:
    """Return one flat row for each claim of a feature.

    >>> claim_rows({"id": "e1", "properties": {"claims": []}})
    []
    >>> claim_rows({"id": "e1", "properties": {"claims": [{"quote": "Q"}]}})[0]["claim"]
    1
    """
    rows = []
    for number, claim in enumerate(claims_of(feature), 1):
        row = {column.name: _typed(claim.get(column.name), column.type) for column in CLAIM_COLUMNS}
        row |= {
            "event_id": _text(feature.get("id")),
            "claim": number,
            "figures": figures_text(claim, with_claimant=False),
        }
        rows.append(row)
    return rows


def figure_rows(feature: Feature) -> list[Row]:
    """Return one flat row for each figure of each claim of a feature.

    >>> figure_rows({"id": "e1", "properties": {}})
    []
    """
    rows = []
    for number, claim in enumerate(claims_of(feature), 1):
        for figure in _list(claim.get("casualties")):
            row = {column.name: _typed(figure.get(column.name), column.type) for column in FIGURE_COLUMNS}
            row |= {"event_id": _text(feature.get("id")), "claim": number, "claimant": claim.get("claimant")}
            rows.append(row)
    return rows


def claims_of(feature: Feature) -> list[dict[str, Any]]:
    """Return the claims of a feature (`geo.formats.read_events` has seen to their form)."""
    return _list((feature.get("properties") or {}).get("claims"))


def foreign_columns(features: Iterable[Feature]) -> dict[str, Column]:
    """Return a column for each property that is not ours, in order of appearance, typed by what it holds.

    Columns are named like the property where no other column and no format has the name for itself.

    >>> found = foreign_columns([{"properties": {"checked": True, "fid": 7}}, {"properties": {"Checked": 2}}])
    >>> [(name, column.name, column.type) for name, column in found.items()]
    [('checked', 'checked', 'text'), ('fid', 'fid_2', 'integer'), ('Checked', 'Checked_2', 'integer')]
    >>> foreign_columns([])
    {}
    """
    found: dict[str, Type] = {}
    for feature in features:
        for name, value in (feature.get("properties") or {}).items():
            if name in _OWN or value is None:
                continue
            here: Type = "text"
            if isinstance(value, int | float) and not isinstance(value, bool):
                here = "integer" if isinstance(value, int) and abs(value) < 2**53 else "number"
            before = found.setdefault(name, here)
            if before != here:
                found[name] = "number" if {before, here} == {"integer", "number"} else "text"
    used = {name.lower() for name in _OWN} | _TAKEN
    return {
        name: Column(_free_name(name, used), type_, f'A property that somebody else added, called "{name}"')
        for name, type_ in found.items()
    }


# Names that a format, a data frame or our own spreadsheets have for something else; databases do not tell case apart.
_TAKEN = frozenset({
    "fid", "ogc_fid", "geom", "geometry", "bbox", "index", "lat", "lon", "wkt", "acled_event", "acled_sub_event", "plover", "cameo", "ucdp",
})  # fmt: skip
_LONGEST_NAME = 60
_UNFIT = re.compile(r"[^\w .:/-]+")


def _free_name(name: str, used: set[str]) -> str:
    """Return a column name that runs as no formula, fits every format, and that nothing else has; note it as used."""
    base = _UNFIT.sub("_", name).strip(" .:/-_")[:_LONGEST_NAME] or "property"
    free, number = base, 1
    while free.lower() in used:
        number += 1
        free = f"{base}_{number}"
    used.add(free.lower())
    return free


def event_table(features: Sequence[Feature]) -> tuple[tuple[Column, ...], list[Row]]:
    """Return columns and rows of the table of events, foreign properties at the end.

    >>> columns, rows = event_table([])
    >>> len(columns) == len(EVENT_COLUMNS), rows
    (True, [])
    """
    extra = foreign_columns(features)
    rows = []
    for feature in features:
        properties: Mapping[str, Any] = feature.get("properties") or {}
        rows.append(event_row(feature) | {c.name: _typed(properties.get(name), c.type) for name, c in extra.items()})
    return (*EVENT_COLUMNS, *extra.values()), rows


def figures_text(claim: dict[str, Any], *, with_claimant: bool) -> str | None:
    """Put each figure of a claim into words: metric, group and the report's own text, and by whom.

    >>> figures_text({"casualties": [{"metric": "killed", "group": "total", "text": "dozens"}]}, with_claimant=False)
    'killed, total: "dozens"'
    >>> figures_text({}, with_claimant=True) is None
    True
    """
    words = []
    for figure in _list(claim.get("casualties")):
        what = f"{figure.get('metric')}, {figure.get('group')}"
        side = f" of {figure['side']}" if figure.get("side") else ""
        by = f" ({claim.get('claimant') or 'the report itself'})" if with_claimant else ""
        words.append(f'{what}{side}: "{figure.get("text")}"{by}')
    return _joined(words)


def _joined(values: Iterable[str | None]) -> str | None:
    return "; ".join(value for value in values if value) or None


def _list(value: object) -> list[dict[str, Any]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _text(value: object) -> str | None:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return "; ".join(value) or None
    return to_json(value)


def _typed(value: object, type_: Type) -> object:
    """Return a cell in its column's type; what does not fit is empty in typed columns and JSON text in others."""
    if type_ == "text":
        return _text(value)
    try:
        if type_ == "date":
            return date.fromisoformat(str(value)[:10]) if value else None
        if value is None or value == "" or isinstance(value, bool):
            return None
        number = float(str(value))
    except ValueError:
        return None
    if type_ == "number":
        return number
    return int(number) if abs(number) < 2**63 else None  # what a column of whole numbers can hold; not NaN either
