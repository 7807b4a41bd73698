"""What a film's encoding asks of other computers that take a share of it; who they are is their own room's matter.

The pictures of renditions are made elsewhere, part by part. This computer decodes the film meanwhile, for its posters
and its storyboard and to count its pictures, makes the sound, joins the parts and proves what came of them.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from kinopress.problems import Problem
from kinopress.video.encode.making.parts import Rows
from kinopress.video.recipe.recipe import Recipe


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be made elsewhere.

    Attributes:
        source: The film.
        sha256: Of its bytes.
        display_path: What the coach calls it.
        recipe: How it is made; of what is wanted, only the renditions.
        rows: The parts that are there; those that come are put into them.
    """

    source: Path
    sha256: str
    display_path: str
    recipe: Recipe
    rows: Rows


class Spread(Protocol):
    """A film whose parts are being made elsewhere."""

    @property
    def share(self) -> float:
        """How much of it is here, 0 to 1."""

    def wait(self, within_s: float) -> bool:
        """Wait a moment; whether no more comes."""

    def problem(self) -> Problem | None:
        """Why no more came; ``None`` when all is here, or what is not is better made on this computer."""


class Elsewhere(Protocol):
    """Other computers that encode."""

    def only_one(self, digest: str, display_path: str) -> AbstractContextManager[None]:
        """Be the only one that has a film encoded there.

        Raises:
            Refusal: ``BUSY`` while another computer does.
        """

    def begin(self, order: Order) -> AbstractContextManager[Spread]:
        """Have parts made; whoever leaves before they are made ends it there."""

    def said(self, display_path: str) -> list[Problem]:
        """What is to be said of the computers since this was asked last, as warnings."""
