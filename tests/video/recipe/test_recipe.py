"""The command is decided before anything runs, and its digest knows what matters."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kinopress.media.trim import Trim
from kinopress.video.encode.results import quick_recipe
from kinopress.video.ffmpeg import commands
from kinopress.video.recipe.ladder import plan_ladder
from kinopress.video.recipe.poster import OwnPoster
from kinopress.video.recipe.recipe import Recipe, plan_recipe
from kinopress.video.settings import H264_720, VideoSettings
from kinopress.video.source.film import Probe
from video.films import CAMCORDER_SILENT, PHONE_HDR, PLAIN

GOLDEN = Path(__file__).parents[2] / "golden" / "video"
SETTINGS = VideoSettings()


def recipe(film: Probe = PLAIN, settings: VideoSettings = SETTINGS, **how: Any) -> Recipe:
    return plan_recipe(film, plan_ladder(film, settings), settings, **how)


def readable(argv: list[str]) -> str:
    """One option a line, one filter a line, a blank line before each input and output."""
    lines: list[str] = []
    for argument in argv:
        if argument.startswith("[") and ";" in argument:
            lines += ["    " + part for part in argument.split(";")]
        elif argument.startswith("-") and not argument[1:].isdigit():
            lines.append(argument)
        elif argument.startswith("file:"):
            lines += [argument, ""] if lines[-1] != "-i" else [f"{lines.pop()} {argument}", ""]
        else:
            lines.append(f"{lines.pop()} {argument}")
    return "\n".join(lines).rstrip() + "\n"


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("landscape-with-sound", recipe()),
        ("upright-hdr-phone-poster-chosen", recipe(PHONE_HDR, poster_at_s=3.0)),
        ("camcorder-interlaced-silent", recipe(CAMCORDER_SILENT)),
        ("trimmed-without-svt", recipe(av1="libaom-av1", trim=Trim(2.5, 10.0))),
        ("quick-hdr", quick_recipe(recipe(PHONE_HDR))),
    ],
)
def test_the_command_is_the_golden_one(
    name: str, made: Recipe, request: pytest.FixtureRequest
) -> None:
    path = GOLDEN / f"{name}.txt"
    lines = [*commands.canonical_sound(made), commands.canonical(made)]
    assert "\n".join(map(readable, lines)) == path.read_text(encoding="utf-8")


def test_the_command_names_files_so_that_no_name_is_a_protocol_or_an_option() -> None:
    argv = commands.encoding(recipe(), Path("-i.mp4"), Path("out"))
    source = argv[argv.index("-i") + 1]
    assert source == f"file:{Path.cwd()}/-i.mp4"
    assert f"file:{Path.cwd()}/out/poster.jpg" in argv
    assert f"file:{Path.cwd()}/out/parts/h264-720.mp4/%06d.nut" in argv
    odd = commands.encoding(recipe(), Path("film.mov"), Path("100% hip %d"))
    assert f"file:{Path.cwd()}/100%% hip %%d/parts/h264-720.mp4/%06d.nut" in odd


def digests(made: Recipe, source: str = "a" * 64, version: str = "9.0") -> dict[str, str]:
    return {name: commands.digest_of(made, name, source, version) for name in made.names}


def changed(made: Recipe, source: str = "a" * 64, version: str = "9.0") -> set[str]:
    """Which outputs have to be made anew."""
    before, after = digests(recipe()), digests(made, source, version)
    return {name for name in after if before.get(name) != after[name]}


RENDITIONS = {"av1-1080.mp4", "av1-720.mp4", "h264-720.mp4", "h264-360.mp4"}
POSTERS = {"poster.avif", "poster.webp", "poster.jpg"}
ALL = RENDITIONS | POSTERS | {"storyboard.webp"}
PHOTO = OwnPoster("f" * 64, 800, 600)


def test_the_digests_forget_names_and_places() -> None:
    assert set(digests(recipe())) == ALL
    assert changed(recipe()) == set()
    assert changed(replace(recipe(), wanted=frozenset({"h264-720.mp4"}))) == set()
    assert all(len(digest) == 64 for digest in digests(recipe()).values())


@pytest.mark.parametrize(
    ("made", "anew"),
    [
        (recipe(poster_at_s=3.0), POSTERS),
        (recipe(own_poster=PHOTO), POSTERS),
        (recipe(trim=Trim(1.0)), ALL),
        (recipe(trim=Trim(0.0, 30.0)), ALL),
        (recipe(settings=VideoSettings(rungs=(replace(H264_720, crf=23),))), {"h264-720.mp4"}),
        (recipe(settings=VideoSettings(fps_max=25)), ALL),
        (recipe(replace(PLAIN, audio_index=2)), RENDITIONS),
        (recipe(av1="libaom-av1"), {"av1-1080.mp4", "av1-720.mp4"}),
    ],
)
def test_only_what_a_change_touches_is_made_anew(made: Recipe, anew: set[str]) -> None:
    assert changed(made) == anew


def test_another_film_or_encoder_makes_everything_anew() -> None:
    assert changed(recipe(), source="b" * 64) == changed(recipe(), version="9.1") == ALL


def test_another_photo_is_another_poster() -> None:
    one, two = recipe(own_poster=PHOTO), recipe(own_poster=replace(PHOTO, sha256="e" * 64))
    assert digests(one)["poster.jpg"] != digests(two)["poster.jpg"]


def test_an_hdr_film_is_tone_mapped_alike_whatever_is_made_of_it() -> None:
    whole = recipe(PHONE_HDR)
    quick = replace(whole, wanted=frozenset({"h264-720.mp4"}))
    assert "w=1080" in " ".join(commands.canonical(quick))


def test_a_trim_is_taken_before_the_input_is_decoded() -> None:
    argv = commands.encoding(recipe(trim=Trim(2.5, 10.0)), Path("film.mov"), Path("out"))
    head = argv[: argv.index("-i")]
    assert head[head.index("-ss") + 1] == "2.500"
    assert "-noaccurate_seek" in head, "the picture that is shown when it begins may be older"
    assert any("trim=end=7.500" in argument for argument in argv)


def test_a_poster_at_the_very_end_is_taken_where_a_picture_surely_is() -> None:
    assert "gte(t\\,39.500)" in " ".join(commands.canonical(recipe(poster_at_s=40.0)))
