"""What is this file? With :mod:`kinopress.video.pictures` the only module that uses PyAV.

:func:`probe` opens a file the way a careful stranger would: only a regular file, only the
``file`` protocol, only demuxers that cannot lead to other files (playlists can). Whatever
cannot be known is ``None``, never 0, so that nothing downstream calculates with a guess.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import cast

import av
import av.error
from av.container import InputContainer
from av.packet import Packet
from av.sidedata.sidedata import SideData
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from kinopress.problems import Problem
from kinopress.video.codec_names import codec_name
from kinopress.video.display import MATRICES, RANGES, TRANSFERS, orientation
from kinopress.video.limits import (
    TRUNCATION_TOLERANCE_S,
    check_length,
    check_pixels,
    check_sides,
    truncated,
)
from kinopress.video.settings import VideoSettings
from kinopress.video.sniff import (
    check_file,
    explain_unopenable,
    media_problem,
)

PROTOCOLS = "file"
DEMUXERS = "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mpegts,mpeg"

# A decodable film shows its first picture well within this many packets.
_PACKETS_MAX = 600
_FPS_LEFT_OUT = Fraction(3, 2)
_BUSY_S = 10
_BUSY_MAX = 10
_ATTACHED_PICTURE = 0x400  # AV_DISPOSITION_ATTACHED_PIC, libavformat/avformat.h

AV_FAILURES = (av.error.FFmpegError, OSError, ValueError, EOFError)
"""All that PyAV raises for a file that is not as it should be."""


@dataclass(frozen=True, slots=True)
class Probe:
    """A film, as far as it can be known without decoding all of it.

    Attributes:
        container: FFmpeg's short demuxer name: ``mov``, ``matroska``, ``mpegts``, ``avi``.
        bytes: Size of the file.
        width: Pixels across as displayed: upright, square pixels.
        height: Pixels down as displayed.
        rotation_deg: Turn stored in the file, in FFmpeg's sign: 0, 90, 180 or 270.
        mirrored: The film says it is to be shown mirrored.
        anamorphic: The stored pixels are not square.
        duration_s: How long the pictures last, in seconds.
        start_s: When the first picture comes after the file's own beginning, in seconds.
        fps: Pictures a second the camera was set to; a phone may leave some out.
        codec: FFmpeg's codec name, such as ``h264`` or ``hevc``.
        pix_fmt: FFmpeg's pixel format, such as ``yuv420p10le``.
        bit_depth: Bits of one colour sample.
        color_transfer: H.273 transfer in FFmpeg's words; ``arib-std-b67`` is HLG.
        color_matrix: H.273 matrix in FFmpeg's words.
        color_range: ``tv`` or ``pc``.
        interlaced: Two half pictures in time make one frame.
        has_audio: There is sound that can be decoded.
        audio_codec: FFmpeg's codec name of that sound.
        codecs: RFC 6381 codecs parameter of picture and sound, exact.
        video_index: Stream number of the pictures.
        audio_index: Stream number of the sound.
        video_bps: Bits a second of the pictures, in the busiest ten seconds where the file has an
            index that tells, else on average.
    """

    container: str
    bytes: int
    width: int
    height: int
    rotation_deg: int
    mirrored: bool
    anamorphic: bool
    duration_s: float | None
    start_s: float | None
    fps: Fraction | None
    codec: str
    pix_fmt: str | None
    bit_depth: int | None
    color_transfer: str | None
    color_matrix: str | None
    color_range: str | None
    interlaced: bool
    has_audio: bool
    audio_codec: str | None
    codecs: str | None
    video_index: int
    audio_index: int | None
    video_bps: int | None = None

    @property
    def is_hdr(self) -> bool:
        """Brighter than BT.709 can say: HLG or PQ."""
        return self.color_transfer in ("arib-std-b67", "smpte2084")


def probe(
    path: Path, *, display_path: str, settings: VideoSettings | None = None
) -> Probe | Problem:
    """Find out what a file is: headers and the first picture, 1 to 30 ms.

    Returns:
        The film, or the one problem for which it cannot be one.
    """
    limits = settings or VideoSettings()
    if problem := check_file(path, display_path):
        return problem
    try:
        container = av.open(
            f"file:{path.absolute()}",
            options={"protocol_whitelist": PROTOCOLS, "format_whitelist": DEMUXERS},
        )
    except AV_FAILURES:
        return explain_unopenable(path, display_path)
    with container:
        stream = _film_stream(container)
        if stream is None:
            return media_problem(
                display_path,
                "there is sound but no picture in it"
                if container.streams.audio
                else "there is no picture in it",
                "use a film, or leave the video away",
                "media-no-picture",
            )
        if problem := check_pixels(stream.width, stream.height, limits.pixels_max, display_path):
            return problem
        frame = _first_frame(container, stream, limits.pixels_max)
        if frame is None:
            return media_problem(
                display_path,
                "no picture of it can be decoded",
                "export the film again as H.264 or HEVC in an MP4 or MOV",
                "media-damaged",
            )
        found = _describe(container, stream, frame, path.stat().st_size)
        problem = (
            check_sides(found.width, found.height, display_path)
            or check_length(found.duration_s, limits.duration_max_s, display_path)
            or _check_whole(container, stream, found, display_path)
        )
        return problem or found


def _film_stream(container: InputContainer) -> VideoStream | None:
    """The largest decodable picture stream that is no cover art."""
    films = [
        stream
        for stream in container.streams.video
        if stream.codec_context is not None
        and not stream.disposition.value & _ATTACHED_PICTURE
        and stream.width > 0
    ]
    return max(films, key=lambda stream: stream.width * stream.height, default=None)


def _first_frame(
    container: InputContainer, stream: VideoStream, pixels_max: int
) -> VideoFrame | None:
    stream.codec_context.options = {"max_pixels": str(pixels_max)}
    for _, packet in zip(range(_PACKETS_MAX), _packets(container, stream), strict=False):
        try:
            frames = stream.decode(packet)
        except AV_FAILURES:  # a film may begin in the middle of a group of pictures
            continue
        if frames:
            return frames[0]
    return None


def _packets(container: InputContainer, stream: VideoStream) -> Iterator[Packet[VideoStream]]:
    try:
        yield from container.demux(stream)
    except AV_FAILURES:
        return


def _describe(
    container: InputContainer, stream: VideoStream, frame: VideoFrame, size: int
) -> Probe:
    sar = Fraction(stream.sample_aspect_ratio or 1) or Fraction(1)
    width, height = round(frame.width * sar), frame.height
    rotation_deg, mirrored = upright(frame)
    if rotation_deg in (90, 270):
        width, height = height, width
    sound = next((s for s in container.streams.audio if s.codec_context is not None), None)
    context = stream.codec_context
    names = [codec_name(context.codec.canonical_name, context.extradata)]
    if sound is not None:
        names.append(codec_name(sound.codec_context.name, sound.codec_context.extradata))
    known = [name for name in names if name is not None]
    return Probe(
        container=container.format.name.split(",")[0],
        bytes=size,
        width=width,
        height=height,
        rotation_deg=rotation_deg,
        mirrored=mirrored,
        anamorphic=sar != 1,
        duration_s=_duration_s(container, stream),
        start_s=_start_s(container, stream),
        fps=_fps(stream),
        codec=context.codec.canonical_name,
        pix_fmt=frame.format.name,
        bit_depth=max((part.bits for part in frame.format.components), default=0) or None,
        color_transfer=TRANSFERS.get(frame.color_trc),
        color_matrix=MATRICES.get(frame.colorspace),
        color_range=RANGES.get(frame.color_range),
        interlaced=frame.interlaced_frame,
        has_audio=sound is not None,
        audio_codec=sound.codec_context.name if sound else None,
        codecs=",".join(known) if len(known) == len(names) else None,
        video_index=stream.index,
        audio_index=sound.index if sound else None,
        video_bps=_video_bps(container, stream, size),
    )


def _video_bps(container: InputContainer, stream: VideoStream, size: int) -> int | None:
    """Bits a second of the pictures, from the index alone: nothing is read for it."""
    duration_s = _duration_s(container, stream)
    if not duration_s or stream.time_base is None:
        return None
    sounds_bps = sum(one.bit_rate or 0 for one in container.streams.audio)
    average_bps = stream.bit_rate or max(0.0, size * 8 / duration_s - sounds_bps)
    if duration_s <= _BUSY_S or len(entries := stream.index_entries) < 2:
        return round(average_bps) or None
    # How far apart in the file pictures lie that are ten seconds apart, at any five seconds.
    moments = range(0, int(duration_s) + 1, _BUSY_S // 2)
    found = [
        entries.search_timestamp(int(moment / stream.time_base), any_frame=True)
        for moment in moments
    ]
    places = [entries[number].pos if number >= 0 else 0 for number in found]
    apart = (later - earlier for earlier, later in zip(places, places[2:], strict=False))
    busiest_bps = max(apart, default=0) * 8 / _BUSY_S - sounds_bps
    # A file in another order, or with something else in between, says nothing by its places.
    likely = average_bps <= busiest_bps <= average_bps * _BUSY_MAX
    return round(busiest_bps if likely else average_bps) or None


def upright(frame: VideoFrame) -> tuple[int, bool]:
    """Which way is up: the turn in degrees and whether the picture is mirrored."""
    try:
        matrix = cast("SideData | None", frame.side_data.get("DISPLAYMATRIX"))
    except ValueError:
        # PyAV 17 refuses all of a frame's notes when it does not know one, such as a photo's
        # EXIF. FFmpeg turns the picture by itself; only its size must be known here.
        return round(frame.rotation) % 360, False
    return (0, False) if matrix is None else orientation(bytes(matrix))


def _fps(stream: VideoStream) -> Fraction | None:
    """The rate the camera was set to.

    A phone in poor light leaves pictures out: its average is below the rate of the pictures
    that are there. Far above the average the "base rate" is only a clock's resolution.
    """
    average, base = stream.average_rate, stream.base_rate
    if average and base and average <= base <= average * _FPS_LEFT_OUT:
        return base
    return average or stream.guessed_rate or None


def _duration_s(container: InputContainer, stream: VideoStream) -> float | None:
    if stream.duration is not None and stream.duration > 0 and stream.time_base is not None:
        return float(stream.duration * stream.time_base)
    if container.format.name.startswith("matroska") and (container.start_time or 0) > 0:
        # FFmpeg writes the end there, not the length: 7202 s for two seconds filmed at +2 h.
        return _counted_duration_s(container, stream)
    tag = stream.metadata.get("DURATION", "")  # Matroska's, "00:00:04.000000000"
    try:
        hours, minutes, seconds = tag.split(":")
        return int(hours) * 3600 + int(minutes) * 60 + float(seconds)
    except ValueError:
        pass
    if container.duration is not None and container.duration > 0:
        return container.duration / av.time_base
    return _counted_duration_s(container, stream)


def _counted_duration_s(container: InputContainer, stream: VideoStream) -> float | None:
    """The length of a film without one in its header, such as a browser's recording.

    Reads every packet but decodes none: about a second for 500 MB.
    """
    first: int | None = None
    end = 0
    container.seek(0)
    for packet in _packets(container, stream):
        if packet.pts is not None:
            first = packet.pts if first is None else min(first, packet.pts)
            end = max(end, packet.pts + (packet.duration or 0))
    if first is None or stream.time_base is None or end <= first:
        return None
    return float((end - first) * stream.time_base)


def _start_s(container: InputContainer, stream: VideoStream) -> float | None:
    if stream.start_time is None or stream.time_base is None or container.start_time is None:
        return None
    return max(
        0.0, float(stream.start_time * stream.time_base) - container.start_time / av.time_base
    )


def _check_whole(
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
