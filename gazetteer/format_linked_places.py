"""Linked Places Format 1.3: JSON-LD that is GeoJSON too (https://github.com/LinkedPasts/linked-places-format).

What the format has a place for stands there (names, when, types, geometry, relations, links, descriptions); what only
we say (users of a name, match rules, tests, review) stands under keys of ours beside it, which other readers pass over.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from gazetteer.drafting import guess_lang
from gazetteer.ids import is_slug, slug
from gazetteer.model import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from gazetteer.carried import Carried

CONTEXT = "https://raw.githubusercontent.com/LinkedPasts/linked-places/master/linkedplaces-context-v1.3.jsonld"
_URN = "urn:x-conflict-mapper:place:"
_ALIASES = {"geonames": "gn", "wikidata": "wd", "pleiades": "pl", "tgn": "tgn", "wikipedia": "wp", "dbpedia": "dbp", "viaf": "viaf", "gnd": "gnd"}  # fmt: skip
_KEYS = {alias: key for key, alias in _ALIASES.items()}
_SITES = {"geonames.org/": "geonames", "wikidata.org/wiki/": "wikidata", "wikidata.org/entity/": "wikidata"}
_KIND_OF_CLASS = {"A": "district", "H": "river", "L": "area", "P": "village", "R": "road", "S": "site", "T": "mountain"}
_OURS = ("kind", "feature", "status", "review", "source", "superseded_by", "population", "demonyms", "capital_of", "seat_of", "match", "tests")  # fmt: skip


_DATED = ("file", "shape", "label", "asserted_by", "precision_m")


def _picked(table: dict[str, Any], keys: tuple[str, ...]) -> dict[str, Any]:
    return {key: table[key] for key in keys if key in table}


def link_id(key: str, value: str) -> str:
    """Write an identifier with the prefix that the World Historical Gazetteer knows.

    >>> link_id("wikidata", "Q9248"), link_id("osm", "node/1")
    ('wd:Q9248', 'osm:node/1')
    """
    return f"{_ALIASES.get(key, key)}:{value}"


def read_link(identifier: str) -> tuple[str, str] | None:
    """Read an identifier with a prefix or as an address; None where nothing is known of it.

    >>> read_link("wd:Q9248"), read_link("http://www.geonames.org/2657780/"), read_link("https://example.org/1")
    (('wikidata', 'Q9248'), ('geonames', '2657780'), None)
    """
    for site, key in _SITES.items():
        if site in identifier:
            return key, identifier.partition(site)[2].partition("/")[0]
    prefix, sign, value = identifier.partition(":")
    return (_KEYS.get(prefix, prefix), value) if sign and value and not value.startswith("//") else None


# ------------------------------------------------------------------------------------------------------------- writing


def to_linked_places(carried: Iterable[Carried]) -> str:
    """Write places as a Linked Places document."""
    features = [_feature(one) for one in carried]
    document = {"type": "FeatureCollection", "@context": CONTEXT, "features": features}
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _feature(one: Carried) -> dict[str, Any]:
    record = one.record
    names = record.get("names", [])
    made: dict[str, Any] = {
        "@id": _URN + record["id"],
        "type": "Feature",
        "properties": {
            "title": one.title,
            "fclasses": [record["feature"][0]] if "feature" in record else [],
            "conflict_mapper": _picked(record, _OURS),
        },
        **_when(record),
        "names": [_name(name) for name in names],
        "types": [{"label": record["kind"], **({"sourceLabel": record["feature"]} if "feature" in record else {})}],
        "geometry": _geometry(one),
        "relations": [_relation(parent) for parent in record.get("parents", [])],
        "links": [
            {"type": "closeMatch", "identifier": link_id(key, item)}
            for key, value in record.get("links", {}).items()
            for item in (value if isinstance(value, list) else [value])
        ],
    }
    if "note" in record:
        made["descriptions"] = [{"value": record["note"], "lang": "en"}]
    return made


def _when(record: dict[str, Any]) -> dict[str, Any]:
    span = {end: {"in": record[key]} for end, key in (("start", "from"), ("end", "to")) if key in record}
    return {"when": {"timespans": [span]}} if span else {}


def _cited(record: dict[str, Any]) -> dict[str, Any]:
    return {"citations": [{"label": record["source"]}]} if "source" in record else {}


def _name(name: dict[str, Any]) -> dict[str, Any]:
    ours = _picked(name, ("kind", "used_by"))
    return {"toponym": name["text"], "lang": name["lang"], **_cited(name), **_when(name), **ours}


def _relation(parent: dict[str, Any]) -> dict[str, Any]:
    ours = _picked(parent, ("basis", "asserted_by"))
    return {"relationType": "gvp:broaderPartitive", "relationTo": _URN + parent["id"], **_when(parent), **ours}


def _geometry(one: Carried) -> dict[str, Any] | None:
    parts: list[dict[str, Any]] = []
    if "point" in one.record:
        point = one.record["point"]
        at = {"type": "Point", "coordinates": [point["lon"], point["lat"]]}
        parts.append(at | _cited(point) | {"precision_m": point["precision_m"]})
    for dated, shape in zip(one.record.get("geometry", []), one.shapes, strict=True):
        ours = _picked(dated, _DATED)
        parts.append(shape | _cited(dated) | _when(dated) | ours)
    return {"type": "GeometryCollection", "geometries": parts} if parts else None


# ------------------------------------------------------------------------------------------------------------- reading


def from_linked_places(text: str) -> Iterator[tuple[dict[str, Any], list[dict[str, Any]]]]:
    """Yield the record and the shapes of each feature of a Linked Places document, ours or anybody's."""
    document = json.loads(text)
    for feature in [document] if document.get("type") == "Feature" else document["features"]:
        yield _read_feature(feature)


def _read_feature(feature: dict[str, Any]) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    properties = feature.get("properties") or {}
    ours = properties.get("conflict_mapper") or {}
    title = str(properties.get("title", ""))
    tail = str(feature.get("@id", "")).rstrip("/#").replace("#", "/").replace(":", "/").rpartition("/")[2]
    record: dict[str, Any] = {"id": tail if is_slug(tail) else slug(title or tail), "kind": _kind(feature, properties)}
    record |= _picked(ours, _OURS) | _period(feature)
    record["names"] = [_read_name(name) for name in feature.get("names") or [{"toponym": title}]]
    record["parents"] = [
        {"id": slug(str(relation["relationTo"]).rstrip("/").replace(":", "/").rpartition("/")[2])}
        | _picked(relation, ("basis", "asserted_by"))
        | _period(relation)
        for relation in feature.get("relations") or []
        if relation.get("relationType") == "gvp:broaderPartitive"
    ]
    links: dict[str, list[str]] = {}
    for link in feature.get("links") or []:
        if (found := read_link(str(link.get("identifier", "")))) is not None:
            links.setdefault(found[0], []).append(found[1])
    record["links"] = {key: values[0] if len(values) == 1 else values for key, values in links.items()}
    described = feature.get("descriptions") or []
    if described and described[0].get("value"):
        record["note"] = described[0]["value"]
    shapes = _read_geometry(feature.get("geometry"), record)
    return record, shapes


def _kind(feature: dict[str, Any], properties: dict[str, Any]) -> str:
    for kind in feature.get("types") or []:
        label = str(kind.get("label", "")).lower().replace(" ", "_")
        if label in KINDS:
            return label
    classes = properties.get("fclasses") or ["S"]
    return _KIND_OF_CLASS.get(classes[0], "site")


def _read_name(name: dict[str, Any]) -> dict[str, Any]:
    text = str(name.get("toponym", ""))
    ours = _picked(name, ("kind", "used_by"))
    return {"text": text, "lang": name.get("lang") or guess_lang(text), **ours, **_source(name), **_period(name)}


def _source(part: dict[str, Any]) -> dict[str, str]:
    cited = part.get("citations") or ([part["citation"]] if part.get("citation") else [])
    label = "; ".join(str(one["label"]) for one in cited if one.get("label")) or str(part.get("src", ""))
    return {"source": label} if label else {}


def _period(part: dict[str, Any]) -> dict[str, str]:
    spans = (part.get("when") or {}).get("timespans") or [{}]
    found = {}
    for end, key in (("start", "from"), ("end", "to")):
        bound = spans[0].get(end) or {}
        # a bound may be a range of its own: the earliest begin and the latest end are kept
        value = bound.get("in") or bound.get("earliest" if end == "start" else "latest")
        if value:
            found[key] = str(value)
    return found


def _read_geometry(geometry: dict[str, Any] | None, record: dict[str, Any]) -> list[dict[str, Any]]:
    parts = (geometry or {}).get("geometries") or ([geometry] if geometry and geometry.get("coordinates") else [])
    shapes: list[dict[str, Any]] = []
    for part in parts:
        if part["type"] == "Point" and "point" not in record:
            lon, lat = part["coordinates"][:2]
            record["point"] = {"lat": lat, "lon": lon, "precision_m": part.get("precision_m", 1000), **_source(part)}
        elif part["type"] != "Point":
            shape = "line" if "Line" in part["type"] else "area"
            name = f"{record['id']}.{shape}{len(shapes) + 1 if shapes else ''}.geojson"
            said = _picked(part, _DATED)
            dated = {"file": name, "shape": shape} | said | _source(part) | _period(part)
            record.setdefault("geometry", []).append(dated)
            shapes.append({"type": part["type"], "coordinates": part["coordinates"]})
    return shapes
