"""What the commands share: options, progress, the summary, and errors as sentences."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import click

from gazetteer.errors import ConflictMapperError
from geo.files import to_json
from geo.inputs.metadata import KEYS, to_date
from geo.run import ALL_FINE, NOTHING_DONE, SOME_UNUSED, as_json, run_extraction, summary

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from gazetteer.errors import Issue
    from geo.model import Report
    from geo.run import Run

    F = TypeVar("F", bound=Callable[..., Any])
    _DayType = click.ParamType[date]
    _PairType = click.ParamType[tuple[str, str]]
else:
    _DayType = _PairType = click.ParamType  # generic in newer releases of click only

EXIT_CODES = "Exit codes: 0 all fine; 1 some input could not be used, the rest was; 2 misuse, or nothing could be used."
ANY_PATH = click.Path(readable=False, allow_dash=True)
"""A file, folder, address or -: nothing is checked before its turn comes, but shells complete file names."""
_SHOWN = 40  # issues on a terminal; all of them come with --json


class Failure(click.ClickException):
    """A sentence on standard error and exit code 2."""

    exit_code = NOTHING_DONE


class Command(click.Command):
    """A command whose own errors are sentences, never tracebacks."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command and turn the program's own exceptions into a sentence and exit code 2."""
        try:
            return super().invoke(ctx)
        except ConflictMapperError as error:
            raise Failure(plain(str(error))) from error
        except BrokenPipeError:  # whoever read our output has had enough
            sys.stderr.close()
            return None
        except OSError as error:
            where = f"{plain(str(error.filename))}: " if error.filename else ""
            what = (error.strerror or str(error)).lower()
            raise Failure(
                f"{where}cannot be written or read ({what}). Choose another place or free this one."
            ) from error


class Day(_DayType):
    """A day as YYYY-MM-DD."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Return the day; anything else is a usage error."""
        day = to_date(value) if isinstance(value, str) else value
        if day is None:
            self.fail(f'"{value}" is no date. Write it as YYYY-MM-DD, for example 2023-09-20.', param, ctx)
        result: date = day
        return result


class ColumnOf(_PairType):
    """KEY=NAME: which column of a table holds what."""

    name = "key=name"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, str]:
        """Return the pair; anything else is a usage error."""
        if isinstance(value, tuple):
            return value
        key, mark, name = str(value).partition("=")
        if not mark or key.strip() not in ("text", *KEYS) or not name.strip():
            known = ", ".join(("text", *KEYS))
            self.fail(f'"{value}" is not KEY=NAME with one of {known} as KEY, for example text=body.', param, ctx)
        return key.strip(), name.strip()


def input_options(command: F) -> F:
    """Add INPUT..., --published, --gazetteer, --column, --quiet and --json; `run_inputs` takes what they give."""
    for decorate in (
        click.option("--json", "as_json", is_flag=True, help="Print the summary and every issue as JSON on standard output."),
        click.option("--quiet", "-q", is_flag=True, help="No progress bar and no summary; errors are still told."),
        click.option("--column", "columns", multiple=True, type=ColumnOf(), metavar="KEY=NAME",
                     help="Tables of reports: which column holds text, title, publisher, published, url or language."),
        click.option("--gazetteer", "gazetteer_folders", multiple=True, type=ANY_PATH, metavar="DIR",
                     help="A folder of your own entries, laid over ours. May be given several times."),
        click.option("--world", is_flag=True,
                     help="Ask 235,000 places of GeoNames where no entry answers: coarse, not curated (needs the extra [world])."),
        click.option("--recogniser", metavar="ENGINE:PATH",
                     help="Let a trained model find the names: spacy:PATH or transformers:PATH (extras of that name)."),
        click.option("--published", type=Day(), metavar="DATE",
                     help="Day of publication (YYYY-MM-DD) of reports that do not state it."),
        click.argument("inputs", nargs=-1, required=True, type=ANY_PATH, metavar="INPUT..."),
    ):  # fmt: skip
        command = decorate(command)
    return command


def run_inputs(options: Mapping[str, Any], label: str = "Reading") -> Run:
    """Run the extraction that the options of `input_options` ask for, with a progress bar where somebody watches."""
    quiet = bool(options.get("quiet") or options.get("as_json"))
    return run_extraction(
        options["inputs"],
        published=options.get("published"),
        gazetteer_folders=options.get("gazetteer_folders") or (),
        columns=dict(options.get("columns") or ()),
        track=progress(label, quiet=quiet),
        world=bool(options.get("world")),
        recogniser=options.get("recogniser"),
    )


def plain(text: str) -> str:
    r"""Take out control characters, so that no file name or report can steer the terminal.

    >>> plain("a\x1b[2Jb\nc")
    'a�[2Jb\nc'
    >>> plain("")
    ''
    """
    return "".join(c if c in "\n\t" or not (ord(c) < 32 or 127 <= ord(c) < 160) else "�" for c in text)


def progress(label: str, *, quiet: bool = False) -> Callable[[Sequence[Report]], Iterable[Report]] | None:
    """Return what shows a bar on standard error while reports are worked through; None where nobody would see it."""
    if quiet or not sys.stderr.isatty():
        return None
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import track  # noqa: PLC0415

    return lambda reports: track(reports, description=label, console=Console(stderr=True), transient=True)


def tell(issues: Iterable[Issue]) -> None:
    """Print issues to standard error, errors first."""
    ordered = sorted(issues, key=lambda issue: issue.severity != "error")
    for issue in ordered[:_SHOWN]:
        click.echo(click.style(f"{issue.severity}: ", fg=_COLOURS[issue.severity]) + plain(str(issue)), err=True)
    if len(ordered) > _SHOWN:
        click.echo(f"... and {len(ordered) - _SHOWN} more; --json lists them all.", err=True)


_COLOURS = {"error": "red", "warning": "yellow"}


def finish(run: Run, files: Sequence[Path] = (), *, json: bool = False, quiet: bool = False) -> NoReturn:
    """Tell how the run went and leave with its exit code."""
    if json:
        click.echo(to_json(as_json(run, files), indent=2))
    else:
        tell(run.issues)
        if not run.extraction.reports:
            click.echo("Nothing to do: no input could be read.", err=True)
        elif not quiet:
            click.echo("\n".join(summary_lines(run, files)), err=True)
    click.get_current_context().exit(run.exit_code)


def finish_events(
    number: int,
    issues: Sequence[Issue],
    files: Sequence[Path],
    warnings: Sequence[str] = (),
    *,
    json: bool,
    quiet: bool,
) -> NoReturn:
    """Tell what became of events that were read from a file, and leave with the exit code."""
    code = SOME_UNUSED if any(issue.severity == "error" for issue in issues) else ALL_FINE
    if json:
        click.echo(to_json({
            "events": number, "files": [str(file) for file in files],
            "warnings": list(warnings), "issues": [str(issue) for issue in issues], "exit_code": code,
        }, indent=2))  # fmt: skip
    else:
        tell(issues)
        for warning in warnings:
            click.echo(click.style("warning: ", fg="yellow") + plain(warning), err=True)
        if not quiet:
            click.echo("\n".join([_count(number, "event"), *(f"wrote {plain(str(file))}" for file in files)]), err=True)
    click.get_current_context().exit(code)


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def summary_lines(run: Run, files: Sequence[Path] = ()) -> list[str]:
    """Return the summary in lines for a person."""
    counts = summary(run)
    left = counts["events"] - counts["drawn"]
    place_line = f"{_count(counts['mentions'], 'mention')} of places, {counts['resolved']} resolved, {counts['unresolved']} names that no entry has"
    lines = [
        ", ".join(
            (
                _count(counts["reports"], "report") + " read",
                _count(counts["errors"], "error"),
                _count(counts["warnings"], "warning"),
            )
        ),
        place_line,
        f"{_count(counts['events'], 'event')}, {counts['drawn']} drawn"
        + (f", {left} without a place:" if left else ""),
        *(f"  {count} x {plain(reason)}" for reason, count in list(counts["not_drawn"].items())[:8]),
    ]
    if len(counts["not_drawn"]) > 8:
        lines.append(f"  ... and {len(counts['not_drawn']) - 8} more reasons; events.geojson has each (geo_reason)")
    return lines + [f"wrote {plain(str(file))}" for file in files]
