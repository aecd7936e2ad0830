"""What a rule finds wrong in an entry, before it is told with file and line."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from gazetteer.errors import Issue
from gazetteer.lines import line_of, shown

if TYPE_CHECKING:
    from gazetteer.errors import Severity
    from gazetteer.lines import Where
    from gazetteer.model import Place


CURATED = Path(__file__).parent / "entries"
"""Our own entries, inside the installed package."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong with a place: `where` in its entry, or the whole of another `file` (a geometry's)."""

    place: Place
    code: str
    message: str
    where: Where = ()
    fix: str = ""
    severity: Severity = "error"
    file: Path | None = None

    def issue(self) -> Issue:
        """Return it as an issue, with the line worked out from the entry's text."""
        file = self.file or self.place.file
        line = None
        if self.file is None and file is not None and file.is_file():
            line = line_of(file.read_text("utf-8-sig"), self.where or ("id",))
        message = self.message if file is not None else f"{self.place.id}: {self.message}"
        return Issue(self.code, message, shown(file), line, self.fix, self.severity)


def is_ours(place: Place) -> bool:
    """Tell whether a place is one of our own entries, which a user cannot change."""
    return place.file is not None and place.file.is_relative_to(CURATED)


def newer(one: Place, other: Place) -> tuple[Place, Place]:
    """Return a pair of which one is to be told: the one that is just made, else the user's, else the later id, last."""

    def rank(place: Place) -> tuple[bool, bool, str]:
        return place.file is None, not is_ours(place), place.id

    first, second = sorted((one, other), key=rank)
    return first, second
