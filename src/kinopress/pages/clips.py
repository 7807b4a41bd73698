"""Which encoded film belongs to which page: a small list the encoder leaves for the pages.

``.kinopress/cache/films.json`` holds a :class:`Record` for each film's slug. It is a
convenience: without it the pages show no films until the next encode.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from kinopress.content.film_names import FILM_ENDINGS

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


def kept_films(project: Path) -> dict[str, str]:
    """Films of which only the encoded files are here, whole: by slug, where the camera film lay."""
    here = _camera_films(project)
    missing = {slug: r for slug, r in read_records(project).items() if slug not in here}
    if not missing:
        return {}
    # A check of a site whose films are all here loads nothing that knows manifests.
    from kinopress.video.manifest import MANIFEST_NAME, ManifestError, read_manifest  # noqa: PLC0415

    kept = {}
    for slug, record in missing.items():
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


def _camera_films(project: Path) -> frozenset[str]:
    """The slugs of the camera films that lie in ``videos/`` itself."""
    try:
        files = list((project / "videos").iterdir())
    except OSError:
        return frozenset()
    return frozenset(file.stem for file in files if file.suffix.casefold() in FILM_ENDINGS)


def read_records(project: Path) -> dict[str, Record]:
    """The list, empty when there is none that can be read."""
    try:
        values = json.loads((project / LIST).read_text("utf-8"))
        return {slug: Record(**value) for slug, value in values.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def write_records(project: Path, records: Mapping[str, Record]) -> None:
    """Leave the list for :func:`~kinopress.pages.ready_films.read_clips`."""
    target = project / LIST
    target.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps({slug: asdict(record) for slug, record in sorted(records.items())}, indent=1)
    beside = target.with_suffix(".json.new")
    beside.write_text(text, "utf-8")
    beside.replace(target)
