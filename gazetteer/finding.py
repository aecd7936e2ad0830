"""What a rule finds wrong in an entry, before it is told with file and line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gazetteer.errors import Issue
from gazetteer.lines import line_of, shown

if TYPE_CHECKING:
    from pathlib import Path

    from gazetteer.errors import Severity
    from gazetteer.lines import Where
    from gazetteer.model import Place


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
