"""A drawn figure as a page shows it: its files, and the words that belong to them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

MOVING, SHEET = "moving.svg", "sheet.svg"

PHASES = ("ready", "work", "stretch")
"""What may happen in a key frame: nothing yet, muscles work or push, muscles are stretched."""


def still_name(number: int) -> str:
    """The file of a key frame, counted from 1."""
    return f"still-{number}.svg"


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure ready to be shown.

    Attributes:
        slug: The exercise.
        digest: Of all that it was made of.
        folder: Where its files lie.
        sizes: Width and height of each file, by name.
        says: The words of each key frame.
        phases: What happens in each key frame: one of :data:`PHASES`.
        works: Muscles that it shows working, by the names of their pages.
        stretches: Muscles that it shows stretched.
    """

    slug: str
    digest: str
    folder: Path
    sizes: Mapping[str, tuple[int, int]]
    says: tuple[str, ...]
    works: tuple[str, ...] = ()
    stretches: tuple[str, ...] = ()
    phases: tuple[str, ...] = ()

    def still_of(self, phase: str) -> int | None:
        """The number of the first key frame in which this happens, counted from 1."""
        return self.phases.index(phase) + 1 if phase in self.phases else None

    def site_path(self, name: str) -> str:
        """Where one of its files is on the site; the name changes with the content."""
        return f"figures/{self.slug}-{self.digest[:10]}/{name}"

    @property
    def files(self) -> dict[str, Path]:
        """Place on the site → the file on this computer."""
        return {self.site_path(name): self.folder / name for name in self.sizes}
