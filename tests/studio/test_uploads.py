"""A film on its way in: in pieces, broken off, resumed, refused, forgotten."""

from __future__ import annotations

import asyncio
import contextlib
import http.client
import json
import os
import re
import resource
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from kinopress.studio import arrivals
from support.command import HANGS_S
from support.projects import small_project
from support.studio import Answer, Client, running_studio


@pytest.fixture
def client(tmp_path: Path) -> Iterator[Client]:
    with running_studio(small_project(tmp_path / "site")) as client:
        yield client.open()


def announce(client: Client, name: str, size: int, changed: str = "1") -> Answer:
    return client.send("/uploads", name=name, size=str(size), changed=changed)


def begun(client: Client, name: str, size: int) -> str:
    answer = announce(client, name, size)
    assert answer.status == 200, answer.text
    return str(json.loads(answer.text)["id"])


def put(client: Client, film: str, offset: int, data: bytes, **headers: str | None) -> Answer:
    return client.ask("PUT", f"/uploads/{film}?offset={offset}", data, **headers)


def said(answer: Answer) -> dict[str, Any]:
    values: dict[str, Any] = json.loads(answer.text)
    return values


def files(client: Client) -> list[str]:
    folder = client.studio.arrivals.folder
    return sorted(f.relative_to(folder).parts[-1] for f in folder.rglob("*") if f.is_file())


def test_a_film_comes_in_pieces_and_is_whole_with_the_last_byte(client: Client) -> None:
    data = os.urandom(3_000_000)
    film = begun(client, "IMG_0412.MOV", len(data))
    for at in range(0, len(data), 1_000_000):
        answer = put(client, film, at, data[at : at + 1_000_000])
        assert answer.status == 200
    assert said(answer)["whole"]
    assert said(answer)["address"] == f"/films/{film}"
    arrival = client.studio.arrivals.get(film)
    assert arrival is not None
    assert client.studio.arrivals.film(arrival).read_bytes() == data
    assert client.ask("GET", f"/films/{film}").status == 200


@pytest.mark.parametrize(("size", "cut"), [(2_500_000, 1_700_000), (60_000, 20_000)])
def test_a_broken_upload_is_resumed_from_what_is_there(client: Client, size: int, cut: int) -> None:
    data = os.urandom(size)
    film = begun(client, "hip.mov", len(data))
    connection = http.client.HTTPConnection(
        "127.0.0.1", client.studio.session.port, timeout=HANGS_S
    )
    with contextlib.closing(connection):
        connection.putrequest("PUT", f"/uploads/{film}?offset=0", skip_host=True)
        for name, value in {
            "Host": client.studio.session.authority,
            "Origin": client.studio.session.origin,
            "Sec-Fetch-Site": "same-origin",
            "Cookie": client.cookie,
            "Content-Length": str(len(data)),
        }.items():
            connection.putheader(name, value)
        connection.endheaders(data[:cut])
    there = 0
    ends = time.monotonic() + HANGS_S
    while there < cut and time.monotonic() < ends:
        there = int(client.ask("HEAD", f"/uploads/{film}").headers["upload-offset"])
    assert there == cut
    assert begun(client, "hip.mov", len(data)) == film  # the same film, chosen again

    wrong = put(client, film, 5, data[5:])
    assert (wrong.status, said(wrong)["offset"]) == (409, there)
    assert said(put(client, film, there, data[there:]))["whole"]
    arrival = client.studio.arrivals.get(film)
    assert arrival is not None
    assert client.studio.arrivals.film(arrival).read_bytes() == data
    assert "film.part" not in files(client)


def test_a_broken_upload_leaves_nothing_behind_after_its_time(client: Client) -> None:
    film = begun(client, "hip.mov", 1_000)
    put(client, film, 0, b"x" * 400)
    now_s = time.time()
    client.studio.arrivals.sweep(now_s + arrivals.GIVEN_UP_S - 60)
    assert files(client) == ["film.json", "film.part"]
    client.studio.arrivals.sweep(now_s + arrivals.GIVEN_UP_S + 60)
    assert list(client.studio.arrivals.folder.iterdir()) == []
    assert client.ask("HEAD", f"/uploads/{film}").status == 404


def test_a_film_that_is_whole_is_never_swept(client: Client) -> None:
    film = begun(client, "hip.mov", 4)
    put(client, film, 0, b"film")
    client.studio.arrivals.sweep(time.time() + 10 * arrivals.GIVEN_UP_S)
    assert client.studio.arrivals.get(film) is not None


@pytest.mark.parametrize(
    ("name", "size", "status", "words"),
    [
        ("hip.mov", 10_000_000_000, 413, "the most that the browser can send"),
        ("hip.mov", 0, 400, "empty"),
        ("hip.exe", 10, 415, "does not look like a film"),
        ("hip", 10, 415, "does not look like a film"),
        ("../../.mov", 10, 415, "does not look like a film"),
    ],
)
def test_what_is_no_film_or_too_large_is_refused_before_a_byte_comes(
    client: Client, name: str, size: int, status: int, words: str
) -> None:
    answer = announce(client, name, size)
    assert answer.status == status
    assert words in said(answer)["why"]
    assert files(client) == []


@pytest.mark.parametrize(
    "name",
    [
        *("../../../hip.mov", "/etc/hip.mov", "..\\..\\hip.mov", "C:\\hip.mov", "<script>.mov"),
        *("hip\0.mov", "h\nip.mov", "\N{RIGHT-TO-LEFT OVERRIDE}vom.mov", "é" * 300 + ".mov"),
    ],
)
def test_no_name_of_a_film_becomes_one_on_the_disk(client: Client, name: str) -> None:
    before = sorted(client.studio.project.parent.rglob("*"))
    film = begun(client, name, 4)
    put(client, film, 0, b"film")
    assert files(client) == ["film.json", "film.mov"]
    page = client.ask("GET", f"/films/{film}").text
    assert "<script>." not in page
    new = set(client.studio.project.parent.rglob("*")) - set(before)
    studio = client.studio.project / ".kinopress"
    assert all(path == studio or studio in path.parents for path in new)


def test_more_than_was_announced_is_refused(client: Client) -> None:
    film = begun(client, "hip.mov", 10)
    assert put(client, film, 0, b"x" * 20).status == 413
    assert (
        client.ask("PUT", f"/uploads/{film}?offset=0", b"", Content_Length="10000000000").status
        == 413
    )
    assert client.studio.arrivals.received(client.studio.arrivals.all()[0]) == 0


@pytest.mark.parametrize("offset", ["", "-1", "x", "1e3", "٣", "9" * 30])
def test_an_offset_that_is_no_number_moves_nothing(client: Client, offset: str) -> None:
    film = begun(client, "hip.mov", 10)
    answer = client.ask("PUT", f"/uploads/{film}?{urlencode({'offset': offset})}", b"x" * 10)
    assert (answer.status, said(answer)["offset"]) == (409, 0)


@pytest.mark.parametrize(
    "film", ["../films", "x", "0" * 16, "..%2f..%2fmkdocs.yml", "0123456789ABCDEF"]
)
def test_films_have_the_names_that_the_program_gave_them(client: Client, film: str) -> None:
    for path in (f"/uploads/{film}", f"/films/{film}", f"/films/{film}/film.mp4"):
        assert client.ask("GET", path).status == 404


def test_a_full_disk_is_said_before_a_byte_comes(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    full = type("Usage", (), {"free": 1_000})
    monkeypatch.setattr(arrivals.shutil, "disk_usage", lambda _: full)
    answer = announce(client, "hip.mov", 5_000_000)
    assert answer.status == 507
    assert "not enough room" in said(answer)["why"]


def test_what_is_needed_is_said_to_be_more_than_what_is_free(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The film alone would fit: then its size says nothing."""
    full = type("Usage", (), {"free": 57_000_000})
    monkeypatch.setattr(arrivals.shutil, "disk_usage", lambda _: full)
    why = said(announce(client, "hip.mov", 42_000_000))["why"]
    film, more, free = (int(mb) for mb in re.findall(r"(\d+) MB", why))
    assert (film, free) == (42, 57)
    assert film + more > free


def test_an_upload_takes_no_memory(client: Client) -> None:
    """Sixty megabytes in one request; a benchmark sends 300."""
    size = 60_000_000
    film = begun(client, "large.mov", size)
    piece = b"x" * 1_000_000
    before_kb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    connection = http.client.HTTPConnection(
        "127.0.0.1", client.studio.session.port, timeout=HANGS_S
    )
    with contextlib.closing(connection):
        connection.request(
            "PUT",
            f"/uploads/{film}?offset=0",
            iter([piece] * (size // len(piece))),
            {
                "Host": client.studio.session.authority,
                "Origin": client.studio.session.origin,
                "Sec-Fetch-Site": "same-origin",
                "Cookie": client.cookie,
                "Content-Length": str(size),
            },
        )
        assert connection.getresponse().status == 200
    grown_mb = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before_kb) / 1000
    assert grown_mb < 30


def test_a_studio_that_receives_a_film_has_not_loaded_what_makes_films_pictures_and_pages() -> None:
    """They are 30 MB, more than half of a process that waits; each is loaded by the first job that needs it."""
    script = (
        "import sys, kinopress.cli.main, kinopress.studio.run, kinopress.studio.app\n"
        "print(*sorted(sys.modules))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    loaded = set(done.stdout.split())
    assert "kinopress.studio.screens.uploads" in loaded
    heavy = {"av", "PIL", "babel", "markdown", "mkdocs", "numpy", "obstore", "pypdf", "segno"}
    assert not loaded & heavy
    assert not {
        name for name in loaded if name.startswith(("kinopress.finder", "kinopress.pages.k"))
    }


def test_a_film_that_another_window_sends_as_well_gets_no_hole(tmp_path: Path) -> None:
    films = arrivals.Arrivals(tmp_path / "films")
    film = films.begin("hip.mov", 3_000_000)
    data = os.urandom(3_000_000)

    async def first() -> AsyncIterator[bytes]:
        yield data[:1_500_000]
        # Another window has resumed it from an earlier place.
        os.truncate(films.folder / film.id / "film.part", 1_000_000)
        yield data[1_500_000:]

    with pytest.raises(arrivals.NotTaken) as refused, ThreadPoolExecutor(1) as beside:
        # In a thread of its own: where a browser's test ran before, this one has a loop already.
        beside.submit(lambda: asyncio.run(films.take(film, 0, first()))).result()
    assert (refused.value.status, refused.value.offset) == (409, 1_000_000)
    assert films.received(film) == 1_000_000


def test_a_film_from_a_phone_is_not_the_one_that_this_computer_sends(client: Client) -> None:
    film = begun(client, "hip.mov", 10)
    sent = client.studio.arrivals.begin("hip.mov", 10, "1", "phone")
    assert sent.id != film
    assert client.studio.arrivals.begin("hip.mov", 10, "1", "phone").id == sent.id
