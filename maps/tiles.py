"""Online background maps: a choice that the reader of a page makes, never the default.

A page contacts nobody until its reader chooses one of these; the page then says which server it asks for pictures.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from gazetteer.errors import FormatError

if TYPE_CHECKING:
    from collections.abc import Iterable

OFFERED: tuple[str, ...] = ("OpenStreetMap.Mapnik", "OpenTopoMap", "Esri.WorldImagery")
"""Names in the xyzservices collection that a page offers when nothing else is said."""
_HOST = re.compile(r"[a-z0-9*.-]+(:\d+)?")


def choices(names: Iterable[str]) -> list[dict[str, Any]]:
    """Return what the page needs to know of tile layers, by their names in the xyzservices collection.

    Raises:
        FormatError: no such layer, or one that needs a key.

    >>> choices([])
    []
    >>> choices(["OpenTopoMap"])[0]["host"]
    '*.tile.opentopomap.org'

    """
    import xyzservices.providers as collection  # noqa: PLC0415  (slow, and needed for a page only)

    found = []
    for name in names:
        try:
            provider = collection.query_name(name)
        except ValueError as error:
            raise FormatError(
                f'no tile layer is called "{name}". `python -c "import xyzservices; print(list(xyzservices.providers.flatten()))"` lists them.'
            ) from error
        if provider.requires_token():
            raise FormatError(f'the tile layer "{name}" needs a key; choose one that does not')
        url = provider.build_url(fill_subdomain=False)
        host = urlsplit(url.replace("{s}", "*")).netloc.lower()
        if not url.startswith("https://") or not _HOST.fullmatch(host):
            raise FormatError(f'the tile layer "{name}" has the address {url}, which is not a plain https address')
        found.append(
            {
                "name": provider["name"],
                "url": url,
                "host": host,
                "attribution": provider.get("attribution", ""),
                "subdomains": provider.get("subdomains", "abc"),
                "max_zoom": int(provider.get("max_zoom", 18)),
            }
        )
    return found
