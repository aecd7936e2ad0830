"""From what somebody knows of a place to its entry."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from gazetteer.errors import GazetteerError
from gazetteer.ids import is_slug, slug
from gazetteer.index import Gazetteer
from gazetteer.languages import is_language_tag, likely_tag
from gazetteer.model import Parent, Place, TestSentence, Toponym
from gazetteer.names import scripts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gazetteer.errors import Issue
    from gazetteer.finding import Finding
    from gazetteer.model import Kind, Point

FEATURES: dict[str, str] = {
    "country": "A.PCLI", "province": "A.ADM1", "district": "A.ADM2", "region": "L.RGN", "city": "P.PPL", "town": "P.PPL",
    "village": "P.PPL", "neighbourhood": "P.PPLX", "river": "H.STM", "lake": "H.LK", "reservoir": "H.RSV", "sea": "H.SEA",
    "mountain": "T.MT", "range": "T.MTS", "pass": "T.PASS", "gorge": "T.GRGE", "road": "R.RD", "railway": "R.RR",
    "bridge": "S.BDG", "tunnel": "R.TNL", "border_crossing": "S.PSTB", "airport": "S.AIRP", "base": "L.MILB",
    "monastery": "S.MSTY", "church": "S.CH", "mosque": "S.MSQE", "fortress": "S.FT", "cemetery": "S.CMTY",
    "hospital": "S.HSP", "school": "S.SCH", "power_plant": "S.PS", "dam": "S.DAM", "mine": "S.MN", "camp": "S.CMP",
    "building": "S.BLDG", "area": "L.AREA",
}  # fmt: skip
"""The usual GeoNames feature of a kind."""

_SCRIPT_LANG = {"Armn": "hy-Armn", "Cyrl": "ru-Cyrl", "Geor": "ka", "Arab": "fa"}
_AZ_LATIN, _AZ_CYRILLIC = frozenset("əğışƏĞİŞ"), frozenset("әғҹҝһҸӘҒҜҺ")


def guess_lang(text: str) -> str:
    """Guess the language tag of a name by its letters.

    >>> [guess_lang(text) for text in ("Stepanakert", "Xankəndi", "Ստեփանակերտ", "Шуша", "Шушаҹ", "42")]
    ['en', 'az-Latn', 'hy-Armn', 'ru-Cyrl', 'az-Cyrl', 'en']
    """
    found = scripts(text)
    if "Cyrl" in found and _AZ_CYRILLIC & set(text):
        return "az-Cyrl"
    for script, lang in _SCRIPT_LANG.items():
        if script in found:
            return lang
    return "az-Latn" if _AZ_LATIN & set(text) else "en"


def read_name(text: str, lang: str | None = None, source: str = "") -> Toponym:
    """Read a name as the command line takes it: the name itself, or its language before it ("az-Latn=Xankəndi").

    Raises `GazetteerError` for an unknown language.

    >>> read_name("hy-Armn=Շուշի").text, read_name("Xankəndi").lang, read_name("Karmir  Shuka").text
    ('Շուշի', 'az-Latn', 'Karmir Shuka')
    """
    tag, sign, rest = text.partition("=")
    if sign and (is_language_tag(tag) or likely_tag(tag) is not None):
        lang, text = tag, rest
    text = " ".join(text.split())
    lang = lang or guess_lang(text)
    if not is_language_tag(lang):
        likely = likely_tag(lang)
        fix = f'Did you mean "{likely}"?' if likely else 'Use a tag such as "az-Latn", "hy-Armn", "ru-Cyrl" or "en"'
        raise GazetteerError(f'"{lang}" is not a BCP 47 language. {fix}')
    if not text:
        raise GazetteerError("a name is empty. Give it with --name")
    return Toponym(text, lang, "press" if lang == "en" else "official", source=source)


@dataclass(frozen=True, slots=True)
class Draft:
    """What is known of a place that is to be added."""

    names: tuple[Toponym, ...]
    kind: Kind
    id: str | None = None
    point: Point | None = None
    parents: tuple[str, ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    sentence: str | None = None
    source: str = ""
    note: str = ""


def draft_place(draft: Draft) -> Place:
    """Make an entry of a draft. Raises `GazetteerError` for an id that is no ASCII slug.

    >>> draft_place(Draft((Toponym("Karmir Shuka"),), "village")).id
    'karmir-shuka'
    """
    place_id = draft.id or slug(draft.names[0].text) + ("-district" if _lacks_ending(draft) else "")
    if not is_slug(place_id):
        raise GazetteerError(f'the id "{place_id}" is not an ASCII slug. Write "{slug(place_id)}"')
    tests: tuple[TestSentence, ...] = ()
    if draft.sentence:
        mention = next((name.text for name in draft.names if name.text in draft.sentence), None)
        if mention is None:
            raise GazetteerError("the sentence holds none of the names. Copy it with the name in it, or leave it out")
        tests = (TestSentence(draft.sentence, mention),)
    return Place(
        id=place_id,
        kind=draft.kind,
        names=draft.names,
        feature=FEATURES.get(draft.kind, ""),
        point=draft.point,
        parents=tuple(Parent(parent) for parent in draft.parents),
        links=draft.links,
        tests=tests,
        source=draft.source,
        note=draft.note,
    )


def _lacks_ending(draft: Draft) -> bool:
    return draft.kind == "district" and not slug(draft.names[0].text).endswith("-district")


def with_names(place: Place, names: tuple[Toponym, ...]) -> Place:
    """Return a place with more names; those that it has already are not added twice."""
    have = {(name.text, name.lang) for name in place.names}
    return replace(place, names=place.names + tuple(name for name in names if (name.text, name.lang) not in have))


def faults(places: Gazetteer, place: Place) -> tuple[Issue, ...]:
    """Return what the check finds wrong with a place among those that are there already."""
    from gazetteer.check import RULES  # noqa: PLC0415  (only commands that write need the rules)

    together = Gazetteer((*(other for other in places if other.id != place.id), place))
    found: Iterator[Finding] = (finding for rule in RULES for finding in rule(together))
    return tuple(finding.issue() for finding in found if finding.place.id == place.id)
