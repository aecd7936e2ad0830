"""Build the GeoJSON files of lines, areas and the base map from Natural Earth and from tools/lines.toml.

    python tools/build_lines.py --natural-earth FOLDER

FOLDER holds Natural Earth 4.0, 1:10m (public domain) as GeoJSON, cut to the window: borders, coast, lakes, rivers, the
ceasefire line, the area held until 2020, the oblast of 1991. Without it only the traces of tools/lines.toml are built.
The result is the same on every run. Entries (TOML) are written by hand; this makes only the shapes beside them.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import tomllib
from pathlib import Path
from typing import Any

from shapely import coverage_simplify
from shapely.geometry import LineString, MultiLineString, Point, Polygon, box, mapping, shape
from shapely.geometry.base import BaseGeometry
from shapely.ops import linemerge, polygonize, snap, unary_union

HERE = Path(__file__).parent
ENTRIES = HERE.parent / "gazetteer" / "entries"
WINDOW = box(42.5, 38.0, 51.0, 43.0)
"""What the base map shows: west, south, east, north in degrees."""
METRE = 1 / 111_320
"""Degrees of latitude in a metre."""
INSIDE: dict[str, list[tuple[float, float]]] = {
    # a point (lon, lat) in every part of a country that the window shows
    "armenia": [(44.5, 40.3)],
    "azerbaijan": [(48.0, 40.3), (45.4, 39.25)],
    "georgia": [(44.0, 41.9)],
    "turkey": [(43.0, 39.5)],
    "iran": [(47.0, 38.5)],
    "russia": [(46.0, 42.7)],
}
RIVERS = {  # file: (reference file, name there)
    "kura": ("rivers", "Kura"),
    "aras": ("rivers", "Aras"),
    "tartar-river": ("rivers_europe", "Terter"),
    "vorotan-river": ("rivers_europe", "Vorotan"),
    "hrazdan-river": ("rivers_europe", "Hrazdan"),
    "samur-river": ("rivers_europe", "Samur"),
    "alazani-river": ("rivers_europe", "Alazani"),
    "terek-river": ("rivers_europe", "Terek"),
}
LAKES = {"lake-sevan": "Lake Sevan", "lake-van": "Lake Van", "lake-urmia": "Lake Urmia"}


def read(file: Path, **wanted: str) -> list[BaseGeometry]:
    """Return the geometries of a GeoJSON file whose properties have these values."""
    features: list[dict[str, Any]] = json.loads(file.read_text("utf8"))["features"]
    return [
        shape(feature["geometry"])
        for feature in features
        if all(feature["properties"].get(key) == value for key, value in wanted.items())
    ]


def write(name: str, geometry: BaseGeometry, decimals: int = 4) -> int:
    """Write one geometry below the entries, whole or not at all; return its size in bytes."""
    if geometry.is_empty or not geometry.is_valid:
        raise ValueError(f"{name}: the geometry is empty or crosses itself")
    path = ENTRIES / name
    path.parent.mkdir(parents=True, exist_ok=True)
    rounded = _rounded(mapping(geometry)["coordinates"], decimals)
    if not shape(found := {"type": geometry.geom_type, "coordinates": rounded}).is_valid:
        raise ValueError(f"{name}: the geometry crosses itself when rounded to {decimals} decimals")
    text = json.dumps(found, separators=(",", ":")) + "\n"
    part = path.with_name(path.name + ".part")
    part.write_text(text, "utf8")
    os.replace(part, path)
    return len(text)


def _rounded(value: Any, decimals: int) -> Any:
    if isinstance(value, float | int):
        return round(float(value), decimals)
    return [_rounded(item, decimals) for item in value]


def traces(table: dict[str, Any]) -> dict[str, BaseGeometry]:
    """Return the digitised lines by file."""
    return {row["file"]: LineString([(lon, lat) for _, lat, lon in row["via"]]) for row in table["trace"]}


def cuts(table: dict[str, Any], use: str) -> BaseGeometry:
    """Return the land that the rings of one use cut off."""
    return unary_union([Polygon([(lon, lat) for lat, lon in row["ring"]]) for row in table["cut"] if row["use"] == use])


def simplified(geometry: BaseGeometry, metres: float) -> BaseGeometry:
    """Leave out vertices that move the line by less than so many metres."""
    return geometry.simplify(metres * METRE, preserve_topology=True)


def merged(lines: list[BaseGeometry], gap_m: float = 0) -> BaseGeometry:
    """Join lines that touch end to end, and ends no farther apart than `gap_m` metres."""
    parts = [part for line in lines for part in (line.geoms if isinstance(line, MultiLineString) else [line])]
    whole = linemerge(unary_union(parts)) if len(parts) > 1 else parts[0]
    while gap_m and isinstance(whole, MultiLineString):
        bridge = _bridge(whole, gap_m * METRE)
        if bridge is None:
            break
        whole = linemerge([*whole.geoms, bridge])
    return whole


def _bridge(lines: MultiLineString, gap: float) -> LineString | None:
    ends = [(Point(line.coords[at]), number) for number, line in enumerate(lines.geoms) for at in (0, -1)]
    near = [
        (one.distance(two), tuple(one.coords[0]), tuple(two.coords[0]))
        for place, (one, first) in enumerate(ends)
        for two, second in ends[place + 1 :]
        if first != second and one.distance(two) <= gap
    ]
    if not near:
        return None
    _, start, end = min(near)
    return LineString([start, end])


def biggest(geometry: BaseGeometry) -> Polygon:
    """Return the largest polygon of a geometry: slivers that an intersection leaves are dropped."""
    parts = [geometry] if isinstance(geometry, Polygon) else [part for part in geometry.geoms if part.area]
    return max((part for part in parts if isinstance(part, Polygon)), key=lambda part: part.area)


def without_holes(polygon: Polygon) -> Polygon:
    """Return a polygon's outer ring filled."""
    return Polygon(polygon.exterior)


def countries(reference: Path) -> dict[str, BaseGeometry]:
    """Return the countries as the window shows them, with borders that meet after simplification."""
    borders = read(reference / "ne4_base_borders.geojson")
    coast = read(reference / "ne4_base_coast.geojson")
    edge = WINDOW.boundary
    # borders end on the window's edge or on the coast only to within rounding, so their ends are drawn onto it
    shore = [snap(line, edge, 300 * METRE) for line in coast]
    lines = [snap(line, unary_union([edge, *shore]), 1500 * METRE) for line in borders]
    faces = [face for face in polygonize(unary_union([edge, *shore, *lines])) if face.area > 0.0005]
    names, shapes = [], []
    for name, points in INSIDE.items():
        for point in points:
            names.append(name)
            shapes.append(next(without_holes(face) for face in faces if face.contains(Point(point))))
    sea = next(without_holes(face) for face in faces if face.contains(Point(50.5, 41.5)))
    plain = coverage_simplify([*shapes, sea], 500 * METRE)
    found: dict[str, BaseGeometry] = {}
    for name, part in zip([*names, "caspian-sea"], plain, strict=True):
        found[name] = unary_union([found[name], part]) if name in found else part
    return found


def base(reference: Path) -> dict[str, BaseGeometry]:
    """Return the shapes of the base map that come from Natural Earth, by file."""
    found = {
        ("base/caspian-sea.area.geojson" if name == "caspian-sea" else f"world/{name}.area.geojson"): area
        for name, area in countries(reference).items()
    }
    for name, title in LAKES.items():
        (lake,) = read(reference / "ne4_base_lakes.geojson", name=title)
        found[f"base/{name}.area.geojson"] = simplified(lake, 300)
    for name, (file, title) in RIVERS.items():
        lines = read(reference / f"ne4_base_{file}.geojson", name=title)
        found[f"base/{name}.geojson"] = simplified(merged(lines), 300)
    return found


def conflict_lines(reference: Path, table: dict[str, Any]) -> dict[str, BaseGeometry]:
    """Return the dated lines and extents of the conflict, by file."""
    (oblast,) = read(reference / "derived_nkao_1991_polygon.geojson")
    (held,) = read(reference / "ne4_artsakh_controlled_1994_2020.geojson")
    front = merged(read(reference / "ne4_ceasefire_line_1994.geojson"), gap_m=3000)
    border = merged(read(reference / "ne4_armenia_azerbaijan_border.geojson"))
    rest = biggest(held.intersection(oblast).difference(cuts(table, "remaining-2020")))
    around = held.difference(oblast.buffer(300 * METRE)).buffer(-150 * METRE).buffer(150 * METRE)
    rest = simplified(rest, 200)
    return {
        "lines/nagorno-karabakh.oblast.geojson": simplified(oblast, 200),
        "lines/nagorno-karabakh.held-1994.geojson": simplified(held, 200),
        "lines/nagorno-karabakh.held-2020.geojson": rest,
        "lines/surrounding-districts.area.geojson": simplified(around, 200),
        "lines/line-of-contact.1994.geojson": simplified(front, 150),
        "lines/line-of-contact.2020.geojson": LineString(rest.exterior.coords),
        "lines/armenia-azerbaijan-border.geojson": simplified(border, 200),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--natural-earth", type=Path, metavar="FOLDER", help="Natural Earth 4.0 as GeoJSON")
    reference: Path | None = parser.parse_args().natural_earth
    table = tomllib.loads((HERE / "lines.toml").read_text("utf8"))
    shapes = traces(table)
    if reference is not None:
        if not reference.is_dir():
            parser.error(f'there is no folder "{reference}"')
        shapes |= conflict_lines(reference, table) | base(reference)
    total = 0
    for name, geometry in sorted(shapes.items()):
        total += (size := write(name, geometry))
        km = math.cos(math.radians(geometry.centroid.y)) * 111.32**2
        print(f"{size:7} {geometry.geom_type:16} {geometry.area * km:9.0f} km2  {name}")
    print(f"{total:7} bytes in {len(shapes)} files")


if __name__ == "__main__":
    main()
