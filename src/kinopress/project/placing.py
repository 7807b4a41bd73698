"""A finished folder goes in place: what is said of files in it that were not made by a build."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from kinopress.codes import Code
from kinopress.content.forms.settings.output_folder import RELEASES
from kinopress.media.clip import Clip
from kinopress.problems import ExitCode, Problem, Refusal
from kinopress.system.release import InTheWay, OfAnother, Outcome, Place
from kinopress.system.release_record import why_unread

_SHOWN_MAX = 20
"""More strange files than this are a slip of another kind; their number is enough."""

_MEANT_OR_LEFT_LYING_ABOUT = frozenset(
    {
        *(
            ".git",
            ".nojekyll",
            "CNAME",
            ".htaccess",
            ".well-known",
        ),  # web servers and hosts ask for these
        *(".DS_Store", "Thumbs.db", "desktop.ini", "Icon\r"),  # computers leave these
    }
)


def put_in_place(
    place: Place,
    made: Path,
    known: Mapping[str, str],
    project: Path,
    code: Code,
    *,
    afresh: bool = False,
) -> list[Problem]:
    """Put a finished folder in place; what is found there that we did not make is reported.

    Args:
        place: Where it goes.
        made: The finished folder.
        known: SHA-256 of its files, where known.
        project: The project, to name files as the coach knows them.
        code: The code of a refusal.
        afresh: Share no large file with what is there.

    Returns:
        Warnings.

    Raises:
        Refusal: files that were not made by a build are where the new ones must go (exit code 2); nothing
            is done.
        OSError: it cannot be written; the old folder is as it was.
    """
    with in_place_or_refused(place, project, code):
        outcome = place.put(made, known, afresh=afresh)
    return tell(outcome, place, project)


@contextmanager
def in_place_or_refused(place: Place, project: Path, code: Code) -> Iterator[None]:
    """Say what is in the way of a release.

    Raises:
        Refusal: files that were not made by a build are where the new ones must go (exit code 2).
    """
    try:
        yield
    except InTheWay as found:
        raise Refusal(_in_the_way(found, place, project, code), ExitCode.USAGE) from None
    except OfAnother:
        raise Refusal([of_another(place, project, code)], ExitCode.USAGE) from None


def of_another(place: Place, project: Path, code: Code) -> Problem:
    """The problem of a folder that holds another project's work."""
    return Problem(
        _named(place, "", project),
        "another project builds into this folder, or this project has moved away from it",
        "name a different folder; or, if nobody needs what is in it, delete it and run this again",
        code,
    )


def unread(name: str, why: str) -> Problem:
    """The problem of a file of the site that cannot be read: nobody knows whether it was changed."""
    return Problem(
        name,
        f"this file cannot be read ({why}), so nothing tells whether it is as it was built",
        "make sure that you are allowed to read it, then run this again",
        Code.FILE_UNREADABLE,
    )


def _in_the_way(found: InTheWay, place: Place, project: Path, code: Code) -> Iterator[Problem]:
    for path, is_ours in sorted(found.paths.items())[:_SHOWN_MAX]:
        if is_ours and (why := why_unread(str(place.folder / path))):
            yield unread(_named(place, path, project), why)
            continue
        yield Problem(
            _named(place, path, project),
            "this file has been changed since it was built, and the new one must go here"
            if is_ours
            else "this was not made by a build, and a file of the site must go here",
            "move it away (a change belongs in the page it is made from), then run this again"
            if is_ours
            else "move it away, then run this again",
            code,
        )
    if len(found.paths) > _SHOWN_MAX:
        more = len(found.paths) - _SHOWN_MAX
        yield Problem(
            _named(place, "", project),
            f"{more} more files here are in the way",
            "look through this folder, move away what you need and delete it",
            code,
        )


def tell(outcome: Outcome, place: Place, project: Path) -> list[Problem]:
    """Warnings about what was left where it was, and what was moved aside."""
    left = [p for p in outcome.left if p.rpartition("/")[2] not in _MEANT_OR_LEFT_LYING_ABOUT]
    problems = [
        Problem(
            _named(place, path, project),
            "this was not made by a build; it was left where it is",
            "move it away if readers should not see it",
            Code.OUTPUT_FOREIGN,
            severity="warning",
        )
        for path in left[:_SHOWN_MAX]
    ]
    if len(left) > _SHOWN_MAX:
        problems.append(
            Problem(
                _named(place, "", project),
                f"{len(left) - _SHOWN_MAX} more files here were not made by a build; they were left where they are",
                "move them away if readers should not see them",
                Code.OUTPUT_FOREIGN,
                severity="warning",
            )
        )
    if outcome.kept is not None:
        problems.append(
            Problem(
                _relative(outcome.kept, project),
                f"what was in {_named(place, '', project)} and may not have come from a build was moved here",
                "look through it, take out what you need, then delete it",
                Code.OUTPUT_KEPT,
                severity="warning",
            )
        )
    if outcome.unkept is not None:
        problems.append(_unkept(outcome.unkept, project))
    return problems


def _unkept(error: OSError, project: Path) -> Problem:
    named = Path(os.fsdecode(error.filename)) if error.filename else project / RELEASES
    taken = error.errno in (errno.EEXIST, errno.ENOTDIR)
    return Problem(
        _relative(named.parent.resolve() / named.name, project),
        f"an earlier site cannot be kept here ({(error.strerror or str(error)).lower()}),"
        " so there is no way back to it",
        "move away what has this name"
        if taken
        else "make sure that you may write here and that there is space on the disk",
        Code.BACK_UNKEPT,
        severity="warning",
    )


def _named(place: Place, path: str, project: Path) -> str:
    return _relative(place.folder / path, project)


def _relative(path: Path, project: Path) -> str:
    """A path as the coach knows it: below the project, or whole."""
    root = project.resolve()
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)


def digests(files: Mapping[str, Path], clips: Iterable[Clip]) -> dict[str, str]:
    """SHA-256 of the films among the files of a site, which were computed when they were encoded."""
    known = {
        clip.folder / output.path: output.sha256
        for clip in clips
        for output in clip.manifest.outputs
    }
    return {path: known[file] for path, file in files.items() if file in known}
