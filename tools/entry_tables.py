"""Read the reference tables that entries are imported from: GeoNames rows, Who's On First rows, outlines.

The tables are not part of the repository (see their README for the licences); every path comes from the command line.
"""

from __future__ import annotations

import csv
import json
import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from shapely.geometry import Point, shape
from shapely.strtree import STRtree

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

KM_PER_DEGREE = 111.2
"""Length of a degree of latitude; of longitude at the equator."""


@dataclass(frozen=True, slots=True)
class Row:
    """One place of one table: position in degrees, names as given, `source` as entries cite it."""

    source: str
    lat: float
    lon: float
    name: str
    feature: str = ""
    geonames: str = ""
    wikidata: str = ""
    spellings: tuple[str, ...] = ()
    """Names without a sure language (GeoNames alternates, Who's On First's unlabelled column)."""
    english: tuple[str, ...] = ()
    azerbaijani: tuple[str, ...] = ()
    armenian: tuple[str, ...] = ()
    russian: tuple[str, ...] = ()
    placetype: str = ""
    country: str = ""

    def all_names(self) -> tuple[str, ...]:
        """Return every name of the row, of whatever language."""
        return (self.name, *self.spellings, *self.english, *self.azerbaijani, *self.armenian, *self.russian)


def kilometres(a: Row, b: Row) -> float:
    """Return the distance of two rows on a sphere small enough to be taken as flat.

    >>> one, two = Row("", 40.0, 46.0, ""), Row("", 40.01, 46.0, "")
    >>> round(kilometres(one, two), 2), kilometres(one, one)
    (1.11, 0.0)
    """
    east = (a.lon - b.lon) * math.cos(math.radians(a.lat))
    return KM_PER_DEGREE * math.hypot(a.lat - b.lat, east)


def read_geonames(path: Path) -> list[Row]:
    """Read a GeoNames country dump (tab-separated, 19 columns, alternate names in the fourth)."""
    rows = []
    for line in path.read_text("utf8").splitlines():
        cells = line.split("\t")
        alternates = tuple(name.replace("ǝ", "ə") for name in cells[3].split(",") if name)
        rows.append(
            Row(
                source=f"GeoNames {cells[0]}",
                lat=float(cells[4]),
                lon=float(cells[5]),
                name=cells[1].replace("ǝ", "ə"),
                feature=f"{cells[6]}.{cells[7]}",
                geonames=cells[0],
                spellings=alternates,
                country=cells[8],
            )
        )
    return rows


def read_whosonfirst(path: Path) -> list[Row]:
    """Read the table of Who's On First places (names parted by bars, one column a language)."""

    def parts(text: str) -> tuple[str, ...]:
        return tuple(part for part in text.split("|") if part)

    with path.open(encoding="utf8", newline="") as file:
        return [
            Row(
                source=f"Who's On First {cells['wof_id']}",
                lat=float(cells["lat"]),
                lon=float(cells["lon"]),
                name=cells["name"],
                feature="P.PPL",
                geonames=cells["geonames_id"],
                wikidata=cells["wikidata_id"],
                spellings=parts(cells["names_und"]),
                english=parts(cells["names_eng"]),
                azerbaijani=parts(cells["names_aze"]),
                armenian=parts(cells["names_hye"]),
                russian=parts(cells["names_rus"]),
                placetype=cells["placetype"],
                country=cells["country"],
            )
            for cells in csv.DictReader(file)
        ]


@dataclass(frozen=True, slots=True)
class Areas:
    """Outlines to find the area of a position in; each under its own id."""

    ids: tuple[str, ...]
    shapes: tuple[BaseGeometry, ...]
    tree: STRtree = field(repr=False)

    def at(self, row: Row, *, within_km: float = 2.0) -> str | None:
        """Return the id of the area that holds a position, or of one within `within_km` of it, else None."""
        point = Point(row.lon, row.lat)
        if inside := sorted(map(int, self.tree.query(point, predicate="intersects"))):
            return self.ids[inside[0]]
        index = int(self.tree.nearest(point))
        if self.shapes[index].distance(point) * KM_PER_DEGREE <= within_km:
            return self.ids[index]
        return None


def read_areas(path: Path, ids: Mapping[str, str], key: str = "wof_id") -> Areas:
    """Read the outlines of a GeoJSON file whose property `key` stands in `ids`, which gives our id."""
    features = json.loads(path.read_text("utf8"))["features"]
    kept = [
        (ids[str(f["properties"][key])], shape(f["geometry"])) for f in features if str(f["properties"].get(key)) in ids
    ]
    shapes = tuple(geometry for _, geometry in kept)
    return Areas(tuple(name for name, _ in kept), shapes, STRtree(shapes))


def read_shape(path: Path) -> BaseGeometry:
    """Read a GeoJSON file as one geometry: all its features together."""
    from shapely import union_all

    data = json.loads(path.read_text("utf8"))
    features: Iterable[dict[str, Any]] = data["features"] if data["type"] == "FeatureCollection" else [data]
    return union_all([shape(f["geometry"] if f["type"] == "Feature" else f).buffer(0) for f in features])
