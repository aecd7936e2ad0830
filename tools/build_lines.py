"""Build the GeoJSON files of lines, areas and the base map from Natural Earth and from tools/lines.toml.

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python -m tools.build_lines --natural-earth FOLDER --world-atlas package/countries-50m.json

FOLDER holds Natural Earth 4.0, 1:10m (public domain) as GeoJSON, cut to the window: borders, coast, lakes, rivers, the
ceasefire line, the area held until 2020, the oblast of 1991, other breakaway areas. The world atlas is Natural Earth,
1:50m, as TopoJSON, for what of the neighbours lies outside the window. Without the two only the traces of
tools/lines.toml are built. The result is the same on every run. Entries (TOML) are written by hand; this makes only the shapes beside them.
"""

from __future__ import annotations

import argparse
import itertools
import json
import math
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from shapely import coverage_simplify, make_valid, orient_polygons
from shapely.geometry import LineString, MultiLineString, Point, Polygon, box, mapping, shape
from shapely.ops import linemerge, polygonize, snap, unary_union

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

HERE = Path(__file__).parent
ENTRIES = HERE.parent / "gazetteer" / "entries"
WINDOW = box(42.5, 38.0, 51.0, 43.0)
"""What the base map shows: west, south, east, north in degrees."""
METRE = 1 / 111_320
"""Degrees of latitude in a metre."""
INSIDE: dict[str, list[tuple[float, float]]] = {
    # a point (lon, lat) in every part of a country that the window shows
    "armenia": [(44.5, 40.3), (45.52, 40.63)],  # and Artsvashen
    "azerbaijan": [
        (48.0, 40.3),
        (45.4, 39.25),
        (44.99, 41.06),
        (45.2, 40.985),
    ],  # and Nakhchivan, Barkhudarli, Askipara
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
CLIPPED = {"georgia": 2_000, "turkey": 5_000, "iran": 5_000, "russia": 15_000}
"""Countries that reach beyond the window, with how far their outline there is generalised in metres."""
BREAKAWAY = {"abkhazia": "Abkhazia", "south-ossetia": "South Ossetia", "transnistria": "Transnistria",
             "crimea": "Crimea", "donbas": "Donbass"}  # fmt: skip
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
    # RFC 7946 has outer rings counter-clockwise
    rounded = _rounded(mapping(orient_polygons(geometry))["coordinates"], decimals)
    if not shape(found := {"type": geometry.geom_type, "coordinates": rounded}).is_valid:
        raise ValueError(f"{name}: the geometry crosses itself when rounded to {decimals} decimals")
    text = json.dumps(found, separators=(",", ":")) + "\n"
    part = path.with_name(path.name + ".part")
    part.write_text(text, "utf8")
    part.replace(path)
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
    parts = [part for line in lines for part in getattr(line, "geoms", [line])]
    whole: BaseGeometry = linemerge(parts) if len(parts) > 1 else parts[0]
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
    parts = [part for part in getattr(geometry, "geoms", [geometry]) if isinstance(part, Polygon)]
    return max(parts, key=lambda part: part.area)


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
            shapes.append(next(face for face in faces if face.contains(Point(point))))
    sea = next(face for face in faces if face.contains(Point(50.5, 41.5)))
    plain = coverage_simplify([*shapes, sea], 500 * METRE)
    found: dict[str, BaseGeometry] = {}
    for name, part in zip([*names, "caspian-sea"], plain, strict=True):
        found[name] = unary_union([found[name], part]) if name in found else part
    return found


def atlas(file: Path) -> dict[str, BaseGeometry]:
    """Return the countries of a TopoJSON world atlas by name in small letters, and by ISO 3166 number where given.

    Arcs are steps from point to point on a grid (TopoJSON 1.0, 2.1.3 and 2.1.4); ~n is arc n backwards.
    """
    topology = json.loads(file.read_text("utf8"))
    (sx, sy), (x0, y0) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for steps in topology["arcs"]:
        ends = zip(itertools.accumulate(s[0] for s in steps), itertools.accumulate(s[1] for s in steps), strict=True)
        arcs.append([(x * sx + x0, y * sy + y0) for x, y in ends])

    def ring(numbers: list[int]) -> list[tuple[float, float]]:
        return [point for n in numbers for point in (arcs[n] if n >= 0 else arcs[~n][::-1])]

    found: dict[str, BaseGeometry] = {}
    for country in topology["objects"]["countries"]["geometries"]:
        parts = {"Polygon": [country.get("arcs")], "MultiPolygon": country.get("arcs")}.get(country["type"], [])
        polygons = [make_valid(Polygon(ring(rings[0]), [ring(hole) for hole in rings[1:]])) for rings in parts]
        area = unary_union(polygons)
        found[country["properties"]["name"].lower()] = area
        code = country.get("id", "")  # an outlying territory bears its country's number too
        if code not in found or found[code].area < area.area:
            found[code] = area
    return found


def whole(inside: BaseGeometry, country: BaseGeometry, metres: float) -> BaseGeometry:
    """Return a country in detail inside the window and generalised outside; islands too small to see go."""
    outside = [
        part
        for part in getattr(simplified(country, metres), "geoms", [simplified(country, metres)])
        if part.area > (3 * metres * METRE) ** 2
    ]
    rim = WINDOW.buffer(-1e-9)  # the two must share an edge to become one
    return unary_union([inside, *(part.difference(rim) for part in outside)]).buffer(0)


def base(reference: Path, world: dict[str, BaseGeometry]) -> dict[str, BaseGeometry]:
    """Return the shapes of the base map that come from Natural Earth, by file."""
    found = {}
    areas = {
        name: unary_union(read(reference / "ne4_other_breakaway_areas.geojson", BRK_NAME=title))
        for name, title in BREAKAWAY.items()
    }
    for name, area in areas.items():
        found[f"world/{name}.area.geojson"] = simplified(area, 1_000)
    for name, area in countries(reference).items():
        if name == "caspian-sea":
            found["base/caspian-sea.area.geojson"] = area
        elif name in CLIPPED:
            # the atlas draws who holds a land; the outline is the one that UN member states recognise
            rest = world[name].difference(areas["crimea"].buffer(0.1)) if name == "russia" else world[name]
            found[f"world/{name}.area.geojson"] = whole(area, rest, CLIPPED[name])
        else:
            found[f"world/{name}.area.geojson"] = area
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
    rest = biggest(simplified(biggest(held.intersection(oblast).difference(cuts(table, "remaining-2020"))), 200))
    # both outlines run together in part, and differ there by metres: slivers go
    around = held.difference(oblast.buffer(300 * METRE)).buffer(-150 * METRE).buffer(150 * METRE)
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
    parser.add_argument("--world-atlas", type=Path, metavar="FILE", help="countries-50m.json of world-atlas 2.0.2")
    given = parser.parse_args()
    table = tomllib.loads((HERE / "lines.toml").read_text("utf8"))
    shapes = traces(table)
    if given.natural_earth is not None:
        if given.world_atlas is None or not given.natural_earth.is_dir():
            parser.error("--natural-earth wants a folder that exists, and --world-atlas beside it")
        shapes |= conflict_lines(given.natural_earth, table) | base(given.natural_earth, atlas(given.world_atlas))
    total = 0
    for name, geometry in sorted(shapes.items()):
        total += (size := write(name, geometry))
        km2 = geometry.area * math.cos(math.radians(geometry.centroid.y)) * 111.32**2
        print(f"{size:7} {geometry.geom_type:16} {km2:9.0f} km2  {name}")
    print(f"{total:7} bytes in {len(shapes)} files")


if __name__ == "__main__":
    main()
