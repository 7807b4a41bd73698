"""The coach's own poster, made ready for the film's other pictures: upright, in sRGB, no larger than needed."""

from __future__ import annotations

import io

from PIL import Image

from kinopress.codes import Code
from kinopress.pictures.colours import to_srgb
from kinopress.pictures.made import PictureError
from kinopress.pictures.reading import read_picture

_SIDE_PX = 1440
"""Twice the short side of the largest poster; encoders scale the rest of the way."""


def plain_picture(data: bytes) -> tuple[bytes, tuple[int, int]]:
    """A poster as a PNG of nothing but pixels, and its width and height.

    What is seen through becomes white, as on paper: a film is never seen through.

    Args:
        data: The coach's file.

    Raises:
        PictureError: it cannot be shown.
    """
    if not data:
        raise PictureError("empty", "put the file itself there", Code.PICTURE_UNREADABLE)
    opened, numbers = read_picture(data, side_px=_SIDE_PX)
    upright = to_srgb(opened, numbers)
    if upright.mode in ("LA", "RGBA"):
        paper = Image.new("RGBA", upright.size, "white")
        paper.alpha_composite(upright.convert("RGBA"))
        upright = paper
    scale = _SIDE_PX / min(upright.size)
    if scale < 1:
        size = (max(1, round(upright.width * scale)), max(1, round(upright.height * scale)))
        upright = upright.resize(size, Image.Resampling.LANCZOS)
    written = io.BytesIO()
    upright.convert("RGB").save(written, "PNG", compress_level=1)
    return written.getvalue(), upright.size
