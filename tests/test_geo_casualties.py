"""Casualty figures: what is counted, what is not, and what must hold whatever the text is."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.casualties import find_casualties
from geo.casualties.words import casualty_words
from geo.numbers import find_numerals

if TYPE_CHECKING:
    from geo.casualties import CasualtyMention

GOLD: list[dict[str, Any]] = json.loads((Path(__file__).parent / "gold" / "casualties.json").read_text("utf8"))
SIDES = {"Azerbaijani": "azerbaijan", "Azerbaijan": "azerbaijan", "Armenian": "armenia", "Armenia": "armenia"}
OWN_REPORTS = sorted((Path(__file__).parent.parent / "seeds").glob("*.txt"))
FIELDS = ("words", "metric", "group", "side", "low", "best", "high", "qualifier")


def _read(text: str) -> tuple[CasualtyMention, ...]:
    return find_casualties(text, 0, len(text), sides=SIDES)


def _figures(text: str) -> set[tuple[object, ...]]:
    return {
        (f.text, f.metric, f.group, f.side, f.low, f.best, f.high, f.qualifier) for f in (m.figure for m in _read(text))
    }


def test_there_are_enough_sentences() -> None:
    assert len(GOLD) >= 120


@pytest.mark.parametrize("case", GOLD, ids=[case["text"][:50] for case in GOLD])
def test_sentences_are_counted_as_expected(case: dict[str, Any]) -> None:
    assert _figures(case["text"]) == {tuple(figure[field] for field in FIELDS) for figure in case["figures"]}


def _swap_words(text: str) -> str:
    other = {"Azerbaijani": "Armenian", "Azerbaijan": "Armenia", "Armenian": "Azerbaijani", "Armenia": "Azerbaijan"}
    swapped = re.sub(r"\b(?:Azerbaijani|Azerbaijan|Armenian|Armenia)\b", lambda match: other[match.group()], text)
    swapped = re.sub(r"\b([Aa])n(?= [^aeiouAEIOU])", r"\1", swapped)
    return re.sub(r"\b([Aa])(?= [aeiouAEIOU])", r"\1n", swapped)


def _swap_side(side: object) -> object:
    return {"azerbaijan": "armenia", "armenia": "azerbaijan"}.get(str(side), side)


@pytest.mark.parametrize("case", GOLD, ids=[case["text"][:50] for case in GOLD])
def test_swapping_the_parties_swaps_the_sides_and_nothing_else(case: dict[str, Any]) -> None:
    swapped = {(_swap_words(str(f[0])), *f[1:3], _swap_side(f[3]), *f[4:]) for f in _figures(case["text"])}
    assert _figures(_swap_words(case["text"])) == swapped


NUMBERS = st.sampled_from(["two", "at least 27", "dozens of", "up to 40", "a", "100,000", "between 3 and 5", "no", "0"])
WHO = st.sampled_from(
    [
        "soldiers",
        "Azerbaijani soldiers",
        "Armenian civilians",
        "people",
        "children",
        "of its servicemen",
        "tanks",
        "",
        "others",
    ]
)
WHAT = st.sampled_from(
    [
        "were killed",
        "killed",
        "wounded",
        "went missing",
        "were captured",
        "fled",
        "dead",
        "casualties",
        "took part",
        "of them",
    ]
)
LINKS = st.sampled_from(
    [" and ", ", ", ", including ", " — ", ". ", " (", ") ", " or ", " while ", " killing ", " wounding "]
)
PHRASES = st.lists(st.tuples(NUMBERS, WHO, WHAT, LINKS), max_size=4).map(
    lambda parts: "".join(f"{number} {who} {what}{link}" for number, who, what, link in parts)
)


@given(PHRASES)
@settings(max_examples=200, deadline=None)
def test_whatever_the_text_figures_quote_it_and_null_is_never_zero(text: str) -> None:
    mentions = _read(text)
    assert mentions == _read(text)
    for mention in mentions:
        figure = mention.figure
        assert figure.text == text[mention.start : mention.end]
        assert 0 not in (figure.low, figure.best, figure.high)
        assert (figure.qualifier == "none_reported") <= (figure.low is figure.best is figure.high is None)
        assert figure.low is None or figure.high is None or figure.low <= figure.high
        assert mention.reason


@given(PHRASES)
@settings(max_examples=200, deadline=None)
def test_no_number_is_made_up_or_added(text: str) -> None:
    """Every number stands in the figure's own words, is declared for its word, or says that it is derived."""
    declared = {bound for word in casualty_words().vague.values() for bound in (word.low, word.high)}
    for mention in _read(text):
        figure = mention.figure
        stated = {numeral.value for numeral in find_numerals(figure.text)} | {1}
        for number in (figure.low, figure.best, figure.high):
            if number is not None and "derived" not in mention.reason:
                assert number in stated | declared, (text, figure)


@given(PHRASES)
@settings(max_examples=100, deadline=None)
def test_swapping_the_parties_of_any_text_swaps_the_sides(text: str) -> None:
    swapped = {(_swap_words(str(f[0])), *f[1:3], _swap_side(f[3]), *f[4:]) for f in _figures(text)}
    assert _figures(_swap_words(text)) == swapped


@pytest.mark.parametrize("file", OWN_REPORTS, ids=[file.stem for file in OWN_REPORTS])
def test_swapping_the_parties_of_a_report_swaps_the_sides(file: Path) -> None:
    for line in file.read_text("utf8").splitlines():
        swapped = {(_swap_words(str(f[0])), *f[1:3], _swap_side(f[3]), *f[4:]) for f in _figures(line)}
        assert _figures(_swap_words(line)) == swapped


@given(st.text(max_size=60))
@settings(max_examples=60, deadline=None)
def test_any_text_can_be_read(text: str) -> None:
    assert all(0 <= m.start < m.end <= len(text) for m in _read(text))


def test_without_sides_no_figure_has_one() -> None:
    text = "Two Armenian soldiers were killed."
    assert [m.figure.side for m in find_casualties(text, 0, len(text))] == [None]


def test_a_window_reads_only_its_own_part() -> None:
    text = "Two men were killed. Three women were wounded."
    (mention,) = find_casualties(text, 21, len(text))
    assert text[mention.start : mention.end] == "Three women"


def test_a_part_is_marked_and_a_sum_says_what_it_is() -> None:
    reasons = {m.figure.text: m.reason for m in _read("Nine people, including two women, were killed.")}
    assert "part of the figure before it" in reasons["two women"]
    derived = [m for m in _read("A mother and two children were killed.") if m.figure.group == "total"]
    assert [(m.figure.best, m.reason) for m in derived] == [(3, "derived: the sum of the people whom one phrase lists")]


def test_people_of_two_sides_are_not_added() -> None:
    assert all(f[2] != "total" for f in _figures("Two Azerbaijani soldiers and an Armenian civilian were killed."))


def test_a_toll_says_that_it_runs() -> None:
    (mention,) = _read("The death toll rose to 68.")
    assert "running toll" in mention.reason


def test_the_word_lists_do_not_contradict_each_other() -> None:
    words = casualty_words()
    assert not set(words.people) & words.not_people
    assert not words.no_adjectives & set(words.people)
    for name, meaning in words.vague.items():
        assert meaning.low is not None, name
        assert meaning.high is None or meaning.low < meaning.high, name
    for metric, kinds in words.metrics.items():
        assert all(word == word.strip().lower() for kind in kinds.values() for word in kind), metric


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("Two boys of 11 and 13 were wounded.", {("wounded", "children", 2)}),
        ("Two girls aged 6 and 9 were killed.", {("killed", "children", 2)}),
        ("Nine wounded soldiers and a nurse died.", {("killed", "military", 9), ("killed", "civilian", 1), ("killed", "total", 10)}),
        ("The hospital gave a first toll of eight wounded.", {("wounded", "total", 8)}),
        ("The blast hurt three people.", {("wounded", "total", 3)}),
        ("Two wounded men and 3 dead women were found.", {("wounded", "total", 2), ("killed", "women", 3)}),
    ],
)  # fmt: skip
def test_ages_are_no_counts_and_the_wounded_may_die(text: str, figures: set[tuple[str, str, int]]) -> None:
    assert {(m.figure.metric, m.figure.group, m.figure.low) for m in _read(text)} == figures
