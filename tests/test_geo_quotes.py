"""Quotation marks: which open, which close, and what lies inside."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.quotes import inside, quotations
from geo.text import sentences


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ('He said "go" and "stay".', ['"go"', '"stay"']),
        ("“It fell,” he said. “We left.”", ["“It fell,”", "“We left.”"]),
        ("„Es fiel“, sagte er.", ["„Es fiel“"]),
        ("‘We didn’t go’, she said of the region’s road.", ["‘We didn’t go’"]),
        ("“Not closed, so it runs on.", ["“Not closed, so it runs on."]),
        ('The region’s 12" shells and the soldiers’ posts', []),
        ("", []),
    ],
)
def test_quotations_are_found(text: str, quoted: list[str]) -> None:
    assert [text[a:b] for a, b in quotations(text)] == quoted


@given(st.text(alphabet='ab .,“”«»"‘’„\n', max_size=60))
def test_quotations_lie_apart_and_in_order(text: str) -> None:
    spans = quotations(text)
    assert all(0 <= a < b <= len(text) for a, b in spans)
    assert all(first[1] <= second[0] for first, second in pairwise(spans))
    assert all(inside(spans, position) in {None, *spans} for position in range(len(text)))


def test_a_quotation_of_several_sentences_is_several_sentences() -> None:
    text = 'He said: "We left. They stayed. Mr. Roe came at 5 p.m. by car." Then he went.'
    assert [text[s.start : s.end] for s in sentences(text)] == [
        'He said: "We left.',
        "They stayed.",
        'Mr. Roe came at 5 p.m. by car."',
        "Then he went.",
    ]
