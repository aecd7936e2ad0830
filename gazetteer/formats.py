"""Carrying places to and from other programs, by the file's ending.

    .jsonld    Linked Places Format 1.3 (JSON-LD): the World Historical Gazetteer and Pelagios read it
    .tsv       LP-TSV 0.5, the same in a table
    .txt       rows of a GeoNames dump (19 columns, no header)
    .geojson   GeoJSON: a feature a place, and one for each of its dated lines and areas
    .csv       a row a place, for spreadsheets

`HOLDS` says what each can hold. What a format can hold comes back unchanged: a test sees to it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gazetteer.carried import Carried
from gazetteer.errors import FormatError, GazetteerError
from gazetteer.format_geojson import from_geojson, to_geojson
from gazetteer.format_linked_places import from_linked_places, to_linked_places
from gazetteer.format_tables import from_csv, from_geonames, from_lp_tsv, to_csv, to_geonames, to_lp_tsv
from gazetteer.schema import parse_record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from gazetteer.errors import Issue
    from gazetteer.index import Gazetteer
    from gazetteer.model import Place


@dataclass(frozen=True, slots=True)
class Format:
    """A format: what it is called, and how it is written and read."""

    name: str
    ending: str
    write: Callable[[Iterable[Carried]], str]
    read: Callable[[str], Iterator[tuple[dict[str, Any], list[dict[str, Any]]]]]


FORMATS: dict[str, Format] = {
    "linked-places": Format("Linked Places Format", ".jsonld", to_linked_places, from_linked_places),
    "lp-tsv": Format("LP-TSV", ".tsv", to_lp_tsv, from_lp_tsv),
    "geonames": Format("GeoNames dump", ".txt", to_geonames, from_geonames),
    "geojson": Format("GeoJSON", ".geojson", to_geojson, from_geojson),
    "csv": Format("CSV", ".csv", to_csv, from_csv),
}
"""Every format under the word that `--format` takes."""

_ALL = (
    "id", "kind", "feature", "status", "review", "source", "note", "from", "to", "superseded_by", "population", "demonyms", "capital_of",
    "seat_of", "point", "names", "parents", "links", "match", "tests", "geometry",
)  # fmt: skip
HOLDS: dict[str, tuple[str, ...]] = {
    "linked-places": _ALL,
    "geojson": _ALL,
    "csv": (
        "id", "kind", "feature", "status", "review", "source", "note", "from", "to", "superseded_by", "population", "demonyms", "capital_of",
        "seat_of", "point.lat", "point.lon", "point.precision_m", "names.text", "names.lang", "parents.id", "parents.basis", "links",
    ),
    "lp-tsv": (
        "id", "kind", "source", "note", "from", "to", "point", "names.text", "names.lang", "first parent's id", "links",
    ),
    "geonames": ("feature", "population", "point.lat", "point.lon", "names.text", "the geonames link"),
}  # fmt: skip
"""What comes back from a format, under the keys of an entry. LP-TSV cannot hold a semicolon in a name, GeoNames no comma,
neither of them a line break, and GeoNames no place without a position."""


def format_of(path: Path, wanted: str | None = None) -> Format:
    """Return the format of a file: the one asked for, else by its ending. Raises `FormatError` where there is none.

    >>> format_of(Path("places.tsv")).name, format_of(Path("places"), "geonames").name
    ('LP-TSV', 'GeoNames dump')
    >>> format_of(Path("places.shp"))
    Traceback (most recent call last):
    gazetteer.errors.FormatError: "places.shp" has no ending that is known. Use .jsonld, .tsv, .txt, .geojson or .csv, or say --format
    """
    if wanted is not None:
        if wanted not in FORMATS:
            raise FormatError(f'there is no format "{wanted}". Use one of {", ".join(FORMATS)}')
        return FORMATS[wanted]
    found = next((form for form in FORMATS.values() if path.suffix.lower() == form.ending), None)
    if found is None:
        *most, last = (form.ending for form in FORMATS.values())
        raise FormatError(
            f'"{path.name}" has no ending that is known. Use {", ".join(most)} or {last}, or say --format'
        )
    return found


def export_text(places: Iterable[Place], gazetteer: Gazetteer, form: Format) -> str:
    r"""Return the text of a file with these places; `gazetteer` knows what their parents are called.

    >>> from gazetteer.index import Gazetteer
    >>> export_text((), Gazetteer(), FORMATS["geonames"])
    ''
    """
    return form.write(_carried(place, gazetteer) for place in places)


def _carried(place: Place, gazetteer: Gazetteer) -> Carried:
    parent = gazetteer.get(place.parents[0].id) if place.parents else None
    try:
        return Carried.of(place, parent.name if parent else place.parents[0].id if place.parents else "")
    except (OSError, ValueError, KeyError) as error:
        raise GazetteerError(f"a geometry of {place.id} cannot be read ({error}). Run the check") from error


@dataclass(frozen=True, slots=True)
class Import:
    """A place that was read from a foreign file, with the geometries that its `DatedGeometry.file`s are to hold."""

    place: Place
    shapes: tuple[dict[str, Any], ...] = ()


def import_text(text: str, form: Format, label: str) -> tuple[tuple[Import, ...], tuple[Issue, ...]]:
    """Read places from a file's text: those that are sound, and what is wrong with the others.

    `label` names the file in issues and stands as the source of places that name none. Raises `FormatError` where the
    text is not of the format at all.
    """
    found: list[Import] = []
    issues: list[Issue] = []
    try:
        for number, (record, shapes) in enumerate(form.read(text), 1):
            record.setdefault("source", f"imported from {Path(label).name}")
            place, wrong = parse_record(record, Path(label), f"{label}, place {number}")
            issues.extend(wrong)
            if place is not None:
                # a geometry that is left out as broken takes its shape along
                by_file = {
                    dated["file"]: shape for dated, shape in zip(record.get("geometry", []), shapes, strict=True)
                }
                kept = tuple(by_file[dated.file.name] for dated in place.geometries)
                found.append(Import(replace(place, file=None), kept))
    except FormatError:
        raise
    except (AttributeError, LookupError, TypeError, ValueError) as error:
        told = f"no {error}" if isinstance(error, LookupError) else str(error)
        raise FormatError(f"{label} is not {form.name}: {told}. Choose its format with --format") from error
    return tuple(found), tuple(issues)
