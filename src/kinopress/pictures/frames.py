"""The pictures of a drawn film: an SVG that stands still, with the words below it, as one PNG after another.

`resvg` draws the SVG; the words are Pillow's, since what fonts a computer has would otherwise decide how they look.
Both are loaded only here.
"""

from __future__ import annotations

import functools
import io
import unicodedata
from dataclasses import dataclass

import resvg_py
from PIL import Image, ImageDraw, ImageFont

WIDTH, HEIGHT = 1280, 720
"""Of a drawn film, in pixels: what phones and messengers show without scaling it up."""
_PAPER, _INK, _PALE = "#ffffff", "#22303a", "#c5d2ca"
_MARGIN, _TITLE, _WORDS = 40, 84, 132
"""Pixels to the edges, of the title above the drawing and of the words below it."""
_FONTS = ("Arial.ttf", "DejaVuSans.ttf", "LiberationSans-Regular.ttf", "Helvetica.ttc")
"""Asked for on the computer where Pillow's own typeface lacks a letter, which has none with accents."""
_PLAIN = str.maketrans({"–": "-", "‑": "-", "×": "x", "−": "-"})


@dataclass(frozen=True, slots=True)
class Words:
    """What is written on one picture.

    Attributes:
        title: Above the drawing.
        say: Below it.
        share: How much of the ring has closed, 0 to 1; ``None`` shows no ring.
        seconds: The number in the ring.
    """

    title: str
    say: str = ""
    share: float | None = None
    seconds: int = 0


def picture(drawing: str, words: Words) -> bytes:
    """One picture of a film as a PNG.

    Args:
        drawing: An SVG with nothing in it that moves.
        words: What is written above and below it.
    """
    page = _drawn(drawing).copy()
    pen = ImageDraw.Draw(page)
    title = _font_for(words.title, 40)
    pen.text((_MARGIN, _TITLE / 2 + 8), title.words, _INK, title.font, anchor="lm")
    left = float(_MARGIN)
    middle = HEIGHT - _WORDS / 2
    if words.share is not None:
        _ring(page, left, middle, words)
        left += 2 * _RADIUS + 28
    if words.say:
        _say(pen, words.say, left, middle)
    written = io.BytesIO()
    page.save(written, "PNG", compress_level=1)
    return written.getvalue()


@functools.lru_cache(maxsize=1)
def _drawn(svg: str) -> Image.Image:
    """The page with its drawing; while nothing moves it is the same for many pictures."""
    page = Image.new("RGB", (WIDTH, HEIGHT), _PAPER)
    _put(page, svg, (_MARGIN, _TITLE, WIDTH - _MARGIN, HEIGHT - _WORDS))
    return page


def _put(page: Image.Image, svg: str, box: tuple[int, int, int, int]) -> None:
    """Draw an SVG as large as a box allows, in its middle."""
    wide, high = (float(n) for n in svg.split('viewBox="')[1].split('"', maxsplit=1)[0].split()[2:])
    room = box[2] - box[0], box[3] - box[1]
    scale = min(room[0] / wide, room[1] / high)
    size = max(1, round(wide * scale)), max(1, round(high * scale))
    data = resvg_py.svg_to_bytes(
        svg_string=svg, width=size[0], height=size[1], background=_PAPER, skip_system_fonts=True
    )
    with Image.open(io.BytesIO(bytes(data))) as drawing:
        at = box[0] + (room[0] - drawing.width) // 2, box[1] + (room[1] - drawing.height) // 2
        page.paste(drawing.convert("RGB"), at)


_RADIUS, _SMOOTH = 42, 4


def _ring(page: Image.Image, left: float, middle: float, words: Words) -> None:
    """A ring that closes as the seconds go by, drawn larger first since Pillow's edges are ragged."""
    side = 2 * _RADIUS * _SMOOTH
    ring = Image.new("RGB", (side, side), _PAPER)
    pen, edge = ImageDraw.Draw(ring), _SMOOTH * 9
    box = (_SMOOTH, _SMOOTH, side - _SMOOTH, side - _SMOOTH)
    pen.ellipse(box, outline=_PALE, width=edge)
    pen.arc(box, -90, -90 + 360 * (words.share or 0.0), _INK, edge)
    shown = ring.resize((2 * _RADIUS, 2 * _RADIUS), Image.Resampling.LANCZOS)
    page.paste(shown, (round(left), round(middle) - _RADIUS))
    number = _font_for(str(words.seconds), 32)
    centre = (round(left) + _RADIUS, middle)
    ImageDraw.Draw(page).text(centre, number.words, _INK, number.font, anchor="mm")


def _say(pen: ImageDraw.ImageDraw, say: str, left: float, middle: float) -> None:
    """Words on one line, or smaller on two."""
    room = WIDTH - _MARGIN - left
    for pixels, most in ((44, 1), (36, 2), (28, 3)):
        found = _font_for(say, pixels)
        lines = [""]
        for word in found.words.split():
            longer = f"{lines[-1]} {word}".strip()
            if found.font.getlength(longer) <= room or not lines[-1]:
                lines[-1] = longer
            else:
                lines.append(word)
        if len(lines) <= most:
            break
    step = pixels * 1.2
    for number, line in enumerate(lines[:3]):
        y = middle + (number - (min(len(lines), 3) - 1) / 2) * step
        pen.text((left, y), line, _INK, found.font, anchor="lm")


@dataclass(frozen=True, slots=True)
class _Letters:
    font: ImageFont.FreeTypeFont
    words: str


def _font_for(words: str, pixels: int) -> _Letters:
    """A typeface with every letter of some words; where there is none, letters lose their accents."""
    own = ImageFont.load_default(pixels)
    assert isinstance(own, ImageFont.FreeTypeFont)  # noqa: S101 - every wheel of Pillow has FreeType
    for font in (own, *_of_the_computer(pixels)):
        if _has_all(font, words):
            return _Letters(font, words)
    bare = unicodedata.normalize("NFKD", words.translate(_PLAIN))
    kept = "".join(c for c in bare if not unicodedata.combining(c) and _has_all(own, c))
    return _Letters(own, kept)


@functools.cache
def _of_the_computer(pixels: int) -> tuple[ImageFont.FreeTypeFont, ...]:
    found = []
    for name in _FONTS:
        try:
            found.append(ImageFont.truetype(name, pixels))
        except OSError:
            continue
    return tuple(found)


def _has_all(font: ImageFont.FreeTypeFont, words: str) -> bool:
    """Whether a font has each letter: what it lacks, it draws like a sign that nobody has."""
    lacking = bytes(font.getmask("\U0010fffe"))
    return all(c == " " or bytes(font.getmask(c)) != lacking for c in words)
