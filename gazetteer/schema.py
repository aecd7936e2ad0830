"""What an entry may hold: each key with the field that it fills and what its value must be.

A broken part (one name, one parent) is left out and reported; an entry is left out whole only where it has no id, no
kind or no name, or is not TOML at all.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import rtoml

from gazetteer.errors import Issue
from gazetteer.ids import is_slug, slug
from gazetteer.languages import is_language_tag, likely_tag
from gazetteer.lines import dotted, line_of, shown
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
    from pathlib import Path

    from gazetteer.errors import Severity
    from gazetteer.lines import Where


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


def parse_record(table: Mapping[str, object], path: Path, label: str) -> tuple[Place | None, list[Issue]]:
    """Make a place of plain values under the keys of an entry, as foreign formats give them; `label` stands in issues.

    >>> from pathlib import Path
    >>> place, issues = parse_record({"id": "baku", "kind": "citty"}, Path("a.csv"), "a.csv, place 1")
    >>> place, [str(issue) for issue in issues][0]
    (None, 'a.csv, place 1: kind is "citty", not a known kind. Did you mean "city"?')
    """
    faults = _Faults()
    place = _place({key: value for key, value in table.items() if value not in ([], {})}, path, faults)
    told = [fault for fault in faults.found if fault.code != "id-file"]
    return place, [Issue(fault.code, fault.message, label, None, fault.fix, fault.severity) for fault in told]


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


# ----------------------------------------------------------------------------------------------------- what was wrong


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


_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""Control characters and turns of the writing direction: they make a text look like another one."""


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise _WrongError("wrong-type", f"is {_quote(value)}, not a text", "Put it in double quotes")
    if not value or value.isspace():
        raise _WrongError("empty", "is empty", "Fill it in, or take the line out")
    if not value.isprintable() and (unseen := _UNSEEN.search(value)):
        raise _WrongError("control-character", f"holds the unseen character U+{ord(unseen[0]):04X}", "Type it anew")
    return value


def _texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise _WrongError("wrong-type", f"is {_quote(value)}, not a list of texts", 'Write it as ["one", "two"]')
    return tuple([_text(item) for item in value])


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


def _count(value: object) -> int:
    number = _number(value)
    if number >= 0 and number.is_integer():
        return int(number)
    raise _WrongError(
        "out-of-range", f"is {value}, not a number of people", "Write a whole number, or take the line out"
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


def _slugs(value: object) -> tuple[str, ...]:
    for item in (found := _texts(value)):
        _slug(item)
    return found


_FEATURE = re.compile(r"[AHLPRSTUV]\.[A-Z][A-Z0-9]{0,5}")


def _feature(value: object) -> str:
    if isinstance(value, str) and _FEATURE.fullmatch(value):
        return value
    fix = 'Write class and code with a point between, such as "P.PPL"; a river is "H.STM", a district "A.ADM2"'
    raise _WrongError("bad-feature", f"is {_quote(value)}, not a GeoNames feature", fix)


_SHAPE_FILE = re.compile(r"[^/\\\0]+\.(geojson|json)")


def _shape_file(value: object) -> str:
    text = _text(value)
    if _SHAPE_FILE.fullmatch(text):
        return text
    raise _WrongError(
        "bad-file-name",
        f"is {_quote(text)}, not a GeoJSON file beside the entry",
        'Write a bare name such as "some-place.area.geojson"',
    )


_LINKS = {"wikidata": (re.compile(r"[QPL]\d+"), "Q9248"), "geonames": (re.compile(r"\d+"), "587084")}
"""What identifiers look like, where that is known, with an example."""

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
    "file": ("file", _shape_file),
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
    "feature": ("feature", _feature),
    "status": ("status", _one_of(STATUSES)),
    "review": ("review", _one_of(REVIEWS)),
    "source": ("source", _text),
    "note": ("note", _text),
    "superseded_by": ("superseded_by", _slug),
    "population": ("population", _count),
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
        if key in reader:
            name, make = reader[key]
            try:
                fields[name] = make(value)
            except _WrongError as wrong:
                code, message, fix = wrong.args
                faults.add(code, f"{dotted((*where, key))} {message}", (*where, key), fix)
        elif key not in known:
            words = list(dict.fromkeys((*reader, *known)))
            message = f'unknown key "{key}"' + (f" in {dotted(where)}" if where else "")
            fix = _did_you_mean(key, words) or f"Known keys: {', '.join(words)}"
            faults.add("unknown-key", message, (*where, key), fix)
    return fields


def _has(
    fields: Mapping[str, object], table: Mapping[str, object], wanted: tuple[str, ...], where: Where, faults: _Faults
) -> bool:
    """Tell whether the fields that a table cannot be without are there, noting those that were never written."""
    whole = True
    for key in wanted:
        if key not in fields:
            whole = False
            if key not in table:
                message = f"{dotted(where)} has no {key}" if where else f"has no {key}"
                faults.add("missing-key", message, where, f"Add the line {key} = ...")
    return whole


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
            pattern, example = _LINKS.get(key, (None, ""))
            for item in map(str, values):
                if pattern is None or pattern.fullmatch(item):
                    found.append((key, item))
                else:
                    message = f'links.{key} is "{item}", not an identifier of {key}'
                    faults.add("bad-link", message, ("links", key), f'Write it as "{example}"')
        else:
            faults.add(
                "wrong-type",
                f"links.{key} is {_quote(value)}, not an identifier",
                ("links", key),
                "Put it in double quotes",
            )
    return tuple(found)
