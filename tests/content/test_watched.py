"""What a page was made from is noted while it is made: nothing that it read is missed."""

from __future__ import annotations

import datetime as dt
import functools
import io
import pickle
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from kinopress.content.model.library import Library
from kinopress.content.model.names import Mention
from kinopress.content.model.noticing.noticed import watcher
from kinopress.content.model.noticing.watched import Watched
from kinopress.content.model.pages import NOTICED, Exercise, Page, Review, Technique
from kinopress.content.model.vocabulary import Vocabulary
from kinopress.content.read import read_library
from kinopress.content.source.kept_pages import KeptPages, read_kept_pages
from kinopress.figures.pose import Motion
from support.projects import page, small_project, write


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return read_library(small_project(tmp_path))[0]


def clam(library: Library) -> Exercise:
    found = library.pages["exercise", "clam"]
    assert isinstance(found, Exercise)
    return found


def changed(library: Library, **fields: object) -> Library:
    """The same library, with another value in the technique "strength"."""
    key = ("technique", "strength")
    term = replace(library.pages[key], **fields)
    assert isinstance(term, Technique)
    terms = {**library.vocabulary.terms, "strength": term}
    vocabulary = Vocabulary(terms, library.vocabulary.names, library.vocabulary.lay)
    return replace(library, pages={**library.pages, key: term}, vocabulary=vocabulary)


@pytest.mark.parametrize("field", NOTICED)
def test_whoever_reads_a_field_is_made_again_when_it_changes_and_nobody_else(
    library: Library, field: str
) -> None:
    watched = Watched(library)
    _, read = watched.during(lambda: getattr(watched.library.techniques[0], field))
    _, other = watched.during(lambda: clam(watched.library).tags)
    value = {
        "title": "Strengths",  # in the same place of every list
        "body_line": 90,
        "sources": (),
        "reviewed": Review(Mention("anna", 1, ""), dt.date(2026, 1, 1), dt.date(2027, 1, 1)),
        "remark_lines": frozenset({5}),
    }
    now = Watched(changed(library, **{field: value.get(field, "Other")}))
    assert watched.now(read) != now.now(read)
    assert watched.now(other) == now.now(other)
    assert watched.common == now.common


@pytest.mark.parametrize(
    "change", [{"family": "stretch"}, {"draft": True}, {"lang": "fr"}, {"aliases": ("power",)}]
)
def test_any_other_field_is_in_the_digest_of_all(
    library: Library, change: dict[str, object]
) -> None:
    assert Watched(library).common != Watched(changed(library, **change)).common


def test_a_name_that_was_looked_up_counts_as_well(library: Library) -> None:
    watched = Watched(library)
    resolve = watched.library.vocabulary.resolve
    _, read = watched.during(lambda: (resolve("Strength"), resolve("power")))
    names = {**library.vocabulary.names, "power": "strength"}
    other = replace(library, vocabulary=replace(library.vocabulary, names=names))
    assert watched.now(read) != Watched(other).now(read)


def test_terms_that_are_known_already_count_as_well(library: Library) -> None:
    watched = Watched(library)
    tags = clam(watched.library).tags
    seen = [watched.during(lambda: watched.library.terms(tags))[1] for _ in range(2)]
    assert seen[0] == seen[1] != set()


def test_the_day_counts_for_whoever_asks(library: Library) -> None:
    watched = Watched(library)
    _, read = watched.during(lambda: watched.library.today)
    _, other = watched.during(lambda: watched.library.settings)
    tomorrow = Watched(replace(library, today=library.today.replace(year=2099)))
    assert watched.now(read) != tomorrow.now(read)
    assert watched.now(other) == tomorrow.now(other)


def _titles(library: Library) -> list[str]:
    return [page.title for page in library.pages.values()]


def test_what_is_found_once_is_noted_for_everybody_who_asks(library: Library) -> None:
    watched = Watched(library)
    seen = [watched.during(lambda: watched.library.once(_titles))[1] for _ in range(2)]
    assert seen[0] == seen[1] != set()


@pytest.mark.parametrize(
    ("ask", "is_noted"),
    [
        (lambda of: of.get("clam"), True),
        (lambda of: "clam" in of, True),
        (list, True),
        (len, True),
        (lambda of: of.get("bridge"), False),
        (lambda of: "bridge" in of, False),
    ],
)
@pytest.mark.parametrize("then", [{"clam": 2, "bridge": 5}, {"bridge": 5}])
def test_what_is_beside_pages_counts_for_whoever_asks_for_it(
    library: Library,
    ask: Callable[[Mapping[str, int]], object],
    is_noted: bool,
    then: Mapping[str, int],
) -> None:
    watched = Watched(library)
    of = watched.beside("figures", {"clam": 1, "bridge": 5})
    _, read = watched.during(lambda: ask(of))
    now = Watched(library)
    now.beside("figures", then)
    assert (watched.now(read) != now.now(read)) is is_noted


def test_what_is_beside_pages_may_be_replaced(library: Library) -> None:
    watched = Watched(library)
    _, read = watched.during(lambda: watched.beside("figures", {"clam": 1})["clam"])
    before = watched.now(read)
    watched.beside("figures", {"clam": 2})
    assert watched.now(read) != before


def test_a_pose_counts_for_whoever_asks_for_it(library: Library) -> None:
    watched = Watched(library)
    _, read = watched.during(lambda: "clam" in watched.library.motions)
    motion = Motion("Clam", "lie left", (), ())
    assert watched.now(read) != Watched(replace(library, motions={"clam": motion})).now(read)


def test_every_page_of_a_watched_library_is_watched(library: Library) -> None:
    """However it is reached."""
    watched = Watched(library)
    there = watched.library
    reached: list[Page] = [*there.pages.values(), *there.titled(Exercise), *there.exercises]
    reached += [*there.vocabulary.terms.values(), *there.terms(clam(there).tags)]
    reached += [page for pages in there.tagged.values() for page in pages]
    reached += [page for pages in there.vocabulary.children.values() for page in pages]
    assert all(watcher(page) is not None for page in reached)
    assert all(watcher(page) is None for page in library.pages.values())


@pytest.mark.parametrize("cls", [Library, Vocabulary])
def test_what_is_found_for_good_is_known_to_be_watched(cls: type) -> None:
    """What is kept in a library would be noted for whoever asks first alone: each such thing is dealt with by name."""
    found = {name for name, it in vars(cls).items() if isinstance(it, functools.cached_property)}
    dealt_with = {
        Library: {"by_title", "by_class", "tagged", "_made", "_terms"},
        Vocabulary: {"children", "_nearest"},  # the last for problems alone, which are not kept
    }
    assert found == dealt_with[cls]


# Pages that were read before


def test_pages_that_were_read_before_are_the_same(tmp_path: Path) -> None:
    project = small_project(tmp_path / "project")
    first = KeptPages()
    library, report = read_library(project, known=first)
    first.write(tmp_path / "kept", programs="x")
    again, told = read_library(project, known=read_kept_pages(tmp_path / "kept", programs="x"))
    assert again.pages == library.pages
    assert [p.front for p in again.pages.values()] == [p.front for p in library.pages.values()]
    assert told.problems == report.problems


def test_a_file_that_changed_is_read_again(tmp_path: Path) -> None:
    project = small_project(tmp_path / "project")
    known = KeptPages()
    read_library(project, known=known)
    front = "title: Clam\ndescription: Another.\ntags: [strenth]\nsources: [practice]"
    write(project / "exercises/clam.md", page(front))
    library, report = read_library(project, known=known.next())
    fresh, told = read_library(project)
    assert library.pages == fresh.pages
    assert report.problems == told.problems != []


def test_a_clean_page_is_checked_again_when_what_it_names_is_gone(tmp_path: Path) -> None:
    project = small_project(tmp_path / "project")
    known = KeptPages()
    known.beside = "as ever"
    read_library(project, known=known)
    (project / "docs/techniques/strength.md").unlink()
    after = known.next()
    after.beside = "as ever"
    told = read_library(project, known=after)[1]
    assert told.problems == read_library(project)[1].problems
    assert any("strength" in problem.message for problem in told.problems)


def test_nothing_is_kept_of_other_programs_or_after_damage(tmp_path: Path) -> None:
    project = small_project(tmp_path / "project")
    known = KeptPages()
    library, _ = read_library(project, known=known)
    file = tmp_path / "kept"
    known.write(file, programs="x")
    whole = file.read_bytes()
    assert read_kept_pages(file, programs="y").now().pages == {}
    for at in range(0, len(whole), len(whole) // 50):
        file.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        kept = read_kept_pages(file, programs="x")
        assert read_library(project, known=kept)[0].pages == library.pages


class _Hostile:
    def __reduce__(self) -> object:
        return print, ("a file of somebody else's may run nothing",)


def test_a_file_of_somebody_elses_runs_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Even one whose digest is right."""
    project = small_project(tmp_path / "project")
    known = KeptPages()
    library, _ = read_library(project, known=known)
    hostile = pickle.dumps(_Hostile())
    known._pages = {path: (sha256, hostile) for path, (sha256, _) in known._pages.items()}
    known.write(tmp_path / "kept", programs="x")
    kept = read_kept_pages(tmp_path / "kept", programs="x")
    assert read_library(project, known=kept)[0].pages == library.pages
    assert capsys.readouterr().out == ""
    pickle.load(io.BytesIO(hostile))  # noqa: S301 - the file does run something
    assert capsys.readouterr().out != ""
