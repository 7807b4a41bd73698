"""``kinopress figure``: a drawing, and a film of it that can be sent."""

from __future__ import annotations

import re
from pathlib import Path

import av
import numpy as np
import pytest

from kinopress.project.drawings import film as drawings
from support.command import type_in
from support.projects import contents, small_project, write

Capture = pytest.CaptureFixture[str]

POSES = """\
start: lie back
poses:
  bent:
    floor: [back]
    R: {hip: {flex: 90}, knee: 90}
  straight:
    as: bent
    R: {hip: {flex: 90}, knee: 20}
film:
  - {pose: bent, hold: 0.2, say: Thigh straight up}
  - {pose: straight, move: 0.4, hold: 0.6, say: Straighten the knee, count: 20, work: [rectus-femoris]}
back: 0.2
"""
LENGTH_S = 1.4


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = small_project(tmp_path / "site")
    write(folder / "exercises/clam.pose.yml", POSES)
    return folder


def sources(project: Path) -> dict[str, bytes]:
    return {
        n: d
        for n, d in contents(project).items()
        if not n.startswith((".kinopress", "drawn-films"))
    }


def test_a_figure_becomes_a_film(
    project: Path, tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = sources(project)
    answer = type_in(capsys, "figure", "clam", "--film", "--project", project)
    assert answer.code == 0, answer
    film = project / "drawn-films/clam.mp4"
    assert "The film: drawn-films/clam.mp4" in answer.out
    assert re.search(r"clam\.mp4: encoding 5\d %", answer.err)
    with av.open(str(film)) as opened:
        stream = opened.streams.video[0]
        pictures = [frame.to_image() for frame in opened.decode(stream)]
    assert len(pictures) == round(LENGTH_S * 25)
    assert pictures[0].size == (1280, 720)

    def like(number: int, colour: tuple[int, int, int]) -> int:
        """How many pixels of a picture have about that colour."""
        far = np.abs(np.asarray(pictures[number], np.int16) - np.array(colour)).max(axis=2)
        return int((far < 30).sum())

    red, shorts = (0xC9, 0x36, 0x1F), (0x44, 0x64, 0x7A)
    assert like(2, red) == 0  # nothing works yet
    assert like(22, red) > 30  # the thigh works while it is held
    assert like(2, shorts) > 5_000
    bare, held = (np.asarray(pictures[n], np.int16)[84:588] for n in (0, 22))
    assert (np.abs(bare - held).max(axis=2) > 60).sum() > 10_000  # the leg has moved
    words = [np.asarray(pictures[n].convert("L"))[588:] for n in (2, 12, 22, 34)]
    assert [bool((row < 90).any()) for row in words] == [True, True, True, False]

    assert sources(project) == before

    # Again over its own file, and never over another one.
    first = film.read_bytes()
    kept = film.rename(tmp_path / "kept.mp4")
    film.write_bytes(first)
    again = type_in(capsys, "figure", "clam", "--film", "--project", project)
    assert again.code == 0
    assert film.read_bytes() == first
    film.write_bytes(b"a film that somebody cut")
    refused = type_in(capsys, "figure", "clam", "--film", "--project", project)
    assert refused.code == 1
    assert "[figure-film]" in refused.out + refused.err
    assert film.read_bytes() == b"a film that somebody cut"

    # Elsewhere, when asked; what is made a third time is known by now.
    monkeypatch.setattr(drawings, "drawn_film", lambda *_, **__: kept)
    other = tmp_path / "to send"
    sent = type_in(capsys, "figure", "clam", "--film", "--to", other, "--project", project)
    assert sent.code == 0
    assert (other / "clam.mp4").read_bytes() == first
    assert not list(other.glob(".*"))


def test_a_place_for_a_film_without_a_film_is_a_mistake(project: Path, capsys: Capture) -> None:
    answer = type_in(capsys, "figure", "clam", "--to", "films", "--project", project)
    assert answer.code == 2
    assert "--film" in answer.err + answer.out


def test_a_name_without_a_pose_file_is_answered_with_one_that_has_it(
    project: Path, capsys: Capture
) -> None:
    answer = type_in(capsys, "figure", "clan", "--film", "--project", project)
    assert answer.code == 2
    assert "did you mean clam?" in answer.out + answer.err
    assert not (project / "drawn-films").exists()
