"""A drawn figure as a page shows it: its files, and the words that belong to them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

MOVING, SHEET = "moving.svg", "sheet.svg"


def still_name(number: int) -> str:
    """The file of a key frame, counted from 1."""
    return f"still-{number}.svg"


@dataclass(frozen=True, slots=True)
class Scene:
    """A step of a figure's film.

    Attributes:
        say: Its words, if any.
        still: The still that shows its position best, counted from 1.
        comes_s: The second of the film at which the movement into its position begins.
        from_s: The second at which the position is reached.
        to_s: The second at which it is left.
        count_s: Seconds of the exercise that go by in it; ``None`` where none are counted.
    """

    say: str
    still: int
    comes_s: float
    from_s: float
    to_s: float
    count_s: float | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure ready to be shown.

    Attributes:
        slug: The exercise.
        digest: Of all that it was made of.
        folder: Where its files lie.
        scenes: The steps of its film, in their order.
        length_s: How long its film takes until it begins again.
        sizes: Width and height of each file, by name.
        says: The words of each key frame.
        works: Muscles that it shows working, by the names of their pages.
        stretches: Muscles that it shows stretched.
        last: The last still itself, for a page that shows it before anything else is fetched.
    """

    slug: str
    digest: str
    folder: Path
    scenes: tuple[Scene, ...] = field(default=(), kw_only=True)
    length_s: float = field(default=0.0, kw_only=True)
    sizes: Mapping[str, tuple[int, int]]
    says: tuple[str, ...]
    works: tuple[str, ...] = ()
    stretches: tuple[str, ...] = ()
    last: str = field(default="", kw_only=True, repr=False)

    def site_path(self, name: str) -> str:
        """Where one of its files is on the site; the name changes with the content."""
        return f"figures/{self.slug}-{self.digest[:10]}/{name}"

    @property
    def files(self) -> dict[str, Path]:
        """Place on the site → the file on this computer.

        The last still is there under the exercise's own name, too: a search knows no more of it, since forty
        digests would be a fiftieth of all that a first query fetches.
        """
        last = still_name(len(self.says))
        named = {self.site_path(name): self.folder / name for name in self.sizes}
        return named | ({f"figures/{self.slug}.svg": self.folder / last} if self.says else {})
