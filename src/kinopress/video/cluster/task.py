"""Making one part of a film on a computer that was asked to."""

from __future__ import annotations

import errno
import hashlib
from collections.abc import Callable, Mapping
from pathlib import Path

from kinopress.codes import Code
from kinopress.problems import Refusal
from kinopress.system import disk
from kinopress.system.atomic import new_folder
from kinopress.system.process import run
from kinopress.system.stamps import stamp
from kinopress.video.cluster.films import find_film
from kinopress.video.cluster.orders import NotMade, PartMade, PartOrder, program_version
from kinopress.video.encode.making.run import SILENCE_S, Meter, problem_of, wall_limit_s
from kinopress.video.ffmpeg import commands
from kinopress.video.ffmpeg.binary import find_encoder
from kinopress.video.proof.joining import count_part

_NO_ROOM = frozenset({errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)})


class Unwanted(Exception):  # noqa: N818 - it is a wish of the one who asked, not a defect
    """Nobody wants the part any more."""


def make_part(
    order: PartOrder, spool: Path, folders: Mapping[str, str], unwanted: Callable[[], bool]
) -> PartMade | NotMade:
    """Make one part of a film.

    Args:
        order: Which part.
        spool: A folder of this computer's own for what is made; films that were sent are in it, too.
        folders: Where a folder of the other computer is found here.
        unwanted: Asked several times a second: whether FFmpeg is to be stopped.
    """
    try:
        encoder = find_encoder()
    except Refusal as refusal:
        return NotMade("version", refusal.problems[0].message)
    if encoder.version != order.ffmpeg:
        return NotMade(
            "version", f"its FFmpeg is {encoder.version}, where {order.ffmpeg} is wanted"
        )
    if program_version() != order.program:
        return NotMade(
            "version", f"its Kinopress is {program_version()}, where {order.program} is wanted"
        )
    film = find_film(order.film, spool / SENT, folders)
    if film is None:
        return NotMade("film", f"it does not find {order.film.path} with the same bytes")
    before = stamp(film)
    try:
        made = _made(order, encoder.path, film, spool, unwanted)
        if stamp(film) != before:
            return NotMade("film", f"{order.film.path} changed on it")
        return made
    except Unwanted:
        return NotMade("stopped")
    except OSError as error:
        if error.errno in _NO_ROOM:
            return NotMade("disk", "its disk is full")
        return NotMade("disk", f"it cannot write ({error.strerror or error})")


SENT = "films"
"""The folder, in a computer's own, of films that were sent."""


def _made(
    order: PartOrder, ffmpeg: str, film: Path, spool: Path, unwanted: Callable[[], bool]
) -> PartMade | NotMade:
    def look() -> None:
        if unwanted():
            raise Unwanted

    folder = new_folder(spool, "part-")
    files = {name: folder / f"{name}.nut" for name in order.names}
    try:
        argv = commands.encoding_span(order.recipe, film, folder, order.names, order.span)
        wall_s = wall_limit_s(order.recipe.probe)
        done = run(
            [ffmpeg, *argv],
            wall_s=wall_s,
            silence_s=SILENCE_S,
            on_line=Meter(None, None).read,
            on_look=look,
        )
        if problem := problem_of(done, order.film.path):
            if problem.code == Code.MEDIA_DISK_FULL:
                return NotMade("disk", "its disk is full")
            return NotMade("failed", problem.message)
        wanted = None if order.span.end is None else order.span.end - order.span.first
        made: dict[str, bytes] = {}
        for name, path in files.items():
            pictures = count_part(path) if path.is_file() else None
            if pictures is None or wanted not in (None, pictures):
                return NotMade("failed", f"of {wanted} pictures {name} has {pictures}")
            made[name] = path.read_bytes()
        return PartMade(
            made, {name: hashlib.sha256(data).hexdigest() for name, data in made.items()}
        )
    finally:
        for path in files.values():
            if path.is_file():
                disk.remove(path)
        disk.remove_folder(folder)
