"""What was read from a folder of entries, kept for the next run: thousands of small files take most of a second to parse.

One JSON file a folder in the user's cache (`$CONFLICT_MAPPER_CACHE`, else where the system keeps caches; "off" keeps
nothing). It counts only as long as no entry and no module of this package has changed, holds nothing that the entries
do not say, and can be deleted at any time. Folders with few entries or with broken ones are read anew each time.

Our own entries come with such a file in the package, made when the package is built (`ship`), so that the first run is
quick too. Dates of files mean nothing after an installation: it counts only where the contents of all entries and
modules are those that it was made of.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gazetteer.model import DatedGeometry, MatchRules, Parent, Place, Point, TestSentence, Toponym
from gazetteer.transliteration import derived, remember

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

WORTHWHILE = 300
"""Fewer entries are read faster than they are looked up."""
SETTING = "CONFLICT_MAPPER_CACHE"
_HERE = Path(__file__).parent
SHIPPED = _HERE / "compiled.json"
"""What the package brings; it is made by the build and not part of the repository."""


def cache_folder() -> Path | None:
    """Return the folder for kept files, or None where nothing is to be kept."""
    told = os.environ.get(SETTING)
    if told is not None:
        return None if told.lower() in {"", "0", "off", "no"} else Path(told)
    home = Path(os.path.expanduser("~"))  # noqa: PTH111  (Path.home() raises where there is none)
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = home / "Library" / "Caches"
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or home / ".cache")
    return base / "conflict-mapper" if base.is_absolute() else None


def mark(files: Sequence[Path]) -> str | None:
    """Return a digest that changes with every change of these files or of this package; None where they cannot be seen."""
    digest = hashlib.blake2b(digest_size=16)
    try:
        for file in (*sorted(_HERE.glob("*.py")), *files):
            seen = os.stat(file)  # noqa: PTH116  (half the time of Path.stat, thousands of times)
            digest.update(f"{file}\0{seen.st_size}\0{seen.st_mtime_ns}\0{seen.st_ino}\n".encode())
    except OSError:
        return None
    return digest.hexdigest()


def contents(files: Sequence[Path]) -> str:
    """Return a digest of what these files and this package's modules hold, wherever they lie."""
    digest = hashlib.blake2b(digest_size=16)
    for file in (*sorted(_HERE.glob("*.py")), *files):
        data = file.read_bytes()
        digest.update(f"{os.path.relpath(file, _HERE)}\0{len(data)}\n".encode())
        digest.update(data)
    return digest.hexdigest()


def shipped(files: Sequence[Path]) -> dict[str, Place] | None:
    """Return the places that the package brings ready-made, or None where it has none, or not of these contents."""
    try:
        if not SHIPPED.is_file():
            return None
        return _read(SHIPPED, contents(files), _HERE)
    except OSError:
        return None


def ship(files: Sequence[Path], places: dict[str, Place]) -> None:
    """Put the places into the package; `GazetteerError` is raised where that cannot be written."""
    _write(SHIPPED, contents(files), places, _HERE)


def _file(folder: Path) -> Path | None:
    place = cache_folder()
    name = hashlib.blake2b(str(folder.absolute()).encode(), digest_size=8).hexdigest()
    return None if place is None else place / f"gazetteer-{name}.json"


def recall(folder: Path, current: str) -> dict[str, Place] | None:
    """Return the places of a folder as they were kept, or None where they are not, or not those of today."""
    file = _file(folder)
    return None if file is None or not file.is_file() else _read(file, current)


def _read(file: Path, current: str, base: Path = Path()) -> dict[str, Place] | None:
    try:
        with file.open("rb") as stream:
            if stream.readline().strip() != current.encode():
                return None
            kept = json.loads(stream.read())
        places = {row[0]: _place(row, base) for row in kept["places"]}
        remember({(text, language): tuple(map(tuple, made)) for text, language, made in kept["derived"]})
    except (OSError, ValueError, KeyError, TypeError, IndexError):
        return None  # damaged or of another time: it is made anew
    return places


def store(folder: Path, current: str, places: dict[str, Place]) -> None:
    """Keep the places of a folder. Where the cache cannot be written to, nothing happens."""
    from gazetteer.errors import GazetteerError  # noqa: PLC0415  (only where something is written)

    file = _file(folder)
    if file is None:
        return
    try:
        _write(file, current, places)
    except GazetteerError:
        return


def _write(file: Path, current: str, places: dict[str, Place], base: Path | None = None) -> None:
    from gazetteer.writing import write_whole  # noqa: PLC0415  (only where something is written)

    names = {(name.text, name.lang.partition("-")[0]) for place in places.values() for name in place.names}
    kept = {
        "places": [_row(place, base) for place in places.values()],
        "derived": [[text, language, derived(text, language)] for text, language in sorted(names)],
    }
    write_whole(file, f"{current}\n{json.dumps(kept, ensure_ascii=False, separators=(',', ':'))}")


def _row(value: Any, base: Path | None) -> Any:
    """Return a value as JSON knows it; paths are told as they are seen from `base`."""
    if is_dataclass(value):
        return [_row(getattr(value, field.name), base) for field in fields(value)]
    if isinstance(value, tuple):
        return [_row(item, base) for item in value]
    if isinstance(value, Path):
        return str(value) if base is None else Path(os.path.relpath(value, base)).as_posix()
    return value


def _place(row: list[Any], base: Path) -> Place:
    """Make a place of its row: the fields in the order of the class, by position, which is quick."""
    row[2] = tuple([Toponym(n[0], n[1], n[2], tuple(n[3]), *n[4:]) for n in row[2]])
    row[4] = Point(*row[4]) if row[4] is not None else None
    row[5] = tuple([DatedGeometry(base / shape[0], *shape[1:]) for shape in row[5]])
    row[6] = tuple([Parent(*parent) for parent in row[6]])
    row[7:10] = map(tuple, row[7:10])
    row[10] = tuple([(key, value) for key, value in row[10]])
    row[11] = _rules(row[11])
    row[12] = tuple([TestSentence(*test) for test in row[12]])
    row[20] = base / row[20] if row[20] is not None else None
    return Place(*row)


_NO_RULES = MatchRules()


def _rules(row: Iterable[Any]) -> MatchRules:
    one, never, context, needs = row
    return (
        MatchRules(tuple(one), tuple(never), tuple(context), needs) if one or never or context or needs else _NO_RULES
    )
