"""A new page of any kind, written beside the others."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Collection
from pathlib import Path

from kinopress.codes import Code
from kinopress.content.forms.scalars import title_is_long
from kinopress.content.model.kinds import KINDS, LISTS, KindOfPage
from kinopress.content.model.names import TITLE_MAX, slug_from
from kinopress.content.model.pages import Kind
from kinopress.content.source.unread_files import POSE_ENDING
from kinopress.problems import ExitCode, Problem, Refusal
from kinopress.project.folder import cannot_write
from kinopress.project.new.poses import new_poses
from kinopress.project.new.templates import new_page
from kinopress.system.atomic import write_new as put_new


def yaml_text(words: str) -> str:
    """Words as one text of the front matter."""
    return '"' + words.replace("\\", "\\\\").replace('"', '\\"') + '"'


def write_page(
    project: Path, kind: Kind, title: str, today: dt.date, pose: str | None = None
) -> tuple[str, ...]:
    """Write a page of a kind with blanks to fill in.

    Args:
        project: The project's folder.
        kind: The kind of page.
        title: Its title, from which its file is named.
        today: The day that is in it as its date.
        pose: How the figure of an exercise begins, one of ``STARTS``: its pose file is written as well.

    Returns:
        The new files, relative to the project.

    Raises:
        Refusal: the title gives no name, or the name is taken (exit code 2); the file cannot be
            written (3).
    """
    # What cannot be seen (control characters, halves of letters) the coach cannot correct either.
    words = " ".join("".join(c for c in title if c.isprintable() or c.isspace()).split())
    slug = slug_from(words)
    row = KINDS[kind]
    folder = row.source
    path = f"{folder}/{slug}.md"
    taken = ("index",) if row.site else LISTS
    problem = check_title(words, slug, taken) or check_length(words) or _taken(project, row, slug)
    if problem is not None:
        raise Refusal([problem], ExitCode.USAGE)
    texts = {path: new_page(kind, yaml_text(words), today)}
    if pose is not None:
        pose_file = f"{folder}/{slug}{POSE_ENDING}"
        if os.path.lexists(project / pose_file):
            raise Refusal([page_exists(pose_file)], ExitCode.USAGE)
        texts[pose_file] = new_poses(pose)
    for new, text in texts.items():
        try:
            write_new(project / new, text)
        except OSError as error:
            raise cannot_write(project / new, error) from None
    return tuple(texts)


def check_title(title: str, slug: str, taken: Collection[str] = ("index",)) -> Problem | None:
    """Why no page can have this title; ``taken`` are the names of the lists in its folder."""
    if not any(letter.isalpha() for letter in slug):
        return Problem(
            "new",
            f"“{title}” has no letters that a file name can use",
            "give it a title in words, with letters from a to z",
            Code.TITLE_EMPTY,
            field="title",
        )
    if slug in taken:
        return Problem(
            "new",
            f"“{title}” is the name of a list that is made automatically",
            "choose a different title",
            Code.NAME_TAKEN,
            field="title",
        )
    return None


def check_length(title: str) -> Problem | None:
    """Why a title is too long to be shown whole."""
    if len(title) <= TITLE_MAX:
        return None
    return Problem("new", *title_is_long(title), Code.TITLE_LONG, field="title")


def _taken(project: Path, row: KindOfPage, slug: str) -> Problem | None:
    """The page that has this name already; muscles, symptoms and techniques are one list of tags."""
    tags = [other for other in KINDS.values() if other.is_tag]
    for other in tags if row.is_tag else [row]:
        path = f"{other.source}/{slug}.md"
        if os.path.lexists(project / path):
            return page_exists(path)
    return None


def page_exists(path: str) -> Problem:
    """The problem of a page whose name is taken."""
    return Problem(
        path, "this page already exists", "open it, or choose a different title", Code.PAGE_EXISTS
    )


def write_new(file: Path, text: str) -> None:
    """Write a file that was not there; when the disk is full, leave no half of it behind.

    Raises:
        OSError: it cannot be written.
    """
    put_new(file, text.encode("utf-8"))
