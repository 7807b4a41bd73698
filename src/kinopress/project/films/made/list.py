"""The list of encoded films that the encoder leaves for the pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from kinopress.system.kept import read_kept, write_kept

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
    return read_kept(project / LIST, _records, unchecked=True) or {}


def write_records(project: Path, records: Mapping[str, Record]) -> None:
    """Leave the list for :func:`~kinopress.project.films.made.ready.read_clips`."""
    listed = {slug: asdict(record) for slug, record in sorted(records.items())}
    write_kept(project / LIST, listed, indent=1)


def _records(values: Any) -> dict[str, Record]:
    return {slug: _record(**value) for slug, value in values.items()}


def _record(
    folder: str,
    made_from: str,
    captions: Mapping[str, str] | None = None,
    chapters: str | None = None,
) -> Record:
    captions = captions or {}
    words = [folder, made_from, *captions.keys(), *captions.values()]
    if not all(isinstance(word, str) for word in words) or not isinstance(chapters, str | None):
        raise TypeError
    return Record(folder, made_from, captions, chapters)
