"""What is told of a run while it goes on, to whoever listens."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from kinopress.video.recipe.estimate import Estimate

Expect = Callable[[], Estimate | None]
"""The forecast of a film, when somebody asks."""


class Watch(Protocol):
    """Is told how far the making of one film is."""

    def sound(self, share: float) -> None:
        """The finished share, 0 to 1, of measuring the sound, which comes before encoding."""

    def share(self, share: float) -> None:
        """The finished share, 0 to 1, of encoding."""

    def stopped(self) -> None:
        """Somebody ended the run before the film was made."""

    def done(self, *, encoded: bool) -> None:
        """The film is made, or could not be made."""


class Silent:
    """Nobody watches."""

    def sound(self, share: float) -> None:
        """Nobody watches."""

    def share(self, share: float) -> None:
        """Nobody watches."""

    def stopped(self) -> None:
        """Nobody watches."""

    def done(self, *, encoded: bool) -> None:
        """Nobody watches."""
