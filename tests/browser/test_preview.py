"""The preview in Chromium: a film can be moved along, so chapters and transcripts lead somewhere."""

from __future__ import annotations

import contextlib
import http.client
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from kinopress.engines.mkdocs.events import POLICY
from support.command import HANGS_S
from support.ports import quiet_port
from support.projects import small_project
from support.small_films import film_page, make_film

MOVE = """address => new Promise((resolve, reject) => {
    const film = document.createElement('video');
    film.muted = true;
    film.onerror = () => reject(film.error.message);
    film.onloadedmetadata = () => { film.currentTime = 6; };
    film.onseeked = () => resolve([film.currentTime, film.seekable.end(0)]);
    film.src = address;
    document.body.append(film);
})"""


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """``kinopress serve`` of a small project with a film of 8 s."""
    project = small_project(tmp_path_factory.mktemp("preview") / "project")
    film_page(project, "hip")
    make_film(project / "videos/hip.mp4", "-g", "30", seconds=8)
    kinopress = [sys.executable, "-m", "kinopress.cli.main"]
    subprocess.run([*kinopress, "build"], cwd=project, check=True, stdout=subprocess.DEVNULL)
    port = quiet_port()
    running = subprocess.Popen(
        [*kinopress, "serve", "--port", str(port)],
        cwd=project,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    address = f"http://127.0.0.1:{port}/"
    try:
        ends = time.monotonic() + HANGS_S
        while True:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)):
                break
            assert running.poll() is None and time.monotonic() < ends, running.communicate()[0]
            time.sleep(0.1)
        yield address, _film(project)
    finally:
        running.terminate()
        said = running.communicate()[0]
    assert "Traceback" not in said


def _film(project: Path) -> str:
    """Where a film that Chromium plays stands on the site."""
    film = next((project / "site").rglob("h264-*.mp4"))
    return film.relative_to(project / "site").as_posix()


def test_a_film_can_be_moved_along(preview: tuple[str, str], browser: Browser) -> None:
    address, film = preview
    page = browser.new_page()
    page.goto(address)
    at_s, to_s = page.evaluate(MOVE, f"{address}{film}")
    page.close()
    assert at_s == pytest.approx(6, abs=0.1)
    assert to_s == pytest.approx(8, abs=0.5)


def test_a_part_of_a_film_is_given_over_the_wire(preview: tuple[str, str]) -> None:
    address, film = preview
    server = http.client.HTTPConnection(address.split("/")[2], timeout=HANGS_S)
    server.request("GET", f"/{film}", headers={"Range": "bytes=4-7"})
    answer = server.getresponse()
    assert (answer.status, answer.read()) == (206, b"ftyp")
    server.close()
    server.request("HEAD", f"/{film}")
    answer = server.getresponse()
    assert (answer.status, answer.headers["Accept-Ranges"]) == (200, "bytes")
    server.close()


def test_pages_come_with_the_policy_that_readers_get_and_keep_to_it(
    preview: tuple[str, str], browser: Browser
) -> None:
    address, _ = preview
    page = browser.new_page()
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    with page.expect_request("**/livereload/**"):  # MkDocs' own script runs all the same
        answer = page.goto(f"{address}exercises/clam/")
    assert answer is not None
    inline = """() => { const one = document.createElement('script');
        one.textContent = 'window.ran = true'; document.body.append(one); return window.ran; }"""
    assert page.evaluate(inline) is None and len(complaints) == 1
    page.close()
    policy = answer.headers["content-security-policy"]
    assert re.sub(r" 'sha256-[^']+'", "", policy) == f"{POLICY}; frame-ancestors 'self'"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"
