"""The drawing of a muscle's page: the body as a pale outline, its bones, and what the page is about in full.

Bones and muscles are lines and sheets in space (`ribbons`, `bones`). Each is made thick, laid into the picture and
traced like a limb of a figure. A small whole body beside it says which part of it the picture is.
"""

from __future__ import annotations

import functools
from xml.sax.saxutils import escape

import numpy as np
from numpy.typing import NDArray

from kinopress.figures.anatomy.bones import BONES, IN_THE_MIDDLE
from kinopress.figures.anatomy.plates import (
    BESIDE,
    FRAMES,
    NERVES,
    PLATES,
    VIEWS,
    Plate,
    shown_by,
    words_of,
)
from kinopress.figures.anatomy.ribbons import RIBBONS, Pieces, Ribbon
from kinopress.figures.body import SKIN, Array, Bent, Body
from kinopress.figures.drawing.layers import SCALE, Camera
from kinopress.figures.drawing.outline import blob, even, nodes_of, smooth_path, traces
from kinopress.figures.drawing.style import plate_style
from kinopress.figures.drawing.tissue import place_of, smooth
from kinopress.figures.joints import INDEX, MOVEMENTS, SIDES

STANDING = {
    "shoulder.abduct": 22.0,
    "elbow.flex": 10.0,
    "forearm.pronate": 60.0,
    "hip.abduct": 4.0,
}
ARM = ("uarm", "farm", "hand")
SIDE = 520.0
"""The longer side of the picture, in its own units."""
INSET = 96.0
"""The width that the small body takes."""
AROUND = np.linspace(0, 2 * np.pi, 12, endpoint=False)
SHEET_M = 0.003
"""Half the thickness of a sheet, so that one seen from its edge is still a line."""
STEPS = 9
"""Points between two stations."""
LEAST_UNITS = 18.0
"""A piece or a hole with a shorter border is left out."""
NERVE_UNITS = 5.0
"""A nerve is no thinner, or a phone would not show it."""
NODE_UNITS, NODES_LEAST, NODES_MOST = 13.0, 7, 64


@functools.lru_cache(maxsize=1)
def _standing() -> tuple[Body, Bent, Array]:
    """A body that stands upright, its arms a little away from it."""
    body = Body("woman")
    q = np.zeros(len(MOVEMENTS))
    for name, angle in STANDING.items():
        for side in SIDES:
            q[INDEX[f"{side}.{name}"]] = angle
    bent = body.bend(q[None], np.eye(3))
    return body, bent, body.skinned(bent, dict.fromkeys(SIDES, "soft"))


class _Picture:
    """One plate: its camera, its scale and what is outside its frame."""

    def __init__(self, plate: Plate) -> None:
        self.plate = plate
        self.body, self.bent, self.skin = _standing()
        degrees, high, _ = VIEWS[plate.view]
        self.camera = Camera.at(degrees, high)
        self.corners: Array = np.array(np.meshgrid(*FRAMES[plate.frame])).T.reshape(-1, 3)
        flat = self.camera.flat(self.corners) / SCALE
        self.low, self.high = flat.min(0), flat.max(0)
        self.scale = SIDE / float((self.high - self.low).max())
        self.size = (self.high - self.low) * self.scale

    def flat(self, points: Array) -> Array:
        """Points of the room in units of the picture."""
        out: Array = (self.camera.flat(points) / SCALE - self.low) * self.scale
        return out

    def _way(self, side: str, ribbon: Ribbon, edge: int) -> Array:
        stations = ribbon.edges[edge]
        places = [place_of(self.body, self.bent, side, s) for s in stations]
        return smooth(places, STEPS * (len(places) - 1) + 1)

    def _solid(self, side: str, ribbon: Ribbon) -> tuple[Array, NDArray[np.int64]]:
        """A piece as points and triangles in the picture: discs along each line, and what is between."""
        ways = [self._way(side, ribbon, e) for e in range(len(ribbon.edges))]
        flats = [self.flat(way) for way in ways]
        count = len(ways[0])
        half = np.full(count, SHEET_M)
        if len(ways) == 1:
            given = [s.half_m for s in ribbon.edges[0]]
            half = np.interp(np.linspace(0, len(given) - 1, count), range(len(given)), given)
        points: list[Array] = []
        triangles: list[NDArray[np.int64]] = []

        def add(corners: Array, faces: list[list[int]]) -> None:
            triangles.append(np.array(faces) + sum(map(len, points)))
            points.append(corners)

        fan = [[0, k, k + 1] for k in range(1, len(AROUND) - 1)]
        for line in flats:
            for middle, radius in zip(line, half * self.scale, strict=True):
                add(middle + np.c_[np.cos(AROUND), np.sin(AROUND)] * radius, fan)
        steps = range(count - 1)
        strip = [[i, i + 1, count + i] for i in steps]
        strip += [[i + 1, count + i + 1, count + i] for i in steps]
        for way in flats:
            along = np.gradient(way, axis=0)
            along /= np.maximum(np.linalg.norm(along, axis=1, keepdims=True), 1e-6)
            aside = np.c_[-along[:, 1], along[:, 0]] * (half * self.scale)[:, None]
            add(np.vstack([way + aside, way - aside]), strip)
        if len(flats) == 2:
            add(np.vstack(flats), strip)
        return np.vstack(points), np.vstack(triangles)

    def _joined(self, side: str, pieces: Pieces) -> str:
        """The outline of several pieces that are one."""
        solids = [self._solid(side, piece) for piece in pieces]
        starts = np.cumsum([0, *(len(p) for p, _ in solids)])
        points = np.vstack([p for p, _ in solids])
        triangles = np.vstack([t + s for (_, t), s in zip(solids, starts, strict=False)])
        return self.outlines(points, triangles)

    def outlines(self, points: Array, triangles: NDArray[np.int64], fine: float = 2.0) -> str:
        """Path data of all that triangles cover in the frame; its holes are in it."""
        away = np.array([24.0, 24.0])
        inside = (points[triangles] > -away) & (points[triangles] < self.size + away)
        triangles = triangles[inside.all(2).any(1)]
        if not len(triangles):
            return ""
        used, triangles = np.unique(triangles, return_inverse=True)
        lines = traces(points[used], triangles.reshape(-1, 3), fine=fine, blur=1.4)
        out = ""
        for line in lines:
            around = float(np.linalg.norm(np.diff(line, axis=0), axis=1).sum())
            if around < LEAST_UNITS:
                continue
            nodes = int(np.clip(around / NODE_UNITS, NODES_LEAST, NODES_MOST))
            out += blob(nodes_of(even(line[:-1]), nodes, 7.0))
        return out

    @functools.cached_property
    def skin_triangles(self) -> NDArray[np.int64]:
        """What of the skin is drawn: arms would hide a hip from the side, and a body its sole."""
        own = self.body.own
        if self.plate.view == "below":
            shown = np.isin(own, ["Rfoot", "Rtoes"])
        elif self.plate.view in {"outside", "inside"}:
            shown = ~np.isin(own, [s + b for s in SIDES for b in ARM])
        else:
            return self.body.f
        out: NDArray[np.int64] = self.body.f[shown[self.body.f].all(1)]
        return out

    def bones(self, names: tuple[str, ...], css: str) -> str:
        """Bones of both sides, each with its outline."""
        out = ""
        for name in names:
            if self.plate.view == "below" and name != "foot":
                continue
            for side in self._sides(name):
                out += _path(css, self._joined(side, BONES[name]))
        return out

    def _sides(self, bone: str) -> str:
        return "R" if bone in IN_THE_MIDDLE or self.plate.view == "below" else "LR"

    def tissue(self, name: str, css: str) -> str:
        """A muscle as its pieces, or a nerve as lines."""
        out = ""
        for side in "LR" if self.plate.both else "R":
            if name in NERVES:
                for ribbon in RIBBONS[name]:
                    line = smooth_path(self.flat(self._way(side, ribbon, 0))[::3], closed=False)
                    wide = max(2 * ribbon.edges[0][0].half_m * self.scale, NERVE_UNITS)
                    out += f'<path class="{css}e" d="{line}" stroke-width="{wide + 4:.0f}"/>'
                    out += f'<path class="{css}n" d="{line}" stroke-width="{wide:.0f}"/>'
            else:
                out += "".join(_path(css, self._joined(side, (p,))) for p in RIBBONS[name])
        return out


def _path(css: str, line: str) -> str:
    return f'<path class="{css}" d="{line}"/>' if line else ""


def _inset(picture: _Picture) -> str:
    """The whole body, small, with a frame where the picture is."""
    view = BESIDE.get(picture.plate.view, picture.plate.view)
    camera = Camera.at(*VIEWS[view][:2])
    flat = camera.flat(picture.skin[:SKIN]) / SCALE
    low, high = flat.min(0), flat.max(0)
    scale = min((INSET - 8) / float((high - low)[0]), SIDE * 0.5 / float((high - low)[1]))
    points = (flat - low) * scale + 4
    line = "".join(
        blob(nodes_of(even(c[:-1]), 60, 7.0))
        for c in traces(points, picture.body.f, fine=4.0, blur=0.6)
        if len(c) > 60
    )
    frame = camera.flat(picture.corners) / SCALE
    a, b = ((edge - low) * scale + 4 for edge in (frame.min(0), frame.max(0)))
    a, b = np.maximum(a, 1), np.minimum(b, [INSET - 2, np.inf])
    box = f'<rect class="f" x="{a[0]:.0f}" y="{a[1]:.0f}" width="{b[0] - a[0]:.0f}" height="{b[1] - a[1]:.0f}"/>'
    return _path("q", line) + box


def plate(name: str) -> str:
    """The drawing of a page as an SVG.

    Args:
        name: The file name of the page; one of `PLATES`.
    """
    what = PLATES[name]
    picture = _Picture(what)
    wide, high = (float(x) for x in picture.size)
    shown = shown_by(name)
    bones = tuple(b for b in BONES if b not in what.bare)
    skin = picture.outlines(picture.flat(picture.skin[:SKIN]), picture.skin_triangles, fine=1.0)
    inner = _path("q", skin) + picture.bones(bones, "b")
    inner += "".join(picture.tissue(n, "y") for n in what.beside)
    inner += "".join(picture.tissue(n, "w") for n in shown)
    inner += picture.bones(what.over, "b o")
    title = name.replace("-", " ")
    title = title[0].upper() + title[1:]
    beside = ", ".join(n.replace("-", " ") for n in what.beside)
    says = f"{words_of(name)[0].upper()}{words_of(name)[1:]}."
    says += f" Faint beside it: {beside}." if beside else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="fig" viewBox="0 0 {wide + INSET:.0f} {high:.0f}"'
        f' role="img"><title>{escape(title)}</title><desc>{escape(says)}</desc>{plate_style()}'
        f"{_inset(picture)}"
        f'<svg x="{INSET:.0f}" y="0" width="{wide:.0f}" height="{high:.0f}" viewBox="0 0 {wide:.0f} {high:.0f}">'
        f"{inner}</svg></svg>"
    )
