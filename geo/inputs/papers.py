"""PDF and Word files: their text, page by page and paragraph by paragraph."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING, Any

from geo.inputs.base import Document, Parsed, Unusable, needs, problem
from geo.inputs.metadata import Metadata

if TYPE_CHECKING:
    from geo.inputs.base import Source

if TYPE_CHECKING:
    from gazetteer.errors import Issue

MAX_PAGES = 3000
MAX_UNPACKED = 200_000_000
"""Bytes that the parts of a Word file may have unpacked."""
_BROKEN_LINE = re.compile(r"(?<=[a-z])-\n(?=[a-z])")
_WRAPPED_LINE = re.compile(r"(?<![.!?:\"”»])[ \t]*\n(?=[^\s•*-])")


def read_pdf(source: Source) -> Parsed:
    """Read the text layer of a PDF; wrapped lines are joined, pages stay paragraphs. Its dates are not trusted."""
    pypdf = needs("pypdf", "pdf", "A PDF")
    try:
        reader = pypdf.PdfReader(io.BytesIO(source.data))
        locked = reader.is_encrypted and not reader.decrypt("")
        pages = [] if locked else _pages(reader)
        count = 0 if locked else len(reader.pages)
        title = "" if locked else str((reader.metadata or {}).get("/Title") or "")
    except Exception as error:  # a broken PDF can raise nearly anything from inside the parser
        raise Unusable(
            "bad-pdf", f"this PDF cannot be read ({_short(error)})", "Fetch it again: it may be cut."
        ) from error
    if locked:
        raise Unusable("encrypted", "this PDF is locked with a password", "Save an unlocked copy of it.")
    text = "\n\n".join(unwrap(page) for page in pages if page.strip())
    if not text.strip():
        raise Unusable("no-text", "this PDF holds no text, perhaps pictures of pages",
                       "Run OCR over it first, for example with ocrmypdf.")  # fmt: skip
    issues: tuple[Issue, ...] = ()
    if count > MAX_PAGES:
        issues = (
            problem("long", f"only the first {MAX_PAGES} of {count} pages were read", "Split it.", file=source.where),
        )
    return Parsed((Document(text + "\n", Metadata(title=title)),), issues)


def _pages(reader: Any) -> list[str]:
    return [page.extract_text() or "" for _, page in zip(range(MAX_PAGES), reader.pages, strict=False)]


def unwrap(page: str) -> str:
    r"""Join the lines of a page that were broken for its width.

    >>> unwrap("Shells fell on the vil-\nlage at dawn\nand at noon.\nNext.")
    'Shells fell on the village at dawn and at noon.\nNext.'
    >>> unwrap("")
    ''
    """
    return _WRAPPED_LINE.sub(" ", _BROKEN_LINE.sub("", page.replace("\r\n", "\n"))).strip()


def read_docx(source: Source) -> Parsed:
    """Read the paragraphs and tables of a Word file (.docx)."""
    docx = needs("docx", "docx", "A Word file")
    check_zip(source.data, "Word file")
    try:
        book = docx.Document(io.BytesIO(source.data))
        lines = [paragraph.text for paragraph in book.paragraphs]
        lines += [" | ".join(cell.text for cell in row.cells) for table in book.tables for row in table.rows]
        title = book.core_properties.title or ""
    except Exception as error:  # a broken package can raise nearly anything from inside the parser
        raise Unusable("bad-docx", f"this Word file cannot be read ({_short(error)})",
                       "Open it in Word or LibreOffice and save it again.") from error  # fmt: skip
    text = "\n\n".join(line for line in lines if line.strip())
    if not text:
        raise Unusable("no-text", "this Word file holds no text", "Put the report's text into it or leave it out.")
    return Parsed((Document(text + "\n", Metadata(title=title)),))


def check_zip(data: bytes, what: str) -> None:
    """Refuse a zip package that is broken or would unpack to more than it should.

    >>> check_zip(b"", "Word file")
    Traceback (most recent call last):
    geo.inputs.base.Unusable: this is no Word file: the zip package in it is broken
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            size = sum(part.file_size for part in package.infolist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise Unusable("bad-zip", f"this is no {what}: the zip package in it is broken", "Fetch it again.") from error
    if size > MAX_UNPACKED:
        raise Unusable(
            "zip-bomb", f"this {what} would unpack to {size / 1e6:.0f} MB", "Do not open it; ask for another copy."
        )


def _short(error: Exception) -> str:
    return " ".join(str(error).split())[:120] or type(error).__name__
