"""The gazetteer as a geopy geocoder: the same calls as any other service, answered from the entries, without network.

>>> from gazetteer.index import Gazetteer
>>> from gazetteer.model import Place, Point, Toponym
>>> names = (Toponym("Stepanakert"), Toponym("Xankəndi", "az-Latn"))
>>> town = Place("stepanakert", "city", names, point=Point(39.8153, 46.752, 1000))
>>> geocoder = CuratedGeocoder(Gazetteer([town]))
>>> geocoder.geocode("Khankendi").point.latitude, geocoder.reverse((39.8, 46.7)).raw["id"]
(39.8153, 'stepanakert')
>>> geocoder.geocode("Quba"), geocoder.reverse((0, 0))
(None, None)
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geopy.geocoders.base import DEFAULT_SENTINEL, Geocoder
from geopy.location import Location

from gazetteer.load import load
from gazetteer.model import SETTLEMENTS
from gazetteer.search import search
from gazetteer.writing import record

if TYPE_CHECKING:
    from gazetteer.index import Gazetteer
    from gazetteer.model import Place

REACH_M = 25_000.0
"""`reverse` answers nothing where the nearest place is farther than this."""
_RANK = {"country": 0, "province": 1, "region": 1, "city": 2, "town": 3, "district": 4, "village": 5}
"""Of places that share a name the larger one answers first, as with other services."""


class CuratedGeocoder(Geocoder):  # type: ignore[misc]  # geopy has no types
    """Answers `geocode` and `reverse` from a gazetteer; `raw` of a location is the entry as plain values.

    Works wherever geopy's geocoders do, `geopandas.tools.geocode(names, provider=CuratedGeocoder)` included.
    Places without a position are never answered.
    """

    def __init__(
        self,
        places: Gazetteer | None = None,
        *,
        fuzzy: bool = False,
        timeout: Any = DEFAULT_SENTINEL,
        user_agent: str | None = None,
        **kwargs: Any,
    ) -> None:
        """Answer from `places` (None: our entries); `fuzzy` forgives typing errors. The rest is geopy's."""
        super().__init__(timeout=timeout, user_agent=user_agent, **kwargs)
        self.places = load() if places is None else places
        self.fuzzy = fuzzy

    def geocode(
        self, query: str, *, exactly_one: bool = True, timeout: Any = DEFAULT_SENTINEL
    ) -> Location | list[Location] | None:
        """Return the location of a name in any script, or None; with `exactly_one=False` the list of all namesakes.

        What follows a comma narrows the search, as in "Martuni, Armenia".
        """
        del timeout  # nothing is waited for
        name, *rest = (part.strip() for part in query.split(","))
        found = [place for place in self._named(name) if self._lies_in(place, rest)]
        found.sort(key=lambda place: (_RANK.get(place.kind, 6), place.id))
        return self._answer([_location(place) for place in found if place.point], exactly_one=exactly_one)

    def reverse(
        self, query: Any, *, exactly_one: bool = True, timeout: Any = DEFAULT_SENTINEL
    ) -> Location | list[Location] | None:
        """Return the settlement nearest to a point within `REACH_M`, or None; with `exactly_one=False` all, nearest first.

        `query` is what geopy takes: (lat, lon), "lat, lon", or a geopy Point.
        """
        del timeout
        lat, lon = (float(part) for part in self._coerce_point_to_string(query).split(","))
        near = [place for place, _ in self.places.near(lat, lon, REACH_M) if place.kind in SETTLEMENTS]
        return self._answer([_location(place) for place in near], exactly_one=exactly_one)

    def _named(self, name: str) -> list[Place]:
        found = list(self.places.named(name))
        if not found and name in self.places:
            found = [self.places[name]]
        if not found and self.fuzzy:
            found = [hit.place for hit in search(self.places, name, 5)]
        return found

    def _lies_in(self, place: Place, rest: list[str]) -> bool:
        return all(
            any(self.places.within(place.id, area.id) for area in self.places.named(part)) for part in rest if part
        )

    def _answer(self, found: list[Location], *, exactly_one: bool) -> Location | list[Location] | None:
        if not found:
            return None
        return found[0] if exactly_one else found


def _location(place: Place) -> Location:
    point = place.point
    if point is None:  # callers have sorted these out
        raise ValueError(place.id)
    return Location(place.name, (point.lat, point.lon, 0.0), record(place))
