"""What is to be made of one film, decided: a value."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kinopress.codes import Code
from kinopress.system.lock import OnWait
from kinopress.video.encode.elsewhere import Elsewhere
from kinopress.video.encode.making.run import Progress
from kinopress.video.ffmpeg.binary import Encoder
from kinopress.video.recipe.recipe import Recipe

OF_THE_COMPUTER = frozenset(
    {
        *(Code.MEDIA_DISK_FULL, Code.MEDIA_STORE_FAILED, Code.FFMPEG_ENDED),
        *(Code.CLUSTER_LOST, Code.CLUSTER_WORKERS),
    }
)
"""Codes of the computer's trouble, not the film's: another film would fare no better, and what was
finished of this one is good."""


@dataclass(frozen=True, slots=True)
class Job:
    """What is to be made of one source, decided.

    Attributes:
        source: The camera film.
        poster: The coach's own poster, as a PNG of nothing but pixels.
        display_path: What the coach calls the film.
        media_dir: The store.
        recipe: What is to be made, and how.
        encoder: What makes it.
        on_progress: Is told the finished share while encoding.
        on_sound: Is told the finished share while the sound is measured, which comes before.
        on_wait: Is told for which other run this one waits.
        elsewhere: Other computers that encode; ``None``: this one does.
    """

    source: Path
    poster: bytes | None
    display_path: str
    media_dir: Path
    recipe: Recipe
    encoder: Encoder
    on_progress: Progress | None = None
    on_sound: Progress | None = None
    on_wait: OnWait | None = None
    elsewhere: Elsewhere | None = None
