"""Where readers get the site is asked for, checked, written into the settings in its own lines, and tried."""

from __future__ import annotations

import errno
import os
import re
import stat
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest

from kinopress.content.forms.settings.read import read_settings
from kinopress.publish import secrets
from kinopress.publish.secrets import find_secret, secrets_file
from kinopress.studio.run import working
from kinopress.studio.screens.readers.place import KINDS, QUESTIONS
from support.projects import contents, small_project
from support.studio import Answer, Client, done, running_studio

OWN_WAYS = (
    "# My site, by hand\r\nsite_name:   'A site'   # not to be touched\r\n"
    "theme: {name: material}\r\nplugins: [kinopress]\r\nextra:\r\n  kinopress:\r\n    timezone:  Europe/London # here\r\n"
)


KEPT = "s3cr3t=/+ value"
OTHER = "t0ken"


@pytest.fixture
def client(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Client]:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("APPDATA", str(tmp_path / "config"))
    project = small_project(tmp_path / "project")
    (project / "mkdocs.yml").write_bytes(OWN_WAYS.encode())
    with running_studio(project) as client:
        yield client.open()


def asked(client: Client, kind: str, name: str = "") -> tuple[str, str]:
    """The form, and what it has to send along to be taken."""
    text = client.ask("GET", f"/publish/place?kind={kind}&name={name}").text
    found = re.search(r'name="opened" value="([0-9a-f]*)"', text)
    assert found is not None
    return text, found[1]


def kept(client: Client, kind: str, name: str = "", **typed: str) -> Answer:
    _, opened = asked(client, kind, name)
    return client.send("/publish/place", kind=kind, name=name, opened=opened, **typed)


def test_each_kind_asks_with_examples(client: Client) -> None:
    choice = client.ask("GET", "/publish/place").text
    for kind in KINDS:
        assert f'href="/publish/place?kind={kind}"' in choice
        text, _ = asked(client, kind)
        assert f"<code>{QUESTIONS[kind].example}</code>" in text
    assert client.ask("GET", "/publish/place?kind=moon").status == 404
    assert client.ask("GET", "/publish/place?name=moon").status == 404


@pytest.mark.parametrize(
    ("kind", "typed", "lines"),
    [
        ("folder", {"folder": "../web"}, "      web:\r\n        folder: ../web\r\n"),
        ("zip", {"zip": "../a.zip"}, "      upload:\r\n        zip: ../a.zip\r\n"),
        (
            "server",
            {"server": "jen@example.org:public_html", "port": "2222"},
            "      server:\r\n        server: jen@example.org:public_html\r\n        port: 2222\r\n",
        ),
        (
            "bucket",
            {"bucket": "hips/site", "region": "eu"},
            "      store:\r\n        bucket: hips/site\r\n        region: eu\r\n",
        ),
        (
            "repository",
            {"repository": "https://github.com/jen/site.git", "history": "true"},
            "      pages:\r\n        repository: https://github.com/jen/site.git\r\n        history: true\r\n",
        ),
    ],
)
def test_what_is_answered_is_written_and_no_other_byte(
    client: Client, kind: str, typed: dict[str, str], lines: str
) -> None:
    assert kept(client, kind, **typed).headers["location"] == "/publish?said=place"
    written = (client.studio.project / "mkdocs.yml").read_bytes().decode()
    assert written == f"{OWN_WAYS}    publish:\r\n{lines}"
    (place,) = read_settings(client.studio.project).publish.values()
    assert getattr(place, kind) == typed[kind]


def test_a_mistake_is_said_at_its_field_and_nothing_is_written(client: Client) -> None:
    before = contents(client.studio.project)
    for kind, typed, field, said in (
        ("server", {"server": "example.org"}, "server", "does not name a folder on a server"),
        ("folder", {"folder": "docs"}, "folder", "outside"),
        ("folder", {}, "folder", "needed"),
        ("server", {"server": "jen:secret@example.org:web"}, "server", "password"),
        (
            "folder",
            {"folder": "../web", "site_url": "http://127.0.0.1/"},
            "site_url",
            "leave this empty",
        ),
    ):
        answer = kept(client, kind, **typed)
        assert answer.status == 422
        found = re.search(rf'id="{field}-wrong">([^<]*)<', answer.text)
        assert found is not None, (kind, typed)
        assert said in unescape(found[1])
        assert 'aria-invalid="true"' in answer.text
    assert contents(client.studio.project) == before


def test_keys_go_into_no_file_of_the_project_and_are_shown_to_nobody(client: Client) -> None:
    project = client.studio.project
    kept(client, "bucket", bucket="hips", key="AK-1", secret=KEPT)
    file = secrets_file(os.environ)
    assert not any(b"s3cr3t" in data or b"AK-1" in data for data in contents(project).values())
    if os.name == "posix":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    found = [find_secret("store", what, project, os.environ) for what in ("key", "secret")]
    assert found == ["AK-1", KEPT]
    text, _ = asked(client, "bucket", "store")
    assert "s3cr3t" not in text
    assert text.count("One is kept already") == 2
    # Left empty they stay; a new one takes the place of the old.
    kept(client, "bucket", "store", bucket="hips", key="AK-2")
    found = [find_secret("store", what, project, os.environ) for what in ("key", "secret")]
    assert found == ["AK-2", KEPT]
    refused = kept(client, "bucket", "store", bucket="H", key="AK-3")
    assert "AK-3" not in refused.text


def sent_again(client: Client, answer: Answer, **typed: str) -> Answer:
    """What was refused, from the form that was shown then."""
    found = dict(re.findall(r'name="(opened|name|kind)" value="([^"]*)"', answer.text))
    return client.send("/publish/place", **found, **typed)


@pytest.mark.skipif(os.name != "posix", reason="who may read a file is said otherwise there")
def test_a_file_of_secrets_that_others_can_read_takes_no_more(client: Client) -> None:
    project = client.studio.project
    before = contents(project)
    file = secrets_file(os.environ)
    file.parent.mkdir(parents=True)
    file.write_text("# mine\nOTHER=1\n")
    file.chmod(0o644)
    typed = {"repository": "https://example.org/a.git", "token": OTHER}
    answer = kept(client, "repository", **typed)
    assert answer.status == 422
    assert "chmod 600" in answer.text
    assert file.read_text() == "# mine\nOTHER=1\n"
    assert contents(project) == before
    file.chmod(0o600)
    assert sent_again(client, answer, **typed).status == 303
    assert list(read_settings(project).publish) == ["pages"]
    assert file.read_text() == "# mine\nOTHER=1\nKINOPRESS_PAGES_TOKEN=t0ken\n"


def test_a_place_whose_keys_could_not_be_kept_in_the_end_is_the_same_when_it_is_sent_again(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    typed = {"repository": "https://example.org/a.git", "token": OTHER}
    with monkeypatch.context() as patch:
        patch.setattr(secrets, "write_bytes", full)
        answer = kept(client, "repository", **typed)
    assert answer.status == 422
    assert "no space left" in answer.text
    assert sent_again(client, answer, **typed).status == 303
    assert list(read_settings(client.studio.project).publish) == ["pages"]
    assert find_secret("pages", "token", client.studio.project, os.environ) == OTHER


def test_keys_of_a_place_that_is_gone_are_never_sent_to_another(client: Client) -> None:
    project = client.studio.project
    file = secrets_file(os.environ)
    settings = project / "mkdocs.yml"
    before = settings.read_bytes()
    kept(client, "bucket", bucket="old", key="AK-1", secret=KEPT)
    # Taken off the list: its keys are gone, too.
    _, opened = asked(client, "bucket", "store")
    assert client.send("/publish/place/forget", name="store", opened=opened).status == 303
    assert file.read_text() == ""
    # Taken out of the settings by hand: its name is not given again.
    kept(client, "bucket", bucket="old", key="AK-1", secret=KEPT)
    settings.write_bytes(before)
    text, _ = asked(client, "bucket")
    assert "One is kept already" not in text
    kept(client, "bucket", bucket="new")
    [name] = read_settings(project).publish
    assert find_secret(name, "key", project, os.environ) is None
    # A place without keys leaves no file of them.
    file.unlink()
    kept(client, "folder", folder="../web")
    _, opened = asked(client, "folder", "web")
    assert client.send("/publish/place/forget", name="web", opened=opened).status == 303
    assert not file.exists()


def test_a_place_is_tried_changed_and_taken_off_the_list(client: Client) -> None:
    project = client.studio.project
    with working(client.studio):
        kept(client, "folder", folder="../web", site_url="https://www.example.org/")
        assert read_settings(project).site_url == "https://www.example.org/"
        assert done(client, "try-web") == "done"
        assert "Nothing of a site is there yet" in client.ask("GET", "/publish").text
        assert not (project.parent / "web").exists()
        # Another kind under the same name; and a second place.
        kept(client, "zip", "web", zip="../web.zip")
        place = read_settings(project).publish["web"]
        assert (place.zip, place.folder) == ("../web.zip", None)
        kept(client, "folder", folder="../nowhere/deep/web")
        assert done(client, "try-web-2") == "failed"
        assert "../nowhere" in client.ask("GET", "/publish").text
    for name in ("web-2", "web"):
        _, opened = asked(client, "zip", name)
        assert client.send("/publish/place/forget", name=name, opened=opened).status == 303
    assert read_settings(project).publish == {}
    assert (project / "mkdocs.yml").read_bytes().startswith(OWN_WAYS.encode()[:120])


def test_settings_that_changed_meanwhile_are_not_overwritten(client: Client) -> None:
    file = client.studio.project / "mkdocs.yml"
    _, opened = asked(client, "folder")
    file.write_bytes(file.read_bytes().replace(b"A site", b"Another"))
    answer = client.send("/publish/place", kind="folder", opened=opened, folder="../web")
    assert answer.status == 422
    assert "changed after you opened it" in answer.text
    assert b"publish" not in file.read_bytes()
    again = re.search(r'name="opened" value="([0-9a-f]*)"', answer.text)
    assert again is not None
    client.send("/publish/place", kind="folder", opened=again[1], folder="../web")
    assert b"Another" in file.read_bytes()
    assert b"folder: ../web" in file.read_bytes()
