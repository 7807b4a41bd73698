"""Drawing the figures of exercises, and keeping what is drawn.

A figure is kept by the digest of its pose, of its exercise's name, of the body's data and of the program that draws
it, beside the pictures of pages. A build with nothing new to draw loads no library for it.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import json
import os
import re
from collections.abc import Callable, Iterable
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kinopress.codes import Code
from kinopress.content.model.library import Library
from kinopress.content.model.names import nearest
from kinopress.content.read import read_library
from kinopress.content.relations.step_frames import key_frames
from kinopress.content.source.unread_files import POSE_ENDING
from kinopress.figures.pose import Motion
from kinopress.figures.workers import draw_all, draw_alone
from kinopress.media.figure import MOVING, SHEET, Figure, Scene, still_name
from kinopress.pictures import store
from kinopress.pictures.made import Made, MadeFile
from kinopress.problems import ExitCode, Problem, Refusal, Severity

if TYPE_CHECKING:  # what draws loads NumPy
    from kinopress.figures.draw import Drawn

SVG = "image/svg+xml"
FOUND = "found.json"
VIEWS = "views.svg"
Tell = Callable[[int, int], None]
"""Is told how many figures are drawn, and of how many."""


@functools.cache
def _program() -> str:
    """The digest of what draws: the room's modules and its data."""
    total = hashlib.sha256()
    waiting = [resources.files("kinopress.figures")]
    while waiting:
        for entry in sorted(waiting.pop().iterdir(), key=lambda e: e.name):
            if entry.is_dir() and entry.name != "__pycache__":
                waiting.append(entry)
            elif entry.name.endswith((".py", ".xz")):
                total.update(entry.name.encode() + entry.read_bytes())
    return total.hexdigest()


def digest_of(motion: Motion, slug: str) -> str:
    """The digest of an exercise's figure: its name counts, since every identifier in the drawing begins with it."""
    return store.digest_of(repr(motion).encode(), f"figure {slug} {_program()}")


def figure_digests(library: Library) -> set[str]:
    """The digests of all figures of a project, those of held pages included."""
    return {digest_of(motion, slug) for slug, motion in library.motions.items()}


def ready_figures(
    project: Path, library: Library, tell: Tell | None = None, *, draw: bool = True
) -> tuple[dict[str, Figure], list[Problem]]:
    """The figures of the exercises that are shown, by their names, and what is doubtful about them.

    Args:
        project: The project's folder.
        library: What the coach wrote.
        tell: Is told of each figure that is drawn.
        draw: Draw what is not there; otherwise only what was drawn before is shown.

    Raises:
        OSError: the disk is full or may not be written to.
    """
    shown = {
        slug: motion
        for slug, motion in library.motions.items()
        if ("exercise", slug) in library.pages
    }
    made = {slug: store.find(project, digest_of(motion, slug)) for slug, motion in shown.items()}
    missing = [slug for slug, found in made.items() if found is None]
    drawings = draw_all({slug: shown[slug] for slug in missing if draw})
    with contextlib.closing(drawings):  # a run that is ended ends what still draws
        for number, (slug, drawn) in enumerate(drawings, 1):
            made[slug] = _keep(project, slug, shown[slug], drawn)
            if tell is not None:
                tell(number, len(missing))
    figures, problems = {}, []
    for slug, found in made.items():
        if found is not None:
            figures[slug] = _figure(slug, shown[slug], found)
            problems += said(slug, _found(found)["findings"])
    return figures, problems


def one_figure(project: Path, name: str) -> tuple[Figure | None, list[Problem]]:
    """One exercise's figure, drawn unless it is kept, with the problems of its pose file.

    Raises:
        Refusal: there is no such pose file (exit code 2), or the settings cannot be used.
        OSError: the disk is full or may not be written to.
    """
    library, name, problems = _named(project, name)
    if name not in library.motions:
        return None, problems
    motion = library.motions[name]
    made = store.find(project, digest_of(motion, name)) or _keep(
        project, name, motion, draw_alone(motion, name)
    )
    problems += said(name, _found(made)["findings"])
    return _figure(name, motion, made), problems


def six_views(project: Path, name: str) -> Path | None:
    """One exercise's last key frame from six sides, as a file; nothing where its pose file has a mistake.

    Raises:
        Refusal: there is no such pose file (exit code 2), or the settings cannot be used.
        OSError: the disk is full or may not be written to.
    """
    library, name, _ = _named(project, name)
    motion = library.motions.get(name)
    if motion is None:
        return None
    digest = store.digest_of(repr(motion).encode(), f"views {name} {_program()}")
    made = store.find(project, digest)
    if made is None:
        from kinopress.figures.draw import draw_views  # noqa: PLC0415 - loads NumPy

        svg = draw_views(motion, name)
        made = store.put(project, digest, [MadeFile(VIEWS, SVG, *_size(svg), svg.encode())])
    return made.folder / VIEWS


def _named(project: Path, name: str) -> tuple[Library, str, list[Problem]]:
    """The library, the name of a pose file as it was meant, and the problems of that file."""
    library, report = read_library(project, show_held=True)
    # A shell completes the name of a file, with its folder and its ending.
    name = name.removeprefix("exercises/").removesuffix(".md").removesuffix(POSE_ENDING)
    path = f"exercises/{name}{POSE_ENDING}"
    if not os.path.lexists(project / path):
        raise Refusal([_no_pose(project, library, name, path)], ExitCode.USAGE)
    return library, name, [p for p in report if p.path == path]


def _no_pose(project: Path, library: Library, name: str, path: str) -> Problem:
    """The problem of a name without a pose file."""
    if (project / "exercises" / f"{name}.md").is_file():
        message, hint = "this exercise has no pose file", f"write {path}, and it gets a figure"
        return Problem(path, message, hint, Code.FIGURE_MISSING)
    known = [
        file.name.removesuffix(POSE_ENDING)
        for file in (project / "exercises").glob(f"*{POSE_ENDING}")
    ]
    exercises = [slug for kind, slug in library.pages if kind == "exercise"]
    close = nearest(name, dict.fromkeys([*known, *exercises]))
    hint = "write the name of a pose file in exercises/ without its ending"
    if close:
        hint = f"did you mean {close[0]}?"
    return Problem(path, "there is no such pose file", hint, Code.FIGURE_MISSING)


def _keep(project: Path, slug: str, motion: Motion, drawn: Drawn) -> Made:
    named = {MOVING: drawn.moving, SHEET: drawn.sheet}
    named |= {still_name(i): svg for i, svg in enumerate(drawn.stills, 1)}
    files = [MadeFile(name, SVG, *_size(svg), svg.encode()) for name, svg in named.items()]
    findings = [[f.kind, f.line, f.what, f.hint, f.pose] for f in drawn.findings]
    found = {"findings": findings, "works": drawn.works, "stretches": drawn.stretches}
    files.append(MadeFile(FOUND, "application/json", 0, 0, json.dumps(found).encode()))
    return store.put(project, digest_of(motion, slug), files)


def _found(made: Made) -> dict[str, list[Any]]:
    """What was found as a figure was drawn: findings, and which muscles its stills show."""
    found: dict[str, list[Any]] = json.loads((made.folder / FOUND).read_text("utf-8"))
    return found


def _size(svg: str) -> tuple[int, int]:
    box = re.search(r'viewBox="0 0 (\d+) (\d+)"', svg)
    assert box is not None  # noqa: S101 - our own drawing
    return int(box[1]), int(box[2])


_KINDS: dict[str, tuple[Code, Severity]] = {
    "range": (Code.FIGURE_RANGE, "error"),
    "floor": (Code.FIGURE_FLOOR, "error"),
    "crossing": (Code.FIGURE_CROSSING, "error"),
    "balance": (Code.FIGURE_BALANCE, "warning"),
    "muscle": (Code.FIGURE_MUSCLE, "warning"),
    "hidden": (Code.FIGURE_HIDDEN, "warning"),
    "words": (Code.FIGURE_WORDS, "warning"),
    "contact": (Code.FIGURE_CONTACT, "note"),
    "press": (Code.FIGURE_PRESSED, "note"),
    "order": (Code.FIGURE_ORDER, "note"),
}
"""What is said of each kind of finding, and how loudly."""


def said(slug: str, findings: Iterable[list[Any]]) -> list[Problem]:
    """Findings as problems of the pose file."""
    out = []
    for kind, line, what, hint, pose in findings:
        code, severity = _KINDS[kind]
        path = f"exercises/{slug}{POSE_ENDING}"
        where = f"poses.{pose}"
        out.append(Problem(path, what, hint, code, line=line, field=where, severity=severity))
    return out


def _figure(slug: str, motion: Motion, made: Made) -> Figure:
    frames, found = key_frames(motion), _found(made)
    scenes, length_s = scenes_of(motion)
    return Figure(
        slug,
        made.digest,
        made.folder,
        {f.name: (f.width, f.height) for f in made.files if f.mime == SVG},
        tuple(step.say for step in frames),
        tuple(found["works"]),
        tuple(found["stretches"]),
        scenes=scenes,
        length_s=length_s,
        last=(made.folder / still_name(len(frames))).read_text("utf-8"),
    )


def scenes_of(motion: Motion) -> tuple[tuple[Scene, ...], float]:
    """The steps of a motion's film with their times, and how long the film takes with the way back; draws nothing.

    A step that is no still of its own shows the last one of its pose before it, or else the last before it.
    """
    shown = key_frames(motion)
    scenes: list[Scene] = []
    numbers: dict[str, int] = {}
    pose, now, still, at = motion.film[0].pose, 0.0, 1, 0
    for step in motion.film:
        comes = now
        if step.pose != pose:
            now += step.move_s
        if at < len(shown) and step is shown[at]:
            at += 1
            still = at
            numbers.setdefault(step.pose, at)
        best = still if step.key else numbers.get(step.pose, still)
        scenes.append(Scene(step.say, best, comes, now, now + step.hold_s, step.count_s))
        pose, now = step.pose, now + step.hold_s
    way_back = motion.back_s if pose != motion.film[0].pose else 0.0
    return tuple(scenes), now + way_back
