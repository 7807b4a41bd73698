"""A page of each kind looks as it did, without a script: its first screen, coarsely, at three widths, by day and by night.

What is compared are a few hundred grey blocks, so that the fonts of another computer and a sentence more or less make no
difference. It finds what no other test looks at as a whole: a style that does not arrive, a night that is white, a
picture or a column that is gone. Where a change is meant, write the looks again and look at the difference:

    KINOPRESS_NEW_LOOKS=1 python scripts/test.py tests/this_site/browser/test_looks.py
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from playwright.sync_api import Page

from browser.fixtures import DESKTOP, PHONE, TABLET, Open
from browser.looks import look_of, unlike
from this_site.browser.conftest import KINDS

LOOKS = Path(__file__).parents[1] / "looks.json"
SCHEMES = ("light", "dark")
ALIKE = 0.03
"""Wider or narrower letters make 0.005, a serif 0.023 at most; a page without its words is above 0.05 on most phones."""
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


def _looks(page: Page) -> dict[str, str]:
    found = {}
    for size in (PHONE, TABLET, DESKTOP):
        page.set_viewport_size({"width": size[0], "height": size[1]})
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type] # one of its words
            found[f"{size[0]} {scheme}"] = look_of(page)
    return found


@pytest.fixture(scope="module")
def kept() -> dict[str, dict[str, list[str]]]:
    found: dict[str, dict[str, list[str]]] = json.loads(LOOKS.read_text("utf-8"))
    return found


@pytest.mark.skipif("KINOPRESS_NEW_LOOKS" not in os.environ, reason="the looks stay as they are")
def test_write_the_looks_again(open_page: Open) -> None:
    found = {name: _looks(open_page(KINDS[name]).page) for name in NAMES}
    rows = {n: {w: look.splitlines() for w, look in of.items()} for n, of in found.items()}
    LOOKS.write_text(json.dumps(rows, ensure_ascii=False, indent=1) + "\n", "utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_a_page_looks_as_it_did(
    name: str, open_page: Open, kept: dict[str, dict[str, list[str]]]
) -> None:
    page = open_page(KINDS[name]).page
    other = {
        where: f"{share:.3f}\n{look}"
        for where, look in _looks(page).items()
        if (share := unlike("\n".join(kept[name][where]), look)) > ALIKE
    }
    assert other == {}, "\n\n".join(f"{where}: {look}" for where, look in other.items())


@pytest.mark.parametrize(
    "fault",
    [
        "article { display: none !important; }",
        "body, article, .md-main { background: #000 !important; }",
        ".kp-header { height: 60vh !important; background: #000 !important; }",
    ],
    ids=["no words", "a black ground", "a header over all"],
)
def test_a_fault_that_a_reader_would_see_is_found(fault: str, styled: Page) -> None:
    before = look_of(styled)
    styled.add_style_tag(content=fault)
    assert unlike(before, look_of(styled)) > ALIKE


def test_other_letters_are_no_fault(styled: Page) -> None:
    before = look_of(styled)
    styled.add_style_tag(content="* { font-family: serif !important; letter-spacing: 0.02em; }")
    assert unlike(before, look_of(styled)) <= ALIKE


@pytest.fixture
def styled(open_page: Open) -> Page:
    """A page that takes styles from a test."""
    return open_page(KINDS["exercise"], bypass_csp=True, java_script_enabled=True).page
