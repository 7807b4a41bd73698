"""The sites of a preview: each is the one that a preview makes that has seen nothing before."""

from __future__ import annotations

import gc
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from kinopress.engines.mkdocs.previewed import sites as previewed_sites
from kinopress.engines.mkdocs.previewed.sites import Sites
from kinopress.project.preview import Preview
from kinopress.system import disk
from support.projects import contents, page, small_project, write

NOBODY_WAITS_S = 3600.0
URL = "http://127.0.0.1:8000/"


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    yield
    gc.unfreeze()
    gc.enable()


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return small_project(tmp_path / "project")


def _sites(project: Path, folder: Path) -> Sites:
    folder.mkdir()
    return Sites(project, folder, Preview(project, lambda *_: None).now, lambda _: {}, URL)


def _afresh(project: Path, folder: Path) -> dict[str, bytes]:
    sites = _sites(project, folder)
    assert sites.build() == ()
    site = contents(sites.now)
    assert sites._meanwhile is not None
    sites._meanwhile.end()
    return site


def _idle(sites: Sites) -> None:
    """Let it do all that it does while nobody saves."""
    assert sites._meanwhile is not None
    sites._meanwhile.join()


def write_a_line(project: Path) -> None:
    with (project / "exercises/clam.md").open("a", encoding="utf-8") as file:
        file.write("\nOne more line.\n")


def rename_a_muscle(project: Path) -> None:
    file = project / "docs/muscles/piriformis.md"
    file.write_text(file.read_text("utf-8").replace("title: Piri", "title: The piri"), "utf-8")


def remove_a_page(project: Path) -> None:
    (project / "docs/techniques/stretch.md").unlink()


def add_a_page(project: Path) -> None:
    write(
        project / "docs/articles/hills.md",
        page("title: Hills\ndescription: Of hills.\ntags: [strength]\nsources: [practice]"),
    )


def put_a_file_in_place_of_a_page(project: Path) -> None:
    (project / "docs/techniques/stretch.md").unlink()
    write(project / "docs/techniques/stretch/index.html", "<p>By hand.</p>")


def change_the_settings(project: Path) -> None:
    file = project / "mkdocs.yml"
    file.write_text("copyright: Mine\n" + file.read_text("utf-8"), "utf-8")


def show_a_picture(project: Path) -> None:
    Image.new("RGB", (24, 16), "red").save(project / "docs/muscles/hill.png")
    with (project / "docs/muscles/piriformis.md").open("a", encoding="utf-8") as file:
        file.write("\n![A hill, drawn.](hill.png)\n")


CHANGES = (
    write_a_line,
    rename_a_muscle,
    add_a_page,
    put_a_file_in_place_of_a_page,
    remove_a_page,
    change_the_settings,
    show_a_picture,
)


@pytest.mark.parametrize("change", CHANGES)
def test_a_site_that_was_begun_meanwhile_is_the_one_of_a_new_preview(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: Callable[[Path], None]
) -> None:
    monkeypatch.setattr(previewed_sites, "_TIDIED_AFTER_S", 0)
    sites = _sites(project, tmp_path / "sites")
    assert sites.build() == ()
    _idle(sites)
    monkeypatch.setattr(previewed_sites, "_TIDIED_AFTER_S", NOBODY_WAITS_S)
    last, shown = sites.now, contents(sites.now)
    change(project)
    assert sites.build() == ()
    assert sites.now != last
    assert contents(last) == shown, "whoever still reads the last site reads what it was"
    assert contents(sites.now) == _afresh(project, tmp_path / "afresh")


@pytest.mark.parametrize("after", (0, 4, 9))
def test_a_site_that_was_hardly_begun_is_as_good(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    monkeypatch.setattr(previewed_sites, "_TIDIED_AFTER_S", 0)
    sites = _sites(project, tmp_path / "sites")
    link, left = disk.link, after

    def until(*named: Any) -> None:
        nonlocal left
        if left == 0:
            raise OSError(28, "No space left on device")
        left -= 1
        link(*named)

    with monkeypatch.context() as patched:
        patched.setattr(disk, "link", until)
        assert sites.build() == ()
        _idle(sites)
    write_a_line(project)
    assert sites.build() == ()
    assert contents(sites.now) == _afresh(project, tmp_path / "afresh")


def test_a_failed_build_leaves_the_last_site_and_the_next_is_whole(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(previewed_sites, "_TIDIED_AFTER_S", 0)
    sites = _sites(project, tmp_path / "sites")
    assert sites.build() == ()
    _idle(sites)
    shown = contents(sites.now)
    settings = (project / "mkdocs.yml").read_text("utf-8")
    write(project / "mkdocs.yml", "site_name: [")
    assert sites.build()
    _idle(sites)
    assert contents(sites.now) == shown
    write(project / "mkdocs.yml", settings)
    write_a_line(project)
    assert sites.build() == ()
    assert contents(sites.now) == _afresh(project, tmp_path / "afresh")


def test_sites_that_nobody_is_shown_any_more_are_deleted_when_there_is_time(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "sites"
    sites = _sites(project, folder)
    for _ in range(3):  # saved faster than anything can be tidied
        write_a_line(project)
        assert sites.build() == ()
    assert sites._meanwhile is not None
    sites._meanwhile.end()
    assert len(list(folder.iterdir())) > 2
    monkeypatch.setattr(previewed_sites, "_TIDIED_AFTER_S", 0)
    write_a_line(project)
    assert sites.build() == ()
    _idle(sites)
    begun = sites._meanwhile._next
    assert begun is not None
    assert set(folder.iterdir()) == {sites.now, Path(begun.name)}


def test_what_is_left_at_the_end_goes_with_the_folder_around_it(project: Path) -> None:
    with tempfile.TemporaryDirectory() as around:
        sites = _sites(project, Path(around) / "sites")
        assert sites.build() == ()
        assert sites._meanwhile is not None
        sites._meanwhile.end()
    assert not Path(around).exists()
