"""Whoever listens to a run is told how it goes, and may end it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from kinopress.pictures import posters
from kinopress.project.build import build
from kinopress.project.events import Cancelled, Expect, Silent, SilentWatch, Watch
from kinopress.video.recipe.estimate import Estimate
from kinopress.video.source import probe as probing
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


class _Asking(Silent):
    """Asks for the forecast of every film, as the command line does."""

    def __init__(self) -> None:
        self.expected: list[Estimate | None] = []

    def film(self, path: str, expect: Expect) -> Watch:
        asking = self

        class Watching(SilentWatch):
            def sound(self, share: float) -> None:
                asking.expected.append(expect())

        return Watching()


def test_a_build_looks_at_a_new_film_and_at_its_poster_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = small_project(tmp_path / "site-of-anna")
    film = make_film(project / "videos/hip.mov")
    film_page(project, "hip")
    Image.new("RGB", (160, 90), "teal").save(project / "videos/hip.poster.jpg")
    opened: list[Path] = []
    read: list[int] = []
    probed, pictured = probing.probe, posters.read_picture

    def note_film(path: Path, **options: Any) -> Any:
        opened.append(path)
        return probed(path, **options)

    def note_picture(data: bytes, **options: Any) -> Any:
        read.append(len(data))
        return pictured(data, **options)

    holders = [m for m in list(sys.modules.values()) if getattr(m, "probe", None) is probed]
    for module in holders:  # whoever took it by its name
        monkeypatch.setattr(module, "probe", note_film)
    monkeypatch.setattr(posters, "read_picture", note_picture)
    listener = _Asking()
    assert build(project, listener, quick=True).report.errors == []
    assert opened.count(film) == 1
    assert len(read) == 1
    assert listener.expected and all(one is not None for one in listener.expected)


def test_a_listener_ends_a_build_and_the_next_one_makes_the_rest(tmp_path: Path) -> None:
    project = small_project(tmp_path / "site-of-anna")
    make_film(project / "videos/hip.mov", size="256x144", seconds=4)
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
