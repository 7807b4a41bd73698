"""What a rendition is made of while it is encoded: parts of some seconds, which outlive a run.

Each rendition is written as a row of small files, every one of which begins with a keyframe, and
joined at the end without being encoded again. A part is whole as soon as the next one begins; then
it is flushed to the disk and listed with its digest. When a run ends early, by Ctrl-C, a kill, a
power cut or a full disk, the listed parts are laid aside under the digest of their rendition. The
next run that wants this rendition decodes the film again but encodes only what is missing::

    .kinopress/media/
      .tmp-x7/parts/sound.m4a              a run at work: the sound of all renditions
      .tmp-x7/parts/av1-720.mp4/000000.nut the parts of one; the last one is not whole
      .tmp-x7/parts/av1-720.mp4/parts.json the list of those that are
      .tmp-x7/parts/av1-720.mp4/from-00000960.nut one that another computer made before those before it
      .parts/c07d13ab90ff21e4/000000.nut   left by a run that ended early, with its list

NUT is written picture by picture and can be read up to wherever it ends. When its pictures are shown
is not read from it: :mod:`kinopress.video.proof.joining` counts them.
"""

from __future__ import annotations

import contextlib
import hashlib
import re
import stat
import time
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from itertools import accumulate
from pathlib import Path
from typing import Any

from kinopress.system import disk
from kinopress.system.atomic import is_left_aside
from kinopress.system.kept import read_kept, write_kept
from kinopress.system.stamps import sha256_of
from kinopress.system.workshop import remove_named
from kinopress.video.ffmpeg.soundtrack import HEARD_NAME
from kinopress.video.proof.joining import count_part
from kinopress.video.recipe.part_files import BEHIND_A_GAP, FOLDER, NUMBERED, SOUND_NAME, Begun

_LEFT = ".parts"
_LIST_NAME = "parts.json"
_NAME_DIGITS = 16
_PART = re.compile(r"(\d{6}|from-\d{8,})\.nut")
# A film whose run ended early and that nobody made since was given up, or changed.
_KEPT_S = 14 * 86_400.0


FILES = (
    *(f"{FOLDER}/{SOUND_NAME}", f"{FOLDER}/{HEARD_NAME}"),
    f"{FOLDER}/*/{'[0-9]' * 6}.nut",
    f"{FOLDER}/*/from-*.nut",
    *(f"{FOLDER}/*/{_LIST_NAME}", f"{FOLDER}/*/.{_LIST_NAME}.*.new"),
)
"""What lies among the parts of a workshop."""


@dataclass(frozen=True, slots=True)
class Part:
    """One whole part: the SHA-256 of its file, and how many pictures it has."""

    sha256: str
    pictures: int


@dataclass(slots=True)
class Row:
    """The parts of one rendition in a run's workshop.

    Attributes:
        place: Where they are.
        recipe: The rendition's digest.
        parts: Those that are whole and on the disk, in order.
        later: Those that were made elsewhere and are here before one that comes before them, by their first picture.
        unreadable: The name of a part that came out as none, after which nothing is listed.
    """

    place: Path
    recipe: str
    parts: list[Part] = field(default_factory=list)
    unreadable: str | None = None
    later: dict[int, Part] = field(default_factory=dict)

    @property
    def begun(self) -> Begun:
        """How much there is."""
        return Begun(len(self.parts), sum(part.pictures for part in self.parts))

    def look(self, *, ended: bool = False) -> None:
        """List parts that became whole since.

        Args:
            ended: No more comes, so the last one is whole, too.

        Raises:
            OSError: The disk is full or in trouble.
        """
        before = len(self.parts)
        while self.unreadable is None and (path := self._path(len(self.parts))).is_file():
            if not (ended or self._path(len(self.parts) + 1).is_file()):
                break
            disk.flush(path)
            pictures = count_part(path)
            if pictures is None:
                self.unreadable = path.name
            else:
                self.parts.append(Part(sha256_of(path), pictures))
        # The last one is never listed: whoever resumes has something to encode.
        if len(self.parts) > before and not ended:
            self.write()

    def write(self) -> None:
        """Write the list of parts.

        Raises:
            OSError: The disk is full or in trouble.
        """
        rows: dict[str, object] = {
            "recipe": self.recipe,
            "parts": [asdict(part) for part in self.parts],
        }
        if self.later:
            rows["later"] = {str(first): asdict(part) for first, part in self.later.items()}
        write_kept(self.place / _LIST_NAME, rows, indent=1)

    def take(self, first: int, data: bytes) -> int | None:
        """Keep a part that was made elsewhere.

        Args:
            first: The number of its first picture.
            data: Its bytes.

        Returns:
            How many pictures it has; ``None``: it is not a part, and is not kept. One that is here already stays as
            it is: of what is made twice, nothing is kept in a second place.

        Raises:
            OSError: The disk is full or in trouble.
        """
        if (known := self._known(first)) is not None:
            return known.pictures
        path = self._later(first)
        disk.write(path, data)
        pictures = count_part(path)
        if pictures is None:
            disk.remove(path)
            return None
        disk.flush(path)
        self.later[first] = Part(hashlib.sha256(data).hexdigest(), pictures)
        while (first := self.begun.pictures) in self.later:
            disk.rename(self._later(first), self._path(len(self.parts)))
            self.parts.append(self.later.pop(first))
        self.write()
        return pictures

    def check(self) -> None:
        """Keep what is as it is listed, up to the first part that is not."""
        for number, part in enumerate(self.parts):
            try:
                same = sha256_of(self._path(number)) == part.sha256
            except OSError:
                same = False
            if not same:
                del self.parts[number:]
                break
        for first, part in list(self.later.items()):
            try:
                same = sha256_of(self._later(first)) == part.sha256
            except OSError:
                same = False
            if not same or first < self.begun.pictures:
                del self.later[first]
        known = {path.name for path in self.paths} | {self._later(n).name for n in self.later}
        for path in self.place.iterdir():
            if path.name not in known and _is_ours(path):
                disk.remove(path)

    def _known(self, first: int) -> Part | None:
        """The part that begins with a picture, if it is here."""
        starts = accumulate((part.pictures for part in self.parts), initial=0)
        return dict(zip(starts, self.parts, strict=False)).get(first) or self.later.get(first)

    @property
    def files(self) -> int:
        """How many parts are there, behind a gap or not."""
        return len(self.parts) + len(self.later)

    @property
    def paths(self) -> list[Path]:
        """The files of the parts, in order."""
        return [self._path(number) for number in range(len(self.parts))]

    def _later(self, first: int) -> Path:
        return self.place / (BEHIND_A_GAP % first)

    def _path(self, number: int) -> Path:
        return self.place / (NUMBERED % number)


Rows = Mapping[str, Row]
"""The parts of each rendition, by its name."""


def begin(media_dir: Path, folder: Path, recipes: Mapping[str, str]) -> Rows:
    """Make the folders for the parts, with what an earlier run left in them.

    Args:
        media_dir: The store.
        folder: The workshop of this run.
        recipes: The digest of each rendition, by name.

    Raises:
        OSError: The store cannot be written.
    """
    rows = {}
    disk.make_new_folder(folder / FOLDER)
    for name, recipe in recipes.items():
        place = folder / FOLDER / name
        with contextlib.suppress(FileNotFoundError):
            disk.move(_left(media_dir, recipe), place)
        disk.make_folder(place)
        row = _read(place)
        if row is None or row.recipe != recipe:
            row = Row(place, recipe)
        row.check()
        row.write()
        rows[name] = row
    return rows


def begin_again(row: Row, recipe: str) -> Row:
    """The row of a rendition that is made once more, by another recipe; its parts are removed.

    Args:
        row: Its parts so far.
        recipe: The digest of the new recipe, so that nobody resumes one with the parts of the other.

    Raises:
        OSError: The store cannot be written.
    """
    for path in row.place.iterdir():
        if _is_ours(path):
            disk.remove(path)
    again = Row(row.place, recipe)
    again.write()
    return again


def look(rows: Iterable[Row], *, ended: bool = False) -> None:
    """:meth:`Row.look` for all."""
    for row in rows:
        row.look(ended=ended)


def drop(folder: Path) -> None:
    """Remove a workshop's parts: they are joined, or no good."""
    remove_named(folder, FILES)


def keep(media_dir: Path, folder: Path) -> None:
    """Lay aside the whole parts of a workshop whose run is over. Only for the holder of the lock.

    An encoder may outlive its killed run for a moment; what it still writes is on no list.
    """
    for place in (folder / FOLDER).glob("*/"):
        row = _read(place)
        if row is None or not row.files:
            continue
        left = _left(media_dir, row.recipe)
        there = _read(left)
        if there is not None and there.files >= row.files:
            continue
        with contextlib.suppress(OSError):  # a disk in trouble: then they are made again
            disk.make_folder(left.parent)
            _remove(left)
            disk.move(place, left)
            disk.set_changed_now(left)


def forget_old(media_dir: Path) -> None:
    """Remove parts that nobody came back for in two weeks. Only for the holder of the lock."""
    for left in (media_dir / _LEFT).glob("*"):
        with contextlib.suppress(OSError):
            if time.time() - left.stat().st_mtime > _KEPT_S:
                _remove(left)


def _remove(left: Path) -> None:
    """Remove parts that were laid aside, and nothing else that lies there."""
    if _read(left) is not None:
        for path in left.iterdir():
            if _is_ours(path) and path.name != _LIST_NAME:
                disk.remove(path)
        disk.remove(left / _LIST_NAME)  # last: without it nobody knows what the others are
        with contextlib.suppress(OSError):
            disk.remove_folder(left)


def _is_ours(path: Path) -> bool:
    """Whether a file has a name that only a run gives, in a folder of parts."""
    named = _PART.fullmatch(path.name) or is_left_aside(path.name, _LIST_NAME)
    return bool(named or path.name == _LIST_NAME) and stat.S_ISREG(path.lstat().st_mode)


def _left(media_dir: Path, recipe: str) -> Path:
    return media_dir / _LEFT / recipe[:_NAME_DIGITS]


def _read(place: Path) -> Row | None:
    """The row that a folder's list describes; ``None`` without one that can be read."""

    def take(known: Any) -> Row:
        parts = [_part(part) for part in known["parts"]]
        later = {int(first): _part(part) for first, part in known.get("later", {}).items()}
        return Row(place, str(known["recipe"]), parts, later=later)

    return read_kept(place / _LIST_NAME, take, unchecked=True)


def _part(known: Mapping[str, object]) -> Part:
    return Part(str(known["sha256"]), int(str(known["pictures"])))
