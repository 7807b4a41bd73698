"""axe-core on a page of each kind, as a reader meets it: by day and night, on a phone and a desk."""

from __future__ import annotations

import pytest

from browser.axe import OF_COLOURS, RULES, faults, inject
from browser.fixtures import DESKTOP, PHONE, Open

from .conftest import KINDS

SIZES = (PHONE, DESKTOP)


@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_nothing(kind: str, open_page: Open) -> None:
    # axe is a script itself; a colour that is still changing would be measured half-way.
    page = open_page(KINDS[kind], java_script_enabled=True, reduced_motion="reduce").page
    # What is folded away is looked at too: the menu, the warning signs, the checks.
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    assert faults(page, SIZES) == []


SLIPS = {
    "a pale lead": ("color-contrast", "document.querySelector('.kp-lead').style.color = '#bbb'"),
    "pale at night only": (
        "color-contrast",
        """const sheet = new CSSStyleSheet();
        sheet.replaceSync('@media (prefers-color-scheme: dark) { .kp-lead { color: #444 !important } }');
        document.adoptedStyleSheets = [sheet];""",
    ),
    "pale on a desk only": (
        "color-contrast",
        """const sheet = new CSSStyleSheet();
        sheet.replaceSync('@media (min-width: 1000px) { .kp-lead { color: #bbb !important } }');
        document.adoptedStyleSheets = [sheet];""",
    ),
    "one pale link in a long list": (
        "color-contrast",
        """const list = [...document.querySelectorAll('main ul')].find(ul => ul.children.length > 4);
        list.children[3].firstElementChild.style.color = '#ccc';""",
    ),
    "a picture without words": (
        "image-alt",
        "document.querySelector('.kp-brand img').removeAttribute('alt')",
    ),
    "headings out of order": (
        "heading-order",
        "document.querySelector('main h2').outerHTML = '<h5>Words</h5>'",
    ),
}


@pytest.mark.parametrize("slip", SLIPS)
def test_axe_would_find_what_is_wrong(slip: str, open_page: Open) -> None:
    page = open_page(
        KINDS["list of symptoms"], java_script_enabled=True, reduced_motion="reduce"
    ).page
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    rule, script = SLIPS[slip]
    page.evaluate(f"() => {{ {script} }}")
    assert {fault.split(": ")[1] for fault in faults(page, SIZES)} == {rule}


FLAT_BUTTONS = """() => [...document.querySelectorAll("button")].filter((button) => {
    const style = getComputedStyle(button);
    const hasEdge = style.borderTopStyle === "solid" && parseFloat(style.borderTopWidth) >= 1;
    return button.getClientRects().length > 0 && !hasEdge;
}).map((button) => button.textContent)"""


@pytest.mark.parametrize("kind", ["home", "exercise", "plan", "find"])
def test_in_the_readers_own_colours_every_button_has_an_edge(kind: str, open_page: Open) -> None:
    page = open_page(KINDS[kind], java_script_enabled=True, forced_colors="active").page
    page.locator("button:visible").first.wait_for()  # a script makes them
    assert page.evaluate(FLAT_BUTTONS) == []


def test_the_rules_that_hang_on_colours_are_known(open_page: Open) -> None:
    page = open_page(KINDS["contact"], java_script_enabled=True).page
    inject(page)
    rules = page.evaluate("axe.getRules(['cat.color'])")
    assert sorted(r["ruleId"] for r in rules if {*r["tags"]} & {*RULES}) == OF_COLOURS
