"""What is on the picture of a shared page, as values; drawing one loads a library, this does not."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

RECIPE = "card 4"
"""Goes up whenever the same values would come out otherwise."""
WIDTH, HEIGHT = 1200, 630
"""Pixels: what messengers and networks ask for."""
SQUARE = 1400
"""Pixels of a side: the least that podcast apps take (https://podcasters.apple.com/support/896)."""
BYTES_MAX = 100_000
"""Some messengers show no picture of more than 300 kB, and all fetch it while somebody waits."""
SUFFIX, MIME = ".jpg", "image/jpeg"
"""Messengers show no AVIF, WebP or SVG."""


@dataclass(frozen=True, slots=True)
class Card:
    """What is on one.

    Attributes:
        title: The page's own, in plain words.
        label: Above it: what kind of page it is.
        name: Below it: who speaks.
        site: What the site is called.
        colour: The site's, like ``#1b5b57``.
        shown: The digest of its drawing or photograph; empty where it has only words.
        square: For a feed, which shows squares.
        file: That drawing (SVG) or photograph on this computer.
    """

    title: str
    label: str
    name: str
    site: str
    colour: str
    shown: str = ""
    square: bool = False
    file: Path | None = field(default=None, compare=False, repr=False)

    @property
    def size(self) -> tuple[int, int]:
        """Pixels across and down."""
        return (SQUARE, SQUARE) if self.square else (WIDTH, HEIGHT)


@dataclass(frozen=True, slots=True)
class Ready:
    """One that is drawn: its place on the site, its file, its size in pixels, and the SHA-256 of its file where that is noted."""

    path: str
    file: Path
    width: int
    height: int
    sha256: str = field(default="", compare=False, repr=False)
