"""The power goes at any moment while files are moved: each is whole in one of its two places, and a second run ends it.

Moved are the files of a page (removed, put back, renamed), a film that the program has the only copy of, and what
somebody has put into a folder of results. As in ``test_power_cuts.py``, every moment is replayed.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from kinopress.content.data.redirects import REDIRECTS
from kinopress.content.read import read_library
from kinopress.problems import Refusal
from kinopress.project.change.put_back import put_back
from kinopress.project.change.remove import remove
from kinopress.project.change.rename import rename
from kinopress.project.films.add import NewFilm, add_film
from kinopress.system.atomic import new_folder
from kinopress.system.clearing import put_in_place
from support.crashes import Flushed, Log, State, clear_away, lay_out, recorded, states
from support.projects import contents, small_project, write
from support.small_films import film_page

OWN = "videos/hip.md"
BESIDE = ("videos/hip.mov", "videos/hip.en.vtt")
LEADS = b"videos/old: videos/hip\n"
KEPT = "removed/videos-hip/"


def _remove(project: Path) -> None:
    try:
        remove(project, OWN, "gone")
    except Refusal as refusal:  # the run before it had done everything
        assert "was removed before" in str(refusal.problems[0].message)


def _put_back(project: Path) -> None:
    try:
        put_back(project, OWN)
    except Refusal as refusal:
        assert "no page of this name was removed" in refusal.problems[0].message


def _rename(project: Path) -> None:
    try:
        rename(project, "hip", "thigh")
    except Refusal as refusal:
        assert refusal.problems[0].code == "page-not-found"


@dataclass(frozen=True)
class Move:
    """A change in which files of a page are moved.

    Attributes:
        does: Does it, or sees that it is done.
        before: What comes before it.
        to: Where a file is afterwards.
    """

    does: Callable[[Path], None]
    before: tuple[Callable[[Path], None], ...]
    to: Callable[[str], str]

    def files(self, project: Path) -> dict[str, bytes]:
        """The files of the page as they lie there now, by the name that they have when all is done."""
        return {self.to(path): data for path, data in _films(project).items()}


MOVES = {
    "remove": Move(_remove, (), lambda path: f"{KEPT}{path}"),
    "put back": Move(_put_back, (_remove,), lambda path: path.removeprefix(KEPT)),
    "rename": Move(_rename, (), lambda path: path.replace("/hip.", "/thigh.")),
}


def _films(project: Path) -> dict[str, bytes]:
    return {path: data for path, data in contents(project).items() if "videos/" in path}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    made = small_project(tmp_path / "project")
    film_page(made, "hip")
    for path in BESIDE:
        write(made / path, f"all of {path}")
    write(made / REDIRECTS, LEADS.decode())
    return made


def every_state(log: Log) -> list[State]:
    return list(states(log, random.Random(7)))  # noqa: S311 - ways, not secrets


def lost(log: Log, files: set[bytes]) -> list[tuple[int, bytes]]:
    """Moments at which a power cut leaves a file nowhere, or not whole."""
    found = []
    for state in every_state(log):
        there = {log.blobs[what] for what in state.tree.values() if what in log.blobs}
        found += [(state.moment, data) for data in files - there]
    return found


@pytest.mark.parametrize("named", MOVES)
def test_the_files_of_a_page_are_whole_at_every_moment(
    project: Path, tmp_path: Path, named: str
) -> None:
    move = MOVES[named]
    for does in move.before:
        does(project)
    begun, whole = _films(project), move.files(project)
    own = next(path for path in begun if path.endswith("hip.md"))
    begun_list = (project / REDIRECTS).read_bytes()
    with recorded(project) as log:
        move.does(project)
    assert _films(project) == whole
    assert lost(log, set(begun.values())) == []
    lists = {begun_list, (project / REDIRECTS).read_bytes()}
    found = every_state(log)
    assert len(found) >= 20
    assert any(state.power for state in found)
    for state in found:
        assert log.blobs[state.tree[REDIRECTS]] in lists
        # The page's own file goes last, so that whoever is interrupted finds the page under its old name.
        if own not in state.tree:
            assert not begun.keys() & state.tree.keys()
    for state in random.Random(7).sample(found, 3):  # noqa: S311 - as above
        cut = tmp_path / f"cut-{state.moment}"
        lay_out(state.tree, log.blobs, cut)
        move.does(cut)
        assert _films(cut) == whole
        assert (cut / REDIRECTS).read_bytes() == (project / REDIRECTS).read_bytes()
        clear_away(cut)


def test_a_film_of_which_there_is_one_copy(project: Path) -> None:
    film = project / ".kinopress/studio/film.mp4"
    write(film, "the only copy")
    library, _ = read_library(project)
    with recorded(project) as log:
        new = NewFilm("A new one", ("stretch",), "About.", "Colours move.", dt.date(2026, 1, 2))
        add_film(project, library, film, new, ours=True)
    assert (project / "videos/a-new-one.mp4").read_bytes() == b"the only copy"
    assert lost(log, {b"the only copy"}) == []


def test_what_somebody_has_put_into_a_result(tmp_path: Path) -> None:
    write(tmp_path / "store/a/ours.txt", "ours")
    write(tmp_path / "store/a/mine.txt", "mine")
    with recorded(tmp_path) as log:
        made = new_folder(tmp_path / "store", ".tmp-")
        put_in_place(made, tmp_path / "store/a", {"ours.txt"})
    assert contents(tmp_path) == {"store/a/mine.txt": b"mine"}
    assert lost(log, {b"mine"}) == []


def test_a_flush_that_was_forgotten_would_be_found(project: Path) -> None:
    files = set(_films(project).values())
    with recorded(project) as log:
        _remove(project)
    kept = [s for n, s in enumerate(log.steps) if n <= log.begun or not isinstance(s, Flushed)]
    assert lost(replace(log, steps=kept), files)
