"""Members of events as somebody edited them, back in the types that they were exported with.

What cannot be understood is taken out and told, so that no writer meets a day that is none or a figure that is no number.
"""

from __future__ import annotations

import math
from datetime import date
from typing import TYPE_CHECKING, Any

from gazetteer.errors import Issue
from geo.files import to_json
from geo.tables import CLAIM_COLUMNS, DERIVED, EVENT_COLUMNS, FIGURE_COLUMNS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from geo.tables import Column, Type

LISTS = ("claims", "actors", "place_ids", "merged")
_MADE = frozenset({"id", "event_id", "claim", "claim_count"})
_LARGEST = 2**53  # what every JSON reader keeps whole


def _types(columns: Iterable[Column], *, without: Iterable[str] = ()) -> dict[str, Type]:
    return {c.name: c.type for c in columns if c.name not in _MADE and c.name not in without}


_EVENT = _types(EVENT_COLUMNS, without={*DERIVED, *LISTS})
_CLAIM = _types(CLAIM_COLUMNS, without={"figures"})
_FIGURE = _types(FIGURE_COLUMNS, without={"claimant"})


def mended(properties: Mapping[str, Any], event: str, file: str, issues: list[Issue]) -> dict[str, Any]:
    """Return the properties of an event with every member of ours in its type; the others stay as they are.

    >>> told = []
    >>> mended({"date_start": "19/09/2023", "geo_precision": "3", "mine": [1], "claims": []}, "e1", "a.geojson", told)
    {'date_start': None, 'geo_precision': 3, 'mine': [1], 'claims': []}
    >>> print(told[0])
    a.geojson: event e1: date_start is "19/09/2023", which is no date, so it is left out. Write it as YYYY-MM-DD.
    >>> mended({}, "e1", "a.geojson", told)
    {}
    """
    found = _members(properties, _EVENT, (event, "", file), issues)
    if "claims" in found:
        found["claims"] = [
            _claim(claim, (event, f"claim {n}, ", file), issues) for n, claim in enumerate(found["claims"], 1)
        ]
    return found


def _claim(claim: Mapping[str, Any], where: tuple[str, str, str], issues: list[Issue]) -> dict[str, Any]:
    found = _members(claim, _CLAIM, where, issues)
    figures = found.get("casualties")
    if figures is not None:
        figures = figures if isinstance(figures, list) else [figures]
        found["casualties"] = [_members(f, _FIGURE, where, issues) for f in figures if isinstance(f, dict)]
        if len(found["casualties"]) < len(figures):
            issues.append(_issue("casualties", figures, "a list of figures", "Keep it as it was exported.", where))
    return found


def _members(
    raw: Mapping[str, Any], types: Mapping[str, Type], where: tuple[str, str, str], issues: list[Issue]
) -> dict[str, Any]:
    return {
        key: _member(key, value, types[key], where, issues) if key in types else value for key, value in raw.items()
    }


def _member(key: str, value: Any, type_: Type, where: tuple[str, str, str], issues: list[Issue]) -> Any:
    if value is None or value == "":
        return value if type_ == "text" else None
    if type_ == "text":
        return value if isinstance(value, str) else to_json(value)
    if type_ == "date":
        try:
            return date.fromisoformat(str(value)[:10]).isoformat()
        except ValueError:
            issues.append(_issue(key, value, "a date", "Write it as YYYY-MM-DD.", where))
            return None
    number = _number(value)
    if number is None or (type_ == "integer" and not number.is_integer()):
        issues.append(
            _issue(key, value, "a whole number" if type_ == "integer" else "a number", "Write digits only.", where)
        )
        return None
    if isinstance(value, int | float):
        return value if type_ == "number" else int(value)
    return int(number) if number.is_integer() else number


def _number(value: Any) -> float | None:
    try:
        number = float("x" if isinstance(value, bool) else str(value))
    except ValueError:
        return None
    return number if math.isfinite(number) and abs(number) < _LARGEST else None


def _issue(key: str, value: Any, wanted: str, fix: str, where: tuple[str, str, str]) -> Issue:
    event, part, file = where
    plain = value if isinstance(value, str) else to_json(value)
    shown = "".join(c if c.isprintable() else repr(c)[1:-1] for c in plain)  # a message is one line
    shown = shown if len(shown) <= 40 else f"{shown[:40]}..."
    return Issue("bad-value", f'event {event}: {part}{key} is "{shown}", which is no {wanted.partition(" ")[2]}, so it is left out',
                 file, None, fix, "warning")  # fmt: skip
