"""One zip file with the whole site, for a host that takes an upload by hand."""

from __future__ import annotations

import contextlib
import os
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kinopress.publish.hosts.here import folder_around
from kinopress.publish.limits import Limits
from kinopress.publish.plan import Holdings, LocalRelease, Publication
from kinopress.publish.record import (
    BYTES_MAX,
    NAME,
    HostRelease,
    UnreadableRecord,
    read_record,
    record_bytes,
)
from kinopress.publish.target import HostError, Told
from kinopress.system import disk
from kinopress.system.lock import hold

_SAME_DAY = (1980, 1, 1, 0, 0, 0)
"""The earliest that a zip can name: when a file was made is nobody's business, and the same site is the same zip."""
_PACKED = frozenset({"html", "css", "js", "json", "svg", "xml", "txt", "vtt", "map", "ics"})
"""Endings of what packing makes smaller; films and pictures are packed already."""


class Archive:
    """A zip file as a :class:`~kinopress.publish.target.Target`.

    It has one release and nothing else; there is none to go back to.

    Args:
        file: Where; the folder around it must be there.
        limits: What the host takes to which it is uploaded.
    """

    def __init__(self, file: Path, limits: Limits) -> None:
        self.file = file
        self._limits = limits

    @property
    def limits(self) -> Limits:
        """See :class:`~kinopress.publish.target.Target`."""
        return self._limits

    @contextmanager
    def lock(self) -> Iterator[None]:
        """See :class:`~kinopress.publish.target.Target`."""
        around = folder_around(self.file)
        name = f".{self.file.name}.lock"
        with hold(around, path=str(self.file), doing="publishing", wait_s=5.0, name=name):
            yield

    def read_record(self) -> HostRelease | None:
        """See :class:`~kinopress.publish.target.Target`."""
        folder_around(self.file)
        if not os.path.lexists(self.file):
            return None
        try:
            with zipfile.ZipFile(self.file) as packed:
                if packed.getinfo(NAME).file_size > BYTES_MAX:
                    raise UnreadableRecord(newer=False)
                return read_record(packed.read(NAME))
        except (zipfile.BadZipFile, zlib.error, RuntimeError, KeyError, EOFError, OSError):
            raise HostError(
                "this is not a zip file that Kinopress made",
                "move it away, or name a different file in mkdocs.yml",
            ) from None

    def holdings(self, host: HostRelease | None, local: LocalRelease) -> Holdings:
        """A zip of this very release has all its files; of any other one, none can be used."""
        if host is not None and host.id == local.id:
            return Holdings({path: file.size_bytes for path, file in host.files().items()})
        return Holdings({})

    def send(self, plan: Publication, local: LocalRelease, told: Told) -> None:
        """Nothing can be brought there before."""

    def switch(self, plan: Publication, local: LocalRelease, told: Told) -> None:
        """See :class:`~kinopress.publish.target.Target`."""
        if local.folder is None:
            raise HostError(
                "a zip file holds no earlier release",
                "put the earlier site back with kinopress back, then publish",
            )
        aside = self.file.with_name(f".{self.file.name}.{os.urandom(4).hex()}.new")
        sent = {step.path: step for step in plan.steps}
        try:
            disk.write(aside, b"", new=True)
            with zipfile.ZipFile(aside, "w") as packed:
                for path in sorted(local.files):
                    _add(packed, local.folder / path, path)
                    if path in sent:
                        told(sent[path], True)
                alone = HostRelease(plan.settled.editions[:1], site=plan.settled.site)
                packed.writestr(_entry(NAME), record_bytes(alone))
            disk.flush(aside)
            disk.rename(aside, self.file)
            disk.flush(self.file.parent)
        finally:
            with contextlib.suppress(FileNotFoundError):
                disk.remove(aside)


def _entry(path: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(path, _SAME_DAY)
    entry.external_attr = 0o100644 << 16  # whoever unpacks it on a server can read it
    if path.rpartition(".")[2] in _PACKED:
        entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def _add(packed: zipfile.ZipFile, file: Path, path: str) -> None:
    entry = _entry(path)
    entry.file_size = file.stat().st_size  # tells whether it needs the form for large files
    with file.open("rb") as source, packed.open(entry, "w") as target:
        while chunk := source.read(1 << 20):
            target.write(chunk)
