"""Positions that a geocoding service proposes for a name; a person chooses, and the entry says what came from where."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from gazetteer.errors import GeocoderError

if TYPE_CHECKING:
    from collections.abc import Callable

USER_AGENT = "conflict-mapper-gazetteer/0.1"
PAUSE_S = 1.0
"""Nominatim's usage policy: one request a second at most. We wait before each, so that runs in a row keep it too."""
PRECISION_M = 1_000.0
"""What a proposed position is trusted to unless the person says otherwise."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A position that a service proposes: its own words for the place, and the source line that an entry gets."""

    lat: float
    lon: float
    label: str
    source: str
    links: tuple[tuple[str, str], ...] = ()


def suggest(
    name: str, service: str = "nominatim", limit: int = 5, *, pause: Callable[[float], None] = time.sleep
) -> tuple[Suggestion, ...]:
    """Ask a geopy geocoder where a name lies; () where it knows no such place.

    `service` is a name that `geopy.geocoders.get_geocoder_for_service` knows and that needs no key, such as
    "nominatim" or "photon". Raises `GeocoderError` where it is not known, cannot be reached, or refuses.
    """
    from geopy.exc import GeocoderNotFound, GeopyError  # noqa: PLC0415  (geopy is slow to import)
    from geopy.geocoders import get_geocoder_for_service  # noqa: PLC0415

    try:
        geocoder = get_geocoder_for_service(service)(user_agent=USER_AGENT)
    except GeocoderNotFound:
        raise GeocoderError(f'geopy has no geocoder "{service}". Try "nominatim" or "photon"') from None
    except (TypeError, GeopyError) as error:
        raise GeocoderError(f'the geocoder "{service}" needs more than a name ({error}). Try "nominatim"') from error
    pause(PAUSE_S)
    try:
        found: list[Any] = geocoder.geocode(name, exactly_one=False) or []
    except GeopyError as error:
        reason = type(error).__name__.removeprefix("Geocoder")
        raise GeocoderError(
            f'the geocoder "{service}" gave no answer ({reason}). Give the position with --lat and --lon instead'
        ) from error
    return tuple(_suggestion(location, service) for location in found[:limit])


def _suggestion(location: Any, service: str) -> Suggestion:
    raw = location.raw if isinstance(location.raw, dict) else {}
    osm = f"{raw['osm_type']}/{raw['osm_id']}" if {"osm_type", "osm_id"} <= raw.keys() else ""
    credit = " (OpenStreetMap contributors, ODbL)" if service in {"nominatim", "photon"} else ""
    label = " ".join(str(location.address).split())
    source = f"{service}{credit}: {osm or label}"
    return Suggestion(
        round(location.latitude, 6), round(location.longitude, 6), label, source, (("osm", osm),) if osm else ()
    )
