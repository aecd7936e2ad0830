"""An entry in words, for the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gazetteer.names import normalise
from gazetteer.transliteration import derived_names

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gazetteer.index import Gazetteer
    from gazetteer.model import Place


def period(since: str | None, until: str | None) -> str:
    """Write a period as people read it; the end is exclusive.

    >>> period("1923", "1991"), period(None, "1991"), period("1991", None), period(None, None)
    ('from 1923 to 1991', 'until 1991', 'from 1991', '')
    """
    if since and until:
        return f"from {since} to {until}"
    return f"from {since}" if since else f"until {until}" if until else ""


def describe(place: Place, places: Gazetteer) -> str:
    """Return all that an entry says, a line each.

    >>> from gazetteer.index import Gazetteer
    >>> from gazetteer.model import Place, Toponym
    >>> print(describe(Place("baku", "city", (Toponym("Baku"),)), Gazetteer()))
    Baku (baku), city, current, imported
      position   none: never drawn
      name       Baku [en, press]
    """
    return "\n".join(_lines(place, places))


def _lines(place: Place, places: Gazetteer) -> Iterator[str]:
    head = ", ".join(part for part in (place.kind.replace("_", " "), place.status, place.review) if part)
    yield f"{place.name} ({place.id}), {head}" + _comma(period(place.since, place.until))
    point = place.point
    if point is None:
        yield _row("position", "none: never drawn" if not place.geometries else "by its geometry")
    else:
        yield _row("position", f"{point.lat}, {point.lon}, within {point.precision_m:g} m" + _comma(point.source))
    for name in place.names:
        users = f", used by {', '.join(name.used_by)}" if name.used_by else ""
        yield _row("name", f"{name.text} [{name.lang}, {name.kind}{users}]" + _comma(period(name.since, name.until)))
    attested = {normalise(name.text) for name in place.names}
    made = [one.text for name in place.names for one in derived_names(name) if normalise(one.text) not in attested]
    if made:
        yield _row("met as", f"{', '.join(dict.fromkeys(made))} (by rule)")
    for parent in place.parents:
        found = places.get(parent.id)
        by = f" by {parent.asserted_by}" if parent.asserted_by else ""
        basis = parent.basis.replace("_", " ")
        yield _row(
            "lies in",
            f"{found.name if found else parent.id} ({parent.id}), {basis}{by}"
            + _comma(period(parent.since, parent.until)),
        )
    for shape in place.geometries:
        by = f", asserted by {shape.asserted_by}" if shape.asserted_by else ""
        yield _row(shape.shape, f"{shape.label or shape.file.name}{by}" + _comma(period(shape.since, shape.until)))
    for key, value in place.links:
        yield _row(key, value)
    if place.match.ambiguous_with:
        yield _row("not to be taken for", ", ".join(place.match.ambiguous_with))
    if place.population is not None:
        yield _row("people", f"{place.population:,}")
    if place.source:
        yield _row("source", place.source)
    if place.note:
        yield _row("note", place.note)
    if place.file:
        yield _row("file", str(place.file))


def _row(label: str, text: str) -> str:
    return f"  {label:<10} {text}"


def _comma(text: str) -> str:
    return f", {text}" if text else ""
