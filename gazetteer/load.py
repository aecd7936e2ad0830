"""Entries from their folders: every TOML file read, what is wrong told all at once, the rest used.

Folders given by the user lie over ours: the same id replaces the entry.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from gazetteer import kept
from gazetteer.errors import GazetteerError, Issue
from gazetteer.finding import CURATED
from gazetteer.index import Gazetteer, collector_paused
from gazetteer.lines import line_of, shown
from gazetteer.schema import parse_entry

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from gazetteer.model import Place

USER_FOLDER = Path("gazetteer-entries")
"""Where `add` writes unless told otherwise: below the working folder, where the user sees it and can keep it."""


def user_folders(given: Iterable[Path | str] = ()) -> tuple[Path, ...]:
    """Return the folders to lay over ours: those given, else the user folder of the working folder, if there is one."""
    folders = tuple(Path(folder) for folder in given)
    return folders or ((USER_FOLDER,) if USER_FOLDER.is_dir() else ())


def load(*folders: Path | str, curated: bool = True) -> Gazetteer:
    """Read our entries and those of the user's folders, which replace ours where the id is the same.

    A folder is searched for .toml files at any depth. What is wrong in them is told in `issues` and never raised;
    `GazetteerError` is raised for a folder that does not exist.

    >>> len(load(curated=False))
    0
    >>> load("no-such-folder")
    Traceback (most recent call last):
    gazetteer.errors.GazetteerError: there is no gazetteer folder "no-such-folder". Make it, or give the one that holds your entries
    """
    places: dict[str, Place] = {}
    issues: list[Issue] = []
    with collector_paused():
        for folder in ([CURATED] if curated else []) + [Path(folder) for folder in folders]:
            if not folder.is_dir():
                raise GazetteerError(
                    f'there is no gazetteer folder "{folder}". Make it, or give the one that holds your entries'
                )
            found, wrong = read_folder(folder)
            places.update(found)
            issues.extend(wrong)
    return Gazetteer(places.values(), issues)


def read_folder(folder: Path) -> tuple[dict[str, Place], list[Issue]]:
    """Return the places of one folder by id, and what is wrong in its files."""
    files = list(entry_files(folder))
    current = kept.mark(files) if len(files) >= kept.WORTHWHILE else None
    if current is not None and (known := kept.recall(folder, current)) is not None:
        return known, []
    if folder == CURATED and current is not None and (known := kept.shipped(files)) is not None:
        return known, []
    places, issues = _parse(files)
    if current is not None and not issues:
        kept.store(folder, current, places)
    return places, issues


def compile_curated() -> bool:
    """Put our entries into the package ready-made, as a build does; False where some are broken, and nothing is done."""
    files = list(entry_files(CURATED))
    with collector_paused():
        places, issues = _parse(files)
    if not issues:
        kept.ship(files, places)
    return not issues


def _parse(files: Iterable[Path]) -> tuple[dict[str, Place], list[Issue]]:
    places: dict[str, Place] = {}
    issues: list[Issue] = []
    for path in files:
        place, wrong = read_entry(path)
        issues.extend(wrong)
        if place is None:
            continue
        first = places.setdefault(place.id, place)
        if first is not place:
            issues.append(
                Issue(
                    "duplicate-id",
                    f'id "{place.id}" is taken by {shown(first.file)}',
                    shown(path),
                    line_of(path.read_text("utf8"), ("id",)),
                    "Give this place an id of its own, or put both entries together",
                )
            )
    return places, issues


def entry_files(folder: Path) -> Iterator[Path]:
    """Yield the entry files below a folder in a fixed order, but no hidden ones and no TEMPLATE.toml."""
    for root, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if name.endswith(".toml") and name[0] != "." and name != "TEMPLATE.toml":
                yield Path(root, name)


def read_entry(path: Path) -> tuple[Place | None, list[Issue]]:
    """Read one entry: the place, or None where nothing can be made of the file, and what is wrong in it."""
    try:
        data = path.read_bytes()
        text = data.decode("utf-8-sig")  # Windows editors put a mark before the text
    except OSError as error:
        return None, [
            Issue("unreadable", f"cannot be read ({error.strerror})", shown(path), None, "Check the file's rights")
        ]
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        return None, [Issue("not-utf8", "is not UTF-8 text", shown(path), line, "Save the file as UTF-8")]
    return parse_entry(text, path)
