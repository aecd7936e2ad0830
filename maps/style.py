"""What things look like: a shape and a colour for a category of events, a line for a kind of reference layer.

Colours are chosen by search so that any two differ by at least 20 in CIEDE2000, for normal sight and for the three kinds
of dichromacy (Machado, Oliveira and Fernandes 2009), in the light and in the dark theme; a test holds them to it. Shape
repeats what colour says. No colour belongs to a party.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Shape = Literal["triangle", "star", "square", "hexagon", "diamond", "cross", "circle", "pentagon"]
Layer = Literal["corridor", "line", "extent", "district", "country", "water", "river", "road", "further"]


@dataclass(frozen=True, slots=True)
class Category:
    """A group of event types that share a symbol: more than eight cannot be told apart by colour-blind readers."""

    key: str
    label: str
    shape: Shape
    light: str
    dark: str
    types: tuple[str, ...]


CATEGORIES: tuple[Category, ...] = (
    Category("fighting", "Fighting and strikes", "triangle", "#cc1919", "#e61933", (
        "armed_clash", "shelling", "air_drone_strike", "mine_ied", "ambush_or_raid", "offensive", "ceasefire_violation",
    )),
    Category("harm", "Harm to civilians, homes", "star", "#331919", "#e6e6cc", (
        "attack_on_civilians", "abduction_or_capture", "sexual_violence", "property_destruction", "heritage_damage",
    )),
    Category("control", "Ceasefire, control, release", "square", "#193366", "#1933cc", (
        "control_change", "ceasefire_or_agreement", "withdrawal_or_handover", "prisoner_release",
    )),
    Category("posture", "Troops, posts, blockade", "hexagon", "#b2b299", "#664c66", (
        "mobilisation", "base_or_checkpoint", "weapons_intercepted", "blockade_or_restriction",
    )),
    Category("displacement", "Displacement", "diamond", "#ffb200", "#ffb200", ("displacement",)),
    Category("aid", "Aid and convoys", "cross", "#198080", "#339980", ("aid_delivery",)),
    Category("talks", "Talks and meetings", "circle", "#b233ff", "#b266ff", ("meeting_or_talks",)),
    Category("unrest", "Protest, arrest, other", "pentagon", "#66ccff", "#99e6ff", ("protest", "riot", "arrest", "other")),
)  # fmt: skip

OTHER = "unrest"
"""The category that takes event types which no category names (foreign events)."""


@dataclass(frozen=True, slots=True)
class LayerStyle:
    """A kind of reference layer: its name in the legend, and whether it is shown at first."""

    key: Layer
    label: str
    kinds: tuple[str, ...]
    shown: bool


LAYERS: tuple[LayerStyle, ...] = (
    LayerStyle("corridor", "Corridors", ("corridor",), shown=True),
    LayerStyle("line", "Lines of contact, borders", ("line",), shown=True),
    LayerStyle("extent", "Extents of regions", ("region", "area"), shown=True),
    LayerStyle("further", "Further lines and areas", (), shown=False),
    LayerStyle("district", "Districts", ("district", "province"), shown=False),
    LayerStyle("country", "Country outlines", ("country",), shown=True),
    LayerStyle("water", "Lakes and seas", ("lake", "reservoir", "sea"), shown=True),
    LayerStyle("river", "Rivers", ("river",), shown=True),
    LayerStyle("road", "Roads and railways", ("road", "railway"), shown=True),
)


def category_of(event_type: str) -> str:
    """Return the key of the category that an event type belongs to; unknown types go with the last one.

    >>> category_of("shelling"), category_of("aid_delivery"), category_of("no such type")
    ('fighting', 'aid', 'unrest')
    """
    return next((category.key for category in CATEGORIES if event_type in category.types), OTHER)


def layer_of(kind: str) -> str | None:
    """Return the reference layer that a kind of place is drawn in, None where it is a point only.

    >>> layer_of("corridor"), layer_of("region"), layer_of("town") is None
    ('corridor', 'extent', True)
    """
    return next((layer.key for layer in LAYERS if kind in layer.kinds), None)
