"""Symbols can be told apart: by colour for every kind of sight, and by shape without colour."""

from __future__ import annotations

from itertools import combinations

import pytest
from coloraide import Color

from geo.model import EVENT_TYPES
from maps.style import CATEGORIES, LAYERS, category_of, layer_of
from maps.words import WORDS

SIGHTS = ("normal", "protan", "deutan", "tritan")
LEAST = 20  # CIEDE2000: colours this far apart are not mixed up side by side


def seen(colour: str, sight: str) -> Color:
    return Color(colour) if sight == "normal" else Color(colour).filter(sight).clip()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("sight", SIGHTS)
def test_any_two_categories_differ_in_colour(theme, sight):
    pairs = {
        (a.key, b.key): seen(getattr(a, theme), sight).delta_e(seen(getattr(b, theme), sight), method="2000")
        for a, b in combinations(CATEGORIES, 2)
    }
    closest = min(pairs, key=pairs.get)
    assert pairs[closest] >= LEAST, (
        f"{closest} look alike with {sight} sight in the {theme} theme: {pairs[closest]:.1f}"
    )


def test_every_category_has_its_own_shape():
    assert len({category.shape for category in CATEGORIES}) == len(CATEGORIES)


def test_every_event_type_has_one_category_and_words():
    listed = [kind for category in CATEGORIES for kind in category.types]
    assert sorted(listed) == sorted(EVENT_TYPES)
    assert set(WORDS["event_type"]) == set(EVENT_TYPES)
    assert category_of("something foreign") in {category.key for category in CATEGORIES}


def test_layers_are_chosen_by_kind():
    kinds = [kind for layer in LAYERS for kind in layer.kinds]
    assert len(kinds) == len(set(kinds))
    assert layer_of("town") is None
