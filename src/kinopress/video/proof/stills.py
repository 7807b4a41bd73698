"""Pictures of an encoded film to look at: the best of each part of it, or the one at a second."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import av
from av.video.frame import VideoFrame

from kinopress.video.proof.still import Still
from kinopress.video.recipe.poster_score import Sample, measure, score
from kinopress.video.source.packets import AV_FAILURES, PROTOCOLS

_LONG_SIDE_PX = 640
_SAMPLE_PX = 160
_LOOKED_AT = 3
"""Pictures of each part that are compared."""


def best_stills(film: Path, count: int) -> list[Still]:
    """The best picture of each of ``count`` parts of an encoded film, in their order.

    Args:
        film: A file of ours: upright, in plain colours, with a keyframe every few seconds.
        count: How many parts of equal length.
    """
    found: list[list[VideoFrame]] = []
    try:
        with av.open(
            f"file:{film.absolute()}", options={"protocol_whitelist": PROTOCOLS}
        ) as opened:
            length_s = (opened.duration or 0) / av.time_base
            for part in range(count):
                moments = [
                    length_s * (part + (number + 0.5) / _LOOKED_AT) / count
                    for number in range(_LOOKED_AT)
                ]
                frames = [frame for at_s in moments if (frame := _frame_at(opened, at_s))]
                found.append(frames)
    except (*AV_FAILURES, IndexError):
        pass  # what was decoded until then is enough to choose from
    every = {id(frame): measure(_sample(frame)) for frames in found for frame in frames}
    sharpest = max((one.laplacian for one in every.values()), default=0.0)
    stills: dict[float, Still] = {}
    for frames in found:
        if frames:
            best = max(frames, key=lambda frame: score(every[id(frame)], sharpest))
            stills.setdefault(_time(best), Still(_time(best), _jpeg(best)))
    return sorted(stills.values(), key=lambda still: still.at_s)


def still_at(film: Path, at_s: float) -> Still | None:
    """The picture that an encoded film shows at a second."""
    try:
        with av.open(
            f"file:{film.absolute()}", options={"protocol_whitelist": PROTOCOLS}
        ) as opened:
            frame = _frame_at(opened, max(0.0, at_s))
            return None if frame is None else Still(_time(frame), _jpeg(frame))
    except (*AV_FAILURES, IndexError):
        return None


def _frame_at(opened: av.container.InputContainer, at_s: float) -> VideoFrame | None:
    """The last picture that begins by a moment; the first one, where none does."""
    stream = opened.streams.video[0]
    opened.seek(int(at_s * av.time_base))
    shown: VideoFrame | None = None
    for frame in opened.decode(stream):
        if shown is not None and _time(frame) > at_s:
            break
        shown = frame
    return shown


def _time(frame: VideoFrame) -> float:
    return round(float(frame.time or 0.0), 3)


def _sample(frame: VideoFrame) -> Sample:
    width, height = _fit(frame, _SAMPLE_PX)
    plane = frame.reformat(width=width, height=height, format="gray").planes[0]
    rows, line = bytes(plane), plane.line_size
    grey = b"".join(rows[line * row : line * row + width] for row in range(height))
    return Sample(_time(frame), width, height, grey)


def _jpeg(frame: VideoFrame) -> bytes:
    width, height = _fit(frame, _LONG_SIDE_PX)
    small = frame.reformat(width=width, height=height, format="yuvj420p")
    small.pts = None
    encoder = av.CodecContext.create("mjpeg", "w")
    encoder.width, encoder.height, encoder.pix_fmt = width, height, "yuvj420p"
    encoder.time_base = Fraction(1, 25)
    return b"".join(bytes(packet) for packet in (*encoder.encode(small), *encoder.encode(None)))


def _fit(frame: VideoFrame, long_side_px: int) -> tuple[int, int]:
    """Even sides, the longer one as given; never larger than the picture."""
    scale = min(1.0, long_side_px / max(frame.width, frame.height))
    width, height = (max(2, 2 * round(side * scale / 2)) for side in (frame.width, frame.height))
    return width, height
