"""Names that several places share: the right entry, none where nothing decides, never one in another country."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import gazetteer
from geo.model import Report
from geo.pipeline import analyse

GOLD = json.loads((Path(__file__).parent / "gold" / "homonyms.json").read_text("utf8"))
WANTED = 0.92


@pytest.fixture(scope="module")
def places():
    return gazetteer.load()


@pytest.fixture(scope="module")
def answers(places):
    return [_answer(row["text"], row["mention"], places) for row in GOLD]


def _answer(text, mention, places):
    """Return the entry that the first mention of a name was taken for, None where it is none or no place."""
    _, found, _ = analyse(Report("a.txt", text), places)
    start = text.index(mention)
    end = start + len(mention)
    here = next((r for r in found if r.mention.start < end and start < r.mention.end), None)
    return None if here is None else here.place_id


def test_the_set_is_large_and_names_entries_that_exist(places):
    assert len(GOLD) >= 150
    assert {row["place"] for row in GOLD if row["place"] is not None and row["place"] not in places} == set()
    assert sum(row["place"] is None for row in GOLD) >= 15


def test_shared_names_are_told_apart(answers):
    wrong = [(row, got) for row, got in zip(GOLD, answers, strict=True) if got != row["place"]]
    assert 1 - len(wrong) / len(GOLD) >= WANTED, wrong


def test_nothing_is_put_into_another_country(answers, places):
    for row, got in zip(GOLD, answers, strict=True):
        if row["place"] is not None and got is not None:
            assert set(places.country_of(got)) & set(places.country_of(row["place"])) or got == row["place"], (row, got)
