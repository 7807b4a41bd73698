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


NIGHT, DESK = "@media (prefers-color-scheme: dark)", "@media (min-width: 1000px)"
LONG = "[...document.querySelectorAll('main ul')].filter(ul => ul.children.length > 6)"
SLIPS = {
    "pale lead": (
        "color-contrast",
        {"360 px, light"},
        "document.querySelector('.kp-lead').outerHTML = '<p class=a>pale lead</p>'",
    ),
    "pale at night only": (
        "color-contrast",
        {"360 px, dark", "1280 px, dark"},
        "document.querySelector('main h2').outerHTML = '<h2 class=b>pale at night only</h2>'",
    ),
    "pale on a desk only": (
        "color-contrast",
        {"1280 px, light"},
        "document.querySelector('h1').innerHTML = '<span class=c>pale on a desk only</span>'",
    ),
    "one pale link in a long list": (
        "color-contrast",
        {"360 px, light"},
        f"""const link = {LONG}[0].children[3].querySelector('a');
        link.className = 'd', link.textContent = 'one pale link in a long list'""",
    ),
    "no-words.svg": (
        "image-alt",
        {"360 px", "1280 px"},
        """const image = document.querySelector('.kp-brand img');
        image.removeAttribute('alt'), image.src = 'no-words.svg'""",
    ),
    "out of order": (
        "heading-order",
        {"360 px", "1280 px"},
        "document.querySelectorAll('main h2')[1].outerHTML = '<h5>out of order</h5>'",
    ),
    "wordless-in-a-long-list": (
        "link-name",
        {"360 px", "1280 px"},
        f"""const empty = {LONG}[1].children[5].querySelector('a');
        empty.textContent = '', empty.href = 'wordless-in-a-long-list'""",
    ),
    "tiny-in-a-long-list": (
        "target-size",
        {"1280 px"},
        f"""for (const one of [...{LONG}[0].children].slice(5, 8))
            one.querySelector('a').href = 'tiny-in-a-long-list'""",
    ),
    "twice-in-a-long-list": (
        "duplicate-id",
        {"every size"},
        f"for (const one of [...{LONG}[1].children].slice(2, 4)) one.id = 'twice-in-a-long-list'",
    ),
}
"""What is to be found in what axe tells → its rule, where it is told, and what makes it."""
SLIPPED = f""".a, .d {{ color: #bbb !important }}
{NIGHT} {{ .d {{ color: inherit !important }} .b {{ color: #444 !important }} }}
{DESK} {{
    .c {{ color: #bbb !important }}
    li:has(> [href^=tiny]) {{ height: 7px; min-height: 0; margin: 0 !important; padding: 0 !important }}
    [href^=tiny] {{ display: block; width: 6px; height: 7px; min-height: 0; padding: 0 !important; overflow: hidden }}
}}"""


def test_axe_would_find_what_is_wrong(open_page: Open) -> None:
    page = open_page(
        KINDS["list of symptoms"], java_script_enabled=True, reduced_motion="reduce"
    ).page
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    for _, _, script in SLIPS.values():
        page.evaluate(f"() => {{ {script} }}")
    page.evaluate(
        """css => {
            const sheet = new CSSStyleSheet();
            sheet.replaceSync(css);
            document.adoptedStyleSheets = [sheet];
        }""",
        SLIPPED,
    )
    told = [fault.split(": ", 2) for fault in faults(page, SIZES)]
    for slip, (rule, places, _) in SLIPS.items():
        found = [(place, by) for place, by, what in told if slip in what]
        assert ({by for _, by in found}, {place for place, _ in found}) == ({rule}, places), slip
    assert {by for _, by, _ in told} == {rule for rule, _, _ in SLIPS.values()}


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
