"""What of a film could not be shown or heard, and how it is reported (pure)."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise

from kinopress.codes import Code
from kinopress.media.manifest import Loss, LossKind
from kinopress.problems import Problem
from kinopress.video.recipe.recipe import Recipe
from kinopress.video.source.packets import Packed
from kinopress.video.source.sniff import media_problem

Span = tuple[float, float]
"""From one second to another."""

# A shorter piece is a click, and decoders need some packets to find their feet.
_NOTED_S = 0.15
# Pieces that follow within this are one.
_JOINED_S = 0.06
# Lips are out of step from about here on (ITU-R BT.1359 lets 45 ms pass): what is missing of the sound
# beyond its last packet, or before what an encoder needs to find its feet, is missed.
STEP_MAX_S = 0.04
_RUN_IN_S = 0.08
# Where nobody speaks, Opus may leave out all packets but one in 0.4 s (RFC 6716, 2.1.9).
_PAUSE_S = {"opus": 0.45}
# Damage is noticed after it, and not in the same packet of pictures and of sound; in a program stream
# these are up to a second from one another.
_NEAR_S, _ASIDE_S = 0.5, 1.0
_ENDS_S = 0.25
# A clock that goes back, or that far forward, has begun again: times tell nothing of what is missing.
_CLOCK_BACK_S, _CLOCK_ON_S = 1.0, 10.0
# A gap between pictures counts when at least so many packets are well inside.
_PACKETS_NOTED, _EDGE_S = 3, 0.005
_TOLD_MAX = 3
# From this length on, tenths of a second tell a beginning from an end.
_TENTHS_S = 0.2


def lost_sound(
    packed: Sequence[Span],
    heard: Sequence[Span],
    *,
    from_s: float,
    to_s: float | None,
) -> tuple[Loss, ...]:
    """What of a film's packets did not become sound.

    Args:
        packed: When each packet of the film's sound begins and ends, in the file's order.
        heard: When each decoded piece begins and ends, in seconds of the shown part.
        from_s: Second of the film at which the shown part begins.
        to_s: Second at which it ends; ``None``: with the film.
    """
    if _clock_jumps(packed):
        return ()
    there = joined((begin + from_s, end + from_s) for begin, end in heard)
    starts = [begin for begin, _ in there]
    missing: list[Span] = []
    usual_s = _usual_s(packed)
    for begin, end in packed:
        # An MP4 lets the packet before a hole last until its end.
        middle = begin + min(end - begin, usual_s) / 2
        if middle < max(0.0, from_s) or (to_s is not None and middle > to_s):
            continue
        at = bisect_right(starts, middle) - 1
        if at < 0 or there[at][1] < middle:
            missing.append((begin, min(end, begin + 2 * usual_s)))
    return _losses("sound", joined(missing), _end(packed, to_s))


def missing_sound(
    heard: Sequence[Span],
    lost: Sequence[Loss],
    *,
    damaged_s: Sequence[float] = (),
    codec: str | None = None,
    packed: Sequence[Span] = (),
    from_s: float,
    to_s: float,
    film_s: float | None = None,
) -> tuple[Loss, ...]:
    """Where a film has no sound at all: it ends early, begins late, or has a hole.

    A hole after which the file is damaged is lost sound; any other is ``silence``, which may be meant.

    Args:
        heard: When each decoded piece begins and ends, in seconds of the shown part.
        lost: What did not decode, which is not told of twice.
        damaged_s: Seconds of the film before which something of its file could not be read.
        codec: FFmpeg's name of the sound's codec.
        packed: When each of its packets begins and ends: it may end a packet before the pictures.
        from_s: Second of the film at which the shown part begins.
        to_s: Second at which its pictures end.
        film_s: Second at which what is shown of it ends, which may be later; sound whose times are wrong may go
            on after it, and what is missing there is missed by nobody.
    """
    until_s = max(to_s, film_s or to_s)
    there = joined((begin + from_s, end + from_s) for begin, end in heard)
    holes = [(one[1], other[0]) for one, other in pairwise(there)]
    pause_s = _PAUSE_S.get(codec or "", 0.0)
    found = [
        (begin, min(end, until_s))
        for begin, end in holes
        if end - begin > pause_s and begin < until_s
    ]
    begins_s, ends_s = (there[0][0], there[-1][1]) if there else (to_s, to_s)
    if begins_s - from_s > STEP_MAX_S + _RUN_IN_S:
        found.insert(0, (from_s, begins_s))
    if to_s - ends_s > STEP_MAX_S + _usual_s(packed):
        found.append((ends_s, to_s))
    missing = []
    for hole in found:
        for begin, end in _without(hole, lost):
            damaged = any(begin - _NEAR_S <= at <= end + _NEAR_S for at in damaged_s)
            last = None if end >= (until_s if ends_s > to_s else to_s) else round(end, 3)
            missing.append(Loss("sound" if damaged else "silence", round(begin, 3), last))
    return tuple(missing)


def _usual_s(packed: Sequence[Span]) -> float:
    """How long most packets last."""
    lengths_s = sorted(end - begin for begin, end in packed)
    return lengths_s[len(lengths_s) // 2] if lengths_s else 0.0


def _without(hole: Span, lost: Sequence[Loss]) -> list[Span]:
    """What is left of a hole beside what was lost."""
    left = [hole]
    for loss in lost:
        loss_s = loss.from_s, hole[1] if loss.to_s is None else loss.to_s
        parts = [((b, min(e, loss_s[0])), (max(b, loss_s[1]), e)) for b, e in left]
        left = [(b, e) for pair in parts for b, e in pair if e - b > _NOTED_S]
    return left if lost else [hole]


def lost_pictures(
    packed: Sequence[Span],
    decoded_s: Sequence[float],
    *,
    damaged_s: Sequence[float] = (),
    silent: Sequence[Loss] = (),
    from_s: float,
    to_s: float | None,
) -> tuple[Loss, ...]:
    """Where pictures of a film did not come out, so that one stands still.

    Either their packets are there, or nothing is: then it may be a film in which nothing moved, and
    only counts when the file is damaged there or has a gap in its sound as well.

    Args:
        packed: When each packet of the film's pictures begins and ends, in the file's order.
        damaged_s: Seconds of the film before which something of its file could not be read.
        silent: Where its sound has holes.
        decoded_s: When each decoded picture is shown, in seconds of the shown part.
        from_s: Second of the film at which the shown part begins.
        to_s: Second at which it ends; ``None``: with the film.
    """
    if _clock_jumps(packed) or not packed:
        return ()
    end_s = _end(packed, to_s)
    shown = sorted({at + from_s for at in decoded_s})
    begins = sorted(begin for begin, _ in packed if from_s <= begin < end_s)
    # Two packets may be one picture, or one of them none: a gap counts with several in it.
    edges = [from_s, *(at for at in shown if from_s < at < end_s), end_s]
    steps = sorted(after - before for before, after in pairwise(edges))
    step_s = steps[len(steps) // 2]
    gaps = []
    for before, after in pairwise(edges):
        if after - before < _NOTED_S:
            continue
        torn = any(before - _NEAR_S <= at <= after + _NEAR_S for at in damaged_s)
        if before > from_s and after < end_s and (torn or _beside(silent, before, after)):
            if after - before >= step_s + _NOTED_S:
                gaps.append((before + step_s, after))
            continue
        inside = begins[
            bisect_right(begins, before + _EDGE_S) : bisect_left(begins, after - _EDGE_S)
        ]
        if len(inside) >= _PACKETS_NOTED and after - inside[0] >= _NOTED_S:
            gaps.append((inside[0], after))
    return _losses("picture", gaps, end_s)


def _beside(silent: Sequence[Loss], begin: float, end: float) -> bool:
    """Whether the sound has a hole about where the picture has one, and one about as long."""
    return any(
        hole.to_s is not None
        and hole.from_s - _ASIDE_S < end
        and begin < hole.to_s + _ASIDE_S
        and (end - begin) / 2 <= hole.to_s - hole.from_s <= 2 * (end - begin)
        for hole in silent
    )


def _clock_jumps(packed: Sequence[Span]) -> bool:
    return any(not -_CLOCK_BACK_S <= b - a <= _CLOCK_ON_S for (a, _), (b, _) in pairwise(packed))


def _end(packed: Sequence[Span], to_s: float | None) -> float:
    last_s = max((end for _, end in packed), default=0.0)
    return last_s if to_s is None else min(last_s, to_s)


def _losses(what: LossKind, stretches: Iterable[Span], end_s: float) -> tuple[Loss, ...]:
    return tuple(
        Loss(what, round(begin, 3), None if end >= end_s - _ENDS_S else round(end, 3))
        for begin, end in stretches
        if end - begin >= _NOTED_S
    )


def joined(pieces: Iterable[Span]) -> list[Span]:
    """Pieces that follow one another as one, in order."""
    whole: list[Span] = []
    for begin, end in sorted(pieces):
        if whole and begin <= whole[-1][1] + _JOINED_S:
            whole[-1] = whole[-1][0], max(end, whole[-1][1])
        else:
            whole.append((begin, end))
    return whole


def loss_problems(losses: Sequence[Loss], length_s: float, display_path: str) -> list[Problem]:
    """The warnings for what was lost of a film.

    Args:
        losses: What was lost.
        length_s: How long the camera film lasts.
        display_path: What the coach calls the film.
    """
    sound = [loss for loss in losses if loss.what == "sound"]
    picture = [loss for loss in losses if loss.what == "picture"]
    silence = [loss for loss in losses if loss.what == "silence"]
    found = []
    if picture:
        found.append(
            media_problem(
                display_path,
                f"its picture is damaged: {_told(picture, length_s)}; it freezes there",
                "copy it from the camera again, or trim the film",
                Code.MEDIA_PICTURE_LOST,
                "warning",
            )
        )
    if sound:
        found.append(
            media_problem(
                display_path,
                f"its sound is damaged: {_told(sound, length_s)}; it is silent there",
                "copy it from the camera again, or trim the film; if nobody speaks there, leave it",
                Code.MEDIA_SOUND_LOST,
                "warning",
            )
        )
    if silence:
        found.append(
            media_problem(
                display_path,
                f"it has no sound {_silent_words(silence, length_s)}",
                "if that is not intended, copy it from the camera again, export it again, or trim the "
                "film; if it is intended, leave it",
                Code.MEDIA_SOUND_MISSING,
                "warning",
            )
        )
    return found


def _silent_words(losses: Sequence[Loss], length_s: float) -> str:
    told = []
    for loss in losses[:_TOLD_MAX]:
        ends_s = length_s if loss.to_s is None else loss.to_s
        digits = 1 if ends_s - loss.from_s >= _TENTHS_S else 2
        begin, end = f"{loss.from_s:.{digits}f} s", f"{ends_s:.{digits}f} s"
        told.append(f"from {begin} to " + (f"its end at {end}" if loss.to_s is None else end))
    if len(losses) > _TOLD_MAX:
        told.append(f"and in {len(losses) - _TOLD_MAX} more places")
    return ", ".join(told)


def _told(losses: Sequence[Loss], length_s: float) -> str:
    told = [_words(loss, length_s) for loss in losses[:_TOLD_MAX]]
    if len(losses) > _TOLD_MAX:
        told.append(f"and in {len(losses) - _TOLD_MAX} more places")
    return ", ".join(told)


def _words(loss: Loss, length_s: float) -> str:
    if loss.to_s is None:
        return f"it breaks off at {loss.from_s:.1f} s of {length_s:.1f} s"
    return f"from {loss.from_s:.1f} s to {loss.to_s:.1f} s"


def source_warnings(
    *,
    picture_end_s: float | None,
    still_s: float,
    sound_unread: str | None,
    display_path: str,
) -> list[Problem]:
    """What can be told of a film before it is encoded.

    Args:
        picture_end_s: When its pictures end.
        still_s: How long the last one stays after that, in the shown part.
        sound_unread: The codec of its sound, when that cannot be decoded.
        display_path: What the coach calls the film.
    """
    found = []
    if sound_unread is not None:
        kind = "" if sound_unread == "unknown" else f" ({sound_unread})"
        found.append(
            media_problem(
                display_path,
                f"its sound cannot be read{kind}, so the film is silent on your pages",
                "export it with its sound as AAC; if it is meant to be silent, leave it",
                Code.MEDIA_SOUND_UNREADABLE,
                "warning",
            )
        )
    if picture_end_s is not None and still_s > 0:
        end_s = picture_end_s + still_s
        found.append(
            media_problem(
                display_path,
                f"the picture ends at {picture_end_s:.1f} s, the film at {end_s:.1f} s: "
                "the last picture is shown until the end",
                "if that is not intended, trim the film, or export it again",
                Code.MEDIA_PICTURE_ENDS,
                "warning",
            )
        )
    return found


def losses_of(
    recipe: Recipe,
    packed: Packed,
    heard: Sequence[Span],
    decoded_s: Sequence[float],
) -> tuple[Loss, ...]:
    """What is in a film and did not decode, and where it has no sound.

    Args:
        recipe: What was made of it.
        packed: What its packets say.
        heard: From when to when its sound decoded.
        decoded_s: When a picture decoded.
    """
    film, from_s, to_s = recipe.probe, recipe.from_s, recipe.trim.to_s
    sound: tuple[Loss, ...] = ()
    if film.has_audio and film.picture_end_s is not None:
        if not film.jumps:  # where times begin again, they tell nothing of what is missing
            sound = lost_sound(packed.sound, heard, from_s=from_s, to_s=to_s)
        sound += missing_sound(
            heard,
            sound,
            damaged_s=packed.damaged_s,
            codec=film.audio_codec,
            packed=packed.sound,
            from_s=from_s,
            to_s=film.picture_end_s if to_s is None else min(film.picture_end_s, to_s),
            film_s=film.duration_s if to_s is None else to_s,
        )
    pictures = lost_pictures(
        () if film.jumps else packed.picture,
        decoded_s,
        damaged_s=packed.damaged_s,
        silent=sound,
        from_s=from_s,
        to_s=to_s,
    )
    return pictures + tuple(sorted(sound, key=lambda loss: loss.from_s))
