"""The commands that read reports: what they write, what they say, and the codes they leave with."""

from __future__ import annotations

import io
import json
import subprocess
import sys

import click
import pytest
from click.shell_completion import ShellComplete
from click.testing import CliRunner

from geo.cli import COMMANDS
from geo.console import plain
from geo.files import to_csv

TEXT = "Shells fell on the town of Lachin on Tuesday, the ministry said. Two people were killed.\n"


@pytest.fixture
def run():
    program = click.Group("conflict-mapper", commands={command.name: command for command in COMMANDS})

    def call(*args, **more):
        return CliRunner().invoke(program, [str(arg) for arg in args], **more)

    return call


@pytest.fixture
def report(tmp_path):
    file = tmp_path / "a.txt"
    file.write_text(TEXT, "utf8")
    return file


@pytest.fixture
def events(run, report, tmp_path):
    result = run("extract", report, "--published", "2023-09-20", "--out", tmp_path / "out")
    assert result.exit_code == 0, result.output
    return tmp_path / "out" / "events.geojson"


def test_extract_writes_the_three_files_and_a_summary(run, report, tmp_path):
    result = run("extract", report, "--published", "2023-09-20", "--out", tmp_path / "out")
    assert result.exit_code == 0
    assert sorted(file.name for file in (tmp_path / "out").iterdir()) == [
        "events.geojson",
        "mentions.csv",
        "unresolved.csv",
    ]
    assert "1 report read, 0 errors" in result.stderr
    assert result.stdout == ""


def test_extract_for_machines(run, report, tmp_path):
    result = run("extract", report, "no-such-file.txt", "--out", tmp_path / "out", "--json")
    told = json.loads(result.stdout)
    assert result.exit_code == told["exit_code"] == 1
    assert told["reports"] == 1
    assert told["mentions"] >= 1
    assert told["issues"][0]["code"] == "missing"
    assert "no-such-file.txt" in told["issues"][0]["text"]
    assert len(told["files"]) == 3


def test_one_broken_input_does_not_stop_the_others(run, report, tmp_path):
    (tmp_path / "b.txt").write_bytes(b"")
    (tmp_path / "c.txt").write_bytes(b"\x00\x01\x02\x03" * 100)
    result = run("extract", report, tmp_path / "b.txt", tmp_path / "c.txt", "--out", tmp_path / "out")
    assert result.exit_code == 1
    assert "b.txt: the file is empty" in result.stderr
    assert "c.txt: this is not a text file" in result.stderr
    assert json.loads((tmp_path / "out" / "events.geojson").read_text())["type"] == "FeatureCollection"


def test_nothing_usable_writes_nothing(run, tmp_path):
    result = run("extract", tmp_path / "none.txt", "--out", tmp_path / "out")
    assert result.exit_code == 2
    assert "there is no such file" in result.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (("extract", "a.txt", "--out", "o", "--published", "20.09.2023"), "YYYY-MM-DD"),
        (("extract", "a.txt", "--out", "o", "--column", "story"), "KEY=NAME"),
        (("extract", "--out", "o"), "Missing argument"),
        (("extract", "a.txt"), "--out"),
        (("extract", "a.txt", "--out", "o", "--gazetteer", "no-such-folder"), "no gazetteer folder"),
        (("export", "a.geojson", "--to", "a.dwg"), "--format"),
        (("export", "a.geojson", "--to", "a", "--format", "geopackge"), "Did you mean"),
        (("export", "a.geojson", "--to", "-"), "standard output needs a format"),
        (("export", "a.geojson", "b.txt", "--to", "a.csv"), "mixes"),
        (("export", "no-such.geojson", "--to", "a.csv"), "no such file"),
    ],
)
def test_misuse_is_a_sentence_and_code_2(run, args, says):
    result = run(*args)
    assert result.exit_code == 2
    assert says in result.stderr
    assert "Traceback" not in result.output


def test_standard_input(run, tmp_path):
    result = run("extract", "-", "--out", tmp_path / "out", input=TEXT)
    assert result.exit_code == 0
    assert "stdin" in (tmp_path / "out" / "mentions.csv").read_text("utf8")


def test_a_day_of_publication_that_is_missing_is_said_once(run, report, tmp_path):
    (tmp_path / "b.csv").write_text("text\nShells fell on Lachin on Tuesday.\nAnd on Shusha.\n", "utf8")
    result = run("extract", report, tmp_path / "b.csv", "--out", tmp_path / "out")
    assert result.exit_code == 0
    (line,) = [line for line in result.stderr.splitlines() if "--published" in line]
    assert "3 of 3 reports" in line
    dated = run("extract", report, "--published", "2023-09-20", "--out", tmp_path / "out")
    assert "warning" not in dated.stderr.replace("0 warnings", "")


@pytest.mark.parametrize("name", ["b.kml", "b.csv", "b.gpkg", "b.html"])
def test_export_by_ending(run, events, tmp_path, name):
    result = run("export", events, "--to", tmp_path / name)
    assert result.exit_code == 0, result.output
    assert (tmp_path / name).stat().st_size > 0
    assert f"wrote {tmp_path / name}" in result.stderr


def test_export_reads_reports_too(run, report, tmp_path):
    result = run("export", report, "--to", tmp_path / "b.geojson")
    assert result.exit_code == 0, result.output
    assert json.loads((tmp_path / "b.geojson").read_text("utf8"))["features"]


def test_events_can_be_piped_in(run, events, tmp_path):
    result = run("export", "-", "--to", tmp_path / "b.geojson", input=events.read_bytes())
    assert result.exit_code == 0, result.output
    assert (tmp_path / "b.geojson").read_bytes() == events.read_bytes()
    text = run("export", "-", "--to", tmp_path / "c.geojson", input=TEXT)
    assert json.loads((tmp_path / "c.geojson").read_text("utf8"))["features"], text.output
    cut = run("export", "-", "--to", tmp_path / "d.geojson", input=events.read_bytes()[:-9])
    assert cut.exit_code == 2
    assert "standard input: this is no JSON" in cut.stderr


def test_events_can_be_piped_through_a_real_pipe(events):
    code = "from geo.cli import export; export()"
    done = subprocess.run(
        [sys.executable, "-c", code, "-", "--to", "-", "--format", "geojson"],
        input=events.read_bytes(),
        capture_output=True,
        check=False,
    )
    assert done.stdout == events.read_bytes(), done.stderr


@pytest.mark.parametrize(
    ("words", "given", "kind"),
    [
        (["extract"], "art", "file"),
        (["export", "a.geojson", "--to"], "ev", "file"),
        (["extract", "a.txt", "--gazetteer"], "my", "file"),
        (["export", "a.geojson", "--to", "b", "--format"], "geop", "geopackage"),
        (["export"], "--for", "--format"),
        (["evaluate"], "go", "file"),
    ],
)
def test_a_shell_can_complete(words, given, kind):
    program = click.Group("conflict-mapper", commands={command.name: command for command in COMMANDS})
    found = ShellComplete(program, {}, "conflict-mapper", "_CONFLICT_MAPPER_COMPLETE").get_completions(words, given)
    assert kind in {item.value if item.type == "plain" else item.type for item in found}


def test_export_to_standard_output(run, events):
    result = run("export", events, "--to", "-", "--format", "geojson-lines", "--quiet")
    assert [json.loads(line)["type"] for line in result.stdout.splitlines()]
    several = run("export", events, "--to", "-", "--format", "csv")
    assert several.exit_code == 2
    assert "several files" in several.stderr


def test_export_tells_broken_features_and_writes_the_others(run, events, tmp_path):
    data = json.loads(events.read_text("utf8"))
    data["features"].append(
        {
            "type": "Feature",
            "geometry": {"type": "Point"},
            "properties": {"event_type": "shelling", "modality": "occurred"},
        }
    )
    events.write_text(json.dumps(data), "utf8")
    result = run("export", events, "--to", tmp_path / "b.geojson", "--json")
    told = json.loads(result.stdout)
    assert result.exit_code == told["exit_code"] == 1
    assert "shape cannot be read" in told["issues"][0]


def test_a_place_that_cannot_be_written(run, events, tmp_path):
    (tmp_path / "file").write_text("")
    result = run("export", events, "--to", tmp_path / "file" / "b.kml")
    assert result.exit_code == 2
    assert "cannot be written" in result.stderr


def test_a_full_disk_or_a_forbidden_folder_is_a_sentence(run, report, tmp_path, monkeypatch):
    def refuse(*_, **__):
        raise OSError(28, "No space left on device", str(tmp_path / "out"))

    monkeypatch.setattr("geo.export.write_outputs", refuse)
    result = run("extract", report, "--out", tmp_path / "out")
    assert result.exit_code == 2
    assert "no space left" in result.stderr


def test_every_command_documents_its_exit_codes_and_shows_examples(run):
    for command in COMMANDS:
        text = run(command.name, "--help").output
        assert "Exit codes" in text
        assert "Examples:" in text


def test_the_terminal_cannot_be_steered(run, tmp_path):
    result = run("extract", tmp_path / "\x1b[2Jevil.txt", "--out", tmp_path / "out")
    assert "\x1b[2J" not in result.output
    assert plain("a\x9b\x07b") == "a��b"


def test_importing_the_commands_stays_light():
    code = "import sys, geo.cli; print(' '.join(m for m in ('pandas', 'geopandas', 'shapely', 'folium', 'dateparser') if m in sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


def test_tables_have_no_formulas():
    assert to_csv(["a"], [["@x"], ["\t=1"], ["+49"]]) == "a\n'@x\n'\t=1\n'+49\n"
    assert io.StringIO(to_csv(["a"], [[-1.5]])).read() == "a\n-1.5\n"
