"""The gazetteer behind geopy's calls."""

from __future__ import annotations

import pytest
from geopandas.tools import geocode, reverse_geocode
from geopy.geocoders.base import Geocoder
from geopy.location import Location
from geopy.point import Point as GeopyPoint

import gazetteer
from fictional import region
from gazetteer.geocoder import CuratedGeocoder


@pytest.fixture(scope="module")
def geocoder():
    return CuratedGeocoder(region())


def test_is_a_geopy_geocoder(geocoder):
    assert isinstance(geocoder, Geocoder)
    found = geocoder.geocode("orrin")
    assert isinstance(found, Location)
    assert (found.latitude, found.longitude, found.address) == (49.05, 10.05, "Orrin")
    assert found.raw["id"] == "orrin"


def test_nothing_found_is_none(geocoder):
    assert geocoder.geocode("Nowhere") is None
    assert geocoder.geocode("Nowhere", exactly_one=False) is None
    assert geocoder.geocode("") is None
    assert geocoder.reverse((0, 0)) is None


def test_namesakes(geocoder):
    assert [found.raw["id"] for found in geocoder.geocode("Brask", exactly_one=False)] == ["brask", "brask-south"]
    assert [found.raw["id"] for found in geocoder.geocode("Brask, Highvale", exactly_one=False)] == ["brask"]
    assert geocoder.geocode("Brask, Norland") is None


@pytest.mark.parametrize("query", [(49.1, 10.1), "49.1, 10.1", GeopyPoint(49.1, 10.1)])
def test_reverse_takes_what_geopy_takes(geocoder, query):
    assert geocoder.reverse(query).raw["id"] == "tessel"
    assert next(found.raw["id"] for found in geocoder.reverse(query, exactly_one=False)) == "tessel"


def test_fuzzy_only_when_asked():
    assert CuratedGeocoder(region()).geocode("Tesssel") is None
    assert CuratedGeocoder(region(), fuzzy=True).geocode("Tesssel").raw["id"] == "tessel"


def test_works_with_geopandas():
    frame = geocode(["Orrin", "Nowhere"], provider=CuratedGeocoder, places=region())
    assert list(frame.address.isna()) == [False, True]
    assert (frame.geometry[0].x, frame.geometry[0].y) == (10.05, 49.05)
    back = reverse_geocode([frame.geometry[0]], provider=CuratedGeocoder, places=region())
    assert list(back.address) == ["Orrin"]


def test_over_our_own_entries():
    ours = CuratedGeocoder()
    assert len(ours.places) == len(gazetteer.load())
    for spelling in (
        "Khankendi",
        "Khankandi",
        "Xankendi",
        "Hankendi",
        "Khankendy",
        "Xankəndi",
        "Ստեփանակերտ",
        "Степанакерт",
    ):
        assert ours.geocode(spelling).raw["id"] == "stepanakert"
