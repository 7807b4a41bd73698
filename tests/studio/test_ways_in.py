"""A phone and a folder: the other ways in for a film."""

from __future__ import annotations

import http.client
import os
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest

from kinopress.studio.app import LOOKS
from kinopress.studio.folder import STILL_FOR_S, DropFolder
from kinopress.studio.phone import Phone
from kinopress.studio.run import server_for
from support.command import HANGS_S
from support.projects import small_project
from support.studio import Client, running_studio


@pytest.fixture
def client(tmp_path: Path) -> Iterator[Client]:
    project = tmp_path / "project"
    project.mkdir()
    with running_studio(small_project(project)) as client:
        yield client.open()


class Visitor:
    """A phone that opens the link."""

    def __init__(self, link: str) -> None:
        self.authority, _, self.path = link.removeprefix("http://").partition("/")
        self.cookie = ""

    def ask(
        self, method: str, path: str, body: str | bytes = b"", **headers: str
    ) -> tuple[int, str, dict[str, str]]:
        connection = http.client.HTTPConnection(self.authority, timeout=HANGS_S)
        said = {"Cookie": self.cookie, "Accept": "text/html", **headers}
        connection.request(method, path, body or None, said)
        answer = connection.getresponse()
        values = {name.lower(): value for name, value in answer.getheaders()}
        text = answer.read().decode()
        connection.close()
        return answer.status, text, values


@pytest.fixture
def phone(client: Client) -> Iterator[Phone]:
    made = Phone(client.studio, server_for, LOOKS, lambda: "127.0.0.1")
    yield made
    made.close()


def test_the_door_is_closed_until_it_is_asked_for(client: Client, phone: Phone) -> None:
    assert (phone.link, phone.code(), phone.minutes_left) == ("", None, 0)
    assert client.ask("GET", "/settings/phone.svg").status == 404
    assert phone.open() is None
    assert phone.minutes_left == 15
    assert b"<svg" in (phone.code() or b"")


def test_a_code_opens_once_and_only_for_sending(client: Client, phone: Phone) -> None:
    phone.open()
    visitor = Visitor(phone.link)
    assert visitor.ask("GET", "/")[0] == 403
    status, _, headers = visitor.ask("GET", f"/{visitor.path}")
    assert status == 303
    assert visitor.ask("GET", f"/{visitor.path}")[0] == 403
    visitor.cookie = headers["set-cookie"].partition(";")[0]
    assert visitor.ask("GET", "/")[0] == 200
    for path in ("/check", "/films/new", "/source?path=mkdocs.yml", "/jobs", "/words", "/settings"):
        assert visitor.ask("GET", path)[0] == 404, path
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    words = urlencode({"name": "hip.mov", "size": "4"})
    assert visitor.ask("POST", "/uploads", words, **form)[0] == 403
    own = {"Origin": f"http://{visitor.authority}"}
    assert visitor.ask("POST", "/uploads", words, **form, **own)[0] == 200
    film = client.studio.arrivals.all()[0]
    assert film.way == "phone"
    assert visitor.ask("PUT", f"/uploads/{film.id}?offset=0", b"film", **own)[0] == 200
    other = client.studio.arrivals.begin("other.mov", 4)
    assert visitor.ask("PUT", f"/uploads/{other.id}?offset=0", b"film", **own)[0] == 404


def test_the_studio_itself_knows_no_cookie_of_the_phone(client: Client, phone: Phone) -> None:
    phone.open()
    visitor = Visitor(phone.link)
    cookie = visitor.ask("GET", f"/{visitor.path}")[2]["set-cookie"].partition(";")[0]
    assert client.ask("GET", "/", Cookie=cookie).status == 403


def test_without_a_network_it_says_so(client: Client) -> None:
    said = Phone(client.studio, server_for, LOOKS, lambda: None).open()
    assert said is not None
    assert "not on a network" in said


def watched(tmp_path: Path) -> tuple[DropFolder, Path]:
    place = tmp_path / "drop"
    place.mkdir()
    folder = DropFolder(tmp_path / "folder.json")
    assert folder.watch(str(place), tmp_path / "project") is None
    return folder, place


def test_a_film_is_offered_when_it_has_stopped_growing(tmp_path: Path) -> None:
    folder, place = watched(tmp_path)
    film = place / "Hip.MOV"
    film.write_bytes(b"x" * 100)
    folder.look(0)
    folder.look(STILL_FOR_S - 1)
    assert folder.offered() == []
    film.write_bytes(b"x" * 200)
    folder.look(STILL_FOR_S)
    folder.look(2 * STILL_FOR_S - 1)
    assert folder.offered() == []
    folder.look(2 * STILL_FOR_S)
    assert [offered.name for offered in folder.offered()] == ["Hip.MOV"]


def test_what_was_dealt_with_is_not_offered_again(tmp_path: Path) -> None:
    folder, place = watched(tmp_path)
    (place / "hip.mov").write_bytes(b"film")
    (place / "words.txt").write_bytes(b"words")
    (place / ".hidden.mov").write_bytes(b"film")
    with (place / "only-promised.mov").open(
        "wb"
    ) as promised:  # as a cloud drive shows what it has elsewhere
        os.truncate(promised.fileno(), 1_000_000)
    folder.look(0)
    folder.look(STILL_FOR_S)
    (offered,) = folder.offered()
    folder.done(offered)
    assert folder.offered() == []
    again = DropFolder(tmp_path / "folder.json")
    again.look(0)
    again.look(STILL_FOR_S)
    assert again.folder == str(place)
    assert again.offered() == []
    assert (place / "hip.mov").read_bytes() == b"film"


@pytest.mark.parametrize(
    ("typed", "words"),
    [("Films", "whole name"), ("/no/such/folder", "no such folder"), ("/films\0x", "whole name")],
)
def test_a_folder_that_cannot_be_watched_is_said(client: Client, typed: str, words: str) -> None:
    answer = client.send("/settings/folder", folder=typed)
    assert answer.status == 422
    assert words in answer.text


def test_the_project_itself_is_not_watched(client: Client) -> None:
    answer = client.send("/settings/folder", folder=str(client.studio.project / "videos"))
    assert answer.status == 422
    assert "in the project itself" in answer.text


def test_a_film_is_taken_from_the_folder_and_stays_there(client: Client, tmp_path: Path) -> None:
    place = tmp_path / "drop"
    place.mkdir()
    (place / "hip.mov").write_bytes(b"film")
    assert client.send("/settings/folder", folder=str(place)).status == 303
    client.studio.folder.look(0)
    client.studio.folder.look(STILL_FOR_S)
    (offered,) = client.studio.folder.offered()
    assert client.send("/settings/take", key="../hip.mov").status == 404
    answer = client.send("/settings/take", key=offered.key)
    assert answer.status == 303
    assert client.ask("GET", answer.headers["location"]).status == 200
    assert (place / "hip.mov").read_bytes() == b"film"
    assert client.studio.folder.offered() == []
