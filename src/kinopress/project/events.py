"""What is told of a run while it goes on, to whoever listens."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:  # whoever foresees how long a film takes loads what is known of films; a build without any need not
    from kinopress.video.recipe.estimate import Estimate

Expect = Callable[[], "Estimate | None"]
"""The forecast of a film, when somebody asks."""


class Cancelled(Exception):  # noqa: N818 - it is a wish of the person, not a defect of the program
    """A listener may raise this from any of its methods to end the run.

    FFmpeg is stopped, what is encoded is kept, and the next run resumes there. The site that is
    in place stays as it is.
    """


class Watch(Protocol):
    """Is told how far the making of one film is."""

    def waiting(self, who: str, percent: int | None) -> None:
        """Another run has to end first: who that is and what it does, and how far it is, if that is known.

        It is called several times a second, also when there is nothing new.
        """

    def sound(self, share: float) -> None:
        """The finished share, 0 to 1, of measuring the sound, which comes before encoding."""

    def share(self, share: float) -> None:
        """The finished share, 0 to 1, of encoding."""

    def stopped(self) -> None:
        """Somebody ended the run before the film was made."""

    def done(self, *, encoded: bool) -> None:
        """The film is made, or could not be made."""


class Listener(Protocol):
    """Is told what a run does: the command line prints it, another door may show it."""

    def film(self, path: str, expect: Expect) -> Watch:
        """A film is looked at, and made if need be; the answer is told how far it is."""

    def pictures(self, done: int, of: int) -> None:
        """So many of the pictures for pages are made."""

    def figures(self, done: int, of: int) -> None:
        """So many of the figures of exercises are drawn."""


class SilentWatch:
    """Nobody watches."""

    def waiting(self, who: str, percent: int | None) -> None:
        """Nobody watches."""

    def sound(self, share: float) -> None:
        """Nobody watches."""

    def share(self, share: float) -> None:
        """Nobody watches."""

    def stopped(self) -> None:
        """Nobody watches."""

    def done(self, *, encoded: bool) -> None:
        """Nobody watches."""


class Silent:
    """Nobody listens."""

    def film(self, path: str, expect: Expect) -> Watch:
        """Nobody listens."""
        return SilentWatch()

    def pictures(self, done: int, of: int) -> None:
        """Nobody listens."""

    def figures(self, done: int, of: int) -> None:
        """Nobody listens."""


SILENT = Silent()
