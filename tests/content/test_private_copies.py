"""What is kept for a client alone is not published under another name."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from kinopress.content.read import read_library
from support.projects import page, small_project, write

PLAN = """\
---
title: Six weeks
client: ab-1
consent: 2026-01-05
---

Anna had her hip operated on in 2019 and is afraid of stairs; we begin without any load.
"""
CLIENTS = "clients/ab-1/plan.md"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = small_project(tmp_path / "site")
    write(folder / CLIENTS, PLAN)
    (folder / "clients/ab-1/photo.jpg").write_bytes(b"\xff\xd8 the photo of a client")
    write(
        folder / "docs/more.md", page("title: More\ndescription: A page.", "[Take it](handout.txt)")
    )
    return folder


def copied(project: Path) -> list[str]:
    _, report = read_library(project)
    return [f"{p.path} {p.message}" for p in report if p.code == "client-copy"]


WAYS: dict[str, Callable[[Path, Path], object]] = {
    "copy": lambda theirs, ours: ours.write_bytes(theirs.read_bytes()),
    "hard-link": os.link,
    "other-line-ends": lambda theirs, ours: ours.write_bytes(
        theirs.read_bytes().replace(b"\n", b"\r\n")
    ),
    "utf-16": lambda theirs, ours: ours.write_text(theirs.read_text("utf-8"), "utf-16"),
    "with-a-mark-first": lambda theirs, ours: ours.write_text(
        theirs.read_text("utf-8"), "utf-8-sig"
    ),
    "words-before-and-after": lambda theirs, ours: ours.write_text(
        f"For you:\n\n{theirs.read_text('utf-8')}\n\nSee you soon.", "utf-8"
    ),
}


@pytest.mark.parametrize("way", WAYS)
def test_a_plan_under_another_name_stops_a_build(project: Path, way: str) -> None:
    WAYS[way](project / CLIENTS, project / "docs/handout.txt")
    assert copied(project) == [
        f"docs/handout.txt this is also in {CLIENTS}, and what is there is private"
    ]


@pytest.mark.parametrize("where", ["docs/pictures/knee.jpg", "videos/clam.poster.jpg"])
def test_so_does_any_other_file_of_theirs(project: Path, where: str) -> None:
    (project / where).parent.mkdir(exist_ok=True)
    (project / where).write_bytes((project / "clients/ab-1/photo.jpg").read_bytes())
    (project / "videos/clam.mp4").write_bytes(b"a film")
    write(project / "videos/clam.md", page("title: Clam\ndescription: A film."))
    assert copied(project) == [
        f"{where} this is also in clients/ab-1/photo.jpg, and what is there is private"
    ]


def test_a_page_is_looked_at_as_well(project: Path) -> None:
    write(project / "docs/articles/anna.md", PLAN)
    assert [said.partition(" ")[0] for said in copied(project)] == ["docs/articles/anna.md"]


def test_the_folder_may_be_elsewhere(project: Path, tmp_path: Path) -> None:
    (project / "clients").rename(tmp_path / "people")
    settings = (project / "mkdocs.yml").read_text("utf-8")
    write(project / "mkdocs.yml", settings + "    clients: ../people\n")
    write(project / "docs/handout.txt", PLAN)
    assert copied(project) == [
        "docs/handout.txt this is also in ../people/ab-1/plan.md, and what is there is private"
    ]


def test_nothing_is_said_of_what_only_begins_alike_or_is_empty(project: Path) -> None:
    write(project / "docs/handout.txt", PLAN.replace("stairs", "ladders"))
    write(project / "docs/empty.txt", "")
    write(project / "clients/ab-1/empty.txt", "")
    write(project / "clients/ab-1/note.md", "Some words.")
    assert copied(project) == []
