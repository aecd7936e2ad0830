"""Make imported gazetteer entries of reference tables (GeoNames, Who's On First), beside the entries written by hand.

    python tools/build_entries.py --geonames geonames_AZ.txt --places places_az_am.csv --outlines admin_az_am.geojson \
        --held held_1994_2020.geojson --oblast oblast_1991.geojson

Deterministic: the same tables give the same files. What it writes lies in `entries/<area>/imported/` and is written anew by
each run; who mends such an entry by hand moves it one folder up. Entries written by hand are not touched, but for their
list `ambiguous_with`, which is kept mutual, and the outline beside a district, which is drawn from the table. What is
doubtful is left out and listed with the reason. A missing table skips the run with a sentence.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import sys
import tomllib
from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from entry_names import (
    ARMENIAN,
    AZERBAIJANI,
    FOREIGN_DIGRAPHS,
    LATIN,
    OWN_LETTERS,
    RUSSIAN,
    RUSSIAN_SOFTNESS,
    UNMODERN_ARMENIAN,
    UNRUSSIAN,
    clean,
    folded,
    from_press,
    part_word,
    press_form,
    similarity,
    spelled_in,
    to_armenian,
    to_azerbaijani,
)
from entry_outlines import draw_outlines
from entry_tables import Row, kilometres, read_areas, read_geonames, read_shape, read_whosonfirst
from shapely.geometry import Point

from gazetteer.ids import slug
from gazetteer.transliteration import romanise_armenian
from gazetteer.words import ENGLISH_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from entry_tables import Areas
    from shapely.geometry.base import BaseGeometry

ROOT = Path(__file__).parent.parent
SAME_KM = 2.0
"""Two rows of one name nearer than this are one place."""
AGREE_KM = 3.0
"""Two tables that differ by more do not speak of one place."""
PRECISION_M = 1000
"""GeoNames and Who's On First give most villages to the arcminute or better, which is about this."""
LOOSE_PRECISION_M = 3000
"""For a position that is the middle of a municipality, or that two tables see a kilometre or two apart."""
TWIN_KM, TWIN_LIKENESS = 10.0, 96.0
"""Two records of Who's On First so near and so alike are a village and its municipality's middle."""
BORDER_KM = 4.0
"""How far beyond its province's outline a village of the border may seem to lie."""
MUNICIPALITY_KM = 6.0
"""How far the middle of a municipality may lie from its village."""
LAST_SURVEY_ID = 1_000_000
"""GeoNames ids below were loaded from map sheets; those above were added one by one, in Armenia mostly field names."""
NEIGHBOUR_KM = 0.3
"""Two records nearer than this are one settlement or its parts, whatever they are called."""
SHORT = 4
"""Names of so few letters are met inside ordinary text too often to be taken without context."""
DERIVED = "derived"
MOST_SPELLINGS = 8
NOT_A_NAME = re.compile(
    "^(Sjalo|Stantsiya|Imeni)|Razvaliny|Letnik|Ferma|Sov[kx]h?oz|Kol[kx]h?oz|qishlog", re.IGNORECASE
)
"""Marks of a ruin, farm or station, or of another language, in a list of spellings."""
IMPORTED = "imported"
"""The folder, in each area's, that holds what this script writes and nothing else."""
SETTLEMENT_KINDS = {"P.PPLX": "neighbourhood", "P.PPLA": "town", "P.PPLA2": "town"}
GONE = {"P.PPLQ", "P.PPLW", "P.PPLH"}


@dataclass(frozen=True, slots=True)
class Area:
    """A district or province: which names are native there, and who held it until when."""

    id: str
    outline: str
    country: str
    conflict: bool
    context: tuple[str, ...]
    native: str
    """What the area is called in the language of its country, to tell villages of one name apart."""
    held_until: str = ""


@dataclass(frozen=True, slots=True)
class Name:
    """One [[names]] table."""

    text: str
    lang: str
    kind: str
    used_by: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Draft:
    """An entry before its id is settled."""

    rows: tuple[Row, ...]
    area: Area
    names: tuple[Name, ...]
    parents: tuple[tuple[str, str, str, str, str], ...]
    precision: int
    agreed: str

    @property
    def first(self) -> Row:
        """Return the row that gives position and links."""
        return self.rows[0]


@dataclass(slots=True)
class Rejected:
    """Rows left out, each with the reason."""

    found: list[tuple[Row, str]] = field(default_factory=list)

    def add(self, row: Row, reason: str) -> None:
        """Note a row and why it is left out."""
        self.found.append((row, reason))

    def write(self, path: Path) -> None:
        """Write the list as a table, sorted by source."""
        with path.open("w", encoding="utf8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(("source", "name", "lat", "lon", "reason"))
            writer.writerows(sorted((r.source, r.name, r.lat, r.lon, reason) for r, reason in self.found))


# ------------------------------------------------------------------------------------------------ which rows are places


def is_settlement(row: Row) -> bool:
    """Tell whether a GeoNames row is a populated place, standing or gone."""
    return row.feature.startswith("P.") and row.feature != "P.PPLL"


def doubt(row: Row, settings: dict[str, Any]) -> str:
    """Return why a row is doubtful, or nothing."""
    if reason := settings["rejected"].get(row.source):
        return str(reason)
    farm_words = frozenset(settings["farm_words"])
    words = set(re.findall(r"[^\W\d_]+['’]?", row.name.lower().replace("’", "'"))) | {row.name.lower()}
    if words & farm_words:
        return "a farm, a ruin or a chapel rather than a settlement"
    if re.search(r"\d", row.name):
        return "a number instead of a name"
    names = clean(row.spellings, LATIN)
    if row.feature in GONE and not names and not row.azerbaijani:
        return "abandoned, and only one spelling known"
    return ""


def group(rows: Sequence[Row]) -> list[list[Row]]:
    """Put rows together that are one place: near, with a name in common, and not a part and its twin."""
    by_name: dict[str, list[int]] = defaultdict(list)
    names = [{f for n in row.all_names() if len(f := folded(n)) > 2} for row in rows]
    for index, own in enumerate(names):
        for name in own:
            by_name[name].append(index)
    leader = list(range(len(rows)))

    def head(index: int) -> int:
        while leader[index] != index:
            index = leader[index]
        return index

    for sharing in by_name.values():
        for i, one in enumerate(sharing):
            for two in sharing[i + 1 :]:
                if kilometres(rows[one], rows[two]) <= SAME_KM and _one_place(rows[one], rows[two]):
                    first, second = sorted((head(one), head(two)))
                    leader[second] = first
    groups: dict[int, list[Row]] = defaultdict(list)
    for index, row in enumerate(rows):
        groups[head(index)].append(row)
    return list(groups.values())


def _one_place(one: Row, two: Row) -> bool:
    words = {part_word(row.azerbaijani[0] if row.azerbaijani else row.name) for row in (one, two)}
    return len(words) == 1


# ----------------------------------------------------------------------------------------------------- names of an entry


def names_in_azerbaijan(rows: Sequence[Row], area: Area, known_elsewhere: Written, *, held: bool) -> list[Name]:
    """Return the names of a settlement of Azerbaijan: Azerbaijani, Armenian, Russian, and those of the English press."""
    spellings = [name for row in rows for name in (row.name, *row.spellings)]
    latin = clean(spellings, LATIN)
    native = _native_azerbaijani(rows, latin)
    armenian_users = ("armenia", "nagorno-karabakh") if held else ("armenia",)
    armenian = _armenian_names(rows, latin)
    own = [n for n, _ in armenian if not native or not spelled_in(n, [native[0][0]], least=70)]
    found: list[Name] = []
    if not native and armenian:
        native = [(to_azerbaijani(armenian[0][0]), DERIVED)]
    if not native:
        native = [(from_press(rows[0].name), DERIVED)]
    for text, source in native[:2]:
        kind = "transliteration" if source == DERIVED else "official"
        found.append(Name(text, "az-Latn", kind, ("azerbaijan",), source))
    for text, source in armenian[:3]:
        kind = "official" if text in own and held else "exonym"
        found.append(Name(text, "hy-Armn", kind, armenian_users, source))
    if not armenian and native and area.conflict:
        found.append(Name(to_armenian(native[0][0]), "hy-Armn", "transliteration", armenian_users, DERIVED))
    found += _english(native, own, armenian_users, [n for n in latin if folded(n) not in known_elsewhere], rows)
    found += _russian(rows, [n.text for n in found])
    return found


def _native_azerbaijani(rows: Sequence[Row], latin: Sequence[str]) -> list[tuple[str, str]]:
    """Return Azerbaijani names with their source: letters of the alphabet, and met in another spelling too."""
    found = [
        (n, row.source)
        for row in rows
        for n in clean(row.azerbaijani, AZERBAIJANI)
        if not latin or spelled_in(n, latin)
    ]
    for row in rows:
        named = clean((row.name, *row.spellings), AZERBAIJANI)
        found += [(n, row.source) for n in named if OWN_LETTERS.search(n) and spelled_in(n, [row.name], least=60)]
    if not found:
        found = [
            (r.name, r.source) for r in rows if AZERBAIJANI.fullmatch(r.name) and not RUSSIAN_SOFTNESS.search(r.name)
        ]
    found = [
        (n, s) for n, s in found if not FOREIGN_DIGRAPHS.search(n) and not n.endswith("ly") and not NOT_A_NAME.search(n)
    ]
    found.sort(key=lambda pair: not OWN_LETTERS.search(pair[0]))
    return list({folded(n): (n, s) for n, s in reversed(found)}.values())[::-1]


def _armenian_names(rows: Sequence[Row], latin: Sequence[str]) -> list[tuple[str, str]]:
    """Return names in Armenian letters that a Latin spelling of the same place bears out."""
    found: dict[str, tuple[str, str]] = {}
    for row in rows:
        for name in clean((*row.armenian, *row.spellings), ARMENIAN):
            if spelled_in(name, latin) and not UNMODERN_ARMENIAN.search(name):
                found.setdefault(folded(name), (name, row.source))
    return list(found.values())


def _english(
    native: Sequence[tuple[str, str]],
    own: Sequence[str],
    users: tuple[str, ...],
    latin: Sequence[str],
    rows: Sequence[Row],
) -> list[Name]:
    """Return the forms that the English-language press would write, one a party, then other known spellings."""
    found: dict[str, Name] = {}
    if native:
        text = press_form(native[0][0])
        found[folded(text)] = Name(text, "en", "transliteration", ("azerbaijan",), DERIVED)
    for name in own[:2]:
        text = romanise_armenian(name)
        found.setdefault(folded(text), Name(text, "en", "transliteration", users, DERIVED))
    for name in latin:
        text = " ".join(name.replace("’", "").replace("'", "").split())
        if len(text) > SHORT and text.isascii() and len(found) < SHORT + 1 and not NOT_A_NAME.search(text):
            near = max((similarity(text, known.text) for known in found.values()), default=100.0)
            if near >= 60 and folded(text) not in found:  # another spelling of one of the names, not of a third
                found[folded(text)] = Name(text, "en", "transliteration", ("press",), rows[0].source)
    return list(found.values())


def _russian(rows: Sequence[Row], others: Sequence[str]) -> list[Name]:
    found: dict[str, Name] = {}
    for row in rows:
        for name in clean((*row.russian, *row.spellings), RUSSIAN):
            if (
                spelled_in(name, others, least=72)
                and not UNRUSSIAN.search(name)
                and not name.startswith(("Развалины", "Сяло", "Имени", "Совхоз"))
            ):
                found.setdefault(folded(name), Name(name, "ru-Cyrl", "exonym", ("press",), row.source))
    return list(found.values())[:2]


def names_in_armenia(rows: Sequence[Row], crowded: frozenset[str], known_elsewhere: Written) -> list[Name]:
    """Return the names of a settlement of Armenia; `crowded` are Armenian names that several places bear.

    Who's On First gives a shared name's translations to all that bear it, so a differing Azerbaijani name of such a place
    may be another one's and is left out.
    """
    latin = [n for row in rows for n in (row.name, *row.english)]
    armenian = [
        (n, row.source) for row in rows for n in clean(row.armenian, ARMENIAN) if spelled_in(n, latin, least=74)
    ]
    armenian = list({n: (n, s) for n, s in reversed(armenian)}.values())[::-1]
    found = [Name(n, "hy-Armn", "official", ("armenia",), s) for n, s in armenian[:2]]
    english: dict[str, Name] = {}
    for row in rows:
        for name in clean((row.name, *row.english), LATIN):
            text = name.replace("’", "").replace("'", "").replace("rr", "r")
            english.setdefault(folded(text), Name(text, "en", "press", ("press",), row.source))
    if armenian:
        text = romanise_armenian(armenian[0][0])
        english.setdefault(folded(text), Name(text, "en", "transliteration", ("armenia",), DERIVED))
    found += list(english.values())[:3]
    shared = any(n in crowded for n, _ in armenian)
    for row in rows:
        for name in clean(row.azerbaijani, AZERBAIJANI):
            alike = spelled_in(name, [n.text for n in found], least=75)
            if (alike or not shared) and name not in {n.text for n in found if n.lang == "az-Latn"}:
                found.append(Name(name, "az-Latn", "exonym" if alike else "historical", ("azerbaijan",), row.source))
    known = {folded(n.text) for n in found}
    for row in rows:
        for name in clean(row.spellings, LATIN):
            text = name.replace("’", "").replace("'", "")
            fresh = folded(text) not in known and folded(text) not in known_elsewhere and not NOT_A_NAME.search(text)
            if len(text) > SHORT and fresh and len(known) < MOST_SPELLINGS and not shared:  # of Soviet years and before
                known.add(folded(text))
                found.append(Name(text, "en", "historical", ("press",), row.source))
    return found + _russian(rows, [n.text for n in found])


# --------------------------------------------------------------------------------------------------------------- drafts


@dataclass(frozen=True, slots=True)
class Written:
    """Folded names of the entries written by hand, which a village imported from a table must not claim."""

    towns: frozenset[str] = frozenset()
    villages: frozenset[str] = frozenset()
    others: frozenset[str] = frozenset()
    """Of rivers, regions, countries, heights: what a report means by them is never a village of the name."""

    def __contains__(self, text: str) -> bool:
        """Tell whether a folded name is borne by an entry written by hand."""
        return text in self.towns or text in self.villages or text in self.others


def read_written(tables: Iterable[dict[str, Any]]) -> Written:
    """Collect the names of entries written by hand."""
    towns, villages, others = set[str](), set[str](), set[str]()
    for table in tables:
        kind = table.get("kind")
        found = towns if kind in {"city", "town"} else villages if kind in {"village", "neighbourhood"} else others
        found.update(folded(str(n["text"])) for n in table.get("names", []))
    return Written(frozenset(towns), frozenset(villages), frozenset(others - towns - villages))


@dataclass(frozen=True, slots=True)
class Tables:
    """What the run reads, all of it."""

    geonames: list[Row]
    places: list[Row]
    areas: dict[str, Area]
    outlines: dict[str, Areas]
    """By country, for its border is where the tables and the outlines agree least."""
    held: BaseGeometry
    oblast: BaseGeometry
    settings: dict[str, Any]
    written: Written


def drafts_in_azerbaijan(tables: Tables, rejected: Rejected) -> list[Draft]:
    """Make drafts of the GeoNames settlements of our areas, each with its Who's On First row where there is one."""
    partner = {row.geonames: row for row in tables.places if row.geonames and row.country == "AZ"}
    rows = []
    for row in sorted(tables.geonames, key=lambda r: int(r.geonames)):
        if not is_settlement(row) or not tables.outlines["azerbaijan"].at(row):
            continue
        if reason := doubt(row, tables.settings):
            rejected.add(row, reason)
        else:
            rows.append(row)
    result = []
    for members in group(rows):
        first = min(members, key=lambda r: (r.feature in GONE, -len(r.spellings), int(r.geonames)))
        others = [r for r in members if r is not first]
        for other in others:
            rejected.add(other, f"the same place as {first.source}")
        pairs = [partner[r.geonames] for r in (first, *others) if r.geonames in partner]
        near = [r for r in pairs if kilometres(first, r) <= AGREE_KM]
        far = [r for r in pairs if kilometres(first, r) > AGREE_KM]
        for row in far:
            rejected.add(row, f"lies {kilometres(first, row):.1f} km from {first.source}, whose id it bears")
        result.append(_draft((first, *near, *others), tables, "azerbaijan"))
    return result


def drafts_in_armenia(tables: Tables, rejected: Rejected) -> list[Draft]:
    """Make drafts of Armenia's belt: municipalities with the localities of their names, then localities of their own."""
    inside = [
        row
        for row in tables.places
        if row.country == "AM"
        and row.placetype in {"locality", "localadmin"}
        and tables.outlines["armenia"].at(row, within_km=BORDER_KM)
    ]
    borne = Counter(n for r in tables.places if r.country == "AM" for n in set(clean(r.armenian, ARMENIAN)))
    crowded = frozenset(name for name, count in borne.items() if count > 2)
    localities = [row for row in inside if row.placetype == "locality"]
    found: list[tuple[Row, ...]] = []
    for municipality in (row for row in inside if row.placetype == "localadmin"):
        if reason := doubt(municipality, tables.settings):
            rejected.add(municipality, reason)
        else:
            found.append(_with_locality(municipality, localities))
    used = {row.source for rows in found for row in rows}
    for row in localities:
        same = any(kilometres(row, rows[0]) <= MUNICIPALITY_KM and _called_alike(rows[-1], row) for rows in found)
        if row.source in used or same:
            continue
        if reason := doubt(row, tables.settings) or _unsupported(row):
            rejected.add(row, reason)
        else:
            found.append((row,))
    return _without_twins([_draft(rows, tables, "armenia", crowded) for rows in found], rejected)


def _with_locality(municipality: Row, localities: Sequence[Row]) -> tuple[Row, ...]:
    """Return the locality that gives a municipality its name, then the municipality if it lies near enough to agree."""
    same = [r for r in localities if kilometres(municipality, r) <= MUNICIPALITY_KM and _called_alike(municipality, r)]
    if not same:
        return (municipality,)
    best = min(same, key=lambda r: (not r.wikidata, kilometres(municipality, r), r.source))
    return (best, municipality) if kilometres(best, municipality) <= AGREE_KM else (best,)


def _called_alike(municipality: Row, row: Row) -> bool:
    names = (row.name, *row.english, *clean(row.armenian, ARMENIAN))
    return part_word(municipality.name) == part_word(row.name) and spelled_in(municipality.name, names, least=84)


def _unsupported(row: Row) -> str:
    """Return why a locality without a municipality is not believed, or nothing."""
    if not row.geonames:
        return "no municipality and no second table bears it out"
    if int(row.geonames) > LAST_SURVEY_ID:
        return "a field name that readers added to GeoNames, no municipality of that name"
    if not row.spellings and not row.wikidata:
        return "no municipality and no older spelling bears it out"
    return ""


def _without_twins(drafts: Sequence[Draft], rejected: Rejected) -> list[Draft]:
    """Leave out what repeats a better draft of nearly the same name in the same province nearby."""
    kept: list[Draft] = []
    for draft in sorted(drafts, key=lambda d: (not d.agreed, not d.first.wikidata, d.first.placetype == "localadmin")):
        twin = next(
            (
                k
                for k in kept
                if k.area == draft.area
                and kilometres(k.first, draft.first) <= TWIN_KM
                and similarity(k.first.name, draft.first.name) >= TWIN_LIKENESS
            ),
            None,
        )
        if twin is None:
            kept.append(draft)
        else:
            rejected.add(
                draft.first,
                f"nearly the name of {twin.first.source}, {kilometres(twin.first, draft.first):.0f} km away",
            )
    order = {id(draft): index for index, draft in enumerate(drafts)}
    return sorted(kept, key=lambda d: order[id(d)])


def _corrected(row: Row, settings: dict[str, Any]) -> Row:
    """Return a row without the names that the settings call wrong, with those they add."""
    wrong = set(settings["wrong_names"].get(row.source, ()))
    added = tuple(settings["added_armenian"].get(row.source, ()))

    def right(names: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(name for name in names if name not in wrong)

    return replace(
        row,
        spellings=right(row.spellings),
        armenian=right(row.armenian) + added,
        azerbaijani=right(row.azerbaijani),
        russian=right(row.russian),
    )


def _draft(rows: tuple[Row, ...], tables: Tables, country: str, crowded: frozenset[str] = frozenset()) -> Draft:
    rows = tuple(_corrected(row, tables.settings) for row in rows)
    first = rows[0]
    area = tables.areas[tables.outlines[country].at(first, within_km=BORDER_KM) or ""]
    point = Point(first.lon, first.lat)
    held = area.conflict and tables.held.contains(point)
    names = (
        names_in_armenia(rows, crowded, tables.written)
        if area.country == "armenia"
        else names_in_azerbaijan(rows, area, tables.written, held=held)
    )
    names = _unclaimed(names, first, area, tables)
    parents = [(area.id, "de_jure", "UN member states", "", "")]
    if held:
        until = _held_until(first, area, tables.settings, inside_oblast=tables.oblast.contains(point))
        parents.append(("nagorno-karabakh", "de_facto", "Nagorno-Karabakh authorities", "1994-05-12", until))
    second = next(
        (r for r in rows[1:] if r.source.split()[0] != first.source.split()[0] or r.placetype == "localadmin"), None
    )
    agreed = ""
    if second is not None and {folded(n) for n in first.all_names()} & {folded(n) for n in second.all_names()}:
        agreed = f"{second.source}, {kilometres(first, second):.1f} km off"
    loose = first.placetype == "localadmin" or (second is not None and kilometres(first, second) > PRECISION_M / 1000)
    return Draft(rows, area, tuple(names), tuple(parents), LOOSE_PRECISION_M if loose else PRECISION_M, agreed)


def _unclaimed(names: list[Name], row: Row, area: Area, tables: Tables) -> list[Name]:
    """Leave out names that better-known places bear.

    What a river or a region is called is left out in any case: a village of that name only is not imported. Of names that
    a town bears, the native one is kept, and an English one where there is no other: such an entry needs context. Rows that
    the settings call hidden are all but never meant by the name alone: theirs get the district's in brackets.
    """
    free = [n for n in names if folded(n.text) not in tables.written.others]
    own = [n for n in free if folded(n.text) not in tables.written.towns]
    native = "hy-Armn" if area.country == "armenia" else "az-Latn"
    english = any(n.lang == "en" for n in own)
    hidden = row.source in tables.settings.get("hidden", ())
    kept = []
    for n in free:
        if n in own:
            kept.append(n)
        elif n.lang == native and n.kind == "official":
            kept.append(replace(n, text=f"{n.text} ({area.native})") if hidden else n)
        elif n.lang == "en" and not english:
            kept.append(replace(n, text=f"{n.text} ({area.context[0]})") if hidden else n)
    return kept


def without_neighbours(drafts: Sequence[Draft], rejected: Rejected) -> list[Draft]:
    """Leave out drafts a few hundred metres from another one that more sources know."""
    kept: list[Draft] = []
    for draft in sorted(
        drafts, key=lambda d: (not d.agreed, d.first.feature in GONE, -len(d.first.all_names()), d.first.source)
    ):
        near = next(
            (
                k
                for k in kept
                if abs(k.first.lat - draft.first.lat) < 0.01 and kilometres(k.first, draft.first) < NEIGHBOUR_KM
            ),
            None,
        )
        if near is None:
            kept.append(draft)
        else:
            rejected.add(
                draft.first,
                f"{kilometres(near.first, draft.first) * 1000:.0f} m from {near.first.source}, a part of it or its other name",
            )
    order = {id(draft): index for index, draft in enumerate(drafts)}
    return sorted(kept, key=lambda d: order[id(d)])


def _held_until(row: Row, area: Area, settings: dict[str, Any], *, inside_oblast: bool) -> str:
    """Return until when the area of a row was held; inside the old oblast by what the settings know of its parts."""
    if not inside_oblast:
        return area.held_until
    for part in settings["oblast_parts"]:
        south, west, north, east = part["box"]
        if south <= row.lat < north and west <= row.lon < east:
            return str(part["held_until"])
    return str(settings["oblast_held_until"])


# --------------------------------------------------------------------------------------------------------- ids, matching


def settle_ids(
    drafts: Sequence[Draft], taken: Iterable[str], written: Written, known: dict[str, str]
) -> list[tuple[str, Draft]]:
    """Give each draft an id: the one that its row has had, for ids are for ever, or the slug of its English name.

    Where several share a slug, it goes with the area's, then the table's id. The bare slug of a better-known place's name
    is left free for that place. `known` has the ids of an earlier run, by the row that each was made of.
    """
    wanted = [slug(_english_name(draft)) for draft in drafts]
    kept = {known[d.first.source] for d in drafts if d.first.source in known}
    used, count = {*taken, *kept}, Counter(wanted)
    result = []
    for base, draft in zip(wanted, drafts, strict=True):
        if draft.first.source in known:
            result.append((known[draft.first.source], draft))
            continue
        stem = draft.area.id.rsplit("-", 1)[0].removesuffix("-autonomous")
        bare = count[base] == 1 and folded(base.replace("-", " ")) not in written
        choices = ([base] if bare else []) + [f"{base}-{stem}", f"{base}-{stem}-{draft.first.source.rsplit(' ', 1)[1]}"]
        name = next(choice for choice in choices if choice not in used)
        used.add(name)
        result.append((name, draft))
    return result


def _english_name(draft: Draft) -> str:
    english = [n.text for n in draft.names if n.lang == "en" and (n.source == DERIVED or n.kind == "press")]
    english = english or [n.text for n in draft.names]
    return max(english, key=lambda text: (similarity(text, draft.first.name), -len(text)))


def needs_context(draft: Draft, personal: frozenset[str]) -> bool:
    """Tell whether a name must not be taken alone: too short, an English word or a person's name."""
    english = [n.text for n in draft.names if n.lang == "en"]
    return any(len(t) <= SHORT or t.lower() in ENGLISH_WORDS or t.lower() in personal for t in english)


def shared_names(entries: dict[str, list[str]]) -> dict[str, set[str]]:
    """Return for each id the other ids that bear one of its names."""
    bearers: dict[str, set[str]] = defaultdict(set)
    for name, texts in entries.items():
        for text in texts:
            bearers[folded(text)].add(name)
    result: dict[str, set[str]] = defaultdict(set)
    for ids in bearers.values():
        for one in ids:
            result[one] |= ids - {one}
    return result


# ------------------------------------------------------------------------------------------------------------- the files


def quote(text: str) -> str:
    """Write a text as a TOML basic string."""
    return json.dumps(text, ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class Match:
    """What goes under [match]."""

    ambiguous: tuple[str, ...]
    context: tuple[str, ...]
    never: tuple[str, ...]
    careful: bool


def match_rules(draft: Draft, ambiguous: Iterable[str], settings: dict[str, Any], written: Written) -> Match:
    """Decide how the names of a draft may be matched.

    A village with a better-known village's name, a person's or a common word gets no context words: only the word
    "village" or its own neighbours speak for it. For one with a town's name its district speaks, too.
    """
    texts = [n.text for n in draft.names]
    like_a_town = any(folded(text) in written.towns for text in texts)
    alike = any(folded(text) in written.villages or folded(text) in written.others for text in texts)
    silent = alike or needs_context(draft, frozenset(settings["personal"]))
    careful = silent or like_a_town
    context = tuple(w for w in draft.area.context if not silent and not spelled_in(w, texts, least=90))
    never = [phrase for text in texts for phrase in settings["never"].get(text.lower(), ())]
    return Match(tuple(sorted(ambiguous)), context, tuple(dict.fromkeys(never)), careful)


def to_toml(name: str, draft: Draft, match: Match, *, reviewed: bool) -> str:
    """Write an entry."""
    first = draft.first
    own_table = first.source.startswith("GeoNames")
    cited = (
        first.source if own_table or not first.geonames else f"{first.source} (position of GeoNames {first.geonames})"
    )
    sources = cited + (f"; {draft.agreed}" if draft.agreed else "")
    lines = [
        f"id = {quote(name)}",
        f"kind = {quote(SETTLEMENT_KINDS.get(first.feature, 'village'))}",
        f"feature = {quote(first.feature)}",
        f"status = {quote('abandoned' if first.feature in GONE else 'current')}",
        f"review = {quote('checked' if reviewed else 'imported')}",
        f"source = {quote(sources)}",
        "",
        "[point]",
        f"lat = {round(first.lat, 5)}",
        f"lon = {round(first.lon, 5)}",
        f"precision_m = {draft.precision}",
        f"source = {quote(cited)}",
    ]
    for n in draft.names:
        lines += ["", "[[names]]", f"text = {quote(n.text)}", f"lang = {quote(n.lang)}", f"kind = {quote(n.kind)}"]
        lines += [f"used_by = {json.dumps(list(n.used_by))}", f"source = {quote(n.source)}"]
    for parent, basis, by, since, until in draft.parents:
        lines += ["", "[[parents]]", f"id = {quote(parent)}", f"basis = {quote(basis)}", f"asserted_by = {quote(by)}"]
        lines += [f"from = {quote(since)}"] if since else []
        lines += [f"to = {quote(until)}"] if until else []
    links = {"geonames": first.geonames, "wikidata": next((r.wikidata for r in draft.rows if r.wikidata), "")}
    if any(links.values()):
        lines += ["", "[links]", *(f"{key} = {quote(value)}" for key, value in links.items() if value)]
    rules = {"ambiguous_with": match.ambiguous, "context": match.context, "never": match.never}
    written = [f"{key} = {json.dumps(list(value), ensure_ascii=False)}" for key, value in rules.items() if value]
    written += ["needs_context = true"] if match.careful else []
    if written:
        lines += ["", "[match]", *written]
    return "\n".join(lines) + "\n"


def with_ambiguous(text: str, ids: Iterable[str], gone: Iterable[str]) -> str:
    """Return an entry's text with `ambiguous_with` widened by ids and rid of those that are gone.

    >>> print(with_ambiguous('id = "a"\\n\\n[match]\\ncontext = ["x"]\\n', ["b"], ["c"]))
    id = "a"
    <BLANKLINE>
    [match]
    ambiguous_with = ["b"]
    context = ["x"]
    <BLANKLINE>
    """
    line = re.search(r"^ambiguous_with = (\[.*\])$", text, re.MULTILINE)
    known = set(tomllib.loads(f"x = {line[1]}")["x"]) if line else set()
    wanted = sorted((known - set(gone)) | set(ids))
    if wanted == sorted(known):
        return text
    made = f"ambiguous_with = {json.dumps(wanted)}"
    if line:
        return text[: line.start()] + made + text[line.end() :]
    if re.search(r"^\[match\]$", text, re.MULTILINE):
        return re.sub(r"^\[match\]$", f"[match]\n{made}", text, count=1, flags=re.MULTILINE)
    tests = re.search(r"^\[\[tests\]\]$", text, re.MULTILINE)
    cut = tests.start() if tests else len(text)
    return (
        text[:cut]
        + ("" if text[:cut].endswith("\n\n") else "\n")
        + f"[match]\n{made}\n"
        + ("\n" if tests else "")
        + text[cut:]
    )


def covered(draft: Draft, curated: Sequence[dict[str, Any]]) -> str | None:
    """Return the id of the hand-written entry that a draft repeats, or None."""
    ids = {row.geonames for row in draft.rows if row.geonames} | {row.source for row in draft.rows}
    names = {folded(n.text) for n in draft.names}
    for entry in curated:
        links, source = entry.get("links", {}), str(entry.get("source", ""))
        if isinstance(links, dict) and links.get("geonames") in ids:
            return str(entry["id"])
        if any(re.search(rf"(GeoNames|First) {re.escape(one.rsplit(' ', 1)[-1])}\b", source) for one in ids):
            return str(entry["id"])
        point = entry.get("point")
        if not isinstance(point, dict) or entry.get("kind") not in {"village", "town", "city"}:
            continue
        here = Row("", float(point["lat"]), float(point["lon"]), "")
        own = {folded(str(n["text"])) for n in entry.get("names", [])}
        reach = TWIN_KM if draft.area.country == "armenia" else AGREE_KM
        if own & names and kilometres(here, draft.first) <= reach:
            return str(entry["id"])
    return None


def read_entries(folder: Path) -> dict[Path, dict[str, Any]]:
    """Read all entries below a folder as plain tables."""
    return {path: tomllib.loads(path.read_text("utf8")) for path in sorted(folder.rglob("*.toml"))}


def build(tables: Tables, entries: Path, log: Path) -> Counter[str]:
    """Write the entries and the list of what was left out; return how many of each there are."""
    existing = read_entries(entries)
    kept = {path: table for path, table in existing.items() if path.parent.name != IMPORTED}
    before = {path.stem for path in existing.keys() - kept.keys()}
    known = {
        re.split(r"; | \(", existing[path]["source"])[0]: str(existing[path]["id"])
        for path in sorted(existing.keys() - kept.keys())
    }
    written = read_written(kept.values())
    tables = replace(tables, written=written)
    rejected = Rejected()
    drafts = []
    for draft in (*drafts_in_azerbaijan(tables, rejected), *drafts_in_armenia(tables, rejected)):
        if not any(n.lang == "en" for n in draft.names):
            rejected.add(draft.first, "no name that can be trusted")
        elif double := covered(draft, list(kept.values())):
            rejected.add(draft.first, f"written by hand as {double}")
        else:
            drafts.append(draft)
    drafts = without_neighbours(drafts, rejected)
    settled = settle_ids(drafts, (str(table["id"]) for table in kept.values()), written, known)
    names = {name: [n.text for n in draft.names] for name, draft in settled}
    names |= {str(t["id"]): [str(n["text"]) for n in t.get("names", [])] for t in kept.values()}
    shared = shared_names(names)
    for table in kept.values():  # what a person wrote down stays mutual
        for other in table.get("match", {}).get("ambiguous_with", []):
            shared[other] |= {str(table["id"])}
    reviewed = frozenset(tables.settings["reviewed"])
    for path in existing.keys() - kept.keys():
        path.unlink()
    for name, draft in settled:
        folder = (
            entries / (tables.settings["conflict_folder"] if draft.area.conflict else draft.area.country) / IMPORTED
        )
        folder.mkdir(parents=True, exist_ok=True)
        review = bool(draft.agreed) and draft.first.source in reviewed
        rules = match_rules(draft, shared[name], tables.settings, written)
        (folder / f"{name}.toml").write_text(to_toml(name, draft, rules, reviewed=review), "utf8")
    own = {entries / tables.settings["conflict_folder"], *(entries / area.country for area in tables.areas.values())}
    for path, table in kept.items():
        if path.parent in own:
            text = path.read_text("utf8")
            mended = with_ambiguous(text, shared[str(table["id"])], before - names.keys())
            if mended != text:
                path.write_text(mended, "utf8")
    rejected.write(log)
    return Counter(draft.area.id for _, draft in settled) + Counter({"rejected": len(rejected.found)})


def _outlines(path: Path, country: str, areas: Sequence[Area], settings: dict[str, Any]) -> Areas:
    beyond = dict.fromkeys(settings["neighbours"][country], "")
    return read_areas(path, beyond | {area.outline: area.id for area in areas if area.country == country})


def main(arguments: Sequence[str] | None = None) -> int:
    """Run from the command line; return 0, also where a table is missing, which is said."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--geonames", type=Path, required=True, help="GeoNames dump of Azerbaijan")
    parser.add_argument("--places", type=Path, required=True, help="Who's On First table of both countries")
    parser.add_argument("--outlines", type=Path, required=True, help="outlines of districts and provinces, GeoJSON")
    parser.add_argument("--held", type=Path, required=True, help="the area held from 1994 to 2020, GeoJSON")
    parser.add_argument("--oblast", type=Path, required=True, help="the oblast of 1923-91, GeoJSON")
    parser.add_argument("--entries", type=Path, default=ROOT / "gazetteer" / "entries")
    parser.add_argument("--settings", type=Path, default=Path(__file__).with_suffix(".toml"))
    parser.add_argument("--rejected", type=Path, default=Path(__file__).with_name("rejected_entries.csv"))
    given = parser.parse_args(arguments)
    for path in (given.geonames, given.places, given.outlines, given.held, given.oblast):
        if not path.is_file():
            print(f"{path} is not there: nothing was built. The reference tables are not part of the repository.")
            return 0
    settings = tomllib.loads(given.settings.read_text("utf8"))
    areas = [
        Area(
            a["id"],
            a["outline"],
            a["country"],
            a["conflict"],
            tuple(a["context"]),
            a["native"],
            a.get("held_until", ""),
        )
        for a in settings["areas"]
    ]
    tables = Tables(
        geonames=read_geonames(given.geonames),
        places=read_whosonfirst(given.places),
        areas={area.id: area for area in reversed(areas)},
        outlines={
            country: _outlines(given.outlines, country, areas, settings) for country in ("armenia", "azerbaijan")
        },
        held=read_shape(given.held),
        oblast=read_shape(given.oblast),
        settings=settings,
        written=Written(),
    )
    own = {settings["conflict_folder"], *(area.country for area in areas)}
    hand_written = {path: entry for path, entry in read_entries(given.entries).items() if path.parent.name in own}
    print(f"{draw_outlines(given.outlines, hand_written):5} outlines drawn")
    for what, count in sorted(build(tables, given.entries, given.rejected).items()):
        print(f"{count:5} {what}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
