"""When the sound of a finished rendition ends, and what decodes of it, compared with what its film asks for."""

from __future__ import annotations

from pathlib import Path

import pytest

from kinopress.video.proof import proof
from video.conftest import ffmpeg


@pytest.mark.parametrize(
    ("asked_s", "fault"),
    [
        (1.025, None),
        (1.0, None),  # of the last packet a thousandth is shown, but 21 are decoded
        (0.97, "has sound to 1.02 s instead of 0.97 s"),
        (1.08, "has sound to 1.02 s instead of 1.08 s"),
    ],
)
def test_sound_may_end_a_little_later_than_its_film_says(
    tmp_path: Path, asked_s: float, fault: str | None
) -> None:
    film = tmp_path / "film.mp4"
    ffmpeg("-f", "lavfi", "-i", "sine=440:r=48000:d=1.025", "-c:a", "aac", film)
    assert proof._sound_fault(film, asked_s) == fault
