"""The check: one wrong entry a rule, each with the exact message; sound entries without any."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import gazetteer
from gazetteer import Gazetteer, MatchRules, Place, Point, Toponym
from gazetteer.check import check

BAD = Path(__file__).parent / "bad_entries"
RULES = sorted(folder.name for folder in BAD.iterdir() if folder.is_dir() and folder.name != "sound")


@pytest.fixture(autouse=True)
def _in_the_folder(monkeypatch):
    monkeypatch.chdir(BAD)  # messages name files from the working folder


def test_sound_entries_have_no_issue():
    assert check("sound") == ()
    assert check(Gazetteer()) == ()


@pytest.mark.parametrize("rule", RULES)
def test_the_wrong_entry_gets_its_message(rule):
    issues = check(gazetteer.load("sound", rule, curated=False))
    assert "".join(f"{issue.severity}: {issue}\n" for issue in issues) == Path(rule, "expected.txt").read_text("utf8")


def test_every_rule_has_a_wrong_entry(root):
    sources = [
        root / "gazetteer" / name
        for name in ("schema.py", "load.py", "rules_links.py", "rules_names.py", "rules_space.py")
    ]
    code = re.compile(r'"([a-z][a-z0-9]*(?:-[a-z0-9]+)+|empty|double|swapped)"')
    wanted = {found for source in sources for found in code.findall(source.read_text("utf8"))}
    told = {issue.code for rule in RULES for issue in check(gazetteer.load("sound", rule, curated=False))}
    not_codes = {"utf-8-sig", "gazetteer-entries", "no-such-folder"}
    cannot_stand_in_git = {"unreadable"}  # a file that may not be read; tested below
    assert wanted - told - not_codes - cannot_stand_in_git == set()


def test_a_file_that_may_not_be_read_is_told(tmp_path):
    (tmp_path / "entry.toml").symlink_to(tmp_path / "gone.toml")
    assert [(issue.code, issue.fix) for issue in check(tmp_path)] == [("unreadable", "Check the file's rights")]


def test_all_errors_come_at_once_in_order():
    issues = check(".")
    assert len({issue.file.split("/")[0] for issue in issues}) > 30
    assert [(issue.file, issue.line or 0) for issue in issues] == sorted(
        (issue.file, issue.line or 0) for issue in issues
    )


def place(
    place_id: str, lat: float, lon: float, *names: str, kind: str = "village", said: tuple[str, ...] = ()
) -> Place:
    return Place(
        place_id,
        kind,
        tuple(map(Toponym, names)),
        point=Point(lat, lon, 100),
        source="x",
        match=MatchRules(ambiguous_with=said),
    )


def codes(*places: Place) -> list[str]:
    return [issue.code for issue in check(Gazetteer(places))]


def test_two_entries_that_say_they_are_two_are_no_double():
    one, two = place("one", 40, 46, "Same", said=("two",)), place("two", 40.001, 46, "Same", said=("one",))
    assert codes(one, two) == []
    assert "double" in codes(place("one", 40, 46, "Same"), place("two", 40.001, 46, "Same"))


def test_a_town_and_its_district_are_no_double():
    assert "double" not in codes(
        place("t", 40, 46, "Same", kind="town"), place("t-district", 40, 46, "Same", kind="district")
    )


def test_villages_a_kilometre_apart_are_no_double():
    assert codes(place("one", 40, 46, "One"), place("two", 40.009, 46, "Two")) == []


def test_exchanged_coordinates_need_something_to_compare_with():
    assert codes(place("alone", 46.2, 40.4, "Alone")) == []
    assert codes(place("alone", 46.2, 40.4, "Alone"), place("other", 40.5, 46.1, "Other")) == ["swapped", "swapped"]


def test_a_capital_far_away_is_not_taken_for_exchanged():
    near = [place(f"p{n}", 40 + n / 10, 46, f"P{n}") for n in range(5)]
    assert codes(*near, place("washington", 38.9, -77.04, "Washington", kind="city")) == []


def test_each_cycle_is_told_once():
    parents = {"a": "b", "b": "c", "c": "a", "d": "a"}
    made = [
        Place(i, "area", (Toponym(i.upper()),), parents=(gazetteer.Parent(p),), source="x", point=Point(40, 46 + n, 1))
        for n, (i, p) in enumerate(parents.items())
    ]
    assert codes(*made) == ["parent-cycle"]


def test_our_own_entries_are_sound(monkeypatch, root):
    monkeypatch.chdir(root)
    assert [str(issue) for issue in check(gazetteer.load()) if issue.severity == "error"] == []
