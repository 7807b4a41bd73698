"""The colours of a figure, which the file carries itself: light, dark and print."""

from __future__ import annotations

SKIN_TONES: dict[str, tuple[str, str, str]] = {
    "light": ("#e6b995", "#cf9c77", "#4d3b35"),
    "middle": ("#c08a5e", "#a67148", "#2f2521"),
    "dark": ("#8a5a3c", "#72462c", "#241c19"),
}
"""Skin, skin on the far side, hair."""

_LIGHT = (
    "--t:#f4f1ea;--t2:#dcd8cf;--s:#44647a;--s2:#35505f;--l:#3b2f2b;--m:#dfe7e1;--e:#c5d2ca;"
    "--v:#b4c2b9;--w:#c9361f;--x:#2468b8;--i:#22303a;--o:#fff;--g:#0002"
)
_DARK = (
    "--t:#dcdcd8;--t2:#b9bab8;--s:#5d8aa6;--s2:#47708a;--l:#171311;--m:#26343a;--e:#34464d;"
    "--v:#445961;--w:#d8432a;--x:#3a86e0;--i:#e8eef2;--o:#171311;--g:#0006"
)
_RULES = (
    ".fig path,.fig circle.n{stroke:var(--l);stroke-width:2.4;stroke-linecap:round;stroke-linejoin:round}"
    ".fig .k{fill:var(--k)}.fig .k2{fill:var(--k2)}.fig .t{fill:var(--t)}.fig .t2{fill:var(--t2)}"
    ".fig .s{fill:var(--s)}.fig .s2{fill:var(--s2)}.fig .h{fill:var(--h)}"
    ".fig .m{fill:var(--m)}.fig .u{fill:var(--m);stroke:var(--v)}.fig .u1{fill:var(--e);stroke:var(--v)}"
    ".fig .u2{fill:var(--v);stroke:var(--v)}.fig .g{fill:var(--g);stroke:none}"
    ".fig .e{fill:none;stroke-width:1.9}"
    ".fig .p{fill:none;stroke:#c9862b;stroke-width:7}.fig .pb{fill:none;stroke:#c9862b;stroke-width:6}"
    ".fig .pc{fill:#c9862b}.fig .pr{fill:#e3b970}"
    ".fig .z{fill-opacity:.75;stroke-dasharray:5 5;stroke-width:2.5}"
    ".fig .a{fill:none;stroke:var(--w);stroke-width:8}.fig .ah{fill:var(--w);stroke:none}"
    ".fig .ao,.fig .bo{fill:none;stroke:var(--o);stroke-width:13}.fig .bo{stroke-width:9;stroke-dasharray:1 10}"
    ".fig .aho,.fig .bho{fill:var(--o);stroke:var(--o);stroke-width:5}"
    ".fig .b{fill:none;stroke:var(--i);stroke-width:5;stroke-dasharray:1 10}.fig .bh{fill:var(--i);stroke:none}"
    ".fig .r0,.fig .rw,.fig .rx{fill:none;stroke:var(--e);stroke-width:6}.fig .rw{stroke:var(--w)}.fig .rx{stroke:var(--x)}"
    ".fig text{font:600 30px system-ui,sans-serif;fill:var(--i)}"
    ".fig circle.n{fill:var(--m);stroke:var(--i)}.fig .nt{text-anchor:middle;font-size:inherit}"
)


def style(name: str, skin: str) -> str:
    """Colours and patterns: working muscle is striped, stretched muscle is dotted, so colour never tells alone."""
    tone, shade, hair = SKIN_TONES[skin]
    body = f"--k:{tone};--k2:{shade};--h:{hair};"
    rules = (
        f".fig{{{body}{_LIGHT}}}@media screen and (prefers-color-scheme:dark){{.fig{{{_DARK}}}}}{_RULES}"
        f".fig .w{{fill:url(#{name}-w);stroke:#fff;stroke-width:1.6}}"
        f".fig .x{{fill:url(#{name}-x);stroke:#fff;stroke-width:1.6}}"
    )
    box = 'patternUnits="userSpaceOnUse"'
    patterns = (
        f'<pattern id="{name}-w" width="9" height="9" {box} patternTransform="rotate(45)">'
        '<rect width="9" height="9" style="fill:var(--w)"/>'
        '<rect width="3" height="9" style="fill:#fff;fill-opacity:.75"/></pattern>'
        f'<pattern id="{name}-x" width="9" height="9" {box}>'
        '<rect width="9" height="9" style="fill:var(--x)"/>'
        '<circle cx="4.5" cy="4.5" r="2" style="fill:#fff;fill-opacity:.85"/></pattern>'
    )
    return f"<style>{rules}</style><defs>{patterns}</defs>"


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
