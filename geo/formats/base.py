"""What every format shares: the events to write, the options, and how a missing library is told."""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib import import_module
from typing import TYPE_CHECKING, Any

from gazetteer.errors import FormatError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from gazetteer.errors import Issue
    from gazetteer.index import Gazetteer
    from geo.tables import Feature


@dataclass(frozen=True, slots=True)
class EventSet:
    """Events as GeoJSON features, what is known of their reports, and foreign members of the collection."""

    features: tuple[Feature, ...]
    reports: tuple[dict[str, Any], ...] = ()
    members: dict[str, Any] = field(default_factory=dict)
    issues: tuple[Issue, ...] = ()

    def collection(self) -> dict[str, Any]:
        """Return the FeatureCollection.

        >>> EventSet(()).collection()
        {'type': 'FeatureCollection', 'features': [], 'reports': []}
        """
        return {
            "type": "FeatureCollection",
            **self.members,
            "features": list(self.features),
            "reports": list(self.reports),
        }


@dataclass(frozen=True, slots=True)
class Options:
    """What a writer may be told: an HXL tag row for tables, codebook columns, places and lines for GeoPackage."""

    hxl: bool = False
    codes: bool = False
    places: Gazetteer | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """The files that were written, the first being the one asked for, and what the format could not hold."""

    files: tuple[Path, ...]
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Format:
    """A file format: its name, the endings that mean it, a line about it, and the function that writes it."""

    name: str
    endings: tuple[str, ...]
    about: str
    write: Callable[[EventSet, Path, Options], Written]
    nests: bool = False
    """Whether claims lie inside the events; if not, a second table holds them."""


def require(module: str, extra: str, what: str) -> Any:
    """Import a library that only some formats need, or say what to install.

    >>> require("json", "none", "JSON").__name__
    'json'
    >>> require("no_such_module", "xlsx", "XLSX")
    Traceback (most recent call last):
    gazetteer.errors.FormatError: XLSX needs the library no_such_module, which is not installed. Install it with: pip install "conflict-mapper[xlsx]"
    """
    try:
        return import_module(module)
    except ImportError as error:
        raise FormatError(
            f"{what} needs the library {module.split('.', maxsplit=1)[0]}, which is not installed. "
            f'Install it with: pip install "conflict-mapper[{extra}]"'
        ) from error
