"""The plain tree on disk: Markdown, HTML and files that any engine builds without Kinopress."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from kinopress.content.library import Library
from kinopress.pages import engine
from kinopress.pages.render import Site
from kinopress.problems import ExitCode, Problem, Refusal

MARKER = ".kinopress-stage"
"""Lies in every folder we staged, so that we only ever replace our own."""


def stage(site: Site, library: Library, target: Path) -> None:
    """Write the plain tree: ``target/mkdocs.yml`` and ``target/docs/``. A former stage is replaced whole.

    Raises:
        Refusal: when the folder holds anything that was not staged (exit code 2).
        OSError: when it cannot be written.
    """
    if target.exists() and (
        not target.is_dir() or (any(target.iterdir()) and not (target / MARKER).is_file())
    ):
        problem = Problem(
            str(target),
            None,
            None,
            "this folder holds other things",
            "name an empty folder or a new one",
            "stage-not-empty",
        )
        raise Refusal([problem], ExitCode.USAGE)
    aside = target.with_name(f".{target.name}.next")
    shutil.rmtree(aside, ignore_errors=True)
    docs = aside / "docs"
    for page in site.pages:
        file = docs / page.path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(page.markdown, "utf-8", newline="\n")
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
    (aside / MARKER).write_text("Made by kinopress stage; replaced by the next one.\n", "utf-8")
    shutil.rmtree(target, ignore_errors=True)
    aside.replace(target)
