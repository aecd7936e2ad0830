"""Events back in from our GeoPackage, as somebody edited it in QGIS: the layer of events with its claims and figures."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

from gazetteer.errors import FormatError
from geo.tables import CLAIM_COLUMNS, DERIVED, EVENT_COLUMNS, FIGURE_COLUMNS

if TYPE_CHECKING:
    from pathlib import Path

    from geo.tables import Feature

_NOT_READ = DERIVED | {"id"}
_LISTS = frozenset({"actors", "place_ids", "merged"})
_CLAIM = tuple(c.name for c in CLAIM_COLUMNS if c.name not in {"event_id", "claim", "figures"})
_FIGURE = tuple(c.name for c in FIGURE_COLUMNS if c.name not in {"event_id", "claim", "claimant"})


def features_of(file: Path) -> list[Feature]:
    """Return the features of the layer `events`, or of the one that somebody saved under another name, with their claims.

    Raises `FormatError` where there is no such layer.
    """
    import pyogrio  # noqa: PLC0415
    import shapely  # noqa: PLC0415

    try:
        with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as database:
            claims = _claims(database) if _has_claims(database) else {}
        meta, _, shapes, columns = pyogrio.raw.read(file, layer=_layer(file))
    except (sqlite3.Error, pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError) as error:
        raise FormatError(
            f"{file}: this is no GeoPackage with a layer of events. Give one that `export` has written."
        ) from error
    names = list(meta["fields"])
    features = []
    for number, shape in enumerate(shapes):
        cells = {name: _cell(column[number]) for name, column in zip(names, columns, strict=True)}
        key = str(cells.get("id") or number + 1)
        claimed = claims.get(key, [])
        own = {name: _own(name, cells.get(name)) for name in (c.name for c in EVENT_COLUMNS) if name not in _NOT_READ}
        foreign = {name: value for name, value in cells.items() if name not in own and name not in _NOT_READ}
        geometry = None if shape is None else json.loads(shapely.to_geojson(shapely.from_wkb(shape)))
        # Where the claims stayed behind, their number goes along, so that the reader can say so.
        lost = {"claim_count": cells.get("claim_count")} if not claims and cells.get("claim_count") else {}
        properties = {**own, **foreign, **lost, "claims": claimed}
        features.append({"type": "Feature", "id": key, "geometry": geometry, "properties": properties})
    return features


def _layer(file: Path) -> str:
    """Return the layer with our columns; saving a layer from a GIS names it as the user likes."""
    import pyogrio  # noqa: PLC0415

    names = [str(name) for name, _ in pyogrio.list_layers(file)]
    if "events" not in names:
        for name in names:
            if {"event_type", "modality"} <= set(pyogrio.read_info(file, layer=name)["fields"]):
                return name
    return "events"


def _has_claims(database: sqlite3.Connection) -> bool:
    tables = {name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    return {"claims", "figures"} <= tables


def _claims(database: sqlite3.Connection) -> dict[str, list[dict[str, Any]]]:
    """Return the claims of each event by its id, in their order, with their figures."""
    database.row_factory = sqlite3.Row
    figures: dict[tuple[str, int], list[dict[str, Any]]] = {}
    for row in database.execute("SELECT * FROM figures ORDER BY fid"):
        figures.setdefault((row["event_id"], row["claim"]), []).append({name: row[name] for name in _FIGURE})
    claims: dict[str, list[dict[str, Any]]] = {}
    for row in database.execute("SELECT * FROM claims ORDER BY event_id, claim, fid"):
        about = {name: row[name] for name in _CLAIM}
        claims.setdefault(row["event_id"], []).append(
            {**about, "casualties": figures.get((row["event_id"], row["claim"]), [])}
        )
    return claims


def _cell(value: Any) -> Any:
    """Return a cell as JSON has it: days as ISO text, missing numbers as None, whole numbers whole."""
    import numpy as np  # noqa: PLC0415

    if isinstance(value, np.datetime64):
        return None if np.isnat(value) else str(value)[:10]
    value = value.item() if isinstance(value, np.generic) else value
    if isinstance(value, float):
        return None if value != value else int(value) if value.is_integer() else value  # noqa: PLR0124  (nan)
    return value


def _own(name: str, value: Any) -> Any:
    if name in _LISTS:
        return [part.strip() for part in str(value).split(";") if part.strip()] if value else []
    return value
