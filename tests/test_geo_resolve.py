"""Which place a name means: evidence in words, none where nothing decides, the same whichever side is named."""

from __future__ import annotations

import pytest

from fictional import region
from gazetteer import Gazetteer, MatchRules, Parent, Place, Point, Toponym
from geo.model import Report
from geo.pipeline import analyse


def _town(place_id, lat, lon, *, parent, name="Holm", kind="town", **more):
    return Place(place_id, kind, (Toponym(name),), point=Point(lat, lon, 500.0), parents=(Parent(parent),), **more)


PLACES = Gazetteer([
    *region(),
    _town("holm-north", 50.1, 10.3, parent="norland"),
    _town("holm-south", 47.6, 10.1, parent="sudmark"),
    _town("needy", 47.7, 10.4, parent="sudmark", name="Needy", kind="village", match=MatchRules(needs_context=True, context=("salt mine",))),
    _town("ember", 50.0, 10.0, parent="norland", name="Ember"),
    _town("old-ember", 47.7, 10.0, parent="sudmark", name="Ember", kind="village"),
    Place("far", "country", (Toponym("Farland"),), point=Point(-20.0, 130.0, 1_000_000.0)),
    Place("two-names", "town", (Toponym("Estrel"), Toponym("Ostrel")), point=Point(49.0, 12.0, 500.0)),
    _town("other-ostrel", 50.9, 9.0, parent="norland", name="Ostrel"),
])  # fmt: skip


def answers(text):
    _, found, _ = analyse(Report("a.txt", text), PLACES)
    return {(r.mention.text, r.mention.start): r for r in found}


def place_of(text, name):
    return next(r for (mention, _), r in answers(text).items() if mention == name).place_id


@pytest.mark.parametrize(
    ("text", "name", "place"),
    [
        ("Shells hit Holm.", "Holm", None),
        ("Shells hit Holm and Vellin.", "Holm", "holm-north"),
        ("Shells hit Holm and Castra.", "Holm", "holm-south"),
        ("Shells hit Holm in Norland.", "Holm", "holm-north"),
        ("Sudmark's town of Holm was hit.", "Holm", "holm-south"),
        ("Needy was hit.", "Needy", None),
        ("Men from the salt mine at Needy left.", "Needy", "needy"),
        ("Fire in the village of Ember.", "Ember", "old-ember"),
        ("Fire in the town of Ember.", "Ember", "ember"),
        ("Dorn district was searched.", "Dorn district", "dorn-district"),
        ("Estrel, or Ostrel, was hit.", "Ostrel", "two-names"),
        ("Shells hit Tessel, Farland.", "Tessel", None),
        ("Shells hit Tessel, Farland and Norland said.", "Tessel", "tessel"),
    ],
)
def test_what_stands_around_a_name_decides(text, name, place):
    assert place_of(text, name) == place


def test_a_name_is_taken_as_it_was_before():
    text = "Shells hit Holm and Castra. " + "Nothing else was heard that week. " * 3 + "On Friday Holm was quiet."
    assert {r.place_id for (name, _), r in answers(text).items() if name == "Holm"} == {"holm-south"}


def test_no_answer_names_the_rivals_and_says_so():
    resolution = next(iter(answers("Shells hit Holm.").values()))
    assert resolution.reason == "Holm may be Holm (holm-north) and Holm (holm-south): nothing in the report decides"
    assert [c.place_id for c in resolution.candidates] == ["holm-north", "holm-south"]


def test_reasons_show_the_evidence_and_confidence_grows_with_it():
    weak = answers("Shells hit Holm. Norland replied.")
    strong = answers("Shells hit Holm and Vellin in Norland. Norland replied.")
    one, other = (next(r for (n, _), r in found.items() if n == "Holm") for found in (weak, strong))
    assert "near Vellin" in other.reason
    assert "Norland, which holds it, is named in the sentence" in other.reason
    assert one.confidence < other.confidence <= 1


def test_the_order_of_the_two_countries_changes_nothing():
    for one, other in (("Norland", "Sudmark"), ("Sudmark", "Norland")):
        places = region(one, other)
        _, found, _ = analyse(Report("a.txt", f"Shells hit Brask and Tessel, {one} said."), places)
        assert [r.place_id for r in found if r.mention.text == "Brask"] == ["brask"]


def test_an_empty_text_has_no_answers():
    assert answers("") == {}


def test_an_entry_that_is_called_so_goes_before_one_of_a_derived_spelling():
    derived = Toponym("Velm", "en", "transliteration")
    places = Gazetteer([
        *region(),
        _town("velm", 50.1, 10.3, parent="norland", name="Velm"),
        Place("welm", "town", (Toponym("Welm"), derived), point=Point(47.6, 10.1, 500.0), parents=(Parent("sudmark"),)),
    ])  # fmt: skip
    _, found, _ = analyse(Report("a.txt", "Shells hit Velm."), places)
    assert found[0].place_id == "velm"
    assert any("derived" in word for c in found[0].candidates for word in c.evidence)


def _district(place_id, name, lat, lon, *, parent):
    names = tuple(Toponym(f"{name} {kind}") for kind in ("district", "region"))
    return Place(place_id, "district", names, point=Point(lat, lon, 20_000.0), parents=(Parent(parent),))


DISTRICTS = Gazetteer([
    *region(),
    _district("vell-district", "Vell", 50.2, 10.2, parent="norland"),
    _district("karn-district", "Karn", 50.2, 11.2, parent="norland"),
    _town("ahm-vell", 50.1, 10.3, parent="vell-district", name="Ahm", kind="village"),
    _town("ahm-karn", 50.3, 11.1, parent="karn-district", name="Ahm", kind="village"),
    _town("torv", 50.25, 11.3, parent="karn-district", name="Torv", kind="village"),
    _town("lund", 50.15, 10.25, parent="vell-district", name="Lund", kind="village"),
])  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Shells hit the Ahm village of the Vell district.", ["ahm-vell"]),
        ("Shells hit the Ahm settlement of Karn region.", ["ahm-karn"]),
        ("Shells hit the Ahm and Torv villages of the Karn district.", ["ahm-karn"]),
        ("Shells hit the Vell district's border village of Ahm.", ["ahm-vell"]),
        ("Ahm was shelled. It was the Ahm village of Karn district, near Lund and Vell district.", ["ahm-karn", "ahm-karn"]),
        ("Fire was seen near Ahm and in the Karn district.", [None]),
    ],
)  # fmt: skip
def test_a_village_lies_in_the_district_that_the_text_puts_it_in(text, expected):
    _, found, _ = analyse(Report("a.txt", text), DISTRICTS)
    assert [r.place_id for r in found if r.mention.text.startswith("Ahm")] == expected


def test_a_village_is_not_taken_for_its_namesake_far_from_the_district_that_the_text_puts_it_in():
    text = "Torv was shelled at night. People of the Torv village of Vell district fled; Torv is empty."
    _, found, _ = analyse(Report("a.txt", text), DISTRICTS)
    assert {(r.place_id, r.reason) for r in found if r.mention.text.startswith("Torv")} == {
        (None, "the text puts it in Vell district, where no entry has this name")
    }


def test_a_street_is_not_the_town_that_it_is_called_after():
    _, found, _ = analyse(Report("a.txt", "Crowds blocked Vellin Avenue and marched down Tessel Street."), DISTRICTS)
    assert found == ()
