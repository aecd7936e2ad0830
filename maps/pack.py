"""A large data block: JSON, and beside it the long lists, so that a page of 1,000,000 events need not read them as text.

    4 bytes   length of the JSON, lowest byte first
    JSON      the data, with {"of": kind, "at": offset, "bytes": length} in place of each long list of a table
    parts     whole numbers in the narrowest width that holds them ("Uint8" ... "Int32"), anything else as JSON ("JSON")

Lists that are alike are written once. `maps/static/packed.js` reads this, each list when it is first asked for.
"""

from __future__ import annotations

import json
import re
import struct
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

LONG = 1000
"""Entries from which on a list is written beside the JSON."""
_WIDTHS = (
    ("Uint8", "B", 0, 2**8 - 1),
    ("Int8", "b", -(2**7), 2**7 - 1),
    ("Uint16", "H", 0, 2**16 - 1),
    ("Int16", "h", -(2**15), 2**15 - 1),
    ("Int32", "i", -(2**31), 2**31 - 1),
)
_LONE = re.compile("[\ud800-\udfff]")


def to_json(value: Any) -> str:
    r"""Return compact JSON that UTF-8 can hold: half a character pair is escaped.

    >>> to_json({"a": ["\ud800", "é"]})
    '{"a":["\\ud800","é"]}'
    >>> to_json({})
    '{}'
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return _LONE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def pack(data: Mapping[str, Any]) -> bytes:
    r"""Return the data as bytes; only the tables' columns are looked through for long lists.

    >>> pack({"title": "None"})
    b'\x10\x00\x00\x00{"title":"None"}'
    >>> pack({"spots": {"event": [1] * 1000}})[4:60]
    b'{"spots":{"event":{"of":"Uint8","at":0,"bytes":1000}}}\x01\x01'
    """
    parts = _Parts()
    light = {key: parts.without_lists(value) if key in _TABLES else value for key, value in data.items()}
    header = to_json(light).encode("utf8")
    return b"".join((struct.pack("<I", len(header)), header, *parts.written))


_TABLES = ("events", "claims", "figures", "shape", "spots")


class _Parts:
    """What has been written beside the JSON so far."""

    def __init__(self) -> None:
        self.written: list[bytes] = []
        self.size = 0
        self.known: dict[tuple[str, bytes], int] = {}

    def without_lists(self, value: Any) -> Any:
        """Return a table, or a part of one, with a reference in place of each long list."""
        if isinstance(value, dict):
            # a value that every row shares is data, whatever it looks like
            return {key: inner if key == "k" else self.without_lists(inner) for key, inner in value.items()}
        return self.add(value) if isinstance(value, list) and len(value) >= LONG else value

    def add(self, values: Sequence[Any]) -> dict[str, Any]:
        """Write a list unless it is there already; return the reference to it."""
        kind, content = _content(values)
        at = self.known.setdefault((kind, content), self.size)
        if at == self.size:
            self.written.append(content)
            self.size += len(content)
        return {"of": kind, "at": at, "bytes": len(content)}


def _content(values: Sequence[Any]) -> tuple[str, bytes]:
    if all(type(value) is int for value in values):
        low, high = min(values), max(values)
        for kind, code, least, most in _WIDTHS:
            if least <= low and high <= most:
                return kind, struct.pack(f"<{len(values)}{code}", *values)
    return "JSON", to_json(values).encode("utf8")
