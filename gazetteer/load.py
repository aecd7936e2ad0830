"""Entries from their folders: every TOML file read, what is wrong told all at once, the rest used.

A broken part (one name, one parent) is left out and reported; an entry is left out whole only where it has no id, no
kind or no name, or is not TOML at all. Folders given by the user lie over ours: the same id replaces the entry.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import rtoml

from gazetteer.errors import GazetteerError, Issue
from gazetteer.index import Gazetteer
from gazetteer.languages import is_language_tag, likely_tag
from gazetteer.model import (
    KINDS,
    NAME_KINDS,
    PARENT_BASES,
    REVIEWS,
    STATUSES,
    DatedGeometry,
    MatchRules,
    Parent,
    Place,
    Point,
    TestSentence,
    Toponym,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from gazetteer.errors import Severity

CURATED = Path(__file__).parent / "entries"
"""Our own entries, inside the installed package."""
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
    places: dict[str, Place] = {}
    issues: list[Issue] = []
    for path in entry_files(folder):
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
    """Yield the entry files below a folder in a fixed order; names that begin with a dot are passed over."""
    for root, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if name.endswith(".toml") and not name.startswith("."):
                yield Path(root, name)


def read_entry(path: Path) -> tuple[Place | None, list[Issue]]:
    """Read one entry: the place, or None where nothing can be made of the file, and what is wrong in it."""
    try:
        data = path.read_bytes()
        text = data.decode("utf8")
    except OSError as error:
        return None, [
            Issue("unreadable", f"cannot be read ({error.strerror})", shown(path), None, "Check the file's rights")
        ]
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        return None, [Issue("not-utf8", "is not UTF-8 text", shown(path), line, "Save the file as UTF-8")]
    return parse_entry(text, path)


def parse_entry(text: str, path: Path) -> tuple[Place | None, list[Issue]]:
    """Make a place of an entry's text. `path` names it in messages, and geometry files lie beside it."""
    try:
        table = rtoml.loads(text)
    except rtoml.TomlParsingError:
        return None, [_toml_issue(text, path)]
    faults = _Faults()
    place = _place(table, path, faults)
    if not faults.found:
        return place, []
    file = shown(path)
    return place, [
        Issue(fault.code, fault.message, file, line_of(text, fault.where), fault.fix, fault.severity)
        for fault in faults.found
    ]


_TOML_FIX = "Put texts in double quotes, each key on a line of its own, and no key twice"
_TOML_LINE = re.compile(r"\s*\(at (?:line (\d+), column \d+|end of document)\)")


def _toml_issue(text: str, path: Path) -> Issue:
    """Say what is wrong in the words of the standard library's slower parser, which knows the line."""
    import tomllib  # noqa: PLC0415  (only where something is wrong)

    message, line = "cannot be read", None
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        message = str(error)
        if place := _TOML_LINE.search(message):
            line = int(place[1]) if place[1] else text.count("\n") + 1
            message = message[: place.start()]
    return Issue("not-toml", f"is not valid TOML: {message[:1].lower()}{message[1:]}", shown(path), line, _TOML_FIX)


def shown(path: Path | None) -> str:
    """Return a path as messages show it: from the working folder where it lies below it."""
    if path is None:
        return ""
    try:
        return path.absolute().relative_to(Path.cwd()).as_posix()
    except ValueError:
        return path.as_posix()


# --------------------------------------------------------------------------------------------------------- line numbers

Where = tuple[str | int, ...]


def line_of(text: str, where: Where) -> int:
    r"""Return the line of a key such as ("names", 1, "lang") in an entry's text: its own, else that of its table, else 1.

    >>> line_of('id = "a"\n[[names]]\ntext = "A"\n[[names]]\nlang = "x"', ("names", 1, "lang"))
    5
    >>> line_of("", ("id",))
    1
    """
    table, key = (where[:-1], where[-1]) if where and isinstance(where[-1], str) else (where, None)
    if len(where) == 1 and (at := _header(text, where)) is not None:
        return at
    best, inside = 1, not table
    counts: dict[str, int] = {}
    for number, raw in enumerate(text.splitlines(), 1):
        line = raw.strip()
        if line.startswith("["):
            name = line.split("]")[0].strip("[ ")
            here: Where = (name,)
            if line.startswith("[["):
                counts[name] = counts.get(name, -1) + 1
                here = (name, counts[name])
            inside = here == table
            best = number if inside else best
        elif inside and key is not None and line.partition("=")[0].strip().strip("\"'") == key:
            return number
        elif not table and key is None:
            return best
    return best


def _header(text: str, where: Where) -> int | None:
    return next(
        (n for n, raw in enumerate(text.splitlines(), 1) if raw.strip().strip("[]").strip() == where[0] and "[" in raw),
        None,
    )


# -------------------------------------------------------------------------------------------------------------- schema


@dataclass(frozen=True, slots=True)
class _Fault:
    code: str
    message: str
    where: Where
    fix: str
    severity: Severity


@dataclass(slots=True)
class _Faults:
    found: list[_Fault] = field(default_factory=list)

    def add(self, code: str, message: str, where: Where, fix: str = "", severity: Severity = "error") -> None:
        self.found.append(_Fault(code, message, where, fix, severity))


def dotted(where: Where) -> str:
    """Write the way to a value as messages do.

    >>> dotted(("names", 1, "lang")), dotted(())
    ('names[1].lang', '')
    """
    out = ""
    for step in where:
        out += f"[{step}]" if isinstance(step, int) else f".{step}" if out else step
    return out


class _WrongError(Exception):
    """A value that does not fit its key: (code, message after the key, fix)."""


def _quote(value: object) -> str:
    return f'"{value}"' if isinstance(value, str) else repr(value)


def nearest(word: str, words: Iterable[str]) -> str | None:
    """Return the word that a misspelt one was probably meant to be, or None."""
    from rapidfuzz import fuzz, process  # noqa: PLC0415  (only where something is wrong)

    found = process.extractOne(word.lower(), list(words), scorer=fuzz.WRatio, score_cutoff=60)
    return found[0] if found else None


def _did_you_mean(word: str, words: Iterable[str]) -> str:
    near = nearest(word, words)
    return f'Did you mean "{near}"?' if near else ""


def _text(value: object) -> str:
    if isinstance(value, str):
        if value.strip():
            return value
        raise _WrongError("empty", "is empty", "Fill it in, or take the line out")
    raise _WrongError("wrong-type", f"is {_quote(value)}, not a text", "Put it in double quotes")


def _texts(value: object) -> tuple[str, ...]:
    if isinstance(value, list) and all(isinstance(item, str) and item.strip() for item in value):
        return tuple(value)
    raise _WrongError("wrong-type", f"is {_quote(value)}, not a list of texts", 'Write it as ["one", "two"]')


def _flag(value: object) -> bool:
    if isinstance(value, bool):
        return value
    raise _WrongError("wrong-type", f"is {_quote(value)}, not true or false", "Write true or false, without quotes")


def _number(value: object) -> float:
    if isinstance(value, int | float) and not isinstance(value, bool) and value == value:  # noqa: PLR0124  (nan)
        return float(value)
    raise _WrongError(
        "wrong-type", f"is {_quote(value)}, not a number", "Write the number without quotes, with a point: 39.8153"
    )


def _between(low: float, high: float, fix: str) -> Callable[[object], float]:
    def check(value: object) -> float:
        number = _number(value)
        if low <= number <= high:
            return number
        raise _WrongError("out-of-range", f"is {value}, not between {low:g} and {high:g}", fix)

    return check


def _metres(value: object) -> float:
    number = _number(value)
    if 0 < number <= 10_000_000:
        return number
    raise _WrongError(
        "out-of-range",
        f"is {value}, not a distance in metres",
        "Give how far the true place may lie from here, such as 1000",
    )


def _one_of(words: tuple[str, ...]) -> Callable[[object], str]:
    known = frozenset(words)

    def check(value: object) -> str:
        if isinstance(value, str) and value in known:
            return value
        hint = _did_you_mean(value, words) if isinstance(value, str) else ""
        listed = f"one of {', '.join(words)}" if len(words) <= 8 else "a known kind"
        raise _WrongError(
            "unknown-value", f"is {_quote(value)}, not {listed}", hint or f"Use one of {', '.join(words)}"
        )

    return check


def _language(value: object) -> str:
    if isinstance(value, str) and is_language_tag(value):
        return value
    likely = likely_tag(value) if isinstance(value, str) else None
    fix = f'Did you mean "{likely}"?' if likely else 'Use a tag such as "az-Latn", "hy-Armn", "ru-Cyrl" or "en"'
    raise _WrongError("bad-lang", f"is {_quote(value)}, not a BCP 47 language", fix)


@lru_cache(maxsize=4096)
def is_date(text: str) -> bool:
    """Tell whether a text is an ISO date of year, month or day precision.

    >>> [text for text in ("1923", "2020-11", "2020-11-10", "2020-13", "10.11.2020", "") if is_date(text)]
    ['1923', '2020-11', '2020-11-10']
    """
    if len(text) not in {4, 7, 10} or not text.replace("-", "").isdigit() or not text.isascii():
        return False
    try:
        date.fromisoformat((text + "-01-01")[:10])
    except ValueError:
        return False
    return True


def _date(value: object) -> str:
    if isinstance(value, date):  # TOML has dates of its own: from = 1991-10-18
        return value.isoformat()[:10]
    if isinstance(value, str) and is_date(value):
        return value
    raise _WrongError("bad-date", f"is {_quote(value)}, not an ISO date", 'Write "1923", "2020-11" or "2020-11-10"')


def _slug(value: object) -> str:
    text = _text(value)
    if is_slug(text):
        return text
    raise _WrongError("bad-id", f"is {_quote(text)}, not an ASCII slug", f'Write "{slug(text)}"')


_SLUG_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-")


def is_slug(text: str) -> bool:
    """Tell whether a text can be a place id: small ASCII letters, digits and single hyphens inside."""
    return bool(text) and _SLUG_LETTERS.issuperset(text) and text[0] != "-" and text[-1] != "-" and "--" not in text


def slug(text: str) -> str:
    """Make a place id of a name.

    >>> slug("Xankəndi"), slug("Karmir Shuka"), slug("Степанакерт"), slug("")
    ('xankendi', 'karmir-shuka', 'stepanakert', 'place')
    """
    from gazetteer.transliteration import ascii_form  # noqa: PLC0415  (only where an id is made)

    kept = "".join(c if c in _SLUG_LETTERS else "-" for c in ascii_form(text).lower())
    return "-".join(part for part in kept.split("-") if part) or "place"


def _slugs(value: object) -> tuple[str, ...]:
    for item in (found := _texts(value)):
        _slug(item)
    return found


Reader = dict[str, tuple[str, "Callable[[object], Any]"]]
"""For each TOML key: the field that it fills, and what makes a value of it."""

_PERIOD: Reader = {"from": ("since", _date), "to": ("until", _date)}
_POINT: Reader = {
    "lat": ("lat", _between(-90, 90, "Give the latitude in degrees; the longitude goes in lon")),
    "lon": ("lon", _between(-180, 180, "Give the longitude in degrees")),
    "precision_m": ("precision_m", _metres),
    "source": ("source", _text),
}
_NAME: Reader = {
    "text": ("text", _text),
    "lang": ("lang", _language),
    "kind": ("kind", _one_of(NAME_KINDS)),
    "used_by": ("used_by", _texts),
    "source": ("source", _text),
} | _PERIOD
_PARENT: Reader = {
    "id": ("id", _slug),
    "basis": ("basis", _one_of(PARENT_BASES)),
    "asserted_by": ("asserted_by", _text),
} | _PERIOD
_GEOMETRY: Reader = {
    "file": ("file", _text),
    "shape": ("shape", _one_of(("line", "area"))),
    "label": ("label", _text),
    "asserted_by": ("asserted_by", _text),
    "source": ("source", _text),
    "precision_m": ("precision_m", _metres),
} | _PERIOD
_MATCH: Reader = {
    "ambiguous_with": ("ambiguous_with", _slugs),
    "never": ("never", _texts),
    "context": ("context", _texts),
    "needs_context": ("needs_context", _flag),
}
_TEST: Reader = {"text": ("text", _text), "mention": ("mention", _text), "resolves": ("resolves", _flag)}
_PLACE: Reader = {
    "id": ("id", _slug),
    "kind": ("kind", _one_of(KINDS)),
    "feature": ("feature", _text),
    "status": ("status", _one_of(STATUSES)),
    "review": ("review", _one_of(REVIEWS)),
    "source": ("source", _text),
    "note": ("note", _text),
    "superseded_by": ("superseded_by", _slug),
    "demonyms": ("demonyms", _texts),
    "capital_of": ("capital_of", _slugs),
    "seat_of": ("seat_of", _slugs),
} | _PERIOD
_TABLES = ("point", "names", "parents", "geometry", "links", "match", "tests")
_ALL_KEYS = (*_PLACE, *_TABLES)


def _read(
    table: Mapping[str, object], reader: Reader, where: Where, faults: _Faults, known: Iterable[str] = ()
) -> dict[str, Any]:
    """Return the sound fields of a table, noting the rest."""
    fields: dict[str, Any] = {}
    for key, value in table.items():
        rule = reader.get(key)
        if rule is None:
            if key not in known:
                words = list(dict.fromkeys((*reader, *known)))
                at = dotted(where)
                message = f'unknown key "{key}"' + (f" in {at}" if at else "")
                faults.add(
                    "unknown-key",
                    message,
                    (*where, key),
                    _did_you_mean(key, words) or f"Known keys: {', '.join(words)}",
                )
            continue
        try:
            fields[rule[0]] = rule[1](value)
        except _WrongError as wrong:
            code, message, fix = wrong.args
            faults.add(code, f"{dotted((*where, key))} {message}", (*where, key), fix)
    return fields


def _has(
    fields: Mapping[str, object], table: Mapping[str, object], wanted: tuple[str, ...], where: Where, faults: _Faults
) -> bool:
    """Tell whether the fields that a table cannot be without are there, noting those that were never written."""
    for key in wanted:
        if key not in table:
            at = dotted(where)
            faults.add(
                "missing-key", f"{at} has no {key}" if at else f"has no {key}", where, f"Add the line {key} = ..."
            )
    return all(key in fields for key in wanted)


def _tables(data: Mapping[str, object], key: str, faults: _Faults) -> Iterator[tuple[Where, Mapping[str, object]]]:
    value = data.get(key, [])
    if not isinstance(value, list):
        faults.add(
            "wrong-type",
            f"{key} is {'a single table' if isinstance(value, dict) else _quote(value)}, not a list of tables",
            (key,),
            f"Write its header as [[{key}]]",
        )
        return
    for number, item in enumerate(value):
        if isinstance(item, dict):
            yield (key, number), item
        else:
            faults.add(
                "wrong-type",
                f"{key}[{number}] is {_quote(item)}, not a table",
                (key,),
                f"Write its header as [[{key}]]",
            )


def _table(data: Mapping[str, object], key: str, faults: _Faults) -> Mapping[str, object] | None:
    value = data.get(key)
    if value is None or isinstance(value, dict):
        return value
    faults.add("wrong-type", f"{key} is not a table", (key,), f"Write its header as [{key}]")
    return None


def _place(data: Mapping[str, object], path: Path, faults: _Faults) -> Place | None:
    fields = _read(data, _PLACE, (), faults, _TABLES)
    whole = _has(fields, data, ("id", "kind"), (), faults)
    names = []
    for where, table in _tables(data, "names", faults):
        name = _read(table, _NAME, where, faults)
        if _has(name, table, ("text",), where, faults) and ("lang" in name or "lang" not in table):
            names.append(Toponym(**name))
    if not names:
        if "names" not in data:
            faults.add("missing-key", "has no name", (), 'Add a table [[names]] with text = "..." and lang = "en"')
        whole = False
    parents = [
        Parent(**parent)
        for where, table in _tables(data, "parents", faults)
        if _has(parent := _read(table, _PARENT, where, faults), table, ("id",), where, faults)
    ]
    tests = [
        TestSentence(**test)
        for where, table in _tables(data, "tests", faults)
        if _has(test := _read(table, _TEST, where, faults), table, ("text", "mention"), where, faults)
    ]
    geometries = []
    for where, table in _tables(data, "geometry", faults):
        shape = _read(table, _GEOMETRY, where, faults)
        if _has(shape, table, ("file", "shape"), where, faults):
            shape["file"] = path.parent / shape["file"]
            geometries.append(DatedGeometry(**shape))
    point = _point(data, faults)
    match = _table(data, "match", faults)
    rules = MatchRules(**_read(match, _MATCH, ("match",), faults)) if match else MatchRules()
    links = _links(data, faults)
    if not whole:
        return None
    if fields["id"] != path.stem:
        faults.add(
            "id-file",
            f'id is "{fields["id"]}", but the file is called {path.name}',
            ("id",),
            f"Call the file {fields['id']}.toml",
        )
    return Place(
        **fields,
        names=tuple(names),
        point=point,
        geometries=tuple(geometries),
        parents=tuple(parents),
        links=links,
        match=rules,
        tests=tuple(tests),
        file=path,
    )


def _point(data: Mapping[str, object], faults: _Faults) -> Point | None:
    table = _table(data, "point", faults)
    if table is None:
        return None
    fields = _read(table, _POINT, ("point",), faults)
    return Point(**fields) if _has(fields, table, ("lat", "lon", "precision_m"), ("point",), faults) else None


def _links(data: Mapping[str, object], faults: _Faults) -> tuple[tuple[str, str], ...]:
    found: list[tuple[str, str]] = []
    for key, value in (_table(data, "links", faults) or {}).items():
        values = value if isinstance(value, list) else [value]
        if all(isinstance(item, str | int) and not isinstance(item, bool) for item in values):
            found.extend((key, str(item)) for item in values)
        else:
            faults.add(
                "wrong-type",
                f"links.{key} is {_quote(value)}, not an identifier",
                ("links", key),
                "Put it in double quotes",
            )
    return tuple(found)
