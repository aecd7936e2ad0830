"""Events as data frames: the documented columns and types, with events and without any."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from shapely.geometry import Point

import geo
from gazetteer.errors import ReportError
from geo.frames import DTYPES, claims_frame, extract_frame, figures_frame, to_frame
from geo.model import Casualties, Claim, DateRange, Event, Footprint, Report
from geo.tables import CLAIM_COLUMNS, EVENT_COLUMNS, FIGURE_COLUMNS

CLAIM = Claim(
    "a.txt",
    3,
    20,
    "At least 27 died.",
    None,
    "reports",
    (Casualties("killed", "total", None, 27, None, None, "at_least", "at least 27"),),
)
EVENTS = (
    Event("e1", "shelling", "occurred", DateRange(date(2023, 9, 19), None, "day", "stated"), Footprint(Point(46, 39), "town", "Town", precision=1, uncertainty_m=500), (CLAIM, CLAIM), ("a", "b")),
    Event("e2", "meeting_or_talks", "planned", DateRange(), Footprint(reason="no place is named"), (CLAIM,)),
)  # fmt: skip


@pytest.mark.parametrize("events", [EVENTS, ()], ids=["events", "none"])
def test_the_schema(events):
    frame = to_frame(events, reports=[Report("a.txt", "", "Title")])
    assert frame.crs.to_epsg() == 4326
    assert frame.index.name == "id"
    assert list(frame.columns) == [*(c.name for c in EVENT_COLUMNS if c.name != "id"), "geometry"]
    for made, columns in (
        (frame.reset_index(), EVENT_COLUMNS),
        (claims_frame(events), CLAIM_COLUMNS),
        (figures_frame(events), FIGURE_COLUMNS),
    ):
        for column in columns:
            assert made[column.name].dtype == DTYPES[column.type], column.name


def test_the_cells():
    frame = to_frame(EVENTS)
    assert frame.loc["e1", "date_start"] == pd.Timestamp("2023-09-19")
    assert frame.loc["e1", "actors"] == "a; b"
    assert frame.loc["e1", "geo_precision"] == 1
    assert frame.geometry.isna().tolist() == [False, True]
    assert frame.loc["e2", "geo_reason"] == "no place is named"
    claims = claims_frame(EVENTS, reports=[Report("a.txt", "", "Title", published=date(2023, 9, 20))])
    assert claims.groupby("event_id").size().to_dict() == {"e1": 2, "e2": 1}
    assert claims["published"].iloc[0] == pd.Timestamp("2023-09-20")
    figures = figures_frame(EVENTS)
    assert figures["low"].tolist() == [27, 27, 27]
    assert figures["best"].isna().all()  # null is not zero


def test_frame_in_frame_out():
    reports = pd.DataFrame(
        {
            "body": ["Shells fell on the town of Lachin on Tuesday, the ministry said.", None],
            "day": ["2023-09-20", None],
        },
        index=["x", "y"],
    )
    frame = extract_frame(reports, text="body", columns={"published": "day"})
    assert set(frame["reports"]) == {"x"}
    assert "lachin" in set(frame["place_id"].dropna())
    assert frame.crs.to_epsg() == 4326
    with pytest.raises(ReportError, match="no column"):
        extract_frame(reports, text="story")


def test_a_frame_takes_an_engine_too():
    """Whoever finds no names leaves no event a place; the frames are of the same form."""
    reports = pd.DataFrame({"text": ["Shells fell on the town of Lachin on Tuesday, the ministry said."]})
    own = extract_frame(reports)
    blind = extract_frame(reports, recogniser=lambda _text: ())
    assert own["place_id"].tolist() == ["lachin"]
    assert blind["place_id"].isna().all()
    assert own.dtypes.equals(blind.dtypes)


@pytest.mark.parametrize("column", [None, "event_type", "date_start", "geo_precision"])
def test_a_notebook_can_explore_the_frame(tmp_path, column):
    """Days, missing cells and events without a place get through to the map."""
    for library in ("matplotlib", "mapclassify"):
        pytest.importorskip(library, reason="install the extra [notebook]")
    page = tmp_path / "a.html"
    to_frame(EVENTS).explore(column=column).save(page)
    assert "2023-09-19" in page.read_text("utf8")


def test_the_public_names():
    for name in geo.__all__:
        assert getattr(geo, name) is not None
        assert getattr(geo, name).__doc__
    assert set(geo.__all__) <= set(dir(geo))
    with pytest.raises(AttributeError):
        geo.nothing_of_the_kind  # noqa: B018
