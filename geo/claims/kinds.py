"""Sets of event types that are treated alike, and why some events are listed but not drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.claims.triggers import CASUALTIES

if TYPE_CHECKING:
    from gazetteer.model import Place

KINETIC = frozenset({
    "armed_clash", "shelling", "air_drone_strike", "mine_ied", "ambush_or_raid", "attack_on_civilians", "offensive",
    "ceasefire_violation", "property_destruction", "heritage_damage", "other", CASUALTIES,
})  # fmt: skip
"""Types that tell of one and the same violence where they stand in one clause."""
CARRIES_PLACE = frozenset({
    "armed_clash", "shelling", "air_drone_strike", "mine_ied", "offensive", "attack_on_civilians", "ceasefire_violation",
    "property_destruction", "blockade_or_restriction", "displacement", CASUALTIES,
})  # fmt: skip
"""Types whose place may be the one that the text last spoke of."""
DIPLOMATIC = frozenset({"ceasefire_or_agreement", "meeting_or_talks"})
"""Types whose place must stand in their own clause."""
NOT_DRAWN: dict[str, str] = {
    "planned": "it is planned, not said to have happened",
    "threatened": "a threat, not said to have happened",
    "hypothetical": "spoken of as possible, feared or demanded, not said to have happened",
    "denied": "it is denied",
}
WITH_FIGURES = frozenset(
    {
        "displacement",
        "abduction_or_capture",
        "prisoner_release",
        "riot",
        "control_change",
        "blockade_or_restriction",
        "protest",
        "other",
    }
)
"""Types beside violence that a figure may tell of."""

_TOO_WIDE_M = 75_000


def is_too_wide(place: Place) -> bool:
    """Tell whether a place is too wide to stand in for one that is not known: a district may, a province of 200 km may not.

    >>> from gazetteer.model import Place, Point
    >>> [is_too_wide(Place("x", "province", (), point=Point(1, 1, metres))) for metres in (20_000, 200_000)]
    [False, True]
    >>> is_too_wide(Place("x", "province", ()))
    False
    """
    return place.point is not None and place.point.precision_m > _TOO_WIDE_M
