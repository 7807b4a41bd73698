"""Drawing the picture of a shared page. Loads Pillow, and `resvg` for a drawing; only where one is to be drawn."""

from __future__ import annotations

import functools
import io
import re
import unicodedata
from dataclasses import dataclass, replace
from importlib import resources

import resvg_py
from PIL import Image, ImageColor, ImageDraw, ImageFont, ImageOps

from kinopress.pictures.cards.card import BYTES_MAX, Card
from kinopress.pictures.cards.rows import ROW, Rows, encoded

_PAPER, _INK, _SOFT, _PLATE = "#faf8f4", "#1d282c", "#4f5c61", "#ffffff"
_MARGIN, _BAR, _GAP = 72, 20, 48
"""Pixels to the edges, of the bar at the left, and between words and picture."""
_TITLE_PX = (76, 70, 64, 58, 52, 47, 42, 38)
"""Sizes of a title: the largest whose lines fit."""
_LINES_MAX = 5
_QUALITIES = (82, 74, 64, 52, 40, 30)
"""The first is as many bytes as 88 is with tables of its own for each picture, and takes half the time."""
_FONTS = ("Arial Unicode.ttf", "Arial.ttf", "DejaVuSans.ttf", "NotoSans-Regular.ttf")
"""Asked for on the computer where the card's own typeface lacks a letter."""


def draw(card: Card, shown: bytes | str | None = None) -> bytes:
    """A card as a JPEG of at most :data:`BYTES_MAX` bytes.

    Args:
        card: What is on it.
        shown: Its photograph, or its drawing as an SVG with nothing in it that moves.

    Raises:
        OSError: the photograph cannot be read.
    """
    if shown is None and not card.square:
        written = _with_title(card).written()
        if len(written) <= BYTES_MAX:
            return written
    page = _square(card) if card.square else _wide(card, shown)
    for quality in _QUALITIES:
        file = io.BytesIO()
        page.save(file, "JPEG", quality=quality)
        if file.tell() <= BYTES_MAX:
            break
    return file.getvalue()


def _with_title(card: Card) -> Rows:
    """A card without a picture: what is the same on others is encoded once, and here only the rows of its title."""
    blank = replace(card, title="")
    page, rows = _blank(blank), _blank_rows(blank)
    room = _room(card, card.size[0] - _MARGIN)
    title = _laid_out(card.title, room)
    first, end = room[1] // ROW, -(-(room[1] + title.height) // ROW)
    strip = page.crop((0, first * ROW, page.width, min(end * ROW, page.height)))
    _set(strip, title, (room[0], room[1] - first * ROW), _INK)
    return rows.with_rows(first, encoded(strip, _QUALITIES[0]))


@functools.lru_cache(maxsize=16)
def _blank_rows(card: Card) -> Rows:
    return encoded(_blank(card), _QUALITIES[0])


def _room(card: Card, right: int) -> tuple[int, int, int, int]:
    """Where the title is."""
    return (_BAR + _MARGIN, _MARGIN + 62, right, card.size[1] - _MARGIN - 92)


def _wide(card: Card, shown: bytes | str | None) -> Image.Image:
    """Words at the left; at the right a drawing on a white plate, a photograph to the edge, or the site's lines."""
    width, height = card.size
    right = width - _MARGIN
    if shown is None:
        page = _blank(replace(card, title="")).copy()
    else:
        page = Image.new("RGB", card.size, _PAPER)
        picture = _drawn(shown) if isinstance(shown, str) else _photograph(shown)
        if isinstance(shown, str):
            box = (
                width - _MARGIN // 2 - 500,
                _MARGIN // 2,
                width - _MARGIN // 2,
                height - _MARGIN // 2,
            )
            ImageDraw.Draw(page).rounded_rectangle(box, 24, _PLATE)
            _put(page, picture, (box[0] + 24, box[1] + 24, box[2] - 24, box[3] - 24))
        else:
            tall = picture.height > picture.width
            box = (width - (420 if tall else 560), 0, width, height)
            size = (box[2] - box[0], height)
            page.paste(ImageOps.fit(picture, size, Image.Resampling.LANCZOS), box[:2])
            _play(page, ((box[0] + box[2]) // 2, height // 2))
        right = box[0] - _GAP
        _frame(page, card, right)
    _title(page, card.title, _room(card, right))
    return page


@functools.lru_cache(maxsize=16)
def _blank(card: Card) -> Image.Image:
    """All but the title of a card without a picture: the same for all pages of a kind."""
    width, height = card.size
    page = Image.new("RGB", card.size, _PAPER)
    _lines(page, (760, 250, width, height), card.colour)
    _frame(page, card, width - _MARGIN)
    return page


def _frame(page: Image.Image, card: Card, right: int) -> None:
    """What stands round the title: the bar, the kind of page, who speaks."""
    pen = ImageDraw.Draw(page)
    left, height = _BAR + _MARGIN, card.size[1]
    pen.rectangle((0, 0, _BAR, height), card.colour)
    pen.text(
        (left, _MARGIN), card.label, card.colour, _font(card.label, 30, "SemiBold"), anchor="lt"
    )
    _foot(pen, card, left, height - _MARGIN, right - left)


def _square(card: Card) -> Image.Image:
    """The cover of a feed: the site's name on the site's colour."""
    side = card.size[0]
    page = Image.new("RGB", card.size, card.colour)
    _lines(page, (500, 760, side, side), _PAPER, on=card.colour)
    pen = ImageDraw.Draw(page)
    _title(page, card.title, (110, 220, side - 110, 900), ink=_PAPER, scale=1.9)
    pen.text((110, 110), card.label, _PAPER, _font(card.label, 52, "SemiBold"), anchor="lt")
    return page


def _foot(pen: ImageDraw.ImageDraw, card: Card, left: int, bottom: int, room: int) -> None:
    """Who speaks, and below it what the site is called, where that is more than her name."""
    pen.text(
        (left, bottom),
        _cut(card.site, 26, "Medium", room),
        _SOFT,
        _font(card.site, 26, "Medium"),
        anchor="ls",
    )
    if card.name and card.name not in card.site:
        words = _cut(card.name, 30, "Bold", room)
        pen.text((left, bottom - 42), words, _INK, _font(card.name, 30, "Bold"), anchor="ls")


@dataclass(frozen=True, slots=True)
class _Title:
    """A title's lines, how far one is below the other, and how high they are together."""

    lines: tuple[str, ...]
    font: ImageFont.FreeTypeFont
    step: float
    height: int


def _title(
    page: Image.Image,
    title: str,
    box: tuple[int, int, int, int],
    *,
    ink: str = _INK,
    scale: float = 1.0,
) -> None:
    """A title as large as it fits, its lines about equally long."""
    _set(page, _laid_out(title, box, scale), box[:2], ink)


def _laid_out(title: str, box: tuple[int, int, int, int], scale: float = 1.0) -> _Title:
    room, high = box[2] - box[0], box[3] - box[1]
    for size in _TITLE_PX:
        pixels = round(size * scale)
        font = _font(title, pixels, "ExtraBold")
        step = pixels * 1.18
        lines = _wrapped(title, font, room)
        fits = all(_length(font, line) <= room for line in lines)
        if fits and len(lines) <= _LINES_MAX and len(lines) * step <= high:
            break
    most = max(1, int(high // step))
    if len(lines) > most:
        lines = [*lines[: most - 1], lines[most - 1] + " …"]
    lines = [_cut(line, pixels, "ExtraBold", room) for line in lines]
    # Letters that are laid one by one may come out a pixel or two lower.
    ends = [number * step + _height(line, font) + 4 for number, line in enumerate(lines)]
    return _Title(tuple(lines), font, step, round(max(ends)))


def _set(page: Image.Image, title: _Title, at: tuple[int, int], ink: str) -> None:
    for number, line in enumerate(title.lines):
        _write(page, (at[0], round(at[1] + number * title.step)), line, ink, title.font)


def _write(
    page: Image.Image,
    at: tuple[int, int],
    line: str,
    ink: str,
    font: ImageFont.FreeTypeFont,
) -> None:
    """A line of large letters, by its upper left corner: each letter is drawn once and pasted where it belongs.

    Drawing those of each title takes longer than everything else on a card. Where a typeface of the computer is used, or
    an accent is a letter of its own, the whole line is drawn.
    """
    if not all(map(_stands_alone, line)):
        ImageDraw.Draw(page).text(at, line, ink, font, anchor="lt")
        return
    letters = [(_letter(font, letter), letter) for letter in line]
    top = min((corner[1] for (_, corner), letter in letters if not letter.isspace()), default=0)
    dots = ImageColor.getrgb(ink)  # else its name is read for each letter
    along, before = 0.0, ""
    for (mask, offset), letter in letters:
        if before:  # how far the two are apart
            along += _length(font, before + letter) - _length(font, letter)
        page.paste(dots, (at[0] + round(along) + offset[0], at[1] - top + offset[1]), mask)
        before = letter


def _height(line: str, font: ImageFont.FreeTypeFont) -> float:
    """How high a line is, from its highest letter to its lowest; most have been measured for other titles."""
    if not all(map(_stands_alone, line)):
        return font.getbbox(line, anchor="lt")[3]
    boxes = [_box(font, letter) for letter in line]
    return max((box[3] for box in boxes), default=0) - min((box[1] for box in boxes), default=0)


@functools.lru_cache(maxsize=1024)
def _box(font: ImageFont.FreeTypeFont, letter: str) -> tuple[float, float, float, float]:
    return font.getbbox(letter, anchor="ls")


def _stands_alone(letter: str) -> bool:
    return _is_ours(letter) and unicodedata.combining(letter) == 0


@functools.lru_cache(maxsize=1024)
def _letter(font: ImageFont.FreeTypeFont, letter: str) -> tuple[Image.Image, tuple[int, int]]:
    """A letter as a mask, and how far its upper left corner is from its origin on the line."""
    left, top, right, bottom = map(round, _box(font, letter))
    mask = Image.new("L", (max(1, right - left), max(1, bottom - top)), 0)
    ImageDraw.Draw(mask).text((-left, -top), letter, 255, font, anchor="ls")
    return mask, (left, top)


def _wrapped(words: str, font: ImageFont.FreeTypeFont, room: float) -> list[str]:
    """Words in as few lines as there must be, and then as narrow as these lines allow: no last word stands alone."""
    lines = _filled(words, font, room)
    for narrower in range(19, 9, -1):
        tried = _filled(words, font, room * narrower / 20)
        if len(tried) > len(lines) or any(_length(font, line) > room for line in tried):
            break
        lines = tried if len(tried) == len(lines) else lines
    return lines


@functools.lru_cache(maxsize=4096)
def _length(font: ImageFont.FreeTypeFont, words: str) -> float:
    """Pixels: the beginnings of a title are asked for again and again, until its lines are about equally long."""
    return font.getlength(words)


def _filled(words: str, font: ImageFont.FreeTypeFont, room: float) -> list[str]:
    lines = [""]
    for word in words.split():
        longer = f"{lines[-1]} {word}".strip()
        if not lines[-1] or _length(font, longer) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _cut(words: str, pixels: int, weight: str, room: float) -> str:
    """Words that fit on a line; the end of longer ones is left out."""
    font = _font(words, pixels, weight)
    if font.getlength(words) <= room:
        return words
    while words and font.getlength(f"{words}…") > room:
        words = words[:-1]
    return f"{words.rstrip()}…"


def _photograph(data: bytes) -> Image.Image:
    return ImageOps.exif_transpose(Image.open(io.BytesIO(data))).convert("RGB")


def _drawn(svg: str) -> Image.Image:
    box = re.search(r'viewBox="[-\d.]+ [-\d.]+ ([\d.]+) ([\d.]+)"', svg)
    wide, high = (float(n) for n in box.groups()) if box else (1.0, 1.0)
    scale = min(452 / wide, 510 / high)
    drawn = resvg_py.svg_to_bytes(
        svg_string=svg,
        width=max(1, round(wide * scale)),
        height=max(1, round(high * scale)),
        background=_PLATE,
        skip_system_fonts=True,
    )
    return Image.open(io.BytesIO(bytes(drawn))).convert("RGB")


def _put(page: Image.Image, picture: Image.Image, box: tuple[int, int, int, int]) -> None:
    at = (
        box[0] + (box[2] - box[0] - picture.width) // 2,
        box[1] + (box[3] - box[1] - picture.height) // 2,
    )
    page.paste(picture, at)


_SMOOTH = 4
"""Shapes are drawn so many times larger: Pillow's own edges are ragged."""


def _play(page: Image.Image, at: tuple[int, int]) -> None:
    """The sign of a film."""
    side = 120 * _SMOOTH
    mask, sign = Image.new("L", (side, side), 0), Image.new("L", (side, side), 0)
    ImageDraw.Draw(mask).ellipse((0, 0, side - 1, side - 1), fill=215)
    triangle = [(side * 0.40, side * 0.29), (side * 0.40, side * 0.71), (side * 0.74, side * 0.5)]
    ImageDraw.Draw(sign).polygon(triangle, fill=255)
    small = (120, 120)
    disc = mask.resize(small, Image.Resampling.LANCZOS)
    corner = (at[0] - 60, at[1] - 60)
    page.paste(Image.new("RGB", small, _PAPER), corner, disc)
    page.paste(Image.new("RGB", small, _INK), corner, sign.resize(small, Image.Resampling.LANCZOS))


def _lines(
    page: Image.Image, box: tuple[int, int, int, int], colour: str, *, on: str = _PAPER
) -> None:
    """The site's sign, large and pale: a body that stretches, where a page has no picture."""
    page.paste(_sign(box[2] - box[0], box[3] - box[1], colour, on), box[:2])


@functools.lru_cache(maxsize=2)
def _sign(wide: int, high: int, colour: str, on: str) -> Image.Image:
    """That sign, the same for most pages."""
    width, height = wide * _SMOOTH // 2, high * _SMOOTH // 2
    pale = _mixed(colour, on, 0.16)
    drawn = Image.new("RGB", (width, height), on)
    pen = ImageDraw.Draw(drawn)
    unit = min(width, height) / 17
    thick = round(unit * 1.9)

    def at(x: float, y: float) -> tuple[float, float]:
        return width - unit * (19.0 - x), unit * (y + 1.5)

    for points in ([(1, 14), (16, 14)], [(3, 9), (9, 4), (14, 8)]):
        line = [at(*point) for point in points]
        pen.line(line, pale, thick)
        for x, y in line:
            pen.ellipse((x - thick / 2, y - thick / 2, x + thick / 2, y + thick / 2), pale)
    x, y = at(15.5, 1.8)
    sun = unit * 1.9
    pen.ellipse((x - sun, y - sun, x + sun, y + sun), _mixed("#f2b872", on, 0.6))
    return drawn.resize((wide, high), Image.Resampling.LANCZOS)


def _mixed(colour: str, other: str, share: float) -> tuple[int, int, int]:
    one, two = (bytes.fromhex(c[1:]) for c in (colour, other))
    red, green, blue = (round(a * share + b * (1 - share)) for a, b in zip(one, two, strict=True))
    return red, green, blue


def _font(words: str, pixels: int, weight: str) -> ImageFont.FreeTypeFont:
    """Manrope, or where it lacks a letter of some words, a typeface of the computer that has them all."""
    if all(map(_is_ours, words)):
        return _own(pixels, weight)
    return _of_the_computer(pixels) or _own(pixels, weight)


@functools.cache
def _is_ours(letter: str) -> bool:
    """Whether Manrope has a letter: what a font lacks, it draws like a sign that nobody has."""
    font = _own(16, "Bold")
    return letter.isspace() or bytes(font.getmask(letter)) != bytes(font.getmask("\U0010fffe"))


@functools.cache
def _own(pixels: int, weight: str) -> ImageFont.FreeTypeFont:
    file = resources.files("font_manrope") / "files" / f"Manrope-{weight}.ttf"
    return ImageFont.truetype(io.BytesIO(file.read_bytes()), pixels)


@functools.cache
def _of_the_computer(pixels: int) -> ImageFont.FreeTypeFont | None:
    for name in _FONTS:
        try:
            return ImageFont.truetype(name, pixels)
        except OSError:
            continue
    return None
