"""Events as data frames, for notebooks: one of events with geometry, one of claims, one of figures.

The columns are those of `geo.tables`, typed: text as pandas strings, whole numbers as Int64 (which knows "missing"),
other numbers as Float64, days as datetime64[s]. Empty frames have the same columns and types.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geo.export import to_feature_collection
from geo.tables import CLAIM_COLUMNS, FIGURE_COLUMNS, claim_rows, event_table, figure_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import geopandas as gpd
    import pandas as pd

    from gazetteer.index import Gazetteer
    from geo.model import Event, Report
    from geo.recognise import Recogniser
    from geo.tables import Column, Feature, Row

DTYPES = {"text": "string", "integer": "Int64", "number": "Float64", "date": "datetime64[s]"}
"""The pandas type of each type of column."""


def to_frame(events: Iterable[Event], *, reports: Mapping[str, Report] | Iterable[Report] = ()) -> gpd.GeoDataFrame:
    """Return events as a GeoDataFrame in EPSG:4326, indexed by event id; `geo.tables.EVENT_COLUMNS` says what is in it.

    Events without a defensible place have no geometry (None) and stay in the frame.

    >>> frame = to_frame([])
    >>> len(frame), frame.crs.to_epsg(), str(frame["date_start"].dtype), str(frame["geo_precision"].dtype)
    (0, 4326, 'datetime64[s]', 'Int64')
    """
    return features_frame(to_feature_collection(events, reports)["features"])


def claims_frame(events: Iterable[Event], *, reports: Mapping[str, Report] | Iterable[Report] = ()) -> pd.DataFrame:
    """Return one row for each claim, to be joined on `event_id`; `geo.tables.CLAIM_COLUMNS` says what is in it.

    >>> frame = claims_frame([])
    >>> len(frame), list(frame.columns)[:3]
    (0, ['event_id', 'claim', 'report'])
    """
    features = to_feature_collection(events, reports)["features"]
    return table_frame([row for feature in features for row in claim_rows(feature)], CLAIM_COLUMNS)


def figures_frame(events: Iterable[Event]) -> pd.DataFrame:
    """Return one row for each figure of each claim; they are rival statements: never add them up.

    >>> len(figures_frame([]))
    0
    """
    features = to_feature_collection(events)["features"]
    return table_frame([row for feature in features for row in figure_rows(feature)], FIGURE_COLUMNS)


def features_frame(features: Sequence[Feature]) -> gpd.GeoDataFrame:
    """Return GeoJSON features (as `geo.formats.read_events` gives them) as a GeoDataFrame, foreign properties kept.

    >>> features_frame([]).geometry.name
    'geometry'
    """
    import geopandas as gpd  # noqa: PLC0415  (half a second that only frames need)
    from shapely.geometry import shape  # noqa: PLC0415

    columns, rows = event_table(features)
    shapes = [shape(f["geometry"]) if f.get("geometry") else None for f in features]
    frame = table_frame(rows, columns).set_index("id")
    return gpd.GeoDataFrame(frame, geometry=gpd.GeoSeries(shapes, index=frame.index, crs="EPSG:4326"), crs="EPSG:4326")


def extract_frame(
    frame: pd.DataFrame,
    places: Gazetteer | None = None,
    *,
    text: str = "text",
    columns: Mapping[str, str] | None = None,
    recogniser: Recogniser | None = None,
) -> gpd.GeoDataFrame:
    """Read a frame of reports, one a row, and return the frame of their events, with the column `reports`.

    `text` names the column of the texts; `columns` maps title, publisher, published, url and language to other
    names where the frame has them. Reports are called by their index labels. `places` is our gazetteer by default;
    `recogniser` finds the names in its place (see `geo.engines`). Raises `ReportError` where the text column is missing.

    >>> import pandas as pd
    >>> len(extract_frame(pd.DataFrame({"text": pd.Series([], dtype="string")})))
    0
    """
    from gazetteer.load import load  # noqa: PLC0415
    from geo.inputs.rows import Row, documents_of_rows  # noqa: PLC0415
    from geo.pipeline import extract_all  # noqa: PLC0415
    from geo.reports import to_report  # noqa: PLC0415

    rows = [
        Row(str(label), None, {str(key): value for key, value in cells.items()})
        for label, cells in zip(frame.index, frame.to_dict("records"), strict=True)
    ]
    parsed = documents_of_rows(rows, [str(c) for c in frame.columns], {"text": text, **(columns or {})})
    reports = [to_report(document, document.name) for document in parsed.documents]
    extraction = extract_all(reports, places if places is not None else load(), recogniser)
    events = to_frame(extraction.events, reports=extraction.reports)
    names = [sorted({claim.report for claim in event.claims}) for event in extraction.events]
    import pandas as pd  # noqa: PLC0415

    return events.assign(reports=pd.Series(["; ".join(n) for n in names], index=events.index, dtype="string"))


def table_frame(rows: Sequence[Row], columns: Sequence[Column]) -> pd.DataFrame:
    """Return rows as a frame with the columns' types, also where there is no row.

    >>> table_frame([], CLAIM_COLUMNS).dtypes["start"]
    Int64Dtype()
    """
    import pandas as pd  # noqa: PLC0415

    data: dict[str, Any] = {c.name: pd.Series([row[c.name] for row in rows], dtype=DTYPES[c.type]) for c in columns}
    return pd.DataFrame(data)
