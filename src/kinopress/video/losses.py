"""What of a film could not be shown or heard, and how it is said (pure)."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise

from kinopress.problems import Problem
from kinopress.video.manifest import Loss, LossKind
from kinopress.video.sniff import media_problem

Span = tuple[float, float]
"""From one second to another."""

# A shorter piece is a click, and decoders need some packets to find their feet.
_NOTED_S = 0.15
# Pieces that follow within this are one.
_JOINED_S = 0.06
_ENDS_S = 0.25
# A clock that goes back, or that far forward, has begun anew: times tell nothing of what is missing.
_CLOCK_BACK_S, _CLOCK_ON_S = 1.0, 10.0
# A gap between pictures counts when at least so many packets lie well inside.
_PACKETS_NOTED, _EDGE_S = 3, 0.005
_TOLD_MAX = 3


def lost_sound(
    packed: Sequence[Span], heard: Sequence[Span], *, from_s: float, to_s: float | None
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
    for begin, end in packed:
        middle = (begin + end) / 2
        if middle < max(0.0, from_s) or (to_s is not None and middle > to_s):
            continue
        at = bisect_right(starts, middle) - 1
        if at < 0 or there[at][1] < middle:
            missing.append((begin, end))
    return _losses("sound", joined(missing), _end(packed, to_s))


def lost_pictures(
    packed: Sequence[Span], decoded_s: Sequence[float], *, from_s: float, to_s: float | None
) -> tuple[Loss, ...]:
    """Where a film has packets of pictures and none came out, so that one stands still.

    Args:
        packed: When each packet of the film's pictures begins and ends, in the file's order.
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
    gaps = []
    for before, after in pairwise(edges):
        if after - before < _NOTED_S:
            continue
        inside = begins[
            bisect_right(begins, before + _EDGE_S) : bisect_left(begins, after - _EDGE_S)
        ]
        if len(inside) >= _PACKETS_NOTED and after - inside[0] >= _NOTED_S:
            gaps.append((inside[0], after))
    return _losses("picture", gaps, end_s)


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
    found = []
    if picture:
        found.append(
            media_problem(
                display_path,
                f"its picture is damaged: {_told(picture, length_s)}; there it stands still",
                "copy it from the camera again, or trim the film",
                "media-picture-lost",
                "warning",
            )
        )
    if sound:
        found.append(
            media_problem(
                display_path,
                f"its sound is damaged: {_told(sound, length_s)}; there it is silent",
                "copy it from the camera again, or trim the film; if nobody speaks there, leave it",
                "media-sound-lost",
                "warning",
            )
        )
    return found


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
                "media-sound-unreadable",
                "warning",
            )
        )
    if picture_end_s is not None and still_s > 0:
        end_s = picture_end_s + still_s
        found.append(
            media_problem(
                display_path,
                f"the picture ends at {picture_end_s:.1f} s, the film at {end_s:.1f} s: "
                "the last picture stays",
                "if that is not meant, trim the film, or export it again",
                "media-picture-ends",
                "warning",
            )
        )
    return found
