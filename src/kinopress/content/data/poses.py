"""The pose files beside exercises: `exercises/<name>.pose.yml`."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from pathlib import Path

from kinopress.codes import Code
from kinopress.content.forms.placeholders import take_out
from kinopress.content.forms.poses.file import read_motion
from kinopress.content.model.names import nearest
from kinopress.content.model.pages import Exercise
from kinopress.content.source.document import read_text
from kinopress.content.source.unread_files import POSE_ENDING
from kinopress.content.source.yaml.reader import parse_fields
from kinopress.figures.pose import Motion
from kinopress.problems import Problem

ENDING = POSE_ENDING


def read_poses(
    project: Path, exercises: Mapping[str, Exercise]
) -> tuple[dict[str, Motion], list[Problem]]:
    """The motions of the exercises that have one, by name, and every problem of their files.

    Args:
        project: The folder with `mkdocs.yml`.
        exercises: All exercises by name, drafts too.
    """
    motions: dict[str, Motion] = {}
    problems: list[Problem] = []
    for file in sorted((project / "exercises").glob(f"*{ENDING}")):
        if not file.exists():  # a link that leads nowhere, of which whoever lists files has told
            continue
        name = file.name.removesuffix(ENDING)
        path = f"exercises/{file.name}"
        page = exercises.get(name)
        if page is None:
            close = nearest(name, exercises)
            hint = (
                f"rename it to {close[0]}{ENDING}" if close else "give it the name of its exercise"
            )
            message = "there is no exercise with this name, so its figure is not shown"
            problems.append(Problem(path, message, hint, Code.POSE_FILE, severity="warning"))
        text, found = read_text(file, path)
        problems += found
        top, found = parse_fields(text, path) if text is not None else (None, [])
        problems += found
        if top is None:
            continue
        _, _, unfilled = take_out(top)
        is_draft = page is None or page.draft
        problems += [blank.as_problem(path, is_draft=is_draft) for blank in unfilled]
        motion, found = read_motion(top, path, page.title if page else name)
        problems += found
        if motion is not None and page is not None:
            words = tuple(step.text for step in page.steps if step.kind in {"prepare", "step"})
            motions[name] = dataclasses.replace(motion, words=words)
    return motions, problems
