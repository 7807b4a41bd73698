"""Which encoded film belongs to which page: a small list the encoder leaves for the pages.

``.kinopress/cache/films.json`` holds a :class:`Record` for each film's slug. It is a
convenience: without it the pages show no films until the next encode.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from kinopress.content.library import Library
from kinopress.content.webvtt import paragraphs
from kinopress.content.webvtt_reader import read_webvtt
from kinopress.pages.embed import Clip
from kinopress.video.manifest import MANIFEST_NAME, Manifest, ManifestError, read_manifest

LIST = Path(".kinopress/cache/films.json")


@dataclass(frozen=True, slots=True)
class Record:
    """What was made of a film, and from what.

    Attributes:
        folder: Its folder in the media store, relative to the project.
        made_from: A stamp of the film and of what its page asks for; another one means that
            there is something to do.
        captions: WebVTT files by language, relative to the project.
        chapters: A WebVTT file, relative to the project.
    """

    folder: str
    made_from: str
    captions: Mapping[str, str] = field(default_factory=dict)
    chapters: str | None = None


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


def kept_films(project: Path) -> dict[str, str]:
    """Films of which only the encoded files are here, whole: by slug, where the camera film lay."""
    kept = {}
    for slug, record in read_records(project).items():
        try:
            folder = project / record.folder
            manifest = read_manifest(folder / MANIFEST_NAME)
            source = f"videos/{manifest.source_name}"
            if not (project / source).exists() and all(
                (folder / output.path).stat().st_size == output.bytes for output in manifest.outputs
            ):
                kept[slug] = source
        except (OSError, ManifestError):
            continue
    return kept


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


def read_records(project: Path) -> dict[str, Record]:
    """The list, empty when there is none that can be read."""
    try:
        values = json.loads((project / LIST).read_text("utf-8"))
        return {slug: Record(**value) for slug, value in values.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def write_records(project: Path, records: Mapping[str, Record]) -> None:
    """Leave the list for :func:`read_clips`."""
    target = project / LIST
    target.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps({slug: asdict(record) for slug, record in sorted(records.items())}, indent=1)
    beside = target.with_suffix(".json.new")
    beside.write_text(text, "utf-8")
    beside.replace(target)
