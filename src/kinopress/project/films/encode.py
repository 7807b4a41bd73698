"""Making what is in videos/ ready for the pages."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from kinopress.codes import Code
from kinopress.content.model.films import Film
from kinopress.content.model.library import Library
from kinopress.content.model.pages import Video
from kinopress.media.clip import Clip
from kinopress.media.manifest import MANIFEST_NAME, ManifestError, read_manifest
from kinopress.media.note import read_note
from kinopress.problems import Problem
from kinopress.project.events import SILENT, Cancelled, Listener
from kinopress.project.films.made.kept import asked_for, fitting_note
from kinopress.project.films.made.list import Record, read_records
from kinopress.project.films.made.ready import clip_of, clip_of_note
from kinopress.project.films.made.records import forget, remember
from kinopress.project.films.plan import plan_for_page
from kinopress.project.films.times import on_their_page
from kinopress.project.films.tracks import write_captions, write_chapter_track
from kinopress.project.folder import MEDIA
from kinopress.system.kept import DAMAGED, parse
from kinopress.system.stamps import HASHES_NAME, HashCache, stamp
from kinopress.video.encode.elsewhere import Elsewhere
from kinopress.video.encode.produced import Produced
from kinopress.video.encode.store import Stored, find
from kinopress.video.plan import FilmPlan
from kinopress.video.produce import make
from kinopress.video.recipe.estimate import Estimate


@dataclass(frozen=True, slots=True)
class Made:
    """What became of one film."""

    produced: Produced
    record: Record | None
    clip: Clip | None
    problems: list[Problem]


def encode_films(
    project: Path,
    library: Library,
    listener: Listener = SILENT,
    *,
    quick: bool = False,
    patient: bool = False,
) -> tuple[dict[str, Clip], list[Problem], bool]:
    """Make sure every shown film is encoded.

    Args:
        project: The project's folder.
        library: Whose films are meant.
        listener: Is told how each film comes along.
        quick: Make only what is needed to publish; the next run makes the rest.
        patient: Wait for another run that encodes as long as that moves.

    Returns:
        The films by slug, the problems, and whether anything had to be encoded.

    Raises:
        Refusal: without a usable FFmpeg or room on the disk (exit code 3), or while another run
            encodes (5).
        OSError: the list of films cannot be written.
    """
    made: dict[str, Made] = {}
    known = read_records(project)
    for video in library.videos:
        film = library.films.get(video.slug)
        if film is not None:
            one = encode_film(project, library, film, video, listener, quick=quick, patient=patient)
            made[video.slug] = one
            if one.record is None or one.record != known.get(video.slug):
                remember(project, video.slug, one.record)
    forget(project, {s: record for s, record in known.items() if s not in library.films})
    clips = {slug: one.clip for slug, one in made.items() if one.clip is not None}
    problems = [problem for one in made.values() for problem in one.problems]
    problems += _same_films(library, made)
    return clips, problems, any(one.produced.encoded for one in made.values())


def encode_film(
    project: Path,
    library: Library,
    film: Film,
    page: Video | None,
    listener: Listener = SILENT,
    *,
    quick: bool = False,
    patient: bool = False,
    elsewhere: Elsewhere | None = None,
) -> Made:
    """Make sure that one film is encoded as its page wants it; the arguments are those of :func:`make_film`.

    Raises:
        Refusal: without a usable FFmpeg or room on the disk (exit code 3), or while another run
            encodes (5).
        OSError: its captions cannot be written.
    """
    if not film.original:
        return _kept(project, library, film, page)
    poster = project / film.poster if film.poster else None
    produced = make_film(
        project,
        film.path,
        lambda: plan_for_page(film.file, film.path, page, library.settings.video, poster),
        listener,
        quick=quick,
        patient=patient,
        elsewhere=elsewhere,
    )
    if produced.manifest is None:
        return Made(produced, None, None, produced.problems)
    stamped = made_from(project, library, film, page)
    return _with_words(project, film, page, produced, stamped)


def make_film(
    project: Path,
    path: str,
    plan: Callable[[], FilmPlan | Problem],
    listener: Listener = SILENT,
    *,
    quick: bool = False,
    patient: bool = False,
    elsewhere: Elsewhere | None = None,
) -> Produced:
    """Make what is planned of a film, and tell how far it is.

    Args:
        project: The project's folder.
        path: What the coach calls the film.
        plan: Says what is to be made; asked once, when somebody listens already.
        listener: Is told how it comes along.
        quick: Make only what is needed to publish.
        patient: Wait for another run that encodes as long as that moves.
        elsewhere: Other computers that encode; ``None``: this one does.

    Raises:
        Refusal: without a usable FFmpeg or room on the disk (exit code 3), or while another run
            encodes (5).
    """
    planned: FilmPlan | Problem | None = None

    def expect() -> Estimate | None:
        return planned.forecast(quick=quick) if isinstance(planned, FilmPlan) else None

    watching = listener.film(path, expect)
    encoded = False
    try:
        planned = plan()
        produced = make(
            planned,
            media_dir=project / MEDIA,
            quick=quick,
            on_progress=watching.share,
            on_sound=watching.sound,
            on_wait=(
                lambda holder: watching.waiting(
                    f"{holder.who}, which {holder.does}", holder.percent
                )
            )
            if patient
            else None,
            elsewhere=elsewhere,
        )
        encoded = produced.encoded
        return produced
    except (KeyboardInterrupt, Cancelled):
        watching.stopped()
        raise
    finally:
        watching.done(encoded=encoded)


def _with_words(
    project: Path, film: Film, page: Video | None, produced: Produced, stamped: str
) -> Made:
    """An encoded film with its captions and chapters."""
    manifest, folder = produced.manifest, produced.folder
    if manifest is None or folder is None:
        return Made(produced, None, None, on_their_page(produced.problems, page))
    captions, about_captions = write_captions(project, film, page.trim if page else None, manifest)
    chapters, about_chapters = write_chapter_track(project, page, manifest)
    record = Record(
        folder.relative_to(project).as_posix(),
        stamped,
        captions,
        chapters,
    )
    problems = [*on_their_page(produced.problems, page), *about_captions, *about_chapters]
    return Made(produced, record, clip_of(project, record, manifest), problems)


def made_from(project: Path, library: Library, film: Film, page: Video | None) -> str:
    """A stamp of a film and of all its page asks for.

    Raises:
        OSError: the film or its poster is gone.
    """
    stamps = [stamp(film.file), stamp(project / film.poster) if film.poster else None]
    return json.dumps([*stamps, *asked_for(library, page)])


def asks_the_same(record: Record, library: Library, film: Film, page: Video | None) -> bool:
    """Whether a film whose camera file is not here was made as its page asks now.

    Whether the coach's own poster is still the same picture cannot be told: another computer gives
    its file another stamp.
    """
    try:
        _, poster, *were = parse(record.made_from)
    except DAMAGED:
        return False
    return (poster is None) == (film.poster is None) and were == asked_for(library, page)


def _kept(project: Path, library: Library, film: Film, page: Video | None) -> Made:
    """What was made of a film whose camera file is not here, if that will do."""
    record = read_records(project).get(film.slug)
    media = project / MEDIA
    why, what = "is no longer listed", "put the film back"
    if record is not None and not asks_the_same(record, library, film, page):
        why = "does not fit what its page or mkdocs.yml asks for now (trim, poster or size)"
        what = "put the film back, or undo that change"
    elif record is not None:
        try:
            digest = read_manifest(project / record.folder / MANIFEST_NAME).digest
        except ManifestError:
            digest = ""
        hashes = HashCache.load(media / HASHES_NAME)
        found = find(media, digest, hashes)
        hashes.save()
        if isinstance(found, Stored):
            manifest = found.manifest
            made = Produced(
                manifest, found.folder, [], False, manifest.complete, manifest.source_sha256
            )
            return _with_words(project, film, page, made, record.made_from)
        why = "is damaged"
    if (noted := _noted(project, library, film, page, record)) is not None:
        return noted
    if record is None and read_note(project, film.slug) is not None:
        why = "does not fit what its page or mkdocs.yml asks for now (trim, poster or size)"
        what = "put the film back, or undo that change"
    problem = Problem(
        page.path if page else film.path,
        f"its film is missing, and what was made from it earlier {why}",
        f"{what}: {film.path}",
        Code.FILM_MISSING,
    )
    return Made(Produced(None, None, [problem]), record, None, [problem])


def _noted(
    project: Path, library: Library, film: Film, page: Video | None, record: Record | None
) -> Made | None:
    """A film of which only a note is here: its page asks for the files that were published."""
    note = fitting_note(project, library, film, page)
    if note is None:
        return None
    manifest = note.manifest
    captions, about_captions = write_captions(project, film, page.trim if page else None, manifest)
    chapters, about_chapters = write_chapter_track(project, page, manifest)
    problem = Problem(
        page.path if page else film.path,
        "its film is not on this computer, so its page asks for the files that are published already",
        "kinopress publish makes sure that they are there; whoever copies site/ elsewhere by hand"
        f" needs {film.path} here",
        Code.FILM_ELSEWHERE,
        severity="warning",
    )
    clip = clip_of_note(project, note, captions, chapters)
    produced = Produced(manifest, None, [], False, manifest.complete, manifest.source_sha256)
    return Made(produced, record, clip, [*about_captions, *about_chapters, problem])


def _same_films(library: Library, made: dict[str, Made]) -> list[Problem]:
    """One film under two names: usually a copy that was forgotten."""
    by_content: dict[str, list[str]] = defaultdict(list)
    for slug, one in made.items():
        if one.produced.source_sha256:
            by_content[one.produced.source_sha256].append(slug)
    return [
        Problem(
            library.films[slug].path,
            f"this is the same film as {library.films[min(slugs)].path}",
            "remove one of the two if it is a mistake; two pages may show the same film",
            Code.FILM_SAME,
            severity="warning",
        )
        for slugs in by_content.values()
        for slug in sorted(slugs)[1:]
    ]
