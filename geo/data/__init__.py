"""Word lists and tables, one folder a language (`en`) and one a subject (`actors`, `weights`): TOML that anyone can extend."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent


@lru_cache(maxsize=64)
def table(language: str, name: str) -> dict[str, Any]:
    """Return the word list `name` of a language.

    >>> "irregular" in table("en", "verbs")
    True
    >>> table("en", "no-such-list")
    {}
    """
    file = FOLDER / language / f"{name}.toml"
    return tomllib.loads(file.read_text("utf8")) if file.is_file() else {}


@lru_cache(maxsize=16)
def tables(folder: str) -> tuple[dict[str, Any], ...]:
    """Return every table of a folder, by file name.

    >>> tables("no-such-folder")
    ()
    """
    return tuple(tomllib.loads(file.read_text("utf8")) for file in sorted((FOLDER / folder).glob("*.toml")))
