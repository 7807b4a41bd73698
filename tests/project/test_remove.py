"""``kinopress remove``: nothing is lost, no address leads nowhere in silence, nobody is asked who is not there."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from kinopress.content.read import read_library
from kinopress.pages.moved import moved
from kinopress.problems import ExitCode, Refusal
from kinopress.project.change.put_back import put_back
from kinopress.project.change.remove import look_at_removal, remove, removed_pages
from kinopress.project.live.known import REMEMBERED
from kinopress.publish.headers import kind_of
from kinopress.publish.plan import Holdings, LocalRelease, plan_publication
from kinopress.publish.record import HostFile, record_bytes
from kinopress.system import disk
from publish.hosts import BEGINNING
from support.command import type_in
from support.projects import contents, page, small_project, write
from support.small_films import film_page

Capture = pytest.CaptureFixture[str]
LIST = "docs/data/redirects.yml"
POSE = Path(__file__).parents[2] / (
    "src/kinopress/project/starting/files/legs/exercises/heel-raise.pose.yml"
)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    made = small_project(tmp_path / "site")
    lift = (made / "exercises/clam.md").read_text("utf-8").replace("title: Clam", "title: Lift")
    write(made / "exercises/lift.md", lift.replace("Some words.", "As the [[clam]], higher."))
    return made


def published(project: Path, *paths: str) -> None:
    """As if these files had been published from here."""
    files = {path: HostFile(1, "ab" * 32, kind_of(path)) for path in paths}
    plan = plan_publication(LocalRelease(files, None, "0.1.0"), None, Holdings(), BEGINNING)
    (project / REMEMBERED).mkdir(parents=True, exist_ok=True)
    (project / REMEMBERED / "published-0123456789abcdef.json").write_bytes(
        record_bytes(plan.settled)
    )


def _written(project: Path) -> dict[str, bytes]:
    return {name: d for name, d in contents(project).items() if not name.startswith(".kinopress")}


def test_every_page_that_names_it_is_told_whatever_could_be_changed_in_it(project: Path) -> None:
    lift = (project / "exercises/lift.md").read_text("utf-8")
    odd = lift.replace("title: Lift", "title: Odd\neasier: &one clam\nharder: *one")
    write(project / "exercises/odd.md", odd)
    named_on = look_at_removal(project, "clam").named_on
    assert named_on == ("exercises/lift.md", "exercises/odd.md")


def test_readers_are_led_on_and_the_file_is_kept(project: Path, capsys: Capture) -> None:
    clam = (project / "exercises/clam.md").read_bytes()
    write(project / "exercises/clam.pose.yml", "start: lie back\nposes:\n  straight:\n")
    answer = type_in(capsys, "remove", "clam", "--to", "lift", "--project", project)
    assert answer.code == ExitCode.CONTENT  # a page names it still
    assert "Names it: exercises/lift.md" in answer.out
    assert "The address /exercises/clam/ leads to /exercises/lift/." in answer.out
    assert "exercises/lift.md" in answer.out.partition("Something still needs fixing")[2]
    assert (project / "removed/exercises-clam/exercises/clam.md").read_bytes() == clam
    assert (project / "removed/exercises-clam/exercises/clam.pose.yml").is_file()
    assert not (project / "exercises/clam.md").exists()
    assert "exercises/clam: exercises/lift" in (project / LIST).read_text("utf-8")


@pytest.mark.parametrize("named", ["symptoms", "docs/symptoms/", "/symptoms/"])
def test_a_list_is_named_by_its_address_or_its_folder(
    named: str, project: Path, capsys: Capture
) -> None:
    answer = type_in(capsys, "remove", "clam", "--to", named, "--project", project)
    assert "The address /exercises/clam/ leads to /symptoms/." in answer.out
    assert "exercises/clam: symptoms" in (project / LIST).read_text("utf-8")


@pytest.mark.parametrize(
    ("more", "words", "hint"),
    [
        (("--to", "lift"), "that page was removed, and exercises/lift.md takes its place", "write [[lift]], or "),
        (("--gone",), "that page was removed", "remove the link, or "),
    ],
)  # fmt: skip
@pytest.mark.parametrize("link", ["[[clam]]", "[it](../exercises/clam.md)"])
def test_a_link_to_a_removed_page_is_told_what_became_of_it(
    project: Path, capsys: Capture, more: tuple[str, ...], words: str, hint: str, link: str
) -> None:
    type_in(capsys, "remove", "clam", *more, "--project", project)
    write(project / "docs/articles/new.md", page("title: New\ndescription: N.", f"See {link}."))
    said = [
        problem for problem in read_library(project)[1].errors if problem.path.endswith("new.md")
    ]
    (problem,) = [problem for problem in said if problem.code == "link-broken"]
    assert problem.message.endswith(f"leads nowhere: {words}")
    assert problem.hint == f"{hint}have it back with kinopress remove exercises/clam --undo"


def test_a_page_that_is_gone_says_so_where_it_was(project: Path, capsys: Capture) -> None:
    answer = type_in(capsys, "remove", "lift", "--gone", "--project", project)
    assert (answer.code, answer.err) == (ExitCode.OK, "")
    library, report = read_library(project)
    assert report.errors == []
    shown = moved(library)
    assert list(shown) == ["exercises/lift/index.html"]
    text = shown["exercises/lift/index.html"].decode()
    assert "This page is no longer here" in text
    assert 'href="../"' in text
    assert 'href="../../"' in text
    assert "refresh" not in text
    assert 'content="noindex"' in text
    # The page comes back by hand: then its own address is its own again.
    write(project / "exercises/lift.md", page("title: Lift"))
    library, report = read_library(project)
    assert "redirect-over-page" in {problem.code for problem in report.errors}


def test_nobody_is_asked_where_nobody_is_and_nothing_is_done(
    project: Path, capsys: Capture
) -> None:
    before = _written(project)
    for words, said in (
        (("clam",), "say what they get instead: --to and the name of a page, or --gone"),
        (("clam", "--to", "clam"), "is the page itself"),
        (("clam", "--to", "nowhere"), "there is no page of this name"),
        (("clam", "--to", "lift", "--gone"), "leave out one of them"),
        (("docs/index.md", "--gone"), "readers begin there"),
    ):
        answer = type_in(capsys, "remove", *words, "--project", project)
        assert answer.code == ExitCode.USAGE
        assert said in answer.err
        assert not (
            "--to" in words and answer.out
        )  # what is wrong comes before what there is to change
    assert _written(project) == before


def test_a_person_is_asked(project: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kinopress.cli.change.remove.somebody_is_there", lambda: True)
    answers = iter(("nowhere", "lift", "exercises"))
    monkeypatch.setattr("click.termui.visible_prompt_func", lambda _: next(answers))
    answer = type_in(capsys, "remove", "lift", "--project", project)
    assert answer.code == ExitCode.OK
    assert "there is no page of this name" in answer.err
    assert "is the page itself" in answer.err
    assert "The address /exercises/lift/ leads to /exercises/." in answer.out


def test_a_page_that_was_removed_before_is_said_to_be_and_where_it_is(
    project: Path, capsys: Capture
) -> None:
    assert type_in(capsys, "remove", "lift", "--gone", "--project", project).code == ExitCode.OK
    for named in ("lift", "exercises/Lift.md", "exercises/lift"):
        again = type_in(capsys, "remove", named, "--gone", "--project", project)
        assert again.code == ExitCode.USAGE
        assert "it is now removed/exercises-lift/exercises/lift.md" in again.err
    other = type_in(capsys, "remove", "left", "--gone", "--project", project)
    assert "there is no page of this name" in other.err


@pytest.mark.parametrize(
    ("leads", "list_before"),
    [(("--gone",), ""), (("--to", "lift"), ""), (("--gone",), "articles/old: exercises/clam\n")],
)
def test_what_was_removed_comes_back_as_it_was(
    project: Path, capsys: Capture, leads: tuple[str, ...], list_before: str
) -> None:
    write(project / "exercises/clam.pose.yml", POSE.read_text("utf-8"))
    if list_before:
        write(project / LIST, list_before)
    before = _written(project)
    assert (
        "kinopress remove exercises/clam --undo"
        in type_in(capsys, "remove", "clam", *leads, "--project", project).out
    )
    answer = type_in(capsys, "remove", "clam", "--undo", "--project", project)
    assert (answer.code, answer.err) == (ExitCode.OK, "")
    assert "The page has its address /exercises/clam/ again." in answer.out
    after = _written(project)
    kept = after.pop(LIST, b"")
    assert {**after} == {name: data for name, data in before.items() if name != LIST}
    assert b"exercises/clam:" not in kept
    assert list_before.encode() in kept
    assert not (project / "removed/exercises-clam").exists()
    assert read_library(project)[1].errors == []


def test_a_film_that_is_a_link_comes_back_with_the_notes_beside_its_page(project: Path) -> None:
    film_page(project, "hip")
    write(project / "films/long.mov", "a film")
    write(project / "videos/hip.notes.md", "Film it again in spring.")
    (project / "videos/hip.mov").symlink_to("../films/long.mov")
    before = _written(project)
    remove(project, "videos/hip.md", "gone")
    assert [kept.path for kept in removed_pages(project)] == ["videos/hip.md"]
    assert len(put_back(project, "hip").files) == 3
    assert (project / "videos/hip.mov").readlink() == Path("../films/long.mov")
    assert {**_written(project), LIST: b""} == {**before, LIST: b""}


def test_what_an_interrupted_run_has_moved_comes_back_with_the_rest(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    film_page(project, "hip")
    write(project / "videos/hip.mov", "a film")
    before = _written(project)

    def full(one: Path, to: Path) -> None:
        if one.suffix == ".md":
            raise OSError(errno.ENOSPC, "No space left on device")
        one.rename(to)

    with monkeypatch.context() as patched, pytest.raises(Refusal):
        patched.setattr(disk, "move", full)
        remove(project, "videos/hip.md", "gone")
    assert not (project / "videos/hip.mov").exists()
    remove(project, "videos/hip.md", "gone")
    put_back(project, "videos/hip.md")
    assert {**_written(project), LIST: b""} == {**before, LIST: b""}


def test_nothing_comes_back_over_what_was_written_since(project: Path, capsys: Capture) -> None:
    for words, said in (
        (("lift", "--undo"), "no page of this name was removed"),
        (("lift", "--undo", "--gone"), "leave out --to and --gone"),
    ):
        answer = type_in(capsys, "remove", *words, "--project", project)
        assert (answer.code, said in answer.err) == (ExitCode.USAGE, True)
    type_in(capsys, "remove", "lift", "--gone", "--project", project)
    write(project / "exercises/lift.md", page("title: Lift"))
    before = _written(project)
    answer = type_in(capsys, "remove", "lift", "--undo", "--project", project)
    assert answer.code == ExitCode.USAGE
    assert "exercises/lift.md: something of this name is there again" in answer.err
    assert _written(project) == before


def test_what_nobody_knows_goes_without_a_question_unless_a_host_has_it(
    project: Path, capsys: Capture
) -> None:
    draft = "title: Idea\ndescription: About.\ndate: 2026-01-05\ndraft: true"
    for _ in range(2):
        write(project / "docs/articles/idea.md", page(draft))
        answer = type_in(capsys, "remove", "idea", "--project", project)
        assert answer.code == ExitCode.OK
    assert not (project / LIST).exists()
    assert (project / "removed/articles-idea-2/docs/articles/idea.md").is_file()
    write(project / "docs/articles/idea.md", page(draft))
    published(project, "articles/idea/index.html", "exercises/old/index.html")
    refused = type_in(capsys, "remove", "idea", "--project", project)
    assert (refused.code, "--gone" in refused.err) == (ExitCode.USAGE, True)
    checked = type_in(capsys, "check", "--project", project)
    assert "exercises/old.md: this page was on the site and is gone" in checked.out
