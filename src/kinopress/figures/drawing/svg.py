"""The film of a figure as one SVG that moves by itself (SMIL), and its key frames as stills.

Written for how browsers are: `keyTimes` without blanks and with their leading zeros (Safari), styles and dark
colours inside the file because it is shown by `<img>`, no words in a still because a picture takes no font of
the page and must be read on a phone. Identifiers carry the figure's name, so several can stand on a page.
"""

from __future__ import annotations

import functools
import gzip
from collections.abc import Callable
from xml.sax.saxutils import escape

import numpy as np

from kinopress.figures.anatomy.muscles import COVERS, PATCHES, UNNAMED_COVERS, several
from kinopress.figures.anatomy.ribbons import RIBBONS
from kinopress.figures.body import Array
from kinopress.figures.drawing import props, tissue
from kinopress.figures.drawing.arrows import path, push, push_line, way
from kinopress.figures.drawing.captions import captions
from kinopress.figures.drawing.film import Film, Key
from kinopress.figures.drawing.layers import SCALE, Mark
from kinopress.figures.drawing.outline import (
    best_start,
    blob,
    even,
    nodes_of,
    numbers,
    smooth_path,
    trace,
)
from kinopress.figures.drawing.smil import TOLERANCES, Timeline, number
from kinopress.figures.drawing.style import style
from kinopress.figures.pose import Prop, Step

LIGHT_BYTES = 13_000
"""As many bytes as a film should take on the wire (gzip)."""
LEAST_WIDTH = 520.0
STILL = 1.6
"""What moves less than this does not move."""
PAD = 16.0
Muscle = tuple[str, str, str]
"""Side, name, and whether it works (`w`) or is stretched (`x`)."""


class Drawing:
    """Writes one film."""

    def __init__(self, film: Film, name: str) -> None:
        self.film, self.name, self.motion = film, name, film.motion
        self.camera, self.body = film.camera, film.body
        self.timeline = Timeline(film.keys, film.duration)
        self.things = [p for p in self.motion.props if p.kind not in {"wall", "box"}]
        self.low, self.high = self._bounds()
        self._drawn: set[Muscle] = set()

    # ---- the frame

    def _bounds(self) -> tuple[Array, Array]:
        moments = list(self.film.instants.values())
        points = [s.outline for m in moments for s in m.shapes.values() if s]
        points += [props.held(p, self.body, m)[1] for p in self.things for m in moments]
        points += [f.line for f in props.standing(self.motion, self.camera) if f.css != "wall"]
        points += [push_line(self.film, s, force) for s in self.motion.film for force in s.pushes]
        everything = np.vstack(points)
        low, high = everything.min(0) - PAD, everything.max(0) + PAD
        self.mat = props.mat(moments, self.camera)
        low = np.minimum(low, self.mat[0] - self.mat[1])
        high = np.maximum(high, self.mat[0] + self.mat[1])
        width = max(float(high[0] - low[0]), LEAST_WIDTH)
        middle = (low[0] + high[0]) / 2
        return np.array([middle - width / 2, low[1]]), np.array([middle + width / 2, high[1] + 4])

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of one frame."""
        return float(self.high[0] - self.low[0]), float(self.high[1] - self.low[1])

    def _place(self, points: Array) -> Array:
        return points - self.low

    # ---- what moves

    def _moving(
        self, css: str, lines: list[Array], write: Callable[[Array], str], extra: str = ""
    ) -> str:
        """A path through all key times, or for a still through its only one."""
        lines = [self._place(line) for line in lines]
        if max(float(np.abs(line - lines[0]).max()) for line in lines) < STILL:
            lines = lines[:1] * len(lines)
        words = [write(line) for line in lines]
        inner = (
            self.timeline.animate("d", words, lines, self.timeline.tolerance)
            if len(lines) > 1
            else ""
        )
        return path(css, words[0], extra, inner)

    # ---- the body

    def _part(self, name: str, keys: list[Key]) -> str:
        film = self.film
        extra, inner = "", ""
        lines = [self._place(film.nodes[name, k]) for k in keys]
        if max(float(np.abs(line - lines[0]).max()) for line in lines) < STILL:
            keys, lines = keys[:1] * len(keys), lines[:1] * len(lines)
        words = [blob(line) for line in lines]
        if len(keys) > 1:
            inner = self.timeline.animate("d", words, lines, self.timeline.tolerance)
        if (name, keys[0]) in film.dashes:
            dashes = [film.dashes[name, k] for k in keys]
            arrays = [" ".join(number(x) for x in d) for d, _ in dashes]
            starts = [number(o) for _, o in dashes]
            extra = (
                f' pathLength="100" stroke-dasharray="{arrays[0]}" stroke-dashoffset="{starts[0]}"'
            )
            if len(keys) > 1:
                both = [np.r_[d, o] for d, o in dashes]
                inner += self.timeline.animate("stroke-dasharray", arrays, both, 1.5)
                inner += self.timeline.animate("stroke-dashoffset", starts, both, 1.5)
        return path(film.ink(name), words[0], extra, inner)

    def _marks(self, part: str, keys: list[Key]) -> str:
        """Face and fingers, where they look at us throughout."""
        rows: list[list[Mark]] = [
            [m for m in self.film.instants[k].marks if m.on == part] for k in keys
        ]
        if not rows[0]:
            return ""
        least = {"mouth": 0.42}
        floor = 0.5 if part != "head" else 0.30
        chosen = [
            i
            for i, mark in enumerate(rows[0])
            if min(row[i].facing for row in rows) > least.get(mark.name, floor)
        ]
        if not chosen:
            return ""
        lines = [np.vstack([row[i].line for i in chosen]) for row in rows]
        return self._moving("e", lines, _strokes)

    def _body(self, keys: list[Key], order: list[str], muscles: dict[Muscle, str]) -> str:
        """All parts from back to front, each muscle after the last part below it."""
        after: dict[str, list[str]] = {}
        for (side, name, _), drawn in muscles.items():
            covers = COVERS.get(name, UNNAMED_COVERS)
            on = [c if c in {"shirt", "shorts"} else side + c for c in covers]
            last = max(order.index(c) for c in on if c in order)
            after.setdefault(order[last], []).append(drawn)
        under = self._things(keys, before=False)
        over = self._things(keys, before=True)
        boxes = {name: self._standing(prop) for name, prop in props.boxes(self.motion)}
        first = next(i for i, n in enumerate(order) if n not in boxes)
        among = {first: under}
        for ball in (p for p in self.things if p.kind == "ball"):
            gap = props.gap(ball, self.body, [self.film.instants[k] for k in keys], order)
            among[max(gap, first)] = among.get(max(gap, first), "") + self._thing(ball, keys)
        parts = [
            among.get(i, "")
            + (boxes[n] if n in boxes else self._part(n, keys) + self._marks(n, keys))
            + "".join(after.get(n, []))
            for i, n in enumerate(order)
        ]
        return "".join(parts) + among.get(len(order), "") + over

    def _standing(self, prop: Prop) -> str:
        """A wall or a box, which never moves."""
        out = ""
        for face in props.faces(prop, self.camera):
            line = "L".join(f"{x:.0f} {y:.0f}" for x, y in self._place(face.line).tolist())
            out += path(face.css, f"M{line}z")
        return out

    # ---- muscles

    def _muscle(
        self, muscle: Muscle, keys: list[Key], spans: list[tuple[float, float]] | None
    ) -> str:
        side, name, css = muscle
        film = self.film
        nodes = film.muscle_nodes(side, name) if name in PATCHES else {}
        if nodes:
            shown = [k for t, k in film.keys if spans is None or any(a <= t <= b for a, b in spans)]
            shapes = [film.shape(k, f"{side}~{name}") for k in (keys if spans is None else shown)]
            if spans is None and shapes[0] is None:
                return ""
            behind = np.mean([bool(s and s.behind) for s in shapes]) > 0.5 if shapes else False
            drawn = self._moving(css + (" z" if behind else ""), [nodes[k] for k in keys], blob)
        elif name in RIBBONS:
            pieces = [
                tissue.ribbons(
                    self.body,
                    film.instants[k].bent,
                    side,
                    name,
                    self.camera.right,
                    self.camera.up,
                    SCALE,
                )
                for k in keys
            ]
            drawn = "".join(
                self._moving(css, list(lines), smooth_path) for lines in zip(*pieces, strict=True)
            )
        else:
            return ""
        if spans is None:
            return drawn
        fade, first = self.timeline.fade(spans)
        return f'<g opacity="{first}">{fade}{drawn}</g>'

    def _of_step(self, step: Step) -> list[Muscle]:
        return [
            *((s, n, "w") for s, n in several(step.work)),
            *((s, n, "x") for s, n in several(step.stretch)),
        ]

    # ---- what is around it

    def _ground(self, keys: list[Key]) -> str:
        middle, half = self.mat
        middle = self._place(middle)
        out = (
            f'<ellipse class="m" cx="{middle[0]:.0f}" cy="{middle[1]:.0f}"'
            f' rx="{half[0]:.0f}" ry="{half[1]:.0f}"/>'
        )
        shadows = self._shadows
        lines = [shadows[k] for k in keys]
        if len(lines) > 1 and max(float(np.abs(x - lines[0]).max()) for x in lines) < 3:
            lines = lines[:1] * len(lines)
        out += self._moving("g", lines, blob)
        return out + "".join(self._standing(p) for p in self.motion.props if p.kind == "wall")

    @functools.cached_property
    def _shadows(self) -> dict[Key, Array]:
        """What lies below the body, as if light came straight from above."""
        shadows: dict[Key, Array] = {}
        before: Array | None = None
        for key in self.film.in_time:
            flat = self.film.instants[key].skin.copy()
            flat[:, 1] = 0
            points = self.camera.flat(flat)
            traced = trace(points, self.body.f[::2], fine=1.0, blur=3.0)
            if traced is None:  # from the height of the floor it is a line
                low, high = points.min(0), points.max(0)
                turn = np.linspace(0, 2 * np.pi, 200, endpoint=False)
                round_it = np.c_[np.cos(turn), np.sin(turn)] * np.maximum((high - low) / 2, 1)
                traced = (low + high) / 2 + round_it
            curve = even(traced, 200)
            curve = np.roll(curve, 0 if before is None else -best_start(curve, before), 0)
            before = curve
            shadows[key] = nodes_of(curve, 18, 5.0)
        return shadows

    def _things(self, keys: list[Key], *, before: bool) -> str:
        """Straps and bands lie before the body, others behind it; balls and boxes lie between its parts."""
        return "".join(
            self._thing(p, keys)
            for p in self.things
            if p.kind != "ball" and before == (p.kind in {"strap", "band"})
        )

    def _thing(self, prop: Prop, keys: list[Key]) -> str:
        css, _ = props.held(prop, self.body, self.film.instants[keys[0]])
        lines = [props.held(prop, self.body, self.film.instants[k])[1] for k in keys]
        if prop.kind == "strap":
            return self._moving(css, lines, _broken)
        if prop.kind == "roller":
            lines = [nodes_of(even(line, 200), 16, 9.0) for line in lines]
            ends = [props.roller_end(prop, self.body, self.film.instants[k]) for k in keys]
            return self._moving(css, lines, blob) + self._moving("pe", ends, blob)
        return self._moving(css, lines, blob)

    # ---- whole pictures

    def _wrap(self, inner: str, width: float, height: float) -> str:
        words = " ".join(self.motion.words)
        desc = f"<desc>{escape(words)}</desc>" if words else ""
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" class="fig" viewBox="0 0 {width:.0f} {height:.0f}"'
            f' role="img"><title>{escape(self.motion.title)}</title>{desc}'
            f"{style(self.name, self.motion.skin, inner)}{inner}</svg>"
        )

    def moving(self) -> str:
        """The whole film, which goes round and round, with the coach's words below."""
        for tolerance in TOLERANCES:
            self.timeline.tolerance = tolerance
            film = self._film()
            if _is_light(film.encode()):
                break
        return film

    def _film(self) -> str:
        keys = [k for _, k in self.film.keys]
        spans: dict[Muscle, list[tuple[float, float]]] = {}
        for span in self.film.spans:
            for muscle in self._of_step(span.step):
                spans.setdefault(muscle, []).append((span.start, span.end))
        muscles = {m: self._muscle(m, keys, s) for m, s in spans.items()}
        inner = self._ground(keys) + self._body(keys, self.film.order, muscles)
        for span in self.film.spans:
            if span.step.pushes:
                fade, first = self.timeline.fade([(span.start, span.end)])
                inner += f'<g opacity="{first}">{fade}{push(self.film, span.step, self.low)}</g>'
        width, height = self.size
        words, lines = captions(self.film, self.timeline, width, height)
        return self._wrap(inner + words, width, height + 14 + lines * 38)

    @property
    def frames(self) -> list[Step]:
        """The steps that the stills show, three at most; the last where all are left out."""
        return [s for s in self.motion.film if s.key][:3] or list(self.motion.film[-1:])

    @functools.cached_property
    def _frames(self) -> list[str]:
        return [self._frame(i) for i in range(len(self.frames))]

    def _frame(self, index: int) -> str:
        step = self.frames[index]
        key: Key = (step.pose, step.pose, 0.0)
        muscles = {m: self._muscle(m, [key], None) for m in self._of_step(step)}
        self._drawn |= {m for m, drawn in muscles.items() if drawn}
        inner = self._ground([key]) + self._body([key], self.film.order_at(key), muscles)
        inner += push(self.film, step, self.low)
        at = next(i for i, s in enumerate(self.motion.film) if s is step)
        if at:  # the way here, even from a pose that no still shows
            inner += way(self.film, self.motion.film[at - 1].pose, step, self.low)
        return inner

    def shows(self, css: str, side: str, name: str) -> bool:
        """Whether some still shows a muscle, or one of a group, working (`w`) or stretched (`x`)."""
        return bool(self._frames) and any(
            (s, n, css) in self._drawn for s, n in several(((side, name),))
        )

    def still(self, index: int) -> str:
        """One key frame, without words: the page has them beside it."""
        return self._wrap(self._frames[index], *self.size)

    def sheet(self) -> str:
        """All key frames, numbered: side by side when they are tall, one below the other when wide."""
        width, height = self.size
        count = len(self.frames)
        beside = width * count <= height * count * 1.25 or count == 1
        total = (width * count, height) if beside else (width, height * count)
        font = max(total[0] / 22, 24.0)
        out = ""
        for i in range(count):
            x, y = (i * width, 0.0) if beside else (0.0, i * height)
            badge = (
                f'<g font-size="{font:.0f}"><circle class="n" cx="{font:.0f}" cy="{font:.0f}"'
                f' r="{font * 0.8:.0f}"/><text class="nt" x="{font:.0f}" y="{font * 1.36:.0f}">'
                f"{i + 1}</text></g>"
            )
            shown = badge if count > 1 else ""
            out += f'<g transform="translate({x:.0f} {y:.0f})">{self._frames[i]}{shown}</g>'
        return self._wrap(out, *total)


def _is_light(film: bytes) -> bool:
    """Whether a film is light; what is so when it is packed in a hurry need not be packed with care, which takes ten times as long."""
    return any(len(gzip.compress(film, level, mtime=0)) <= LIGHT_BYTES for level in (1, 9))


def _strokes(points: Array) -> str:
    """Short curved lines of three points each, through the middle one."""
    out = ""
    for a, b, c in np.round(points).reshape(-1, 3, 2):
        out += f"M{numbers(a)}q{numbers(np.r_[2 * b - 0.5 * a - 0.5 * c - a, c - a])}"
    return out


def _broken(points: Array) -> str:
    return "M" + "L".join(f"{x:.0f} {y:.0f}" for x, y in points.tolist())
