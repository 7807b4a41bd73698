"""What lies beside a film and is looked into: captions in SubRip's form."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from kinopress.content.document import read_text
from kinopress.content.film_names import Film
from kinopress.content.subrip import to_webvtt
from kinopress.problems import Problem


def check_film_files(project: Path, films: Mapping[str, Film]) -> list[Problem]:
    """Problems of all SubRip captions of a project."""
    problems: list[Problem] = []
    for film in films.values():
        for path in film.subrip.values():
            problems += read_subrip(project, path)[1]
    return problems


def read_subrip(project: Path, path: str) -> tuple[str | None, list[Problem]]:
    """SubRip captions as the text of a WebVTT file; ``None`` when they cannot be read."""
    text, problems = read_text(project / path, path)
    if text is None:
        return None, problems
    written, found = to_webvtt(text, path)
    return written, [*problems, *found]
