"""When a film begins and ends, and whether all of it is in its file."""

from __future__ import annotations

from pathlib import Path

import av
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.stream import Stream
from av.video.stream import VideoStream

from kinopress.codes import Code
from kinopress.problems import Problem
from kinopress.video.source.containers.avi_index import Tear, find_tear
from kinopress.video.source.containers.boxes import promised_bytes, readable_bytes
from kinopress.video.source.containers.transport import CLOCK_ON_S, Jump, clock_on_s, read_jumps
from kinopress.video.source.film import Probe
from kinopress.video.source.limits import OVERHANG_S, TRUNCATION_TOLERANCE_S, truncated
from kinopress.video.source.packets import (
    Ends,
    counted_ends,
    may_begin_anew,
    read_whole,
    zero_s,
)
from kinopress.video.source.sniff import media_problem
from kinopress.video.source.tracks import Sound, tagged_length_s

# Sound begins so much below 0 where a decoder needs what is before it.
_PRIMING_S = 0.1


def check_begin(container: InputContainer, display_path: str) -> Problem | None:
    """Refuse Matroska whose times begin below 0: FFmpeg does not know when such pictures are shown."""
    if not container.format.name.startswith("matroska") or zero_s(container) >= -_PRIMING_S:
        return None
    return media_problem(
        display_path,
        "its first pictures have times before the film begins, so nobody can tell when they are shown",
        "export the film again as H.264 or HEVC in an MP4 or MOV",
        Code.MEDIA_DAMAGED,
    )


def read_ends(
    container: InputContainer, stream: VideoStream, sound: Sound | None, path: Path
) -> tuple[Ends, bool, tuple[Jump, ...]]:
    """When pictures and sound end, as the header says or counted; whether the clock begins again, and where."""
    heard = sound.stream if sound is not None else None
    size = path.stat().st_size
    jumps: tuple[Jump, ...] = ()
    if container.format.name == "avi" and (tear := find_tear(path, stream.index)):
        return _torn_ends(container, stream, heard, tear)
    picture_s = _told_end_s(container, stream)
    sound_s = _told_end_s(container, heard) if heard is not None else None
    told = picture_s is not None and (heard is None or sound_s is not None)
    if container.format.name == "mpegts" and not read_whole(size):
        told_s = container.duration / av.time_base if container.duration else None
        jumps = read_jumps(path, told_s, whole=False)
    if told and not jumps and not (may_begin_anew(container) and read_whole(size)):
        return Ends(picture_s, sound_s), False, ()
    counted, clock_jumps = counted_ends(container, stream, heard)
    if container.format.name == "mpegts" and clock_jumps and read_whole(size):
        jumps = read_jumps(path, None, whole=True)
    if clock_jumps and (on_s := clock_on_s(jumps)) < CLOCK_ON_S:
        counted, _ = counted_ends(container, stream, heard, on_s)
    ends = counted
    if told and picture_s is not None and not clock_jumps:
        # FFmpeg tells the end by the last time it finds, after which there may be more pictures.
        ends = Ends(max(picture_s, counted.picture_s or 0.0), sound_s)
    return ends, clock_jumps, jumps if clock_jumps else ()


def _torn_ends(
    container: InputContainer, stream: VideoStream, heard: AudioStream | None, tear: Tear
) -> tuple[Ends, bool, tuple[Jump, ...]]:
    """When pictures and sound of a torn AVI end, which tells no times: it goes on behind the tear."""
    counted, _ = counted_ends(container, stream, heard)
    picture_s = float(1 / stream.average_rate) if stream.average_rate else 0.0
    missing_s = tear.pictures * picture_s - (counted.picture_s or 0.0)
    return counted, True, (Jump(tear.before * picture_s, max(0.0, missing_s), torn=True),)


def _told_end_s(container: InputContainer, stream: Stream) -> float | None:
    """When a stream ends, by its own words; the container's length is that of its longest stream."""
    if stream.duration is not None and stream.duration > 0 and stream.time_base is not None:
        end_s = float((stream.duration + (stream.start_time or 0)) * stream.time_base)
        return end_s - zero_s(container)
    if container.format.name.startswith("matroska") and (container.start_time or 0) > 0:
        # FFmpeg writes the end there, not the length: 7202 s for two seconds filmed at +2 h.
        return None
    return tagged_length_s(stream)


def duration_s(container: InputContainer, ends: Ends) -> float | None:
    """How long the film lasts: sound that continues keeps the last picture, and so does a still end."""
    if ends.picture_s is None:
        return None
    last_s = [ends.picture_s]
    if ends.sound_s is not None:
        last_s.append(ends.sound_s)
    others = [one for one in container.streams if one.type not in ("video", "audio")]
    if container.format.name.startswith("matroska") and container.duration and not others:
        last_s.append(container.duration / av.time_base - max(0.0, zero_s(container)))
    longest_s = max(last_s)
    return longest_s if longest_s > ends.picture_s + OVERHANG_S else ends.picture_s


def start_s(container: InputContainer, stream: VideoStream) -> float | None:
    """When the first picture comes after the file's own beginning, in seconds."""
    if stream.start_time is None or stream.time_base is None or container.start_time is None:
        return None
    return max(
        0.0, float(stream.start_time * stream.time_base) - container.start_time / av.time_base
    )


def check_size(
    container: InputContainer,
    stream: VideoStream,
    sound: Sound | None,
    path: Path,
    display_path: str,
) -> Problem | None:
    """Refuse a file that ends before it says it does, or of which the rest cannot be found."""
    name, there = container.format.name.split(",")[0], path.stat().st_size
    promised = promised_bytes(path, name)
    if (found := readable_bytes(path, name)) is not None:
        promised, there = there, max(1, found)
    if promised is None or promised <= there:
        return None
    counted, _ = counted_ends(container, stream, sound.stream if sound is not None else None)
    readable_s = max(counted.picture_s or 0.0, counted.sound_s or 0.0)
    promised_s = readable_s * promised / there
    if container.format.name.startswith("matroska") and container.duration:
        promised_s = container.duration / av.time_base
    if promised_s - readable_s <= TRUNCATION_TOLERANCE_S:
        return None
    return truncated(display_path, readable_s, promised_s)


def check_whole(
    container: InputContainer, stream: VideoStream, found: Probe, display_path: str
) -> Problem | None:
    """Refuse an MP4 whose table of contents points beyond the end of the file.

    FFmpeg would encode the half that is there and call it a success.
    """
    if found.container != "mov" or found.duration_s is None or stream.time_base is None:
        return None
    entries = stream.index_entries
    beyond = [e.timestamp for e in entries if e.pos + e.size > found.bytes] if len(entries) else []
    if not beyond:
        return None
    readable_s = max(0.0, float(min(beyond) * stream.time_base))
    if found.duration_s - readable_s <= TRUNCATION_TOLERANCE_S:
        return None
    return truncated(display_path, readable_s, found.duration_s)
