"""The starter reports: complete, our own, and annotated where they say what the annotation says."""

from __future__ import annotations

import csv
import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import gazetteer
from geo.model import EVENT_TYPES, MODALITIES

ROOT = Path(__file__).resolve().parent.parent
SEEDS = ROOT / "seeds"
ROWS = list(csv.DictReader((SEEDS / "reports.csv").read_text("utf8").splitlines()))
GOLD: list[dict[str, Any]] = json.loads((ROOT / "tests" / "gold" / "starter.json").read_text("utf8"))


def text_of(name: str) -> str:
    return (SEEDS / name).read_bytes().decode("utf8")


def test_the_manifest_lists_every_report_once() -> None:
    listed = [row["file"] for row in ROWS]
    assert sorted(listed) == sorted(path.name for path in SEEDS.glob("*.txt"))
    assert len(listed) >= 14


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["file"])
def test_a_row_describes_its_report(row: dict[str, str]) -> None:
    text = text_of(row["file"])
    assert text.startswith(row["title"] + "\n")
    assert date.fromisoformat(row["published"]).isoformat() == row["file"][:10]
    assert row["publisher"] == "Conflict mapper starter reports"
    assert row["language"] == "en"
    assert 150 <= len(text.split()) <= 400
    assert f"| {Path(row['file']).stem} |" in (SEEDS / "README.md").read_text("utf8")


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["file"])
def test_nothing_is_quoted(row: dict[str, str]) -> None:
    """Statements are paraphrased: a quotation in a report of our own would be an invented one."""
    assert not re.search('[“”"«»]', text_of(row["file"]))


def test_no_party_has_the_last_word_more_often() -> None:
    """Both parties are named about equally often over all reports."""
    text = " ".join(text_of(row["file"]) for row in ROWS)
    first, second = len(re.findall(r"\bArmenia", text)), len(re.findall(r"\bAzerbaijan", text))
    assert abs(first - second) <= 0.25 * max(first, second)


@pytest.mark.parametrize("entry", GOLD, ids=lambda entry: entry["report"])
def test_the_annotation_fits_the_text(entry: dict[str, Any]) -> None:
    text = text_of(entry["report"])
    for name in entry["toponyms"]:
        assert text[name["start"] : name["end"]] == name["text"]
        assert name["usage"] in {"literal", "actor", "modifier", "dateline", "arguable", "demonym", "organisation"}
    for event in entry["events"]:
        assert text[event["start"] : event["end"]] == event["quote"]
        assert set(event["types"]) <= {*EVENT_TYPES, "none"}
        assert event["modality"] in {*MODALITIES, "not_occurred_here"}
        assert event["drawn"] == bool(event["places"])


def test_most_annotated_places_have_an_entry() -> None:
    """The gazetteer knows what its own starter reports speak of."""
    places = gazetteer.load()
    wanted = {name["place"] for entry in GOLD for name in entry["toponyms"] if name["usage"] == "literal"}
    missing = sorted(place for place in wanted if places.get(place) is None)
    assert len(missing) <= 0.2 * len(wanted), f"no entry: {missing}"
