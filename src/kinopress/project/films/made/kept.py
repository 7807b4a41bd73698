"""Films whose camera file is not here: what was made of them is, or a note of what was published.

``.kinopress/cache/films.json`` holds a :class:`Record` for each film's slug. It is a
convenience: without it the pages show no films until the next encode. A note
(:mod:`kinopress.media.note`) is beside the film's page, and goes where the pages go.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from kinopress.codes import Code
from kinopress.content.model.films import Film
from kinopress.content.model.library import Library
from kinopress.content.model.pages import Video
from kinopress.content.source.film_files import FILM_ENDINGS
from kinopress.media.note import ENDING, Note, note_path, read_note
from kinopress.problems import Problem
from kinopress.project.films.made.list import read_records


def kept_films(project: Path) -> dict[str, str]:
    """Films that are not here, but can be shown: by slug, where the camera film lay.

    Their encoded files are here, whole, or a note says what was published of them.
    """
    here = _names(project)
    slugs = {Path(name).stem for name in here if Path(name).suffix.casefold() in FILM_ENDINGS}
    missing = {slug: r for slug, r in read_records(project).items() if slug not in slugs}
    noted = {name.removesuffix(ENDING) for name in here if name.endswith(ENDING)} - slugs
    if not (missing or noted):
        return {}
    # A check of a site whose films are all here loads nothing that knows manifests.
    from kinopress.media.manifest import MANIFEST_NAME, ManifestError, read_manifest  # noqa: PLC0415

    kept = {}
    for slug, record in missing.items():
        try:
            folder = project / record.folder
            manifest = read_manifest(folder / MANIFEST_NAME)
            # Its name when it was encoded may have been another: the studio encodes before there is a page.
            source = f"videos/{slug}{Path(manifest.source_name).suffix}"
            if not (project / source).exists() and all(
                (folder / output.path).stat().st_size == output.bytes for output in manifest.outputs
            ):
                kept[slug] = source
        except (OSError, ManifestError):
            continue
    for slug in noted - kept.keys():
        note = read_note(project, slug)
        if note is not None:
            kept[slug] = f"videos/{slug}{Path(note.manifest.source_name).suffix}"
    return kept


def damaged_notes(project: Path) -> Iterator[Problem]:
    """Notes that cannot be read, of films that are not here: without a word, their film would only be missing."""
    here = _names(project)
    slugs = {Path(name).stem for name in here if Path(name).suffix.casefold() in FILM_ENDINGS}
    noted = {name.removesuffix(ENDING) for name in here if name.endswith(ENDING)} - slugs
    for slug in sorted(noted):
        path = project / note_path(slug)
        if path.is_file() and read_note(project, slug) is None:
            yield Problem(
                note_path(slug),
                "this note of what was published of the film is damaged, or another version of the program wrote it",
                "copy it again from the computer that has the film, or put the film itself beside it",
                Code.FILE_UNREADABLE,
            )


def fitting_note(project: Path, library: Library, film: Film, page: Video | None) -> Note | None:
    """The note of a film that is not here, if it was made as its page asks now.

    Raises:
        OSError: the coach's own poster cannot be read.
    """
    note = read_note(project, film.slug)
    if note is None or note.asked_for != asked_for(library, page):
        return None
    return note if note.poster_sha256 == poster_sha256(project, film) else None


def asked_for(library: Library, page: Video | None) -> list[Any]:
    """What a page and the settings ask of a film, apart from files."""
    return [
        asdict(page.trim) if page and page.trim else None,
        page.poster_at_s if page else None,
        library.settings.video.short_side_max_px,
    ]


def poster_sha256(project: Path, film: Film) -> str:
    """Hexadecimal SHA-256 of the coach's own poster; empty: she has none.

    Raises:
        OSError: it cannot be read.
    """
    return hashlib.sha256((project / film.poster).read_bytes()).hexdigest() if film.poster else ""


def _names(project: Path) -> list[str]:
    """What is in ``videos/`` itself."""
    try:
        return [file.name for file in (project / "videos").iterdir()]
    except OSError:
        return []
