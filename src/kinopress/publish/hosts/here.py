"""What places on this computer's own disks have in common."""

from __future__ import annotations

import contextlib
import stat
from pathlib import Path

from kinopress.publish.target import HostError


def folder_around(path: Path) -> Path:
    """The folder around a place.

    Raises:
        HostError: it is not there.
    """
    around = path.parent
    if not around.is_dir():
        raise HostError(
            "the folder around it is not there",
            "connect the drive, or correct the path in mkdocs.yml",
        )
    with contextlib.suppress(OSError):  # not there yet
        mode = path.stat().st_mode
        if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
            raise HostError(
                "this is a pipe, a socket or a device, and nothing can be published into it",
                "name a file or a folder in mkdocs.yml",
            )
    return around
