"""Why a port cannot be had is said as it is."""

from __future__ import annotations

import errno
import socket

import pytest

from kinopress.problems import ExitCode, Refusal
from kinopress.system.network import hold_port


def refusal(port: int) -> str:
    with pytest.raises(Refusal) as refused:
        hold_port("127.0.0.1", port, path="studio", other=port + 2)
    assert refused.value.exit_code == ExitCode.ENVIRONMENT
    (problem,) = refused.value.problems
    return f"{problem.message}; {problem.hint}"


def test_a_port_is_held_and_another_program_has_it_then() -> None:
    with hold_port("127.0.0.1", 0, path="studio", other=2) as held:
        port = held.getsockname()[1]
        words = f"port {port} is in use by another program; stop that one, or use --port {port + 2}"
        assert refusal(port) == words


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.EACCES, "this computer does not let you use port 80; use one above 1023"),
        (errno.EADDRNOTAVAIL, "port 80 cannot be used: cannot assign"),
    ],
)
def test_a_port_that_nobody_uses_is_not_said_to_be_in_use(
    monkeypatch: pytest.MonkeyPatch, number: int, words: str
) -> None:
    def fails(*_: object, **__: object) -> socket.socket:
        raise OSError(number, "Cannot assign requested address")

    monkeypatch.setattr(socket, "create_server", fails)
    assert refusal(80).startswith(words)
