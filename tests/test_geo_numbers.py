"""Numbers and quantities in running text."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.casualties.quantities import find_quantities
from geo.numbers import find_numerals, value_of

SAID = [
    ("twenty-seven people", [("twenty-seven", 27)]),
    ("one hundred and seventy people", [("one hundred and seventy", 170)]),
    ("a hundred soldiers", [("a hundred", 100)]),
    ("half a dozen guards", [("half a dozen", 6)]),
    ("three dozen tanks", [("three dozen", 36)]),
    ("a couple of shells", [("a couple", 2)]),
    ("1,960 troops", [("1,960", 1960)]),
    ("100 000 people", [("100 000", 100_000)]),
    ("100\u00a0000 people", [("100\u00a0000", 100_000)]),
    ("2.5 million people", [("2.5 million", 2_500_000)]),
    ("8.000 children", [("8.000", 8000)]),
    ("five hundred thousand", [("five hundred thousand", 500_000)]),
    ("10-15 men", [("10", 10), ("15", 15)]),
    ("in 2020 five men", [("2020", 2020), ("five", 5)]),
    ("the second attack", []),
    ("hundreds of people", []),
    ("a two-day visit by a 19-year-old", []),
    ("at 13:00 on 27.09.2020", []),
    ("a T-72, a BM-21 and an Su-25", []),
    ("the 102nd base", []),
    ("40% of them, 40 % of us", []),
    ("a point five miles off", [("five", 5)]),
    ("", []),
]


@pytest.mark.parametrize(("text", "expected"), SAID)
def test_numbers_are_found_with_their_words(text: str, expected: list[tuple[str, int]]) -> None:
    assert [(text[n.start : n.end], n.value) for n in find_numerals(text)] == expected


@given(st.integers(min_value=0, max_value=9_999_999))
def test_figures_are_read_with_and_without_grouping(value: int) -> None:
    assert value_of(str(value)) == value
    assert value_of(f"{value:,}") == value


@given(st.text(max_size=80))
def test_any_text_is_read_left_to_right_without_overlaps(text: str) -> None:
    numerals = find_numerals(text)
    assert all(0 <= n.start < n.end <= len(text) for n in numerals)
    assert all(a.end <= b.start for a, b in itertools.pairwise(numerals))


def test_a_window_leaves_out_what_stands_outside() -> None:
    text = "five men and six women"
    assert [n.value for n in find_numerals(text, 9)] == [6]
    assert [n.value for n in find_numerals(text, 0, 9)] == [5]


QUALIFIED = [
    ("at least 27", 27, None, None, "at_least"),
    ("more than 40", 40, None, None, "at_least"),
    ("500+", 500, None, None, "at_least"),
    ("15 or more", 15, None, None, "at_least"),
    ("up to 200", None, None, 200, "at_most"),
    ("no more than five", None, None, 5, "at_most"),
    ("as many as 16", None, None, 16, "at_most"),
    ("some 100,000", 100_000, 100_000, 100_000, "about"),
    ("two dozen", 24, 24, 24, "about"),
    ("between 10 and 15", 10, None, 15, "about"),
    ("10–15", 10, None, 15, "about"),
    ("two or three", 2, None, 3, "about"),
    ("dozens", 24, None, 99, "dozens"),
    ("tens of thousands", 20_000, None, 99_999, "thousands"),
    ("numerous", 3, None, None, "several"),
    ("27", 27, 27, 27, "exact"),
]


@pytest.mark.parametrize(("words", "low", "best", "high", "qualifier"), QUALIFIED)
def test_a_quantity_keeps_what_the_words_give(
    words: str, low: int | None, best: int | None, high: int | None, qualifier: str
) -> None:
    text = f"There were {words} people."
    (found,) = find_quantities(text, 0, len(text))
    assert (text[found.start : found.end], found.low, found.best, found.high, found.qualifier) == (
        words,
        low,
        best,
        high,
        qualifier,
    )


def test_two_numbers_joined_by_and_are_no_range() -> None:
    text = "two and three"
    assert [q.best for q in find_quantities(text, 0, len(text))] == [2, 3]


def test_blocked_spans_hold_no_quantity() -> None:
    text = "On 27 September 16 men"
    assert [q.best for q in find_quantities(text, 0, len(text), blocked=[(3, 15)])] == [16]
