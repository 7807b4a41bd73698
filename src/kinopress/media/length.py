"""How long a film is, in figures that everybody reads alike."""

from __future__ import annotations


def length_words(seconds: float) -> str:
    """A film's length as a clock shows it: 0:24, 12:05."""
    minutes, secs = divmod(round(seconds), 60)
    return f"{minutes}:{secs:02d}"
