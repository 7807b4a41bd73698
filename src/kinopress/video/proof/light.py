"""What a film's picture must look like on a page, calculated again from its numbers (pure).

FFmpeg converts a film's colours; whether it did is not asked of FFmpeg. A small picture of the source is
taken with its numbers as they are stored, and its matrix, range and light are worked out here by the
formulas of the standards, as :mod:`kinopress.video.ffmpeg.colours` promises them; a rendition, which says
BT.709, likewise. Both are compared cell by cell.

Sources: BT.601, BT.709 and BT.2020 (matrices, 8-bit range), H.273 (YCgCo, FCC, SMPTE 240M), BT.2100
(HLG and PQ); the curve that presses highlights together is FFmpeg's own.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

SIDE = 64
"""Small pictures have so many pixels across and down, whatever the shape of the film."""
CELLS = 8
"""So many cells across and down are compared: what is sharp in one and soft in the other is alike."""

Array = NDArray[np.float64]
Pixels = Array
"""Red, green and blue as a screen is told them, 0 to 1, of each pixel: row by row, :data:`SIDE` times
:data:`SIDE` of them. Python alone would need half of the time in which a short film is made."""

# Weights of red and of blue in luma.
_WEIGHTS = {
    "bt709": (0.2126, 0.0722),
    "bt470bg": (0.299, 0.114),
    "smpte170m": (0.299, 0.114),
    "fcc": (0.30, 0.11),
    "smpte240m": (0.212, 0.087),
    "bt2020nc": (0.2627, 0.0593),
}
# Mean of all differences, of 255. FFmpeg's own test picture, all stripes of strong colours, comes out up to
# 7 apart where it is turned or has finer colours than 4:2:0; any film that is not stripes, at 0 to 3.
_APART = 9.0
# Of so few pixels as a cell has of a narrow picture, two of another colour are half: 32 across, shown at 512,
# come out 10 apart.
_APART_NARROW = 18.0
# A picture that is nearer by so much to a misread film than to the film is misread, however pale it is.
_SURE = 0.7
# An encoder that has few bits for much noise moves a whole picture by as much: plain grey full of it came out 2.2
# darker, which is just what a wrong range would do to grey. Where nothing differs by more than the second figure,
# only what is left without that is compared.
_MOVED, _ONE_COLOUR = 2.5, 10.0
# How much less sure for each unit that is cut on average. A film of strong colours full of noise is always
# nearer to itself, by 0.2 and more; one that was misread is nearer to that by 2.0 where 9 are cut, by 1.0 at 16
# and by 0.8 at 23 (drawn test picture, noise of 30, 60 and 100, many single pixels, November 2026).
_UNSURE = 0.01
# Where more is cut than this on average, what one single pixel in each place tells is too little.
_MUCH_CUT = 2.0
SAMPLES = 4
"""Then so many pixels across and down are taken in the place of one."""
# Of what is cut by the conversion: nothing, a part of it, all.
_CUT_SHARES = np.arange(11) / 10
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
        wrong = [(some * times + plus) / per for some in single]
        misread = [255 * ((one / 255 * times + plus) / per) for one in cells]
        others.append(("range", misread, _cut_of(wrong)))
    if by_other_matrix is not None:
        others.append(("matrix", _cells(by_other_matrix), _cut_of(single_by_other)))
    return View(at_s, cells, others, _cut_of(single) if converted else (), narrow)


def _cut_of(single: Sequence[Pixels]) -> Cells:
    """How far the means of the cells move where what no screen can show is cut."""
    if not single:
        return []
    cut = [np.clip(some, 0.0, 1.0) - some for some in single]
    return _cells(np.mean(cut, axis=0))


def is_much_cut(view: View) -> bool:
    """Whether so much of a picture is cut that single pixels must be many to tell how much."""
    return bool(view.cut) and float(np.abs(view.cut).mean()) > _MUCH_CUT


def other_matrix(matrix: str) -> str:
    """The matrix for which one is most likely to be mistaken."""
    return "smpte170m" if matrix in ("bt709", "bt2020nc") else "bt709"


def yuv_of(codes: ArrayLike, *, bits: int, full_range: bool) -> Array:
    """Luma, 0 to 1, and the two colour differences around 0, from −0.5 to 0.5, of stored numbers.

    Args:
        codes: The three numbers of each pixel.
        bits: Of each number.
        full_range: They begin at 0, not at 16 (of 8 bits).
    """
    numbers, scale = np.asarray(codes, dtype=float), 1 << (bits - 8)
    if full_range:
        middle = 128 * scale
        return (numbers - (0, middle, middle)) / ((1 << bits) - 1)
    return (numbers / scale - (16, 128, 128)) / (219, 224, 224)


def rgb_of(pixels: Array, matrix: str) -> Pixels:
    """Red, green and blue of luma and colour differences, neither cut nor converted."""
    luma, blue, red = pixels.T
    if matrix == "ycgco":
        green, orange = blue, red  # the second number is green's share, the third orange's
        return np.stack([luma - green + orange, luma + green, luma - green - orange], axis=1)
    of_red, of_blue = _WEIGHTS[matrix]
    r = luma + 2 * (1 - of_red) * red
    b = luma + 2 * (1 - of_blue) * blue
    g = (luma - of_red * r - of_blue * b) / (1 - of_red - of_blue)
    return np.stack([r, g, b], axis=1)


# The light that a tone-mapped film has. Diffuse white is 203 nit in BT.2408.
_WHITE_NIT, _PEAK_NIT = 203.0, 1000.0
_KNEE = 0.7
_PEAK = 4.93
_TO_709 = np.array(
    [
        (1.660491, -0.587641, -0.072850),
        (-0.124550, 1.132900, -0.008349),
        (-0.018151, -0.100579, 1.118730),
    ]
)


def to_sdr(colours: ArrayLike, transfer: str) -> Pixels:
    """HLG or PQ in BT.2020 as BT.709 shows it.

    Args:
        colours: As stored: red, green and blue of each.
        transfer: ``arib-std-b67`` or ``smpte2084``.
    """
    curve: Callable[[Array], Array] = _hlg_light if transfer == "arib-std-b67" else _pq_light
    narrow = curve(np.clip(np.asarray(colours, dtype=float), 0.0, 1.0)) @ _TO_709.T
    brightest = narrow.max(axis=1, keepdims=True)
    bright = np.maximum(brightest, _KNEE)  # what is darker stays as it is
    pressed = np.where(brightest > _KNEE, narrow * _mobius(bright) / bright, narrow)
    # BT.1886, the curve of screens.
    shown: Pixels = np.clip(pressed, 0.0, 1.0) ** (1 / 2.4)
    return shown


def _hlg_light(value: Array) -> Array:
    """BT.2100's light of the scene, and its system gamma of 1.2 for a screen of 1000 nit.

    The gamma is put on each colour, as zimg has it; BT.2100 puts it on luminance, which leaves strong
    colours stronger.
    """
    bright = (np.exp((value - 0.55991073) / 0.17883277) + 0.28466892) / 12
    scene = np.where(value <= 0.5, value * value / 3, bright)
    return scene**1.2 * _PEAK_NIT / _WHITE_NIT


def _pq_light(value: Array) -> Array:
    root = value ** (1 / 78.84375)
    light = np.maximum(0.0, root - 0.8359375) / (18.8515625 - 18.6875 * root)
    return 10_000 * light ** (1 / 0.1593017578125) / _WHITE_NIT


def _mobius(light: Array) -> Array:
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
    middles = (np.arange(SIDE) + 0.5) / SIDE
    x, y = left + middles * (right - left), top + middles * (bottom - top)
    columns, rows = ((np.clip(at, 0, 1) * side).astype(int).clip(0, side - 1) for at in (x, y))
    there = ((y >= 0) & (y < 1))[:, None] & ((x >= 0) & (x < 1))
    found = pixels.reshape(side, side, 3)[rows[:, None], columns]
    return np.where(there[..., None], found, 0.0).reshape(-1, 3)


def turned(pixels: Pixels, rotation_deg: int, *, mirrored: bool) -> Pixels:
    """A small picture upright.

    Args:
        pixels: As stored.
        rotation_deg: The counter-clockwise turn that the film asks for: 0, 90, 180 or 270.
        mirrored: It is then mirrored from side to side.
    """
    if not rotation_deg and not mirrored:
        return pixels
    rows = np.rot90(pixels.reshape(SIDE, SIDE, 3), rotation_deg // 90)
    return (rows[:, ::-1] if mirrored else rows).reshape(-1, 3)


def apart(one: View, other: View) -> str | None:
    """How a picture differs from what it must look like; ``None`` when it does not.

    Args:
        one: What it must look like.
        other: What was made.
    """
    wanted, found = np.array(one.cells), np.array(other.cells)
    cut = _cut_or_none(one.cut, wanted)
    difference = _difference(wanted, found, cut)
    if difference > (_APART_NARROW if one.narrow else _APART):
        return f"differs in its colours by {difference:.0f} of 255"
    # The more is cut, the less is told by what is left.
    sure = _SURE + _UNSURE * float(np.abs(cut).mean())
    moved = _MOVED if float(wanted.reshape(-1, 3).std(axis=0).max()) < _ONE_COLOUR else 0.0
    as_it_is = _difference(wanted, found, cut, moved=moved)
    for what, cells, cut_too in one.others:
        its_cut = _cut_or_none(cut_too, wanted)
        misread = _difference(np.array(cells), found, its_cut, moved=moved)
        if misread < as_it_is - sure:
            return f"has the colours of its film read by a wrong {what}"
    made = float(found.std())
    both = float(wanted.std()), float((wanted + cut).std())
    contrast = min(max(made, min(both)), max(both))  # the nearest of what may be right
    if max(contrast, made) < _FLAT:
        return None
    ratio = max(contrast, made) / max(1e-6, min(contrast, made))
    if ratio > _CONTRAST and abs(contrast - made) > _FLAT:
        return f"has a contrast of {made:.0f} instead of {contrast:.0f}"
    return None


def _cut_or_none(cut: Cells, cells: Array) -> Array:
    return np.array(cut) if cut else np.zeros_like(cells)


def _difference(wanted: Array, found: Array, cut: Array, *, moved: float = 0.0) -> float:
    """The mean distance of what was made, from what is cut as much everywhere as fits it best.

    Args:
        wanted: The cells as they must look.
        found: Those that were made.
        cut: How far each moves where all is cut that no screen can show.
        moved: By so much each of the three colours may be lighter or darker everywhere alike.
    """
    apart = found - (wanted + _CUT_SHARES[:, None] * cut)
    colours = apart.reshape(len(_CUT_SHARES), -1, 3)
    everywhere = np.clip(np.median(colours, axis=1, keepdims=True), -moved, moved)
    return float(np.abs(colours - everywhere).mean(axis=(1, 2)).min())


def telling(view: View) -> float:
    """How much a picture would tell of a wrong colour: how much of it there is."""
    return float(np.std(view.cells))


def _cells(pixels: Pixels) -> list[float]:
    """The mean colours of the cells, 0 to 255; not cut, since a mean of what was cut is another."""
    size = SIDE // CELLS
    cells: list[float] = (
        (255 * pixels.reshape(CELLS, size, CELLS, size, 3).mean(axis=(1, 3))).ravel().tolist()
    )
    return cells
