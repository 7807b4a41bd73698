"""A release that is too many is laid aside, and the next one is made from it: nothing of it is left that does not belong there."""

from __future__ import annotations

import errno
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kinopress.system import disk
from kinopress.system.release import Place
from kinopress.system.release_record import RECORD, read_release
from kinopress.system.releases import KEPT, Releases

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="Windows does not say whether a file was touched"
)

CHANGES = (
    *("make_folder", "make_new_folder", "write", "rename", "move", "exchange", "remove"),
    *("remove_folder", "set_mode", "flush", "flush_all"),
)
MOMENTS = 200

Files = dict[str, str]
"""Path → words."""

paths = st.sampled_from(("index.html", "a/index.html", "a/b/index.html", "b/index.html", "c.txt"))
sites = st.dictionaries(paths, st.sampled_from(("one", "other")), min_size=1)

BEFORE: list[Files] = [
    {"index.html": f"home {number}", "a/index.html": "a", "b/index.html": "b"}
    for number in range(KEPT + 2)
]
NEXT = {"index.html": "home", "a/index.html": "a", "c/index.html": "c"}


class Died(BaseException):
    """The run was killed here."""


class Yard:
    """A site with releases, one of which is laid aside."""

    def __init__(self, root: Path) -> None:
        self.root, self.site = root, root / "yard/site"
        self.site.parent.mkdir()
        self.releases = Releases(root / "releases", has_spare=True)
        self.place = Place(self.site, "anna", lambda _: False, self.releases)

    def fill(self, files: Files) -> dict[str, str]:
        """Put a release in place as a build does; answers what of it was there already."""
        self.place.recover()
        begun: dict[str, str] = {}
        with self.place.workshop(begun) as made:
            assert {path for path, _ in _below(made)} == begun.keys()
            used = {}
            for path, sha256 in begun.items():
                if (made / path).read_text() == files.get(path):
                    used[path] = sha256
                    continue
                disk.remove(made / path)
                for above in (made / path).parents:
                    with suppress(OSError):
                        disk.remove_folder(above)
            for path in files.keys() - used.keys():
                disk.make_folder((made / path).parent)
                disk.write(made / path, files[path].encode())
            self.place.put(made, used)
        return used

    def shown(self) -> Files:
        return dict(_below(self.site))

    def kept(self) -> list[Files]:
        """The releases to which there is a way back, the last first."""
        return [dict(_below(one.folder)) for one in self.releases.all()]

    def spare(self) -> Path:
        (found,) = (self.root / "releases").glob(".spare-*")
        return found


def _below(folder: Path) -> Iterator[tuple[str, str]]:
    for at in sorted(folder.rglob("*")):
        if at.is_file() and at.name != RECORD:
            yield at.relative_to(folder).as_posix(), at.read_text()


@contextmanager
def _yard(before: list[Files] = BEFORE) -> Iterator[Yard]:
    root = Path(tempfile.mkdtemp())
    try:
        yard = Yard(root)
        for files in before:
            yard.fill(files)
        yield yard
    finally:
        shutil.rmtree(root)


def test_a_page_that_stays_is_the_same_file_as_in_the_site_of_long_ago() -> None:
    with _yard() as yard:
        spare = yard.spare()
        numbers = {path: (spare / path).stat().st_ino for path in BEFORE[0]}
        assert yard.fill(NEXT).keys() == {"a/index.html"}
        assert (yard.site / "a/index.html").stat().st_ino == numbers["a/index.html"]
        assert yard.shown() == NEXT
        assert yard.kept() == BEFORE[:-4:-1]


@settings(max_examples=50)
@given(st.lists(sites, min_size=1, max_size=10))
def test_whatever_is_built_each_site_is_its_own_and_the_last_ones_are_kept(
    built: list[Files],
) -> None:
    with _yard([]) as yard:
        for number, files in enumerate(built):
            yard.fill(files)
            assert yard.shown() == files
            earlier = [one for one in reversed(built[:number]) if one != files]
            distinct = [one for at, one in enumerate(earlier) if one not in earlier[:at]]
            assert yard.kept() == distinct[:KEPT]
            release = read_release(yard.site)
            assert release is not None
            assert release.files.keys() == files.keys()


def test_a_kill_before_each_single_change_loses_no_site() -> None:
    for step in range(MOMENTS):
        with _yard() as yard:
            yard.fill(BEFORE[-1] | {"d.html": "d"})
            sites_before, kept_before = yard.shown(), yard.kept()
            done = 0

            def die(name: str, step: int = step) -> None:
                nonlocal done
                done += 1
                if done > step:
                    raise Died(name)  # and again at whatever would tidy up

            with (
                mock.patch.multiple(
                    disk, **{name: _before(getattr(disk, name), name, die) for name in CHANGES}
                ),
                suppress(Died, Exception),
            ):
                yard.fill(NEXT)
            is_over = done <= step
            yard.place.recover()
            assert yard.shown() in (sites_before, NEXT)
            assert all(files in yard.kept() for files in kept_before[: KEPT - 1]), (
                "there is a way back to all but the oldest one, which is the next to go"
            )
            if yard.shown() == sites_before:
                assert yard.kept() == kept_before
            after = NEXT | {"index.html": "home again"}
            yard.fill(after)
            assert yard.shown() == after
            assert {at.name for at in yard.site.parent.iterdir()} == {"site"}
        if is_over:
            break
    assert 30 < step < MOMENTS - 1


def _before(function: object, name: str, does: object) -> object:
    def call(*words: object, **more: object) -> object:
        does(name)  # type: ignore[operator]
        return function(*words, **more)  # type: ignore[operator]

    return call


def test_what_somebody_put_there_or_changed_stays_and_is_on_no_site() -> None:
    for change, path in (
        (lambda file: file.write_text("mine"), "thesis.txt"),
        (lambda file: file.write_text("mine"), "a/index.html"),
        (lambda file: file.symlink_to("/nowhere/mine"), "b/link"),
    ):
        with _yard() as yard:
            spare = yard.spare()
            change(spare / path)
            assert yard.fill(NEXT) == {}
            assert yard.shown() == NEXT
            mine = spare / path
            assert mine.is_symlink() or mine.read_text() == "mine"
            yard.fill(BEFORE[0])
            assert yard.shown() == BEFORE[0]
            assert os.path.lexists(mine)


def test_what_somebody_put_into_a_kept_site_is_not_moved_along() -> None:
    with _yard() as yard:
        oldest = yard.releases.all()[-1].folder
        (oldest / "thesis.txt").write_text("mine")
        yard.fill(NEXT)
        assert list(_below(oldest)) == [("thesis.txt", "mine")]
        yard.fill(BEFORE[0])
        assert yard.shown() == BEFORE[0]
        assert list(_below(oldest)) == [("thesis.txt", "mine")]


def test_a_file_that_was_touched_is_written_again() -> None:
    """Whoever touched it may have changed it and set its time back; only reading would tell."""
    with _yard() as yard:
        file = yard.spare() / "a/index.html"
        at = file.stat()
        file.write_text("A")
        os.utime(file, ns=(at.st_atime_ns, at.st_mtime_ns))
        assert yard.fill(NEXT) == {}
        assert yard.shown() == NEXT


@pytest.mark.parametrize("mode", [0o600, 0o400])
def test_rights_of_long_ago_are_on_no_new_site(mode: int) -> None:
    with _yard() as yard:
        for file in yard.spare().rglob("*"):
            if file.is_file() and file.name != RECORD:
                file.chmod(mode)
        assert yard.fill(NEXT) == {}
        rights = {file.stat().st_mode & 0o777 for file in yard.site.rglob("*.html")}
        assert rights == {disk.usual_modes()[0]}


def test_a_folder_of_long_ago_that_few_may_read_is_not_used() -> None:
    with _yard() as yard:
        (yard.spare() / "a").chmod(0o500)
        assert yard.fill(NEXT) == {}
        rights = {at.stat().st_mode & 0o777 for at in (yard.site, *yard.site.glob("*/"))}
        assert rights == {disk.usual_modes()[1]}


def test_a_spare_on_another_disk_is_no_help_and_does_no_harm() -> None:
    def move(one: Path, to: Path) -> None:
        if (to.parent.name == "releases") != (one.parent.name == "releases"):
            raise OSError(errno.EXDEV, "another disk")
        really(one, to)

    really = disk.move
    with mock.patch.object(disk, "move", move), _yard() as yard:
        for number in range(4):
            assert yard.fill(NEXT | {"index.html": str(number)}) == {}
            assert yard.shown() == NEXT | {"index.html": str(number)}
        assert len(yard.kept()) == KEPT
        assert len(list((yard.root / "releases").iterdir())) <= KEPT + 1


def test_who_wants_an_empty_folder_gets_one() -> None:
    with _yard() as yard:
        spare = yard.spare()
        with yard.place.workshop() as made:
            assert [at.name for at in made.iterdir()] == [RECORD]
        assert spare.is_dir()
