"""Do the times that a page writes fit its film (pure)?

``from`` and ``to``, ``poster_at_s`` and chapters are all times of the camera film, as its player shows them.
"""

from __future__ import annotations

import math

from kinopress.codes import Code
from kinopress.media.trim import WHOLE, Trim
from kinopress.problems import Problem
from kinopress.video.source.sniff import media_problem

# Less than this is not a film but a typing mistake.
_SHORTEST_S = 0.1
# A player rounds to a tenth; asking for that much more than there is means "to the end".
_END_TOLERANCE_S = 0.1


def check_trim(
    trim: Trim, film_s: float | None, display_path: str, *, picture_end_s: float | None = None
) -> tuple[Trim, Problem | None]:
    """Fit a trim to its film.

    Args:
        trim: What is asked for.
        film_s: How long the film lasts.
        display_path: What the coach calls it.
        picture_end_s: When its pictures end, which may be earlier than the film.

    Returns:
        The trim to be used, and what is wrong with the one asked for: an error when nothing
        would be left, a warning when it reaches beyond the end.
    """
    numbers = [trim.from_s] if trim.to_s is None else [trim.from_s, trim.to_s]
    if not all(math.isfinite(number) and number >= 0 for number in numbers):
        return WHOLE, _wrong(
            display_path,
            f"the trim {_words(trim)} is not a time in a film",
            "write seconds from the beginning of the camera film",
        )
    if trim.to_s is not None and trim.to_s - trim.from_s < _SHORTEST_S:
        if trim.to_s > trim.from_s:
            return WHOLE, _wrong(
                display_path,
                f"the trim {_words(trim)} leaves less than {_SHORTEST_S:g} s of the film",
                "give to a later time",
            )
        return WHOLE, _wrong(
            display_path,
            f"the trim {_words(trim)} ends before it begins",
            "write the earlier second first",
        )
    if film_s is None:
        return trim, None
    if trim.from_s > 0 and trim.from_s > film_s - _SHORTEST_S:
        return WHOLE, _wrong(
            display_path,
            f"the trim begins at {trim.from_s:g} s, but the film ends at {film_s:.1f} s",
            "choose a time within the film",
        )
    if picture_end_s is not None and trim.from_s > 0 and trim.from_s > picture_end_s - _SHORTEST_S:
        return WHOLE, _wrong(
            display_path,
            f"the trim begins at {trim.from_s:g} s, but the picture ends at {picture_end_s:.1f} s",
            "choose a time at which there is a picture",
        )
    if trim.to_s is None or trim.to_s <= film_s:
        return trim, None
    fitted = Trim(trim.from_s, None)
    if trim.to_s <= film_s + _END_TOLERANCE_S:
        return fitted, None
    return fitted, media_problem(
        display_path,
        f"the trim ends at {trim.to_s:g} s, but the film ends at {film_s:.1f} s",
        "correct the time, or omit it; for now the film is shown to its end",
        Code.TRIM_BEYOND,
        "warning",
    )


def check_poster(
    at_s: float, trim: Trim, film_s: float | None, display_path: str
) -> Problem | None:
    """Warn of a second for the poster at which the shown film has no picture.

    Args:
        at_s: The second of the camera film that is requested.
        trim: The part that is shown.
        film_s: How long the film lasts.
        display_path: What the coach calls it.
    """
    if math.isfinite(at_s) and at_s >= 0 and (film_s is None or at_s <= film_s):
        if trim.published_s(at_s) is not None:
            return None
        where = "in a part of the film that the trim leaves out"
    else:
        length = "" if film_s is None else f", which lasts {film_s:.1f} s"
        where = f"outside the film{length}"
    return media_problem(
        display_path,
        f"the poster is requested at {at_s:g} s, {where}",
        "choose a second within the film; for now the program chose one",
        Code.POSTER_OUTSIDE,
        "warning",
    )


def _words(trim: Trim) -> str:
    return f"from {trim.from_s:g} s" + ("" if trim.to_s is None else f" to {trim.to_s:g} s")


def _wrong(display_path: str, message: str, hint: str) -> Problem:
    return media_problem(display_path, message, hint, Code.TRIM_WRONG)
