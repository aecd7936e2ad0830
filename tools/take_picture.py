"""Take the picture of the map that README.md shows: docs/map.png, from the starter reports, with the network off."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
PICTURE = ROOT / "docs" / "map.png"
SIZE = {"width": 1400, "height": 900}


def main() -> None:
    """Map the starter reports into a temporary folder and photograph the page when it has come to rest."""
    program = Path(sys.executable).with_name("conflict-mapper")
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        subprocess.run([program, "map", "seeds", "--out", folder, "--quiet"], check=True, cwd=ROOT)
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_context(offline=True, viewport=SIZE).new_page()
        page.goto((Path(folder) / "map.html").as_uri())
        page.wait_for_timeout(2000)  # the first fit of the view is animated
        page.screenshot(path=PICTURE)
        browser.close()
    print(f"{PICTURE.relative_to(ROOT)}: {PICTURE.stat().st_size // 1000} kB")


if __name__ == "__main__":
    main()
