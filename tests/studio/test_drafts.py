"""Drafts of captions in the studio: read beside their film, corrected, accepted, and given to nobody before that."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from support.projects import small_project, write
from support.small_films import film_page
from support.studio import Client, running_studio

PATH = "videos/hip.en.draft.vtt"
CAPTIONS = "videos/hip.en.vtt"
WHERE = f"/drafts?path={PATH}"
HEARD = "WEBVTT\n\n00:01.500 --> 00:03.000\nOpen the need.\n"


@pytest.fixture
def client(tmp_path: Path) -> Iterator[Client]:
    project = small_project(tmp_path)
    (project / "videos/hip.mov").write_bytes(b"not looked at")
    film_page(project, "hip", "trim: {from: 1 s, to: 4 s}")
    write(project / PATH, HEARD)
    with running_studio(project) as client:
        yield client.open()


def opened(client: Client) -> str:
    """The token of the draft as its screen has it."""
    found = re.search(r'name="token" value="([^"]+)"', client.ask("GET", WHERE).text)
    assert found is not None
    return found[1]


def send(client: Client, action: str, text: str, token: str = "") -> tuple[int, str]:
    answer = client.send(
        "/drafts", path=PATH, token=token or opened(client), text=text, action=action
    )
    return answer.status, answer.text


def test_a_draft_is_found_corrected_and_accepted(client: Client) -> None:
    project = client.studio.project
    address = f"/drafts?path={PATH.replace('/', '%2F')}"
    assert f'href="{address}"' in client.ask("GET", "/").text
    assert f'href="{address}"' in client.ask("GET", "/check?notes=yes").text
    assert "Open the need." in client.ask("GET", WHERE).text
    right = HEARD.replace("need", "knee")
    assert send(client, "keep", right)[0] == 303
    assert (project / PATH).read_text("utf-8") == right
    library = client.studio.now().library
    assert library is not None
    assert library.films["hip"].captions == {}  # kept is not accepted
    assert send(client, "accept", right)[0] == 303
    assert (project / CAPTIONS).read_text("utf-8") == right
    assert not (project / PATH).exists()
    library = client.studio.now().library
    assert library is not None
    assert library.films["hip"].captions == {"en": CAPTIONS}
    assert client.ask("GET", WHERE).status == 404


def test_captions_that_readers_have_are_never_replaced(client: Client) -> None:
    project = client.studio.project
    write(project / CAPTIONS, HEARD.replace("need", "hip"))
    status, text = send(client, "accept", HEARD)
    assert status == 422
    assert "is what readers have" in text
    assert "hip" in (project / CAPTIONS).read_text("utf-8")
    assert (project / PATH).is_file()


def test_what_cannot_be_read_or_was_changed_elsewhere_is_said_and_kept_on_the_screen(
    client: Client,
) -> None:
    project = client.studio.project
    status, text = send(client, "accept", "WEBVTT\n\n00:09.000 --> 00:03.000\nMy words.\n")
    assert status == 422
    assert "My words." in text
    assert "Line 3" in text
    token = opened(client)
    write(project / PATH, HEARD.replace("need", "gate"))
    status, text = send(client, "keep", "WEBVTT\n\nMine.\n", token)
    assert status == 422
    assert "changed after you opened it" in text
    assert "Mine." in text
    assert "gate" in (project / PATH).read_text("utf-8")
    assert not (project / CAPTIONS).exists()


def test_captions_that_readers_have_are_corrected_as_they_are(client: Client) -> None:
    file = client.studio.project / CAPTIONS
    write(file, HEARD)
    where = f"/drafts?path={CAPTIONS}"
    assert "Readers have these" in client.ask("GET", where).text
    assert f"{CAPTIONS.replace('/', '%2F')}" in client.ask("GET", "/footage/hip").text
    token = re.search(r'name="token" value="([^"]+)"', client.ask("GET", where).text)
    assert token is not None
    sent = {"path": CAPTIONS, "token": token[1], "action": "keep"}
    bad = client.send("/drafts", **sent, text="WEBVTT\n\n00:09.000 --> 00:03.000\nMine.\n")
    assert bad.status == 422
    assert file.read_text("utf-8") == HEARD
    assert client.send("/drafts", **sent, text=HEARD.replace("need", "knee")).status == 303
    assert "knee" in file.read_text("utf-8")


def test_no_other_file_is_a_draft(client: Client) -> None:
    for path in ("mkdocs.yml", "videos/hip.md", "../x.en.draft.vtt", "videos/no.en.draft.vtt"):
        assert client.ask("GET", f"/drafts?path={path}").status == 404, path
        assert client.send("/drafts", path=path, text="x", action="accept").status == 404, path
        assert client.ask("GET", f"/drafts/captions.vtt?path={path}").status == 404, path
    assert "00:01.500" in client.ask("GET", f"/drafts/captions.vtt?path={PATH}").text
