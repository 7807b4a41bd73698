"""The page of a muscle shows where it is: a file of its own, with words for whoever cannot see it."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from kinopress.privacy.walk import traces_of
from kinopress.project.prepare import prepare
from support.projects import page, small_project, write


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = small_project(tmp_path_factory.mktemp("plates"))
    front = "title: Deltoid\ndescription: A muscle.\nkind: muscle\nregions: [buttock]\nsources: [practice]"
    write(project / "docs/muscles/deltoid.md", page(front))
    return project


def bodies(project: Path) -> tuple[dict[str, str], dict[str, Path]]:
    site = prepare(project).site
    assert site is not None
    return {p.path: p.body for p in site.pages}, dict(site.files)


def test_a_muscle_is_drawn_on_its_page_and_its_neighbours_are_named(project: Path) -> None:
    shown, files = bodies(project)
    found = re.search(r'<figure class="kp-plate">(.*?)</figure>', shown["muscles/piriformis.md"])
    assert found
    image = re.search(
        r'<img src="[./]*(figures/muscles/piriformis-\w{10}\.svg)" width="(\d+)" height="(\d+)"'
        r' alt="Drawing of where it is: Piriformis, seen from behind, on the right side of the body"'
        r' loading="lazy">',
        found[1],
    )
    assert image, found[1]
    drawing = files[image[1]]
    assert f'viewBox="0 0 {image[2]} {image[3]}"' in drawing.read_text("utf-8")
    assert traces_of(drawing, image[1]) == []
    caption = found[1][found[1].index("<figcaption>") :]
    assert "Seen from behind. Striped: Piriformis. Faint beside it: gemelli, <a " in caption
    assert 'href="../gluteus-medius/">Gluteus medius</a>' in caption


def test_a_muscle_that_we_have_no_drawing_of_has_none(project: Path) -> None:
    shown, files = bodies(project)
    assert "kp-plate" not in shown["muscles/deltoid.md"]
    assert not [path for path in files if "deltoid" in path]


def test_a_site_has_only_the_drawings_of_its_own_pages(project: Path) -> None:
    _, files = bodies(project)
    drawn = sorted(
        p.rsplit("/")[-1].rsplit("-", 1)[0] for p in files if p.startswith("figures/muscles/")
    )
    assert drawn == ["gluteus-maximus", "gluteus-medius", "hamstrings", "piriformis"]


def test_a_build_of_muscle_pages_asks_for_no_library_of_numbers(project: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from kinopress.project.prepare import prepare;"
        "site = prepare(Path(sys.argv[1])).site;"
        "assert any(p.startswith('figures/muscles/') for p in site.files);"
        "assert not {'numpy', 'contourpy'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", program, str(project)], check=True)
