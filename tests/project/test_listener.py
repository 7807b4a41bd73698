"""Whoever listens to a run is told how it goes, and may end it."""

from __future__ import annotations

from pathlib import Path

import pytest

from kinopress.project.build import build
from kinopress.project.events import Cancelled, Expect, Silent, SilentWatch, Watch
from support.projects import contents, small_project
from support.small_films import film_page, make_film


class _Ending(SilentWatch):
    """Ends the run as soon as some of the film is encoded."""

    def __init__(self, told: list[str]) -> None:
        self.told = told

    def share(self, share: float) -> None:
        if share > 0:
            self.told.append("cancelled")
            raise Cancelled

    def stopped(self) -> None:
        self.told.append("stopped")

    def done(self, *, encoded: bool) -> None:
        self.told.append("done, encoded" if encoded else "done")


class _Listener(Silent):
    def __init__(self) -> None:
        self.told: list[str] = []

    def film(self, path: str, expect: Expect) -> Watch:
        self.told.append(path)
        return _Ending(self.told)


def _children() -> set[str]:
    """What runs below this process, where the system tells; other tests may have left a server running."""
    tasks = Path("/proc/self/task")
    return {
        child
        for task in (tasks.iterdir() if tasks.is_dir() else ())
        for child in (task / "children").read_text().split()
    }


def test_a_listener_ends_a_build_and_the_next_one_makes_the_rest(tmp_path: Path) -> None:
    project = small_project(tmp_path / "site-of-anna")
    make_film(project / "videos/hip.mov", size="640x360", seconds=6)
    film_page(project, "hip")
    sources = contents(project / "videos")
    listener = _Listener()
    before = _children()
    with pytest.raises(Cancelled):
        build(project, listener)
    assert listener.told == ["videos/hip.mov", "cancelled", "stopped", "done"]
    assert _children() <= before
    assert not (project / "site").exists()
    assert contents(project / "videos") == sources
    built = build(project)
    assert built.anew and built.report.errors == []
    assert (project / "site/videos/hip/index.html").is_file()
