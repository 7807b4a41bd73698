"""Bytes that this program keeps for itself, after a digest of them: what does not fit it is not there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from kinopress.system.atomic import write_bytes

_DIGITS = 64


def read_checked(file: Path, check: Callable[[bytes], str]) -> bytes | None:
    """What was kept by :func:`write_checked`; ``None`` where that is not there, or is not as it was written.

    Args:
        file: The file.
        check: A digest of the bytes, in 64 digits, and of whatever they are only good with.
    """
    try:
        if not file.is_file():  # a named pipe would be waited for without end
            return None
        whole = file.read_bytes()
    except OSError:
        return None
    data = whole[_DIGITS:]
    return data if whole[:_DIGITS] == check(data).encode() else None


def write_checked(file: Path, check: Callable[[bytes], str], data: bytes) -> None:
    """Keep bytes for :func:`read_checked`, whole or not at all.

    Raises:
        OSError: it cannot be written; what was there is as it was.
    """
    write_bytes(file, check(data).encode() + data)
