"""Words spoken in a film, as paragraphs to read."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A piece of a transcript and the second at which it begins."""

    at_s: float
    words: str
