"""Entries back to TOML files: whole or not at all, and never one over another by accident."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import rtoml

from gazetteer.errors import GazetteerError
from gazetteer.lines import shown
from gazetteer.model import MatchRules

if TYPE_CHECKING:
    from gazetteer.model import DatedGeometry, Parent, Place, Toponym


def record(place: Place) -> dict[str, Any]:
    """Return an entry as plain values under the keys of the TOML form; what is not set is left out.

    >>> from gazetteer.model import Place, Point, Toponym
    >>> record(Place("baku", "city", (Toponym("Baku"),), point=Point(40.4, 49.87, 500)))["point"]
    {'lat': 40.4, 'lon': 49.87, 'precision_m': 500}
    >>> record(Place("nowhere", "site", ()))
    {'id': 'nowhere', 'kind': 'site', 'status': 'current', 'review': 'imported'}
    """
    made: dict[str, Any] = {"id": place.id, "kind": place.kind, "feature": place.feature, "status": place.status}
    made |= {"review": place.review, "source": place.source, "note": place.note, "from": place.since, "to": place.until}
    made |= {"superseded_by": place.superseded_by, "population": place.population, "demonyms": list(place.demonyms)}
    made |= {"capital_of": list(place.capital_of), "seat_of": list(place.seat_of)}
    if place.point is not None:
        point = place.point
        made["point"] = _filled(
            {"lat": point.lat, "lon": point.lon, "precision_m": _whole(point.precision_m), "source": point.source}
        )
    made["names"] = [_name(name) for name in place.names if not name.derived]
    made["parents"] = [_parent(parent) for parent in place.parents]
    made["links"] = _links(place)
    if place.match != MatchRules():
        match = place.match
        made["match"] = _filled(
            {
                "ambiguous_with": list(match.ambiguous_with),
                "never": list(match.never),
                "context": list(match.context),
                "needs_context": match.needs_context or None,
            }
        )
    made["tests"] = [{"text": test.text, "mention": test.mention, "resolves": test.resolves} for test in place.tests]
    made["geometry"] = [geometry_record(shape) for shape in place.geometries]
    return _filled(made)


def _name(name: Toponym) -> dict[str, Any]:
    return _filled(
        {
            "text": name.text,
            "lang": name.lang,
            "kind": name.kind,
            "used_by": list(name.used_by),
            "from": name.since,
            "to": name.until,
            "source": name.source,
        }
    )


def _parent(parent: Parent) -> dict[str, Any]:
    return _filled(
        {
            "id": parent.id,
            "basis": parent.basis,
            "asserted_by": parent.asserted_by,
            "from": parent.since,
            "to": parent.until,
        }
    )


def geometry_record(shape: DatedGeometry) -> dict[str, Any]:
    """Return what an entry says of a line or an area, the file by its bare name."""
    return _filled(
        {
            "file": shape.file.name,
            "shape": shape.shape,
            "label": shape.label,
            "from": shape.since,
            "to": shape.until,
            "asserted_by": shape.asserted_by,
            "source": shape.source,
            "precision_m": _whole(shape.precision_m) or None,
        }
    )


def _links(place: Place) -> dict[str, Any]:
    found: dict[str, list[str]] = {}
    for key, value in place.links:
        found.setdefault(key, []).append(value)
    return {key: values[0] if len(values) == 1 else values for key, values in found.items()}


def _whole(number: float) -> float:
    return int(number) if number == int(number) else number


def _filled(table: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in table.items() if value not in (None, "", [], {})}


def entry_toml(place: Place) -> str:
    """Return the text of the entry's file.

    >>> from gazetteer.model import Place, Toponym
    >>> print(entry_toml(Place("baku", "city", (Toponym("Baku"),))), end="")
    id = "baku"
    kind = "city"
    status = "current"
    review = "imported"
    <BLANKLINE>
    [[names]]
    text = "Baku"
    lang = "en"
    kind = "press"
    """
    return rtoml.dumps(record(place))


def save(
    place: Place, folder: Path, *, overwrite: bool = False, shapes: tuple[dict[str, Any], ...] | None = None
) -> Path:
    """Write an entry to `folder`/<id>.toml with its geometry files, and return the file's path.

    The geometries are `shapes` where they are given, else copies of the files that the place names.
    The file appears whole or not at all, whenever the program is stopped. Of two programs that add the same id at
    once one is refused. Raises `GazetteerError` where the file is there already and is not to be overwritten, or the
    folder cannot be written to.
    """
    target = folder / f"{place.id}.toml"
    if not overwrite and target.exists():
        raise _taken(target)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        copies = []
        for number, dated in enumerate(place.geometries):
            copy = folder / dated.file.name
            if shapes is not None:
                _put(copy, (json.dumps(shapes[number]) + "\n").encode(), overwrite=True)
            elif copy.absolute() != dated.file.absolute():
                _put(copy, dated.file.read_bytes(), overwrite=True)
            copies.append(replace(dated, file=copy))
        _put(target, entry_toml(replace(place, geometries=tuple(copies))).encode(), overwrite=overwrite)
    except FileExistsError:  # another program was faster
        raise _taken(target) from None
    except OSError as error:
        raise GazetteerError(
            f"{shown(target)} cannot be written ({error.strerror}). Choose a folder of yours with --gazetteer"
        ) from error
    return target


def _taken(target: Path) -> GazetteerError:
    return GazetteerError(
        f"{shown(target)} is there already. Choose another id with --id, or overwrite it with --replace"
    )


def write_whole(target: Path, text: str) -> None:
    """Write a text file whole or not at all. Raises `GazetteerError` where it cannot be written."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _put(target, text.encode(), overwrite=True)
    except OSError as error:
        raise GazetteerError(f"{target} cannot be written ({error.strerror}). Choose another place for it") from error


def _put(target: Path, data: bytes, *, overwrite: bool) -> None:
    # a hidden name: a loader that runs at the same time passes it over
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".part", dir=target.parent)
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.chmod(0o666 & ~_umask())
        if overwrite:
            part.replace(target)
        else:
            _link(part, target)
    finally:
        part.unlink(missing_ok=True)


def _link(part: Path, target: Path) -> None:
    """Give a whole file its name unless the name is taken; a rename would not ask."""
    try:
        os.link(part, target)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links: the name is reserved first
        os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
        shutil.move(part, target)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
