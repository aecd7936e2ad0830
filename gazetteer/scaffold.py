"""From a name that no entry knows to an entry: the command line that adds it, ready to be run, or the file itself."""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gazetteer.model import Kind, Point

PROGRAM = "conflict-mapper gazetteer"
_BARE = re.compile(r"[\w.,+/:-]+")
_QUOTABLE = re.compile(r"[^\"$`\\!%\n\r\t]+")


def quoted(text: str) -> str:
    """Quote a text for the shell: double quotes where they hold it in every shell, else as POSIX shells need it.

    >>> print(quoted("Lisagor"), quoted("Karmir Shuka"), quoted("O'Brien"), quoted('a"$(b)'), quoted(""))
    Lisagor "Karmir Shuka" "O'Brien" 'a"$(b)' ""
    """
    if _BARE.fullmatch(text):
        return text
    return f'"{text}"' if not text or _QUOTABLE.fullmatch(text) else shlex.quote(text)


def suggest_command(  # noqa: PLR0913  (one parameter a flag)
    name: str,
    *,
    kind: Kind | None = None,
    lang: str | None = None,
    parent: str | None = None,
    lat: float | None = None,
    lon: float | None = None,
    precision_m: float | None = None,
    source: str | None = None,
    sentence: str | None = None,
    folder: str | None = None,
) -> str:
    """Return the command line that adds a place of this name, with what is known of it already.

    The line can be run as it is: where nothing says the kind it says village, the commonest, for you to change; a place
    without position is kept too, and never drawn.

    >>> print(suggest_command("Karmir  Shuka", kind="village", parent="martuni-karabakh"))
    conflict-mapper gazetteer add --name "Karmir Shuka" --kind village --parent martuni-karabakh
    >>> print(suggest_command("Lisagor", lat=39.66, lon=46.55))
    conflict-mapper gazetteer add --name Lisagor --kind village --lat 39.66 --lon 46.55
    """
    flags = {
        "--name": " ".join(name.split()),
        "--lang": lang,
        "--kind": kind or "village",
        "--parent": parent,
        "--lat": lat,
        "--lon": lon,
        "--precision": precision_m,
        "--source": source,
        "--sentence": " ".join(sentence.split()) if sentence else None,
        "--gazetteer": folder,
    }
    words = [_flag(flag, str(value)) for flag, value in flags.items() if value is not None]
    return " ".join([f"{PROGRAM} add", *words])


def suggest_entry(
    name: str, *, kind: Kind = "village", parent: str | None = None, point: Point | None = None, source: str = ""
) -> str:
    """Return the text of an entry for this name, to be saved as <id>.toml and filled in.

    >>> print(suggest_entry("Karmir Shuka", source="field notes"), end="")
    id = "karmir-shuka"
    kind = "village"
    feature = "P.PPL"
    status = "current"
    review = "imported"
    source = "field notes"
    <BLANKLINE>
    [[names]]
    text = "Karmir Shuka"
    lang = "en"
    kind = "press"
    source = "field notes"
    """
    from gazetteer.drafting import Draft, draft_place, read_name  # noqa: PLC0415  (suggesting a command needs neither)
    from gazetteer.writing import entry_toml  # noqa: PLC0415

    parents = (parent,) if parent else ()
    return entry_toml(draft_place(Draft((read_name(name, source=source),), kind, None, point, parents, source=source)))


def _flag(flag: str, value: str) -> str:
    # a value that begins with a hyphen would be read as a flag, so it is tied to its own
    return f"{flag}={quoted(value)}" if value.startswith("-") else f"{flag} {quoted(value)}"
