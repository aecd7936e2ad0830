"""Turns what a text says of places into references: a named place with its relation, or a phrase that stands for one.

"near X", "10 km north of X", "between X and Y", "along the X", "the X-Y road", and the anaphora "the enclave",
"there", "the town". Pure text work: geometry is made in `geo.footprint`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise, zip_longest
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from geo import data
from geo.attribution import is_said_next
from geo.capitals import unnamed_capitals

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from gazetteer.index import Gazetteer
    from geo.capitals import Capital
    from geo.model import Relation, Resolution


@dataclass(frozen=True, slots=True)
class Reference:
    """Where something is said to be: places, the relation to them, and the words.

    `offset_m`/`bearing` hold "10 km north of X"; `preposition` is the word before, for the linking of events;
    `named` tells a written name from a phrase that stands for it.
    """

    start: int
    end: int
    text: str
    place_ids: tuple[str, ...]
    relation: Relation
    preposition: str = ""
    offset_m: float | None = None
    bearing: float | None = None
    named: bool = True
    reason: str = ""


class _Spatial(NamedTuple):
    prepositions: tuple[tuple[str, Relation], ...]
    bearings: dict[str, float]
    distance: re.Pattern[str]
    anaphora: re.Pattern[str]
    there: re.Pattern[str]
    kinds: dict[str, tuple[str, ...]]
    indefinite: frozenset[str]
    offices: re.Pattern[str]


@lru_cache(maxsize=4)
def _spatial(language: str) -> _Spatial:
    table = data.table(language, "spatial")
    prepositions: list[tuple[str, Relation]] = [
        (word, "at" if name == "to" else name) for name, words in table["prepositions"].items() for word in words
    ]
    compass = dict(zip(table["compass"]["words"], map(float, table["compass"]["bearings"]), strict=True))
    nouns = {word: tuple(group["kinds"]) for group in table["anaphora"].values() for word in group["words"]}
    adjectives = "|".join(map(re.escape, sorted(table["anaphora_words"]["adjectives"], key=len, reverse=True)))
    determiners = "|".join(table["anaphora_words"]["determiners"])
    heads = "|".join(map(re.escape, sorted(set(nouns) - {"there"}, key=len, reverse=True)))
    return _Spatial(
        tuple(sorted(prepositions, key=lambda pair: -len(pair[0]))),
        compass,
        re.compile(
            rf"\b(?:(?:about|some|around|roughly|nearly|approximately)\s+)?(\d+(?:[.,]\d+)?|a few|several)[\s-]*(km|kilomet(?:re|er)s?|miles?|met(?:re|er)s?|m)\s+(?:to\s+the\s+)?({'|'.join(sorted(compass, key=len, reverse=True))})?\s*(?:of|from|away from|outside)\s+(?:the\s+(?:city|town|village|settlement|capital)\s+of\s+)?$",
            re.IGNORECASE,
        ),
        re.compile(
            rf"\b({determiners})\s+(?:(?:{adjectives}|(?-i:[A-Z])[\w-]+)\s+){{0,2}}?({heads})\b(?!\s+(?:[a-z]+\s+)?of\s+[A-Z]|['’]s|-)",
            re.IGNORECASE,
        ),
        re.compile(
            r"(?<!\w)there\b(?!\s+(?:is|are|was|were|has|have|had|would|will|may|might|could|should|must|appears?|seems?|remains?|exists?|been)\b)",
            re.IGNORECASE,
        ),
        nouns,
        frozenset(table["anaphora_words"]["indefinite_only_with"]),
        re.compile(rf"\b(?:{'|'.join(table['offices']['words'])})\s+in\s+(?:the\s+)?$", re.IGNORECASE),
    )


_SKIP = re.compile(
    r"(?:\b(?:the|an?|city|town|village|settlement|district|region|province|capital|cities|towns|villages|settlements|districts|regions|republic|area|port|state|enclave|territory|community|communities|suburb|outskirts|northern|southern|eastern|western|central|south|north|east|west|downtown|nearby|part|parts|of|disputed|breakaway|mountainous|strategic|entire|whole|neighbou?ring|border|main|largest|second|besieged|occupied|the country’s|the region’s)\b[\s,]*|[\w-]+-(?:held|controlled|occupied|majority)\s+)+$",
    re.IGNORECASE,
)


_start = attrgetter("start")


def references(
    text: str,
    resolutions: Sequence[Resolution],
    places: Gazetteer,
    actors: Sequence[tuple[int, int]] = (),
    unknown: Sequence[tuple[int, int]] = (),
    country: str | None = None,
    language: str = "en",
) -> tuple[Reference, ...]:
    """Return every place reference of a report in order: literal mentions with a place, and anaphora that have one.

    `country` is the one of which the whole report tells, if there is one. What stands inside the name of an actor
    ("the ministry in X"; spans in `actors`) says where somebody sits, not where something happened, and is left out.
    """
    literal = [
        r for r in resolutions
        if r.usage == "literal" and r.place_id is not None and not any(a < r.mention.start and r.mention.end <= b for a, b in actors)
    ]  # fmt: skip
    spatial = _spatial(language)
    capitals = [*unnamed_capitals(text, resolutions, places, country)] if "capital" in text else []
    literal = [
        r for r in literal
        if not _is_slogan(text, r) and not any(one.start <= r.mention.start < one.end for one in capitals)
    ]  # fmt: skip
    unnamed = [_capital(text, one, spatial) for one in capitals]
    named = [*_joined(text, sorted([*(_named(text, found, spatial) for found in literal), *unnamed], key=_start))]
    seats = [
        _named(text, r, spatial) for r in resolutions
        if r.place_id is not None and any(a < r.mention.start and r.mention.end <= b for a, b in actors)
    ]  # fmt: skip
    before = sorted([*named, *seats], key=lambda ref: ref.start)
    stand_ins = _anaphora(
        text,
        _Scene(
            before,
            frozenset({ref.start for ref in seats} | {ref.start for ref in before if _is_aside(text, ref, spatial)}),
            frozenset(
                ref.start for other, ref in pairwise(before) if _LIES_BESIDE.fullmatch(text, other.end, ref.start)
            ),
            resolutions,
            unknown,
            places,
            spatial,
        ),
    )
    return tuple(sorted([*named, *stand_ins], key=lambda ref: ref.start))


def _is_aside(text: str, ref: Reference, spatial: _Spatial) -> bool:
    """Tell whether a place only says where somebody sits or fires from.

    "Authorities in X", "the staff in X said", "rockets from the direction of X".
    """
    near = max(0, ref.start - _OFFICE)
    if spatial.offices.search(text, near, ref.start) or _FROM_THE_DIRECTION.search(text, near, ref.start):
        return True
    return ref.preposition == "in" and is_said_next(text, ref.end)


def sets_another_scene(text: str, start: int, end: int, refs: Sequence[Reference]) -> bool:
    """Tell whether a sentence moves on to a place that it does not name, or takes up one that no entry has.

    "In the south, ...", "Elsewhere, ..."; a "there" that stands for none of `refs`.

    >>> sets_another_scene("In the south it went on.", 0, 24, []), sets_another_scene("It went on.", 0, 11, [])
    (True, False)
    """
    if _ANOTHER_SCENE.match(text, start, end):
        return True
    there = [match.start() for match in _spatial("en").there.finditer(text, start, end)]
    return bool(there) and not {ref.start for ref in refs}.intersection(there)


_ANOTHER_SCENE = re.compile(
    r"[\"“]?(?:(?:further|farther)\s+(?:north|south|east|west)\w*|(?:in|to)\s+the\s+(?:north|south|east|west|centre|center)(?:[\s-]?(?:east|west))?(?:ern\s+\w+)?"
    r"|elsewhere|across\s+the\s+border|on\s+(?:the\s+)?other\s+(?:fronts?|side)|in\s+other\s+(?:places|parts|sectors|directions|areas|villages|towns))\b(?!\s+of\b)",
    re.IGNORECASE,
)


def _is_slogan(text: str, found: Resolution) -> bool:
    """Tell whether a name stands in a cry between quotation marks ("Orrin is ours!"): nothing happened there."""
    start, end = found.mention.start, found.mention.end
    opened = _CRY_OPENS.search(text, max(0, start - _CRY), start)
    return opened is not None and bool(opened["cried"] or _CRY_ENDS.match(text, end))


_CRY = 40
_CRY_OPENS = re.compile(
    r"(?P<cried>\b(?:shout|chant|yell|scream|cry|cri)(?:s|ed|es|ing)?(?:\s+(?:slogans?|of|out|the))*[:,]?\s*)?[“«\"„‘][^“”«»\".!?\n’]*$"
)
_CRY_ENDS = re.compile(r"[^“”«»\".?\n]{0,40}![”»\"“]")


def _named(text: str, found: Resolution, spatial: _Spatial) -> Reference:
    mention = found.mention
    place_id = found.place_id or ""
    before = text[max(0, mention.start - 80) : mention.start]
    distance = spatial.distance.search(before)
    if distance:
        start = mention.start - len(before) + distance.start()
        metres = _metres(distance.group(1), distance.group(2))
        bearing = spatial.bearings.get((distance.group(3) or "").lower())
        return Reference(
            start,
            mention.end,
            text[start : mention.end],
            (place_id,),
            "near",
            "near",
            metres,
            bearing,
            reason=f'"{distance.group().strip()}"',
        )
    preposition, relation = _preposition(before, spatial)
    if (
        mention.kind_word
        in {"road", "highway", "route", "direction", "front", "axis", "crossroads", "heights", "height", "outskirts"}
        and relation == "at"
    ):
        relation = "direction_of" if mention.kind_word in {"direction", "axis"} else "near"
    return Reference(mention.start, mention.end, mention.text, (place_id,), relation, preposition, reason=found.reason)


def _capital(text: str, found: Capital, spatial: _Spatial) -> Reference:
    preposition, relation = _preposition(text[max(0, found.start - 80) : found.start], spatial)
    return Reference(
        found.start, found.end, text[found.start : found.end], (found.place_id,), relation, preposition, named=False,
        reason=found.reason,
    )  # fmt: skip


def preposition_before(text: str, start: int, language: str = "en") -> str:
    """Return the preposition of place that stands before a name, "" where none does.

    >>> preposition_before("fighting went on near Orrin", 22), preposition_before("Orrin", 0)
    ('near', '')
    """
    return _preposition(text[max(0, start - 80) : start], _spatial(language))[0]


def _preposition(before: str, spatial: _Spatial) -> tuple[str, Relation]:
    tail = before.lower()
    skipped = _SKIP.sub("", tail)
    found: tuple[str, Relation] = ("", "at")
    for candidate in dict.fromkeys((tail.rstrip(), skipped.rstrip(), re.sub(r"\s*\b(?:the|a|an)$", "", tail.rstrip()))):
        for word, relation in spatial.prepositions:
            if candidate.endswith(word) and (len(candidate) == len(word) or not candidate[-len(word) - 1].isalnum()):
                if word != "of":
                    return word, relation
                found = found if found[0] else (word, relation)  # "from the village of X" is from X
                break
    return found


def _metres(number: str, unit: str) -> float:
    value = {"a few": 3.0, "several": 5.0}.get(number.lower()) or float(number.replace(",", "."))
    scale = 1609.344 if unit.lower().startswith("mi") else 1000.0 if unit.lower().startswith("k") else 1.0
    return value * scale


_AND = re.compile(
    r"\s*(?:['’]s)?\s*(?:,|and|,\s*and|&|as well as|or|to|-|–|the|towns? of|villages? of|city of|\s)+\s*$",
    re.IGNORECASE,
)


def _joined(text: str, found: Sequence[Reference]) -> Iterator[Reference]:
    """Pass on references; "between X and Y" and "the X-Y road" become one, and a list shares its first preposition."""
    skip = False
    for here, following in zip_longest(found, found[1:]):
        if skip:
            skip = False
            continue
        if following is not None and following.start - here.end < 30:
            gap = text[here.end : following.start]
            road = re.match(
                r"\s+(?:road|highway|route|motorway)", text[following.end : following.end + 12], re.IGNORECASE
            )
            if (here.relation == "between" and re.fullmatch(r"\s*(?:['’]s)?(?: \w+)? and (?:the )?(?:\w+ )?", gap)) or (
                re.fullmatch(r"[-–—]| to ", gap) and road
            ):
                skip = True
                end = following.end + (road.end() if road else 0)
                yield Reference(
                    here.start,
                    end,
                    text[here.start : end],
                    (*here.place_ids, *following.place_ids),
                    "between",
                    here.preposition,
                    reason=f"{here.reason}; {following.reason}",
                )
                continue
        yield here


class _Scene(NamedTuple):
    """What an anaphor may stand for: named references in order, all resolutions, and the names without a place."""

    named: Sequence[Reference]
    seats: frozenset[int]
    """Where the references begin that only say where somebody sits ("the ministry in X") or fires from."""
    beside: frozenset[int]
    """Where those begin that only say where another place lies ("X, south of Y")."""
    resolutions: Sequence[Resolution]
    unknown: Sequence[tuple[int, int]]
    places: Gazetteer
    spatial: _Spatial


def _anaphora(text: str, scene: _Scene) -> Iterator[Reference]:
    spatial = scene.spatial
    occupied = [(r.mention.start, r.mention.end) for r in scene.resolutions]
    for match in spatial.anaphora.finditer(text):
        word = match.group(2).lower()
        at = bisect_left(occupied, (match.start(), 0))
        if any(match.start() < b and a < match.end() for a, b in occupied[max(0, at - 1) : at + 2]):
            continue
        if re.match(r"(?:\s+of)?(?:\s+the)?\s+[A-Z]|,\s+[A-Z]\w+,", text[match.end() : match.end() + 24]) and any(
            a - match.end() < 12 and a >= match.end() for a, _ in occupied[at : at + 2]
        ):
            continue  # "the capital, X", "the region of X" name their place themselves
        if match.group(1).lower() in {"a", "an"} and word not in spatial.indefinite:
            continue
        if _TOLD_BY_A_CLAUSE.match(text, match.end()):
            continue  # "the area where a helicopter came down" is told by that, and is none that was named
        if match.group(1).lower() == "its" and "region" in spatial.kinds[word]:
            continue  # a country's own territory
        if match.group(1).lower() in _OF_PEOPLE and word not in _HOME:
            continue  # "their base", "his front": whose, nobody told
        kinds = () if word in _ANYWHERE and _SAME.search(match.group()) else spatial.kinds[word]
        yield from _stand_in(text, match.start(), match.end(), kinds, scene)
    for match in spatial.there.finditer(text):
        yield from _stand_in(text, match.start(), match.end(), (), scene)


def _stand_in(text: str, start: int, end: int, kinds: tuple[str, ...], scene: _Scene) -> Iterator[Reference]:
    named, seats, beside, resolutions, unknown, places, spatial = scene
    fitting = [ref for ref in named if ref.end <= start and _fits(ref, kinds, places)]
    earlier = [ref for ref in fitting if ref.start not in beside]
    place_id, how = None, ""
    if "region" in kinds:
        # a region is spoken of through the whole report: the one named most, before or behind
        counts = Counter(
            r.place_id
            for r in resolutions
            if r.usage != "dateline" and r.place_id is not None and places[r.place_id].kind in kinds
        )
        if counts:
            most = max(counts.values())
            leaders = {place for place, count in counts.items() if count >= 0.6 * most}
            last = next((ref.place_ids[0] for ref in reversed(earlier) if ref.place_ids[0] in leaders), None)
            told = [ref.place_ids[0] for ref in earlier if not _SENTENCE_END.search(text, ref.end, start)]
            last = told[-1] if told else last
            place_id = last or max(leaders, key=lambda place: (counts[place], place))
            paragraph = text.rfind("\n", 0, start)
            in_paragraph = any(ref.start > paragraph and place_id in ref.place_ids for ref in earlier)
            once = len(counts) > 1 and counts[place_id] < _SPOKEN_OF
            if once and not in_paragraph and not _SAME.search(text, start, end):
                return  # one of several that are named once: "the region" may be another
            how = "the region that the report speaks of"
    elif earlier and start - earlier[-1].end < (1500 if kinds else 700):
        if any(earlier[-1].end <= at < start or _is_told_by(text, (at, end), earlier[-1]) for at, end in unknown):
            return  # a place was named last that no entry could be chosen for: it is that one, and none before it
        if kinds and earlier[-1].offset_m is not None:
            return  # "Sarn, 10 km north of X ... the town": what lies so far from X is not X
        adjoining = not kinds and (
            start - earlier[-1].end < _JUST_NAMED or not _SENTENCE_END.search(text, earlier[-1].end, start)
        )  # "cleared roads near X and ... there"
        same = _SAME.search(text, start, end)
        leaves = same and _FOR.search(text, max(0, start - 12), start)
        if leaves and len(earlier) > 1 and not _SENTENCE_END.search(text, earlier[-1].end, start):
            earlier = earlier[:-1]  # "left X for the same town": not X
        paragraph = text.rfind("\n", 0, start)
        happened = [ref for ref in earlier if ref.start not in seats]
        spoken = earlier[-1].start in seats and not _SENTENCE_END.search(text, earlier[-1].end, start)
        if kinds and happened and (spoken or happened[-1].start > paragraph):
            earlier = happened  # "authorities in X said so ... in the city" is not X where the text tells of Y
        here = {ref.place_ids[-1] for ref in earlier if ref.start > paragraph} if kinds else set()
        # the only one of its kind in the paragraph, or in the sentence before
        in_sentence = {ref.place_ids[-1] for ref in earlier if not _SENTENCE_END.search(text, ref.end, start)}
        only = (
            same
            or adjoining
            or (kinds and len(in_sentence) == 1)  # "retook X and shot down a jet near the town"
            or len(here) == 1
            or (earlier[-1].start not in seats and _is_sole_before(text, start, earlier, places))
        )
        beside_it = [ref for ref in earlier if ref.start > paragraph] if not kinds else []
        place_id = earlier[-1].place_ids[-1] if only else _most_salient(beside_it or earlier, start)
        if not kinds:
            place_id = _finest_beside(place_id, earlier, places)
        if "district" in kinds and not _holds_what_was_named(place_id, named, start, places):
            return
        how = "the place of that kind that the text speaks of"
    if place_id is None:
        return
    before = text[max(0, start - 60) : start]
    preposition, relation = _preposition(before, spatial) if kinds else ("in", "at")
    yield Reference(
        start,
        end,
        text[start:end],
        (place_id,),
        relation,
        preposition,
        named=False,
        reason=f'"{text[start:end]}" = {places[place_id].name}: {how}',
    )


def _is_told_by(text: str, name: tuple[int, int], ref: Reference) -> bool:
    """Tell whether a place only says where a name lies that no entry has: "X, a village on the road to Y"."""
    return (
        name[1] < ref.start
        and _PUT_BEHIND.match(text, name[1]) is not None
        and not _SENTENCE_END.search(text, name[1], ref.start)
    )


_PUT_BEHIND = re.compile(r",\s+(?:an?|the|which|about|some|near|on|in|\d+)\s", re.IGNORECASE)


def _is_sole_before(text: str, start: int, earlier: Sequence[Reference], places: Gazetteer) -> bool:
    """Tell whether the sentence before names one place, and perhaps what holds it: "there" is that one."""
    ends = [end.end() for end in _SENTENCE_END.finditer(text, max(0, start - _SENTENCE_BEFORE), start)]
    if len(ends) < 2 or "\n" in text[ends[-2] : start]:
        return False
    last = earlier[-1].place_ids[-1]
    told = {ref.place_ids[-1] for ref in earlier if ends[-2] <= ref.start < ends[-1]}
    return last in told and all(place == last or places.within(last, place) for place in told)


_SENTENCE_BEFORE = 600
"""Characters in which the sentence before and its own beginning are looked for."""


def _most_salient(earlier: Sequence[Reference], position: int) -> str:
    """Return the place spoken of most and last: mentions so far, weighed down by the distance to the last one."""
    counts = Counter(ref.place_ids[-1] for ref in earlier)
    last = {ref.place_ids[-1]: ref.end for ref in earlier}
    return max(last, key=lambda place: (counts[place] / (1 + (position - last[place]) / _FADES) ** 2, last[place]))


def _finest_beside(place_id: str, earlier: Sequence[Reference], places: Gazetteer) -> str:
    """Return the place that was named right before the one that holds it: "X village of the Y region ... there" is X."""
    last = next(i for i in range(len(earlier) - 1, -1, -1) if place_id in earlier[i].place_ids)
    if last == 0 or earlier[last].start - earlier[last - 1].end > _HELD_BY:
        return place_id
    finer = earlier[last - 1].place_ids[-1]
    return finer if finer != place_id and places.within(finer, place_id) else place_id


_ANYWHERE = frozenset({"area", "territory"})
"""What "the same" of may be around any place: "over the same area"."""
_OF_PEOPLE = frozenset({"their", "his", "her"})
_HOME = frozenset({"village", "town", "city", "settlement"})
"""What people have of their own: "residents of X ... their village"."""
_SPOKEN_OF = 2
"""How often a report names the region that it speaks of, at least."""
_JUST_NAMED = 80
"""Characters between a place and a "there" that can mean no other."""
_HELD_BY = 25
"""Characters between a place and the one that holds it."""


def _holds_what_was_named(place_id: str, named: Sequence[Reference], position: int, places: Gazetteer) -> bool:
    """Tell whether a district is, or holds, the place that the text named last: another one is not "the district" there."""
    last = next((ref.place_ids[0] for ref in reversed(named) if ref.end <= position), None)
    return last is None or last == place_id or places.within(last, place_id)


_OFFICE = 40
"""Characters before a place in which the office that sits there stands."""
_FROM_THE_DIRECTION = re.compile(r"\bfrom\s+(?:the\s+)?(?:direction|side)\s+of\s+(?:the\s+)?$", re.IGNORECASE)
_LIES_BESIDE = re.compile(
    r",\s+(?:an?|the|which)\s[^,;.:]{3,80}\s(?:of|to|from|with|between|in|at|near)\s+(?:the\s+)?|,\s+(?:(?:just|some|about|not|a\s+\w+)\s+)*(?:near|outside|close\s+to|far\s+from|(?:north|south|east|west)\w*\s+of|beside)\s+"
    r"(?:the\s+)?(?:(?:city|town|village)\s+of\s+)?",
    re.IGNORECASE,
)
"""Between two places: "X, south of Y", "X, the town which guards the road to Y"."""
_TOLD_BY_A_CLAUSE = re.compile(
    r"\s+(?:where|in\s+which|from\s+which|from\s+where|between|linking|connecting|joining)\b", re.IGNORECASE
)
_SENTENCE_END = re.compile(r"[.!?]\s|\n")
_FOR = re.compile(r"\b(?:to|for|towards?)\s+$")
_SAME = re.compile(r"\b(?:same|latter)\b", re.IGNORECASE)
_FADES = 400
"""Characters after which a mention weighs half."""


def _fits(ref: Reference, kinds: Iterable[str], places: Gazetteer) -> bool:
    wanted = set(kinds)
    kind = places[ref.place_ids[0]].kind
    return kind in wanted if wanted else kind not in {"country", "organisation"}
