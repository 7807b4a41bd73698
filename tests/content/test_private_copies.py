"""What is kept for a client alone is not published under another name."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from kinopress.content.read import read_library
from kinopress.content.rules.private.copies import private_copies
from kinopress.content.source.private.likeness import Likeness
from support.projects import page, small_project, write

PLAN = """\
---
title: Six weeks
client: ab-1
consent: 2026-01-05
---

Anna had her hip operated on in 2019 and is afraid of stairs; we begin without any load.
Her sister drives her on Tuesdays.
"""
BODY = PLAN.rpartition("---\n")[2]
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


BODIES: dict[str, Callable[[str], str]] = {
    "as-it-is": str,
    "other-line-ends": lambda words: words.replace("\n", "\r\n"),
    "in-one-line": lambda words: words.replace("\n", " "),
    "among-other-words": lambda words: f"For you.\n\n{words}\nSee you soon.",
}


@pytest.mark.parametrize("way", BODIES)
@pytest.mark.parametrize("where", ["docs/articles/anna.md", "docs/handout.txt"])
def test_a_plan_without_its_fields_is_known(project: Path, where: str, way: str) -> None:
    words = BODIES[way](BODY)
    if where.endswith(".md"):
        words = page("title: Hips\ndescription: Of hips.\ntags: [strength]", words)
    (project / where).parent.mkdir(exist_ok=True)
    (project / where).write_bytes(words.encode())
    assert copied(project) == [
        f"{where} what is written below the fields of {CLIENTS} is also here, and that file is private"
    ]


@pytest.mark.parametrize(
    "of_client", ["ab-1/14-days.txt", "ab-1/came-back/2026-02-01.TXT", "ab-1/notes.markdown"]
)
@pytest.mark.parametrize("way", WAYS)
def test_so_is_any_text_of_theirs(project: Path, of_client: str, way: str) -> None:
    theirs = project / "clients" / of_client
    write(theirs, "Dear Anna, on day 1 you do the bridge, twice.\n" * 3)
    WAYS[way](theirs, project / "docs/handout.txt")
    assert copied(project) == [
        f"docs/handout.txt this is also in clients/{of_client}, and what is there is private"
    ]


@pytest.mark.parametrize("folder", [".stversions/ab-1", "ab-1/.earlier", ".old"])
def test_folders_whose_names_begin_with_a_dot_hold_earlier_versions(
    project: Path, folder: str
) -> None:
    write(project / "clients" / folder / "plan.md", PLAN.replace("Anna", "Bert"))
    write(project / "docs/handout.txt", PLAN.replace("Anna", "Bert"))
    assert copied(project) == [
        f"docs/handout.txt this is also in clients/{folder}/plan.md, and what is there is private"
    ]


def test_what_is_about_no_client_may_be_handed_out(project: Path) -> None:
    """The words to ask for consent are for all; what keeps git away is no secret."""
    for name in ("consent.txt", ".gitignore"):
        write(project / "clients" / name, "May I keep what you tell me about your hip?\n" * 3)
    os.link(project / "clients/consent.txt", project / "docs/handout.txt")
    write(project / "docs/more.txt", (project / "clients/.gitignore").read_text())
    assert copied(project) == []
    write(project / "clients/ab-1/consent.txt", "Anna may, says Anna.\n" * 5)
    write(project / "docs/more.txt", "Anna may, says Anna.\n" * 5)
    assert [said.partition(" ")[0] for said in copied(project)] == ["docs/more.txt"]


LONG = "w" * 80


@pytest.mark.parametrize(
    ("ours", "is_said"),
    [
        (Likeness("a", (1, 2), b"other"), True),
        (Likeness("a", (1, 3), b"digest"), True),
        (Likeness("a", (1, 3), b"other"), False),
        (Likeness("a", (1, 3), b"", f"x {LONG}w y"), True),
        (Likeness("a", (1, 3), b"", f"x {LONG} y"), True),
        (Likeness("a", (1, 3), b"", f"x {LONG[1:]} y"), False),
        (Likeness("a", (1, 3)), False),
    ],
)
def test_likeness_decides(ours: Likeness, is_said: bool) -> None:
    theirs = [
        Likeness("clients/b", (1, 2), b"digest", f"{LONG}w"),
        Likeness("clients/c", (1, 9), b"", "c: d", LONG),
        Likeness("clients/d", (1, 8), b"", LONG[1:], LONG[1:]),
    ]
    assert bool(list(private_copies(theirs, [ours]))) == is_said


def test_nothing_is_said_of_what_only_begins_alike_or_is_empty(project: Path) -> None:
    write(project / "docs/handout.txt", PLAN.replace("stairs", "ladders"))
    write(project / "docs/empty.txt", "")
    write(project / "clients/ab-1/empty.txt", "")
    write(project / "clients/ab-1/note.md", "Some words.")
    assert copied(project) == []
