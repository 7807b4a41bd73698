"""The ladder never enlarges, never bends and never comes out empty."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kinopress.video.recipe.ladder import Av1Encoder, choose_fps, fit, plan_ladder
from kinopress.video.settings import AV1_720, AV1_1080, H264_360, H264_720, Codec, VideoSettings
from kinopress.video.source.film import Probe
from video.films import PLAIN

sides = st.integers(min_value=16, max_value=9000)


def ladder_sizes(width: int, height: int, codec: Codec = "h264") -> list[tuple[int, int]]:
    film = replace(PLAIN, width=width, height=height)
    ladder = plan_ladder(film, VideoSettings())
    return [(one.width, one.height) for one in ladder if one.codec == codec]


@given(sides, sides)
@example(641, 361)
@example(17, 9000)
def test_no_rendition_is_larger_than_the_film_or_odd(width: int, height: int) -> None:
    assert ladder_sizes(width, height)
    for codec, short_max in (("h264", 720), ("av1", 1080)):
        for across, down in ladder_sizes(width, height, codec):
            assert 2 <= across <= width
            assert 2 <= down <= height
            assert across % 2 == down % 2 == 0
            assert min(across, down) <= short_max


@given(sides, sides)
@example(641, 361)
def test_the_aspect_is_kept_to_a_pixel(width: int, height: int) -> None:
    for across, down in ladder_sizes(width, height):
        if width >= height:
            assert abs(across - Fraction(down * width, height)) <= 1
        else:
            assert abs(down - Fraction(across * height, width)) <= 1


@given(sides, sides)
def test_an_upright_film_gets_the_same_ladder_turned(width: int, height: int) -> None:
    turned = [(down, across) for across, down in ladder_sizes(height, width)]
    assert ladder_sizes(width, height) == turned


@given(sides, sides)
def test_the_best_rendition_shows_all_there_is_up_to_720(width: int, height: int) -> None:
    short = min(ladder_sizes(width, height)[0])
    assert min(width, height, 720) - short in (0, 1)


@pytest.mark.parametrize(
    ("film", "ladder"),
    [
        ((1920, 1080), [(1280, 720), (640, 360)]),
        ((2160, 3840), [(720, 1280), (360, 640)]),
        ((1280, 720), [(1280, 720), (640, 360)]),
        ((960, 540), [(960, 540), (640, 360)]),
        ((640, 480), [(640, 480), (480, 360)]),
        ((641, 361), [(640, 360)]),  # nearly 360 already: one is enough
        ((711, 400), [(710, 400)]),
        ((320, 180), [(320, 180)]),
        ((1998, 1080), [(1332, 720), (666, 360)]),
    ],
)
def test_ladders_of_usual_films(film: tuple[int, int], ladder: list[tuple[int, int]]) -> None:
    assert ladder_sizes(*film) == ladder


@pytest.mark.parametrize(
    ("film", "ladder"),
    [
        ((1920, 1080), [(1920, 1080), (1280, 720)]),
        ((3840, 2160), [(1920, 1080), (1280, 720)]),
        ((1280, 720), [(1280, 720)]),
        ((1600, 900), [(1600, 900)]),
        ((720, 1280), [(720, 1280)]),
        ((320, 60), []),  # SVT-AV1 takes no less than 64
    ],
)
def test_av1_ladders_of_usual_films(film: tuple[int, int], ladder: list[tuple[int, int]]) -> None:
    assert ladder_sizes(*film, "av1") == ladder


def names_and_quality(film: Probe, av1: Av1Encoder | None) -> list[tuple[str, int]]:
    return [(one.name, one.crf) for one in plan_ladder(film, VideoSettings(), av1)]


def test_av1_is_offered_before_h264_and_large_before_small() -> None:
    whole = [("av1-1080.mp4", 34), ("av1-720.mp4", 35), ("h264-720.mp4", 22), ("h264-360.mp4", 21)]
    assert names_and_quality(PLAIN, "libsvtav1") == whole
    assert names_and_quality(PLAIN, "libaom-av1") == whole[1:], "the slow encoder makes one"
    assert names_and_quality(PLAIN, None) == whole[2:]


def test_a_ladder_of_av1_alone_falls_back_where_there_is_no_encoder() -> None:
    (one,) = plan_ladder(PLAIN, VideoSettings(rungs=(AV1_1080,)), None)
    assert one.name == "h264-720.mp4"


def test_a_lowered_rung_keeps_its_quality_and_names_its_real_size() -> None:
    av1, best, _ = plan_ladder(replace(PLAIN, width=960, height=540), VideoSettings())
    assert (best.name, best.crf) == ("h264-540.mp4", H264_720.crf)
    assert (av1.name, av1.crf) == ("av1-540.mp4", AV1_720.crf)


def test_a_film_of_a_rungs_own_size_gets_that_rungs_quality() -> None:
    film = replace(PLAIN, width=1280, height=720)
    assert [one.crf for one in plan_ladder(film, VideoSettings())] == [35, 22, 21]


def test_the_order_of_the_settings_is_the_order_of_the_ladder() -> None:
    names = [one.name for one in plan_ladder(PLAIN, VideoSettings(rungs=(H264_360, H264_720)))]
    assert names == ["h264-360.mp4", "h264-720.mp4"]


def test_a_film_that_fits_is_not_touched() -> None:
    assert fit(640, 360, 720) == (640, 360)


@pytest.mark.parametrize(
    ("source", "constant"),
    [
        (None, Fraction(30)),
        (Fraction(30000, 1001), Fraction(30000, 1001)),
        (Fraction(2987, 100), Fraction(30000, 1001)),  # a phone's wavering average
        (Fraction(25), Fraction(25)),
        (Fraction(15), Fraction(15)),
        (Fraction(60), Fraction(60)),
        (Fraction(120000, 1001), Fraction(60000, 1001)),
        (Fraction(240), Fraction(60)),
        (Fraction(100), Fraction(50)),
    ],
)
def test_the_rate_is_the_films_own_and_at_most_60(
    source: Fraction | None, constant: Fraction
) -> None:
    assert choose_fps(source, 60) == constant


@given(st.fractions(min_value=Fraction(1, 100), max_value=2000), st.integers(1, 120))
def test_no_rate_is_above_the_ceiling(source: Fraction, fps_max: int) -> None:
    assert 0 < choose_fps(source, fps_max) <= fps_max
