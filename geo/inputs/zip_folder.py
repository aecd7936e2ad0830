"""Zip folders: unpacked into a temporary folder, within limits, and read like a folder."""

from __future__ import annotations

import contextlib
import io
import shutil
import tempfile
import zipfile
from pathlib import Path, PurePosixPath
from typing import IO, TYPE_CHECKING

from geo.inputs.base import MAX_TEXT, Unusable

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_FILES = 20_000
MAX_UNPACKED = 1_000_000_000
MAX_RATIO = 200
"""How much smaller than its content a zip folder may be; text shrinks to a tenth at most."""


@contextlib.contextmanager
def unpacked(packed: IO[bytes]) -> Iterator[Path]:
    """Unpack a zip folder for the time of a with block. Raises `Unusable` where it is broken, locked or a bomb."""
    with tempfile.TemporaryDirectory(prefix="conflict-mapper-") as folder:
        try:
            with zipfile.ZipFile(packed) as package:
                _check(package, packed.seek(0, io.SEEK_END))
                for part in package.infolist():
                    _unpack(package, part, Path(folder))
        except (zipfile.BadZipFile, NotImplementedError, EOFError, ValueError, OSError, zipfile.LargeZipFile) as error:
            raise Unusable("bad-zip", "this zip folder is broken or cut", "Fetch or pack it again.") from error
        except RuntimeError as error:  # zipfile's word for a password
            raise Unusable("encrypted", "this zip folder is locked with a password", "Pack it without one.") from error
        yield Path(folder)


def _check(package: zipfile.ZipFile, packed: int) -> None:
    parts = package.infolist()
    size = sum(part.file_size for part in parts)
    if len(parts) > MAX_FILES or size > MAX_UNPACKED or size > MAX_RATIO * max(packed, 100_000):
        raise Unusable("zip-bomb", f"this zip folder would unpack to {size / 1e6:.0f} MB in {len(parts)} file(s)",
                       "Unpack it yourself if you trust it, and give the folder.")  # fmt: skip


def _unpack(package: zipfile.ZipFile, part: zipfile.ZipInfo, folder: Path) -> None:
    name = PurePosixPath(part.filename.replace("\\", "/"))
    if part.is_dir() or name.is_absolute() or ".." in name.parts or ":" in part.filename:
        return
    target = folder.joinpath(*name.parts)
    target.parent.mkdir(parents=True, exist_ok=True)
    with package.open(part) as packed, target.open("wb") as file:
        # A header can lie about the size: never write more than it says, and one byte over what a report may have.
        shutil.copyfileobj(_Limited(packed, min(part.file_size, MAX_TEXT + 1)), file)


class _Limited:
    """The first bytes of a file."""

    def __init__(self, file: IO[bytes], left: int) -> None:
        self._file, self._left = file, left

    def read(self, size: int = -1) -> bytes:
        """Read on, up to the limit."""
        data = self._file.read(self._left if size < 0 else min(size, self._left))
        self._left -= len(data)
        return data
