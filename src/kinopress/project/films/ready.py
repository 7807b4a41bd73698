"""The encoded films as pages show them: what was made of each, its captions and what is said in it."""

from __future__ import annotations

from pathlib import Path

from kinopress.content.captions.webvtt import paragraphs
from kinopress.content.captions.webvtt_reader import read_webvtt
from kinopress.content.model.library import Library
from kinopress.media.clip import Clip
from kinopress.media.manifest import MANIFEST_NAME, Manifest, ManifestError, read_manifest
from kinopress.project.films.list import Record, read_records


def read_clips(project: Path, library: Library) -> dict[str, Clip]:
    """The encoded films of the shown video pages; those not (or no longer) there are left out."""
    records = read_records(project)
    clips = {}
    for video in library.videos:
        record = records.get(video.slug)
        if record is None or video.slug not in library.films:
            continue
        try:
            manifest = read_manifest(project / record.folder / MANIFEST_NAME)
        except (OSError, ManifestError):
            continue
        clips[video.slug] = clip_of(project, record, manifest)
    return clips


def clip_of(project: Path, record: Record, manifest: Manifest) -> Clip:
    """A film ready to be shown; captions that are gone are left out."""
    captions = {lang: path for lang, path in record.captions.items() if (project / path).is_file()}
    return Clip(
        manifest,
        project / record.folder,
        captions,
        record.chapters if record.chapters and (project / record.chapters).is_file() else None,
        {
            lang: paragraphs(read_webvtt((project / path).read_text("utf-8-sig", "replace")).cues)
            for lang, path in captions.items()
        },
    )
