"""What a power cut can leave of a run: its changes of the disk written down, and replayed up to every moment.

A run works on a real folder. Before and after each step that goes through :mod:`kinopress.system.disk`
the folder is looked at: what changed in between was written by others (MkDocs, FFmpeg), what changes
by the step is one step of the log. A crash leaves the steps up to some moment, except that

- bytes of a file that was not flushed may be missing, or a half of them;
- names in a folder that was not flushed may be as before. Renames are never half done, and steps
  with the same name or the same file or folder keep their order; all others may have come to the
  disk in any order. (Journals of ext4, XFS, Btrfs and APFS keep more order than that.)

So a state is told by the moment, by which of the steps that nothing had flushed came through, and by
what is in the files that nothing had flushed.
"""

from __future__ import annotations

import hashlib
import os
import random
import shutil
import stat
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest import mock

from kinopress.system import disk

STEPS = (
    *("make_folder", "make_new_folder", "write", "copy", "link", "rename", "move", "exchange"),
    *("remove", "remove_folder", "flush", "flush_all"),
)
ROOT = 0
FEW = 5
"""All ways in which so many steps can come through are tried; of more, the telling ones."""

Tree = Mapping[str, str]
"""What lies in a folder: path → digest of a file's bytes, ``->`` and where a link leads, or ``/``."""


@dataclass(frozen=True)
class Names:
    """Names that change together: in which folder, which name, what it stands for then."""

    changes: tuple[tuple[int, str, int | None], ...]
    by: str


@dataclass(frozen=True)
class Bytes:
    """A file has these bytes from now on."""

    node: int
    digest: str


@dataclass(frozen=True)
class Flushed:
    """Files and folders of which everything is on the disk."""

    nodes: frozenset[int]


Step = Names | Bytes | Flushed


@dataclass
class Log:
    """What a run did to a folder."""

    root: Path
    steps: list[Step] = field(default_factory=list)
    blobs: dict[str, bytes] = field(default_factory=dict)
    kinds: dict[int, str] = field(default_factory=dict)
    """By node: ``/``, ``->`` and where a link leads, or nothing for a file."""
    read: set[str] = field(default_factory=set)
    """Digests of bytes that were found to be as they should be, whatever file has them."""
    begun: int = 0
    """Steps that were there before: the folder as it was found, all flushed."""

    _nodes: dict[tuple[int, int], int] = field(default_factory=dict)
    _names: dict[int, dict[str, int]] = field(default_factory=dict)
    _stamps: dict[int, tuple[int, ...]] = field(default_factory=dict)

    def look(self, by: str) -> None:
        """Write down what changed since the last look."""
        names: dict[int, dict[str, int]] = {}
        seen: dict[tuple[int, int], int] = {}
        files: list[tuple[int, str, tuple[int, ...]]] = []

        def node_of(at: os.stat_result, kind: str) -> int:
            key = (at.st_dev, at.st_ino)
            if key not in seen:
                known = self._nodes.get(key)
                if known is None or self.kinds[known] != kind:
                    known = len(self.kinds)
                    self.kinds[known] = kind
                seen[key] = known
            return seen[key]

        waiting = [str(self.root)]  # thousands of looks at a hundred files: no Path is made of each
        while waiting:
            folder = waiting.pop()
            here = names[node_of(os.lstat(folder), "/")] = {}
            for entry in os.scandir(folder):
                at = entry.stat(follow_symlinks=False)
                if stat.S_ISDIR(at.st_mode):
                    here[entry.name] = node_of(at, "/")
                    waiting.append(entry.path)
                elif stat.S_ISLNK(at.st_mode):
                    here[entry.name] = node_of(at, f"->{Path(entry.path).readlink()}")
                else:
                    node = here[entry.name] = node_of(at, "")
                    files.append((node, entry.path, (at.st_size, at.st_mtime_ns)))
        self._changed(names, files, by)
        self._nodes = seen

    def _changed(
        self,
        names: dict[int, dict[str, int]],
        files: list[tuple[int, str, tuple[int, ...]]],
        by: str,
    ) -> None:
        changes = [
            (folder, name, now)
            for folder in {**names, **self._names}
            for before, after in [(self._names.get(folder, {}), names.get(folder, {}))]
            for name in {**before, **after}
            if before.get(name) != (now := after.get(name))
        ]
        stay: set[int | None] = {node for folder in names.values() for node in folder.values()}
        # What lies in a folder that is gone is gone with it.
        changes = [one for one in changes if one[0] in names]
        if by in {"rename", "move", "exchange"}:
            if changes:
                self.steps.append(Names(tuple(changes), by))
        else:
            gone = [one for one in changes if one[2] is None]
            new = [one for one in changes if one[2] is not None]
            moved = by == "others" and stay & self._all() & {node for *_, node in new}
            if moved:  # renamed by somebody else
                self.steps.append(Names(tuple(changes), by))
            else:
                self.steps += [Names((one,), by) for one in (*gone, *new)]
        for node, path, stamp in files:
            if self._stamps.get(node) != stamp:
                data = Path(path).read_bytes()
                digest = hashlib.sha256(data).hexdigest()
                self.blobs[digest] = data
                self.steps.append(Bytes(node, digest))
                self._stamps[node] = stamp
        self._names = names

    def _all(self) -> set[int]:
        return {node for folder in self._names.values() for node in folder.values()}

    def flushed(self, paths: list[Path]) -> None:
        """Write down that these are on the disk."""
        nodes = set()
        for path in paths:
            at = path.stat()
            if (node := self._nodes.get((at.st_dev, at.st_ino))) is not None:
                nodes.add(node)
        self.steps.append(Flushed(frozenset(nodes)))


@contextmanager
def recorded(root: Path, *, exchanging: bool = True) -> Iterator[Log]:
    """Write down what happens in a folder.

    Args:
        root: The folder.
        exchanging: Whether two folders can change places in one step.
    """
    log = Log(root)
    log.look("found")
    log.steps.append(Flushed(frozenset(log.kinds)))
    log.begun = len(log.steps)

    def watched(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def call(*words: Any, **more: Any) -> Any:
            log.look("others")
            if name == "flush_all":
                words = tuple(list(paths) for paths in words)
            answer = function(*words, **more)
            if name == "flush":
                log.flushed([Path(words[0])])
            elif name == "flush_all":
                log.flushed([Path(path) for paths in words for path in paths])
            else:
                log.look(name)
            return answer

        return call

    with ExitStack() as patches:
        for name in STEPS:
            does = getattr(disk, name)
            if name == "exchange" and not exchanging:
                does = lambda *_: False  # noqa: E731
            patches.enter_context(mock.patch.object(disk, name, watched(name, does)))
        yield log
    log.look("others")


@dataclass(frozen=True)
class State:
    """What a power cut left.

    Attributes:
        tree: What lies there.
        moment: After how many steps.
        power: Whether anything was lost that a kill alone would have left.
    """

    tree: Tree
    moment: int
    power: bool


def states(log: Log, chance: random.Random) -> Iterator[State]:
    """Every state that differs from those before, of every moment of a run.

    Args:
        log: What the run did. Its ``blobs`` are added to: halves of files.
        chance: Chooses among more than can be tried.
    """
    disk_names: dict[int, dict[str, int | None]] = {}
    disk_bytes: dict[int, str] = {}
    waiting: list[tuple[Names, set[int]]] = []
    unflushed: dict[int, str] = {}
    seen: set[frozenset[tuple[str, str]]] = set()
    halves: dict[str, str] = {}
    empty = _keep(log, b"")
    for moment, step in enumerate(log.steps, 1):
        if isinstance(step, Names):
            waiting.append((step, {folder for folder, _, _ in step.changes}))
        elif isinstance(step, Bytes):
            unflushed[step.node] = step.digest
        else:
            for node in step.nodes & unflushed.keys():
                disk_bytes[node] = unflushed.pop(node)
            still = []
            for names, unsafe in waiting:
                if unsafe <= step.nodes:
                    _apply(disk_names, names)
                else:
                    still.append((names, unsafe - step.nodes))
            waiting = still
        if moment < log.begun:
            continue
        for chosen in _ways([names for names, _ in waiting], chance):
            now = {folder: dict(entries) for folder, entries in disk_names.items()}
            for names in chosen:
                _apply(now, names)
            reached = _reached(now, log.kinds)
            there = set(reached.values())
            open_files = [node for node in unflushed if node in there]
            settled = _tree(log, reached, disk_bytes, empty)
            unsettled = [(path, node) for path, node in reached.items() if node in unflushed]
            whole = {node: unflushed[node] for node in open_files}
            for digest in whole.values():
                if digest not in halves:
                    halves[digest] = _half(log, digest)
            for contents in _contents(whole, halves, empty, chance):
                tree = {**settled, **{path: contents[node] for path, node in unsettled}}
                key = frozenset(tree.items())
                if key not in seen:
                    seen.add(key)
                    power = len(chosen) < len(waiting) or any(
                        contents[node] != unflushed[node] for node in open_files
                    )
                    yield State(tree, moment, power)


def _apply(names_of: dict[int, dict[str, int | None]], names: Names) -> None:
    for folder, name, node in names.changes:
        names_of.setdefault(folder, {})[name] = node


def _ways(waiting: list[Names], chance: random.Random) -> Iterator[list[Names]]:
    """Which of the steps that wait may have come to the disk."""
    number = len(waiting)
    needs = _needs(waiting)
    chosen: list[set[int]] = [set(), set(range(number))]
    if number <= FEW:
        chosen += [{at for at in range(number) if bits >> at & 1} for bits in range(1 << number)]
    else:
        last = range(number - FEW, number)
        chosen += [{at} for at in last]
        chosen += [set(range(number)) - {at} for at in last]
        chosen += [set(range(end)) for end in chance.sample(range(number), 2)]
        chosen += [{at for at in range(number) if chance.random() < 0.5} for _ in range(3)]
    done = set()
    for some in chosen:
        whole = frozenset(at for at in some if needs[at] <= some)
        if whole not in done:
            done.add(whole)
            yield [waiting[at] for at in sorted(whole)]


def _needs(waiting: list[Names]) -> list[set[int]]:
    """By step: the earlier ones of the same name, file or folder, and what these need."""
    needs: list[set[int]] = []
    touched = [_touched(names) for names in waiting]
    for at, mine in enumerate(touched):
        before = {earlier for earlier in range(at) if touched[earlier] & mine}
        needs.append(before.union(*(needs[earlier] for earlier in before)))
    return needs


def _touched(names: Names) -> set[object]:
    return {(folder, name) for folder, name, _ in names.changes} | {
        node for _, _, node in names.changes if node is not None
    }


def _reached(names_of: dict[int, dict[str, int | None]], kinds: dict[int, str]) -> dict[str, int]:
    reached: dict[str, int] = {}
    waiting = [("", ROOT)]
    while waiting:
        below, folder = waiting.pop()
        for name, node in names_of.get(folder, {}).items():
            if node is None:
                continue
            reached[below + name] = node
            if kinds[node] == "/":
                waiting.append((f"{below}{name}/", node))
    return reached


def _contents(
    whole: dict[int, str], halves: dict[str, str], empty: str, chance: random.Random
) -> Iterator[dict[int, str]]:
    """What may be in files that were not flushed."""
    yield whole
    if not whole:
        return
    half = {node: halves[digest] for node, digest in whole.items()}
    yield dict.fromkeys(whole, empty)
    yield half
    if len(whole) > 1:
        yield {node: chance.choice((whole[node], empty, half[node])) for node in whole}


def _half(log: Log, digest: str) -> str:
    data = log.blobs[digest]
    return _keep(log, data[: len(data) // 2])


def _keep(log: Log, data: bytes) -> str:
    digest = hashlib.sha256(data).hexdigest()
    log.blobs[digest] = data
    return digest


def _tree(log: Log, reached: dict[str, int], bytes_of: dict[int, str], empty: str) -> Tree:
    return {path: log.kinds[node] or bytes_of.get(node, empty) for path, node in reached.items()}


def lay_out(tree: Tree, blobs: Mapping[str, bytes], folder: Path) -> None:
    """Make a state real in a new folder."""
    folder.mkdir(parents=True)
    for path, what in sorted(tree.items()):
        target = folder / path
        if what == "/":
            target.mkdir(exist_ok=True)
        elif what.startswith("->"):
            target.symlink_to(what[2:])
        else:
            target.write_bytes(blobs[what])


def clear_away(folder: Path) -> None:
    """Remove a state that was made real."""
    shutil.rmtree(folder)
