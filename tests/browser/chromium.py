"""Which Chromium the tests drive, and how it is started."""

from __future__ import annotations

import os
import shutil

from playwright.sync_api import Browser, Playwright

VARIABLE = "KINOPRESS_CHROMIUM"
NAMES = (
    *("chromium-headless-shell", "chrome-headless-shell", "headless_shell"),
    *("chromium", "chromium-browser", "google-chrome"),
)
"""The same browser without the parts around a page first: a page costs a quarter of the processor time."""
QUIET = (
    "--no-sandbox",  # containers rarely allow one; only our own pages are opened
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--mute-audio",
)


def find_chromium() -> str | None:
    """The program named in ``KINOPRESS_CHROMIUM``, else one on the path; ``None`` leaves Playwright its own."""
    named = os.environ.get(VARIABLE)
    if named:
        return named
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def launch(playwright: Playwright) -> Browser:
    """Start it without a window.

    Raises:
        playwright.sync_api.Error: when there is none; ``playwright install chromium`` fetches one.
    """
    return playwright.chromium.launch(executable_path=find_chromium(), args=list(QUIET))
