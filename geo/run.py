"""One run of the program over somebody's inputs: read, extract, and say how it went."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from gazetteer.errors import Issue
from geo.model import Extraction

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from gazetteer.index import Gazetteer
    from geo.model import Report

    Track = Callable[[Sequence[Report]], Iterable[Report]]

ALL_FINE, SOME_UNUSED, NOTHING_DONE = 0, 1, 2
"""Exit codes: everything was used; some input could not be used and the rest was; misuse, or nothing could be used."""


@dataclass(frozen=True, slots=True)
class Run:
    """What came out of a run, and everything that was wrong with what went in."""

    extraction: Extraction
    places: Gazetteer
    issues: tuple[Issue, ...] = ()

    @property
    def errors(self) -> tuple[Issue, ...]:
        """The issues for which something could not be used."""
        return tuple(issue for issue in self.issues if issue.severity == "error")

    @property
    def exit_code(self) -> int:
        """0 all fine, 1 some input could not be used, 2 nothing could."""
        if not self.extraction.reports:
            return NOTHING_DONE
        return SOME_UNUSED if self.errors else ALL_FINE


def run_extraction(
    inputs: Sequence[str | Path],
    *,
    published: date | None = None,
    gazetteer_folders: Sequence[str | Path] = (),
    columns: Mapping[str, str] | None = None,
    track: Track | None = None,
    world: bool = False,
    recogniser: str | None = None,
) -> Run:
    """Read the inputs, load the gazetteer with the user's folders over it, and extract.

    `columns` says which column of a table of reports holds what. `track` wraps the reports as they are worked through, for a progress bar. Broken inputs and entries are issues;
    `GazetteerError` is raised for a gazetteer folder that is not there. `world` puts the places of `geo.world` behind the
    curated ones, `recogniser` names one of `geo.engines` ("spacy:PATH"); both raise with the command that installs what
    they need.

    >>> run = run_extraction(["no-such-file.txt"])
    >>> run.exit_code, len(run.errors), run.extraction.events
    (2, 1, ())
    """
    from gazetteer.load import load, user_folders  # noqa: PLC0415  (entries are read once it is clear that there is work)
    from geo.reports import read_reports  # noqa: PLC0415

    places = load(*user_folders(gazetteer_folders))
    reports, issues = read_reports(inputs, published=published, columns=columns)
    if not reports:
        return Run(Extraction(()), places, (*issues, *places.issues))
    from geo.pipeline import extract_all  # noqa: PLC0415

    if world:
        from geo.world import with_world  # noqa: PLC0415  (an extra)

        places = with_world(places, (report.text for report in reports))
    find = None
    if recogniser is not None:
        from geo.engines import load_recogniser  # noqa: PLC0415  (an extra)

        find = load_recogniser(recogniser)
    extraction = extract_all(track(reports) if track else reports, places, find)
    return Run(extraction, places, (*issues, *undated(reports), *places.issues, *extraction.issues))


def undated(reports: Sequence[Report]) -> tuple[Issue, ...]:
    """Say once how many reports state no day of publication, because their "Tuesday" stays undated.

    >>> from geo.model import Report
    >>> [str(issue) for issue in undated([Report("a.txt", "")])]
    ['a.txt: the day of publication is not known, so days like "Tuesday" stay undated. Give it with --published YYYY-MM-DD, or in the report, its row or reports.csv as published.']
    >>> undated([])
    ()
    """
    without = [report for report in reports if report.published is None]
    if not without:
        return ()
    what = "the day of publication is not known"
    if len(reports) > 1:
        what = f"the day of publication of {len(without)} of {len(reports)} reports is not known"
    return (
        Issue(
            "no-date",
            f'{what}, so days like "Tuesday" stay undated',
            without[0].name if len(without) == 1 else "",
            fix="Give it with --published YYYY-MM-DD, or in the report, its row or reports.csv as published.",
            severity="warning",
        ),
    )


def summary(run: Run) -> dict[str, Any]:
    """Count what a run found, drew and left out, in words and numbers for people and machines alike.

    >>> from gazetteer.index import Gazetteer
    >>> summary(Run(Extraction(()), Gazetteer()))["events"]
    0
    """
    resolutions = [resolution for _, resolution in run.extraction.resolutions]
    not_drawn = [event for event in run.extraction.events if event.where.geometry is None]
    return {
        "reports": len(run.extraction.reports),
        "mentions": len(resolutions),
        "resolved": sum(resolution.place_id is not None for resolution in resolutions),
        "unresolved": len(run.extraction.unresolved),
        "events": len(run.extraction.events),
        "drawn": len(run.extraction.events) - len(not_drawn),
        "not_drawn": dict(Counter(event.where.reason or "no reason given" for event in not_drawn).most_common()),
        "errors": len(run.errors),
        "warnings": len(run.issues) - len(run.errors),
    }


def as_json(run: Run, files: Iterable[Path] = ()) -> dict[str, Any]:
    """Return the summary with its issues and the files that were written, for `--json`."""
    return {
        **summary(run),
        "files": [str(file) for file in files],
        "issues": [{**asdict(issue), "text": str(issue)} for issue in run.issues],
        "exit_code": run.exit_code,
    }
