"""A folder on a server, by ssh and rsync.

Where the folder of the web server is a symbolic link, or is not there yet, a release is made whole beside it and the
link is moved to it in one step; the releases before stay beside it, and putting one back is moving the link.
Where it is a real folder, as most hosts give one (``public_html``), each file goes straight in its place
(:mod:`kinopress.publish.direct`).
"""

from __future__ import annotations

import contextlib
import posixpath
import re
import secrets
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path

from kinopress.publish import ssh
from kinopress.publish.direct import Direct
from kinopress.publish.headers import Headers
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
from kinopress.publish.ssh import Server, shell
from kinopress.publish.target import HostError, Target, Told

LOCK = ".kinopress-lock"
_STALE_MIN = 15
"""A lock that nobody touched for so many minutes, by the server's own clock, was left behind."""

_LOOK = """
if [ -L "$1" ]; then echo link
elif [ -d "$1" ]; then if [ -n "$(ls -A "$1")" ]; then echo folder; else echo empty; fi
elif [ -e "$1" ]; then echo file
else echo nothing; fi
"""

_PREPARE = """
set -e
umask 022
mkdir -p "$2"
if [ -d "$1" ]; then
  at=$(cd "$1" && pwd -P)
  rsync -rlpt --from0 --files-from=- --link-dest="$at" "$at/" "$2/"
fi
"""
"""Links the files that stay into the new release; the one before is not touched."""

_SWITCH = """
set -e
umask 022
site=$1 store=$2 part=$2/$3 next=$2/$4 was=$5
lock=$store/switching
if ! mkdir "$lock" 2>/dev/null; then
  if [ -z "$(find "$lock" -maxdepth 0 -mmin +5)" ]; then echo busy; exit 0; fi
fi
trap 'rmdir "$lock"' EXIT
now=
if [ -L "$site" ]; then now=$(readlink "$site"); fi
if [ "$now" != "$was" ]; then echo busy; exit 0; fi
cat > "$part/release.json.new"
mv -f "$part/release.json.new" "$part/release.json"
mv "$part" "$next"
if [ -d "$site" ] && [ ! -L "$site" ]; then rmdir "$site"; fi
rm -f "$store/link"
ln -s "$(basename "$store")/$4" "$store/link"
if ! mv -fT "$store/link" "$site" 2>/dev/null; then mv -fh "$store/link" "$site"; fi
echo done
"""
"""Moves the link, if it still leads where it was read; of two who publish at once, one is told so."""

_FORGET = """
set -e
live=$(cd "$1" && pwd -P)
cd "$2"
while IFS= read -r row; do
  path=${row#?}
  case $row in
    o*) rm -f -- "$path" ;;
    *) if [ "$path" -ef "$live/$path" ]; then rm -f -- "$path"; fi ;;
  esac
done
find . -depth -type d -exec rmdir {} \\; 2>/dev/null || :
cd ..
rmdir "$2" 2>/dev/null || :
"""
"""Deletes a release that nobody needs any more, by its own list; what others put there stays in the live one."""

_FORGET_PARTS = """
cd "$1" || exit 0
for part in *.part; do
  if [ -d "$part" ] && [ "$part" != "$2" ] && [ -n "$(find "$part" -maxdepth 0 -mtime +7)" ]; then
    rm -rf -- "./$part"
  fi
done
"""
"""Deletes what a run that broke off more than a week ago had brought; these folders are ours by their place and name."""

_DELETE = """
cd "$1"
while IFS= read -r path; do
  rm -f -- "$path" || exit 1
  folder=$(dirname -- "$path")
  if [ "$folder" != . ]; then rmdir -p -- "$folder" 2>/dev/null; fi
done
exit 0
"""

_WRITE = """
set -e
umask 022
cat > "$1/$2.new"
chmod 644 "$1/$2.new"
mv -f "$1/$2.new" "$1/$2"
"""

_LOCK = """
if mkdir "$1" 2>/dev/null; then echo ours
elif [ -n "$(find "$1" -maxdepth 0 -mmin +"$2" 2>/dev/null)" ]; then touch "$1"; echo ours
elif [ -d "$1" ]; then echo busy
else mkdir "$1"; fi
"""

_RELEASE = re.compile(rf"(?P<id>[0-9a-f]{{{ID_DIGITS}}})-[0-9a-f]{{8}}", re.ASCII)
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
    found = shell(server, _LOOK, server.folder).decode().strip()
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
        was = shell(self.server, 'if [ -L "$1" ]; then readlink "$1"; fi', self.server.folder)
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
        self._link(self.server.folder, part, self._staying(plan))
        back = [step.path for step in plan.steps if not step.sent]
        kept = self._kept(local.id) if back else None
        if kept is not None:
            self._link(f"{self.store}/{kept}", part, back)
        sent = [step for step in plan.steps if step.sent]
        if local.folder is not None:
            for some in _batches(sent):
                ssh.send(self.server, local.folder, [step.path for step in some], part)
                for step in some:
                    told(step, True)

    def switch(self, plan: Publication, local: LocalRelease, told: Told) -> None:
        """See :class:`~kinopress.publish.target.Target`."""
        name = f"{local.id}-{secrets.token_hex(4)}"
        words = (self.server.folder, self.store, f"{local.id}.part", name, self._was)
        answer = shell(self.server, _SWITCH, *words, stdin=record_bytes(plan.settled))
        if answer.strip() != b"done":
            raise _busy(self.server)
        self._forget(plan, name)

    def _part(self, local: LocalRelease) -> str:
        return f"{self.store}/{local.id}.part"

    def _staying(self, plan: Publication) -> list[str]:
        """What the new release takes from the one before: our files, and what others put there."""
        new = {step.path for step in plan.steps}
        return [*(path for path in plan.all_files() if path not in new), *self._foreign]

    def _link(self, source: str, part: str, paths: Sequence[str]) -> None:
        listed = "\0".join(paths).encode("utf-8", "surrogateescape")
        shell(self.server, _PREPARE, source, part, stdin=listed or b"\0")

    def _releases(self) -> list[str]:
        listed = shell(self.server, 'ls -1t "$1" 2>/dev/null || :', self.store).decode().split()
        return [name for name in listed if _RELEASE.fullmatch(name)]

    def _kept(self, wanted: str) -> str | None:
        """The folder of a release that is kept, by its id."""
        return next((name for name in self._releases() if name.startswith(f"{wanted}-")), None)

    def _forget(self, plan: Publication, live: str) -> None:
        """Delete what no kept release needs: the site is live by now, so what fails here fails in silence."""
        wanted = {one.id for one in plan.settled.editions} - {live.partition("-")[0]}
        try:
            for name in self._releases():
                release = name.partition("-")[0]
                if name == live or release in wanted:
                    wanted.discard(release)
                    continue
                data = _read(self.server, f"{self.store}/{name}/{NAME}")
                record = None if data is None else read_record(data)
                if record is None:
                    continue
                ours = [*record.ours(), NAME]
                rows = [f"o{path}\n" for path in ours] + [f"f{path}\n" for path in self._foreign]
                listed = "".join(rows).encode("utf-8", "surrogateescape")
                place = f"{self.store}/{name}"
                shell(self.server, _FORGET, self.server.folder, place, stdin=listed)
            shell(self.server, _FORGET_PARTS, self.store, f"{live.partition('-')[0]}.part")
        except (HostError, UnreadableRecord):
            pass


class RealFolder:
    """A real folder on a server, as a :class:`~kinopress.publish.direct.Store`."""

    def __init__(self, server: Server) -> None:
        self.server = server

    @property
    def _lock(self) -> str:
        return posixpath.join(self.server.folder, LOCK)

    @contextmanager
    def lock(self) -> Iterator[None]:
        """See :class:`~kinopress.publish.direct.Store`."""
        if shell(self.server, _LOCK, self._lock, str(_STALE_MIN)).strip() == b"busy":
            raise _busy(self.server)
        try:
            yield
        finally:
            with contextlib.suppress(HostError):  # it will count as left behind
                shell(self.server, 'rmdir "$1"', self._lock)

    def sizes(self) -> Mapping[str, int]:
        """See :class:`~kinopress.publish.direct.Store`."""
        return ssh.sizes_below(self.server, self.server.folder)

    def read(self, path: str) -> bytes | None:
        """See :class:`~kinopress.publish.direct.Store`."""
        return _read(self.server, posixpath.join(self.server.folder, path))

    def put(self, steps: Sequence[Step], folder: Path, told: Told) -> None:
        """See :class:`~kinopress.publish.direct.Store`."""
        for some in _batches(steps):
            shell(self.server, 'touch "$1"', self._lock)
            ssh.send(self.server, folder, [step.path for step in some], self.server.folder)
            for step in some:
                told(step, True)

    def put_record(self, data: bytes, headers: Headers) -> None:
        """See :class:`~kinopress.publish.direct.Store`. The web server's own settings say the headers."""
        shell(self.server, _WRITE, self.server.folder, NAME, stdin=data)

    def delete(self, paths: Sequence[str]) -> None:
        """See :class:`~kinopress.publish.direct.Store`."""
        listed = "".join(f"{path}\n" for path in paths).encode("utf-8", "surrogateescape")
        if listed:
            shell(self.server, _DELETE, self.server.folder, stdin=listed)


def _read(server: Server, path: str) -> bytes | None:
    data = shell(server, 'if [ -f "$1" ]; then echo; cat "$1"; fi', path)
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
        "somebody else publishes there at this moment",
        "wait until they are done, then run this again",
        busy=True,
        where=server.where,
    )
