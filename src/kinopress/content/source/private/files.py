"""Which files are kept for clients: looks at names only, and loads nothing that reads pages."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from kinopress.content.model.clients import FOR_ALL_CLIENTS

_PACKED = ".git"
"""What git keeps is packed: nobody could read a copy of it, and there may be a hundred thousand files."""


def client_files(folder: Path) -> Iterator[Path]:
    """Every file in the folder of clients, in order, but those that are about nobody.

    Folders whose names begin with a dot count: programs that copy folders keep earlier versions there.
    Links to folders are not followed, as nowhere in that folder.

    Args:
        folder: The folder in which each client has one; it need not be there.
    """
    for at, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if name != _PACKED)
        here = Path(at)
        for name in sorted(names):
            if here != folder or name not in FOR_ALL_CLIENTS:
                yield here / name
