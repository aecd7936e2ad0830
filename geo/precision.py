"""How exactly a place's name can say where: UCDP GED's where_prec by the kind of the place."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from gazetteer.model import SETTLEMENTS
from geo import data

if TYPE_CHECKING:
    from gazetteer.model import Place
    from geo.model import GeoPrecision

_BY_KIND: dict[str, GeoPrecision] = {
    "country": 6, "province": 4, "district": 3, "lake": 7, "reservoir": 7, "sea": 7,
    "region": 5, "line": 5, "area": 5, "corridor": 5, "range": 5, "gorge": 5, "river": 5, "road": 5, "railway": 5,
}  # fmt: skip


@lru_cache(maxsize=4)
def _words_of_districts(language: str) -> frozenset[str]:
    """Return the words that make a town's name that of the country around it, in the singular and the plural."""
    kinds = data.table(language, "kinds")
    words = {word for word, held in kinds["hard"].items() if held[0] in {"district", "province"}}
    return frozenset(words | {plural for plural, word in kinds["plural"].items() if word in words})


def precision_of(place: Place, text: str = "", language: str = "en") -> GeoPrecision | None:
    """Return how exactly a place's name says where, on UCDP's scale: 1 exact ... 7 water or air; None: nowhere.

    With `text`, what the report calls it: "Orrin region" says less than "Orrin" where the gazetteer has the town only.

    >>> from gazetteer.model import Place
    >>> [precision_of(Place("x", kind, ())) for kind in ("town", "district", "corridor", "country", "sea")]
    [1, 3, 5, 6, 7]
    >>> precision_of(Place("orrin", "town", ()), "Orrin region"), precision_of(Place("orrin", "town", ()), "")
    (3, 1)
    >>> precision_of(Place("european-union", "organisation", ())) is None
    True
    """
    if place.kind in SETTLEMENTS:
        return 3 if text.rpartition(" ")[2].lower() in _words_of_districts(language) else 1
    if place.kind == "organisation":
        return None
    return _BY_KIND.get(place.kind, 1)  # bridges, bases, churches, peaks: one spot each
