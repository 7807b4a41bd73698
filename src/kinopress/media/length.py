"""How long a film is, in figures that everybody reads alike."""

from __future__ import annotations


def length_words(seconds: float) -> str:
    """A film's length as a clock shows it: 0:24, 12:05."""
    minutes, secs = divmod(round(seconds), 60)
    return f"{minutes}:{secs:02d}"


def instant_words(seconds: float) -> str:
    """An instant of a film as the player's clock shows it: the second that has begun, and not the nearest one."""
    return length_words(int(seconds + 0.001))
