"""No way out of the project leaves out the look for private data."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from kinopress.cli.project import read_project
from kinopress.cli.serve import _Preview
from kinopress.pages.mkdocs_plugin import read_and_render
from support.command import type_in
from support.projects import contents, small_project

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def telling(tmp_path: Path) -> Path:
    """A project with a photo that says with what it was taken."""
    project = small_project(tmp_path / "site-of-anna")
    exif = Image.Exif()
    exif[0x010F] = "Apple"
    picture = project / "docs/pictures/me.jpg"
    picture.parent.mkdir()
    Image.new("RGB", (40, 40)).save(picture, exif=exif)
    return project


def test_staged_pages_hold_no_private_data(telling: Path, tmp_path: Path, capsys: Capture) -> None:
    plain = tmp_path / "plain"
    answer = type_in(capsys, "stage", plain, "--project", telling)
    assert answer.code == 1
    assert "docs/pictures/me.jpg: readers could see camera data" in answer.out
    assert "[media-private]" in answer.out
    assert not plain.exists()
    picture = telling / "docs/pictures/me.jpg"
    kept = picture.read_bytes()
    picture.unlink()
    assert type_in(capsys, "stage", plain, "--project", telling).code == 0
    before = contents(plain)
    picture.write_bytes(kept)
    assert type_in(capsys, "stage", plain, "--project", telling).code == 1
    assert contents(plain) == before, "what was staged before stays"


def test_plain_mkdocs_build_writes_no_site_with_private_data(telling: Path) -> None:
    argv = [sys.executable, "-m", "mkdocs", "build", "--quiet"]
    done = subprocess.run(argv, cwd=telling, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "docs/pictures/me.jpg: readers could see camera data" in done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    assert not (telling / "site").exists()
    shutil.rmtree(telling / "docs/pictures")
    assert subprocess.run(argv, cwd=telling, capture_output=True, check=False).returncode == 0


def test_the_preview_shows_the_pages_and_says_what_readers_could_see(
    telling: Path, capsys: Capture, caplog: pytest.LogCaptureFixture
) -> None:
    library, _ = read_project(telling)
    assert _Preview(library).read(telling, preview=True).site.pages
    assert "docs/pictures/me.jpg: readers could see camera data" in capsys.readouterr().out
    assert read_and_render(telling, preview=True).site.pages
    assert "docs/pictures/me.jpg: readers could see camera data" in caplog.text
