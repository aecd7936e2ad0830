"""Archives of the web (WARC): every HTML page in them that was answered with success."""

from __future__ import annotations

import contextlib
import io
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from geo.inputs.base import MAX_TEXT, Parsed, Source, Unusable, needs, problem
from geo.inputs.metadata import Metadata
from geo.inputs.pages import read_page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gazetteer.errors import Issue
    from geo.inputs.base import Document

MAX_PAGES = 20_000


def read_warc(source: Source) -> Parsed:
    """Read the pages of a .warc or .warc.gz file; what is no page, too large or without text is counted and told."""
    archive = needs("warcio.archiveiterator", "warc", "A web archive").ArchiveIterator
    needs("trafilatura", "warc", "A web archive")
    documents: list[Document] = []
    issues: list[Issue] = []
    skipped = 0
    grumbled = io.StringIO()  # warcio prints what it mends
    try:
        with contextlib.redirect_stderr(grumbled):
            for page in _pages(archive(io.BytesIO(source.data))):
                if len(documents) >= MAX_PAGES:
                    what = f"only the first {MAX_PAGES} pages were read"
                    issues.append(problem("long", what, "Split it.", file=source.where))
                    break
                document = _document(page, f"{source.name}#{len(documents) + 1}")
                skipped += document is None
                documents += [document] if document else []
    except Exception as error:  # a cut or broken archive can raise nearly anything from inside the parser
        if not documents:
            raise Unusable("bad-warc", "this is no web archive, or it is cut or damaged", "Fetch it again.") from error
        message = f"the archive breaks off or is damaged; {len(documents)} pages were read"
        issues.append(problem("cut", message, "Fetch it again.", file=source.where, severity="error"))
    if not documents:
        raise Unusable(
            "no-pages", "this web archive holds no page with text", "Look whether it was made of the right site."
        )
    if grumbled.getvalue():
        issues.append(problem("damaged", "records of this archive are damaged; what could be read was", "Fetch it again.",
                              file=source.where))  # fmt: skip
    if skipped:
        issues.append(problem("skipped", f"{skipped} pages of this archive hold no article text", file=source.where))
    return Parsed(tuple(documents), tuple(issues))


def _pages(records: Any) -> Iterator[tuple[bytes, Metadata]]:
    """Yield the body of every HTML page that was answered with success, with its address and day of fetching."""
    for record in records:
        if record.rec_type != "response" or record.http_headers is None:
            continue
        kind = record.http_headers.get_header("Content-Type") or ""
        if record.http_headers.get_statuscode().startswith("2") and "html" in kind:
            about = record.rec_headers
            address, when = about.get_header("WARC-Target-URI") or "", about.get_header("WARC-Date") or ""
            yield record.content_stream().read(MAX_TEXT + 1), Metadata(url=address, retrieved=when)


def _document(page: tuple[bytes, Metadata], name: str) -> Document | None:
    """Return the article of a page, None where there is none or it is too large."""
    body, about = page
    if len(body) > MAX_TEXT:
        return None
    try:
        (document,) = read_page(Source(name, body, about.url, about)).documents
    except Unusable:
        return None
    return replace(document, metadata=document.metadata.over(about), name=name)
