"""How well mentions are found, told apart and resolved, against what people marked.

Gold is a JSON list of {report, published, text?, toponyms: [{start, end, text, usage, place, lat, lon}]}; where there is
no text, the reports are read from files of these names. Usage literal, actor, modifier and dateline count as mentions of
a place, "arguable" as a mention whose usage and place are not scored, "unlabelled" as a place whose usage is not scored;
everything else (demonyms, organisations) is neither wanted nor wrong. Gold that marks no datelines counts them as literal
(GeoWebNews does), so there an answer of "dateline" is one of "literal".

Measures follow the field: recognition by exact and by overlapping spans; resolution by the right entry, and by the
distance to the gold point (within 161 km, 100 miles, as in Leidner 2007 and Gritta et al. 2020; median), both over what
was resolved and over everything that should have been; calibration as expected calibration error in ten bins (Naeini et
al. 2015).
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

from gazetteer.errors import FormatError
from gazetteer.index import distance_m

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from gazetteer.index import Gazetteer
    from geo.model import Report, Resolution

USAGES = ("literal", "actor", "modifier", "dateline")
NEAR_KM = 161.0
_PLACES = frozenset({*USAGES, "arguable", "unlabelled"})
_BINS = 10


@dataclass(frozen=True, slots=True)
class GoldToponym:
    """One marked stretch of text."""

    start: int
    end: int
    text: str
    usage: str
    place: str | None = None
    lat: float | None = None
    lon: float | None = None


@dataclass(frozen=True, slots=True)
class GoldReport:
    """One report with everything that was marked in it."""

    name: str
    toponyms: tuple[GoldToponym, ...]
    text: str | None = None
    published: str = ""


@dataclass(frozen=True, slots=True)
class Ratio:
    """So many of so many; the share is None of none.

    >>> Ratio(3, 4).share, Ratio(0, 0).share
    (0.75, None)
    """

    hits: int
    total: int

    @property
    def share(self) -> float | None:
        """Hits over total."""
        return self.hits / self.total if self.total else None


@dataclass(frozen=True, slots=True)
class Prf:
    """Precision, recall and their harmonic mean.

    >>> round(Prf(8, 10, 16).f1, 3), Prf(0, 0, 0).f1
    (0.615, 0.0)
    """

    hits: int
    found: int
    wanted: int
    right: int | None = None
    """How many of the found ones hit, where one found span may hold several wanted ones."""

    @property
    def precision(self) -> float:
        """Share of what was found that is right."""
        return (self.hits if self.right is None else self.right) / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Share of what should have been found."""
        return self.hits / self.wanted if self.wanted else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(frozen=True, slots=True)
class Scores:
    """Every measure of one evaluation."""

    reports: int
    exact: Prf
    overlap: Prf
    usage: Ratio
    literal: Prf
    by_usage: Mapping[str, Prf]
    right_entry: Ratio
    near: Ratio
    near_of_all: Ratio
    median_km: float | None
    calibration_error: float | None
    by_kind: Mapping[str, Ratio]
    misses: tuple[str, ...] = field(default=(), repr=False)


def read_gold(path: str | Path) -> tuple[GoldReport, ...]:
    """Read a gold file. Raises `FormatError` where it is missing or not of the form above.

    >>> read_gold("no-such.json")
    Traceback (most recent call last):
    gazetteer.errors.FormatError: no-such.json: there is no such file. Check the spelling and the folder.
    """
    file = Path(path)
    try:
        data = json.loads(file.read_text("utf8"))
    except FileNotFoundError as error:
        raise FormatError(f"{file}: there is no such file. Check the spelling and the folder.") from error
    except (OSError, ValueError, RecursionError) as error:
        raise FormatError(f"{file}: this is no JSON file that can be read. Check whether it is whole.") from error
    if not isinstance(data, list):
        raise FormatError(f"{file}: a gold file is a list of reports, each with its toponyms.")
    reports = []
    for number, item in enumerate(data, 1):
        try:
            toponyms = tuple(_gold_toponym(t) for t in item["toponyms"])
            reports.append(
                GoldReport(str(item["report"]), toponyms, item.get("text"), str(item.get("published") or ""))
            )
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise FormatError(
                f"{file}: report {number} is not of the gold form ({error!r}). It needs report and toponyms, each with start, end and text."
            ) from error
    return tuple(reports)


def _gold_toponym(item: Mapping[str, Any]) -> GoldToponym:
    lat, lon = item.get("lat"), item.get("lon")
    return GoldToponym(
        int(item["start"]), int(item["end"]), str(item["text"]), str(item.get("usage") or "unlabelled"), item.get("place"),
        None if lat is None else float(lat), None if lon is None else float(lon),
    )  # fmt: skip


def evaluate(gold: Iterable[GoldReport], answers: Mapping[str, Sequence[Resolution]], places: Gazetteer) -> Scores:
    """Score what was found in each report (by its name) against gold.

    >>> from gazetteer.index import Gazetteer
    >>> scores = evaluate([GoldReport("a.txt", (GoldToponym(0, 4, "Baku", "literal"),))], {}, Gazetteer())
    >>> scores.overlap.recall, scores.median_km is None
    (0.0, True)
    """
    counts: Counter[str] = Counter()
    distances: list[float] = []
    sure: list[tuple[float, bool]] = []
    kinds: dict[str, list[bool]] = {}
    misses: list[str] = []
    reports = tuple(gold)
    plain = all(toponym.usage != "dateline" for report in reports for toponym in report.toponyms)
    for report in reports:
        found = answers.get(report.name, ())
        _recognition(report, found, counts)
        for toponym in report.toponyms:
            if toponym.usage not in _PLACES:
                continue
            answer = _best(toponym, found)
            if answer is not None and plain and answer.usage == "dateline":
                answer = answer._replace(usage="literal")
            _usage(report, toponym, answer, counts, misses)
            if toponym.usage in {"literal", "unlabelled"} and (toponym.place or toponym.lat is not None):
                outcome = _resolution(toponym, answer, places, counts, distances)
                kinds.setdefault(_kind(toponym, answer, places), []).append(outcome)
                if answer is not None and answer.place_id is not None:
                    sure.append((answer.confidence, outcome))
                if not outcome:
                    said = (answer.place_id or "no place") if answer else "no mention"
                    misses.append(
                        f"place  {report.name} {toponym.start} {toponym.text!r} is {toponym.place or 'elsewhere'}, got {said}"
                    )
    by_usage = {u: Prf(counts[f"hit {u}"], counts[f"said {u}"], counts[f"gold {u}"]) for u in USAGES}
    return Scores(
        reports=len(reports),
        exact=Prf(counts["exact"], counts["found"], counts["wanted"]),
        overlap=Prf(counts["overlap"], counts["found"], counts["wanted"], counts["found right"]),
        usage=Ratio(counts["usage right"], counts["usage"]),
        literal=by_usage["literal"],
        by_usage=by_usage,
        right_entry=Ratio(counts["entry right"], counts["entry"]),
        near=Ratio(counts["near"], len(distances)),
        near_of_all=Ratio(counts["near"], counts["with point"]),
        median_km=median(distances) if distances else None,
        calibration_error=calibration_error(sure),
        by_kind={kind: Ratio(sum(outcomes), len(outcomes)) for kind, outcomes in sorted(kinds.items())},
        misses=tuple(misses),
    )


def calibration_error(answers: Sequence[tuple[float, bool]]) -> float | None:
    """Return the expected calibration error: how far confidence lies from the share of right answers, by ten bins.

    >>> calibration_error([(0.9, True)] * 9 + [(0.9, False)])
    0.0
    >>> calibration_error([]) is None
    True
    """
    if not answers:
        return None
    bins: dict[int, list[tuple[float, bool]]] = {}
    for confidence, right in answers:
        bins.setdefault(min(int(confidence * _BINS), _BINS - 1), []).append((confidence, right))
    gaps = (abs(sum(c for c, _ in part) - sum(r for _, r in part)) for part in bins.values())
    return round(sum(gaps) / len(answers), 12)


def _recognition(report: GoldReport, found: Sequence[Resolution], counts: Counter[str]) -> None:
    wanted = [t for t in report.toponyms if t.usage in _PLACES]
    neutral = [t for t in report.toponyms if t.usage not in _PLACES]
    spans = {(t.start, t.end) for t in wanted}
    counts["wanted"] += len(wanted)
    for answer in found:
        here = any(_shared(t, answer) for t in wanted)
        if not here and any(_shared(t, answer) for t in neutral):
            continue
        counts["found"] += 1
        counts["found right"] += here
        counts["exact"] += (answer.mention.start, answer.mention.end) in spans
    # Overlap is counted once a gold mention, so that two halves of one name are not two hits.
    counts["overlap"] += sum(any(_shared(t, answer) for answer in found) for t in wanted)


def _shared(toponym: GoldToponym, answer: Resolution) -> bool:
    return min(toponym.end, answer.mention.end) > max(toponym.start, answer.mention.start)


def _best(toponym: GoldToponym, found: Sequence[Resolution]) -> Resolution | None:
    """Return the answer that shares most characters with a marked stretch."""
    sharing = [answer for answer in found if _shared(toponym, answer)]
    if not sharing:
        return None
    return max(sharing, key=lambda a: min(toponym.end, a.mention.end) - max(toponym.start, a.mention.start))


def _usage(
    report: GoldReport, toponym: GoldToponym, answer: Resolution | None, counts: Counter[str], misses: list[str]
) -> None:
    if toponym.usage not in USAGES:
        return
    counts[f"gold {toponym.usage}"] += 1
    if answer is None:
        return
    counts[f"said {answer.usage}"] += 1
    counts[f"hit {toponym.usage}"] += answer.usage == toponym.usage
    # Which kind of "not a place" it is matters less than whether it is one.
    right = (answer.usage == "literal") == (toponym.usage == "literal")
    counts["usage"] += 1
    counts["usage right"] += right
    if not right:
        misses.append(f"usage  {report.name} {toponym.start} {toponym.text!r} is {toponym.usage}, got {answer.usage}")


def _resolution(
    toponym: GoldToponym, answer: Resolution | None, places: Gazetteer, counts: Counter[str], distances: list[float]
) -> bool:
    """Count one mention that should be resolved; tell whether it was, by the entry or else by distance."""
    place_id = answer.place_id if answer else None
    km = _distance_km(toponym, place_id, places)
    if toponym.lat is not None:
        counts["with point"] += 1
        if km is not None:
            distances.append(km)
            counts["near"] += km <= NEAR_KM
    if toponym.place:
        counts["entry"] += 1
        counts["entry right"] += place_id == toponym.place
        return place_id == toponym.place
    return km is not None and km <= NEAR_KM


def _distance_km(toponym: GoldToponym, place_id: str | None, places: Gazetteer) -> float | None:
    """Return the distance from the gold point to a place: to its point, else to the nearest point of its shape."""
    place = places.get(place_id)
    if place is None or toponym.lat is None or toponym.lon is None:
        return None
    if place.point is not None:
        return distance_m(toponym.lat, toponym.lon, place.point.lat, place.point.lon) / 1000
    geometry = place.geometry_on(None) or next(iter(place.geometries), None)
    if geometry is None:
        return None
    from shapely.geometry import Point, shape  # noqa: PLC0415
    from shapely.ops import nearest_points  # noqa: PLC0415

    nearest, _ = nearest_points(shape(geometry.read()), Point(toponym.lon, toponym.lat))
    return distance_m(toponym.lat, toponym.lon, nearest.y, nearest.x) / 1000


def _kind(toponym: GoldToponym, answer: Resolution | None, places: Gazetteer) -> str:
    place = places.get(toponym.place) or places.get(answer.place_id if answer else None)
    return place.kind if place else "unknown"


# ------------------------------------------------------------------------------------------------------ as a table


def rows(scores: Scores) -> list[tuple[str, str]]:
    """Return the measures in words and numbers, in order.

    >>> rows(evaluate([], {}, __import__("gazetteer").Gazetteer()))[0]
    ('reports', '0')
    """
    table = [
        ("reports", str(scores.reports)),
        ("recognition, exact spans", _prf(scores.exact)),
        ("recognition, overlapping spans", _prf(scores.overlap)),
        ("usage: literal or not", _ratio(scores.usage)),
        *((f"usage: {name}", _prf(value)) for name, value in scores.by_usage.items() if value.wanted or value.found),
        ("resolution: right entry, of all", _ratio(scores.right_entry)),
        ("resolution: within 161 km, of the resolved", _ratio(scores.near)),
        ("resolution: within 161 km, of all", _ratio(scores.near_of_all)),
        ("resolution: median distance", "-" if scores.median_km is None else f"{scores.median_km:.1f} km"),
        ("calibration error", "-" if scores.calibration_error is None else f"{scores.calibration_error:.3f}"),
    ]
    return table + [(f"right, {kind}", _ratio(value)) for kind, value in scores.by_kind.items()]


def markdown(scores: Scores) -> str:
    """Return the measures as a Markdown table.

    >>> markdown(evaluate([], {}, __import__("gazetteer").Gazetteer())).splitlines()[0]
    '| Measure | Value |'
    """
    return (
        "\n".join(["| Measure | Value |", "| --- | --- |", *(f"| {name} | {value} |" for name, value in rows(scores))])
        + "\n"
    )


def as_dict(scores: Scores) -> dict[str, Any]:
    """Return the measures for machines; None where there was nothing to measure."""

    def prf(value: Prf) -> dict[str, float | int]:
        return {
            "precision": round(value.precision, 4), "recall": round(value.recall, 4), "f1": round(value.f1, 4),
            "hits": value.hits, "found": value.found, "wanted": value.wanted,
        }  # fmt: skip

    def ratio(value: Ratio) -> dict[str, float | int | None]:
        return {
            "share": None if value.share is None else round(value.share, 4),
            "hits": value.hits,
            "total": value.total,
        }

    return {
        "reports": scores.reports,
        "recognition_exact": prf(scores.exact),
        "recognition_overlap": prf(scores.overlap),
        "usage": ratio(scores.usage),
        "usage_by_class": {name: prf(value) for name, value in scores.by_usage.items()},
        "resolution_right_entry": ratio(scores.right_entry),
        "resolution_within_161_km_of_resolved": ratio(scores.near),
        "resolution_within_161_km_of_all": ratio(scores.near_of_all),
        "resolution_median_km": None if scores.median_km is None else round(scores.median_km, 2),
        "calibration_error": None if scores.calibration_error is None else round(scores.calibration_error, 4),
        "by_kind": {kind: ratio(value) for kind, value in scores.by_kind.items()},
    }


def _prf(value: Prf) -> str:
    return f"F1 {value.f1:.3f} (P {value.precision:.3f}, R {value.recall:.3f})"


def _ratio(value: Ratio) -> str:
    return "-" if value.share is None else f"{value.share:.3f} ({value.hits} of {value.total})"


def reports_of(gold: Iterable[GoldReport], texts: Sequence[Report]) -> tuple[list[Report], list[str]]:
    """Return the reports to read for gold, in its order, and the names of those that nobody gave.

    >>> reports_of([GoldReport("a.txt", (), "Text"), GoldReport("b.txt", ())], [])[1]
    ['b.txt']
    """
    from datetime import date  # noqa: PLC0415

    from geo.model import Report  # noqa: PLC0415

    given = {Path(report.name).name: report for report in texts}
    found, missing = [], []
    for item in gold:
        day = date.fromisoformat(item.published[:10]) if len(item.published) >= 10 else None
        if item.text is not None:
            found.append(Report(item.name, item.text, published=day))
        elif Path(item.name).name in given:
            found.append(given[Path(item.name).name])
        else:
            missing.append(item.name)
    return found, missing
