"""`conflict-mapper map` and `preview` as a person runs them."""

from __future__ import annotations

import json
import re

import pytest
from click.testing import CliRunner

from maps.cli import COMMANDS, main
from maps.commands import default_title

REPORT = "STEPANAKERT, Sept. 20 - Two people were killed on Tuesday when shells hit the town of Martakert, local officials said.\n"


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return lambda *args: CliRunner().invoke(main, [str(arg) for arg in args], catch_exceptions=False)


def test_help_names_every_command(run):
    text = run("--help").output
    assert all(name in text for name in COMMANDS)
    assert re.match(r"conflict-mapper \d", run("--version").output)


def test_a_mistyped_command_gets_a_hint(run):
    result = run("mpa", "x")
    assert result.exit_code == 2
    assert 'Did you mean "map"?' in result.output


def test_reports_become_a_map_with_its_files(run, tmp_path):
    (tmp_path / "a.txt").write_text(REPORT, "utf8")
    result = run("map", "a.txt", "--published", "2023-09-20", "--out", "out")
    assert result.exit_code == 0, result.output
    assert sorted(file.name for file in (tmp_path / "out").iterdir()) == [
        "events.geojson",
        "map.html",
        "mentions.csv",
        "unresolved.csv",
    ]


def test_a_bad_input_leaves_the_good_ones_mapped(run, tmp_path):
    (tmp_path / "a.txt").write_text(REPORT, "utf8")
    (tmp_path / "empty.txt").write_text("")
    result = run("map", "a.txt", "empty.txt", "missing.txt", "--published", "2023-09-20", "--out", "out")
    assert result.exit_code == 1
    assert "missing.txt" in result.output
    assert (tmp_path / "out" / "map.html").is_file()


def test_nothing_readable_writes_nothing(run, tmp_path):
    result = run("map", "missing.txt", "--out", "out")
    assert result.exit_code == 2
    assert not (tmp_path / "out").exists()


def test_exported_events_are_drawn_alone(run, root, tmp_path):
    result = run("map", root / "tests" / "golden" / "map_events.geojson", "--out", "again", "--title", "A & <b>")
    assert result.exit_code == 0, result.output
    assert "<title>A &amp; &lt;b&gt;</title>" in (tmp_path / "again" / "map.html").read_text("utf8")


@pytest.mark.parametrize("content", ["", "{", "[]", '{"type": "FeatureCollection"}', "[" * 100_000])
def test_broken_events_are_a_sentence(run, tmp_path, content):
    (tmp_path / "broken.geojson").write_text(content)
    result = run("map", "broken.geojson", "--out", "out")
    assert result.exit_code == 2
    assert "broken.geojson" in result.output
    assert "Traceback" not in result.output


def test_the_machine_readable_summary_is_json(root, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(
        main, ["map", str(root / "tests" / "golden" / "map_events.geojson"), "--out", "out", "--json"]
    )
    told = json.loads(result.stdout)
    assert told["exit_code"] == 0
    assert told["events"] > 0
    assert told["issues"] == []


def test_a_broken_event_is_told_and_the_others_are_drawn(run, tmp_path):
    broken = {
        "type": "Feature",
        "geometry": {"type": "Point"},
        "properties": {"event_type": "shelling", "modality": "occurred"},
    }
    sound = {**broken, "geometry": {"type": "Point", "coordinates": [46, 40]}}
    (tmp_path / "e.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": [broken, sound]}), "utf8")
    result = run("map", "e.geojson", "--out", "out", "--json")
    told = json.loads(result.stdout)
    assert result.exit_code == told["exit_code"] == 1
    assert told["events"] == 2
    assert "shape cannot be read" in told["issues"][0]


def test_entries_are_previewed(run, tmp_path):
    result = run("preview", "lachin-corridor", "stepanakert", "--out", "p.html")
    assert result.exit_code == 0, result.output
    assert (tmp_path / "p.html").stat().st_size > 200_000


def test_an_unknown_entry_gets_a_hint(run):
    result = run("preview", "stepanakrt")
    assert result.exit_code == 2
    assert "stepanakert" in result.output


def test_titles_from_days():
    def between(start, end):
        return default_title({"features": [{"properties": {"date_start": start, "date_end": end}}]})

    assert between("2023-09-19", "2023-09-19") == "Reported events, 19 September 2023"
    assert between("2020-09-27", "2023-09-21") == "Reported events, 27 September 2020 to 21 September 2023"
    assert between(None, "soon") == "Reported events"
