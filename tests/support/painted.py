"""Cards that are painted once in a process: many builds of the tests are of the same few pages.

A card is its values and what it shows, and nothing else. With a drawing on it, it takes seventy milliseconds, half of the first
build of a small project that has three of them. When one is painted again and where it is kept is the product's as ever.
"""

from __future__ import annotations

import functools
from contextlib import AbstractContextManager
from unittest import mock

from kinopress.project.drawings import cards

_PAINTED = "_painted"
_MOST = 512
"""Of some thirty kilobytes each."""


def painted_once() -> AbstractContextManager[object]:
    """Take a card that was painted before, where a build asks for the very same one."""
    once = functools.lru_cache(maxsize=_MOST)(getattr(cards, _PAINTED))
    return mock.patch.object(cards, _PAINTED, once)
