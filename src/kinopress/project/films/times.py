"""Times that a page writes of its film: said where they were written, and before a build where the film is known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from kinopress.codes import Code
from kinopress.content.captions.check import read_captions
from kinopress.content.model.library import Library
from kinopress.content.model.pages import Video, line_of
from kinopress.content.source.document import read_text
from kinopress.media.manifest import MANIFEST_NAME, ManifestError, read_manifest
from kinopress.media.note import read_note
from kinopress.media.trim import WHOLE
from kinopress.problems import Problem
from kinopress.project.films.made.list import Record, read_records
from kinopress.project.films.tracks import chapters_beyond, words_beyond
from kinopress.system.kept import DAMAGED, parse
from kinopress.system.stamps import stamp
from kinopress.video.source.trim import check_poster, check_trim

_FIELD_OF = {Code.TRIM_WRONG: "trim", Code.TRIM_BEYOND: "trim", Code.POSTER_OUTSIDE: "poster"}

_ROUNDED_S = 0.2
"""A manifest holds times in tenths."""


def on_their_page(problems: Iterable[Problem], page: Video | None) -> list[Problem]:
    """Problems of times that a page writes, named by the page and its line instead of the film."""
    return [
        replace(p, path=page.path, line=line_of(page, field), field=field)
        if page is not None and (field := _FIELD_OF.get(p.code))
        else p
        for p in problems
    ]


def times_beyond(project: Path, library: Library) -> Iterator[Problem]:
    """Times outside films, so that a check says them before a build has come to the film."""
    records = read_records(project)
    for page in library.videos:
        record, film = records.get(page.slug), library.films.get(page.slug)
        if film is None or (page.trim is None and page.poster_at_s is None):
            continue
        length_s = None if record is None else _length_s(project, record, film.file)
        if length_s is None:
            length_s = camera_film_s(film.file)
        if length_s is None:
            continue
        trim, about_trim = check_trim(page.trim or WHOLE, length_s, film.path)
        at_s = page.poster_at_s
        about_poster = None
        if at_s is not None and not length_s < at_s <= length_s + _ROUNDED_S:
            about_poster = check_poster(at_s, trim, length_s, film.path)
        found = [problem for problem in (about_trim, about_poster) if problem is not None]
        yield from on_their_page(found, page)


def captions_beyond(project: Path, library: Library) -> Iterator[Problem]:
    """Captions that go on after the end of their film, likewise; a page with a trim that ends says how far it goes."""
    records = read_records(project)
    pages = {page.slug: page for page in library.videos}
    for film in library.films.values():
        page = pages.get(film.slug)
        if not film.original or (page is not None and page.trim and page.trim.to_s is not None):
            continue
        length_s: float | None = None
        for path in {**film.subrip, **film.captions}.values():
            text, _ = read_text(project / path, path)
            cues = read_captions(path, text)[0] if text is not None else ()
            if not cues:
                continue
            if length_s is None:
                record = records.get(film.slug)
                known = None if record is None else _length_s(project, record, film.file)
                length_s = camera_film_s(film.file) if known is None else known
            if length_s is not None:
                yield from words_beyond(path, cues, length_s)


def chapters_after_the_end(project: Path, library: Library) -> Iterator[Problem]:
    """Chapters that begin after the end of their film, or of the part of it that is shown, likewise."""
    records = read_records(project)
    for page in library.videos:
        record, film = records.get(page.slug), library.films.get(page.slug)
        if film is None or not page.chapters:
            continue
        if film.original:
            known = None if record is None else _length_s(project, record, film.file)
            ends_s = camera_film_s(film.file) if known is None else known
        else:
            ends_s = _shown_until_s(project, page.slug, record)
        if page.trim is not None and page.trim.to_s is not None:
            ends_s = page.trim.to_s if ends_s is None else min(page.trim.to_s, ends_s)
        if ends_s is not None:
            yield from chapters_beyond(page, ends_s)


def camera_film_s(file: Path) -> float | None:
    """How long a camera film lasts, in seconds; ``None`` where the film itself cannot tell.

    A file that has not changed since is not opened again.
    """
    try:
        return _looked_at(file, stamp(file))
    except OSError:
        return None


@lru_cache(maxsize=512)
def _looked_at(file: Path, is_as: str) -> float | None:
    del is_as  # another stamp is another film
    # What opens films takes longer to load than a check of a small site takes; most checks have no use for it.
    from kinopress.video.source.probe import probe  # noqa: PLC0415

    found = probe(file, display_path=file.name)
    return None if isinstance(found, Problem) else found.duration_s


def _shown_until_s(project: Path, slug: str, record: Record | None) -> float | None:
    """Where what was made of a film that is not here ends, in seconds of the camera film."""
    if record is not None:
        with suppress(OSError, ManifestError):
            made = read_manifest(project / record.folder / MANIFEST_NAME)
            return made.from_s + made.duration_s
    note = read_note(project, slug)
    return None if note is None else note.manifest.from_s + note.manifest.duration_s


def _length_s(project: Path, record: Record, film: Path) -> float | None:
    """How long a camera film lasts, where an earlier build of the same film tells; seconds."""
    try:
        made_from = parse(record.made_from)
        manifest = read_manifest(project / record.folder / MANIFEST_NAME)
        if made_from[0] != stamp(film):
            return None
        to_s = (made_from[2] or {}).get("to_s")
    except (OSError, ManifestError, *DAMAGED):
        return None
    ends_s = manifest.from_s + manifest.duration_s
    if to_s is not None and to_s <= ends_s + _ROUNDED_S:
        return None  # the trim ended it, and nobody knows how far it goes
    return ends_s
