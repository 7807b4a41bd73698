"""The list of encoded films that the encoder leaves for the pages."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from kinopress.system.atomic import write_json

LIST = Path(".kinopress/cache/films.json")
TRACKS = Path(".kinopress/cache/tracks")
"""Where captions and chapters are written again, as pages link to them."""


@dataclass(frozen=True, slots=True)
class Record:
    """What was made of a film, and from what.

    Attributes:
        folder: Its folder in the media store, relative to the project.
        made_from: A stamp of the film and of what its page asks for; another one means that
            there is something to do.
        captions: WebVTT files by language, relative to the project.
        chapters: A WebVTT file, relative to the project.
    """

    folder: str
    made_from: str
    captions: Mapping[str, str] = field(default_factory=dict)
    chapters: str | None = None


def read_records(project: Path) -> dict[str, Record]:
    """The list, empty when there is none that can be read."""
    try:
        values = json.loads((project / LIST).read_text("utf-8"))
        return {slug: Record(**value) for slug, value in values.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def write_records(project: Path, records: Mapping[str, Record]) -> None:
    """Leave the list for :func:`~kinopress.project.films.ready.read_clips`."""
    listed = {slug: asdict(record) for slug, record in sorted(records.items())}
    write_json(project / LIST, listed, indent=1)
