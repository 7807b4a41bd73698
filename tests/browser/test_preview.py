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
from support.projects import page as page_of
from support.projects import small_project, write
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


Preview = tuple[str, str, Path]
"""Its address, the film's on the site, and the project."""


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
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
        yield address, _film(project), project
    finally:
        running.terminate()
        said = running.communicate()[0]
    assert "Traceback" not in said


def _film(project: Path) -> str:
    """Where a film that Chromium plays stands on the site."""
    film = next((project / "site").rglob("h264-*.mp4"))
    return film.relative_to(project / "site").as_posix()


def test_a_film_can_be_moved_along(preview: Preview, browser: Browser) -> None:
    address, film, _ = preview
    page = browser.new_page()
    page.goto(address)
    at_s, to_s = page.evaluate(MOVE, f"{address}{film}")
    page.close()
    assert at_s == pytest.approx(6, abs=0.1)
    assert to_s == pytest.approx(8, abs=0.5)


def test_a_part_of_a_film_is_given_over_the_wire(preview: Preview) -> None:
    address, film, _ = preview
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
    preview: Preview, browser: Browser
) -> None:
    address, _, _ = preview
    page = browser.new_page()
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    with page.expect_request("**/livereload/*/*"):  # what loads it again runs all the same
        answer = page.goto(f"{address}exercises/clam/")
    assert answer is not None
    inline = """() => { const one = document.createElement('script');
        one.textContent = 'window.ran = true'; document.body.append(one); return window.ran; }"""
    assert page.evaluate(inline) is None and len(complaints) == 1
    page.close()
    policy = answer.headers["content-security-policy"]
    served = POLICY.replace(
        "media-src 'self'", "media-src 'self' blob:"
    )  # for encrypted pages' films
    assert re.sub(r" 'sha256-[^']+'", "", policy) == f"{served}; frame-ancestors 'self'"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"


def test_a_writer_keeps_her_place_and_sees_why_a_site_cannot_be_built(
    preview: Preview, browser: Browser
) -> None:
    address, _, project = preview
    article = project / "docs/articles/long.md"
    sections = "".join(f"## Part {n}\n\n{'Words of a part. ' * 60}\n\n" for n in range(12))
    front = "title: A long read\ndescription: Much to read.\ndate: 2020-01-06\ntags: [strength]\nsources: [practice]"
    folds = "".join(
        f"<details{state}><summary>{name}</summary>Words.</details>\n\n"
        for name, state in (("Open", " open"), ("Shut", ""))
    )
    write(article, page_of(front, folds + sections))
    settings = project / "mkdocs.yml"
    good = settings.read_text("utf-8")
    page = browser.new_page()
    page.set_default_timeout(HANGS_S * 1000)
    page.goto(f"{address}articles/long/")  # perhaps before it is there: then it comes by itself
    page.locator("article details").nth(1).wait_for()
    page.evaluate(
        "document.querySelectorAll('article details').forEach(fold => { fold.open = !fold.open; })"
    )
    page.evaluate("scrollTo({ top: 700, behavior: 'instant' })")

    def place() -> list[object]:
        shown: list[object] = page.evaluate(
            "[...document.querySelectorAll('article details')].map(fold => fold.open).concat(scrollY)"
        )
        return shown

    was = place()
    assert was == [False, True, 700]
    write(article, page_of(front, folds + sections + "The last word.\n"))
    page.get_by_text("The last word.").wait_for()
    page.wait_for_function("() => document.readyState === 'complete'")
    assert place() == was

    write(settings, good.replace("timezone: ", "timezone: Nowhere/"))
    notice = page.get_by_role("alert")
    notice.get_by_text("mkdocs.yml:").wait_for()
    assert "this page is as it was before" in notice.inner_text()
    assert "timezone" in notice.inner_text()
    assert page.get_by_text("The last word.").count() == 1
    write(settings, "site_name: [")
    page.get_by_role("alert").filter(has_not_text="timezone").wait_for()
    page.goto(f"{address}nowhere/")
    page.get_by_role("alert").get_by_text("mkdocs.yml:").wait_for()
    page.goto(f"{address}articles/long/")
    write(settings, good)
    page.get_by_role("alert").wait_for(state="detached")
    page.close()
