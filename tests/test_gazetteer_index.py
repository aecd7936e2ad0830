"""The gazetteer as it is asked."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import pytest
from geopy.distance import geodesic
from hypothesis import given
from hypothesis import strategies as st

import gazetteer
from fictional import region
from gazetteer import Gazetteer, Parent, Place, Point, Toponym, UnknownPlaceError
from gazetteer.index import distance_m


def test_as_a_mapping():
    places = region()
    assert places["orrin"].name == "Orrin"
    assert places.get("nowhere") is None
    assert places.get(None) is None
    assert "orrin" in places
    assert [place.id for place in places] == sorted(places.ids())
    assert len(places) == len(places.ids())


def test_an_unknown_id_names_the_nearest():
    with pytest.raises(UnknownPlaceError, match=r'no place has the id "orin"\. Did you mean "orrin"'):
        region()["orin"]
    with pytest.raises(KeyError):
        region()["zzzzzz"]


def test_named_gives_all_namesakes():
    assert {place.id for place in region().named("BRASK")} == {"brask", "brask-south"}
    assert region().named("nowhere") == ()
    assert region().named("") == ()


def test_spellings_hold_no_demonyms():
    places = region()
    assert set(places.demonyms()["Norlander"]) == {"norland"}
    assert "Norlander" not in places.spellings()
    with pytest.raises(TypeError):
        places.spellings()["Norlander"] = ("norland",)  # type: ignore[index]


def test_what_lies_in_what():
    places = region()
    assert places.ancestors("tessel") == ("highvale", "sudmark")
    assert places.within("tessel", "sudmark")
    assert not places.within("tessel", "norland")
    assert places.within("tessel", "tessel")
    assert {place.id for place in places.children("highvale")} == {"brask", "orrin", "tessel"}
    assert places.country_of("tessel") == ("sudmark",)
    assert places.country_of("norland") == ("norland",)
    assert places.capital_of("norland").id == "vellin"
    assert places.capital_of("tessel") is None
    assert places.ancestors("nowhere") == places.children("nowhere") == places.country_of("nowhere") == ()


def test_de_facto_and_past_parents_make_no_country():
    parents = (Parent("norland", "de_facto"), Parent("sudmark", until="1991"))
    places = Gazetteer([*region(), Place("isle", "area", (Toponym("Isle"),), parents=parents)])
    assert places.country_of("isle") == ()
    assert set(places.ancestors("isle")) == {"norland", "sudmark"}


def test_a_cycle_of_parents_ends():
    one = Place("one", "area", (Toponym("One"),), parents=(Parent("two"),))
    two = Place("two", "area", (Toponym("Two"),), parents=(Parent("one"),))
    places = Gazetteer([one, two])
    assert places.ancestors("one") == ("two",)
    assert places.country_of("one") == ()


def test_near_is_sorted_and_bounded():
    found = region().near(49.1, 10.1, 8_000)
    assert [place.id for place, _ in found] == ["tessel", "orrin", "brask"]
    assert found[0][1] == 0
    assert all(metres <= 8_000 for _, metres in found)
    assert region().near(0, 0, 1) == ()


LAT, LON = st.floats(-89, 89), st.floats(-180, 180)


@given(LAT, LON, LAT, LON)
def test_distance_is_as_good_as_it_says(lat, lon, other_lat, other_lon):
    exact = geodesic((lat, lon), (other_lat, other_lon)).m
    assert distance_m(lat, lon, other_lat, other_lon) == pytest.approx(exact, rel=0.0057, abs=0.5)


def test_near_misses_nothing_that_is_near_across_the_date_line():
    places = Gazetteer([Place("far-east", "town", (Toponym("East"),), point=Point(65, 179.99, 10))])
    assert [place.id for place, _ in places.near(65, -179.99, 2_000)] == ["far-east"]


def test_swapping_the_two_countries_swaps_the_answers():
    places, swapped = region(), region("Sudmark", "Norland")
    other = {"norland": "sudmark", "sudmark": "norland"}
    for place in places:
        mirrored = other.get(place.id, place.id)
        assert [other.get(i, i) for i in places.country_of(place.id)] == list(swapped.country_of(mirrored))


def test_a_gazetteer_is_unchanged_by_what_made_it():
    made = list(region())
    places = Gazetteer(made)
    made.clear()
    assert len(places) == len(region())
    assert replace(places["orrin"], id="x").id == "x"


def test_the_public_surface():
    public = {name for name in gazetteer.__all__ if not name.startswith("_")}
    assert public == set(gazetteer.__all__)
    assert all(hasattr(gazetteer, name) for name in public)


def test_nothing_heavy_is_imported():
    heavy = "shapely geopandas pandas numpy folium geopy rapidfuzz requests rich"
    code = f"import sys, gazetteer.cli, gazetteer; gazetteer.load().spellings(); print([m for m in '{heavy}'.split() if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@given(st.lists(st.tuples(LAT, LON), max_size=8), LAT, LON, st.floats(0, 3_000_000))
def test_near_finds_what_going_through_all_finds(points, lat, lon, radius):
    places = Gazetteer(Place(f"p{n}", "town", (Toponym("P"),), point=Point(*at, 1)) for n, at in enumerate(points))
    wanted = {f"p{n}" for n, at in enumerate(points) if distance_m(lat, lon, *at) <= radius}
    assert {place.id for place, _ in places.near(lat, lon, radius)} == wanted
