"""Where in an entry's text a value stands, worked out only for messages: the parser does not tell."""

from __future__ import annotations

from pathlib import Path

Where = tuple[str | int, ...]


def line_of(text: str, where: Where) -> int:
    r"""Return the line of a key such as ("names", 1, "lang") in an entry's text: its own, else that of its table, else 1.

    >>> line_of('id = "a"\n[[names]]\ntext = "A"\n[[names]]\nlang = "x"', ("names", 1, "lang"))
    5
    >>> line_of('[point]\nlat = 1', ("point", "lon")), line_of("", ("id",))
    (1, 1)
    """
    if not where:
        return 1
    best = 1
    here: Where = ()
    counts: dict[str, int] = {}
    for number, line in enumerate(map(str.strip, text.splitlines()), 1):
        if line.startswith("["):
            name = line.partition("]")[0].strip("[ ")
            counts[name] = counts.get(name, -1) + 1
            here = (name, counts[name]) if line.startswith("[[") else (name,)
            if where in (here, (name,)):
                return number
            if here == where[:-1]:
                best = number
        elif here == where[:-1] and line.partition("=")[0].strip(" \t\"'") == where[-1]:
            return number
    return best


def dotted(where: Where) -> str:
    """Write the way to a value as messages do.

    >>> dotted(("names", 1, "lang")), dotted(())
    ('names[1].lang', '')
    """
    out = ""
    for step in where:
        out += f"[{step}]" if isinstance(step, int) else f".{step}" if out else step
    return out


def shown(path: Path | None) -> str:
    """Return a path as messages show it: from the working folder where it lies below it."""
    if path is None:
        return ""
    try:
        return path.absolute().relative_to(Path.cwd()).as_posix()
    except ValueError:
        return path.as_posix()
