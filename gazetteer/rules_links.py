"""Rules about what entries say of one another: parents, namesakes, successors, capitals; and about dates and sources."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from gazetteer.finding import Finding, is_ours, newer
from gazetteer.names import normalise

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gazetteer.index import Gazetteer
    from gazetteer.lines import Where
    from gazetteer.model import DatedGeometry, Place


def link_rules(places: Gazetteer) -> Iterator[Finding]:
    """Find ids that no entry has, cycles, one-sided or unsaid ambiguity, and successors that are missing."""
    for place in places:
        for number, parent in enumerate(place.parents):
            yield from _known(places, place, parent.id, ("parents", number, "id"), "missing-parent")
        for key, ids in (("capital_of", place.capital_of), ("seat_of", place.seat_of)):
            for other in ids:
                yield from _known(places, place, other, (key,), "unknown-id")
        yield from _ambiguity(places, place)
        yield from _successor(places, place)
    yield from _cycles(places)
    yield from _namesakes(places)


def _known(places: Gazetteer, place: Place, other: str, where: Where, code: str) -> Iterator[Finding]:
    if other in places:
        return
    near = places.nearest_ids(other, 1)
    fix = f'Did you mean "{near[0]}"?' if near else f"Add an entry {other}.toml first"
    key = where[-1] if len(where) == 1 or where[0] == "match" else f"{where[0]}[{where[1]}].{where[2]}"
    yield Finding(place, code, f'{key} names "{other}", which no entry has', where, fix)


def _ambiguity(places: Gazetteer, place: Place) -> Iterator[Finding]:
    where = ("match", "ambiguous_with")
    for other in place.match.ambiguous_with:
        if other == place.id:
            yield Finding(place, "ambiguous-self", "ambiguous_with names the place itself", where, "Take it out")
        elif other not in places:
            yield from _known(places, place, other, where, "unknown-id")
        elif place.id not in places[other].match.ambiguous_with and is_ours(place) >= is_ours(places[other]):
            message = f'ambiguous_with names "{other}", which does not name "{place.id}" in turn'
            fix = f'Add "{place.id}" to ambiguous_with under [match] in {other}.toml'
            yield Finding(place, "one-sided", message, where, fix, "warning")


def _successor(places: Gazetteer, place: Place) -> Iterator[Finding]:
    if place.status == "superseded" and place.superseded_by is None:
        fix = 'Add superseded_by = "..." with the id of the entry that took its place'
        yield Finding(place, "no-successor", 'status is "superseded", but superseded_by is missing', ("status",), fix)
    elif place.superseded_by is not None:
        if place.superseded_by == place.id:
            fix = "Name the entry that took its place"
            yield Finding(place, "no-successor", "superseded_by names the place itself", ("superseded_by",), fix)
        yield from _known(places, place, place.superseded_by, ("superseded_by",), "unknown-id")
        if place.status != "superseded":
            message = f'superseded_by is given, but status is "{place.status}"'
            yield Finding(place, "no-successor", message, ("status",), 'Set status = "superseded"')


def _cycles(places: Gazetteer) -> Iterator[Finding]:
    told: set[frozenset[str]] = set()
    for place in places:
        way = _way_back(places, place.id)
        if way and frozenset(way) not in told:
            told.add(frozenset(way))
            drawn = " > ".join((*way, way[0]))
            number = next(n for n, parent in enumerate(place.parents) if parent.id == (*way, way[0])[1])
            fix = "Take out the parent that is wrong"
            yield Finding(place, "parent-cycle", f"lies in itself: {drawn}", ("parents", number, "id"), fix)


def _way_back(places: Gazetteer, start: str) -> tuple[str, ...]:
    """Return a shortest way over parents from a place back to itself, or ()."""
    ways: list[tuple[str, ...]] = [(start,)]
    seen: set[str] = set()
    for way in ways:
        place = places.get(way[-1])
        for parent in place.parent_ids() if place else ():
            if parent == start:
                return way
            if parent not in seen:
                seen.add(parent)
                ways.append((*way, parent))
    return ()


def _namesakes(places: Gazetteer) -> Iterator[Finding]:
    """Find places that share a name without saying so."""
    bearers: dict[str, dict[str, str]] = {}
    for place in places:
        for name in place.names:
            bearers.setdefault(normalise(name.text), {}).setdefault(place.id, name.text)
    told: set[tuple[str, str]] = set()
    for ids in bearers.values():
        for one, other in combinations(sorted(ids), 2):
            namesake, place = newer(places[one], places[other])
            said = other in places[one].match.ambiguous_with or one in places[other].match.ambiguous_with
            if said or (one, other) in told or "superseded" in (place.status, namesake.status):
                continue
            told.add((one, other))
            message = f'shares the name "{ids[place.id]}" with "{namesake.id}"'
            fix = f'Say so: ambiguous_with = ["{namesake.id}"] under [match], and the same there'
            yield Finding(place, "shared-name", message, (), fix, "warning")


def date_rules(places: Gazetteer) -> Iterator[Finding]:
    """Find periods that end before they begin, and geometries of one asserter that hold at the same time."""
    for place in places:
        spans: list[tuple[Where, str | None, str | None]] = [((), place.since, place.until)]
        spans += [(("names", n), name.since, name.until) for n, name in enumerate(place.names)]
        spans += [(("parents", n), parent.since, parent.until) for n, parent in enumerate(place.parents)]
        spans += [(("geometry", n), shape.since, shape.until) for n, shape in enumerate(place.geometries)]
        for where, since, until in spans:
            if since and until and since[: len(until)] > until[: len(since)]:
                at = f"{where[0]}[{where[1]}]." if where else ""
                message = f'{at}from is "{since}", after {at}to, "{until}"'
                yield Finding(
                    place, "dates-reversed", message, (*where, "from"), "Exchange the two, or mend the wrong one"
                )
        for (one, shape), (other, later) in combinations(enumerate(place.geometries), 2):
            if shape.shape == later.shape and shape.asserted_by == later.asserted_by and _overlap(shape, later):
                message = (
                    f'geometry[{one}] and geometry[{other}] hold at the same time by the same "{shape.asserted_by}"'
                )
                fix = "End the first where the second begins (to is exclusive), or name who asserts each"
                yield Finding(place, "geometry-overlap", message, ("geometry", other), fix)


def _overlap(one: DatedGeometry, other: DatedGeometry) -> bool:
    begins = max(one.since or "", other.since or "")
    ends = [until for until in (one.until, other.until) if until is not None]
    return all(begins < until for until in ends)


def source_rules(places: Gazetteer) -> Iterator[Finding]:
    """Find entries that do not say where they are from, and lines without anybody who asserts them."""
    for place in places:
        if not place.source:
            fix = 'Add source = "..." with what you looked it up in'
            yield Finding(place, "no-source", "source is missing", (), fix)
        for number, shape in enumerate(place.geometries):
            if not shape.source:
                fix = 'Add source = "..." under [[geometry]]'
                yield Finding(place, "no-source", f"geometry[{number}].source is missing", ("geometry", number), fix)
            if not shape.asserted_by:
                fix = 'Add asserted_by = "..." under [[geometry]]: who says that it runs so'
                message = f"geometry[{number}].asserted_by is missing"
                yield Finding(place, "no-asserter", message, ("geometry", number), fix)
