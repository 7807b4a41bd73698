"""Where the clock of a transport stream jumps, and whether a part of the file is missing there.

FFmpeg lets a film go on where the clock jumps back, or far forward, and says nothing. Two things look like that:
recordings copied one behind the other, of which everything is shown, and a file of which a piece is gone.
Their bytes differ (ISO/IEC 13818-1, 2.4.3): each recording begins with its table of programmes and with whole
packets, while a torn file goes on in the middle of one, and its counters leave numbers out.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import BinaryIO

CLOCK_BACK_S, CLOCK_ON_S = 0.1, 10.0
"""A clock that goes back, or that far forward, has started again, as FFmpeg sees it too."""

# A gap shorter than this is one of a recording's own.
_CLOCK_ON_MIN_S = 0.5

_SYNC = 0x47
# Plain packets, those of camcorders with a time before each, those of broadcasts with a sum behind.
_SIZES = (188, 192, 204)
_IN_STEP = 8
_BLOCK_BYTES = 1 << 18
_SEARCHED_BYTES = 4 << 20
# A clock is looked at about this often in a file too large to be read, but not more often than that.
_LOOK_EVERY_S, _LOOKS_MIN, _LOOKS_MAX = 4.0, 32, 2048
_TABLE_PIDS, _EMPTY_PID = range(0x20), 0x1FFF
# A recording's tables come before anything else of it.
_TABLE_WITHIN = 4
# The first packets of a recording are numbered so, in FFmpeg's and in cameras.
_FIRST_COUNTERS = 1
_CONTEXT_PACKETS = 512
_CLOCK_FULL_S = (1 << 33) / 90_000


@dataclass(frozen=True, slots=True)
class Jump:
    """A place where a film's clock jumps.

    Attributes:
        at_s: When that is, in seconds of the film as it is shown, without what is missing.
        by_s: How far it jumps; below 0: back.
        torn: A piece of the file is missing there.
    """

    at_s: float
    by_s: float
    torn: bool


@dataclass(frozen=True, slots=True)
class _Packet:
    at: int
    pid: int
    begins: bool
    counter: int | None
    flagged: bool
    clock_s: float | None


def read_jumps(path: Path, told_s: float | None, *, whole: bool) -> tuple[Jump, ...]:
    """Where the clock of a transport stream jumps; empty for any other file.

    Args:
        path: The film.
        told_s: How long its clock says it lasts.
        whole: Read all of it; else it is looked at in places, and read only where these do not fit together.

    Raises:
        OSError: It cannot be read.
    """
    with path.open("rb") as file:
        end = file.seek(0, os.SEEK_END)
        size = _packet_size(file)
        first = next((p for p in _packets(file, size, 0, end) if p.clock_s is not None), None)
        if size == 0 or first is None:
            return ()
        clocks = [(first.at, first.clock_s or 0.0)]
        for begin, stop in _stretches(file, size, first.pid, end, told_s, whole=whole):
            clocks += [
                c for c in _clocks(file, size, first.pid, begin, stop) if c[0] > clocks[-1][0]
            ]
        jumps, shown_s = [], 0.0
        for (before, earlier_s), (after, later_s) in pairwise(clocks):
            by_s = (later_s - earlier_s + _CLOCK_FULL_S / 2) % _CLOCK_FULL_S - _CLOCK_FULL_S / 2
            if -CLOCK_BACK_S <= by_s <= CLOCK_ON_S:
                shown_s += by_s
            else:
                torn = _torn(file, size, before, after, forward=by_s > 0)
                jumps.append(Jump(shown_s, by_s, torn))
        return tuple(jumps)


def clock_on_s(jumps: Sequence[Jump]) -> float:
    """How far forward a film's clock may go before it has started again, in seconds.

    Where recordings meet, a packet of the earlier one may come after the first of the later one: a picture
    is only known to end when the next begins. Beside a clock that went back by less than ten seconds it
    looks like a gap, and what comes next like another step back, which made such a film longer by the
    step. Below half of the step a gap is one.

    Args:
        jumps: Where the clock jumps.
    """
    back_s = [-one.by_s for one in jumps if one.by_s < 0 and not one.torn]
    return min([CLOCK_ON_S, *(max(_CLOCK_ON_MIN_S, one / 2) for one in back_s)])


def _stretches(
    file: BinaryIO, size: int, pid: int, end: int, told_s: float | None, *, whole: bool
) -> Iterator[tuple[int, int]]:
    """The parts of a file to be read: all, or its clock here and there, and what lies between two misfits."""
    if whole:
        yield 0, end
        return
    looks = min(_LOOKS_MAX, max(_LOOKS_MIN, int((told_s or 0.0) / _LOOK_EVERY_S)))
    before: tuple[int, float] | None = None
    for number in range(looks + 1):
        at = end * number // looks if number < looks else max(0, end - _SEARCHED_BYTES)
        found = next(_clocks(file, size, pid, at, min(end, at + _SEARCHED_BYTES)), None)
        if found is None:
            continue
        if before is not None and not 0 <= found[1] - before[1] <= CLOCK_ON_S:
            yield before[0], found[0]
        yield found[0], found[0] + size
        before = found


def _clocks(
    file: BinaryIO, size: int, pid: int, begin: int, end: int
) -> Iterator[tuple[int, float]]:
    for packet in _packets(file, size, begin, end, only_clocks=True):
        if packet.pid == pid and packet.clock_s is not None:
            yield packet.at, packet.clock_s


def _packet_size(file: BinaryIO) -> int:
    """How many bytes lie between the beginnings of packets; 0: it is no transport stream."""
    file.seek(0)
    head = file.read(_BLOCK_BYTES)
    for size in _SIZES:
        if _in_step(head, 0, size) is not None:
            return size
    return 0


def _in_step(data: bytes, begin: int, size: int) -> int | None:
    """The first place from which on packets follow one another."""
    at = data.find(_SYNC, begin)
    while at >= 0 and at + size * (_IN_STEP - 1) < len(data):
        if all(data[at + size * number] == _SYNC for number in range(_IN_STEP)):
            return at
        at = data.find(_SYNC, at + 1)
    return None


def _packets(
    file: BinaryIO, size: int, begin: int, end: int, *, only_clocks: bool = False
) -> Iterator[_Packet]:
    """The packets between two places of a file, wherever they are out of step from there on, too.

    Args:
        file: The film.
        size: Bytes from one packet to the next.
        begin: Where to begin to look for them.
        end: Where they end.
        only_clocks: Leave those out that do not tell the time, which is much faster.
    """
    place = begin
    while size and place < end:
        file.seek(place)
        data = file.read(min(_BLOCK_BYTES, end - place + size * _IN_STEP))
        at = _in_step(data, 0, size)
        if at is None:
            if len(data) < _BLOCK_BYTES:
                return
            place += len(data) - size * _IN_STEP
            continue
        count = (len(data) - at) // size
        syncs, flags = data[at::size][:count], data[at + 3 :: size][:count]
        whole = len(syncs) - len(syncs.lstrip(bytes([_SYNC])))
        for number in range(whole):
            if only_clocks and not flags[number] & 0x20:
                continue
            start = at + number * size
            if place + start >= end:
                return
            packet = _read_packet(data, start, place + start)
            if not only_clocks or packet.clock_s is not None:
                yield packet
        place += at + max(1, whole) * size


def _read_packet(data: bytes, at: int, place: int) -> _Packet:
    flags, extra = data[at + 3], 0
    if flags & 0x20:
        extra = data[at + 4]
    told = data[at + 5] if extra else 0
    clock_s = None
    if told & 0x10 and extra >= 7:
        clock_s = (int.from_bytes(data[at + 6 : at + 11], "big") >> 7) / 90_000
    return _Packet(
        at=place,
        pid=(data[at + 1] & 0x1F) << 8 | data[at + 2],
        begins=bool(data[at + 1] & 0x40),
        counter=flags & 0x0F if flags & 0x10 else None,
        flagged=bool(told & 0x80),
        clock_s=clock_s,
    )


def _torn(file: BinaryIO, size: int, before: int, after: int, *, forward: bool) -> bool:
    """Whether a piece is missing between two packets that tell the time.

    A file may go on with its tables where a piece of it is gone; there its counters go on, too,
    where those of a recording begin. In such a file the time never goes back.
    """
    counters: dict[int, int] = {}
    around = _packets(
        file, size, max(0, before - _CONTEXT_PACKETS * size), after + _CONTEXT_PACKETS * size
    )
    last, since_table, tables_first = None, _TABLE_WITHIN + 1, False
    for packet in around:
        if last is not None and packet.at != last + size and before < packet.at <= after:
            return True  # out of step
        last = packet.at
        since_table = 0 if packet.pid in _TABLE_PIDS else since_table + 1
        if packet.counter is None or packet.pid == _EMPTY_PID:
            continue
        known = counters.get(packet.pid)
        counters[packet.pid] = packet.counter
        follows = known is None or packet.counter in (known, (known + 1) % 16) or packet.flagged
        if follows or packet.at <= before:
            continue
        tables_first = tables_first or since_table <= _TABLE_WITHIN
        if not packet.begins or not tables_first or (forward and packet.counter > _FIRST_COUNTERS):
            return True
    return False
