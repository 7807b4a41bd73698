"""Do the drawings and the sets that steps name exist, and has each drawing its step?"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING

from kinopress.codes import Code
from kinopress.content.model.names import either
from kinopress.content.model.pages import Exercise, line_of
from kinopress.content.relations.step_frames import key_frames, without_a_step
from kinopress.content.source.unread_files import POSE_ENDING
from kinopress.problems import Problem

if TYPE_CHECKING:  # loaded only where an exercise has a pose file
    from kinopress.figures.pose import Motion


def frame_problems(
    exercises: Mapping[str, Exercise], motions: Mapping[str, Motion], unread: Collection[str]
) -> Iterator[Problem]:
    """Problems of ``frame`` and ``sets`` below the steps of exercises.

    Args:
        exercises: All exercises by name, drafts too.
        motions: What their pose files say.
        unread: Paths of pose files of which something could not be read: nobody knows their drawings.
    """
    for slug, page in exercises.items():
        yield from _no_such_set(page)
        pose_file = f"exercises/{slug}{POSE_ENDING}"
        if pose_file in unread:
            continue
        motion = motions.get(slug)
        count = len(key_frames(motion)) if motion is not None else 0
        yield from _unknown(page, count, pose_file)
        # Of a page whose steps are yet to be written, that is said already.
        for number in without_a_step(page.steps, count) if page.steps else ():
            yield Problem(
                page.path,
                f"drawing {number} of its figure belongs to no step, so it is shown above them",
                f"write frame: {number} below the step that it shows",
                Code.FRAME_UNUSED,
                line=line_of(page, "steps"),
                field="steps",
                severity="note",
            )


def _unknown(page: Exercise, count: int, pose_file: str) -> Iterator[Problem]:
    for step in page.steps:
        if step.frame is None or step.frame <= count:
            continue
        if count:
            known = [str(number) for number in range(1, count + 1)]
            message = f"there is no drawing {step.frame}: its figure has {count}"
            hint = f"write {either(known)}, or remove the line"
        else:
            message = f"there is no drawing {step.frame}, because this exercise has no figure"
            hint = f"write {pose_file}, or remove the line"
        yield Problem(
            page.path, message, hint, Code.STEPS_FRAME, line=step.line, field="steps.frame"
        )


def _no_such_set(page: Exercise) -> Iterator[Problem]:
    many = math.ceil(page.dosage.sets.high) if page.dosage.sets else 1
    for step in page.steps:
        if step.sets is not None and step.sets[1] > many:
            has = f"has {many} sets" if many > 1 else "has one set"
            yield Problem(
                page.path,
                f"there is no set {step.sets[1]}: the dosage {has}",
                "write sets that the dosage has, or remove the line",
                Code.STEPS_SETS,
                line=step.line,
                field="steps.sets",
            )
