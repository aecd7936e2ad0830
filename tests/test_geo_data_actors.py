"""The tables of actors: every row whole, no form with two owners, and the three sides served alike."""

import tomllib
from collections import Counter
from datetime import date

import pytest

import gazetteer

KINDS = {
    "government", "ministry", "armed_forces", "official", "de_facto_authority", "peacekeepers",
    "international_organisation", "ngo", "agency", "media", "civil_society",
}  # fmt: skip
KEYS = {"id", "name", "party", "kind", "office", "from", "to", "aliases"}
SIDES = {
    "armenia": ("Armenian", "Armenia"),
    "azerbaijan": ("Azerbaijani", "Azerbaijan"),
    "nagorno-karabakh": ("Artsakh", "Nagorno-Karabakh"),
}


@pytest.fixture(scope="module")
def actors(root):
    files = sorted((root / "geo" / "data" / "actors").glob("*.toml"))
    return [row for file in files for row in tomllib.loads(file.read_text("utf8"))["actor"]]


def test_rows_are_whole(actors):
    places = gazetteer.load()
    for row in actors:
        assert set(row) <= KEYS, row["id"]
        assert row["kind"] in KINDS, row["id"]
        assert row["party"] == "" or row["party"] in places, row["id"]
        if row["kind"] == "official":
            assert row["office"], row["id"]
            assert row["from"], row["id"]


def test_periods_run_forwards(actors):
    for row in actors:
        days = [(row[key] + "-01-01")[:10] for key in ("from", "to") if key in row]
        assert [date.fromisoformat(day) for day in days] == sorted(date.fromisoformat(day) for day in days), row["id"]


def test_ids_and_forms_have_one_owner(actors):
    assert [one for one, count in Counter(row["id"] for row in actors).items() if count > 1] == []
    forms = Counter(form for row in actors for form in {row["name"], *row.get("aliases", ())})
    assert [form for form, count in forms.items() if count > 1] == []


@pytest.mark.parametrize("ending", ["defence-ministry", "foreign-ministry", "armed-forces", "human-rights-defender"])
def test_the_sides_have_the_same_institutions(actors, ending):
    rows = {row["id"]: row for row in actors}
    for side in SIDES:
        assert rows[f"{side}-{ending}"]["party"] == side


@pytest.mark.parametrize(
    "noun", ["Ministry of Defence", "Defense Ministry", "Foreign Ministry", "Armed Forces", "Ombudsman"]
)
def test_the_sides_institutions_are_known_by_the_same_forms(actors, noun):
    owner = {form: row["party"] for row in actors for form in (row["name"], *row.get("aliases", ()))}
    for side, words in SIDES.items():
        for word in words:
            assert owner[f"{word} {noun}"] == side


@pytest.mark.parametrize(
    ("form", "party"),
    [
        ("Nagorno-Karabakh Defense Army", "nagorno-karabakh"),
        ("Artsakh Defence Army", "nagorno-karabakh"),
        ("Republic of Artsakh Ministry of Defence", "nagorno-karabakh"),
        ("Gegham Stepanyan", "nagorno-karabakh"),
        ("Ilham Aliyev", "azerbaijan"),
        ("Nikol Pashinyan", "armenia"),
        ("Russian peacekeepers", "russia"),
        ("International Committee of the Red Cross", ""),
        ("Rapid Support Forces", ""),
    ],
)
def test_forms_belong_to_their_party(actors, form, party):
    owner = {form: row["party"] for row in actors for form in (row["name"], *row.get("aliases", ()))}
    assert owner[form] == party


def test_state_agencies_of_both_states_are_rated_alike(actors):
    rows = {row["id"]: row for row in actors}
    assert (rows["armenpress"]["party"], rows["armenpress"]["kind"]) == ("armenia", "agency")
    assert (rows["azertac"]["party"], rows["azertac"]["kind"]) == ("azerbaijan", "agency")
