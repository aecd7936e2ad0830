"""GeoParquet 1.1: events with geometry, claims and figures as tables beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geo.files import replacing
from geo.formats.base import Format, Written, require
from geo.frames import features_frame, table_frame
from geo.tables import CLAIM_COLUMNS, FIGURE_COLUMNS, claim_rows, figure_rows

if TYPE_CHECKING:
    from pathlib import Path

    from geo.formats.base import EventSet, Options


def write_parquet(events: EventSet, path: Path, _: Options) -> Written:
    """Write GeoParquet 1.1 (WKB, with the bounding-box column that lets readers skip)."""
    parquet = require("pyarrow.parquet", "parquet", "GeoParquet")
    frame = features_frame(events.features).reset_index()
    with replacing(path) as draft:
        frame.to_parquet(draft, index=False, schema_version="1.1.0", write_covering_bbox=True)
        parquet.write_table(_without_empty_boxes(parquet.read_table(draft)), draft)
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


def _without_empty_boxes(table: Any) -> Any:
    """Return the table with no bounding box where there is no shape, as the specification asks.

    geopandas writes a box of four NaN there, and readers that skip by the box would compare with it.
    """
    import pyarrow as pa  # noqa: PLC0415  (an extra; the caller has seen that it is there)

    boxes = table["bbox"].combine_chunks()
    kept = pa.StructArray.from_arrays(
        boxes.flatten(), fields=list(boxes.type), mask=table["geometry"].is_null().combine_chunks()
    )
    return table.set_column(table.schema.get_field_index("bbox"), table.schema.field("bbox"), kept)


FORMATS = (
    Format("geoparquet", (".parquet", ".geoparquet"), "GeoParquet 1.1; claims and figures beside it", write_parquet),
)
