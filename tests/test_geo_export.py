"""Events out: the contract of events.geojson and the tables, and every format as its readers see it."""

from __future__ import annotations

import csv
import dataclasses
import json
import re
import shutil
import sqlite3
import subprocess
from datetime import date
from xml.etree import ElementTree as ET

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from shapely.geometry import LineString, MultiPoint, Point, Polygon

from gazetteer.errors import FormatError
from gazetteer.index import Gazetteer
from gazetteer.model import DatedGeometry, Place, Toponym
from gazetteer.model import Point as PlacePoint
from geo.export import (
    MENTION_COLUMNS,
    UNRESOLVED_COLUMNS,
    dump_collection,
    to_feature,
    to_feature_collection,
    write_geojson,
    write_outputs,
)
from geo.formats import FORMATS, EventSet, Options, event_set, format_of, read_events, write
from geo.formats.base import require
from geo.formats.sheets import SHAPE_COLUMNS
from geo.model import (
    Casualties,
    Claim,
    DateRange,
    Event,
    Extraction,
    Footprint,
    Mention,
    Report,
    Resolution,
    Unresolved,
)
from geo.tables import EVENT_COLUMNS

FORMULA = '=HYPERLINK("http://example.org","click")'
HOSTILE = "<script>alert(1)</script> {{ 7*7 }} ]]> & \x07 “quoted”"
REPORTS = (
    Report("a.txt", "text", "Title, with comma", "The Paper", date(2023, 9, 20), "https://example.org/a", sha256="ab"),
    Report("b.txt", "text", "", "Agency"),
)


def claim(report="a.txt", quote="Seven people were killed.", claimant="ministry", **more):
    return Claim(report, 0, len(quote), quote, claimant, more.pop("act", "claims"), **more)


def killed(low, best, high, text, qualifier="exact"):
    return Casualties("killed", "total", None, low, best, high, qualifier, text)


def event(name, geometry, *, claims=None, when=None, **more):
    where = Footprint(
        geometry, "town" if geometry else None, "Town" if geometry else None, "the town" if geometry else None,
        "at" if geometry else None, more.pop("precision", 1 if geometry else None), more.pop("uncertainty", None), more.pop("reason", "named in the clause"),
    )  # fmt: skip
    return Event(
        name, more.pop("event_type", "shelling"), "occurred", when or DateRange(date(2023, 9, 19), date(2023, 9, 20), "day", "stated", "Tuesday"),
        where, claims if claims is not None else (claim(),), **more,
    )  # fmt: skip


EVENTS = (
    event("point", Point(46.75200049, 39.8153), uncertainty=1200.4, claims=(
        claim(casualties=(killed(7, 7, 7, "seven"),)),
        claim("b.txt", FORMULA, None, act="reports", casualties=(killed(27, None, None, "at least 27", "at_least"), killed(0, 0, 0, "no casualties", "none_reported"))),
        claim("b.txt", HOSTILE, "+rival", act="denies"),
    ), actors=("azerbaijan", "armenia"), verification="contested"),
    event("line", LineString([(46, 39.5), (46.5, 39.7), (46.7, 39.8)]), event_type="blockade_or_restriction", when=DateRange(date(2022, 12, 12), None, "month", "relative")),
    event("area", Polygon([(46, 39), (46, 40), (47, 40), (47, 39)]), event_type="offensive", precision=5),
    event("points", MultiPoint([(46.1, 39.1), (46.2, 39.2)]), event_type="control_change", when=DateRange()),
    event("nowhere", None, event_type="meeting_or_talks", reason="only said in a capital", when=DateRange()),
)  # fmt: skip
DRAWN_EXTENT = (46.0, 39.0, 47.0, 40.0)


@pytest.fixture
def events():
    collection = to_feature_collection(EVENTS, REPORTS)
    return EventSet(tuple(collection["features"]), tuple(collection["reports"]))


@pytest.fixture
def places(tmp_path):
    (tmp_path / "l.geojson").write_text('{"type":"LineString","coordinates":[[46,39],[47,40]]}')
    return Gazetteer([
        Place("town", "town", (Toponym("Town"), Toponym("Քաղաք", "hy-Armn")), point=PlacePoint(39.8153, 46.752, 500)),
        Place("front", "line", (Toponym("Front"),), geometries=(DatedGeometry(tmp_path / "l.geojson", "line", "1994", "1994", "2020", "both"),)),
        Place("union", "organisation", (Toponym("Union"),)),
    ])  # fmt: skip


# ---------------------------------------------------------------------------------------------------- events.geojson


def test_a_feature_keeps_the_contract():
    feature = to_feature(EVENTS[0], REPORTS)
    assert feature["id"] == "point"
    assert feature["geometry"] == {"type": "Point", "coordinates": [46.752, 39.8153]}
    p = feature["properties"]
    assert {
        "event_type", "modality", "date_start", "date_end", "date_precision", "date_basis", "place_id", "place_name",
        "place_text", "place_relation", "geo_precision", "uncertainty_m", "geo_reason", "actors", "verification", "claims",
        "group", "place_ids",
    } <= set(p)  # fmt: skip
    assert (p["date_start"], p["date_end"], p["date_precision"], p["date_basis"]) == (
        "2023-09-19",
        "2023-09-20",
        "day",
        "stated",
    )
    assert p["actors"] == ["azerbaijan", "armenia"]
    assert p["uncertainty_m"] == 1200
    first, second, _ = p["claims"]
    assert set(first) >= {"report", "start", "end", "quote", "claimant", "act", "casualties", "claimant_side", "publisher",
                          "published", "title", "url", "trigger", "reason"}  # fmt: skip
    assert (first["publisher"], first["published"], first["url"]) == (
        "The Paper",
        "2023-09-20",
        "https://example.org/a",
    )
    assert (second["claimant"], second["title"], second["published"]) == (None, None, None)
    assert second["casualties"][0] == {"metric": "killed", "group": "total", "side": None, "low": 27, "best": None, "high": None,
                                       "qualifier": "at_least", "text": "at least 27"}  # fmt: skip
    assert second["casualties"][1]["best"] == 0  # zero that is stated is not null, and null is not zero


def test_no_place_is_null_and_says_why():
    feature = to_feature(EVENTS[4])
    assert feature["geometry"] is None
    assert feature["properties"]["geo_reason"] == "only said in a capital"
    assert feature["properties"]["place_id"] is None


def test_rings_follow_the_right_hand_rule_and_decimals_are_six():
    area = to_feature(dataclasses.replace(EVENTS[2], where=Footprint(Polygon(
        [(46, 39), (46, 40), (47, 40), (47, 39)], [[(46.2, 39.2), (46.4, 39.2), (46.4, 39.123456789)]],
    ))))["geometry"]  # fmt: skip
    outer, inner = (shapely.LinearRing(ring) for ring in area["coordinates"])
    assert outer.is_ccw
    assert not inner.is_ccw
    assert [46.4, 39.123457] in area["coordinates"][1]


@pytest.mark.parametrize("where", [Point(46, 139), Point(200, 39), Point(float("inf"), 0)])
def test_what_is_not_on_the_globe_is_refused(where):
    with pytest.raises(FormatError, match="not on the globe"):
        to_feature(dataclasses.replace(EVENTS[0], where=Footprint(where)))


def test_the_file_is_valid_stable_and_written_whole(tmp_path):
    file = write_geojson(EVENTS, tmp_path / "new" / "events.geojson", reports=REPORTS)
    first = file.read_bytes()
    write_geojson(EVENTS, file, reports=REPORTS)
    assert file.read_bytes() == first
    assert [p.name for p in file.parent.iterdir()] == ["events.geojson"]
    data = json.loads(first)
    assert (data["type"], len(data["features"])) == ("FeatureCollection", 5)
    assert "crs" not in data  # RFC 7946 took it away
    assert all(set(f) == {"type", "id", "geometry", "properties"} for f in data["features"])
    assert data["reports"][0]["sha256"] == "ab"
    assert "text" not in data["reports"][0]


def test_a_failed_write_leaves_the_old_file(tmp_path):
    file = write_geojson(EVENTS, tmp_path / "events.geojson")
    before = file.read_bytes()
    broken = dataclasses.replace(EVENTS[0], where=Footprint(Point(46, 139)))
    with pytest.raises(FormatError):
        write_geojson([broken], file)
    assert file.read_bytes() == before


def test_mentions_and_unresolved(tmp_path, places):
    mention = Mention(4, 8, "Town")
    extraction = Extraction(
        REPORTS,
        (
            ("a.txt", Resolution(mention, "literal", "town", 0.98765, "the only place of this name", "after in")),
            ("a.txt", Resolution(Mention(9, 14, "Union"), "actor", "union", 0.9, "said")),
            ("b.txt", Resolution(Mention(1, 2, "-Nowhere"), "literal", None, 0, "no entry, with comma")),
        ),
        EVENTS,
        (Unresolved("b.txt", 1, 2, "Nowhere", "=in Nowhere,\n near", "conflict-mapper gazetteer add Nowhere"),),
    )
    files = write_outputs(extraction, places, tmp_path / "out")
    assert [f.name for f in files] == ["events.geojson", "mentions.csv", "unresolved.csv"]
    with files[1].open(encoding="utf8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    assert tuple(rows[0]) == MENTION_COLUMNS
    assert rows[0] == dict(zip(MENTION_COLUMNS, (
        "a.txt", "4", "8", "Town", "literal", "town", "Town", "39.8153", "46.752", "1", "0.988",
        "the only place of this name; after in",
    ), strict=True))  # fmt: skip
    assert (rows[1]["lat"], rows[1]["lon"], rows[1]["precision"]) == ("", "", "")
    assert (rows[2]["text"], rows[2]["place_id"], rows[2]["confidence"]) == ("'-Nowhere", "", "0")
    with files[2].open(encoding="utf8", newline="") as handle:
        (row,) = csv.DictReader(handle)
    assert tuple(row) == UNRESOLVED_COLUMNS
    assert row["context"] == "'=in Nowhere,\n near"


# ------------------------------------------------------------------------------------------------------- choosing


@pytest.mark.parametrize(
    ("name", "format_name"),
    [
        ("a.geojson", "geojson"), ("a.json", "geojson"), ("a.fg.json", "json-fg"), ("a.geojsons", "geojson-seq"),
        ("a.geojsonl", "geojson-lines"), ("a.GPKG", "geopackage"), ("a.kml", "kml"), ("a.csv", "csv"), ("a.xlsx", "xlsx"),
        ("a.parquet", "geoparquet"), ("a.fgb", "flatgeobuf"), ("a.shp", "shapefile"), ("a.timemap.json", "timemap"),
        ("a.html", "html"),
    ],
)  # fmt: skip
def test_endings(name, format_name):
    assert format_of(name).name == format_name


def test_unknown_formats_are_told():
    with pytest.raises(FormatError, match=r"Did you mean \"geopackage\""):
        format_of("a", "geopackge")
    with pytest.raises(FormatError, match=r"--format"):
        format_of("a.dwg")


def test_a_missing_library_names_the_command():
    with pytest.raises(FormatError, match=r'pip install "conflict-mapper\[xlsx\]"'):
        require("no_such_library", "xlsx", "XLSX")


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_every_format_writes_no_event_at_all(tmp_path, name):
    written = write(EventSet(()), tmp_path / f"a{FORMATS[name].endings[0]}", name)
    assert all(file.is_file() for file in written.files)


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_no_claim_is_lost(tmp_path, events, name):
    """Every quote stands in one of the files that were written."""
    pytest.importorskip("openpyxl")
    written = write(events, tmp_path / f"a{FORMATS[name].endings[0]}", name)
    found = " ".join(_texts(file) for file in written.files)
    for wanted in ("Seven people were killed.", "HYPERLINK", "alert(1)", "at least 27"):
        assert wanted in found, f"{wanted} is not in {[f.name for f in written.files]}"


def _texts(file):
    if file.suffix == ".xlsx":
        openpyxl = pytest.importorskip("openpyxl")
        return " ".join(str(c.value) for s in openpyxl.load_workbook(file) for row in s.iter_rows() for c in row)
    if file.suffix == ".parquet":
        return pd.read_parquet(file).to_csv()
    return file.read_bytes().decode("utf8", "ignore")


# ------------------------------------------------------------------------------------------------- format by format


def test_csv_is_safe_and_typed(tmp_path, events):
    written = write(events, tmp_path / "a.csv", options=Options(hxl=True, codes=True))
    assert [f.name for f in written.files] == ["a.csv", "a.claims.csv", "a.figures.csv"]
    with written.files[0].open(encoding="utf-8-sig", newline="") as handle:
        rows = list(csv.DictReader(handle))
    tags, point, line, *_, nowhere = rows
    assert tags["lat"] == "#geo+lat"
    assert tags["event_type"] == "#event+type"
    assert (point["lat"], point["lon"], point["wkt"]) == ("39.8153", "46.752", "POINT (46.752 39.8153)")
    assert (line["lat"], line["wkt"][:10]) == ("", "LINESTRING")
    assert (nowhere["wkt"], nowhere["date_start"], nowhere["acled_sub_event"]) == ("", "", "Other")
    assert point["figures"].startswith(
        'killed, total: "seven" (ministry); killed, total: "at least 27" (the report itself)'
    )
    for file in written.files:
        with file.open(encoding="utf-8-sig", newline="") as handle:
            cells = [cell for row in csv.reader(handle) for cell in row]
        assert not [c for c in cells if c.startswith(("=", "@", "+", "-")) and not _number(c)]


def _number(cell):
    try:
        float(cell)
    except ValueError:
        return False
    return True


# The hashtags of HXL 1.1 that we use; validators take #date for days and #affected for numbers.
HXL_TAGS = {
    "#date": "date",
    "#event": "",
    "#loc": "",
    "#geo": "",
    "#group": "",
    "#status": "",
    "#meta": "",
    "#description": "",
}


def test_hxl_tags_are_of_the_standard_and_fit_what_stands_below():
    for column in (*EVENT_COLUMNS, *SHAPE_COLUMNS):
        if column.hxl:
            tag = column.hxl.partition("+")[0]
            assert tag in HXL_TAGS, column.name
            assert HXL_TAGS[tag] in {"", column.type}, column.name
            assert re.fullmatch(r"#[a-z]+(\+[a-z]+)*", column.hxl)


def test_xlsx_is_safe_and_typed(tmp_path, events):
    openpyxl = pytest.importorskip("openpyxl")
    write(events, tmp_path / "a.xlsx", options=Options(hxl=True))
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert book.sheetnames == ["events", "claims", "figures", "columns"]
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    (formula,) = [cell for cell in cells if cell.value == FORMULA]
    assert formula.data_type == "s"
    assert formula.quotePrefix
    header = [cell.value for cell in book["events"][1]]
    day = book["events"].cell(3, header.index("date_start") + 1)
    assert day.is_date
    assert day.value.date() == date(2023, 9, 19)


def test_kml_is_well_formed_with_spans_styles_and_escaped_quotes(tmp_path, events):
    write(events, tmp_path / "a.kml")
    text = (tmp_path / "a.kml").read_text("utf8")
    assert "\x07" not in text
    space = {"k": "http://www.opengis.net/kml/2.2"}
    root = ET.fromstring(text)
    marks = {m.get("id"): m for m in root.iterfind(".//k:Placemark", space)}
    assert set(marks) == {"event-point", "event-line", "event-area", "event-points", "event-nowhere"}
    point = marks["event-point"]
    # The schema fixes the order of a feature's elements.
    assert [child.tag.split("}")[1] for child in point] == [
        "name",
        "description",
        "TimeSpan",
        "styleUrl",
        "ExtendedData",
        "Point",
    ]
    assert point.findtext("k:TimeSpan/k:begin", namespaces=space) == "2023-09-19"
    assert "&lt;script&gt;" in point.findtext("k:description", namespaces=space)
    styles = {s.get("id") for s in root.iterfind(".//k:Style", space)}
    assert {m.findtext("k:styleUrl", namespaces=space)[1:] for m in marks.values()} <= styles
    line = marks["event-line"].find("k:TimeSpan", space)
    assert [child.tag.split("}")[1] for child in line] == ["begin"]
    assert marks["event-nowhere"].find("k:Point", space) is None
    assert len(marks["event-points"].findall("k:MultiGeometry/k:Point", space)) == 2
    folders = [f.findtext("k:name", namespaces=space) for f in root.iterfind(".//k:Folder", space)]
    assert folders[-1] == "No defensible place"


@pytest.mark.parametrize("foreign", [{}, {"checked by": "Anna\x07", "note": "<b> & ]]>"}], ids=["ours", "edited"])
def test_kml_keeps_to_the_schema_of_the_ogc(tmp_path, events, foreign):
    """Valid against ogckml22.xsd, also with ids in other letters, which no XML name could hold as they are."""
    schema = pytest.importorskip("fastkml.validator", reason="install fastkml (the extra [test])").get_schema_parser()
    etree = pytest.importorskip("lxml.etree")
    features = [{**f, "properties": f["properties"] | foreign} for f in events.features]
    names = ("Շուշի", "Şuşa", "1", "1", "a b")
    for one in (
        EventSet(()),
        EventSet(tuple(features)),
        EventSet(tuple({**f, "id": n} for f, n in zip(features, names, strict=True))),
    ):
        write(one, tmp_path / "a.kml")
        tree = etree.parse(tmp_path / "a.kml")
        assert schema.validate(tree), str(schema.error_log)
        assert len(tree.findall(".//{*}Placemark")) == len(one.features)


def test_html_runs_nothing(tmp_path, events):
    write(events, tmp_path / "a.html")
    text = (tmp_path / "a.html").read_text("utf8")
    assert "<script" not in text
    assert "&lt;script&gt;" in text
    assert "default-src 'none'" in text


def test_json_fg_says_when(tmp_path, events):
    write(events, tmp_path / "a.fg.json")
    data = json.loads((tmp_path / "a.fg.json").read_text("utf8"))
    times = {f["id"]: f["time"] for f in data["features"]}
    assert times["point"] == {"interval": ["2023-09-19", "2023-09-20"]}
    assert times["line"] == {"interval": ["2022-12-12", ".."]}
    assert times["nowhere"] is None
    assert [uri.rpartition("/json-fg-1/")[2] for uri in data["conformsTo"]] == [
        "1.0/conf/core",
        "1.0/conf/types-schemas",
    ]
    assert data["featureType"] == "event"
    assert not [f for f in data["features"] if "featureType" in f]  # at the collection or at each feature, not at both
    assert all({"type", "geometry", "properties", "time", "place"} <= set(f) for f in data["features"])


def test_sequences_have_their_separators(tmp_path, events):
    write(events, tmp_path / "a.geojsons")
    records = (tmp_path / "a.geojsons").read_bytes().split(b"\x1e")
    assert records[0] == b""
    assert [json.loads(r)["id"] for r in records[1:]] == ["point", "line", "area", "points", "nowhere"]


def test_timemap_gets_what_its_schema_asks_for(tmp_path, events):
    written = write(events, tmp_path / "a.timemap.json")
    data = json.loads((tmp_path / "a.timemap.json").read_text("utf8"))
    first = data["events"][0]
    assert (first["date"], first["latitude"], first["longitude"]) == ("09/19/2023", "39.8153", "46.752")
    assert all(isinstance(value, str) for key, value in first.items() if key not in {"associations", "sources"})
    assert set(first["sources"]) <= set(data["sources"])
    assert {a["id"] for a in data["associations"]} >= set(first["associations"])
    assert any("no day" in warning for warning in written.warnings)


def test_a_format_without_nesting_writes_no_more_than_it_tells(tmp_path, events):
    """A table that lies beside under the same name is somebody else's."""
    (tmp_path / "a.csv").write_text("mine")
    written = write(events, tmp_path / "a.fgb")
    assert {file.name for file in tmp_path.iterdir()} == {file.name for file in written.files} | {"a.csv"}
    assert (tmp_path / "a.csv").read_text() == "mine"


def test_shapefile_says_what_it_cuts(tmp_path, events):
    written = write(events, tmp_path / "a.shp")
    names = [file.name for file in written.files]
    assert names == ["a.shp", "a_lines.shp", "a_areas.shp", "a.csv", "a.claims.csv", "a.figures.csv"]
    assert any("10 characters" in warning for warning in written.warnings)
    assert any("without a place" in warning for warning in written.warnings)


def test_geopackage_relates_claims_to_events(tmp_path, events, places):
    write(events, tmp_path / "a.gpkg", options=Options(places=places))
    with sqlite3.connect(tmp_path / "a.gpkg") as database:
        pairs = database.execute(
            "SELECT events.id, claims.quote FROM events_claims JOIN events ON base_id = events.fid JOIN claims ON related_id = claims.fid"
        ).fetchall()
        styles = dict(database.execute("SELECT f_table_name, styleQML FROM layer_styles WHERE useAsDefault"))
        (low,) = database.execute("SELECT low FROM figures WHERE best IS NULL").fetchone()
        names = database.execute("SELECT id, names FROM places").fetchall()
        lines = database.execute("SELECT label, valid_from, valid_to, asserted_by FROM lines").fetchall()
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    database.close()
    assert len(pairs) == 7
    assert low == 27
    assert set(styles) == {"events", "places", "lines", "areas"}
    assert names == [("town", "Town (en); Քաղաք (hy-Armn)")]
    assert lines == [("1994", "1994", "2020", "both")]


# ------------------------------------------------------------------------------------------- what other readers see


@pytest.fixture
def ogrinfo():
    if shutil.which("ogrinfo") is None:
        pytest.skip("GDAL's ogrinfo is missing: install it (Debian: apt-get install gdal-bin)")

    def run(file, *layers):
        done = subprocess.run(
            ["ogrinfo", "-so", "-al", str(file), *layers], capture_output=True, text=True, check=True, timeout=60
        )
        found, name = {}, ""
        for line in done.stdout.splitlines():
            key, _, value = line.partition(": ")
            if key == "Layer name":
                name = value
                found[name] = {}
            elif key == "Feature Count":
                found[name]["count"] = int(value)
            elif key == "Extent":
                numbers = value.translate(str.maketrans("(),-", "    ")).split()
                found[name]["extent"] = tuple(map(float, numbers))
        return found

    return run


QGIS = """
import os, sys
os.environ["QT_QPA_PLATFORM"] = "offscreen"
from qgis.core import Qgis, QgsApplication, QgsProviderRegistry, QgsVectorLayer
app = QgsApplication([], False)
app.initQgis()
flags = Qgis.SublayerQueryFlags(Qgis.SublayerQueryFlag.ResolveGeometryType)
for part in QgsProviderRegistry.instance().querySublayers(sys.argv[1], flags):
    layer = QgsVectorLayer(part.uri(), part.name(), "ogr")
    print("LAYER", part.name(), layer.isValid(), layer.featureCount(), layer.renderer().type() if layer.isSpatial() else "-")
"""


QGIS_EDIT = """
import os, sys
os.environ["QT_QPA_PLATFORM"] = "offscreen"
from qgis.core import QgsApplication, QgsField, QgsVectorLayer
app = QgsApplication([], False)
app.initQgis()
layer = QgsVectorLayer(sys.argv[1], "events", "ogr")
assert layer.startEditing()
feature = next(layer.getFeatures())
assert layer.addAttribute(QgsField("checked_by", 10))
assert layer.changeAttributeValue(feature.id(), layer.fields().indexOf("checked_by"), "Anna")
assert layer.changeAttributeValue(feature.id(), layer.fields().indexOf("place_name"), "Another town")
assert layer.commitChanges(), layer.commitErrors()
print("DONE", feature["id"])
"""


@pytest.fixture
def qgis(tmp_path):
    """Run a script with QGIS's own Python; return the lines that it prints."""
    python = shutil.which("python3", path="/usr/bin")
    if (
        not python
        or subprocess.run([python, "-c", "import qgis.core"], capture_output=True, check=False).returncode != 0
    ):
        pytest.skip("QGIS's Python is missing: install it (Debian: apt-get install python3-qgis)")
    environment = {"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "XDG_RUNTIME_DIR": str(tmp_path)}

    def run(script, *words):
        done = subprocess.run(
            [python, "-c", script, *map(str, words)], capture_output=True, text=True, check=True, timeout=120, env=environment,
        )  # fmt: skip
        return done.stdout.splitlines()

    return run


def test_qgis_opens_the_geopackage_drawn(tmp_path, events, places, qgis):
    """QGIS's own Python reads it: one layer a shape, each with our rules rather than a random colour."""
    write(events, tmp_path / "a.gpkg", options=Options(places=places))
    layers = [line.split()[1:] for line in qgis(QGIS, tmp_path / "a.gpkg") if line.startswith("LAYER")]
    drawn = [layer for layer in layers if layer[0] == "events"]
    assert [(layer[1], layer[3]) for layer in drawn] == [("True", "RuleRenderer")] * 3
    assert sum(int(layer[2]) for layer in drawn) == 4
    assert ["lines", "True", "1", "singleSymbol"] in layers
    assert ["claims", "True", "7", "-"] in layers


@pytest.mark.parametrize("name", ["a.geojson", "a.gpkg"])
def test_what_qgis_edits_comes_back_with_its_claims(tmp_path, events, qgis, name):
    write(events, tmp_path / name)
    (said,) = [line for line in qgis(QGIS_EDIT, tmp_path / name) if line.startswith("DONE")]
    edited = said.split()[1]
    back = read_events(tmp_path / name)
    assert back.issues == ()
    assert [len(f["properties"]["claims"]) for f in back.features] == [
        len(f["properties"]["claims"]) for f in events.features
    ]
    (first,) = [f for f in back.features if f["id"] == edited]
    assert (first["properties"]["place_name"], first["properties"]["checked_by"]) == ("Another town", "Anna")
    before = {f["id"]: f["geometry"] for f in events.features}
    assert {f["id"]: f["geometry"] for f in back.features} == before


def test_gdals_validator_finds_nothing_in_a_geopackage(tmp_path, events, places):
    python = shutil.which("python3", path="/usr/bin")
    check = [str(python), "-m", "osgeo_utils.samples.validate_gpkg"]
    if not python:
        pytest.skip("Python of the system is missing: install it (Debian: apt-get install python3-gdal)")
    write(events, tmp_path / "a.gpkg", options=Options(places=places))
    done = subprocess.run(
        [*check, "-k", "--extra", str(tmp_path / "a.gpkg")], capture_output=True, text=True, check=False
    )
    if "No module named" in done.stderr:
        pytest.skip("GDAL's validator is missing: install it (Debian: apt-get install python3-gdal)")
    assert (done.returncode, done.stdout) == (0, "")


def test_a_validator_finds_nothing(tmp_path):
    validator = pytest.importorskip("geojson_validator")
    logger = pytest.importorskip("loguru").logger
    logger.disable("geojson_validator")
    data = json.loads(write_geojson(EVENTS, tmp_path / "events.geojson", reports=REPORTS).read_text("utf8"))
    assert validator.validate_structure(data) == {}
    told = validator.validate_geometries(data)
    assert (told["invalid"], told["problematic"]) == ({}, {})


@pytest.mark.parametrize("name", ["a.geojson", "a.fg.json", "a.geojsons", "a.geojsonl", "a.gpkg", "a.fgb", "a.kml"])
def test_gdal_reads_every_event_with_the_right_extent(tmp_path, events, ogrinfo, name):
    write(events, tmp_path / name)
    layers = ogrinfo(tmp_path / name)
    if name == "a.kml":  # a folder is a layer
        assert sum(layer["count"] for layer in layers.values()) == 5
        extents = [layer["extent"] for layer in layers.values() if "extent" in layer]
    else:
        layer = layers["events"] if name == "a.gpkg" else next(iter(layers.values()))
        assert layer["count"] == 5
        extents = [layer["extent"]] if "extent" in layer else []
    if extents:
        west, south = min(e[0] for e in extents), min(e[1] for e in extents)
        east, north = max(e[2] for e in extents), max(e[3] for e in extents)
        assert (west, south, east, north) == pytest.approx(DRAWN_EXTENT)


def test_gdal_reads_shapefiles(tmp_path, events, ogrinfo):
    files = write(events, tmp_path / "a.shp").files
    counts = {file.stem: ogrinfo(file)[file.stem]["count"] for file in files if file.suffix == ".shp"}
    assert counts == {"a": 2, "a_lines": 1, "a_areas": 1}


def test_geopandas_reads_what_we_wrote(tmp_path, events):
    write(events, tmp_path / "a.gpkg")
    frame = gpd.read_file(tmp_path / "a.gpkg", layer="events")
    assert frame.crs.to_epsg() == 4326
    assert list(frame["id"]) == ["point", "line", "area", "points", "nowhere"]
    assert frame.geometry.isna().sum() == 1
    assert frame["geo_precision"].tolist()[0] == 1
    assert frame["date_start"].notna().sum() == 3


def test_geoparquet_keeps_to_the_specification(tmp_path, events):
    parquet = pytest.importorskip("pyarrow.parquet")
    write(events, tmp_path / "a.parquet")
    meta = json.loads(parquet.read_metadata(tmp_path / "a.parquet").metadata[b"geo"])
    assert meta["version"] == "1.1.0"
    column = meta["columns"][meta["primary_column"]]
    assert column["encoding"] == "WKB"
    assert tuple(column["bbox"]) == DRAWN_EXTENT
    frame = gpd.read_parquet(tmp_path / "a.parquet")
    assert len(frame) == 5
    claims = parquet.read_table(tmp_path / "a.claims.parquet").to_pandas()
    assert len(claims) == 7


@pytest.mark.parametrize("count", [0, 5])
def test_a_validator_finds_nothing_in_geoparquet(tmp_path, events, count):
    validator = pytest.importorskip("geoparquet_validator", reason="install geoparquet-validator (the extra [test])")
    pytest.importorskip("pyarrow")
    write(EventSet(events.features[:count]), tmp_path / "a.parquet")
    report = validator.check(str(tmp_path / "a.parquet"))
    assert report["rules"].startswith("GeoParquet 1.1.0")
    assert validator.failed(report, "core") + validator.failed(report, "covering") == []


def test_duckdb_reads_parquet_and_csv(tmp_path, events):
    duckdb = pytest.importorskip("duckdb")
    write(events, tmp_path / "a.parquet")
    write(events, tmp_path / "a.csv")
    found = duckdb.read_parquet(str(tmp_path / "a.claims.parquet")).aggregate("event_id, count(*) AS n").order("n DESC")
    assert found.fetchall()[0] == ("point", 3)
    assert len(duckdb.read_parquet(str(tmp_path / "a.parquet")).fetchall()) == 5
    assert len(duckdb.read_csv(str(tmp_path / "a.csv")).fetchall()) == 5


# --------------------------------------------------------------------------------------------------------- back in


@pytest.mark.parametrize("name", ["a.geojson", "a.fg.json", "a.geojsons", "a.geojsonl"])
def test_events_come_back_as_they_went(tmp_path, events, name):
    write(events, tmp_path / name)
    back = read_events(tmp_path / name)
    assert back.issues == ()
    assert [f["geometry"] for f in back.features] == [f["geometry"] for f in events.features]
    assert [f["properties"] for f in back.features] == [f["properties"] for f in events.features]
    if name.endswith((".geojson", ".fg.json")):
        assert back == events


def test_a_geopackage_comes_back_with_its_claims(tmp_path, events):
    write(events, tmp_path / "a.gpkg")
    back = read_events(tmp_path / "a.gpkg")
    assert back.issues == ()
    assert [f["geometry"] for f in back.features] == [f["geometry"] for f in events.features]
    for ours, theirs in zip(events.features, back.features, strict=True):
        assert _plain(ours["properties"]) == _plain(theirs["properties"])


def _plain(value):
    """A claim without a trigger or a reason has an empty text in one and nothing in the other."""
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value or None if isinstance(value, str) else value


def test_a_geopackage_that_was_edited(tmp_path, events):
    write(events, tmp_path / "a.gpkg")
    frame = gpd.read_file(tmp_path / "a.gpkg", layer="events")
    frame["checked_by"] = "Anna"
    frame.loc[0, "place_name"] = "Another town"
    frame.loc[0, "geometry"] = Point(47, 40)
    frame.to_file(tmp_path / "a.gpkg", layer="events", driver="GPKG")
    first = read_events(tmp_path / "a.gpkg").features[0]
    assert first["geometry"]["coordinates"] == [47, 40]
    assert (first["properties"]["place_name"], first["properties"]["checked_by"]) == ("Another town", "Anna")
    assert len(first["properties"]["claims"]) == 3


ODD = {
    "fid": 7, "FID": 8, "geom": "g", "geometry": "h", "bbox": [1, 2], "Group": "upper", "lat": "55", "wkt": "w", "ogc_fid": 3,
    "=cmd|' /C calc'!A0": "=1+1", "@SUM": "+1", "": "no name", "new\nline": 1, "x" * 200: "long", "big": 2**70, "huge": 1e308,
    "both": True, "nested": {"a": [1]}, "Ազգ": "հայերեն",
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_odd_properties_of_others_break_no_format_and_run_nowhere(tmp_path, events, name, ogrinfo, recwarn):
    """Names that formats keep for themselves, that differ in case only, that are formulas, empty or very long."""
    pytest.importorskip("openpyxl")
    features = tuple({**f, "properties": ODD | f["properties"]} for f in events.features)
    written = write(EventSet(features), tmp_path / f"a{FORMATS[name].endings[0]}", name)
    assert [str(w.message) for w in recwarn] == []  # what is lost is told in `warnings`, not on the terminal
    found = " ".join(_texts(file) for file in written.files)
    assert name in {"timemap", "html"} or "հայերեն" in found
    if name in {"geopackage", "flatgeobuf", "geojson", "geojson-seq"}:
        layers = ogrinfo(written.files[0])
        assert layers.get("events", next(iter(layers.values())))["count"] == 5


def test_no_column_name_is_a_formula(tmp_path, events):
    openpyxl = pytest.importorskip("openpyxl")
    edited = EventSet(tuple({**f, "properties": ODD | f["properties"]} for f in events.features))
    write(edited, tmp_path / "a.csv")
    with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as handle:
        header = next(csv.reader(handle))
    assert not [name for name in header if not name or name.startswith(("=", "+", "-", "@"))]
    assert len({name.lower() for name in header}) == len(header)
    write(edited, tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert not [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


@pytest.mark.parametrize("name", ["b.gpkg", "b.geojson"])
def test_a_single_layer_that_a_gis_saved_is_read_and_its_loss_told(tmp_path, events, name):
    """Saving the layer of events under another name leaves the tables of claims behind."""
    write(events, tmp_path / "a.gpkg")
    gpd.read_file(tmp_path / "a.gpkg", layer="events").to_file(tmp_path / name, layer="my edit")
    back = read_events(tmp_path / name)
    assert [f["geometry"] for f in back.features] == [f["geometry"] for f in events.features]
    assert [f["properties"]["actors"] for f in back.features] == [f["properties"]["actors"] for f in events.features]
    assert not {"claim_count", "claimants", "figures", "quote"} & set(back.features[0]["properties"])
    (issue,) = back.issues
    assert issue.severity == "warning"
    assert "5 events come without the claims" in str(issue)


def test_what_others_add_is_kept(tmp_path, events):
    data = events.collection()
    data["name"] = "my edit"
    data["features"][0]["properties"]["checked_by"] = "Anna"
    data["features"][0]["bbox"] = [46, 39, 47, 40]
    (tmp_path / "a.geojson").write_text(json.dumps(data), "utf8")
    back = read_events(tmp_path / "a.geojson")
    write(back, tmp_path / "b.geojson")
    again = json.loads((tmp_path / "b.geojson").read_text("utf8"))
    assert again["name"] == "my edit"
    assert again["features"][0]["properties"]["checked_by"] == "Anna"
    assert again["features"][0]["bbox"] == [46, 39, 47, 40]
    write(back, tmp_path / "b.csv")
    assert "checked_by" in (tmp_path / "b.csv").read_text("utf-8-sig").splitlines()[0]


def test_a_trip_through_gdal_and_back(tmp_path, events):
    """QGIS saves through GDAL: lists come back as JSON text, the id as a property."""
    if shutil.which("ogr2ogr") is None:
        pytest.skip("GDAL's ogr2ogr is missing: install it (Debian: apt-get install gdal-bin)")
    write(events, tmp_path / "a.geojson")
    subprocess.run(["ogr2ogr", str(tmp_path / "b.geojson"), str(tmp_path / "a.geojson")], check=True, timeout=60)
    back = read_events(tmp_path / "b.geojson")
    assert [f["id"] for f in back.features] == ["point", "line", "area", "points", "nowhere"]
    assert back.features[0]["properties"]["claims"] == events.features[0]["properties"]["claims"]
    assert back.features[0]["properties"]["actors"] == ["azerbaijan", "armenia"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "empty"),
        ('{"type": "FeatureCollection", "features": [{"type": "Fea', "no JSON"),
        ('{"type": "Topology", "objects": {}}', "TopoJSON"),
        ('{"a": 1}', "no GeoJSON"),
        ("[1, 2]", "no GeoJSON"),
        ('{"type": "FeatureCollection", "features": [NaN]}', "no JSON"),
        ("[" * 100_000, "no JSON"),
        ("SQLite format 3\0 and no more", "no GeoPackage"),
    ],
    ids=["empty", "cut", "topojson", "json", "list", "nan", "deep", "sqlite"],
)
def test_broken_files_are_one_sentence(tmp_path, text, says):
    (tmp_path / "a.geojson").write_text(text)
    with pytest.raises(FormatError, match=says) as error:
        read_events(tmp_path / "a.geojson")
    assert "a.geojson" in str(error.value)


def test_broken_features_are_told_and_the_others_kept(tmp_path, events):
    data = events.collection()
    good = json.loads(dump_collection(data))["features"]
    bad = [
        7,
        {"type": "Feature", "id": "range", "geometry": {"type": "Point", "coordinates": [46, 139]}, "properties": {"event_type": "shelling", "modality": "occurred"}},
        {"type": "Feature", "id": "shape", "geometry": {"type": "Circle"}, "properties": {"event_type": "shelling", "modality": "occurred", "claims": "none"}},
        {"type": "Feature", "id": "point", "geometry": None, "properties": {"event_type": "explosion", "modality": "occurred"}},
    ]  # fmt: skip
    (tmp_path / "a.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": good + bad}))
    back = read_events(tmp_path / "a.geojson")
    assert len(back.features) == 8
    assert [i.code for i in back.issues] == [
        "no-feature",
        "bad-geometry",
        "bad-list",
        "bad-geometry",
        "unknown-value",
        "same-id",
    ]
    assert all(i.fix and "a.geojson" in str(i) for i in back.issues)


VALUES = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False), st.text(max_size=9),
    st.sampled_from(["19/09/2023", "2023-09-31", "2023-09-19T08:00:00Z", "NaN", "=1+1", 2**70, "\ud800\0"]),
    st.lists(st.integers(), max_size=2), st.dictionaries(st.text(max_size=3), st.integers(), max_size=2),
)  # fmt: skip


@pytest.fixture
def small(events):
    return json.dumps(EventSet(events.features[:2]).collection())


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_somebody_writes_into_a_member_breaks_no_format(tmp_path, small, data):
    """What cannot be understood is told when it is read, and every writer meets the types that it was promised."""
    pytest.importorskip("openpyxl")
    edited = json.loads(small)
    first = edited["features"][0]["properties"]
    claim = first["claims"][1]
    for members in (first, claim, claim["casualties"][0]):
        members[data.draw(st.sampled_from(sorted(members)))] = data.draw(VALUES)
    (tmp_path / "e.geojson").write_text(json.dumps(edited))
    back = read_events(tmp_path / "e.geojson")
    assert all(issue.fix and "\n" not in str(issue) for issue in back.issues)
    for name, format_ in FORMATS.items():
        write(back, tmp_path / f"e{format_.endings[0]}", name)
    again = read_events(tmp_path / "e.gpkg")
    assert len(again.features) == 2


def test_a_day_or_figure_that_is_none_is_told(tmp_path, events):
    data = events.collection()
    first = data["features"][0]["properties"]
    first["date_start"], first["geo_precision"], first["uncertainty_m"] = "19/09/2023", "about 3", "1500.5"
    first["claims"][0]["casualties"][0]["low"] = "seven"
    (tmp_path / "a.geojson").write_text(json.dumps(data))
    back = read_events(tmp_path / "a.geojson")
    assert [issue.code for issue in back.issues] == ["bad-value"] * 3
    assert 'date_start is "19/09/2023", which is no date' in str(back.issues[0])
    assert "claim 1, low" in str(back.issues[2])
    mended = back.features[0]["properties"]
    assert (mended["date_start"], mended["geo_precision"], mended["uncertainty_m"]) == (None, None, 1500.5)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=80))
def test_any_text_survives_and_breaks_nothing(tmp_path, text):
    one = event("e", Point(46, 39), claims=(claim(quote=text, claimant=text),), reason=text)
    events = event_set([one], REPORTS)
    for name in ("a.geojson", "a.kml", "a.csv", "a.html"):
        write(events, tmp_path / name)
    back = read_events(tmp_path / "a.geojson").features[0]["properties"]
    assert (back["claims"][0]["quote"], back["geo_reason"]) == (text, text)
    ET.parse(tmp_path / "a.kml")
    with (tmp_path / "a.claims.csv").open(encoding="utf-8-sig", newline="") as handle:
        (row,) = csv.DictReader(handle)
    assert row["quote"] in (text, f"'{text}")


def test_the_columns_are_documented():
    assert all(column.meaning for column in EVENT_COLUMNS)
