"""Having the operating system write to the disk now, so that a power cut takes nothing back."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path


def flush(path: Path) -> None:
    """Write a file or folder to the disk now.

    Raises:
        OSError: A file cannot be written; folders are flushed where the system can do that.
    """
    is_folder = path.is_dir()
    if is_folder and sys.platform == "win32":
        return  # Windows opens no folders
    descriptor = os.open(path, os.O_RDONLY if is_folder else os.O_RDWR)
    try:
        with contextlib.suppress(OSError) if is_folder else contextlib.nullcontext():
            os.fsync(descriptor)
    finally:
        os.close(descriptor)
