"""How the product's programs are started while tests run: sooner, and as ever where a test needs them to end with it.

A program of ours asks to be killed when we are. It can only ask between fork and exec, and that copies the tables of all
our memory first: for a process that holds six thousand tests it takes as long as a short film's encoding. Without the
request a start takes a thirtieth of that. Processes that a test starts itself, and all that it forks here, ask as ever.
"""

from __future__ import annotations

import os
from contextlib import AbstractContextManager
from typing import Any
from unittest import mock

from kinopress.system import process

_ASKED = "_dies_with"
_as_released: Any = getattr(process, _ASKED)


def quick_starts() -> AbstractContextManager[object]:
    """Start programs that do not ask to end with this process."""
    return mock.patch.object(process, _ASKED, lambda parent: None)


def fork() -> int:
    """Like ``os.fork``; what the new process starts ends with it."""
    child = os.fork()
    if child == 0:
        setattr(process, _ASKED, _as_released)
    return child
