"""Our event types in the words of ACLED, PLOVER, CAMEO and UCDP, from `geo/data/crosswalk.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from geo.model import DatePrecision

_FILE = Path(__file__).parent / "data" / "crosswalk.toml"


@dataclass(frozen=True, slots=True)
class Codes:
    """What an event type is called elsewhere.

    `acled_sub_event` lists several labels where the text alone does not decide between them; `plover` and `cameo` are
    "none" where the codebook has nothing for the type; `ucdp` lists the types of violence it can be (1 state-based,
    2 non-state, 3 one-sided), none where UCDP would code nothing.
    """

    acled_event: str
    acled_sub_event: tuple[str, ...]
    plover: str
    cameo: str
    ucdp: tuple[int, ...]
    note: str = ""


@lru_cache(maxsize=1)
def crosswalk() -> Mapping[str, Codes]:
    """Return the codes of every event type.

    >>> crosswalk()["shelling"].acled_sub_event
    ('Shelling/artillery/missile attack',)
    >>> crosswalk()["meeting_or_talks"].ucdp
    ()
    """
    table = tomllib.loads(_FILE.read_text("utf8"))
    return MappingProxyType({
        name: Codes(
            row["acled_event"], tuple(row["acled_sub_event"]), row["plover"], row["cameo"], tuple(row["ucdp"]),
            row.get("note", ""),
        )
        for name, row in table.items()
    })  # fmt: skip


def ucdp_date_precision(start: date | None, end: date | None, precision: DatePrecision) -> int | None:
    """Return UCDP's date precision: 1 a day, 2 two to six days, 3 a week, 4 a month, 5 more; None: no date.

    >>> from datetime import date
    >>> ucdp_date_precision(date(2023, 9, 19), date(2023, 9, 20), "day")
    2
    >>> ucdp_date_precision(None, None, "unknown") is None
    True
    """
    if start is None and end is None:
        return None
    by_word = {"week": 3, "month": 4, "year": 5}.get(precision, 1)
    days = (end - start).days + 1 if start and end else 1
    by_length = 1 if days <= 1 else 2 if days <= 6 else 3 if days <= 7 else 4 if days <= 31 else 5
    return max(by_word, by_length)
