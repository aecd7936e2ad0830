"""The world about the conflict: countries, capitals, cities, regions and seats of government."""

import pytest

import gazetteer
import geo
from gazetteer.index import distance_m
from gazetteer.model import POLITIES


@pytest.fixture(scope="module")
def places():
    return gazetteer.load()


@pytest.fixture(scope="module")
def world(places):
    return [place for place in places if place.file.parent.name == "world"]


@pytest.fixture(scope="module")
def states(world):
    return [place for place in world if place.kind == "country" and place.feature == "A.PCLI"]


def test_every_country_is_there_with_a_point_of_its_size(states):
    assert len(states) >= 195
    assert all(place.point and place.point.precision_m >= 10_000 for place in states)


def test_a_country_is_never_drawn_at_its_capital(places, states):
    for country in states:
        capital = places.capital_of(country.id)
        if capital is not None and country.point.precision_m > 150_000:
            apart = distance_m(country.point.lat, country.point.lon, capital.point.lat, capital.point.lon)
            assert apart > 15_000, country.id


def test_countries_have_capitals_and_people(places, states):
    without_capital = {place.id for place in states if places.capital_of(place.id) is None}
    assert without_capital <= {
        "bolivia", "djibouti", "equatorial-guinea", "hong-kong", "israel", "kiribati", "macau", "micronesia", "monaco",
        "nauru", "palau", "palestine", "san-marino", "singapore", "tuvalu", "vatican-city",
    }  # fmt: skip
    without_people = {place.id for place in states if not place.demonyms}
    assert without_people <= {"dominica", "macau", "vanuatu", "vatican-city"}


@pytest.mark.parametrize(
    ("word", "place_id"),
    [
        ("Azerbaijani", "azerbaijan"), ("Azeris", "azerbaijan"), ("Armenians", "armenia"), ("French", "france"),
        ("Ukrainians", "ukraine"), ("Palestinian", "palestine"), ("Turks", "turkey"), ("Soviet", "soviet-union"),
    ],
)  # fmt: skip
def test_words_for_people_name_their_polity(places, word, place_id):
    assert places.demonyms()[word] == (place_id,)


@pytest.mark.parametrize(
    ("name", "place_id"),
    [
        ("US", "united-states"), ("U.S.", "united-states"), ("USA", "united-states"), ("UK", "united-kingdom"),
        ("UAE", "united-arab-emirates"), ("DRC", "democratic-republic-of-the-congo"), ("EU", "european-union"),
        ("Türkiye", "turkey"), ("Turkey", "turkey"), ("USSR", "soviet-union"), ("Kiev", "kyiv"), ("Rossiya", "russia"),
        ("Россия", "russia"), ("Ադրբեջան", "azerbaijan"), ("Ermənistan", "armenia"), ("Gaza City", "gaza-city"),
        ("Gaza", "gaza-strip"), ("Khan Yunis", "khan-younis"), ("El-Fasher", "el-fasher"), ("Crimea", "crimea"),
        ("South Caucasus", "south-caucasus"), ("Kremlin", "kremlin"), ("Sokhumi", "sokhumi"),
    ],
)  # fmt: skip
def test_names_that_news_uses_are_found(places, name, place_id):
    assert place_id in [place.id for place in places.named(name)]


@pytest.mark.parametrize(
    ("seat", "polity"),
    [
        ("kremlin", "russia"), ("white-house", "united-states"), ("pentagon", "united-states"),
        ("downing-street", "united-kingdom"), ("brussels", "european-union"), ("jerusalem", "israel"),
        ("ramallah", "palestine"),
    ],
)  # fmt: skip
def test_seats_stand_for_their_government(places, seat, polity):
    assert polity in places[seat].seat_of
    assert places[polity].kind in POLITIES


def test_unions_of_the_past_have_their_days(places):
    union = places["soviet-union"]
    assert (union.since, union.until, union.status) == ("1922-12-30", "1991-12-26", "historical")


def test_georgia_and_georgia_know_of_each_other(places):
    assert "georgia-us" in places["georgia"].match.ambiguous_with
    assert "georgia" in places["georgia-us"].match.ambiguous_with
    assert places["georgia-us"].match.needs_context
    assert not places["georgia"].match.needs_context


def test_names_of_the_parties_are_given_in_the_same_languages(places):
    def languages(place_id):
        return {name.lang for name in places[place_id].names}

    assert languages("armenia") == languages("azerbaijan")


def test_entries_name_their_source_and_links(world):
    for place in world:
        assert place.source, place.id
        if place.source.startswith("GeoNames "):
            assert ("geonames", place.source.removeprefix("GeoNames ")) in place.links, place.id


def test_the_sentences_of_lines_base_and_world_resolve_as_they_say(places):
    wrong = []
    for place in places:
        if place.file.parent.name not in {"lines", "base", "world"}:
            continue
        for test in place.tests:
            found = geo.extract(geo.Report(name="sentence.txt", text=test.text), places)
            meant = any(
                resolution.place_id == place.id and test.mention in resolution.mention.text
                for _, resolution in found.resolutions
            )
            if meant is not test.resolves:
                wrong.append(f"{place.id}: {test.text}")
    assert wrong == []
