"""What was made of one of the coach's files."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kinopress.codes import Code

PICTURES = ("jpeg", "png", "webp", "avif", "heic", "gif")
"""The kinds of pictures that are read, by the names of :mod:`kinopress.privacy.traces.kinds`."""

PICTURE_RECIPE = 1
DRAWING_RECIPE = 4
HANDOUT_RECIPE = 2
"""Each goes up whenever the same source would come out otherwise."""

SITE_FOLDER = "media"
"""Where made files are on the site."""

HANDOUT_MIME = "application/pdf"
DRAWING_MIME = "image/svg+xml"


class PictureError(Exception):
    """A picture that cannot be shown.

    Attributes:
        what: What it is or what is wrong with it, to be behind "it is".
        hint: What to do.
        code: The kind of problem.
    """

    def __init__(self, what: str, hint: str, code: Code) -> None:
        super().__init__(what)
        self.what, self.hint, self.code = what, hint, code


@dataclass(frozen=True, slots=True)
class MadeFile:
    """One finished file: its name, media type, size in pixels, and its bytes."""

    name: str
    mime: str
    width: int
    height: int
    data: bytes


@dataclass(frozen=True, slots=True)
class StoredFile:
    """One made file: its name in its folder, media type, pixels across and down, bytes, SHA-256.

    A drawing or a handout has no pixels: 0. Lists of earlier versions have no SHA-256.
    """

    name: str
    mime: str
    width: int
    height: int
    bytes: int
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Made:
    """What was made of one file of the coach.

    Attributes:
        digest: Of the source and the recipe.
        folder: Where the files are.
        files: As :func:`kinopress.pictures.making.make_picture` orders them.
        left_out: What of the source is not in them and may have been wanted, in plain words.
    """

    digest: str
    folder: Path
    files: tuple[StoredFile, ...]
    left_out: tuple[str, ...] = ()

    @property
    def site_folder(self) -> str:
        """Where the files are on the site; the name changes with the content, so it can be cached for ever."""
        return f"{SITE_FOLDER}/{self.folder.name}"
