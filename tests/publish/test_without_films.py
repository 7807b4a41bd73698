"""A computer with nothing but the pages, as git copies them, publishes a site whose films the host has."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import urllib.request
from pathlib import Path

import pytest

from kinopress.problems import ExitCode
from publish.web import serving
from support.command import type_in
from support.projects import SETTINGS, page, small_project, write
from support.small_films import film_page, make_film

Capture = pytest.CaptureFixture[str]

PLACES = """\
    publish:
      web: {folder: ../web}
      pages: {repository: ../host.git, branch: pages}
      new: {folder: ../new}
"""
TRIM = "trim: {from: 0.5 s}"
WORDS = "WEBVTT\n\n00:00.600 --> 00:01.500\nSlowly.\n"


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a project whose film was published to two places; to copy, not to change."""
    root = tmp_path_factory.mktemp("published")
    subprocess.run(["git", "init", "--bare", "--quiet", str(root / "host.git")], check=True)
    project = small_project(root / "site")
    write(project / "mkdocs.yml", SETTINGS + PLACES)
    make_film(project / "videos/hip.mov", seconds=2)
    film_page(project, "hip", TRIM)
    write(project / "videos/hip.en.vtt", WORDS)
    from kinopress.cli.main import main

    for place in ("web", "pages"):
        with pytest.raises(SystemExit) as ended:
            main(["publish", "--to", place, "--project", str(project)])
        assert ended.value.code == 0
    return root


@pytest.fixture
def clone(published: Path, tmp_path: Path) -> Path:
    """The project on another computer, as a fresh clone, beside the same places."""
    shutil.copytree(published, tmp_path / "all", symlinks=True)
    project = tmp_path / "all/site"
    for folder in (".kinopress", "site"):
        shutil.rmtree(project / folder)
    (project / "videos/hip.mov").unlink()
    return project


def test_the_same_site_is_the_same_release(clone: Path, capsys: Capture) -> None:
    for place in ("web", "pages"):
        done = type_in(capsys, "publish", "--to", place, "--project", clone)
        assert (done.code, done.err) == (ExitCode.OK, "")
        assert "Nothing to do" in done.out
        assert "film-elsewhere" not in done.out
    assert not list((clone / "site").glob("media/*/*.mp4"))
    looked = type_in(capsys, "status", "--project", clone)
    assert "The site that was built last is the one that is there." in looked.out
    assert "hip   ready" in type_in(capsys, "video", "list", "--project", clone).out
    assert "Nothing to delete" in type_in(capsys, "video", "prune", "--project", clone).out


def test_the_host_knows_whose_a_film_is_until_its_page_is_removed(
    clone: Path, capsys: Capture
) -> None:
    web = clone.parent / "web"

    def known() -> object:
        return json.loads((web / "release.json").read_text("utf-8")).get("films")

    files = [*web.glob("media/*/*.mp4"), *web.glob("media/*/poster.jpg")]
    assert len(files) > 1
    assert known() == {file.relative_to(web).as_posix(): "hip" for file in files}
    removed = type_in(capsys, "remove", "videos/hip.md", "--gone", "--project", clone)
    assert (removed.code, removed.err) == (ExitCode.OK, "")
    done = type_in(capsys, "publish", "--to", "web", "--project", clone)
    assert (done.code, done.err) == (ExitCode.OK, "")
    assert (web / "videos/hip/index.html").is_file()  # it says that the page is gone
    assert known() is None


def test_new_words_go_live_and_the_film_plays_as_before(clone: Path, capsys: Capture) -> None:
    (film,) = (clone.parent / "web").glob("media/*/h264-*.mp4")
    before = film.read_bytes()
    write(clone / "docs/index.md", page("title: A small site\ndescription: Other words."))
    done = type_in(capsys, "publish", "--to", "web", "--project", clone)
    assert (done.code, done.err) == (ExitCode.OK, "")
    assert "film file" not in done.out
    assert film.read_bytes() == before
    assert b"Other words" in (clone.parent / "web/index.html").read_bytes()
    shown = (clone.parent / "web/videos/hip/index.html").read_text("utf-8")
    path = film.relative_to(clone.parent / "web").as_posix()
    assert path in shown
    assert (clone.parent / "web/videos/hip.en.vtt").is_file()
    with serving(clone.parent / "web") as host:
        asked = urllib.request.Request(f"{host.address}/{path}", headers={"Range": "bytes=0-1"})  # noqa: S310
        with urllib.request.urlopen(asked) as answer:  # noqa: S310 - our own server
            assert (answer.status, answer.headers["Content-Type"]) == (206, "video/mp4")

    back = type_in(capsys, "rollback", "--to", "web", "--project", clone)
    assert back.code == ExitCode.OK, back.err
    assert film.read_bytes() == before


def test_a_branch_keeps_the_film_in_its_new_commit(clone: Path, capsys: Capture) -> None:
    write(clone / "docs/index.md", page("title: A small site\ndescription: Other words."))
    done = type_in(capsys, "publish", "--to", "pages", "--project", clone)
    assert (done.code, done.err) == (ExitCode.OK, "")
    (film,) = (clone.parent / "web").glob("media/*/h264-*.mp4")
    path = film.relative_to(clone.parent / "web").as_posix()
    git = ["git", "--git-dir", str(clone.parent / "host.git")]
    there = subprocess.run([*git, "show", f"pages:{path}"], capture_output=True, check=True)
    assert hashlib.sha256(there.stdout).digest() == hashlib.sha256(film.read_bytes()).digest()


def test_a_film_that_is_neither_here_nor_there_is_a_problem_in_words(
    clone: Path, capsys: Capture
) -> None:
    refused = type_in(capsys, "publish", "--to", "new", "--project", clone)
    assert refused.code == ExitCode.PUBLISH
    assert refused.err == (
        "videos/hip.md: its film is neither on this computer nor whole at the folder ../new;"
        " publish there once from the computer that has the film, or copy the film here;"
        " its name is that of the page, hip [publish-film]\n"
    )
    assert not (clone.parent / "new").exists()
    (film,) = (clone.parent / "web").glob("media/*/h264-*.mp4")
    film.unlink()
    gone = type_in(capsys, "publish", "--to", "web", "--project", clone)
    assert (gone.code, "[publish-film]" in gone.err) == (ExitCode.PUBLISH, True)
    assert "[publish-film]" in type_in(capsys, "status", "--to", "web", "--project", clone).out


def test_a_page_that_asks_for_another_film_needs_the_camera_film(
    clone: Path, capsys: Capture
) -> None:
    film_page(clone, "hip", "trim: {from: 1 s}")
    refused = type_in(capsys, "publish", "--to", "web", "--project", clone)
    assert refused.code == ExitCode.CONTENT
    assert "does not fit what its page or mkdocs.yml asks for now" in refused.out
    film_page(clone, "hip", TRIM)
    (clone / "videos/hip.film.json").unlink()
    missing = type_in(capsys, "publish", "--to", "web", "--project", clone)
    assert (missing.code, "[film-missing]" in missing.out) == (ExitCode.CONTENT, True)


def test_a_build_alone_says_which_films_it_does_not_have(clone: Path, capsys: Capture) -> None:
    built = type_in(capsys, "build", "--project", clone)
    assert built.code == ExitCode.OK
    assert "videos/hip.md: its film is not on this computer" in built.out + built.err
    again = type_in(capsys, "build", "--project", clone)
    assert again.code == ExitCode.OK


def test_the_note_names_neither_the_computer_nor_the_camera_s_file(published: Path) -> None:
    text = (published / "site/videos/hip.film.json").read_text("utf-8")
    assert str(published) not in text
    assert '"source_name": "hip.mov"' in text


def test_a_note_is_renamed_with_its_page(clone: Path, capsys: Capture) -> None:
    assert type_in(capsys, "rename", "hip", "knee", "--project", clone).code == ExitCode.OK
    assert not (clone / "videos/hip.film.json").exists()
    checked = type_in(capsys, "check", "--project", clone)
    assert (checked.code, "film-missing" in checked.out) == (ExitCode.OK, False)


def test_what_is_built_again_with_its_film_has_the_film(
    clone: Path, published: Path, capsys: Capture
) -> None:
    assert type_in(capsys, "build", "--project", clone).code == ExitCode.OK
    shutil.copytree(published / "site/.kinopress/media", clone / ".kinopress/media")
    shutil.copy(
        published / "site/.kinopress/cache/films.json", clone / ".kinopress/cache/films.json"
    )
    assert type_in(capsys, "build", "--project", clone).code == ExitCode.OK
    assert list((clone / "site").glob("media/*/*.mp4"))
