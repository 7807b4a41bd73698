"""The command is decided before anything runs, and its digest knows what matters."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kinopress.video.ladder import plan_ladder
from kinopress.video.probe import Probe
from kinopress.video.recipe import Recipe, plan_recipe
from kinopress.video.settings import H264_720, VideoSettings

from .films import CAMCORDER_SILENT, PHONE_HDR, PLAIN

GOLDEN = Path(__file__).parents[1] / "golden" / "video"
SETTINGS = VideoSettings()


def recipe(
    film: Probe = PLAIN, settings: VideoSettings = SETTINGS, poster_at_s: float | None = None
) -> Recipe:
    return plan_recipe(film, plan_ladder(film, settings), settings, poster_at_s=poster_at_s)


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
    ],
)
def test_the_command_is_the_golden_one(
    name: str, made: Recipe, request: pytest.FixtureRequest
) -> None:
    path = GOLDEN / f"{name}.txt"
    assert readable(made.canonical_argv()) == path.read_text(encoding="utf-8")


def test_the_command_names_files_so_that_no_name_is_a_protocol_or_an_option() -> None:
    argv = recipe().argv(Path("-i.mp4"), Path("out"))
    source = argv[argv.index("-i") + 1]
    assert source == f"file:{Path.cwd()}/-i.mp4"
    assert f"file:{Path.cwd()}/out/h264-720.mp4" in argv


def test_the_digest_forgets_names_and_places() -> None:
    one, two = recipe(), recipe()
    assert one.digest("a" * 64, "9.0") == two.digest("a" * 64, "9.0")
    assert len(one.digest("a" * 64, "9.0")) == 64


@pytest.mark.parametrize(
    "changed",
    [
        recipe().digest("b" * 64, "9.0"),
        recipe().digest("a" * 64, "9.1"),
        recipe(poster_at_s=3.0).digest("a" * 64, "9.0"),
        recipe(settings=VideoSettings(rungs=(replace(H264_720, crf=23),))).digest("a" * 64, "9.0"),
        recipe(settings=VideoSettings(fps_max=25)).digest("a" * 64, "9.0"),
        recipe(replace(PLAIN, audio_index=2)).digest("a" * 64, "9.0"),
    ],
)
def test_the_digest_sees_every_change_that_matters(changed: str) -> None:
    assert changed != recipe().digest("a" * 64, "9.0")


def test_a_poster_at_the_very_end_is_taken_where_a_picture_surely_is() -> None:
    assert "gte(t\\,39.500)" in " ".join(recipe(poster_at_s=40.0).canonical_argv())


def test_the_first_second_is_no_poster_unless_the_film_is_tiny() -> None:
    assert "between(t\\,2.000\\,38.000)" in " ".join(recipe().canonical_argv())
    tiny = recipe(replace(PLAIN, duration_s=1.5))
    assert "between(t\\,0.000\\,1.500)" in " ".join(tiny.canonical_argv())
