"""A folder that a web server gives to readers, and a zip file."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import time
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest

from kinopress.problems import ExitCode, Refusal
from kinopress.publish.hosts.archive import Archive
from kinopress.publish.hosts.folder import Folder
from kinopress.publish.limits import NO_LIMITS
from kinopress.publish.plan import KEPT_FOR, plan_publication
from kinopress.publish.target import HostError
from kinopress.system import disk
from publish.hosts import BEGINNING, live, local_site, put_back, quiet, run, site


def there(folder: Path) -> dict[str, bytes]:
    """What readers can fetch."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name not in {"release.json", ".kinopress-release.json"}
    }


def test_the_folder_has_the_release_and_late_deletions_keep_their_word(tmp_path: Path) -> None:
    web = tmp_path / "web"
    run(Folder(web), local_site(tmp_path / "1", site(1)))
    assert there(web) == site(1)
    run(Folder(web), local_site(tmp_path / "2", site(2, pages=1)), BEGINNING + timedelta(hours=1))
    first_film = next(path for path in site(1) if path not in site(2))
    assert there(web) == {**site(2, pages=1), first_film: site(1)[first_film]}
    later = BEGINNING + KEPT_FOR + timedelta(hours=2)
    for version in (3, 4):
        run(Folder(web), local_site(tmp_path / str(version), site(version)), later)
    assert first_film not in there(web)
    assert run(Folder(web), local_site(tmp_path / "4", site(4)), later).nothing_to_do


def test_an_earlier_release_is_put_back_without_sending_anything(tmp_path: Path) -> None:
    web = tmp_path / "web"
    for version in (1, 2, 3):
        run(Folder(web), local_site(tmp_path / str(version), site(version)))
    put_back(Folder(web))
    assert there(web)["index.html"] == b"version 2"
    put_back(Folder(web), 2)
    assert there(web)["index.html"] == b"version 1"
    put_back(Folder(web))
    assert there(web)["index.html"] == b"version 2"
    assert {path: there(web).get(path) for path in site(2)} == site(2)
    assert [e.id for e in live(Folder(web)).editions] == [
        local_site(tmp_path / str(n), site(n)).id for n in (2, 1, 3)
    ]


def test_what_is_cleared_is_nowhere_any_more(tmp_path: Path) -> None:
    web = tmp_path / "web"
    run(Folder(web), local_site(tmp_path / "1", site(1)))
    run(Folder(web), local_site(tmp_path / "2", site(2)))
    film = next(path for path in site(1) if path not in site(2)).split("/")[1]
    around = [path for path in tmp_path.rglob(film) if path.parts[-3] != "1"]
    assert len(around) == 2  # for pages that are open, and for the way back
    run(Folder(web), local_site(tmp_path / "2", site(2)), clear=True)
    assert [path for path in tmp_path.rglob(film) if path.parts[-3] != "1"] == []
    assert len(live(Folder(web)).editions) == 1


def test_what_somebody_deleted_comes_back_and_what_somebody_added_stays(tmp_path: Path) -> None:
    web, local = tmp_path / "web", local_site(tmp_path / "1", site(1))
    run(Folder(web), local)
    (web / "page-1/index.html").unlink()
    (web / ".htaccess").write_text("own")
    assert run(Folder(web), local).returned == ("page-1/index.html",)
    run(Folder(web), local_site(tmp_path / "2", site(2)))
    assert (web / ".htaccess").read_text() == "own"
    assert there(web)["page-1/index.html"] == b"version 2, page 1"


def test_a_page_changed_by_hand_on_the_host_is_named_and_nothing_is_done(tmp_path: Path) -> None:
    web = tmp_path / "web"
    run(Folder(web), local_site(tmp_path / "1", site(1)))
    (web / "page-1/index.html").write_text("version X")
    before = there(web)
    with pytest.raises(HostError) as found:
        run(Folder(web), local_site(tmp_path / "2", site(2)))
    assert "has been changed since it was published" in found.value.what
    assert found.value.in_the_way == "page-1/index.html"
    assert there(web) == before


def test_a_page_changed_by_hand_is_known_before_anything_is_sent(tmp_path: Path) -> None:
    web = tmp_path / "web"
    local = local_site(tmp_path / "1", site(1))
    run(Folder(web), local)
    os.utime(web / "page-2/index.html")  # looked at and saved as it was
    for words in ("version X", "version 1, page X"):  # another size, the same size
        (web / "page-1/index.html").write_text(words)
        target = Folder(web)
        with target.lock():
            host = target.read_record()
            plan = plan_publication(local, host, target.holdings(host, local), BEGINNING)
        assert plan.changed == ("page-1/index.html",)
        assert not plan.nothing_to_do


@pytest.mark.parametrize(
    ("size", "how"),
    [(1, "kinopress.system.disk._copy_small"), (2_000_000, "shutil.copyfile")],
)
def test_a_copy_onto_a_full_disk_names_what_was_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int, how: str
) -> None:
    source, target = tmp_path / "a", tmp_path / "b"
    source.write_bytes(b"x" * size)

    def full(one: Path, to: Path) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", str(one), None, str(to))

    monkeypatch.setattr(how, full)
    with pytest.raises(OSError, match="No space") as found:
        disk.copy(source, target)
    assert found.value.filename == str(target)


def test_a_full_disk_leaves_the_release_before_and_the_next_run_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    web = tmp_path / "web"
    run(Folder(web), local_site(tmp_path / "1", site(1)))
    copied = []
    really = disk.copy

    def full(source: Path, target: Path) -> None:
        copied.append(source)
        if len(copied) == 3:
            raise OSError(errno.ENOSPC, "No space left on device", str(target))
        really(source, target)

    monkeypatch.setattr(disk, "copy", full)
    local = local_site(tmp_path / "2", site(2))
    with pytest.raises(OSError, match="No space"):
        run(Folder(web), local)
    assert there(web)["index.html"] == b"version 1"
    monkeypatch.setattr(disk, "copy", really)
    target = Folder(web)
    with target.lock():
        host = target.read_record()
        plan = plan_publication(local, host, target.holdings(host, local), BEGINNING)
        told: list[bool] = []
        target.send(plan, local, lambda _, sent: told.append(sent))
        target.switch(plan, local, quiet)
    assert told.count(False) == 1  # the film, which was there when the disk was full
    assert there(web)["index.html"] == b"version 2"
    assert {path.name for path in tmp_path.iterdir() if path.name.endswith(".incoming")} == set()


def test_two_publishers_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kinopress.system.lock._POLL_S", 0.01)
    web = tmp_path / "web"
    with Folder(web).lock(), pytest.raises(Refusal) as found:
        monkeypatch.setattr(time, "monotonic", iter(range(0, 10_000, 60)).__next__)
        with Folder(web).lock():
            pass
    assert found.value.exit_code == ExitCode.BUSY


def test_the_folder_that_a_build_fills_is_not_published_to(tmp_path: Path) -> None:
    web = tmp_path / "web"
    web.mkdir()
    (web / ".kinopress-release.json").write_text(
        '{"version": 1, "made_for": "abc", "whole": true, "displaced": null, "files": {}}'
    )
    with pytest.raises(HostError, match="fills this folder itself"):
        run(Folder(web), local_site(tmp_path / "1", site(1)))


_RUN = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[4])
from publish.hosts import local_site, run, site
from kinopress.publish.hosts.folder import Folder
version = int(sys.argv[3])
local = local_site(Path(sys.argv[2]) / str(version), site(version, pages=20))
print("begun", flush=True)
run(Folder(Path(sys.argv[1])), local)
print("done", flush=True)
"""


def killed_after(seconds: float | None, web: Path, version: int) -> float:
    """Publish in a process of its own, and kill it; answers how long it took from its beginning on."""
    tests = Path(__file__).parents[1]
    process = subprocess.Popen(
        [sys.executable, "-c", _RUN, str(web), str(web.parent), str(version), str(tests)],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    with process:
        assert process.stdout.readline() == "begun\n"
        begun = time.monotonic()
        if seconds is not None:
            time.sleep(seconds)
            process.send_signal(signal.SIGKILL)
            return seconds
        assert process.stdout.readline() == "done\n"
        return time.monotonic() - begun


@pytest.mark.skipif(sys.platform == "win32", reason="there a folder is swapped in two steps")
def test_a_run_that_is_killed_leaves_one_whole_release(tmp_path: Path) -> None:
    kills = int(os.environ.get("KINOPRESS_PUBLISH_KILLS", "5"))
    web = tmp_path / "web"
    took_s = killed_after(None, web, 0)
    whole = {str(n): site(n, pages=20) for n in range(kills + 1)}
    for kill in range(1, kills + 1):
        killed_after(took_s * kill / kills, web, kill)
        found = there(web)
        version = found["index.html"].decode().removeprefix("version ")
        assert {path: found.get(path) for path in whole[version]} == whole[version]
        assert live(Folder(web)).id == local_site(tmp_path / version, whole[version]).id
    run(Folder(web), local_site(tmp_path / "last", site(99)))
    assert {path: there(web).get(path) for path in site(99)} == site(99)


def test_a_zip_has_the_whole_site_and_the_same_site_is_the_same_zip(tmp_path: Path) -> None:
    local = local_site(tmp_path / "1", site(1))
    for name in ("one.zip", "two.zip"):
        run(Archive(tmp_path / name, NO_LIMITS), local)
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "one.zip") as packed:
        assert packed.testzip() is None
        found = {name: packed.read(name) for name in packed.namelist()}
    assert found.pop("release.json")
    assert found == site(1)
    assert run(Archive(tmp_path / "one.zip", NO_LIMITS), local).nothing_to_do
    run(Archive(tmp_path / "one.zip", NO_LIMITS), local_site(tmp_path / "2", site(2)))
    with zipfile.ZipFile(tmp_path / "one.zip") as packed:
        assert set(packed.namelist()) == {*site(2), "release.json"}


@pytest.mark.parametrize(
    ("name", "flags"), [("photo.jpg", 0), ("release.json", 1)], ids=["photos", "with-a-password"]
)
def test_a_zip_that_is_not_ours_is_left_alone(tmp_path: Path, name: str, flags: int) -> None:
    local = local_site(tmp_path / "1", site(1))
    with zipfile.ZipFile(tmp_path / "photos.zip", "w") as packed:
        packed.writestr(name, b"mine")
        packed.getinfo(name).flag_bits |= flags
    before = (tmp_path / "photos.zip").read_bytes()
    with pytest.raises(HostError, match="not a zip file that Kinopress made"):
        run(Archive(tmp_path / "photos.zip", NO_LIMITS), local)
    assert (tmp_path / "photos.zip").read_bytes() == before
