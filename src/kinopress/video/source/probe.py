"""What is this file?

:func:`probe` opens a file the way a careful stranger would: only a regular file, only the
``file`` protocol, only demuxers that cannot lead to other files (playlists can). Whatever
cannot be known is ``None``, never 0, so that nothing downstream calculates with a guess.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import islice
from pathlib import Path
from typing import cast

from av.container import InputContainer
from av.sidedata.sidedata import SideData
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from kinopress.codes import Code
from kinopress.problems import Problem
from kinopress.video.settings import VideoSettings
from kinopress.video.source.codec_names import codec_name
from kinopress.video.source.containers.boxes import read_crop
from kinopress.video.source.display import MATRICES, RANGES, TRANSFERS, orientation
from kinopress.video.source.film import Probe
from kinopress.video.source.limits import check_length, check_pixels, check_sides
from kinopress.video.source.packets import (
    AV_FAILURES,
    Ends,
    decoder_options,
    last_shown_s,
    open_film,
    packets,
    seek_to_share,
)
from kinopress.video.source.sniff import check_file, explain_unopenable, media_problem
from kinopress.video.source.timing.ends import (
    check_begin,
    check_size,
    check_whole,
    duration_s,
    read_ends,
    start_s,
)
from kinopress.video.source.timing.pace import movement_fps, video_bps
from kinopress.video.source.tracks import Sound, about_other_pictures, find_picture, find_sound

# A decodable film shows its first picture well within this many packets.
_PACKETS_MAX = 600
# Where a film is looked into for pictures larger than its first: browsers begin small.
_GROWN_AT = (0.3, 0.6, 0.95)
# Below so many pictures a second a film shows slides, not movement.
_SLIDES_BELOW_FPS = 5
_UNSPECIFIED = 2  # AVCOL_SPC_UNSPECIFIED and AVCOL_TRC_UNSPECIFIED, libavutil/pixfmt.h


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
        if problem := check_begin(container, display_path):
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
        ends, clock_jumps, jumps = read_ends(container, stream, sound, path)
        if not jumps and (problem := check_size(container, stream, sound, path, display_path)):
            return problem
        found = _describe(container, stream, frame, sound, unread, ends, path)
        bps = video_bps(
            container, stream, path.stat().st_size, ends.picture_s, in_order=not clock_jumps
        )
        found = replace(
            found,
            video_bps=bps,
            clock_jumps=clock_jumps,
            jumps=jumps,
            passed_over=about_other_pictures(stream, others, display_path),
        )
        problem = (
            check_sides(found.width, found.height, display_path, anamorphic=found.anamorphic)
            or check_length(found.duration_s, limits.duration_max_s, display_path)
            or check_whole(container, stream, found, display_path)
        )
        return problem or found


def _first_frame(
    container: InputContainer, stream: VideoStream, pixels_max: int
) -> VideoFrame | None:
    stream.codec_context.options = decoder_options(pixels_max)
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
    fps = movement_fps(container, stream, size)
    slides = fps is not None and fps < _SLIDES_BELOW_FPS
    return Probe(
        container=name,
        bytes=size,
        width=width,
        height=height,
        rotation_deg=rotation_deg,
        mirrored=mirrored,
        anamorphic=sar != 1,
        duration_s=duration_s(container, ends),
        start_s=start_s(container, stream),
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
        transfer_unknown=first.color_trc not in (_UNSPECIFIED, *TRANSFERS),
        crop=crop,
        last_slide_s=last_shown_s(container, stream) if slides else None,
    )


def upright(frame: VideoFrame) -> tuple[int, bool]:
    """Which way is up: the turn in degrees and whether the picture is mirrored."""
    try:
        matrix = cast("SideData | None", frame.side_data.get("DISPLAYMATRIX"))
    except ValueError:
        # PyAV 17 refuses all of a frame's notes when it does not know one, such as a photo's
        # EXIF. FFmpeg turns the picture by itself; only its size must be known here.
        return round(frame.rotation) % 360, False
    return (0, False) if matrix is None else orientation(bytes(matrix))
