"""What travels between the computer that wants a film and those that encode it: values, and nothing of Dask."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from kinopress import __version__
from kinopress.video.recipe.part_files import Span
from kinopress.video.recipe.recipe import Recipe


@dataclass(frozen=True, slots=True)
class Film:
    """A film, so that another computer can find it and be sure that it is the same.

    Attributes:
        path: Where it is on the computer that wants it made.
        sha256: Of its bytes.
        bytes: How many.
    """

    path: str
    sha256: str
    bytes: int


@dataclass(frozen=True, slots=True)
class PartOrder:
    """One part of a film, to be made on another computer.

    Attributes:
        film: Which film.
        recipe: How it is made.
        names: The renditions that are wanted.
        span: Which pictures.
        ffmpeg: The version of FFmpeg that has to make it.
        program: The version of Kinopress, likewise.
    """

    film: Film
    recipe: Recipe
    names: tuple[str, ...]
    span: Span
    ffmpeg: str
    program: str


@dataclass(frozen=True, slots=True)
class PartMade:
    """A part of each wanted rendition, with the digest under which it left."""

    files: Mapping[str, bytes]
    sha256: Mapping[str, str]


Why = Literal["version", "film", "disk", "stopped", "failed"]
"""Another version; the film is not there; no room; nobody wants it any more; FFmpeg could not."""


@dataclass(frozen=True, slots=True)
class NotMade:
    """Why a part was not made, and what is to be said of it."""

    why: Why
    words: str = ""


@cache
def program_version() -> str:
    """The version of Kinopress, and a digest of all that says how films are made: checkouts have the same number."""
    room = Path(__file__).parents[1]
    digest = hashlib.sha256()
    for path in sorted(room.rglob("*.py")):
        digest.update(path.relative_to(room).as_posix().encode() + b"\0" + path.read_bytes())
    return f"{__version__}+{digest.hexdigest()[:8]}"
