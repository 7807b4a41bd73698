"""Whatever lies in or around the output, and whenever a run dies: nothing is lost that we did not make."""

from __future__ import annotations

import errno
import json
import os
import shutil
import stat
import tempfile
from collections.abc import Callable, Generator, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kinopress.system import disk
from kinopress.system.release import InTheWay, Outcome, Place
from kinopress.system.release_record import RECORD, read_release
from kinopress.system.releases import KEPT, NotWhole, Releases

LAWS = settings(max_examples=100)
MOMENTS = 90
OLD_MARK = "old.version"

NAMES = ("index.html", "404.html", "a", "A", "b", "clam", ".htaccess", OLD_MARK)
paths = st.lists(st.sampled_from(NAMES), min_size=1, max_size=3).map("/".join)


CHANGES = (
    *("make_folder", "make_new_folder", "write", "rename", "move", "exchange", "remove"),
    *("remove_folder", "set_mode", "flush", "flush_all"),
)


class Died(BaseException):
    """The run was killed here."""


_dead: list[Generator[Path, None, None]] = []
"""Runs that were killed: what they would have tidied up in the end is never tidied up."""


def _fits(tree: dict[str, Any], path: str) -> bool:
    """Whether a path is no folder of another one and lies in no file."""
    return not any(
        path == other or path.startswith(f"{other}/") or other.startswith(f"{path}/")
        for other in tree
    )


@st.composite
def trees(draw: st.DrawFn, at_most: int = 6) -> list[str]:
    """Paths of files that can lie in one folder."""
    tree: dict[str, None] = {}
    for path in draw(st.lists(paths, max_size=at_most)):
        if _fits(tree, path):
            tree[path] = None
    return list(tree)


@st.composite
def strangers(draw: st.DrawFn) -> dict[str, str]:
    """What somebody put somewhere: path → what it is."""
    around = st.sampled_from(
        (
            *("site/", ".site.old/", ".site.next/", "site.kept/", "site.kept-2/", ""),
            *(".site.next-0123456789abcdef/", ".site.old-0123456789abcdef/"),
        )
    )
    kinds = st.sampled_from(["file", "file", "link", "loop", "link to a folder", "pipe"])
    found = draw(st.lists(st.tuples(around, paths, kinds), max_size=8))
    return {place + path: kind for place, path, kind in found if (place + path) != "site"}


class Yard:
    """A folder with an output in it, strangers in and around, and a folder outside that links lead to."""

    def __init__(self, root: Path, *, keeping: bool) -> None:
        self.root = root
        self.site = root / "yard/site"
        self.site.parent.mkdir()
        (root / "outside").mkdir()
        (root / "outside/letter.txt").write_text("Dear coach")
        self.marks: set[str] = set()
        self.place = Place(
            self.site,
            "anna",
            lambda folder: (folder / OLD_MARK).is_file(),
            Releases(root / "releases") if keeping else None,
        )

    def fill(self, paths: list[str], words: str) -> Outcome:
        """A run of its own, from the beginning: recover, then put a release in place."""
        self.place.recover()
        run = self.place.workshop()
        made = run.__enter__()
        _dead.append(run.gen)  # type: ignore[attr-defined] # kept, so that nothing closes it
        for path in paths:
            (made / path).parent.mkdir(parents=True, exist_ok=True)
            (made / path).write_text(f"{words} {path}")
        try:
            outcome = self.place.put(made, {})
        except InTheWay:
            run.__exit__(None, None, None)
            raise
        run.__exit__(None, None, None)
        return outcome

    def intrude(self, strange: dict[str, str]) -> None:
        """Put strangers where there is room, or in the place of a file."""
        for path, kind in strange.items():
            target = self.site.parent / path
            try:
                target.parent.mkdir(parents=True, exist_ok=True)
                if target.is_dir() and not target.is_symlink():
                    continue
                target.unlink(missing_ok=True)
            except OSError:
                continue
            mark = f"stranger {len(self.marks)}"
            if kind == "file":
                target.write_text(mark)
            elif kind == "pipe":
                os.mkfifo(target, 0o600 + len(self.marks) % 8)
                continue
            else:
                leads_to = {"loop": target.name, "link": f"nowhere/{mark}"}.get(
                    kind, f"{self.root}/outside/../outside/./{mark}/.."
                )
                target.symlink_to(leads_to)
                if kind != "link":
                    continue
            self.marks.add(mark)

    def forgotten(self) -> set[str]:
        """Marks of strangers that are nowhere any more."""
        return self.marks - set(self._everything())

    def _everything(self) -> Iterator[str]:
        for folder, names, files in os.walk(self.root):
            for name in (*names, *files):
                at = Path(folder) / name
                if at.is_symlink():
                    yield str(at.readlink()).removeprefix("nowhere/")
                elif stat.S_ISREG(at.lstat().st_mode):
                    yield at.read_text("utf-8")

    def holds(self, paths: list[str], words: str) -> bool:
        """Whether a release lies in the site whole."""
        return all(
            (self.site / path).is_file() and (self.site / path).read_text() == f"{words} {path}"
            for path in paths
        )

    def outside_is_safe(self) -> bool:
        return (self.root / "outside/letter.txt").read_text() == "Dear coach"


@contextmanager
def _yard(*, keeping: bool = True) -> Iterator[Yard]:
    root = Path(tempfile.mkdtemp())
    try:
        yield Yard(root, keeping=keeping)
    finally:
        shutil.rmtree(root)


@contextmanager
def dying_at(step: int, *, exchanging: bool) -> Iterator[list[str]]:
    """Kill the run before its ``step``-th change of the disk; gives what it did until then."""

    def die() -> None:
        raise Died

    with interrupted_at(step, die, exchanging=exchanging) as done:
        yield done


@contextmanager
def interrupted_at(
    step: int,
    what_happens: Callable[[], None],
    *,
    exchanging: bool,
    but_before: tuple[str, ...] = (),
) -> Iterator[list[str]]:
    """Let something happen before the ``step``-th change of the disk that a run makes.

    Args:
        step: Counted from 0.
        what_happens: Called once.
        exchanging: Whether two folders can change places in one step.
        but_before: Changes before which nothing happens: it comes before the next other one.
    """
    done: list[str] = []

    def counted(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def call(*words: Any, **more: Any) -> Any:
            if len(done) >= step and name not in but_before and "interrupted" not in done:
                done.append("interrupted")
                what_happens()
            done.append(name)
            return function(*words, **more)

        return call

    with _patched(counted, exchanging=exchanging):
        yield done


@contextmanager
def _patched(
    counted: Callable[[str, Callable[..., Any]], Callable[..., Any]], *, exchanging: bool
) -> Iterator[None]:
    with ExitStack() as patches:
        for name in CHANGES:
            does = getattr(disk, name)
            if name == "exchange" and not exchanging:
                does = lambda *_: False  # noqa: E731
            patches.enter_context(mock.patch.object(disk, name, counted(name, does)))
        yield


@LAWS
@given(
    old=trees(), new=trees(), strange=strangers(), exchanging=st.booleans(), keeping=st.booleans()
)
def test_strangers_in_and_around_the_output_stay(
    old: list[str], new: list[str], strange: dict[str, str], exchanging: bool, keeping: bool
) -> None:
    with _yard(keeping=keeping) as yard:
        yard.fill(old, "old")
        yard.intrude(strange)
        before = sorted(yard._everything())
        with _patched(lambda _, function: function, exchanging=exchanging):
            try:
                outcome = yard.fill(new, "new")
            except InTheWay as found:
                assert found.paths
                assert sorted(yard._everything()) == before  # nothing was done at all
            else:
                assert yard.holds(new, "new")
                stale = set(old) - set(new)
                assert not [
                    p for p in stale if (yard.site / p).is_file() and yard.holds([p], "old")
                ]
                assert all(os.path.lexists(yard.site / path) for path in outcome.left)
                assert outcome.kept is None
        assert yard.forgotten() == set()
        assert yard.outside_is_safe()


@LAWS
@given(
    old=trees(),
    new=trees(),
    strange=strangers(),
    exchanging=st.booleans(),
    keeping=st.booleans(),
    step=st.integers(0, MOMENTS),
    again=st.booleans(),
)
def test_a_run_killed_at_any_moment_loses_nothing(
    old: list[str],
    new: list[str],
    strange: dict[str, str],
    exchanging: bool,
    keeping: bool,
    step: int,
    again: bool,
) -> None:
    with _yard(keeping=keeping) as yard:
        yard.fill(old, "old")
        yard.intrude(strange)
        with dying_at(step, exchanging=exchanging), suppress(Died, InTheWay):
            yard.fill(new, "new")
        assert yard.forgotten() == set()
        if again:  # the run that tidies up dies as well
            with dying_at(step // 2, exchanging=exchanging), suppress(Died):
                yard.place.recover()
            assert yard.forgotten() == set()
        yard.place.recover()
        assert yard.forgotten() == set()
        assert yard.outside_is_safe()
        changed = set(strange) & {f"site/{path}" for path in (*old, *new)}
        assert changed or yard.holds(new, "new") or yard.holds(old, "old")
        record = read_release(yard.site)
        assert record is not None and record.whole and record.displaced is None


@LAWS
@given(
    old=trees(),
    new=trees(),
    strange=strangers(),
    exchanging=st.booleans(),
    keeping=st.booleans(),
    step=st.integers(4, MOMENTS),
    whole_folder=st.booleans(),
)
def test_what_comes_while_a_run_is_at_work_stays(
    old: list[str],
    new: list[str],
    strange: dict[str, str],
    exchanging: bool,
    keeping: bool,
    step: int,
    whole_folder: bool,
) -> None:
    with _yard(keeping=keeping) as yard:
        yard.fill(old, "old")

        def somebody_comes() -> None:
            if whole_folder and yard.site.is_dir():
                os.rename(yard.site, yard.root / "elsewhere")  # noqa: PTH104 - Path is watched
                os.mkdir(yard.site)  # noqa: PTH102
            yard.intrude(strange)
            asides = [  # the folder that was swapped out, not the one that is being filled
                at
                for at in yard.site.parent.glob(".site.*")
                if (record := read_release(at)) and record.whole and not record.displaced
            ]
            yard.intrude({f"{at.name}/{path}": "file" for at in asides for path in (*old, "mine")})

        with (
            # Between the last look at a file and its deletion lie microseconds, which nothing can close.
            interrupted_at(step, somebody_comes, exchanging=exchanging, but_before=("remove",)),
            suppress(InTheWay, OSError),
        ):
            yard.fill(new, "new")
        assert yard.forgotten() == set()
        yard.place.recover()
        assert yard.forgotten() == set()
        assert yard.outside_is_safe()


@LAWS
@given(old=trees(), new=trees(), strange=strangers(), step=st.integers(0, MOMENTS))
def test_a_site_of_before_there_were_records_is_moved_aside(
    old: list[str], new: list[str], strange: dict[str, str], step: int
) -> None:
    with _yard() as yard:
        old = [path for path in old if _fits({OLD_MARK: None}, path)]
        yard.fill([*old, OLD_MARK], "old")
        (yard.site / RECORD).unlink()
        yard.intrude({path: kind for path, kind in strange.items() if path != f"site/{OLD_MARK}"})
        with dying_at(step, exchanging=True), suppress(Died):
            yard.fill(new, "new")
        yard.place.recover()
        yard.fill(new, "new")
        assert yard.holds(new, "new")
        assert yard.forgotten() == set()


def test_a_dead_run_is_really_cut_off_everywhere() -> None:
    """The law above kills at up to so many changes of the disk; a run makes some seventy."""
    with _yard(keeping=False) as yard:
        files = [f"{name}/index.html" for name in "abcdefgh"]
        yard.fill(files, "old")
        with dying_at(10_000, exchanging=False) as done:
            yard.fill(files, "new")
        assert 20 < len(done) < MOMENTS
        assert set(CHANGES) <= set(done)


@pytest.mark.parametrize("keeping", [True, False])
@pytest.mark.parametrize("exchanging", [True, False])
def test_a_kill_before_each_single_change(exchanging: bool, keeping: bool) -> None:
    files = ["index.html", "clam/index.html"]
    for step in range(MOMENTS):
        with _yard(keeping=keeping) as yard:
            yard.fill([*files, "gone/index.html"], "old")
            (yard.site / "clam/notes.txt").write_text("mine")
            (yard.site / "own").mkdir()
            (yard.site / "own/thesis.docx").write_text("mine too")
            with dying_at(step, exchanging=exchanging) as done:
                try:
                    yard.fill(files, "new")
                except Died:
                    if exchanging:  # not even for a moment is there no site
                        assert yard.holds(files, "old") or yard.holds(files, "new")
            yard.place.recover()
            assert yard.holds(files, "old") or yard.holds(files, "new")
            assert (yard.site / "clam/notes.txt").read_text() == "mine"
            assert (yard.site / "own/thesis.docx").read_text() == "mine too"
            assert {at.name for at in yard.site.parent.iterdir()} == {"site"}
        if "interrupted" not in done:
            break  # it came to its end, and so would all later ones
    assert step > 20


@pytest.mark.parametrize("keeping", [True, False])
@pytest.mark.parametrize("exchanging", [True, False])
@pytest.mark.parametrize("whole_folder", [True, False])
def test_somebody_comes_before_each_single_change(
    exchanging: bool, whole_folder: bool, keeping: bool
) -> None:
    files = ["index.html", "clam/index.html"]
    for step in range(MOMENTS):
        with _yard(keeping=keeping) as yard:
            yard.fill([*files, "gone/index.html"], "old")
            yard.intrude({"site/own/thesis.docx": "file", "site/clam/notes.txt": "file"})

            def somebody_comes(yard: Yard = yard) -> None:
                if whole_folder and yard.site.is_dir():
                    os.rename(yard.site, yard.root / "elsewhere")  # noqa: PTH104 - Path is watched
                    os.mkdir(yard.site)  # noqa: PTH102
                for at in (yard.site, *yard.site.parent.glob(".site.*")):
                    record = read_release(at)
                    if at == yard.site or (record and record.whole and not record.displaced):
                        names = ("gone/index.html", "clam/notes.txt", "own/thesis.docx", "new.txt")
                        room = [n for n in names if not os.path.lexists(at / n) or n[0] == "g"]
                        yard.intrude({f"{at.name}/{name}": "file" for name in room})

            with (
                interrupted_at(
                    step, somebody_comes, exchanging=exchanging, but_before=("remove",)
                ) as done,
                suppress(InTheWay, OSError),
            ):
                yard.fill(files, "new")
            assert yard.forgotten() == set()
            yard.place.recover()
            assert yard.forgotten() == set()
        if "interrupted" not in done:
            break
    assert step > 20


# Readers


def _all_there(folder: int) -> bool:
    """Whether a folder that is held open has every file that its record names."""

    def opened(name: str, flags: int) -> int:
        return os.open(name, flags, dir_fd=folder)

    try:
        with open(RECORD, opener=opened) as record:
            names = json.load(record)["kept"]["files"]
        return all(stat.S_ISREG(os.stat(name, dir_fd=folder).st_mode) for name in names)
    except FileNotFoundError:
        return False


def _watched(yard: Yard, look: Callable[[], None]) -> AbstractContextManager[None]:
    """Look before and after each single change of the disk."""

    def counted(_: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def call(*words: Any, **more: Any) -> Any:
            look()
            answer = function(*words, **more)
            look()
            return answer

        return call

    return _patched(counted, exchanging=True)


def test_whoever_opens_the_site_at_any_moment_finds_all_its_files() -> None:
    looks = 0
    with _yard() as yard:
        yard.fill(["index.html", "page-0.html"], "site 0")
        yard.intrude({"site/own.txt": "file"})

        def look() -> None:
            nonlocal looks
            folder = os.open(yard.site, os.O_RDONLY)
            assert _all_there(folder)
            os.close(folder)
            looks += 1

        with _watched(yard, look):
            for number in range(1, KEPT + 3):
                yard.fill(["index.html", f"page-{number}.html"], f"site {number}")
            yard.place.put_back(_kept(yard)[1][1])
            yard.fill(["index.html"], "the same")
            yard.fill(["index.html"], "the same")
    assert looks > 200


def test_whoever_has_opened_the_site_can_read_it_until_four_others_have_followed() -> None:
    with _yard() as yard:
        yard.fill(["index.html", "page.html"], "site 0")
        folder = os.open(yard.site, os.O_RDONLY)

        def look() -> None:
            assert _all_there(folder)

        with _watched(yard, look):
            for number in range(1, KEPT + 1):
                yard.fill(["index.html"], f"site {number}")
        yard.fill(["index.html"], "one more")
        assert not _all_there(folder)  # a look that lasts as long says nothing of what is served
        assert not os.path.samestat(os.fstat(folder), yard.site.stat())
        os.close(folder)


# The way back


def test_the_last_sites_are_kept_and_any_of_them_can_stand_there_again() -> None:
    with _yard() as yard:
        for number in range(6):
            yard.fill(["index.html", f"page-{number}.html"], f"site {number}")
        yard.intrude({"site/own.txt": "file"})
        kept = _kept(yard)
        assert [words for words, _ in kept] == ["site 4", "site 3", "site 2"]
        yard.place.put_back(kept[1][1])
        assert yard.holds(["index.html", "page-3.html"], "site 3")
        assert not (yard.site / "page-5.html").exists()
        assert yard.forgotten() == set()
        assert [words for words, _ in _kept(yard)] == ["site 5", "site 4", "site 2"]
        yard.place.put_back(_kept(yard)[0][1])
        assert yard.holds(["index.html", "page-5.html"], "site 5")
        assert [words for words, _ in _kept(yard)] == ["site 3", "site 4", "site 2"]


def _kept(yard: Yard) -> list[tuple[str, str]]:
    """The words of each kept site, and its digest."""
    assert yard.place.releases is not None
    found = yard.place.releases.all()
    assert len(found) <= KEPT
    return [
        ((kept.folder / "index.html").read_text().removesuffix(" index.html"), kept.release.digest)
        for kept in found
    ]


def test_the_same_site_twice_is_kept_once() -> None:
    with _yard() as yard:
        for words in ("one", "two", "two", "one", "two"):
            yard.fill(["index.html"], words)
        assert [words for words, _ in _kept(yard)] == ["one"]


def test_a_kept_site_that_was_changed_is_not_put_back() -> None:
    with _yard() as yard:
        yard.fill(["index.html"], "one")
        yard.fill(["index.html"], "two")
        (_, digest), *_ = _kept(yard)
        (page,) = (yard.root / "releases").glob("*/index.html")
        page.write_text("ono index.html")
        with pytest.raises(NotWhole):
            yard.place.put_back(digest)
        with pytest.raises(LookupError):
            yard.place.put_back("f" * 64)
        assert yard.holds(["index.html"], "two")
        assert {at.name for at in yard.site.parent.iterdir()} == {"site"}


def test_somebodys_file_in_a_kept_site_stays_when_that_site_goes() -> None:
    with _yard() as yard:
        yard.fill(["index.html"], "site 0")
        yard.fill(["index.html"], "site 1")
        (folder,) = (yard.root / "releases").iterdir()
        (folder / "thesis.docx").write_text("mine")
        for number in range(2, 8):
            yard.fill(["index.html"], f"site {number}")
        assert [path.name for path in folder.iterdir()] == ["thesis.docx"]


def test_large_files_of_kept_sites_lie_on_the_disk_once() -> None:
    with _yard() as yard:
        for number in range(4):
            yard.place.recover()
            with yard.place.workshop() as made:
                (made / "film.mp4").write_bytes(b"film" * 100_000)
                (made / "index.html").write_text(f"{number}")
                yard.place.put(made, {})
        films = {path.stat().st_ino for path in yard.root.rglob("film.mp4")}
        pages = {path.stat().st_ino for path in yard.root.rglob("index.html")}
        assert (len(films), len(pages)) == (1, 4)
        yard.place.put_back(_kept(yard)[0][1])
        assert {path.stat().st_ino for path in yard.root.rglob("film.mp4")} == films


def test_a_kill_before_each_single_change_while_a_site_is_put_back() -> None:
    files = ["index.html", "clam/index.html"]
    for step in range(MOMENTS):
        with _yard() as yard:
            yard.fill(files, "old")
            yard.fill(files, "new")
            yard.intrude({"site/own.txt": "file"})
            (_, digest), *_ = _kept(yard)
            with dying_at(step, exchanging=True) as done, suppress(Died):
                yard.place.put_back(digest)
            assert yard.holds(files, "old") or yard.holds(files, "new")
            yard.place.recover()
            assert yard.holds(files, "old") or yard.holds(files, "new")
            assert yard.forgotten() == set()
        if "interrupted" not in done:
            break
    assert step > 20


def test_a_large_file_that_stays_is_the_same_file_and_made_anew_when_asked() -> None:
    with _yard() as yard:
        seen = []
        for number, afresh in enumerate((False, False, False, True)):
            yard.place.recover()
            with yard.place.workshop() as made:
                (made / "film.mp4").write_bytes(b"film" * 100_000)
                (made / "index.html").write_text(f"{number}")
                yard.place.put(made, {}, afresh=afresh)
            seen.append((yard.site / "film.mp4").stat().st_ino)
            (yard.site / "index.html").chmod(0o644)
        assert len(set(seen[:3])) == 1
        assert seen[3] != seen[0]
        (yard.site / "film.mp4").write_bytes(b"mine" * 100_000)  # in place, by somebody
        with yard.place.workshop() as made:
            (made / "index.html").write_text("5")
            (made / "film.mp4").write_bytes(b"film" * 100_000)
            with pytest.raises(InTheWay):
                yard.place.put(made, {})


def test_a_site_on_another_disk_is_kept_by_a_copy() -> None:
    def move(one: Path, to: Path) -> None:
        if to.parent.name == "releases" and one.parent.name != "releases":
            raise OSError(errno.EXDEV, "another disk")
        really(one, to)

    really = disk.move
    with _yard() as yard, mock.patch.object(disk, "move", move):
        for number in range(5):
            yard.fill(["index.html", "a/index.html"], f"site {number}")
        assert [words for words, _ in _kept(yard)] == ["site 3", "site 2", "site 1"]
        yard.place.put_back(_kept(yard)[1][1])
        assert yard.holds(["index.html", "a/index.html"], "site 2")
        assert {at.name for at in yard.site.parent.iterdir()} == {"site"}
        assert len(list((yard.root / "releases").iterdir())) == KEPT
