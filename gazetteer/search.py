"""Finding a place by a name as somebody remembers it: any script, typing errors forgiven, the best first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gazetteer.names import normalise
from gazetteer.transliteration import ascii_form

if TYPE_CHECKING:
    from gazetteer.index import Gazetteer
    from gazetteer.model import Place

EXACT = 100.0
BEGINS = 90.0
"""A name that begins with what was typed ranks above every misspelling."""
FORGIVEN = 72.0
"""Below this likeness (rapidfuzz ratio) a name is another name: one wrong letter in four."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A place that was found, the spelling that was met, and how well from 0 to 100."""

    place: Place
    spelling: str
    score: float


def search(places: Gazetteer, text: str, limit: int = 10) -> tuple[Hit, ...]:
    """Return the places whose names are likest to a text, the best first; () where nothing is like it.

    >>> from gazetteer.index import Gazetteer
    >>> from gazetteer.model import Place, Toponym
    >>> towns = Gazetteer([Place("lachin", "town", (Toponym("Lachin"), Toponym("Laçın", "az-Latn")))])
    >>> [(hit.place.id, hit.spelling) for hit in search(towns, "Lachim")], search(towns, "Quba"), search(towns, "")
    ([('lachin', 'Lachin')], (), ())
    """
    from rapidfuzz import fuzz, process  # noqa: PLC0415  (kept out of the start-up)

    spellings = places.spellings()
    keys: dict[str, str] = {}
    for form in spellings:
        keys.setdefault(normalise(form), form)
    for place in places:
        keys.setdefault(normalise(place.id), place.name)
    best: dict[str, Hit] = {}
    for query in dict.fromkeys((normalise(text), normalise(ascii_form(text)))):
        if not query:
            continue
        found = process.extract(query, keys.keys(), scorer=fuzz.ratio, score_cutoff=FORGIVEN, limit=limit * 10)
        scored = [(key, EXACT if key == query else min(score, BEGINS)) for key, score, _ in found]
        scored += [(key, BEGINS + 9 * len(query) / len(key)) for key in keys if key != query and key.startswith(query)]
        for key, score in scored:
            bearers = places.named(key) or tuple(p for p in places if normalise(p.id) == key)
            for place in bearers:
                if place.id not in best or score > best[place.id].score:
                    best[place.id] = Hit(place, keys[key], score)
    return tuple(sorted(best.values(), key=lambda hit: (-hit.score, hit.place.id))[:limit])
