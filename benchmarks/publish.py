"""How long publishing takes: 200 files and 30 MB to a folder, a zip file, a branch of a repository and a store.

    .venv/bin/python benchmarks/publish.py

Each is done from nothing, again with one page changed, again with nothing changed, and then put back. The store is
rclone's own server on this computer; rclone itself brings the same files to it, turn by turn with us: films first,
with what they are cached for, then the rest, then pages, which is what keeps a site whole there; and all at once.
"""

from __future__ import annotations

import hashlib
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from kinopress.publish.headers import kind_of
from kinopress.publish.hosts.archive import Archive
from kinopress.publish.hosts.direct import Direct
from kinopress.publish.hosts.folder import Folder
from kinopress.publish.hosts.git import GitBranch
from kinopress.publish.hosts.s3 import Bucket, BucketStore
from kinopress.publish.limits import NO_LIMITS
from kinopress.publish.plan import LocalRelease, plan_publication
from kinopress.publish.record import HostFile
from kinopress.publish.target import Target
from publish import servers

PAGES, FILMS, FILM_BYTES = 190, 10, 3_000_000
TURNS = 5
IN_THREE = (
    (
        "--include",
        "media/**",
        "--header-upload",
        "Cache-Control: public, max-age=31536000, immutable",
    ),
    ("--exclude", "media/**", "--exclude", "*.html"),
    ("--include", "*.html"),
)
"""What keeps a site whole while it is brought to a store, by rclone's own means."""


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


def rclone(bucket: Bucket, prefix: str, folder: Path, passes: Sequence[Sequence[str]]) -> float:
    """The same files by rclone; answers the seconds they took."""
    program = str(Path(sys.executable).with_name("rclone"))
    remote = f":s3,provider=Rclone,endpoint='{bucket.endpoint}',access_key_id={bucket.key_id}"
    remote += f",secret_access_key={bucket.secret},region={bucket.region}:{bucket.name}/{prefix}"
    always = ["--config", os.devnull, "--transfers", "8", "--checkers", "8", "--s3-no-check-bucket"]
    begun = time.perf_counter()
    for one in passes:
        subprocess.run([program, "copy", str(folder), remote, *always, *one], check=True)
    return time.perf_counter() - begun


def beside_rclone(bucket: Bucket, local: LocalRelease, root: Path) -> None:
    """Publish to a store from nothing, turn by turn with rclone."""
    assert local.folder is not None
    took: dict[str, list[float]] = {"ours": [], "three": [], "one": []}
    for turn in range(TURNS):
        # This server ignores conditions, where we wait two seconds for others; Amazon, R2 and MinIO honour them.
        store = BucketStore(replace(bucket, prefix=f"ours-{turn}"), settle_s=0)
        took["ours"].append(publish(Direct(store, NO_LIMITS), local))
        took["three"].append(rclone(bucket, f"three-{turn}", local.folder, IN_THREE))
        took["one"].append(rclone(bucket, f"one-{turn}", local.folder, [[]]))
        for name in took:
            found = (root / "s3/films" / f"{name}-{turn}").rglob("*")
            assert sum(file.is_file() for file in found) >= PAGES + FILMS, (name, turn)
    ours, three, one = (statistics.median(seconds) for seconds in took.values())
    print(f"store    {ours:7.2f}   rclone in three passes {three:.2f}, in one {one:.2f}")
    for name, seconds in took.items():
        print(f"         {name:6} {[round(s, 2) for s in seconds]}")


def main() -> None:
    """Measure each and print a table."""
    with tempfile.TemporaryDirectory() as made:
        root = Path(made)
        (root / "s3").mkdir()
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
        page.write_text(words)
        with servers.s3(root / "s3") as bucket:
            beside_rclone(bucket, first, root)


if __name__ == "__main__":
    main()
