"""axe-core on an open page, each of its rules as often as its answer can change.

What a page is made of is the same by day and by night: those rules are run once for each size of window. Its colours
are not; but they come from a style sheet, so of things that are made alike in one place two are measured, not two
hundred. That is where the time goes: axe asks the browser what lies behind every single word.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
OPTIONS: dict[str, Any] = {
    "runOnly": {"type": "tag", "values": RULES},
    "resultTypes": ["violations"],
}
OF_COLOURS = ["color-contrast", "link-in-text-block"]
"""The rules of ``OPTIONS`` whose answer hangs on colours; a test asks axe whether these are all."""

_BUT_COLOURS = {**OPTIONS, "rules": {rule: {"enabled": False} for rule in OF_COLOURS}}
_AT_ANOTHER_SIZE = {**_BUT_COLOURS, "preload": False}
"""Style sheets and films are the same at every size: they are fetched and read for the first only."""
_COLOURS = {**OPTIONS, "runOnly": {"type": "rule", "values": OF_COLOURS}}

_THIN = """() => {
    const tag = e => e.tagName + [...e.attributes].map(a => a.name + (a.name === 'class' ? a.value : '')).sort();
    const made = e => tag(e) + '(' + [...e.childNodes].map(
        n => n.nodeType === 1 ? made(n) : n.nodeType === 3 && n.data.trim() ? 'words' : '').join('') + ')';
    const place = e => e ? place(e.parentElement) + '>' + tag(e) : '';
    const seen = new Map();
    for (const one of document.querySelectorAll('main *:not(svg *)')) {
        if (!one.isConnected) continue;
        const how = place(one.parentElement) + '>' + made(one);
        seen.set(how, (seen.get(how) ?? 0) + 1);
        if (seen.get(how) > 2) one.remove();
    }
}"""
"""Of the things that have the same tags, classes and attributes, inside and around them, leave the first two."""


def inject(page: Page) -> None:
    """Load axe into a page, if it is not there yet."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(Axe().axe_script)


def faults(
    page: Page,
    sizes: Iterable[tuple[int, int]],
    schemes: Iterable[str] = ("light", "dark"),
) -> list[str]:
    """What axe finds wrong with a page in each size of window and each colour scheme; nothing, if all is well.

    Args:
        page: Scripts are on, and nothing moves. Afterwards it is only good to be closed.
        sizes: Widths and heights in CSS pixels.
        schemes: ``light``, ``dark`` or both.
    """
    inject(page)
    sizes = list(sizes)
    found = []
    for number, size in enumerate(sizes):
        _resize(page, size)
        options = _AT_ANOTHER_SIZE if number else _BUT_COLOURS
        found += _run(page, options, f"{size[0]} px", at_least=10)
    page.evaluate(_THIN)
    for size in sizes:
        _resize(page, size)
        for scheme in schemes:
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type] # one of its words
            found += _run(page, _COLOURS, f"{size[0]} px, {scheme}", at_least=1)
    return found


def _resize(page: Page, size: tuple[int, int]) -> None:
    width, height = size
    page.set_viewport_size({"width": width, "height": height})


def _run(page: Page, options: dict[str, Any], where: str, *, at_least: int) -> list[str]:
    results = page.evaluate(
        "options => axe.run(options).then(r => [r.passes.length, r.violations])", options
    )
    passes, violations = results
    assert passes >= at_least, f"{where}: axe has looked at nothing"
    return [
        f"{where}: {rule['id']}: {node['html'][:120]}: {node['failureSummary']}"
        for rule in violations
        for node in rule["nodes"]
    ]
