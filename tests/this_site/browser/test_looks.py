"""A page of each kind looks as it did, without a script: its first screen, coarsely, at three widths, by day and by night.

What is compared are a few hundred grey blocks, so that the fonts of another computer and a sentence more or less make no
difference. It finds what no other test looks at as a whole: a style that does not arrive, a night that is white, a
picture or a column that is gone. Where a change is meant, ``python tests/this_site/write_looks.py`` writes the looks
again; look at the difference.
"""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Page

from browser.fixtures import Open
from browser.looks import look_of, unlike
from this_site.browser.conftest import KINDS
from this_site.write_looks import LOOKS, NAMES, looks_of_page

ALIKE = 0.03
"""Wider or narrower letters make 0.005, a serif 0.023 at most; a page without its words is above 0.05 on most phones."""


@pytest.fixture(scope="module")
def kept() -> dict[str, dict[str, list[str]]]:
    found: dict[str, dict[str, list[str]]] = json.loads(LOOKS.read_text("utf-8"))
    return found


@pytest.mark.parametrize("name", NAMES)
def test_a_page_looks_as_it_did(
    name: str, open_page: Open, kept: dict[str, dict[str, list[str]]]
) -> None:
    page = open_page(KINDS[name]).page
    other = {
        where: f"{share:.3f}\n{look}"
        for where, look in looks_of_page(page).items()
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
