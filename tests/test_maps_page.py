"""The page as a file: whole in itself, the same bytes every time, its policy naming its own scripts and no others."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import re
import struct
import subprocess
import sys

import folium
import pytest
from hypothesis import given
from hypothesis import strategies as st

import maps
from gazetteer.errors import FormatError
from gazetteer.model import DatedGeometry, Place, Point, Toponym
from maps import assets
from maps.pack import LONG, pack
from maps.page import data_block

EMPTY = {"type": "FeatureCollection", "features": []}


def event(number=1, geometry=None, **properties):
    return {
        "type": "Feature",
        "id": f"e{number}",
        "geometry": geometry,
        "properties": {"event_type": "shelling", **properties},
    }


def collection(*features):
    return {"type": "FeatureCollection", "features": list(features)}


def document(events=EMPTY, places=(), **options):
    return maps.build(events, places, **options).get_root().render()


def data_of(page):
    kind, text = re.search(
        r'<script type="application/(\w+)" id="conflict-data">(.*?)</script>', page, re.DOTALL
    ).groups()
    return json.loads(text) if kind == "json" else unpacked(gzip.decompress(base64.b64decode(text)))


def unpacked(content):
    """Mirror of maps/static/packed.js."""
    begin = 4 + int.from_bytes(content[:4], "little")
    codes = {"Uint8": "B", "Int8": "b", "Uint16": "H", "Int16": "h", "Int32": "i"}

    def opened(value):
        if not isinstance(value, dict):
            return value
        if set(value) != {"of", "at", "bytes"}:
            return {key: opened(inner) for key, inner in value.items()}
        part = content[begin + value["at"] :][: value["bytes"]]
        if value["of"] == "JSON":
            return json.loads(part)
        return [number for (number,) in struct.iter_unpack(f"<{codes[value['of']]}", part)]

    return opened(json.loads(content[4:begin]))


@pytest.fixture(scope="module")
def sample(root):
    return json.loads((root / "tests" / "golden" / "map_events.geojson").read_text("utf8"))


def test_a_folium_map_comes_back():
    built = maps.build(EMPTY)
    assert isinstance(built, folium.Map)
    assert "<iframe" in built._repr_html_(), "it shows in a notebook"


def test_nothing_is_loaded_from_anywhere():
    page = document(collection(event(geometry={"type": "Point", "coordinates": [46.75, 39.82]})))
    assert not re.findall(r"<(?:script|img|iframe|link|object|embed|source)\b[^>]*\b(?:src|href)\s*=", page)
    assert not re.findall(r"@import|url\(\s*['\"]?(?!#)", page)
    for unwanted in ("jquery", "bootstrap", "awesome", "cdn"):
        assert unwanted not in page.lower()


def test_the_policy_names_every_script_and_style_of_the_page():
    page = document(tiles=["OpenTopoMap"])
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)[1]
    inline = [
        *re.findall(r"<script>(.*?)</script>", page, re.DOTALL),
        *re.findall(r"<style>(.*?)</style>", page, re.DOTALL),
    ]
    hashes = {f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'" for text in inline}
    assert len(inline) == 4
    assert set(re.findall(r"'sha256-[^']*'", policy)) == hashes
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "img-src data: https://*.tile.opentopomap.org;" in policy
    assert "https:" not in re.search(r'content="([^"]*)"', document(tiles=[]).split("Content-Security-Policy")[1])[1]


def test_the_same_input_gives_the_same_bytes_in_another_process(root, tmp_path):
    code = "import json, sys, maps; from gazetteer.load import load; print(maps.save(maps.build(json.load(open(sys.argv[1], encoding='utf8')), load()), sys.argv[2]))"
    made = []
    for seed in ("1", "2"):
        file = tmp_path / f"{seed}.html"
        subprocess.run(
            [sys.executable, "-c", code, root / "tests" / "golden" / "map_events.geojson", file],
            check=True, cwd=root, env={"PYTHONHASHSEED": seed, "PATH": ""}, capture_output=True,
        )  # fmt: skip
        made.append(file.read_bytes())
    assert made[0] == made[1]
    assert len(made[0]) < 400_000


def test_a_map_renders_twice_alike():
    built = maps.build(EMPTY)
    assert built.get_root().render() == built.get_root().render()


HOSTILE = "<img src=x onerror=ran()>{{ 7*7 }}{% raw %}{# gone #}${ran()}`</script><!--\u2028\ud800\x00'\""


def test_no_text_from_data_is_run_as_a_template_or_markup():
    place = Place("x", "town", (Toponym(HOSTILE),), point=Point(39.8, 46.7, 100), note=HOSTILE)
    properties = dict.fromkeys(("place_name", "place_text", "geo_reason", "group", HOSTILE), HOSTILE)
    claims = [dict.fromkeys(("report", "quote", "claimant", "publisher", "title", "url", HOSTILE), HOSTILE)]
    hostile = event(HOSTILE, {"type": "Point", "coordinates": [46.7, 39.8]}, claims=claims, place_id="x", **properties)
    page = document(collection(hostile), [place], title=HOSTILE, subtitle=HOSTILE, focus=["x"])
    assert "7*7" in page
    assert "49" not in page.split("conflict-data")[1][:20]
    data = data_of(page)
    assert data["title"] == HOSTILE
    assert data["places"][0]["note"] == HOSTILE
    assert data["claims"]["cols"]["quote"]["k"] == HOSTILE
    for marker in ("<img", "{{", "{%", "{#", "<!--"):
        block = page.split('id="conflict-data">')[1].split("</script>")[0]
        assert marker not in block
    assert "<img" not in page
    assert page.count("</script>") == 4


def test_large_data_is_compressed_and_comes_back():
    data = {"text": [f"quote {number}" for number in range(20_000)]}
    block = data_block(data)
    assert block.startswith('<script type="application/gzip"')
    assert data_of(block) == data


@given(
    st.lists(st.sampled_from([0, 7, -1, 255, 256, -129, 65_535, 2**31 - 1, 2**31, "a", None, 1.5, True]), min_size=2)
)
def test_long_lists_come_back_as_they_were(values):
    values = values * (LONG // len(values) + 1)
    data = {"title": "t", "events": {"n": 1, "cols": {"p:a": {"v": values}, "p:b": {"k": values}}}, "shape": {"k": -1}}
    back = unpacked(pack(data))
    assert json.dumps(back) == json.dumps(data)


def test_lists_that_are_alike_are_written_once():
    values = list(range(LONG))
    one, two = (
        pack({"events": {"cols": cols}}) for cols in ({"a": {"v": values}}, {"a": {"v": values}, "b": {"v": values}})
    )
    assert len(two) - len(one) < 60


def test_foreign_properties_and_missing_ones_are_kept():
    page = document(collection(event(1, None, **{"my:score": 0.5, "nested": {"a": [1, None]}}), event(2)))
    cols = data_of(page)["events"]["cols"]
    assert cols["p:my:score"] == {"u": [0.5], "i": [0, -1]}
    assert cols["p:nested"]["u"] == [{"a": [1, None]}]


def test_every_kind_of_geometry_has_a_spot_inside():
    square = [[[46, 39], [47, 39], [47, 40], [46, 40], [46, 39]]]
    shapes = [
        None,
        {"type": "Point", "coordinates": [46.5, 39.5]},
        {"type": "LineString", "coordinates": [[46, 39], [47, 40]]},
        {"type": "MultiLineString", "coordinates": [[[46, 39], [46.1, 39]], [[46, 39], [47, 40]]]},
        {"type": "Polygon", "coordinates": square},
        {"type": "MultiPolygon", "coordinates": [square]},
        {"type": "MultiPoint", "coordinates": [[46.2, 39.2], [46.8, 39.8]]},
        {"type": "GeometryCollection", "geometries": [{"type": "Point", "coordinates": [46.5, 39.5]}]},
        {"type": "Polygon", "coordinates": square},
    ]
    data = data_of(document(collection(*(event(number, shape) for number, shape in enumerate(shapes)))))
    assert data["spots"]["event"] == [1, 2, 3, 4, 5, 6, 6, 7, 8]
    assert len(data["shapes"]) == 6, "the polygon that two events share is written once"
    assert all(46 <= lon <= 47 for lon in data["spots"]["lon"]["u"])
    assert all(39 <= lat <= 40 for lat in data["spots"]["lat"]["u"])


@pytest.mark.parametrize(
    ("events", "told"),
    [
        ([], "FeatureCollection"),
        ({"type": "Feature"}, "FeatureCollection"),
        (collection("x"), "feature 1"),
        (collection(event(1), event(2, {"type": "Point", "coordinates": [200, 1]})), "feature 2.*200"),
        (collection(event(1, {"type": "Point", "coordinates": [float("nan"), 1]})), "feature 1"),
        (collection(event(1, {"type": "Blob", "coordinates": []})), "feature 1"),
        (collection(event(1, claims="none")), "claims"),
    ],
)
def test_a_broken_collection_is_an_error_that_says_where(events, told):
    with pytest.raises(FormatError, match=told):
        maps.build({"features": events} if events == [1] else events) if events else maps.build({})


def test_an_unknown_or_keyed_tile_layer_is_an_error():
    with pytest.raises(FormatError, match="no tile layer"):
        maps.build(EMPTY, tiles=["Nowhere.Map"])
    with pytest.raises(FormatError, match="key"):
        maps.build(EMPTY, tiles=["Thunderforest.Outdoors"])


def test_lines_carry_their_period_and_source(tmp_path):
    file = tmp_path / "line.geojson"
    file.write_text('{"type": "LineString", "coordinates": [[46, 39], [47, 40]]}')
    dated = DatedGeometry(file, "line", "Label", "1994-05-12", "2020-11-10", "who says so", "a source", 2000)
    place = Place("some-line", "line", (Toponym("Some line"),), geometries=(dated,))
    reference = data_of(document(EMPTY, [place]))["reference"]
    expected = {
        "place": "some-line",
        "layer": "line",
        "switch": "line",
        "since": "1994-05-12",
        "until": "2020-11-10",
        "by": "who says so",
        "source": "a source",
    }
    assert len(reference) == 1
    assert {key: reference[0][key] for key in expected} == expected


def test_a_line_without_end_that_no_event_names_is_off_at_first(tmp_path):
    file = tmp_path / "line.geojson"
    file.write_text('{"type": "LineString", "coordinates": [[46, 39], [47, 40]]}')
    place = Place("some-line", "line", (Toponym("Some line"),), geometries=(DatedGeometry(file, "line"),))
    assert data_of(document(EMPTY, [place]))["reference"][0]["switch"] == "further"
    assert data_of(document(collection(event(1, place_id="some-line")), [place]))["reference"][0]["switch"] == "line"


def test_a_broken_geometry_file_is_named(tmp_path):
    file = tmp_path / "line.geojson"
    file.write_text('{"type": "LineString"}')
    place = Place("some-line", "line", (Toponym("Some line"),), geometries=(DatedGeometry(file, "line"),))
    with pytest.raises(FormatError, match=r"line\.geojson"):
        maps.build(EMPTY, [place])


def test_saving_is_all_or_nothing(tmp_path, monkeypatch):
    target = tmp_path / "map.html"
    target.write_text("old")
    built = maps.build(EMPTY)

    def broken() -> str:
        raise RuntimeError("stopped half-way")

    monkeypatch.setattr(built.get_root(), "render", broken)
    with pytest.raises(RuntimeError):
        maps.save(built, target)
    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]


def test_the_bundle_holds_every_module_once():
    bundle = assets.bundle()
    modules = sorted(path.name for path in assets.STATIC.glob("*.js"))
    assert len(modules) > 10
    assert "import " not in bundle
    assert not re.search(r"^export ", bundle, re.MULTILINE)
    assert len(re.findall(r"class Store\b", bundle)) == 1


def test_a_name_taken_twice_is_refused(tmp_path, monkeypatch):
    (tmp_path / "app.js").write_text('import { a } from "./b.js";\nconst shared = a;\n')
    (tmp_path / "b.js").write_text("const shared = 1;\nexport const a = shared;\n")
    monkeypatch.setattr(assets, "STATIC", tmp_path)
    with pytest.raises(Exception, match="both define shared"):
        assets.bundle.__wrapped__()


def test_leaflet_missing_is_told_with_the_mend(tmp_path, monkeypatch):
    monkeypatch.setattr(assets, "VENDOR", tmp_path)
    with pytest.raises(assets.AssetError, match=r"hatch_build\.py"):
        assets.leaflet.__wrapped__()


def test_importing_maps_is_light():
    code = "import sys, maps, maps.cli; print(*sorted({'folium', 'shapely', 'geopandas', 'pandas', 'xyzservices'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
    assert set(maps.__all__) == {"build", "save"}
    with pytest.raises(AttributeError):
        _ = maps.nothing
