"""Tables as columns: what repeats is written once, so that 100,000 events fit into a few megabytes and back out unchanged.

A column is one of

    {"k": value}                        the same value in every row
    {"v": [value, ...]}                 a value for each row
    {"u": [value, ...], "i": [n, ...]}  values that repeat, and each row's index into them; -1: the row has no such key

`maps/static/columns.js` reads them.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_ABSENT = object()
_FEW = 64  # small whole numbers are as short as a reference to them; so few are worth counting once for the page
_SAMPLE = 0.6  # written once and referred to where fewer than this share of the values are different


def encode(rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return rows as a table of columns; a key that a row lacks is absent again when the table is read.

    >>> encode([{"a": 1, "b": "x"}, {"a": 1}])
    {'n': 2, 'cols': {'a': {'k': 1}, 'b': {'u': ['x'], 'i': [0, -1]}}}
    >>> encode([])
    {'n': 0, 'cols': {}}
    """
    keys = dict.fromkeys(key for row in rows for key in row)
    return {"n": len(rows), "cols": {key: column([row.get(key, _ABSENT) for row in rows]) for key in keys}}


def column(values: Iterable[Any]) -> dict[str, Any]:
    """Return one column in the shortest of the three forms."""
    row = list(values)
    index: dict[Any, int] = {}
    unique: list[Any] = []
    refs: list[int] = []
    for value in row:
        if value is _ABSENT:
            refs.append(-1)
            continue
        key = _key(value)
        at = index.get(key)
        if at is None:
            at = index[key] = len(unique)
            unique.append(value)
        refs.append(at)
    present = -1 not in refs
    if present and len(unique) == 1:
        return {"k": unique[0]}
    if present and (len(unique) > _SAMPLE * len(row) or (len(unique) > _FEW and _plain_integers(unique))):
        return {"v": row}
    return {"u": unique, "i": refs}


def _key(value: Any) -> Any:
    """Return something hashable that is equal only for values that are written alike (True is not 1)."""
    if isinstance(value, str):
        return value
    if isinstance(value, (list, dict)):
        return ("json", json.dumps(value, sort_keys=False, ensure_ascii=False))
    return (type(value), value)


def _plain_integers(values: list[Any]) -> bool:
    return all(type(value) is int and -9999 < value < 99_999 for value in values)
