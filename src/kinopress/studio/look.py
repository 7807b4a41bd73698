"""The studio's pages, from their templates. Every value is escaped; no template marks one as safe."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from jinja2 import BytecodeCache, Environment, PackageLoader, StrictUndefined
from jinja2.bccache import Bucket

from kinopress.content.model.names import TITLE_MAX
from kinopress.media.length import length_words
from kinopress.project.telling.timed import about, size_words

ASSETS = Path(__file__).parent / "assets"


@dataclass(frozen=True, slots=True)
class Item:
    """One screen in the menu."""

    address: str
    label: str


MENU: Sequence[Item] = (
    Item("/", "This week"),
    Item("/films/new", "New film"),
    Item("/write", "Write"),
    Item("/check", "Check"),
    Item("/publish", "Publish"),
    Item("/clients", "Clients"),
    Item("/settings", "Phone and folder"),
)
"""The screens in the order of a week."""


def day_words(day: dt.date, today: dt.date | None = None) -> str:
    """A day as a person says it: ``Sunday 29 November``, with its year where it is another one."""
    words = f"{day:%A} {day.day} {day:%B}"
    return words if today is None or day.year == today.year else f"{words} {day.year}"


def many(number: int, one: str, several: str = "") -> str:
    """A number of things: ``1 page``, ``3 pages``, ``no pages``."""
    name = one if number == 1 else several or f"{one}s"
    return f"{number or 'no'} {name}"


def when_words(moment_s: float, now: dt.datetime) -> str:
    """A moment in seconds since 1970, in the zone of ``now``: ``today at 14:05``."""
    at = dt.datetime.fromtimestamp(moment_s, now.tzinfo)
    day = "today" if at.date() == now.date() else f"on {day_words(at.date(), now.date())}"
    return f"{day} at {at:%H:%M}"


class _Compiled(BytecodeCache):
    """The templates as programs, by name and place."""

    def __init__(self) -> None:
        self.programs: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if (program := self.programs.get(bucket.key)) is not None:
            bucket.bytecode_from_string(program)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.programs[bucket.key] = bucket.bytecode_to_string()


_COMPILED = _Compiled()


def compiled() -> Mapping[str, bytes]:
    """All templates, compiled. That takes several MB for a moment, so the studio has it done in another process."""
    environment = _environment()
    for name in environment.list_templates():
        environment.get_template(name)
    return _COMPILED.programs


def take_compiled(programs: Mapping[str, bytes]) -> None:
    """Render from here on with templates that are compiled already; one that is not among them is compiled here."""
    _COMPILED.programs |= programs


@functools.cache
def _environment() -> Environment:
    made = Environment(
        bytecode_cache=_COMPILED,
        loader=PackageLoader("kinopress.studio"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(
        {"day": day_words, "size": size_words, "about": about, "clock": length_words}
    )
    made.globals.update({"menu": MENU, "many": many, "title_max": TITLE_MAX})
    return made


def render(template: str, **values: object) -> str:
    """A page from its template and all the values it names."""
    return _environment().get_template(template).render(**values)
