"""RSS and Atom feeds: each entry with its own text, title, day and link."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

from geo.inputs.base import Document, Parsed, Unusable, needs, problem
from geo.inputs.metadata import Metadata
from geo.inputs.pages import page_text
from geo.inputs.plain import encoding_issues

if TYPE_CHECKING:
    from geo.inputs.base import Source

_ENTITY = re.compile(rb"<!ENTITY", re.IGNORECASE)
_TAG = re.compile(r"<[a-zA-Z/!][^>]*>")
_SHORT = 400  # characters under which an entry is most likely a teaser


def read_feed(source: Source) -> Parsed:
    """Read the entries of a feed; pages behind their links are not fetched.

    A document type that defines entities is refused: feeds have no use for it, and a few lines of it can fill the memory.
    """
    if _ENTITY.search(source.data):
        raise Unusable(
            "entities",
            "this feed defines XML entities, as attacks on readers do",
            "Fetch the feed from its publisher again.",
        )
    feedparser = needs("feedparser", "feeds", "A feed")
    decoded = page_text(source)
    found = feedparser.parse(
        decoded.text.encode("utf-8"), response_headers={"content-type": "application/xml; charset=utf-8"}
    )
    if not found.get("version") and not found.entries:
        raise Unusable("no-feed", "this XML is no RSS or Atom feed", "Give the address or file of the feed itself.")
    if not found.entries:
        raise Unusable("no-entries", "this feed has no entries", "Fetch it again later.")
    publisher, language = str(found.feed.get("title", "")), str(found.feed.get("language", ""))
    documents, short, empty = [], 0, 0
    for number, entry in enumerate(found.entries, 1):
        text = _text(entry)
        if not text:
            empty += 1
            continue
        short += len(text) < _SHORT
        metadata = Metadata(str(entry.get("title", "")), publisher, None, str(entry.get("link", "")), language)
        # Asked with "in" first: feedparser answers "updated" with "published" where there is none, and grumbles.
        day = entry.get("published_parsed") or ("updated_parsed" in entry and entry.get("updated_parsed"))
        if day:
            metadata = Metadata(published=date(*day[:3])).over(metadata)
        documents.append(Document(text + "\n", metadata, 0, decoded.encoding, f"{source.name}#{number}"))
    if not documents:
        raise Unusable("no-text", "no entry of this feed has a text", "Give the pages themselves.")
    issues = list(encoding_issues(decoded, source.where))
    if short:
        issues.append(problem("teasers", f"{short} of {len(found.entries)} entries are so short that they may be teasers",
                              "Give the pages themselves for the whole text.", file=source.where))  # fmt: skip
    if found.get("bozo") and not empty:
        issues.append(
            problem("bad-xml", "this feed is not well-formed XML; what could be read was", "", file=source.where)
        )
    return Parsed(tuple(documents), tuple(issues))


def _text(entry: Any) -> str:
    """Return the fullest text of an entry, with its markup taken off."""
    bodies = [str(content.get("value", "")) for content in entry.get("content", ())] + [str(entry.get("summary", ""))]
    body = max(bodies, key=len)
    if not _TAG.search(body):
        return body.strip()
    html = needs("lxml.html", "feeds", "Markup in a feed")
    try:
        root = html.fromstring(f"<div>{body}</div>")
    except ValueError:
        return _TAG.sub(" ", body).strip()
    for block in root.iter("p", "br", "div", "li", "h1", "h2", "h3", "blockquote"):
        block.tail = "\n" + (block.tail or "")
    return re.sub(r"[ \t]*\n\s*", "\n", root.text_content()).strip()
