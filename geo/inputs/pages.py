"""Web pages, saved or fetched: the article's text without menus, and what the page says of itself."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from geo.inputs.base import Document, Parsed, Unusable, needs
from geo.inputs.metadata import Metadata, to_date
from geo.inputs.text import decode

if TYPE_CHECKING:
    from geo.inputs.base import Source

_CHARSET = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*([A-Za-z0-9_:.-]{2,40})""", re.IGNORECASE)
_LANG = re.compile(r"""<html[^>]{0,500}\blang\s*=\s*["']?([A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)""", re.IGNORECASE)


def read_page(source: Source) -> Parsed:
    """Read the article of an HTML page with trafilatura; offsets count the extracted text.

    The day is taken only where the page states it (metadata or a visible date), never from the day of fetching.
    """
    trafilatura = needs("trafilatura", "web", "A web page")
    html = page_text(source.data)
    found = trafilatura.bare_extraction(
        html, url=source.known.url or None, with_metadata=True, include_comments=False, include_tables=True,
        favor_precision=True, date_extraction_params={"extensive_search": False, "original_date": True},
    )  # fmt: skip
    text = (getattr(found, "text", None) or "").strip()
    if not text:
        raise Unusable(
            "no-text", "this page holds no article text", "Save the article itself, or copy its text into a .txt file."
        )
    language = _LANG.search(html[:5000])
    metadata = Metadata(
        title=found.title or "",
        publisher=found.sitename or "",
        published=to_date(found.date or ""),
        url=found.url or "",
        language=language[1] if language else "",
    )
    return Parsed((Document(text + "\n", metadata),))


def page_text(data: bytes) -> str:
    """Decode a page by its mark, its meta element or UTF-8, in this order."""
    declared = _CHARSET.search(data[:4096])
    if declared:
        try:
            return data.decode(declared[1].decode("ascii"))
        except (LookupError, UnicodeDecodeError):
            pass
    decoded = decode(data)
    if decoded is None:
        raise Unusable("binary", "this is not a web page", "Save the page as HTML.")
    return decoded.text
