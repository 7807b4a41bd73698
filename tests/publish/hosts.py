"""Sites to publish and runs that publish them, for the tests of real hosts."""

from __future__ import annotations

import hashlib
import socket
import subprocess
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from kinopress.publish.headers import kind_of
from kinopress.publish.plan import LocalRelease, Publication, Step, plan_publication
from kinopress.publish.record import HostFile, HostRelease
from kinopress.publish.target import Target, Told
from support.command import HANGS_S

BEGINNING = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


def wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    """Wait until somebody listens on a port."""
    until = time.monotonic() + HANGS_S
    while time.monotonic() < until:
        assert server.poll() is None, "the server has ended"
        with socket.socket() as one:
            if one.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise TimeoutError(port)


def quiet(step: Step, sent: bool) -> None:
    """Nobody listens."""


def local_site(folder: Path, contents: Mapping[str, bytes]) -> LocalRelease:
    """Write a site, and say what is in it."""
    files = {}
    for path, data in contents.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
        files[path] = HostFile(len(data), hashlib.sha256(data).hexdigest(), kind_of(path))
    return LocalRelease(files, folder, "0.1.0")


def site(version: int, *, pages: int = 3, film_bytes: int = 200_000) -> dict[str, bytes]:
    """A site whose pages all tell its version, with a film that all versions share and one of its own."""
    own = hashlib.sha256(str(version).encode()).hexdigest()[:16]
    made = {f"page-{n}/index.html": f"version {version}, page {n}".encode() for n in range(pages)}
    made["index.html"] = f"version {version}".encode()
    made["media/0123456789abcdef/film.mp4"] = b"shared" * (film_bytes // 6)
    made[f"media/{own}/film.mp4"] = f"own {version}".encode() * 40_000
    made["videos/a b é.en.vtt"] = b"WEBVTT\r\n\r\n"
    return made


def linked_site(version: int, *, pages: int) -> dict[str, bytes]:
    """:func:`site` with links: home leads to every page, each to home, and one page is new in each version.

    So the page that was new in the version before has gone.
    """
    made = site(version, pages=pages)
    own = next(path for path in made if path.endswith("mp4") and "0123456789abcdef" not in path)
    made[f"news-{version}/index.html"] = f"version {version}, news".encode()
    links = "".join(f' <a href="/{path}">' for path in ("", f"news-{version}/", own)).encode()
    every = "".join(f' <a href="/page-{n}/">' for n in range(pages)).encode()
    return {
        path: data + links + (every if path == "index.html" else b"")
        if path.endswith("html")
        else data
        for path, data in made.items()
    }


def run(
    target: Target,
    local: LocalRelease,
    now: datetime = BEGINNING,
    tell: Told = quiet,
    *,
    clear: bool = False,
) -> Publication:
    """One publication from beginning to end."""
    with target.lock():
        host = target.read_record()
        plan = plan_publication(local, host, target.holdings(host, local), now, clear=clear)
        assert plan.in_the_way == (), plan.in_the_way
        if not plan.nothing_to_do:
            target.send(plan, local, tell)
            target.switch(plan, local, tell)
    return plan


def put_back(target: Target, number: int = 1) -> Publication:
    """Make an earlier release live, from what the host has alone."""
    with target.lock():
        host = target.read_record()
        assert host is not None
        edition = host.editions[number]
        local = LocalRelease(edition.files, None, edition.program)
        plan = plan_publication(local, host, target.holdings(host, local), BEGINNING)
        assert plan.sends_bytes == 0
        target.send(plan, local, quiet)
        target.switch(plan, local, quiet)
    return plan


def live(target: Target) -> HostRelease:
    """What is on the host now."""
    with target.lock():
        found = target.read_record()
    assert found is not None
    return found
