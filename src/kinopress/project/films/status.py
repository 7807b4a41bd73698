"""What state every film is in, from names and stamps alone: nothing is encoded to find out."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from kinopress.content.model.films import Film
from kinopress.content.model.library import Library
from kinopress.content.model.pages import Video
from kinopress.media.manifest import MANIFEST_NAME, Manifest, ManifestError, read_manifest
from kinopress.problems import Problem
from kinopress.project.films.encode import asks_the_same, made_from
from kinopress.project.films.made.kept import fitting_note
from kinopress.project.films.made.list import Record, read_records
from kinopress.video.source.probe import probe

State = Literal["ready", "quick only", "to encode", "no film", "no page", "draft"]


@dataclass(frozen=True, slots=True)
class Standing:
    """One film, or a page that waits for one.

    Attributes:
        slug: Its name.
        title: Its page's title; ``None`` without a page.
        date: The day it appears.
        duration_s: How long it is: as shown when it is ready, as filmed otherwise.
        state: What is to be done.
        source_bytes: The camera film.
        web_bytes: All that was made from it.
    """

    slug: str
    title: str | None
    date: dt.date | None
    duration_s: float | None
    state: State
    source_bytes: int | None
    web_bytes: int | None


def standings(project: Path, library: Library) -> list[Standing]:
    """All films and film pages, newest first; ``library`` shows what is held as well."""
    records = read_records(project)
    pages = {video.slug: video for video in library.videos}
    return [
        _standing(project, library, slug, pages.get(slug), records.get(slug))
        for slug in [*pages, *sorted(set(library.films) - set(pages))]
    ]


def current(project: Path, library: Library, slug: str, record: Record | None) -> Manifest | None:
    """What was made of a film, if it was made from the film and the page as they are now."""
    film, page = library.films.get(slug), library.pages.get(("video", slug))
    if film is None:
        return None
    asking = page if isinstance(page, Video) else None
    return _made_here(project, library, film, asking, record) or _noted(
        project, library, film, asking
    )


def _noted(project: Path, library: Library, film: Film, page: Video | None) -> Manifest | None:
    """What was published of a film that is not here."""
    if film.original:
        return None
    try:
        note = fitting_note(project, library, film, page)
    except OSError:
        return None
    return note.manifest if note is not None else None


def _made_here(
    project: Path, library: Library, film: Film, asking: Video | None, record: Record | None
) -> Manifest | None:
    if record is None:
        return None
    try:
        if film.original:
            as_now = record.made_from == made_from(project, library, film, asking)
        else:
            as_now = asks_the_same(record, library, film, asking)
        if not as_now:
            return None
        return read_manifest(project / record.folder / MANIFEST_NAME)
    except (OSError, ManifestError):
        return None


def _standing(
    project: Path, library: Library, slug: str, page: Video | None, record: Record | None
) -> Standing:
    film = library.films.get(slug)
    manifest = current(project, library, slug, record)
    state: State
    if film is None:
        state = "no film"
    elif page is None:
        state = "no page"
    elif page.draft:
        state = "draft"
    elif manifest is None:
        state = "to encode"
    else:
        state = "ready" if manifest.complete else "quick only"
    length_s = manifest.duration_s if manifest else None
    size = None
    if film is not None:
        size = film.file.stat().st_size if film.file.is_file() else None
        if manifest is None and film.original:
            found = probe(film.file, display_path=film.path)
            length_s = None if isinstance(found, Problem) else found.duration_s
    return Standing(
        slug,
        page.title if page else None,
        page.date if page else None,
        length_s,
        state,
        size,
        sum(output.bytes for output in manifest.outputs) if manifest else None,
    )
