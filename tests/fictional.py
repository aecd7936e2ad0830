"""A made-up region: two countries, a disputed region, a border. Tests that use it show that the engine knows no war."""

from __future__ import annotations

from gazetteer import Gazetteer, MatchRules, Parent, Place, Point, Toponym


def _place(place_id: str, kind: str, name: str, lat: float | None = None, lon: float = 0.0, **more: object) -> Place:
    point = Point(lat, lon, 500.0, "made up") if lat is not None else None
    names = (Toponym(name), *(Toponym(other) for other in more.pop("also", ())))  # type: ignore[attr-defined]
    return Place(place_id, kind, names, point=point, **more)  # type: ignore[arg-type]


def _in(*ids: str) -> tuple[Parent, ...]:
    return tuple(Parent(place_id) for place_id in ids)


def region(one: str = "Norland", other: str = "Sudmark") -> Gazetteer:
    """Return the gazetteer with the two countries under the given names (swap them to swap the sides)."""
    return Gazetteer([
        _place(one.lower(), "country", one, 50.0, 10.0, demonyms=(f"{one}er", f"{one}ers", f"{one}ish")),
        _place(other.lower(), "country", other, 48.0, 10.0, demonyms=(f"{other}er", f"{other}ers", f"{other}ish")),
        _place("vellin", "city", "Vellin", 50.2, 10.1, capital_of=(one.lower(),), parents=_in(one.lower())),
        _place("castra", "city", "Castra", 47.9, 10.2, capital_of=(other.lower(),), parents=_in(other.lower())),
        _place("highvale", "region", "Highvale", 49.0, 10.0, parents=_in(other.lower()), demonyms=("Highvaler", "Highvalers")),
        _place("orrin", "town", "Orrin", 49.05, 10.05, parents=_in("highvale"), capital_of=("highvale",)),
        _place("tessel", "village", "Tessel", 49.1, 10.1, parents=_in("highvale")),
        _place("brask", "village", "Brask", 49.12, 10.2, parents=_in("highvale")),
        _place("brask-south", "village", "Brask", 47.5, 11.9, parents=_in(other.lower()), match=MatchRules(ambiguous_with=("brask",), context=("salt",))),
        _place("dorn", "town", "Dorn", 49.9, 10.3, parents=_in(one.lower())),
        _place("dorn-district", "district", "Dorn district", 49.9, 10.3, parents=_in(one.lower())),
    ])  # fmt: skip
