"""``kinopress new``: a page to fill in, right from the first line."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Collection
from pathlib import Path

import click

from kinopress.cli.page_templates import KINDS, new_page
from kinopress.cli.project import cannot_write, find_project, project_option
from kinopress.content.kinds import Kind
from kinopress.content.scan import FOLDERS, LISTS, slug_from
from kinopress.problems import ExitCode, Problem, Refusal


def yaml_text(words: str) -> str:
    """Words as one text of the front matter."""
    return '"' + words.replace("\\", "\\\\").replace('"', '\\"') + '"'


_FOLDER_OF: dict[Kind, str] = {"page": "docs", **{kind: name for name, kind in FOLDERS.items()}}

_TERM_FOLDERS = tuple(
    folder for folder, kind in FOLDERS.items() if kind in ("muscle", "symptom", "technique")
)


@click.command()
@click.argument("kind", type=click.Choice(list(KINDS)))
@click.argument("title", nargs=-1, required=True, metavar="TITLE")
@project_option
def command(kind: Kind, title: tuple[str, ...], project_dir: Path | None) -> int:
    """Write a new page to fill in. It is a draft until you take its draft line out.

    \b
    Example:
      kinopress new exercise "Bird dog"
    """  # noqa: D301 - the sign itself tells click to keep the lines below it apart
    project = find_project(project_dir)
    words = " ".join(title)  # with quotes or without
    # What cannot be seen (control characters, halves of letters) the coach cannot correct either.
    words = " ".join("".join(c for c in words if c.isprintable() or c.isspace()).split())
    slug = slug_from(words)
    folder = _FOLDER_OF[kind]
    path = f"{folder}/{slug}.md"
    taken = LISTS if kind == "page" else ("index",)
    if problem := check_title(words, slug, taken) or _taken(project, folder, slug):
        raise Refusal([problem], ExitCode.USAGE)
    try:
        write_new(project / path, new_page(kind, yaml_text(words), dt.date.today()))
    except OSError as error:
        raise cannot_write(project / path, error) from None
    click.echo(f"Written: {path}")
    if kind == "video":
        click.echo(
            f"Put the film beside it as videos/{slug}.mp4 (or .mov), then take the draft line out."
        )
    return ExitCode.OK


def check_title(title: str, slug: str, taken: Collection[str] = ("index",)) -> Problem | None:
    """Why no page can have this title; ``taken`` are the names of the lists in its folder."""
    if not any(letter.isalpha() for letter in slug):
        return Problem(
            "new",
            None,
            "title",
            f"“{title}” has no letters a file name could have",
            "give it a title in words, with letters from a to z",
            "title-empty",
        )
    if slug in taken:
        return Problem(
            "new",
            None,
            "title",
            f"“{title}” is the name of a list that is made automatically",
            "give the page another title",
            "name-taken",
        )
    return None


def _taken(project: Path, folder: str, slug: str) -> Problem | None:
    """The page that has this name already; muscles, symptoms and techniques are one list of tags."""
    for other in _TERM_FOLDERS if folder in _TERM_FOLDERS else (folder,):
        path = f"{other}/{slug}.md"
        if os.path.lexists(project / path):
            return page_exists(path)
    return None


def page_exists(path: str) -> Problem:
    """The problem of a page whose name is taken."""
    return Problem(
        path,
        None,
        None,
        "this page exists already",
        "open it, or choose another title",
        "page-exists",
    )


def write_new(file: Path, text: str) -> None:
    """Write a file that was not there; when the disk is full, leave no half of it behind.

    Raises:
        OSError: it cannot be written.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    new = file.open("x", encoding="utf-8", newline="\n")
    try:
        with new:
            new.write(text)
    except OSError:
        file.unlink(missing_ok=True)  # ours: it was opened only because it was not there
        raise
