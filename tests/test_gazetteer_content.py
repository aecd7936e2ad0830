"""What the entries of the region hold: how many, under whose names, where, and that shared names are written down."""

from __future__ import annotations

import csv
import doctest
import json
import math
import re
from collections import Counter
from functools import lru_cache
from importlib import import_module
from typing import TYPE_CHECKING

import pytest
from shapely.geometry import shape

import gazetteer
import geo
from gazetteer.index import distance_m
from gazetteer.model import SETTLEMENTS
from geo.model import Report

if TYPE_CHECKING:
    from pathlib import Path
    from types import ModuleType

    from gazetteer import Gazetteer, Place

FOLDERS = ("karabakh", "armenia", "azerbaijan")
LETTERS = {
    "en": r"[A-Za-zÀ-ž'’.()\- ]+",
    "az-Latn": r"[A-Za-zÇçƏəĞğİıÖöŞşÜü̇()\- ]+",
    "az-Cyrl": r"[А-Яа-яЁёҒғҸҹҜҝҺһӘәӨөҮүЈј\- ]+",
    "hy-Armn": r"[Ա-Ֆա-և()\-. ]+",
    "hy-Latn": r"[A-Za-zʻ’'\- ]+",
    "ru-Cyrl": r"[А-Яа-яЁё\- ]+",
}
TOWNS = [
    "stepanakert", "shusha", "martakert", "martuni-karabakh", "askeran", "hadrut", "lachin", "khojaly", "aghdam",
    "fuzuli", "jabrayil", "kalbajar", "qubadli", "zangilan", "mincivan", "horadiz", "shahumyan", "tartar", "barda",
    "goranboy", "ganja", "yevlakh", "mingachevir", "beylagan", "gadabay", "tovuz", "gazakh", "nakhchivan", "baku",
    "sumgait", "yerevan", "gyumri", "vanadzor", "ijevan", "berd", "martuni", "vardenis", "jermuk", "sisian", "goris",
    "kapan", "meghri", "sotk", "tegh", "kornidzor", "madagiz", "talish", "dadivank", "gandzasar",
    "ghazanchetsots-cathedral", "sarsang-reservoir", "hakari-bridge", "murovdag",
]  # fmt: skip


@lru_cache(maxsize=1)
def places() -> Gazetteer:
    return gazetteer.load()


def area_of(place: Place) -> str:
    folders = place.file.parts if place.file else ()
    return next((folder for folder in FOLDERS if folder in folders), "")


def of_the_region() -> list[Place]:
    return [place for place in places() if area_of(place)]


def of_the_conflict_zone() -> list[Place]:
    return [p for p in of_the_region() if area_of(p) == "karabakh" and p.kind in SETTLEMENTS]


def speaks(place: Place, language: str) -> bool:
    return any(name.lang.split("-")[0] == language for name in place.names)


def test_there_are_enough_entries_and_enough_of_them_were_checked():
    found = of_the_region()
    assert len(found) >= 1200
    assert sum(place.review == "checked" for place in found) >= 300
    assert Counter(map(area_of, found)).keys() == set(FOLDERS)


def test_the_towns_and_sites_that_news_names_are_there():
    assert [place_id for place_id in TOWNS if places().get(place_id) is None] == []


@pytest.mark.parametrize("country", ["armenia", "azerbaijan"])
def test_every_province_and_district_is_an_area(country: str):
    kinds = {"armenia": {"province"}, "azerbaijan": {"district"}}[country]
    without = [
        place.id
        for place in of_the_region()
        if place.kind in kinds and place.status == "current" and not place.geometries and place.id != "aghdara-district"
    ]
    assert without == []


def test_outlines_are_valid_and_hold_their_point():
    for place in of_the_region():
        for geometry in place.geometries:
            drawn = shape(geometry.read())
            assert drawn.is_valid, place.id
            assert place.point is not None
            assert drawn.distance(shape({"type": "Point", "coordinates": (place.point.lon, place.point.lat)})) == 0, (
                place.id
            )


def test_nine_settlements_in_ten_of_the_conflict_zone_have_both_sides_names():
    zone = of_the_conflict_zone()
    both = [place for place in zone if speaks(place, "az") and speaks(place, "hy")]
    assert len(zone) >= 900
    assert len(both) / len(zone) >= 0.9


def test_neither_side_has_fewer_names_of_its_own():
    zone = of_the_conflict_zone()
    shares = [sum(speaks(place, language) for place in zone) / len(zone) for language in ("az", "hy")]
    assert math.isclose(*shares, abs_tol=0.02)


def test_who_governed_stands_beside_who_claims():
    for place in of_the_region():
        bases = {parent.id: parent.basis for parent in place.parents}
        if bases.get("nagorno-karabakh") == "de_facto":
            assert "de_jure" in bases.values(), place.id
        assert all(parent.asserted_by for parent in place.parents), place.id


def test_names_are_written_in_the_letters_of_their_language():
    wrong = [
        f"{place.id}: {name.text} ({name.lang})"
        for place in of_the_region()
        for name in place.names
        if not re.fullmatch(LETTERS[name.lang], name.text)
    ]
    assert wrong == []


def test_every_entry_has_a_source_and_every_position_a_precision():
    for place in of_the_region():
        assert place.source, place.id
        assert place.point is not None, place.id
        assert place.point.precision_m >= 100, place.id
        assert place.point.source, place.id
        assert all(name.source for name in place.names), place.id


def test_shared_names_are_named_by_both():
    one_sided = [
        f"{place.id} -> {other}"
        for place in of_the_region()
        for other in place.match.ambiguous_with
        if (found := places().get(other)) is not None and area_of(found) and place.id not in found.match.ambiguous_with
    ]
    assert one_sided == []


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Martuni", {"martuni", "martuni-karabakh"}),
        ("Lachin", {"lachin"}),
        ("Lachin district", {"lachin-district"}),
        ("Khankendi", {"stepanakert"}),
        ("Shushi", {"shusha"}),
        ("Xankəndi", {"stepanakert"}),
        ("Ստեփանակերտ", {"stepanakert"}),
        ("Sugovushan", {"madagiz"}),
        ("Mataghis", {"madagiz"}),
        ("No Such Village", set()),
    ],
)
def test_names_lead_to_their_places(name: str, expected: set[str]):
    found = {place.id for place in places().named(name)}
    assert expected <= found
    assert bool(found) is bool(expected)


def test_positions_lie_within_three_kilometres_of_geonames(shared: Path):
    table = shared / "reference" / "geonames_AZ.txt"
    if not table.is_file():
        pytest.skip(f"{table} is missing: positions cannot be compared")
    rows = (line.split("\t") for line in table.read_text("utf8").splitlines())
    known = {cells[0]: (float(cells[4]), float(cells[5])) for cells in rows}
    far = []
    for place in of_the_region():
        here = known.get(dict(place.links).get("geonames", ""))
        if here and place.point and place.kind in SETTLEMENTS and not place.note:
            away = distance_m(place.point.lat, place.point.lon, *here)
            far += [f"{place.id}: {away:.0f} m"] if away > 3000 else []
    assert far == []


def test_districts_are_as_large_as_was_measured(shared: Path):
    table = shared / "reference" / "control_by_district_1994_2020.csv"
    if not table.is_file():
        pytest.skip(f"{table} is missing: areas cannot be compared")
    ids = {"Kelbajar": "kalbajar-district", "Lachin": "lachin-district", "Kubatli": "qubadli-district", "Jebrayil": "jabrayil-district",
           "Zangelan": "zangilan-district", "Fizuli": "fuzuli-district", "Aghdam": "aghdam-district"}  # fmt: skip
    with table.open(encoding="utf8", newline="") as file:
        measured = {
            ids[row["district"]]: float(row["area_km2"]) for row in csv.DictReader(file) if row["district"] in ids
        }
    for place_id, area in measured.items():
        if place_id == "kalbajar-district":  # today's district took in a third of the former Mardakert district in 1992
            continue
        place = places()[place_id]
        outline = shape(place.geometries[0].read())
        drawn = outline.area * 111.2**2 * math.cos(math.radians(outline.centroid.y))
        assert drawn == pytest.approx(area, rel=0.12), place_id


def test_the_sentences_of_the_entries_resolve_as_they_say():
    wrong = []
    for place in of_the_region():
        for test in place.tests:
            found = geo.extract(Report(name="sentence.txt", text=test.text), places())
            meant = any(
                resolution.place_id == place.id
                and (test.mention in resolution.mention.text or resolution.mention.text in test.mention)
                for _, resolution in found.resolutions
            )
            if meant is not test.resolves:
                wrong.append(f"{place.id}: {test.text}")
    assert wrong == []


# ------------------------------------------------------------------------------- the script that imports entries


@pytest.fixture
def build_entries(root: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(root / "tools"))
    return import_module("build_entries")


SETTINGS = """
conflict_folder = "front"
oblast_held_until = "2023-09-20"
oblast_parts = [{ box = [39.0, 46.0, 39.6, 47.0], held_until = "2020-11-10" }]
reviewed = ["GeoNames 2"]
farm_words = ["ferma"]
personal = ["vasif"]
[neighbours]
armenia = []
azerbaijan = []
[[areas]]
id = "east-district"
outline = "7"
country = "azerbaijan"
conflict = true
native = "Şərq"
held_until = "2020-11-10"
context = ["East"]
[wrong_names]
[added_armenian]
[never]
[rejected]
"""


def write_tables(folder: Path) -> list[str]:
    """Write small reference tables: a village, its double, a farm, and one that a person wrote an entry for."""
    empty = "\t".join([""] * 10)

    def row(number: int, name: str, alternates: str, lat: float) -> str:
        return f"{number}\t{name}\t{name}\t{alternates}\t{lat}\t46.5\tP\tPPL\tAZ\t{empty}"

    square = [[[46.0, 39.0], [47.0, 39.0], [47.0, 40.0], [46.0, 40.0], [46.0, 39.0]]]
    area = {"type": "Polygon", "coordinates": square}
    feature = {"type": "Feature", "properties": {"wof_id": 7}, "geometry": area}
    (folder / "gn.txt").write_text(
        "\n".join(
            [
                row(1, "Qaratəpə", "Karatepe,Karatap,Քարատափ,Каратепе", 39.5),
                row(2, "Şamlı", "Shamly,Шамлы", 39.7),
                row(3, "Karatepe", "Qaratəpə", 39.505),
                row(4, "Novaya Ferma", "", 39.3),
                row(5, "Curated", "Kurated", 39.2),
            ]
        ),
        "utf8",
    )
    columns = "wof_id,country,placetype,is_current,lat,lon,population,geonames_id,wikidata_id,name,names_eng,names_aze,names_hye,names_rus,names_und"
    (folder / "wof.csv").write_text(
        f"{columns}\n9,AZ,locality,1,39.701,46.5,,2,Q2,Samli,,Şamlı,Շամլը|Գլխարկ,Шамлы,\n", "utf8"
    )
    (folder / "areas.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    (folder / "held.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    (folder / "settings.toml").write_text(SETTINGS, "utf8")
    (folder / "entries" / "front").mkdir(parents=True)
    (folder / "entries" / "front" / "curated.toml").write_text(
        'id = "curated"\nkind = "town"\nreview = "checked"\n[point]\nlat = 39.2\nlon = 46.5\n[[names]]\ntext = "Curated"\nlang = "en"\n[links]\ngeonames = "5"\n',
        "utf8",
    )
    return [
        *(
            "--geonames",
            str(folder / "gn.txt"),
            "--places",
            str(folder / "wof.csv"),
            "--outlines",
            str(folder / "areas.geojson"),
        ),
        *(
            "--held",
            str(folder / "held.geojson"),
            "--oblast",
            str(folder / "held.geojson"),
            "--entries",
            str(folder / "entries"),
        ),
        *("--settings", str(folder / "settings.toml"), "--rejected", str(folder / "rejected.csv")),
    ]


@pytest.mark.parametrize("name", ["build_entries", "entry_names", "entry_outlines", "entry_tables"])
def test_the_examples_of_the_import_hold(name: str, root: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.syspath_prepend(str(root / "tools"))
    assert doctest.testmod(import_module(name)).failed == 0


def test_the_import_merges_doubles_and_says_what_it_leaves_out(build_entries: ModuleType, tmp_path: Path):
    assert build_entries.main(write_tables(tmp_path)) == 0
    loaded = gazetteer.load(tmp_path / "entries", curated=False)
    assert not [issue for issue in loaded.issues if issue.code == "not-toml"]
    assert {place.id for place in loaded} == {"curated", "garatapa", "shamli"}
    with (tmp_path / "rejected.csv").open(encoding="utf8", newline="") as file:
        reasons = {row["source"]: row["reason"] for row in csv.DictReader(file)}
    assert reasons["GeoNames 3"] == "the same place as GeoNames 1"
    assert "farm" in reasons["GeoNames 4"]
    assert reasons["GeoNames 5"] == "written by hand as curated"


def test_the_import_keeps_to_names_that_are_spelled_elsewhere_too(build_entries: ModuleType, tmp_path: Path):
    build_entries.main(write_tables(tmp_path))
    loaded = gazetteer.load(tmp_path / "entries", curated=False)
    assert {name.text for name in loaded["shamli"].names if name.lang == "hy-Armn"} == {
        "Շամլը"
    }  # not the word for a hat
    assert loaded["shamli"].review == "checked"
    assert loaded["garatapa"].review == "imported"
    assert speaks(loaded["garatapa"], "hy")
    assert {parent.id for parent in loaded["shamli"].parents} == {"east-district", "nagorno-karabakh"}
    assert [loaded[name].parents[-1].until for name in ("garatapa", "shamli")] == ["2020-11-10", "2023-09-20"]


def test_the_import_gives_the_same_files_twice(build_entries: ModuleType, tmp_path: Path):
    arguments = write_tables(tmp_path)
    build_entries.main(arguments)
    first = {path: path.read_bytes() for path in (tmp_path / "entries").rglob("*.toml")}
    build_entries.main(arguments)
    assert {path: path.read_bytes() for path in (tmp_path / "entries").rglob("*.toml")} == first


def test_the_import_skips_with_a_sentence_where_a_table_is_missing(
    build_entries: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    arguments = write_tables(tmp_path)
    (tmp_path / "gn.txt").unlink()
    assert build_entries.main(arguments) == 0
    assert "is not there: nothing was built" in capsys.readouterr().out
    assert not (tmp_path / "entries" / "front" / "imported").exists()
