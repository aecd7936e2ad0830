"""Explanations tell everything, and nothing in them runs."""

from __future__ import annotations

import io
import json
from datetime import date

import pytest
from click.testing import CliRunner
from rich.console import Console
from shapely.geometry import Point

from gazetteer.index import Gazetteer
from gazetteer.model import Place, Toponym
from geo.cli import explain as command
from geo.explain import explain
from geo.explain.html import page
from geo.explain.terminal import show
from geo.model import (
    Candidate,
    Casualties,
    Claim,
    DateRange,
    Event,
    Extraction,
    Footprint,
    Mention,
    Report,
    Resolution,
    Unresolved,
)

HOSTILE = "<img src=x onerror=alert(1)> [bold]markup[/bold] {{ 7*7 }} \x1b[31m"
TEXT = f"---\ntitle: x\n---\nShells fell on Town, {HOSTILE} said. Seven died in Nowhere."
START = TEXT.index("Town")


@pytest.fixture
def extraction():
    figure = Casualties("killed", "total", None, 7, 7, 7, "exact", "Seven")
    claim = Claim("a.txt", TEXT.index("Shells"), TEXT.index(" said"), TEXT[TEXT.index("Shells") : TEXT.index(" said")], "ministry",
                  "claims", (figure,), "one", "fell", "said by the ministry")  # fmt: skip
    event = Event(
        "e1", "shelling", "alleged", DateRange(date(2023, 9, 19), date(2023, 9, 20), "day", "relative", "Tuesday"),
        Footprint(Point(1, 2), "town", "Town", "Town", "near", 2, 1500.0, "named in the clause"), (claim,), ("one",), "contested", None,
        ("same place and day",),
    )  # fmt: skip
    resolution = Resolution(
        Mention(START, START + 4, "Town"), "literal", "town", 0.87, "one place of this name", "after on",
        (Candidate("town", 0.87), Candidate("town-2", 0.1, ("far away",))),
    )  # fmt: skip
    return Extraction(
        (Report("a.txt", TEXT, HOSTILE, body_start=TEXT.index("Shells")), Report("b.txt", "Nothing.")), (("a.txt", resolution),), (event,),
        (Unresolved("a.txt", 1, 2, "Nowhere", "", "conflict-mapper gazetteer add Nowhere"),),
    )  # fmt: skip


@pytest.fixture
def places():
    return Gazetteer([Place("town", "town", (Toponym("Town"),))])


def test_it_tells_each_mention_and_claim(extraction, places):
    first, second = explain(extraction, places)
    (mention,) = first.mentions
    assert (mention.usage, mention.place, mention.reason, mention.rivals) == (
        "literal", "Town (town, town)", "one place of this name", ("town-2 0.10: far away",),
    )  # fmt: skip
    (claim,) = first.claims
    parts = {what: (value, source) for what, value, source in claim.parts}
    assert parts["what"] == ("shelling", '"fell"')
    assert parts["where"] == ("near Town (precision 2, within 1,500 m)", '"Town"; named in the clause')
    assert parts["when"] == ("2023-09-19 to 2023-09-20, known to the day", '"Tuesday"; relative')
    assert parts["who says so"] == ("ministry", "claims, side one")
    assert parts["figure"] == ("killed, total: exact (low 7, best 7, high 7)", '"Seven"')
    assert parts["merged"] == ("same place and day", "")
    assert first.unresolved == ("Nowhere: conflict-mapper gazetteer add Nowhere",)
    assert (second.mentions, second.claims) == ((), ())


def test_the_page_escapes_everything(extraction, places):
    text = page(explain(extraction, places))
    assert "<img" not in text
    assert "&lt;img" in text
    assert "<script" not in text
    assert '<mark class="literal"' in text
    assert "title: x" not in text  # the header is no part of the report


def test_the_terminal_takes_no_markup_and_no_control_characters(extraction, places):
    out = io.StringIO()
    show(explain(extraction, places), Console(file=out, width=160, highlight=False))
    text = out.getvalue()
    assert "\x1b[31m" not in text
    assert "[bold]markup[/bold]" in text
    assert "Town[1]" in text
    assert "No claim was read" in text


@pytest.fixture
def report(tmp_path):
    file = tmp_path / "a.txt"
    file.write_text("Shells fell on the town of Lachin on Tuesday, the ministry said.\n", "utf8")
    return file


def test_the_command(report, tmp_path):
    runner = CliRunner()
    shown = runner.invoke(command, [str(report), "--published", "2023-09-20"])
    assert shown.exit_code == 0, shown.output
    assert "Lachin[1]" in shown.stdout
    written = runner.invoke(command, [str(report), "--html", str(tmp_path / "why.html")])
    assert written.exit_code == 0
    assert "Lachin" in (tmp_path / "why.html").read_text("utf8")
    told = json.loads(runner.invoke(command, [str(report), "--json"]).stdout)
    assert told["explanations"][0]["mentions"][0]["text"] == "Lachin"
    assert runner.invoke(command, ["no-such.txt"]).exit_code == 2
