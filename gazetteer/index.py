"""The gazetteer as it is asked: by id, by name, by neighbourhood, by what lies in what."""

from __future__ import annotations

import gc
import math
from bisect import bisect_left, bisect_right
from collections import deque
from contextlib import contextmanager
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING

from gazetteer.errors import UnknownPlaceError
from gazetteer.names import normalise
from gazetteer.transliteration import keyed_variants

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from gazetteer.errors import Issue
    from gazetteer.model import Place, Point

EARTH_RADIUS_M = 6_371_008.8
"""The mean radius of the WGS 84 ellipsoid (IUGG)."""


def distance_m(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Return the great-circle distance in metres (haversine on the mean sphere: at most 0.56 % off the ellipsoid).

    >>> round(distance_m(40, 46, 40, 46)), round(distance_m(0, 0, 0, 1))
    (0, 111195)
    """
    phi, other_phi = math.radians(lat), math.radians(other_lat)
    half = math.sin((other_phi - phi) / 2) ** 2
    half += math.cos(phi) * math.cos(other_phi) * math.sin(math.radians(other_lon - lon) / 2) ** 2
    return 2 * EARTH_RADIUS_M * math.asin(min(1.0, math.sqrt(half)))


@contextmanager
def collector_paused() -> Iterator[None]:
    """Put off the collection of garbage while many lasting values are made: it would go through all of them in vain."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


class Gazetteer:
    """All places at hand, with what was wrong in their files (`issues`). Never changes once it is made.

    Iteration gives places, sorted by id; `in` asks for an id.

    >>> from gazetteer.model import Place, Toponym
    >>> towns = Gazetteer([Place("baku", "city", (Toponym("Baku"), Toponym("Bakı", "az-Latn")))])
    >>> towns["baku"].name, "quba" in towns, len(towns), [place.id for place in towns.named("BAKI")]
    ('Baku', False, 1, ['baku'])
    >>> towns["bakú"]
    Traceback (most recent call last):
    gazetteer.errors.UnknownPlaceError: no place has the id "bakú". Did you mean "baku"?
    >>> Gazetteer().named("Baku"), len(Gazetteer())
    ((), 0)
    """

    def __init__(self, places: Iterable[Place] = (), issues: Iterable[Issue] = ()) -> None:
        self._places = {place.id: place for place in sorted(places, key=lambda place: place.id)}
        self.issues: tuple[Issue, ...] = tuple(issues)

    def __repr__(self) -> str:
        return f"<Gazetteer of {len(self)} places, {len(self.issues)} issues>"

    def __len__(self) -> int:
        return len(self._places)

    def __iter__(self) -> Iterator[Place]:
        return iter(self._places.values())

    def __contains__(self, place_id: object) -> bool:
        return place_id in self._places

    def __getitem__(self, place_id: str) -> Place:
        try:
            return self._places[place_id]
        except KeyError:
            raise UnknownPlaceError(f'no place has the id "{place_id}"{self._hint(place_id)}') from None

    def get(self, place_id: str | None) -> Place | None:
        """Return the place with this id, or None."""
        return None if place_id is None else self._places.get(place_id)

    def ids(self) -> tuple[str, ...]:
        """Return all ids, sorted."""
        return tuple(self._places)

    def nearest_ids(self, place_id: str, limit: int = 3) -> tuple[str, ...]:
        """Return the ids that look most like a wrong one, the likest first."""
        from rapidfuzz import fuzz, process  # noqa: PLC0415  (only where something is wrong)

        found = process.extract(
            normalise(place_id).replace(" ", "-"), self._places.keys(), scorer=fuzz.ratio, limit=limit, score_cutoff=75
        )
        return tuple(match[0] for match in found)

    def _hint(self, place_id: str) -> str:
        near = self.nearest_ids(place_id)
        return ". Did you mean " + " or ".join(f'"{other}"' for other in near) + "?" if near else ""

    # -------------------------------------------------------------------------------------------------------- by name

    @cached_property
    def _forms(self) -> tuple[dict[str, dict[str, None]], dict[str, dict[str, None]]]:
        """Every spelling as written and as looked up, each with the ids of those who bear it (dicts keep the order)."""
        written: dict[str, dict[str, None]] = {}
        attested: dict[str, dict[str, None]] = {}
        rules: list[tuple[str, str, str, str]] = []
        with collector_paused():
            for place in self:
                latin = any(name.lang == "az-Latn" for name in place.names)
                for name in place.names:
                    key = normalise(name.text)
                    written.setdefault(name.text, {})[place.id] = None
                    attested.setdefault(key, {})[place.id] = None
                    if not (latin and name.lang == "az-Cyrl"):  # the same spellings over again
                        rules.extend([(place.id, key, *made) for made in keyed_variants(name)])
            sought = {key: dict(ids) for key, ids in attested.items()}
            for place_id, source, key, form in rules:
                # what another place is attested to be called is not taken from it by a rule, unless they share the source
                others = attested.get(key)
                if others is None or place_id in others or not others.keys().isdisjoint(attested[source]):
                    written.setdefault(form, {})[place_id] = None
                    sought.setdefault(key, {})[place_id] = None
        return written, sought

    @cached_property
    def _spellings(self) -> Mapping[str, tuple[str, ...]]:
        return MappingProxyType({form: tuple(ids) for form, ids in self._forms[0].items()})

    def spellings(self) -> Mapping[str, tuple[str, ...]]:
        """Return every form to look for in text, as it is written, with the ids of the places that bear it.

        Holds the names of all languages and scripts and the spellings derived from them; no demonyms.
        """
        return self._spellings

    def named(self, text: str) -> tuple[Place, ...]:
        """Return the places with this name, in whatever case, script or usual transliteration; () where there is none."""
        return tuple(self._places[place_id] for place_id in self._forms[1].get(normalise(text), ()))

    @cached_property
    def _demonyms(self) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, dict[str, None]] = {}
        for place in self:
            for word in place.demonyms:
                found.setdefault(word, {})[place.id] = None
        return MappingProxyType({word: tuple(ids) for word, ids in found.items()})

    def demonyms(self) -> Mapping[str, tuple[str, ...]]:
        """Return the words for a polity's people and what is theirs, with the polities' ids."""
        return self._demonyms

    # -------------------------------------------------------------------------------------------------------- by place

    @cached_property
    def _northward(self) -> tuple[list[float], list[tuple[Point, Place]]]:
        """The latitudes of all points in order, and with them the points and their places."""
        found = sorted(((p.point, p) for p in self if p.point is not None), key=lambda pair: (pair[0].lat, pair[1].id))
        return [point.lat for point, _ in found], found

    def near(self, lat: float, lon: float, radius_m: float) -> tuple[tuple[Place, float], ...]:
        """Return the places whose point lies within a radius, nearest first, each with its distance in metres."""
        latitudes, located = self._northward
        band = radius_m / 111_000 * 1.01 + 1e-6  # degrees of latitude that are sure to hold the circle
        found = []
        for point, place in located[bisect_left(latitudes, lat - band) : bisect_right(latitudes, lat + band)]:
            metres = distance_m(lat, lon, point.lat, point.lon)
            if metres <= radius_m:
                found.append((place, metres))
        return tuple(sorted(found, key=lambda pair: (pair[1], pair[0].id)))

    # ----------------------------------------------------------------------------------------------------- what in what

    def ancestors(self, place_id: str) -> tuple[str, ...]:
        """Return the ids of all that the place lies in, whoever says so, nearest first; () for an unknown id."""
        known = self._known_ancestors.get(place_id)
        if known is None:
            known = self._known_ancestors[place_id] = self._climb(place_id)
        return known

    @cached_property
    def _known_ancestors(self) -> dict[str, tuple[str, ...]]:
        return {}  # filled as it is asked for: resolving asks the same thousands of times

    def _climb(self, place_id: str) -> tuple[str, ...]:
        found: dict[str, None] = {}
        queue = deque([place_id])
        while queue:
            place = self._places.get(queue.popleft())
            for parent in place.parent_ids() if place else ():
                if parent not in found and parent != place_id:
                    found[parent] = None
                    queue.append(parent)
        return tuple(found)

    def within(self, place_id: str, ancestor: str) -> bool:
        """Tell whether a place lies in another one (or is it), whoever says so."""
        return place_id == ancestor or ancestor in self.ancestors(place_id)

    @cached_property
    def _children(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        for place in self:
            for parent in place.parent_ids():
                found.setdefault(parent, []).append(place.id)
        return {parent: tuple(ids) for parent, ids in found.items()}

    def children(self, place_id: str) -> tuple[Place, ...]:
        """Return the places that somebody says lie directly in this one, sorted by id."""
        return tuple(self._places[child] for child in self._children.get(place_id, ()))

    @cached_property
    def _capitals(self) -> dict[str, str]:
        return {polity: place.id for place in self for polity in place.capital_of}

    def capital_of(self, polity_id: str) -> Place | None:
        """Return the capital of a polity, or None where no entry says it is one."""
        return self.get(self._capitals.get(polity_id))

    def country_of(self, place_id: str) -> tuple[str, ...]:
        """Return the ids of the countries that the place lies in de jure today; a country lies in itself."""
        found: dict[str, None] = {}
        seen = {place_id}
        queue = deque([place_id])
        while queue:
            place = self._places.get(queue.popleft())
            if place is None:
                continue
            if place.kind == "country":
                found[place.id] = None
                continue
            for parent in place.parents:
                if parent.basis == "de_jure" and parent.until is None and parent.id not in seen:
                    seen.add(parent.id)
                    queue.append(parent.id)
        return tuple(found)
