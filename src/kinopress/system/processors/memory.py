"""How much memory this process holds on to."""

from __future__ import annotations

import contextlib
import ctypes
import sys

_M_ARENA_MAX = -8  # mallopt(3)


def keep_one_heap() -> None:
    """Let all threads share one heap, before there are any (Linux with the usual C library; elsewhere nothing happens).

    Each thread gets a heap of its own there, which keeps what was freed in it. That serves threads which all ask for
    memory at the same time; those of a server for one person take turns, and one heap serves them again and again.
    """
    if sys.platform == "linux":
        with contextlib.suppress(AttributeError, OSError):
            ctypes.CDLL(None).mallopt(_M_ARENA_MAX, 1)
