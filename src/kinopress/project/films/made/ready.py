"""The encoded films as pages show them: what was made of each, its captions and what is said in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from kinopress.content.captions.webvtt import paragraphs
from kinopress.content.captions.webvtt_reader import read_webvtt
from kinopress.content.model.films import Film
from kinopress.content.model.library import Library
from kinopress.media.clip import Clip
from kinopress.media.manifest import MANIFEST_NAME, Manifest, ManifestError, read_manifest
from kinopress.media.note import Note
from kinopress.project.films.made.kept import fitting_note
from kinopress.project.films.made.list import TRACKS, Record, read_records
from kinopress.project.folder import MEDIA


def read_clips(project: Path, library: Library) -> dict[str, Clip]:
    """The encoded films of the shown video pages; those not (or no longer) there are left out."""
    records = read_records(project)
    clips = {}
    for video in library.videos:
        record, film = records.get(video.slug), library.films.get(video.slug)
        if film is None:
            continue
        try:
            if record is not None:
                manifest = read_manifest(project / record.folder / MANIFEST_NAME)
                clips[video.slug] = clip_of(project, record, manifest)
                continue
        except (OSError, ManifestError):
            pass
        note = None if film.original else fitting_note(project, library, film, video)
        if note is not None:
            clips[video.slug] = clip_of_note(project, note, *_tracks_of(film))
    return clips


def _tracks_of(film: Film) -> tuple[dict[str, str], str]:
    """Where the last build left a film's captions and chapters, if it has any."""
    languages = {**film.subrip, **film.captions}
    captions = {lang: (TRACKS / f"{film.slug}.{lang}.vtt").as_posix() for lang in languages}
    return captions, (TRACKS / f"{film.slug}.chapters.vtt").as_posix()


def clip_of(project: Path, record: Record, manifest: Manifest) -> Clip:
    """A film ready to be shown; captions that are gone are left out."""
    return _clip(project, manifest, project / record.folder, record.captions, record.chapters)


def clip_of_note(
    project: Path, note: Note, captions: Mapping[str, str], chapters: str | None
) -> Clip:
    """A film of which a host has the files, ready to be shown.

    Args:
        project: The project's folder.
        note: What was published of it.
        captions: WebVTT files by language, relative to the project.
        chapters: A WebVTT file, relative to the project, if there is one.
    """
    folder = project / MEDIA / note.manifest.digest[:16]
    clip = _clip(project, note.manifest, folder, captions, chapters)
    return replace(clip, elsewhere=True)


def _clip(
    project: Path,
    manifest: Manifest,
    folder: Path,
    listed: Mapping[str, str],
    chapters: str | None,
) -> Clip:
    captions = {lang: path for lang, path in listed.items() if (project / path).is_file()}
    return Clip(
        manifest,
        folder,
        captions,
        chapters if chapters and (project / chapters).is_file() else None,
        {
            lang: paragraphs(read_webvtt((project / path).read_text("utf-8-sig", "replace")).cues)
            for lang, path in captions.items()
        },
    )
