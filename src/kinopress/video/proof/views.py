"""Pictures of a film and of what was made of it, as they are to be seen.

Numbers are taken from them by PyAV, and :mod:`kinopress.video.proof.light` says what they look like. Numpy
takes a tenth of a second to load: only what proves a film asks for this module.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from fractions import Fraction
from pathlib import Path
from typing import cast

import av
import numpy as np
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from kinopress.video.ffmpeg.colours import SAME_SHAPE, shown_matrix
from kinopress.video.proof.light import (
    SAMPLES,
    SIDE,
    Array,
    Pixels,
    View,
    is_much_cut,
    other_matrix,
    placed,
    rgb_of,
    seen,
    telling,
    to_sdr,
    turned,
    yuv_of,
)
from kinopress.video.proof.pictures import keyframe_before
from kinopress.video.source.display import MATRICES, RANGES
from kinopress.video.source.film import Probe
from kinopress.video.source.packets import AV_FAILURES, decoder_options, open_film, packets

_UNSPECIFIED = 2  # AVCOL_SPC_UNSPECIFIED, libavutil/pixfmt.h
# Each pixel of a small picture is the mean of those that it stands for, or one of them.
_MEAN, _SINGLE = "AREA", "POINT"


def film_view(
    path: Path, film: Probe, moments_s: Sequence[float], until_s: float, pixels_max: int
) -> View | None:
    """What a picture of a film must look like on a page, by its own numbers; ``None`` without any.

    The one with most to see in it: of a black picture any colours are right. Those that are looked at are
    keyframes, which can be had cheaply; only where there is none in the shown part, a film is decoded to
    its beginning, as the encoder does, too.

    Args:
        path: The film.
        film: What :func:`probe` found.
        moments_s: Where to look, in seconds from the film's beginning, rising; the first is that of
            the shown part.
        until_s: When its pictures end.
        pixels_max: Larger frames are not decoded.
    """
    best, tells, best_s = None, -1.0, 0.0
    try:
        with open_film(path) as container:
            stream = cast("VideoStream", container.streams[film.video_index])
            stream.codec_context.options = decoder_options(pixels_max)
            stream.thread_type = "SLICE"
            zero_s = (container.start_time or 0) / av.time_base
            # Where a clock begins again, a second may mean another picture: only the first is sure.
            for moment_s in () if film.clock_jumps else moments_s:
                one = keyframe_before(container, stream, zero_s + moment_s)
                if one is None or one[0].is_corrupt:
                    continue
                frame, at_s = one[0], one[1] - zero_s
                if moments_s[0] <= at_s < until_s:
                    told = telling(_view_of(frame, film, at_s, alone=True))
                    if told > tells:
                        best, tells, best_s = frame, told, at_s
    except AV_FAILURES:
        pass
    if tells < 1:
        # Nothing, or nothing to see: a palette is lost where one jumps.
        first = _first_picture(path, film, moments_s[0], until_s, pixels_max)
        if first is not None and telling(_view_of(first[0], film, first[1], alone=True)) > tells:
            best, best_s = first
    with contextlib.suppress(*AV_FAILURES):
        return None if best is None else _view_of(best, film, best_s)
    return None


def _first_picture(
    path: Path, film: Probe, from_s: float, until_s: float, pixels_max: int
) -> tuple[VideoFrame, float] | None:
    """The first picture of the shown part and its second, decoded from the keyframe before it."""
    try:
        with open_film(path) as container:
            stream = cast("VideoStream", container.streams[film.video_index])
            stream.codec_context.options = decoder_options(pixels_max)
            stream.thread_type = "AUTO"
            zero_s = (container.start_time or 0) / av.time_base
            if from_s > 0 and not film.clock_jumps and stream.time_base is not None:
                container.seek(int((zero_s + from_s) / stream.time_base), stream=stream)
            for packet in packets(container, stream):
                try:
                    frames = stream.decode(packet)
                except AV_FAILURES:
                    continue
                for frame in frames:
                    if frame.time is not None and from_s <= frame.time - zero_s < until_s:
                        return frame, frame.time - zero_s
    except AV_FAILURES:
        pass
    return None


def _view_of(frame: VideoFrame, film: Probe, at_s: float, *, alone: bool = False) -> View:
    """What a page must show of a film's frame.

    Args:
        frame: The frame.
        film: The film that it is of.
        at_s: When it is shown, in seconds.
        alone: Without those for which it could be mistaken, which cost ten times as much.
    """
    crop, stored = film.crop, (film.stored_width, film.stored_height)
    width, height = stored[0] - crop.left - crop.right, stored[1] - crop.top - crop.bottom
    if (frame.width, frame.height) == stored:
        left, top = crop.left / stored[0], crop.top / stored[1]
        inside = left, top, left + width / stored[0], top + height / stored[1]
    else:
        # Another size fills the picture; another shape has black beside it.
        wider = float(Fraction(frame.width, frame.height) / Fraction(width, height))
        across, down = max(1.0, 1 / wider), max(1.0, wider)
        if abs(wider - 1) < SAME_SHAPE:
            across = down = 1.0
        inside = (1 - across) / 2, (1 - down) / 2, (1 + across) / 2, (1 + down) / 2
    plain = not film.is_hdr and shown_matrix(film, MATRICES.get(frame.colorspace)) == "bt709"
    narrow = min(frame.width, frame.height) < SIDE

    def shown(pixels: Pixels) -> Pixels:
        return turned(placed(pixels, SIDE, inside), film.rotation_deg, mirrored=film.mirrored)

    means = [shown(one) for one in _readings(frame, film, both=not alone)]
    if len(means) == 1:
        return seen(at_s, means[0], converted=not plain, narrow=narrow)
    mean, mean_by_other = means

    def with_single(times: int) -> View:
        single, single_by_other = [
            [shown(one) for one in _dealt(many, times)]
            for many in _readings(frame, film, both=True, how=_SINGLE, side=SIDE * times)
        ]
        return seen(
            at_s,
            mean,
            mean_by_other,
            single,
            single_by_other,
            converted=not plain,
            narrow=narrow,
        )

    view = with_single(1)
    return with_single(SAMPLES) if is_much_cut(view) else view


def _dealt(pixels: Pixels, times: int) -> list[Pixels]:
    """A picture ``times`` as many pixels across and down, as pictures of every so many of them."""
    places = pixels.reshape(SIDE, times, SIDE, times, 3)
    return [
        places[:, down, :, across].reshape(-1, 3)
        for down in range(times)
        for across in range(times)
    ]


def _readings(
    frame: VideoFrame, film: Probe, *, both: bool, how: str = _MEAN, side: int = SIDE
) -> list[Pixels]:
    """A frame's colours as they are shown, by the numbers that are stored in it.

    Args:
        frame: The frame.
        film: The film that it is of.
        both: Behind the right ones come those by another matrix, if a matrix is used.
        how: Whether means or single pixels are taken.
        side: How many across and down.
    """
    name = frame.format.name
    if frame.format.is_rgb or frame.format.has_palette:
        plane = _smaller(frame, "rgb24", how, side).planes[0]
        lines = np.frombuffer(bytes(plane), dtype="u1").reshape(-1, plane.line_size)
        return [lines[:side, : 3 * side].reshape(-1, 3) / 255]
    # No other numbers, only fewer of them: scaled in its own format, or in one of the same numbers.
    own = name.startswith(("yuv4", "yuvj4")) and name.endswith("p")
    # Some matrices are refused by swscale, which here has none to apply.
    stored_by = frame.colorspace
    frame.colorspace = _UNSPECIFIED
    kind = name if own else "yuv444p16le"
    scaled = _smaller(frame, kind, how, side)
    frame.colorspace = stored_by
    bits = 8 if own else 16
    stated = RANGES.get(frame.color_range) or film.color_range
    full_range = name.startswith("yuvj") or stated == "pc"
    matrix = shown_matrix(film, MATRICES.get(stored_by))
    codes = np.stack([_numbers(scaled, part, bits) for part in range(3)], axis=1)
    stored = yuv_of(codes, bits=bits, full_range=full_range)
    readings: list[Pixels] = []
    for by in [matrix, other_matrix(matrix)] if both else [matrix]:
        shown = rgb_of(stored, by)
        if film.is_hdr and film.color_transfer is not None:
            shown = to_sdr(shown, film.color_transfer)
        readings.append(shown)
    return readings


def _smaller(frame: VideoFrame, name: str, how: str, side: int) -> VideoFrame:
    return frame.reformat(width=side, height=side, format=name, interpolation=how)


def _numbers(frame: VideoFrame, part: int, bits: int) -> Array:
    """The numbers of one of a frame's three parts, one for each pixel of the picture."""
    plane = frame.planes[part]
    kind = np.dtype("<u2" if bits > 8 else "u1")
    lines = np.frombuffer(bytes(plane), dtype=kind).reshape(-1, plane.line_size // kind.itemsize)
    rows = np.arange(frame.height) * plane.height // frame.height
    columns = np.arange(frame.width) * plane.width // frame.width
    return lines[rows[:, None], columns].ravel().astype(float)


def near_views(path: Path, made: Probe, at_s: float, picture_s: float) -> Iterator[View]:
    """The picture of a rendition that is shown at a moment, then its neighbours, as they are.

    Args:
        path: The rendition.
        made: What :func:`probe` found in it.
        at_s: The moment, in seconds.
        picture_s: How long each picture is shown.
    """
    near: list[tuple[float, VideoFrame]] = []
    with contextlib.suppress(*AV_FAILURES, IndexError), open_film(path) as container:
        stream = container.streams.video[0]
        if stream.time_base is None:
            return
        container.seek(max(0, int((at_s - picture_s) / stream.time_base)), stream=stream)
        for frame in container.decode(stream):
            if frame.time is None or frame.time < at_s - 1.5 * picture_s:
                continue
            if frame.time > at_s + 1.5 * picture_s:
                break
            near.append((frame.time, frame))
    for time_s, frame in sorted(near, key=lambda one: abs(one[0] - at_s)):
        yield _view_of(frame, made, time_s, alone=True)
