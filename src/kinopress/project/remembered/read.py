"""What the last build knew of pages before they are rendered, for whoever reads them again."""

from __future__ import annotations

import hashlib
from pathlib import Path

from kinopress.content.model.kinds import SETTINGS_FILE
from kinopress.content.source.kept_pages import KeptPages, read_kept_pages
from kinopress.project.made_from import programs

READ = Path(".kinopress/cache/read.pickle")
"""The pages as they were read."""


def read_before(project: Path, *, is_for_later: bool = True) -> KeptPages:
    """The pages as the last build read them, with what they are checked with today.

    Args:
        project: The project's folder.
        is_for_later: Whether what is read now is written down as well.
    """
    file = project / READ
    # Which programs there are takes longer to find out than a small site to read: only where there is something to compare.
    known = (
        read_kept_pages(file, programs=programs(), is_for_later=is_for_later)
        if file.exists()
        else KeptPages(is_for_later=is_for_later)
    )
    known.beside = beside_pages(project) or ""
    return known


def beside_pages(project: Path) -> str | None:
    """A digest of the files that pages are checked and rendered with beside those that give pages.

    Poses are not among them: which page asks for one, or for its drawing, is noted as it is asked for.

    Returns:
        ``None`` where the settings ask the computer for values, or a file cannot be read: then nothing
        may be taken for known.
    """
    try:
        settings = (project / SETTINGS_FILE).read_bytes()
        if b"!ENV" in settings:
            return None
        seen = hashlib.sha256(settings)
        for file in sorted((project / "docs/data").rglob("*")):
            if file.is_file():
                data = file.read_bytes()
                seen.update(f"{file.relative_to(project)} {len(data)}\n".encode("utf-8", "replace"))
                seen.update(data)
    except OSError:  # who reads the project says why
        return None
    return seen.hexdigest()
