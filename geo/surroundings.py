"""What a report says around its mentions, worked out once: sure places with their distances, words, sentences, lists.

Resolving asks the same questions for every candidate of every mention. Here each is answered once a report: where a
word stands, which sure places lie near an entry, which mentions are joined in a list, which is put inside which
("Paris, Texas").
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from gazetteer.index import EARTH_RADIUS_M
from geo import data
from geo.world import is_curated

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gazetteer.index import Gazetteer
    from gazetteer.model import Place
    from geo.model import Mention
    from geo.recognise import Spot
    from geo.text import Sentence

NEAR_M = 120_000
"""A candidate this near to the report's other places is supported by them."""

_DISTRICTS = frozenset({"district", "region", "rayon", "raion", "county", "province"})
_HOLDERS = frozenset({"country", "region", "province", "district", "area"})
_SMALL_M = 60_000
"""Radius of the largest region that says as much of where a village lies as a district does."""
_LONGEST_JOINT = 48
"""Characters that may part two mentions of one list."""
_WORD = re.compile(r"[^\W\d_]+")
_PUT_INSIDE = re.compile(
    r"(?:,[ \u00a0](?:in[ \u00a0](?:the[ \u00a0](?:far[ \u00a0-])?(?:north|south|east|west|centre|center)[a-z-]*[ \u00a0](?:part[ \u00a0])?of[ \u00a0])?(?:the[ \u00a0])?)?"
    r"|[ \u00a0]\()"
)
"""Between a place and what holds it: "X, Y", "X (Y)", "X, in the north of Y"."""
_OF_HOLDER = re.compile(
    r"(?:,)?[ \u00a0](?:(?!and|or|but|while|then|also)[a-z]+[ \u00a0])?(?:of|in)[ \u00a0](?:the[ \u00a0])?"
)
"""Between a place and the district, named as such, that holds it: "X village of the Y district", "X, in the Y region"."""
_IN_REGION = re.compile(
    r",?[ \u00a0]in[ \u00a0](?:the[ \u00a0])?(?:(?:breakaway|separatist|disputed|(?:north|south|east|west|centr)\w*)[ \u00a0](?:part[ \u00a0]of[ \u00a0](?:the[ \u00a0])?)?)?"
)
"""Between a place and the country or region that holds it: "X in Y", "X, in southern Y"."""
_HOLDERS_OWN = re.compile(r"['’]s[ \u00a0](?:[a-z]+[ \u00a0]){0,3}")
"""Between a district and a place of it: "the Y district's X", "Y district's border village of X"."""
_IN_THE_SAME = re.compile(
    r"(?:[ \u00a0](?:village|settlement|town|city))?,?[ \u00a0](?:of|in)[ \u00a0](?:the[ \u00a0])?(?:same|said|that|mentioned|above-mentioned|aforementioned)"
    r"[ \u00a0](?:district|region|province|rayon)\b"
)
_PUT_INSIDE_ENDS = re.compile(r"[ \u00a0]?[,.;:)(—–-]|\s*$|\s*\n")


@dataclass(frozen=True, slots=True)
class Anchor:
    """A place that the report names without doubt, and where (offsets, sorted)."""

    place: Place
    starts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Neighbour:
    """An anchor and how far it lies from the place that was asked about."""

    anchor: Anchor
    metres: float


class Surroundings:
    """One report as the resolver looks at it; answers are kept, for they are asked for again and again."""

    def __init__(
        self,
        text: str,
        mentions: Sequence[Mention],
        demonyms: Sequence[Spot],
        sentences: Sequence[Sentence],
        places: Gazetteer,
        language: str = "en",
    ) -> None:
        self.text = text
        self._mentions = mentions
        self._demonyms = demonyms
        self._sentences = sentences
        self._starts = [s.start for s in sentences]
        self._places = places
        self._joining = frozenset(data.table(language, "kinds").get("joining", {}).get("words", ()))
        self._kinds = data.table(language, "kinds")
        self._found: dict[str, tuple[int, ...]] = {}
        self._near: dict[str, tuple[Neighbour, ...]] = {}
        self.named: dict[str, set[str]] = {}
        """By which words the places are named that are named without any doubt, by id."""
        self.anchors = self._sure()
        """These places, and the polities whose people are named, by id."""

    # ------------------------------------------------------------------------------------------------------- words

    @cached_property
    def _lower(self) -> str:
        return self.text.replace("İ", "I").lower()  # the one letter that grows by a character when it is made small

    def occurrences(self, word: str) -> tuple[int, ...]:
        """Return where a word or phrase stands in the report, in whatever case."""
        known = self._found.get(word)
        if known is None:
            known = self._found[word] = tuple(_whole_words(self._lower, word.lower()))
        return known

    def occurs_in(self, word: str, start: int, end: int) -> bool:
        """Tell whether a word stands in a stretch of the report."""
        at = self.occurrences(word)
        k = bisect_left(at, start)
        return k < len(at) and at[k] < end

    def sentence_of(self, offset: int) -> tuple[int, int]:
        """Return the span of the sentence around an offset; the whole text where there is none."""
        k = bisect_right(self._starts, offset) - 1
        if k >= 0 and offset < self._sentences[k].end:
            return self._sentences[k].start, self._sentences[k].end
        return 0, len(self.text)

    # ------------------------------------------------------------------------------------------------------ places

    def _sure(self) -> dict[str, Anchor]:
        starts: dict[str, list[int]] = {}
        for mention in self._mentions:
            sole = self._sole(mention)
            if sole is not None:
                starts.setdefault(sole, []).append(mention.start)
                self.named.setdefault(sole, set()).add(mention.text)
        sure = {
            i: at for i, at in starts.items() if (p := self._places.get(i)) is not None and not p.match.needs_context
        }
        for spot in self._demonyms:
            if len(spot.ids) == 1 and spot.ids[0] in self._places:
                sure.setdefault(spot.ids[0], []).append(spot.start)
                self.named.setdefault(spot.ids[0], set()).add(spot.text)
        return {i: Anchor(self._places[i], tuple(sorted(at))) for i, at in sure.items()}

    def _sole(self, mention: Mention) -> str | None:
        """Return the only entry of a name; the world behind the gazetteer does not count beside an entry."""
        if len(mention.candidates) == 1:
            return mention.candidates[0]
        curated = [i for i in mention.candidates if (p := self._places.get(i)) is not None and is_curated(p)]
        return curated[0] if len(curated) == 1 else None

    def with_anchors(self, found: dict[str, list[int]]) -> Surroundings:
        """Return the same report with further places taken as sure: id to offsets."""
        more = Surroundings(self.text, self._mentions, self._demonyms, self._sentences, self._places)
        more._joining, more._kinds, more._found = self._joining, self._kinds, self._found
        anchors = dict(self.anchors)
        for place_id, at in found.items():
            known = anchors[place_id].starts if place_id in anchors else ()
            anchors[place_id] = Anchor(self._places[place_id], tuple(sorted({*known, *at})))
        more.named = self.named
        more.anchors = anchors
        return more

    @cached_property
    def _located(self) -> list[tuple[Anchor, tuple[float, float, float]]]:
        return [
            (anchor, _on_sphere(anchor.place.point.lat, anchor.place.point.lon))
            for anchor in self.anchors.values()
            if anchor.place.point is not None and anchor.place.kind not in {"country", "organisation"}
        ]

    def neighbours(self, place: Place) -> tuple[Neighbour, ...]:
        """Return the sure places near a place, nearest first; without itself and without what it lies in."""
        known = self._near.get(place.id)
        if known is None:
            known = self._near[place.id] = self._measure(place)
        return known

    def _measure(self, place: Place) -> tuple[Neighbour, ...]:
        if place.point is None:
            return ()
        here = _on_sphere(place.point.lat, place.point.lon)
        holders = self._places.ancestors(place.id)
        found = []
        for anchor, there in self._located:
            metres = EARTH_RADIUS_M * 2 * math.asin(min(1.0, math.dist(here, there) / 2))
            if metres < NEAR_M and anchor.place.id != place.id and anchor.place.id not in holders:
                found.append(Neighbour(anchor, metres))
        return tuple(sorted(found, key=lambda n: (n.metres, n.anchor.place.id)))

    # ------------------------------------------------------------------------------------------------------- lists

    @cached_property
    def _lists(self) -> list[int]:
        """The number of the list that each mention is in."""
        numbers, number = [], 0
        for k, mention in enumerate(self._mentions):
            if k and not self._joined(self._mentions[k - 1].end, mention.start):
                number += 1
            numbers.append(number)
        return numbers

    def _joined(self, start: int, end: int) -> bool:
        """Tell whether nothing but "and", "near", "the village of" parts two mentions."""
        if end - start > _LONGEST_JOINT:
            return False
        words = _WORD.findall(self.text, start, end)
        if not words:
            return "," in self.text[start:end] or "/" in self.text[start:end]
        kinds = self._kinds
        return all(w in self._joining or w in kinds["hard"] or w in kinds["plural"] for w in words)

    def joined_with(self, index: int) -> tuple[int, int]:
        """Return the span of the list that a mention is in: itself where it stands alone."""
        number, first, last = self._lists[index], index, index
        while first and self._lists[first - 1] == number:
            first -= 1
        while last + 1 < len(self._lists) and self._lists[last + 1] == number:
            last += 1
        return self._mentions[first].start, self._mentions[last].end

    def put_inside(self, index: int) -> Place | None:
        """Return the country or region that the text puts a mention in ("Paris, Texas,"), or None.

        Lists look alike ("Baku, Armenia and Iran"), and so do clauses ("In Baku, Armenia said"): the second name must
        be the last one and be followed by a mark.
        """
        same = (
            self._same_holder(index)
            or self._own_holder(index)
            or self._holder_of_list(index)
            or self._region_around(index)
        )
        if same is not None or index + 1 >= len(self._mentions):
            return same
        here, there = self._mentions[index], self._mentions[index + 1]
        if not _PUT_INSIDE.fullmatch(self.text, here.end, there.start) or not _PUT_INSIDE_ENDS.match(
            self.text, there.end
        ):
            return None
        holder = self._holder(here, there)
        if holder is None or self._places_are_alike(here, holder):
            return None
        if self.text[there.end : there.end + 1] == "," and index + 2 < len(self._mentions):
            after = self._mentions[index + 2]
            if self._joined(there.end, after.start) and self._places_are_alike(after, holder):
                return None
        return holder

    def _holder_of_list(self, index: int) -> Place | None:
        """Return the district that follows a name, or a list of them ("X and Z villages of the Y district").

        Within a list only what has an entry there is put there, for the district may go with the last name alone.
        """
        last = index
        while last + 1 < len(self._mentions):
            here, there = self._mentions[last], self._mentions[last + 1]
            if _names_a_district(there) and _OF_HOLDER.fullmatch(self.text, here.end, there.start):
                holder = self._holder(self._mentions[index], there)
                if holder is None or not is_small(holder) or self._places_are_alike(self._mentions[index], holder):
                    return None
                return holder if last == index or self._has_one_in(self._mentions[index], holder) else None
            if not self._joined(here.end, there.start):
                return None
            last += 1
        return None

    def _region_around(self, index: int) -> Place | None:
        """Return the country or region that a name is said to lie in ("the town of X in Y"), where not all of that name do."""
        if index + 1 >= len(self._mentions):
            return None
        here, there = self._mentions[index], self._mentions[index + 1]
        if len(here.candidates) < 2 or not _IN_REGION.fullmatch(self.text, here.end, there.start):
            return None
        holder = self._holder(here, there)
        if holder is None or self._places_are_alike(here, holder):
            return None
        inside = sum(self._places.within(i, holder.id) for i in here.candidates)
        return holder if 0 < inside < len(here.candidates) else None

    def _own_holder(self, index: int) -> Place | None:
        """Return the district whose own a name is called ("the Y district's village of X")."""
        here, before = self._mentions[index], self._mentions[index - 1] if index else None
        if before is None or not _names_a_district(before):
            return None
        if _HOLDERS_OWN.fullmatch(self.text, before.end, here.start) is None:
            return None
        holder = self._holder(here, before)
        return holder if holder is not None and is_small(holder) and self._has_one_in(here, holder) else None

    def _has_one_in(self, mention: Mention, holder: Place) -> bool:
        return any(self._places.within(i, holder.id) and i != holder.id for i in mention.candidates)

    def _same_holder(self, index: int) -> Place | None:
        """Return the district named last that holds a place said to lie in "the same district"."""
        here = self._mentions[index]
        if _IN_THE_SAME.match(self.text, here.end) is None:
            return None
        for before in reversed(self._mentions[:index]):
            for i in before.candidates:
                holder = self._places.get(i)
                if holder is not None and holder.kind == "district":
                    return holder if self._has_one_in(here, holder) else None
        return None

    def _holder(self, here: Mention, there: Mention) -> Place | None:
        """Return the country or region of a name that holds a place of the other name; else the only one of that name."""
        holders = [p for i in there.candidates if (p := self._places.get(i)) is not None and p.kind in _HOLDERS]
        for holder in holders:
            if self._has_one_in(here, holder):
                return holder
        sole = self._sole(there)
        return next((holder for holder in holders if holder.id == sole), None)

    def _places_are_alike(self, mention: Mention, place: Place) -> bool:
        return any((p := self._places.get(i)) is not None and p.kind == place.kind for i in mention.candidates)


def _names_a_district(mention: Mention) -> bool:
    """Tell whether the text calls a place a district or region, beside its name or as a part of it."""
    return mention.kind_word in _DISTRICTS or mention.text.rpartition(" ")[2].lower() in _DISTRICTS


def is_small(holder: Place) -> bool:
    """Tell whether to lie in a place says much of where: in a district or a province of such a size."""
    return holder.kind == "district" or (
        holder.kind in _HOLDERS and holder.point is not None and holder.point.precision_m <= _SMALL_M
    )


def _on_sphere(lat: float, lon: float) -> tuple[float, float, float]:
    phi, lam = math.radians(lat), math.radians(lon)
    return math.cos(phi) * math.cos(lam), math.cos(phi) * math.sin(lam), math.sin(phi)


def _whole_words(lower: str, word: str) -> list[int]:
    found, at = [], lower.find(word)
    while at >= 0:
        end = at + len(word)
        if not (at and lower[at - 1].isalnum()) and not (end < len(lower) and lower[end].isalnum()):
            found.append(at)
        at = lower.find(word, at + 1)
    return found
