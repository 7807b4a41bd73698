"""Nothing is made twice: what one run finished, the next takes."""

from __future__ import annotations

from pathlib import Path

import pytest

from kinopress.media.trim import Trim
from kinopress.video.encode.making import pictures as working
from kinopress.video.encode.produced import Produced
from kinopress.video.produce import produce
from kinopress.video.recipe.recipe import Recipe
from video.conftest import Make, ffmpeg, loudness


def make_film(source: Path, media_dir: Path, **how: object) -> Produced:
    made = produce(source, display_path="videos/x.mp4", media_dir=media_dir, **how)  # type: ignore[arg-type]
    assert made.problems == []
    assert made.manifest is not None
    return made


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[set[str]]:
    """What FFmpeg was asked to make of the film, run by run."""
    runs: list[set[str]] = []
    original = working.encode

    def note(recipe: Recipe, *arguments: object, **how: object) -> object:
        runs.append(set(recipe.names))
        return original(recipe, *arguments, **how)  # type: ignore[arg-type]

    monkeypatch.setattr(working, "encode", note)
    return runs


POSTERS = {"poster.avif", "poster.webp", "poster.jpg"}


def test_quick_first_then_the_rest_and_the_film_with_more_care(
    make: Make, media_dir: Path, asked: list[set[str]]
) -> None:
    source = make("plain.mp4")
    quick = make_film(source, media_dir, quick=True)
    assert not quick.complete
    whole = make_film(source, media_dir)
    assert whole.complete
    rest = {"av1-72.mp4", "h264-72.mp4", "storyboard.webp"}
    assert asked == [{"h264-72.mp4"} | POSTERS, rest]
    assert make_film(source, media_dir, quick=True).folder == whole.folder
    assert whole.source_sha256 == quick.source_sha256 != ""


def test_another_poster_costs_a_poster(make: Make, media_dir: Path, asked: list[set[str]]) -> None:
    source = make("plain.mp4")
    make_film(source, media_dir)
    make_film(source, media_dir, poster_at_s=0.5)
    assert asked[1] == POSTERS


def test_the_coachs_own_picture_wins_and_stays(
    make: Make, media_dir: Path, tmp_path: Path, asked: list[set[str]]
) -> None:
    source, image = make("plain.mp4"), tmp_path / "x.poster.png"
    ffmpeg("-f", "lavfi", "-i", "color=red:s=200x150", "-frames:v", 1, image)
    before = image.read_bytes()
    made = make_film(source, media_dir, poster_image=image, poster_at_s=0.5)
    assert made.manifest is not None
    assert {(one.width, one.height) for one in made.manifest.posters} == {(200, 150)}
    assert not asked[0] & POSTERS
    assert image.read_bytes() == before


def test_a_trimmed_film_lasts_as_long_as_its_part(make: Make, media_dir: Path) -> None:
    made = make_film(make("plain.mp4"), media_dir, trim=Trim(0.5, 1.5), quick=True)
    assert made.manifest is not None
    assert (made.manifest.duration_s, made.manifest.from_s) == (1.0, 0.5)
    assert made.manifest.renditions[0].duration_s == pytest.approx(1.0, abs=0.05)


@pytest.mark.parametrize(("volume", "within"), [("0.3", True), ("8", True), ("0.0001", False)])
def test_sound_comes_out_at_one_loudness_unless_it_is_nearly_silent(
    tmp_path: Path, media_dir: Path, volume: str, within: bool
) -> None:
    source = tmp_path / "film.mp4"
    noise = f"anoisesrc=d=2:c=pink:seed=1:r=48000,volume={volume}"
    picture = ["-f", "lavfi", "-i", "testsrc2=s=160x90:r=10:d=2"]
    ffmpeg(*picture, "-f", "lavfi", "-i", noise, "-c:v", "libx264", source)
    made = make_film(source, media_dir, quick=True)
    assert made.folder is not None and made.manifest is not None
    lufs, peak = loudness(made.folder / made.manifest.renditions[0].path)
    assert (abs(lufs + 16.0) <= 1.0) is within
    assert peak <= -1.0
