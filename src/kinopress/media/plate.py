"""The drawing of a muscle's page as the page shows it: a file, and the words that belong to it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Plate:
    """A drawing ready to be shown.

    Attributes:
        slug: The page.
        digest: Of its bytes.
        file: Where it is on this computer.
        width: Units, as is `height`.
        view: From where we look, as a caption says it.
        shows: What is drawn in full, by the names of pages.
        beside: What is drawn faintly beside it.
        both: Is it drawn on both sides of the body, not on its right alone?
        line: Is it a nerve, which is a line and not an area?
    """

    slug: str
    digest: str
    file: Path
    width: int
    height: int
    view: str
    shows: tuple[str, ...]
    beside: tuple[str, ...]
    both: bool
    line: bool

    @property
    def site_path(self) -> str:
        """Where it is on the site; the name changes with the content."""
        return f"figures/muscles/{self.slug}-{self.digest[:10]}.svg"
