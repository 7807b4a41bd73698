"""What was made of a film, noted beside its page: ``videos/hip.film.json``.

Camera films and what is made of them are too large to be copied with the pages, as git does. The note goes along
instead: on a computer that has neither, pages are made from it and ask for the files that a host already has. It
names only what readers may fetch, and what the page asked for when they were made.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any

from kinopress.system.kept import read_kept

if TYPE_CHECKING:  # a check of a site whose films are all here loads nothing that knows manifests
    from kinopress.media.manifest import Manifest

ENDING = ".film.json"
_FORMAT = 1
_ABOUT = (
    "What Kinopress published of this film, so that a computer without it can publish the site."
)


@dataclass(frozen=True, slots=True)
class Note:
    """What was made of a film, and what was asked for.

    Attributes:
        asked_for: What its page and the settings asked for, as plain values.
        poster_sha256: Hexadecimal SHA-256 of the coach's own poster; empty: she had none.
        manifest: What was made.
    """

    asked_for: list[Any]
    poster_sha256: str
    manifest: Manifest


def note_path(slug: str) -> str:
    """Where the note of a film is, relative to the project."""
    return f"videos/{slug}{ENDING}"


def note_text(slug: str, note: Note) -> str:
    """A note as it is written, the same for the same values.

    The camera's own name for the film is left out: it is nobody's business.
    """
    source = f"{slug}{PurePath(note.manifest.source_name).suffix.casefold()}"
    value = {
        "about": _ABOUT,
        "format": _FORMAT,
        "asked_for": note.asked_for,
        "poster_sha256": note.poster_sha256,
        "manifest": asdict(replace(note.manifest, source_name=source)),
    }
    return json.dumps(value, indent=1, ensure_ascii=False, allow_nan=False) + "\n"


def read_note(project: Path, slug: str) -> Note | None:
    """The note of a film; ``None``: there is none, or none that can be used."""
    from kinopress.media.manifest import parse_manifest  # noqa: PLC0415 - see above

    def take(value: Any) -> Note | None:
        asked_for, poster = value["asked_for"], value["poster_sha256"]
        if value["format"] != _FORMAT or not isinstance(asked_for, list):
            return None
        if not isinstance(poster, str):
            return None
        return Note(asked_for, poster, parse_manifest(json.dumps(value["manifest"])))

    return read_kept(project / note_path(slug), take, unchecked=True)
