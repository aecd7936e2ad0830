"""The `add` command: flags, questions at a terminal, a geocoder's proposal, the check, the file."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

import click

from gazetteer.drafting import Draft, draft_place, faults, read_name, with_names
from gazetteer.errors import GazetteerError, GeocoderError
from gazetteer.load import USER_FOLDER, load
from gazetteer.model import KINDS, Point
from gazetteer.schema import nearest

if TYPE_CHECKING:
    from pathlib import Path

    from gazetteer.index import Gazetteer
    from gazetteer.model import Kind, Place
    from gazetteer.suggest import Suggestion

PRECISION_M = 1_000.0
"""A hand-set position without a stated precision: a village's extent."""


NO_SOURCE = "added by hand, no source given"
"""What an entry says that nobody gave a source for: readers see that it stands alone."""


@dataclass(slots=True)
class Adding:
    """The flags of one `add`, filled up by answers."""

    names: tuple[str, ...]
    lang: str | None
    kind: str | None
    lat: float | None
    lon: float | None
    precision: float | None
    parents: tuple[str, ...]
    source: str | None
    sentence: str | None
    links: tuple[str, ...]
    note: str | None
    place_id: str | None
    same_as: str | None
    suggest: bool
    service: str
    folder: Path | None
    overwrite: bool
    force: bool
    dry_run: bool
    no_input: bool
    point_source: str = ""

    @property
    def asks(self) -> bool:
        """Whether somebody is there to be asked."""
        return not self.no_input and sys.stdin.isatty()

    def run(self) -> None:
        """Add the place."""
        folder = self.folder or USER_FOLDER
        places = load(folder) if folder.is_dir() else load()
        self._ask_name()
        place = self._renamed(places) if self.same_as else self._new(places)
        issues = faults(places, place)
        for issue in issues:
            click.echo(f"{issue.severity}: {issue.message}{'. ' + issue.fix if issue.fix else ''}", err=True)
        if any(issue.severity == "error" for issue in issues) and not self.force:
            raise GazetteerError("nothing was written. Mend what is said above, or write it all the same with --force")
        from gazetteer.writing import entry_toml, save  # noqa: PLC0415  (nothing is written when something is wrong)

        if self.dry_run:
            click.echo(entry_toml(place), nl=False)
            return
        path = save(place, folder, overwrite=self.overwrite or (self.same_as is not None))
        click.echo(f"Wrote {path}")
        if self.folder is not None:
            click.echo(f"Use it with: --gazetteer {folder}")

    # ---------------------------------------------------------------------------------------------------- the new entry

    def _new(self, places: Gazetteer) -> Place:
        self._ask_kind()
        self._ask_position()
        self._ask_parent(places)
        if self.asks and self.source is None:
            self.source = click.prompt("Source (where you know it from)", default="", show_default=False) or None
        source = self.source or self.point_source
        if not source:
            source = NO_SOURCE
            click.echo("warning: no source given; say where you know the place from with --source", err=True)
        draft = Draft(
            names=tuple(read_name(text, self.lang if n == 0 else None, source) for n, text in enumerate(self.names)),
            kind=cast("Kind", self.kind),
            id=self.place_id,
            point=self._point(),
            parents=self.parents,
            links=self._links(),
            sentence=self.sentence,
            source=source,
            note=self.note or "",
        )
        place = draft_place(draft)
        there = places.get(place.id)
        if there is not None and not self.overwrite:
            raise GazetteerError(
                f'there is already a place "{place.id}" ({there.name}, {there.kind}). Is it the same? Then add the name to it '
                f"with --same-as {place.id}; if not, choose another id with --id"
            )
        return place

    def _renamed(self, places: Gazetteer) -> Place:
        place = places[self.same_as or ""]
        source = self.source or ""
        return with_names(
            place, tuple(read_name(text, self.lang if n == 0 else None, source) for n, text in enumerate(self.names))
        )

    def _point(self) -> Point | None:
        if self.lat is None and self.lon is None:
            return None
        if self.lat is None or self.lon is None:
            raise GazetteerError(f"{'--lat' if self.lat is None else '--lon'} is missing. Give both, or neither")
        if not (-90 <= self.lat <= 90 and -180 <= self.lon <= 180):
            raise GazetteerError(
                f"{self.lat}, {self.lon} is not on earth. Give --lat from -90 to 90 and --lon from -180 to 180"
            )
        return Point(self.lat, self.lon, self.precision or PRECISION_M, self.point_source or self.source or "")

    def _links(self) -> tuple[tuple[str, str], ...]:
        found = []
        for link in self.links:
            key, sign, value = link.partition("=")
            if not (key and sign and value):
                raise GazetteerError(f'--link "{link}" is not KEY=ID. Write it as wikidata=Q9248')
            found.append((key, value))
        return tuple(found)

    # ----------------------------------------------------------------------------------------------------- the questions

    def _ask_name(self) -> None:
        if not self.names and self.asks:
            self.names = (click.prompt("Name"),)
            while more := click.prompt("Another name, as LANG=NAME (empty: no more)", default="", show_default=False):
                self.names = (*self.names, more)
        if not self.names:
            raise click.UsageError("the name is missing. Give it with --name")

    def _ask_kind(self) -> None:
        while self.kind is None and self.asks:
            answer = click.prompt("Kind", default="village")
            if answer in KINDS:
                self.kind = answer
            else:
                near = nearest(answer, KINDS)
                click.echo(f'There is no kind "{answer}".' + (f' Did you mean "{near}"?' if near else ""))
        if self.kind is None:
            raise click.UsageError(
                "the kind is missing. Give it with --kind: village, town, district, bridge, road ..."
            )

    def _ask_position(self) -> None:
        if self.lat is not None or self.lon is not None:
            return
        if self.suggest:
            self._ask_service()
        if self.lat is None and self.asks:
            answer = click.prompt("Position as LAT, LON (empty: not known)", default="", show_default=False)
            if answer.strip():
                self.lat, self.lon = read_position(answer)
        if self.lat is None:
            click.echo("warning: no position, so what happens there will be listed and not drawn", err=True)

    def _ask_service(self) -> None:
        from gazetteer.suggest import suggest  # noqa: PLC0415  (geopy is slow to import)

        try:
            found = suggest(read_name(self.names[0]).text, self.service)
        except GeocoderError as error:
            click.echo(f"warning: {error}", err=True)
            return
        chosen = self._choose(found)
        if chosen is None:
            click.echo(f'warning: {self.service} proposes nothing that fits "{self.names[0]}"', err=True)
            return
        self.lat, self.lon, self.point_source = chosen.lat, chosen.lon, chosen.source
        self.links = (*self.links, *(f"{key}={value}" for key, value in chosen.links))
        click.echo(f"Position {chosen.lat}, {chosen.lon} by {chosen.source}")

    def _choose(self, found: tuple[Suggestion, ...]) -> Suggestion | None:
        if not found or not self.asks:
            return found[0] if found else None
        for number, one in enumerate(found, 1):
            click.echo(f"  {number}  {one.lat:.4f}, {one.lon:.4f}  {one.label}")
        number = click.prompt("Which one (0: none of them)", type=click.IntRange(0, len(found)), default=1)
        return found[number - 1] if number else None

    def _ask_parent(self, places: Gazetteer) -> None:
        if self.parents or self.lat is None or self.lon is None:
            return
        from gazetteer.containing import containing  # noqa: PLC0415

        areas = containing(places, self.lat, self.lon)
        if self.asks:
            default = areas[0].id if areas else ""
            answer = click.prompt("Lies in (id; - for none)", default=default, show_default=bool(default))
            self.parents = (answer,) if answer not in {"", "-"} else ()
        elif areas:
            listed = ", ".join(area.id for area in areas)
            click.echo(f"note: no parent given; the position lies in {listed}. Say so with --parent", err=True)


def read_position(text: str) -> tuple[float, float]:
    """Read "39.8, 46.7" as latitude and longitude. Raises `GazetteerError` for anything else.

    >>> read_position("39.8153, 46.7520"), read_position("39.8 46.7")
    ((39.8153, 46.752), (39.8, 46.7))
    """
    try:
        lat, lon = (float(part) for part in text.replace(",", " ").split())
    except ValueError:
        raise GazetteerError(f'"{text}" is not a position. Write latitude and longitude as 39.8153, 46.7520') from None
    return lat, lon
