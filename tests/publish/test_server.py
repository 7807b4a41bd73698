"""Publishing to a folder on a server, against a real sshd and rsync on this computer."""

from __future__ import annotations

import getpass
import json
import os
import pwd
import shlex
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from kinopress.content.model.settings import PublishTo
from kinopress.project.live.places import target_of
from kinopress.publish.hosts import server as hosts_server
from kinopress.publish.hosts import ssh
from kinopress.publish.hosts.direct import Direct
from kinopress.publish.hosts.server import LOCK, LinkedFolder, RealFolder, server_target
from kinopress.publish.hosts.server import _script as server_script
from kinopress.publish.hosts.ssh import Server
from kinopress.publish.limits import NO_LIMITS
from kinopress.publish.plan import Holdings, LocalRelease, Step, plan_publication
from kinopress.publish.record import NAME
from kinopress.publish.target import Beside, HostError
from kinopress.system.process import Answer, ask
from publish import servers
from publish.hosts import BEGINNING, local_site, quiet, run
from publish.servers import Sshd
from support.command import HANGS_S
from support.ports import quiet_port

FILM = "media/0123456789abcdef/hip circles é+%.mp4"


@pytest.fixture(scope="module")
def sshd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sshd]:
    """An sshd of our own, with keys of its own, that knows nobody else."""
    with servers.sshd(tmp_path_factory.mktemp("sshd")) as running:
        yield running


def _server(sshd: Sshd, folder: Path) -> Server:
    return Server(f"{getpass.getuser()}@127.0.0.1", str(folder), sshd.port, sshd.options)


@pytest.fixture(params=["link", "real"])
def site(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """Where the web server looks: not there yet, or a real folder with a file of its owner."""
    there = tmp_path / "the web's" / "public html"
    there.parent.mkdir()
    if request.param == "real":
        there.mkdir()
        (there / ".htaccess").write_text("hers")
    return there


def _pages(site: Path) -> dict[str, str]:
    return {
        path.relative_to(site).as_posix(): path.read_text()
        for path in sorted(site.rglob("*"))
        if path.is_file() and path.name not in {NAME, ".htaccess"}
    }


def _release(folder: Path, **texts: str) -> LocalRelease:
    return local_site(folder, {path: text.encode() for path, text in texts.items()})


def test_a_release_is_live_and_the_next_one_takes_its_place(
    sshd: Sshd, site: Path, tmp_path: Path
) -> None:
    server = _server(sshd, site)
    first = {"index.html": "home", "old/index.html": "old", FILM: "film", "a/b/c.txt": "deep"}
    run(server_target(server), _release(tmp_path / "1", **first))
    assert _pages(site) == first
    assert (site / "index.html").stat().st_mode & 0o777 == 0o644

    second = {"index.html": "home, again", FILM: "film", "new.html": "new"}
    told: list[str] = []
    run(
        server_target(server),
        _release(tmp_path / "2", **second),
        BEGINNING + timedelta(days=8),
        lambda step, sent: told.append(step.path),
    )
    assert told == ["new.html", "index.html"]
    assert {**second, "a/b/c.txt": "deep"} == _pages(site)
    assert run(server_target(server), _release(tmp_path / "2", **second)).nothing_to_do


def test_what_others_put_there_stays(sshd: Sshd, site: Path, tmp_path: Path) -> None:
    server = _server(sshd, site)
    for number in range(6):
        release = _release(
            tmp_path / str(number), **{"index.html": f"{number}", f"p{number}.html": "x"}
        )
        run(server_target(server), release, BEGINNING + timedelta(days=8 * number))
        if number == 0:
            (site / "hers").mkdir()
            (site / "hers" / "wörds\twith a tab.txt").write_text("hers")
    assert (site / "hers" / "wörds\twith a tab.txt").read_text() == "hers"
    assert (site / "index.html").read_text() == "5"
    if site.is_symlink():
        store = site.parent / ".public html.releases"
        assert len([one for one in store.iterdir() if one.is_dir()]) == 3
    else:
        assert (site / ".htaccess").read_text() == "hers"


def test_what_is_beside_releases_goes_at_once_wherever_it_is(
    sshd: Sshd, site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An encrypted page stays while releases come and go, is in no record, and is nowhere once it is taken away."""
    server = _server(sshd, site)
    page = tmp_path / "page"
    paths = ["p/abc/text.bin", "p/abc/index.html"]
    for path in paths:
        (page / path).parent.mkdir(parents=True, exist_ok=True)
        (page / path).write_text("sealed")
    for number in range(3):
        release = _release(tmp_path / str(number), **{"index.html": f"{number}"})
        run(server_target(server), release, BEGINNING + timedelta(days=8 * number))
        if number == 0:
            with (target := server_target(server)).lock():
                assert isinstance(target, Beside)
                target.put_beside(page, paths)
        assert [(site / path).read_text() for path in paths] == ["sealed", "sealed"]
        assert "p/abc" not in (site / NAME).read_text()
    # What rsync leaves when it is killed, beside what is not ours to delete.
    for name in (".text.bin.a1B2c3", ".index.html.Zz9yX0"):
        (site / "p/abc" / name).write_text("half")
    asked: list[str] = []

    def shell(server: Server, script: str, *words: str, stdin: bytes = b"") -> bytes:
        asked.append(script)
        return ssh.shell(server, script, *words, stdin=stdin)

    monkeypatch.setattr(hosts_server, "shell", shell)
    with (target := server_target(server)).lock():
        assert isinstance(target, Beside)
        target.read_record()
        assert target.read_beside(paths[0]) == b"sealed"
        target.remove_beside(paths)
        assert asked.count(server_script("delete")) == 1  # wherever they are, by one connection
        assert target.read_beside(paths[0]) is None
        target.remove_beside(paths)  # it does not matter if one is gone
    assert not [found for found in site.parent.rglob("*") if found.name in {"abc", "text.bin"}]
    assert (site / "index.html").read_text() == "2"
    assert run(server_target(server), release).nothing_to_do


def test_a_name_of_theirs_with_a_line_end_deletes_nothing(sshd: Sshd, tmp_path: Path) -> None:
    site, elsewhere = tmp_path / "site", tmp_path / "elsewhere.txt"
    elsewhere.write_text("hers")
    server = _server(sshd, site)
    for number in range(5):
        local = _release(tmp_path / str(number), **{"index.html": f"{number}"})
        run(server_target(server), local, BEGINNING + timedelta(days=8 * number))
        if number == 0:
            theirs = site / "a\no" / elsewhere.relative_to("/")
            theirs.parent.mkdir(parents=True)
            theirs.write_text("theirs")
    assert elsewhere.read_text() == "hers"
    assert (site / "a\no" / elsewhere.relative_to("/")).read_text() == "theirs"


def test_releases_beside_a_folder_named_from_home_are_deleted_whole(
    sshd: Sshd, tmp_path: Path
) -> None:
    site = tmp_path / "site"
    home = pwd.getpwuid(os.getuid()).pw_dir
    server = replace(_server(sshd, site), folder=os.path.relpath(site, home))
    for number in range(5):
        local = _release(tmp_path / str(number), **{"index.html": f"{number}"})
        run(server_target(server), local, BEGINNING + timedelta(days=8 * number))
    assert (site / "index.html").read_text() == "4"
    assert len(list((tmp_path / ".site.releases").iterdir())) == 3


def test_a_release_that_was_deleted_in_part_is_never_put_back(sshd: Sshd, tmp_path: Path) -> None:
    site, store = tmp_path / "site", tmp_path / ".site.releases"
    server = _server(sshd, site)
    first = _release(tmp_path / "1", **{"index.html": "one", "one.html": "1"})
    run(server_target(server), first)
    run(server_target(server), _release(tmp_path / "2", **{"index.html": "two"}))
    (kept,) = store.glob(f"{first.id}-*")
    half = store / f"{first.id}-00000000.gone"
    shutil.copytree(kept, half)
    (half / "one.html").unlink()
    again = LocalRelease(first.files, None, first.program)
    run(server_target(server), again, BEGINNING + timedelta(minutes=5))
    assert _pages(site) == {"index.html": "one", "one.html": "1"}
    assert not half.exists()


def test_nothing_is_deleted_where_the_folder_is_gone(sshd: Sshd, tmp_path: Path) -> None:
    with pytest.raises(HostError):
        RealFolder(_server(sshd, tmp_path / "gone")).delete(["index.html"])


def test_a_file_deleted_by_hand_comes_back(sshd: Sshd, site: Path, tmp_path: Path) -> None:
    server = _server(sshd, site)
    local = _release(tmp_path / "1", **{"index.html": "home", FILM: "film"})
    run(server_target(server), local)
    (site / FILM).unlink()
    run(server_target(server), local)
    assert (site / FILM).read_text() == "film"


def test_a_run_that_broke_off_leaves_the_release_before(
    sshd: Sshd, site: Path, tmp_path: Path
) -> None:
    server = _server(sshd, site)
    run(server_target(server), _release(tmp_path / "1", **{"index.html": "one"}))
    films = {f"media/{number:016x}/film.mp4": f"film {number}" for number in range(5)}
    local = _release(tmp_path / "2", **{"index.html": "two", **films})

    def breaks(step: Step, sent: bool) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(server_target(server), local, tell=breaks)
    assert (site / "index.html").read_text() == "one"
    run(server_target(server), local)
    assert _pages(site) == {"index.html": "two", **films}


def test_what_was_cleared_does_not_come_back_with_a_run_that_broke_off(
    sshd: Sshd, tmp_path: Path
) -> None:
    site, store = tmp_path / "site", tmp_path / ".site.releases"
    server = _server(sshd, site)
    films = {f"media/{number:016x}/film.mp4": f"film {number}" for number in range(3)}
    run(server_target(server), _release(tmp_path / "1", **{"index.html": "one", FILM: "private"}))
    broken = _release(tmp_path / "2", **{"index.html": "two", **films})
    other = _release(tmp_path / "3", **{"index.html": "three"})

    def breaks(step: Step, sent: bool) -> None:
        raise KeyboardInterrupt

    for local in (broken, other):
        with pytest.raises(KeyboardInterrupt):
            run(server_target(server), local, tell=breaks)
    assert (store / f"{broken.id}.part" / FILM).exists()
    assert (store / f"{other.id}.part" / FILM).exists()
    run(server_target(server), broken, clear=True)
    assert _pages(site) == {"index.html": "two", **films}
    assert list(store.rglob("*.part")) == []


def test_what_a_broken_run_brought_is_cleared_though_nothing_else_has_changed(
    sshd: Sshd, tmp_path: Path
) -> None:
    server, store = _server(sshd, tmp_path / "site"), tmp_path / ".site.releases"
    live = _release(tmp_path / "1", **{"index.html": "one"})
    run(server_target(server), live)

    def breaks(step: Step, sent: bool) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(server_target(server), _release(tmp_path / "2", **{FILM: "private"}), tell=breaks)
    assert list(store.rglob("*.part")) != []
    run(server_target(server), live, clear=True)
    assert list(store.rglob("*.part")) == []
    assert _pages(tmp_path / "site") == {"index.html": "one"}


@pytest.mark.parametrize("foreign", ["hers.txt", "by lines\nit would be two.txt"])
def test_what_was_cleared_before_a_broken_run_is_resumed_stays_away(
    sshd: Sshd, tmp_path: Path, foreign: str
) -> None:
    site, store = tmp_path / "site", tmp_path / ".site.releases"
    server = _server(sshd, site)
    run(server_target(server), _release(tmp_path / "1", **{"index.html": "one", FILM: "private"}))
    broken = _release(tmp_path / "2", **{"index.html": "two", "a.html": "a"})

    def breaks(step: Step, sent: bool) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(server_target(server), broken, tell=breaks)
    aside = tmp_path / "aside"
    shutil.copytree(store / f"{broken.id}.part", aside)
    run(server_target(server), _release(tmp_path / "3", **{"index.html": "three"}), clear=True)
    shutil.copytree(aside, store / f"{broken.id}.part")  # as if a run had gone on meanwhile
    (store / f"{broken.id}.part" / foreign).write_text("gone since")
    run(server_target(server), broken)
    assert _pages(site) == {"index.html": "two", "a.html": "a"}


def test_an_earlier_release_is_put_back_without_sending_it(sshd: Sshd, tmp_path: Path) -> None:
    site = tmp_path / "site"
    server = _server(sshd, site)
    first = _release(tmp_path / "1", **{"index.html": "one", FILM: "film", "one.html": "1"})
    run(server_target(server), first)
    run(server_target(server), _release(tmp_path / "2", **{"index.html": "two"}))
    again = LocalRelease(first.files, None, first.program)
    plan = run(server_target(server), again, BEGINNING + timedelta(minutes=5))
    assert plan.sends_bytes == 0
    assert _pages(site) == {"index.html": "one", FILM: "film", "one.html": "1"}


def test_of_two_who_publish_at_once_one_is_told(sshd: Sshd, tmp_path: Path) -> None:
    site = tmp_path / "site"
    server = _server(sshd, site)
    run(server_target(server), _release(tmp_path / "0", **{"index.html": "before"}))
    locals_ = [
        _release(tmp_path / f"{n}", **{"index.html": f"{n} all", "two.html": f"{n} all"})
        for n in (1, 2)
    ]
    ready = threading.Barrier(2, timeout=HANGS_S)
    refused = []

    def one_publishes(local: LocalRelease) -> None:
        once: list[int] = []

        def waits(step: Step, sent: bool) -> None:
            if not once:
                once.append(1)
                ready.wait()

        try:
            run(LinkedFolder(server), local, BEGINNING + timedelta(days=1), waits)
        except HostError as error:
            assert error.busy, error.what
            refused.append(error)

    threads = [threading.Thread(target=one_publishes, args=(local,)) for local in locals_]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert len(refused) == 1
    assert (site / "index.html").read_text() == (site / "two.html").read_text()


def test_a_real_folder_takes_one_publisher_at_a_time(sshd: Sshd, tmp_path: Path) -> None:
    site = tmp_path / "site"
    site.mkdir()
    (site / "hers.txt").write_text("hers")
    server = _server(sshd, site)
    one, two = server_target(server), server_target(server)
    assert isinstance(one, Direct)
    with one.lock():
        with pytest.raises(HostError) as refused, two.lock():
            pytest.fail("two publishers at once")
        assert refused.value.busy
    (site / LOCK).mkdir()
    os.utime(site / LOCK, (1, 1))
    with two.lock():
        pass
    assert not (site / LOCK).exists()


def _wait_until(holds: Callable[[], bool]) -> None:
    until = time.monotonic() + HANGS_S
    while not holds():
        assert time.monotonic() < until
        time.sleep(0.02)


def test_a_lock_stays_ours_however_long_one_film_takes(sshd: Sshd, tmp_path: Path) -> None:
    store = RealFolder(_server(sshd, tmp_path), beat_s=0.05)
    with store.lock():
        os.utime(tmp_path / LOCK, (1, 1))
        _wait_until(lambda: (tmp_path / LOCK).stat().st_mtime > 1)
        with pytest.raises(HostError), RealFolder(_server(sshd, tmp_path)).lock():
            pytest.fail("two publishers at once")


def test_whoever_lost_the_lock_sends_nothing_more_and_leaves_it(sshd: Sshd, tmp_path: Path) -> None:
    site = tmp_path / "site"
    site.mkdir()
    local = _release(tmp_path / "1", **{"index.html": "home"})
    store, other = RealFolder(_server(sshd, site)), RealFolder(_server(sshd, site))
    target = Direct(store, NO_LIMITS)
    with ExitStack() as held, pytest.raises(HostError) as refused, target.lock():
        plan = plan_publication(local, None, target.holdings(None, local), BEGINNING)
        os.utime(site / LOCK, (1, 1))  # this computer slept
        held.enter_context(other.lock())
        target.send(plan, local, quiet)
    assert refused.value.busy
    assert _pages(site) == {}


def test_what_is_being_sent_ends_when_the_lock_is_lost(
    sshd: Sshd, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "bin" / "rsync"
    program.parent.mkdir()
    program.write_text('#!/bin/sh\ntouch "$0.runs"\nexec sleep 600\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:{os.environ['PATH']}")
    monkeypatch.setattr(ssh, "_rsync_version", lambda: (3, 2, 7))
    site = tmp_path / "site"
    site.mkdir()
    local = _release(tmp_path / "1", **{"index.html": "home"})
    store = RealFolder(_server(sshd, site), beat_s=0.05)
    plan = plan_publication(local, None, Holdings({}), BEGINNING)

    def takes_it() -> None:
        _wait_until(program.with_name("rsync.runs").exists)
        (site / LOCK / "owner").write_text("somebody else\n")

    taking = threading.Thread(target=takes_it)
    with store.lock():
        taking.start()
        with pytest.raises(HostError) as refused:
            store.put(plan.steps, tmp_path / "1", quiet)
        taking.join()
    assert refused.value.busy
    assert (site / LOCK / "owner").read_text() == "somebody else\n"


@pytest.mark.parametrize(
    ("login", "said"),
    [
        ("nobody-of-that-name@127.0.0.1", "did not accept this computer’s ssh key"),
        ("name@no-such-host.invalid", "there is no server of this name"),
    ],
)
def test_a_server_that_refuses_is_put_in_words(
    sshd: Sshd, tmp_path: Path, login: str, said: str
) -> None:
    with pytest.raises(HostError) as refused:
        server_target(Server(login, str(tmp_path / "site"), sshd.port, sshd.options))
    assert said in refused.value.what


def test_a_server_that_is_not_there_is_put_in_words(sshd: Sshd, tmp_path: Path) -> None:
    with pytest.raises(HostError) as refused:
        server_target(Server("127.0.0.1", str(tmp_path / "site"), quiet_port(), sshd.options))
    assert refused.value.what == "the server does not answer"


def test_a_folder_in_the_login_s_home_may_be_written_with_a_tilde(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    asked: list[Server] = []
    monkeypatch.setattr(
        "kinopress.publish.hosts.server.server_target", lambda server, limits: asked.append(server)
    )
    target_of(PublishTo("web", 1, server="jen@example.org:~/hips/site"), tmp_path)
    assert asked == [Server("jen@example.org", "hips/site")]


def test_a_file_in_the_place_of_the_folder_is_named(sshd: Sshd, tmp_path: Path) -> None:
    (tmp_path / "site").write_text("hers")
    with pytest.raises(HostError) as refused:
        server_target(_server(sshd, tmp_path / "site"))
    assert refused.value.what == "a file is where the folder of the site should be"


def test_a_login_that_prints_a_greeting_is_read_past(
    sshd: Sshd, site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def greeted(argv: Sequence[str], **how: Any) -> Answer:
        answer = ask(argv, **how)
        if argv[0] != "ssh":
            return answer
        return replace(answer, stdout=b"Welcome, jen!\nlink " + answer.stdout)

    monkeypatch.setattr(ssh, "ask", greeted)
    server = _server(sshd, site)
    for number in range(2):
        local = _release(tmp_path / str(number), **{"index.html": f"{number}"})
        run(server_target(server), local, BEGINNING + timedelta(days=number))
    assert _pages(site) == {"index.html": "1"}
    assert site.is_symlink() != (site / ".htaccess").exists()


@pytest.mark.parametrize("said", [b"", b"This account has no shell.\n", b"kinopress begins\nhm\n"])
def test_an_answer_that_is_not_understood_is_put_in_words(
    said: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ssh, "ask", lambda argv, **how: Answer(0, said, ""))
    with pytest.raises(HostError) as refused:
        server_target(Server("127.0.0.1", str(tmp_path / "site")))
    assert "answered with something else" in refused.value.what


def test_a_greeting_that_rsync_stumbles_over_is_put_in_words() -> None:
    said = "protocol version mismatch -- is your shell clean?\n"
    found = ssh.in_words(Server("127.0.0.1", "site"), Answer(2, b"", said))
    assert found.what == "the login prints a greeting, and rsync takes it for an answer"


def test_why_the_link_cannot_be_moved_is_said(
    sshd: Sshd, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "bin" / "mv"
    program.parent.mkdir()
    program.write_text(
        "#!/bin/sh\ncase $1 in\n-fT) echo 'mv: Permission denied' >&2; exit 1 ;;\n"
        "-fh) echo 'mv: invalid option' >&2; exit 1 ;;\nesac\nexec /bin/mv \"$@\"\n"
    )
    program.chmod(0o755)
    script = f"PATH={program.parent}:$PATH\n{server_script('switch')}"
    monkeypatch.setattr(
        "kinopress.publish.hosts.server._script",
        lambda name: script if name == "switch" else server_script(name),
    )
    site = tmp_path / "site"
    local = _release(tmp_path / "1", **{"index.html": "one"})
    with pytest.raises(HostError) as refused:
        run(server_target(_server(sshd, site)), local)
    assert refused.value.what == "this login may not write there"
    assert [one.name for one in (tmp_path / ".site.releases").glob("*-*")] == []


def test_an_older_rsync_keeps_a_folder_with_a_space_whole(
    sshd: Sshd, site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Sequence[str]] = []

    def heard(argv: Sequence[str], **how: Any) -> Answer:
        if argv[0] == "rsync":
            how["env"] = {**how["env"], "RSYNC_OLD_ARGS": "1"}  # as it was before 3.2.4
        asked.append(argv)
        return ask(argv, **how)

    monkeypatch.setattr(ssh, "ask", heard)
    monkeypatch.setattr(ssh, "_rsync_version", lambda: (3, 1, 3))
    run(server_target(_server(sshd, site)), _release(tmp_path / "1", **{"index.html": "one"}))
    assert _pages(site) == {"index.html": "one"}
    assert all("-s" in argv for argv in asked if argv[0] == "rsync")


def test_an_rsync_that_cannot_keep_a_folder_whole_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ssh, "_rsync_version", lambda: ())
    monkeypatch.setattr(ssh, "_sync", lambda *asked: Answer(0, b"", ""))
    assert ssh.sizes_below(Server("jen@example.org", "web/site"), "web/site") == {}
    with pytest.raises(HostError) as refused:
        ssh.sizes_below(Server("jen@example.org", "web/my site"), "web/my site")
    assert "a space or a sign in its name" in refused.value.what


@pytest.mark.parametrize("name", ["write", "switch"])
def test_half_a_record_takes_the_place_of_none(tmp_path: Path, name: str) -> None:
    """A publisher that is killed while it sends the record ends it as if that were all."""
    site, store = tmp_path / "site", tmp_path / "store"
    (store / "1.part").mkdir(parents=True)
    (store / "0").mkdir()
    (store / "0" / NAME).write_text("the whole record")
    site.symlink_to(store / "0")
    words = [str(site), NAME] if name == "write" else [str(site), str(store), "1.part", "1", str(store / "0")]  # fmt: skip
    argv = ["sh", "-c", server_script(name), "kinopress", *words]

    def sent(data: bytes) -> int:
        done = subprocess.run([*argv, "10"], input=data, capture_output=True, check=False)
        return done.returncode

    assert sent(b"12345") != 0
    assert (site / NAME).read_text() == "the whole record"
    assert not (store / "switching").exists()
    assert sent(b"1234567890") == 0
    assert (site / NAME).read_text() == "1234567890"


@pytest.fixture
def hangs_up() -> Iterator[None]:
    """Programs end when their line does, even where the tests run under ``nohup``, which they would inherit."""
    before = signal.signal(signal.SIGHUP, signal.SIG_DFL)
    yield
    signal.signal(signal.SIGHUP, before)


@pytest.mark.usefixtures("hangs_up")
def test_a_switch_whose_connection_breaks_leaves_no_lock(tmp_path: Path) -> None:
    (tmp_path / "store/1.part").mkdir(parents=True)
    words = [str(tmp_path / "site"), str(tmp_path / "store"), "1.part", "1", "", "10"]
    argv = ["sh", "-c", server_script("switch"), "kinopress", *words]
    with subprocess.Popen(argv, stdin=subprocess.PIPE, start_new_session=True) as waits:
        until = time.monotonic() + HANGS_S
        while not (tmp_path / "store/1.part/release.json.new").exists():
            assert time.monotonic() < until
            time.sleep(0.02)
        os.killpg(waits.pid, signal.SIGHUP)
        waits.wait(HANGS_S)
    assert not (tmp_path / "store/switching").exists()
    assert not (tmp_path / "site").exists()


_SENDS = """
import json, sys
from pathlib import Path
from kinopress.publish.hosts import ssh
from kinopress.publish.hosts.ssh import Server
here, there, login, port, options, aside = json.loads(sys.argv[1])
server = Server(login, there, port, tuple(options))
ssh.send(server, Path(here), ["index.html"], there, aside=aside)
"""


_HALF = """
import os, socket, sys, threading, time
there = socket.create_connection(("127.0.0.1", int(sys.argv[1])))

def answers():
    while data := there.recv(65536):
        os.write(1, data)

threading.Thread(target=answers, daemon=True).start()
left = int(sys.argv[2])
while left > 0 and (data := os.read(0, 65536)):
    there.sendall(data)
    left -= len(data)
time.sleep(3600)
"""
"""A connection that stands still after so many bytes, however long a test takes to see that."""


@pytest.mark.parametrize("aside", [False, True])
def test_a_page_that_is_sent_in_part_takes_the_place_of_none(
    sshd: Sshd, tmp_path: Path, aside: bool
) -> None:
    here, web = tmp_path / "here", tmp_path / "web"
    here.mkdir()
    web.mkdir()
    (here / "index.html").write_bytes(os.urandom(6_000_000))
    (web / "index.html").write_text("the page before")
    login = f"{getpass.getuser()}@127.0.0.1"
    half = shlex.join([sys.executable, "-c", _HALF, str(sshd.port), "4000000"])
    options = [*sshd.options, "-o", f"ProxyCommand={half}"]
    words = json.dumps([str(here), str(web), login, sshd.port, options, aside])
    argv = [sys.executable, "-c", _SENDS, words]
    with subprocess.Popen(argv, start_new_session=True) as sends:
        until = time.monotonic() + HANGS_S
        while not any(file.stat().st_size > 1_000_000 for file in web.glob(".index.html.*")):
            assert time.monotonic() < until
            assert sends.poll() is None
            time.sleep(0.02)
        os.killpg(sends.pid, signal.SIGKILL)
    while any(web.glob(".index.html.*")):
        assert time.monotonic() < until
        time.sleep(0.02)
    kept = (web / "index.html").read_bytes()
    assert (kept != b"the page before") == aside
    assert (kept == b"the page before") or (here / "index.html").read_bytes().startswith(kept)
