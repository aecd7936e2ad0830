"""Draw the generalised outlines that lie beside the entries of districts and provinces."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from shapely import orient_polygons, set_precision
from shapely.geometry import MultiPolygon, mapping, shape

if TYPE_CHECKING:
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

TOLERANCE = 0.01
"""Degrees, about 1 km: what a map of the region shows, and what the entries state as precision."""
SMALLEST_PART = 0.00005
"""Square degrees, about half a square kilometre: exclaves stay, islets and slivers go."""
GRID = 0.0001


def generalised(outline: BaseGeometry) -> BaseGeometry:
    """Return an outline with the bends under a kilometre taken out, valid, its rings as RFC 7946 has them.

    >>> from shapely.geometry import box
    >>> generalised(box(46, 39, 47, 40)).area, generalised(MultiPolygon()).is_empty
    (1.0, True)
    """
    simple = outline.simplify(TOLERANCE, preserve_topology=True).buffer(0)
    if isinstance(simple, MultiPolygon) and not simple.is_empty:
        parts = [part for part in simple.geoms if part.area >= SMALLEST_PART]
        simple = MultiPolygon(parts or [max(simple.geoms, key=lambda part: part.area)])
        simple = simple.geoms[0] if len(simple.geoms) == 1 else simple
    return orient_polygons(set_precision(simple, GRID))


def draw_outlines(table: Path, entries: dict[Path, dict[str, Any]]) -> int:
    """Write the file of every entry's geometry that cites a Who's On First outline of the table; return how many."""
    features = json.loads(table.read_text("utf8"))["features"]
    outlines = {str(feature["properties"]["wof_id"]): feature["geometry"] for feature in features}
    drawn = 0
    for path, entry in entries.items():
        for geometry in entry.get("geometry", []):
            cited = re.search(r"Who's On First (\d+)", str(geometry.get("source", "")))
            if cited and cited[1] in outlines:
                made = mapping(generalised(shape(outlines[cited[1]])))
                text = json.dumps(made, separators=(",", ":")) + "\n"
                (path.parent / str(geometry["file"])).write_text(text, "utf8")
                drawn += 1
    return drawn
