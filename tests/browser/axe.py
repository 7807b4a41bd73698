"""axe-core on an open page, each of its rules as often as its answer can change.

A page has the same thing many times over, and one or two of each kind tell as much as all: the others are taken out. What
is left is the same by day and by night: most rules are run once for each size of window. Its colours are not; but whether
words can be read hangs on their colour, their size and their ground alone, so of all that have the same two are measured;
what was found to be well on one page is not measured again on the next, nor at another size what has no others there.
That is where the time goes: axe asks the browser what lies around every thing one taps, and behind every single word.
"""

from __future__ import annotations

import functools
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
_COLOURS = {
    "runOnly": {"type": "rule", "values": OF_COLOURS},
    "resultTypes": ["violations", "passes"],
}

_NOTE_SMALL = """() => {
    const small = window._small ??= new Map();
    for (const e of document.querySelectorAll('main :is(a[href], button, summary, input, select, textarea, [tabindex])')) {
        const { width, height } = e.getBoundingClientRect();
        small.set(e, (small.get(e) ?? '') + (width < 24) + (height < 24));
    }
}"""
"""Note what is hard to tap in a window of this size: lower or narrower than WCAG 2.5.8 has it."""
_THIN = """() => {
    const named = value => value.split(/\\s+/).map(id => document.getElementById(id));
    const names = name => /^(for|aria-(labelledby|describedby|controls|owns|details|activedescendant))$/.test(name);
    const value = ({ name, value }) => {
        if (names(name)) return named(value).every(e => e);
        return /^(class|role|type|lang|scope|tabindex|aria-(?!label$).*)$/.test(name) ? value : value.trim() === '';
    };
    const tags = new Map(), places = new Map();
    const tag = e => tags.get(e) ?? tags.set(e, told(e)).get(e);
    const told = e => e.tagName + (window._small.get(e) ?? '') + [...e.attributes].map(a => `${a.name}=${value(a)}`).sort();
    const made = e => tag(e) + '(' + [...e.childNodes].map(
        n => n.nodeType === 1 ? made(n) : n.nodeType === 3 && n.data.trim() ? 'words' : '').join('') + ')';
    const place = e => e ? places.get(e) ?? places.set(e, place(e.parentElement) + '>' + tag(e)).get(e) : '';
    const ids = [...document.querySelectorAll('[id]')].map(e => e.id);
    const twice = ids.filter((id, at) => ids.indexOf(id) < at);
    const needs = [...document.querySelectorAll('*')].flatMap(e => [...e.attributes].filter(a => names(a.name))
        .flatMap(a => named(a.value).flatMap(other => other ? [[e, other], ...(a.name === 'for' ? [[other, e]] : [])] : [])));
    const needed = one => needs.some(([by, e]) => one.contains(e) && !one.contains(by) && by.isConnected);
    const seen = new Map();
    for (const one of document.querySelectorAll('main *:not(svg *)')) {
        if (!one.isConnected) continue;
        const how = place(one.parentElement) + '>' + made(one);
        seen.set(how, (seen.get(how) ?? 0) + 1);
        if (seen.get(how) > 2 && !needed(one)) one.remove();
    }
    return twice;
}"""
"""Of the things that have the same tags and attributes, inside and around them, leave the first two.

What something else is named after or steers stays with it. Of most attributes it matters only whether they are empty, or
whether what they name is there; what is hard to tap at some size is of a kind of its own. Tells which ids were there twice.
"""

EVERYTHING = "html"
"""All of a page, its head included."""
_seen_well: set[str] = set()
"""Kinds of words, as ``_COLOURS_OF`` tells them, that axe has measured on a page of this run and found to be well."""
_COLOURS_OF = """async ([within, known, options]) => {
    const measured = new Set(known);
    const styles = new Map(), grounds = new Map();
    const style = e => styles.get(e) ?? styles.set(e, getComputedStyle(e)).get(e);
    const parent = e => e.parentElement ?? e.getRootNode().host;
    let alone = 0;
    const ground = e => {
        if (!e) return '';
        if (!grounds.has(e)) {
            const s = style(e), own = [s.backgroundColor, s.backgroundImage, s.opacity, s.filter, s.mixBlendMode];
            const plain = own.join() === 'rgba(0, 0, 0, 0),none,1,none,normal';
            const hides = /^rgb\\(/.test(s.backgroundColor) && own.slice(1).join() === 'none,1,none,normal';
            const lies = !hides && ['absolute', 'fixed', 'sticky'].includes(s.position) ? `alone ${alone++}` : '';
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
    const include = [], here = new Map(), kind = new Map();
    let looked = 0;
    const look = root => {
        for (const e of root.querySelectorAll('*')) {
            if (e.shadowRoot) look(e.shadowRoot);
            if (!speaks(e) || !e.checkVisibility()) continue;
            const how = looks(e).join('|');
            looked += 1;
            if (measured.has(how)) continue;
            here.set(how, (here.get(how) ?? 0) + 1);
            if (here.get(how) > 2) continue;
            include.push(e);
            kind.set(e, how);
        }
    };
    document.querySelectorAll(within).forEach(look);
    const lasting = kinds => [...new Set(kinds)].filter(how => how && !how.includes('alone '));
    const told = { looked, measured: lasting(here.keys()), well: [], passes: 0, violations: [] };
    if (include.length) {
        const { passes, violations } = await axe.run({ include }, { ...options, elementRef: true });
        const kinds = rules => rules.flatMap(rule => rule.nodes.map(node => kind.get(node.element)));
        const wrong = new Set(kinds(violations));
        told.well = lasting(kinds(passes)).filter(how => !wrong.has(how));
        told.passes = passes.length;
        told.violations = violations.map(({ id, nodes }) => (
            { id, nodes: nodes.map(({ html, failureSummary }) => ({ html, failureSummary })) }
        ));
    }
    return told;
}"""
"""Measure what has words in colours, on a ground and in letters of a kind that is not known; of each kind the first two.

How many words there were, which kinds were measured, which of them axe found to be well, and what is wrong with the others.
What a thing lies over is not asked: what is taken out of the flow is of a kind of its own, each time, unless it hides
all that is behind it.
"""


@functools.cache
def _axe() -> str:
    return Axe().axe_script


def inject(page: Page) -> None:
    """Load axe into a page, if it is not there yet."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(_axe())


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
    sizes, schemes = list(sizes), list(schemes)
    for size in reversed(sizes):
        _resize(page, size)
        page.evaluate(_NOTE_SMALL)
    found = [f"every size: duplicate-id: {twice}" for twice in page.evaluate(_THIN)]
    inject(page)
    known = set(_seen_well)
    for number, size in enumerate(sizes):
        _resize(page, size)
        options = _AT_ANOTHER_SIZE if number else _BUT_COLOURS
        least = 10 if within == EVERYTHING else 3
        found += _run(page, f"{size[0]} px", options, within=within, at_least=least)
        for scheme in schemes if number % 2 == 0 else reversed(schemes):
            # Each change of scheme styles the whole page again: the next size begins with the one that is there.
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type] # one of its words
            found += _run_colours(page, f"{size[0]} px, {scheme}", within, known)
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


def _run_colours(page: Page, where: str, within: str, known: set[str]) -> list[str]:
    told = page.evaluate(_COLOURS_OF, [within, [*known], _COLOURS])
    assert told["looked"], f"{where}: there is nothing to be measured"
    known.update(told["measured"])
    _seen_well.update(told["well"])
    return _told((told["passes"], told["violations"]), where, 0)


def _told(results: tuple[int, list[dict[str, Any]]], where: str, at_least: int) -> list[str]:
    passes, violations = results
    assert passes >= at_least, f"{where}: axe has looked at nothing"
    return [
        f"{where}: {rule['id']}: {node['html'][:120]}: {node['failureSummary']}"
        for rule in violations
        for node in rule["nodes"]
    ]
