"""The gap feeds the gazetteer: a name that nobody knows, the command that it comes with, and the next run."""

from __future__ import annotations

import csv
import json
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from maps.cli import main as program

REPORT = """On 19 September 2023 shells fell on the village of Quillborne, killing two civilians, the ministry said.
"""


def run(words: list[str]):
    done = CliRunner().invoke(program, words, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done


def rows(name: str) -> list[dict[str, str]]:
    with Path("out", name).open(encoding="utf8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("position", [(), ("--lat", "39.9", "--lon", "46.8")])
def test_an_unresolved_name_is_added_and_resolves_in_the_next_run(tmp_path, monkeypatch, position):
    monkeypatch.chdir(tmp_path)
    Path("report.txt").write_text(REPORT, "utf8")
    extract = ["extract", "report.txt", "--published", "2023-09-20", "--out", "out"]
    run(extract)
    (gap,) = rows("unresolved.csv")
    assert gap["text"] == "Quillborne"
    assert rows("mentions.csv") == []

    run([*shlex.split(gap["suggestion"])[1:], *position])  # the line as it stands there

    run([*extract, "--gazetteer", "gazetteer-entries"])
    assert rows("unresolved.csv") == []
    assert [(row["text"], row["place_id"]) for row in rows("mentions.csv")] == [("Quillborne", "quillborne")]
    event = json.loads(Path("out/events.geojson").read_text("utf8"))["features"][0]
    assert event["properties"]["place_id"] == "quillborne"
    if position:
        assert event["geometry"] == {"type": "Point", "coordinates": [46.8, 39.9]}
    else:
        assert event["geometry"] is None  # in the gazetteer, without a position: listed, not drawn
