"""One SVG drawing as the file of a page: what draws, and nothing else."""

from __future__ import annotations

import re

from kinopress.codes import Code
from kinopress.pictures.made import DRAWING_MIME, MadeFile, PictureError
from kinopress.privacy.traces.drawing import svg

NAME = "drawing.svg"

_ROOT = re.compile(r"<svg\b[^>]*>")
_LENGTH = re.compile(r'\s(width|height)="\s*(\d*\.?\d+)(px|pt|pc|in|cm|mm)?\s*"')
_PX_IN = {"": 1.0, "px": 1.0, "pt": 4 / 3, "pc": 16.0, "in": 96.0, "cm": 96 / 2.54, "mm": 96 / 25.4}
_VIEW = re.compile(r'\sviewBox="\s*[-\d.e]+[\s,]+[-\d.e]+[\s,]+([\d.e]+)[\s,]+([\d.e]+)\s*"')
_COLUMN_PX = 700
"""A drawing without a size of its own is as wide as the column of words."""

# Browsers give one without any shape this one (CSS 2.2, 10.3.2).
_SIZE_PX = (300.0, 150.0)


def make_drawing(data: bytes) -> MadeFile:
    """A drawing without what nobody sees.

    Raises:
        PictureError: it cannot be read, or holds what cannot be proved clean.
    """
    try:
        cleaned, _ = svg.clean(data)
    except svg.DrawingError as error:
        hint = "export it again as a plain SVG, without pictures and movement in it, or as PNG"
        raise PictureError(str(error), hint, Code.PICTURE_UNREADABLE) from error
    return MadeFile(NAME, DRAWING_MIME, *_size(cleaned.decode()), cleaned)


def _size(drawing: str) -> tuple[int, int]:
    """Width and height in pixels, for the room a page keeps free."""
    root = _ROOT.search(drawing)
    found = _LENGTH.findall(root[0]) if root else []
    lengths = {name: float(value) * _PX_IN[unit] for name, value, unit in found}
    view = _VIEW.search(root[0]) if root else None
    shape = (float(view[1]), float(view[2])) if view else _SIZE_PX
    if min(shape) <= 0:
        shape = _SIZE_PX
    width, height = lengths.get("width"), lengths.get("height")
    if width and height:
        shape = (width, height)
    elif width:
        shape = (width, width * shape[1] / shape[0])
    elif height:
        shape = (height * shape[0] / shape[1], height)
    elif view:
        shape = (_COLUMN_PX, _COLUMN_PX * shape[1] / shape[0])
    return max(1, round(shape[0])), max(1, round(shape[1]))
