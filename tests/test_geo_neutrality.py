"""Swap the two parties in text, gazetteer and table of actors: the output is the same with the parties swapped.

The swap renames: Armenia's entry takes Azerbaijan's names and the other way round, likewise the capitals, peoples,
officials and offices. If any rule or weight knew a side by its name, one of the two readings would differ.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

import gazetteer
from gazetteer import Gazetteer
from geo import actors, data
from geo.pipeline import extract
from geo.reports import read_reports

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geo.model import Extraction, Report

PAIRS = (
    ("Republic of Armenia", "Republic of Azerbaijan"), ("Armenians", "Azerbaijanis"), ("Armenian", "Azerbaijani"),
    ("Armenia", "Azerbaijan"), ("Yerevan", "Baku"), ("Nikol Pashinyan", "Ilham Aliyev"), ("Pashinyan", "Aliyev"),
    ("Ararat Mirzoyan", "Jeyhun Bayramov"), ("Mirzoyan", "Bayramov"), ("ARMENIA", "AZERBAIJAN"), ("ARMENIAN", "AZERBAIJANI"),
    ("YEREVAN", "BAKU"), ("Armenpress", "Azertac"), ("ARMENPRESS", "AZERTAC"), ("Հայաստան", "Ադրբեջան"),
)  # fmt: skip
_SWAP = dict(PAIRS) | {b: a for a, b in PAIRS}
_WORDS = re.compile("|".join(sorted(map(re.escape, _SWAP), key=len, reverse=True)))


def swap(text: str) -> str:
    return _WORDS.sub(lambda match: _SWAP[match.group()], text)


def test_the_swap_is_its_own_inverse() -> None:
    assert swap(swap("Armenia said that Baku's army shelled it.")) == "Armenia said that Baku's army shelled it."


@pytest.fixture(scope="module")
def places() -> Gazetteer:
    return gazetteer.load()


@pytest.fixture(scope="module")
def swapped_places(places: Gazetteer) -> Gazetteer:
    return Gazetteer(
        replace(
            place,
            names=tuple(replace(name, text=swap(name.text)) for name in place.names),
            demonyms=tuple(map(swap, place.demonyms)),
            match=replace(
                place.match, never=tuple(map(swap, place.match.never)), context=tuple(map(swap, place.match.context))
            ),
        )
        for place in places
    )


def _swapped_tables(folder: str) -> tuple[dict[str, Any], ...]:
    def through(value: Any) -> Any:
        if isinstance(value, str):
            return swap(value)
        if isinstance(value, list):
            return [through(item) for item in value]
        if isinstance(value, dict):
            return {key: item if key in {"id", "party"} else through(item) for key, item in value.items()}
        return value

    return tuple(through(table) for table in _tables(folder))


_tables = data.tables


@pytest.fixture
def swapped_actors(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    actors.aliases.cache_clear()
    actors.known_actors.cache_clear()
    monkeypatch.setattr(data, "tables", _swapped_tables)
    yield
    monkeypatch.undo()
    actors.aliases.cache_clear()
    actors.known_actors.cache_clear()


def shape(extraction: Extraction, *, swapped: bool) -> dict[str, list[Any]]:
    """Everything that an extraction says but offsets and quotes, names swapped back where asked."""
    back = swap if swapped else str

    def word(value: str | None) -> str | None:
        return None if value is None else back(value)

    return {
        "mentions": [(back(r.mention.text), r.usage, r.place_id) for _, r in extraction.resolutions],
        "events": [
            (
                e.event_type, e.modality, e.when.start, e.when.end, e.when.basis, e.where.place_id, e.where.precision,
                e.where.geometry is not None, e.verification, tuple(map(back, e.actors)),
                [(back(c.quote), word(c.claimant), c.claimant_side, c.act, [(f.metric, f.group, f.side, f.low, f.high, f.qualifier) for f in c.casualties]) for c in e.claims],
            )
            for e in extraction.events
        ],
    }  # fmt: skip


def _reports(folder: str) -> list[Report]:
    found, issues = read_reports([folder])
    assert not issues
    return list(found)


@pytest.mark.usefixtures("swapped_actors")
def test_swapping_the_parties_of_every_starter_report_swaps_the_output(
    root: Any, places: Gazetteer, swapped_places: Gazetteer
) -> None:
    reports = _reports(str(root / "seeds"))
    assert reports
    swapped = [
        shape(
            extract(replace(r, text=swap(r.text), title=swap(r.title), publisher=swap(r.publisher)), swapped_places),
            swapped=True,
        )
        for r in reports
    ]
    actors.aliases.cache_clear()
    actors.known_actors.cache_clear()
    data_tables, data.tables = data.tables, _tables
    try:
        from geo import pipeline  # noqa: PLC0415

        pipeline._recogniser.cache_clear()
        plain = [shape(extract(r, places), swapped=False) for r in reports]
    finally:
        data.tables = data_tables
        pipeline._recogniser.cache_clear()
    for report, one, other in zip(reports, plain, swapped, strict=True):
        for part in ("mentions", "events"):
            assert [x[0] for x in one[part]] == [x[0] for x in other[part]], f"{report.name}: {part}"
            for here, there in zip(one[part], other[part], strict=True):
                assert here == there, report.name
