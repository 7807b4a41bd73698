"""``kinopress serve`` on this computer and, when it is asked to, for a phone in the same network."""

from __future__ import annotations

import contextlib
import re
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from kinopress.engines.mkdocs import preview
from support.command import HANGS_S
from support.projects import small_project


def _served(project: Path, *options: str) -> tuple[str, int, dict[str, bool]]:
    """What ``serve`` says, its port, and by which addresses of this computer it could be reached."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
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
