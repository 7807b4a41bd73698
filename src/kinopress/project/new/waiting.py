"""A film's page that was written before its film is there: what it still leaves blank, and how that is filled in."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kinopress.content.forms.placeholders import IN_FIELDS, IN_TEXT
from kinopress.content.source.film_files import FILM_ENDINGS
from kinopress.content.source.writer import (
    Body,
    Change,
    Put,
    Remove,
    body_text,
    changed_page,
    fields_of,
)
from kinopress.content.source.yaml.words import Value
from kinopress.problems import Refusal
from kinopress.project.films.made.kept import kept_films

TEXT = "text"
"""Among what is blank: the text below the fields."""
_TO_WRITE = frozenset({"description", "alt", "tags", TEXT})
"""What only the coach can write; where all of it is blank, the page is as ``kinopress new`` wrote it."""


@dataclass(frozen=True, slots=True)
class WaitingPage:
    """A page in ``videos/`` beside which there is no film.

    Attributes:
        path: Its file, relative to the project.
        data: Its bytes.
        blank: Fields that are missing, empty or as in an empty page, and :data:`TEXT` where the text is.
    """

    path: str
    data: bytes
    blank: frozenset[str]

    @property
    def is_untouched(self) -> bool:
        """Whether nobody has written anything in it."""
        return self.blank >= _TO_WRITE

    def filled(self, values: Mapping[str, Value], text: str, *, is_whole: bool) -> bytes:
        """The page with its blanks filled; what somebody wrote in it stays, to the byte.

        Args:
            values: What there is to say, by field.
            text: The text, as Markdown.
            is_whole: Whether readers may see it with that. The draft line of a page in which somebody has
                written is theirs to remove.

        Raises:
            Refusal: the page cannot be changed without changing something else (exit code 1).
        """
        changes: list[Change] = [
            Put((name,), value)
            for name, value in values.items()
            if name in self.blank or (name == "date" and self.is_untouched)
        ]
        if TEXT in self.blank and text:
            changes.append(Body(f"\n{text}\n"))
        if self.is_untouched and is_whole:
            changes.append(Remove(("draft",)))
        return changed_page(self.data, self.path, changes)

    def is_draft_with(self, data: bytes) -> bool:
        """Whether the page has its draft line in these bytes of it."""
        values = fields_of(data, self.path)
        return isinstance(values, Mapping) and values.get("draft") is True


_FIELDS = (
    *("description", "date", "tags", "exercises", "alt", "poster", "trim", "chapters", "sources"),
)


def waiting_page(project: Path, slug: str, film: Path | None = None) -> WaitingPage | None:
    """The page of a film that is not there; ``None``: there is no such page, it has a film, or it cannot be read.

    A film that is on another computer, of which there is what was made of it, is there.

    Args:
        project: The project's folder.
        slug: The name of both.
        film: The film that the page is to get; it may be beside it already.
    """
    path = f"videos/{slug}.md"
    try:
        data = (project / path).read_bytes()
        values, text = fields_of(data, path), body_text(data, path)
    except (OSError, Refusal):
        return None
    films = (project / f"videos/{slug}{ending}" for ending in FILM_ENDINGS)
    others = [one for one in films if film is None or not _same(one, film)]
    if any(map(os.path.lexists, others)) or slug in kept_films(project):
        return None
    if not isinstance(values, Mapping) or not values.get("title"):
        return None
    blank = {name for name in _FIELDS if _is_blank(values.get(name))}
    if text.strip() in ("", IN_TEXT["film"]):
        blank.add(TEXT)
    return WaitingPage(path, data, frozenset(blank))


def _same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return False


def _is_blank(value: Value) -> bool:
    """Whether nothing is said; who has written a word beside that of an empty page has said something."""
    if isinstance(value, str):
        return value.strip() in ("", *IN_FIELDS.values())
    if isinstance(value, Mapping | Sequence):
        return all(map(_is_blank, value.values() if isinstance(value, Mapping) else value))
    return value is None
