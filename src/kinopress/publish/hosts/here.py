"""What places on this computer's own disks have in common."""

from __future__ import annotations

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
    return around
