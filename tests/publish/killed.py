"""What readers have after a publication is killed: runs in processes of their own, and a look at what they left.

Each run publishes another release and gets SIGKILL at a random moment of it. Then every page must be whole, of
the release before or of the new one, and find the films it names; every link of every page that a reader comes to from home
must answer; and all pages must be of one release where the host can switch in one step. The record must be readable. Now and then a run is left to end, and all must be new.
"""

from __future__ import annotations

import contextlib
import getpass
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from kinopress.publish.hosts.direct import Direct
from kinopress.publish.hosts.folder import Folder
from kinopress.publish.hosts.git import GitBranch
from kinopress.publish.hosts.s3 import Bucket, BucketStore
from kinopress.publish.hosts.server import LOCK, server_target
from kinopress.publish.hosts.ssh import Server
from kinopress.publish.limits import NO_LIMITS
from kinopress.publish.plan import Step
from kinopress.publish.record import NAME, read_record
from kinopress.publish.target import Target
from publish.hosts import linked_site, local_site, run
from support.command import HANGS_S

TESTS = Path(__file__).resolve().parents[1]
PAGES = 20
LEFT_TO_END = 10
"""Every tenth run is not killed."""
SEED = 15
_FILM = re.compile(rb"version (\d+)")
_LINK = re.compile(r'href="/([^"]*)"')


class Telling(BucketStore):
    """A store that says when pages begin to take the place of others, and when they have."""

    def place(self, groups: Sequence[Sequence[Step]], folder: Path) -> None:
        os.write(1, b"placing\n")
        super().place(groups, folder)
        os.write(1, b"placed\n")


def target_of(about: dict[str, object]) -> Target:
    """A place, as the process that publishes is told of it."""
    if about["kind"] == "s3":
        kind = Telling if about.get("aimed") else BucketStore
        store = kind(Bucket(**about["bucket"]), beat_s=0.1, silence_s=0.5, settle_s=0.2)  # type: ignore[arg-type] - from JSON
        return Direct(store, NO_LIMITS)
    if about["kind"] == "branch":
        own = Path(str(about["sources"])) / "own/publish.git"
        return GitBranch(str(about["repository"]), "gh-pages", own, NO_LIMITS)
    if about["kind"] == "folder":
        return Folder(Path(str(about["folder"])))
    options = tuple(about["options"])  # type: ignore[arg-type] - from JSON
    login = f"{getpass.getuser()}@127.0.0.1"
    return server_target(Server(login, str(about["folder"]), int(str(about["port"])), options))


def worker(about: dict[str, object], version: int) -> None:
    """Publish one version; says when it begins and when it is done."""
    local = local_site(
        Path(str(about["sources"])) / str(version), linked_site(version, pages=PAGES)
    )
    os.write(1, b"begun\n")
    run(target_of(about), local)
    os.write(1, b"done\n")


def one_run(about: dict[str, object], version: int, after_s: float | None) -> float | None:
    """Publish in a process of its own; ``None``: it was killed or refused, else how long it took, in seconds."""
    argv = [sys.executable, "-m", "publish.killed", json.dumps(about), str(version)]
    with subprocess.Popen(
        argv, cwd=TESTS, stdout=subprocess.PIPE, text=True, start_new_session=True
    ) as going:
        assert going.stdout is not None
        assert going.stdout.readline() == "begun\n"
        if about.get("aimed") and going.stdout.readline() != "placing\n":
            return None  # it was refused, for what the killed run before left is not yet forgotten
        begun = time.perf_counter()
        if after_s is not None:
            time.sleep(after_s)
            os.killpg(going.pid, signal.SIGKILL)
            going.wait()
            return None
        took_s = (
            None
            if going.stdout.readline() not in ("done\n", "placed\n")
            else time.perf_counter() - begun
        )
        going.wait()
        return took_s


def mistakes(web: Path, versions: set[int], *, switches: bool) -> Iterator[str]:
    """What is wrong with what readers have now."""
    if not (web / NAME).is_file() or read_record((web / NAME).read_bytes()).id is None:
        yield "the record names no release"
    shown = set()
    pages = [f"page-{n}/index.html" for n in range(PAGES)]
    for path in ("index.html", *pages):
        data = (web / path).read_bytes() if (web / path).is_file() else b""
        version = int(match[1]) if (match := _FILM.match(data)) else -1
        if version not in versions or data != linked_site(version, pages=PAGES)[path]:
            yield f"{path} is not whole: {data[:40]!r}"
            continue
        shown.add(version)
        whole = linked_site(version, pages=PAGES)
        for film in (one for one in whole if one.endswith(".mp4")):
            if not (web / film).is_file() or (web / film).read_bytes() != whole[film]:
                yield f"{path} of version {version} does not find {film}"
    yield from _dead_ends(web)
    if switches and len(shown) > 1:
        yield f"pages of {len(shown)} releases at once"


def _dead_ends(web: Path) -> Iterator[str]:
    """Links that lead nowhere, on every page to which a reader comes from home."""
    seen, ahead = {"index.html"}, ["index.html"]
    while ahead:
        at = ahead.pop()
        for link in _LINK.findall((web / at).read_text("utf-8")):
            path = f"{link}index.html" if link.endswith("/") or not link else link
            if not (web / path).is_file():
                yield f"{at} leads to {path}, which is not there"
            elif path not in seen and path.endswith(".html"):
                seen.add(path)
                ahead.append(path)


def as_shown(about: dict[str, object], web: Path) -> None:
    """What a host of pages makes of a branch: the files of its last commit, and no others."""
    if about["kind"] != "branch":
        return
    if web.exists():
        shutil.rmtree(web)
    web.mkdir()
    git = ["git", "--git-dir", str(about["repository"]), "--work-tree", str(web)]
    subprocess.run([*git, "checkout", "--quiet", "--force", "gh-pages", "--", "."], check=True)


def lasting_mistakes(
    about: dict[str, object], web: Path, versions: set[int], *, switches: bool
) -> list[str]:
    """What is wrong, and stays so.

    A server may still be at what it was sent before the kill: a link moves while its pages are looked at one by one,
    and rclone's, unlike a real store, takes a file away for a moment while it is replaced.
    """
    ends = time.monotonic() + HANGS_S
    while found := _seen(about, web, versions, switches=switches):
        if time.monotonic() > ends:
            return found
        time.sleep(0.1)
    return []


def _seen(about: dict[str, object], web: Path, versions: set[int], *, switches: bool) -> list[str]:
    try:
        as_shown(about, web)
        return list(mistakes(web, versions, switches=switches))
    except (FileNotFoundError, ValueError) as error:
        return [f"what is there goes away as it is read: {error}"]


def forget_lock(about: dict[str, object], web: Path) -> None:
    """As if the time had passed after which a lock counts as left behind: a quarter of an hour by ssh."""
    lock = web / LOCK
    if about["kind"] == "ssh" and lock.exists():
        with contextlib.suppress(FileNotFoundError):  # the server has just removed it
            for file in (lock, *lock.rglob("*")):
                os.utime(file, (time.time() - 3600,) * 2)


def _versions(web: Path) -> Iterator[bytes]:
    for n in range(PAGES):
        with contextlib.suppress(FileNotFoundError):
            yield (web / f"page-{n}/index.html").read_bytes().partition(b",")[0]


def measure(
    name: str,
    about: dict[str, object],
    web: Path,
    kills: int,
    tell: Callable[[str], object] = lambda _: None,
) -> int:
    """Kill and look; answers how many times readers had what they should not, and tells what."""
    chance = random.Random(SEED)  # noqa: S311 - no secret
    switches = about["kind"] != "s3"
    took_s = one_run(about, 0, None) or 1.0
    if about.get("aimed"):  # the first publication replaces nothing
        took_s = one_run(about, 1, None) or 1.0
    last, bad, mixed, done = 0, 0, 0, 0
    possible = {0, 1}
    for kill in range(1, kills + 1):
        forget_lock(about, web)
        possible.add(kill)
        one_run(about, kill, chance.uniform(0, took_s))
        found = lasting_mistakes(about, web, possible, switches=switches)
        bad += bool(found)
        for what in found[:3]:
            tell(f"  kill {kill}: {what}")
        mixed += len(set(_versions(web))) > 1
        if kill % LEFT_TO_END == 0:
            forget_lock(about, web)
            last = kills + kill
            # The server may still be at what the killed run asked of it, and says so: then it is run again.
            ends = time.monotonic() + HANGS_S
            while one_run(about, last, None) is None:
                assert time.monotonic() < ends, "no run comes to its end"
                time.sleep(1)
            as_shown(about, web)
            found = list(mistakes(web, {last}, switches=True))
            bad += bool(found)
            done += 1
            possible = {last}
            for what in found[:3]:
                tell(f"  after kill {kill}, left to end: {what}")
    tell(
        f"{name:20} {kills} kills within {took_s:.2f} s, {done} runs left to end:"
        f" {bad} bad states; pages of both releases after {mixed}"
    )
    return bad


if __name__ == "__main__":
    worker(json.loads(sys.argv[1]), int(sys.argv[2]))
