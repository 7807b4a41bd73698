"""A folder that somebody made read-only inside a site of ours still goes when the site goes."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from kinopress.system import disk
from kinopress.system.atomic import remove_empty, remove_tree
from kinopress.system.release import Place
from kinopress.system.release_record import RECORD
from support.projects import write


@pytest.fixture(autouse=True)
def _rights_count(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is removed from a read-only folder, also where the tests may do everything."""

    def minding(act: Callable[[Path], None]) -> Callable[[Path], None]:
        def minded(path: Path) -> None:
            if not path.parent.stat().st_mode & stat.S_IWUSR:
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
            act(path)

        return minded

    monkeypatch.setattr(disk, "remove", minding(disk.remove))
    monkeypatch.setattr(disk, "remove_folder", minding(disk.remove_folder))


def _close(folder: Path) -> None:
    for at in (folder, *folder.rglob("*")):
        if at.is_dir():
            at.chmod(0o555)


def test_a_workshop_with_a_read_only_folder_is_cleared(tmp_path: Path) -> None:
    aside = tmp_path / ".site.next-0123456789abcdef"
    for name in (RECORD, "index.html", "media/deep/clip.mp4"):
        write(aside / name, "words")
    _close(aside / "media")
    remove_tree(aside, RECORD)
    assert [*tmp_path.iterdir()] == []


def test_nothing_that_a_link_leads_to_is_opened_up(tmp_path: Path) -> None:
    aside = tmp_path / ".site.next-0123456789abcdef"
    write(aside / RECORD, "words")
    write(tmp_path / "theirs/clip.mp4", "words")
    _close(tmp_path / "theirs")
    (aside / "media").symlink_to(tmp_path / "theirs")
    remove_tree(aside, RECORD)
    assert not aside.exists()
    assert stat.S_IMODE((tmp_path / "theirs").stat().st_mode) == 0o555
    assert (tmp_path / "theirs/clip.mp4").is_file()


def test_a_site_with_a_read_only_folder_leaves_nothing_beside_the_next_one(tmp_path: Path) -> None:
    place = Place(tmp_path / "site", "mine", lambda _: False)
    for words in ("first", "second"):
        with place.workshop() as made:
            write(made / "index.html", words)
            write(made / "media/deep/clip.mp4", words)
            assert place.put(made, {}).kept is None
        _close(tmp_path / "site/media")
    assert [entry.name for entry in tmp_path.iterdir()] == ["site"]
    assert (tmp_path / "site/index.html").read_text("utf-8") == "second"


def test_a_workshop_that_is_read_only_itself_is_cleared(tmp_path: Path) -> None:
    aside = tmp_path / ".site.next-0123456789abcdef"
    write(aside / RECORD, "words")
    write(aside / "index.html", "words")
    aside.chmod(0o555)
    remove_tree(aside, RECORD)
    assert not aside.exists()


def test_a_folder_that_is_not_empty_leaves_the_rights_of_the_one_above(tmp_path: Path) -> None:
    write(tmp_path / "media/deep/mine.txt", "somebody's")
    _close(tmp_path / "media")
    with pytest.raises(OSError, match="deep"):
        remove_empty(tmp_path / "media/deep")
    assert stat.S_IMODE((tmp_path / "media").stat().st_mode) == 0o555
    assert (tmp_path / "media/deep/mine.txt").read_text("utf-8") == "somebody's"
