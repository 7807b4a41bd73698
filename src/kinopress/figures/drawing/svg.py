"""The film of a figure as one SVG that moves by itself (SMIL), and its key frames as stills.

Written for how browsers are: `keyTimes` without blanks and with their leading zeros (Safari), styles and dark
colours inside the file because it is shown by `<img>`, no words in a still because a picture takes no font of
the page and must be read on a phone. Identifiers carry the figure's name, so several can stand on a page.
"""

from __future__ import annotations

import functools
import gzip
import math
from collections.abc import Callable
from xml.sax.saxutils import escape

import numpy as np

from kinopress.figures.body import Array, unit
from kinopress.figures.drawing import props, tissue
from kinopress.figures.drawing.film import Film, Key, Span
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
from kinopress.figures.drawing.style import style
from kinopress.figures.joints import INDEX
from kinopress.figures.muscles import COVERS, PATCHES, UNNAMED_COVERS, several
from kinopress.figures.pose import Prop, Step
from kinopress.figures.ribbons import RIBBONS

TOLERANCES = (2.3, 2.9, 3.5, 4.1)
"""Units by which a point may stray between two key times: about a pixel on a phone. The first at which the
film is light enough is taken."""
LIGHT_BYTES = 13_000
"""As many bytes as a film should take on the wire (gzip)."""
LEAST_WIDTH = 520.0
STILL = 1.6
"""What moves less than this does not move."""
PAD = 16.0
LETTER = 18.5
"""A letter of a caption takes so many units at most on average, whichever font a computer has."""
Muscle = tuple[str, str, str]
"""Side, name, and whether it works (`w`) or is stretched (`x`)."""


def number(value: float, digits: int = 1) -> str:
    """A short decimal; a zero before the point stays."""
    word = f"{value:.{digits}f}"
    word = word.rstrip("0").rstrip(".") if "." in word else word
    return "0" if word in {"-0", ""} else word


class Drawing:
    """Writes one film."""

    def __init__(self, film: Film, name: str) -> None:
        self.film, self.name, self.motion = film, name, film.motion
        self.camera, self.body = film.camera, film.body
        self.tolerance = TOLERANCES[0]
        self.things = [p for p in self.motion.props if p.kind not in {"wall", "box"}]
        self.low, self.high = self._bounds()

    # ---- the frame

    def _bounds(self) -> tuple[Array, Array]:
        moments = list(self.film.instants.values())
        points = [s.outline for m in moments for s in m.shapes.values() if s]
        points += [props.held(p, self.body, m)[1] for p in self.things for m in moments]
        points += [f.line for f in props.standing(self.motion, self.camera) if f.css != "wall"]
        points += [x for s in self.motion.film if (x := self._push_line(s)) is not None]
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

    def _thin(self, values: list[Array], tolerance: float) -> list[int]:
        """The key times that are needed, so that a straight way between them stays within the tolerance."""
        times = [t for t, _ in self.film.keys]
        kept = {0, len(values) - 1}

        def split(i: int, j: int) -> None:
            if j <= i + 1:
                return
            off = [
                float(
                    np.abs(
                        values[i]
                        + (values[j] - values[i])
                        * ((times[k] - times[i]) / max(times[j] - times[i], 1e-9))
                        - values[k]
                    ).max()
                )
                for k in range(i + 1, j)
            ]
            worst = int(np.argmax(off))
            if off[worst] > tolerance:
                kept.add(i + 1 + worst)
                split(i, i + 1 + worst)
                split(i + 1 + worst, j)

        split(0, len(values) - 1)
        return sorted(kept)

    def _animate(
        self, attribute: str, words: list[str], values: list[Array], tolerance: float
    ) -> str:
        if len(set(words)) == 1:
            return ""
        picked = self._thin(values, tolerance)
        times = [self.film.keys[i][0] / self.film.duration for i in picked]
        words = [words[i] for i in picked]
        kept = [
            (number(t, 3), w)
            for i, (t, w) in enumerate(zip(times, words, strict=True))
            if not (0 < i < len(words) - 1 and words[i - 1] == w == words[i + 1])
        ]
        return self._smil(attribute, [t for t, _ in kept], [w for _, w in kept])

    def _smil(self, attribute: str, times: list[str], words: list[str]) -> str:
        return (
            f'<animate attributeName="{attribute}" dur="{number(self.film.duration)}s"'
            f' repeatCount="indefinite" keyTimes="{";".join(times)}" values="{";".join(words)}"/>'
        )

    def _moving(
        self, css: str, lines: list[Array], write: Callable[[Array], str], extra: str = ""
    ) -> str:
        """A path through all key times, or for a still through its only one."""
        lines = [self._place(line) for line in lines]
        if max(float(np.abs(line - lines[0]).max()) for line in lines) < STILL:
            lines = lines[:1] * len(lines)
        words = [write(line) for line in lines]
        inner = self._animate("d", words, lines, self.tolerance) if len(lines) > 1 else ""
        return _path(css, words[0], extra, inner)

    def _fade(self, spans: list[tuple[float, float]], ramp: float = 0.25) -> tuple[str, int]:
        """Seen only in some spans of the film."""
        length = self.film.duration
        times, shown = [0.0], [0]
        for start, end in sorted(spans):
            if start <= 1e-6:
                shown[0] = 1
            else:
                times += [max(start - ramp, 0), start]
                shown += [0, 1]
            if end >= length - 1e-6:
                times.append(length)
                shown.append(1)
            else:
                times += [end, min(end + ramp, length)]
                shown += [1, 0]
        if times[-1] < length:
            times.append(length)
            shown.append(shown[-1])
        words = [number(t / length, 3) for t in times]
        return self._smil("opacity", words, [str(x) for x in shown]), shown[0]

    # ---- the body

    def _part(self, name: str, keys: list[Key]) -> str:
        film = self.film
        extra, inner = "", ""
        lines = [self._place(film.nodes[name, k]) for k in keys]
        if max(float(np.abs(line - lines[0]).max()) for line in lines) < STILL:
            keys, lines = keys[:1] * len(keys), lines[:1] * len(lines)
        words = [blob(line) for line in lines]
        if len(keys) > 1:
            inner = self._animate("d", words, lines, self.tolerance)
        if (name, keys[0]) in film.dashes:
            dashes = [film.dashes[name, k] for k in keys]
            arrays = [" ".join(number(x) for x in d) for d, _ in dashes]
            starts = [number(o) for _, o in dashes]
            extra = (
                f' pathLength="100" stroke-dasharray="{arrays[0]}" stroke-dashoffset="{starts[0]}"'
            )
            if len(keys) > 1:
                both = [np.r_[d, o] for d, o in dashes]
                inner += self._animate("stroke-dasharray", arrays, both, 1.5)
                inner += self._animate("stroke-dashoffset", starts, both, 1.5)
        return _path(film.ink(name), words[0], extra, inner)

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
        balls: dict[int, str] = {}
        for ball in (p for p in self.things if p.kind == "ball"):
            gap = props.gap(ball, self.body, [self.film.instants[k] for k in keys], order)
            balls[gap] = balls.get(gap, "") + self._thing(ball, keys)
        parts = [
            balls.get(i, "")
            + self._part(n, keys)
            + self._marks(n, keys)
            + "".join(after.get(n, []))
            for i, n in enumerate(order)
        ]
        return under + "".join(parts) + balls.get(len(order), "") + over

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
        fade, first = self._fade(spans)
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
        for face in props.standing(self.motion, self.camera):
            corners = self._place(face.line)
            line = "L".join(f"{x:.0f} {y:.0f}" for x, y in corners.tolist())
            out += _path(face.css, f"M{line}z")
        return out

    @functools.cached_property
    def _shadows(self) -> dict[Key, Array]:
        """What lies below the body, as if light came straight from above."""
        shadows: dict[Key, Array] = {}
        before: Array | None = None
        for key in self.film.in_time:
            flat = self.film.instants[key].skin.copy()
            flat[:, 1] = 0
            traced = trace(self.camera.flat(flat), self.body.f[::2], fine=1.0, blur=3.0)
            if traced is None:
                continue
            curve = even(traced, 200)
            curve = np.roll(curve, 0 if before is None else -best_start(curve, before), 0)
            before = curve
            shadows[key] = nodes_of(curve, 18, 5.0)
        return shadows

    def _things(self, keys: list[Key], *, before: bool) -> str:
        """Straps and bands lie before the body, other things behind it; a ball lies between its parts."""
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
        return self._moving(css, lines, blob)

    def _push_line(self, step: Step) -> Array | None:
        """From where to where an arrow goes: the way its place would take if nothing held it."""
        if step.push is None:
            return None
        q = self.film.instants[step.pose, step.pose, 0.0].q[None]
        moved = q.copy()
        big = 2 if INDEX[step.push.movement] > 2 else 0.02
        moved[0, INDEX[step.push.movement]] += step.push.sign * big
        bend = self.film.poses.solver.bend
        here, there = (self.body.at(bend(x), step.push.place)[0] for x in (q, moved))
        way = unit(there - here)
        return self.camera.flat(np.array([here + way * 0.035, here + way * 0.21]))

    def _push(self, step: Step) -> str:
        line = self._push_line(step)
        if line is None:
            return ""
        flat = self._place(line)
        return _arrow(flat[0], flat[1], "a", 17, 11)

    def _way(self, before: str, step: Step) -> str:
        """The dotted way of a place from one pose to the next."""
        if self.motion.path is None or before == step.pose:
            return ""
        points = []
        for share in np.linspace(0, 1, 7):
            q = self.film.poses.between(before, step.pose, float(share))
            bent = self.film.poses.solver.bend(q[None])
            points.append(self.camera.flat(self.body.at(bent, self.motion.path))[0])
        line = self._place(np.array(points))
        if np.linalg.norm(line[-1] - line[0]) < 26:
            return ""
        along = unit(line[-1] - line[-2])
        end = line[-1].copy()
        line[-1] = end - along * 14
        shaft = smooth_path(line, closed=False)
        return _edged("b", shaft, lambda css: _head(end, along, css, 14, 9))

    # ---- whole pictures

    def _wrap(self, inner: str, width: float, height: float) -> str:
        words = " ".join(self.motion.words)
        desc = f"<desc>{escape(words)}</desc>" if words else ""
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" class="fig" viewBox="0 0 {width:.0f} {height:.0f}"'
            f' role="img"><title>{escape(self.motion.title)}</title>{desc}'
            f"{style(self.name, self.motion.skin)}{inner}</svg>"
        )

    def moving(self) -> str:
        """The whole film, which goes round and round, with the coach's words below."""
        for tolerance in TOLERANCES:
            self.tolerance = tolerance
            film = self._film()
            if len(gzip.compress(film.encode(), 9, mtime=0)) <= LIGHT_BYTES:
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
            if span.step.push is not None:
                fade, first = self._fade([(span.start, span.end)])
                inner += f'<g opacity="{first}">{fade}{self._push(span.step)}</g>'
        width, height = self.size
        words, lines = self._captions(width, height)
        return self._wrap(inner + words, width, height + 14 + lines * 38)

    def _captions(self, width: float, height: float) -> tuple[str, int]:
        out, most = "", 0
        for span in self.film.spans:
            if not span.step.say:
                continue
            inset = 46 if span.step.count_s else 8
            lines = _broken_words(span.step.say, int((width - inset) / LETTER))
            most = max(most, len(lines))
            fade, first = self._fade(
                [(span.start + 0.2, max(span.end - 0.2, span.start + 0.3))], 0.2
            )
            words = "".join(
                f'<text x="{inset}" y="{height + 34 + 38 * i:.0f}">{escape(line)}</text>'
                for i, line in enumerate(lines)
            )
            ring = self._ring(span, height + 24) if span.step.count_s else ""
            out += f'<g opacity="{first}">{fade}{ring}{words}</g>'
        return out, most

    def _ring(self, span: Span, y: float) -> str:
        """A ring that closes as the seconds go by."""
        start, end = (number(t / self.film.duration, 3) for t in (span.start, span.end))
        css = "x" if span.step.stretch else "w"
        circle = f'<circle cx="22" cy="{y:.0f}" r="14" class="r'
        run = self._smil("stroke-dashoffset", ["0", start, end, "1"], ["1", "1", "0", "0"])
        return (
            f'{circle}0"/>{circle}{css}" pathLength="1" stroke-dasharray="1" stroke-dashoffset="1"'
            f' transform="rotate(-90 22 {y:.0f})">{run}</circle>'
        )

    @property
    def frames(self) -> list[Step]:
        """The steps that the stills show, three at most."""
        return [s for s in self.motion.film if s.key][:3]

    @functools.cached_property
    def _frames(self) -> list[str]:
        return [self._frame(i) for i in range(len(self.frames))]

    def _frame(self, index: int) -> str:
        step = self.frames[index]
        key: Key = (step.pose, step.pose, 0.0)
        muscles = {m: self._muscle(m, [key], None) for m in self._of_step(step)}
        inner = self._ground([key]) + self._body([key], self.film.order_at(key), muscles)
        inner += self._push(step)
        if index:
            inner += self._way(self.frames[index - 1].pose, step)
        return inner

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


def _path(css: str, line: str, extra: str = "", inner: str = "") -> str:
    head = f'<path class="{css}" d="{line}"{extra}'
    return f"{head}>{inner}</path>" if inner else f"{head}/>"


def _strokes(points: Array) -> str:
    """Short curved lines of three points each, through the middle one."""
    out = ""
    for a, b, c in np.round(points).reshape(-1, 3, 2):
        out += f"M{numbers(a)}q{numbers(np.r_[2 * b - 0.5 * a - 0.5 * c - a, c - a])}"
    return out


def _broken(points: Array) -> str:
    return "M" + "L".join(f"{x:.0f} {y:.0f}" for x, y in points.tolist())


def _head(tip: Array, along: Array, css: str, long: float, half: float) -> str:
    aside = np.array([-along[1], along[0]]) * half
    base = tip - along * long
    corners = (tip, base + aside, base - aside)
    return _path(css, "M" + "L".join(f"{x:.0f} {y:.0f}" for x, y in corners) + "z")


def _arrow(start: Array, tip: Array, css: str, long: float, half: float) -> str:
    length = float(np.linalg.norm(tip - start))
    along = (tip - start) / max(length, 1e-6)
    tip = start + along * max(length, 34.0)
    end = tip - along * long
    shaft = f"M{start[0]:.0f} {start[1]:.0f}L{end[0]:.0f} {end[1]:.0f}"
    return _edged(css, shaft, lambda css: _head(tip, along, css, long, half))


def _edged(css: str, shaft: str, head: Callable[[str], str]) -> str:
    """An arrow on a pale edge of its own: without it a red arrow is lost in a red muscle."""
    edge = _path(f"{css}o", shaft) + head(f"{css}ho")
    return edge + _path(css, shaft) + head(f"{css}h")


def _broken_words(words: str, width: int) -> list[str]:
    """Words in lines of about equal length, none longer than so many letters."""
    if len(words) <= width:
        return [words]
    each = max(len(words) / math.ceil(len(words) / width) + 4, 8)
    lines = [""]
    for word in words.split():
        joined = f"{lines[-1]} {word}".strip()
        if len(joined) <= min(each, width) or not lines[-1]:
            lines[-1] = joined
        else:
            lines.append(word)
    return lines
