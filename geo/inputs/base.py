"""What every kind of input gives: documents, or one sentence that says why not."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from importlib import import_module
from typing import TYPE_CHECKING, Any

from gazetteer.errors import Issue
from geo.inputs.metadata import Metadata

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gazetteer.errors import Severity

MAX_TEXT = 10_000_000
"""The largest file or text in bytes that is taken for one report: some 1,500,000 words."""
MAX_ARCHIVE = 500_000_000
"""The largest file in bytes that may hold many reports (tables, archives of the web, zip folders)."""


_GRUMBLERS = ("pypdf", "trafilatura", "htmldate", "courlan", "justext", "readability", "warcio")
_SILENCE = logging.NullHandler()


class Unusable(Exception):  # noqa: N818  (it says what an input is; it never leaves this package)
    """Why an input cannot be used: a code, a sentence and what mends it. Becomes an `Issue` with the file's name."""

    def __init__(self, code: str, message: str, fix: str, line: int | None = None) -> None:
        super().__init__(message)
        self.code, self.message, self.fix, self.line = code, message, fix, line

    def issue(self, file: str) -> Issue:
        """Return the issue for a file."""
        return Issue(self.code, self.message, file, self.line, self.fix)


@dataclass(frozen=True, slots=True)
class Source:
    """Bytes to read: what they are called, where they came from, and what is known of them already."""

    name: str
    data: bytes
    where: str = ""
    """Path or address for messages."""
    known: Metadata = field(default_factory=Metadata)
    columns: Mapping[str, str] = field(default_factory=dict)
    """For tables: which column holds what, as the user said."""
    charset: str = ""
    """The encoding that a server named."""


@dataclass(frozen=True, slots=True)
class Document:
    """One text with what its file says of itself. `name` is set where a file holds several."""

    text: str
    metadata: Metadata = field(default_factory=Metadata)
    body_start: int = 0
    encoding: str = "utf-8"
    name: str = ""


@dataclass(frozen=True, slots=True)
class Parsed:
    """The documents of a file and what was wrong with it; `problems` get the file's name later."""

    documents: tuple[Document, ...]
    issues: tuple[Issue, ...] = ()


def problem(
    code: str, message: str, fix: str = "", *, file: str = "", line: int | None = None, severity: Severity = "warning"
) -> Issue:
    """Return an issue, a warning unless told otherwise."""
    return Issue(code, message, file, line, fix, severity)


def needs(module: str, extra: str, what: str) -> Any:
    """Import the library of one kind of input, or say what to install.

    Parsers log every oddity that they mend; where nobody set up logging, that would land on standard error beside our
    own sentences, so it is kept off there.

    >>> needs("json", "none", "JSON").__name__
    'json'
    """
    for name in _GRUMBLERS:
        logging.getLogger(name).addHandler(_SILENCE)
    try:
        return import_module(module)
    except ImportError as error:
        library, command = module.split(".", maxsplit=1)[0], f'pip install "conflict-mapper[{extra}]"'
        if error.name in (None, library):
            message = f"{what} can be read once the library {library} is there"
        else:
            message = f"{what} can be read once the library {library} is whole: it misses {error.name}"
        raise Unusable("needs-library", message, f"Install it with: {command}") from error
