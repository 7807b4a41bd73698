"""Building from the studio: what would change, the build, the way back; and the preview beside it."""

from __future__ import annotations

import http.client
from collections.abc import Iterator
from pathlib import Path

import pytest

from kinopress.project.telling.changes import what_would_change
from kinopress.publish.server_settings import hosts_file
from kinopress.studio.preview import make_preview
from kinopress.studio.run import server_for, working
from support.command import HANGS_S
from support.projects import SETTINGS, contents, page, small_project, write
from support.studio import Client, done, running_studio, serving


@pytest.fixture
def client(tmp_path: Path) -> Iterator[Client]:
    with running_studio(small_project(tmp_path)) as client:
        yield client.open()


def test_a_build_is_looked_at_made_and_taken_back(client: Client) -> None:
    project = client.studio.project
    with working(client.studio):
        assert client.send("/publish").status == 303
        assert done(client, "site") == "done"
        first = contents(project / "site")
        assert done(client, "site-whole") == "done"

        write(
            project / "docs/articles/news.md",
            page(
                "title: News\ndescription: A text.\ndate: 2026-01-02\ntags: [stretch]\nsources: [practice]"
            ),
        )
        client.send("/publish/look")
        assert done(client, "changes") == "done"
        text = client.ask("GET", "/publish").text
        assert "/articles/news/" in text
        assert contents(project / "site") == first

        client.send("/publish")
        assert done(client, "site") == "done"
        done(client, "site-whole")
        assert (project / "site/articles/news/index.html").is_file()
        assert "<strong>The site:</strong>" in client.ask("GET", "/publish").text
        earlier = client.ask("GET", "/publish").text
        digest = earlier.partition('name="digest" value="')[2].partition('"')[0]
        assert client.send("/publish/back", digest=digest).status == 303
        assert not (project / "site/articles/news").exists()
        # The site that is shown is none that this job has made.
        assert "<strong>The site:</strong>" not in client.ask("GET", "/publish").text
        assert "The earlier site is in place again." in client.ask("GET", "/publish?said=back").text
    assert client.send("/publish/back", digest="nonsense").status == 409


def test_mistakes_stop_a_build_and_are_named(client: Client) -> None:
    write(client.studio.project / "docs/articles/wrong.md", "no fields\n")
    with working(client.studio):
        client.send("/publish")
        assert done(client, "site") == "failed"
    text = client.ask("GET", "/publish").text
    assert "docs/articles/wrong.md" in text
    assert not (client.studio.project / "site").exists()


def test_looking_with_drafts_shows_them_and_leaves_the_site_alone(tmp_path: Path) -> None:
    project = small_project(tmp_path)
    write(
        project / "docs/articles/draft.md",
        page(
            "title: Not yet\ndescription: A text.\ndate: 2026-01-02\ndraft: true\ntags: [stretch]\nsources: [practice]"
        ),
    )
    found = what_would_change(project, drafts=True)
    assert found.folder is not None
    assert (found.folder / "articles/draft/index.html").is_file()
    plain = what_would_change(project)
    assert plain.folder is not None
    assert not (plain.folder / "articles/draft").exists()
    assert not found.folder.exists()  # only the last one is kept
    assert "articles/draft/" not in [change.path for change in plain.new]
    assert not (project / "site").exists()


def test_the_preview_answers_to_its_own_name_alone(tmp_path: Path) -> None:
    write(tmp_path / "site/page/index.html", "<p>A page</p>")
    write(tmp_path / "secret.txt", "a secret")

    def ask(port: int, path: str, host: str) -> tuple[int, str]:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=HANGS_S)
        connection.request("GET", path, headers={"Host": host.format(port=port)})
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        return answer.status, text

    with serving(
        lambda port: server_for(make_preview(port, {"now": lambda: tmp_path / "site"}))
    ) as port:
        own = "localhost:{port}"
        assert ask(port, "/now/page/", own) == (200, "<p>A page</p>")
        assert ask(port, "/now/page", own)[0] == 307
        assert ask(port, "/now/nowhere/", own)[0] == 404
        assert ask(port, "/other/page/", own)[0] == 400
        for path in ("/now/../secret.txt", "/now/%2e%2e/secret.txt", "/now//etc/passwd"):
            assert ask(port, path, own)[0] in (400, 404), path
        for host in ("127.0.0.1:{port}", "evil.example", "localhost"):
            assert ask(port, "/now/page/", host)[0] == 400, host


def test_what_is_looked_at_comes_with_what_readers_hosts_say(tmp_path: Path) -> None:
    write(tmp_path / "site/index.html", "<p>A page</p>")
    own = "  # mine\n  ! Link\n  X-Frame-Options: DENY\n  X-Words: Grüße –\n  X-Mine: yes\n"
    said_to_all = hosts_file("default-src 'none'; form-action 'self'", [])
    write(tmp_path / "site/_headers", said_to_all.replace("/*\n", f"# all\n/*\n{own}", 1))
    with serving(
        lambda port: server_for(make_preview(port, {"now": lambda: tmp_path / "site"}))
    ) as port:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=HANGS_S)
        connection.request("GET", "/now/", headers={"Host": f"localhost:{port}"})
        said = connection.getresponse().headers
        connection.close()
    # The studio shows it inside its own page: who may is the one thing that is not said.
    assert said["Content-Security-Policy"] == "default-src 'none'; form-action 'self'"
    assert said["Referrer-Policy"] == "no-referrer"
    assert said["Cache-Control"] == "no-store"
    assert said["X-Mine"] == "yes"
    assert not {"Link", "X-Frame-Options", "X-Words"} & {*said}


PLACE = "    publish:\n      web:\n        folder: ../public_html\n"


def test_without_a_place_it_leads_to_where_one_is_chosen(client: Client) -> None:
    text = client.ask("GET", "/publish").text
    assert "has no place yet" in text
    assert 'href="/publish/place"' in text
    assert "<pre" not in text
    assert client.send("/publish/readers", to="web").status == 404
    assert client.send("/publish/readers/back", to="web").status == 404


def test_readers_get_the_site_and_the_one_before_it_again(tmp_path: Path) -> None:
    project = small_project(tmp_path / "project")
    write(project / "mkdocs.yml", SETTINGS + PLACE)
    public = tmp_path / "public_html"
    with running_studio(project) as client, working(client.open().studio):
        assert client.ask("GET", "/publish/readers").status == 405
        client.send("/publish/readers", to="web", look="yes")
        assert done(client, "compare-web") == "done"
        assert not public.exists()
        text = client.ask("GET", "/publish").text
        assert "nothing has been sent" in text
        assert "Take the last publishing back" not in text

        client.send("/publish/readers", to="web")
        assert done(client, "publish-web") == "done"
        assert (public / "exercises/clam/index.html").is_file()
        text = client.ask("GET", "/publish").text
        assert "It is there." in text
        assert "Take the last publishing back" not in text  # there is no release before it
        assert "its address is not set" in text  # it is not said to be live

        news = project / "docs/articles/news.md"
        write(
            news,
            page(
                "title: News\ndescription: A text.\ndate: 2026-01-02\ntags: [stretch]\nsources: [practice]"
            ),
        )
        client.send("/publish/readers", to="web")
        assert done(client, "publish-web") == "done"
        assert (public / "articles/news/index.html").is_file()
        text = client.ask("GET", "/publish").text
        assert "/articles/news/" in text
        assert "Take the last publishing back" in text

        client.send("/publish/readers/back", to="web")
        assert done(client, "rollback-web") == "done"
        assert not (public / "articles/news/index.html").is_file()
        assert news.is_file()
        assert "the last one is there again" in client.ask("GET", "/publish").text


def test_what_went_wrong_with_a_host_is_said_in_words(tmp_path: Path) -> None:
    project = small_project(tmp_path / "project")
    write(project / "mkdocs.yml", SETTINGS + PLACE)
    with running_studio(project) as client, working(client.open().studio):
        client.send("/publish/readers/back", to="web")
        assert done(client, "rollback-web") == "failed"
        assert "There is no earlier release" in client.ask("GET", "/publish").text
        write(tmp_path / "public_html/index.html", "Somebody else's page.")
        client.send("/publish/readers", to="web")
        assert done(client, "publish-web") == "failed"
        assert "publish-in-the-way" in client.ask("GET", "/publish").text
    assert (tmp_path / "public_html/index.html").read_text() == "Somebody else's page."
