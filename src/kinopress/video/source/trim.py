"""Cutting off the beginning and the end of a film (pure).

A coach notes times while watching the camera film: ``from`` and ``to``, ``poster_at_s`` and
chapters are all times of that film, as its player shows them. Readers see the trimmed film,
which begins at 0, so every other time is converted once, by :meth:`Trim.published_s`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from kinopress.codes import Code
from kinopress.problems import Problem
from kinopress.video.source.sniff import media_problem

# Less than this is not a film but a typing mistake.
_SHORTEST_S = 0.1
# A player rounds to a tenth; asking for that much more than there is means "to the end".
_END_TOLERANCE_S = 0.1


@dataclass(frozen=True, slots=True)
class Trim:
    """The part of the camera film that is shown.

    Attributes:
        from_s: Second of the camera film at which it begins.
        to_s: Second of the camera film at which it ends; ``None`` is its end.
    """

    from_s: float = 0.0
    to_s: float | None = None

    def published_s(self, at_s: float) -> float | None:
        """A time of the camera film as a time of the trimmed one; ``None`` if it was cut off."""
        if at_s < self.from_s or (self.to_s is not None and at_s > self.to_s):
            return None
        return at_s - self.from_s

    def length_s(self, film_s: float | None) -> float | None:
        """How long the trimmed film lasts, when the camera film lasts ``film_s``."""
        end_s = self.to_s if self.to_s is not None else film_s
        return None if end_s is None else end_s - self.from_s


WHOLE = Trim()


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


def _words(trim: Trim) -> str:
    return f"from {trim.from_s:g} s" + ("" if trim.to_s is None else f" to {trim.to_s:g} s")


def _wrong(display_path: str, message: str, hint: str) -> Problem:
    return media_problem(display_path, message, hint, Code.TRIM_WRONG)
