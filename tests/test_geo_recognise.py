"""Names in text: exact offsets, longest match, word boundaries, spellings; what only looks like a place is none."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fictional import region
from gazetteer import Gazetteer, MatchRules, Place, Point, Toponym
from geo.recognise import GazetteerRecogniser
from geo.unknown import unknown_names

PLACES = Gazetteer([
    *region(),
    Place("upper-dell", "village", (Toponym("Upper Dell"), Toponym("O'Dell"))),
    Place("dell", "village", (Toponym("Dell"),), match=MatchRules(never=("Dell Computers", "DL$"))),
    Place("dell-district", "district", (Toponym("Dell District"),)),
    Place("dl", "village", (Toponym("DL"),)),
    Place("brask-fortress", "fortress", (Toponym("Brask Fortress"),)),
])  # fmt: skip
FIND = GazetteerRecogniser(
    PLACES, {"Highvale Guard": ("highvale-guard",), "Ora Orrin": ("ora-orrin",)}, frozenset({"ora-orrin"})
)


def texts(text: str) -> list[str]:
    return [m.text for m in FIND(text)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("In Orrin, rain.", ["Orrin"]),
        ("Orrin’s mayor and Orrin's school", ["Orrin", "Orrin"]),
        ("ORRIN UNDER FIRE", ["ORRIN"]),
        ("Orrinsky went home; Torrin too", []),
        ("the Orrin-Tessel road", ["Orrin", "Tessel"]),
        ("the Orrin–Tessel road", ["Orrin", "Tessel"]),
        ("Upper Dell and Dell", ["Upper Dell", "Dell"]),
        ("O’Dell fell", ["O’Dell"]),
        ("Dell Computers opened a shop", []),
        ("It cost DL$5, but DL is a village", ["DL"]),
        ("orrin in small letters", []),
        ("Orrin Petrov, a driver, and Mr Orrin", []),
        ("Orrin FC won; Orrin University closed", []),
        ("", []),
    ],
)
def test_names_are_found_as_they_stand(text, wanted):
    assert texts(text) == wanted
    assert all(text[m.start : m.end] == m.text for m in FIND(text))


@pytest.mark.parametrize(
    ("text", "kind_word", "candidates"),
    [
        ("the village of Tessel", "village", ("tessel",)),
        ("Dorn district", "", ("dorn-district",)),
        ("the Dell district", "district", ("dell-district",)),
        ("the Brask fortress", "fortress", ("brask-fortress",)),
        ("the Tessel heights", "height", ("tessel",)),
    ],
)
def test_the_word_that_says_what_it_is_goes_with_the_name(text, kind_word, candidates):
    (mention,) = FIND(text)
    assert (mention.kind_word, mention.candidates) == (kind_word, candidates)


def test_a_list_shares_its_kind_word_and_asks_for_districts_of_that_name():
    found = FIND("Fighting spread to the Dell, Dorn and Tessel districts.")
    assert [m.kind_word for m in found] == ["district"] * 3
    assert found[0].candidates == ("dell-district", "dell")
    assert found[1].candidates[0] == "dorn-district"
    assert found[2].candidates == ("tessel",)


def test_a_name_inside_an_organisations_name_is_part_of_it_and_none_inside_a_persons():
    found = FIND.recognise("The Highvale Guard met Ora Orrin in Norland.")
    assert [(m.text, m.inside) for m in found.mentions] == [("Highvale", "Highvale Guard"), ("Norland", "")]
    assert [spot.ids for spot in found.actors] == [("highvale-guard",), ("ora-orrin",)]


def test_demonyms_are_kept_apart_from_places():
    found = FIND.recognise("Norlandish troops and Highvalers")
    assert found.mentions == ()
    assert [(spot.text, spot.ids) for spot in found.demonyms] == [
        ("Norlandish", ("norland",)),
        ("Highvalers", ("highvale",)),
    ]


def test_names_that_the_text_marks_as_places_are_told():
    text = "They fled the village of Ulmen and Ost district near Wray; villages Alm, Berg and Tessel fell."
    known = [(m.start, m.end) for m in FIND(text)]
    assert [u.text for u in unknown_names(text, known)] == ["Ulmen", "Ost", "Wray", "Alm", "Berg"]
    assert unknown_names("near Monday, north of The", []) == ()


@given(
    st.lists(
        st.sampled_from(
            [
                "Orrin",
                "Upper Dell",
                "Dell",
                "and",
                "district",
                "’s",
                "'",
                "-",
                "–",
                "the",
                "of",
                "\n",
                "(",
                "İ",
                "US$",
                "DL$",
            ]
        )
    )
)
@settings(deadline=None, max_examples=200)
def test_offsets_are_exact_and_mentions_never_overlap(parts):
    text = " ".join(parts)
    found = FIND(text)
    assert all(text[m.start : m.end] == m.text for m in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


def test_a_people_is_no_village_that_is_spelt_so_without_its_marks() -> None:
    places = Gazetteer(
        [
            Place("vornland", "country", (Toponym("Vornland"),), point=Point(50.0, 10.0, 500), demonyms=("Vornen",)),
            Place("vornen", "village", (Toponym("Vornən"),), point=Point(40.0, 47.0, 500)),
        ]
    )
    found = GazetteerRecogniser(places, {}, frozenset(), "en").recognise("Vornen fighters left Vornən.")
    assert [mention.text for mention in found.mentions] == ["Vornən"]
    assert [spot.text for spot in found.demonyms] == ["Vornen"]
