"""Times of a film as people type them, and as a screen shows them."""

from __future__ import annotations

import re

_CLOCK = re.compile(
    r"(?:([0-9]{1,4}):)?(?:([0-9]{1,2}):)?([0-9]{1,6}(?:[.,][0-9]{1,3})?) *(?:s|sec|seconds)?"
)


def seconds_of(words: str) -> float | None:
    """A moment as a player shows it, ``1:05.2``, or in seconds, ``65.2``; ``None``: it cannot be read."""
    found = _CLOCK.fullmatch(words.strip())
    if found is None:
        return None
    first, second, last = found.groups()
    seconds = float(last.replace(",", "."))
    if first is None:
        return seconds
    hours, minutes = (0, int(first)) if second is None else (int(first), int(second))
    return None if seconds >= 60 else 3600 * hours + 60 * minutes + seconds


def clock_of(seconds: float | None) -> str:
    """A moment as :func:`seconds_of` reads it, to a tenth of a second; empty for ``None``."""
    if seconds is None:
        return ""
    minutes, rest = divmod(round(seconds * 10), 600)
    whole, tenth = divmod(rest, 10)
    return f"{minutes}:{whole:02d}" + (f".{tenth}" if tenth else "")
