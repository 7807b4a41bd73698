"""Where finished things are: ``<media_dir>/<first 16 digits of the digest>/``.

A folder there is whole or it is not there. Work happens in a temporary folder beside it;
every file is flushed to the disk, the manifest is written last, then one rename makes it
real. A run that dies at any moment leaves only a temporary folder, which the next run that
holds the lock sweeps away; it resumes from the whole parts of renditions that are there
(:mod:`kinopress.video.encode.making.parts`). (Writing in place counted 62 of 150 killed runs as done; this
way it was 0 of 400.)

Each output also has a digest of its own. What another result already has, a quick run's poster
say, is taken from there by hard link, which costs neither time nor disk.

A stored file is checked on every use: its size always, its SHA-256 against the manifest
whenever its stamp is new (:mod:`kinopress.system.stamps`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from kinopress.media.manifest import MANIFEST_NAME, Manifest, ManifestError, Output, read_manifest
from kinopress.system import disk
from kinopress.system.atomic import write_text
from kinopress.system.clearing import folders_in, put_in_place
from kinopress.system.stamps import HashCache
from kinopress.system.workshop import begin, clear, remove_mark
from kinopress.video.encode.making import parts

_NAME_DIGITS = 16
_TEMPORARY = ".tmp-"


@dataclass(frozen=True, slots=True)
class Stored:
    """A whole result: its manifest and the folder in which its files are."""

    manifest: Manifest
    folder: Path


@dataclass(frozen=True, slots=True)
class Damaged:
    """A result that is there but cannot be used, and why."""

    reason: str


@dataclass(frozen=True, slots=True)
class Reusable:
    """One finished output of a result: its line in the manifest and its file."""

    output: Output
    path: Path


def folder_of(media_dir: Path, digest: str) -> Path:
    """Where the result of a digest is, whether it exists or not."""
    return media_dir / digest[:_NAME_DIGITS]


def find(media_dir: Path, digest: str, hashes: HashCache) -> Stored | Damaged | None:
    """Look up a result and check its files. Changes nothing and needs no lock."""
    folder = folder_of(media_dir, digest)
    if not folder.is_dir():
        return None
    try:
        manifest = read_manifest(folder / MANIFEST_NAME)
    except ManifestError as error:
        return Damaged(f"{MANIFEST_NAME} {error}")
    if manifest.digest != digest:
        return Damaged(f"{MANIFEST_NAME} belongs to another film")
    for output in manifest.outputs:
        if reason := _whole(folder / output.path, output, hashes):
            return Damaged(f"{output.path} {reason}")
    return Stored(manifest, folder)


def reusable(media_dir: Path, recipes: Mapping[str, str], hashes: HashCache) -> dict[str, Reusable]:
    """Finished, undamaged outputs of any result that need not be made again.

    Args:
        media_dir: Where the results are.
        recipes: The recipe digest of each output that is wanted, by name.
        hashes: What is known of the files.

    Returns:
        By the wanted names, what is there.
    """
    wanted = {recipe: name for name, recipe in recipes.items()}
    there: dict[str, Reusable] = {}
    for path in sorted(media_dir.glob(f"*/{MANIFEST_NAME}")):
        if path.parent.name.startswith(_TEMPORARY):
            continue  # unfinished
        try:
            manifest = read_manifest(path)
        except ManifestError:
            continue
        for output in manifest.outputs:
            name = wanted.get(output.recipe)
            if name is None or name != output.path or name in there:
                continue
            if _whole(path.parent / name, output, hashes) is None:
                there[name] = Reusable(output, path.parent / name)
    return there


def not_worth_it(media_dir: Path, recipes: Mapping[str, str]) -> frozenset[str]:
    """Names of what an earlier result left out, beside the same renditions that are wanted now.

    Args:
        media_dir: Where the results are.
        recipes: The recipe digest of each output that is wanted, by name.
    """
    wanted = {recipe: name for name, recipe in recipes.items()}
    known: set[str] = set()
    for path in media_dir.glob(f"*/{MANIFEST_NAME}"):
        if path.parent.name.startswith(_TEMPORARY):
            continue
        try:
            manifest = read_manifest(path)
        except ManifestError:
            continue
        if all(one.recipe in wanted for one in manifest.renditions):
            known |= {wanted[recipe] for recipe in manifest.left_out if recipe in wanted}
    return frozenset(known)


def take(reused: Reusable, folder: Path) -> None:
    """Put a finished output into a workshop: the same bytes on the disk, or a copy of them.

    Raises:
        OSError: Neither can be had.
    """
    place = folder / reused.output.path
    try:
        disk.link(reused.path, place)
    except OSError:  # a file system without hard links
        disk.copy(reused.path, place)


def _whole(path: Path, output: Output, hashes: HashCache) -> str | None:
    """What is wrong with a stored output; ``None`` when nothing is."""
    try:
        if path.stat().st_size != output.bytes:
            return "has another size"
        return None if hashes.sha256(path) == output.sha256 else "has changed"
    except OSError:
        return "is missing"


def sweep(media_dir: Path) -> None:
    """Remove what interrupted runs left, except whole parts. Only for the holder of the lock."""
    for left in folders_in(media_dir):
        if left.name.startswith(_TEMPORARY):
            parts.keep(media_dir, left)
            clear(left, _listed(left))
    parts.forget_old(media_dir)


def left_over(media_dir: Path) -> list[Path]:
    """Folders that look like a workshop and are none, or in which somebody laid something."""
    if not media_dir.is_dir():
        return []
    return [left for left in folders_in(media_dir) if left.name.startswith(_TEMPORARY)]


def _listed(folder: Path) -> list[str]:
    """The files of a result that was whole but not yet in its place."""
    try:
        outputs = read_manifest(folder / MANIFEST_NAME).outputs
    except ManifestError:
        return []
    return [MANIFEST_NAME, *(output.path for output in outputs)]


@contextmanager
def workshop(media_dir: Path, names: Iterable[str]) -> Iterator[Path]:
    """A temporary folder beside the results; gone afterwards unless it was put in place.

    What there is of a rendition when it ends early is laid aside. Only for the holder of the lock.

    Args:
        media_dir: Where the results are.
        names: The names of all files that may be made in it, parts apart.

    Raises:
        OSError: it cannot be made.
    """
    makes = [*names, MANIFEST_NAME, f".{MANIFEST_NAME}.*.new", *parts.FILES]
    folder = begin(media_dir, _TEMPORARY, makes)
    try:
        yield folder
    finally:
        parts.keep(media_dir, folder)
        clear(folder, _listed(folder))


def put(media_dir: Path, folder: Path, manifest: Manifest) -> Stored:
    """Make a finished workshop real, in the place of a damaged result if there is one.

    Only for the holder of the lock, and only after :func:`find` did not answer
    :class:`Stored`: a good result is never replaced.
    """
    names = [output.path for output in manifest.outputs]
    disk.flush_all((str(folder / name) for name in names), [str(folder)])
    write_text(folder / MANIFEST_NAME, manifest.to_json())
    remove_mark(folder)  # from here on the manifest says what is ours
    disk.flush(folder)
    place = folder_of(media_dir, manifest.digest)
    put_in_place(folder, place, {*names, MANIFEST_NAME})
    return Stored(manifest, place)
