"""A site's icon as a PNG of a given size, from an SVG or any picture that Pillow reads."""

from __future__ import annotations

import functools
import io

import resvg_py
from PIL import Image


@functools.lru_cache(maxsize=8)  # a site has four, and whoever builds it again asks for the same
def icon(picture: bytes, size_px: int, *, share: float = 1.0, paper: str | None = None) -> bytes:
    """A square PNG with a picture in its middle.

    Args:
        picture: An SVG, or a picture of dots.
        size_px: The side of the square, in pixels.
        share: The part of the side that the picture takes.
        paper: The colour behind it, like ``#ffffff``; ``None``: nothing.

    Raises:
        OSError: it is not a picture, or one that cannot be read.
    """
    side = max(1, round(size_px * share))
    with Image.open(io.BytesIO(_as_dots(picture, side))) as opened:
        drawing = opened.convert("RGBA")
    drawing.thumbnail((side, side), Image.Resampling.LANCZOS)
    if max(drawing.size) < side:  # a small one is made larger: an icon has one size
        scale = side / max(drawing.size)
        drawing = drawing.resize((round(drawing.width * scale), round(drawing.height * scale)))
    page = Image.new("RGBA", (size_px, size_px), paper or (0, 0, 0, 0))
    at = (size_px - drawing.width) // 2, (size_px - drawing.height) // 2
    page.alpha_composite(drawing, at)
    written = io.BytesIO()
    (page.convert("RGB") if paper else page).save(written, "PNG", optimize=True)
    return written.getvalue()


def _as_dots(picture: bytes, side_px: int) -> bytes:
    if b"<svg" not in picture[:2000]:
        return picture
    try:
        drawn = resvg_py.svg_to_bytes(
            svg_string=picture.decode("utf-8"), width=side_px, skip_system_fonts=True
        )
    except ValueError as error:  # what the library raises for any SVG that it cannot draw
        raise OSError(str(error)) from error
    return bytes(drawn)
