"""What a film must be before it is worth encoding, and the sentence for each that is not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kinopress.codes import Code
from kinopress.media.trim import Trim
from kinopress.problems import Problem
from kinopress.video.source.containers.transport import Jump
from kinopress.video.source.sniff import media_problem

# A header that promises more than this above what is in the file is a cut-off film. The
# last frame's length is unknown to some containers, so a little is normal.
TRUNCATION_TOLERANCE_S = 0.5

OVERHANG_S = 0.5
"""Sound that continues this much longer than the pictures is meant; up to there it is the usual rest
of a camera's last packets. The last picture then stays for as long."""

# With fewer pixels, 4:2:0 has too few colours to tell a film from one whose colours are wrong: FFmpeg's test picture of
# 4:4:4 comes out 25 of 255 apart at 20 by 20, 16 at 24 and 8 at 32 (November 2026).
SIDE_MIN_PX = 32
# A picture twenty times as wide as high is a slip in the note on its pixels' shape.
_SHAPE_MAX = 20
_TOLD_MAX = 3


def check_pixels(width: int, height: int, pixels_max: int, display_path: str) -> Problem | None:
    """Refuse frames that would fill the memory, before one is decoded."""
    if width * height <= pixels_max:
        return None
    return media_problem(
        display_path,
        f"the picture is {width} by {height} pixels, too large to work with",
        f"export it with at most {pixels_max / 1e6:.0f} megapixels (4K has 8)",
        Code.MEDIA_TOO_LARGE,
    )


def check_sides(
    width: int, height: int, display_path: str, *, anamorphic: bool = False
) -> Problem | None:
    """Refuse what is too small to be a film, or of a shape that no screen shows.

    Args:
        width: Pixels across as it is shown.
        height: Pixels down as it is shown.
        display_path: What the coach calls the film.
        anamorphic: The film is stored at another size, and its note on the shape of its pixels makes it this.
    """
    if max(width, height) > _SHAPE_MAX * max(1, min(width, height)):
        return media_problem(
            display_path,
            f"its shape is impossible: it asks to be shown at {width} by {height} pixels",
            "export the film again with square pixels",
            Code.MEDIA_SHAPE,
        )
    if min(width, height) >= SIDE_MIN_PX:
        return None
    if anamorphic:
        return media_problem(
            display_path,
            f"it asks to be shown at only {width} by {height} pixels, and at least {SIDE_MIN_PX} are needed each way",
            "export the film again with square pixels",
            Code.MEDIA_TOO_SMALL,
        )
    return media_problem(
        display_path,
        f"the picture is only {width} by {height} pixels, and at least {SIDE_MIN_PX} are needed each way",
        "use the film as the camera made it",
        Code.MEDIA_TOO_SMALL,
    )


def check_length(
    duration_s: float | None, duration_max_s: float, display_path: str
) -> Problem | None:
    """Refuse a film, or a gap in time stamps, that would take a day to encode."""
    if duration_s is None or duration_s <= duration_max_s:
        return None
    return media_problem(
        display_path,
        f"the film says it lasts {duration_s / 3600:.1f} hours",
        f"cut it to less than {duration_max_s / 3600:g} hours; if it is short, its time stamps "
        "are damaged: export it again",
        Code.MEDIA_TOO_LONG,
    )


def about_jumps(jumps: Sequence[Jump], shown: Trim, display_path: str) -> Iterator[Problem]:
    """Say where a film goes on as if nothing had happened although its clock jumps.

    Args:
        jumps: Where that is.
        shown: The part that is shown.
        display_path: What the coach calls the film.
    """
    inside = [one for one in jumps if shown.to_s is None or one.at_s < shown.to_s]
    torn = [one for one in inside if one.torn]
    whole = [one for one in inside if not one.torn]
    if torn:
        yield media_problem(
            display_path,
            f"a piece of the file is gone: {_places([_missing(one) for one in torn])}; the film goes "
            "on there without it",
            "copy it from the camera again; if nothing you need is missing, leave it",
            Code.MEDIA_PART_MISSING,
            "warning",
        )
    if whole:
        yield media_problem(
            display_path,
            f"the camera's clock starts again {_places([f'at {one.at_s:.1f} s' for one in whole])}, as where "
            "one recording ends and the next begins; no piece of the file seems to be missing there",
            "nothing to do; if it is meant to be one recording, copy it from the camera again",
            Code.MEDIA_TIME_STAMPS,
            "note",
        )


def _missing(jump: Jump) -> str:
    if jump.by_s < 0:
        return f"some of it is missing at {jump.at_s:.1f} s"
    return f"about {jump.by_s:.1f} s are missing at {jump.at_s:.1f} s"


def _places(told: Sequence[str]) -> str:
    more = [f"in {len(told) - _TOLD_MAX} more places"] if len(told) > _TOLD_MAX else []
    *some, last = [*told[:_TOLD_MAX], *more]
    return f"{', '.join(some)} and {last}" if some else last


def truncated(display_path: str, readable_s: float, promised_s: float) -> Problem:
    """The problem of a film of which only a part is there."""
    return media_problem(
        display_path,
        f"only about {readable_s:.1f} s of {promised_s:.1f} s can be read: the file was cut off, or "
        "is damaged in the middle",
        "copy it from the camera again",
        Code.MEDIA_TRUNCATED,
    )
