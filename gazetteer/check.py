"""The whole check of a gazetteer: everything that is wrong in all entries, at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gazetteer.index import Gazetteer
from gazetteer.load import load
from gazetteer.rules_links import date_rules, link_rules, source_rules
from gazetteer.rules_names import name_rules
from gazetteer.rules_space import space_rules

if TYPE_CHECKING:
    from pathlib import Path

    from gazetteer.errors import Issue

RULES = (link_rules, date_rules, source_rules, name_rules, space_rules)
"""Each a function of the gazetteer that yields findings."""


def check(places: Gazetteer | Path | str) -> tuple[Issue, ...]:
    """Return all that is wrong in a gazetteer or in a folder of entries by itself, sorted by file and line.

    What the loader found is part of it. Test sentences are not run here: reading text is not the gazetteer's work.

    >>> check(Gazetteer())
    ()
    """
    if not isinstance(places, Gazetteer):
        places = load(places, curated=False)
    found = [finding.issue() for rule in RULES for finding in rule(places)]
    return tuple(
        sorted((*places.issues, *found), key=lambda issue: (issue.file, issue.line or 0, issue.code, issue.message))
    )
