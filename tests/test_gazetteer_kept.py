"""What is kept between runs is what would be read, and is dropped when anything changes."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

import gazetteer
from gazetteer import DatedGeometry, MatchRules, Parent, Place, Point, TestSentence, Toponym, kept
from gazetteer.model import Place as PlaceModel
from gazetteer.writing import save

LOADER = sys.modules["gazetteer.load"]


@pytest.fixture
def cache(tmp_path, monkeypatch) -> Path:
    monkeypatch.setenv(kept.SETTING, str(tmp_path / "cache"))
    monkeypatch.setattr(kept, "WORTHWHILE", 1)
    return tmp_path / "cache"


@pytest.fixture
def folder(tmp_path) -> Path:
    (tmp_path / "line.geojson").write_text('{"type": "LineString", "coordinates": [[46, 39], [47, 40]]}', "utf8")
    line = DatedGeometry(tmp_path / "line.geojson", "line", "Line", "1994", "2020", "Both", "Atlas", 500.0)
    whole = Place(
        "whole", "town", (Toponym("Xankəndi", "az-Latn", "official", ("a", "b"), "1923", "1991", "x"),), "P.PPL",
        Point(39.8, 46.7, 100.0, "x"), (line,), (Parent("plain", "de_facto", "somebody", "1991", None),), ("Wholer",), ("plain",),
        ("plain",), (("geonames", "1"), ("wikidata", "Q1")), MatchRules(("plain",), ("Whole Foods",), ("east",), needs_context=True),
        (TestSentence("Whole.", "Whole", resolves=False),), "superseded", "plain", "1923", "1991", "checked", "x", "A note.", population=7,
    )  # fmt: skip
    assert all(
        getattr(whole, name) != getattr(Place("", "site", ()), name) for name in PlaceModel.__slots__ if name != "file"
    )
    save(whole, tmp_path / "mine")
    save(Place("plain", "village", (Toponym("Plain"),)), tmp_path / "mine")
    return tmp_path / "mine"


def parses(monkeypatch) -> list[int]:
    """Count the entries that are parsed from now on."""
    counted: list[int] = []
    real = LOADER.read_entry
    monkeypatch.setattr(LOADER, "read_entry", lambda path: (counted.append(1), real(path))[1])
    return counted


def test_the_second_run_reads_the_same_without_parsing(cache, folder, monkeypatch):
    first = gazetteer.load(folder, curated=False)
    assert len(list(cache.iterdir())) == 1
    parsed = parses(monkeypatch)
    second = gazetteer.load(folder, curated=False)
    assert parsed == []
    assert list(second) == list(first)
    assert second.spellings() == first.spellings()
    assert second["whole"].geometries[0].read()["type"] == "LineString"


@pytest.mark.parametrize("change", ["edit", "add", "delete", "rename"])
def test_every_change_is_noticed(cache, folder, change):
    gazetteer.load(folder, curated=False)
    if change == "edit":
        text = (folder / "plain.toml").read_text("utf8").replace('"Plain"', '"Plane"')
        (folder / "plain.toml").write_text(text, "utf8")
    elif change == "add":
        save(Place("third", "village", (Toponym("Plane"),)), folder)
    elif change == "delete":
        (folder / "plain.toml").unlink()
    else:
        (folder / "deeper").mkdir()
        (folder / "plain.toml").rename(folder / "deeper" / "plain.toml")
    again = gazetteer.load(folder, curated=False)
    assert len(again) == {"edit": 2, "add": 3, "delete": 1, "rename": 2}[change]
    assert bool(again.named("Plane")) is (change in {"edit", "add"})
    assert cache.is_dir()


@pytest.mark.parametrize("damage", [b"", b"x", b"{}", "head+junk", "head+{}", "head+rows"])
def test_a_damaged_file_is_made_anew(cache, folder, damage):
    first = gazetteer.load(folder, curated=False)
    (file,) = cache.iterdir()
    head = file.read_bytes().split(b"\n")[0]
    tails = {"head+junk": b"\n{", "head+{}": b"\n{}", "head+rows": b'\n{"places": [["whole"]], "derived": []}'}
    file.write_bytes(damage if isinstance(damage, bytes) else head + tails[damage])
    assert list(gazetteer.load(folder, curated=False)) == list(first)
    assert file.stat().st_size > 500


def test_folders_with_broken_entries_are_not_kept(cache, folder):
    (folder / "broken.toml").write_text("id =", "utf8")
    assert len(gazetteer.load(folder, curated=False).issues) == 1
    assert not cache.exists()


def test_nothing_is_kept_where_the_user_wants_it_so(cache, folder, monkeypatch):
    for word in ("off", "", "no"):
        monkeypatch.setenv(kept.SETTING, word)
        assert kept.cache_folder() is None
        assert len(gazetteer.load(folder, curated=False)) == 2
    assert not cache.exists()


def test_a_cache_that_cannot_be_written_does_no_harm(cache, folder):
    cache.write_text("a file where the folder should be", "utf8")
    assert len(gazetteer.load(folder, curated=False)) == 2


def test_small_folders_are_not_kept(folder, tmp_path, monkeypatch):
    monkeypatch.setenv(kept.SETTING, str(tmp_path / "cache"))
    gazetteer.load(folder, curated=False)
    assert not (tmp_path / "cache").exists()


def test_where_systems_keep_caches(monkeypatch, tmp_path):
    monkeypatch.delenv(kept.SETTING, raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(sys, "platform", "linux")
    assert kept.cache_folder() == tmp_path / "conflict-mapper"
    monkeypatch.setattr(sys, "platform", "darwin")
    assert kept.cache_folder().parts[-3:] == ("Library", "Caches", "conflict-mapper")
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path))
    assert kept.cache_folder() == tmp_path / "conflict-mapper"


def test_files_that_vanish_meanwhile():
    assert kept.mark([Path("gone.toml")]) is None
    assert os.environ.get("HOME") or kept.cache_folder() is None


@pytest.fixture
def package(cache, folder, tmp_path, monkeypatch) -> Path:
    """Stand the folder in for our own entries, compiled as a build does; nothing is in the user's cache."""
    monkeypatch.setattr(LOADER, "CURATED", folder)
    monkeypatch.setattr(kept, "SHIPPED", tmp_path / "compiled.json")
    assert LOADER.compile_curated()
    assert not cache.exists()
    return folder


def test_the_first_run_reads_what_the_package_brings(package, cache, monkeypatch):
    plain = {place.id: place for place in LOADER.read_folder(package)[0].values()}
    parsed = parses(monkeypatch)
    first = gazetteer.load()
    assert parsed == []
    assert {place.id: place for place in first} == plain
    assert first["whole"].geometries[0].read()["type"] == "LineString"
    assert not cache.exists()


def test_an_edited_entry_wins_over_what_the_package_brings(package):
    seen = os.stat(package / "plain.toml")  # noqa: PTH116
    text = (package / "plain.toml").read_text("utf8").replace('"Plain"', '"Plane"')
    (package / "plain.toml").write_text(text, "utf8")
    os.utime(package / "plain.toml", ns=(seen.st_atime_ns, seen.st_mtime_ns))  # the same size and the same time
    assert gazetteer.load().named("Plane")


@pytest.mark.parametrize("damage", [b"", b"x", b"{}", None])
@pytest.mark.usefixtures("package")
def test_what_the_package_brings_may_be_damaged_or_missing(damage):
    if damage is None:
        kept.SHIPPED.unlink()
    else:
        kept.SHIPPED.write_bytes(damage)
    assert len(gazetteer.load()) == 2


def test_broken_entries_are_not_put_into_the_package(package):
    kept.SHIPPED.unlink()
    (package / "broken.toml").write_text("id =", "utf8")
    assert not LOADER.compile_curated()
    assert not kept.SHIPPED.exists()
