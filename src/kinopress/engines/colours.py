"""All shades of a site from one colour, as a style sheet: readable in light and dark, whatever the colour is.

Contrast is that of WCAG 2.2 (https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio). A colour that is too pale on
paper is made darker, and one that is too dark on a dark page lighter, at the same hue.
"""

from __future__ import annotations

import colorsys

Rgb = tuple[float, float, float]

STYLESHEET = "assets/colours.css"
"""Where it is in the tree: after the theme's own style, whose values it replaces."""

PAPER, DARK_PAPER = "#faf8f4", "#13181b"
WHITE, BLACK = "#ffffff", "#000000"
_CONTRAST = 6.5
"""More than the 4.5 that WCAG asks of words, because the same colour is read on its own pale shade as well."""
_DARK_CONTRAST = 8.5
_IN_THE_DARK = "(prefers-color-scheme: dark)"


def stylesheet(colour: str) -> str:
    """The style sheet of a site whose colour is ``colour`` (``#rrggbb``)."""
    light, dark = on_paper(colour), readable(colour, DARK_PAPER, _DARK_CONTRAST)
    dark_values = "".join(f"    {line}\n" for line in _values(dark, DARK_PAPER, BLACK, BLACK))
    return (
        "/* Made from theme.palette.primary in mkdocs.yml. */\n:root {\n"
        + "".join(f"  {line}\n" for line in _values(light, PAPER, WHITE, WHITE))
        + f"}}\n@media screen and {_IN_THE_DARK} {{\n  :root {{\n"
        + dark_values
        + "  }\n}\n"
    )


def on_paper(colour: str) -> str:
    """A site's colour as it is read on light paper."""
    return readable(colour, PAPER, _CONTRAST)


def _values(brand: str, paper: str, lines: str, on_brand: str) -> list[str]:
    return [
        f"--kp-brand: {brand};",
        f"--kp-brand-soft: {mixed(brand, paper, 0.12)};",
        f"--kp-on-brand: {mixed(brand, on_brand, 0.04)};",
        f"--kp-link: {brand};",
        f"--kp-part: {mixed(brand, paper, 0.25)};",
        f"--kp-part-line: {mixed(brand, lines, 0.8)};",
    ]


def readable(colour: str, paper: str, least: float) -> str:
    """A colour as it is, or darker on light paper and lighter on dark, until its contrast is at least ``least``."""
    hue, light, saturation = colorsys.rgb_to_hls(*_rgb(colour))
    towards = -0.01 if _luminance(paper) > 0.5 else 0.01
    while contrast(colour, paper) < least and 0 <= light + towards <= 1:
        light += towards
        colour = _hex(colorsys.hls_to_rgb(hue, light, saturation))
    return colour


def mixed(colour: str, other: str, share: float) -> str:
    """``share`` of a colour, and the rest of another."""
    pairs = zip(_rgb(colour), _rgb(other), strict=True)
    red, green, blue = (a * share + b * (1 - share) for a, b in pairs)
    return _hex((red, green, blue))


def contrast(one: str, other: str) -> float:
    """How far two colours are apart, from 1 to 21."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in _rgb(colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _rgb(colour: str) -> Rgb:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def _hex(rgb: Rgb) -> str:
    return "#" + "".join(f"{round(value * 255):02x}" for value in rgb)
