"""Tokens come from the environment, a file of the coach's own or the keyring, and never from the project."""

from __future__ import annotations

import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from kinopress.publish.secrets import find_secret, variable
from kinopress.publish.target import HostError

posix = pytest.mark.skipif(sys.platform == "win32", reason="permissions are of another kind there")


def secrets(folder: Path, text: str = "# mine\nKINOPRESS_MY_WEB_TOKEN = 'abc'\n") -> dict[str, str]:
    folder.mkdir(exist_ok=True)
    (folder / "secrets").write_text(text)
    (folder / "secrets").chmod(0o600)
    return {"KINOPRESS_SECRETS": str(folder / "secrets")}


def test_the_environment_goes_before_the_file(tmp_path: Path) -> None:
    environment = secrets(tmp_path / "config")
    project = tmp_path / "project"
    assert variable("my-web", "token") == "KINOPRESS_MY_WEB_TOKEN"
    assert find_secret("my-web", "token", project, environment) == "abc"
    assert find_secret("other", "token", project, environment) is None
    environment |= {"KINOPRESS_MY_WEB_TOKEN": "from here"}
    assert find_secret("my-web", "token", project, environment) == "from here"


def test_without_any_there_is_none(tmp_path: Path) -> None:
    assert (
        find_secret("web", "token", tmp_path, {"KINOPRESS_SECRETS": str(tmp_path / "no")}) is None
    )


@posix
def test_a_file_that_others_can_read_is_refused(tmp_path: Path) -> None:
    environment = secrets(tmp_path / "config")
    (tmp_path / "config/secrets").chmod(0o644)
    with pytest.raises(HostError, match="other people") as found:
        find_secret("my-web", "token", tmp_path / "project", environment)
    assert "chmod 600" in found.value.hint


def test_a_file_in_the_project_is_refused(tmp_path: Path) -> None:
    environment = secrets(tmp_path / "project")
    with pytest.raises(HostError, match="in the project's folder"):
        find_secret("my-web", "token", tmp_path / "project", environment)


def test_the_keyring_is_asked_last_and_only_where_it_works(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(service: str, name: str) -> str:
        raise RuntimeError(service, name)

    kept = {("kinopress", "KINOPRESS_MY_WEB_TOKEN"): "of the keyring"}
    works = SimpleNamespace(get_password=lambda service, name: kept.get((service, name)))
    monkeypatch.setitem(sys.modules, "keyring", works)
    environment = secrets(tmp_path / "config", "KINOPRESS_OTHER_TOKEN=of the file\n")
    project = tmp_path / "project"
    kept["kinopress", "KINOPRESS_OTHER_TOKEN"] = "of the keyring, too"
    assert find_secret("other", "token", project, environment) == "of the file"
    assert find_secret("my-web", "token", project, environment) == "of the keyring"
    assert find_secret("my-web", "secret", project, environment) is None
    for broken in (SimpleNamespace(get_password=locked), SimpleNamespace(), None):
        monkeypatch.setitem(sys.modules, "keyring", broken)
        assert find_secret("my-web", "token", project, environment) is None
