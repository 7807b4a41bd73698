"""What was made of films and pictures that no page uses any more, and its deletion.

This is all that is ever deleted from ``.kinopress/media`` and ``.kinopress/pictures``.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kinopress.content.model.library import Library
from kinopress.media.manifest import MANIFEST_NAME, ManifestError, read_manifest
from kinopress.patterns import lazily
from kinopress.pictures.store import FOLDER as PICTURES
from kinopress.pictures.store import unused as unused_pictures
from kinopress.problems import Report
from kinopress.project.drawings.cards import lots_of_cards
from kinopress.project.drawings.figures import figure_digests
from kinopress.project.films.made.list import read_records
from kinopress.project.films.status import current
from kinopress.project.folder import MEDIA, cannot_write, only_run
from kinopress.project.publishing import used_digests
from kinopress.system import disk
from kinopress.system.clearing import Found, Listed, delete, folders_in, look
from kinopress.system.lock import hold
from kinopress.system.stamps import HASHES_NAME, HashCache
from kinopress.video.encode.store import left_over, sweep

_RESULT = lazily(r"[0-9a-f]{16}")
_DOING = "deleting unused web films"


@dataclass(frozen=True, slots=True)
class UnusedFilm:
    """What was made of a film and that no page uses; ``made_from`` is the film's name, ``None`` where nothing tells."""

    found: Found
    made_from: str | None


@dataclass(frozen=True, slots=True)
class Unused:
    """What no page uses.

    Attributes:
        films: What was made of films, a folder each.
        pictures: What was made of pictures, a folder each.
        left: What is among these and is on no list of what was made: it is never deleted.
    """

    films: tuple[UnusedFilm, ...]
    pictures: tuple[Found, ...]
    left: tuple[Path, ...]

    @property
    def folders(self) -> tuple[Found, ...]:
        """All that can be deleted."""
        return (*(film.found for film in self.films), *self.pictures)

    @property
    def size_bytes(self) -> int:
        """How much room that takes."""
        return sum(found.size_bytes for found in self.folders)


def anything_made(project: Path) -> bool:
    """Whether there is a folder with what was made of films or pictures."""
    return (project / MEDIA).is_dir() or (project / PICTURES).is_dir()


@contextlib.contextmanager
def pruning(project: Path) -> Iterator[None]:
    """Hold a project from the list to the deletion: a build between them could begin to use what is deleted.

    Raises:
        Refusal: another run holds it (exit code 5), or it cannot be written to (3).
    """
    media = project / MEDIA
    try:
        disk.make_folder(media)
        with only_run(project, _DOING), hold(media, path=str(MEDIA), doing=_DOING, wait_s=5.0):
            yield
    except OSError as error:
        raise cannot_write(media, error) from None


def knows_what_is_used(report: Report) -> bool:
    """Whether every page of a film and every film could be read, so that it is known what they use."""
    return not any(p.path.startswith("videos/") and not p.field for p in report.errors)


def find_unused(project: Path, library: Library) -> Unused:
    """What can be deleted, and what is beside it.

    Args:
        project: The project's folder.
        library: Everything the coach wrote, pages that are held back among it.

    Raises:
        OSError: a folder cannot be looked through.
    """
    films = _films(project, library)
    used = used_digests(project, library) | figure_digests(library) | set(lots_of_cards(project))
    pictures = unused_pictures(project, used)
    return Unused(
        tuple(UnusedFilm(found, _name(found.folder)) for found in films if found.is_ours),
        tuple(found for found in pictures if found.is_ours),
        tuple(path for found in (*films, *pictures) for path in found.left),
    )


def delete_unused(project: Path, unused: Unused) -> tuple[Path, ...]:
    """Delete what was found, file by file as its lists name it, and what interrupted runs left.

    Returns:
        What stays, since no list and no mark of ours names it.

    Raises:
        OSError: a file cannot be deleted.
    """
    for found in unused.folders:
        delete(found)
    sweep(project / MEDIA)
    return (*unused.left, *left_over(project / MEDIA))


def _films(project: Path, library: Library) -> list[Found]:
    """Results that no page's film uses.

    What was made from a film as it is now is known by its record. Without one, everything
    that was ever made from this film counts as used.
    """
    media = project / MEDIA
    records = read_records(project)
    hashes = HashCache.load(media / HASHES_NAME)
    used: set[Path] = set()
    sources: set[str] = set()
    for video in library.videos:
        film = library.films.get(video.slug)
        if film is None:
            continue
        record = records.get(video.slug)
        if record is not None and (
            not film.original or current(project, library, video.slug, record) is not None
        ):
            used.add(project / record.folder)
        elif film.original:
            sources.add(hashes.sha256(film.file))
    found = [
        _look(folder, hashes)
        for folder in folders_in(media)
        if _RESULT.fullmatch(folder.name) and folder not in used and _sha256(folder) not in sources
    ]
    hashes.save()
    return found


def _look(folder: Path, hashes: HashCache) -> Found:
    """What is in the folder of a result, by its manifest."""
    listed: dict[str, Listed] | None = None
    with contextlib.suppress(OSError, ManifestError):
        if not (folder / MANIFEST_NAME).is_symlink():
            outputs = read_manifest(folder / MANIFEST_NAME).outputs
            listed = {output.path: Listed(output.bytes, output.sha256) for output in outputs}
    return look(folder, MANIFEST_NAME, listed, hashes.sha256)


def _sha256(folder: Path) -> str | None:
    try:
        return read_manifest(folder / MANIFEST_NAME).source_sha256
    except (OSError, ManifestError):
        return None


def _name(folder: Path) -> str | None:
    try:
        return read_manifest(folder / MANIFEST_NAME).source_name
    except (OSError, ManifestError):
        return None
