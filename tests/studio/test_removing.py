"""Removing a page in the studio: what goes is shown, its readers are thought of, and it can be put back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from kinopress.project.change.put_back import put_back
from kinopress.project.change.remove import look_at_removal, remove
from kinopress.system.processors.apart import Apart, Lost, Say, here
from support.projects import contents, page, small_project, write
from support.small_films import film_page
from support.studio import Client, running_studio

CLAM = "exercises/clam.md"
LIST = "docs/data/redirects.yml"
ASK = f"/write/remove?path={CLAM}"
TOLD = f"/write/removed?path={CLAM}"


@pytest.fixture
def client(tmp_path: Path) -> Iterator[Client]:
    project = small_project(tmp_path)
    clam = (project / CLAM).read_text("utf-8")
    lift = clam.replace("title: Clam", "title: Lift").replace("Some words.", "As the [[clam]].")
    write(project / "exercises/lift.md", lift)
    with running_studio(project) as client:
        yield client.open()


def _written(client: Client) -> dict[str, bytes]:
    found = contents(client.studio.project)
    return {name: data for name, data in found.items() if not name.startswith(".kinopress")}


def test_a_page_goes_its_readers_are_led_on_and_all_of_it_comes_back(client: Client) -> None:
    before = _written(client)
    assert ASK in client.ask("GET", f"/write/page?path={CLAM}").text
    asked = client.ask("GET", ASK).text
    assert "exercises/lift.md" in asked
    assert "Readers may know /exercises/clam/" in asked
    answer = client.send("/write/remove", path=CLAM, instead="page", to="lift")
    assert (answer.status, answer.headers["location"]) == (303, TOLD.replace("/clam", "%2Fclam"))
    told = client.ask("GET", TOLD).text
    assert "will lead to /exercises/lift/" in told
    assert "removed/exercises-clam/exercises/clam.md" in told
    assert "1 problem" in told
    assert b"exercises/clam: exercises/lift" in _written(client)[LIST]
    assert TOLD in client.ask("GET", "/write").text
    assert client.ask("GET", ASK).headers["location"].startswith("/write/removed")
    back = client.send("/write/removed", path=CLAM)
    assert (back.status, "said=returned" in back.headers["location"]) == (303, True)
    after = _written(client)
    assert after.pop(LIST).count(b"clam") == 0
    assert after == before


def test_nothing_goes_before_it_is_said_what_readers_get(client: Client) -> None:
    write(client.studio.project / "docs/index.md", page("title: Home"))
    before = _written(client)
    for fields, said in (
        ({}, "Choose one of the two."),
        ({"instead": "page"}, "Type the name of the page."),
        ({"instead": "page", "to": "nowhere"}, "no page of this name"),
        ({"to": "clam"}, "is the page itself"),
    ):
        answer = client.send("/write/remove", path=CLAM, **fields)
        assert (answer.status, said in answer.text) == (422, True), said
    first = client.send("/write/remove", path="docs/index.md", instead="gone")
    assert (first.status, "readers begin there" in first.text) == (422, True)
    assert "/write/remove" not in client.ask("GET", "/write/page?path=docs/index.md").text
    for path in ("exercises/nowhere.md", "../secret.md", "mkdocs.yml"):
        assert client.ask("GET", f"/write/remove?path={path}").status == 404
        assert client.send("/write/removed", path=path).status in (404, 422)
    assert client.ask("GET", "/write/remove", Sec_Fetch_Site="cross-site").status == 403
    assert _written(client) == before


def test_a_film_goes_with_all_that_is_named_after_it(client: Client) -> None:
    project = client.studio.project
    (project / "videos/hip.mov").write_bytes(b"a film")
    film_page(project, "hip")
    write(project / "videos/hip.en.draft.vtt", "WEBVTT\n")
    assert (
        "Remove this page and its film" in client.ask("GET", "/write/page?path=videos/hip.md").text
    )
    client.send("/write/remove", path="videos/hip.md", instead="gone")
    told = client.ask("GET", "/write/removed?path=videos/hip.md").text
    assert "readers will be told that the page is gone" in told
    for name in ("hip.md", "hip.mov", "hip.en.draft.vtt"):
        assert f"removed/videos-hip/videos/{name}" in told
        assert not (project / "videos" / name).exists()


def test_a_draft_goes_without_a_question(client: Client) -> None:
    path = "docs/articles/idea.md"
    write(
        client.studio.project / path,
        page("title: Idea\ndescription: About.\ndate: 2026-01-05\ndraft: true"),
    )
    assert (
        "Readers have never had this page" in client.ask("GET", f"/write/remove?path={path}").text
    )
    assert client.send("/write/remove", path=path).status == 303
    assert not (client.studio.project / LIST).exists()


def _losing(lost: Callable[..., object], *, first: bool) -> Apart:
    """Does everything here, but of one function no answer comes: it is killed before or after its work."""

    def do_it(do: Callable[..., Any], *values: Any, say: Say | None = None) -> Any:
        if do is not lost:
            return here(do, *values, say=say)
        if not first:
            here(do, *values, say=say)
        raise Lost

    return do_it


def test_a_removal_that_was_done_and_lost_is_told_as_done(client: Client) -> None:
    client.studio.apart = _losing(remove, first=False)
    answer = client.send("/write/remove", path=CLAM, instead="gone")
    assert (answer.status, answer.headers["location"]) == (303, TOLD.replace("/clam", "%2Fclam"))
    assert client.ask("GET", TOLD).status == 200
    client.studio.apart = _losing(put_back, first=False)
    answer = client.send("/write/removed", path=CLAM)
    assert (answer.status, "said=returned" in answer.headers["location"]) == (303, True)
    assert client.ask("GET", answer.headers["location"]).status == 200


def test_a_removal_that_was_lost_before_it_was_done_says_what_to_do(client: Client) -> None:
    before = _written(client)
    client.studio.apart = _losing(remove, first=True)
    answer = client.send("/write/remove", path=CLAM, instead="page", to="lift")
    assert answer.status == 503
    assert "close other programs and try again" in answer.text
    assert 'value="lift"' in answer.text  # what was chosen stays
    assert _written(client) == before
    client.studio.apart = _losing(look_at_removal, first=True)
    answer = client.ask("GET", ASK)
    assert (answer.status, "close other programs" in answer.text) == (503, True)
    client.studio.apart = here
    client.send("/write/remove", path=CLAM, instead="gone")
    removed = _written(client)
    client.studio.apart = _losing(put_back, first=True)
    answer = client.send("/write/removed", path=CLAM)
    assert (answer.status, "close other programs" in answer.text) == (503, True)
    assert _written(client) == removed


def test_an_earlier_removal_is_not_taken_for_one_that_was_lost(client: Client) -> None:
    clam = client.studio.project / CLAM
    words = clam.read_bytes()
    assert client.send("/write/remove", path=CLAM, instead="gone").status == 303
    clam.write_bytes(words)
    client.studio.apart = _losing(remove, first=True)
    assert client.send("/write/remove", path=CLAM, instead="gone").status == 503
    assert clam.read_bytes() == words
