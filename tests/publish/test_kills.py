"""A publication that is killed, to each kind of host that is not a folder here; benchmarks/kills.py does it a hundred times."""

from __future__ import annotations

import os
import subprocess
from dataclasses import asdict
from pathlib import Path

import pytest

from publish import servers
from publish.killed import measure

KILLS = int(os.environ.get("KINOPRESS_PUBLISH_KILLS", "3"))


@pytest.fixture
def about(tmp_path: Path) -> dict[str, object]:
    for name in ("sources", "server", "web"):
        (tmp_path / name).mkdir()
    return {"sources": str(tmp_path / "sources")}


def test_readers_of_a_store_find_each_page_whole(about: dict[str, object], tmp_path: Path) -> None:
    with servers.s3(tmp_path / "server") as bucket:
        store = about | {"kind": "s3", "bucket": asdict(bucket)}
        assert measure("s3", store, tmp_path / "server/films", KILLS) == 0


@pytest.mark.parametrize("name", ["ssh, a link", "ssh, a real folder"])
def test_readers_of_a_server_find_a_whole_release_or_each_page_whole(
    about: dict[str, object], tmp_path: Path, name: str
) -> None:
    web = tmp_path / "web/site"
    if name == "ssh, a real folder":
        web.mkdir()
        (web / "hers.txt").write_text("hers")
    with servers.sshd(tmp_path / "server") as sshd:
        login = {"kind": "ssh", "port": sshd.port, "options": sshd.options, "folder": str(web)}
        assert measure(name, about | login, web, KILLS) == 0


def test_readers_of_a_branch_find_one_whole_release(
    about: dict[str, object], tmp_path: Path
) -> None:
    repository = tmp_path / "server/site.git"
    subprocess.run(["git", "init", "--quiet", "--bare", str(repository)], check=True)
    branch = about | {"kind": "branch", "repository": str(repository)}
    assert measure("a branch", branch, tmp_path / "web/site", KILLS) == 0
