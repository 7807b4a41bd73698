"""The door of the room: a motion becomes the files of a figure.

Whoever imports this module imports numpy; `pose`, `joints`, `places` and `muscles` need it not.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass, replace

from kinopress.figures.agreement.words import words_findings
from kinopress.figures.body import Body
from kinopress.figures.checks import Finding, check
from kinopress.figures.drawing import props
from kinopress.figures.drawing.cutting import Cutting
from kinopress.figures.drawing.film import Film
from kinopress.figures.drawing.style import style
from kinopress.figures.drawing.svg import Drawing
from kinopress.figures.lengths import muscle_findings
from kinopress.figures.pose import Motion, Step
from kinopress.figures.solve import Poses


@dataclass(frozen=True, slots=True)
class Drawn:
    """A figure.

    Attributes:
        moving: The film as an SVG that moves by itself.
        sheet: Its key frames on one picture, numbered.
        stills: The key frames one by one.
        says: The words of each key frame.
        width: Units of a key frame, as are `height` and the sheet's.
        findings: What is doubtful about it.
        works: Muscles that some still shows working, by the names of their pages.
        stretches: Muscles that some still shows stretched.
    """

    moving: str
    sheet: str
    stills: tuple[str, ...]
    says: tuple[str, ...]
    width: int
    height: int
    findings: tuple[Finding, ...]
    works: tuple[str, ...] = ()
    stretches: tuple[str, ...] = ()


VIEW_WIDTH, VIEW_WORDS = 520.0, 52.0
"""Units of one of six views, and of the words below it."""


@functools.lru_cache(maxsize=2)
def _body(build: str) -> Body:
    return Body(build)


@functools.lru_cache(maxsize=2)
def _cut(build: str) -> Cutting:
    return Cutting(_body(build))


def solve(motion: Motion) -> tuple[Poses, list[Finding]]:
    """The poses of a motion alone, and what is doubtful about them."""
    poses = Poses(motion, _body(motion.build))
    return poses, [*check(poses), *muscle_findings(poses), *words_findings(poses)]


SIX_VIEWS = ((0, 12), (90, 12), (180, 12), (270, 12), (45, 25), (80, 65))
"""From ahead, the right, behind, the left, between, and above: degrees as a pose file gives them in `seen`."""


def draw_views(motion: Motion, name: str) -> str:
    """The last key frame from six sides on one sheet, each with the line that chooses it.

    Args:
        motion: What a pose file says.
        name: The exercise's file name; it begins every identifier in the drawing.
    """
    body = _body(motion.build)
    poses = Poses(motion, body)
    last = ([step for step in motion.film if step.key] or motion.film)[-1]
    stills: list[tuple[float, float, str]] = []
    for number, (degrees, up) in enumerate(SIX_VIEWS, 1):
        seen = replace(motion, seen_from=degrees, seen_high=up, film=(replace(last, hold_s=1),))
        drawing = Drawing(Film(seen, body, _cut(motion.build).copy(), poses), f"{name}-{number}")
        stills.append((*drawing.size, drawing.still(0)))
    cell = VIEW_WIDTH
    tall = max(cell * high / wide for wide, high, _ in stills)
    inner, lines = "", ""
    for number, (wide, high, still) in enumerate(stills):
        degrees, up = SIX_VIEWS[number]
        x, y = number % 3 * cell, number // 3 * (tall + VIEW_WORDS)
        shown = cell * high / wide
        size = f'x="{x:.0f}" y="{y + tall - shown:.0f}" width="{cell:.0f}" height="{shown:.0f}"'
        inner += still.replace("<svg ", f"<svg {size} ", 1)
        words = f"seen: {{from: {degrees}, high: {up}}}"
        lines += f'<text x="{x + 8:.0f}" y="{y + tall + 32:.0f}">{words}</text>'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="fig" viewBox="0 0 {3 * cell:.0f}'
        f' {2 * (tall + VIEW_WORDS):.0f}" role="img">{style(name, motion.skin, lines)}{inner}{lines}</svg>'
    )


def draw(motion: Motion, name: str) -> Drawn:
    """Draws a motion.

    Args:
        motion: What a pose file says.
        name: The exercise's file name; it begins every identifier in the drawing.
    """
    body = _body(motion.build)
    poses, findings = solve(motion)
    film = Film(motion, body, _cut(motion.build).copy(), poses)
    drawing = Drawing(film, name)
    width, height = drawing.size
    return Drawn(
        moving=drawing.moving(),
        sheet=drawing.sheet(),
        stills=tuple(drawing.still(i) for i in range(len(drawing.frames))),
        says=tuple(step.say for step in drawing.frames),
        width=round(width),
        height=round(height),
        findings=(*findings, *_hidden(drawing), *_behind_wall(film), *film.order_findings()),
        works=_shown(drawing, "w"),
        stretches=_shown(drawing, "x"),
    )


def _named(step: Step, css: str) -> tuple[tuple[str, str], ...]:
    return step.work if css == "w" else step.stretch


def _shown(drawing: Drawing, css: str) -> tuple[str, ...]:
    """The muscles that some still shows working, or stretched, in the order of the film."""
    named = [muscle for step in drawing.motion.film for muscle in _named(step, css)]
    return tuple(dict.fromkeys(name for side, name in named if drawing.shows(css, side, name)))


def _behind_wall(film: Film) -> list[Finding]:
    """A wall that we would have to look through."""
    if not props.walls_from_behind(film.motion, film.camera):
        return []
    first = film.motion.film[0]
    what = "the wall is seen from behind, so that hands, knees and feet at it cannot look right"
    hint = "choose a view from 90 to 270 in seen"
    return [Finding("hidden", first.pose, first.line, what, hint)]


def _hidden(drawing: Drawing) -> list[Finding]:
    """Muscles that are named and that no still shows; a page's key does not name those."""
    hint = "choose another view in seen, or make the step that names it a still"
    return [
        Finding(
            "hidden", step.pose, step.line, f"no still shows {name} ({side}), which {what}", hint
        )
        for step in drawing.motion.film
        for css, what in (("w", "works"), ("x", "is stretched"))
        for side, name in _named(step, css)
        if not drawing.shows(css, side, name)
    ]
