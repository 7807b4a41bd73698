"""The files below a folder, in the one order in which they are told."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kinopress.system.walking import paths_below
from support.projects import write


def _by_python(folder: Path) -> list[str]:
    """The same by the slower way."""
    found = []
    for root, folders, names in os.walk(folder):
        folders.sort()
        found += [(Path(root) / name).relative_to(folder).as_posix() for name in sorted(names)]
    return found


def test_all_files_are_told_folder_by_folder_in_order(tmp_path: Path) -> None:
    for path in ("b.txt", "a/z.txt", "a-b/y.txt", "a/c/x.txt", "a.txt", ".w/v.txt", "a b/u.txt"):
        write(tmp_path / path, "words")
    (tmp_path / "empty").mkdir()
    found = list(paths_below(tmp_path))
    assert found == _by_python(tmp_path)
    last = ["a/z.txt", "a/c/x.txt", "a b/u.txt", "a-b/y.txt"]
    assert found == ["a.txt", "b.txt", ".w/v.txt", *last]


def test_nothing_is_looked_for_behind_a_link(tmp_path: Path) -> None:
    write(tmp_path / "there/one.txt", "words")
    here = tmp_path / "here"
    write(here / "two.txt", "words")
    try:
        (here / "folder").symlink_to(tmp_path / "there", target_is_directory=True)
        (here / "three.txt").symlink_to(tmp_path / "there/one.txt")
        (here / "nothing.txt").symlink_to(tmp_path / "gone")
    except OSError:
        pytest.skip("this system gives no links to everybody")
    assert list(paths_below(here)) == _by_python(here) == ["nothing.txt", "three.txt", "two.txt"]


def test_where_there_is_no_folder_there_are_no_files(tmp_path: Path) -> None:
    write(tmp_path / "file", "words")
    assert list(paths_below(tmp_path / "gone")) == list(paths_below(tmp_path / "file")) == []


def test_a_link_that_leads_round_hides_nothing_beside_it(tmp_path: Path) -> None:
    names = [f"{letter}.txt" for letter in "abcdefgh"]
    for name in names:
        write(tmp_path / name, "words")
    try:
        (tmp_path / "round").symlink_to("round")
    except OSError:
        pytest.skip("this system makes no links")
    assert list(paths_below(tmp_path)) == sorted([*names, "round"]) == _by_python(tmp_path)
