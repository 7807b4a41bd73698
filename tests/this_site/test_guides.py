"""The guides take their examples from this site: what they name is there, and what they show can be put into it."""

from __future__ import annotations

import datetime as dt
import re
import shutil
from pathlib import Path

from kinopress.content.model.kinds import IN_FOLDERS
from kinopress.content.read import read_library
from kinopress.content.source.film_files import FILM_ENDINGS
from kinopress.content.text.blocks import BLOCKS, block_problem, split_block
from support.guide import ROOT, examples, in_code, table
from support.own_project import own_library
from support.projects import write

A_DAY = dt.date(2026, 12, 1)


def test_every_block_is_there_and_works_as_it_is_written() -> None:
    library, _ = read_library(ROOT, today=A_DAY)
    shown = {}
    for row in table("Links, sources, blocks, pictures"):
        target = in_code(row[0])[0].removeprefix("{{").removesuffix("}}").strip()
        assert block_problem(target, library.pages, library.shared.red_flags) is None
        shown[split_block(target)[0]] = row[1]
    assert shown == {name: words for name, (_, words) in BLOCKS.items()}


def test_the_pages_in_the_guide_can_be_put_into_the_site_as_they_are(tmp_path: Path) -> None:
    project = tmp_path / "site-of-the-coach"
    films = shutil.ignore_patterns(*(f"*{ending}" for ending in FILM_ENDINGS))
    for folder in ("docs", "exercises", "videos"):
        shutil.copytree(ROOT / folder, project / folder, ignore=films)
    shutil.copy(ROOT / "mkdocs.yml", project)
    _, before = read_library(project, today=A_DAY)
    pages = examples("markdown", "vtt")
    assert {Path(page.path).parent.as_posix() for page in pages} >= {*IN_FOLDERS, "docs"}
    for page in pages:
        write(project / page.path, page.text)
    (project / "videos/hip-circles.mp4").write_bytes(b"not looked into by a check")
    library, after = read_library(project, today=A_DAY)
    assert {*map(str, after)} - {*map(str, before)} == set()
    assert library.films["hip-circles"].captions == {"en": "videos/hip-circles.en.vtt"}


def test_the_sources_the_guide_for_writers_names_are_there() -> None:
    named = set(re.findall(r"`([a-z]+\d{4})`", (ROOT / "WRITING.md").read_text("utf-8")))
    assert len(named) >= 6
    assert named <= own_library().shared.references.keys()
