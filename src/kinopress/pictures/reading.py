"""Opening one picture: upright, in sRGB, whole; or why not, in plain words.

The only module that decodes a coach's picture. Its kind is told by its first bytes, and only
the decoder of that kind is tried.
"""

from __future__ import annotations

import functools
import io
import struct
import warnings

from PIL import Image, ImageFile, ImageOps

from kinopress.codes import Code
from kinopress.pictures.colours import ColourNumbers, colour_numbers
from kinopress.pictures.made import PICTURES, PictureError
from kinopress.privacy.traces import kind_of

PIXELS_MAX = 100_000_000
"""Larger pictures are not decoded: 100 million pixels are 400 MB in memory."""

JPEG_PIXELS_MAX = 260_000_000
"""A JPEG can be decoded at half or a quarter of its size; the largest sensors of phones have 200 million pixels."""

SIDE_MIN_PX = 2

_FORMATS = {"jpeg": "JPEG", "png": "PNG", "webp": "WEBP", "avif": "AVIF", "heic": "HEIF", "gif": "GIF"}  # fmt: skip
DECODING_ERRORS = (OSError, SyntaxError, ValueError, TypeError, LookupError, EOFError, ArithmeticError, RuntimeError, AttributeError, AssertionError, MemoryError, struct.error)  # fmt: skip
"""What decoders raise for damaged files."""


_DAMAGED = "copy it from the camera again, or export it again, and use that instead"


def read_picture(
    data: bytes, side_px: int | None = None
) -> tuple[Image.Image, ColourNumbers | None]:
    """A whole picture, upright, and the numbers of its colours.

    Args:
        data: The whole file.
        side_px: A JPEG may come back smaller, but neither side shorter than this; that takes
            a quarter of the time and memory.

    Raises:
        PictureError: it is not a picture of a known kind, damaged, cut off, moving or too large.
    """  # fmt: skip
    if not data:
        raise PictureError("an empty file", _DAMAGED, Code.PICTURE_UNREADABLE)
    found = kind_of(data[:4096])
    if found is None or found.name not in PICTURES:
        raise PictureError(
            f"{found.words}, not a picture that can be read here" if found else "not a picture",
            "save it as JPEG or PNG and use that instead",
            Code.PICTURE_KIND,
        )
    try:
        if found.name == "heic":
            _know_heic()
        with Image.open(io.BytesIO(data), formats=[_FORMATS[found.name]]) as opened:
            _check_size(opened, found.name)
            size = opened.size
            numbers = colour_numbers(found.name, data, opened.info)
            if numbers is not None and numbers.is_hdr:
                raise PictureError(
                    f"{found.words} in HDR, whose brightness pages cannot show",
                    "export it as JPEG, which has ordinary brightness",
                    Code.PICTURE_KIND,
                )
            if found.name not in ("jpeg", "heic") and getattr(opened, "n_frames", 1) > 1:
                raise PictureError(
                    f"{found.words} that moves, which readers could not stop",
                    "turn it into a film and put that into videos/, or save a single picture of it",
                    Code.PICTURE_MOVING,
                )
            if side_px is not None and found.name == "jpeg":
                opened.draft(None, (side_px, side_px))
            opened.load()
            if found.name == "jpeg" and size[0] * size[1] <= PIXELS_MAX and not _is_whole(data):
                raise PictureError("cut off", _DAMAGED, Code.PICTURE_UNREADABLE)
            upright = ImageOps.exif_transpose(opened)
            return upright, numbers
    except DECODING_ERRORS as error:
        raise PictureError("damaged or cut off", _DAMAGED, Code.PICTURE_UNREADABLE) from error


def _check_size(opened: ImageFile.ImageFile, kind: str) -> None:
    width, height = opened.size
    limit = JPEG_PIXELS_MAX if kind == "jpeg" else PIXELS_MAX
    if width * height > limit:
        raise PictureError(
            f"too large ({width} × {height} pixels)",
            f"export it with at most {limit // 1_000_000} million pixels",
            Code.PICTURE_LARGE,
        )
    if min(width, height) < SIDE_MIN_PX:
        raise PictureError(
            "a single line of pixels",
            "put a picture there that can be seen",
            Code.PICTURE_UNREADABLE,
        )


def _is_whole(data: bytes) -> bool:
    from kinopress.pictures.whole import is_whole_jpeg  # noqa: PLC0415 - FFmpeg's libraries take a while to load

    return is_whole_jpeg(data)


@functools.cache
def _know_heic() -> None:
    import pi_heif  # noqa: PLC0415 - few pages have a HEIC picture, and loading it takes a while

    pi_heif.register_heif_opener(thumbnails=False, depth_images=False, aux_images=False)


# The limits above are asked before anything is decoded; Pillow's own would only warn.
Image.MAX_IMAGE_PIXELS = None
# What it thinks of notes in a file is nothing a coach can do anything about.
warnings.filterwarnings("ignore", module=r"PIL\.")
