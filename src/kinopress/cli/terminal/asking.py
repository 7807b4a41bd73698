"""Whether somebody is there to answer. A program that reads what we say is never asked."""

from __future__ import annotations

import sys


def somebody_is_there() -> bool:
    """Whether a person sits at both ends: types what we read, and reads what we write."""
    return sys.stdin.isatty() and sys.stdout.isatty()
