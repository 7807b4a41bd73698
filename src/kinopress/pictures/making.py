"""One picture as the files of a page: a few widths, each as AVIF, WebP and JPEG or PNG.

The files hold pixels and nothing else, which is proved on each before it is kept.
"""

from __future__ import annotations

import io
from typing import Any

from PIL import Image

from kinopress.codes import Code
from kinopress.pictures.colours import ColourNumbers, to_srgb
from kinopress.pictures.made import MadeFile, PictureError
from kinopress.pictures.plan import WIDTHS_PX, sizes
from kinopress.pictures.reading import DECODING_ERRORS, read_picture
from kinopress.privacy.traces import find_traces, kind_of

_MIMES = {"avif": "image/avif", "webp": "image/webp", "png": "image/png", "jpg": "image/jpeg"}
# AVIF's speed 9 takes a quarter of the time of 7 for 2 % more bytes, WebP's method 2 half of 4's
# for 2 % more (photos of 12 million pixels).
_PHOTO: dict[str, dict[str, Any]] = {
    "avif": {"format": "AVIF", "quality": 55, "speed": 9, "max_threads": 1},
    "webp": {"format": "WEBP", "quality": 72, "method": 2},
    "jpg": {"format": "JPEG", "quality": 82, "progressive": True, "optimize": True},
}
_DRAWN: dict[str, dict[str, Any]] = {
    "avif": {"format": "AVIF", "quality": 75, "speed": 9, "subsampling": "4:4:4", "max_threads": 1},
    "webp": {"format": "WEBP", "lossless": True, "method": 4, "exact": False},
    "png": {"format": "PNG", "optimize": True},
}
_COLOURS_OF_A_DRAWING = 4096
# A photo that somebody saved as PNG, without transparency: as JPEG it is a tenth as large.
_PNG_WORTH = 2.0


def make_picture(data: bytes) -> list[MadeFile]:
    """The files of a picture, smallest first within each kind; the kinds in the order in which they are offered.

    The last kind is the one that every browser shows. A kind that is no smaller than the last
    is not offered.

    Args:
        data: The coach's file.

    Raises:
        PictureError: it cannot be shown.
    """
    opened, numbers = read_picture(data, side_px=WIDTHS_PX[-1])
    try:
        return _made(data, opened, numbers)
    except DECODING_ERRORS as error:  # an encoder's error must not look like one of the disk
        raise PictureError(
            "a picture that cannot be converted",
            "export it again as JPEG or PNG and use that instead",
            Code.PICTURE_UNREADABLE,
        ) from error


def _made(data: bytes, opened: Image.Image, numbers: ColourNumbers | None) -> list[MadeFile]:
    wanted = sizes(*opened.size)
    found = kind_of(data[:4096])
    lossless = found is not None and found.name in ("png", "gif")
    upright = to_srgb(opened, numbers)
    see_through = upright.mode in ("LA", "RGBA") and upright.getextrema()[-1] != (255, 255)
    if not see_through and upright.mode in ("LA", "RGBA"):
        upright = upright.convert(upright.mode.removesuffix("A"))
    drawn = lossless and upright.getcolors(_COLOURS_OF_A_DRAWING) is not None
    scaled: list[Image.Image] = []
    for size in reversed(wanted):  # each from the one above it: the source itself is large
        scaled.insert(0, _scaled(scaled[0] if scaled else upright, size))
    plain = "png" if see_through or lossless else "jpg"
    options = _DRAWN if drawn else _PHOTO
    kinds = {kind: [_file(p, kind, options) for p in scaled] for kind in ("avif", "webp", plain)}
    if plain == "png" and not see_through:
        as_jpeg = [_file(picture, "jpg", _PHOTO) for picture in scaled]
        if _bytes(kinds["png"]) > _PNG_WORTH * _bytes(as_jpeg):
            del kinds["png"]
            plain = "jpg"
            kinds["jpg"] = as_jpeg
    return [
        file
        for kind, files in kinds.items()
        if kind == plain or _bytes(files) < _bytes(kinds[plain])
        for file in files
    ]


def _scaled(picture: Image.Image, size: tuple[int, int]) -> Image.Image:
    return picture if picture.size == size else picture.resize(size, Image.Resampling.LANCZOS)


def _file(picture: Image.Image, kind: str, options: dict[str, dict[str, Any]]) -> MadeFile:
    written = io.BytesIO()
    shown = picture
    if kind in ("avif", "webp") and picture.mode in ("L", "LA"):
        shown = picture.convert("RGBA" if picture.mode == "LA" else "RGB")
    shown.save(written, **(options.get(kind) or _PHOTO.get(kind) or _DRAWN[kind]))
    data = written.getvalue()
    name = f"{picture.width}.{kind}"
    if traces := find_traces(data, name):
        told = ", ".join(dict.fromkeys(trace.what for trace in traces))
        raise PictureError(
            f"still not free of private details after it was made again ({told})",
            "report this picture to the person who looks after the program",
            Code.MEDIA_PRIVATE,
        )
    return MadeFile(name, _MIMES[kind], *picture.size, data)


def _bytes(files: list[MadeFile]) -> int:
    return sum(len(file.data) for file in files)
