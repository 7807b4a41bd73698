"""Joining a rendition's parts into a film: no picture's time is read, every picture is counted.

The pictures of a film follow each other at a constant rate, so a picture's number says when it is
shown: picture n at n / rate. That holds for any number of pictures and any rate, whereas the times in
a part do not: FFmpeg's own joining asks each part for its beginning, which a part of one or two
pictures, shorter than what the encoder delays them by, does not know (201 pictures at 25 a
second came out with a hole of eight seconds). Nor does a list of names have to be read as addresses,
in which ``#`` and ``?`` mean something.

With :mod:`kinopress.video.source.probe` and :mod:`kinopress.video.proof.pictures` the only module that uses PyAV.
"""

from __future__ import annotations

import errno
import heapq
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice
from pathlib import Path
from typing import Any

import av
from av.container import InputContainer
from av.packet import Packet

from kinopress.video.source.packets import AV_FAILURES, PROTOCOLS

# No metadata is added: not even what wrote the file. The index comes first, so that a film plays
# before it is loaded whole.
_FILM = {"movflags": "+faststart", "fflags": "+bitexact"}
_OF_THE_DISK = frozenset(
    {errno.ENOSPC, errno.EFBIG, errno.EIO, errno.EROFS, errno.EACCES, errno.EPERM}
    | ({errno.EDQUOT} if hasattr(errno, "EDQUOT") else set())
)


class JoinError(Exception):
    """Parts that make no film, and why."""


@dataclass(frozen=True, slots=True)
class Order:
    """In which order a part's pictures are shown.

    Attributes:
        shown_as: The number of each stored picture, in the order in which they are stored.
    """

    shown_as: tuple[int, ...]

    @property
    def delay(self) -> int:
        """By how many pictures decoding has to be ahead of showing."""
        return max(stored - shown for stored, shown in enumerate(self.shown_as))


def numbered(orders: Sequence[Order]) -> Iterator[tuple[int, int]]:
    """When each stored picture of a film is shown, and when it is decoded, in pictures (pure).

    Args:
        orders: Of the film's parts.

    Yields:
        Numbers: the first picture is shown at 0, and so decoded at 0 or before.
    """
    delay = max(order.delay for order in orders)
    before = 0
    for order in orders:
        for stored, shown in enumerate(order.shown_as):
            yield before + shown, before + stored - delay
        before += len(order.shown_as)


def count_part(path: Path) -> int | None:
    """How many pictures a part has.

    Returns:
        At least 1; ``None`` for a file that is not a part: it cannot be read, has no picture, begins
        with one that cannot be decoded by itself, or has two that are shown at the same time.
    """
    try:
        return len(_order(path).shown_as)
    except JoinError:
        return None


def count_joined(path: Path, fps: Fraction) -> int | None:
    """How many pictures a joined film has.

    Returns:
        At least 1; ``None`` for a file that cannot be read, has no picture, or in which one is not
        shown at its time: picture n at n / ``fps`` seconds, to the tick.
    """
    try:
        with _opened(path, "mov") as film:
            stream = film.streams.video[0]
            times = sorted(packet.pts for packet in film.demux(stream) if packet.pts is not None)
            tick_s = stream.time_base
    except (*AV_FAILURES, IndexError):
        return None
    if tick_s is None or not times:
        return None
    step = 1 / fps / tick_s
    return len(times) if times == [round(number * step) for number in range(len(times))] else None


def join(parts: Sequence[Path], sound: Path | None, film: Path, fps: Fraction) -> None:
    """Write an MP4 of a rendition's parts and its sound; nothing is encoded.

    Args:
        parts: In order, at least one.
        sound: The encoded sound, if there is one; its own times are kept.
        film: What is written.
        fps: Pictures a second, exactly.

    Raises:
        JoinError: A part or the sound cannot be read.
        OSError: The film cannot be written: the disk is full or in trouble.
    """
    orders = [_order(part) for part in parts]
    try:
        with ExitStack() as opened:
            first = opened.enter_context(_opened(parts[0], "nut"))
            made = opened.enter_context(
                av.open(f"file:{film.absolute()}", "w", format="mp4", options=_FILM)
            )
            # Opaque: as it is stored, whoever would encode or decode such a stream.
            picture = made.add_stream_from_template(first.streams.video[0], opaque=True)
            picture.time_base = Fraction(1, fps.numerator)
            rows: list[Iterator[Packet[Any]]] = [_pictures(parts, orders, picture, fps)]
            if sound is not None:
                heard = opened.enter_context(_opened(sound, "mov"))
                voice = made.add_stream_from_template(heard.streams.audio[0], opaque=True)
                rows.append(_sound(heard, voice))
            for packet in heapq.merge(*rows, key=_decoded_s):
                made.mux_one(packet)
    except (*AV_FAILURES, IndexError) as error:
        if isinstance(error, OSError) and error.errno in _OF_THE_DISK:
            raise OSError(error.errno, error.strerror or str(error), str(film)) from error
        raise JoinError(str(error)) from error


def _pictures(
    parts: Sequence[Path], orders: Sequence[Order], stream: Any, fps: Fraction
) -> Iterator[Packet[Any]]:
    """All pictures in the order in which they are stored, each with the time of its number."""
    step, tick_s = fps.denominator, Fraction(1, fps.numerator)
    numbers = numbered(orders)
    for part, order in zip(parts, orders, strict=True):
        with _opened(part, "nut") as opened:
            packets = (packet for packet in opened.demux(opened.streams.video[0]) if packet.size)
            own = islice(numbers, len(order.shown_as))
            for packet, (shown, decoded) in zip(packets, own, strict=True):
                packet.stream = stream
                packet.time_base = tick_s
                packet.pts, packet.dts, packet.duration = shown * step, decoded * step, step
                yield packet


def _sound(heard: InputContainer, stream: Any) -> Iterator[Packet[Any]]:
    for packet in heard.demux(heard.streams.audio[0]):
        if packet.size:
            packet.stream = stream
            yield packet


def _decoded_s(packet: Packet[Any]) -> Fraction:
    return (packet.dts or 0) * packet.time_base


def _order(path: Path) -> Order:
    """Raises :class:`JoinError` for what is not a part."""
    try:
        with _opened(path, "nut") as part:
            packets = [packet for packet in part.demux(part.streams.video[0]) if packet.size]
            times = [packet.pts for packet in packets if packet.pts is not None]
            begins_alone = bool(packets) and packets[0].is_keyframe
    except (*AV_FAILURES, IndexError) as error:
        raise JoinError(f"{path.name} cannot be read") from error
    if not begins_alone or not len(packets) == len(times) == len(set(times)):
        raise JoinError(f"{path.name} has no pictures, or not each at its time")
    number = {time: shown for shown, time in enumerate(sorted(times))}
    if number[times[0]] != 0:
        raise JoinError(f"{path.name} does not begin with its first picture")
    return Order(tuple(number[time] for time in times))


def _opened(path: Path, demuxer: str) -> InputContainer:
    return av.open(
        f"file:{path.absolute()}", format=demuxer, options={"protocol_whitelist": PROTOCOLS}
    )
