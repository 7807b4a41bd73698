"""Which words of an SVG drawing are outside what is seen of it (SVG 2, 8 and 11).

Drawing programs have a table around the sheet: a name, a date, an old label is put aside there
and saved with the drawing. Words are left out only if no letter of them can reach into the picture,
however wide its letters are; where that cannot be known from numbers alone, they count as seen.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

Box = tuple[float, float, float, float]
"""Left, top, right and bottom."""
Matrix = tuple[float, float, float, float, float, float]

_UNMOVED: Matrix = (1, 0, 0, 1, 0, 0)
_NUMBER = r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?"
_LENGTH = re.compile(rf"\s*({_NUMBER})(px|pt|pc|in|cm|mm|em|%)?\s*")
_PX_IN = {"": 1.0, "px": 1.0, "pt": 4 / 3, "pc": 16.0, "in": 96.0, "cm": 96 / 2.54, "mm": 96 / 25.4}
_MOVES = re.compile(r"(\w+)\s*\(([^()]*)\)")
_FONT = re.compile(r"(?<![\w-])font(?:-size)?\s*[:=]([^;{}]*)")
_SIZE_IN_FONT = re.compile(rf"(?<![\w.])(?:{_NUMBER})(?:px|pt|pc|in|cm|mm|em|%)")
_UNSURE = re.compile(
    r"(?<![\w-])(?:filter(?!\s*:\s*none)|transform(?:-origin)?|(?:letter|word)-spacing(?!\s*:\s*(?:0(?:px|em)?|normal)\s*(?:[;}!]|$)))\s*:"
)
"""Properties that put words elsewhere, or spread them, by more than is worked out here."""

# Wider than any letter of any script is for its size, and some room for accents.
_LETTER_EM = 2.0
_USUAL_PX = 16.0
_ELSEWHERE = frozenset(
    ("svg", "defs", "symbol", "clipPath", "mask", "pattern", "marker", "textPath", "use")
)
"""What is inside these is drawn at a place that its own numbers do not say."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where words of an element come out.

    Attributes:
        view: What is seen of the drawing; ``None`` where that is not known.
        matrix: From the element's numbers to the drawing's; ``None`` where that is not known.
        font_px: How large its letters are at most.
        x: From where to where on its line its words may begin.
        y: The same for their height.
        ids: By which names it, or a part around it, can be drawn again elsewhere.
    """

    view: Box | None = None
    matrix: Matrix | None = _UNMOVED
    font_px: float = _USUAL_PX
    x: tuple[float, float] = (0.0, 0.0)
    y: tuple[float, float] = (0.0, 0.0)
    ids: frozenset[str] = field(default_factory=frozenset)

    def inside(self, name: str, attributes: Mapping[str, str]) -> Place:
        """The same for an element in this part."""
        own = frozenset((attributes["id"],)) if "id" in attributes else frozenset()
        found = replace(self, ids=self.ids | own)
        style = attributes.get("style", "")
        said = [f"{key}:{value}" for key, value in attributes.items() if key != "transform"]
        if name in _ELSEWHERE or any(map(_UNSURE.search, (style, *said))):
            return replace(found, matrix=None)
        matrix = _moved(self.matrix, attributes.get("transform", ""))
        size = style + "".join(
            f";{key}:{attributes[key]}" for key in ("font", "font-size") if key in attributes
        )
        font_px = largest_font_px([size], self.font_px)
        if font_px is None:
            matrix, font_px = None, self.font_px
        found = replace(found, matrix=matrix, font_px=max(font_px, 0.0))
        return found._written_at(attributes) if name in ("text", "tspan") else found

    def _written_at(self, attributes: Mapping[str, str]) -> Place:
        ranges = {"x": self.x, "y": self.y}
        for key, shift in (("x", "dx"), ("y", "dy")):
            at = _lengths(attributes.get(key, ""), self.font_px)
            by = _lengths(attributes.get(shift, ""), self.font_px)
            if at is None or by is None:
                return replace(self, matrix=None)
            if at:
                ranges[key] = min(at), max(at)
            moved = sum(map(abs, by))
            ranges[key] = ranges[key][0] - moved, ranges[key][1] + moved
        if (long := _lengths(attributes.get("textLength", ""), self.font_px)) is None:
            return replace(self, matrix=None)
        low, high = ranges["x"]
        return replace(self, x=(low - sum(long), high + sum(long)), y=ranges["y"])

    def after(self, words: str) -> Place:
        """Where words go on behind others."""
        reach = self._reach(words)
        x, y = self.x, self.y
        return replace(self, x=(x[0] - reach, x[1] + reach), y=(y[0] - reach, y[1] + reach))

    def joined(self, other: Place) -> Place:
        """Where words go on behind an element that is at another place."""
        return replace(
            self,
            matrix=None if other.matrix is None else self.matrix,
            x=(min(self.x[0], other.x[0]), max(self.x[1], other.x[1])),
            y=(min(self.y[0], other.y[0]), max(self.y[1], other.y[1])),
        )

    def _reach(self, words: str) -> float:
        return (len(words) + 1) * self.font_px * _LETTER_EM

    def shows(self, words: str) -> bool:
        """Whether any letter of words at this place may be seen."""
        if self.view is None or self.matrix is None:
            return True
        there = self.after(words)
        corners = [_point(self.matrix, x, y) for x in there.x for y in there.y]
        left, top, right, bottom = self.view
        across, down = [x for x, _ in corners], [y for _, y in corners]
        outside = max(across) < left or min(across) > right or max(down) < top or min(down) > bottom
        return not outside


def beginning(attributes: Mapping[str, str], styles: Iterable[str]) -> Place:
    """The place of a drawing's own words, by its outermost element and its styles."""
    texts = list(styles)
    font_px = largest_font_px(texts, _USUAL_PX)
    said = [f"{key}:{value}" for key, value in attributes.items()]
    if font_px is None or any(map(_UNSURE.search, (*texts, *said))):
        return Place()
    own_px = largest_font_px(
        [attributes.get("style", ""), f"font-size:{attributes.get('font-size', '')}"], font_px
    )
    view = view_of(attributes)
    return Place(view if own_px is not None else None, font_px=max(font_px, own_px or 0.0))


def view_of(attributes: Mapping[str, str]) -> Box | None:
    """What is seen of a drawing, in its own numbers, at most; ``None`` where it does not say.

    A drawing whose width and height have another ratio than the part it says is seen shows more on two sides.
    """
    sides = [_lengths(attributes.get(name, ""), _USUAL_PX) for name in ("width", "height")]
    width, height = (side[0] if side and side[0] > 0 else None for side in sides)
    box = _lengths(attributes.get("viewBox", ""), _USUAL_PX)
    if not attributes.get("viewBox"):
        return 0.0, 0.0, width or math.inf, height or math.inf
    if box is None or len(box) != 4 or min(box[2:]) <= 0:
        return None
    left, top, across, down = box
    more_across = more_down = 0.0
    if width and height and attributes.get("preserveAspectRatio", "").strip() != "none":
        more_across = max(0.0, down * width / height - across)
        more_down = max(0.0, across * height / width - down)
    return (
        left - more_across,
        top - more_down,
        left + across + more_across,
        top + down + more_down,
    )


def largest_font_px(styles: Iterable[str], around_px: float) -> float | None:
    """The largest size of letters that styles ask for; ``None`` where one is not a number."""
    sizes = [around_px]
    for text in styles:
        for said in _FONT.findall(text):
            if not said.strip():
                continue
            one = _lengths(said.partition("!")[0], around_px)
            if one is None:
                one = [
                    length
                    for part in _SIZE_IN_FONT.findall(said)
                    for length in _lengths(part, around_px) or ()
                ]
            if not one:
                return None
            sizes += one
    return max(sizes)


def _lengths(written: str, font_px: float) -> list[float] | None:
    """Numbers in a list, in pixels; ``None`` where one of them depends on something else."""
    found = []
    for part in re.split(r"[\s,]+", written.strip()):
        if not part:
            continue
        match = _LENGTH.fullmatch(part)
        if match is None:
            return None
        unit = match[2] or ""
        if unit == "%":
            return None
        found.append(float(match[1]) * (font_px if unit == "em" else _PX_IN[unit]))
    return found if all(map(math.isfinite, found)) else None


def _moved(matrix: Matrix | None, written: str) -> Matrix | None:
    """A matrix with the moves of a ``transform`` in it; ``None`` where one is not known."""
    if _MOVES.sub("", written).strip(" ,\t\r\n"):
        return None
    for name, inside in _MOVES.findall(written):
        values = _lengths(inside, _USUAL_PX)
        step = None if values is None else _step(name, values)
        if matrix is None or step is None:
            return None
        matrix = _times(matrix, step)
    return matrix


def _step(name: str, values: list[float]) -> Matrix | None:
    match name, values:
        case "matrix", [a, b, c, d, e, f]:
            return a, b, c, d, e, f
        case "translate", [x]:
            return 1, 0, 0, 1, x, 0
        case "translate", [x, y]:
            return 1, 0, 0, 1, x, y
        case "scale", [x]:
            return x, 0, 0, x, 0, 0
        case "scale", [x, y]:
            return x, 0, 0, y, 0, 0
        case "rotate", [degrees]:
            cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
            return cos, sin, -sin, cos, 0, 0
        case "rotate", [degrees, x, y]:
            cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
            return cos, sin, -sin, cos, x - cos * x + sin * y, y - sin * x - cos * y
        case "skewX", [degrees]:
            return 1, 0, math.tan(math.radians(degrees)), 1, 0, 0
        case "skewY", [degrees]:
            return 1, math.tan(math.radians(degrees)), 0, 1, 0, 0
        case _:
            return None


def _times(one: Matrix, other: Matrix) -> Matrix:
    a, b, c, d, e, f = one
    g, h, i, j, k, m = other
    return a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * m + e, b * k + d * m + f  # fmt: skip


def _point(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f
