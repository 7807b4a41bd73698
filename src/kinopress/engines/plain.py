"""The plain tree on disk: Markdown, HTML and files that any engine builds without Kinopress."""

from __future__ import annotations

import json
from pathlib import Path

from kinopress.content.model.library import Library
from kinopress.engines import look
from kinopress.engines import settings as engine
from kinopress.engines.page_file import page_file
from kinopress.pages.site import Site
from kinopress.system import disk
from kinopress.system.release import Place, owner

_MARKER = ".kinopress-stage"
"""Earlier versions left this in every folder they staged, and no record."""


def stage_place(project: Path, target: Path) -> Place:
    """The folder of a staged tree, as what fills it knows it."""
    folder = target.resolve()
    return Place(folder, owner(project, folder), lambda it: (it / _MARKER).is_file())


def stage(site: Site, library: Library, aside: Path) -> None:
    """Write the plain tree into an empty folder: ``mkdocs.yml`` and ``docs/``.

    Raises:
        OSError: when it cannot be written.
    """
    docs = aside / "docs"
    for page in site.pages:
        file = docs / page.path
        disk.make_folder(file.parent)
        disk.write(file, page_file(page).encode("utf-8"))
    for path, source in site.files.items():
        file = docs / path
        disk.make_folder(file.parent)
        disk.copy(source, file)
    for path, made in {**site.made, **engine.made_files(library)}.items():
        file = docs / path
        disk.make_folder(file.parent)
        disk.write(file, made)
    for asset in engine.assets():
        file = docs / asset
        disk.make_folder(file.parent)
        disk.copy(look.THEME / asset, file)
    # JSON is YAML: no second YAML writer is needed for a file nobody edits.
    settings = json.dumps(engine.plain_settings(library, site), ensure_ascii=False, indent=2)
    disk.write(aside / "mkdocs.yml", f"{settings}\n".encode())
