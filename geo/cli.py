"""The commands that read reports; the top program mounts `COMMANDS`."""

from __future__ import annotations

import sys
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from gazetteer.errors import FormatError, Issue
from geo.console import (
    ANY_PATH,
    EXIT_CODES,
    Command,
    Failure,
    finish,
    finish_events,
    input_options,
    plain,
    progress,
    run_inputs,
    tell,
)
from geo.files import to_json, write_text
from geo.run import ALL_FINE, SOME_UNUSED, run_extraction

if TYPE_CHECKING:
    from geo.formats import EventSet, Options, Written

__all__ = ["COMMANDS", "evaluate", "explain", "export", "extract", "run_extraction"]


@click.command(cls=Command, epilog=EXIT_CODES)
@input_options
@click.option("--out", required=True, type=click.Path(path_type=Path, file_okay=False), metavar="DIR",
              help="Folder for events.geojson, mentions.csv and unresolved.csv.")  # fmt: skip
def extract(out: Path, **options: Any) -> None:
    """Read reports and write events.geojson, mentions.csv and unresolved.csv, without a map.

    INPUT is a file (.txt .md .html .pdf .docx .csv .jsonl .parquet .rss .atom .warc.gz .zip), a folder, an address,
    or - for standard input. A folder may hold reports.csv with the columns
    file,title,publisher,published,url,language.

    \b
    Examples:
      conflict-mapper extract article.txt --published 2023-09-20 --out out
      conflict-mapper extract reports/ --out out --json
      conflict-mapper extract wire.csv --column text=body --column published=day --out out
      curl -s https://example.org/a.html | conflict-mapper extract - --out out
    """  # noqa: D301  (click wants the control character itself)
    from geo.export import write_outputs  # noqa: PLC0415  (shapely is needed once there is something to write)

    run = run_inputs(options)
    files = write_outputs(run.extraction, run.places, out) if run.extraction.reports else ()
    finish(run, files, json=options["as_json"], quiet=options["quiet"])


def _format_names(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[str]:
    """Return the names that a shell completes."""
    from geo.formats import FORMATS  # noqa: PLC0415

    return [name for name in FORMATS if name.startswith(incomplete.lower())]


@click.command(cls=Command, epilog=EXIT_CODES)
@input_options
@click.option("--to", "target", required=True, type=ANY_PATH, metavar="FILE",
              help="File to write; its ending chooses the format. - is standard output (needs --format).")  # fmt: skip
@click.option(
    "--format",
    "format_name",
    metavar="NAME",
    shell_complete=_format_names,
    help="Format, where the ending does not say it.",
)
@click.option("--hxl", is_flag=True, help="CSV and XLSX: a row of HXL tags below the names of the columns.")
@click.option("--codes", is_flag=True, help="CSV and XLSX: columns with ACLED, PLOVER, CAMEO and UCDP codes.")
def export(target: str, format_name: str | None, *, hxl: bool, codes: bool, **options: Any) -> None:
    """Turn events into another format: EVENTS.geojson, or reports that are read first.

    \b
    Formats by ending:
      .geojson .json   GeoJSON             .fg.json   GeoJSON with JSON-FG time
      .geojsons        text sequence       .geojsonl  one feature a line
      .gpkg            GeoPackage, styled  .kml       Google Earth
      .csv .xlsx       spreadsheets        .parquet   GeoParquet
      .fgb             FlatGeobuf          .shp       Shapefile
      .timemap.json    TimeMap             .html      a table to read and print

    Where a format cannot hold claims inside events, they go into tables beside it: nothing is lost.

    \b
    Examples:
      conflict-mapper export out/events.geojson --to events.gpkg
      conflict-mapper export out/events.geojson --to events.csv --hxl
      conflict-mapper export reports/ --to events.kml
      conflict-mapper export out/events.geojson --to - --format geojson-lines | jq .id
      curl -s https://example.org/events.geojson | conflict-mapper export - --to events.kml
    """  # noqa: D301
    from geo.formats import Options, format_of, is_events_file, read_events  # noqa: PLC0415

    inputs: tuple[str, ...] = options["inputs"]
    chosen = format_of(target, format_name)  # a wrong format is told before anything is read
    if all(map(is_events_file, inputs)):
        sets = [read_events(path) for path in inputs]
        events = _joined(sets)
        issues: tuple[Issue, ...] = events.issues
        places = None
    elif any(map(is_events_file, inputs)):
        raise click.UsageError("INPUT mixes files of events with reports. Export them one after the other.")
    else:
        run = run_inputs(options)
        if not run.extraction.reports:
            finish(run, json=options["as_json"], quiet=options["quiet"])
        events, issues, places = _events_of(run), run.issues, run.places
    if chosen.name == "geopackage" and places is None:
        from gazetteer.load import load, user_folders  # noqa: PLC0415

        places = load(*user_folders(options["gazetteer_folders"]))
    written = _write(events, target, chosen.name, Options(hxl=hxl, codes=codes, places=places))
    if options["as_json"] and not written.files:
        raise Failure("--json and --to - both want standard output. Use --to FILE.")
    finish_events(
        len(events.features), issues, written.files, written.warnings, json=options["as_json"], quiet=options["quiet"]
    )


def _joined(sets: list[EventSet]) -> EventSet:
    """Put the events of several files together."""
    from geo.formats import EventSet  # noqa: PLC0415

    if len(sets) == 1:
        return sets[0]
    return EventSet(
        tuple(feature for one in sets for feature in one.features),
        tuple(report for one in sets for report in one.reports),
        issues=tuple(issue for one in sets for issue in one.issues),
    )


def _events_of(run: Any) -> EventSet:
    from geo.formats import event_set  # noqa: PLC0415

    return event_set(run.extraction.events, run.extraction.reports)


def _write(events: EventSet, target: str, format_name: str, options: Options) -> Written:
    from geo.formats import FORMATS, Written, write  # noqa: PLC0415

    if target != "-":
        try:
            return write(events, target, format_name, options)
        except OSError as error:
            raise FormatError(
                f"{target} cannot be written ({error.strerror or error}). Choose another place."
            ) from error
    form = FORMATS[format_name]
    if not form.nests:
        nesting = ", ".join(f.name for f in FORMATS.values() if f.nests)
        raise FormatError(
            f"{form.name} needs several files, so it cannot go to standard output. Use --to FILE, or one of {nesting}."
        )
    with tempfile.TemporaryDirectory() as folder:
        written = write(events, Path(folder) / f"events{form.endings[0]}", format_name, options)
        sys.stdout.buffer.write(written.files[0].read_bytes())
        sys.stdout.buffer.flush()
    return Written((), written.warnings)


@click.command(cls=Command, epilog=EXIT_CODES)
@input_options
@click.option("--html", "html_file", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
              help="Write a page instead of printing to the terminal.")  # fmt: skip
def explain(html_file: Path | None, **options: Any) -> None:
    """Tell why each place and event was read as it was.

    Shows the text with every mention, its usage, the entry chosen, its rivals and the reason; then every claim with
    its trigger and what each part of it was taken from.

    \b
    Examples:
      conflict-mapper explain article.txt --published 2023-09-20
      conflict-mapper explain article.txt --html why.html
    """  # noqa: D301
    from geo.explain import explain as explain_run  # noqa: PLC0415

    run = run_inputs(options)
    if not run.extraction.reports:
        finish(run, json=options["as_json"], quiet=options["quiet"])
    found = explain_run(run.extraction, run.places)
    if options["as_json"]:
        content = [{**asdict(item), "report": item.report.name} for item in found]
        click.echo(to_json({"explanations": content, "exit_code": run.exit_code}, indent=2))
    elif html_file is not None:
        from geo.explain.html import page  # noqa: PLC0415

        finish(run, [write_text(html_file, page(found))], quiet=options["quiet"])
    else:
        from rich.console import Console  # noqa: PLC0415

        from geo.explain.terminal import show  # noqa: PLC0415

        tell(run.issues)
        show(found, Console(highlight=False, soft_wrap=False))
    click.get_current_context().exit(run.exit_code)


@click.command(cls=Command, epilog=EXIT_CODES)
@click.argument("gold", nargs=-1, required=True, type=ANY_PATH, metavar="GOLD...")
@click.option(
    "--reports",
    "texts",
    multiple=True,
    type=ANY_PATH,
    metavar="INPUT",
    help="Where the texts are, if GOLD does not hold them.",
)
@click.option(
    "--gazetteer",
    "gazetteer_folders",
    multiple=True,
    type=ANY_PATH,
    metavar="DIR",
    help="A folder of your own entries, laid over ours.",
)
@click.option(
    "--world", is_flag=True, help="Ask 235,000 places of GeoNames where no entry answers (needs the extra [world])."
)
@click.option("--format", "shape", type=click.Choice(["table", "json", "markdown"]), default="table", show_default=True)
@click.option("--misses", is_flag=True, help="List what was wrong, on standard error.")
@click.option("--quiet", "-q", is_flag=True, help="No progress bar.")
def evaluate(
    gold: tuple[str, ...],
    texts: tuple[str, ...],
    gazetteer_folders: tuple[str, ...],
    shape: str,
    *,
    world: bool,
    misses: bool,
    quiet: bool,
) -> None:
    """Compare the mentions, usages and places that were found with what people marked.

    GOLD is a JSON list of {report, published, text, toponyms: [{start, end, text, usage, place, lat, lon}]}.

    \b
    Examples:
      conflict-mapper evaluate gold.json --reports reports/
      conflict-mapper evaluate corpus.json --format markdown
    """  # noqa: D301
    from gazetteer.load import load, user_folders  # noqa: PLC0415
    from geo.evaluate import as_dict, markdown, read_gold, reports_of, rows  # noqa: PLC0415
    from geo.evaluate import evaluate as score  # noqa: PLC0415
    from geo.pipeline import extract_all  # noqa: PLC0415
    from geo.reports import read_reports  # noqa: PLC0415

    marked = [item for path in gold for item in read_gold(path)]
    places = load(*user_folders(gazetteer_folders))
    given, issues = read_reports(texts)
    reports, missing = reports_of(marked, given)
    told = [
        *issues,
        *(Issue("missing", f"no text was given for {name}", fix="Name its folder with --reports.") for name in missing),
    ]
    tell(told)
    if not reports:
        raise Failure("There is no text to read. Name the folder of the reports with --reports.")
    if world:
        from geo.world import with_world  # noqa: PLC0415  (an extra)

        places = with_world(places, (report.text for report in reports))
    track = progress("Reading", quiet=quiet)
    answers: dict[str, list[Any]] = {report.name: [] for report in reports}
    for report in track(reports) if track else reports:
        answers[report.name] = [resolution for _, resolution in extract_all([report], places).resolutions]
    by_name = {Path(name).name: found for name, found in answers.items()} | answers
    scores = score([item for item in marked if item.name not in missing], by_name, places)
    if shape == "json":
        click.echo(to_json(as_dict(scores), indent=2))
    elif shape == "markdown":
        click.echo(markdown(scores), nl=False)
    else:
        width = max(len(name) for name, _ in rows(scores))
        click.echo("\n".join(f"{name:<{width}}  {value}" for name, value in rows(scores)))
    if misses:
        click.echo(plain("\n".join(scores.misses)), err=True)
    click.get_current_context().exit(SOME_UNUSED if any(issue.severity == "error" for issue in told) else ALL_FINE)


COMMANDS: tuple[click.Command, ...] = (extract, explain, export, evaluate)
