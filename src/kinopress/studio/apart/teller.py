"""What a job says while it works, wherever it is done: in the studio's process or in one of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kinopress.project.events import Expect, Watch
from kinopress.project.telling.timed import Timed
from kinopress.system.processors.apart import Say

if TYPE_CHECKING:
    from kinopress.video.recipe.estimate import Estimate

_IN_WORDS = {"measuring": "Measuring the sound", "encoding": "Encoding", "checking": "Checking"}


class Teller:
    """A :class:`~kinopress.project.events.Listener`, and one of publishing too, that says all in the words of a job.

    Each call is also the moment at which a job that was stopped, or has to let a more urgent one
    go first, ends.

    Args:
        say: Is told the step, its percent and the seconds left, or nothing at all; it raises what ends the job.
    """

    def __init__(self, say: Say) -> None:
        self.say = say

    def tell(self, step: str, percent: int | None = None, left_s: float | None = None) -> None:
        """What is done at the moment, and how far it is.

        Raises:
            Cancelled: the job has to end.
        """
        self.say(step, percent, left_s)

    def go_on(self) -> None:
        """Nothing new.

        Raises:
            Cancelled: the job has to end.
        """
        self.say()

    def film(self, path: str, expect: Expect) -> Watch:
        """See :class:`~kinopress.project.events.Listener`."""
        return _FilmTold(path, expect, self)

    def pictures(self, done: int, of: int) -> None:
        """See :class:`~kinopress.project.events.Listener`."""
        self.tell(f"Pictures for pages: {done} of {of}", round(100 * done / max(1, of)))

    def figures(self, done: int, of: int) -> None:
        """See :class:`~kinopress.project.events.Listener`."""
        self.tell(f"Drawings of exercises: {done} of {of}", round(100 * done / max(1, of)))

    def sent(self, done_bytes: int, of_bytes: int) -> None:
        """See :class:`~kinopress.project.live.publish.PublishListener`."""
        self.tell("Sending", round(100 * done_bytes / max(1, of_bytes)))

    def waiting(self, left_s: float) -> None:
        """See :class:`~kinopress.project.live.publish.PublishListener`."""
        self.tell("Sent; asking the site until it shows it", None, left_s)


class _FilmTold(Timed):
    def __init__(self, path: str, expect: Expect, teller: Teller) -> None:
        super().__init__(path, expect)
        self.teller = teller

    def waiting(self, who: str, percent: int | None) -> None:
        """See :class:`~kinopress.project.events.Watch`."""
        self.teller.go_on()
        super().waiting(who, percent)

    def sound(self, share: float) -> None:
        """See :class:`~kinopress.project.events.Watch`."""
        self.teller.go_on()
        super().sound(share)

    def share(self, share: float) -> None:
        """See :class:`~kinopress.project.events.Watch`."""
        self.teller.go_on()
        super().share(share)

    def waits(self, who: str, percent: int | None, *, first: bool) -> None:
        """See :class:`~kinopress.project.telling.timed.Timed`."""
        self.teller.tell(f"Waiting for {who}", percent)

    def announce(self, expected: Estimate | None) -> None:
        """See :class:`~kinopress.project.telling.timed.Timed`."""
        self.teller.tell(_IN_WORDS["encoding"], 0, expected.seconds if expected else None)

    def goes_on(self, percent: int) -> None:
        """See :class:`~kinopress.project.telling.timed.Timed`."""
        self.teller.tell(_IN_WORDS["encoding"], percent)

    def moved(self, step: str, percent: int, left_s: float | None) -> None:
        """See :class:`~kinopress.project.telling.timed.Timed`."""
        self.teller.tell(_IN_WORDS.get(step, step), percent, left_s)

    def ended_early(self) -> None:
        """What is encoded is kept."""

    def done(self, *, encoded: bool) -> None:
        """The job says how it ended."""
