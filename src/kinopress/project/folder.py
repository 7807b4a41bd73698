"""A project on disk: where it is, what is where, and that only one run writes in it."""

from __future__ import annotations

import errno
import os
import shlex
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import kinopress
from kinopress.codes import Code
from kinopress.content.model.kinds import SETTINGS_FILE
from kinopress.problems import ExitCode, Problem, Refusal
from kinopress.system import disk
from kinopress.system.atomic import written_for

_PROGRAM = Path(kinopress.__file__).absolute().parent
"""Where the program's own files are, which it reads to copy them into sites."""
_NOT_ALLOWED = {errno.EACCES, errno.EPERM, errno.EROFS}


_IN_THE_WAY = {errno.EEXIST, errno.ENOTDIR, errno.EISDIR}


_IN_USE = {errno.EBUSY, errno.ETXTBSY}


_TAKES_NOTHING = {errno.ENOENT, errno.EOPNOTSUPP, errno.ENOSYS}
"""What a folder of the system's own answers, that looks like others and takes no files."""


_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


_OF_A_DISK = _FULL | {errno.EROFS, errno.EIO}
"""What only a disk answers, whether or not it names a file."""


def find_project(given: Path | None) -> Path:
    """The project folder.

    Raises:
        Refusal: when there is no ``mkdocs.yml`` (exit code 2).
    """
    start = (given or Path.cwd()).absolute()
    candidates = [start] if given is not None else [start, *start.parents]
    for folder in candidates:
        if (folder / SETTINGS_FILE).is_file():
            return folder
    where = str(given) if given is not None else "this folder or those above it"
    message, hint = (
        "there is no mkdocs.yml here",
        "go to the project's folder, or name it with --project",
    )
    if any(os.path.lexists(folder / SETTINGS_FILE) for folder in candidates):
        message = "what is named mkdocs.yml here is not a file, or leads to none"
        hint = "put the settings file itself in its place"
    problem = Problem(where, message, hint, Code.PROJECT_MISSING)
    raise Refusal([problem], ExitCode.USAGE)


@contextmanager
def only_run(project: Path, doing: str, wait_s: float = 10.0) -> Iterator[None]:
    """Hold the project while its site is written.

    Raises:
        Refusal: when another run holds it for longer than ``wait_s`` (exit code 5), or the
            folder cannot be written to (exit code 3).
    """
    from kinopress.system.lock import hold  # noqa: PLC0415 - check and new need no lock

    folder = project / ".kinopress" / "cache"
    try:
        disk.make_folder(folder)
    except OSError as error:
        raise cannot_write(folder, error) from None
    with hold(folder, path="site", doing=doing, wait_s=wait_s):
        yield


def cannot_use(error: OSError) -> Refusal | None:
    """The environment's refusal of whatever nobody expected to be refused: a file or folder that may not be read, say.

    ``None`` where it is not about a file (a computer that does not answer, too much open at once): no folder is to
    blame for that, and it is for whoever looks after the program.
    """
    if (error.filename2 or error.filename) is None and error.errno not in _OF_A_DISK:
        return None
    return cannot_write(Path.cwd(), error, "used")


def cannot_write(path: Path, error: OSError, what_for: str = "written") -> Refusal:
    """The environment's refusal to let us write, which says where.

    Args:
        path: What could not be written; an absolute path is shown whole.
        error: Why.
        what_for: What cannot be done with it.
    """
    # Of a copy that found no room, and of a new name that is taken, the system names the other file first.
    about = (error.filename2 if error.errno in _FULL | _IN_THE_WAY else None) or error.filename
    named = Path(os.fsdecode(about)) if isinstance(about, str | bytes) else path
    # A coach knows her file, and not the name under which it is written first.
    place = written_for((named if named.is_absolute() else path).absolute())
    what = (error.strerror or str(error)).lower()
    if isinstance(error, FileNotFoundError) and place.is_relative_to(_PROGRAM):
        missing = Problem(
            str(place),
            "this file of kinopress itself is missing, so the program is not whole",
            "install kinopress again; where you work on the program itself, run scripts/build.py",
            Code.CANNOT_WRITE,
        )
        return Refusal([missing], ExitCode.ENVIRONMENT)
    if error.errno in _NOT_ALLOWED and (barred := _barred(place)) is not None:
        may = "look into it" if barred.is_dir() else "read it"
        closed = Problem(
            str(barred),
            f"it cannot be opened ({what})",
            f"make sure that you are allowed to {may} (its owner may run: chmod u+rwX {shlex.quote(str(barred))}),"
            " then run this again",
            Code.CANNOT_OPEN,
        )
        return Refusal([closed], ExitCode.ENVIRONMENT)
    if error.errno in _NOT_ALLOWED:
        folder = place if place.is_dir() else place.parent
        hint = (
            f"make sure that you are allowed to write in the folder {folder}, then run this again"
        )
    elif error.errno in _IN_THE_WAY:
        place = _what_is_in_the_way(place)
        hint = "move away what is in its place, then run this again"
    elif error.errno in _IN_USE:
        hint = "close the program that uses it, then run this again"
    elif error.errno in _FULL:
        hint = "free some space, then run this again"
    elif error.errno in _TAKES_NOTHING and place.parent.is_dir() and not place.exists():
        hint = f"choose another folder: nothing can be put into {place.parent}"
    else:
        hint = "check the disk and the folder it is in, then run this again"
    problem = Problem(str(place), f"it cannot be {what_for} ({what})", hint, Code.CANNOT_WRITE)
    return Refusal([problem], ExitCode.ENVIRONMENT)


def _barred(place: Path) -> Path | None:
    """What is on the way to a place, or is there, and lets nobody in or read; ``None``: only writing is refused."""
    for at in reversed((place, *place.parents)):
        try:
            is_folder = stat.S_ISDIR(at.stat().st_mode)
        except OSError:
            return None  # not there: what is above it may not be written
        needed = os.X_OK if is_folder else os.R_OK
        if at == place:
            needed |= os.R_OK
        if not os.access(at, needed, effective_ids=os.access in os.supports_effective_ids):
            return at
    return None


def is_full(error: OSError) -> bool:
    """Whether a disk, or somebody's share of it, has no room left."""
    return error.errno in _FULL


def _what_is_in_the_way(place: Path) -> Path:
    """The file, or the link that leads nowhere, that has the name of a folder: perhaps one above."""
    for at in reversed((place, *place.parents)):
        if os.path.lexists(at) and not at.is_dir():
            return at
    return place


MEDIA = Path(".kinopress/media")
