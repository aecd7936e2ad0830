"""One colour for each ACLED class, from the palette of Okabe and Ito (2008), which colour-blind readers tell apart.

The colour says what kind of thing happened and never which side did it.
"""

from __future__ import annotations

COLOURS = {
    "Battles": "#d55e00",
    "Explosions/Remote violence": "#e69f00",
    "Violence against civilians": "#cc79a7",
    "Protests": "#56b4e9",
    "Riots": "#009e73",
    "Strategic developments": "#0072b2",
}
OTHER = "#555555"


def colour_of(acled_event: str) -> str:
    """Return the colour of an ACLED class as #rrggbb; grey for anything else.

    >>> colour_of("Protests"), colour_of("")
    ('#56b4e9', '#555555')
    """
    return COLOURS.get(acled_event, OTHER)
