"""Which areas a position lies in, by the geometries of the entries."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gazetteer.index import Gazetteer
    from gazetteer.model import Place


def containing(places: Gazetteer, lat: float, lon: float, day: str | None = None) -> tuple[Place, ...]:
    """Return the places whose area holds a position on an ISO day (None: now), the smallest first.

    >>> from gazetteer.index import Gazetteer
    >>> containing(Gazetteer(), 39.8, 46.7)
    ()
    """
    from shapely import Point  # noqa: PLC0415  (shapely is slow to import)
    from shapely.geometry import shape  # noqa: PLC0415

    dot = Point(lon, lat)
    found = []
    for place in places:
        dated = place.geometry_on(day)
        if dated is not None and dated.shape == "area" and dated.file.is_file():
            area = shape(dated.read())
            if area.covers(dot):
                found.append((area.area, place.id, place))
    return tuple(place for _, _, place in sorted(found, key=lambda item: item[:2]))
