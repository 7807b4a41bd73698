"""Arrows: the force of a push, and the dotted way of what moves."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from kinopress.figures.body import Array, unit
from kinopress.figures.drawing.film import Film
from kinopress.figures.drawing.outline import smooth_path
from kinopress.figures.joints import INDEX
from kinopress.figures.pose import Force, Step

SHORTEST = 46
"""Units of the picture: of a shorter way only an arrow's head and one dot could be seen, so it is drawn as long as this."""
STILL = 8
"""A shorter way is not drawn: its place rests moves as much while the rest of the body does."""
NEAR_M, FAR_M = 0.035, 0.21
"""So far from its place an arrow begins and ends, in metres."""
MANY_ENOUGH = 3
"""More instants than this tell the way between two poses well enough."""


def path(css: str, line: str, extra: str = "", inner: str = "") -> str:
    """A path element."""
    head = f'<path class="{css}" d="{line}"{extra}'
    return f"{head}>{inner}</path>" if inner else f"{head}/>"


def push_line(film: Film, step: Step, force: Force) -> Array:
    """From where to where an arrow goes: the way its place would take if nothing held it."""
    q = film.instants[step.pose, step.pose, 0.0].q[None]
    moved = q.copy()
    big = 2 if INDEX[force.movement] > 2 else 0.02
    moved[0, INDEX[force.movement]] += force.sign * big
    bend = film.poses.solver.bend
    here, there = (film.body.at(bend(x), force.place)[0] for x in (q, moved))
    way = unit(there - here)
    line = np.array([here + way * NEAR_M, here + way * FAR_M])
    if line[1, 1] < 0:  # what presses on the floor is shown from above: nobody sees below it
        line += way * (line[1, 1] / max(-way[1], 1e-6))
    return film.camera.flat(line)


def push(film: Film, step: Step, corner: Array) -> str:
    """The arrows of a step's forces, if it has any; `corner` is where the picture begins."""
    lines = [push_line(film, step, force) - corner for force in step.pushes]
    return "".join(_arrow(start, tip, "a", 17, 11) for start, tip in lines)


def way(film: Film, before: str, step: Step, corner: Array) -> str:
    """The dotted way of a place from one pose to the next."""
    if film.motion.path is None or before == step.pose:
        return ""
    line = way_of(film, film.motion.path, before, step.pose) - corner
    length = float(np.linalg.norm(line[-1] - line[0]))
    if length < STILL:
        return ""
    if length < SHORTEST:
        line = _longer(line[0], line[-1])
    along = unit(line[-1] - line[-2])
    end = line[-1].copy()
    away = np.linalg.norm(line - end, axis=1)
    # no point beside the head: the way would turn back there
    dotted: Array = np.concatenate([line[away > 18], [end - along * 14]])
    shaft = smooth_path(dotted, closed=False)
    return _edged("b", shaft, lambda css: _head(end, along, css, 14, 9))


def _longer(start: Array, end: Array) -> Array:
    """A short way, straight and long enough to be seen: it begins where the way begins and goes on beyond its end."""
    reach = unit(end - start) * SHORTEST
    out: Array = start + np.linspace(0, 1, 7)[:, None] * reach
    return out


def way_of(film: Film, place: str, before: str, after: str) -> Array:
    """Seven points of the way of a place: those of the film's instants, or of poses found for it where it has none."""
    shown = {0.0: (before, before, 0.0), 1.0: (after, after, 0.0)}
    for a, b, share in film.instants:
        if (a, b) == (before, after):
            shown[share] = (a, b, share)
        elif (b, a) == (before, after):
            shown[1 - share] = (a, b, share)
    even = np.linspace(0, 1, 7)
    if len(shown) > MANY_ENOUGH:
        shares = sorted(shown)
        bent = [film.instants[shown[share]].bent for share in shares]
    else:
        shares = even.tolist()
        solver = film.poses.solver
        bent = [solver.bend(film.poses.between(before, after, x)[None]) for x in shares]
    points = np.vstack([film.camera.flat(film.body.at(b, place)) for b in bent])
    out: Array = _curve(np.array(shares), points)
    return out


def _curve(shares: Array, points: Array) -> Array:
    """Seven points of the cubic that begins and ends where the points do and lies nearest to the rest.

    A cubic that need not go through the ends, with its ends moved there afterwards, has a hook at each.
    """

    def bends(x: Array) -> Array:
        both: Array = np.c_[x * (1 - x), x * x * (1 - x)]
        return both[:, : max(len(shares) - 2, 0)]

    def straight(x: Array) -> Array:
        line: Array = points[0] + (points[-1] - points[0]) * x[:, None]
        return line

    fitted = np.linalg.lstsq(bends(shares), points - straight(shares), rcond=None)[0]
    even = np.linspace(0, 1, 7)
    out: Array = straight(even) + bends(even) @ fitted
    return out


def _head(tip: Array, along: Array, css: str, long: float, half: float) -> str:
    aside = np.array([-along[1], along[0]]) * half
    base = tip - along * long
    corners = (tip, base + aside, base - aside)
    return path(css, "M" + "L".join(f"{x:.0f} {y:.0f}" for x, y in corners) + "z")


def _arrow(start: Array, tip: Array, css: str, long: float, half: float) -> str:
    length = float(np.linalg.norm(tip - start))
    along = (tip - start) / max(length, 1e-6)
    tip = start + along * max(length, 34.0)
    end = tip - along * long
    shaft = f"M{start[0]:.0f} {start[1]:.0f}L{end[0]:.0f} {end[1]:.0f}"
    return _edged(css, shaft, lambda css: _head(tip, along, css, long, half))


def _edged(css: str, shaft: str, head: Callable[[str], str]) -> str:
    """An arrow on a pale edge of its own: without it a red arrow is lost in a red muscle."""
    edge = path(f"{css}o", shaft) + head(f"{css}ho")
    return edge + path(css, shaft) + head(f"{css}h")
