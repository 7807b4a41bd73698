"""Drawn figures: SVG that this program made itself, and that moves, so the rules for a coach's drawings do not fit.

A figure is made of poses, never of a photograph or a file of somebody's. Still nothing is taken on trust: it
may hold only the few elements and attributes that a figure needs, each with a value of its own kind, so
nothing else can travel in it. Its words are those of the page it is on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.parsers import expat

from kinopress.privacy.traces import Trace

_BEGINS = b'<svg xmlns="http://www.w3.org/2000/svg" class="fig" '

_NUMBERS = r"-?[\d.]+(?:[ ,]-?[\d.]+)*"
_NAME = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_PATH = r"[MLcqstz\d .-]*"
_ATTRIBUTES: dict[str, str] = {
    "class": r"[a-z0-9]+(?: [a-z0-9]+)*",
    "viewBox": _NUMBERS,
    "role": "img",
    "id": _NAME,
    "d": _PATH,
    "patternUnits": "userSpaceOnUse",
    "patternTransform": r"rotate\(45\)",
    "transform": rf"(?:translate|rotate)\({_NUMBERS}\)",
    "style": r"fill:(?:var\(--[a-z]\)|#[0-9a-f]{3,6})(?:;fill-opacity:[\d.]+)?",
    "attributeName": r"d|opacity|stroke-dasharray|stroke-dashoffset",
    "dur": r"[\d.]+s",
    "repeatCount": "indefinite",
    "keyTimes": r"[\d.]+(?:;[\d.]+)*",
    "values": rf"{_PATH}(?:;{_PATH})*",
    **dict.fromkeys(
        [
            "width",
            "height",
            "x",
            "y",
            "cx",
            "cy",
            "r",
            "rx",
            "ry",
            "opacity",
            "pathLength",
            "font-size",
            "stroke-width",
            "stroke-dasharray",
            "stroke-dashoffset",
        ],
        _NUMBERS,
    ),
}
"""What each attribute of a figure may hold."""
_ELEMENTS = frozenset(
    [
        "svg",
        "title",
        "desc",
        "style",
        "defs",
        "pattern",
        "rect",
        "circle",
        "ellipse",
        "path",
        "g",
        "text",
        "animate",
    ]
)
_WORDS = frozenset(("title", "desc", "text"))
_STYLE = re.compile(r"(?:[-\w.,:;#%{}() @]|url\(#[\w-]+\))*")


def is_figure(data: bytes) -> bool:
    """Whether a file claims to be a drawn figure."""
    return bytes(data[: len(_BEGINS)]) == _BEGINS


def figure_traces(data: bytes) -> Iterator[Trace]:
    """What in a drawn figure is not a figure's."""
    found: list[str] = []
    inside: list[str] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        inside.append(name)
        if name not in _ELEMENTS:
            found.append(name)
        for key, value in attributes.items():
            if key == "xmlns":
                continue
            if key not in _ATTRIBUTES or not re.fullmatch(_ATTRIBUTES[key], value):
                found.append(key)

    def text(words: str) -> None:
        if inside and inside[-1] == "style":
            if "http" in words or not _STYLE.fullmatch(words):
                found.append("style")
        elif words.strip() and (not inside or inside[-1] not in _WORDS):
            found.append("words")

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = lambda _: inside.pop() and None
    parser.CharacterDataHandler = text
    parser.CommentHandler = lambda _: found.append("comment")
    parser.ProcessingInstructionHandler = lambda *_: found.append("instruction")
    parser.StartDoctypeDeclHandler = lambda *_: found.append("doctype")
    try:
        parser.Parse(bytes(data), True)
    except expat.ExpatError:
        found.append("damage")
    for what in dict.fromkeys(found):
        yield Trace(what, "something in a drawn figure that is not a figure's")
