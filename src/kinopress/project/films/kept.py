"""Which encoded film belongs to which page: a small list the encoder leaves for the pages.

``.kinopress/cache/films.json`` holds a :class:`Record` for each film's slug. It is a
convenience: without it the pages show no films until the next encode.
"""

from __future__ import annotations

from pathlib import Path

from kinopress.content.source.film_files import FILM_ENDINGS
from kinopress.project.films.list import read_records


def kept_films(project: Path) -> dict[str, str]:
    """Films of which only the encoded files are here, whole: by slug, where the camera film lay."""
    here = _camera_films(project)
    missing = {slug: r for slug, r in read_records(project).items() if slug not in here}
    if not missing:
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
    return kept


def _camera_films(project: Path) -> frozenset[str]:
    """The slugs of the camera films that are in ``videos/`` itself."""
    try:
        files = list((project / "videos").iterdir())
    except OSError:
        return frozenset()
    return frozenset(file.stem for file in files if file.suffix.casefold() in FILM_ENDINGS)
