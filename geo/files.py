"""Writing files so that nobody ever finds half of one."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


@contextlib.contextmanager
def replacing(path: str | Path) -> Iterator[Path]:
    """Give a temporary path beside `path` to write to; it takes the place of `path` when the block ends well.

    The folder is made where it is missing. On an error the old file stays as it was.

    >>> target = Path(tempfile.mkdtemp()) / "new" / "a.txt"
    >>> with replacing(target) as draft:
    ...     _ = draft.write_text("done")
    >>> target.read_text(), len(list(target.parent.iterdir()))
    ('done', 1)
    """
    target = Path(path)
    target.parent.mkdir(parents=True, exist_ok=True)
    # A folder of its own, because some writers (Shapefile, GeoPackage) put further files beside the one they are given;
    # and the draft keeps its name, because several writers look at the ending.
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=f".{target.name}.") as folder:
        draft = Path(folder) / target.name
        yield draft
        for made in sorted(Path(folder).iterdir(), key=lambda file: file == draft):
            os.replace(made, target.parent / made.name)  # noqa: PTH105  (Path.replace says the same; this is the documented atomic call)


def write_bytes(path: str | Path, data: bytes) -> Path:
    """Write a file whole or not at all; return its path."""
    with replacing(path) as draft:
        draft.write_bytes(data)
    return Path(path)


def write_text(path: str | Path, text: str) -> Path:
    """Write text in UTF-8 as it stands, newlines included, whole or not at all; return the path."""
    return write_bytes(path, text.encode("utf-8"))


def to_json(value: Any, *, indent: int | None = None) -> str:
    """Write JSON that every reader takes: UTF-8 letters as they are, and NaN an error rather than a token.

    >>> to_json({"a": None, "b": "Şuşa"})
    '{"a":null,"b":"Şuşa"}'
    >>> to_json([])
    '[]'
    """
    separators = (",", ":") if indent is None else None
    return json.dumps(value, ensure_ascii=False, allow_nan=False, indent=indent, separators=separators)


def to_csv(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    r"""Write a table as CSV (RFC 4180, but newlines as \n) with cells that no spreadsheet takes for formulas.

    >>> to_csv(["a", "b"], [["=1+1", None], [-2.5, "x,y"]])
    'a,b\n\'=1+1,\n-2.5,"x,y"\n'
    >>> to_csv(["a"], [])
    'a\n'
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    quoting = csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_ALL)
    writer.writerow([safe_cell(name) for name in header])
    for row in rows:
        cells = [safe_cell(cell) for cell in row]
        # Before Python 3.13 the writer leaves a lone carriage return bare, and readers see two rows.
        (quoting if any(isinstance(cell, str) and "\r" in cell for cell in cells) else writer).writerow(cells)
    return out.getvalue()


def safe_cell(value: object) -> object:
    """Put an apostrophe before text that a spreadsheet would run as a formula (OWASP, "CSV injection").

    >>> safe_cell("=HYPERLINK(1)"), safe_cell("Shusha"), safe_cell(-3), safe_cell("")
    ("'=HYPERLINK(1)", 'Shusha', -3, '')
    """
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
