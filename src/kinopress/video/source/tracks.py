"""Which of a film's tracks are seen and heard: its picture, and its sound, found out by decoding its beginning.

A header promises sound that may not be there: a track without a single packet, one in a codec for
which there is no decoder, one of nothing but damage. Only a decoded piece is believed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.stream import Disposition, Stream
from av.video.stream import VideoStream

from kinopress.codes import Code
from kinopress.problems import Problem
from kinopress.video.source.packets import AV_FAILURES, packets
from kinopress.video.source.sniff import media_problem

# Somebody's commentary, or what is spoken for the blind, is not the film's own sound.
_NOT_THE_FILMS = (
    Disposition.comment
    | Disposition.hearing_impaired
    | Disposition.visual_impaired
    | Disposition.clean_effects
    | Disposition.karaoke
)


_NOT_THE_PICTURE = Disposition.attached_pic | Disposition.timed_thumbnails | Disposition.still_image
# A track of fewer pictures beside others is a cover, whatever it says of itself.
_PICTURES_MIN = 2
# A track that ends before this share of the longest one is no more than a part of the film.
_WHOLE_SHARE = 0.5
# So far several tracks are read to see which of them have pictures.
_LOOKED_AT_PACKETS = 600


def find_picture(container: InputContainer) -> tuple[VideoStream | None, Sequence[VideoStream]]:
    """The picture that a player would show, and others of several pictures that are passed over.

    The one marked as the film's, else the one that lasts, else the largest; never a cover.
    """
    films = [
        stream
        for stream in container.streams.video
        if stream.codec_context is not None
        and not Disposition(stream.disposition) & _NOT_THE_PICTURE
        and stream.width > 0
    ]
    if len(films) < 2:
        return (films[0] if films else None), ()
    moving = _with_several_pictures(container, films)
    films = moving or films
    longest_s = max(map(_length_s, films))

    def rank(stream: VideoStream) -> tuple[bool, bool, int, int]:
        length_s = _length_s(stream)
        short = 0 < length_s < _WHOLE_SHARE * longest_s
        marked = Disposition(stream.disposition) & Disposition.default
        return not marked, short, -stream.width * stream.height, stream.index

    best, *others = sorted(films, key=rank)
    return best, others if moving else ()


def about_other_pictures(
    best: VideoStream, others: Sequence[VideoStream], display_path: str
) -> Problem | None:
    """Say which picture is shown where a film has several."""
    if not others:
        return None
    marks = [Disposition(one.disposition) & Disposition.default for one in (best, *others)]
    meant = bool(marks[0]) and not any(marks[1:])
    sizes = " and ".join(f"{one.width} by {one.height}" for one in others)
    return media_problem(
        display_path,
        f"there is more than one picture in it: the one of {best.width} by {best.height} pixels is shown, "
        f"{sizes} {'is' if len(others) == 1 else 'are'} not",
        "nothing to do if that is the right one; if not, export the film with only the picture you mean",
        Code.MEDIA_PICTURES,
        "note" if meant else "warning",
    )


def _length_s(stream: VideoStream) -> float:
    """How long a track says it lasts; 0 where it does not say."""
    if (noted_s := tagged_length_s(stream)) is not None:
        return noted_s  # a Matroska's other number is the length of the whole file
    if stream.duration is None or stream.time_base is None:
        return 0.0
    return float(stream.duration * stream.time_base)


def tagged_length_s(stream: Stream) -> float | None:
    """How long a Matroska's track lasts, by what was noted of it: ``00:00:04.000000000``."""
    try:
        hours, minutes, seconds = stream.metadata.get("DURATION", "").split(":")
        return (int(hours) * 3600 + int(minutes) * 60 + float(seconds)) or None
    except ValueError:
        return None


def _with_several_pictures(
    container: InputContainer, films: Sequence[VideoStream]
) -> list[VideoStream]:
    """Those of which more than one picture is there, as the header says or the first packets show."""
    counts = {one.index: one.frames for one in films}
    if not all(counts.values()):
        container.seek(0)
        counts = dict.fromkeys(counts, 0)
        for packet in islice(packets(container, *films), _LOOKED_AT_PACKETS):
            counts[packet.stream.index] += packet.size > 0
            if min(counts.values()) >= _PICTURES_MIN:
                break
        container.seek(0)
    return [one for one in films if counts[one.index] >= _PICTURES_MIN]


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
