"""Whether a release is live is asked of the site itself, and what is not as it should be is named."""

from __future__ import annotations

import http.client
import socket
import ssl
import urllib.error
from collections.abc import Mapping
from pathlib import Path

import pytest

from kinopress.publish.answers import Reply, complaints, over_http, sample, wait_until_live
from kinopress.publish.hosts.folder import Folder
from kinopress.publish.record import NAME
from publish.hosts import live, local_site, run, site
from publish.web import Host, serving


@pytest.fixture
def web(tmp_path: Path) -> Path:
    run(Folder(tmp_path / "web"), local_site(tmp_path / "1", site(1)))
    return tmp_path / "web"


def whats_wrong(host: Host, web: Path) -> dict[str, str]:
    files = live(Folder(web)).files()
    found = complaints(host.address, files, sample(files, []))
    return {address.removeprefix(host.address): what for address, what in found}


def test_a_release_is_live_when_the_site_names_it(web: Path) -> None:
    wanted = live(Folder(web)).id or ""
    with serving(web) as host:
        assert wait_until_live(host.address + "/", wanted, wait_s=0) == ""
        assert whats_wrong(host, web) == {}
        assert "GET /release.json" in host.asked
        assert "HEAD /" in host.asked


def test_an_old_release_is_not_taken_for_the_new_one(web: Path) -> None:
    with serving(web) as host:
        host.old_record = b'{"release": "0123456789abcdef"}'
        why = wait_until_live(host.address, live(Folder(web)).id or "", wait_s=0)
    assert why == "it still gives readers another release"


def test_it_is_asked_again_until_it_is_there_and_each_time_past_caches() -> None:
    asked: list[str] = []
    slept: list[float] = []

    def ask(method: str, address: str, headers: Mapping[str, str]) -> Reply:
        asked.append(address)
        ids = {1: b"", 2: b'{"release": "old"}'}
        return Reply(200, {}, ids.get(len(asked), b'{"release": "new"}'))

    told: list[str | None] = []
    why = wait_until_live(
        "https://jen.example/site/",
        "new",
        wait_s=100,
        ask=ask,
        still=lambda found, _: told.append(found),
        sleep=slept.append,
        clock=lambda: sum(slept),
    )
    assert why == ""
    assert told == [None, "old"]
    assert all(address.startswith(f"https://jen.example/site/{NAME}?") for address in asked)
    assert len(set(asked)) == 3


@pytest.mark.parametrize(
    ("reply", "why"),
    [
        (Reply(0, why="refused"), "it does not answer (refused)"),
        (Reply(404), "it answers 404 for release.json"),
        (Reply(200, {}, b"<html>"), "what it gives for release.json is not a list of published files"),
    ],
)  # fmt: skip
def test_why_it_is_not_live_is_said(reply: Reply, why: str) -> None:
    assert wait_until_live("https://jen.example", "new", wait_s=0, ask=lambda *_: reply) == why


def test_nobody_who_answers_is_no_crash() -> None:
    assert over_http("GET", "http://127.0.0.1:1/", {}) == Reply(0, why="no web server is there")


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (socket.gaierror(-2, "Name or service not known"), "its name is not known"),
        (TimeoutError("timed out"), "nothing came"),
        (ssl.SSLError(1, "[SSL] record layer failure"), "no secure connection"),
        (OSError(113, "No route to host"), "no route to host"),
        (http.client.BadStatusLine("\x00"), "not the answer of a web server"),
    ],
)
def test_why_there_is_no_answer_is_said_in_words(
    monkeypatch: pytest.MonkeyPatch, error: Exception, words: str
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise urllib.error.URLError(error) if isinstance(error, OSError) else error

    monkeypatch.setattr("urllib.request.urlopen", fails)
    reply = over_http("GET", "https://jen.example/", {})
    assert words in reply.why
    assert "[" not in reply.why


def test_captions_of_the_wrong_type_films_without_parts_and_lost_pages_are_named(web: Path) -> None:
    with serving(web) as host:
        host.plain_captions = host.no_parts = True
        (web / "index.html").write_text("shorter")
        found = whats_wrong(host, web)
        assert "text/plain, and browsers need text/vtt" in found["/videos/a%20b%20%C3%A9.en.vtt"]
        assert any("an iPhone cannot play" in what for what in found.values())
        assert found["/"] == "it has 7 bytes, and 9 were published"
        (web / "index.html").unlink()
        assert whats_wrong(host, web)["/"] == "it answers 404"


def test_the_sample_has_the_home_page_what_is_new_and_one_of_each_kind() -> None:
    files = dict.fromkeys(site(1))
    chosen = sample(files, ["page-2/index.html"])  # type: ignore[arg-type] # only the names matter
    assert chosen[:2] == ["index.html", "page-2/index.html"]
    assert {path.rpartition(".")[2] for path in chosen} == {"html", "mp4", "vtt"}
