"""The project's own site, and the same site grown to a thousand pages.

A search is slow and large by its words more than by its pages, so the grown site keeps every page
and every word of the real one; the exercises and articles of generate.py, tagged with the real
terms, fill it up.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

import words
from front import front_matter
from generate import drafts_of
from measure import BenchmarkError, kinopress, run
from plan import Plan, slug_of, titles
from shared import shared_data

from kinopress.content.model.library import Library
from kinopress.content.model.pages import Page
from kinopress.content.read import read_library

ROOT = Path(__file__).resolve().parents[1]
CACHES = ".kinopress"


def copy_own(project: Path) -> None:
    """Copy the content of this repository into ``project``, with what it has drawn and encoded already."""
    copy_content(ROOT, project)
    if (ROOT / CACHES).is_dir():
        # Drawn and encoded again, which nothing here measures, it would take most of a run's time.
        shutil.copytree(ROOT / CACHES, project / CACHES, dirs_exist_ok=True)


def copy_content(checkout: Path, project: Path) -> None:
    """Copy the content of a checkout of this project into ``project``."""
    for name in ("docs", "exercises", "videos"):
        shutil.copytree(checkout / name, project / name)
    shutil.copy(checkout / "mkdocs.yml", project)


def library_of(project: Path) -> Library:
    """What a project holds.

    Raises:
        BenchmarkError: when its check finds errors.
    """
    library, report = read_library(project)
    if report.errors:
        raise BenchmarkError(f"{project.name} does not pass its check: {report.errors[0]}")
    return library


def build(project: Path) -> Path:
    """Build a project; the folder of its site."""
    run([kinopress(), "build"], project)
    return project / "site"


def grow(project: Path, pages: int) -> None:
    """Add exercises and articles, three to one, until the project has ``pages`` pages."""
    library = library_of(project)
    known = {page.slug for page in library.pages.values()}
    missing = pages - len(known)
    made = drafts_of(
        Plan(
            _titles_of(library.muscles),
            _titles_of(library.symptoms),
            _titles_of(library.techniques),
            titles(words.EXERCISE_NAMES, missing - missing // 4),
            titles(words.ARTICLE_NAMES, missing // 4),
        )
    )
    for draft in made:
        if draft.folder not in ("exercises", "articles") or slug_of(draft.title) in known:
            continue
        top = project if draft.folder == "exercises" else project / "docs"
        file = top / draft.folder / f"{draft.slug}.md"
        file.write_text(f"---\n{front_matter(draft.front)}---\n\n{draft.body}", "utf-8")
    with (project / "docs" / "data" / "references.yml").open("a", encoding="utf-8") as references:
        references.write("\n" + front_matter(dict(shared_data()["references"])))
    settings = project / "mkdocs.yml"
    head, reviewers, rest = settings.read_text("utf-8").partition("    reviewers:\n")
    settings.write_text(
        f"{head}{reviewers}      maker:\n        name: the benchmark\n{rest}", "utf-8"
    )


def _titles_of(pages: Sequence[Page]) -> dict[str, str]:
    return {page.slug: page.title for page in pages}
