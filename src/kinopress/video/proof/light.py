"""What a film's picture must look like on a page, calculated again from its numbers (pure).

FFmpeg converts a film's colours; whether it did is not asked of FFmpeg. A small picture of the source is
taken with its numbers as they are stored, and its matrix, range and light are worked out here by the
formulas of the standards, as :mod:`kinopress.video.ffmpeg.colours` promises them; a rendition, which says
BT.709, likewise. Both are compared cell by cell.

Sources: BT.601, BT.709 and BT.2020 (matrices, 8-bit range), H.273 (YCgCo, FCC, SMPTE 240M), BT.2100
(HLG and PQ); the curve that presses highlights together is FFmpeg's own.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

SIDE = 64
"""Small pictures have so many pixels across and down, whatever the shape of the film."""
CELLS = 8
"""So many cells across and down are compared: what is sharp in one and soft in the other is alike."""

Rgb = tuple[float, float, float]
"""Red, green and blue as a screen is told them, 0 to 1."""
Yuv = tuple[float, float, float]
"""Luma 0 to 1, and the two colour differences around 0, from −0.5 to 0.5."""
Pixels = Sequence[Rgb]
"""Row by row, :data:`SIDE` times :data:`SIDE` of them."""

# Weights of red and of blue in luma.
_WEIGHTS = {
    "bt709": (0.2126, 0.0722),
    "bt470bg": (0.299, 0.114),
    "smpte170m": (0.299, 0.114),
    "fcc": (0.30, 0.11),
    "smpte240m": (0.212, 0.087),
    "bt2020nc": (0.2627, 0.0593),
}
_BLACK: Rgb = (0.0, 0.0, 0.0)
# Mean of all differences, of 255. FFmpeg's own test picture, all stripes of strong colours, comes out up to
# 7 apart where it is turned or has finer colours than 4:2:0; any film that is not stripes, at 0 to 3.
_APART = 9.0
# Of so few pixels as a cell has of a narrow picture, two of another colour are half: 32 across, shown at 512,
# come out 10 apart.
_APART_NARROW = 18.0
# A picture that is nearer by so much to a misread film than to the film is misread, however pale it is.
_SURE = 0.7
# How much less sure for each unit that is cut on average. A film of strong colours full of noise is always
# nearer to itself, by 0.2 and more; one that was misread is nearer to that by 2.0 where 9 are cut, by 1.0 at 16
# and by 0.8 at 23 (drawn test picture, noise of 30, 60 and 100, many single pixels, November 2026).
_UNSURE = 0.01
# Where more is cut than this on average, what one single pixel in each place tells is too little.
_MUCH_CUT = 2.0
SAMPLES = 4
"""Then so many pixels across and down are taken in the place of one."""
# Of what is cut by the conversion: nothing, a part of it, all.
_CUT_SHARES = [share / 10 for share in range(11)]
# Contrast of the one against that of the other; below so much there is none to be wrong.
_CONTRAST, _FLAT = 1.2, 5.0


Cells = Sequence[float]
"""The mean red, green and blue of each cell, row by row, 0 to 255."""


@dataclass(frozen=True, slots=True)
class View:
    """A picture as it is to be seen, upright and without what is cropped, as coarse as it is compared.

    Attributes:
        at_s: When it is shown, in seconds.
        cells: Its colours.
        others: Its colours as somebody would see them who reads its numbers wrongly, each with what is
            wrong and with its own ``cut``.
        cut: How far the mean of each cell moves where numbers that no screen can show are cut before
            it is taken. Noise around black or around a strong colour has many of them, and whoever
            converts a picture from one matrix to another cuts some, all or none, everywhere alike.
            Empty where nothing is converted: then nothing is cut, however strong the noise.
        narrow: It is stored with fewer pixels than are compared.
    """

    at_s: float
    cells: Cells
    others: Sequence[tuple[str, Cells, Cells]] = ()
    cut: Cells = ()
    narrow: bool = False


def seen(
    at_s: float,
    pixels: Pixels,
    by_other_matrix: Pixels | None = None,
    single: Sequence[Pixels] = (),
    single_by_other: Sequence[Pixels] = (),
    *,
    converted: bool = True,
    narrow: bool = False,
) -> View:
    """A picture, with those for which it is mistaken.

    Args:
        at_s: When it is shown, in seconds.
        pixels: Its colours.
        by_other_matrix: Its colours by another matrix; ``None`` where none was used.
        single: Colours of single pixels of it, in the same places, once or several times: ``pixels`` are
            means, in which noise has vanished. Empty where there is nothing to cut.
        single_by_other: Those by the other matrix.
        converted: To show it, it is converted from another matrix than BT.709's, and may be cut.
        narrow: It is stored with fewer pixels than are compared.
    """
    cells = _cells(pixels)
    others: list[tuple[str, Cells, Cells]] = []
    # 16 to 235 shown as if it were 0 to 255, and the other way round.
    for times, plus, per in ((219, 16, 255), (255, -16, 219)):
        wrong = [
            [
                ((r * times + plus) / per, (g * times + plus) / per, (b * times + plus) / per)
                for r, g, b in some
            ]
            for some in single
        ]
        misread = [255 * ((one / 255 * times + plus) / per) for one in cells]
        others.append(("range", misread, _cut_of(wrong)))
    if by_other_matrix is not None:
        others.append(("matrix", _cells(by_other_matrix), _cut_of(single_by_other)))
    return View(at_s, cells, others, _cut_of(single) if converted else (), narrow)


def _cut_of(single: Sequence[Pixels]) -> Cells:
    """How far the means of the cells move where what no screen can show is cut."""
    cuts = []
    for some in single:
        inside = [
            [0.0 if one < 0.0 else 1.0 if one > 1.0 else one for one in part]
            for part in zip(*some, strict=True)
        ]
        shown = _cells(zip(*inside, strict=True))
        cuts.append([after - before for before, after in zip(_cells(some), shown, strict=True)])
    return [_mean(of_cell) for of_cell in zip(*cuts, strict=True)]


def is_much_cut(view: View) -> bool:
    """Whether so much of a picture is cut that single pixels must be many to tell how much."""
    return bool(view.cut) and _mean(map(abs, view.cut)) > _MUCH_CUT


def other_matrix(matrix: str) -> str:
    """The matrix for which one is most likely to be mistaken."""
    return "smpte170m" if matrix in ("bt709", "bt2020nc") else "bt709"


def yuv_of(
    codes: Iterable[tuple[float, float, float]], *, bits: int, full_range: bool
) -> list[Yuv]:
    """Luma and colour differences of stored numbers.

    Args:
        codes: The three numbers of each pixel.
        bits: Of each number.
        full_range: They begin at 0, not at 16 (of 8 bits).
    """
    scale = 1 << (bits - 8)
    if full_range:
        top, middle = (1 << bits) - 1, 128 * scale
        return [
            (luma / top, (blue - middle) / top, (red - middle) / top) for luma, blue, red in codes
        ]
    return [
        ((luma / scale - 16) / 219, (blue / scale - 128) / 224, (red / scale - 128) / 224)
        for luma, blue, red in codes
    ]


def rgb_of(pixels: Iterable[Yuv], matrix: str) -> list[Rgb]:
    """Red, green and blue of luma and colour differences, neither cut nor converted."""
    if matrix == "ycgco":
        # The second number is green's share, the third orange's.
        return [(y - green + orange, y + green, y - green - orange) for y, green, orange in pixels]
    of_red, of_blue = _WEIGHTS[matrix]
    of_green = 1 - of_red - of_blue
    more_red, more_blue = 2 * (1 - of_red), 2 * (1 - of_blue)
    return [
        (
            r := luma + more_red * red,
            (luma - of_red * r - of_blue * (b := luma + more_blue * blue)) / of_green,
            b,
        )
        for luma, blue, red in pixels
    ]


# The light that a tone-mapped film has. Diffuse white is 203 nit in BT.2408.
_WHITE_NIT, _PEAK_NIT = 203.0, 1000.0
_KNEE = 0.7
_PEAK = 4.93
_TO_709 = (
    (1.660491, -0.587641, -0.072850),
    (-0.124550, 1.132900, -0.008349),
    (-0.018151, -0.100579, 1.118730),
)


def to_sdr(colour: Rgb, transfer: str) -> Rgb:
    """HLG or PQ in BT.2020 as BT.709 shows it.

    Args:
        colour: As stored.
        transfer: ``arib-std-b67`` or ``smpte2084``.
    """
    light = _hlg_light(colour) if transfer == "arib-std-b67" else _each(_pq_light, colour)
    narrow = tuple(sum(w * one for w, one in zip(row, light, strict=True)) for row in _TO_709)
    brightest = max(narrow)
    if brightest > _KNEE:
        narrow = tuple(one * _mobius(brightest) / brightest for one in narrow)
    red, green, blue = narrow
    # BT.1886, the curve of screens.
    return _each(lambda one: min(1.0, max(0.0, one)) ** (1 / 2.4), (red, green, blue))


def _each(curve: Callable[[float], float], colour: Rgb) -> Rgb:
    red, green, blue = colour
    return curve(red), curve(green), curve(blue)


def _hlg_light(colour: Rgb) -> Rgb:
    """BT.2100's light of the scene, and its system gamma of 1.2 for a screen of 1000 nit.

    The gamma is put on each colour, as zimg has it; BT.2100 puts it on luminance, which leaves strong
    colours stronger.
    """
    return _each(lambda one: _hlg_scene(one) ** 1.2 * _PEAK_NIT / _WHITE_NIT, colour)


def _hlg_scene(value: float) -> float:
    value = min(1.0, max(0.0, value))
    if value <= 0.5:
        return value * value / 3
    scene: float = (math.exp((value - 0.55991073) / 0.17883277) + 0.28466892) / 12
    return scene


def _pq_light(value: float) -> float:
    root = min(1.0, max(0.0, value)) ** (1 / 78.84375)
    light = max(0.0, root - 0.8359375) / (18.8515625 - 18.6875 * root)
    nit: float = 10_000 * light ** (1 / 0.1593017578125)
    return nit / _WHITE_NIT


def _mobius(light: float) -> float:
    a = -_KNEE * _KNEE * (_PEAK - 1) / (_KNEE * _KNEE - 2 * _KNEE + _PEAK)
    b = (_KNEE * _KNEE - 2 * _KNEE * _PEAK + _PEAK) / (_PEAK - 1)
    return (b * b + 2 * b * _KNEE + _KNEE * _KNEE) / (b - a) * (light + a) / (light + b)


def placed(pixels: Pixels, side: int, inside: tuple[float, float, float, float]) -> Pixels:
    """A small picture out of another one: a part of it, and black beside it.

    Args:
        pixels: Of the stored picture.
        side: Pixels across and down of it.
        inside: Where the new picture's left, top, right and bottom are in the stored one, in shares of it:
            below 0 and above 1 there is black.
    """
    if side == SIDE and inside == (0.0, 0.0, 1.0, 1.0):
        return pixels
    left, top, right, bottom = inside
    made = []
    for row in range(SIDE):
        y = top + (row + 0.5) / SIDE * (bottom - top)
        for column in range(SIDE):
            x = left + (column + 0.5) / SIDE * (right - left)
            there = 0 <= x < 1 and 0 <= y < 1
            made.append(pixels[int(y * side) * side + int(x * side)] if there else _BLACK)
    return made


def turned(pixels: Pixels, rotation_deg: int, *, mirrored: bool) -> Pixels:
    """A small picture upright.

    Args:
        pixels: As stored.
        rotation_deg: The counter-clockwise turn that the film asks for: 0, 90, 180 or 270.
        mirrored: It is then mirrored from side to side.
    """
    if not rotation_deg and not mirrored:
        return pixels
    rows = [list(pixels[at : at + SIDE]) for at in range(0, SIDE * SIDE, SIDE)]
    for _ in range(rotation_deg // 90):
        rows = [list(row) for row in zip(*rows, strict=True)][::-1]
    if mirrored:
        rows = [row[::-1] for row in rows]
    return [pixel for row in rows for pixel in row]


def apart(one: View, other: View) -> str | None:
    """How a picture differs from what it must look like; ``None`` when it does not.

    Args:
        one: What it must look like.
        other: What was made.
    """
    wanted, found = one.cells, other.cells
    cut = one.cut or [0.0] * len(wanted)
    difference = _difference(wanted, found, cut)
    if difference > (_APART_NARROW if one.narrow else _APART):
        return f"differs in its colours by {difference:.0f} of 255"
    # The more is cut, the less is told by what is left.
    sure = _SURE + _UNSURE * _mean(map(abs, cut))
    for what, cells, cut_too in one.others:
        misread = _difference(cells, found, cut_too or [0.0] * len(cells))
        if misread < difference - sure:
            return f"has the colours of its film read by a wrong {what}"
    made = _deviation(found)
    both = (
        _deviation(wanted),
        _deviation([a + moved for a, moved in zip(wanted, cut, strict=True)]),
    )
    contrast = min(max(made, min(both)), max(both))  # the nearest of what may be right
    if max(contrast, made) < _FLAT:
        return None
    ratio = max(contrast, made) / max(1e-6, min(contrast, made))
    if ratio > _CONTRAST and abs(contrast - made) > _FLAT:
        return f"has a contrast of {made:.0f} instead of {contrast:.0f}"
    return None


def _difference(wanted: Cells, found: Cells, cut: Cells) -> float:
    """The mean distance of what was made, from what is cut as much everywhere as fits it best."""
    return min(
        _mean(abs(a + share * moved - b) for a, b, moved in zip(wanted, found, cut, strict=True))
        for share in (_CUT_SHARES if any(cut) else [0.0])
    )


def telling(view: View) -> float:
    """How much a picture would tell of a wrong colour: how much of it there is."""
    return _deviation(view.cells)


def _cells(pixels: Iterable[Rgb]) -> list[float]:
    """The mean colours of the cells, 0 to 255; not cut, since a mean of what was cut is another."""
    size = SIDE // CELLS
    cells = [0.0] * (3 * CELLS * CELLS)
    for part, values in enumerate(zip(*pixels, strict=True)):
        # The pixels of one row of one cell are next to one another: first those, then the rows.
        across = list(map(sum, zip(*(values[at::size] for at in range(size)), strict=True)))
        for row in range(CELLS):
            rows = across[row * CELLS * size : (row + 1) * CELLS * size]
            down = map(
                sum, zip(*(rows[at : at + CELLS] for at in range(0, len(rows), CELLS)), strict=True)
            )
            for column, total in enumerate(down):
                cells[3 * (row * CELLS + column) + part] = total
    return [255 * one / (size * size) for one in cells]


def _mean(values: Iterable[float]) -> float:
    some = list(values)
    return sum(some) / len(some)


def _deviation(values: Sequence[float]) -> float:
    mean = _mean(values)
    return math.sqrt(_mean((value - mean) ** 2 for value in values))
