"""The dated lines and extents of the conflict, and the base map: where they run, on which days, by whose word."""

import importlib.util
import json
import math
import tomllib

import pytest
from shapely.geometry import LineString, MultiLineString, Point, shape
from shapely.ops import unary_union

import gazetteer
from gazetteer.model import POLITIES

METRES_A_DEGREE = 111_195
HELD_2021 = [
    "stepanakert",
    "martuni-karabakh",
    "askeran",
    "martakert",
    "shosh",
    "chartar",
    "lisagor",
    "hin-shen",
    "vaghuhas",
]
LOST_2021 = ["shusha", "talish", "madagiz", "hadrut", "karintak", "togh", "fuzuli", "aghdam", "kalbajar", "lachin"]


@pytest.fixture(scope="module")
def places():
    return gazetteer.load()


@pytest.fixture(scope="module")
def entries(root):
    return root / "gazetteer" / "entries"


def flat(geometry, lat=40.0):
    """Return a geometry in metres, true to scale about a latitude (1 % off within 250 km)."""
    from shapely.affinity import scale  # noqa: PLC0415

    return scale(geometry, METRES_A_DEGREE * math.cos(math.radians(lat)), METRES_A_DEGREE, origin=(0, 0))


def on(places, place_id, day):
    dated = places[place_id].geometry_on(day)
    return None if dated is None else shape(dated.read())


def dot(places, place_id):
    point = places[place_id].point
    return Point(point.lon, point.lat)


def farthest(line, other, step=500):
    """Return how far the points of a line lie from another geometry at most, in metres."""
    line, other = flat(line), flat(other)
    lines = line.geoms if isinstance(line, MultiLineString) else [line]
    return max(
        other.distance(part.interpolate(at)) for part in lines for at in range(0, math.ceil(part.length) + step, step)
    )


def reference(shared, lines, **wanted):
    file = shared / "reference" / "lines" / lines
    if not file.is_file():
        pytest.skip(f"{lines} is not among the reference files, so our lines cannot be measured against it")
    features = json.loads(file.read_text("utf8"))["features"]
    return [shape(f["geometry"]) for f in features if all(f["properties"].get(k) == v for k, v in wanted.items())]


# -------------------------------------------------------------------------------------------------------- every geometry


def test_every_line_and_area_says_who_when_whence_and_how_well(places):
    for place in places:
        if place.file.parent.name not in {"lines", "base", "world"}:
            continue
        for dated in place.geometries:
            assert dated.asserted_by, place.id
            assert dated.source, place.id
            assert dated.label, place.id
            assert dated.precision_m > 0, place.id
        if place.file.parent.name == "lines" and place.geometries:
            assert any(dated.since for dated in place.geometries), place.id


def test_coordinates_have_four_decimals_and_shapes_are_valid(entries):
    for file in entries.glob("[blw][aio]*/*.geojson"):
        text = file.read_text("utf8")
        assert shape(json.loads(text)).is_valid, file.name
        numbers = [number for pair in json.loads(text)["coordinates"] for number in numbers_of(pair)]
        assert all(round(number, 4) == number for number in numbers), file.name


def numbers_of(value):
    return [value] if isinstance(value, float | int) else [number for item in value for number in numbers_of(item)]


def test_the_base_map_is_small(entries):
    files = [*entries.glob("base/*.geojson"), *entries.glob("world/*.geojson")]
    assert len(files) >= 25
    assert sum(file.stat().st_size for file in files) < 150_000


def test_traces_are_what_the_table_says(root, entries):
    spec = importlib.util.spec_from_file_location("build_lines", root / "tools" / "build_lines.py")
    build_lines = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(build_lines)
    table = tomllib.loads((root / "tools" / "lines.toml").read_text("utf8"))
    for name, line in build_lines.traces(table).items():
        assert list(line.coords) == list(shape(json.loads((entries / name).read_text("utf8"))).coords), name


# --------------------------------------------------------------------------------------------------------- the corridor


def test_the_corridor_moves_on_30_august_2022(places):
    before, after = on(places, "lachin-corridor", "2022-08-29"), on(places, "lachin-corridor", "2022-08-30")
    town, new_village, bridge = (flat(dot(places, one)) for one in ("lachin", "hin-shen", "hakari-bridge"))
    assert flat(before).distance(town) < 1_000
    assert flat(after).distance(town) > 3_000
    assert flat(after).distance(new_village) < 1_000
    assert flat(before).distance(new_village) > 2_000
    assert flat(after).distance(bridge) < places["hakari-bridge"].point.precision_m


@pytest.mark.parametrize("day", ["1995-01-01", "2020-12-01", "2022-09-15", "2022-12-12", "2023-04-23", "2023-09-28"])
def test_the_corridor_joins_stepanakert_to_tegh(places, day):
    line = on(places, "lachin-corridor", day)
    start, end = Point(line.coords[0]), Point(line.coords[-1])
    assert flat(start).distance(flat(dot(places, "stepanakert"))) < 1_500
    assert flat(end).distance(flat(dot(places, "tegh"))) < 1_500


def test_the_corridor_has_its_days(places):
    assert on(places, "lachin-corridor", "1991-12-31") is None
    assert on(places, "lachin-corridor", "2023-10-01") is None
    assert "10 November 2020" in places["lachin-corridor"].source


def test_from_april_2023_the_corridor_ends_by_kornidzor(places):
    kornidzor = flat(dot(places, "kornidzor"))
    assert flat(on(places, "lachin-corridor", "2023-03-31")).distance(kornidzor) > 1_500
    assert flat(on(places, "lachin-corridor", "2023-04-01")).distance(kornidzor) < 500


# ---------------------------------------------------------------------------------------------------- the line of contact


def test_the_line_of_1994_is_within_2_km_of_natural_earth(places, shared):
    theirs = unary_union(reference(shared, "ne4_ceasefire_line_1994.geojson"))
    ours = on(places, "line-of-contact", "2016-04-02")
    assert isinstance(ours, LineString)
    assert farthest(theirs, ours) < 2_000
    # where they leave a gap, ours runs along the edge of the area that was held
    (held,) = reference(shared, "ne4_artsakh_controlled_1994_2020.geojson")
    assert farthest(ours, unary_union([theirs, held.exterior])) < 2_000


@pytest.mark.parametrize("town", HELD_2021)
def test_what_was_held_lies_inside_the_line_of_2020(places, town):
    area = on(places, "nagorno-karabakh", "2021-06-01")
    assert flat(area).distance(flat(dot(places, town))) < 1_000


@pytest.mark.parametrize("town", LOST_2021)
def test_what_was_lost_lies_outside_the_line_of_2020(places, town):
    area = on(places, "nagorno-karabakh", "2021-06-01")
    assert not area.contains(dot(places, town))
    assert flat(area.boundary).distance(flat(dot(places, town))) > 500


def test_the_line_of_2020_is_the_edge_of_what_was_left(places):
    line, area = on(places, "line-of-contact", "2021-06-01"), on(places, "nagorno-karabakh", "2021-06-01")
    assert farthest(line, area.exterior) < 1


def test_the_line_of_contact_has_its_days(places):
    assert on(places, "line-of-contact", "1994-05-11") is None
    assert on(places, "line-of-contact", "1994-05-12") == on(places, "line-of-contact", "2020-11-09")
    assert on(places, "line-of-contact", "2020-11-10") == on(places, "line-of-contact", "2023-09-19")
    assert on(places, "line-of-contact", "2023-09-20") is None


# ------------------------------------------------------------------------------------------------------------ the extents


def km2(geometry):
    return flat(geometry).area / 1e6


def test_three_extents_share_one_name_without_blurring(places):
    oblast, held, rest = (on(places, "nagorno-karabakh", day) for day in ("1988-02-20", "2016-04-02", "2022-12-12"))
    assert km2(oblast) == pytest.approx(4_388, rel=0.05)
    assert km2(held) == pytest.approx(11_458, rel=0.06)
    assert km2(rest) == pytest.approx(3_000, rel=0.1)
    assert rest.difference(held.buffer(0.01)).area < 0.001
    assert km2(on(places, "surrounding-districts", "2010-01-01")) == pytest.approx(7_634, rel=0.05)


def test_nagorno_karabakh_has_one_extent_on_every_day_since_1923(places):
    spans = [(dated.since, dated.until) for dated in places["nagorno-karabakh"].geometries]
    assert spans[0][0] == "1923-07-07"
    assert [until for _, until in spans[:-1]] == [since for since, _ in spans[1:]]
    assert spans[-1][1] is None
    assert len({dated.file for dated in places["nagorno-karabakh"].geometries}) == 3


def test_the_extents_are_within_2_km_of_natural_earth(places, shared):
    (oblast,) = reference(shared, "derived_nkao_1991_polygon.geojson")
    (held,) = reference(shared, "ne4_artsakh_controlled_1994_2020.geojson")
    for theirs, day in ((oblast, "1988-02-20"), (held, "2016-04-02")):
        ours = on(places, "nagorno-karabakh", day)
        assert farthest(ours.exterior, theirs.exterior) < 2_000
        assert farthest(theirs.exterior, ours.exterior) < 2_000


def test_the_border_is_within_2_km_of_natural_earth(places, shared):
    theirs = unary_union(reference(shared, "ne4_armenia_azerbaijan_border.geojson"))
    ours = on(places, "armenia-azerbaijan-border", None)
    assert farthest(theirs, ours) < 2_000
    assert farthest(ours, theirs) < 2_000


def test_both_sides_names_stand_in_every_entry_of_the_conflict(places):
    for place in places:
        if place.file.parent.name == "lines":
            languages = {name.lang.split("-")[0] for name in place.names}
            assert {"en", "az", "hy", "ru"} <= languages, place.id


def test_nagorno_karabakh_is_a_party_with_its_people(places):
    entry = places["nagorno-karabakh"]
    assert entry.kind in POLITIES
    assert {"Karabakhi", "Artsakhis"} <= set(entry.demonyms)
    for name in ("Artsakh", "NKR", "Dağlıq Qarabağ", "Արցախ", "Нагорный Карабах", "Upper Karabakh"):
        assert entry in places.named(name), name
    assert "Qarabag FK" in entry.match.never


# ----------------------------------------------------------------------------------------------------------- the base map


@pytest.mark.parametrize(
    ("place_id", "file", "title"),
    [
        ("lake-sevan", "ne4_base_lakes.geojson", "Lake Sevan"),
        ("lake-van", "ne4_base_lakes.geojson", "Lake Van"),
        ("tartar-river", "ne4_base_rivers_europe.geojson", "Terter"),
        ("vorotan-river", "ne4_base_rivers_europe.geojson", "Vorotan"),
        ("aras", "ne4_base_rivers.geojson", "Aras"),
        ("kura", "ne4_base_rivers.geojson", "Kura"),
    ],
)
def test_waters_are_within_2_km_of_natural_earth(places, shared, place_id, file, title):
    ours = on(places, place_id, None)
    theirs = unary_union(reference(shared, file, name=title))
    lines = [shape_.exterior if shape_.geom_type == "Polygon" else shape_ for shape_ in (ours, theirs)]
    assert farthest(*lines) < 2_000
    assert farthest(*reversed(lines)) < 2_000


def test_borders_of_the_base_map_are_within_2_km_of_natural_earth(places, shared):
    borders = unary_union(reference(shared, "ne4_base_borders.geojson"))
    drawn = unary_union(
        [on(places, one, None).boundary for one in ("armenia", "azerbaijan", "georgia", "turkey", "iran", "russia")]
    )
    assert farthest(borders, drawn, step=2_000) < 2_000


@pytest.mark.parametrize(
    ("road", "stops"),
    [
        ("goris-stepanakert-highway", ["goris", "tegh", "lachin", "shusha", "stepanakert"]),
        ("m2-armenia", ["yerevan", "goris", "kapan", "meghri"]),
        ("m2-azerbaijan", ["baku", "yevlakh", "ganja", "tbilisi"]),
        ("yevlakh-stepanakert-road", ["yevlakh", "aghdam", "askeran", "stepanakert"]),
        ("vardenis-martakert-road", ["vardenis", "sotk", "kalbajar", "martakert"]),
        ("fuzuli-shusha-road", ["fuzuli", "shusha"]),
    ],
)
def test_roads_pass_their_towns(places, road, stops):
    line = flat(on(places, road, None))
    for stop in stops:
        assert line.distance(flat(dot(places, stop))) < places[road].geometries[0].precision_m, stop
