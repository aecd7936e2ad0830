"""The commands that draw: `map` (reports or events to a page) and `preview` (gazetteer entries on a map)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from gazetteer.errors import FormatError
from geo.console import EXIT_CODES, Command, finish, finish_events, input_options, plain, run_inputs
from geo.formats import is_events_file
from maps.tiles import OFFERED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gazetteer.errors import Issue
    from gazetteer.index import Gazetteer

_TITLE = "Title of the page. Default: what the reports' days say."


@click.command("map", cls=Command, epilog=EXIT_CODES)
@input_options
@click.option("--out", required=True, type=click.Path(path_type=Path, file_okay=False), metavar="DIR",
              help="Folder for map.html, events.geojson, mentions.csv and unresolved.csv.")  # fmt: skip
@click.option("--title", help=_TITLE)
@click.option("--tiles", multiple=True, default=OFFERED, metavar="NAME", show_default=True,
              help="Online background maps that the reader may choose, by xyzservices name. `--tiles none`: none.")  # fmt: skip
def map_command(out: Path, title: str | None, tiles: tuple[str, ...], **options: Any) -> None:
    """Read reports and draw what they say as one HTML page that needs no network.

    INPUT is a file (.txt .md .html .pdf .docx .csv .jsonl .parquet .rss .atom .warc.gz .zip), a folder, an address,
    or - for standard input. A folder may hold reports.csv with the columns
    file,title,publisher,published,url,language. An events.geojson is drawn as it is, foreign properties kept.

    \b
    Examples:
      conflict-mapper map article.txt --published 2023-09-20 --out out
      conflict-mapper map reports/ --out out --title "September 2023"
      conflict-mapper map out/events.geojson --out again
    """  # noqa: D301  (click wants the control character itself)
    inputs: tuple[str, ...] = options["inputs"]
    offered = () if tiles == ("none",) else tiles
    if all(is_events_file(given) for given in inputs):
        number, issues, file = draw_files(inputs, options["gazetteer_folders"], out, title, offered)
        finish_events(number, issues, [file], json=options["as_json"], quiet=options["quiet"])
    run = run_inputs(options)
    files: tuple[Path, ...] = ()
    if run.extraction.reports:
        from geo.export import to_feature_collection, write_outputs  # noqa: PLC0415  (once there is something to write)
        from maps.draw import build, save  # noqa: PLC0415

        written = write_outputs(run.extraction, run.places, out)
        collection = to_feature_collection(run.extraction.events, run.extraction.reports)
        number = len(run.extraction.reports)
        world = build(
            collection,
            run.places,
            title=title or default_title(collection),
            subtitle=f"Reported events from {number} report{'' if number == 1 else 's'}, each with who says so",
            tiles=offered,
        )
        files = (save(world, out / "map.html"), *written)
    finish(run, files, json=options["as_json"], quiet=options["quiet"])


def draw_files(
    inputs: Sequence[str], gazetteer_folders: Sequence[str], out: Path, title: str | None, tiles: Sequence[str]
) -> tuple[int, tuple[Issue, ...], Path]:
    """Draw exported events alone; return their number, what was wrong with some, and the path of the page.

    Raises:
        FormatError: a file that is missing or holds no events.

    """
    from geo.formats import read_events  # noqa: PLC0415
    from maps.draw import build, save  # noqa: PLC0415  (folium takes a second to import)
    from maps.payload import features_of  # noqa: PLC0415

    features = []
    issues: list[Issue] = []
    for path in map(Path, inputs):
        found = read_events(path)
        issues += found.issues
        try:
            features += features_of({"type": "FeatureCollection", "features": list(found.features)})
        except (ValueError, RecursionError) as error:
            raise FormatError(f"{path}: {error}") from error
    events = {"type": "FeatureCollection", "features": features}
    world = build(events, _gazetteer(gazetteer_folders), title=title or default_title(events), tiles=tiles)
    return len(features), tuple(issues), save(world, out / "map.html")


def default_title(collection: dict[str, Any]) -> str:
    """Return a title from the first and last day of what happened: nothing is known of the subject.

    Background of long ago and plans do not stretch it.

    >>> default_title({"features": [{"properties": {"date_start": "2023-09-19", "date_end": "2023-10-03"}}]})
    'Reported events, 19 September to 3 October 2023'
    >>> default_title({"features": []})
    'Reported events'
    """
    from datetime import date  # noqa: PLC0415

    told = [feature.get("properties") or {} for feature in collection["features"]]
    happened = [one for one in told if one.get("modality", "occurred") in {"occurred", "alleged"}]
    properties = happened or told
    days = []
    for value in (value for one in properties for value in (one.get("date_start"), one.get("date_end"))):
        try:
            days.append(date.fromisoformat(str(value)))
        except ValueError:
            continue
    if not days:
        return "Reported events"
    first, last = min(days), max(days)
    end = f"{last.day} {last:%B} {last.year}"
    if first == last:
        return f"Reported events, {end}"
    start = f"{first.day} {first:%B}" + ("" if first.year == last.year else f" {first.year}")
    return f"Reported events, {start} to {end}"


@click.command(cls=Command, epilog=EXIT_CODES)
@click.argument("places", nargs=-1, required=True, metavar="ID...")
@click.option("--gazetteer", "gazetteer_folders", multiple=True, metavar="DIR",
              help="A folder of your own entries, laid over ours. May be given several times.")  # fmt: skip
@click.option("--out", default="preview.html", show_default=True, type=click.Path(path_type=Path, dir_okay=False),
              metavar="FILE", help="The page to write.")  # fmt: skip
def preview(places: tuple[str, ...], gazetteer_folders: tuple[str, ...], out: Path) -> None:
    """Show gazetteer entries on a map: position, precision, lines and areas by date, names.

    \b
    Examples:
      conflict-mapper preview lachin-corridor
      conflict-mapper preview my-village --gazetteer my-entries --out check.html
    """  # noqa: D301
    from maps.draw import build, save  # noqa: PLC0415

    known = _gazetteer(gazetteer_folders)
    chosen = [known[place] for place in dict.fromkeys(places)]  # an unknown id is an error with a hint
    world = build(
        {"type": "FeatureCollection", "features": []},
        known,
        title=f"Gazetteer: {', '.join(place.name for place in chosen[:5])}{' ...' if len(chosen) > 5 else ''}",
        focus=[place.id for place in chosen],
    )
    click.echo(f"wrote {plain(str(save(world, out)))}", err=True)


def _gazetteer(folders: Sequence[str]) -> Gazetteer:
    from gazetteer.load import load, user_folders  # noqa: PLC0415

    return load(*user_folders(folders))
