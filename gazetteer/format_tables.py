"""Tables: LP-TSV 0.5, rows of a GeoNames dump, CSV. They hold less than an entry says; `formats.HOLDS` tells what."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

from gazetteer.drafting import FEATURES, guess_lang
from gazetteer.errors import FormatError
from gazetteer.format_linked_places import link_id, read_link
from gazetteer.ids import is_slug, slug
from gazetteer.model import KINDS
from gazetteer.transliteration import ascii_form

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from gazetteer.carried import Carried

Parsed = tuple[dict[str, Any], list[dict[str, Any]]]

# ----------------------------------------------------------------------------------------------------------------- CSV

_CSV = (
    "id", "name", "kind", "feature", "status", "review", "lat", "lon", "precision_m", "names", "parents", "links", "from", "to",
    "superseded_by", "population", "demonyms", "capital_of", "seat_of", "source", "note",
)  # fmt: skip
_CSV_LISTS = ("demonyms", "capital_of", "seat_of")


def _joined(parts: Iterable[str]) -> str:
    """Join values in one cell; a bar inside a value is written as URLs have it."""
    return "|".join(part.replace("%", "%25").replace("|", "%7C") for part in parts)


def _parted(cell: str) -> list[str]:
    return [part.strip().replace("%7C", "|").replace("%25", "%") for part in cell.split("|") if part.strip()]


def to_csv(carried: Iterable[Carried]) -> str:
    """Write a row a place; several values in one cell are parted by a bar, languages and bases follow an @."""
    out = io.StringIO(newline="")
    table = csv.DictWriter(out, _CSV, extrasaction="ignore", lineterminator="\n")
    table.writeheader()
    for one in carried:
        record = one.record
        row: dict[str, Any] = {key: record.get(key, "") for key in _CSV} | {"name": one.title}
        row |= {key: record["point"][key] for key in ("lat", "lon", "precision_m") if "point" in record}
        row["names"] = _joined(f"{name['text']}@{name['lang']}" for name in record.get("names", []))
        row["parents"] = _joined(f"{parent['id']}@{parent['basis']}" for parent in record.get("parents", []))
        row["links"] = _joined(f"{key}:{item}" for key, item in one.links)
        row |= {key: _joined(record.get(key, ())) for key in _CSV_LISTS}
        table.writerow(row)
    return out.getvalue()


def from_csv(text: str) -> Iterator[Parsed]:
    """Yield a place for each row; of a foreign table the columns that bear our names are read, at least `name`."""
    table = csv.DictReader(io.StringIO(text, newline=""))
    if table.fieldnames is None or not {"name", "names"} & set(table.fieldnames):
        raise FormatError(f"the table has no column name. Its columns should be some of: {', '.join(_CSV)}")
    for row in table:
        cells = {
            key: (value or "").strip() for key, value in row.items() if isinstance(key, str) and isinstance(value, str)
        }
        name = cells.get("name", "")
        plain = ("kind", "feature", "status", "review", "from", "to", "superseded_by", "source", "note")
        record: dict[str, Any] = {"id": cells.get("id") or slug(name), "kind": "site"}
        record |= {key: cells[key] for key in plain if cells.get(key)}
        if cells.get("population"):
            record["population"] = _number(cells["population"])
        record["names"] = [_at(part, "text", "lang") for part in _parted(cells.get("names", ""))] or [
            {"text": name, "lang": guess_lang(name)}
        ]
        record["parents"] = [_at(part, "id", "basis") for part in _parted(cells.get("parents", ""))]
        record["links"] = _links(part.partition(":")[::2] for part in _parted(cells.get("links", "")))
        record |= {key: _parted(cells[key]) for key in _CSV_LISTS if cells.get(key)}
        yield _with_point(record, cells.get("lat"), cells.get("lon"), cells.get("precision_m")), []


def _at(part: str, first: str, second: str) -> dict[str, str]:
    text, sign, after = part.rpartition("@")
    return {first: text, second: after} if sign else {first: part}


def _links(pairs: Iterable[tuple[str, ...]]) -> dict[str, Any]:
    found: dict[str, list[str]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return {key: values[0] if len(values) == 1 else values for key, values in found.items()}


def _with_point(record: dict[str, Any], lat: str | None, lon: str | None, precision: str | None) -> dict[str, Any]:
    if lat and lon:
        record["point"] = {"lat": _number(lat), "lon": _number(lon), "precision_m": _number(precision or "1000")}
    return record


def _number(cell: str) -> float | str:
    """Return a cell's number, or the cell as it is for the schema to complain about."""
    try:
        number = float(cell)
    except ValueError:
        return cell
    return int(number) if number.is_integer() else number


# -------------------------------------------------------------------------------------------------------------- LP-TSV

_LP_TSV = (
    "id", "title", "title_source", "fclasses", "start", "end", "matches", "variants", "types", "parent_name", "parent_id",
    "lon", "lat", "geo_source", "approximation", "description",
)  # fmt: skip


def _cell(value: object) -> str:
    return " ".join(str(value).split())  # the format has no quotes, so no tabs and no line breaks


def to_lp_tsv(carried: Iterable[Carried]) -> str:
    """Write a row a place. Where nobody knows a start, the year that the format asks for is left for you to add."""
    lines = ["\t".join(_LP_TSV)]
    for one in carried:
        record = one.record
        point, parents = record.get("point", {}), record.get("parents", [])
        row = {
            "id": record["id"],
            "title": one.title,
            "title_source": record.get("source", ""),
            "fclasses": record.get("feature", "")[:1],
            "start": record.get("from", ""),
            "end": record.get("to", ""),
            "matches": ";".join(link_id(key, item) for key, item in one.links),
            "variants": ";".join(
                f"{name['text'].replace(';', ',')}@{name['lang']}" for name in record.get("names", [])
            ),
            "types": record["kind"],
            "parent_name": one.parent_title if parents else "",
            "parent_id": f"#{parents[0]['id']}" if parents else "",
            "lon": point.get("lon", ""),
            "lat": point.get("lat", ""),
            "geo_source": point.get("source", ""),
            "approximation": f"{point['precision_m'] / 1000:.10g}" if point else "",
            "description": record.get("note", ""),
        }
        lines.append("\t".join(_cell(row[key]) for key in _LP_TSV))
    return "\n".join(lines) + "\n"


def from_lp_tsv(text: str) -> Iterator[Parsed]:
    """Yield a place for each row of an LP-TSV table, ours or anybody's."""
    lines = [line for line in text.replace("\r\n", "\n").split("\n") if line.strip()]
    header = lines[0].split("\t") if lines else []
    if not {"id", "title"} <= set(header):
        raise FormatError("the table has no columns id and title, which LP-TSV asks for")
    for line in lines[1:]:
        cells = dict(zip(header, line.split("\t"), strict=False))
        title, given = cells.get("title", ""), cells.get("id", "")
        types = [part.strip().lower().replace(" ", "_") for part in cells.get("types", "").split(";")]
        record: dict[str, Any] = {
            "id": given if is_slug(given) else slug(title),
            "kind": next((kind for kind in types if kind in KINDS), "site"),
        }
        keys = {"source": "title_source", "from": "start", "to": "end", "note": "description"}
        record |= {key: cells[column] for key, column in keys.items() if cells.get(column)}
        names = [_at(part.strip(), "text", "lang") for part in cells.get("variants", "").split(";") if part.strip()]
        if title not in {name["text"] for name in names}:
            names.insert(0, {"text": title, "lang": guess_lang(title)})
        record["names"] = names
        if cells.get("parent_id", "").startswith("#"):
            record["parents"] = [{"id": cells["parent_id"][1:]}]
        found = (read_link(part.strip()) for part in cells.get("matches", "").split(";"))
        record["links"] = _links(link for link in found if link)
        _with_point(record, cells.get("lat"), cells.get("lon"), _metres(cells.get("approximation", "")))
        if "point" in record and cells.get("geo_source"):
            record["point"]["source"] = cells["geo_source"]
        yield record, []


def _metres(kilometres: str) -> str:
    try:
        return f"{float(kilometres) * 1000:.10g}"
    except ValueError:
        return "1000"


# ------------------------------------------------------------------------------------------------------------ GeoNames

_KIND_OF_CODE = {feature: kind for kind, feature in reversed(FEATURES.items())} | {
    "A.PCLI": "country", "T.PK": "mountain", "T.HLL": "mountain", "T.CNYN": "gorge", "H.STMI": "river", "H.CNL": "river",
    "S.CSTL": "fortress", "S.RSTN": "railway", "S.AIRB": "base", "S.AIRF": "airport", "S.MILB": "base", "S.PSH": "power_plant", "S.PSTB": "border_crossing",
}  # fmt: skip
_KIND_OF_CLASS = {"A": "district", "H": "lake", "L": "area", "R": "road", "S": "site", "T": "mountain"}
_SIZES = ((50_000, "city"), (5_000, "town"))
"""From how many inhabitants a populated place is called so; seats of provinces are towns at least."""
_COLUMNS = 19


def to_geonames(carried: Iterable[Carried]) -> str:
    """Write rows of a dump. A place without a position has no row: the format cannot say so."""
    lines = []
    for one in carried:
        record = one.record
        if "point" not in record:
            continue
        texts = list(dict.fromkeys(name["text"].replace(",", " ") for name in record.get("names", [])))
        name = one.title.replace(",", " ")
        cells = [""] * _COLUMNS
        cells[0] = dict(one.links).get("geonames", "")
        cells[1], cells[2], cells[3] = name, ascii_form(name), ",".join(texts)
        cells[4], cells[5] = str(record["point"]["lat"]), str(record["point"]["lon"])
        cells[6], _, cells[7] = record.get("feature", "").partition(".")
        cells[14] = str(record.get("population", ""))
        lines.append("\t".join(map(_cell, cells)))
    return "\n".join(lines) + ("\n" if lines else "")


def from_geonames(text: str) -> Iterator[Parsed]:
    """Yield a place for each row of a GeoNames dump; the languages of names are guessed by their letters.

    Of places that would get the same id the later ones get their GeoNames id behind it.
    """
    taken: set[str] = set()
    for number, line in enumerate(text.replace("\r\n", "\n").split("\n"), 1):
        if not line.strip():
            continue
        cells = line.split("\t")
        if len(cells) != _COLUMNS:
            raise FormatError(f"line {number} has {len(cells)} columns, not the {_COLUMNS} of a GeoNames dump")
        feature = f"{cells[6]}.{cells[7]}" if cells[6] and cells[7] else ""
        place_id = slug(cells[2] or cells[1])
        if place_id in taken and cells[0]:
            place_id = f"{place_id}-{cells[0]}"
        taken.add(place_id)
        others = dict.fromkeys(other for other in cells[3].split(",") if other and other != cells[1])
        record: dict[str, Any] = {
            "id": place_id,
            "kind": _geonames_kind(feature, cells[14]),
            "names": [{"text": cells[1], "lang": "en"}, *({"text": other, "lang": _lang(other)} for other in others)],
        }
        if feature:
            record["feature"] = feature
        if cells[14] not in {"", "0"}:  # a dump has 0 where nobody knows
            record["population"] = _number(cells[14])
        if cells[0]:
            record |= {"links": {"geonames": cells[0]}, "source": f"GeoNames {cells[0]}"}
        yield _with_point(record, cells[4], cells[5], "1000"), []


def _geonames_kind(feature: str, population: str) -> str:
    if not feature.startswith("P."):
        return _KIND_OF_CODE.get(feature) or _KIND_OF_CLASS.get(feature[:1], "site")
    if feature == "P.PPLX":
        return "neighbourhood"
    people = int(population) if population.isdecimal() else 0
    least = "town" if feature in {"P.PPLA", "P.PPLC"} else "village"
    return next((kind for size, kind in _SIZES if people >= size), least)


def _lang(text: str) -> str:
    """Guess the language of an alternate name: Latin letters alone do not tell it."""
    guessed = guess_lang(text)
    return "und-Latn" if guessed == "en" else guessed
