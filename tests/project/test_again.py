"""What a build makes again after a change, and what it takes from the last one."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kinopress.cli import check as checking
from kinopress.content.model.noticing.noticed import STEP
from kinopress.content.model.noticing.watched import Watched
from kinopress.content.model.pages import NOTICED
from kinopress.content.source.kept_pages import KeptPages
from kinopress.engines.memory import Memory
from kinopress.pages import again
from kinopress.pictures import store
from kinopress.problems import Problem, Refusal
from kinopress.project.build import build, remembered
from kinopress.project.made_from import programs
from kinopress.project.preview import Preview
from kinopress.project.remembered.read import beside_pages, read_before
from kinopress.project.remembered.rendered import read_renderings
from kinopress.system import disk
from kinopress.system.kept import read_kept, write_kept
from kinopress.system.release_record import read_release
from support.projects import SETTINGS, page, small_project, write

ADDRESS = "site_url: https://hips.example/\n"


@pytest.fixture
def built(tmp_path: Path) -> Path:
    project = small_project(tmp_path / "project")
    write(project / "mkdocs.yml", ADDRESS + SETTINGS)
    assert build(project).report.errors == []
    return project


@pytest.fixture
def rendered(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The pages and files that are made from now on."""
    found: list[str] = []
    put = again.Renderings.put

    def noted(self: again.Renderings, path: str, *rest: Any) -> None:
        found.append(path)
        put(self, path, *rest)

    monkeypatch.setattr(again.Renderings, "put", noted)
    return found


def more(file: Path, line: str) -> None:
    with file.open("a", encoding="utf-8") as opened:
        opened.write(f"\n{line}\n")


def test_no_page_is_made_from_the_lines_of_a_file_and_none_from_all_of_an_exercise(
    built: Path,
) -> None:
    """Whoever copies a page reads all of it, and would be made again for each word in it."""
    made = read_renderings(built, programs=programs(), site=built / "site").last
    read = {
        path: {NOTICED[one % STEP] for one in page.seen if isinstance(one, int) and one >= STEP}
        for path, page in made.items()
    }
    assert "body" in read["exercises/clam.md"]
    assert [path for path, fields in read.items() if "front" in fields] == []


def test_a_sentence_more_makes_its_page_again_and_no_other(
    built: Path, rendered: list[str]
) -> None:
    more(built / "exercises/clam.md", "One more sentence.")
    assert build(built).anew
    assert rendered == ["told exercise/clam", "exercises/clam.md"]


def test_one_among_several_exercises_with_a_sentence_more_makes_no_list_again(
    built: Path, rendered: list[str]
) -> None:
    """Whoever compares two pages reads all of both: a list did, and a symptom's first exercises."""
    text = (built / "exercises/clam.md").read_text("utf-8")
    title = re.findall(r"(?m)^title: .*$", text)[0]
    for name in ("bridge", "dip", "egg"):
        named = text.replace(title, f"title: The {name}")
        write(built / f"exercises/{name}.md", named)
    assert build(built).report.errors == []
    for name in ("bridge", "clam", "egg"):
        rendered.clear()
        more(built / f"exercises/{name}.md", "One more sentence.")
        assert build(built).anew
        assert rendered == [f"told exercise/{name}", f"exercises/{name}.md"]


def test_a_heading_more_makes_the_second_file_of_the_search_again(
    built: Path, rendered: list[str]
) -> None:
    more(built / "exercises/clam.md", "## Of butterflies")
    build(built)
    assert {"exercises/clam.md", "assets/finder/more.json"} <= set(rendered)
    assert "assets/finder/index.json" not in rendered


def test_a_title_makes_again_what_shows_it(built: Path, rendered: list[str]) -> None:
    file = built / "docs/muscles/gluteus-medius.md"
    text = file.read_text("utf-8").replace("title: Gluteus medius", "title: Gluteus middle")
    write(file, text)
    build(built)
    shown = {"muscles/gluteus-medius.md", "muscles/index.md", "exercises/clam.md", "a-z.md"}
    assert shown <= set(rendered)
    assert "techniques/stretch.md" not in rendered


EDITS = {
    "a sentence": ("exercises/clam.md", r"\Z", "\nOne more sentence.\n"),
    "a heading": ("exercises/clam.md", r"\Z", "\n## Of butterflies\n"),
    "a link to a place": ("exercises/clam.md", r"\Z", "\n[There](#of-butterflies)\n"),
    "a link that leads nowhere": ("exercises/clam.md", r"\Z", "\n[There](egg.md)\n"),
    "a title": ("docs/muscles/gluteus-medius.md", r"(?m)^title: .*$", "title: Gluteus middle"),
    "a description": ("docs/techniques/stretch.md", r"(?m)^description: .*$", "description: New."),
    "a source": ("docs/techniques/stretch.md", r"(?m)^sources: .*$", "sources: []"),
    "a remark": ("exercises/clam.md", r"\Z", "\n<!-- Not for readers. -->\n"),
}


FAULTY = ("a link to a place", "a link that leads nowhere", "a source")


@pytest.mark.parametrize("name", EDITS)
def test_what_differs_makes_again_what_is_found_by_telling_each_page_again(
    built: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A few things that differ are looked for among what a page has read: its whole digest must say the same."""
    more(built / "docs/techniques/stretch.md", "Another line.")
    build(built)  # the first build after one from nothing notes what is told
    verdicts: list[bool] = []
    looked: list[bool] = []
    read_again, was_clean = again.Renderings._is_read_again, KeptPages.was_clean

    def of_rendering(self: again.Renderings, last: again.Rendered, watched: Watched) -> bool:
        assert self.last_told
        verdicts.append(read_again(self, last, watched))
        assert verdicts[-1] == (watched.now(last.seen) == last.now), last
        return verdicts[-1]

    def of_check(self: KeptPages, path: str, watched: Watched) -> bool:
        known = self._last
        assert known.told
        if path in known.clean:
            seen, then = known.clean[path]
            looked.append(was_clean(self, path, watched))
            assert looked[-1] == (self._common == known.common and watched.now(seen) == then), path
        return was_clean(self, path, watched)

    monkeypatch.setattr(again.Renderings, "_is_read_again", of_rendering)
    monkeypatch.setattr(KeptPages, "was_clean", of_check)
    path, where, words = EDITS[name]
    text = (built / path).read_text("utf-8")
    edited, number = re.subn(where, words, text, count=1)
    assert number == 1
    write(built / path, edited)
    is_whole = not build(built).report.errors
    assert set(looked) == {True, False}
    assert set(verdicts) == ({True, False} if is_whole else set())
    assert is_whole == (name not in FAULTY)


def test_a_page_whose_site_was_lost_is_made_of_what_is_known(built: Path) -> None:
    """Its text was not kept: it is made for the theme."""
    page = built / "site/exercises/clam/index.html"
    before = page.read_bytes()
    page.unlink()
    more(built / "docs/techniques/stretch.md", "Another line.")
    build(built)
    assert page.read_bytes() == before


def test_files_whose_names_tell_their_content_are_one_file_and_pages_are_not(built: Path) -> None:
    more(built / "exercises/clam.md", "One more sentence.")
    build(built)
    site = built / "site"
    names = {f.relative_to(site).as_posix(): f.stat().st_nlink for f in site.rglob("*")}
    shared = {path for path, number in names.items() if number > 1 and (site / path).is_file()}
    assert any(path.startswith("media/") and path.endswith(".jpg") for path in shared)
    assert not any(path.endswith((".html", ".json")) for path in shared)


@pytest.mark.skipif(os.name == "nt", reason="Windows does not say when a file was touched")
def test_a_lasting_file_that_somebody_has_touched_is_not_shared(built: Path) -> None:
    card = next((built / "site/media").glob("*.jpg"))
    path = card.relative_to(built / "site").as_posix()
    source = next((built / ".kinopress/pictures").glob(f"*/{card.name}"))
    memory = Memory(built / "site")
    assert memory.lasting(path, source) is not None
    at = card.stat()
    data = card.read_bytes()
    card.write_bytes(data[:-2] + b"xx")
    os.utime(card, ns=(at.st_atime_ns, at.st_mtime_ns))
    assert memory.lasting(path, source) is None
    assert Memory(built / "site", shares=False).lasting(path, source) is None


def test_another_file_of_the_same_name_is_not_taken_for_the_one_on_the_last_site(
    built: Path,
) -> None:
    """A name with a digest in it is a promise; the bytes are what readers get."""
    card = next((built / "site/media").glob("*.jpg"))
    path = card.relative_to(built / "site").as_posix()
    source = next((built / ".kinopress/pictures").glob(f"*/{card.name}"))
    data = bytearray(source.read_bytes())
    data[len(data) // 2] ^= 1
    source.write_bytes(data)
    made = source.with_name(store.MADE)
    listed = read_kept(made, dict)
    assert listed is not None
    (file,) = (file for file in listed["files"] if file["name"] == source.name)
    file["sha256"] = hashlib.sha256(data).hexdigest()  # else it would be damaged, and be made again
    write_kept(made, listed | {"stamps": []})
    more(built / "exercises/clam.md", "One more sentence.")
    assert build(built).anew
    assert card.read_bytes() == data
    release = read_release(built / "site")
    assert release is not None
    assert release.files[path].sha256 == hashlib.sha256(data).hexdigest()


def test_a_changed_file_of_the_site_is_no_less_somebody_elses(built: Path) -> None:
    """One that keeps size and time as well: it is named, and stays."""
    page = built / "site/exercises/clam/index.html"
    at = page.stat()
    data = page.read_bytes().replace(b"Clam", b"Clum", 1)
    page.write_bytes(data)
    os.utime(page, ns=(at.st_atime_ns, at.st_mtime_ns))
    more(built / "docs/techniques/stretch.md", "Another line.")
    with pytest.raises(Refusal, match=r"clam/index\.html: this file has been changed"):
        build(built)
    assert page.read_bytes() == data


def test_a_check_reads_what_a_build_has_read(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[str] = []
    read_page = "kinopress.content.read.read_page"
    from kinopress.content import read

    real = read.read_page
    monkeypatch.setattr(read_page, lambda *args: calls.append(args[1]) or real(*args))
    write(built / "exercises/clam.md", (built / "exercises/clam.md").read_text("utf-8") + "More.\n")
    before = (built / ".kinopress/cache/read.pickle").read_bytes()
    checking.check_project(built, known=read_before(built))
    assert set(calls) == {"clam"}
    assert (built / ".kinopress/cache/read.pickle").read_bytes() == before


def test_what_is_read_for_nobody_later_is_neither_packed_nor_watched(built: Path) -> None:
    """A check writes nothing down; it finds the same."""
    more(built / "exercises/clam.md", "See [[nowhere]].")
    plain, told = checking.check_project(built, known=None)
    for known in (read_before(built, is_for_later=False), KeptPages(is_for_later=False)):
        library, report = checking.check_project(built, known=known)
        assert library.pages == plain.pages
        assert report.problems == told.problems != []
        assert "exercises/clam.md" not in known.now().pages
    nothing = KeptPages(is_for_later=False)
    assert not nothing.is_of_use
    assert read_before(built, is_for_later=False).is_of_use


def test_many_pages_are_copied_at_once_and_come_out_as_ever(
    built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(disk, "_MANY", 1)
    monkeypatch.setattr(disk, "_MANY_TO_FLUSH", 1)  # as for a site of more than a hundred
    more(built / "exercises/clam.md", "One more sentence.")
    build(built)
    cached = read_release(built / "site")
    kept = {path for path, page in remembered(built, built / "site").last.items() if page.sha256}
    build(built, force=True)
    clean = read_release(built / "site")
    assert cached is not None
    assert clean is not None
    assert cached.digest == clean.digest
    assert {"exercises/clam.md", "techniques/stretch.md"} <= kept


def test_where_the_settings_ask_the_computer_nothing_is_taken_for_known(built: Path) -> None:
    assert beside_pages(built) is not None
    write(built / "mkdocs.yml", f"copyright: !ENV NOBODY_SETS_THIS\n{SETTINGS}")
    assert beside_pages(built) is None


@pytest.mark.parametrize("path", ["docs/data/regions.yml"])
def test_files_beside_the_pages_are_known_by_their_bytes(built: Path, path: str) -> None:
    before = beside_pages(built)
    file = built / path
    write(file, (file.read_text("utf-8") if file.exists() else "") + "# a word\n")
    assert beside_pages(built) != before


def test_what_is_remembered_is_of_every_page(built: Path) -> None:
    from kinopress.project.made_from import programs

    kept = read_renderings(built, programs=programs(), site=built / "site")
    assert {"index.md", "exercises/clam.md", "a-z.md", "assets/finder/more.json"} <= set(kept.last)


def test_a_second_look_at_a_preview_is_what_a_fresh_one_shows(built: Path) -> None:
    """Warnings, mistakes and drafts, though it reads and renders again only what has changed."""
    said: list[list[Problem]] = []

    def look(preview: Preview) -> tuple[Any, ...]:
        site = preview.now().site
        pages = [(replace(one, body="", sha256=one.digest), one.text) for one in site.pages]
        return pages, dict(site.files), dict(site.made), said[-1]

    def new() -> Preview:
        return Preview(built, lambda _, report: said.append(list(report.problems)))

    due = "reviewed: {by: anna, on: 2025-01-01, next: 2026-01-01}\n"
    clam = built / "exercises/clam.md"
    write(clam, clam.read_text("utf-8").replace("level: easy", f"{due}level: easy"))
    front = "title: Rest\ndescription: Of rest.\ntags: [strength]\nsources: [practice]\ndraft: true"
    write(built / "docs/articles/rest.md", page(front, "See [[nobody]]."))
    own = new()
    assert look(own) == look(new())
    assert {"warning", "error"} <= {one.severity for one in said[-1]}
    more(built / "docs/techniques/stretch.md", "One more sentence, with [[clam]].")
    assert look(own) == look(new())
    assert said[-1] == said[0]
