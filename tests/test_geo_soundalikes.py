"""A spelling by ear is taken for an entry only where the text marks a place, one entry sounds so, and it lies nearby."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazetteer.index import Gazetteer
from gazetteer.model import Place, Point, Toponym
from gazetteer.sounds import sound
from geo.model import Report
from geo.pipeline import extract
from geo.recognise import GazetteerRecogniser
from geo.soundalikes import with_soundalikes


def village(place_id: str, name: str, lat: float, lon: float, lang: str = "az-Latn") -> Place:
    return Place(place_id, "village", (Toponym(name, lang),), point=Point(lat, lon, 500))


PLACES = Gazetteer(
    [
        village("orrin", "Orrin", 40.0, 46.0, "en"),
        village("wells", "Wells", 40.1, 46.1, "en"),
        village("ballija", "Ballıca", 40.1, 46.0),
        village("khirmanli", "Xırmanlı", 40.2, 46.2),
        village("hirmanly", "Hırmanlı", 40.2, 46.3),
        village("arpaduzu", "Arpadüzü", 30.0, 30.0),
        Place("norland", "country", (Toponym("Norland"),), point=Point(40.0, 46.0, 50_000)),
    ]
)


def added(text: str) -> list[tuple[str, tuple[str, ...]]]:
    found = with_soundalikes(text, GazetteerRecogniser(PLACES).recognise(text), PLACES)
    return [(m.text, m.candidates) for m in found.mentions if m.sounds_like]


@pytest.mark.parametrize(
    "text",
    [
        "Shells fell on Orrin and near Ballydja.",
        "Shells fell on Orrin, Ballydja and Wells.",
        "Orrin lies by the village of Balydja’s mill.",
    ],
)
def test_a_marked_name_that_sounds_like_one_entry_nearby_is_that_entry(text):
    assert [ids for _, ids in added(text)] == [("ballija",)]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Ballydja met Orrin’s mayor.", "nothing marks it as a place"),
        ("Shells fell near Ballydja.", "no other place is named"),
        ("In Norland they shelled Ballydja.", "a country is too wide to vouch for it"),
        ("Shells fell on Orrin and near Khirmanly.", "two entries sound so"),
        ("Shells fell on Orrin and near Arpadyuzu.", "the entry lies far away"),
    ],
)
def test_anything_less_is_left_unresolved(text, why):
    assert not added(text), why


def test_the_reason_says_what_the_spelling_was_taken_for():
    read = extract(Report("r.txt", "Soldiers shelled Orrin and the village of Ballydja on Monday."), PLACES)
    (resolution,) = (r for _, r in read.resolutions if r.mention.sounds_like)
    assert resolution.place_id == "ballija"
    assert 'it sounds like "Ballıca" alone' in resolution.reason
    assert resolution.confidence < 1


def test_what_was_taken_for_an_entry_is_not_listed_as_unresolved():
    read = extract(Report("r.txt", "Soldiers shelled Orrin, the village of Ballydja and the village of Dolna."), PLACES)
    assert [row.text for row in read.unresolved] == ["Dolna"]


@given(st.text(max_size=30))
def test_a_key_is_small_plain_letters(name):
    key = sound(name)
    assert key == key.lower()
    assert not key or key.isalpha()
