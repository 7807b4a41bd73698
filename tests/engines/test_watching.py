"""What tells a preview that a source has changed: each change once, whoever finds it."""

from __future__ import annotations

import itertools
import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kinopress.engines.mkdocs.previewed import watching
from kinopress.engines.mkdocs.previewed.watching import Watching
from support.command import HANGS_S
from support.projects import write


class Changes:
    """Counts what it is told."""

    def __init__(self) -> None:
        self.number = 0

    def __call__(self) -> None:
        self.number += 1


@pytest.fixture
def changes() -> Changes:
    return Changes()


@pytest.fixture
def silent(monkeypatch: pytest.MonkeyPatch) -> None:
    """A system that tells nothing."""

    def refuses() -> None:
        raise OSError(24, "inotify instance limit reached")

    monkeypatch.setattr(watching, "Observer", refuses)


@pytest.fixture
def watch(changes: Changes) -> Iterator[Callable[..., Watching]]:
    """Makes what watches, which looks when it is told to unless it is started."""
    made: list[Watching] = []

    def of(*paths: Path) -> Watching:
        made.append(Watching(paths, changes))
        return made[-1]

    yield of
    for one in made:
        one.stop()


def _save(file: Path) -> None:
    write(file, "other words")


def _replace(file: Path) -> None:
    write(file.with_suffix(".new"), "words")
    os.utime(file.with_suffix(".new"), ns=(file.stat().st_atime_ns, file.stat().st_mtime_ns))
    file.with_suffix(".new").replace(file)


def _touch(file: Path) -> None:
    os.utime(file, ns=(0, 0))


@pytest.mark.usefixtures("silent")
@pytest.mark.parametrize("change", [_save, _replace, _touch, Path.unlink])
def test_a_change_counts_once_whoever_finds_it(
    tmp_path: Path,
    watch: Callable[..., Watching],
    changes: Changes,
    change: Callable[[Path], object],
) -> None:
    clam = tmp_path / "exercises/clam.md"
    write(clam, "words")
    one = watch(tmp_path / "exercises", tmp_path / "mkdocs.yml")
    for finds in (lambda: one.heard(str(clam)), one.look):
        one.look()
        write(clam, "words")
        one.look()
        changes.number = 0
        change(clam)
        finds()
        assert changes.number == 1
        one.look()
        one.heard(str(clam))
        assert changes.number == 1


@pytest.mark.usefixtures("silent")
def test_a_system_that_tells_nothing_is_looked_after(
    tmp_path: Path, watch: Callable[..., Watching], changes: Changes
) -> None:
    one = watch(tmp_path / "docs", tmp_path / "mkdocs.yml")
    one.start()
    for file in (tmp_path / "mkdocs.yml", tmp_path / "docs/muscles/hip.md"):
        before = changes.number
        write(file, "words")
        ends = time.monotonic() + HANGS_S
        while changes.number == before and time.monotonic() < ends:
            time.sleep(0.05)
        assert changes.number > before
    assert not one.is_told


@pytest.mark.usefixtures("silent")
def test_folders_that_lead_back_to_themselves_are_looked_at_once(
    tmp_path: Path, watch: Callable[..., Watching], changes: Changes
) -> None:
    write(tmp_path / "docs/index.md", "words")
    (tmp_path / "docs/again").symlink_to(tmp_path / "docs", target_is_directory=True)
    (tmp_path / "docs/nowhere").symlink_to(tmp_path / "gone")
    one = watch(tmp_path / "docs")
    one.look()
    assert changes.number == 0
    write(tmp_path / "docs/index.md", "other words")
    one.look()
    assert changes.number == 1


@pytest.mark.skipif(sys.platform != "linux", reason="how soon others tell is theirs")
def test_what_the_system_tells_needs_no_look(
    tmp_path: Path, watch: Callable[..., Watching], changes: Changes
) -> None:
    clam, gone = tmp_path / "exercises/clam.md", tmp_path / "docs/gone.md"
    for file in (clam, gone, tmp_path / "mkdocs.yml"):
        write(file, "words")
    one = watch(tmp_path / "exercises", tmp_path / "docs", tmp_path / "mkdocs.yml")
    words = itertools.count()

    def saved_by_rename(file: Path) -> None:
        write(tmp_path / "aside", str(next(words)))
        (tmp_path / "aside").replace(file)

    for change in (
        lambda: write(clam, str(next(words))),
        lambda: saved_by_rename(clam),
        lambda: write(tmp_path / "mkdocs.yml", str(next(words))),
        lambda: saved_by_rename(tmp_path / "mkdocs.yml"),
        gone.unlink,
    ):
        before = changes.number
        change()
        ends = time.monotonic() + HANGS_S
        while changes.number == before and time.monotonic() < ends:
            time.sleep(0.01)
        assert changes.number > before
    assert one.is_told
    assert not one.is_alive()


@pytest.mark.skipif(sys.platform != "linux", reason="how soon others tell is theirs")
def test_a_file_is_still_told_of_when_another_one_of_its_folder_was_replaced(
    tmp_path: Path, watch: Callable[..., Watching], changes: Changes
) -> None:
    names = ("mkdocs.yml", "words.yml", "help.yml")
    for name in names:
        write(tmp_path / name, "words")
    one = watch(*(tmp_path / name for name in names))
    for number, replaced in enumerate(names):
        write(tmp_path / "aside", f"other words {number}")
        (tmp_path / "aside").replace(tmp_path / replaced)
        one.look()  # which sees that it is another file
        for name in names:
            before = changes.number
            write(tmp_path / name, f"{replaced} {name}")
            ends = time.monotonic() + HANGS_S
            while changes.number == before and time.monotonic() < ends:
                time.sleep(0.01)
            assert changes.number > before, (replaced, name)


@pytest.mark.skipif(sys.platform != "linux", reason="what others tell of reading is theirs")
def test_reading_is_no_change(
    tmp_path: Path, watch: Callable[..., Watching], changes: Changes
) -> None:
    """Pages are made by reading: a preview would go on for ever."""
    clam = tmp_path / "exercises/clam.md"
    write(clam, "words")
    one = watch(tmp_path / "exercises")
    for _ in range(20):
        assert clam.read_text("utf-8") == "words"
        assert list((tmp_path / "exercises").iterdir()) == [clam]
    # What was told before a change has been heard before it.
    write(clam, "other words")
    ends = time.monotonic() + HANGS_S
    while changes.number == 0 and time.monotonic() < ends:
        time.sleep(0.01)
    one.stop()
    assert 1 <= changes.number <= 2  # it is emptied first
