"""Where private plans are, and how one is read: by its own function, which no part of the site calls.

A client has a folder, and in it ``plan.md``, what was handed over, what came back, and plans before this one.
"""

from __future__ import annotations

import datetime as dt
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kinopress.codes import Code
from kinopress.content.forms.private.plan import read_private_plan
from kinopress.content.forms.scalars import day_of
from kinopress.content.model.clients import PrivatePlan, day_to_delete
from kinopress.content.model.library import Library
from kinopress.content.model.names import OF_WINDOWS, SLUG, either, nearest, slug_from
from kinopress.content.rules.private.plan import private_problems
from kinopress.content.source.document import read_document, read_file
from kinopress.problems import ExitCode, Problem, Refusal, Report, quoted
from kinopress.system.atomic import is_left_aside

PLAN_FILE = "plan.md"
EARLIER = "earlier"
"""The folder of a client's plans before the one that runs."""
CAME_BACK = "came-back"
"""The folder of what the client sent."""
FILE, MESSAGE = "14-days.html", "14-days.txt"
"""What is handed over is called by its days: a name of a person or of what hurts would be seen by others."""
OURS = (PLAN_FILE, EARLIER, CAME_BACK, FILE, MESSAGE)
"""What is in the folder of a client."""
NAME_MAX = 40


def clients_of(project: Path, library: Library) -> Path:
    """The folder in which each client has one."""
    return project / library.settings.clients


def shown_path(project: Path, path: Path) -> str:
    """A file as the coach knows it: from the project, where it is inside."""
    return path.relative_to(project).as_posix() if path.is_relative_to(project) else os.fspath(path)


def names_of(folder: Path) -> list[str]:
    """The clients of whom something is kept, by the names of their folders; links are not followed.

    A folder without a plan counts: a run that was killed, or a hand, may have left the rest of it, and what no list
    names nobody deletes.
    """
    try:
        found = [entry.name for entry in os.scandir(folder) if entry.is_dir(follow_symlinks=False)]
    except OSError:
        return []
    return sorted(name for name in found if _is_of_client(folder / name))


def _is_of_client(own: Path) -> bool:
    """Whether a folder is one that was made for a client, as far as what is in it tells."""
    try:
        inside = [entry.name for entry in os.scandir(own)]
    except OSError:
        return False
    if not inside:
        return name_problem(own.name) is None
    return any(name in OURS or any(is_left_aside(name, of) for of in OURS) for name in inside)


def name_problem(name: str) -> Problem | None:
    """Why a folder cannot have this name; nothing of what was typed is in a list or a title of the site."""
    if SLUG.fullmatch(name) and len(name) <= NAME_MAX and name not in OF_WINDOWS:
        return None
    return Problem(
        "plan",
        f"{quoted(name)} cannot be the name of a client's folder",
        f"use lower-case letters, numbers and hyphens: initials and a number, like {_initials(name)}",
        Code.CLIENT_NAME,
        field="name",
    )


def _initials(name: str) -> str:
    """``Maria Bright`` → mb-1: a folder's name is in lists, backups and file dialogues, where a person's is not to be."""
    words = [word for word in slug_from(name).split("-") if word[:1].isalpha()]
    like = f"{''.join(word[0] for word in words)[:3]}-1"
    return like if words and SLUG.fullmatch(like) else "sk-1"


def folder_of(project: Path, library: Library, name: str) -> Path:
    """The folder of a client who has a plan.

    Raises:
        Refusal: there is no such client (exit code 2).
    """
    folder = clients_of(project, library)
    there = names_of(folder)
    if name in there:
        return folder / name
    close = nearest(name, there, 2)
    problem = Problem(
        "plan",
        f"there is no client {quoted(name)} in {shown_path(project, folder)}",
        f"did you mean {either(close)}?" if close else "kinopress plan list shows those there are",
        Code.CLIENT_UNKNOWN,
        field="name",
    )
    raise Refusal([problem], ExitCode.USAGE)


def read_client(
    project: Path, library: Library, name: str, today: dt.date | None = None
) -> tuple[PrivatePlan | None, Report]:
    """A client's plan, and all that is wrong with it.

    Raises:
        Refusal: there is no such client (exit code 2).
    """
    file = folder_of(project, library, name) / PLAN_FILE
    private, problems = read_plan_file(project, file, name)
    report = Report(problems)
    if private is not None:
        report.extend(private_problems(library, private, today or library.today))
        report.extend(_older_files(project, file))
    report.extend(_earlier(project, file.parent, today or library.today))
    return private, report


def _earlier(project: Path, own: Path, today: dt.date) -> Iterator[Problem]:
    """Plans before this one that should not be here any more, or of which nobody knows until when."""
    for one in earlier_of(project, own, own.name):
        if one.delete_on is None:
            yield Problem(
                shown_path(project, one.file),
                "the day on which this earlier plan is to be deleted cannot be read",
                "delete the file, or correct its line delete_on",
                Code.CLIENT_EARLIER,
                severity="warning",
            )
        elif one.is_due(today):
            yield Problem(
                shown_path(project, one.file),
                f"this earlier plan was to be deleted on {one.delete_on}",
                f"run kinopress plan forget {own.name} --earlier, which keeps the plan that runs",
                Code.CLIENT_EARLIER,
                field="delete_on",
                severity="warning",
            )


def _older_files(project: Path, plan: Path) -> Iterator[Problem]:
    """What was made of the plan before it was changed, or of the one before it: it would be sent for this one."""
    name = plan.parent.name
    for made, option in ((plan.with_name(FILE), ""), (plan.with_name(MESSAGE), " --text")):
        if is_older(made, plan):
            yield Problem(
                shown_path(project, made),
                "this was made before the plan was changed or begun again",
                f"make it again before you send it: kinopress plan make {name}{option}",
                Code.CLIENT_OLD_FILE,
                severity="warning",
            )


def read_plan_file(
    project: Path, file: Path, name: str
) -> tuple[PrivatePlan | None, list[Problem]]:
    """What one file says, without a look at what it names."""
    document, problems = read_document(file, shown_path(project, file))
    private, more = read_private_plan(name, document)
    return private, [*problems, *more]


@dataclass(frozen=True, slots=True)
class Earlier:
    """A client's plan before the one that runs: its file, and when it is to be deleted; ``None``: that cannot be read."""

    file: Path
    delete_on: dt.date | None

    def is_due(self, today: dt.date) -> bool:
        """Whether it was to be deleted by a day."""
        return self.delete_on is not None and self.delete_on <= today


def earlier_of(project: Path, own: Path, name: str) -> list[Earlier]:
    """A client's plans before the one that runs, the newest first, those that cannot be read too."""
    return [
        Earlier(file, _day_to_delete(read_plan_file(project, file, name)[0], file))
        for file in sorted((own / EARLIER).glob("*.md"), reverse=True)
    ]


_DAY = re.compile(rb"^(delete_on|assessed)[ \t]*:[ \t]*[\"']?(\d{4}-\d\d-\d\d)\b", re.MULTILINE)


def _day_to_delete(private: PrivatePlan | None, file: Path) -> dt.date | None:
    """When a plan is to be deleted; of one that cannot be read, out of its bytes: it is about somebody as well."""
    if private is not None:
        return private.about.delete_on
    data, _ = read_file(file, "")
    said = {key: day_of(value.decode()) for key, value in _DAY.findall(data or b"")}
    assessed = said.get(b"assessed")
    return said.get(b"delete_on") or (None if assessed is None else day_to_delete(assessed))


@dataclass(frozen=True, slots=True)
class Listed:
    """A client in a list: the name, the plan as far as it could be read, and what is overdue.

    Attributes:
        name: Of the folder.
        private: Their plan; ``None`` where it cannot be read.
        handed_over: The files that were made for them.
        came_back: How many exports were read.
        is_overdue: Whether it was to be deleted by now.
        is_file_older: Whether the plan was changed, or another begun, since its file was made.
        earlier: Those of the plans before this one that were to be deleted by now.
        earlier_unread: Those of which it cannot be read when they are to be deleted.
    """

    name: str
    private: PrivatePlan | None
    handed_over: tuple[str, ...]
    came_back: int
    is_overdue: bool
    is_file_older: bool = False
    earlier: tuple[Earlier, ...] = ()
    earlier_unread: tuple[Earlier, ...] = ()


def listed_clients(project: Path, library: Library) -> Iterator[Listed]:
    """Everybody who has a plan, by name."""
    folder = clients_of(project, library)
    for name in names_of(folder):
        own = folder / name
        private, _ = read_plan_file(project, own / PLAN_FILE, name)
        day = _day_to_delete(private, own / PLAN_FILE)
        before = earlier_of(project, own, name)
        yield Listed(
            name,
            private,
            tuple(sorted(file.name for file in own.glob("*.html"))),
            len(list((own / CAME_BACK).glob("*.txt"))),
            day is not None and day <= library.today,
            any(is_older(file, own / PLAN_FILE) for file in own.glob("*.html")),
            tuple(one for one in before if one.is_due(library.today)),
            tuple(one for one in before if one.delete_on is None),
        )


def is_older(file: Path, plan: Path) -> bool:
    """Whether a file was written before a plan was."""
    try:
        return file.stat().st_mtime_ns < plan.stat().st_mtime_ns
    except OSError:
        return False


_NUMBER = re.compile(rb"(?<![0-9a-f])[0-9a-f]{32}(?![0-9a-f])")


def numbers_in(file: Path) -> list[bytes]:
    """The number of a plan, out of the bytes of its file: one that cannot be read has a number as well."""
    data, _ = read_file(file, "")
    return [
        number
        for line in (data or b"").splitlines()
        if line.lstrip().startswith(b"plan_id")
        for number in _NUMBER.findall(line)
    ]


def plans_of(project: Path, own: Path, name: str) -> Iterator[PrivatePlan]:
    """The plan of a client that runs, then the earlier ones, the newest first."""
    earlier = sorted((own / EARLIER).glob("*.md"), reverse=True)
    for file in (own / PLAN_FILE, *earlier):
        private, _ = read_plan_file(project, file, name)
        if private is not None:
            yield private


def no_consent(report: Report) -> Problem | None:
    """What is said of a plan without consent, of which nothing is made; none where there is consent."""
    return next((problem for problem in report if problem.code == Code.CLIENT_CONSENT), None)
