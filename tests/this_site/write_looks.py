"""How a page of each kind looks, written again: ``python tests/this_site/write_looks.py``.

Run it where a change of the looks is meant, and look at the difference of ``looks.json`` before it is kept.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

TESTS = Path(__file__).parents[1]
sys.path.insert(0, str(TESTS))  # run by itself, this file finds the tests' own modules too

from browser.chromium import launch  # noqa: E402 - they are found now
from browser.fixtures import DESKTOP, PHONE, TABLET  # noqa: E402
from browser.looks import look_of  # noqa: E402
from browser.server import Served, serve  # noqa: E402
from this_site.browser.conftest import KINDS, build_own_site  # noqa: E402

LOOKS = Path(__file__).with_name("looks.json")
NAMES = (
    "home",
    "symptom",
    "exercise",
    "exercise with a film",
    "plan",
    "article",
    "find",
    "film",
    "list of exercises",
    "A–Z",
)
"""The kinds of page whose looks are kept."""


def looks_of_page(page: Page) -> dict[str, str]:
    """The first screen at three widths, by day and by night: ``360 light`` → its look."""
    found = {}
    for width, height in (PHONE, TABLET, DESKTOP):
        page.set_viewport_size({"width": width, "height": height})
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type] # one of its words
            found[f"{width} {scheme}"] = look_of(page)
    return found


def _looks(site: Served) -> dict[str, dict[str, list[str]]]:
    found = {}
    with sync_playwright() as playwright:
        browser = launch(playwright)
        page = browser.new_page(java_script_enabled=False)
        for name in NAMES:
            page.goto(site.url(KINDS[name]))
            found[name] = {where: look.splitlines() for where, look in looks_of_page(page).items()}
        browser.close()
    return found


def main() -> None:
    """Build the site aside, look at it, and write what is seen."""
    with tempfile.TemporaryDirectory(prefix="kinopress-looks-") as folder:
        build_own_site(Path(folder))
        with serve(Path(folder) / "project/site") as site:
            found = _looks(site)
    LOOKS.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
