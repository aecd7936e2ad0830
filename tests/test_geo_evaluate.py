"""The measures, on answers whose scores are known by hand."""

from __future__ import annotations

import json

import click
import pytest
from click.testing import CliRunner

from gazetteer.errors import FormatError
from gazetteer.index import Gazetteer
from gazetteer.model import Place, Point, Toponym
from geo.cli import evaluate as command
from geo.evaluate import GoldReport, GoldToponym, as_dict, calibration_error, evaluate, markdown, read_gold, rows
from geo.model import Mention, Resolution

PLACES = Gazetteer([
    Place("north", "town", (Toponym("North"),), point=Point(50.0, 10.0, 500)),
    Place("south", "village", (Toponym("South"),), point=Point(40.0, 10.0, 500)),
])  # fmt: skip


def said(start, end, usage, place, confidence=0.9):
    return Resolution(Mention(start, end, "x" * (end - start)), usage, place, confidence, "")


GOLD = GoldReport("a.txt", (
    GoldToponym(0, 5, "North", "literal", "north", 50.0, 10.0),
    GoldToponym(10, 15, "South", "literal", "south", 40.0, 10.0),
    GoldToponym(20, 25, "North", "actor", "north"),
    GoldToponym(30, 35, "Norths", "demonym"),
    GoldToponym(40, 45, "South", "arguable", "south"),
    GoldToponym(50, 55, "North", "literal", "north", 50.0, 10.0),
))  # fmt: skip
ANSWERS = [
    said(0, 5, "literal", "north"),  # right
    said(9, 15, "literal", "north"),  # overlaps, and is 1,112 km off
    said(20, 25, "literal", "north"),  # a government taken for a place
    said(30, 35, "actor", "north"),  # a demonym: neither wanted nor wrong
    said(40, 45, "actor", "south"),  # arguable: found, not scored
    said(60, 65, "literal", "south"),  # nothing there
]


def test_every_measure_by_hand():
    scores = evaluate([GOLD], {"a.txt": ANSWERS}, PLACES)
    assert (scores.exact.hits, scores.exact.found, scores.exact.wanted) == (3, 5, 5)
    assert (scores.overlap.hits, scores.overlap.recall) == (4, 0.8)
    assert (scores.usage.hits, scores.usage.total) == (2, 3)
    assert (scores.literal.hits, scores.literal.found, scores.literal.wanted) == (2, 3, 3)
    assert (scores.right_entry.hits, scores.right_entry.total) == (1, 3)  # the missed one counts
    assert (scores.near.hits, scores.near.total) == (1, 2)
    assert (scores.near_of_all.hits, scores.near_of_all.total) == (1, 3)
    assert scores.median_km == pytest.approx(1112 / 2, rel=0.01)
    assert scores.calibration_error == pytest.approx(0.4)  # 0.9 sure and half right
    assert {kind: (r.hits, r.total) for kind, r in scores.by_kind.items()} == {"town": (1, 2), "village": (0, 1)}
    assert len(scores.misses) == 3


def test_two_halves_of_a_name_are_one_hit():
    gold = GoldReport("a.txt", (GoldToponym(0, 10, "North East", "unlabelled"),))
    scores = evaluate([gold], {"a.txt": [said(0, 5, "literal", None), said(6, 10, "literal", None)]}, PLACES)
    assert scores.overlap.recall == 1.0


def test_perfect_answers_score_one_and_none_score_nothing():
    gold = GoldReport("a.txt", tuple(t for t in GOLD.toponyms if t.usage in {"literal", "actor"}))
    right = [said(t.start, t.end, t.usage, t.place, 1.0) for t in gold.toponyms]
    best = evaluate([gold], {"a.txt": right}, PLACES)
    assert (best.exact.f1, best.usage.share, best.right_entry.share, best.median_km, best.calibration_error) == (
        1,
        1,
        1,
        0,
        0,
    )
    nothing = evaluate([gold], {}, PLACES)
    assert (nothing.exact.f1, nothing.usage.share, nothing.right_entry.share, nothing.median_km) == (0, None, 0, None)


def test_calibration_bins():
    assert calibration_error([(1.0, True), (0.05, False)]) == pytest.approx(0.025)
    assert calibration_error([(0.5, True), (0.5, False)]) == 0.0


def test_shapes_agree():
    scores = evaluate([GOLD], {"a.txt": ANSWERS}, PLACES)
    assert len(markdown(scores).splitlines()) == len(rows(scores)) + 2
    assert as_dict(scores)["resolution_right_entry"] == {"share": 0.3333, "hits": 1, "total": 3}
    json.dumps(as_dict(scores), allow_nan=False)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[", "no JSON"),
        ("{}", "a list"),
        ('[{"report": "a"}]', "report 1"),
        ('[{"report": "a", "toponyms": [{"start": 1}]}]', "report 1"),
    ],
)
def test_broken_gold_is_a_sentence(tmp_path, text, says):
    (tmp_path / "gold.json").write_text(text)
    with pytest.raises(FormatError, match=says):
        read_gold(tmp_path / "gold.json")


@pytest.fixture
def gold_file(tmp_path):
    text = "Shells fell on Lachin on Tuesday, the ministry said."
    marked = [
        {"start": 15, "end": 21, "text": "Lachin", "usage": "literal", "place": "lachin", "lat": 39.64, "lon": 46.547}
    ]
    (tmp_path / "gold.json").write_text(
        json.dumps([{"report": "a.txt", "published": "2023-09-20", "toponyms": marked}]), "utf8"
    )
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "a.txt").write_text(text, "utf8")
    return tmp_path / "gold.json"


def test_the_command_in_three_shapes(gold_file):
    folder = gold_file.with_name("texts")
    runner = CliRunner()
    table = runner.invoke(command, [str(gold_file), "--reports", str(folder)])
    assert table.exit_code == 0, table.output
    assert "recognition, exact spans" in table.stdout
    told = json.loads(runner.invoke(command, [str(gold_file), "--reports", str(folder), "--format", "json"]).stdout)
    assert told["recognition_exact"]["f1"] == 1.0
    assert told["resolution_right_entry"]["share"] == 1.0
    assert runner.invoke(command, [str(gold_file), "--reports", str(folder), "--format", "markdown"]).stdout.startswith(
        "| Measure |"
    )


def test_texts_that_are_missing_are_told(gold_file):
    result = CliRunner().invoke(command, [str(gold_file)])
    assert result.exit_code == 2
    assert "--reports" in result.stderr


def test_it_is_a_command():
    assert isinstance(command, click.Command)


def test_a_dateline_is_literal_where_gold_marks_none():
    here = GoldToponym(0, 5, "North", "literal", "north", 50.0, 10.0)
    answers = {"a.txt": [said(0, 5, "dateline", "north")]}
    assert evaluate([GoldReport("a.txt", (here,))], answers, PLACES).usage.hits == 1
    there = GoldToponym(20, 25, "North", "dateline", "north")
    assert evaluate([GoldReport("a.txt", (here, there))], answers, PLACES).usage.hits == 0
