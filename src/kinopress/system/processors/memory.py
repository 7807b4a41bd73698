"""How much memory this process holds on to."""

from __future__ import annotations

import contextlib
import ctypes
import sys

_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD, _M_ARENA_MAX = -1, -3, -8  # mallopt(3)
_LARGE_BYTES = 128 * 1024
"""As the C library itself begins; left alone it takes each larger piece that was given back for a reason to keep more."""


def keep_one_heap() -> None:
    """Let all threads share one heap, before there are any (Linux with the usual C library; elsewhere nothing happens).

    Each thread gets a heap of its own there, which keeps what was freed in it. That serves threads which all ask for
    memory at the same time; those of a server for one person take turns, and one heap serves them again and again.
    A large piece is had from the system and goes back there, however many there were before it.
    """
    if sys.platform == "linux":
        with contextlib.suppress(AttributeError, OSError):
            mallopt = ctypes.CDLL(None).mallopt
            mallopt(_M_ARENA_MAX, 1)
            mallopt(_M_MMAP_THRESHOLD, _LARGE_BYTES)
            mallopt(_M_TRIM_THRESHOLD, _LARGE_BYTES)


def give_back() -> None:
    """Let the system have what was freed (as :func:`keep_one_heap`: there alone); else it stays here for later."""
    if sys.platform == "linux":
        with contextlib.suppress(AttributeError, OSError):
            ctypes.CDLL(None).malloc_trim(0)
