"""Write gazetteer entries as TOML in the order and style of gazetteer/TEMPLATE.toml."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

Entry = dict[str, Any]
TABLES = ("point", "names", "parents", "geometry", "links", "match", "tests")


def dumps(entry: Entry) -> str:
    """Return an entry as TOML; keys without a value are left out.

    >>> print(dumps({"id": "x", "names": [{"text": "X", "lang": "en"}], "note": ""}), end="")
    id = "x"
    <BLANKLINE>
    [[names]]
    text = "X"
    lang = "en"
    >>> dumps({})
    ''
    """
    blocks = [_lines({key: value for key, value in entry.items() if key not in TABLES})]
    for key in TABLES:
        value = entry.get(key)
        if isinstance(value, Mapping):
            blocks.append(_block(f"[{key}]", value))
        elif isinstance(value, Sequence):
            blocks.extend(_block(f"[[{key}]]", item) for item in value)
    return "\n".join(block for block in blocks if block)


def _block(head: str, table: Mapping[str, Any]) -> str:
    lines = _lines(table)
    return f"{head}\n{lines}" if lines else ""


def _lines(table: Mapping[str, Any]) -> str:
    return "".join(f"{key} = {_value(value)}\n" for key, value in table.items() if value not in ("", None, [], ()))


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)  # a JSON string is a TOML basic string
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_value(item) for item in value) + "]"
    return repr(value)


def write(entry: Entry, folder: Path) -> None:
    """Write an entry to its file, whole or not at all."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{entry['id']}.toml"
    part = path.with_name(f".{path.name}.part")
    part.write_text(dumps(entry), "utf8")
    part.replace(path)
