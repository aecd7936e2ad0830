"""Which reader takes which input: by the ending of the name, by the server's media type, or by the first bytes."""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import TYPE_CHECKING

from geo.inputs.base import MAX_ARCHIVE, MAX_TEXT, Unusable
from geo.inputs.feeds import read_feed
from geo.inputs.pages import read_page
from geo.inputs.papers import read_docx, read_pdf
from geo.inputs.plain import read_text
from geo.inputs.rows import TEXT_WORDS
from geo.inputs.tables import read_csv, read_json_lines, read_parquet
from geo.inputs.text import decode
from geo.inputs.web_archive import read_warc

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

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
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx", "application/zip": ".zip",
    "text/tab-separated-values": ".tsv", "application/vnd.apache.parquet": ".parquet", "application/warc": ".warc",
}  # fmt: skip
_VAGUE = frozenset({"", ".txt", ".text", ".xml", ".json"})
"""Endings that servers give to many things: the bytes say more."""
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


def sniff(data: bytes, media_type: str = "", name: str = "", columns: Collection[str] = ()) -> str:
    r"""Return the ending that a stream should have had: by its media type, its name, or its first bytes.

    `columns` are the keys that the user named columns for, which makes a table of what would else be text.

    >>> sniff(b"%PDF-1.7"), sniff(b"  <!DOCTYPE html>"), sniff(b"Shells fell."), sniff(b"", "text/html")
    ('.pdf', '.html', '.txt', '.html')
    >>> sniff(b"title,text\nA,Shells fell."), sniff(b'{"text": "Shells fell."}'), sniff(b"a;b", columns=["text"])
    ('.csv', '.jsonl', '.csv')
    """
    told = _BY_MEDIA_TYPE.get(media_type, "")
    if told and told not in _VAGUE:
        return told
    by_name = ending(name)
    if by_name not in _VAGUE and (by_name in READERS or by_name == ".zip"):
        return by_name
    return _packed(data) or _marked_up(data[:2000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()) or _tabular(data, columns)


def _packed(data: bytes) -> str:
    """Return the ending of a file that is no text."""
    for mark, suffix in ((b"%PDF", ".pdf"), (b"PAR1", ".parquet"), (b"\x1f\x8b", ".warc.gz"), (b"WARC/", ".warc")):
        if data[:64].lstrip().startswith(mark):
            return suffix
    if data.startswith(b"PK\x03\x04"):
        return ".docx" if b"word/document.xml" in data else ".zip"
    return ""


def _marked_up(head: bytes) -> str:
    """Return the ending of a page or a feed."""
    if not head.startswith(b"<"):
        return ""
    if re.search(rb"<(rss|feed|rdf:rdf)\b", head):
        return ".xml"
    return ".html" if re.search(rb"<(!doctype html|html|head|body)\b", head) else ""


def _tabular(data: bytes, columns: Collection[str]) -> str:
    """Return the ending of a table, or that of text."""
    decoded = decode(data[:20_000])
    text = decoded.text.lstrip() if decoded else ""
    if re.match(r'(\[\s*)?\{\s*"', text):
        return ".jsonl"
    header = re.split(r"[,;\t|]", text.split("\n", 1)[0].lower())
    names = {cell.strip(' \r"') for cell in header}
    plain = all(re.fullmatch(r"[\w #.-]{1,40}", name) for name in names)
    return ".csv" if columns or (len(header) > 1 and plain and names & {*TEXT_WORDS}) else ".txt"


def read(source: Source, suffix: str) -> Parsed:
    """Read a source with the reader of this ending. Raises `Unusable` where that cannot be."""
    reader = READERS.get(suffix)
    if reader is None:
        raise refuse(suffix)
    if not source.data:
        raise Unusable("empty", "the file is empty", "Put the report's text into it or leave it out.")
    return reader(source)
