"""Notes of published films, for computers that have neither the film nor what was made of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from kinopress.content.model.library import Library
from kinopress.content.model.pages import Video
from kinopress.media.clip import Clip
from kinopress.media.note import Note, note_path, note_text
from kinopress.problems import Problem
from kinopress.project.films.made.kept import asked_for, poster_sha256
from kinopress.project.folder import cannot_write
from kinopress.system.atomic import write_text


def write_notes(
    project: Path, library: Library, clips: Mapping[str, Clip]
) -> tuple[tuple[str, ...], list[Problem]]:
    """Write what was published of each film beside its page, where that is not noted yet.

    Args:
        project: The project's folder.
        library: Whose films were published.
        clips: What was published of them, by slug.

    Returns:
        The notes that were written, relative to the project, and warnings: the site is live by now.
    """
    written: list[str] = []
    problems: list[Problem] = []
    for slug, clip in clips.items():
        page, film = library.pages.get(("video", slug)), library.films.get(slug)
        if clip.elsewhere or film is None or not isinstance(page, Video):
            continue
        path = note_path(slug)
        try:
            poster = poster_sha256(project, film)
            text = note_text(slug, Note(asked_for(library, page), poster, clip.manifest))
            if _is_noted(project / path, text):
                continue
            write_text(project / path, text)
        except OSError as error:
            problems += cannot_write(project / path, error).problems
            continue
        written.append(path)
    return tuple(written), [replace(problem, severity="warning") for problem in problems]


def _is_noted(file: Path, text: str) -> bool:
    try:
        return file.read_text("utf-8") == text
    except (OSError, UnicodeDecodeError):
        return False
