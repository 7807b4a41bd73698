"""Which encoded film belongs to which page: a small list the encoder leaves for the pages.

``.kinopress/cache/films.json`` maps a film's slug to its folder in the media store.
It is a convenience: without it the pages show no films until the next encode.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from kinopress.content.library import Library
from kinopress.pages.embed import Clip
from kinopress.video.manifest import MANIFEST_NAME, ManifestError, read_manifest

LIST = Path(".kinopress/cache/films.json")


def read_clips(project: Path, library: Library) -> dict[str, Clip]:
    """The encoded films of the shown video pages; those not (or no longer) there are left out."""
    try:
        folders = json.loads((project / LIST).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    clips = {}
    for video in library.videos:
        name = folders.get(video.slug) if isinstance(folders, dict) else None
        if not isinstance(name, str) or video.slug not in library.films:
            continue
        folder = project / name
        try:
            manifest = read_manifest(folder / MANIFEST_NAME)
        except (OSError, ManifestError):
            continue
        clips[video.slug] = Clip(manifest, folder, library.films[video.slug].captions)
    return clips


def write_clips(project: Path, folders: Mapping[str, Path]) -> None:
    """Leave the list for :func:`read_clips`."""
    target = project / LIST
    target.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(
        {slug: folder.relative_to(project).as_posix() for slug, folder in sorted(folders.items())},
        indent=1,
    )
    beside = target.with_suffix(".json.new")
    beside.write_text(text, "utf-8")
    beside.replace(target)
