"""Single pictures: how large one is, small ones to choose a poster from, the last of a film.

With :mod:`kinopress.video.source.probe`, :mod:`kinopress.video.proof.views` and
:mod:`kinopress.video.proof.joining` the only module that uses PyAV.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import cast

import av
from av.container import InputContainer
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from kinopress.video.recipe.poster_score import Sample
from kinopress.video.source.containers.boxes import NO_CROP, Crop
from kinopress.video.source.film import Probe
from kinopress.video.source.packets import AV_FAILURES, PROTOCOLS, decoder_options, open_film
from kinopress.video.source.probe import upright
from kinopress.video.source.sniff import picture_demuxer

# Where keyframes are rare, a picture somewhat before its moment will do.
_SAMPLE_FRAMES_MAX = 32
# With fewer keyframes among the candidates than this share of them, others are looked at as well.
_KEYFRAMES_ENOUGH = 1 / 3
_SAMPLE_LONG_SIDE_PX = 160


def probe_picture(path: Path) -> tuple[int, int] | None:
    """Width and height, upright, of a JPEG, PNG, WebP or AVIF of ours, ``None`` if it cannot be decoded.

    FFmpeg decodes what there is of a picture that is cut off: a coach's own are opened by
    :mod:`kinopress.pictures.reading`.

    Args:
        path: A file; its first bytes say what it is, not its name.
    """
    demuxer = picture_demuxer(path)
    if demuxer is None:
        return None
    try:
        with av.open(
            f"file:{path.absolute()}",
            format=demuxer,
            options={"protocol_whitelist": PROTOCOLS},
            metadata_errors="ignore",
        ) as container:
            stream = container.streams.video[0]
            frame = next(container.decode(stream), None)
            if frame is None:
                return None
            turned = upright(frame)[0] in (90, 270)
            return (frame.height, frame.width) if turned else (frame.width, frame.height)
    except (*AV_FAILURES, IndexError):
        return None


def sample_pictures(
    path: Path, film: Probe, moments_s: Sequence[float], pixels_max: int
) -> list[Sample]:
    """Small grey pictures at or near moments of a film, as many as can be had cheaply.

    The keyframes before the moments, which phones set every second and which cost nothing but
    themselves; decoding up to the moments took 18 s of processor time for 24 of them. A film with
    few keyframes is decoded from them on.

    Args:
        path: The film.
        film: What :func:`probe` found.
        moments_s: Seconds from the film's beginning, rising.
        pixels_max: Larger frames are not decoded.
    """
    keyframes = _samples(path, film, moments_s, pixels_max, keyframes=True)
    inside = [sample for sample in keyframes if moments_s and sample.at_s >= moments_s[0]]
    if len(inside) >= _KEYFRAMES_ENOUGH * len(moments_s):
        return inside
    return _samples(path, film, moments_s, pixels_max, keyframes=False)


def _samples(
    path: Path, film: Probe, moments_s: Sequence[float], pixels_max: int, *, keyframes: bool
) -> list[Sample]:
    samples: list[Sample] = []
    frame_at = keyframe_before if keyframes else _frame_from
    try:
        with open_film(path) as container:
            stream = cast("VideoStream", container.streams[film.video_index])
            stream.codec_context.options = decoder_options(pixels_max)
            stream.thread_type = "SLICE" if keyframes else "AUTO"  # frame threads wait for more
            zero_s = (container.start_time or 0) / av.time_base
            for moment_s in moments_s:
                found = frame_at(container, stream, zero_s + moment_s)
                if found is not None and (not samples or found[1] - zero_s > samples[-1].at_s):
                    samples.append(_sample(found[0], found[1] - zero_s, film.crop))
    except AV_FAILURES:
        pass  # what was decoded until then is enough to choose from
    return samples


def keyframe_before(
    container: InputContainer, stream: VideoStream, at_s: float
) -> tuple[VideoFrame, float] | None:
    """The last keyframe before a moment, and its second.

    A decoder that is told that nothing more comes gives it at once.
    """
    if stream.time_base is None:
        return None
    container.seek(int(at_s / stream.time_base), stream=stream)
    packet = next(container.demux(stream), None)
    if packet is None or not packet.is_keyframe or packet.pts is None:
        return None
    frames = [*stream.decode(packet), *stream.decode(None)]
    return (frames[0], float(packet.pts * stream.time_base)) if frames else None


def _frame_from(
    container: InputContainer, stream: VideoStream, at_s: float
) -> tuple[VideoFrame, float] | None:
    """The first frame from ``at_s`` on, or one somewhat before it, and its second."""
    if stream.time_base is None:
        return None
    container.seek(int(at_s / stream.time_base), stream=stream)
    last: VideoFrame | None = None
    try:
        for number, frame in enumerate(container.decode(stream)):
            last = frame
            if number >= _SAMPLE_FRAMES_MAX or (frame.time is not None and frame.time >= at_s):
                break
    except AV_FAILURES:
        pass
    return None if last is None or last.time is None else (last, last.time)


def _sample(frame: VideoFrame, at_s: float, crop: Crop = NO_CROP) -> Sample:
    scale = _SAMPLE_LONG_SIDE_PX / max(frame.width, frame.height)
    width, height = max(2, round(frame.width * scale)), max(2, round(frame.height * scale))
    plane = frame.reformat(width=width, height=height, format="gray").planes[0]
    rows, line = bytes(plane), plane.line_size
    left, right = round(crop.left * scale), width - round(crop.right * scale)
    top, bottom = round(crop.top * scale), height - round(crop.bottom * scale)
    grey = b"".join(rows[line * row + left : line * row + right] for row in range(top, bottom))
    return Sample(at_s, right - left, bottom - top, grey)


def last_picture_s(path: Path) -> float | None:
    """When the last picture of an encoded file ends, in seconds from its beginning.

    Seeks to the last keyframe and decodes from there, so the end of the file is proven to
    be there and to decode at the cost of one group of pictures.
    """
    try:
        with av.open(f"file:{path.absolute()}", options={"protocol_whitelist": PROTOCOLS}) as film:
            stream = film.streams.video[0]
            if stream.duration is None or stream.time_base is None:
                return None
            film.seek(stream.duration + (stream.start_time or 0), stream=stream)
            ends = [
                float((frame.pts + (frame.duration or 0)) * stream.time_base)
                for frame in film.decode(stream)
                if frame.pts is not None
            ]
            return max(ends, default=None)
    except AV_FAILURES:
        return None
