"""Which of a film's sounds is heard, and whether it can be: found out by decoding its beginning.

A header promises sound that may not be there: a track without a single packet, one in a codec for
which there is no decoder, one of nothing but damage. Only a decoded piece is believed.
"""

from __future__ import annotations

from dataclasses import dataclass

from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.stream import Disposition

from kinopress.video.source.packets import AV_FAILURES, packets

# Somebody's commentary, or what is spoken for the blind, is not the film's own sound.
_NOT_THE_FILMS = (
    Disposition.comment
    | Disposition.hearing_impaired
    | Disposition.visual_impaired
    | Disposition.clean_effects
    | Disposition.karaoke
)


@dataclass(frozen=True, slots=True)
class Sound:
    """The sound that is heard.

    Attributes:
        stream: PyAV's stream.
        first_channel: Its channels cannot be mixed to two, as those of ambisonics cannot, so that
            the first stands for all; in ambisonics it is what a single microphone hears.
    """

    stream: AudioStream
    first_channel: bool


def find_sound(container: InputContainer) -> tuple[Sound | None, str | None]:
    """The sound that a player would play.

    Returns:
        The sound marked as the film's, else the first, of those that can be decoded; and, when
        there is none, the codec of one that is there but cannot be (``unknown`` where not even its
        name is known): ``None`` for a silent film.
    """
    unread: str | None = None
    for stream in sorted(container.streams.audio, key=_rank):
        frame, packed = _first_frame(container, stream)
        if frame is not None:
            return Sound(stream, not _mixes(frame)), None
        if packed and unread is None:
            context = stream.codec_context
            unread = context.name if context is not None else "unknown"
    return None, unread


def _rank(stream: AudioStream) -> tuple[bool, bool, int]:
    flags = Disposition(stream.disposition)
    return bool(flags & _NOT_THE_FILMS), not flags & Disposition.default, stream.index


def _first_frame(container: InputContainer, stream: AudioStream) -> tuple[AudioFrame | None, bool]:
    """The first piece of sound that can be decoded, and whether there is anything to decode."""
    packed = False
    try:
        container.seek(0)
    except AV_FAILURES:
        return None, False
    for packet in packets(container, stream):
        packed = packed or packet.size > 0
        if stream.codec_context is None:
            if packed:
                break
            continue
        try:
            frames = stream.decode(packet)
        except AV_FAILURES:
            continue
        if frames:
            return frames[0], True
    return None, packed


def _mixes(frame: AudioFrame) -> bool:
    """Whether swresample can make two channels of it."""
    try:
        AudioResampler(format="flt", layout="stereo", rate=48_000).resample(frame)
    except AV_FAILURES:
        return False
    return True
