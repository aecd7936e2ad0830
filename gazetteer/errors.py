"""Problems as values (`Issue`) and the exceptions of the whole program.

Bad data is reported as a list of `Issue`, all of them at once; an exception is for misuse.

    ConflictMapperError
    ├── GazetteerError (ValueError)     entries that cannot be used at all
    ├── UnknownPlaceError (KeyError)    a place id that no entry has
    ├── ReportError (ValueError)        a report that cannot be read
    ├── FormatError (ValueError)        a file format that is not known, or a broken file
    └── GeocoderError (RuntimeError)    a geocoding service that is not known, cannot be reached, or refuses
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Issue:
    """One thing that is wrong in the data: what, where, and how to mend it.

    >>> print(Issue("bad-lang", "names[1].lang is 'azeri', not a BCP 47 language", "foo.toml", 12, 'Did you mean "az"?'))
    foo.toml:12: names[1].lang is 'azeri', not a BCP 47 language. Did you mean "az"?
    >>> print(Issue("empty", "nothing to map"))
    nothing to map
    """

    code: str
    message: str
    file: str = ""
    line: int | None = None
    fix: str = ""
    severity: Severity = "error"

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}: " if self.file and self.line else f"{self.file}: " if self.file else ""
        return f"{where}{self.message}{'. ' + self.fix if self.fix else ''}"


class ConflictMapperError(Exception):
    """The root of every exception that this program raises on purpose."""

    def __str__(self) -> str:  # KeyError would show the repr of its argument
        return " ".join(str(arg) for arg in self.args)


class GazetteerError(ConflictMapperError, ValueError):
    """The gazetteer cannot be loaded: no folder, no entry, or an entry that was asked for is broken."""


class UnknownPlaceError(ConflictMapperError, KeyError):
    """No entry has this place id."""


class ReportError(ConflictMapperError, ValueError):
    """A report cannot be read: missing, empty, not text, or with a wrong date."""


class FormatError(ConflictMapperError, ValueError):
    """A file's format is unknown, or the file does not keep to it."""


class GeocoderError(ConflictMapperError, RuntimeError):
    """The geocoding service is not known, cannot be reached, or has refused."""
