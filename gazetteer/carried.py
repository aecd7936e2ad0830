"""A place on its way into or out of another program's format: its record and its shapes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gazetteer.model import Place


@dataclass(frozen=True, slots=True)
class Carried:
    """An entry as plain values (`gazetteer.writing.record`) with the geometries that its files hold, in order."""

    record: dict[str, Any]
    title: str
    shapes: tuple[dict[str, Any], ...] = ()
    parent_title: str = ""

    @property
    def links(self) -> Iterator[tuple[str, str]]:
        """The identifiers elsewhere, each with its key."""
        for key, value in self.record.get("links", {}).items():
            for item in value if isinstance(value, list) else [value]:
                yield key, item

    @classmethod
    def of(cls, place: Place, parent_title: str = "") -> Carried:
        """Make one of a place, reading its geometry files."""
        from gazetteer.writing import record  # noqa: PLC0415  (a cycle otherwise)

        shapes = tuple(dated.read() for dated in place.geometries)
        return cls(record(place), place.name, shapes, parent_title)
