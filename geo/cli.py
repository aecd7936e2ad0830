"""The commands that read reports; the top program mounts `COMMANDS`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from geo.console import EXIT_CODES, Command, finish, input_options, progress
from geo.run import run_extraction

if TYPE_CHECKING:
    from datetime import date

__all__ = ["COMMANDS", "extract", "run_extraction"]


@click.command(cls=Command, epilog=EXIT_CODES)
@input_options
@click.option("--out", required=True, type=click.Path(path_type=Path, file_okay=False), metavar="DIR",
              help="Folder for events.geojson, mentions.csv and unresolved.csv.")  # fmt: skip
def extract(
    inputs: tuple[str, ...], published: date | None, gazetteer_folders: tuple[str, ...], out: Path, **options: Any
) -> None:
    """Read reports and write events.geojson, mentions.csv and unresolved.csv, without a map.

    INPUT is a file or a folder. A folder may hold reports.csv with the columns
    file,title,publisher,published,url,language.

    \b
    Examples:
      conflict-mapper extract article.txt --published 2023-09-20 --out out
      conflict-mapper extract reports/ --out out --json
    """  # noqa: D301  (click wants the control character itself)
    from geo.export import write_outputs  # noqa: PLC0415  (shapely is needed once there is something to write)

    quiet = bool(options["quiet"] or options["as_json"])
    run = run_extraction(
        inputs, published=published, gazetteer_folders=gazetteer_folders, track=progress("Reading", quiet=quiet)
    )
    files = write_outputs(run.extraction, run.places, out) if run.extraction.reports else ()
    finish(run, files, json=options["as_json"], quiet=quiet)


COMMANDS: tuple[click.Command, ...] = (extract,)
