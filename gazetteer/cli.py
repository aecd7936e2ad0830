"""The gazetteer's commands, a group that the top program mounts; `python -m gazetteer` runs it alone."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from gazetteer.errors import ConflictMapperError, FormatError, GazetteerError
from gazetteer.finding import CURATED
from gazetteer.load import USER_FOLDER, load, user_folders
from gazetteer.model import KINDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from gazetteer.errors import Issue
    from gazetteer.index import Gazetteer


class Commands(click.Group):
    """A group whose commands turn this program's errors into one sentence and exit code 1."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command."""
        try:
            return super().invoke(ctx)
        except ConflictMapperError as error:
            raise click.ClickException(str(error)) from error


def _folders(command: Callable[..., Any]) -> Callable[..., Any]:
    return click.option(
        "--gazetteer", "folders", multiple=True, type=click.Path(path_type=Path), metavar="DIR",
        help=f"A folder of your own entries, laid over ours; may be repeated. Default: ./{USER_FOLDER} if it is there.",
    )(command)  # fmt: skip


def _loaded(folders: Iterable[Path]) -> Gazetteer:
    return load(*user_folders(folders))


@click.group(cls=Commands, name="gazetteer", context_settings={"help_option_names": ["-h", "--help"]})
def gazetteer() -> None:
    """Look up places, add them, check them, and carry them to and from other programs.

    \b
    Examples:
      conflict-mapper gazetteer search Martuni
      conflict-mapper gazetteer show martuni-karabakh
      conflict-mapper gazetteer check
    """  # noqa: D301  (click wants the control character itself)


# ---------------------------------------------------------------------------------------------------------- looking up


@gazetteer.command()
@click.argument("place")
@_folders
@click.option("--format", "form", type=click.Choice(["text", "toml", "json"]), default="text", show_default=True)
def show(place: str, folders: tuple[Path, ...], form: str) -> None:
    """Show all that is known of a PLACE: its id, or a name in any script."""
    places = _loaded(folders)
    found = (places[place],) if place in places else places.named(place)
    if not found:
        places[place]  # raises, naming the ids that are like it
    if form == "json":
        from gazetteer.writing import record  # noqa: PLC0415  (keeps the start-up short, here and below)

        click.echo(json.dumps([record(one) for one in found], ensure_ascii=False, indent=2))
    elif form == "toml":
        from gazetteer.writing import entry_toml  # noqa: PLC0415

        click.echo("\n".join(entry_toml(one) for one in found), nl=False)
    else:
        from gazetteer.describe import describe  # noqa: PLC0415

        click.echo("\n\n".join(describe(one, places) for one in found))
        others = [other.id for other in places.named(place) if other not in found]
        if others:
            click.echo(f"Called so too: {', '.join(others)}", err=True)


@gazetteer.command()
@click.argument("name", nargs=-1, required=True)
@_folders
@click.option("--limit", type=click.IntRange(1), default=10, show_default=True, help="How many places to show.")
def search(name: tuple[str, ...], folders: tuple[Path, ...], limit: int) -> None:
    """Find places by NAME in any script; typing errors are forgiven, the best comes first."""
    from gazetteer.search import search as find  # noqa: PLC0415

    text = " ".join(name)
    hits = find(_loaded(folders), text, limit)
    for hit in hits:
        where = f"{hit.place.point.lat:.4f}, {hit.place.point.lon:.4f}" if hit.place.point else "no position"
        click.echo(f"{hit.score:5.1f}  {hit.place.id:<28} {hit.place.kind:<14} {where:<20} {hit.spelling}")
    if not hits:
        from gazetteer.scaffold import suggest_command  # noqa: PLC0415

        raise GazetteerError(f'no place is called "{text}" or something like it. Add it: {suggest_command(text)}')


@gazetteer.command(context_settings={"ignore_unknown_options": True})
@click.argument("lat", type=click.FloatRange(-90, 90))
@click.argument("lon", type=click.FloatRange(-180, 180))
@_folders
@click.option("--radius", type=click.FloatRange(0), default=10.0, show_default=True, help="In kilometres.")
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True, help="How many places to show.")
def near(lat: float, lon: float, folders: tuple[Path, ...], radius: float, limit: int) -> None:
    """List the places near LAT LON (degrees), the nearest first."""
    found = _loaded(folders).near(lat, lon, radius * 1000)
    for place, metres in found[:limit]:
        click.echo(f"{metres / 1000:7.2f} km  {place.id:<28} {place.kind:<14} {place.name}")
    if not found:
        click.echo(f"No place within {radius:g} km; try a larger --radius.", err=True)


# ------------------------------------------------------------------------------------------------------------ checking


@gazetteer.command()
@click.argument("given", nargs=-1, type=click.Path(path_type=Path), metavar="[DIR]...")
@_folders
@click.option("--format", "form", type=click.Choice(["text", "json", "github"]), default="text", show_default=True)
@click.option("--strict", is_flag=True, help="Fail on warnings too.")
def check(given: tuple[Path, ...], folders: tuple[Path, ...], form: str, *, strict: bool) -> None:
    """Check all entries at once, or those in DIR against ours; exit code 1 where there are errors."""
    from gazetteer.check import check as run  # noqa: PLC0415

    wanted = user_folders((*given, *folders))
    own = [folder for folder in wanted if folder.resolve() != CURATED.resolve()]
    places = load(*own)
    issues = run(places)
    if own:  # ours are checked where they are made
        issues = tuple(issue for issue in issues if any(_below(Path(issue.file), folder) for folder in wanted))
    errors = [issue for issue in issues if issue.severity == "error"]
    warnings = [issue for issue in issues if issue.severity == "warning"]
    if form == "json":
        click.echo(json.dumps([_issue_record(issue) for issue in issues], ensure_ascii=False, indent=2))
    else:
        for issue in issues:
            click.echo(_github(issue) if form == "github" else f"{issue.severity}: {issue}")
    if form == "text":
        mine = sum(1 for one in places if any(_below(one.file, folder) for folder in wanted))
        checked = f"{mine} entries of yours among all places" if own else f"{len(places)} places"
        click.echo(f"{checked}: {_count(errors, 'error')}, {_count(warnings, 'warning')}", err=bool(issues))
    if errors or (strict and warnings):
        sys.exit(1)


def _below(file: Path | None, folder: Path) -> bool:
    return file is not None and file.resolve().is_relative_to(folder.resolve())


def _count(found: list[Issue], word: str) -> str:
    return f"{len(found) or 'no'} {word}{'' if len(found) == 1 else 's'}"


def _issue_record(issue: Issue) -> dict[str, object]:
    return {
        "code": issue.code,
        "severity": issue.severity,
        "file": issue.file,
        "line": issue.line,
        "message": issue.message,
        "fix": issue.fix,
    }


def _github(issue: Issue) -> str:
    """Write an issue as GitHub's workflow command, which shows it beside the line."""

    def escaped(text: str, more: str = "") -> str:
        for sign in "%\r\n" + more:
            text = text.replace(sign, f"%{ord(sign):02X}")
        return text

    line = f",line={issue.line}" if issue.line else ""
    text = escaped(f"{issue.message}{'. ' + issue.fix if issue.fix else ''}")
    return f"::{issue.severity} file={escaped(issue.file, ':,')}{line},title={issue.code}::{text}"


# -------------------------------------------------------------------------------------------------------------- adding


@gazetteer.command()
@click.option("--name", "names", multiple=True, help="A name, or LANG=NAME (az-Latn=Xankəndi); repeat for more.")
@click.option("--lang", help="The language of the first name as BCP 47. Default: by its letters.")
@click.option("--kind", type=click.Choice(KINDS), metavar="KIND", help="village, town, district, bridge, road ...")
@click.option("--lat", type=float, help="Latitude in degrees.")
@click.option("--lon", type=float, help="Longitude in degrees.")
@click.option(
    "--precision",
    type=click.FloatRange(0, min_open=True),
    help="How far the true centre may lie off, in metres [default: 1000].",
)
@click.option("--parent", "parents", multiple=True, metavar="ID", help="The place that it lies in; repeat for more.")
@click.option("--source", help="Where you know it from.")
@click.option("--sentence", help="A sentence with the name that means this place, kept as a test.")
@click.option(
    "--link", "links", multiple=True, metavar="KEY=ID", help="An identifier elsewhere: wikidata=Q9248, geonames=587084."
)
@click.option("--note", help="One sentence that a reader of the entry needs.")
@click.option("--id", "place_id", help="The id. Default: made of the first name.")
@click.option("--same-as", metavar="ID", help="Add the names to this place instead of making a new one.")
@click.option("--suggest", is_flag=True, help="Ask a geocoding service for the position (needs the network).")
@click.option("--service", default="nominatim", show_default=True, help="The geopy geocoder that --suggest asks.")
@click.option(
    "--gazetteer",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help=f"Your folder of entries. Default: ./{USER_FOLDER}",
)
@click.option("--replace", "overwrite", is_flag=True, help="Overwrite your entry with this id.")
@click.option("--force", is_flag=True, help="Write it although the check finds errors.")
@click.option("--dry-run", is_flag=True, help="Print the entry, write nothing.")
@click.option("--no-input", is_flag=True, help="Ask nothing, even at a terminal.")
def add(**given: Any) -> None:
    """Add a place, or with --same-as another name of one; what is not given is asked at a terminal.

    The entry is one TOML file in a folder of yours, which every command reads beside our entries.
    """
    from gazetteer.adding import Adding  # noqa: PLC0415

    Adding(**given).run()


# ----------------------------------------------------------------------------------------------- from and to other programs

_FORMATS = ("linked-places", "lp-tsv", "geonames", "geojson", "csv")


@gazetteer.command("export")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, allow_dash=True))
@_folders
@click.option("--format", "form", type=click.Choice(_FORMATS), help="Default: by the file's ending.")
@click.option(
    "--kind",
    "kinds",
    multiple=True,
    type=click.Choice(KINDS),
    metavar="KIND",
    help="Only places of this kind; may be repeated.",
)
@click.option("--within", metavar="ID", help="Only places that lie in this one, and itself.")
def export_(
    file: Path, folders: tuple[Path, ...], form: str | None, kinds: tuple[str, ...], within: str | None
) -> None:
    """Write the places to FILE (.jsonld .tsv .txt .geojson .csv; - for the terminal, with --format)."""
    from gazetteer.formats import export_text, format_of  # noqa: PLC0415

    chosen = format_of(file, form)
    places = _loaded(folders)
    if within is not None:
        places[within]  # raises for an unknown id
    picked = [
        place
        for place in places
        if (not kinds or place.kind in kinds) and (within is None or places.within(place.id, within))
    ]
    text = export_text(picked, places, chosen)
    if str(file) == "-":
        click.echo(text, nl=False)
        return
    from gazetteer.writing import write_whole  # noqa: PLC0415

    write_whole(file, text)
    click.echo(f"Wrote {len(picked)} places to {file} ({chosen.name})")


@gazetteer.command("import")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, allow_dash=True))
@click.option("--format", "form", type=click.Choice(_FORMATS), help="Default: by the file's ending.")
@click.option(
    "--gazetteer",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help=f"Your folder of entries. Default: ./{USER_FOLDER}",
)
@click.option("--replace", "overwrite", is_flag=True, help="Let imported places replace those with the same id.")
def import_(file: Path, form: str | None, folder: Path | None, *, overwrite: bool) -> None:
    """Read places from FILE into a folder of yours; those whose id is there already are passed over."""
    from gazetteer.formats import format_of, import_text  # noqa: PLC0415
    from gazetteer.writing import save  # noqa: PLC0415

    chosen = format_of(file, form)
    try:
        with click.open_file(str(file), encoding="utf-8-sig") as stream:
            text = stream.read()
    except OSError as error:
        raise FormatError(f"{file} cannot be read ({error.strerror}). Check its name") from error
    except UnicodeDecodeError as error:
        raise FormatError(f"{file} is not UTF-8 text. Save it as UTF-8") from error
    found, issues = import_text(text, chosen, str(file))
    target = folder or USER_FOLDER
    taken = set(load(*([target] if target.is_dir() else [])).ids())
    written = passed = 0
    for one in found:
        if one.place.id in taken and not overwrite:
            passed += 1
            continue
        save(one.place, target, overwrite=overwrite, shapes=one.shapes)
        taken.add(one.place.id)
        written += 1
    for issue in issues:
        click.echo(f"{issue.severity}: {issue}", err=True)
    click.echo(
        f"Wrote {written} places to {target}"
        + (f", passed over {passed} whose id is taken (--replace takes them)" if passed else "")
    )
    if issues:
        sys.exit(1)
