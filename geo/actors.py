"""Finds who acts and who speaks: governments, ministries, armies, officials, organisations.

Three sources, none of them a list of one region in code: a curated table (`geo/data/actors/*.toml`), the gazetteer's
polities with their demonyms and capitals put together with institution words ("Azerbaijani Defense Ministry", "the
government of Armenia"), and what the report itself says ("Jane Roe, the ombudsman of X", later just "Roe").
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from gazetteer.model import POLITIES
from geo import data
from geo.text import sentence_start
from geo.wordforms import plural

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from gazetteer.index import Gazetteer
    from gazetteer.model import Place
    from geo.model import Resolution
    from geo.recognise import Spot

_NAME = r"[^\W\d_a-z][\w’'-]+(?:[ \u00a0](?:al-|bin |von |de |van )?[^\W\d_a-z][\w’'-]+){1,3}"
_GAP = r"(?:['’]s?)?[ \u00a0]+"


_OFFICES = frozenset({
    "President", "Prime Minister", "Foreign Minister", "Defence Minister", "minister", "human rights ombudsman", "government",
    "presidency", "security council",
})  # fmt: skip
"""Institutions behind whose noun a person's name may stand ("Prime Minister Jane Roe")."""


@dataclass(frozen=True, slots=True)
class Actor:
    """A stretch of text that names somebody who can act or speak.

    `party` is the place id of the side that it stands for, None where it is neutral or not known; `kind` is
    "government", "armed forces", "person", "organisation", "media", "people" (a people's name) or "seat" (a place whose
    name may stand for a government, read as a place here).
    """

    start: int
    end: int
    label: str
    party: str | None
    kind: str

    @property
    def speaks(self) -> bool:
        """Tell whether the name by itself stands for somebody who acts or speaks."""
        return self.kind not in {"people", "seat"}


class KnownActor(NamedTuple):
    """A row of the curated table."""

    id: str
    name: str
    party: str | None
    kind: str


@lru_cache(maxsize=1)
def known_actors() -> dict[str, KnownActor]:
    """Return the curated actors by id."""
    rows = (row for table in data.tables("actors") for row in table.get("actor", ()))
    return {
        row["id"]: KnownActor(row["id"], row["name"], row.get("party") or None, row.get("kind", "")) for row in rows
    }


@lru_cache(maxsize=1)
def aliases() -> Mapping[str, tuple[str, ...]]:
    """Return every written form of the curated actors with their ids."""
    forms: dict[str, list[str]] = {}
    for table in data.tables("actors"):
        for row in table.get("actor", ()):
            for form in (row["name"], *row.get("aliases", ())):
                forms.setdefault(form, []).append(row["id"])
    return {form: tuple(dict.fromkeys(ids)) for form, ids in forms.items()}


def persons() -> frozenset[str]:
    """Return the ids of the curated actors that are persons."""
    return frozenset(actor.id for actor in known_actors().values() if actor.kind == "official")


class _Institutions(NamedTuple):
    pattern: re.Pattern[str]
    labels: dict[str, str]
    local: re.Pattern[str]
    seceded: re.Pattern[str]
    before: re.Pattern[str]
    owned: re.Pattern[str]
    capitalised: re.Pattern[str]


@lru_cache(maxsize=4)
def _institutions(language: str) -> _Institutions:
    table = data.table(language, "institutions")
    labels: dict[str, str] = {}
    for label, words in table.get("institution", {}).items():
        for word in words:
            labels.setdefault(word, label)
            labels.setdefault(plural(word), label)
    nouns = "|".join(re.escape(word) for word in sorted(labels, key=len, reverse=True)) or r"\b\B"
    fillers = (
        "|".join(map(re.escape, sorted(table.get("fillers", {}).get("words", ()), key=len, reverse=True))) or r"\b\B"
    )
    of_region = table.get("local", {})
    local, seceded, lands = (
        "|".join(map(re.escape, of_region.get(key, ()))) or r"\b\B" for key in ("words", "seceded", "lands")
    )
    land = rf"the[ \u00a0]+(?:former[ \u00a0]+)?(?:{seceded})[ \u00a0]+(?:{lands})"
    return _Institutions(
        re.compile(rf"{_GAP}(?:(?:{fillers})[ \u00a0-]+){{0,4}}?({nouns})\b", re.IGNORECASE),
        labels,
        re.compile(rf"\b(?:the[ \u00a0]+)?(?:{local})[ \u00a0]+(?:[\w-]+[ \u00a0]+)??({nouns})\b", re.IGNORECASE),
        re.compile(
            rf"\b(?P<before>{nouns})[ \u00a0]+(?:of|in)[ \u00a0]+{land}\b"
            rf"|\b(?:{land}|the[ \u00a0]+(?P<plain>region|enclave|territory))['’]s[ \u00a0]+(?:(?:{fillers})[ \u00a0]+){{0,3}}?(?P<behind>{nouns})\b",
            re.IGNORECASE,
        ),
        re.compile(
            rf"\b({nouns})(?:[ \u00a0]+((?-i:{_NAME})))?[ \u00a0]+(?:of|in|for|at|from)[ \u00a0]+(?:the[ \u00a0]+)?(?:(?:{fillers}|republic of)[ \u00a0]+){{0,3}}$",
            re.IGNORECASE,
        ),
        re.compile(
            rf"\b(?:its|their|the country['’]s|the republic['’]s|the nation['’]s)[ \u00a0]+(?:(?:{fillers})[ \u00a0]+){{0,3}}?({nouns})\b",
            re.IGNORECASE,
        ),
        re.compile(
            rf"\b({'|'.join(sorted(map(_titled, labels), key=len, reverse=True))})\b"
            rf"|\b[Tt]he[ \u00a0]+({'|'.join(re.escape(noun) for noun in sorted(labels, key=len, reverse=True) if ' ' in noun)})\b"
        ),
    )


def _titled(noun: str) -> str:
    """Return a pattern of an institution's name in capitals ("Ministry of Defence"); a single word is no name."""
    parts = noun.split()
    if len(parts) < 2:
        return r"\b\B"
    return r"[ \u00a0]".join(
        word if word in {"of", "the", "and", "on", "for"} else rf"[{word[0].upper()}]{re.escape(word[1:])}"
        for word in parts
    )


def party_of(place_id: str | None, places: Gazetteer) -> str | None:
    """Return the polity that a place's name can stand for: itself, or the one whose capital or seat it is."""
    place = places.get(place_id)
    if place is None:
        return None
    if place.kind in POLITIES:
        return place.id
    stands_for = [
        polity
        for polity in (*place.capital_of, *place.seat_of)
        if (found := places.get(polity)) and found.kind in POLITIES
    ]
    countries = [polity for polity in stands_for if places[polity].kind != "region"]
    return next(iter(countries or stands_for), None)


def find_actors(
    text: str,
    resolutions: Sequence[Resolution],
    demonyms: Sequence[Spot],
    spots: Sequence[Spot],
    places: Gazetteer,
    home: str | None = None,
    language: str = "en",
) -> tuple[Actor, ...]:
    """Return the actors of a report in order; a longer one masks a shorter one at the same place.

    `home` is the party whose press the report stands in: a bare "Ministry of Defence" there is that party's.
    """
    institutions = _institutions(language)
    region = region_spoken_of(resolutions, places)
    parties = [
        party._replace(party=region)
        if region and text[max(0, party.start - 7) : party.start].lower() == "ethnic "
        else party
        for party in _parties(resolutions, demonyms, places)
    ]  # "ethnic X forces" in a region are the region's own, not those of the country of the Xs
    ends = {end for party in parties for end in (party.end + 1, party.end + len("’s "))}
    # "the Georgian Security Council" is Georgia's, not the one of that name that the table knows
    found = [a for a in _from_table(spots, places) if a.party is not None or a.kind == "person" or a.start not in ends]
    found += _around_parties(text, parties, institutions, places)
    if region is not None:
        for match in institutions.local.finditer(text):
            if _PLAIN.search(match.group()) and _is_elsewhere(match, region, resolutions, places):
                continue
            found.append(
                _actor(match.start(), match.end(), institutions.labels[match.group(1).lower()], region, places)
            )
        for match in institutions.seceded.finditer(text):
            if match["plain"] and _is_elsewhere(match, region, resolutions, places):
                continue
            noun = (match["before"] or match["behind"]).lower()
            found.append(_actor(match.start(), match.end(), institutions.labels[noun], region, places))
    found += _local_offices(text, resolutions, places)
    found = _longest(found)
    found = _longest([*found, *_bare(text, found, parties, institutions, places, home)])
    found = _longest([*found, *_introduced(text, found, places)])
    return tuple(_longest([*found, *_by_surname(text, found)]))


def _from_table(spots: Sequence[Spot], places: Gazetteer) -> Iterable[Actor]:
    table = known_actors()
    for spot in spots:
        known = table.get(spot.ids[0])
        if known:
            label = known.name
            party = places.get(known.party)
            if party and party.name.lower() not in label.lower():
                label = f"{label} ({party.name})"
            kind = "person" if known.kind == "official" else known.kind or "organisation"
            yield Actor(spot.start, spot.end, label, known.party, kind)


class _Party(NamedTuple):
    start: int
    end: int
    party: str
    alone: bool
    """Whether the name itself, with no institution, acts here."""
    seat: bool = False
    """Whether it is a capital's or a seat's name."""


def _parties(resolutions: Sequence[Resolution], demonyms: Sequence[Spot], places: Gazetteer) -> list[_Party]:
    parties = [_Party(spot.start, spot.end, spot.ids[0], alone=False) for spot in demonyms]
    for found in resolutions:
        party = party_of(found.place_id, places)
        if party:
            mention = found.mention
            parties.append(_Party(mention.start, mention.end, party, found.usage == "actor", party != found.place_id))
    return sorted(parties)


def region_spoken_of(resolutions: Sequence[Resolution], places: Gazetteer) -> str | None:
    """Return the region (a polity that is no country) that the report names most: whose "local authorities" it means."""
    counts: dict[str, int] = {}
    for found in resolutions:
        place = places.get(found.place_id)
        if place and place.kind == "region" and place.kind in POLITIES:
            counts[place.id] = counts.get(place.id, 0) + 1
    return max(counts, key=lambda place_id: (counts[place_id], place_id)) if counts else None


def _is_elsewhere(match: re.Match[str], region: str, resolutions: Sequence[Resolution], places: Gazetteer) -> bool:
    """Tell whether "local authorities" or "the region's mayor" stand behind a place outside the region: they are of that place."""
    start = sentence_start(match.string, match.start())
    named = [
        found.place_id for found in resolutions
        if found.usage == "literal" and found.place_id is not None and start <= found.mention.start < match.start()
    ]  # fmt: skip
    return bool(named) and not places.within(named[-1], region)


_PLAIN = re.compile(r"\b(?:local|regional)\b", re.IGNORECASE)


def _actor(start: int, end: int, label: str, party: str, places: Gazetteer, person: str = "") -> Actor:
    name = places[party].name
    kind = (
        "person"
        if person
        else "armed forces"
        if label in {"armed forces", "peacekeepers"}
        else "media"
        if label == "media"
        else "government"
    )
    return Actor(start, end, f"{person} ({name})" if person else f"{label} of {name}", party, kind)


_FORCES = frozenset(
    {"armed forces", "peacekeepers", "Foreign Minister", "Defence Minister", "Prime Minister", "President"}
)
"""Those who may be in a place without being its own."""
_STAND = re.compile(r"[ \u00a0](?:in|for|at|from)[ \u00a0]", re.IGNORECASE)


def _around_parties(
    text: str, parties: Sequence[_Party], institutions: _Institutions, places: Gazetteer
) -> Iterable[Actor]:
    person = re.compile(rf"[ \u00a0]+({_NAME})")
    for source in parties:
        behind = institutions.pattern.match(text, source.end)
        if behind:
            label = institutions.labels[behind.group(1).lower()]
            named = person.match(text, behind.end()) if label in _OFFICES else None
            end = named.end() if named else behind.end()
            yield _actor(source.start, end, label, source.party, places, named.group(1) if named else "")
            continue
        before = institutions.before.search(text, max(0, source.start - 90), source.start)
        if before and _STAND.search(before.group()) and institutions.labels[before.group(1).lower()] in _FORCES:
            before = None  # "drones in X" are there, and whose they are is not said
        if before and not is_a_building(text, before.start()):
            label = institutions.labels[before.group(1).lower()]
            yield _actor(before.start(), source.end, label, source.party, places, before.group(2) or "")
        elif source.alone:
            yield Actor(source.start, source.end, places[source.party].name, source.party, "government")
        else:
            people = re.compile(rf"{_GAP}(?:side|people|residents|civilians|authorities|refugees)\b").match(
                text, source.end
            )
            kind = "seat" if source.seat and not people else "people"
            yield Actor(
                source.start, people.end() if people else source.end, places[source.party].name, source.party, kind
            )


_OFFICE = (
    r"(?:(?:regional|provincial|district|city|town|village|community|local)\s+)?(?:governor|mayor|prefect|administration|municipality|council"
    r"|prosecutors?|police|hospital|authorities)(?:['’]s office| office)?"
)
_OFFICE_OF = re.compile(
    rf"\b({_OFFICE}|head of (?:the )?(?:\w+ )?(?:community|village|district|region|administration))\s+(?:of|in)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_SPEAKS = re.compile(r"[\s,]+(?:\w+\s+)?(?:said|says|told|reported|reports|confirmed|stated|announced)\b")
_TO_AN_OFFICE = re.compile(
    r"\b(?:to|at|in|into|inside|near|outside|from)\s+(?:an?\s+|the\s+)?(?:\w+\s+)?$", re.IGNORECASE
)
_ITS_OFFICE = re.compile(rf"(?:['’]s?)?\s+({_OFFICE})\b", re.IGNORECASE)


def _local_offices(text: str, resolutions: Sequence[Resolution], places: Gazetteer) -> Iterable[Actor]:
    """Return the offices of places that are no polity ("the governor's office of X", "X’s mayor"): named by their place."""
    for found in resolutions:
        place = places.get(found.place_id)
        if place is None or place.kind in POLITIES or party_of(place.id, places) is not None:
            continue
        start, end = found.mention.start, found.mention.end
        before = _OFFICE_OF.search(text, max(0, start - 70), start)
        if before and _TO_AN_OFFICE.search(text, max(0, before.start() - 30), before.start()):
            continue  # "moved to a hospital in X": a building
        if before and "hospital" in before.group(1).lower() and not _SPEAKS.match(text, end):
            continue
        behind = _ITS_OFFICE.match(text, end)
        if before:
            yield _local_office(before.start(), end, before.group(1), place, places)
        elif behind and ("hospital" not in behind.group(1).lower() or _SPEAKS.match(text, behind.end())):
            yield _local_office(start, behind.end(), behind.group(1), place, places)


def _local_office(start: int, end: int, office: str, place: Place, places: Gazetteer) -> Actor:
    """Return an office with its place, and with the country where that is in no dispute: "mayor of Orrin (Norland)"."""
    party = country_of(place.id, places)
    label = f"{office.lower()} of {place.name}"
    return Actor(start, end, f"{label} ({places[party].name})" if party else label, party, "local office")


def country_of(place_id: str, places: Gazetteer) -> str | None:
    """Return the one polity that a place lies in, or is, whoever says so; None where there are several."""
    polities = {i for i in (place_id, *places.ancestors(place_id)) if places[i].kind in POLITIES}
    return next(iter(polities)) if len(polities) == 1 else None


def _bare(
    text: str,
    actors: Sequence[Actor],
    parties: Sequence[_Party],
    institutions: _Institutions,
    places: Gazetteer,
    home: str | None,
) -> Iterable[Actor]:
    """Return institutions without a party beside them: "its army", "the country’s Foreign Ministry", "the Ministry of Defence".

    The possessive takes up the party named last; a bare capitalised name the same institution named before, else the
    press's own.
    """
    for match in institutions.owned.finditer(text):
        last = next((party for party in reversed(parties) if party.end <= match.start()), None)
        if last is not None:
            yield _actor(match.start(), match.end(), institutions.labels[match.group(1).lower()], last.party, places)
    known: dict[str, str | None] = {}
    taken = sorted((actor.start, actor.end) for actor in actors)
    for match in institutions.capitalised.finditer(text):
        at = bisect_left(taken, (match.start(), 0))
        if any(a < match.end() and match.start() < b for a, b in taken[max(0, at - 1) : at + 2]):
            continue
        noun = (match.group(1) or match.group(2)).lower()
        label = institutions.labels[noun]
        party = known.get(noun) or _bearer(text, match.start(), noun, label, actors, parties) or _owner_of(noun) or home
        known[noun] = party
        named = re.compile(rf"[ \u00a0]+({_NAME})").match(text, match.end()) if label in _OFFICES else None
        if named and any(a.kind == "person" and a.start <= named.start(1) < a.end for a in actors):
            continue  # the table knows whose minister that is
        if party is not None and party in places:
            yield _actor(
                match.start(),
                named.end() if named else match.end(),
                label,
                party,
                places,
                named.group(1) if named else "",
            )
        elif named:
            yield Actor(match.start(), named.end(), named.group(1), None, "person")
        else:
            yield Actor(match.start(), match.end(), match.group(1) or match.group(2), None, "government")


def _bearer(
    text: str, at: int, noun: str, label: str, actors: Sequence[Actor], parties: Sequence[_Party]
) -> str | None:
    """Return whose institution a bare name is: one of that name or kind told of before, else the subject of the sentence before."""
    before = [a for a in actors if a.end <= at and a.party]
    same = [a for a in before if noun in text[a.start : a.end].lower()]
    taken_up = (
        text[at].islower() and label not in _OFFICES
    )  # "the prosecutor's office", told of before as a party's own
    if taken_up and not same:
        same = [a for a in before if a.label.startswith(f"{label} of")]
    if same:
        return same[-1].party
    own = sentence_start(text, at)
    last = sentence_start(text, own - 1) if own else own
    there = next((party.party for party in parties if text[own : party.start].strip() == "In"), None)
    if there is not None or own == last:
        return there
    subject = (party for party in parties if last <= party.start <= last + _SUBJECT_AT and party.end < own)
    return next((party.party for party in subject), None)


_SUBJECT_AT = 6
"""Characters into a sentence at which its subject begins at the latest."""


@lru_cache(maxsize=512)
def _owner_of(noun: str) -> str | None:
    """Return the one party that has an institution by this very name in the table ("X Defence Army"), None for a common one."""
    ends = tuple(noun.replace("defense", spelt) for spelt in ("defense", "defence"))
    owners = {actor.party for actor in known_actors().values() if actor.name.lower().endswith(ends)}
    return next(iter(owners)) if len(owners) == 1 else None


def home_of(publisher: str, sides: Mapping[str, str] | None = None) -> str | None:
    """Return the party whose press a publisher is: by the curated table, else by the one party in its name.

    `sides` are the words that name parties and their peoples, with the party's place id. None where the publisher is
    neutral, speaks for several or is not known.

    >>> home_of("Orrin Defence Office", {"Orrin": "orrin"}), home_of("The Orrin-Vell Review", {"Orrin": "orrin", "Vell": "vell"})
    ('orrin', None)
    >>> home_of("") is None
    True
    """
    known = _publishers().get(_plain(publisher))
    if known is not None:
        return known_actors()[known].party
    named = {party for word in re.findall(r"[^\W\d_]+", publisher) if (party := (sides or {}).get(word))}
    return next(iter(named)) if len(named) == 1 else None


@lru_cache(maxsize=1)
def _publishers() -> dict[str, str]:
    return {_plain(form): ids[0] for form, ids in aliases().items()}


def _plain(name: str) -> str:
    """Return a publisher's name as it is compared: without case, dots, hyphens and the end of its address."""
    return re.sub(
        r"[\W_]+", "", re.sub(r"^(?:https?://)?(?:www\.)?|\.[a-z]{2,4}(?:/.*)?$", "", name.strip().casefold())
    )


def dateline_home(resolutions: Sequence[Resolution], demonyms: Sequence[Spot], places: Gazetteer) -> str | None:
    """Return the party at whose seat a report was written, where the report also speaks of that party."""
    written = {party_of(found.place_id, places) for found in resolutions if found.usage == "dateline"} - {None}
    if len(written) != 1:
        return None
    home = next(iter(written))
    spoken = {party_of(found.place_id, places) for found in resolutions if found.usage != "dateline"}
    return home if home in spoken or any(spot.ids[0] == home for spot in demonyms) else None


def is_a_building(text: str, start: int) -> bool:
    """Tell whether the words before an institution's name make it a building: what happens there happens in its town.

    >>> is_a_building("in front of the embassy of X", 16), is_a_building("near the Norlandish embassy in X", 20)
    (True, True)
    >>> is_a_building("the embassy of X", 4), is_a_building("", 0)
    (False, False)
    """
    return _AT.search(text, max(0, start - 40), start) is not None


_AT = re.compile(
    r"\b(?:outside|near|at|around|into|inside|before|front of|beside|opposite|(?:entrances?|doors?|gates?|steps)\s+(?:to|of)|storm\w*|block\w*|picket\w*|surround\w*)\s+(?:the\s+)?(?:(?-i:[A-Z])[\w’'-]+\s+)?$",
    re.IGNORECASE,
)


def _introduced(text: str, actors: Sequence[Actor], places: Gazetteer) -> Iterable[Actor]:
    """Return persons named beside an office: "Jane Roe, the ombudsman of X", "X’s ombudsman, Jane Roe,"."""
    for actor in actors:
        if actor.kind in {"person", "people", "seat", "media"}:
            continue
        before = re.search(
            rf"({_NAME}),[ \u00a0](?:(?:the|a|an)[ \u00a0])?(?:[a-z-]+[ \u00a0]){{0,3}}$",
            text[max(0, actor.start - 90) : actor.start],
        )
        after = re.match(rf",?[ \u00a0]({_NAME}),", text[actor.end : actor.end + 60])
        hit = before or after
        if hit and hit.group(1).split()[0] not in _NO_NAME:
            offset = max(0, actor.start - 90) if before else actor.end
            party = places.get(actor.party)
            label = f"{hit.group(1)} ({party.name if party else actor.label})"
            yield Actor(offset + hit.start(1), offset + hit.end(1), label, actor.party, "person")


_NO_NAME = frozenset(
    {"In", "At", "On", "From", "Near", "To", "For", "After", "Before", "The", "Since", "During", "By", "With"}
)


def _by_surname(text: str, actors: Sequence[Actor]) -> Iterable[Actor]:
    surnames: dict[str, Actor] = {}
    for actor in actors:
        if actor.kind == "person":
            name = actor.label.split(" (")[0]
            surnames.setdefault(name.split()[-1], actor)
    for surname, actor in surnames.items():
        if len(surname) > 2:
            for match in re.finditer(rf"\b{re.escape(surname)}\b", text):
                yield replace(actor, start=match.start(), end=match.end())


def _weight(actor: Actor) -> tuple[bool, int]:
    """Rank actors that overlap: one whose party is known before a longer one that nobody can place."""
    return actor.party is not None or actor.kind in {
        "international_organisation",
        "ngo",
        "organisation",
    }, actor.end - actor.start


def _longest(actors: Iterable[Actor]) -> list[Actor]:
    kept: list[Actor] = []
    for actor in sorted(actors, key=lambda a: (a.start, -a.end, a.label)):
        if kept and actor.start < kept[-1].end:
            if _weight(actor) > _weight(kept[-1]):
                kept[-1] = actor
            continue
        kept.append(actor)
    return kept
