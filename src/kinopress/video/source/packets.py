"""Opening a film, and what its packets say without being decoded: when pictures and sound are there.

With :mod:`kinopress.video.source.probe`, :mod:`kinopress.video.source.tracks` and :mod:`kinopress.video.proof.pictures`
one of the few modules that use PyAV.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import av
import av.error
import av.logging
from av.container import InputContainer
from av.packet import Packet
from av.stream import Stream
from av.video.stream import VideoStream

from kinopress.video.source.containers.transport import CLOCK_BACK_S, CLOCK_ON_S

if TYPE_CHECKING:
    from av.audio.stream import AudioStream

PROTOCOLS = "file"
DEMUXERS = "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mpegts,mpeg"

AV_FAILURES = (av.error.FFmpegError, OSError, ValueError, EOFError)
"""All that PyAV raises for a file that is not as it should be."""

# A file so small is read whole, in a tenth of a second; of a larger one, stretches are looked at.
_READ_WHOLE_BYTES = 64 << 20
CUT_ANYWHERE = ("mpegts", "mpeg")
"""Demuxers whose clocks FFmpeg corrects (AVFMT_TS_DISCONT): transport and program streams."""

# So often a damaged file is read on; 64 MB of nothing but damage are no film any more.
_ASKED_MAX = 1000
_STRETCHES = 16
_STRETCH_PACKETS = 240
_STRETCH_ENTRIES = 1000


@dataclass(frozen=True, slots=True)
class Ends:
    """When pictures and sound end, in seconds from the film's beginning; ``None`` is unknown."""

    picture_s: float | None
    sound_s: float | None


def open_film(path: Path) -> InputContainer:
    """Open a film as a careful stranger would: only itself, and not by a demuxer that leads elsewhere.

    What its tags say is not looked at, in whatever letters it is written.

    Raises:
        OSError: and the others of :data:`AV_FAILURES`, when it is not a film.
    """
    return av.open(
        f"file:{path.absolute()}",
        options={"protocol_whitelist": PROTOCOLS, "format_whitelist": DEMUXERS},
        metadata_errors="ignore",
    )


def decoder_options(pixels_max: int) -> dict[str, str]:
    """How a film's pictures are decoded: none that is larger, and cropped to the pixel, as FFmpeg's own command does.

    Args:
        pixels_max: The most pixels of a picture.
    """
    return {"max_pixels": str(pixels_max), "flags": "+unaligned"}


def zero_s(container: InputContainer) -> float:
    """The second of a file's own clock at which FFmpeg lets it begin."""
    return (container.start_time or 0) / av.time_base


def packets(container: InputContainer, *streams: Stream) -> Iterator[Packet[Any]]:
    """The packets of some streams, up to the first that cannot be read.

    In a transport stream FFmpeg gives up for a moment after each 64 kB of damage; what follows is read
    when it is asked again, as its own command does.
    """
    for _ in range(_ASKED_MAX):
        try:
            yield from container.demux(*streams)
        except BlockingIOError:
            continue
        except AV_FAILURES:
            pass
        return


def packets_from_start(container: InputContainer, *streams: Stream) -> Iterator[Packet[Any]]:
    """The packets of some streams from the first one on, however much has been read.

    A Matroska file without an index cannot be wound back (one whose times begin below 0 has none):
    it is opened again.
    """
    try:
        container.seek(0)
    except AV_FAILURES:
        with open_film(Path(container.name.removeprefix("file:"))) as again:
            yield from packets(again, *(again.streams[stream.index] for stream in streams))
        return
    yield from packets(container, *streams)


class Clock:
    """Time that continues where a film's own clock begins again, as FFmpeg lets it continue.

    Recordings that were copied one after the other into a transport stream each begin at their own 0.

    Attributes:
        jumps: How often the clock began again.
    """

    def __init__(self, on_s: float = CLOCK_ON_S) -> None:
        self.jumps = 0
        self._on_s = on_s
        self._added_s = 0.0
        self._next_s: dict[int, float] = {}

    def added_s(self, packet: Packet[Any]) -> float:
        """What has to be added to a packet's times; to be asked for each packet, in the file's order."""
        if packet.dts is None or packet.time_base is None:
            return self._added_s
        index, at_s = packet.stream.index, float(packet.dts * packet.time_base) + self._added_s
        expected_s = self._next_s.get(index, at_s)
        if not -CLOCK_BACK_S <= at_s - expected_s <= self._on_s:
            self.jumps += 1
            self._added_s += expected_s - at_s
            at_s = expected_s
        length_s = float((packet.duration or 0) * packet.time_base)
        self._next_s[index] = max(expected_s, at_s + length_s)
        return self._added_s


def may_begin_anew(container: InputContainer) -> bool:
    """Whether a film is of a kind in which the clock may begin again in the middle."""
    return container.format.name.startswith(CUT_ANYWHERE)


def counted_ends(
    container: InputContainer,
    picture: VideoStream,
    sound: AudioStream | None,
    on_s: float = CLOCK_ON_S,
) -> tuple[Ends, bool]:
    """When pictures and sound end, counted: for films whose header does not say it.

    Reads every packet but decodes none: about a second for 500 MB.

    Args:
        container: The film.
        picture: Its pictures.
        sound: Its sound, if there is any.
        on_s: How far forward its clock may go before it has begun again.

    Returns:
        The ends, and whether the clock began again on the way.
    """
    ends: dict[int, float] = {}
    streams = [picture] if sound is None else [picture, sound]
    begins_s = zero_s(container)
    clock = Clock(on_s) if may_begin_anew(container) else None
    for packet in packets_from_start(container, *streams):
        added_s = 0.0 if clock is None else clock.added_s(packet)
        index = packet.stream.index
        if (
            packet.pts is None
            and packet.size
            and clock is not None
            and packet.time_base is not None
        ):
            # H.264 in a program stream may tell a time once in a group of pictures.
            ends[index] = ends.get(index, 0.0) + float((packet.duration or 0) * packet.time_base)
        if packet.pts is not None and packet.time_base is not None:
            end_s = float((packet.pts + (packet.duration or 0)) * packet.time_base) - begins_s
            ends[index] = max(ends.get(index, end_s + added_s), end_s + added_s)
    found = Ends(ends.get(picture.index), None if sound is None else ends.get(sound.index))
    return found, clock is not None and clock.jumps > 0


def read_whole(size: int) -> bool:
    """Whether a file of so many bytes is read to its end to know what it is."""
    return size <= _READ_WHOLE_BYTES


def picture_times(container: InputContainer, stream: VideoStream, size: int) -> list[float]:
    """When pictures are shown, in seconds of the file's own clock: all, or those of some stretches.

    Args:
        container: The film.
        stream: Its pictures.
        size: Bytes of the file.

    Returns:
        Empty also where most pictures have no time of their own; those that have tell of nothing.
    """
    if stream.time_base is None:
        return []
    entries = stream.index_entries
    if container.format.name.startswith("mov") and len(entries) > 1:
        unit_s = float(stream.time_base)
        places = _places(len(entries))
        return [entries[place].timestamp * unit_s for place in places]
    if read_whole(size) or not container.duration:
        clock = Clock() if may_begin_anew(container) else None
        return _times(packets_from_start(container, stream), clock)
    times: list[float] = []
    begins, step = container.start_time or 0, container.duration // _STRETCHES
    for number in range(_STRETCHES):
        try:
            container.seek(begins + number * step)
        except AV_FAILURES:
            continue
        times += _times(islice(packets(container, stream), _STRETCH_PACKETS))
    return times


def last_shown_s(container: InputContainer, stream: VideoStream) -> float | None:
    """When the last picture is first shown, in seconds from the film's beginning.

    Reads every packet of the pictures, so it is for films of few.
    """
    last_s = max(_times(packets_from_start(container, stream)), default=None)
    return None if last_s is None else last_s - zero_s(container)


def _places(count: int) -> Iterable[int]:
    """The entries of an index that are looked at: all, or those of some stretches."""
    stretch, step = _STRETCH_ENTRIES, count // _STRETCHES
    if count <= _STRETCHES * stretch:
        return range(count)
    return (begin + place for begin in range(0, count - stretch, step) for place in range(stretch))


def _times(some: Iterator[Packet[Any]], clock: Clock | None = None) -> list[float]:
    times, untimed = [], 0
    for packet in some:
        added_s = 0.0 if clock is None else clock.added_s(packet)
        if packet.pts is not None and packet.time_base is not None:
            times.append(float(packet.pts * packet.time_base) + added_s)
        else:
            untimed += packet.size > 0
    return times if untimed <= len(times) else []


def seek_to_share(container: InputContainer, share: float) -> bool:
    """Go to the keyframe before a share of a film's length; whether that can be done."""
    if not container.duration:
        return False
    try:
        container.seek((container.start_time or 0) + int(container.duration * share))
    except AV_FAILURES:
        return False
    return True


_SOUGHT_IN = ("mov", "matroska")
"""Demuxers of films whose index says where each keyframe is."""


def keyframes(path: Path, picture: int) -> list[float]:
    """When a film's keyframes are shown, in seconds from its beginning, in order.

    Args:
        path: The film.
        picture: Stream number of the pictures.

    Returns:
        Empty for films in which nothing can be relied on to be found by its time.
    """
    found: list[float] = []
    with contextlib.suppress(*AV_FAILURES), open_film(path) as film:
        if not film.format.name.startswith(_SOUGHT_IN):
            return []
        begins_s = zero_s(film)
        found += (
            float(packet.pts * packet.time_base) - begins_s
            for packet in packets(film, film.streams[picture])
            if packet.is_keyframe and packet.pts is not None and packet.time_base is not None
        )
    return sorted(found)


@dataclass(frozen=True, slots=True)
class Packed:
    """When each packet of a film begins and ends, in seconds from its beginning, as they are stored.

    Attributes:
        picture: Of the pictures.
        sound: Of the sound.
        damaged_s: When packets begin before which something of the file could not be read.
        picture_bytes: When each packet of the pictures begins, and its bytes; ``None`` where it does not say
            when. Also those that an edit list leaves out: what is shown may need them.
    """

    picture: Sequence[tuple[float, float]]
    sound: Sequence[tuple[float, float]]
    damaged_s: Sequence[float] = ()
    picture_bytes: Sequence[tuple[float | None, int]] = ()

    @property
    def bytes_in_all(self) -> int:
        """Bytes of all pictures."""
        return sum(size for _, size in self.picture_bytes)

    def bytes_between(self, from_s: float, to_s: float) -> int:
        """Bytes of the pictures in a part of the film, or the share of them that its length has, if that is more."""
        every = self.bytes_in_all
        inside = sum(
            size for at_s, size in self.picture_bytes if at_s is None or from_s <= at_s < to_s
        )
        end_s = max((end for _, end in self.picture), default=0.0)
        share = min(1.0, (to_s - from_s) / end_s) if end_s > 0 else 1.0
        return max(inside, round(every * share))


def packed_spans(path: Path, picture: int, sound: int | None) -> Packed:
    """When each packet of a film begins and ends; what an edit list leaves out is left out.

    Args:
        path: The film.
        picture: Stream number of the pictures.
        sound: Stream number of the sound, if there is one.
    """
    found: dict[int, list[tuple[float, float]]] = {picture: []}
    if sound is not None:
        found[sound] = []
    damaged_s: list[float] = []
    sizes: list[tuple[float | None, int]] = []
    with _complaints() as complaints, contextlib.suppress(*AV_FAILURES), open_film(path) as film:
        begins_s = zero_s(film)
        complaints.clear()
        for packet in packets(film, *(film.streams[index] for index in found)):
            if packet.pts is None or packet.time_base is None:
                if packet.stream.index == picture:
                    sizes.append((None, packet.size))
                continue
            unit_s = float(packet.time_base)
            begin_s = packet.pts * unit_s - begins_s
            if packet.stream.index == picture:
                sizes.append((begin_s, packet.size))
            if complaints or packet.is_corrupt:
                damaged_s.append(begin_s)
                complaints.clear()
            if packet.is_discard:
                continue
            span = begin_s, begin_s + (packet.duration or 0) * unit_s
            found[packet.stream.index].append(span)
    return Packed(found[picture], [] if sound is None else found[sound], damaged_s, sizes)


@contextlib.contextmanager
def _complaints() -> Iterator[list[Any]]:
    """What FFmpeg's libraries complain of meanwhile: blocks that it skips go unsaid otherwise."""
    before, skips = av.logging.get_level(), av.logging.get_skip_repeated()
    av.logging.set_level(av.logging.ERROR)
    # Else what was said of the film before is not said of this one.
    av.logging.set_skip_repeated(False)
    try:
        with av.logging.Capture(local=True) as complaints:
            yield complaints
    finally:
        av.logging.set_level(before)
        av.logging.set_skip_repeated(skips)


def spans(path: Path, kind: str) -> list[tuple[float, float]]:
    """When each packet of a file of ours begins and ends, in seconds of its own clock, in order.

    Args:
        path: The file.
        kind: ``video`` or ``audio``.

    Returns:
        Empty for a file that cannot be read.
    """
    found = []
    with contextlib.suppress(*AV_FAILURES), open_file(path) as film:
        chosen = [one for one in film.streams if one.type == kind][:1]
        for packet in packets(film, *chosen) if chosen else ():
            if packet.pts is not None and packet.time_base is not None:
                unit_s = float(packet.time_base)
                found.append((packet.pts * unit_s, (packet.pts + (packet.duration or 0)) * unit_s))
    return sorted(found)


def picture_bytes(path: Path) -> int:
    """Bytes of the pictures in a file of ours; 0 for a file that cannot be read."""
    total = 0
    with contextlib.suppress(*AV_FAILURES), open_file(path) as film:
        for stream in film.streams.video[:1]:
            total = sum(packet.size for packet in packets(film, stream))
    return total


def decoded_sound_s(path: Path) -> float:
    """How many seconds of sound a file of ours gives when it is decoded, up to the first damage."""
    seconds = 0.0
    with contextlib.suppress(*AV_FAILURES), open_file(path) as film:
        for frame in film.decode(audio=0):
            seconds += frame.samples / frame.sample_rate
    return seconds


def open_file(path: Path) -> InputContainer:
    """Open a film, or a file of our own.

    Raises:
        OSError: and the others of :data:`AV_FAILURES`, when it cannot be read.
    """
    return av.open(
        f"file:{path.absolute()}",
        options={"protocol_whitelist": PROTOCOLS, "format_whitelist": f"{DEMUXERS},nut"},
        metadata_errors="ignore",
    )
