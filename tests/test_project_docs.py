"""The documentation: the codebook is complete, the links lead somewhere, the commands exist."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest

from geo.export import MENTION_COLUMNS, UNRESOLVED_COLUMNS, to_claim, to_feature
from geo.model import (
    Act,
    Casualties,
    Claim,
    DateBasis,
    DatePrecision,
    DateRange,
    Event,
    EventType,
    Footprint,
    Group,
    Metric,
    Modality,
    Qualifier,
    Relation,
    Usage,
    Verification,
)

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
PAGES = sorted(DOCS.rglob("*.md"))
CODED = (Act, DateBasis, DatePrecision, EventType, Group, Metric, Modality, Qualifier, Relation, Usage, Verification)


def codes() -> set[str]:
    return set(re.findall(r"`([a-z_]+)`", (DOCS / "codebook.md").read_text("utf8")))


def test_the_codebook_has_every_code() -> None:
    assert {code for coded in CODED for code in get_args(coded)} <= codes()


def test_the_codebook_has_every_field() -> None:
    claim = Claim("a.txt", 0, 1, "A", None, "reports")
    event = Event("e1", "other", "occurred", DateRange(), Footprint(), (claim,))
    members = {*to_feature(event)["properties"], *to_claim(claim), *Casualties.__dataclass_fields__}
    assert members | {*MENTION_COLUMNS, *UNRESOLVED_COLUMNS} <= codes()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(DOCS)))
def test_links_lead_to_pages(page: Path) -> None:
    links = re.findall(r"\]\(([^)#:]+\.md)(?:#[^)]*)?\)", page.read_text("utf8"))
    assert not [link for link in links if not (page.parent / link).is_file()]


def test_every_page_is_in_the_contents() -> None:
    listed = set(re.findall(r"^([a-z/-]+)$", (DOCS / "index.md").read_text("utf8"), re.MULTILINE))
    assert {str(page.relative_to(DOCS).with_suffix("")) for page in PAGES if "generated" not in page.parts} - {
        "index"
    } <= listed
