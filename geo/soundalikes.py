"""Unlisted spellings of listed names: a name that the text marks as a place, and that sounds like exactly one entry nearby.

Reporters spell villages by ear ("Ballydja", "Boyukbehmenli"). Such a name counts as an entry's only where the text says that it
is a place, one entry alone sounds so (`gazetteer.sounds`), and the report names other places within reach of that entry.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from gazetteer.index import distance_m
from gazetteer.sounds import SHORTEST_SOUND, sound
from geo import data
from geo.model import Mention
from geo.unknown import unknown_names
from geo.world import is_curated

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from gazetteer.index import Gazetteer
    from gazetteer.model import Place
    from geo.recognise import Recognition

WITHIN_M = 120_000
"""How near a place that the report names must lie to the entry, in metres."""
_LATIN_BELOW = "Ͱ"


def with_soundalikes(text: str, recognition: Recognition, places: Gazetteer, language: str = "en") -> Recognition:
    """Return what was recognised together with the marked names that sound like one entry near the others.

    >>> from gazetteer.model import Place, Point, Toponym
    >>> from gazetteer.index import Gazetteer
    >>> from geo.recognise import GazetteerRecogniser, Recognition
    >>> towns = Gazetteer(
    ...     [
    ...         Place("ballija", "village", (Toponym("Ballıca", "az-Latn"),), point=Point(39.9, 46.7, 500)),
    ...         Place("orrin", "town", (Toponym("Orrin"),), point=Point(39.8, 46.8, 500)),
    ...     ]
    ... )
    >>> text = "Shells fell on Orrin and near Ballydja."
    >>> found = with_soundalikes(text, GazetteerRecogniser(towns).recognise(text), towns)
    >>> [(m.text, m.candidates, m.sounds_like) for m in found.mentions]
    [('Orrin', ('orrin',), ''), ('Ballydja', ('ballija',), 'Ballıca')]
    >>> with_soundalikes("", Recognition(), towns)
    Recognition(mentions=(), demonyms=(), actors=())
    """
    spans = [(m.start, m.end) for m in recognition.mentions]
    known = spans + [(spot.start, spot.end) for spot in (*recognition.demonyms, *recognition.actors)]
    strange = unknown_names(text, known, language, spans)
    if not strange:
        return recognition
    around = [place for place in _sure(recognition.mentions, places) if place.point]
    kinds = data.table(language, "kinds")["hard"]
    added = []
    for name in strange:
        bearers = _by_sound(places).get(sound(name.text), {}) if around else {}
        fitting = {i: form for i, form in bearers.items() if _is_near(places[i], around)}
        if len(bearers) == len(fitting) == 1:
            ((place_id, form),) = fitting.items()
            kind_word = name.marker if name.marker in kinds else ""
            added.append(Mention(name.start, name.end, name.text, (place_id,), kind_word, sounds_like=form))
    if not added:
        return recognition
    return replace(recognition, mentions=tuple(sorted((*recognition.mentions, *added), key=lambda m: m.start)))


def _sure(mentions: Iterable[Mention], places: Gazetteer) -> tuple[Place, ...]:
    """Return the places of the mentions that only one entry can be meant by, countries aside."""
    alone = {m.candidates[0] for m in mentions if len(m.candidates) == 1 and not m.inside}
    return tuple(place for i in sorted(alone) if (place := places.get(i)) is not None and place.kind != "country")


def _is_near(place: Place, around: Iterable[Place]) -> bool:
    here = place.point
    return here is not None and any(
        distance_m(here.lat, here.lon, other.point.lat, other.point.lon) <= WITHIN_M for other in around if other.point
    )


@lru_cache(maxsize=8)
def _by_sound(places: Gazetteer) -> Mapping[str, Mapping[str, str]]:
    """Return the curated entries by what their names in Latin letters sound like, each with the name that does."""
    found: dict[str, dict[str, str]] = {}
    for place in places:
        if is_curated(place) and place.kind != "country":
            for name in place.names:
                key = sound(name.text, name.lang) if name.text[0] < _LATIN_BELOW else ""
                if len(key) >= SHORTEST_SOUND:
                    found.setdefault(key, {}).setdefault(place.id, name.text)
    return found
