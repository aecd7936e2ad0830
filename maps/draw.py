"""From events to a folium map: what the page needs to know, put together in one place."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from geo.files import write_bytes
from maps import payload, reference
from maps.page import new_map
from maps.style import CATEGORIES, LAYERS
from maps.tiles import OFFERED, choices
from maps.words import BOUNDARY_NOTE, METHOD_NOTE, WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    import folium

    from gazetteer.model import Place
    from geo.model import Event, Report

DEFAULT_TITLE = "Reported events"


def build(
    events: Iterable[Event] | Mapping[str, Any],
    places: Iterable[Place] = (),
    *,
    title: str = DEFAULT_TITLE,
    subtitle: str = "",
    reports: Iterable[Report] = (),
    tiles: Iterable[str] = OFFERED,
    focus: Iterable[str] = (),
) -> folium.Map:
    """Return a folium map of events: one HTML page that contacts nobody, also inside a notebook.

    `events` are geo's events (then `reports` give their claims publisher, day and address), or a FeatureCollection as in
    events.geojson; properties that this program does not know are kept and come out again with the page's exports.
    `places` (a gazetteer) give the base outlines, the lines and areas by date, and the names in all languages. `tiles`
    are names of online layers in the xyzservices collection, which the reader may choose; none is asked for before.
    `focus` are ids of places that are marked themselves, with their precision: for looking at gazetteer entries.

    Raises:
        FormatError: events that are no FeatureCollection, a geometry that cannot be drawn, an unknown tile layer.
        AssetError: an installation without Leaflet.

    >>> page = build({"type": "FeatureCollection", "features": []}, title="Nothing yet")
    >>> "<title>Nothing yet</title>" in page.get_root().render()
    True

    """
    features = payload.features_of(_collection(events, reports))
    known = list(places)
    encoded = payload.encode_events(features)
    spots = encoded.pop("corners")
    marked = list(focus)
    drawn = reference.drawn_geometries(known)
    around = reference.frame(drawn, spots + reference.corners(known, drawn, marked))
    wanted = payload.referred(features).union(marked)
    below = reference.layers(drawn, around, wanted)
    told = {*marked, *(layer["place"] for layer in below)}
    wanted.update(told)
    offered = choices(tiles)
    data = {
        "version": 1,
        "title": title,
        "subtitle": subtitle,
        "notes": {"boundary": BOUNDARY_NOTE, "method": METHOD_NOTE},
        "categories": [
            {"key": c.key, "label": c.label, "shape": c.shape, "light": c.light, "dark": c.dark, "types": c.types}
            for c in CATEGORIES
        ],
        "layers": [{"key": layer.key, "label": layer.label, "shown": layer.shown} for layer in LAYERS],
        "words": WORDS,
        "frame": around,
        "focus": marked,
        "places": reference.labels(known, wanted, around, told),
        "reference": below,
        "tiles": offered,
        **encoded,
    }
    return new_map(data, title, _view(around), [choice["host"] for choice in offered])


def save(world: folium.Map, path: str | Path) -> Path:
    """Write a map to an HTML file, whole or not at all; return its path.

    >>> import tempfile
    >>> from pathlib import Path
    >>> page = build({"type": "FeatureCollection", "features": []})
    >>> save(page, Path(tempfile.mkdtemp()) / "map.html").name
    'map.html'
    """
    return write_bytes(path, world.get_root().render().encode("utf8", "replace"))


def _collection(events: Iterable[Event] | Mapping[str, Any], reports: Iterable[Report]) -> Any:
    if isinstance(events, dict):
        return events
    from geo.export import to_feature_collection  # noqa: PLC0415  (not needed for a FeatureCollection)

    return to_feature_collection(events, reports)  # type: ignore[arg-type]


def _view(around: tuple[float, float, float, float] | None) -> tuple[float, float, int]:
    """Return latitude, longitude and zoom that about show a frame; the page fits it exactly once it knows its size."""
    if around is None:
        return 20.0, 0.0, 3
    west, south, east, north = around
    span = max(east - west, (north - south) * 1.4, 0.05)
    return round((south + north) / 2, 4), round((west + east) / 2, 4), min(12, max(3, int(math.log2(360 / span) + 1)))
