"""The plain tree on disk: Markdown, HTML and files that any engine builds without Kinopress."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from kinopress.content.model.library import Library
from kinopress.engines import settings as engine
from kinopress.engines.page_file import page_file
from kinopress.pages.site import Site
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
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(page_file(page), "utf-8", newline="\n")
    for path, source in site.files.items():
        file = docs / path
        file.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, file)
    for path, made in site.made.items():
        file = docs / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(made)
    for asset in engine.assets():
        file = docs / asset
        file.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(engine.THEME / asset, file)
    # JSON is YAML: no second YAML writer is needed for a file nobody edits.
    settings = json.dumps(engine.plain_settings(library), ensure_ascii=False, indent=2)
    (aside / "mkdocs.yml").write_text(settings + "\n", "utf-8")
