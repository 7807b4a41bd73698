"""Hosts where each file goes straight to its place: the order in which readers meet nothing half done.

1. The record is written again, with the same release live and the paths that will be written from now on:
   whoever comes after a run that broke off knows which files are in doubt.
2. Lasting files are put in their places, and everything else is brought to a place where no reader looks
   (:data:`AHEAD`).
3. From there it goes to its place within moments, and in an order in which readers find what a page shows and leads
   to, whenever the run may end: first what pages need, then pages that are new, to which nothing leads yet, then
   those that are replaced, of which home is among the last. A page of either release finds what it needs, because
   lasting files of both are there, and no page is taken away before that.
4. The record names the new release, which is live from now on. Withdrawn pages and what is long out of use go, and the
   record is written without them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from kinopress.publish.headers import BESIDE_CACHED, RECORD_CACHED, Headers, content_type
from kinopress.publish.limits import Limits
from kinopress.publish.plan import Holdings, LocalRelease, Publication, Step
from kinopress.publish.record import (
    NAME,
    HostFile,
    HostRelease,
    Kind,
    read_record,
    record_bytes,
)
from kinopress.publish.target import Told

AHEAD = ".kinopress-next"
"""The folder for what is to be put in place; it is ours by its name, and gone when a publication has ended well."""

RECORD_HEADERS = Headers(content_type(NAME), RECORD_CACHED)


class Store(Protocol):
    """What is needed of such a host. Each method raises `HostError` where it cannot be done."""

    def lock(self) -> AbstractContextManager[None]:
        """Be the only one who publishes there."""

    def sizes(self) -> Mapping[str, int]:
        """Every file there, whoever put it there: path → size in bytes."""

    def read(self, path: str) -> bytes | None:
        """One file, past every cache; ``None``: it is not there."""

    def put(self, steps: Sequence[Step], folder: Path, told: Told) -> None:
        """Put files in their places, each whole or not at all, in any order.

        Args:
            steps: The files.
            folder: Where they are on this computer.
            told: Is told of each.
        """

    def set_aside(self, steps: Sequence[Step], folder: Path, told: Told) -> None:
        """Bring files to :data:`AHEAD`, with their paths; what an earlier run left there goes.

        Args:
            steps: The files.
            folder: Where they are on this computer.
            told: Is told of each.
        """

    def place(self, groups: Sequence[Sequence[Step]], folder: Path) -> None:
        """Put what was set aside in its place, one group after another and each as fast as can be.

        Args:
            groups: The files; those of a group in any order.
            folder: Where they are on this computer too.
        """

    def put_record(self, data: bytes, headers: Headers) -> None:
        """Replace the record, whole or not at all; only if it is still the one that was read, where the host can."""

    def delete(self, paths: Sequence[str]) -> None:
        """Delete files; it does not matter if one is not there."""


class Direct:
    """A :class:`~kinopress.publish.target.Target` over a store."""

    def __init__(self, store: Store, limits: Limits) -> None:
        self.store = store
        self._limits = limits

    @property
    def limits(self) -> Limits:
        """See :class:`~kinopress.publish.target.Target`."""
        return self._limits

    def lock(self) -> AbstractContextManager[None]:
        """See :class:`~kinopress.publish.target.Target`."""
        return self.store.lock()

    def read_record(self) -> HostRelease | None:
        """See :class:`~kinopress.publish.target.Target`."""
        data = self.store.read(NAME)
        return None if data is None else read_record(data)

    def holdings(self, host: HostRelease | None, local: LocalRelease) -> Holdings:
        """See :class:`~kinopress.publish.target.Target`."""
        sizes = self.store.sizes()
        own = f"{AHEAD}/"
        return Holdings({p: s for p, s in sizes.items() if p != NAME and not p.startswith(own)})

    def send(self, plan: Publication, local: LocalRelease, told: Told) -> None:
        """See :class:`~kinopress.publish.target.Target`."""
        if plan.steps:
            self._record(plan.announced)
        if local.folder is None or not plan.steps:
            return
        lasting = [step for step in plan.steps if step.file.kind is Kind.LASTING]
        others = [step for step in plan.steps if step.file.kind is not Kind.LASTING]
        if lasting:
            self.store.put(lasting, local.folder, told)
        if others:
            self.store.set_aside(others, local.folder, told)

    def switch(self, plan: Publication, local: LocalRelease, told: Told) -> None:
        """See :class:`~kinopress.publish.target.Target`."""
        groups = [group for group in _in_groups(plan) if group]
        if groups and local.folder is not None:
            self.store.place(groups, local.folder)
        # Pages that are to go stay ours until they are gone, whenever this run may break off.
        going = {path: file for path, file in self._gone(plan).items() if path in plan.withdrawn}
        gone = (*plan.withdrawn, *plan.deletes)
        if gone:
            self._record(replace(plan.release, begun=going))
            self.store.delete(gone)
        self._record(plan.settled)

    def put_beside(self, folder: Path, paths: Sequence[str]) -> None:
        """See :class:`~kinopress.publish.target.Beside`."""
        steps = [
            Step(
                path,
                HostFile((folder / path).stat().st_size, "", Kind.PAGE),
                Headers(content_type(path), BESIDE_CACHED),
                True,
            )
            for path in paths
        ]
        # Many at a time, but the last one, which asks for the others, after all of them.
        for some in (steps[:-1], steps[-1:]):
            if some:
                self.store.put(some, folder, lambda *_: None)

    def read_beside(self, path: str) -> bytes | None:
        """See :class:`~kinopress.publish.target.Beside`."""
        return self.store.read(path)

    def remove_beside(self, paths: Sequence[str]) -> None:
        """See :class:`~kinopress.publish.target.Beside`."""
        self.store.delete(paths)

    def _gone(self, plan: Publication) -> Mapping[str, HostFile]:
        before = plan.announced
        return {
            **{path: one.file for path, one in before.retired.items()},
            **before.files(),
            **before.begun,
        }

    def _record(self, release: HostRelease) -> None:
        self.store.put_record(record_bytes(release), RECORD_HEADERS)


def _in_groups(plan: Publication) -> tuple[list[Step], list[Step], list[Step]]:
    """What pages need, pages that are new, and pages that take the place of others; each in the order of the plan."""
    needed = [step for step in plan.steps if step.file.kind is Kind.FILE]
    pages = [step for step in plan.steps if step.file.kind is Kind.PAGE]
    before = plan.announced.files()
    new = [step for step in pages if step.path not in before]
    return needed, new, [step for step in pages if step.path in before]
