"""What the search knows of a film; whoever shows films loads nothing else of the search."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FilmFacts:
    """What a result shows of a film: its length in seconds and its poster's address from the site's root."""

    duration_s: float
    poster: str
