"""A moving picture at any second of it, as an SVG that stands still: what a film is made of.

Reads what `svg` and `smil` write, and nothing else. Programs that draw an SVG know neither its animation nor its
variables, and some not the length that a path is said to have, so all three are worked out here.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from xml.etree import ElementTree

Point = tuple[float, float]
_SVG = "{http://www.w3.org/2000/svg}"
_NUMBER = re.compile(r"-?(?:\d+\.?\d*|\.\d+)")
_DARK = re.compile(r"@media[^{]*\{[^{}]*\{[^{}]*\}\}")
_SET = re.compile(r"--(\w+):([^;}]+)")
_USED = re.compile(r"var\(--(\w+)\)")
_COMMAND = re.compile(r"[a-zA-Z][^a-zA-Z]*")
_PIECES = 6
"""So many straight pieces stand for a bend when its length is measured: within a thousandth."""


class Moments:
    """A moving picture that can be asked how it looks at a second.

    Args:
        moving: The picture, as :func:`kinopress.figures.draw.draw` writes it.
        height: Units from its top that are shown; what is below are its words, which are left out.
    """

    def __init__(self, moving: str, height: float) -> None:
        self._root = ElementTree.fromstring(moving)  # noqa: S314 - our own drawing
        self.title = self._root.findtext(f"{_SVG}title") or ""
        self.width = float(self._root.attrib["viewBox"].split()[2])
        self.height = height
        self._root.set("viewBox", f"0 0 {self.width:g} {height:g}")
        self._settle()
        self._runs = [
            (element, _Run(animate))
            for element in self._root.iter()
            for animate in element.findall(f"{_SVG}animate")
        ]
        for element, run in self._runs:
            element.remove(run.animate)
        self._measured = [
            (element, float(element.attrib.pop("pathLength")))
            for element in self._root.iter()
            if "pathLength" in element.attrib
        ]
        self._dashed = [
            {name: e.get(name, "0") for name in ("stroke-dasharray", "stroke-dashoffset")}
            for e, _ in self._measured
        ]

    @property
    def length_s(self) -> float:
        """How long it takes until it begins again; 0 where nothing moves."""
        return max((run.length_s for _, run in self._runs), default=0.0)

    def at(self, second: float) -> str:
        """The picture at a second, in its light colours."""
        for (element, _), dashes in zip(self._measured, self._dashed, strict=True):
            element.attrib.update(dashes)
        for element, run in self._runs:
            element.set(run.attribute, run.at(second))
        for element, said in self._measured:
            share = path_length(element.attrib["d"]) / said
            for name in ("stroke-dasharray", "stroke-dashoffset"):
                numbers = [float(n) * share for n in _NUMBER.findall(element.attrib[name])]
                element.set(name, " ".join(f"{n:.2f}" for n in numbers))
        return ElementTree.tostring(self._root, encoding="unicode")

    def _settle(self) -> None:
        for parent in list(self._root.iter()):
            for child in list(parent):
                if child.find(f"{_SVG}text") is not None:
                    parent.remove(child)
        sheet = self._root.find(f"{_SVG}style")
        light = _DARK.sub("", sheet.text or "") if sheet is not None else ""
        known = dict(_SET.findall(light))
        if sheet is not None:
            sheet.text = _USED.sub(lambda used: known[used[1]], light)
        for element in self._root.iter():
            if "style" in element.attrib:
                element.set(
                    "style", _USED.sub(lambda used: known[used[1]], element.attrib["style"])
                )


class _Run:
    """One attribute's way through the film."""

    def __init__(self, animate: ElementTree.Element) -> None:
        self.animate = animate
        self.attribute = animate.attrib["attributeName"]
        self.length_s = float(animate.attrib["dur"].removesuffix("s"))
        self._times = [float(t) for t in animate.attrib["keyTimes"].split(";")]
        self._values = animate.attrib["values"].split(";")

    def at(self, second: float) -> str:
        share = second / self.length_s % 1
        after = min(max(bisect_right(self._times, share), 1), len(self._times) - 1)
        before, until = self._times[after - 1], self._times[after]
        one, two = self._values[after - 1], self._values[after]
        if one == two or until <= before:
            return one
        way = (share - before) / (until - before)
        goals = iter(_NUMBER.findall(two))

        def between(start: re.Match[str]) -> str:
            a = float(start[0])
            # a blank, because a minus sign that held two numbers apart may be gone
            return f" {a + (float(next(goals)) - a) * way:.2f}"

        return _NUMBER.sub(between, one)


def path_length(line: str) -> float:
    """Units along a path of the commands `M`, `q`, `t`, `l` and `z` (the last four relative).

    Raises:
        ValueError: it has another command.
    """
    start = here = control = (0.0, 0.0)
    total = 0.0
    for command in _COMMAND.findall(line):
        letter, numbers = command[0], [float(n) for n in _NUMBER.findall(command)]
        pairs = list(zip(numbers[::2], numbers[1::2], strict=True))
        if letter == "M":
            start = here = control = pairs[0]
        elif letter == "z":
            total += _apart(here, start)
            here = control = start
        elif letter == "l":
            for pair in pairs:
                end = _plus(here, pair)
                total += _apart(here, end)
                here = control = end
        elif letter == "q":
            for bend, pair in zip(pairs[::2], pairs[1::2], strict=True):
                control, end = _plus(here, bend), _plus(here, pair)
                total += _bend(here, control, end)
                here = end
        elif letter == "t":
            for pair in pairs:
                control = (2 * here[0] - control[0], 2 * here[1] - control[1])
                end = _plus(here, pair)
                total += _bend(here, control, end)
                here = end
        else:
            raise ValueError(letter)
    return total


def _plus(a: Point, b: Point) -> Point:
    return a[0] + b[0], a[1] + b[1]


def _apart(a: Point, b: Point) -> float:
    return math.hypot(a[0] - b[0], a[1] - b[1])


def _bend(a: Point, control: Point, b: Point) -> float:
    total, last = 0.0, a
    for piece in range(1, _PIECES + 1):
        u = piece / _PIECES
        x, y = ((1 - u) ** 2 * a[k] + 2 * u * (1 - u) * control[k] + u**2 * b[k] for k in (0, 1))
        total += _apart(last, (x, y))
        last = (x, y)
    return total
