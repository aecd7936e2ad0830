"""The program `conflict-mapper`: every package's commands under one name.

A command's module is imported when the command is run or asked for help, so that light commands start at once.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

import click

COMMANDS: dict[str, tuple[str, str, str]] = {
    "map": ("maps.commands", "map_command", "Turn reports into a map, events and tables."),
    "preview": ("maps.commands", "preview", "Show gazetteer entries on a map."),
    "extract": ("geo.cli", "extract", "Turn reports into events and tables, without a map."),
    "explain": ("geo.cli", "explain", "Tell why each place and event was read as it was."),
    "export": ("geo.cli", "export", "Write events in another format."),
    "evaluate": ("geo.cli", "evaluate", "Compare what was found with what people marked."),
    "gazetteer": ("gazetteer.cli", "gazetteer", "Look up, check and add places."),
}
"""Command -> module, attribute, and one line of help (the module need not be imported to list it)."""


class LazyGroup(click.Group):
    """A group that imports a command when it is needed and lists all of them without importing any."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Return the names in the order of use."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import and return a command, None where there is none of this name."""
        if cmd_name not in COMMANDS:
            return None
        module, attribute, _ = COMMANDS[cmd_name]
        command: click.Command = getattr(import_module(module), attribute)
        if isinstance(command, click.Group) and "preview" not in command.commands:
            command.add_command(_preview())  # drawing is this package's, so it joins the gazetteer's commands only here
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command, or say which one may be meant."""
        name = args[0] if args else ""
        if args and name not in COMMANDS and not name.startswith("-"):
            import difflib  # noqa: PLC0415

            near = difflib.get_close_matches(name, COMMANDS, 1)
            hint = f'Did you mean "{near[0]}"?' if near else f"Commands: {', '.join(COMMANDS)}."
            ctx.fail(f'No such command "{name}". {hint}')
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write the list of commands from the table above."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, _, text) in COMMANDS.items()])


def _preview() -> click.Command:
    command: click.Command = import_module("maps.commands").preview
    return command


def _digest(folder: Path) -> str:
    """Return eight letters that change with any file of a folder: which words and places a result came from."""
    from hashlib import sha256  # noqa: PLC0415

    content = sha256()
    for file in sorted(folder.rglob("*")):
        if file.suffix in {".toml", ".json", ".geojson"}:
            content.update(file.relative_to(folder).as_posix().encode() + b"\0" + file.read_bytes())
    return content.hexdigest()[:8]


def _version(ctx: click.Context, _param: click.Parameter, wanted: Any) -> None:
    if not wanted or ctx.resilient_parsing:
        return
    from importlib.metadata import version  # noqa: PLC0415

    import gazetteer  # noqa: PLC0415
    import geo  # noqa: PLC0415

    entries, rules = Path(gazetteer.__file__).parent / "entries", Path(geo.__file__).parent / "data"
    places = sum(1 for _ in entries.rglob("*.toml"))
    click.echo(f"conflict-mapper {version('conflict-mapper')}")
    click.echo(f"gazetteer {places} places, {_digest(entries)}")
    click.echo(f"rules {_digest(rules)}")
    ctx.exit()


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.option("--version", is_flag=True, is_eager=True, expose_value=False, callback=_version, help="Tell the version.")
def main() -> None:
    """Turn reports about a war into a map that can be defended line by line.

    \b
    Start with:
      conflict-mapper map seeds --out out          then open out/map.html
      conflict-mapper COMMAND --help
    """  # noqa: D301  (click wants the control character itself)
