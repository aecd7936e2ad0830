"""The whole check of a gazetteer: everything that is wrong in all entries, at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gazetteer.index import Gazetteer
from gazetteer.lines import shown
from gazetteer.load import load
from gazetteer.rules_links import date_rules, link_rules, source_rules
from gazetteer.rules_names import name_rules
from gazetteer.rules_space import space_rules

if TYPE_CHECKING:
    from pathlib import Path

    from gazetteer.errors import Issue

RULES = (link_rules, date_rules, source_rules, name_rules, space_rules)
"""Each a function of the gazetteer that yields findings."""
_MISSING = frozenset({"no-source", "no-asserter", "no-position", "no-successor", "geometry-overlap"})


def check(places: Gazetteer | Path | str) -> tuple[Issue, ...]:
    """Return all that is wrong in a gazetteer or in a folder of entries by itself, sorted by file and line.

    What the loader found is part of it. Test sentences are not run here: reading text is not the gazetteer's work.

    >>> check(Gazetteer())
    ()
    """
    if not isinstance(places, Gazetteer):
        places = load(places, curated=False)
    broken = {issue.file for issue in places.issues}
    found = [finding for rule in RULES for finding in rule(places)]
    # what the loader has left out of a file need not be told missing once more
    told = [
        finding.issue() for finding in found if finding.code not in _MISSING or shown(finding.place.file) not in broken
    ]
    return tuple(
        sorted((*places.issues, *told), key=lambda issue: (issue.file, issue.line or 0, issue.code, issue.message))
    )
