"""Our own style sheet in parts, so that a page waits only for what it may show.

One file is written (``theme/assets/kinopress.css``), as rules about one thing are read best beside each other. A selector
that names something of a part travels in that part's own file, with all conditions around it (paper, forced colours).
The order of the rules about one thing is kept; a part comes after what all pages have.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass

from kinopress.engines.sheets.rules import only, read, written

WHOLE = "assets/kinopress.css"


@dataclass(frozen=True, slots=True)
class Part:
    """Something that few pages show.

    Attributes:
        name: Of its file.
        names: What its selectors name, as it is written there: elements and classes alike, or with a dot classes alone.
        signs: A page whose text has one of these needs it. Where there is none, a script asks for it when it is begun
            (``web/src/styled.ts``), as it does for what it adds to a page without a sign.
    """

    name: str
    names: tuple[str, ...]
    signs: tuple[str, ...]

    @property
    def path(self) -> str:
        """Its file, from the site's root."""
        return f"assets/{self.name}.css"

    def is_needed_by(self, text: str) -> bool:
        """Whether a page with this text shows any of it from the start."""
        return any(sign in text for sign in self.signs)


PARTS = (
    Part("follow", (".kp-follow",), ()),
    Part(
        "plan",
        (
            *("kp-plan", "kp-plan-checks", "kp-plan-end", "kp-continue", "kp-days", "kp-tests"),
            *("kp-paper", "kp-session", "kp-sessions", "kp-lights", "kp-light", "kp-light-answer"),
            *("kp-light--green", "kp-today", "kp-strip", "kp-chart", "kp-scores", "kp-measured"),
            *("kp-not-for", "kp-stop", "kp-pain"),
        ),
        ("kp-plan",),
    ),
    Part(
        "exercise",
        # A film's are beside an exercise's: a page with both would ask for one file more than a page should.
        (
            *(
                "kp-film",
                "kp-video",
                "kp-player",
                "kp-chapters",
                "kp-transcript",
                "kp-film-links",
                "kp-watch",
            ),
            *("kp-step", "kp-steps", "kp-ticks", "kp-sheet", "kp-sheet-end", "kp-qr", "kp-top"),
            *("kp-dose", "kp-frames", "kp-figure", "kp-figure-key", "kp-theory"),
        ),
        ("kp-film", "kp-video", "kp-chapters", "kp-transcript", "kp-step", "kp-top"),
    ),
)
"""In the order in which a selector that names several is given to one, and in which they apply."""

PATHS = (WHOLE, *(part.path for part in PARTS))
"""All files that our sheet travels as, in the order in which they apply."""


def _named(part: Part) -> re.Pattern[str]:
    names = "|".join(map(re.escape, part.names))
    return re.compile(rf"(?<![\w-])(?:{names})(?:__|--|(?![\w-]))")


def in_parts(css: str) -> Mapping[str, str]:
    """A short style sheet in its parts: the file from the site's root → rules, what all pages have first."""
    sheet = read(css)
    patterns = [(part.path, _named(part)) for part in PARTS]

    @functools.cache
    def home(selector: str) -> str:
        return next((path for path, named in patterns if named.search(selector)), WHOLE)

    def part(path: str) -> str:
        return written(only(sheet, lambda it: home(it) == path, lambda _: path == WHOLE))

    return {path: part(path) for path in PATHS}


def sheets_of(text: str) -> list[str]:
    """The files of the parts that a page with this text needs, in order."""
    return [part.path for part in PARTS if part.is_needed_by(text)]
