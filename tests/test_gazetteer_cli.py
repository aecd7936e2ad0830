"""The commands: adding above all, also when it is stopped, done twice at once, or given nonsense."""

from __future__ import annotations

import json
import multiprocessing
import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import geopy.geocoders
import pytest
from click.testing import CliRunner
from geopy.exc import GeocoderUnavailable
from geopy.location import Location
from hypothesis import given
from hypothesis import strategies as st

import gazetteer
from gazetteer import GazetteerError, Place, Point, Toponym, drafting, suggest, writing
from gazetteer.cli import gazetteer as program
from gazetteer.finding import CURATED
from gazetteer.scaffold import suggest_command
from gazetteer.schema import parse_entry
from gazetteer.writing import save

FOLDER = Path("gazetteer-entries")
WELL = ("add", "--name", "Nowhere Well", "--kind", "village", "--lat", "39.7", "--lon", "46.9", "--source", "my map")


OURS = [
    "armenia",
    "azerbaijan",
    "baku",
    "martuni",
    "martuni-karabakh",
    "nagorno-karabakh",
    "shusha",
    "stepanakert",
    "yerevan",
]


@pytest.fixture(scope="session")
def few(tmp_path_factory) -> Path:
    """A few of our own entries: the commands read all of ours each time, which a hundred tests need not wait for."""
    folder = tmp_path_factory.mktemp("ours")
    for file in CURATED.rglob("*"):
        if file.is_file() and (file.stem in OURS or (file.suffix == ".geojson" and file.name.startswith(tuple(OURS)))):
            shutil.copy(file, folder)
    return folder


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path, monkeypatch, few):
    monkeypatch.chdir(tmp_path)
    for module in ("load", "finding", "cli"):
        monkeypatch.setattr(sys.modules[f"gazetteer.{module}"], "CURATED", few)


def run(*words: str, answers: str | None = None):
    return CliRunner().invoke(program, words, input=answers, catch_exceptions=False)


# -------------------------------------------------------------------------------------------------------------- adding


def test_add_writes_a_sound_entry_that_is_found_at_once():
    done = run(*WELL, "--parent", "azerbaijan", "--name", "az-Latn=Heçyer Quyusu")
    assert done.exit_code == 0, done.output
    assert f"Wrote {FOLDER / 'nowhere-well.toml'}" in done.output
    place = gazetteer.load(FOLDER)["nowhere-well"]
    assert (place.point.lat, place.point.lon, place.point.precision_m) == (39.7, 46.9, 1000)
    assert [(name.text, name.lang) for name in place.names] == [("Nowhere Well", "en"), ("Heçyer Quyusu", "az-Latn")]
    assert run("check").exit_code == 0
    assert "nowhere-well" in run("search", "nowhre", "well").output
    assert "nowhere-well" in run("search", "Hechyer Guyusu").output
    assert "Nowhere Well (nowhere-well), village" in run("show", "nowhere well").output


def test_add_asks_nothing_without_a_terminal():
    assert run("add").exit_code == 2
    assert "the name is missing. Give it with --name" in run("add").output
    done = run("add", "--name", "Well")
    assert done.exit_code == 2
    assert "the kind is missing. Give it with --kind" in done.output
    assert not FOLDER.exists()


def test_add_at_a_terminal_asks_for_the_rest(monkeypatch):
    monkeypatch.setattr("gazetteer.adding.Adding.asks", property(lambda self: not self.no_input))
    answers = "Nowhere Well\nhy=Ոչտեղ\n\nvilage\nvillage\n39.7 46.9\n-\nmy map\n"
    done = run("add", answers=answers)
    assert done.exit_code == 0, done.output
    assert 'There is no kind "vilage". Did you mean "village"?' in done.output
    place = gazetteer.load(FOLDER)["nowhere-well"]
    assert (place.kind, place.source, place.parents, len(place.names)) == ("village", "my map", (), 2)


def test_a_place_without_position_is_kept_and_never_drawn():
    done = run("add", "--name", "Nowhere Well", "--kind", "village")
    assert done.exit_code == 0, done.output
    assert "will be listed and not drawn" in done.output
    assert "no source given" in done.output
    assert gazetteer.load(FOLDER)["nowhere-well"].point is None


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--lat", "46.75", "--lon", "39.81"), "Write lat = 39.81 and lon = 46.75"),
        (("--lat", "39.81"), "--lon is missing. Give both, or neither"),
        (("--lat", "139.81", "--lon", "46"), "is not on earth"),
        (("--lat", "0", "--lon", "0"), "the place-holder of missing data"),
        (("--parent", "azerbajan"), 'parents[0].id names "azerbajan", which no entry has. Did you mean "azerbaijan"'),
        (("--name", "ru=Колодец"), ""),
        (("--name", "hy=Колодец"), "is in Cyrillic letters"),
        (("--lang", "azeri"), 'is not a BCP 47 language. Did you mean "az"'),
        (("--id", "My Well"), 'is not an ASCII slug. Write "my-well"'),
        (("--link", "Q12"), "is not KEY=ID. Write it as wikidata=Q9248"),
        (("--sentence", "Shells fell."), "the sentence holds none of the names"),
        (("--id", "baku"), "Is it the same? Then add the name to it with --same-as baku"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_and_nothing_written(words, told):
    done = run("add", "--name", "Nowhere Well", "--kind", "village", "--source", "x", *words)
    assert told in done.output
    assert done.exit_code == (1 if told else 0)
    assert FOLDER.exists() is (not told)


def test_force_writes_all_the_same():
    words = ("add", "--name", "Nowhere Well", "--kind", "village", "--source", "x", "--lat", "0", "--lon", "0")
    assert run(*words, "--force").exit_code == 0
    assert run("check").exit_code == 1


def test_dry_run_prints_the_entry():
    done = run(
        *WELL,
        "--dry-run",
        "--note",
        "Dry since May.",
        "--link",
        "wikidata=Q9248",
        "--sentence",
        "Shells fell on Nowhere Well.",
    )
    entry = done.output[done.output.index("id = ") :]
    place, issues = parse_entry(entry, Path("nowhere-well.toml"))
    assert issues == []
    assert (place.note, place.links, place.tests[0].mention) == (
        "Dry since May.",
        (("wikidata", "Q9248"),),
        "Nowhere Well",
    )
    assert not FOLDER.exists()


def test_an_entry_is_not_overwritten_by_accident():
    assert run(*WELL).exit_code == 0
    again = run(*WELL)
    assert again.exit_code == 1
    assert "there is already a place" in again.output
    assert run(*WELL, "--replace").exit_code == 0


def test_another_name_of_a_place_of_ours():
    done = run("add", "--same-as", "baku", "--name", "Bakuu Town", "--source", "a slip of the pen")
    assert done.exit_code == 0, done.output
    places = gazetteer.load(FOLDER)
    assert [place.id for place in places.named("Bakuu Town")] == ["baku"]
    assert len(places["baku"].names) == len(gazetteer.load()["baku"].names) + 1


def test_another_name_of_a_place_with_a_shape_takes_the_shape_along():
    line = next(place for place in gazetteer.load() if place.geometries)
    done = run("add", "--same-as", line.id, "--name", "Thingummy", "--source", "x", "--force")
    assert done.exit_code == 0, done.output
    copy = gazetteer.load(FOLDER)[line.id]
    assert copy.geometries[0].file.parent.name == FOLDER.name
    assert copy.geometries[0].read() == line.geometries[0].read()


def test_a_folder_that_cannot_be_written_to(tmp_path):
    (tmp_path / "taken").write_text("a file", "utf8")
    done = run(*WELL, "--gazetteer", "taken/deeper")
    assert done.exit_code == 1
    assert "cannot be written" in done.output


def test_a_namesake_of_ours_needs_no_change_of_ours():
    """The user says on their side that it is another place: no error, no advice to edit an installed file."""
    folder = Path("mine")
    text = 'id = "baku-hamlet"\nkind = "village"\nsource = "x"\n[[names]]\ntext = "Baku"\n[point]\nlat = 40.3777\nlon = 49.892\nprecision_m = 9\n'
    folder.mkdir()
    (folder / "baku-hamlet.toml").write_text(text, "utf8")
    assert "is called" in run("check", "mine").output
    (folder / "baku-hamlet.toml").write_text(text + '[match]\nambiguous_with = ["baku"]\n', "utf8")
    done = run("check", "mine", "--strict")
    assert done.exit_code == 0, done.output


# ------------------------------------------------------------------------------------------------- stopped, and at once


def well(precision: float = 1.0) -> Place:
    return Place("well", "village", (Toponym("Well"),), point=Point(39, 46, precision), source="x")


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_an_interrupted_add_leaves_the_old_file_whole(tmp_path, monkeypatch, step):
    save(well(), tmp_path)
    before = (tmp_path / "well.toml").read_bytes()

    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    if step == "fsync":
        monkeypatch.setattr(os, "fsync", stop)
    else:
        monkeypatch.setattr(Path, "replace", stop)
    with pytest.raises(KeyboardInterrupt):
        save(well(2.0), tmp_path, overwrite=True)
    assert (tmp_path / "well.toml").read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["well.toml"]


def test_an_interrupted_first_add_leaves_nothing(tmp_path, monkeypatch):
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "link", stop)
    with pytest.raises(KeyboardInterrupt):
        save(well(), tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_program_that_is_killed_leaves_no_entry_that_others_read(tmp_path):
    code = (
        "import os, sys; from pathlib import Path; from gazetteer import writing, Place, Toponym\n"
        "os.fsync = lambda _: os._exit(9)\n"
        "writing.save(Place('well', 'village', (Toponym('Well'),)), Path(sys.argv[1]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], cwd=Path(gazetteer.__file__).parents[1], check=False
    )
    assert done.returncode == 9
    assert len(gazetteer.load(tmp_path, curated=False)) == 0
    save(well(), tmp_path)
    assert [place.id for place in gazetteer.load(tmp_path, curated=False)] == ["well"]


def test_where_there_are_no_hard_links(tmp_path, monkeypatch):
    def refuse(*_: object) -> None:
        raise OSError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    save(well(), tmp_path)
    with pytest.raises(GazetteerError, match="is there already"):
        save(well(2.0), tmp_path)
    assert gazetteer.load(tmp_path, curated=False)["well"].point.precision_m == 1.0


def test_an_entry_that_appears_meanwhile_is_not_overwritten(tmp_path, monkeypatch):
    real = writing.entry_toml

    def slow(place: Place) -> str:
        (tmp_path / "well.toml").write_text("another program was faster", "utf8")
        return real(place)

    monkeypatch.setattr(writing, "entry_toml", slow)
    with pytest.raises(GazetteerError, match="is there already"):
        save(well(), tmp_path)
    assert (tmp_path / "well.toml").read_text("utf8") == "another program was faster"


def _add(folder: Path, number: int, same: bool, gate, results) -> None:  # noqa: FBT001
    place = well(float(number + 1)) if same else Place(f"well-{number}", "village", (Toponym("Well"),), source="x")
    gate.wait()
    try:
        save(place, folder)
        results.put(number)
    except GazetteerError:
        results.put(None)


@pytest.mark.parametrize("same", [True, False])
def test_two_adds_at_once(tmp_path, same):
    context = multiprocessing.get_context("spawn")
    gate, results = context.Barrier(2), context.Queue()
    workers = [context.Process(target=_add, args=(tmp_path, number, same, gate, results)) for number in range(2)]
    for worker in workers:
        worker.start()
    ended = [results.get(timeout=60) for _ in workers]
    for worker in workers:
        worker.join()
    places = gazetteer.load(tmp_path, curated=False)
    assert places.issues == ()
    if same:
        winner = next(number for number in ended if number is not None)
        assert sorted(ended, key=lambda number: number is None) == [winner, None]
        assert places["well"].point.precision_m == winner + 1
    else:
        assert set(ended) == {0, 1}
        assert len(places) == 2


# --------------------------------------------------------------------------------------------------------- suggestions


class FakeNominatim:
    """Answers as the service does, without it."""

    def __init__(self, *, user_agent: str) -> None:
        assert user_agent == suggest.USER_AGENT

    def geocode(self, name: str, *, exactly_one: bool) -> list[Location]:
        assert exactly_one is False
        raw = {"osm_type": "node", "osm_id": 7}
        return [Location(f"{name}, A District", (39.7, 46.9, 0), raw), Location(f"{name}, elsewhere", (10, 10, 0), raw)]


@pytest.fixture
def pauses(monkeypatch):
    slept: list[float] = []
    monkeypatch.setattr(suggest.suggest, "__kwdefaults__", {"pause": slept.append})
    return slept


def test_suggest_takes_the_position_and_says_from_where(monkeypatch, pauses):
    monkeypatch.setattr(geopy.geocoders, "get_geocoder_for_service", lambda _: FakeNominatim)
    done = run("add", "--name", "Nowhere Well", "--kind", "village", "--suggest")
    assert done.exit_code == 0, done.output
    place = gazetteer.load(FOLDER)["nowhere-well"]
    assert place.point.source == "nominatim (OpenStreetMap contributors, ODbL): node/7"
    assert (place.source, place.links, place.review) == (place.point.source, (("osm", "node/7"),), "imported")
    assert pauses == [suggest.PAUSE_S]


def test_suggest_at_a_terminal_lets_the_person_choose(monkeypatch, pauses):
    monkeypatch.setattr(geopy.geocoders, "get_geocoder_for_service", lambda _: FakeNominatim)
    monkeypatch.setattr("gazetteer.adding.Adding.asks", property(lambda _: True))
    done = run("add", "--name", "Nowhere Well", "--kind", "village", "--suggest", "--source", "x", answers="0\n\n")
    assert done.exit_code == 0, done.output
    assert "Nowhere Well, elsewhere" in done.output
    assert gazetteer.load(FOLDER)["nowhere-well"].point is None
    assert len(pauses) == 1


def test_suggest_without_network_goes_on_without(monkeypatch, pauses):
    class Unreachable(FakeNominatim):
        def geocode(self, *_: object, **__: object) -> list[Location]:
            raise GeocoderUnavailable

    monkeypatch.setattr(geopy.geocoders, "get_geocoder_for_service", lambda _: Unreachable)
    done = run("add", "--name", "Nowhere Well", "--kind", "village", "--suggest", "--source", "x")
    assert done.exit_code == 0
    assert (
        'the geocoder "nominatim" gave no answer (Unavailable). Give the position with --lat and --lon instead'
        in done.output
    )
    assert len(pauses) == 1


@pytest.mark.parametrize(
    ("service", "told"), [("nominatimm", "geopy has no geocoder"), ("googlev3", "needs more than a name")]
)
def test_a_service_that_cannot_be_used(service, told):
    done = run("add", "--name", "Nowhere Well", "--kind", "village", "--suggest", "--service", service)
    assert told in done.output


# -------------------------------------------------------------------------------------------------------- the scaffold


@given(
    st.text(st.characters(codec="utf8"), min_size=1),
    st.sampled_from([None, "village", "bridge"]),
    st.none() | st.text(min_size=1),
)
def test_a_suggested_command_is_read_by_a_shell_as_it_was_meant(name, kind, sentence):
    words = shlex.split(suggest_command(name, kind=kind, sentence=sentence))
    assert words[:3] == ["conflict-mapper", "gazetteer", "add"]
    flags = {}
    rest = words[3:]
    while rest:
        flag = rest.pop(0)
        key, sign, value = flag.partition("=")
        flags[key] = value if sign else rest.pop(0)
    assert flags["--name"] == " ".join(name.split())
    assert flags["--kind"] == (kind or "village")
    assert flags.get("--sentence") == (" ".join(sentence.split()) if sentence else None)


@pytest.mark.parametrize("name", ["Nowhere Well", "O'Well", "-well", "Колодец", "az=Quyu", 'say "Well"', "$(reboot)"])
def test_the_suggested_command_adds_the_place(name):
    words = shlex.split(suggest_command(name, source="named in a report"))[2:]
    done = run(*words)
    assert done.exit_code == 0, done.output
    places = gazetteer.load(FOLDER, curated=False)
    assert [place.source for place in places] == ["named in a report"]


# ---------------------------------------------------------------------------------------------------------- the others


def test_search_finds_every_script_and_forgives():
    for words in (["Степанакерт"], ["Ստեփանակերտ"], ["stepanakrt"], ["XANKENDI"], ["Stepan"]):
        assert "stepanakert" in run("search", *words).output.splitlines()[0]
    nothing = run("search", "qqqqzzzz")
    assert nothing.exit_code == 1
    assert "Add it: conflict-mapper gazetteer add --name qqqqzzzz --kind village" in nothing.output


def test_near():
    done = run("near", "39.8", "46.75", "--radius", "5")
    assert "stepanakert" in done.output
    assert "No place within 1 km" in run("near", "-60.0", "-120.5", "--radius", "1").output
    assert run("near", "99", "0").exit_code == 2


def test_show_in_every_form():
    shown = run("show", "baku", "--format", "toml").output
    assert parse_entry(shown, Path("baku.toml"))[1] == []
    assert json.loads(run("show", "Bakı", "--format", "json").output)[0]["id"] == "baku"
    wrong = run("show", "bakuu")
    assert wrong.exit_code == 1
    assert 'Did you mean "baku"' in wrong.output


def test_check_in_every_form(root):
    sound, bad = (str(root / "tests" / "bad_entries" / name) for name in ("sound", "swapped"))
    assert run("check", sound).exit_code == 0
    text = run("check", sound, bad)
    assert text.exit_code == 1
    assert "error: " in text.output
    assert "Write lat = 40.4 and lon = 46.2" in text.output
    issues = json.loads(run("check", sound, bad, "--format", "json").output)
    assert [(issue["code"], issue["line"]) for issue in issues] == [("swapped", 10)]
    github = run("check", sound, bad, "--format", "github").output
    assert github.startswith("::error file=")
    assert ",line=10,title=swapped::point is 46.2, 40.4" in github


def test_check_strict_fails_on_warnings(root):
    bad = str(root / "tests" / "bad_entries" / "no-position")
    (Path("mine")).mkdir()
    text = Path(bad, "newplace.toml").read_text("utf8").replace('"examplia"', '"azerbaijan"')
    Path("mine/newplace.toml").write_text(text, "utf8")
    assert run("check", "mine").exit_code == 0
    assert run("check", "mine", "--strict").exit_code == 1


@pytest.mark.parametrize("ending", [".jsonld", ".tsv", ".txt", ".geojson", ".csv"])
def test_out_and_in_again(ending):
    assert run(*WELL).exit_code == 0
    done = run("export", f"out{ending}", "--kind", "village")
    assert done.exit_code == 0, done.output
    there = run("import", f"out{ending}", "--gazetteer", "copy", "--replace")
    assert there.exit_code == 0, there.output
    assert "nowhere-well" in gazetteer.load("copy", curated=False)
    passed = run("import", f"out{ending}", "--gazetteer", "copy")
    assert "Wrote 0 places" in passed.output


def test_export_to_the_terminal_and_of_a_part():
    done = run("export", "-", "--format", "csv", "--within", "nagorno-karabakh", "--kind", "city")
    assert done.output.startswith("id,name,kind")
    assert "stepanakert" in done.output
    assert "\nbaku," not in done.output
    assert run("export", "x.csv", "--within", "nowhere-at-all").exit_code == 1
    assert run("export", "x.shp").exit_code == 1


def test_import_of_what_is_not_there_or_not_text():
    assert "cannot be read" in run("import", "gone.csv").output
    Path("binary.csv").write_bytes(b"\xff\xfe\x00")
    assert "is not UTF-8 text" in run("import", "binary.csv").output


def test_an_unknown_folder_is_told():
    done = run("search", "baku", "--gazetteer", "nowhere")
    assert done.exit_code == 1
    assert 'there is no gazetteer folder "nowhere"' in done.output


def test_as_a_module(root):
    done = subprocess.run(
        [sys.executable, "-m", "gazetteer", "--help"], cwd=root, capture_output=True, text=True, check=True
    )
    assert all(command in done.stdout for command in ("add", "check", "show", "search", "near", "import", "export"))


def test_guessing_and_reading_names():
    assert drafting.read_name("az-Latn=Xankəndi").lang == "az-Latn"
    assert drafting.read_name("a=b").text == "a=b"
    with pytest.raises(GazetteerError, match="a name is empty"):
        drafting.read_name("en= ")
