"""Makes `src/kinopress/pages/parts/body/outlines.py`, the outlines of the body map, from the body of the figures.

    .venv/bin/python scripts/bake_body_map.py

Run it again only to change what the body looks like; the parts in `body/shapes.py` lie within these outlines.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from kinopress.figures.body import SKIN, Array, Body
from kinopress.figures.drawing.layers import Camera
from kinopress.figures.drawing.outline import even, traces
from kinopress.figures.joints import INDEX, MOVEMENTS, SIDES

OUT = Path(__file__).resolve().parents[1] / "src/kinopress/pages/parts/body/outlines.py"
TOP, BOTTOM = 5.0, 541.0
"""Where the crown and the toes are, in units of the map."""
POSES: dict[str, tuple[float, dict[str, float]]] = {
    "front": (0, {"ankle.flex": -38.0}),
    "back": (180, {"ankle.flex": -52.0}),
}
"""From where, and how the feet are: the toes point down, so that the top of a foot and its sole can be seen."""
AT_EASE = {
    "shoulder.abduct": 7.5,
    "elbow.flex": 4.0,
    "forearm.pronate": 85.0,
    "hip.abduct": 3.0,
}
POINTS, GAP_POINTS = 76, 11
Half = list[tuple[float, float]]


def main() -> None:
    """Trace and write."""
    body = Body("woman")
    rows = []
    for view, (degrees, feet) in POSES.items():
        q = np.zeros(len(MOVEMENTS))
        for name, angle in (AT_EASE | feet).items():
            for side in SIDES:
                q[INDEX[f"{side}.{name}"]] = angle
        bent = body.bend(q[None], np.eye(3))
        skin = body.skinned(bent, dict.fromkeys(SIDES, "soft"))
        flat = Camera.at(degrees, 0).flat(skin)
        high = flat[: len(skin)][:, 1]
        scale = (BOTTOM - TOP) / float(high[:SKIN].max() - high.min())
        units = np.c_[flat[:, 0] * scale, (flat[:, 1] - high.min()) * scale + TOP]
        around, gap = _lines(units, body.f)
        rows.append((view, _half(around, POINTS), gap))
    OUT.write_text(_module(rows), "utf-8")


def _lines(points: Array, triangles: Array) -> tuple[Array, Half]:
    """The outline, and the gap between the trunk and the arm with x > 0."""
    lines = sorted(traces(points, triangles, fine=4.0, blur=0.8), key=len)
    gaps = [line for line in lines[:-1] if line[:, 0].min() > 0 and len(line) > 200]
    gap = even(gaps[-1][:-1], GAP_POINTS)
    return lines[-1], [(float(x), float(y)) for x, y in gap]


def _half(line: Array, count: int) -> Half:
    """The half with x > 0, from its top in the middle to its end there; both sides are averaged."""
    dense = even(line[:-1], 1600)
    top = int(np.argmin(dense[:, 1] + np.abs(dense[:, 0]) * 0.2))
    dense = np.roll(dense, -top, 0)
    if dense[5, 0] < dense[-5, 0]:
        dense = dense[::-1]
    n = len(dense) // 2
    other = dense[::-1][:n] * [-1, 1]
    mean = (dense[:n] + other) / 2
    along = np.r_[0, np.cumsum(np.linalg.norm(np.diff(mean, axis=0), axis=1))]
    way = np.gradient(mean, axis=0)
    turn = np.abs(np.gradient(np.unwrap(np.arctan2(way[:, 1], way[:, 0]))))
    turn = np.convolve(turn, np.ones(25) / 25, "same")
    weight = np.r_[0, np.cumsum(np.diff(along) * (1 + 14 * turn[1:]))]
    at = np.linspace(0, weight[-1], count)
    x, y = (np.interp(at, weight, mean[:, k]) for k in (0, 1))
    x[0] = x[-1] = 0.0
    return [(float(a), float(b)) for a, b in zip(np.maximum(x, 0), y, strict=True)]


def _written(points: Half) -> str:
    words = [f"({x:.1f}, {y:.1f})".replace(".0,", ",").replace(".0)", ")") for x, y in points]
    lines = [", ".join(words[i : i + 8]) for i in range(0, len(words), 8)]
    return "[\n" + "".join(f"        {line},\n" for line in lines) + "    ]"


def _module(rows: list[tuple[str, Half, Half]]) -> str:
    out = '"""The outlines of the body map, from the body of the figures: `scripts/bake_body_map.py` wrote them.\n\n'
    out += "`body/shapes` says what a unit is.\n"
    out += '"""\n\nfrom __future__ import annotations\n\nPoints = list[tuple[float, float]]\n'
    values = "".join(f'    "{view}": {_written(half)},\n' for view, half, _ in rows)
    gaps = "".join(f'    "{view}": {_written(gap)},\n' for view, _, gap in rows)
    out += f"\nOUTLINES: dict[str, Points] = {{\n{values}}}  # fmt: skip\n"
    out += '"""Half of the body\'s outline, from the crown to where the legs part, with x > 0."""\n'
    out += f"\nGAPS: dict[str, Points] = {{\n{gaps}}}  # fmt: skip\n"
    return out + '"""What is open between the trunk and that arm."""\n'


if __name__ == "__main__":
    main()
