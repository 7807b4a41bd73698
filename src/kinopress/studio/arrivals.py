"""Films on their way in: uploaded in pieces, dropped into a folder or sent from a phone, until they have a page.

Each has a folder of its own below ``.kinopress/studio/films``, named by chance: no name that a browser
or a phone sends becomes a name on the disk, apart from its ending, which is one of a list. While a film comes,
it is ``film.part``, and the size of that is the truth about how much is there; when it is whole, it is
renamed. ``film.json`` is what is known of it, and the mark by which the folder is known as ours.
"""

from __future__ import annotations

import contextlib
import re
import secrets
import shutil
import threading
import time
from collections.abc import AsyncIterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Literal

from starlette.concurrency import run_in_threadpool

from kinopress.content.source.film_files import FILM_ENDINGS
from kinopress.problems import shortened
from kinopress.project.telling.timed import size_words
from kinopress.system import disk
from kinopress.system.atomic import make_folder, remove_tree, write_bytes
from kinopress.system.kept import read_kept, write_kept

MARK = "film.json"
BYTES_MAX = 8_000_000_000
"""An hour of a phone's 1080p; a larger one is put into videos/ by hand, and the check finds it there."""
GIVEN_UP_S = 24 * 3600.0
"""A film of which nothing came for so long is not resumed any more."""
_ROOM_LEFT_BYTES = 500_000_000
_PIECE_BYTES = 1 << 18
_ID = re.compile(r"[0-9a-f]{16}")

Way = Literal["upload", "phone", "folder"]


class NotTaken(Exception):  # noqa: N818 - an answer, not a defect
    """A film, or a piece of one, that is not taken.

    Attributes:
        status: The status of HTTP that says so.
        why: A sentence.
        offset: How many bytes are there, where that is what went wrong.
    """

    def __init__(self, status: int, why: str, offset: int | None = None) -> None:
        super().__init__(why)
        self.status, self.why, self.offset = status, why, offset


@dataclass(frozen=True, slots=True)
class Arrival:
    """A film on its way in, and what its page will say.

    Attributes:
        id: What it is called in addresses and on the disk.
        name: What the coach's computer or phone called it; only ever shown.
        ending: One of ``FILM_ENDINGS``.
        size: Its bytes when it is whole.
        changed: When it was changed, as its sender has it: by name, size and this an upload is resumed.
        way: How it came.
        since_s: When it began to come, in seconds since 1970.
        is_whole: All of it is there.
        problem: Why it is not a film that can be published; empty: it is.
        facts: What was found in it: width, height, codec and so on.
        made: The folder of what every browser can play, relative to the project; empty: not yet.
        stills: Seconds of the pictures to choose from.
        title, tags, date, exercises, description, alt: What its page will say, as it was typed.
        poster_at_s: The chosen second; ``None``: the program chooses.
        poster: The ending of the coach's own poster; empty: none.
        from_s, to_s: The part that will be shown.
        chapters: Seconds and titles.
        captions: The language of its captions; empty: none.
    """

    id: str
    name: str
    ending: str
    size: int
    changed: str = ""
    way: Way = "upload"
    since_s: float = 0.0
    is_whole: bool = False
    problem: str = ""
    facts: dict[str, Any] | None = None
    made: str = ""
    stills: tuple[float, ...] = ()
    title: str = ""
    tags: tuple[str, ...] = ()
    date: str = ""
    exercises: tuple[str, ...] = ()
    description: str = ""
    alt: str = ""
    poster_at_s: float | None = None
    poster: str = ""
    from_s: float = 0.0
    to_s: float | None = None
    chapters: tuple[tuple[float, str], ...] = ()
    captions: str = ""


class Arrivals:
    """All films on their way in.

    Args:
        folder: Where they are kept.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lock = threading.RLock()
        self._writers: dict[str, object] = {}
        make_folder(folder)

    def begin(self, name: str, size: int, changed: str = "", way: Way = "upload") -> Arrival:
        """A film that begins to come, or one that came in part before and is resumed.

        Raises:
            NotTaken: its name is not that of a film, it is too large, or there is no room for it.
        """
        ending = Path(name.replace("\\", "/")).suffix.casefold()
        if ending not in FILM_ENDINGS:
            known = ", ".join(FILM_ENDINGS[:3])
            raise NotTaken(
                415, f"This does not look like a film: its name should end in {known} or the like."
            )
        if size <= 0:
            raise NotTaken(400, "This file is empty.")
        if size > BYTES_MAX:
            raise NotTaken(
                413,
                f"This film is {size_words(size)}, and {size_words(BYTES_MAX)} is the most that the browser can send."
                " Copy it into the folder videos yourself.",
            )
        with self._lock:
            for known_film in self.all():
                if (known_film.name, known_film.size, known_film.changed, known_film.way) == (
                    shortened(name),
                    size,
                    changed,
                    way,
                ):
                    return known_film
            free = shutil.disk_usage(self.folder).free
            if free < size + _ROOM_LEFT_BYTES:
                raise NotTaken(
                    507,
                    f"There is not enough room on this computer: the film is {size_words(size)},"
                    f" {size_words(_ROOM_LEFT_BYTES)} more are needed for what is made of it, and only"
                    f" {size_words(free)} are free. Free some space, then drop it again.",
                )
            arrival = Arrival(
                secrets.token_hex(8), shortened(name), ending, size, changed, way, time.time()
            )
            make_folder(self.folder / arrival.id)
            self._save(arrival)
            disk.write(self._part(arrival.id), b"")
            return arrival

    def received(self, arrival: Arrival) -> int:
        """How many bytes are there."""
        if arrival.is_whole:
            return arrival.size
        try:
            return self._part(arrival.id).stat().st_size
        except OSError:
            return 0

    async def take(self, arrival: Arrival, offset: int, pieces: AsyncIterator[bytes]) -> Arrival:
        """Take the next bytes of a film.

        Whoever sends last is heard: a connection that broke, of which this computer has not heard yet,
        must not keep out the one that resumes.

        Args:
            arrival: The film.
            offset: How many bytes the sender believes are there.
            pieces: The bytes, as they come. An exception from it keeps what came.

        Returns:
            The film; whole, when the last byte came.

        Raises:
            NotTaken: the offset is not what is there (409), there are more bytes than there should be
                (400), or the disk is full (507).
        """
        if arrival.is_whole:
            return arrival
        there = self.received(arrival)
        if offset != there:
            raise NotTaken(409, "The film is resumed from another place.", there)
        own = object()
        self._writers[arrival.id] = own
        buffer = bytearray()
        try:
            async for piece in pieces:
                buffer += piece
                if there + len(buffer) > arrival.size:
                    raise NotTaken(400, "More came than the film is long.", there)
                if len(buffer) >= _PIECE_BYTES:
                    full, buffer = buffer, bytearray()
                    there = await self._write(arrival, own, full, there)
        finally:
            if buffer and there + len(buffer) <= arrival.size:
                with contextlib.suppress(NotTaken):
                    there = await self._write(arrival, own, buffer, there)
        if there < arrival.size:
            return arrival
        return await run_in_threadpool(self._finish, arrival)

    async def _write(self, arrival: Arrival, own: object, data: bytearray, at: int) -> int:
        try:
            await run_in_threadpool(self._append, arrival, own, data, at)
        except OSError as error:
            why = "The disk of this computer is full, or cannot be written to."
            raise NotTaken(507, why, self.received(arrival)) from error
        return at + len(data)

    def _append(self, arrival: Arrival, own: object, data: bytearray, at: int) -> None:
        # One at a time: a piece that cuts off what another has added meanwhile would leave a hole of zeros.
        with self._lock:
            there = self.received(arrival)
            if self._writers.get(arrival.id) is not own or there < at:
                raise NotTaken(409, "The film is being sent again from another window.", there)
            disk.append(self._part(arrival.id), data, at=at)

    def _finish(self, arrival: Arrival) -> Arrival:
        with self._lock:
            part, film = self._part(arrival.id), self.film(arrival)
            if part.exists():
                disk.flush(part)
                disk.rename(part, film)
                disk.flush(film.parent)
            self._writers.pop(arrival.id, None)
            return self.change(arrival.id, is_whole=True)

    def bring_in(self, file: Path, way: Way) -> Arrival:
        """Copy a whole film from the drop folder; it stays where it is.

        Raises:
            NotTaken: as :meth:`begin`.
            OSError: it cannot be copied.
        """
        seen = file.stat()
        arrival = self.begin(file.name, seen.st_size, f"{seen.st_mtime_ns}", way)
        if not arrival.is_whole:
            disk.copy(file, self._part(arrival.id))
            arrival = self._finish(arrival)
        return arrival

    def film(self, arrival: Arrival) -> Path:
        """The file of a film that is whole."""
        return self.folder / arrival.id / f"film{arrival.ending}"

    def beside(self, arrival: Arrival, name: str) -> Path:
        """A file beside a film, by a name that the program chooses."""
        return self.folder / arrival.id / name

    def put(self, arrival: Arrival, name: str, data: bytes) -> None:
        """Write a file beside a film.

        Raises:
            OSError: it cannot be written.
        """
        write_bytes(self.beside(arrival, name), data, private=True)

    def get(self, arrival_id: str) -> Arrival | None:
        """A film by its id; ``None`` for anything else that is asked for."""
        if not _ID.fullmatch(arrival_id):
            return None
        arrival = read_kept(self.folder / arrival_id / MARK, _arrival, unchecked=True)
        return arrival if arrival is not None and arrival.id == arrival_id else None

    def all(self) -> list[Arrival]:
        """Every film on its way, the newest first."""
        found = [self.get(entry.name) for entry in self.folder.iterdir() if entry.is_dir()]
        return sorted((a for a in found if a), key=lambda a: a.since_s, reverse=True)

    def change(self, arrival_id: str, **values: Any) -> Arrival:
        """Change what is known of a film.

        Raises:
            KeyError: it is gone.
            OSError: it cannot be written.
        """
        with self._lock:
            before = self.get(arrival_id)
            if before is None:
                raise KeyError(arrival_id)
            after = replace(before, **values)
            if after != before:
                self._save(after)
            return after

    def remove(self, arrival: Arrival) -> None:
        """Forget a film with all that is beside it: its copy here, never the one it came from."""
        with self._lock:
            self._writers.pop(arrival.id, None)
            remove_tree(self.folder / arrival.id, MARK)

    def sweep(self, now_s: float) -> None:
        """Remove what broke off so long ago that nobody resumes it."""
        for arrival in self.all():
            if arrival.is_whole:
                continue
            try:
                last_s = self._part(arrival.id).stat().st_mtime
            except OSError:
                last_s = arrival.since_s
            if now_s - last_s > GIVEN_UP_S:
                self.remove(arrival)

    def _part(self, arrival_id: str) -> Path:
        return self.folder / arrival_id / "film.part"

    def _save(self, arrival: Arrival) -> None:
        write_kept(self.folder / arrival.id / MARK, asdict(arrival), private=True)


def _arrival(values: Any) -> Arrival:
    arrival = Arrival(**values)
    return replace(
        arrival,
        tags=tuple(arrival.tags),
        exercises=tuple(arrival.exercises),
        stills=tuple(arrival.stills),
        chapters=tuple((at, title) for at, title in arrival.chapters),
    )
