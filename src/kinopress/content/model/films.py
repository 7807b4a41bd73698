"""A film and what is beside it under its name, as values."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Film:
    """A film beside its page, its captions by language, and the coach's own poster.

    ``captions`` are WebVTT; ``subrip`` are SubRip in languages for which there is not WebVTT.
    ``original`` is false where the camera film is not on this computer, only what was made of it.
    """

    slug: str
    path: str
    file: Path
    captions: dict[str, str] = field(default_factory=dict)
    subrip: dict[str, str] = field(default_factory=dict)
    poster: str | None = None
    original: bool = True


class CaptionFile(NamedTuple):
    """Captions beside a film: their form (``vtt`` or ``srt``), film, language and path."""

    form: str
    slug: str
    lang: str
    path: str
