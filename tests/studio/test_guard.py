"""What the studio refuses, asked as a hostile page, another program or a stale tab would ask."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from kinopress import studio
from support.projects import page, small_project, write
from support.studio import Client, running_studio


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    project = small_project(tmp_path_factory.mktemp("studio"))
    write(
        project / "docs/articles/hostile.md",
        page(
            "title: <script>alert(1)</script>\ndescription: A text.\ndate: 2026-01-02\ndraft: true\n"
            "tags: ['<img src=x onerror=alert(1)>']\nsources: [practice]"
        ),
    )
    with running_studio(project) as client:
        yield client.open()


def test_the_link_opens_the_studio_once_and_leaves_the_address(client: Client) -> None:
    assert client.ask("GET", "/").status == 200
    link = client.studio.session.link.removeprefix(client.studio.session.origin)
    assert client.ask("GET", link, Cookie=None).status == 403  # it was used when the client opened
    assert client.ask("GET", "/start?token=", Cookie=None).status == 403
    assert client.ask("GET", "/start?token=None", Cookie=None).status == 403


def test_a_program_that_only_looks_at_the_link_does_not_use_it_up(tmp_path: Path) -> None:
    with running_studio(small_project(tmp_path)) as client:
        link = client.studio.session.link.removeprefix(client.studio.session.origin)
        assert client.ask("HEAD", link, Cookie=None).status == 405
        assert client.ask("GET", link, Cookie=None).status == 303


@pytest.mark.parametrize("path", ["/", "/check", "/source?path=mkdocs.yml", "/jobs", "/words"])
def test_without_the_cookie_nothing_is_answered(client: Client, path: str) -> None:
    answer = client.ask("GET", path, Cookie=None)
    assert answer.status == 403
    assert "Start Kinopress again" in answer.text
    of_another_run = f"{client.studio.session.cookie_name}=made-up"
    assert client.ask("GET", path, Cookie=of_another_run).status == 403


@pytest.mark.parametrize(
    "host",
    [
        *("evil.example", "127.0.0.1", "localhost:{port}", "localhost.:{port}", "0.0.0.0:{port}"),
        *("[::1]:{port}", "127.0.0.1.nip.io:{port}", "127.0.0.1:1", ""),
    ],
)
def test_only_the_name_it_was_started_with_is_answered(client: Client, host: str) -> None:
    named = host.format(port=client.studio.session.port)
    assert client.ask("GET", "/", Host=named).status == 400


def test_a_request_without_a_host_is_refused(client: Client) -> None:
    assert client.ask("GET", "/", Host=None).status == 400


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_what_another_page_asks_for_is_refused_even_with_the_cookie(
    client: Client, site: str
) -> None:
    for path in ("/", "/look/studio.css"):
        assert client.ask("GET", path, Sec_Fetch_Site=site).status == 403
    assert client.ask("GET", "/", Sec_Fetch_Site="none").status == 200  # a bookmark


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_only_pages_of_the_studio_change_something(client: Client, method: str) -> None:
    def status(**headers: str | None) -> int:
        return client.ask(method, "/check", b"", **headers).status

    own = client.studio.session.origin
    allowed = status()
    assert allowed == 405  # the guard lets it through, and this address takes no changes
    for origin in (
        None,
        "null",
        "https://evil.example",
        "http://127.0.0.1:1",
        f"{own}.evil.example",
    ):
        assert status(Origin=origin) == 403, origin
    assert status(Origin=own.replace("127.0.0.1", "localhost")) == 403
    for site in (None, "none", "same-site", "cross-site"):
        assert status(Sec_Fetch_Site=site) == 403, site


def test_words_of_pages_are_words_and_never_markup(client: Client) -> None:
    for path in ("/", "/check", "/source?path=docs/articles/hostile.md"):
        text = client.ask("GET", path).text
        assert "&lt;script&gt;" in text or "&lt;img" in text, path
        assert "<script>alert" not in text
        assert "<img" not in text


@pytest.mark.parametrize(
    "path",
    [
        *(
            "../secret.md",
            "docs/../../secret.md",
            "docs/articles/..",
            "/etc/passwd",
            "docs//index.md",
        ),
        *(
            "docs/link.md",
            "docs\\index.md",
            "docs/index.md\0.md",
            ".kinopress/cache/build.json",
            "",
        ),
        "docs/articles",
    ],
)
def test_no_name_leads_out_of_the_sources(client: Client, path: str) -> None:
    project = client.studio.project
    write(project.parent / "secret.md", "a secret\n")
    link = project / "docs/link.md"
    if not link.is_symlink():
        link.symlink_to(project.parent / "secret.md")
    from urllib.parse import quote

    answer = client.ask("GET", f"/source?path={quote(path)}")
    assert answer.status == 404
    assert "a secret" not in answer.text


def test_a_browser_is_told_how_little_a_page_may_do(client: Client) -> None:
    for path in ("/", "/nowhere", "/look/studio.css"):
        headers = client.ask("GET", path).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "script-src 'self';" in policy
        assert "unsafe" not in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"
        assert "access-control-allow-origin" not in headers


def test_the_name_of_a_button_holds_the_words_that_are_seen_on_it() -> None:
    """Who speaks to a computer says what is to be seen (WCAG 2.5.3)."""
    found = []
    for template in sorted((Path(studio.__file__).parent / "templates").glob("*.html")):
        text = template.read_text("utf-8")
        found += re.findall(
            r'<(?:button|a)\b[^<]*?aria-label="([^"]*)"[^<]*?>(.*?)</(?:button|a)>', text
        )
    assert len(found) >= 6
    assert [(name, seen) for name, seen in found if seen not in name] == []
