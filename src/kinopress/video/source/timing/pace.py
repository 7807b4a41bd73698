"""How fast a film moves and how many bits it takes, as its packets and its index tell."""

from __future__ import annotations

from fractions import Fraction

from av.container import InputContainer
from av.video.stream import VideoStream

from kinopress.video.source.packets import picture_times
from kinopress.video.source.timing.rate import movement_rate

# A header's rate this close to the one of the pictures' times is that rate, known exactly.
_SAME_RATE = Fraction(1, 50)
_BUSY_S = 10
_BUSY_MAX = 10


def movement_fps(container: InputContainer, stream: VideoStream, size: int) -> Fraction | None:
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


def video_bps(
    container: InputContainer,
    stream: VideoStream,
    size: int,
    duration_s: float | None,
    *,
    in_order: bool,
) -> int | None:
    """Bits a second of the pictures, from the index alone: nothing is read for it.

    Args:
        container: The film.
        stream: Its pictures.
        size: Bytes of the file.
        duration_s: When the last picture ends.
        in_order: Its clock does not begin again in the middle; else a moment is in several places.
    """
    if not duration_s or stream.time_base is None:
        return None
    # PyAV asks the decoder for it, and sound that cannot be read has none.
    readable = [one for one in container.streams.audio if one.codec_context is not None]
    sounds_bps = sum(one.bit_rate or 0 for one in readable)
    average_bps = stream.bit_rate or max(0.0, size * 8 / duration_s - sounds_bps)
    if not in_order or duration_s <= _BUSY_S or len(entries := stream.index_entries) < 2:
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
