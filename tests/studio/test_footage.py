"""A film that has its page, in the studio: what is chosen on it, and that nothing else in its file changes."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from kinopress.codes import Code
from kinopress.problems import Problem
from kinopress.studio.run import working
from kinopress.studio.screens.check import editor_address
from support.command import HANGS_S
from support.projects import small_project
from support.small_films import film_page, make_film
from support.studio import Answer, Client, running_studio

WHERE = "/footage/hip"
PAGE = "videos/hip.md"
FIELDS = (
    "trim: {from: 0.52 s, to: 2.5 s} # as filmed",
    "poster: 1.04 s",
    "chapters:",
    "  - {at: 0.52 s, title: Set up} # first",
    "  - {at: 2 s, title: Other side}",
)
SHOWN: dict[str, str | list[str]] = {
    "from": "0:00.5",
    "to": "0:02.5",
    "poster": "0:01",
    "chapter_at": ["0:00.5", "0:02"],
    "chapter_title": ["Set up", "Other side"],
}


@pytest.fixture
def client(tmp_path: Path) -> Iterator[Client]:
    project = small_project(tmp_path)
    make_film(project / "videos/hip.mp4", seconds=3.0, size="320x180")
    film_page(project, "hip", *FIELDS)
    with running_studio(project) as client:
        yield client.open()


def choose(client: Client, **fields: str | list[str]) -> Answer:
    found = re.search(r'name="token" value="([^"]+)"', client.ask("GET", WHERE).text)
    assert found is not None
    return client.send(WHERE, **{"token": found[1], **SHOWN, **fields})


def test_what_is_shown_and_sent_back_changes_no_byte(client: Client) -> None:
    """Moments are shown to a tenth of a second; the file keeps its own."""
    text = client.ask("GET", WHERE).text
    for name in ("from", "to", "poster"):
        assert f'name="{name}" type="text" value="{SHOWN[name]}"' in text
    before = (client.studio.project / PAGE).read_bytes()
    assert choose(client).status == 303
    assert (client.studio.project / PAGE).read_bytes() == before


@pytest.mark.parametrize(
    ("fields", "old", "new"),
    [
        ({"from": "0:01"}, "from: 0.52 s", "from: 1 s"),
        ({"poster": "", "still": "0:02.2"}, "poster: 1.04 s", "poster: 2.2 s"),
        ({"poster": ""}, "poster: 1.04 s\n", ""),
        ({"from": "", "to": ""}, "trim: {from: 0.52 s, to: 2.5 s} # as filmed\n", ""),
        ({"chapter_title": ["Set up", "Left"]}, "title: Other side", "title: Left"),
    ],
)
def test_only_what_was_chosen_changes(
    client: Client, fields: dict[str, str | list[str]], old: str, new: str
) -> None:
    file = client.studio.project / PAGE
    before = file.read_text("utf-8")
    answer = choose(client, **fields)
    assert answer.status == 303, answer.text
    assert file.read_text("utf-8") == before.replace(old, new)
    assert client.studio.now().report.errors == []


def test_what_cannot_be_used_is_said_and_nothing_is_written(client: Client) -> None:
    file = client.studio.project / PAGE
    before = file.read_bytes()
    for fields, words in (
        ({"to": "0:00.1"}, "after the beginning"),
        ({"from": "0:10", "to": ""}, "The film ends at 0:03; the part to show must begin"),
        ({"to": "0:10"}, "The film ends at 0:03; choose a time up to then"),
        ({"chapter_at": ["0:01", "0:10"]}, "each chapter must begin before that"),
        ({"poster": "soon"}, "like 1:05"),
        ({"chapter_at": ["0:01", "0:01"]}, "begin at the same moment"),
        ({"token": "another", "poster": "0:02"}, "changed after you opened it"),
    ):
        answer = choose(client, **fields)  # type: ignore[arg-type]  # each value is one of a form
        assert answer.status == 422
        assert words in answer.text
        assert file.read_bytes() == before
    assert client.ask("GET", "/footage/nothing").status == 404
    assert client.send("/footage/nothing", **SHOWN).status == 404


def test_a_problem_of_a_film_leads_to_its_screen(client: Client) -> None:
    """As building says it: by the film; no link leads to what no screen can show."""

    def leads(path: str) -> str:
        return editor_address(Problem(path, "it is dark", "film it again", Code.MEDIA_MISSING))

    assert leads("videos/hip.mp4") == WHERE
    assert leads("docs/images/hip.jpg") == leads("docs/images") == ""
    make_film(client.studio.project / "videos/alone.MOV", seconds=0.2, size="64x64")
    answer = client.ask("GET", leads("videos/alone.MOV"))
    assert (answer.status, answer.headers["location"]) == (303, "/#alone")
    assert 'id="alone"' in (week := client.ask("GET", "/").text)
    assert "Write videos/alone.md." in week
    assert "kinopress" not in week.partition("<main")[2]  # a command is of no use here
    answer = client.send("/write/film", film="videos/alone.MOV")
    assert answer.headers["location"] == "/write/page?path=videos%2Falone.md&said=new"
    assert (client.studio.project / "videos/alone.md").is_file()
    assert client.send("/write/film", film="videos/alone.MOV").status == 422  # it has one now
    assert client.send("/write/film", film="../alone.MOV").status == 422


def test_the_whole_film_is_shown_with_six_pictures_of_it(client: Client) -> None:
    assert "<video" not in client.ask("GET", WHERE).text
    with working(client.studio):
        assert client.send(f"{WHERE}/show").status == 303
        ends = time.monotonic() + HANGS_S
        while (job := client.studio.jobs.of("show-hip")) is None or not job.is_over:
            assert time.monotonic() < ends
            time.sleep(0.05)
    text = client.ask("GET", WHERE).text
    assert "<video" in text
    assert text.count('name="still"') == 6
    assert client.ask("GET", f"{WHERE}/film.mp4").headers["content-type"] == "video/mp4"
    for asked in ("number=5", "at=1.5"):
        picture = client.ask("GET", f"{WHERE}/still?{asked}").body
        assert Image.open(BytesIO(picture)).format == "JPEG"


def test_a_file_of_captions_becomes_a_draft_and_never_replaces_one(client: Client) -> None:
    draft = client.studio.project / "videos/hip.en.draft.vtt"
    subrip = b"1\r\n00:00:00,500 --> 00:00:01,500\r\nOpen the knee.\r\n"
    assert client.ask("PUT", f"{WHERE}/captions", b"no captions").status == 422
    assert not draft.exists()
    assert client.ask("PUT", f"{WHERE}/captions", subrip).status == 204
    text = draft.read_text("utf-8")
    heard = client.ask("GET", "/drafts?path=videos/hip.en.draft.vtt").text
    assert "Words end at" not in heard
    draft.write_text(text.replace("00:01.500", "00:59.500"), "utf-8")
    heard = client.ask("GET", "/drafts?path=videos/hip.en.draft.vtt").text
    assert "Words end at 59.5 s, but the film ends at 3.0 s." in heard
    draft.write_text(text, "utf-8")
    assert text.startswith("WEBVTT")
    assert "Open the knee." in text
    assert "hip.en.draft.vtt" in client.ask("GET", WHERE).text
    library = client.studio.now().library
    assert library is not None
    assert library.films["hip"].captions == {}
    again = client.ask("PUT", f"{WHERE}/captions", subrip)
    assert (again.status, draft.read_text("utf-8")) == (422, text)
    assert "already a draft" in again.text


def test_a_picture_of_her_own_is_put_beside_the_film_and_never_over_another(
    client: Client,
) -> None:
    picture = BytesIO()
    Image.new("RGB", (640, 360), "teal").save(picture, "PNG")
    poster = client.studio.project / "videos/hip.poster.png"
    assert client.ask("PUT", f"{WHERE}/poster", b"no picture").status == 422
    assert client.ask("PUT", f"{WHERE}/poster", picture.getvalue()).status == 204
    assert poster.read_bytes() == picture.getvalue()
    again = client.ask("PUT", f"{WHERE}/poster", picture.getvalue())
    assert again.status == 422
    assert "videos/hip.poster.png is the film" in again.text
