"""Where a film is on a computer that encodes a part of it: in a folder that both see, or sent over in pieces."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from kinopress.system import disk
from kinopress.system.stamps import sha256_of, stamp
from kinopress.video.cluster.orders import Film

PIECE_BYTES = 4 << 20
"""So much is sent at a time. The scheduler holds one piece."""

FILM_MAX_BYTES = 4 << 30
"""The largest film that is sent: an hour as a phone films it. Larger ones need a folder that both see."""

KEPT_MAX_BYTES = 20 << 30
"""So much of films that were sent is kept on one computer; the one that came first goes first."""

_FREE_BYTES = 256 << 20
"""So much of the disk stays free for parts."""

_ENDING = ".film"
_known: dict[str, str] = {}
"""Stamp of a file → SHA-256 of its bytes: a film is read whole once, not for each of its parts."""


def find_film(film: Film, sent: Path, folders: Mapping[str, str]) -> Path | None:
    """The film on this computer, with the very bytes that are meant.

    Args:
        film: Which film.
        sent: The folder of films that were sent.
        folders: Where a folder of the other computer is found here: its path there → its path here.
    """
    for path in (_shared(film.path, folders), _place(sent, film.sha256)):
        if _is(path, film):
            return path
    return None


def _shared(path: str, folders: Mapping[str, str]) -> Path:
    """Where a film is if both computers see its folder: where it is said to be, or at the same place."""
    for there, here in folders.items():
        below = path.removeprefix(there.rstrip("/\\"))
        if below != path and below[:1] in ("/", "\\"):
            return Path(here, *below.replace("\\", "/").split("/")[1:])
    return Path(path)


def _is(path: Path, film: Film) -> bool:
    try:
        if not path.is_file() or path.stat().st_size != film.bytes:
            return False
        now = f"{path} {stamp(path)}"
        if now not in _known:
            _known[now] = sha256_of(path)
        return _known[now] == film.sha256
    except OSError:
        return False


def keep_piece(film: Film, offset: int, data: bytes, sent: Path, most_bytes: int) -> None:
    """Keep a piece of a film that is sent; the last one makes it a film.

    Args:
        film: Which film.
        offset: Where in it the piece begins.
        data: The piece.
        sent: The folder of films that were sent.
        most_bytes: How much that folder may hold.

    Raises:
        OSError: there is no room for it, or what came is not that film.
    """
    place = _place(sent, film.sha256)
    coming = place.with_suffix(".coming")
    if offset == 0:
        _make_room(film, sent, most_bytes)
        disk.write(coming, b"")
    disk.append(coming, data, at=offset)
    if offset + len(data) < film.bytes:
        return
    if sha256_of(coming) != film.sha256:
        disk.remove(coming)
        raise OSError(errno.EIO, "the film did not arrive as it was sent", str(coming))
    disk.rename(coming, place)


def _make_room(film: Film, sent: Path, most_bytes: int) -> None:
    disk.make_folder(sent)
    kept = sorted(sent.glob(f"*{_ENDING}"), key=lambda path: path.stat().st_mtime)
    total = sum(path.stat().st_size for path in kept)
    while kept and total + film.bytes > most_bytes:
        total -= kept[0].stat().st_size
        disk.remove(kept.pop(0))
    free = shutil.disk_usage(sent).free
    if total + film.bytes > most_bytes or film.bytes + _FREE_BYTES > free:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(sent))


def forget_film(sha256: str, sent: Path) -> None:
    """Remove a film that was sent, and pieces of one that never came completely."""
    place = _place(sent, sha256)
    for path in (place, place.with_suffix(".coming")):
        with contextlib.suppress(OSError):
            disk.remove(path)


def _place(sent: Path, sha256: str) -> Path:
    return sent / f"{sha256}{_ENDING}"
