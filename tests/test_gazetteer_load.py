"""Entries in, issues out: layers, broken files, line numbers."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import gazetteer
from gazetteer import GazetteerError
from gazetteer.lines import line_of
from gazetteer.load import read_folder, user_folders
from gazetteer.schema import parse_entry, parse_record

KEYS = (
    "id", "kind", "names", "text", "lang", "point", "lat", "lon", "precision_m", "parents", "links", "match", "tests", "geometry", "file",
    "shape", "from", "to", "source", "used_by", "feature", "demonyms", "mention", "resolves", "wikidata", "needs_context",
)  # fmt: skip
SOUND = """id = "{id}"
kind = "town"
source = "Survey"

[[names]]
text = "{name}"
"""


def entry(folder: Path, place_id: str, name: str = "Sometown", more: str = "") -> Path:
    path = folder / f"{place_id}.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(SOUND.format(id=place_id, name=name) + more, "utf8")
    return path


def test_the_template_is_a_sound_entry(root):
    text = (root / "gazetteer" / "TEMPLATE.toml").read_text("utf8")
    place, issues = parse_entry(text, root / "example-town.toml")
    assert issues == []
    assert place is not None
    assert (place.point.lat, place.point.lon) == (39.8153, 46.7520)
    assert place.names[0].used_by == ("armenia",)
    assert place.match.needs_context is False
    assert place.tests[0].resolves


def test_every_line_of_the_template_that_is_commented_out_is_sound_too(root):
    text = (root / "gazetteer" / "TEMPLATE.toml").read_text("utf8")
    whole = "\n".join(
        line.removeprefix("# ") if line.startswith(("# [[", "# ")) and ("=" in line or "[[" in line) else line
        for line in text.splitlines()
    )
    place, issues = parse_entry(whole, root / "example-town.toml")
    assert issues == []
    assert place.geometries[0].until == "2020-11-10"
    assert place.geometries[0].file == root / "example-town.area.geojson"
    assert (place.since, place.until, place.superseded_by) == ("1923", "1991", "other-id")
    assert tomllib.loads(whole).keys() >= {"names", "geometry", "tests"}


def test_our_own_entries_load_without_an_issue():
    places = gazetteer.load()
    assert [str(issue) for issue in places.issues if issue.severity == "error"] == []


def test_user_folders_lie_over_one_another(tmp_path):
    entry(tmp_path / "one", "sometown", "First")
    entry(tmp_path / "two" / "area", "sometown", "Second")
    entry(tmp_path / "two", "othertown", "Other")
    places = gazetteer.load(tmp_path / "one", tmp_path / "two", curated=False)
    assert [place.name for place in places] == ["Other", "Second"]
    assert places.issues == ()


def test_a_broken_entry_loses_none_of_the_others(tmp_path):
    entry(tmp_path, "sometown")
    (tmp_path / "broken.toml").write_text('id = "broken"\nkind = "to', "utf8")
    places = gazetteer.load(tmp_path, curated=False)
    assert [place.id for place in places] == ["sometown"]
    assert [(issue.code, issue.line) for issue in places.issues] == [("not-toml", 2)]


def test_a_broken_entry_of_the_user_leaves_ours_in_place(tmp_path):
    entry(tmp_path / "ours", "sometown", "Ours")
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "sometown.toml").write_text('id = "sometown"', "utf8")
    places = gazetteer.load(tmp_path / "ours", tmp_path / "mine", curated=False)
    assert places["sometown"].name == "Ours"
    assert {issue.code for issue in places.issues} == {"missing-key"}


def test_a_broken_name_is_left_out_and_told_the_rest_stays(tmp_path):
    entry(tmp_path, "sometown", more='\n[[names]]\ntext = "Шуша"\nlang = "rusian"\n')
    places = gazetteer.load(tmp_path, curated=False)
    assert [name.text for name in places["sometown"].names] == ["Sometown"]
    assert str(places.issues[0]).endswith(
        'sometown.toml:10: names[1].lang is "rusian", not a BCP 47 language. Use a tag such as "az-Latn", "hy-Armn", "ru-Cyrl" or "en"'
    )


def test_the_message_of_the_design(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    text = 'id = "foo"\nkind = "town"\nsource = "x"\n\n[[names]]\ntext = "Foo"\nlang = "en"\n\n[[names]]\ntext = "Fu"\n\nlang = "azeri"\n'
    path = tmp_path / "entries" / "karabakh" / "foo.toml"
    path.parent.mkdir(parents=True)
    path.write_text(text, "utf8")
    issue = gazetteer.load("entries", curated=False).issues[0]
    assert (
        str(issue)
        == 'entries/karabakh/foo.toml:12: names[1].lang is "azeri", not a BCP 47 language. Did you mean "az"?'
    )


def test_what_a_person_may_write_in_another_way(tmp_path):
    """Dates of TOML's own, numbers as identifiers, several of them, a byte order mark."""
    text = (
        SOUND.format(id="sometown", name="Sometown").replace('"Survey"', '"Survey"\nfrom = 1991-10-18')
        + "\n[links]\ngeonames = [123, 456]\n"
    )
    (tmp_path / "sometown.toml").write_bytes(b"\xef\xbb\xbf" + text.encode())
    places = gazetteer.load(tmp_path, curated=False)
    assert places.issues == ()
    assert places["sometown"].since == "1991-10-18"
    assert places["sometown"].links == (("geonames", "123"), ("geonames", "456"))


def test_hidden_files_and_templates_are_no_entries(tmp_path):
    entry(tmp_path, "sometown")
    entry(tmp_path / ".git", "hidden")
    (tmp_path / ".sometown.toml.part").write_text("half", "utf8")
    (tmp_path / "TEMPLATE.toml").write_text("not = ", "utf8")
    places, issues = read_folder(tmp_path)
    assert (list(places), issues) == (["sometown"], [])


def test_a_missing_folder_is_misuse(tmp_path):
    with pytest.raises(GazetteerError, match="there is no gazetteer folder"):
        gazetteer.load(tmp_path / "nowhere")
    with pytest.raises(ValueError, match="nowhere"):
        gazetteer.load(tmp_path / "nowhere")


def test_user_folders_by_default(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert user_folders() == ()
    (tmp_path / "gazetteer-entries").mkdir()
    assert [str(folder) for folder in user_folders()] == ["gazetteer-entries"]
    assert user_folders([tmp_path]) == (tmp_path,)


@given(st.integers(0, 5), st.integers(0, 3))
def test_lines_are_found(blank, names):
    table = "\n".join(['[[names]] # "x"', 'text = "A"', *([""] * blank), 'lang="en"'])
    text = "\n".join(['id = "a"', *[table] * (names + 1), "[point]", "lat = 1"])
    lines = text.split("\n")
    found = line_of(text, ("names", names, "lang"))
    assert lines[found - 1] == 'lang="en"'
    assert found == 1 + (names + 1) * (blank + 3)
    assert line_of(text, ("point", "lat")) == len(lines)
    assert line_of(text, ("point", "lon")) == len(lines) - 1
    assert line_of(text, ("names",)) == 2
    assert line_of(text, ("nowhere", 3)) == 1
    assert line_of(text, ()) == 1


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=4) | st.sampled_from(["en", "town", "1991", "a-b"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3) | st.sampled_from(KEYS), inner, max_size=4),
    max_leaves=12,
)  # fmt: skip


@given(st.dictionaries(st.sampled_from(KEYS), JUNK, max_size=8))
def test_whatever_stands_in_an_entry_is_told_and_never_raised(table):
    place, issues = parse_record(table, Path("junk.toml"), "junk")
    assert (place is not None and not issues) or all(str(issue).startswith("junk: ") for issue in issues)


@given(st.text(st.characters(codec="utf8")))
def test_whatever_stands_in_a_file_is_told_and_never_raised(text):
    place, issues = parse_entry(text, Path("junk.toml"))
    assert place is None
    assert issues
