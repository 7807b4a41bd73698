"""The door of the room: a motion becomes the files of a figure.

Whoever imports this module imports numpy; `pose`, `joints`, `places` and `muscles` need it not.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass

from kinopress.figures.body import Body
from kinopress.figures.checks import Finding, check
from kinopress.figures.drawing.cutting import Cutting
from kinopress.figures.drawing.film import Film
from kinopress.figures.drawing.svg import Drawing
from kinopress.figures.pose import Motion
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
    """

    moving: str
    sheet: str
    stills: tuple[str, ...]
    says: tuple[str, ...]
    width: int
    height: int
    findings: tuple[Finding, ...]


@functools.lru_cache(maxsize=2)
def _body(build: str) -> Body:
    return Body(build)


def solve(motion: Motion) -> tuple[Poses, list[Finding]]:
    """The poses of a motion alone, and what is doubtful about them."""
    poses = Poses(motion, _body(motion.build))
    return poses, check(poses)


def draw(motion: Motion, name: str) -> Drawn:
    """Draws a motion.

    Args:
        motion: What a pose file says.
        name: The exercise's file name; it begins every identifier in the drawing.
    """
    body = _body(motion.build)
    poses, findings = solve(motion)
    film = Film(motion, body, Cutting(body), poses)
    drawing = Drawing(film, name)
    width, height = drawing.size
    return Drawn(
        moving=drawing.moving(),
        sheet=drawing.sheet(),
        stills=tuple(drawing.still(i) for i in range(len(drawing.frames))),
        says=tuple(step.say for step in drawing.frames),
        width=round(width),
        height=round(height),
        findings=(*findings, *film.muscle_findings()),
    )
