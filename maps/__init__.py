"""Draws: turns events and the places they name into one HTML file that opens anywhere.

    import maps
    maps.build(events, places, title="September 2023").save("map.html")

Nothing heavy is imported until a name is used, so that light commands start at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from maps.draw import build, save

__all__ = ["build", "save"]


def __getattr__(name: str) -> Any:
    if name in __all__:
        from maps import draw  # noqa: PLC0415  (folium and shapely take a second to import)

        return getattr(draw, name)
    raise AttributeError(f"module 'maps' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
