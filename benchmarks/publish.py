"""How long publishing takes: 200 files and 30 MB to a folder, a zip file and a branch of a repository beside it.

    .venv/bin/python benchmarks/publish.py

Each is done from nothing, again with one page changed, again with nothing changed, and then put back.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from kinopress.publish.headers import kind_of
from kinopress.publish.hosts.archive import Archive
from kinopress.publish.hosts.folder import Folder
from kinopress.publish.hosts.git import GitBranch
from kinopress.publish.limits import NO_LIMITS
from kinopress.publish.plan import LocalRelease, plan_publication
from kinopress.publish.record import HostFile
from kinopress.publish.target import Target

PAGES, FILMS, FILM_BYTES = 190, 10, 3_000_000


def site(folder: Path) -> LocalRelease:
    """Pages of 20 kB, and films that cannot be packed."""
    for n in range(PAGES):
        page = folder / f"page-{n}/index.html"
        page.parent.mkdir(parents=True)
        page.write_text(f"page {n} " * 2_000)
    for n in range(FILMS):
        film = folder / f"media/{n:016x}/film.mp4"
        film.parent.mkdir(parents=True)
        film.write_bytes(os.urandom(FILM_BYTES))
    return look(folder)


def look(folder: Path) -> LocalRelease:
    """What is in it; a build knows that already."""
    files = {}
    for file in folder.rglob("*"):
        if file.is_file():
            path, data = file.relative_to(folder).as_posix(), file.read_bytes()
            files[path] = HostFile(len(data), hashlib.sha256(data).hexdigest(), kind_of(path))
    return LocalRelease(files, folder, "0.1.0")


def publish(target: Target, local: LocalRelease | None) -> float:
    """One publication, or the way back; answers the seconds it took."""
    begun = time.perf_counter()
    with target.lock():
        host = target.read_record()
        if local is None:
            assert host is not None
            local = LocalRelease(host.editions[1].files, None, host.editions[1].program)
        plan = plan_publication(local, host, target.holdings(host, local), datetime.now(UTC))
        if not plan.nothing_to_do:
            target.send(plan, local, lambda _step, _sent: None)
            target.switch(plan, local, lambda _step, _sent: None)
    return time.perf_counter() - begun


def main() -> None:
    """Measure each and print a table."""
    with tempfile.TemporaryDirectory() as made:
        root = Path(made)
        subprocess.run(["git", "init", "--bare", "--quiet", str(root / "host.git")], check=True)
        kinds: dict[str, Callable[[], Target]] = {
            "folder": lambda: Folder(root / "web"),
            "zip": lambda: Archive(root / "site.zip", NO_LIMITS),
            "branch": lambda: GitBranch(
                str(root / "host.git"), "pages", root / "own.git", NO_LIMITS
            ),
        }
        first = site(root / "site")
        page = root / "site/page-7/index.html"
        words = page.read_text()
        print(f"{'':8} {'first':>7} {'a page':>7} {'nothing':>7} {'back':>7}  seconds")
        for name, target in kinds.items():
            page.write_text(words)
            took = [publish(target(), first)]
            page.write_text(f"{words} again")
            second = look(root / "site")
            took += [publish(target(), second), publish(target(), second)]
            if name != "zip":
                took.append(publish(target(), None))
            print(f"{name:8} " + " ".join(f"{seconds:7.2f}" for seconds in took))


if __name__ == "__main__":
    main()
