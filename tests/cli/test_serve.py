"""``kinopress serve`` on this computer and, when it is asked to, for a phone in the same network."""

from __future__ import annotations

import contextlib
import itertools
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path

import pytest
from mkdocs.exceptions import PluginError

from kinopress.content.source.scan import Sources, scan_project
from kinopress.engines.mkdocs import preview
from kinopress.engines.mkdocs.reloading import ReloadingServer
from kinopress.mkdocs_plugin import prepared_for_mkdocs
from kinopress.problems import Refusal
from kinopress.project.preview import Preview
from support.command import HANGS_S
from support.ports import quiet_port
from support.projects import page, small_project, write


def _served(project: Path, *options: str) -> tuple[str, int, dict[str, bool]]:
    """What ``serve`` says, its port, and by which addresses of this computer it could be reached."""
    port = quiet_port()
    command = [sys.executable, "-u", "-m", "kinopress.cli.main", "serve", "--port", str(port)]
    running = subprocess.Popen(
        [*command, *options],
        cwd=project,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    ends = time.monotonic() + HANGS_S
    try:
        while time.monotonic() < ends:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                break
            assert running.poll() is None, running.communicate()[0]
            time.sleep(0.1)
        reached = {}
        for host in {"127.0.0.1", preview.network_address() or "127.0.0.1"}:
            try:
                with urllib.request.urlopen(f"http://{host}:{port}/") as answer:
                    reached[host] = b"A small site" in answer.read()
            except OSError:
                reached[host] = False
    finally:
        running.terminate()
        said = running.communicate()[0]
    return said, port, reached


def test_other_devices_cannot_look_unless_they_are_let_in(tmp_path: Path) -> None:
    said, port, reached = _served(small_project(tmp_path))
    assert reached.pop("127.0.0.1")
    assert not any(reached.values())
    assert f"Look at http://127.0.0.1:{port}/" in said
    assert "phone" not in said


def test_for_a_phone_it_says_the_address_to_type_and_who_can_look(tmp_path: Path) -> None:
    said, port, reached = _served(small_project(tmp_path), "--phone")
    assert all(reached.values())
    address = preview.network_address()
    if address is None:  # a computer without a network
        assert "this computer is not on a network" in said
        return
    assert f"On a phone on the same network: http://{address}:{port}/" in said
    assert "Everyone on this network can look while this runs, at drafts too." in said


def test_without_a_network_there_is_no_address_to_type(monkeypatch: pytest.MonkeyPatch) -> None:
    def unreachable(*_: object) -> None:
        raise OSError(101, "Network is unreachable")

    class Unconnected(socket.socket):
        connect = unreachable  # type: ignore[assignment]

    monkeypatch.setattr(socket, "socket", Unconnected)
    assert preview.network_address() is None
    words = preview._on_a_phone(None, 8000)
    assert "only this computer can look" in words and not re.search(r"https?://", words)


def test_a_preview_reads_a_project_once_each_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = small_project(tmp_path / "site")
    write(project / "exercises/clam.md", page("title: Clam"))
    read: list[Path] = []

    def noted(folder: Path, kept: Mapping[str, str] | None = None) -> Sources:
        read.append(folder)
        return scan_project(folder, kept)

    monkeypatch.setattr("kinopress.content.read.scan_project", noted)
    own = Preview(project, lambda *_: None)
    for source in (own.now, own.now, lambda: prepared_for_mkdocs(project, preview=True)):
        read.clear()
        pages = source().site.pages
        assert len(read) == 1
        assert any(shown.path == "exercises/clam.md" and shown.problems for shown in pages)
    write(project / "mkdocs.yml", "site_name: [")
    with pytest.raises(Refusal, match=r"mkdocs\.yml"):
        own.now()
    with pytest.raises(PluginError, match=r"mkdocs\.yml"):
        prepared_for_mkdocs(project, preview=True)
    with pytest.raises(Refusal, match=r"mkdocs\.yml"):
        Preview(project, lambda *_: None)


def _written(file: Path, words: Iterator[str]) -> None:
    write(file, next(words))


def test_a_folder_that_comes_later_or_comes_back_is_watched(tmp_path: Path) -> None:
    later, gone = tmp_path / "videos", tmp_path / "exercises"
    write(gone / "clam.md", "words")
    server = ReloadingServer(lambda: None, host="127.0.0.1", port=0, root=str(tmp_path))

    def noticed(change: Callable[[], object] = lambda: None) -> bool:
        """Whether pages would be made again after a change, which is made until it is seen; asked once."""
        ends = time.monotonic() + HANGS_S
        while not server._want_rebuild and time.monotonic() < ends:
            change()
            time.sleep(0.05)
        was, server._want_rebuild = server._want_rebuild, False
        return was

    server.watch_from_now([later, gone])
    try:
        write(later / "hip.md", "words")
        assert noticed()
        aside = tmp_path / "aside"
        gone.rename(aside)
        assert noticed()
        aside.rename(gone)
        assert noticed()
        # Ten times: what is told of the folder itself is told once or twice.
        words = (str(number) for number in itertools.count())
        for file in (later / "hip.md", gone / "clam.md"):
            assert all(noticed(partial(_written, file, words)) for _ in range(10))
    finally:
        assert server.watching is not None
        server.watching.stop()
