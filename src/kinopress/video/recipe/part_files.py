"""The names of what a rendition is made of while it is encoded."""

from __future__ import annotations

from dataclasses import dataclass

FOLDER = "parts"


SOUND_NAME = "sound.m4a"


NUMBERED = "%06d.nut"
"""The names of the parts, as FFmpeg's segment muxer counts them."""


@dataclass(frozen=True, slots=True)
class Begun:
    """How much of a rendition there is already.

    Attributes:
        parts: Whole parts.
        pictures: Pictures in them.
    """

    parts: int = 0
    pictures: int = 0
