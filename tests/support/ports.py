"""A port for a server that a test starts by its number."""

from __future__ import annotations

import os
import socket

FIRST, COUNT = 12_000, 18_000
"""Below the ports that systems give away by themselves (from 32768 on Linux, 49152 elsewhere): one that was free a
moment ago is not some other program's now."""


def quiet_port() -> int:
    """A free port; tests in other processes begin to look at other places."""
    for step in range(COUNT):
        port = FIRST + (os.getpid() * 97 + step) % COUNT
        try:
            with socket.create_server(("127.0.0.1", port)):
                return port
        except OSError:
            continue
    raise AssertionError("no port is free")
