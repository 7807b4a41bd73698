"""Outlines: the silhouette of a part as a smooth closed curve with a constant number of nodes.

A mask of the part's triangles, a little blur and one contour take a thirtieth of the time that a union of
polygons does, and give the same line.
"""

from __future__ import annotations

import functools

import contourpy
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from kinopress.figures.body import Array

DENSE = 360
"""Points of an outline before it is fitted."""
FIT = 240


def trace(
    points: Array, triangles: NDArray[np.int64], *, fine: float = 2.0, blur: float = 1.1
) -> Array | None:
    """The outline of the largest piece that triangles cover, or `None` where they cover nothing.

    Args:
        points: Places in the picture.
        triangles: Three of them each.
        fine: Pixels of the mask for a unit of the picture.
        blur: Units by which corners are rounded.
    """
    lines = traces(points, triangles, fine=fine, blur=blur)
    if not lines:
        return None
    longest = max(lines, key=lambda c: abs(_area(c)))
    if _area(longest) < 0:
        longest = longest[::-1]
    return longest[:-1]


def traces(
    points: Array, triangles: NDArray[np.int64], *, fine: float = 2.0, blur: float = 1.1
) -> list[Array]:
    """The outlines of all pieces that triangles cover, and of their holes; each ends where it began."""
    lowest = points.min(0) - 6
    wide, high = (int(n) for n in np.ceil((points.max(0) + 6 - lowest) * fine))
    covered = _covered(((points - lowest) * fine)[triangles], wide, high)
    blurred = Image.fromarray(covered).filter(ImageFilter.GaussianBlur(blur * fine))
    mask = np.asarray(blurred, float)
    lines = contourpy.contour_generator(z=mask).lines(127.5)
    return [np.asarray(line, float) / fine + lowest + 0.25 for line in lines]


@functools.cache
def _spots(steps: int) -> Array:
    """Shares of a triangle's three corners at the crossings of a grid with so many steps an edge."""
    i, j = (a.ravel() for a in np.meshgrid(np.arange(steps + 1), np.arange(steps + 1)))
    i, j = i[i + j <= steps], j[i + j <= steps]
    out: Array = np.c_[i, j, steps - i - j].astype(np.float64) / steps
    return out


def _covered(corners: Array, wide: int, high: int) -> NDArray[np.uint8]:
    """The pixels that triangles cover: 255 there.

    Triangles of like size are filled with spots at most a pixel apart, all at once: a hundred times quicker
    than to draw one after another, and the blur closes what a spot may have missed.
    """
    out = np.zeros(high * wide, np.uint8)
    edges = np.linalg.norm(np.roll(corners, -1, 1) - corners, axis=2).max(1)
    steps = 2 ** np.ceil(np.log2(np.maximum(edges, 1))).astype(int)
    for size in np.unique(steps).tolist():
        shares, chosen = _spots(size).T, corners[steps == size]
        x, y = ((chosen[:, :, k] @ shares + 0.5).astype(np.int32) for k in (0, 1))
        out[y * wide + x] = 255
    return out.reshape(high, wide)


def _area(c: Array) -> float:
    return float(0.5 * np.sum(c[:-1, 0] * c[1:, 1] - c[1:, 0] * c[:-1, 1]))


def even(curve: Array, count: int = DENSE) -> Array:
    """A closed curve as so many points at even distances."""
    lengths = np.linalg.norm(np.roll(curve, -1, 0) - curve, axis=1)
    s = np.r_[0, np.cumsum(lengths)]
    t = np.linspace(0, s[-1], count, endpoint=False)
    closed = np.vstack([curve, curve[:1]])
    out: Array = np.c_[np.interp(t, s, closed[:, 0]), np.interp(t, s, closed[:, 1])]
    return out


@functools.cache
def _fit(nodes: int) -> Array:
    """From samples of a closed curve to the control points of an even quadratic B-spline (least squares)."""
    u = np.arange(FIT) * nodes / FIT
    i = np.floor(u).astype(int)
    f = u - i
    basis = np.zeros((FIT, nodes))
    for k, w in ((0, 0.5 * (1 - f) ** 2), (1, 0.5 + f * (1 - f)), (2, 0.5 * f**2)):
        basis[np.arange(FIT), (i + k) % nodes] += w
    out: Array = np.asarray(np.linalg.pinv(basis), np.float64)
    return out


def nodes_of(curve: Array, count: int, gain: float) -> Array:
    """Control points of a smooth closed curve through an outline, closer together where it bends."""
    along = np.roll(curve, -2, 0) - np.roll(curve, 2, 0)
    angle = np.arctan2(along[:, 1], along[:, 0])
    bend = np.abs(np.angle(np.exp(1j * (np.roll(angle, -2) - np.roll(angle, 2)))))
    bend = np.convolve(np.r_[bend[-6:], bend, bend[:6]], np.ones(13) / 13, "valid")
    lengths = np.linalg.norm(np.roll(curve, -1, 0) - curve, axis=1) * (1 + gain * bend)
    s = np.r_[0, np.cumsum(lengths)]
    t = np.linspace(0, s[-1], FIT, endpoint=False)
    closed = np.vstack([curve, curve[:1]])
    out: Array = _fit(count) @ np.c_[np.interp(t, s, closed[:, 0]), np.interp(t, s, closed[:, 1])]
    return out


def best_start(curve: Array, before: Array) -> int:
    """From which of its points an outline runs most like the one before (by Fourier's transform)."""
    a, b = ((c - c.mean(0)) @ np.array([1, 1j]) for c in (curve, before))
    return int(np.argmax(np.fft.ifft(np.fft.fft(a) * np.conj(np.fft.fft(b))).real))


def seam_gap(curve: Array, ring: Array, near: float = 2.4) -> tuple[int, int] | None:
    """Where an outline runs along a cut, as first point and count: that stretch is not drawn."""
    if len(ring) == 0:
        return None
    close = np.sqrt(((curve[:, None] - ring[None]) ** 2).sum(-1).min(1)) < near
    n = len(curve)
    if close.all() or not close.any():
        return None
    idx = np.where(close)[0]
    breaks = np.where(np.diff(np.r_[idx, idx[0] + n]) > n * 0.06)[0]
    if len(breaks) == 0:
        return None
    runs = []
    for a, b in zip(breaks, np.roll(breaks, -1), strict=True):
        first = int(idx[(a + 1) % len(idx)])
        runs.append(((int(idx[b]) - first) % n + 1, first))
    count, first = max(runs)
    # a little less than the cut, so that the neighbour's line runs into this one's
    return (first + 3, count - 6) if count > n * 0.03 else None


def numbers(values: Array) -> str:
    """Whole numbers as SVG takes them: a minus sign needs no blank before it."""
    out = ""
    for value in np.round(values).astype(int).ravel().tolist():
        word = str(value)
        out += (" " if out and not word.startswith("-") else "") + word
    return out


def blob(nodes: Array) -> str:
    """A closed quadratic B-spline as path data.

    Control points stand on even numbers, so that the curve's own middles are whole and the short form `t`
    is exact: two numbers a node.
    """
    p = (np.round(nodes / 2) * 2).astype(int)
    middle = (p + np.roll(p, -1, 0)) // 2
    n = len(p)
    head = f"M{numbers(middle[0])}q{numbers(np.r_[p[1] - middle[0], middle[1] - middle[0]])}t"
    rest = [middle[(i + 1) % n] - middle[i % n] for i in range(1, n)]
    return f"{head}{numbers(np.concatenate(rest))}z"


def smooth_path(points: Array, *, closed: bool = True) -> str:
    """A smooth curve through points as path data."""
    p = np.round(points).astype(int)
    n = len(p)
    if closed:
        way = (np.roll(p, -1, 0) - np.roll(p, 1, 0)) / 6
        order = [(i + 1) % n for i in range(n)]
    else:
        way = np.gradient(p.astype(float), axis=0) / 3
        order = list(range(1, n))
    first = np.r_[way[0], p[1] - way[1] - p[0], p[1] - p[0]]
    out = f"M{numbers(p[0])}c{numbers(first)}"
    rest = [np.round(np.r_[p[j] - way[j] - p[j - 1], p[j] - p[j - 1]]) for j in order[1:]]
    return out + (f"s{numbers(np.concatenate(rest))}" if rest else "") + ("z" if closed else "")
