"""Web pages, saved or fetched: the article's text without menus, and what the page says of itself."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

from geo.inputs.base import Document, Parsed, Unusable, needs
from geo.inputs.metadata import Metadata, to_date
from geo.inputs.plain import encoding_issues
from geo.inputs.text import Decoded, decode

if TYPE_CHECKING:
    from geo.inputs.base import Source

_CHARSET = re.compile(
    rb"""(?:<meta[^>]{0,200}charset|\A\s*<\?xml[^>]{0,200}encoding)\s*=\s*["']?\s*([A-Za-z0-9_:.-]{2,40})""",
    re.IGNORECASE,
)
_BOMS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_LANG = re.compile(r"""<html[^>]{0,500}\blang\s*=\s*["']?([A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)""", re.IGNORECASE)


def read_page(source: Source) -> Parsed:
    """Read the article of an HTML page with trafilatura; offsets count the extracted text.

    The day is taken only where the page states it (metadata or a visible date), never from the day of fetching.
    """
    trafilatura = needs("trafilatura", "web", "A web page")
    decoded = page_text(source)
    html = decoded.text
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
    document = Document(text + "\n", metadata, encoding=decoded.encoding)
    return Parsed((document,), encoding_issues(decoded, source.where))


def page_text(source: Source) -> Decoded:
    """Decode a page or feed by its mark, the server's word, its own, or as text is, in this order; bad bytes are replaced.

    >>> from geo.inputs.base import Source
    >>> page_text(Source("a", '<?xml version="1.0" encoding="koi8-r"?><a>Шуша</a>'.encode("koi8-r"))).text[-8:]
    'Шуша</a>'
    >>> page_text(Source("a", "Шуша".encode("koi8-r"), charset="no-such")).guessed
    True
    """
    data = source.data
    declared = _CHARSET.search(data[:4096])
    named = (source.charset, declared[1].decode("ascii") if declared else "")
    for name in () if data.startswith(_BOMS) else named:
        try:
            return Decoded(data.decode(name), codecs.lookup(name).name)
        except (LookupError, UnicodeError):
            continue
    decoded = decode(data)
    if decoded is None:
        raise Unusable("binary", "this is not a web page", "Save the page as HTML.")
    return decoded
