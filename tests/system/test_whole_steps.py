"""Writing a file, and a workshop that is cleared: whole or not at all, and nobody's file is in danger."""

from __future__ import annotations

import ctypes
import errno
import os
import stat
import sys
import time
from collections.abc import Callable
from pathlib import Path
from unittest import mock

import pytest

from kinopress.system import disk
from kinopress.system.atomic import (
    copy_whole,
    flush_tree,
    move_whole,
    write_bytes,
    write_json,
    write_new,
    write_text,
)
from kinopress.system.workshop import MARK, begin, clear
from kinopress.video.encode.store import left_over, sweep

FULL = OSError(errno.ENOSPC, "No space left on device")


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def _new(file: Path) -> None:
    write_new(file, b"words")


def _copied(file: Path) -> None:
    copy_whole(Path(__file__), file)


def _moved(file: Path) -> None:
    one = file.parents[2] / "one"
    one.write_text("words")
    try:
        move_whole(one, file)
    finally:
        one.unlink()


@pytest.mark.parametrize(
    ("way", "step"),
    [
        *((lambda file: write_bytes(file, b"words"), step) for step in ("write", "rename")),
        *((_new, step) for step in ("write", "move")),
        *((_copied, step) for step in ("copy", "move")),
        (_moved, "move"),
    ],
)
def test_no_empty_folder_is_left_of_a_file_that_cannot_be_written(
    tmp_path: Path, way: Callable[[Path], None], step: str
) -> None:
    for there in ([], ["docs"], ["docs", "docs/articles"]):
        for folder in there:
            (tmp_path / folder).mkdir()
        with mock.patch.object(disk, step, side_effect=FULL), pytest.raises(OSError, match="space"):
            way(tmp_path / "docs/articles/hills.md")
        assert (
            sorted(found.relative_to(tmp_path).as_posix() for found in tmp_path.rglob("*")) == there
        )
        for folder in reversed(there):
            (tmp_path / folder).rmdir()  # fails where anything is left


def test_a_folder_in_which_somebody_put_something_stays(tmp_path: Path) -> None:
    def fail(aside: Path, *_: object, **__: object) -> None:
        aside.with_name("of-mine.txt").write_text("Words.")
        raise FULL

    with mock.patch.object(disk, "write", fail), pytest.raises(OSError, match="space"):
        write_new(tmp_path / "new/file.md", b"words")
    assert names(tmp_path / "new") == ["of-mine.txt"]


@pytest.mark.parametrize("step", ["write", "flush", "rename"])
def test_a_file_that_cannot_be_written_is_as_it_was(tmp_path: Path, step: str) -> None:
    file = tmp_path / "list.json"
    write_text(file, "before")
    with mock.patch.object(disk, step, side_effect=FULL), pytest.raises(OSError, match="No space"):
        write_bytes(file, b"after")
    assert file.read_text() == "before"
    assert names(tmp_path) == ["list.json"]


def test_a_file_is_flushed_before_it_has_its_name_and_its_folder_after(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    there: list[tuple[bool, bool]] = []

    def flushed(descriptor: int) -> None:
        at = os.fstat(descriptor)
        there.append((stat.S_ISDIR(at.st_mode), file.exists()))

    with mock.patch("os.fsync", flushed):
        write_text(file, "words")
        assert there == [(False, False), (True, True)]
        for number in range(150):
            (tmp_path / f"{number}.txt").write_text("words")
        there.clear()
        with mock.patch("kinopress.system.disk._can_be_flushed", lambda _: False):
            flush_tree(tmp_path)
    assert len(there) == 152  # all files, then the folder
    assert there[-1] == (True, True)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems flush no disk as a whole")
@pytest.mark.parametrize("is_known", [True, False])
def test_many_files_are_flushed_with_their_disk_where_that_is_known_to_be_enough(
    tmp_path: Path, *, is_known: bool
) -> None:
    for number in range(150):
        (tmp_path / f"{number}.txt").write_text("words")
    disks: list[str] = []
    single: list[int] = []

    def whole(path: str) -> bool:
        disks.append(path)
        return True

    with (
        mock.patch("kinopress.system.disk._can_be_flushed", lambda _: is_known),
        mock.patch("kinopress.system.disk._flush_disk", whole),
        mock.patch("os.fsync", single.append),
    ):
        flush_tree(tmp_path)
    assert (len(disks), len(single)) == ((1, 0) if is_known else (0, 151))


@pytest.mark.skipif(sys.platform != "linux", reason="other systems flush no disk as a whole")
def test_a_disk_that_cannot_be_written_is_an_error(tmp_path: Path) -> None:
    library = mock.Mock()
    library.syncfs.return_value = -1
    with (
        mock.patch("ctypes.CDLL", lambda *_, **__: library),
        mock.patch("ctypes.get_errno", lambda: errno.EIO),
        pytest.raises(OSError, match=os.strerror(errno.EIO)),
    ):
        disk._flush_disk(str(tmp_path))


@pytest.mark.parametrize("of_a_folder", [True, False])
def test_a_folder_that_cannot_be_flushed_stops_nothing_but_a_file_does(
    tmp_path: Path, of_a_folder: bool
) -> None:
    def fails(descriptor: int) -> None:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode) == of_a_folder:
            raise OSError(errno.EIO, "Input/output error")

    with mock.patch("os.fsync", fails):
        if of_a_folder:
            write_text(tmp_path / "a.txt", "words")
        else:
            with pytest.raises(OSError, match="Input/output"):
                write_text(tmp_path / "a.txt", "words")
    assert names(tmp_path) == (["a.txt"] if of_a_folder else [])


def test_lines_end_alike_on_every_system(tmp_path: Path) -> None:
    write_text(tmp_path / "deep/er/a.txt", "ü\n")
    write_json(tmp_path / "b.json", {"a": [1]}, indent=1)
    assert (tmp_path / "deep/er/a.txt").read_bytes() == b"\xc3\xbc\n"
    assert (tmp_path / "b.json").read_bytes() == b'{\n "a": [\n  1\n ]\n}'


def test_a_new_file_never_goes_over_another_one(tmp_path: Path) -> None:
    film = tmp_path / "film.mov"
    film.write_text("mine")
    with pytest.raises(FileExistsError):
        write_new(film, b"new")
    with pytest.raises(FileExistsError):
        copy_whole(film, film)
    (tmp_path / "link.mov").symlink_to("nowhere")
    with pytest.raises(FileExistsError):
        copy_whole(film, tmp_path / "link.mov")
    assert film.read_text() == "mine"
    assert names(tmp_path) == ["film.mov", "link.mov"]


def test_what_dead_runs_left_of_a_file_goes_after_a_day(tmp_path: Path) -> None:
    old, new, another = (
        tmp_path / name for name in (".a.txt.1f.new", ".a.txt.20.new", ".ab.txt.1f.new")
    )
    for file in (old, new, another):
        file.write_text("half")
    for file in (old, another):
        os.utime(file, (time.time() - 90_000,) * 2)
    write_text(tmp_path / "a.txt", "whole")
    assert names(tmp_path) == [new.name, another.name, "a.txt"]


def test_a_workshop_is_cleared_by_its_mark_and_nothing_else_goes(tmp_path: Path) -> None:
    folder = begin(tmp_path, ".tmp-", ["film.mp4", "parts/*/[0-9].nut"])
    (folder / "parts/film.mp4").mkdir(parents=True)
    (folder / "own").mkdir()
    outside = tmp_path / "film.mp4"
    for file in (folder / "film.mp4", folder / "parts/film.mp4/1.nut", outside):
        file.write_text("made")
    for path in ("notes.txt", "own/film.mp4", "parts/film.mp4/12.nut"):
        (folder / path).write_text("mine")
    (folder / "1.nut").symlink_to(outside)
    assert not clear(folder)
    kept = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir()}
    assert kept == {MARK, "notes.txt", "own/film.mp4", "parts/film.mp4/12.nut", "1.nut"}
    assert outside.read_text() == "made"
    for path in kept - {MARK}:
        (folder / path).unlink()
    assert clear(folder)


def test_a_sweep_leaves_a_folder_that_bears_no_mark(tmp_path: Path) -> None:
    ours = begin(tmp_path, ".tmp-", ["film.mp4"])
    (ours / "film.mp4").write_text("half")
    theirs = tmp_path / ".tmp-holiday"
    theirs.mkdir()
    (theirs / "film.mp4").write_text("mine")
    empty = tmp_path / ".tmp-empty"
    empty.mkdir()
    sweep(tmp_path)
    assert names(tmp_path) == [theirs.name]
    assert left_over(tmp_path) == [theirs]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems flush no disk as a whole")
@pytest.mark.parametrize(
    ("release", "kind", "is_known"),
    [
        ("6.1.0-13-amd64", 0xEF53, True),
        ("5.8.0", 0x9123683E, True),
        ("5.4.0-190-generic", 0xEF53, False),  # says nothing of what it could not write
        ("6.1.0-13-amd64", 0x794C7630, False),  # an overlay: nobody knows what the disk below says
        ("6.1.0-13-amd64", 0x65735546, False),  # FUSE
    ],
)
def test_a_disk_is_flushed_as_a_whole_only_where_it_tells_of_what_it_could_not_write(
    tmp_path: Path, release: str, kind: int, *, is_known: bool
) -> None:
    def statfs(_: bytes, said: ctypes.Array[ctypes.c_char]) -> int:
        ctypes.c_ulong.from_buffer(said).value = kind
        return 0

    library = mock.Mock(statfs=statfs)
    with (
        mock.patch("ctypes.CDLL", lambda *_, **__: library),
        mock.patch("os.uname", lambda: mock.Mock(release=release)),
    ):
        assert disk._can_be_flushed([str(tmp_path)]) is is_known


@pytest.mark.skipif(sys.platform != "linux", reason="other systems flush no disk as a whole")
def test_what_is_no_disk_is_not_flushed_as_one() -> None:
    assert not disk._can_be_flushed(["/proc"])
    assert not disk._can_be_flushed(["/nothing is here"])
