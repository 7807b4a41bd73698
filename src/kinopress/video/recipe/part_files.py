"""The names of what a rendition is made of while it is encoded."""

from __future__ import annotations

from dataclasses import dataclass

FOLDER = "parts"


SOUND_NAME = "sound.m4a"


NUMBERED = "%06d.nut"
"""The names of the parts, as FFmpeg's segment muxer counts them."""


BEHIND_A_GAP = "from-%08d.nut"
"""The name of a part that was made elsewhere and is there before the one that comes before it, by its first picture."""


@dataclass(frozen=True, slots=True)
class Begun:
    """How much of a rendition there is already.

    Attributes:
        parts: Whole parts.
        pictures: Pictures in them.
    """

    parts: int = 0
    pictures: int = 0


@dataclass(frozen=True, slots=True)
class Span:
    """Some pictures of a film in a row, which are encoded by themselves.

    Attributes:
        first: The number of the first picture.
        end: The number after the last picture; ``None``: to the end of the film.
        seek_s: The second of the camera film from which it is decoded; ``None``: from where the shown part
            begins.
    """

    first: int
    end: int | None
    seek_s: float | None = None
