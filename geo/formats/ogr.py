"""GeoPackage, FlatGeobuf and Shapefile, written by GDAL through pyogrio."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from warnings import catch_warnings, simplefilter

import numpy as np
import shapely
from shapely.geometry import mapping, shape

from geo.files import replacing
from geo.formats.base import Format, Written
from geo.formats.qgis_style import events_style, simple_style
from geo.formats.sheets import write_claim_tables, write_csv
from geo.tables import CLAIM_COLUMNS, FIGURE_COLUMNS, Column, claim_rows, event_table, figure_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

    from gazetteer.index import Gazetteer
    from geo.formats.base import EventSet, Options
    from geo.tables import Feature, Row

WGS84 = "EPSG:4326"
PLACE_COLUMNS = (
    Column("id", "text", "Gazetteer entry"),
    Column("name", "text", "Name for tables"),
    Column("kind", "text", "What kind of place"),
    Column("names", "text", "All names with their languages"),
    Column("precision_m", "number", "Metres within which the true centre lies"),
    Column("source", "text", "Source"),
)
SHAPE_COLUMNS = (
    Column("id", "text", "Gazetteer entry"),
    Column("name", "text", "Name for tables"),
    Column("label", "text", "Which line or extent this is"),
    Column("valid_from", "text", "From when"),
    Column("valid_to", "text", "Until when, that day not included"),
    Column("asserted_by", "text", "Who says that it ran so"),
    Column("precision_m", "number", "Precision in metres"),
    Column("source", "text", "Source"),
)
# A dBASE field name has ten characters.
SHORT_NAMES = {
    "event_type": "type", "date_start": "start", "date_end": "end", "date_precision": "date_prec",
    "date_basis": "date_basis", "place_relation": "relation", "geo_precision": "geo_prec", "uncertainty_m": "radius_m",
    "verification": "verified", "claim_count": "claims",
}  # fmt: skip
_DBF_TEXT = 254
_DRAWN = frozenset({"line", "corridor", "area", "region"})
"""Kinds whose dated shapes go along with any events; others go where an event names them."""


@dataclass(frozen=True, slots=True)
class Layer:
    """One layer to write: a table, with shapes or without."""

    name: str
    columns: Sequence[Column]
    rows: Sequence[Row]
    shapes: Sequence[BaseGeometry | None] | None = None
    geometry_type: str = "Unknown"


def write_layer(path: Path, layer: Layer, driver: str, **options: Any) -> None:
    """Write a layer with typed columns where "missing" stays missing, and days stay days."""
    from pyogrio.raw import write  # noqa: PLC0415  (GDAL is loaded once it is needed)

    data, masks = [], []
    for column in layer.columns:
        values, mask = _array([row[column.name] for row in layer.rows], column)
        data.append(values)
        masks.append(mask)
    shapes = None
    if layer.shapes is not None:
        shapes = np.array([None if s is None else shapely.to_wkb(s) for s in layer.shapes], dtype=object)
    write(
        path, geometry=shapes, field_data=data, fields=np.array([c.name for c in layer.columns], dtype=object),
        field_mask=masks, layer=layer.name, driver=driver, crs=WGS84 if shapes is not None else None,
        geometry_type=layer.geometry_type if shapes is not None else None, **options,
    )  # fmt: skip


def _array(cells: list[Any], column: Column) -> tuple[Any, Any]:
    mask = np.array([cell is None for cell in cells], dtype=bool)
    if column.type == "integer":
        return np.array([0 if cell is None else cell for cell in cells], dtype="int64"), mask
    if column.type == "number":
        return np.array([0.0 if cell is None else cell for cell in cells], dtype="float64"), mask
    if column.type == "date":
        return np.array(["NaT" if cell is None else cell.isoformat() for cell in cells], dtype="datetime64[D]"), None
    return np.array(cells, dtype=object), None


def shapes_of(features: Iterable[Feature]) -> list[BaseGeometry | None]:
    """Return the shapely shape of each feature, None where it has none."""
    return [shape(f["geometry"]) if f.get("geometry") else None for f in features]


def write_flatgeobuf(events: EventSet, path: Path, options: Options) -> Written:
    """Write FlatGeobuf, with claims and figures as CSV beside it; its index only where every event has a place."""
    columns, rows = event_table(events.features)
    shapes = shapes_of(events.features)
    index = "YES" if shapes and None not in shapes else "NO"  # GDAL's index leaves out features without a shape
    with replacing(path) as draft:
        layer = Layer(path.stem, columns, rows, shapes)
        write_layer(draft, layer, "FlatGeobuf", layer_options={"SPATIAL_INDEX": index})
    return Written((path, *write_claim_tables(events, path, options)))


def write_geopackage(events: EventSet, path: Path, options: Options) -> Written:
    """Write a GeoPackage with events, claims, figures, places, lines and areas, related and with QGIS styles."""
    columns, rows = event_table(events.features)
    claims = [row for feature in events.features for row in claim_rows(feature)]
    figures = [row for feature in events.features for row in figure_rows(feature)]
    layers = [
        Layer("events", columns, rows, shapes_of(events.features)),
        Layer("claims", CLAIM_COLUMNS, claims),
        Layer("figures", FIGURE_COLUMNS, figures),
    ]
    styles = {"events": events_style()}
    if options.places is not None:
        layers += place_layers(events, options.places)
        styles |= {
            "places": simple_style("marker", "#555555", "name"),
            "lines": simple_style("line", "#333333", "label"),
            "areas": simple_style("fill", "#777777", "label"),
        }
    with replacing(path) as draft:
        for number, layer in enumerate(layers):
            # 1.2 is what QGIS 3.22 and GDAL 3.6 read without a warning.
            extra = {"dataset_options": {"VERSION": "1.2"}} if number == 0 else {}
            write_layer(draft, layer, "GPKG", **extra)
        with closing(sqlite3.connect(draft)) as database, database:
            _relate(database)
            _add_styles(database, styles)
    return Written((path,))


def place_layers(events: EventSet, places: Gazetteer) -> list[Layer]:
    """Return the places that the events name, and the dated lines, corridors and extents of the gazetteer."""
    wanted = {
        place_id
        for feature in events.features
        for place_id in [
            feature["properties"].get("place_id"), *(feature["properties"].get("place_ids") or ()),
        ]
        if isinstance(place_id, str)
    }  # fmt: skip
    points = [p for p in places if p.id in wanted and p.point is not None]
    point_rows: list[Row] = [
        {
            "id": p.id, "name": p.name, "kind": p.kind, "precision_m": p.point.precision_m if p.point else None,
            "names": "; ".join(f"{n.text} ({n.lang})" for n in p.names if not n.derived), "source": p.source or None,
        }
        for p in points
    ]  # fmt: skip
    layers = [Layer("places", PLACE_COLUMNS, point_rows,
                    [shapely.Point(p.point.lon, p.point.lat) for p in points if p.point], "Point")]  # fmt: skip
    for name, kind, geometry_type in (("lines", "line", "MultiLineString"), ("areas", "area", "MultiPolygon")):
        found = [(p, g) for p in places if p.id in wanted or p.kind in _DRAWN for g in p.geometries if g.shape == kind]
        rows: list[Row] = [
            {
                "id": p.id, "name": p.name, "label": g.label or p.name, "valid_from": g.since, "valid_to": g.until,
                "asserted_by": g.asserted_by or None, "precision_m": g.precision_m or None, "source": g.source or None,
            }
            for p, g in found
        ]  # fmt: skip
        shapes = [_many(shape(g.read())) for _, g in found]
        layers.append(Layer(name, SHAPE_COLUMNS, rows, shapes, geometry_type))
    return layers


def _many(geometry: BaseGeometry) -> BaseGeometry:
    """Return a shape as its Multi form, so that a layer holds one type."""
    if geometry.geom_type.startswith("Multi"):
        return geometry
    parts = mapping(geometry)
    return shape({"type": f"Multi{parts['type']}", "coordinates": [parts["coordinates"]]})


def _relate(database: sqlite3.Connection) -> None:
    """Say that claims and figures belong to events, by the Related Tables extension (OGC 18-000)."""
    database.executescript("""
        CREATE TABLE IF NOT EXISTS gpkg_extensions (table_name TEXT, column_name TEXT, extension_name TEXT NOT NULL,
            definition TEXT NOT NULL, scope TEXT NOT NULL, CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name));
        CREATE TABLE gpkgext_relations (id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, base_table_name TEXT NOT NULL,
            base_primary_column TEXT NOT NULL DEFAULT 'id', related_table_name TEXT NOT NULL,
            related_primary_column TEXT NOT NULL DEFAULT 'id', relation_name TEXT NOT NULL, mapping_table_name TEXT NOT NULL UNIQUE);
        INSERT INTO gpkg_extensions VALUES ('gpkgext_relations', NULL, 'related_tables',
            'http://www.geopackage.org/18-000.html', 'read-write');
    """)
    for table in ("claims", "figures"):
        mapping_table = f"events_{table}"
        database.executescript(f"""
            CREATE TABLE "{mapping_table}" (base_id INTEGER NOT NULL, related_id INTEGER NOT NULL);
            INSERT INTO "{mapping_table}" SELECT events.fid, "{table}".fid FROM "{table}" JOIN events ON events.id = "{table}".event_id;
            INSERT INTO gpkg_extensions VALUES ('{mapping_table}', NULL, 'related_tables',
                'http://www.geopackage.org/18-000.html', 'read-write');
            INSERT INTO gpkgext_relations (base_table_name, base_primary_column, related_table_name, related_primary_column,
                relation_name, mapping_table_name) VALUES ('events', 'fid', '{table}', 'fid', 'attributes', '{mapping_table}');
            CREATE INDEX "{table}_event" ON "{table}" (event_id);
        """)  # noqa: S608  (the names are the two words above)


def _add_styles(database: sqlite3.Connection, styles: dict[str, str]) -> None:
    database.executescript("""
        CREATE TABLE layer_styles (id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, f_table_catalog TEXT(256),
            f_table_schema TEXT(256), f_table_name TEXT(256), f_geometry_column TEXT(256), styleName TEXT(30), styleQML TEXT,
            styleSLD TEXT, useAsDefault BOOLEAN, description TEXT, owner TEXT(30), ui TEXT(30), update_time DATETIME);
        INSERT INTO gpkg_contents (table_name, data_type, identifier) VALUES ('layer_styles', 'attributes', 'layer_styles');
    """)
    database.executemany(
        "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, styleName, styleQML, "
        "useAsDefault, description, owner, update_time) VALUES ('', '', ?, 'geom', ?, ?, 1, ?, '', '2020-01-01T00:00:00.000Z')",
        [(table, table, qml, f"conflict-mapper: {table}") for table, qml in styles.items()],
    )


def write_shapefile(events: EventSet, path: Path, options: Options) -> Written:
    """Write Shapefiles, one a kind of shape, with everything uncut as CSV beside them, and say what they cut."""
    columns, rows = event_table(events.features)
    names = _short_names(columns)
    short = [Column(names[c.name], c.type, c.meaning) for c in columns]
    cut = sum(isinstance(v, str) and len(v.encode()) > _DBF_TEXT for row in rows for v in row.values())
    groups: dict[str, list[tuple[Row, BaseGeometry]]] = {"Point": [], "LineString": [], "Polygon": []}
    nowhere = mixed = 0
    for row, geometry in zip(rows, shapes_of(events.features), strict=True):
        kind = "" if geometry is None else geometry.geom_type.removeprefix("Multi")
        if geometry is not None and kind in groups:
            groups[kind].append(({names[k]: _fit(v) for k, v in row.items()}, geometry))
        nowhere += geometry is None  # left out: an empty shape would stretch the extent to 0, 0
        mixed += geometry is not None and kind not in groups
    files: list[Path] = []
    lost = 0
    for kind, suffix in (("Point", ""), ("LineString", "_lines"), ("Polygon", "_areas")):
        if groups[kind] or not suffix:
            file = path.with_name(f"{path.stem}{suffix}.shp")
            lost += _write_shapes(file, kind, groups[kind], short)
            files.append(file)
    whole = write_csv(events, path.with_suffix(".csv"), options).files
    warnings = [
        (
            "Shapefile cuts field names to 10 characters and holds no claims: "
            f"the whole events, claims and figures are in {', '.join(file.name for file in whole)}."
        ),
    ]
    if cut:
        warnings.append(f"Shapefile cut {cut} texts to {_DBF_TEXT} bytes.")
    if lost:
        warnings.append(f"Shapefile has no room for {lost} numbers; they are empty.")
    if len(files) > 1:
        warnings.append(f"Shapefile holds one kind of shape a file: {', '.join(file.name for file in files)}.")
    if nowhere:
        warnings.append(f"{nowhere} events without a place are in {whole[0].name} only.")
    if mixed:
        warnings.append(
            f"{mixed} events have shapes of several kinds, which no Shapefile holds; they are in {whole[0].name} only."
        )
    return Written((*files, *whole), tuple(warnings))


def _write_shapes(path: Path, kind: str, group: Sequence[tuple[Row, BaseGeometry]], columns: Sequence[Column]) -> int:
    """Write one Shapefile; return how many numbers were too long for it, as GDAL says in warnings."""
    many = any(geometry.geom_type.startswith("Multi") for _, geometry in group)
    shapes = [_many(geometry) if many else geometry for _, geometry in group]
    layer = Layer(path.stem, columns, [row for row, _ in group], shapes, f"Multi{kind}" if many else kind)
    with replacing(path) as draft, catch_warnings(record=True) as told:
        simplefilter("always")
        write_layer(draft, layer, "ESRI Shapefile", encoding="UTF-8")
    return sum("not successfully written" in str(warning.message) for warning in told)


def _short_names(columns: Iterable[Column]) -> dict[str, str]:
    """Return a name of ten characters at most for each column, none of them twice."""
    names: dict[str, str] = {}
    for column in columns:
        base = name = re.sub(r"\W", "_", SHORT_NAMES.get(column.name, column.name), flags=re.ASCII)[:10]
        number = 1
        while name.lower() in {n.lower() for n in names.values()}:
            number += 1
            name = f"{base[: 10 - len(str(number))]}{number}"
        names[column.name] = name
    return names


def _fit(value: object) -> object:
    if not isinstance(value, str) or len(value.encode()) <= _DBF_TEXT:
        return value
    return value.encode()[: _DBF_TEXT - 3].decode("utf-8", errors="ignore") + "…"


FORMATS = (
    Format("geopackage", (".gpkg",), "GeoPackage: events, claims, figures, places, lines and areas, styled for QGIS", write_geopackage),
    Format("flatgeobuf", (".fgb",), "FlatGeobuf; claims and figures as CSV beside it", write_flatgeobuf),
    Format("shapefile", (".shp",), "Shapefile; says what it cuts, and writes all of it as CSV beside it", write_shapefile),
)  # fmt: skip
