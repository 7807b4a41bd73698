"""What a host must be able to do. Each kind of host is a module beside this one.

There are two sorts. One *switches*: what is sent goes where no reader looks, and then the whole release takes
the place of the one before in one step (a folder, rsync, a git branch). The other puts each file straight in
its place (object stores); :class:`~kinopress.publish.hosts.direct.Direct` holds the order in which that is safe.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol, runtime_checkable

from kinopress.publish.limits import Limits
from kinopress.publish.plan import Holdings, LocalRelease, Publication, Step
from kinopress.publish.record import HostRelease

Told = Callable[[Step, bool], None]
"""Is told of each file that is on the host now, and whether its bytes were sent just now; may raise to end the run."""


class HostError(Exception):
    """A host cannot be used, and why, in words.

    Attributes:
        what: What happened.
        hint: What to do.
        busy: Somebody else is publishing there.
        where: The file or address it is about, where that is not the host itself.
        in_the_way: The file on the host, seen from the place, that is in the way of the release.
    """

    def __init__(
        self, what: str, hint: str, *, busy: bool = False, where: str = "", in_the_way: str = ""
    ) -> None:
        self.what, self.hint, self.busy, self.where = what, hint, busy, where
        self.in_the_way = in_the_way
        super().__init__(what)


class Target(Protocol):
    """A place from which readers get a site."""

    @property
    def limits(self) -> Limits:
        """What it takes."""

    def lock(self) -> AbstractContextManager[None]:
        """Be the only one who publishes there.

        Raises:
            `HostError`: somebody else does, or it cannot be reached.
        """

    def read_record(self) -> HostRelease | None:
        """Its ``release.json``; ``None``: it has none. Past every cache.

        Raises:
            `UnreadableRecord`: it has one that cannot be used.
            `HostError`: it cannot be reached.
        """

    def holdings(self, host: HostRelease | None, local: LocalRelease) -> Holdings:
        """What it really has.

        Raises:
            `HostError`: it cannot be reached.
        """

    def send(self, plan: Publication, local: LocalRelease, told: Told) -> None:
        """Bring what the steps send to the host, where it changes nothing for readers.

        What an interrupted run brought there already is not sent again.

        Raises:
            `HostError`: it cannot be done; readers get the previous release.
            OSError: a file cannot be read here.
        """

    def switch(self, plan: Publication, local: LocalRelease, told: Told) -> None:
        """Make the release live and tidy up: pages, the record, withdrawn pages, what is due to go.

        Raises:
            `HostError`: it cannot be done; the record says which release is live.
            OSError: a file cannot be read here.
        """


@runtime_checkable
class Beside(Protocol):
    """A target that also takes what is part of no release and in no record: encrypted pages.

    No host is one whose history keeps every address for ever. What is there is as somebody else's files to
    releases: it stays where it is while they come and go, and no way back brings it again.
    """

    def put_beside(self, folder: Path, paths: Sequence[str]) -> None:
        """Put files of a folder on the site, the last one after all others, each whole or not at all.

        Raises:
            `HostError`: it cannot be done.
            OSError: a file cannot be read here.
        """

    def read_beside(self, path: str) -> bytes | None:
        """One such file; ``None``: it is not there.

        Raises:
            `HostError`: it cannot be reached.
        """

    def remove_beside(self, paths: Sequence[str]) -> None:
        """Delete such files wherever they are on the host, in releases that are kept too; nothing is said of those that are gone.

        What a run that was killed left of them, under the names that files have while they are written, goes too.

        Raises:
            `HostError`: it cannot be done.
        """
