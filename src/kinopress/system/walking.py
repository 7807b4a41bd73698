"""The files below a folder, by path: as text, since thousands of paths as objects take longer than what is done with them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path


def paths_below(folder: Path) -> Iterator[str]:
    """Every file below a folder, by its path from there with ``/``; folder by folder, each in order."""
    top = str(folder)
    for root, folders, names in os.walk(top):
        folders.sort()
        below = root[len(top) + 1 :].replace(os.sep, "/")
        for name in sorted(names):
            yield f"{below}/{name}" if below else name
