"""What the pipeline promises, on a made-up war: no false pin, claims with their speaker, honest places, both sides alike."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fictional import region
from geo.model import Extraction, Report
from geo.pipeline import extract, extract_all

if TYPE_CHECKING:
    from geo.model import Event

PLACES = region()
DAY = date(2031, 5, 14)  # a Wednesday


def read(text: str, name: str = "a.txt") -> Extraction:
    return extract(Report(name, text, published=DAY, publisher="Daily"), PLACES)


def drawn(extraction: Extraction) -> list[Event]:
    return [event for event in extraction.events if event.where.geometry is not None]


def places_of(extraction: Extraction) -> list[tuple[str, str | None]]:
    return [(event.event_type, event.where.place_id) for event in drawn(extraction)]


def test_an_empty_report_gives_nothing() -> None:
    assert read("") == Extraction((Report("a.txt", "", published=DAY, publisher="Daily"),))


def test_what_a_capital_says_is_not_drawn_at_the_capital() -> None:
    found = read("Vellin said on Monday that Sudmarkish forces had shelled the village of Tessel.")
    assert places_of(found) == [("shelling", "tessel")]
    (event,) = drawn(found)
    assert event.claims[0].claimant == "Norland"
    assert event.when.start == date(2031, 5, 12)


@pytest.mark.parametrize(
    "text",
    [
        "Vellin condemned the violence.",
        "VELLIN (Agency) - Norland's foreign minister spoke by phone with his counterpart.",
        "Norland threatened to attack Sudmark.",
        "Sudmark may shell Tessel if talks fail.",
        "The president warned of a new war in Highvale.",
        "Norland urged Sudmark to stop its offensive.",
        "There was no shelling in Tessel.",
        "The ministry in Castra denied that its army shelled Tessel.",
    ],
)
def test_nothing_is_drawn_for_what_did_not_happen(text: str) -> None:
    assert drawn(read(text)) == []


def test_a_list_of_villages_is_one_event_a_place_with_one_claim() -> None:
    found = read(
        "On Tuesday Norlandish troops took the villages of Tessel, Brask and Orrin in Highvale, Norland's army said."
    )
    taken = [event for event in drawn(found) if event.event_type == "control_change"]
    assert sorted(event.where.place_id or "" for event in taken) == ["brask", "orrin", "tessel"]
    assert len({event.group for event in taken}) == 1
    assert taken[0].group
    assert {event.claims for event in taken} == {taken[0].claims}


def test_a_shared_name_without_evidence_is_listed_and_not_drawn() -> None:
    found = extract(Report("a.txt", "Shells hit Brask on Monday.", published=DAY), PLACES)
    assert drawn(found) == []
    assert [row.text for row in found.unresolved] == ["Brask"]


def test_a_shared_name_is_decided_by_its_neighbours() -> None:
    assert ("shelling", "brask") in places_of(read("Shells hit Tessel and Brask in Highvale on Monday."))


def test_an_unknown_village_goes_to_the_list_with_the_command_that_adds_it() -> None:
    found = read("Shells hit the village of Ulmen on Monday.")
    assert [row.text for row in found.unresolved] == ["Ulmen"]
    assert found.unresolved[0].suggestion.startswith("conflict-mapper gazetteer add")


def test_rival_figures_stand_side_by_side() -> None:
    found = read(
        "Norland's defence ministry said that 12 people were killed in shelling of Tessel on Monday. "
        "Sudmark's defence ministry said that 30 people were killed in the shelling of Tessel on Monday."
    )
    figures = sorted(
        f.low or 0 for event in drawn(found) for c in event.claims for f in c.casualties if f.metric == "killed"
    )
    assert figures == [12, 30]


def test_a_denial_makes_an_event_contested() -> None:
    found = read(
        "Norland's army said that Sudmarkish troops shelled Tessel on Tuesday, an accusation denied by Sudmark's defence ministry."
    )
    (event,) = drawn(found)
    assert event.verification == "contested"
    assert [(c.act, c.claimant_side) for c in event.claims] == [("reports", "norland"), ("denies", "sudmark")]


def test_quotes_are_the_text_at_their_offsets() -> None:
    text = "“They shelled Tessel,” said Norland’s army. Two soldiers were killed near Brask in Highvale on Monday."
    for event in read(text).events:
        for claim in event.claims:
            assert text[claim.start : claim.end] == claim.quote


def test_two_reports_of_one_thing_become_one_event() -> None:
    one = Report(
        "a.txt", "On Tuesday troops of Norland shelled Tessel, Sudmark's army said.", published=DAY, publisher="A"
    )
    other = Report(
        "b.txt", "Norland's army said that its artillery shelled Tessel on Tuesday.", published=DAY, publisher="B"
    )
    events = [e for e in extract_all([one, other], PLACES).events if e.where.place_id == "tessel"]
    assert len(events) == 1
    assert {claim.report for claim in events[0].claims} == {"a.txt", "b.txt"}
    assert events[0].verification == "both_sides"
    assert events[0].merged


def test_extraction_is_deterministic() -> None:
    text = "Shells hit Tessel and Orrin on Monday. Norland said that two soldiers died."
    assert read(text) == read(text)


_TEMPLATES = (
    "{A} said on Monday that {b} forces had shelled the village of Tessel, killing two civilians.",
    "The defence ministry in {ca} said that {b} troops attacked along the road near Orrin.",
    "{ca} accused {cb} of opening fire at its positions near Dorn on Tuesday.",
    "{B}'s army denied shelling Tessel, and {A} called for talks.",
    "On Sunday {a} soldiers captured three {b} soldiers near Tessel, according to {B}'s defence ministry.",
    "Hundreds of people protested in {ca} on Monday against {A}'s government.",
    "{A} and {B} agreed to a ceasefire in Highvale on Tuesday, {A}'s foreign ministry said.",
)


@settings(max_examples=120, deadline=None)
@given(st.lists(st.sampled_from(_TEMPLATES), min_size=1, max_size=4))
def test_swapping_the_sides_swaps_the_output_and_nothing_else(templates: list[str]) -> None:
    """Each side's name, people and capital change places in the text and in the gazetteer."""
    names = {"A": "Norland", "a": "Norlandish", "ca": "Vellin", "B": "Sudmark", "b": "Sudmarkish", "cb": "Castra"}
    # the swap keeps lengths, so that offsets can be compared as they are
    text = "\n\n".join(templates).format(**names)
    swapped_names = {
        "A": "Sudmark",
        "a": "Sudmarkish",
        "ca": "Castra",
        "B": "Norland",
        "b": "Norlandish",
        "cb": "Vellin",
    }
    swapped = "\n\n".join(templates).format(**swapped_names)
    one = _shape(
        extract(Report("a.txt", text, published=DAY), PLACES),
        {"norland": "P", "sudmark": "Q", "vellin": "CP", "castra": "CQ"},
    )
    other = _shape(
        extract(Report("a.txt", swapped, published=DAY), PLACES),
        {"sudmark": "P", "norland": "Q", "castra": "CP", "vellin": "CQ"},
    )
    assert one == other


def _shape(extraction: Extraction, ids: dict[str, str]) -> list[object]:
    def party(value: str | None) -> str | None:
        return ids.get(value, value) if value else value

    return [
        (
            event.event_type, event.modality, event.when, event.where.precision, event.verification, party(event.where.place_id),
            event.where.geometry is None,
            [(c.act, party(c.claimant_side), [(f.metric, f.group, party(f.side), f.low) for f in c.casualties]) for c in event.claims],
        )
        for event in extraction.events
    ]  # fmt: skip


_PIECES = st.sampled_from((
    "Norland", "Vellin", "Tessel", "Brask", "Highvale", "shelled", "killed", "the", "near", "said", "that", "12", "civilians", "denied", "on Monday",
    "a ceasefire", "“", "”", "’s", ",", ".", "\n\n", "—", "İstanbul", "ﬁ", "\u200f", "between", "and", "20 km north of", "Norlandish", "troops", "to", "not",
    "before", "after", "the village of", "Ulmen", "district", "\x00", "{{ 7*7 }}", "<b>", "was", "captured", "accused", "of", "attacking",
))  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(_PIECES, max_size=40).map(" ".join) | st.text(max_size=300))
def test_no_text_breaks_the_pipeline_and_every_quote_is_the_text(text: str) -> None:
    found = read(text)
    for _, resolution in found.resolutions:
        mention = resolution.mention
        assert text[mention.start : mention.end] == mention.text
    for event in found.events:
        for claim in event.claims:
            assert text[claim.start : claim.end] == claim.quote
            assert claim.end - claim.start <= 700
            for figure in claim.casualties:
                assert figure.text
                assert figure.low is None or figure.low > 0 or figure.qualifier == "none_reported"
        if event.where.geometry is None:
            assert event.where.reason


def test_a_very_long_line_is_read() -> None:
    line = "Troops of Norland shelled Tessel on Monday, Sudmark said, and " * 2000
    assert read(line).events


def test_a_fault_in_one_report_is_told_and_the_others_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    from geo import pipeline  # noqa: PLC0415

    whole = pipeline.find_events

    def failing(analysis: Any) -> Any:
        if analysis.report.name == "bad.txt":
            raise RuntimeError("made for this test")
        return whole(analysis)

    monkeypatch.setattr(pipeline, "find_events", failing)
    text = "Shells hit Tessel on Monday."
    found = extract_all([Report("bad.txt", text, published=DAY), Report("good.txt", text, published=DAY)], PLACES)
    assert [report.name for report in found.reports] == ["good.txt"]
    assert [issue.file for issue in found.issues] == ["bad.txt"]
    assert [event.where.place_id for event in found.events] == ["tessel"]
