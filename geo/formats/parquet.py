"""GeoParquet 1.1: events with geometry, claims and figures as tables beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.files import replacing
from geo.formats.base import Format, Written, require
from geo.frames import features_frame, table_frame
from geo.tables import CLAIM_COLUMNS, FIGURE_COLUMNS, claim_rows, figure_rows

if TYPE_CHECKING:
    from pathlib import Path

    from geo.formats.base import EventSet, Options


def write_parquet(events: EventSet, path: Path, _: Options) -> Written:
    """Write GeoParquet 1.1 (WKB, with the bounding-box column that lets readers skip)."""
    require("pyarrow.parquet", "parquet", "GeoParquet")
    frame = features_frame(events.features).reset_index()
    with replacing(path) as draft:
        frame.to_parquet(draft, index=False, schema_version="1.1.0", write_covering_bbox=True)
    files = [path]
    for name, columns, rows in (
        ("claims", CLAIM_COLUMNS, [row for feature in events.features for row in claim_rows(feature)]),
        ("figures", FIGURE_COLUMNS, [row for feature in events.features for row in figure_rows(feature)]),
    ):
        target = path.with_name(f"{path.stem}.{name}{path.suffix}")
        with replacing(target) as draft:
            table_frame(rows, columns).to_parquet(draft, index=False)
        files.append(target)
    return Written(tuple(files))


FORMATS = (
    Format("geoparquet", (".parquet", ".geoparquet"), "GeoParquet 1.1; claims and figures beside it", write_parquet),
)
