"""A page gets another name, and nothing that leads to it is lost."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kinopress.codes import Code
from kinopress.content.read import read_library
from kinopress.problems import ExitCode, Refusal
from kinopress.project.change.rename import SeveralPages, rename
from kinopress.project.films.made.list import Record, read_records
from kinopress.project.films.made.records import remember
from kinopress.project.read import read_project
from kinopress.system import disk
from support.projects import contents, page, small_project, write

REDIRECTS = "docs/data/redirects.yml"
BODY = """
See [[clam]], [[clam|the clam]], [[exercises/clam]] and [it](../../exercises/clam.md#steps "A clam").
Also [there](/exercises/clam/?from=1), <a href="../../exercises/clam.md">here</a> and [later][one].
But not `[[clam]]`, clam, [[clams]]'s, [elsewhere](https://example.org/exercises/clam/) or a clam.

{{ exercise clam }}

<!-- [[clam]] stays in a comment -->

[one]: ../../exercises/clam.md
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return small_project(tmp_path)


def clams(project: Path) -> Path:
    """A project in which everything that can name an exercise names the clam."""
    lift = (
        "title: Lift\\ndescription: A lift.\\ntags: [strength, gluteus medius]\\nlevel: easy\\n"
        "position: side-lying\\ndosage: {sets: 2, reps: 15}\\n"
        "steps:\\n  - step: Like the [[clam]], but  higher. # a comment\\n  - caution: Stop if it hurts.\\n"
        "easier: clam   # the same, lower\\nsources: [practice]"
    ).replace("\\n", "\n")
    write(project / "exercises/lift.md", page(lift))
    article = (
        "title: Words\ndescription: About clams.\ndate: 2026-01-01\n"
        "tags: [gluteus medius]\nsources: [practice]"
    )
    write(project / "docs/articles/words.md", page(article, BODY.replace("[[clams]]'s, ", "")))
    symptom = project / "docs/symptoms/weak-glutes.md"
    text = symptom.read_text("utf-8")
    more = "start_with:\n- {exercise: clam, when: A clam is easy.}\n"
    symptom.write_text(text.replace("red_flags:", f"{more}red_flags:", 1), "utf-8")
    sore = text.replace("Weak glutes", "Sore hip").replace(
        "red_flags:", "avoid: [clam]\nred_flags:"
    )
    write(project / "docs/symptoms/sore-hip.md", sore)
    technique = project / "docs/techniques/strength.md"
    technique.write_text(
        technique.read_text("utf-8").replace("family:", "shown_by: clam\nfamily:", 1), "utf-8"
    )
    write(project / "docs/data/nicknames.yml", "shell / oyster: [clam, gluteus-medius] # names\n")
    return project


def own(project: Path) -> dict[str, bytes]:
    """The coach's own files: which run holds the project is not theirs."""
    return {p: d for p, d in contents(project).items() if not p.startswith(".kinopress")}


def codes(project: Path) -> list[str]:
    return sorted(f"{p.path} {p.code}" for p in read_library(project)[1].errors)


def test_every_link_leads_to_the_page_and_nothing_else_changes(project: Path) -> None:
    clams(project)
    before, wrong = contents(project), codes(project)
    done = rename(project, "clam", "Clamshell")
    after = contents(project)
    assert done.files == (("exercises/clam.md", "exercises/clamshell.md"),)
    assert done.problems == ()
    assert codes(project) == wrong
    assert after.pop("exercises/clamshell.md") == before.pop("exercises/clam.md")
    assert after.pop(REDIRECTS).endswith(b"\nexercises/clam: exercises/clamshell\n")
    own = {p: d for p, d in after.items() if not p.startswith(".kinopress")}
    wanted = {
        "docs/articles/words.md": [
            (b"[[clam]], [[clam|the clam]], [[exercises/clam]]", b"[[clamshell]], [[clamshell|the clam]], [[exercises/clamshell]]"),
            (b"(../../exercises/clam.md#steps", b"(../../exercises/clamshell.md#steps"),
            (b"(/exercises/clam/?from=1)", b"(/exercises/clamshell/?from=1)"),
            (b'href="../../exercises/clam.md"', b'href="../../exercises/clamshell.md"'),
            (b"{{ exercise clam }}", b"{{ exercise clamshell }}"),
            (b"[one]: ../../exercises/clam.md", b"[one]: ../../exercises/clamshell.md"),
        ],
        "exercises/lift.md": [
            (b"the [[clam]], but  higher. # a", b"the [[clamshell]], but  higher. # a"),
            (b"easier: clam   # the", b"easier: clamshell   # the"),
        ],
        "docs/symptoms/weak-glutes.md": [
            (b"{exercise: clam, when: A clam", b"{exercise: clamshell, when: A clam"),
        ],
        "docs/symptoms/sore-hip.md": [(b"avoid: [clam]", b"avoid: [clamshell]")],
        "docs/techniques/strength.md": [(b"shown_by: clam", b"shown_by: clamshell")],
        "docs/data/nicknames.yml": [(b"[clam, gluteus", b"[clamshell, gluteus")],
    }  # fmt: skip
    for path, changes in wanted.items():
        for old, new in changes:
            assert before[path].count(old) == 1, old
            before[path] = before[path].replace(old, new)
    assert own == before
    assert set(done.changed) == {*wanted, REDIRECTS}


def test_a_tag_by_the_name_of_the_file_changes_and_one_by_title_stays(project: Path) -> None:
    muscle = project / "docs/muscles/gluteus-medius.md"
    muscle.write_text(
        muscle.read_text("utf-8").replace("Gluteus medius", "Side of the hip"), "utf-8"
    )
    write(
        project / "docs/articles/words.md",
        page(
            "title: Words\ndescription: About it.\ndate: 2026-01-01\n"
            "tags: [Side of the hip, strength]\nsources: [practice]"
        ),
    )
    assert rename(project, "muscles/gluteus-medius", "glute-med").loses_drawing
    assert "tags: [strength, glute-med]" in (project / "exercises/clam.md").read_text("utf-8")
    assert "suspects: [glute-med]" in (project / "docs/symptoms/weak-glutes.md").read_text("utf-8")
    assert "tags: [Side of the hip," in (project / "docs/articles/words.md").read_text("utf-8")
    assert read_library(project)[1].errors == []


def test_a_film_takes_along_what_is_beside_it(project: Path) -> None:
    write(
        project / "videos/hip.md",
        page(
            "title: Hip\ndescription: A hip.\ntags: [strength]\ndate: 2026-01-01\nalt: A hip.\n"
            "exercises: [clam]"
        ),
    )
    beside = (".mp4", ".en.vtt", ".cy.srt", ".poster.jpg", ".en.draft.vtt", ".cy.Draft.srt")
    for name in (*(f"hip{ending}" for ending in beside), "hip-two.txt", "hip.mp4.part"):
        write(project / "videos" / name, name)
    clam = project / "exercises/clam.md"
    clam.write_text(clam.read_text("utf-8").replace("sources:", "video: hip\nsources:"), "utf-8")
    done = rename(project, "videos/Hip.md", "Hip circles")
    assert {new for _, new in done.files} == {
        f"videos/hip-circles{ending}" for ending in (".md", *beside)
    }
    assert (project / "videos/hip-circles.mp4").read_text("utf-8") == "hip.mp4"
    assert (project / "videos/hip-two.txt").exists()
    assert (project / "videos/hip.mp4.part").exists()  # a browser or a camera still writes to it
    assert "video: hip-circles\n" in clam.read_text("utf-8")


def test_old_addresses_lead_to_the_last_name_and_never_in_a_circle(project: Path) -> None:
    rename(project, "clam", "shell")
    rename(project, "shell", "oyster")
    assert _leads(project) == {
        "exercises/clam": "exercises/oyster",
        "exercises/shell": "exercises/oyster",
    }
    done = rename(project, "oyster", "clam")
    assert done.problems == ()
    assert _leads(project) == {
        "exercises/shell": "exercises/clam",
        "exercises/oyster": "exercises/clam",
    }
    assert read_library(project)[1].errors == []


def test_nobody_is_led_away_from_an_address_that_nobody_knew(project: Path) -> None:
    clam = project / "exercises/clam.md"
    clam.write_text(clam.read_text("utf-8").replace("level:", "draft: true\nlevel:"), "utf-8")
    assert rename(project, "clam", "shell").redirect is None
    assert not (project / REDIRECTS).exists()
    # One that was on the site is known, draft or not.
    write(project / "site/exercises/shell/index.html", "A page.")
    assert rename(project, "shell", "oyster").redirect == ("exercises/shell", "exercises/oyster")
    assert rename(project, "piriformis", "pear", redirect=False).redirect is None


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("clamm", "shell", Code.PAGE_NOT_FOUND),
        ("clam", "clam", Code.PAGE_EXISTS),
        ("clam", "lift", Code.PAGE_EXISTS),
        ("clam", "!!!", Code.TITLE_EMPTY),
        ("clam", "index", Code.NAME_TAKEN),
        ("hamstrings", "strength", Code.PAGE_EXISTS),
        ("index", "home", Code.RENAME_UNSAFE),
        ("clam", "../shell", Code.RENAME_UNSAFE),
        ("clam", "docs/articles/shell.md", Code.RENAME_UNSAFE),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_touched(
    project: Path, old: str, new: str, code: Code
) -> None:
    clams(project)
    before = contents(project)
    with pytest.raises(Refusal) as refused:
        rename(project, old, new)
    assert refused.value.exit_code == ExitCode.USAGE
    assert [problem.code for problem in refused.value.problems] == [code]
    assert {p: d for p, d in contents(project).items() if p in before} == before


def test_the_name_of_a_file_comes_before_a_title_and_two_of_it_are_never_guessed(
    project: Path,
) -> None:
    article = "title: Words\ndescription: About.\ndate: 2026-01-01\ntags: [gluteus medius]\nsources: [practice]\ndraft: true"
    write(project / "docs/articles/shell.md", page(article.replace("Words", "Clam")))
    assert rename(project, "Clam", "oyster").files[-1] == (
        "exercises/clam.md",
        "exercises/oyster.md",
    )
    write(project / "docs/articles/oyster.md", page(article))
    before = own(project)
    with pytest.raises(SeveralPages) as refused:
        rename(project, "oyster", "zzz")
    assert refused.value.paths == ("docs/articles/oyster.md", "exercises/oyster.md")
    assert "docs/articles/oyster.md, exercises/oyster.md" in str(refused.value)
    assert own(project) == before
    for named in ("articles/oyster", "docs/articles/oyster.md"):
        assert rename(project, named, "pearl").files[-1][1] == "docs/articles/pearl.md"
        rename(project, "pearl", "articles/oyster.md")
    assert rename(project, "exercises/oyster", "clam").files[-1][1] == "exercises/clam.md"


def test_a_refusal_names_the_page_and_the_name_rather_than_what_is_beside_it(project: Path) -> None:
    clam = (project / "exercises/clam.md").read_text("utf-8")
    write(project / "exercises/bridge.md", clam.replace("Clam", "Bridge"))
    for name in ("clam", "bridge"):
        write(project / f"exercises/{name}.pose.yml", "start: standing\n")
    said = []
    for old, new in (("clam", "bridge"), ("clam", "index"), ("index", "home")):
        with pytest.raises(Refusal) as refused:
            rename(project, old, new)
        said.append(str(refused.value))
    assert said[0].startswith("exercises/bridge.md: ")
    assert said[1].startswith("exercises/clam.md: ")
    assert not any("title:" in one or "different title" in one for one in said)
    assert said[2].startswith("docs/index.md: ")
    assert "rename the folder" not in said[2]


def test_a_page_that_cannot_be_changed_stops_everything(project: Path) -> None:
    clams(project)
    write(project / "exercises/lift.md", "---\ntitle: [\neasier: clam\n---\n")
    before = contents(project)
    with pytest.raises(Refusal) as refused:
        rename(project, "clam", "shell")
    assert {problem.path for problem in refused.value.problems} == {"exercises/lift.md"}
    assert {p: d for p, d in contents(project).items() if p in before} == before


def test_a_rename_that_was_interrupted_is_run_again(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clams(project)

    def fails(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(disk, "move", fails)
        with pytest.raises(Refusal) as refused:
            rename(project, "clam", "shell")
    assert refused.value.exit_code == ExitCode.ENVIRONMENT
    assert rename(project, "clam", "shell").problems == ()
    assert codes(project) == []


def test_a_folder_that_cannot_be_written_to_stops_everything(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clams(project)
    before = contents(project)
    locked = project / "docs/data"
    real = os.access

    def access(path: Path, mode: int, *, effective_ids: bool = False) -> bool:
        return path != locked and real(path, mode, effective_ids=effective_ids)

    with monkeypatch.context() as broken:  # whoever runs as root may write anywhere
        broken.setattr(os, "access", access)
        with pytest.raises(Refusal) as refused:
            rename(project, "clam", "shell")
    assert refused.value.exit_code == ExitCode.ENVIRONMENT
    assert {p: d for p, d in contents(project).items() if p in before} == before


@pytest.mark.parametrize("moves", [1, 2, 3])
def test_a_film_keeps_its_record_wherever_a_rename_is_interrupted(
    project: Path, monkeypatch: pytest.MonkeyPatch, moves: int
) -> None:
    film = "title: A film\ndescription: A film.\ndate: 2026-01-01\nalt: A film.\ntags: [strength]"
    write(project / "videos/film.md", page(f"{film}\nsources: [practice]"))
    write(project / "videos/film.mp4", "the camera's")
    write(project / "videos/film.en.vtt", "WEBVTT\n")
    record = Record("media/film", "stamp")
    remember(project, "film", record)
    done: list[Path] = []
    real = disk.move

    def move(one: Path, to: Path) -> None:
        real(one, to)
        done.append(to)
        if len(done) == moves:
            raise OSError(5, "Input/output error")

    with monkeypatch.context() as broken:
        broken.setattr(disk, "move", move)
        with pytest.raises(Refusal):
            rename(project, "film", "shell")
    assert len(done) == moves
    if moves < 3:
        rename(project, "film", "shell")
    assert read_records(project)["shell"] == record
    assert (project / "videos/shell.md").exists()


def _leads(project: Path) -> dict[str, str]:
    return {r.old: r.new for r in read_library(project)[0].shared.redirects}


def test_a_page_that_was_on_the_site_and_is_gone_is_named_until_readers_are_led_on(
    project: Path,
) -> None:
    for address in ("exercises/clam", "exercises/lift", "articles/old", "exercises"):
        write(project / "site" / address / "index.html", "A page.")
    gone = [p for p in read_project(project)[1].warnings if p.code == Code.PAGE_GONE]
    assert [p.path for p in gone] == ["docs/articles/old.md", "exercises/lift.md"]
    assert "exercises/lift: exercises" in gone[1].hint
    write(project / REDIRECTS, "exercises/lift: exercises/clam\narticles/old: articles\n")
    _, report = read_project(project)
    assert report.errors == []
    assert [p for p in report.warnings if p.code == Code.PAGE_GONE] == []
