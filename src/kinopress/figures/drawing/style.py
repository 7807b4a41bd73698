"""The colours of a figure, which the file carries itself: light, dark and print."""

from __future__ import annotations

import re

SKIN_TONES: dict[str, tuple[str, str, str]] = {
    "light": ("#e6b995", "#cf9c77", "#4d3b35"),
    "middle": ("#c08a5e", "#a67148", "#2f2521"),
    "dark": ("#8a5a3c", "#72462c", "#241c19"),
}
"""Skin, skin on the far side, hair."""

_LIGHT = {
    "t": "#f4f1ea", "t2": "#dcd8cf", "s": "#44647a", "s2": "#35505f", "l": "#3b2f2b", "m": "#dfe7e1", "e": "#c5d2ca",
    "v": "#b4c2b9", "w": "#c9361f", "x": "#2468b8", "i": "#22303a", "o": "#fff", "g": "#0002",
}  # fmt: skip
_DARK = {
    "t": "#dcdcd8", "t2": "#b9bab8", "s": "#5d8aa6", "s2": "#47708a", "l": "#171311", "m": "#26343a", "e": "#34464d",
    "v": "#445961", "w": "#d8432a", "x": "#3a86e0", "i": "#e8eef2", "o": "#171311", "g": "#0006",
}  # fmt: skip
_LINE = "stroke:var(--l);stroke-width:2.4;stroke-linecap:round;stroke-linejoin:round"
_EDGE = "fill:none;stroke:var(--o);stroke-width:13"
_EDGE_OF_HEAD = "fill:var(--o);stroke:var(--o);stroke-width:5"
_RING = "fill:none;stroke:var(--e);stroke-width:6"
_RULES: tuple[tuple[str, str], ...] = (
    ("path", _LINE),
    ("circle.n", _LINE),
    *((f".{css}", f"fill:var(--{css})") for css in ("k", "k2", "t", "t2", "s", "s2", "h", "m")),
    (".u", "fill:var(--m);stroke:var(--v)"),
    (".u1", "fill:var(--e);stroke:var(--v)"),
    (".u2", "fill:var(--v);stroke:var(--v)"),
    (".g", "fill:var(--g);stroke:none"),
    (".e", "fill:none;stroke-width:1.9"),
    (".p", "fill:none;stroke:#c9862b;stroke-width:7"),
    (".pb", "fill:none;stroke:#c9862b;stroke-width:6"),
    (".pc", "fill:#c9862b"),
    (".pr", "fill:#e3b970"),
    (".pe", "fill:#c9862b"),
    (".z", "fill-opacity:.75;stroke-dasharray:5 5;stroke-width:2.5"),
    (".a", "fill:none;stroke:var(--w);stroke-width:8"),
    (".ah", "fill:var(--w);stroke:none"),
    (".ao", _EDGE),
    (".bo", _EDGE),
    (".bo", "stroke-width:11"),
    (".aho", _EDGE_OF_HEAD),
    (".bho", _EDGE_OF_HEAD),
    (".b", "fill:none;stroke:var(--i);stroke-width:5;stroke-dasharray:1 10"),
    (".bh", "fill:var(--i);stroke:none"),
    (".r0", _RING),
    (".rw", _RING),
    (".rx", _RING),
    (".rw", "stroke:var(--w)"),
    (".rx", "stroke:var(--x)"),
    ("text", "font:600 30px system-ui,sans-serif;fill:var(--i)"),
    ("circle.n", "fill:var(--m);stroke:var(--i)"),
    (".nt", "text-anchor:middle;font-size:inherit"),
    (".w", "fill:url(#{name}-w);stroke:#fff;stroke-width:1.6"),
    (".x", "fill:url(#{name}-x);stroke:#fff;stroke-width:1.6"),
)
"""What each selector looks like, later rows over earlier ones: an element, or one of its classes."""
_BOX = 'patternUnits="userSpaceOnUse"'
_PATTERNS = {
    "w": f'<pattern id="{{name}}-w" width="9" height="9" {_BOX} patternTransform="rotate(45)">'
    '<rect width="9" height="9" style="fill:var(--w)"/>'
    '<rect width="3" height="9" style="fill:#fff;fill-opacity:.75"/></pattern>',
    "x": f'<pattern id="{{name}}-x" width="9" height="9" {_BOX}>'
    '<rect width="9" height="9" style="fill:var(--x)"/>'
    '<circle cx="4.5" cy="4.5" r="2" style="fill:#fff;fill-opacity:.85"/></pattern>',
}
"""A working muscle is striped, a stretched one is dotted, so colour never tells alone."""
_ELEMENT = re.compile(r'<(\w+)\b(?:[^>]*? class="([^"]*)")?')
_VARIABLE = re.compile(r"var\(--(\w+)\)")


def style(name: str, skin: str, drawn: str) -> str:
    """The colours and patterns that a drawing needs, and no others: they are a tenth of its bytes on the wire.

    Args:
        name: What the patterns' identifiers begin with.
        skin: One of :data:`SKIN_TONES`.
        drawn: All that is to be seen in the drawing.
    """
    there = _selectors(drawn)
    grouped: list[tuple[list[str], str]] = []
    for selector, look in _RULES:
        if selector not in there:
            continue
        if grouped and grouped[-1][1] == look:
            grouped[-1][0].append(selector)
        else:
            grouped.append(([selector], look))
    rules = "".join(
        f"{','.join(f'.fig {one}' for one in selectors)}{{{look.replace('{name}', name)}}}"
        for selectors, look in grouped
    )
    patterns = "".join(
        pattern.replace("{name}", name) for css, pattern in _PATTERNS.items() if f".{css}" in there
    )
    needed = set(_VARIABLE.findall(rules + patterns))
    body = dict(zip(("k", "k2", "h"), SKIN_TONES[skin], strict=True))
    light, dark = (_set(colours, needed) for colours in (body | _LIGHT, _DARK))
    defs = f"<defs>{patterns}</defs>" if patterns else ""
    return (
        f"<style>.fig{{{light}}}@media screen and (prefers-color-scheme:dark){{.fig{{{dark}}}}}"
        f"{rules}</style>{defs}"
    )


def _selectors(drawn: str) -> set[str]:
    """What of a drawing a rule could be about: its elements, their classes, and both together."""
    found: set[str] = set()
    for element, classes in set(_ELEMENT.findall(drawn)):
        found.add(element)
        for css in classes.split():
            found |= {f".{css}", f"{element}.{css}"}
    return found


def _set(colours: dict[str, str], needed: set[str]) -> str:
    return ";".join(f"--{name}:{value}" for name, value in colours.items() if name in needed)


_PLATE_LIGHT = (
    "--k:#f3dccb;--l:#b98f74;--b:#fbf8f0;--c:#8d8577;--y:#c98a80;--z:#8f5148;--w:#c9361f;--d:#5e1409;"
    "--n:#f0c419;--g:#7d6a1c;--f:#22303a"
)
_PLATE_DARK = (
    "--k:#4a3b35;--l:#8a6d5d;--b:#d8d3c6;--c:#6b655a;--y:#a4695f;--z:#e0b0a8;--w:#d8432a;--d:#ffd9d2;"
    "--n:#ffd94a;--g:#3a3008;--f:#e8eef2"
)
_PLATE_RULES = (
    ".fig path{stroke-width:2;stroke-linejoin:round;stroke-linecap:round;fill-rule:evenodd}"
    ".fig .q{fill:var(--k);stroke:var(--l)}.fig .b{fill:var(--b);stroke:var(--c)}.fig .o{fill-opacity:.72}"
    ".fig .y{fill:var(--y);fill-opacity:.42;stroke:var(--z);stroke-opacity:.6;stroke-width:1.5}"
    ".fig .w{fill:url(#plate-w);stroke:var(--d);stroke-width:2.4}"
    ".fig .wn,.fig .yn{fill:none;stroke:var(--n)}.fig .we,.fig .ye{fill:none;stroke:var(--g)}"
    ".fig .yn,.fig .ye{stroke-opacity:.45}"
    ".fig .f{fill:none;stroke:var(--f);stroke-width:2.5}"
)


def plate_style() -> str:
    """Colours of a muscle's page: what it is about is striped as a working muscle is, its neighbours are pale."""
    dark = f"@media screen and (prefers-color-scheme:dark){{.fig{{{_PLATE_DARK}}}}}"
    return (
        f"<style>.fig{{{_PLATE_LIGHT}}}{dark}{_PLATE_RULES}</style>"
        '<defs><pattern id="plate-w" width="9" height="9" patternUnits="userSpaceOnUse"'
        ' patternTransform="rotate(45)"><rect width="9" height="9" style="fill:var(--w)"/>'
        '<rect width="2.5" height="9" style="fill:#fff;fill-opacity:.6"/></pattern></defs>'
    )
