"""What is this file?

:func:`probe` opens a file the way a careful stranger would: only a regular file, only the
``file`` protocol, only demuxers that cannot lead to other files (playlists can). Whatever
cannot be known is ``None``, never 0, so that nothing downstream calculates with a guess.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import islice
from pathlib import Path
from typing import cast

import av
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.sidedata.sidedata import SideData
from av.stream import Stream
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from kinopress.codes import Code
from kinopress.problems import Problem
from kinopress.video.settings import VideoSettings
from kinopress.video.source.avi_index import Tear, find_tear
from kinopress.video.source.boxes import NO_CROP, Crop, promised_bytes, read_crop, readable_bytes
from kinopress.video.source.codec_names import codec_name
from kinopress.video.source.display import MATRICES, RANGES, TRANSFERS, orientation
from kinopress.video.source.limits import (
    OVERHANG_S,
    TRUNCATION_TOLERANCE_S,
    check_length,
    check_pixels,
    check_sides,
    truncated,
)
from kinopress.video.source.packets import (
    AV_FAILURES,
    Ends,
    counted_ends,
    last_shown_s,
    may_begin_anew,
    open_film,
    packets,
    picture_times,
    read_whole,
    seek_to_share,
    zero_s,
)
from kinopress.video.source.rate import movement_rate
from kinopress.video.source.sniff import check_file, explain_unopenable, media_problem
from kinopress.video.source.tracks import (
    Sound,
    about_other_pictures,
    find_picture,
    find_sound,
    tagged_length_s,
)
from kinopress.video.source.transport import Jump, read_jumps

# A decodable film shows its first picture well within this many packets.
_PACKETS_MAX = 600
# A header's rate this close to the one of the pictures' times is that rate, known exactly.
_SAME_RATE = Fraction(1, 50)
# Where a film is looked into for pictures larger than its first: browsers begin small.
_GROWN_AT = (0.3, 0.6, 0.95)
# Below so many pictures a second a film shows slides, not movement.
_SLIDES_BELOW_FPS = 5
_UNSPECIFIED = 2  # AVCOL_SPC_UNSPECIFIED, libavutil/pixfmt.h
_BUSY_S = 10
_BUSY_MAX = 10


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
        duration_s: How long the film lasts from the file's own beginning, in seconds: to the end of
            its pictures, or of sound that continues well beyond them.
        start_s: When the first picture comes after the file's own beginning, in seconds.
        fps: Pictures a second while something moves; a phone may leave some out, a screen recorder
            writes none while nothing happens.
        codec: FFmpeg's codec name, such as ``h264`` or ``hevc``.
        pix_fmt: FFmpeg's pixel format, such as ``yuv420p10le``.
        bit_depth: Bits of one colour sample.
        color_transfer: H.273 transfer in FFmpeg's words; ``arib-std-b67`` is HLG.
        color_matrix: H.273 matrix in FFmpeg's words.
        color_range: ``tv`` or ``pc``.
        interlaced: Two half pictures in time make one frame.
        has_audio: There is sound, and it can be decoded.
        audio_codec: FFmpeg's codec name of that sound.
        codecs: RFC 6381 codecs parameter of picture and sound, exact.
        video_index: Stream number of the pictures.
        audio_index: Stream number of the sound.
        picture_end_s: When the last picture ends, in seconds from the file's own beginning.
        sound_end_s: When the sound ends, likewise.
        sound_unread: The codec of sound that is there and cannot be decoded.
        first_channel: The sound's channels cannot be mixed; the first stands for all.
        stored_width: Pixels across of a stored picture: before turning, with pixels as they are.
        stored_height: Pixels down of a stored picture.
        pixel_shape: Width of a stored pixel over its height.
        matrix_unknown: It names a matrix that its pixels cannot have, or that nobody knows.
        crop: What the container says is not to be shown of it.
        last_slide_s: When the last picture begins, likewise, of a film of so few pictures a second that
            each is one that somebody wants to see; ``None`` for others.
        clock_jumps: Its clock begins again in the middle, as in recordings copied together: there is no
            going to a second of it.
        jumps: Where that is, as far as the file tells.
        passed_over: What is to be said of other pictures in the same file, which are not shown.
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
    picture_end_s: float | None = None
    sound_end_s: float | None = None
    sound_unread: str | None = None
    first_channel: bool = False
    stored_width: int = 0
    stored_height: int = 0
    pixel_shape: Fraction = Fraction(1)
    matrix_unknown: bool = False
    crop: Crop = NO_CROP
    clock_jumps: bool = False
    jumps: tuple[Jump, ...] = ()
    passed_over: Problem | None = None
    video_bps: int | None = None
    last_slide_s: float | None = None

    @property
    def still_s(self) -> float:
        """How long the last picture stays after its time, because the film continues, in seconds."""
        if self.duration_s is None or self.picture_end_s is None:
            return 0.0
        return max(0.0, self.duration_s - self.picture_end_s)

    @property
    def is_hdr(self) -> bool:
        """Brighter than BT.709 can say: HLG or PQ."""
        return self.color_transfer in ("arib-std-b67", "smpte2084")


def probe(
    path: Path, *, display_path: str, settings: VideoSettings | None = None
) -> Probe | Problem:
    """Find out what a file is: headers, the first picture and the first sound, 1 to 30 ms.

    Returns:
        The film, or the one problem for which it cannot be one.
    """
    limits = settings or VideoSettings()
    if problem := check_file(path, display_path):
        return problem
    try:
        container = open_film(path)
    except AV_FAILURES:
        return explain_unopenable(path, display_path)
    with container:
        stream, others = find_picture(container)
        if stream is None:
            return media_problem(
                display_path,
                "there is sound but no picture in it"
                if container.streams.audio
                else "there is no picture in it",
                "use a film, or remove the file",
                Code.MEDIA_NO_PICTURE,
            )
        if problem := check_pixels(stream.width, stream.height, limits.pixels_max, display_path):
            return problem
        frame = _first_frame(container, stream, limits.pixels_max)
        if frame is None:
            return media_problem(
                display_path,
                "none of its pictures can be decoded",
                "export the film again as H.264 or HEVC in an MP4 or MOV",
                Code.MEDIA_DAMAGED,
            )
        sound, unread = find_sound(container)
        ends, clock_jumps, jumps = _ends(container, stream, sound, path)
        if not jumps and (problem := _check_size(container, stream, sound, path, display_path)):
            return problem
        found = _describe(container, stream, frame, sound, unread, ends, path)
        found = replace(
            found,
            clock_jumps=clock_jumps,
            jumps=jumps,
            passed_over=about_other_pictures(stream, others, display_path),
        )
        problem = (
            check_sides(found.width, found.height, display_path)
            or check_length(found.duration_s, limits.duration_max_s, display_path)
            or _check_whole(container, stream, found, display_path)
        )
        return problem or found


def _first_frame(
    container: InputContainer, stream: VideoStream, pixels_max: int
) -> VideoFrame | None:
    stream.codec_context.options = {"max_pixels": str(pixels_max)}
    for packet in islice(packets(container, stream), _PACKETS_MAX):
        try:
            frames = stream.decode(packet)
        except AV_FAILURES:  # a film may begin in the middle of a group of pictures
            continue
        if frames:
            return frames[0]
    return None


def _grown(container: InputContainer, stream: VideoStream, first: VideoFrame) -> VideoFrame:
    """The largest of a film's pictures, as far as a few of them tell.

    A browser that records a call begins small and grows with the line; an MP4 hardly ever does,
    and looking into it costs more.
    """
    largest = first
    if container.format.name.startswith(("mov", "avi")):
        return largest
    for share in _GROWN_AT:
        if not seek_to_share(container, share):
            break
        stream.codec_context.flush_buffers()
        for packet in islice(packets(container, stream), _PACKETS_MAX):
            try:
                frames = stream.decode(packet)
            except AV_FAILURES:
                continue
            if frames:
                if frames[0].width * frames[0].height > largest.width * largest.height:
                    largest = frames[0]
                break
    return largest


def _pixel_shape(stream: VideoStream, frame: VideoFrame) -> Fraction:
    """Width of a pixel over its height; square, where only the size to be shown was rounded."""
    shape = Fraction(stream.sample_aspect_ratio or 1) or Fraction(1)
    return Fraction(1) if abs(frame.width * shape - frame.width) <= 1 else shape


def _describe(
    container: InputContainer,
    stream: VideoStream,
    first: VideoFrame,
    sound: Sound | None,
    unread: str | None,
    ends: Ends,
    path: Path,
) -> Probe:
    name = container.format.name.split(",")[0]
    frame = _grown(container, stream, first)
    films = [one.index for one in container.streams.video]
    stored = frame.width, frame.height
    crop = read_crop(path, name, stream.id, films.index(stream.index), stored)
    sar = _pixel_shape(stream, frame)
    width = round((frame.width - crop.left - crop.right) * sar)
    height = frame.height - crop.top - crop.bottom
    rotation_deg, mirrored = upright(first)
    if rotation_deg in (90, 270):
        width, height = height, width
    matrix = MATRICES.get(first.colorspace)
    if matrix == "gbr" and first.format.is_rgb is False:
        matrix = None
    context, heard = stream.codec_context, sound.stream if sound is not None else None
    names = [codec_name(context.codec.canonical_name, context.extradata)]
    if heard is not None:
        names.append(codec_name(heard.codec_context.name, heard.codec_context.extradata))
    known = [one for one in names if one is not None]
    size = path.stat().st_size
    fps = _fps(container, stream, size)
    slides = fps is not None and fps < _SLIDES_BELOW_FPS
    return Probe(
        container=name,
        bytes=size,
        width=width,
        height=height,
        rotation_deg=rotation_deg,
        mirrored=mirrored,
        anamorphic=sar != 1,
        duration_s=_duration_s(container, ends),
        start_s=_start_s(container, stream),
        fps=fps,
        codec=context.codec.canonical_name,
        pix_fmt=first.format.name,
        bit_depth=max((part.bits for part in first.format.components), default=0) or None,
        color_transfer=TRANSFERS.get(first.color_trc),
        color_matrix=matrix,
        color_range=RANGES.get(first.color_range),
        interlaced=first.interlaced_frame,
        has_audio=heard is not None,
        audio_codec=heard.codec_context.name if heard is not None else None,
        codecs=",".join(known) if len(known) == len(names) else None,
        video_index=stream.index,
        audio_index=heard.index if heard is not None else None,
        picture_end_s=ends.picture_s,
        sound_end_s=ends.sound_s,
        sound_unread=unread,
        first_channel=sound is not None and sound.first_channel,
        stored_width=stored[0],
        stored_height=stored[1],
        pixel_shape=sar,
        matrix_unknown=matrix is None and first.colorspace != _UNSPECIFIED,
        crop=crop,
        video_bps=_video_bps(container, stream, size, ends.picture_s),
        last_slide_s=last_shown_s(container, stream) if slides else None,
    )


def _video_bps(
    container: InputContainer, stream: VideoStream, size: int, duration_s: float | None
) -> int | None:
    """Bits a second of the pictures, from the index alone: nothing is read for it."""
    if not duration_s or stream.time_base is None:
        return None
    # PyAV asks the decoder for it, and sound that cannot be read has none.
    readable = [one for one in container.streams.audio if one.codec_context is not None]
    sounds_bps = sum(one.bit_rate or 0 for one in readable)
    average_bps = stream.bit_rate or max(0.0, size * 8 / duration_s - sounds_bps)
    if duration_s <= _BUSY_S or len(entries := stream.index_entries) < 2:
        return round(average_bps) or None
    # How far apart in the file pictures are that are ten seconds apart, at any five seconds.
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


def _fps(container: InputContainer, stream: VideoStream, size: int) -> Fraction | None:
    """The rate of the film's movement.

    The header's average is exact where nothing varies. Where it differs from the rate of the
    pictures' times, those are right.
    """
    average, base = stream.average_rate, stream.base_rate
    moving = movement_rate(picture_times(container, stream, size))
    if moving is None:
        return average or stream.guessed_rate or None
    told = [rate for rate in (average, base) if rate]
    nearest = min(told, key=lambda rate: abs(float(rate) - moving), default=None)
    if nearest is not None and abs(float(nearest) - moving) <= moving * _SAME_RATE:
        return nearest
    return Fraction(moving).limit_denominator(1001) or Fraction(moving)


def _ends(
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
    ends = Ends(picture_s, sound_s) if told and not clock_jumps else counted
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


def _duration_s(container: InputContainer, ends: Ends) -> float | None:
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


def _check_size(
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
