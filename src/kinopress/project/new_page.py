"""A new page of any kind, written beside the others."""

from __future__ import annotations

import os
from collections.abc import Collection
from pathlib import Path

from kinopress.codes import Code
from kinopress.content.model.kinds import FOLDERS
from kinopress.content.model.pages import Kind
from kinopress.problems import Problem


def yaml_text(words: str) -> str:
    """Words as one text of the front matter."""
    return '"' + words.replace("\\", "\\\\").replace('"', '\\"') + '"'


_FOLDER_OF: dict[Kind, str] = {"page": "docs", **{kind: name for name, kind in FOLDERS.items()}}


_TERM_FOLDERS = tuple(
    folder for folder, kind in FOLDERS.items() if kind in ("muscle", "symptom", "technique")
)


def check_title(title: str, slug: str, taken: Collection[str] = ("index",)) -> Problem | None:
    """Why no page can have this title; ``taken`` are the names of the lists in its folder."""
    if not any(letter.isalpha() for letter in slug):
        return Problem(
            "new",
            f"“{title}” has no letters a file name could have",
            "give it a title in words, with letters from a to z",
            Code.TITLE_EMPTY,
            field="title",
        )
    if slug in taken:
        return Problem(
            "new",
            f"“{title}” is the name of a list that is made automatically",
            "give the page another title",
            Code.NAME_TAKEN,
            field="title",
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
        path, "this page exists already", "open it, or choose another title", Code.PAGE_EXISTS
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
