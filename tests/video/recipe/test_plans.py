"""What is decided before anything runs: trim, storyboard, loudness, poster, forecast."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kinopress.media.trim import Trim
from kinopress.video.encode.results import quick_recipe
from kinopress.video.recipe.estimate import estimate
from kinopress.video.recipe.ladder import Av1Encoder, plan_ladder
from kinopress.video.recipe.loudness import Loudness, choose_gain, correct_gain, read_loudness
from kinopress.video.recipe.poster_score import Sample, choose
from kinopress.video.recipe.recipe import Recipe, plan_recipe
from kinopress.video.recipe.storyboard import plan_storyboard
from kinopress.video.settings import VideoSettings
from kinopress.video.source.film import Probe
from kinopress.video.source.trim import check_trim
from video.films import PHONE_HDR, PLAIN


@pytest.mark.parametrize(
    ("trim", "used", "code"),
    [
        (Trim(), Trim(), None),
        (Trim(2.0, 9.0), Trim(2.0, 9.0), None),
        (Trim(2.0, 10.05), Trim(2.0), None),
        (Trim(2.0, 12.0), Trim(2.0), "trim-beyond"),
        (Trim(11.0), Trim(), "trim-wrong"),
        (Trim(5.0, 5.0), Trim(), "trim-wrong"),
        (Trim(-1.0), Trim(), "trim-wrong"),
        (Trim(float("nan")), Trim(), "trim-wrong"),
    ],
)
def test_a_trim_fits_its_film_or_is_said(trim: Trim, used: Trim, code: str | None) -> None:
    found, problem = check_trim(trim, 10.0, "videos/hip.mov")
    assert found == used
    assert (problem.code if problem else None) == code


def test_a_trim_that_leaves_nearly_nothing_is_not_said_to_run_backwards() -> None:
    _, short = check_trim(Trim(2.0, 2.01), 10.0, "videos/hip.mov")
    _, backwards = check_trim(Trim(2.0, 1.0), 10.0, "videos/hip.mov")
    assert short is not None and "leaves less than 0.1 s" in short.message
    assert backwards is not None and "ends before it begins" in backwards.message


def test_times_of_the_camera_film_become_times_of_the_shown_one() -> None:
    trim = Trim(2.0, 9.0)
    assert trim.published_s(2.5) == 0.5
    assert trim.published_s(1.0) is None
    assert trim.published_s(9.5) is None
    assert trim.length_s(40.0) == 7.0
    assert Trim(2.0).length_s(40.0) == 38.0


@pytest.mark.parametrize(
    ("length_s", "tiles", "interval_s"), [(1.0, 1, 2.0), (12.5, 6, 2.0), (40.0, 20, 2.0)]
)
def test_a_storyboard_has_a_picture_every_two_seconds(
    length_s: float, tiles: int, interval_s: float
) -> None:
    board = plan_storyboard(1920, 1080, length_s)
    assert board is not None
    assert (board.tiles, board.interval_s, board.tile_width) == (tiles, interval_s, 160)
    assert board.columns * board.rows >= tiles


def test_a_long_film_has_at_most_a_hundred_pictures() -> None:
    board = plan_storyboard(1080, 1920, 3600.0)
    assert board is not None
    assert board.tiles == 100
    assert (board.tile_width, board.tile_height) == (90, 160)


def test_the_index_says_which_part_belongs_to_which_seconds() -> None:
    board = plan_storyboard(1920, 1080, 24.0)
    assert board is not None
    cues = board.index().split("\n\n")
    assert cues[0] == "WEBVTT"
    assert cues[1] == "00:00:00.000 --> 00:00:02.000\nstoryboard.webp#xywh=0,0,160,90"
    assert cues[-1] == ("00:00:22.000 --> 00:00:24.000\nstoryboard.webp#xywh=160,90,160,90\n")


@pytest.mark.parametrize(
    ("lufs", "gain_db"),
    [(-26.0, 10.0), (-6.0, -10.0), (-40.0, 20.0), (-70.0, None), (-55.0, None)],
)
def test_a_sound_is_brought_to_16_below_and_faint_noise_left_alone(
    lufs: float, gain_db: float | None
) -> None:
    assert choose_gain(Loudness(lufs, -3.0)) == gain_db


def test_what_the_limiter_took_is_given_back_within_bounds() -> None:
    assert correct_gain(5.0, Loudness(-18.0, -2.0)) == 7.0
    assert correct_gain(19.0, Loudness(-30.0, -2.0)) == 20.0
    assert correct_gain(5.0, None) == 5.0
    assert choose_gain(None) is None


def test_a_report_of_silence_has_no_infinity_in_its_gain() -> None:
    report = "    I:         -70.0 LUFS\n    Peak:        -inf dBFS\n"
    measured = read_loudness(report)
    assert measured is not None
    assert choose_gain(measured) is None
    assert read_loudness("nothing") is None


def drawn(at_s: float, dark: int, light: int, person: int, stripe: int = 2) -> Sample:
    """A grey room of 160 by 90 with a striped figure ``person`` pixels wide in its middle."""
    begins, ends = 80 - person // 2, 80 + person // 2
    row = bytes(
        (light if x // stripe % 2 else dark) if begins <= x < ends else (dark + light) // 2
        for x in range(160)
    )
    return Sample(at_s, 160, 90, row * 90)


PERSON = drawn(5.0, 20, 230, 60)


@pytest.mark.parametrize(
    "worse",
    [
        drawn(1.0, 0, 8, 60),  # black
        drawn(1.0, 245, 255, 60),  # a flash
        drawn(1.0, 100, 120, 60),  # a fade
        drawn(1.0, 20, 230, 60, stripe=15),  # blurred: few edges
        drawn(1.0, 20, 230, 0),  # an empty room
    ],
)
def test_a_sharp_bright_person_is_chosen_before(worse: Sample) -> None:
    assert choose([worse, PERSON]) == 5.0
    assert choose([replace(PERSON, at_s=0.0), replace(worse, at_s=9.0)]) == 0.0


def test_no_candidates_is_no_choice_and_equals_take_the_first() -> None:
    assert choose([]) is None
    assert choose([PERSON, replace(PERSON, at_s=7.0)]) == 5.0


def test_a_forecast_grows_with_the_film_and_is_short_for_a_quick_run() -> None:
    def planned(film: Probe, av1: Av1Encoder | None = "libsvtav1") -> Recipe:
        settings = VideoSettings()
        return plan_recipe(film, plan_ladder(film, settings, av1), settings, av1=av1)

    one, two = estimate(planned(PLAIN)), estimate(planned(replace(PLAIN, duration_s=80.0)))
    assert two.seconds == pytest.approx(2 * one.seconds)
    assert two.bytes == pytest.approx(2 * one.bytes, rel=0.01)
    assert estimate(planned(PLAIN, None)).seconds < one.seconds
    assert estimate(planned(PHONE_HDR)).bytes > 0
    assert estimate(quick_recipe(planned(PLAIN))).seconds < 0.4 * one.seconds
