"""Which reader takes which input: by the ending of the name, by the server's media type, or by the first bytes."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

from geo.inputs.base import MAX_ARCHIVE, MAX_TEXT, Unusable
from geo.inputs.feeds import read_feed
from geo.inputs.pages import read_page
from geo.inputs.papers import read_docx, read_pdf
from geo.inputs.plain import read_text
from geo.inputs.tables import read_csv, read_json_lines, read_parquet
from geo.inputs.web_archive import read_warc

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from geo.inputs.base import Parsed, Source

    Reader = Callable[[Source], Parsed]

TEXT: Mapping[str, Reader] = dict.fromkeys((".txt", ".md", ".markdown", ".text"), read_text)
PAPERS: Mapping[str, Reader] = {
    ".html": read_page,
    ".htm": read_page,
    ".xhtml": read_page,
    ".pdf": read_pdf,
    ".docx": read_docx,
}
TABLES: Mapping[str, Reader] = {
    ".csv": read_csv, ".tsv": read_csv, ".jsonl": read_json_lines, ".ndjson": read_json_lines, ".json": read_json_lines,
    ".parquet": read_parquet,
}  # fmt: skip
FEEDS: Mapping[str, Reader] = dict.fromkeys((".rss", ".atom", ".xml"), read_feed)
ARCHIVES: Mapping[str, Reader] = {".warc": read_warc, ".warc.gz": read_warc}
READERS: Mapping[str, Reader] = {**TEXT, **PAPERS, **TABLES, **FEEDS, **ARCHIVES}
"""The reader of each ending. Zip folders are opened where folders are read."""
MANY = frozenset({*TABLES, *FEEDS, *ARCHIVES})
"""Endings of files that hold many reports; they may be larger, and are read only when they are named directly."""

_BY_MEDIA_TYPE: Mapping[str, str] = {
    "text/html": ".html", "application/xhtml+xml": ".html", "application/pdf": ".pdf", "text/plain": ".txt",
    "text/markdown": ".md", "application/rss+xml": ".rss", "application/atom+xml": ".atom", "application/xml": ".xml",
    "text/xml": ".xml", "text/csv": ".csv", "application/json": ".json", "application/x-ndjson": ".jsonl",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
}  # fmt: skip
_INSTEAD: Mapping[str, str] = {
    ".doc": "Save it as .docx.", ".odt": "Save it as .docx.", ".rtf": "Save it as .docx.", ".pages": "Export it as .docx.",
    ".xls": "Save the table as CSV.", ".xlsx": "Save the table as CSV.", ".ods": "Save the table as CSV.",
    ".epub": "Convert it to .txt.", ".eml": "Copy the text into a .txt file.", ".msg": "Copy the text into a .txt file.",
    ".jpg": "Run OCR over it first.", ".jpeg": "Run OCR over it first.", ".png": "Run OCR over it first.",
    ".tif": "Run OCR over it first.", ".tiff": "Run OCR over it first.",
    ".mp3": "Write down what is said first.", ".mp4": "Write down what is said first.",
    ".rar": "Pack it as .zip.", ".7z": "Pack it as .zip.", ".tar": "Pack it as .zip.", ".tgz": "Pack it as .zip.",
}  # fmt: skip


def ending(name: str) -> str:
    """Return the ending of a name that decides its reader.

    >>> ending("a/crawl.WARC.GZ"), ending("a.txt"), ending("article")
    ('.warc.gz', '.txt', '')
    """
    lower = PurePath(name).name.lower()
    return ".warc.gz" if lower.endswith(".warc.gz") else PurePath(lower).suffix


def limit_of(suffix: str) -> int:
    """Return how many bytes a file of this kind may have."""
    return MAX_ARCHIVE if suffix in MANY else MAX_TEXT


def refuse(suffix: str) -> Unusable:
    """Return the sentence for a kind of file that nobody reads.

    >>> refuse(".doc").fix, refuse(".xyz").message
    ('Save it as .docx.', '".xyz" is no kind of report that can be read')
    """
    what = f'"{suffix}"' if suffix else "a file without an ending"
    return Unusable(
        "unknown-kind", f"{what} is no kind of report that can be read", _INSTEAD.get(suffix, "Save it as text (.txt).")
    )


def sniff(data: bytes, media_type: str = "") -> str:
    """Return the ending that a stream without a name should have had.

    >>> sniff(b"%PDF-1.7"), sniff(b"  <!DOCTYPE html>"), sniff(b"Shells fell."), sniff(b"", "text/html")
    ('.pdf', '.html', '.txt', '.html')
    """
    if media_type in _BY_MEDIA_TYPE:
        found = _BY_MEDIA_TYPE[media_type]
        if found not in {".txt", ".xml"}:
            return found
    head = data[:2000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith(b"%pdf"):
        return ".pdf"
    if head.startswith((b"<!doctype html", b"<html")):
        return ".html"
    if head.startswith(b"<?xml") and (b"<rss" in head or b"<feed" in head or b"<rdf" in head):
        return ".xml"
    return ".txt"


def read(source: Source, suffix: str) -> Parsed:
    """Read a source with the reader of this ending. Raises `Unusable` where that cannot be."""
    reader = READERS.get(suffix)
    if reader is None:
        raise refuse(suffix)
    if not source.data:
        raise Unusable("empty", "the file is empty", "Put the report's text into it or leave it out.")
    return reader(source)
