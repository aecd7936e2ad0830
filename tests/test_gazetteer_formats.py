"""What a format can hold comes back from it; what it cannot is said in `HOLDS`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gazetteer import DatedGeometry, FormatError, Gazetteer, MatchRules, Parent, Place, Point, TestSentence, Toponym
from gazetteer.carried import Carried
from gazetteer.format_linked_places import CONTEXT
from gazetteer.formats import FORMATS, HOLDS, export_text, format_of, import_text
from gazetteer.ids import slug
from gazetteer.model import KINDS, NAME_KINDS, PARENT_BASES
from gazetteer.schema import parse_entry
from gazetteer.writing import entry_toml, record

# no separators that LP-TSV (semicolon) and GeoNames (comma) have no way to write, and no runs of spaces
TEXT = st.text(st.sampled_from("abcXYZəğışçԱբգШуша'’\"|%@:&<{}=–()0123 "), min_size=1, max_size=20).map(
    lambda text: " ".join(text.split())
).filter(bool)  # fmt: skip
SLUG = st.from_regex(r"[a-z][a-z0-9]{0,6}(-[a-z0-9]{1,4})?", fullmatch=True)
DATE = st.sampled_from([None, "1923", "1991-10", "2020-11-10"])
LANG = st.sampled_from(["en", "az-Latn", "hy-Armn", "ru-Cyrl", "az-Cyrl"])
NAMES = st.builds(
    Toponym, text=TEXT, lang=LANG, kind=st.sampled_from(NAME_KINDS), used_by=st.lists(SLUG, max_size=2).map(tuple),
    since=DATE, until=DATE, source=TEXT | st.just(""),
)  # fmt: skip
POINTS = st.builds(
    Point, lat=st.floats(-90, 90).map(lambda x: round(x, 6)), lon=st.floats(-180, 180).map(lambda x: round(x, 6)),
    precision_m=st.integers(1, 50_000).map(float), source=TEXT | st.just(""),
)  # fmt: skip
PARENTS = st.builds(
    Parent, id=SLUG, basis=st.sampled_from(PARENT_BASES), asserted_by=TEXT | st.just(""), since=DATE, until=DATE
)
SLUGS = st.lists(SLUG, max_size=2, unique=True).map(tuple)
TEXTS = st.lists(TEXT, max_size=2, unique=True).map(tuple)
MATCH = st.builds(MatchRules, ambiguous_with=SLUGS, never=TEXTS, context=TEXTS, needs_context=st.booleans())
LINKS = st.sampled_from(
    [
        (),
        (("wikidata", "Q1"),),
        (("geonames", "12"), ("wikidata", "Q1")),
        (("geonames", "1"), ("geonames", "2"), ("osm", "node/7")),
    ]
)
PLACES = st.builds(
    Place, id=SLUG, kind=st.sampled_from(KINDS), names=st.lists(NAMES, min_size=1, max_size=4).map(tuple),
    feature=st.sampled_from(["", "P.PPL", "A.ADM2"]), point=st.none() | POINTS, parents=st.lists(PARENTS, max_size=3).map(tuple),
    demonyms=TEXTS, capital_of=SLUGS, seat_of=SLUGS, links=LINKS, match=MATCH,
    tests=st.lists(st.builds(TestSentence, TEXT, TEXT, st.booleans()), max_size=1).map(tuple),
    status=st.sampled_from(["current", "historical"]), superseded_by=st.none() | SLUG, since=DATE, until=DATE,
    review=st.sampled_from(["checked", "imported"]), source=TEXT, note=TEXT | st.just(""), population=st.none() | st.integers(1, 10**7),
)  # fmt: skip


def held(table: dict[str, Any], form: str) -> dict[str, Any]:
    """The part of a record that a format says it holds."""
    kept: dict[str, Any] = {}
    for field in HOLDS[form]:
        key, _, inner = field.partition(".")
        if field == "first parent's id":
            kept["parents"] = [{"id": parent["id"]} for parent in table.get("parents", [])[:1]]
        elif field == "the geonames link":
            value = table.get("links", {}).get("geonames")
            kept["links"] = value[-1] if isinstance(value, list) else value
        elif not inner:
            kept[key] = table.get(key)
        elif isinstance(table.get(key), list):
            before = kept.get(key) or [{} for _ in table[key]]
            kept[key] = [old | {inner: one.get(inner)} for old, one in zip(before, table[key], strict=True)]
        else:
            kept.setdefault(key, {})[inner] = table.get(key, {}).get(inner)
    return kept


def back(place: Place, form: str) -> Place:
    found, issues = import_text(export_text([place], Gazetteer([place]), FORMATS[form]), FORMATS[form], "a file")
    assert issues == ()
    assert len(found) == 1
    return found[0].place


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(PLACES)
@pytest.mark.parametrize("form", ["linked-places", "geojson"])
def test_json_formats_hold_everything(form, place):
    assert back(place, form) == place


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(PLACES)
@pytest.mark.parametrize("form", ["csv", "lp-tsv"])
def test_tables_hold_what_they_say(form, place):
    assert held(record(back(place, form)), form) == held(record(place), form)


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(PLACES.filter(lambda place: place.point is not None))
def test_geonames_rows_hold_what_they_say(place):
    names = tuple({name.text: name for name in place.names}.values())  # a dump names each spelling once
    place = Place(**{key: getattr(place, key) for key in Place.__slots__} | {"names": names})
    found, meant = (held(record(one), "geonames") for one in (back(place, "geonames"), place))
    for part in (found, meant):  # a dump puts the main name first
        part["names"] = sorted(name["text"] for name in part["names"])
    assert found == meant


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(PLACES)
def test_toml_holds_everything(place):
    found, issues = parse_entry(entry_toml(place), Path(f"{place.id}.toml"))
    assert issues == []
    assert record(found) == record(place)


def test_what_the_tables_cannot_hold():
    """Said once in words: users and periods of names, match rules, tests, lines and areas."""
    lost = {
        form: {key for key in HOLDS["geojson"] if not any(f.split(".")[0] == key for f in holds)}
        for form, holds in HOLDS.items()
    }
    assert lost["linked-places"] == lost["geojson"] == set()
    assert lost["csv"] == {"match", "tests", "geometry"}
    assert lost["lp-tsv"] >= {"match", "tests", "geometry", "feature", "status", "review", "demonyms"}
    assert lost["geonames"] >= {"id", "kind", "from", "to", "parents", "source", "note"}


@pytest.fixture
def dated(tmp_path):
    """A place with a line that two assert in turn."""
    shapes = [{"type": "LineString", "coordinates": [[46.0, 39.0], [46.5, 39.5 + n]]} for n in range(2)]
    for number, shape in enumerate(shapes):
        (tmp_path / f"{number}.geojson").write_text(json.dumps(shape), "utf8")
    lines = (
        DatedGeometry(tmp_path / "0.geojson", "line", "As it was", "1994-05-12", "2020-11-10", "One", "Atlas", 500.0),
        DatedGeometry(tmp_path / "1.geojson", "line", "As it is", "2020-11-10", None, "Two", "Atlas", 500.0),
    )
    return Place("front", "line", (Toponym("Front"),), geometries=lines, source="Atlas"), shapes


@pytest.mark.parametrize("form", ["linked-places", "geojson"])
def test_dated_lines_come_back_with_their_shapes(dated, form):
    place, shapes = dated
    found, issues = import_text(export_text([place], Gazetteer(), FORMATS[form]), FORMATS[form], "a file")
    assert issues == ()
    assert list(found[0].shapes) == shapes
    assert record(found[0].place) == record(place)


def test_a_broken_shape_is_left_out_with_what_is_said_of_it(dated):
    place, shapes = dated
    text = (
        export_text([place], Gazetteer(), FORMATS["geojson"])
        .replace('"1994-05-12"', '"May 1994"')
        .replace('"file": "0.geojson"', '"file": "0.shp"')
    )
    found, issues = import_text(text, FORMATS["geojson"], "a file")
    assert {issue.code for issue in issues} == {"bad-date", "bad-file-name"}
    assert found[0].shapes == (shapes[1],)
    assert [line.file.name for line in found[0].place.geometries] == ["1.geojson"]


def test_linked_places_is_what_its_readers_expect(dated):
    document = json.loads(export_text([dated[0]], Gazetteer(), FORMATS["linked-places"]))
    feature = document["features"][0]
    assert (document["type"], document["@context"], feature["type"]) == ("FeatureCollection", CONTEXT, "Feature")
    assert feature["@id"].endswith(":front")
    assert feature["properties"]["title"] == "Front"
    assert feature["names"][0]["toponym"] == "Front"
    assert feature["geometry"]["type"] == "GeometryCollection"
    assert feature["geometry"]["geometries"][0]["when"] == {
        "timespans": [{"start": {"in": "1994-05-12"}, "end": {"in": "2020-11-10"}}]
    }


def test_a_foreign_linked_places_file():
    feature = {
        "@id": "http://mygaz.org/places/p_12345", "type": "Feature", "properties": {"title": "Old Ferry", "fclasses": ["P"]},
        "geometry": {"type": "Point", "coordinates": [-1.28, 51.67]},
        "names": [{"toponym": "Old Ferry", "lang": "en", "citation": {"label": "A map (1635)"}, "when": {"timespans": [{"start": {"earliest": "1600"}}]}}],
        "types": [{"identifier": "aat:300008375", "label": "Town"}], "links": [{"type": "exactMatch", "identifier": "https://www.wikidata.org/wiki/Q5"}],
    }  # fmt: skip
    found, issues = import_text(json.dumps({"features": [feature]}), FORMATS["linked-places"], "foreign.jsonld")
    place = found[0].place
    assert issues == ()
    assert (place.id, place.kind, place.links, place.source) == (
        "old-ferry",
        "town",
        (("wikidata", "Q5"),),
        "imported from foreign.jsonld",
    )
    assert (place.names[0].since, place.names[0].source) == ("1600", "A map (1635)")


def test_a_foreign_geojson_file():
    feature = {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [46.5, 39.5]},
        "properties": {"name": "Well", "shoe_size": 7},
    }
    found, issues = import_text(json.dumps(feature), FORMATS["geojson"], "wells.geojson")
    assert [one.place.id for one in found] == ["well"]
    assert [issue.code for issue in issues] == ["unknown-key"]


def test_a_foreign_table():
    found, issues = import_text('name,lat,lon\nWell,39.5,46.5\n"Nor, Well",39.6,x\n', FORMATS["csv"], "wells.csv")
    assert [(one.place.id, one.place.kind) for one in found] == [("well", "site"), ("nor-well", "site")]
    assert [str(issue) for issue in issues] == [
        'wells.csv, place 2: point.lon is "x", not a number. Write the number without quotes, with a point: 39.8153'
    ]


def test_geonames_kinds():
    row = [
        "1",
        "Lake",
        "Lake",
        "Lake,Լիճ",
        "40.3",
        "45.3",
        "H",
        "LK",
        "AM",
        "",
        "",
        "",
        "",
        "",
        "0",
        "",
        "",
        "",
        "2020-01-01",
    ]
    found, _ = import_text("\t".join(row) + "\r\n", FORMATS["geonames"], "AM.txt")
    place = found[0].place
    assert (place.kind, place.feature, [name.lang for name in place.names]) == ("lake", "H.LK", ["en", "hy-Armn"])
    assert place.source == "GeoNames 1"


@pytest.mark.parametrize(
    ("code", "people", "kind"),
    [
        ("PPL", "", "village"),
        ("PPL", "300", "village"),
        ("PPL", "7000", "town"),
        ("PPLA", "0", "town"),
        ("PPLC", "2000000", "city"),
        ("PPLX", "90000", "neighbourhood"),
    ],
)
def test_geonames_settlements_by_size(code, people, kind):
    rows = [
        ["7", "Well", "Well", "", "40", "45", "P", code, *[""] * 6, people, *[""] * 4],
        ["8", "Well", "Well", "", "41", "45", "P", "PPL", *[""] * 11],
    ]
    found, issues = import_text("\n".join(map("\t".join, rows)), FORMATS["geonames"], "AM.txt")
    assert issues == ()
    assert found[0].place.kind == kind
    assert [one.place.id for one in found] == ["well", "well-8"]


def test_a_place_without_a_position_has_no_row_of_geonames():
    assert export_text([Place("a", "site", (Toponym("A"),))], Gazetteer(), FORMATS["geonames"]) == ""


@pytest.mark.parametrize(
    ("form", "text", "told"),
    [
        ("geojson", "{", "is not GeoJSON"),
        ("geojson", "[]", "is not GeoJSON"),
        ("linked-places", "{}", "is not Linked Places Format"),
        ("csv", "a,b\n1,2\n", "no column name"),
        ("csv", "", "no column name"),
        ("lp-tsv", "a\tb\n", "no columns id and title"),
        ("geonames", "1\t2\n", "has 2 columns, not the 19"),
    ],
)
def test_a_broken_file_is_told(form, text, told):
    with pytest.raises(FormatError, match=told):
        import_text(text, FORMATS[form], "broken.file")


def test_formats_by_ending():
    assert {format_of(Path("x").with_suffix(form.ending)) for form in FORMATS.values()} == set(FORMATS.values())
    with pytest.raises(FormatError, match="no ending that is known"):
        format_of(Path("x.shp"))
    with pytest.raises(FormatError, match="there is no format"):
        format_of(Path("x.csv"), "shp")


def test_a_record_keeps_its_title():
    place = Place("a", "site", (Toponym("Ա", "hy-Armn"), Toponym("Ay", "en")))
    assert Carried.of(place).title == "Ay"
    assert slug("Ay") == "ay"


JSON = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=False) | st.text(max_size=4) | st.sampled_from(["Feature", "FeatureCollection", "Point"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(
        ["type", "features", "properties", "geometry", "coordinates", "geometries", "names", "toponym", "name", "id", "@id", "when", "links",
         "relations", "types", "label", "part", "place_id", "timespans", "start", "citations", "descriptions"]), inner, max_size=5),
    max_leaves=20,
)  # fmt: skip


@settings(deadline=None)
@given(JSON | st.text(max_size=60))
@pytest.mark.parametrize("form", sorted(FORMATS))
def test_whatever_stands_in_a_file_is_a_format_error_or_issues(form, junk):
    text = junk if isinstance(junk, str) else json.dumps(junk)
    try:
        found, issues = import_text(text, FORMATS[form], "junk")
    except FormatError:
        return
    assert all(issue.file.startswith("junk, place ") for issue in issues)
    assert all(one.place.names for one in found)
