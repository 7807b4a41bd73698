"""A folder on a server, by ssh and rsync.

Where the folder of the web server is a symbolic link, or is not there yet, a release is made whole beside it and the
link is moved to it in one step; the releases before stay beside it, and putting one back is moving the link.
Where it is a real folder, as most hosts give one (``public_html``), a release is brought into a hidden folder in it, and
the server itself moves its pages to their places, whether or not this computer is still there
(:mod:`kinopress.publish.hosts.direct`).
"""

from __future__ import annotations

import contextlib
import posixpath
import re
import secrets
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from importlib.resources import files
from pathlib import Path

from kinopress.publish.headers import Headers
from kinopress.publish.hosts import ssh
from kinopress.publish.hosts.beats import beating
from kinopress.publish.hosts.direct import AHEAD, Direct
from kinopress.publish.hosts.ssh import Server, shell
from kinopress.publish.limits import NO_LIMITS, Limits
from kinopress.publish.plan import Holdings, LocalRelease, Publication, Step
from kinopress.publish.record import (
    ID_DIGITS,
    NAME,
    HostRelease,
    UnreadableRecord,
    read_record,
    record_bytes,
)
from kinopress.publish.target import HostError, Target, Told

LOCK = ".kinopress-lock"
_STALE_MIN = 15
"""A lock that nobody touched for so many minutes, by the server's own clock, was left behind."""

_BEAT_S = 60.0
"""How often whoever holds the lock touches it: one long film must not outlast it."""


def _script(name: str) -> str:
    """A script for the server's shell: a file of its own, so that a shell can be asked whether it reads it."""
    return (files(__package__) / "shell" / f"{name}.sh").read_text("utf-8")


_RELEASE = re.compile(rf"(?P<id>[0-9a-f]{{{ID_DIGITS}}})-[0-9a-f]{{8}}", re.ASCII)
_PARTS_DAYS = 7
"""For so many days what a run that broke off had brought is kept, so that it need not be sent again."""

_GONE = ".gone"
"""The ending of a release that is being deleted."""
_BATCH_FILES, _BATCH_BYTES = 200, 50_000_000


def server_target(server: Server, limits: Limits = NO_LIMITS) -> Target:
    """The way to publish into a folder on a server.

    Args:
        server: The folder.
        limits: What its host takes.

    Raises:
        HostError: it cannot be reached, or something else is there.
    """
    ssh.needs("ssh")
    ssh.needs("rsync")
    known = ("link", "folder", "empty", "file", "nothing")
    found = ssh.choice(server, _script("look"), server.folder, known=known)
    if found == "file":
        hint = "correct the folder in mkdocs.yml"
        where = server.where
        raise HostError("a file is where the folder of the site should be", hint, where=where)
    if found == "folder":
        return Direct(RealFolder(server), limits)
    return LinkedFolder(server, limits)


class LinkedFolder:
    """A link that leads to one of several releases beside it, as a :class:`~kinopress.publish.target.Target`."""

    def __init__(self, server: Server, limits: Limits = NO_LIMITS) -> None:
        self.server = server
        self._limits = limits
        around, name = posixpath.split(server.folder.rstrip("/"))
        self.store = posixpath.join(around, f".{name}.releases")
        self._was = ""
        self._foreign: tuple[str, ...] = ()

    @property
    def limits(self) -> Limits:
        """See :class:`~kinopress.publish.target.Target`."""
        return self._limits

    def lock(self) -> AbstractContextManager[None]:
        """Nothing is held: the link moves only if nobody else has moved it since it was read."""
        return nullcontext()

    def read_record(self) -> HostRelease | None:
        """See :class:`~kinopress.publish.target.Target`."""
        was = shell(self.server, _script("leads"), self.server.folder)
        self._was = was.decode("utf-8", "surrogateescape").removesuffix("\n")
        data = _read(self.server, posixpath.join(self.server.folder, NAME))
        return None if data is None else read_record(data)

    def holdings(self, host: HostRelease | None, local: LocalRelease) -> Holdings:
        """See :class:`~kinopress.publish.target.Target`."""
        sizes = dict(ssh.sizes_below(self.server, self.server.folder)) if self._was else {}
        sizes.pop(NAME, None)
        self._foreign = tuple(sorted(sizes.keys() - (host.ours() if host is not None else set())))
        contents: set[str] = set()
        if local.folder is None and self._kept(local.id) is not None:
            contents = {file.sha256 for file in local.files.values()}
        return Holdings(sizes, frozenset(contents))

    def send(self, plan: Publication, local: LocalRelease, told: Told) -> None:
        """See :class:`~kinopress.publish.target.Target`."""
        part = self._part(local)
        self._drop_unplanned(plan, part)
        self._link(self.server.folder, part, self._staying(plan))
        back = [step.path for step in plan.steps if not step.sent]
        kept = self._kept(local.id) if back else None
        if kept is not None:
            self._link(f"{self.store}/{kept}", part, back)
        sent = [step for step in plan.steps if step.sent]
        if local.folder is not None:
            for some in _batches(sent):
                paths = [step.path for step in some]
                ssh.send(self.server, local.folder, paths, part, aside=True)
                for step in some:
                    told(step, True)

    def switch(self, plan: Publication, local: LocalRelease, told: Told) -> None:
        """See :class:`~kinopress.publish.target.Target`."""
        name = f"{local.id}-{secrets.token_hex(4)}"
        record = record_bytes(plan.settled)
        part = f"{local.id}.part"
        words = (self.server.folder, self.store, part, name, self._was, str(len(record)))
        known = ("done", "busy")
        if ssh.choice(self.server, _script("switch"), *words, known=known, stdin=record) == "busy":
            raise _busy(self.server)
        self._forget(plan, name)

    def put_beside(self, folder: Path, paths: Sequence[str]) -> None:
        """See :class:`~kinopress.publish.target.Beside`: into the folder that the link leads to."""
        # Many at a time, but the last one, which asks for the others, after all of them.
        for some in (paths[:-1], paths[-1:]):
            ssh.send(self.server, folder, some, self.server.folder)

    def read_beside(self, path: str) -> bytes | None:
        """See :class:`~kinopress.publish.target.Beside`."""
        return _read(self.server, posixpath.join(self.server.folder, path))

    def remove_beside(self, paths: Sequence[str]) -> None:
        """See :class:`~kinopress.publish.target.Beside`: a release before this one may have the same file."""
        listed = "".join(f"{path}\n" for path in paths).encode("utf-8", "surrogateescape")
        kept = [
            f"{self.store}/{name}"
            for name in self._listed()
            if _RELEASE.fullmatch(name.removesuffix(_GONE)) or name.endswith(".part")
        ]
        shell(self.server, _script("delete"), self.server.folder, *kept, stdin=listed)

    def _part(self, local: LocalRelease) -> str:
        return f"{self.store}/{local.id}.part"

    def _drop_unplanned(self, plan: Publication, part: str) -> None:
        """Delete from what a broken run brought what this plan does not name: it would be live, and nobody's."""
        if posixpath.basename(part) not in self._listed():
            return
        named = plan.all_files().keys() | {*self._foreign}
        extra = ssh.sizes_below(self.server, part).keys() - named
        if any("\n" in path for path in extra):  # a list by lines cannot name it
            shell(self.server, _script("drop"), part)
        elif extra:
            listed = "".join(f"{path}\n" for path in sorted(extra))
            stdin = listed.encode("utf-8", "surrogateescape")
            shell(self.server, _script("delete"), part, stdin=stdin)

    def _staying(self, plan: Publication) -> list[str]:
        """What the new release takes from the one before: our files, and what others put there."""
        new = {step.path for step in plan.steps}
        return [*(path for path in plan.all_files() if path not in new), *self._foreign]

    def _link(self, source: str, part: str, paths: Sequence[str]) -> None:
        listed = "\0".join(paths).encode("utf-8", "surrogateescape")
        shell(self.server, _script("prepare"), source, part, stdin=listed or b"\0")

    def _listed(self) -> list[str]:
        """What is beside the link, the newest first."""
        listed = shell(self.server, _script("names"), self.store)
        return listed.decode("utf-8", "replace").splitlines()

    def _kept(self, wanted: str) -> str | None:
        """The folder of a release that is kept, by its id."""
        releases = (name for name in self._listed() if _RELEASE.fullmatch(name))
        return next((name for name in releases if name.startswith(f"{wanted}-")), None)

    def _forget(self, plan: Publication, live: str) -> None:
        """Delete what no kept release needs: the site is live by now, so what fails here fails in silence."""
        wanted = {one.id for one in plan.settled.editions} - {live.partition("-")[0]}
        try:
            for found in self._listed():
                name = found.removesuffix(_GONE)
                if not _RELEASE.fullmatch(name):
                    continue
                release = name.partition("-")[0]
                if name == found and (name == live or release in wanted):
                    wanted.discard(release)
                    continue
                data = _read(self.server, f"{self.store}/{found}/{NAME}")
                record = None if data is None else read_record(data)
                if record is None:
                    continue
                ours = [*record.ours(), NAME]
                # A name of somebody else's may hold a line end, and its rest would be read as a row of ours.
                theirs = [path for path in self._foreign if "\n" not in path]
                rows = [f"o{path}\n" for path in ours] + [f"f{path}\n" for path in theirs]
                listed = "".join(rows).encode("utf-8", "surrogateescape")
                place = f"{self.store}/{name}"
                shell(self.server, _script("forget"), self.server.folder, place, stdin=listed)
            days = "" if plan.clear else str(_PARTS_DAYS)
            shell(self.server, _script("forget-parts"), self.store, days)
        except (HostError, UnreadableRecord):
            pass


class RealFolder:
    """A real folder on a server, as a :class:`~kinopress.publish.hosts.direct.Store`."""

    def __init__(self, server: Server, *, beat_s: float = _BEAT_S) -> None:
        self.server = server
        self._beat_s = beat_s
        self._token = ""
        self._lost = threading.Event()

    @property
    def _lock(self) -> str:
        return posixpath.join(self.server.folder, LOCK)

    @property
    def is_lost(self) -> bool:
        """Whether somebody else has taken our lock: nothing more is sent then."""
        return self._lost.is_set()

    @contextmanager
    def lock(self) -> Iterator[None]:
        """See :class:`~kinopress.publish.hosts.direct.Store`."""
        self._token = secrets.token_hex(8)
        self._lost.clear()
        words = (self._lock, str(_STALE_MIN), self._token)
        if ssh.choice(self.server, _script("lock"), *words, known=("ours", "busy")) == "busy":
            raise _busy(self.server)
        try:
            with beating(self._beat):
                yield
        finally:
            with contextlib.suppress(HostError):  # it will count as left behind
                shell(self.server, _script("unlock"), self._lock, self._token)

    def _beat(self, ended: threading.Event) -> None:
        while not ended.wait(self._beat_s):
            try:
                self._still_ours()
            except HostError as error:
                if error.busy:
                    return
                # Otherwise a line that is down for a moment: what is sent next tells if it stays so.

    def _still_ours(self) -> None:
        """Touch the lock.

        Raises:
            HostError: somebody else has it, or the server cannot be reached.
        """
        if self._token and not self.is_lost:
            words = (self._lock, self._token)
            if ssh.choice(self.server, _script("beat"), *words, known=("ours", "lost")) == "lost":
                self._lost.set()
        if self.is_lost:
            raise _busy(self.server)

    def sizes(self) -> Mapping[str, int]:
        """See :class:`~kinopress.publish.hosts.direct.Store`."""
        return ssh.sizes_below(self.server, self.server.folder)

    def read(self, path: str) -> bytes | None:
        """See :class:`~kinopress.publish.hosts.direct.Store`."""
        return _read(self.server, posixpath.join(self.server.folder, path))

    def put(self, steps: Sequence[Step], folder: Path, told: Told) -> None:
        """See :class:`~kinopress.publish.hosts.direct.Store`."""
        self._send(steps, folder, self.server.folder, told)

    def set_aside(self, steps: Sequence[Step], folder: Path, told: Told) -> None:
        """See :class:`~kinopress.publish.hosts.direct.Store`."""
        self._still_ours()
        ahead = posixpath.join(self.server.folder, AHEAD)
        shell(self.server, _script("drop"), ahead)
        self._send(steps, folder, ahead, told)

    def place(self, groups: Sequence[Sequence[Step]], folder: Path) -> None:
        """See :class:`~kinopress.publish.hosts.direct.Store`. Begun there, it ends there: no kill here leaves half of it."""
        self._still_ours()
        listed = "".join(f"{step.path}\n" for group in groups for step in group)
        stdin = listed.encode("utf-8", "surrogateescape")
        words = (self.server.folder, AHEAD, str(len(stdin)))
        ssh.choice(self.server, _script("place"), *words, known=("done",), stdin=stdin)

    def _send(self, steps: Sequence[Step], folder: Path, there: str, told: Told) -> None:
        for some in _batches(steps):
            self._still_ours()
            paths = [step.path for step in some]
            try:
                ssh.send(self.server, folder, paths, there, stop=self._lost)
            except HostError:
                if self.is_lost:
                    raise _busy(self.server) from None
                raise
            for step in some:
                told(step, True)

    def put_record(self, data: bytes, headers: Headers) -> None:
        """See :class:`~kinopress.publish.hosts.direct.Store`. The web server's own settings say the headers."""
        self._still_ours()
        words = (self.server.folder, NAME, str(len(data)))
        shell(self.server, _script("write"), *words, stdin=data)

    def delete(self, paths: Sequence[str]) -> None:
        """See :class:`~kinopress.publish.hosts.direct.Store`."""
        listed = "".join(f"{path}\n" for path in paths).encode("utf-8", "surrogateescape")
        if listed:
            self._still_ours()
            shell(self.server, _script("delete"), self.server.folder, stdin=listed)


def _read(server: Server, path: str) -> bytes | None:
    data = shell(server, _script("read"), path)
    return data[1:] if data else None


def _batches(steps: Sequence[Step]) -> Iterator[list[Step]]:
    """So many files at a time that progress can be told, and so few times that each is worth its connection."""
    some: list[Step] = []
    size = 0
    for step in steps:
        if some and (len(some) >= _BATCH_FILES or size + step.file.size_bytes > _BATCH_BYTES):
            yield some
            some, size = [], 0
        some.append(step)
        size += step.file.size_bytes
    if some:
        yield some


def _busy(server: Server) -> HostError:
    return HostError(
        "somebody else is publishing there",
        "wait until they are done, then run this again",
        busy=True,
        where=server.where,
    )
