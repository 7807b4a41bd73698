"""``kinopress new``: the page it writes is right from the first line, whatever the title."""

from __future__ import annotations

from pathlib import Path

import pytest

from kinopress.cli import new
from kinopress.content.document import read_document
from kinopress.content.nodes import Text
from support.command import files_no_larger_than, start, type_in
from support.projects import contents, page, small_project, write

KINDS = {
    "article": "docs/articles",
    "exercise": "exercises",
    "plan": "docs/plans",
    "video": "videos",
    "muscle": "docs/muscles",
    "symptom": "docs/symptoms",
}
Capture = pytest.CaptureFixture[str]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return small_project(tmp_path / "site")


@pytest.mark.parametrize(("kind", "folder"), KINDS.items())
def test_a_new_page_is_a_draft_in_its_folder_that_the_check_accepts(
    kind: str, folder: str, project: Path, capsys: Capture
) -> None:
    answer = type_in(capsys, "new", kind, "Bird dog & co", "--project", project)
    assert answer.code == 0
    assert answer.out.startswith(f"Written: {folder}/bird-dog-co.md\n")
    checked = type_in(capsys, "check", "--json", "--project", project)
    assert checked.code == 0
    assert set(checked.codes) <= {"film-missing"}
    assert checked.json["counts"]["held"] == 1


@pytest.mark.parametrize(("kind", "folder"), KINDS.items())
def test_taking_the_draft_line_out_publishes_the_page(
    kind: str, folder: str, project: Path, capsys: Capture
) -> None:
    type_in(capsys, "new", kind, "Bird dog", "--project", project)
    file = project / folder / "bird-dog.md"
    lines = file.read_text("utf-8").splitlines(keepends=True)
    write(file, "".join(line for line in lines if not line.startswith("draft:")))
    if kind == "video":
        (project / "videos/bird-dog.mp4").write_bytes(b"not looked into by a check")
    checked = type_in(capsys, "check", "--json", "--project", project)
    assert (checked.code, checked.codes) == (0, [])
    assert checked.json["counts"]["held"] == 0


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("Hips: a start", "Hips: a start"),
        ('The "lazy" glute', 'The "lazy" glute'),
        ("It's a back\\slash", "It's a back\\slash"),
        ("# not a heading", "# not a heading"),
        ("[[clam]] and {{ video x }}", "[[clam]] and {{ video x }}"),
        ("@you & *me* 20 % !", "@you & *me* 20 % !"),
        ("Ŵyneb â'r llawr", "Ŵyneb â'r llawr"),
        ("A leg 🦵 day", "A leg 🦵 day"),
        ("  too   many spaces ", "too many spaces"),
        ("two\nlines", "two lines"),
        ("a bell \x07 rings", "a bell rings"),
        ("half a letter \udcff", "half a letter"),
        ("true", "true"),
        ("2026 goals", "2026 goals"),
        ("word " * 100, " ".join(["word"] * 100)),
    ],
)
def test_an_odd_title_stands_on_the_page_as_it_was_meant(
    typed: str, title: str, project: Path, capsys: Capture
) -> None:
    answer = type_in(capsys, "new", "article", "--project", project, "--", typed)
    path = answer.out.splitlines()[0].removeprefix("Written: ")
    document, problems = read_document(project / path, path)
    written = document.front.entries["title"]
    assert isinstance(written, Text)
    assert (answer.code, written.text, problems) == (0, title, [])
    checked = type_in(capsys, "check", "--json", "--project", project)
    assert (checked.code, checked.codes) == (0, [])


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("", "title-empty"),
        ("???", "title-empty"),
        ("🦵", "title-empty"),
        ("Упражнение", "title-empty"),
        ("2026", "title-empty"),
        ("10:30", "title-empty"),
        ("Index", "name-taken"),
    ],
)
def test_a_title_no_page_can_have_is_refused_and_nothing_is_written(
    title: str, code: str, project: Path, capsys: Capture
) -> None:
    before = contents(project)
    answer = type_in(capsys, "new", "article", title, "--project", project)
    assert answer.code == 2
    assert answer.err.rstrip().endswith(f"[{code}]")
    assert contents(project) == before


@pytest.mark.parametrize(("kind", "folder"), KINDS.items())
def test_a_page_that_is_there_is_never_written_over(
    kind: str, folder: str, project: Path, capsys: Capture
) -> None:
    write(project / folder / "mine.md", page("title: Mine", "Words I wrote."))
    before = contents(project)
    answer = type_in(capsys, "new", kind, "Mine", "--project", project)
    assert answer.code == 2
    assert answer.err.startswith(f"{folder}/mine.md: this page exists already; ")
    assert contents(project) == before


def test_not_even_a_page_that_appears_in_the_same_moment(
    project: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(new, "_taken", lambda *_: None)
    before = contents(project)
    assert type_in(capsys, "new", "exercise", "Clam", "--project", project).code == 3
    assert contents(project) == before


def test_a_symptom_cannot_take_the_name_of_a_muscle(project: Path, capsys: Capture) -> None:
    answer = type_in(capsys, "new", "symptom", "Piriformis", "--project", project)
    assert answer.code == 2
    assert answer.err.startswith("docs/muscles/piriformis.md: this page exists already")
    assert not (project / "docs/symptoms/piriformis.md").exists()


def test_a_full_disk_leaves_no_half_page_behind(project: Path) -> None:
    answer = start("new", "exercise", "Bird dog", cwd=project, before=files_no_larger_than(100))
    assert answer.code == 3
    assert answer.err.rstrip().endswith("[cannot-write]")
    assert not (project / "exercises/bird-dog.md").exists()
    assert start("new", "exercise", "Bird dog", cwd=project).code == 0
