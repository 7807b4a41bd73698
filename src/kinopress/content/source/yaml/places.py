"""Where in a text each value of its YAML is, so that it can be replaced and nothing else touched.

The events are those from which :mod:`kinopress.content.source.yaml.reader` makes its nodes: one parser, so
what is read is what is edited. Only for texts which that reader takes without a problem.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

import yaml

from kinopress.content.source.yaml.reader import new_parser

Style = Literal["plain", "'", '"', "|", ">", "nothing", "alias", "flow", "block"]
"""How a value is written: a text without quotes, in either kind, in several lines; nothing at all; a repeat of
another value by its name (``*name``); a list or group in brackets, or one below the other."""


@dataclass(slots=True)
class Place:
    """One value: from its first character to the one after its last, comments and empty lines left out.

    Attributes:
        start: Counted in characters of the text.
        end: Likewise; equal to ``start`` where nothing is written.
        style: How it is written.
        items: The places of a list's entries.
        entries: The places of a group's fields, in their order.
        kind: What it is.
    """

    start: int
    end: int
    style: Style
    kind: Literal["text", "list", "group"] = "text"
    items: list[Place] = field(default_factory=list)
    entries: dict[str, Entry] = field(default_factory=dict)


@dataclass(slots=True)
class Entry:
    """One field: where its name begins and ends, and its value."""

    start: int
    name_end: int
    value: Place


@dataclass(slots=True)
class _Open:
    place: Place
    name: str = ""
    name_at: tuple[int, int] | None = None


def find_places(text: str) -> Place | None:
    """The place of the topmost value of a text; ``None`` when it contains none.

    Raises:
        yaml.YAMLError: it is not YAML.
    """
    next_event: Any = new_parser(text).get_event
    root: Place | None = None
    open_: list[_Open] = []
    while (event := next_event()) is not None:
        start, end = event.start_mark.index, event.end_mark.index
        place: Place
        if isinstance(event, yaml.ScalarEvent):
            top = open_[-1] if open_ else None
            if top is not None and top.place.kind == "group" and top.name_at is None:
                top.name, top.name_at = event.value, (start, end)
                continue
            written: Any = event.style or ("plain" if end > start else "nothing")
            style: Style = written
            if style in ("|", ">"):
                end = start + len(text[start:end].rstrip(" \t\n"))
            place = Place(start, end, style)
        elif isinstance(event, yaml.AliasEvent):
            place = Place(start, end, "alias")
        elif isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
            place = Place(start, end, "flow" if event.flow_style else "block")
            place.kind = "group" if isinstance(event, yaml.MappingStartEvent) else "list"
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            done = open_.pop().place
            inside = [*done.items, *(entry.value for entry in done.entries.values())]
            # What closes one in lines of its own comes after the comments and empty lines below it.
            done.end = end if done.style == "flow" else max(one.end for one in inside)
            continue
        else:
            continue
        if not open_:
            root = place
        elif open_[-1].place.kind == "list":
            open_[-1].place.items.append(place)
        else:
            above = open_[-1]
            name_start, name_end = above.name_at or (start, start)
            above.place.entries[above.name] = Entry(name_start, name_end, place)
            above.name_at = None
        if place.kind != "text":
            open_.append(_Open(place))
    return root
