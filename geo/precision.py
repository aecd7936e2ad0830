"""How exactly a place's name can say where: UCDP GED's where_prec by the kind of the place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gazetteer.model import SETTLEMENTS

if TYPE_CHECKING:
    from gazetteer.model import Place
    from geo.model import GeoPrecision

_BY_KIND: dict[str, GeoPrecision] = {
    "country": 6, "province": 4, "district": 3, "lake": 7, "reservoir": 7, "sea": 7,
    "region": 5, "line": 5, "area": 5, "corridor": 5, "range": 5, "gorge": 5, "river": 5, "road": 5, "railway": 5,
}  # fmt: skip


def precision_of(place: Place) -> GeoPrecision | None:
    """Return how exactly a place's name says where, on UCDP's scale: 1 exact ... 7 water or air; None: nowhere.

    >>> from gazetteer.model import Place
    >>> [precision_of(Place("x", kind, ())) for kind in ("town", "district", "corridor", "country", "sea")]
    [1, 3, 5, 6, 7]
    >>> precision_of(Place("european-union", "organisation", ())) is None
    True
    """
    if place.kind in SETTLEMENTS:
        return 1
    if place.kind == "organisation":
        return None
    return _BY_KIND.get(place.kind, 1)  # bridges, bases, churches, peaks: one spot each
