"""Is this computer ready, and is everything set?"""

from __future__ import annotations

import os
import platform
import shutil
import tempfile
from importlib import metadata
from pathlib import Path
from typing import Any

from kinopress import __version__
from kinopress.content.data.words import catalogue, words_to_translate
from kinopress.content.model.kinds import SOURCE_TOPS
from kinopress.content.model.language.languages import IN_ENGLISH
from kinopress.content.model.language.words import ENGLISH
from kinopress.content.model.library import Library
from kinopress.content.model.pages import Exercise
from kinopress.content.model.settings import Settings
from kinopress.content.relations.related import videos_of_exercise
from kinopress.content.rules.held import count
from kinopress.problems import Refusal
from kinopress.project.clients.folder import clients_of, listed_clients, shown_path
from kinopress.project.clients.forget import kept_by_git
from kinopress.project.live.encrypted import about_pages
from kinopress.project.read import read_project
from kinopress.project.telling.clients import not_found_by_clients
from kinopress.project.telling.unchecked import unchecked

_PACKAGES = ("mkdocs", "mkdocs-material", "markdown", "python-frontmatter", "ffmpeg-python", "av")


_WRITTEN = (
    ".",
    ".kinopress",
    ".kinopress/media",
    ".kinopress/cache",
    *SOURCE_TOPS,
)
"""Folders of a project in which some command writes, where they are there."""


def look_at_computer() -> dict[str, Any]:
    """What this computer brings."""
    return {
        "kinopress": __version__,
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.machine()}",
        "packages": {name: metadata.version(name) for name in _PACKAGES},
        "ffmpeg": _ffmpeg(),
    }


def _ffmpeg() -> dict[str, str | None]:
    from kinopress.video.ffmpeg.binary import find_encoder  # noqa: PLC0415 - starts a program

    try:
        encoder = find_encoder()
    except Refusal as refusal:
        missing = " ".join(f"{p.message}; {p.hint}" for p in refusal.problems)
        return {"version": None, "path": None, "av1": None, "missing": missing}
    return {"version": encoder.version, "path": encoder.path, "av1": encoder.av1, "missing": None}


def look_at_project(project: Path) -> dict[str, Any]:
    """What there is of a project, and what is in its way."""
    library, report = read_project(project)
    return {
        "project": str(project),
        "disk_free_bytes": shutil.disk_usage(project).free,
        "cannot_write": cannot_write_in(project),
        "counts": count(library),
        "errors": len(report.errors),
        "warnings": len(report.warnings),
        "notes": len(report.notes),
        "clients": look_at_clients(project, library),
        "not_found_by_clients": not_found_by_clients(library),
        "not_shown": exercises_not_shown(library),
        "unchecked": [str(one) for one in unchecked(library)],
        "not_set": [
            *missing_settings(library.settings),
            *missing_words(library.settings.language),
        ],
    }


def look_at_clients(project: Path, library: Library) -> dict[str, Any]:
    """Where private plans are, how many, whose are to be deleted by now, and what of them git has kept."""
    found = list(listed_clients(project, library))
    return {
        "folder": shown_path(project, clients_of(project, library)),
        "plans": len(found),
        "overdue": [one.name for one in found if one.is_overdue],
        "overdue_earlier": [one.name for one in found if one.earlier],
        "unread": [one.name for one in found if one.private is None],
        "unread_earlier": [
            shown_path(project, plan.file) for one in found for plan in one.earlier_unread
        ],
        "in_git": kept_by_git(project, library),
        "encrypted": _about_pages(project, library),
    }


def _about_pages(project: Path, library: Library) -> list[str]:
    """What is to be said of encrypted pages, that their list is damaged included."""
    try:
        return about_pages(project, library.settings, library.today)
    except Refusal as refusal:
        return [str(problem) for problem in refusal.problems]


def exercises_not_shown(library: Library) -> list[str]:
    """The exercises that have neither a film nor a pose file, by their names."""
    return [
        exercise.slug
        for exercise in library.of_kind(Exercise)
        if exercise.slug not in library.motions and not videos_of_exercise(library, exercise)
    ]


def cannot_write_in(project: Path) -> dict[str, str]:
    """Folders of a project in which nothing can be written, and why.

    Tried, because permissions alone do not tell: a disk can be full or read-only. What is tried
    is a file without a name, which is gone at once.
    """
    found = {}
    for name in _WRITTEN:
        folder = project / name
        if not os.path.lexists(folder):
            continue
        try:
            with tempfile.TemporaryFile(dir=folder) as tried:
                tried.write(b"?")
        except OSError as error:
            found[name] = (error.strerror or str(error)).lower()
    return found


def missing_settings(settings: Settings) -> list[str]:
    """What readers or search engines would miss, with where to set it."""
    coach = settings.coach
    missing = []
    if not settings.site_url:
        missing.append(
            "site_url in mkdocs.yml: the address of the site; without it there are no feeds, no pictures of"
            " shared pages, no sitemap and no data for search engines"
        )
    if not coach.can_be_asked:
        missing.append(
            "coach.email, coach.phone, coach.booking_url or coach.form_url in mkdocs.yml: readers cannot reach you"
        )
    return missing


def missing_words(language: str) -> list[str]:
    """How many of the words around the pages are English in a site of another language."""
    if language == ENGLISH:
        return []
    forms, _ = catalogue(language)
    missing = len(words_to_translate() - forms.keys())
    return [
        f"theme.language in mkdocs.yml: {missing} of the texts around your pages are still in"
        f" English, and nobody has reviewed those in {IN_ENGLISH[language]}"
    ]
