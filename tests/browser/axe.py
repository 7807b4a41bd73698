"""axe-core on an open page, each of its rules as often as its answer can change.

What a page is made of is the same by day and by night: those rules are run once for each size of window. Its colours
are not; but whether words can be read hangs on their colour, their size and their ground alone, so of all that have the
same two are measured, not two hundred, and at another size only what has others there. That is where the time goes: axe
asks the browser what lies behind every single word.
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

EVERYTHING = "html"
"""All of a page, its head included."""
_MEASURED = "_measured"
"""Where a page that is looked at keeps what was measured in it."""
_NEW_COLOURS = """([within, kept]) => {
    const measured = window[kept] ??= new Set();
    const styles = new Map(), grounds = new Map();
    const style = e => styles.get(e) ?? styles.set(e, getComputedStyle(e)).get(e);
    const parent = e => e.parentElement ?? e.getRootNode().host;
    let alone = 0;
    const ground = e => {
        if (!e) return '';
        if (!grounds.has(e)) {
            const s = style(e), own = [s.backgroundColor, s.backgroundImage, s.opacity, s.filter, s.mixBlendMode];
            const plain = own.join() === 'rgba(0, 0, 0, 0),none,1,none,normal';
            const lies = ['absolute', 'fixed', 'sticky'].includes(s.position) ? `alone ${alone++}` : '';
            grounds.set(e, (plain ? '' : own.join()) + lies + (plain && !lies ? '' : '<') + ground(parent(e)));
        }
        return grounds.get(e);
    };
    const large = s => parseFloat(s.fontSize) >= (s.fontWeight >= 700 ? 18 : 24);
    const letters = e => {
        const s = style(e);
        return [s.color, s.fill, s.textShadow, large(s), e.matches(':disabled, [aria-disabled=true]')];
    };
    const shows = e => {
        const s = style(e);
        return [s.color, s.fontWeight, s.display, s.textDecorationLine, s.borderBottom];
    };
    const looks = e => [...letters(e), ...(e.matches('a') ? [...shows(e), ...shows(parent(e))] : []), ground(e)];
    const speaks = e => e.matches('a[href], input, select, textarea, button')
        || [...e.childNodes].some(n => n.nodeType === Node.TEXT_NODE && n.data.trim());
    const found = [], here = new Map();
    const look = root => {
        for (const e of root.querySelectorAll('*')) {
            if (e.shadowRoot) look(e.shadowRoot);
            if (!speaks(e) || !e.checkVisibility()) continue;
            const how = looks(e).join('|');
            if (measured.has(how)) continue;
            here.set(how, (here.get(how) ?? 0) + 1);
            if (here.get(how) <= 2) found.push(e);
        }
    };
    document.querySelectorAll(within).forEach(look);
    for (const how of here.keys()) if (!how.includes('alone ')) measured.add(how);
    return found;
}"""
"""What has words in colours, on a ground and in letters of a kind that was not measured yet; of each kind the first two.

What a thing lies over is not asked: what is taken out of the flow is of a kind of its own, each time.
"""


def inject(page: Page) -> None:
    """Load axe into a page, if it is not there yet."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(Axe().axe_script)


def faults(
    page: Page,
    sizes: Iterable[tuple[int, int]],
    schemes: Iterable[str] = ("light", "dark"),
    *,
    within: str = EVERYTHING,
) -> list[str]:
    """What axe finds wrong with a page in each size of window and each colour scheme; nothing, if all is well.

    Args:
        page: Scripts are on, and nothing moves. Afterwards it is only good to be closed.
        sizes: Widths and heights in CSS pixels.
        schemes: ``light``, ``dark`` or both.
        within: A selector of what is new in this state of a page whose other parts another test looks at.
    """
    inject(page)
    sizes = list(sizes)
    found = []
    for number, size in enumerate(sizes):
        _resize(page, size)
        options = _AT_ANOTHER_SIZE if number else _BUT_COLOURS
        least = 10 if within == EVERYTHING else 3
        found += _run(page, f"{size[0]} px", options, within=within, at_least=least)
    page.evaluate(_THIN)
    for scheme in schemes:
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type] # one of its words
        for number, size in enumerate(sizes):
            _resize(page, size)
            found += _run_colours(page, f"{size[0]} px, {scheme}", within, at_least=not number)
    return found


def _resize(page: Page, size: tuple[int, int]) -> None:
    width, height = size
    page.set_viewport_size({"width": width, "height": height})


_RUN = "axe.run(what, options).then(r => [r.passes.length, r.violations])"


def _run(
    page: Page, where: str, options: dict[str, Any], *, within: str, at_least: int
) -> list[str]:
    what = "document" if within == EVERYTHING else "within"
    script = f"([within, options]) => {{ const what = {what}; return {_RUN}; }}"
    return _told(page.evaluate(script, [within, options]), where, at_least)


def _run_colours(page: Page, where: str, within: str, *, at_least: int) -> list[str]:
    new = page.evaluate_handle(_NEW_COLOURS, [within, _MEASURED])
    if not new.evaluate("all => all.length"):
        assert not at_least, f"{where}: there is nothing to be measured"
        return []
    told = new.evaluate(
        f"(all, options) => {{ const what = {{ include: all }}; return {_RUN}; }}", _COLOURS
    )
    return _told(told, where, at_least)


def _told(results: tuple[int, list[dict[str, Any]]], where: str, at_least: int) -> list[str]:
    passes, violations = results
    assert passes >= at_least, f"{where}: axe has looked at nothing"
    return [
        f"{where}: {rule['id']}: {node['html'][:120]}: {node['failureSummary']}"
        for rule in violations
        for node in rule["nodes"]
    ]
