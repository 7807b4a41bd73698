"""One trace: something in a file that reveals its source, or that nobody can account for."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Trace:
    """Something that is not known to be harmless.

    Attributes:
        at: Where in the file: the boxes, chunks or segments above it, ``moov/udta/©xyz``.
        what: What it tells, in plain words.
    """

    at: str
    what: str
