"""The power goes at any moment of a build, an encode or a prune: one whole site, no source touched, and the next run succeeds.

As SQLite tests its commits: what a run does to the disk is written down, every moment of it is replayed
with what nothing had flushed lost, halved or out of order (:mod:`support.crashes`), and each state is
looked at. Some states are made real, and the next run has to cope with them.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from kinopress.content.forms.settings.output_folder import site_place
from kinopress.content.read import read_library
from kinopress.media.manifest import (
    MANIFEST_NAME,
    MANIFEST_VERSION,
    Manifest,
    Output,
    read_manifest,
)
from kinopress.pictures import store
from kinopress.pictures.made import MadeFile
from kinopress.project.build import build
from kinopress.project.clients.folder import listed_clients
from kinopress.project.clients.forget import forget
from kinopress.project.clients.new import About, begin_plan
from kinopress.system.atomic import copy_whole
from kinopress.system.release_record import RECORD
from support.clients import PLAN, project_with_plan
from support.command import type_in
from support.crashes import Flushed, Log, State, Tree, clear_away, lay_out, recorded, states
from support.figures import FIGURES
from support.projects import contents, page, small_project, write
from support.small_films import film_page, make_film

SOURCES = ("docs/", "exercises/", "videos/", "mkdocs.yml")
MEDIA = ".kinopress/media/"
PICTURES = ".kinopress/pictures/"
RELEASES = ".kinopress/releases/"
MINE = {"site/notes.txt": "mine", "site/clam/thesis.docx": "mine, too"}
CHANCE_OF = 7
Capture = pytest.CaptureFixture[str]
LISTS = {MEDIA: "manifest.json", PICTURES: "made.json"}


@dataclass
class Replayed:
    """What a run did, and what of it every power cut must leave.

    Attributes:
        log: What it did.
        sources: The coach's files, byte for byte.
        releases: The digests of the sites that may stand in the place; with ``None``: there may be none.
        unused: Results that the run deletes.
        mine: Words of somebody's files, which must be somewhere.
    """

    log: Log
    sources: dict[str, str]
    releases: set[str | None]
    unused: set[str] = field(default_factory=set)
    mine: tuple[str, ...] = ()

    def bad(self, state: State) -> str | None:
        """What is wrong with a state; ``None`` when nothing is."""
        tree, blobs = state.tree, self.log.blobs
        for path, digest in self.sources.items():
            if tree.get(path) != digest:
                return f"{path} is not as it was"
        for path, what in tree.items():
            if not path.endswith(".json") or "/.tmp-" in path or ".next-" in path:
                continue
            if what in blobs and what not in self.log.read:
                try:
                    json.loads(blobs[what])
                except ValueError:
                    return f"{path} cannot be read"
                self.log.read.add(what)
        for words in self.mine:
            if not any(blobs.get(what) == words.encode() for what in tree.values()):
                return f"a file of somebody's is gone: {words}"
        return self._bad_site(tree) or self._bad_kept(tree) or self._bad_result(tree)

    def _bad_site(self, tree: Tree) -> str | None:
        if "site" not in tree:
            return None if None in self.releases else "there is no site"
        digest = whole_release(tree, self.log.blobs, "site/")
        if digest is None:
            return "the site is not whole"
        return None if digest in self.releases else "the site is neither of the two"

    def _bad_kept(self, tree: Tree) -> str | None:
        for folder in _folders(tree, RELEASES):
            digest = whole_release(tree, self.log.blobs, folder)
            if digest is None:
                return f"{folder} is not whole"
        return None

    def _bad_result(self, tree: Tree) -> str | None:
        blobs = self.log.blobs
        for folders, its_list in LISTS.items():
            for folder in _folders(tree, folders):
                if folder in self.unused:
                    left = [what for path, what in tree.items() if path.startswith(folder)]
                    left = [w for w in left if blobs[w].decode() not in self.mine]
                    if left and f"{folder}{its_list}" not in tree:
                        return f"nobody knows any more what lies in {folder}"
                elif wrong := _not_listed(tree, blobs, folder, its_list):
                    return wrong
        return None


def _folders(tree: Tree, below: str) -> list[str]:
    if below.rstrip("/") not in tree:
        return []  # as in most of thousands of states
    named = re.compile(re.escape(below) + "[0-9a-f]{16}")
    return [
        f"{path}/"
        for path, what in tree.items()
        if what == "/" and path.startswith(below) and named.fullmatch(path)
    ]


_RECORDS: dict[str, tuple[list[tuple[str, str]], str]] = {}
"""Digest of a record → its files and their digest. Thousands of states have the same few of them."""


def whole_release(tree: Tree, blobs: dict[str, bytes], folder: str) -> str | None:
    """The digest of the release in a folder, when every file of it is as its record says."""
    record = tree.get(folder + RECORD, "")
    if record not in _RECORDS:
        try:
            files = json.loads(blobs[record])["kept"]["files"]
        except (KeyError, ValueError):
            return None
        named = sorted((path, sha256) for path, (_, _, sha256) in files.items())
        every = "".join(f"{path}\0{sha256}\n" for path, sha256 in named)
        _RECORDS[record] = named, hashlib.sha256(every.encode()).hexdigest()
    named, digest = _RECORDS[record]
    return digest if all(tree.get(folder + path) == sha256 for path, sha256 in named) else None


def _not_listed(tree: Tree, blobs: dict[str, bytes], folder: str, its_list: str) -> str | None:
    try:
        values = json.loads(blobs[tree[folder + its_list]])
    except (KeyError, ValueError):
        return f"{folder} has no list"
    for file in values.get("outputs", values.get("files", [])):
        if tree.get(folder + file.get("path", file.get("name"))) != file["sha256"]:
            return f"{folder} is not whole"
    return None


def all_good(run: Replayed) -> list[State]:
    """Look at every state of a run; gives them."""
    found = []
    for state in states(run.log, random.Random(CHANCE_OF)):  # noqa: S311 - ways, not secrets
        wrong = run.bad(state)
        assert wrong is None, (wrong, state.moment, run.log.steps[state.moment - 1])
        found.append(state)
    return found


def some(found: list[State], number: int) -> list[State]:
    """As many states as there is time for: kills and power cuts, from all over the run."""
    return random.Random(CHANCE_OF).sample(found, min(number, len(found)))  # noqa: S311


@contextlib.contextmanager
def real(run: Replayed, state: State, tmp_path: Path) -> Iterator[Path]:
    """A state as a project on the disk."""
    project = tmp_path / f"cut-{state.moment}"
    lay_out(state.tree, run.log.blobs, project)
    try:
        yield project
    finally:
        clear_away(project)


def sources_of(project: Path) -> dict[str, str]:
    return {
        path: hashlib.sha256(data).hexdigest()
        for path, data in contents(project).items()
        if path.startswith(SOURCES)
    }


def left_lying_about(project: Path) -> list[str]:
    """Names of unfinished things."""
    found = [path.relative_to(project).as_posix() for path in project.rglob(".*")]
    return [path for path in found if re.search(r"\.(site|tmp|copying)[.-]|\.shared$", path)]


def release_of(project: Path) -> str | None:
    return site_place(project, "site").release()


def built_twice(project: Path, *, exchanging: bool) -> Replayed:
    """The second build of a project with somebody's files in its site, written down."""
    small_project(project)
    assert build(project).anew
    for path, words in MINE.items():
        write(project / path, words)
    before = release_of(project)
    write(project / "docs/index.md", page("title: A small site\ndescription: Where all begins."))
    sources = sources_of(project)
    with recorded(project, exchanging=exchanging) as log:
        assert build(project).anew
    return Replayed(log, sources, {before, release_of(project)}, mine=tuple(MINE.values()))


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Replayed:
    """A second build; nobody changes it."""
    return built_twice(tmp_path_factory.mktemp("twice") / "project", exchanging=True)


def next_build_succeeds(run: Replayed, project: Path) -> None:
    built = build(project)
    assert built.report.errors == []
    assert sources_of(project) == run.sources
    assert is_whole(project)
    assert left_lying_about(project) == []


def test_a_build(run: Replayed, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    found = all_good(run)
    tell(request, "a build", found)
    for state in some(found, 12):
        with real(run, state, tmp_path) as project:
            next_build_succeeds(run, project)
            assert all((project / path).read_text() == words for path, words in MINE.items())


def test_a_build_after_a_power_cut(
    run: Replayed, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """What tidies up may lose its power as well."""
    placed = next(
        n for n, step in enumerate(run.log.steps) if getattr(step, "by", "") == "exchange"
    )
    ways = random.Random(CHANCE_OF)  # noqa: S311 - ways, not secrets
    cuts = [state for state in states(run.log, ways) if placed - 2 <= state.moment <= placed + 2]
    found = []
    for cut in (cuts[0], cuts[-1]):  # a workshop that is full, and a site that waits to be kept
        with real(run, cut, tmp_path) as project:
            with recorded(project) as log:
                next_build_succeeds(run, project)
            releases = {*run.releases, release_of(project)}
            found += all_good(Replayed(log, run.sources, releases, mine=run.mine))
    tell(request, "a build that tidies up after one", found)


def test_a_build_where_it_takes_two_renames(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    run = built_twice(tmp_path / "project", exchanging=False)
    run.releases.add(None)  # for a moment
    found = all_good(run)
    without = [state for state in found if "site" not in state.tree]
    tell(request, "a build of two renames", found)
    for state in [*some(found, 4), *some(without, 4)]:
        with real(run, state, tmp_path) as project:
            place = site_place(project, "site")
            place.recover()
            assert place.release() in run.releases - {None}
            assert is_whole(project)
            assert all((project / path).read_text() == words for path, words in MINE.items())


def test_a_first_build_with_a_film(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    project = small_project(tmp_path / "project")
    film = make_film(tmp_path / "hip.mp4")
    sources = sources_of(project)
    with recorded(project) as log:
        copy_whole(film, project / "videos/hip.mp4")
        film_page(project, "hip")
        assert build(project).report.errors == []
    run = Replayed(log, sources, {None, release_of(project)})
    found = all_good(run)
    filmed = hashlib.sha256(film.read_bytes()).hexdigest()
    assert {state.tree.get("videos/hip.mp4") for state in found} == {None, filmed}
    tell(request, "an encode", found)
    with_film = [state for state in found if "videos/hip.md" in state.tree]
    for state in some(with_film, 4):
        with real(run, state, tmp_path) as cut:
            write(cut / "videos/hip.md", (project / "videos/hip.md").read_text())
            run.sources = sources_of(cut)
            next_build_succeeds(run, cut)
            (result,) = _folders(dict.fromkeys(_folders_of(cut), "/"), MEDIA)
            assert is_whole_result(cut / result)


def test_a_prune(tmp_path: Path, request: pytest.FixtureRequest, capsys: Capture) -> None:
    project = small_project(tmp_path / "project")
    picture = MadeFile("480.jpg", "image/jpeg", 480, 300, b"a picture")
    for digest in ("a" * 64, "b" * 64):
        store.put(project, digest, [picture, replace(picture, name="480.avif")])
        a_film(project, digest)
    film = make_film(project / "videos/hip.mp4")
    film_page(project, "hip")
    a_film(project, "c" * 64, hashlib.sha256(film.read_bytes()).hexdigest())
    write(project / f"{MEDIA}{'b' * 16}/notes.txt", "mine")
    sources = sources_of(project)
    with recorded(project) as log:
        assert type_in(capsys, "video", "prune", "--yes", "--project", project).code == 0
    gone = {f"{kept}{name * 16}/" for kept in (MEDIA, PICTURES) for name in "ab"}
    run = Replayed(log, sources, {None}, unused=gone, mine=("mine",))
    found = all_good(run)
    tell(request, "a prune", found, at_least=30)
    for state in some(found, 12):
        with real(run, state, tmp_path) as cut:
            assert type_in(capsys, "video", "prune", "--yes", "--project", cut).code == 0
            assert sources_of(cut) == sources
            there = [path.relative_to(cut).as_posix() for path in cut.glob(".kinopress/*/*/*")]
            assert [path for path in there if f"/{'c' * 16}/" not in path] == [
                f"{MEDIA}{'b' * 16}/notes.txt"
            ]


def test_a_plan_that_follows_another(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """At every moment a client has one whole plan, and the last one is there or kept."""
    project, name = project_with_plan(tmp_path / "project"), "sk-1"
    library = read_library(project)[0]
    about = About(library.today)
    plan = project / begin_plan(project, library, name, about, begin_with=PLAN).path
    first = plan.read_bytes()
    with recorded(project) as log:
        begun = begin_plan(project, library, name, about, again=True)
    second = plan.read_bytes()
    found = list(states(log, random.Random(CHANCE_OF)))  # noqa: S311 - ways, not secrets
    for state in found:
        now = log.blobs[state.tree[f"clients/{name}/plan.md"]]
        assert now in (first, second)
        assert now == first or log.blobs[state.tree[str(begun.earlier)]] == first
    tell(request, "a plan that follows another", found, at_least=4)
    run = Replayed(log, {}, {None})
    for state in some(found, 4):
        with real(run, state, tmp_path) as cut:
            begin_plan(cut, library, name, about, again=True)
            kept = [file.read_bytes() for file in (cut / f"clients/{name}/earlier").iterdir()]
            assert first in kept
            assert len(kept) == len(set(kept))


def test_a_client_who_is_forgotten(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """Whatever a broken run leaves of them is listed, and goes with the next one."""
    project, name = project_with_plan(tmp_path / "project"), "sk-1"
    library = read_library(project)[0]
    begin_plan(project, library, name, About(library.today), begin_with=PLAN)
    begin_plan(project, library, name, About(library.today), again=True)
    write(project / f"clients/{name}/14-days.html", "the plan")
    write(project / f"clients/{name}/came-back/001.txt", "what came")
    with recorded(project) as log:
        forget(project, library, name)
    found = list(states(log, random.Random(CHANCE_OF)))  # noqa: S311 - ways, not secrets
    tell(request, "a client who is forgotten", found, at_least=10)
    run = Replayed(log, {}, {None})
    left = [state for state in found if f"clients/{name}" in state.tree]
    without_plan = [state for state in left if f"clients/{name}/plan.md" not in state.tree]
    assert without_plan
    for state in (*some(left, 8), *some(without_plan, 8)):
        with real(run, state, tmp_path) as cut:
            assert [one.name for one in listed_clients(cut, library)] == [name]
            forget(cut, library, name)
            assert not (cut / f"clients/{name}").exists()


FORGOTTEN = {
    "of the new site": "cannot be read",
    "of its record": "cannot be read",
    "of its change of places": "is gone",
}


@pytest.mark.parametrize("lost", FORGOTTEN)
def test_a_flush_that_was_forgotten_would_be_found(run: Replayed, lost: str) -> None:
    steps = run.log.steps
    changes = next(n for n, step in enumerate(steps) if getattr(step, "by", "") == "exchange")
    flushes = [n for n, step in enumerate(steps) if isinstance(step, Flushed) and n > run.log.begun]
    whole_site = max(flushes, key=lambda n: len(getattr(steps[n], "nodes", ())))
    forgotten = {
        "of the new site": [whole_site],
        "of its record": [n for n in flushes if whole_site < n < changes],
        "of its change of places": [n for n in flushes if changes < n <= changes + 2],
    }[lost]
    log = replace(run.log, steps=[step for n, step in enumerate(steps) if n not in forgotten])
    with pytest.raises(AssertionError, match=FORGOTTEN[lost]):
        all_good(replace(run, log=log))


def a_film(project: Path, digest: str, source: str = "") -> None:
    """A finished result in the store, without a film in it."""
    made = b"a film"
    sha256 = hashlib.sha256(made).hexdigest()
    name, mime = "h264-720.mp4", "video/mp4"
    output = Output(name, "rendition", mime, None, 720, 400, len(made), 1.0, sha256, "0" * 64)
    manifest = Manifest(
        *(MANIFEST_VERSION, digest, "hip.mp4", 1, 720, 400, 1.0, False, (output,)),
        source_sha256=source,
    )
    write(project / MEDIA / digest[:16] / output.path, made.decode())
    write(project / MEDIA / digest[:16] / MANIFEST_NAME, manifest.to_json())


def tell(
    request: pytest.FixtureRequest, what: str, found: list[State], at_least: int = 100
) -> None:
    power = sum(state.power for state in found)
    assert len(found) >= at_least
    assert power >= at_least / 2
    request.config.stash[FIGURES].append(
        f"power cuts in {what}: 0 bad of {len(found)} states, in {power} of them something is lost"
    )


def is_whole(project: Path) -> bool:
    """Whether the site is a whole release on the disk, and nothing of the one before waits."""
    record = json.loads((project / "site" / RECORD).read_text("utf-8"))["kept"]
    return record["displaced"] is None and all(
        hashlib.sha256((project / "site" / path).read_bytes()).hexdigest() == sha256
        for path, (_, _, sha256) in record["files"].items()
    )


def is_whole_result(folder: Path) -> bool:
    return all(
        hashlib.sha256((folder / output.path).read_bytes()).hexdigest() == output.sha256
        for output in read_manifest(folder / MANIFEST_NAME).outputs
    )


def _folders_of(project: Path) -> list[str]:
    return [p.relative_to(project).as_posix() for p in project.rglob("*") if p.is_dir()]
