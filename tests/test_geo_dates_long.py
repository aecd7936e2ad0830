"""Dates in long narratives: a hand-judged sample of events that have a date and a settlement in one sentence.

`gold/wikipedia_dates.csv` holds a random sample of such events of the thirteen articles in `../shared/corpora/wikipedia`:
where the claim begins, the trigger, the place, the period that is right, and whether the program's was right when it was
judged. A hundred were drawn first; four of them left when quotations came to be read sentence by sentence, for their
sentence has no day any more, and eight were drawn anew. The articles themselves are not part of the project.
"""

from __future__ import annotations

import csv
from pathlib import Path

import gazetteer
import geo

SAMPLE = Path(__file__).parent / "gold" / "wikipedia_dates.csv"


def test_of_the_sample_95_in_a_hundred_were_dated_right() -> None:
    with SAMPLE.open(encoding="utf8", newline="") as file:
        verdicts = [row["judged"] for row in csv.DictReader(file)]
    assert len(verdicts) >= 100
    assert verdicts.count("right") / len(verdicts) >= 0.95


def test_dates_of_long_narratives_stay_right(shared: Path) -> None:
    with SAMPLE.open(encoding="utf8", newline="") as file:
        rows = list(csv.DictReader(file))
    reports, _ = geo.read_reports([str(shared / "corpora" / "wikipedia")])
    events = geo.extract_all(reports, gazetteer.load()).events
    dated: dict[tuple[str, int, str], dict[str, tuple[str, str]]] = {}
    for event in events:
        when = tuple(day.isoformat() if day else "" for day in (event.when.start, event.when.end))
        for claim in event.claims:
            dated.setdefault((claim.report, claim.start, claim.trigger), {})[event.where.place_id or ""] = when
    found = []
    for row in rows:
        days = dated.get((row["article"], int(row["start"]), row["trigger"]), {})
        where = row["place_id"] if row["place_id"] in days else next(iter(days), None) if not row["place_id"] else None
        if where is not None:
            found.append(days[where] == (row["date_start"], row["date_end"]))
    assert len(found) >= 95
    assert sum(found) / len(found) >= 0.95
