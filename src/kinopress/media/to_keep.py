"""Which of a film's files a device keeps."""

from __future__ import annotations

from kinopress.media.clip import Clip
from kinopress.media.manifest import Output

_KEPT_MAX = 720
"""Short side in pixels of a film that a phone keeps: on its screen a larger one looks no better."""


def to_keep(clip: Clip) -> Output:
    """The file that a device keeps: the largest that plays everywhere and is not larger than a phone needs."""
    plain = [o for o in clip.manifest.renditions if not is_av1(o)] or clip.manifest.renditions
    small = [o for o in plain if min(o.width or 0, o.height or 0) <= _KEPT_MAX]
    return max(small, key=pixels) if small else min(plain, key=pixels)


def is_av1(output: Output) -> bool:
    """Whether a file is of the kind that not everything plays."""
    return (output.codecs or "").startswith("av01")


def pixels(output: Output) -> int:
    """How many a picture has."""
    return output.width * output.height
