"""Fixtures that many tests share: Chromium with the network off, the folder beside the repository, no proxies."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
HOW_TO_GET_A_BROWSER = (
    "no Chromium was found: install one (Debian: apt-get install chromium; elsewhere: python -m playwright install "
    "chromium) and run `make test` again"
)


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository's folder."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of reference data beside the repository; a test that needs it skips where it is missing."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("the reference data beside the repository (../shared) is missing; nothing else depends on it")
    return folder


def _chromium() -> str | None:
    """Chromium's path: $CHROMIUM, one on the PATH, or None for the one that Playwright brought."""
    named = os.environ.get("CHROMIUM")
    return named or next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """One Chromium for the whole run; a test that needs it skips where there is none and says what to install."""
    api = pytest.importorskip("playwright.sync_api", reason="playwright is missing: run `make test`")
    with api.sync_playwright() as playwright:
        try:
            # Chromium's sandbox refuses to run as root, as in most containers.
            started = playwright.chromium.launch(executable_path=_chromium(), args=["--no-sandbox"])
        except api.Error:
            pytest.skip(HOW_TO_GET_A_BROWSER)
        yield started
        started.close()


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    """A fresh page with the network off.

    `page.problems` lists what a reader must never see: console errors, uncaught exceptions and requests to anywhere
    but the file itself.
    """
    context = browser.new_context(offline=True, viewport={"width": 1400, "height": 900}, accept_downloads=True)
    opened = context.new_page()
    opened.problems = problems = []
    opened.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
    opened.on("pageerror", lambda error: problems.append(str(error)))
    opened.on(
        "request",
        lambda request: None if request.url.startswith(("file:", "data:", "blob:")) else problems.append(request.url),
    )
    yield opened
    context.close()
