"""What a sentence is taken to say: type, place and modality, on a made-up war."""

from __future__ import annotations

from datetime import date

import pytest

from fictional import region
from geo.model import Report
from geo.pipeline import extract

PLACES = region()
DAY = date(2031, 5, 14)

HAPPENED = [
    ("Rockets hit Tessel on Monday.", "shelling", "tessel"),
    ("Tessel came under heavy artillery fire.", "shelling", "tessel"),
    ("Two soldiers were killed by a mine near Tessel.", "mine_ied", "tessel"),
    ("A drone strike destroyed a truck near Orrin.", "air_drone_strike", "orrin"),
    ("Norlandish troops captured the town of Orrin.", "control_change", "orrin"),
    ("Orrin fell on 9 May 2030.", "control_change", "orrin"),
    ("Sudmark has taken Tessel, Castra said.", "control_change", "tessel"),
    ("The army handed over the village of Tessel to Sudmark.", "withdrawal_or_handover", "tessel"),
    ("Hundreds of people protested in Vellin on Sunday.", "protest", "vellin"),
    ("Police detained twelve demonstrators in Vellin.", "arrest", "vellin"),
    ("An aid convoy reached Orrin on Tuesday.", "aid_delivery", "orrin"),
    ("Norland set up a checkpoint near Dorn.", "base_or_checkpoint", "dorn"),
    ("More than 3,000 people fled Highvale.", "displacement", "highvale"),
    ("The road to Orrin has been closed to traffic since December.", "blockade_or_restriction", "orrin"),
    ("Three soldiers were captured near Tessel.", "abduction_or_capture", "tessel"),
    ("Units of Norland opened fire at positions of the Sudmarkish army located in the direction of Tessel.", "ceasefire_violation", "tessel"),
    ("From the positions in Dorn, Norlandish units fired at the positions located near Tessel.", "ceasefire_violation", "tessel"),
    ("The church of Tessel was damaged by shelling.", "heritage_damage", "tessel"),
    ("Delegations of both sides met in Dorn for talks.", "meeting_or_talks", "dorn"),
    ("Norland accused Sudmark of shelling Tessel.", "shelling", "tessel"),
    ("They began to shell Tessel at dawn.", "shelling", "tessel"),
    ("In Highvale, shells fell near Tessel.", "shelling", "tessel"),
    ("The army condemned the shelling of Tessel.", "shelling", "tessel"),
    ("Norland released ten prisoners in Dorn.", "prisoner_release", "dorn"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "event_type", "place"), HAPPENED)
def test_what_happened_is_typed_and_placed(text: str, event_type: str, place: str) -> None:
    events = extract(Report("a.txt", text, published=DAY), PLACES).events
    drawn = [
        (event.event_type, event.where.place_id)
        for event in events
        if event.where.geometry is not None or event.where.place_id
    ]
    assert (event_type, place) in drawn


NOT_HAPPENED = [
    ("Norland will withdraw from Tessel next week.", "planned"),
    ("Norland threatened to shell Tessel.", "threatened"),
    ("Norland may shell Tessel.", "hypothetical"),
    ("If Sudmark attacks Tessel, Norland will answer.", "hypothetical"),
    ("Norland denied shelling Tessel.", "denied"),
    ("Norland denied that its army had shelled Tessel.", "denied"),
    ("The road to Tessel was not closed.", "denied"),
    ("Norland called on Sudmark to end the shelling and to hold talks in Dorn.", "hypothetical"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "modality"), NOT_HAPPENED)
def test_what_did_not_happen_is_listed_with_its_modality_and_not_drawn(text: str, modality: str) -> None:
    events = extract(Report("a.txt", text, published=DAY), PLACES).events
    assert modality in {event.modality for event in events}
    assert all(event.where.geometry is None and event.where.reason for event in events)


def test_a_figure_said_of_several_places_stays_one_event() -> None:
    text = "Twelve people were killed in Tessel and Orrin on Monday."
    (event,) = extract(Report("a.txt", text, published=DAY), PLACES).events
    assert event.where.geometry is not None
    assert event.where.geometry.geom_type == "MultiPoint"
    assert set(event.where.place_ids) == {"tessel", "orrin"}
    assert [(f.metric, f.low) for f in event.claims[0].casualties] == [("killed", 12)]


def test_an_undated_event_lies_between_the_day_told_and_publication() -> None:
    text = "Shells hit Tessel on Monday.\n\nProtesters gathered outside parliament in Vellin and demanded that the president resign."
    events = {e.event_type: e for e in extract(Report("a.txt", text, published=DAY), PLACES).events}
    assert (events["protest"].when.start, events["protest"].when.end) == (date(2031, 5, 12), DAY)
    assert events["protest"].when.basis == "publication"


def test_a_region_counts_on_its_own_ground_and_a_country_does_not() -> None:
    region_says = "The authorities of Highvale said that 20 people were killed."
    country_says = "The army of Sudmark said that 20 people were killed."
    (own,) = extract(Report("a.txt", region_says, published=DAY), PLACES).events
    (other,) = extract(Report("a.txt", country_says, published=DAY), PLACES).events
    assert other.where.geometry is None
    assert own.where.place_id in {None, "highvale"}  # drawn only where the region has an outline
    assert "orrin" not in (own.where.place_id, *own.where.place_ids)
