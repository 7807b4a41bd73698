"""No rendition is larger than its source warrants, and none is kept that shows nothing more."""

from __future__ import annotations

import functools
import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinopress.media.manifest import Manifest, Output, address_of
from kinopress.media.trim import Trim
from kinopress.problems import Problem
from kinopress.video.encode import outputs as making
from kinopress.video.encode.produced import Produced
from kinopress.video.encode.verify import verify, wrong
from kinopress.video.encode.worth import weighing
from kinopress.video.encode.worth.useful import left_out
from kinopress.video.encode.worth.weighing import too_large
from kinopress.video.ffmpeg.options import av1_options, h264_options
from kinopress.video.produce import produce
from kinopress.video.recipe import ladder
from kinopress.video.recipe.caps import cap_bps, most_bytes
from kinopress.video.recipe.estimate import estimate
from kinopress.video.recipe.ladder import Av1Encoder, Rendition, lowered, plan_ladder
from kinopress.video.recipe.recipe import Recipe, plan_recipe
from kinopress.video.settings import Codec, Rung, VideoSettings
from kinopress.video.source.film import Probe
from kinopress.video.source.packets import Packed
from kinopress.video.source.probe import probe
from video.conftest import ffmpeg
from video.films import PLAIN

SETTINGS = VideoSettings()
# Against the source's rate, so that no film has more than 1.15 times its source's bytes.
ALLOWED: dict[Codec, float] = {"h264": 1.12, "av1": 0.95}
rates_bps = st.integers(min_value=1_000, max_value=200_000_000)
sides = st.integers(min_value=8, max_value=2000).map(lambda side: 2 * side)


def ceilings(film: Probe, av1: Av1Encoder = "libsvtav1") -> dict[str, int | None]:
    return {one.name: one.maxrate_bps for one in plan_ladder(film, SETTINGS, av1)}


@pytest.mark.parametrize("codec_of_source", ["h264", "hevc", "av1", "prores"])
@given(bps=rates_bps, width=sides, height=sides)
def test_at_its_own_size_and_rate_nothing_may_take_more_than_the_source(
    codec_of_source: str, bps: int, width: int, height: int
) -> None:
    film = replace(PLAIN, video_bps=bps, width=width, height=height, codec=codec_of_source)
    lowest = 0.1 * width * height
    for codec in ("h264", "av1"):
        most = ALLOWED[codec] * bps
        cap = cap_bps(film, codec, width, height, Fraction(30))
        if bps < 40_000_000:
            assert cap is not None and 0 < cap <= max(most, lowest) + 10_000
        else:
            assert cap is None or cap < 50_000_000, "SVT-AV1 refuses 100 Mb/s"


@given(rates_bps, st.integers(1, 10), st.integers(1, 10))
def test_a_smaller_rendition_may_take_less_and_a_better_source_allows_more(
    bps: int, less: int, more: int
) -> None:
    film = replace(PLAIN, video_bps=bps)

    def cap(share: int, source: Probe = film, codec: Codec = "h264", fps: int = 30) -> int:
        found = cap_bps(source, codec, 1920 // share, 1080 // share, Fraction(fps))
        return 50_000_000 if found is None else found

    assert cap(less + more) <= cap(less)
    assert cap(less, codec="av1") <= cap(less)
    assert cap(less, fps=15) <= cap(less)
    assert cap(less) <= cap(less, replace(film, codec="hevc"))
    assert cap(less) <= cap(less, replace(film, video_bps=bps * more))
    assert cap(less) >= cap(less, replace(film, codec="prores"))


@pytest.mark.parametrize(
    ("film", "wanted"),
    [
        # 14.5 MB of a minute: an AV1 of 21.3 MB came of it. (40 s here, of which the buffer lends 4.)
        (
            replace(PLAIN, video_bps=1_930_000),
            {
                "av1-1080.mp4": 1_830_000,
                "av1-720.mp4": 1_310_000,
                "h264-720.mp4": 1_462_264,
                "h264-360.mp4": 396_226,
            },
        ),
        # A screen, mostly still: 720 and 360 get what the whole source took. At less, letters blur.
        (
            replace(PLAIN, video_bps=250_000),
            {
                "av1-1080.mp4": 240_000,
                "av1-720.mp4": 240_000,
                "h264-720.mp4": 264_151,
                "h264-360.mp4": 264_151,
            },
        ),
        # The same, written without loss.
        (
            replace(PLAIN, video_bps=250_000, codec="qtrle"),
            {
                "av1-1080.mp4": 240_000,
                "av1-720.mp4": 240_000,
                "h264-720.mp4": 264_151,
                "h264-360.mp4": 264_151,
            },
        ),
        # As a phone films: H.264 keeps the ceilings that a connection sets.
        (
            replace(PLAIN, video_bps=16_000_000),
            {
                "av1-1080.mp4": 15_200_000,
                "av1-720.mp4": 8_270_000,
                "h264-720.mp4": 2_800_000,
                "h264-360.mp4": 900_000,
            },
        ),
        (
            PLAIN,
            {
                "av1-1080.mp4": None,
                "av1-720.mp4": None,
                "h264-720.mp4": 2_800_000,
                "h264-360.mp4": 900_000,
            },
        ),
    ],
)
def test_the_ladder_of_usual_films(film: Probe, wanted: dict[str, int | None]) -> None:
    assert ceilings(film) == wanted


def test_a_ceiling_reaches_each_encoder_in_its_own_words() -> None:
    one = Rendition("x.mp4", "av1", 64, 64, 35, 500_000, 2_000_000)
    bounds = {"maxrate": 500_000, "bufsize": 2_000_000}
    assert h264_options(one).items() >= bounds.items()
    assert av1_options(one, "libsvtav1").items() >= bounds.items()
    assert av1_options(one, "libaom-av1")["b:v"] == 500_000
    free = replace(one, maxrate_bps=None, bufsize_bits=None)
    assert not bounds.keys() & av1_options(free, "libsvtav1").keys()
    assert av1_options(free, "libaom-av1")["b:v"] == 0


def test_a_forecast_knows_the_ceilings() -> None:
    def forecast(film: Probe) -> int:
        recipe = plan_recipe(film, plan_ladder(film, SETTINGS), SETTINGS)
        return estimate(recipe).bytes

    small = replace(PLAIN, video_bps=400_000)
    assert forecast(small) < 0.5 * forecast(PLAIN)
    assert forecast(small) < 4 * (400_000 + 96_000) / 8 * 40.0


# What a file says of its rate


def film(path: Path, *how: str, seconds: int = 30) -> Path:
    """Ten seconds of noise in a film of a still picture."""
    noise = "noise=alls=60:allf=t:enable=between(t\\,12\\,22)"
    picture = f"color=gray:s=160x90:r=10:d={seconds},{noise},format=yuv420p"
    sound = ["-f", "lavfi", "-i", f"sine=d={seconds}", "-c:a", "aac"]
    ffmpeg("-f", "lavfi", "-i", picture, *sound, "-c:v", "libx264", *how, path)
    return path


def real_bps(path: Path, window_s: float) -> float:
    with av.open(str(path)) as opened:
        stream = opened.streams.video[0]
        sizes = [
            (float((p.pts or 0) * p.time_base), p.size) for p in opened.demux(stream) if p.size
        ]
    begins = {0.0, *(at for at, _ in sizes)} if window_s < 30 else {0.0}
    within = [sum(z for at, z in sizes if b <= at < b + window_s) for b in begins]
    return max(within) * 8 / window_s


@pytest.mark.parametrize("name", ["busy.mp4", "busy.mov"])
def test_the_rate_is_that_of_the_busiest_ten_seconds(tmp_path: Path, name: str) -> None:
    path = film(tmp_path / name)
    found = probe(path, display_path=name)
    assert not isinstance(found, Problem) and found.video_bps is not None
    assert found.video_bps > 1.5 * real_bps(path, 30.0)
    assert found.video_bps == pytest.approx(real_bps(path, 10.0), rel=0.25)


@pytest.mark.parametrize("name", ["busy.mkv", "busy.ts", "busy.avi", "short.mp4"])
def test_a_file_without_an_index_tells_its_average_or_more(tmp_path: Path, name: str) -> None:
    path = film(tmp_path / name, seconds=8 if name == "short.mp4" else 30)
    found = probe(path, display_path=name)
    assert not isinstance(found, Problem) and found.video_bps is not None
    average = real_bps(path, 8.0 if name == "short.mp4" else 30.0)
    assert 0.8 * average < found.video_bps < 6 * average


# What is made of real films


def video_bytes(path: Path) -> int:
    with av.open(str(path)) as opened:
        return sum(packet.size for packet in opened.demux(video=0))


@pytest.mark.parametrize(
    ("name", "how"),
    [
        ("noisy.mp4", ["-c:v", "libx264", "-b:v", "400k"]),
        ("small.mp4", ["-c:v", "libx264", "-crf", "38"]),
        ("hevc.mov", ["-c:v", "libx265", "-b:v", "300k", "-tag:v", "hvc1"]),
    ],
)
def test_nothing_made_of_a_film_has_more_bytes_than_the_film(
    tmp_path: Path, name: str, how: list[str]
) -> None:
    source = tmp_path / name
    picture = "testsrc2=s=320x180:r=15:d=6,noise=alls=25:allf=t,format=yuv420p"
    ffmpeg("-f", "lavfi", "-i", picture, *how, "-preset", "veryfast", source)
    made = produce(source, display_path=name, media_dir=tmp_path / "media")
    assert made.problems == [] and made.manifest is not None and made.folder is not None
    assert any(one.path.startswith("h264") for one in made.manifest.renditions)
    for one in made.manifest.renditions:
        assert video_bytes(made.folder / one.path) <= 1.15 * video_bytes(source)


# Films in which an encoder goes past its ceiling: one keyframe and little else.
SHORT = {
    "a second": ("testsrc2=s=64x64:r=30:d=2", "35", None),
    "one picture": ("testsrc2=s=640x360:r=60:d=1,noise=alls=20:allf=t", "38", 1),
    "three pictures": ("testsrc2=s=640x360:r=60:d=1,noise=alls=20:allf=t", "40", 3),
    "noise of 100 pictures": ("color=gray:s=320x180:r=25:d=4,noise=alls=80:allf=t", "45", 100),
    "a tripod": (
        "color=gray:s=1920x1080:r=30:d=0.03,geq=lum='128+60*sin(X/13)*cos(Y/17)':cb=128:cr=128,loop=29:1,noise=alls=6:allf=t",
        "30",
        None,
    ),
}


def short_film(folder: Path, kind: str) -> Path:
    picture, crf, pictures = SHORT[kind]
    source = folder / "short.mp4"
    count = [] if pictures is None else ["-frames:v", str(pictures)]
    argv = ["-f", "lavfi", "-i", f"{picture},format=yuv420p", "-c:v", "libx264", "-crf", crf]
    ffmpeg(*argv, *count, source)
    return source


@dataclass(frozen=True, slots=True)
class Made:
    """A short film, and what came of it the first time."""

    source: Path
    media: Path
    produced: Produced


@pytest.fixture(scope="module")
def first_made(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Made]:
    """``first_made("a tripod")``: made once, since that one takes ten seconds."""

    @functools.cache
    def make(kind: str) -> Made:
        folder = tmp_path_factory.mktemp("short")
        source, media = short_film(folder, kind), folder / "media"
        return Made(source, media, produce(source, display_path="short.mp4", media_dir=media))

    return make


@pytest.mark.parametrize("kind", SHORT)
def test_what_goes_past_its_ceiling_is_encoded_again_lower_and_that_is_said_once(
    first_made: Callable[[str], Made], kind: str
) -> None:
    first = first_made(kind)
    source, media, made = first.source, first.media, first.produced
    assert made.manifest is not None and made.folder is not None
    assert {one.code for one in made.problems} <= {"media-lowered"}
    assert any(one.path.startswith("h264") for one in made.manifest.renditions)
    for one in made.manifest.renditions:
        assert video_bytes(made.folder / one.path) <= 1.15 * video_bytes(source), one.path
    assert not list(media.glob(".tmp-*")) and not list(media.glob(".parts/*"))
    again = produce(source, display_path="short.mp4", media_dir=media)
    assert again.problems == [] and not again.encoded
    assert again.manifest == made.manifest


def test_what_was_lowered_is_proved_like_all_others_and_named(
    first_made: Callable[[str], Made],
) -> None:
    made = first_made("a tripod").produced
    (said,) = made.problems
    assert (said.code, said.severity) == ("media-lowered", "warning")
    assert "av1-1080.mp4 was made again at a lower quality" in said.message
    assert made.manifest is not None
    assert {one.duration_s for one in made.manifest.renditions} == {1.0}


@pytest.mark.parametrize("crf", [30, 40])
def test_of_a_picture_that_stands_still_nothing_takes_more_than_its_source(
    tmp_path: Path, crf: int
) -> None:
    """One keyframe and nothing after it: ours has one every two seconds, and took three times its bytes."""
    source = tmp_path / "still.mp4"
    picture = "testsrc=s=640x360:r=10:d=0.1,loop=199:1,trim=end_frame=200,format=yuv420p"
    ffmpeg("-f", "lavfi", "-i", picture, "-c:v", "libx264", "-crf", crf, "-g", 999, source)
    made = produce(source, display_path="still.mp4", media_dir=tmp_path / "media")
    assert made.manifest is not None and made.folder is not None
    assert {one.duration_s for one in made.manifest.renditions} == {20.0}
    assert "h264-360.mp4" in [one.path for one in made.manifest.renditions]
    for one in made.manifest.renditions:
        assert video_bytes(made.folder / one.path) <= 1.15 * video_bytes(source), one.path


@pytest.mark.parametrize(
    ("still_s", "to_s", "weighed"),
    [(0.0, None, True), (6.0, None, True), (7.0, None, False), (7.0, 10.0, True)],
)
def test_a_film_that_is_mostly_its_last_picture_kept_is_not_weighed(
    monkeypatch: pytest.MonkeyPatch, still_s: float, to_s: float | None, *, weighed: bool
) -> None:
    """The source has no bytes there, and ours has key frames. A part that is cut off does not count."""
    film = replace(PLAIN, duration_s=12.0, picture_end_s=12.0 - still_s)
    plan = plan_ladder(film, SETTINGS, "libsvtav1")
    recipe = plan_recipe(film, plan, SETTINGS, trim=Trim(0.0, to_s))
    outputs = [
        Output(one.name, "rendition", "video/mp4", None, one.width, one.height, 9, 12.0, "0" * 64)
        for one in plan
    ]
    monkeypatch.setattr(weighing, "picture_bytes", lambda _: 10**9)
    packed = Packed([(0.0, 12.0 - still_s)], (), picture_bytes=[(0.0, 1_000_000)])
    over = too_large(recipe, Path(), outputs, packed)
    assert set(over) == ({one.name for one in plan} if weighed else set())


def test_what_other_rules_lower_otherwise_is_found_by_its_recipe_and_has_another_address(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = short_film(tmp_path, "a second")

    def made(name: str) -> Manifest:
        film = produce(source, display_path="short.mp4", media_dir=tmp_path / name)
        assert film.manifest is not None
        return film.manifest

    before = made("before")
    monkeypatch.setattr(ladder, "_CRF_HALVES", {"h264": 12.0, "av1": 18.0})
    after = made("after")
    assert before.digest == after.digest and before.outputs != after.outputs
    assert before.site_name != after.site_name
    assert before.site_name == address_of(before.outputs)


def test_a_lower_quality_that_is_another_film_is_not_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[Recipe] = []

    def proved(recipe: Recipe, *args: Any, **named: Any) -> Any:
        tried.append(recipe)
        return verify(recipe, *args, **named) if len(tried) == 1 else wrong("short.mp4", "apart")

    monkeypatch.setattr(making, "verify", proved)
    source, media = short_film(tmp_path, "a second"), tmp_path / "media"
    made = produce(source, display_path="short.mp4", media_dir=media)
    assert len(tried) == 2 and made.problems == [] and made.manifest is not None
    assert "h264-64.mp4" in [one.path for one in made.manifest.renditions]
    assert not list(media.glob(".tmp-*"))
    assert not produce(source, display_path="short.mp4", media_dir=media).encoded


def test_the_larger_h264_is_left_out_too_where_a_smaller_one_is_small_enough(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And what it took the place of does not come back: that was never weighed."""
    monkeypatch.setattr(making, "TRIES", 0)
    monkeypatch.setattr(making, "too_large", lambda *_: {"h264-500.mp4": 1.3})
    rungs = (Rung("h264", 500, 30, None, None), Rung("h264", 100, 30, None, None))
    settings = VideoSettings(rungs=(*rungs, Rung("av1", 500, 1, None, None)))
    source = tmp_path / "film.mp4"
    picture = "testsrc2=s=500x500:r=10:d=1,format=yuv420p"
    ffmpeg("-f", "lavfi", "-i", picture, "-c:v", "libx264", source)
    media = tmp_path / "media"
    made = produce(source, display_path="film.mp4", media_dir=media, settings=settings)
    assert made.manifest is not None
    assert [one.path for one in made.manifest.renditions] == ["h264-100.mp4"]
    assert len(made.manifest.left_out) == 2
    assert not produce(source, display_path="film.mp4", media_dir=media, settings=settings).encoded


def test_what_stays_too_large_is_left_out_if_something_else_plays_everywhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(making, "TRIES", 0)
    monkeypatch.setattr(making, "SAID_FROM_BYTES", 0)
    monkeypatch.setattr(making, "too_large", lambda *_: {"av1-64.mp4": 1.3, "h264-64.mp4": 1.2})
    source, media = short_film(tmp_path, "a second"), tmp_path / "media"
    made = produce(source, display_path="short.mp4", media_dir=media)
    assert made.manifest is not None and made.folder is not None
    assert [one.path for one in made.manifest.renditions] == ["h264-64.mp4"]
    assert len(made.manifest.left_out) == 1 and not (made.folder / "av1-64.mp4").exists()
    (said,) = made.problems
    assert "h264-64.mp4 was made as small as possible; av1-64.mp4 was left out" in said.message
    assert produce(source, display_path="short.mp4", media_dir=media).problems == []


@given(bps=rates_bps, width=sides, height=sides, length_s=st.floats(0.02, 4000))
def test_what_was_made_may_have_little_more_than_its_source(
    bps: int, width: int, height: int, length_s: float
) -> None:
    film = replace(PLAIN, width=width, height=height)
    source_bytes = math.ceil(bps * length_s / 8)
    most = most_bytes(film, width, height, Fraction(30), source_bytes, length_s)
    assert most == pytest.approx(1.15 * source_bytes, abs=2)
    smaller = most_bytes(film, width // 2, height // 2, Fraction(30), source_bytes, length_s)
    assert smaller <= most


@given(
    times=st.floats(1.001, 100),
    crf=st.integers(20, 60),
    rate=st.none() | st.integers(10_000, 50_000_000),
)
def test_a_lower_quality_is_lower_until_there_is_none(
    times: float, crf: int, rate: int | None
) -> None:
    for codec, lowest in (("h264", 44), ("av1", 57)):
        one: Rendition | None
        one = Rendition("x.mp4", codec, 64, 64, crf, rate, rate and rate * 2)
        fewer_keyframes = lowered(one, times, still=True)
        assert fewer_keyframes == replace(one, gop_s=20.0, maxrate_bps=None, bufsize_bits=None)
        lower = lowered(fewer_keyframes, times, still=True)
        assert lower is None or lower.crf > one.crf
        steps = 0
        while (less := lowered(one, times)) is not None:
            assert less.crf > one.crf and less.crf <= lowest
            if one.maxrate_bps is not None and less.maxrate_bps is not None:
                assert less.maxrate_bps < one.maxrate_bps or less.maxrate_bps == 10_000
            one, steps = less, steps + 1
        assert steps <= 30


@pytest.mark.parametrize("length_s", [1 / 60, 0.1, 1.0, 30.0, 600.0])
def test_svt_is_given_no_buffer_that_it_refuses(length_s: float) -> None:
    film = replace(PLAIN, video_bps=2_000_000, duration_s=length_s)
    for one in plan_ladder(film, SETTINGS):
        if one.codec == "av1":
            options = av1_options(one, "libsvtav1")
            assert 0.02 <= options["bufsize"] / options["maxrate"] <= 10


@pytest.mark.parametrize("length_s", [0.2, 1.0, 2.0, 3.0, 6.0, 12.0, 40.0])
def test_what_the_buffer_lends_to_a_short_film_is_part_of_what_it_may_take(length_s: float) -> None:
    film = replace(PLAIN, video_bps=250_000, duration_s=length_s)
    planned = [one for one in plan_ladder(film, VideoSettings()) if one.codec == "h264"]
    assert planned
    for one in planned:
        assert one.maxrate_bps is not None and one.bufsize_bits is not None
        bits = one.maxrate_bps * length_s + 0.6 * one.bufsize_bits  # as x264 uses it up
        assert bits <= 1.25 * 250_000 * length_s


# What is worth a place


def output(name: str, width: int, size: int) -> Output:
    codecs = "av01.0.04M.08,mp4a.40.2" if name.startswith("av1") else "avc1.64001f,mp4a.40.2"
    height = width * 9 // 16
    return Output(name, "rendition", "video/mp4", codecs, width, height, size, 1.0, "0" * 64)


@pytest.mark.parametrize(
    ("sizes", "out"),
    [
        ({"av1-1080": 50, "av1-720": 30, "h264-720": 45, "h264-360": 15}, set()),
        ({"av1-720": 45, "h264-720": 45}, {"av1-720"}),
        ({"av1-720": 60, "h264-720": 45, "h264-360": 15}, {"av1-720"}),
        ({"av1-720": 39, "h264-720": 45}, set()),
        ({"h264-720": 16, "h264-360": 15}, {"h264-360"}),
        ({"av1-1080": 31, "av1-720": 30, "h264-720": 45}, {"av1-720"}),
        # A phone that plays AV1 would take the large one.
        ({"av1-1080": 90, "av1-720": 50, "h264-720": 45}, set()),
        ({"av1-1080": 20, "h264-720": 45, "h264-360": 15}, set()),
        ({"h264-720": 45}, set()),
        ({"av1-720": 45}, set()),
        ({"av1-360": 15, "h264-360": 15, "h264-720": 45}, {"av1-360"}),
    ],
)
def test_what_shows_no_more_and_saves_nothing_is_left_out(
    sizes: dict[str, int], out: set[str]
) -> None:
    widths = {"1080": 1920, "720": 1280, "360": 640}
    made = [output(name, widths[name.partition("-")[2]], size) for name, size in sizes.items()]
    assert left_out(made, 0.1) == out
    assert left_out(made, -math.inf) == set()


names = st.sampled_from(["av1-1080", "av1-720", "h264-720", "h264-360"])


@given(st.dictionaries(names, st.integers(1, 1000), min_size=1))
def test_the_largest_h264_always_stays_and_something_always_does(sizes: dict[str, int]) -> None:
    widths = {"1080": 1920, "720": 1280, "360": 640}
    made = [output(name, widths[name.partition("-")[2]], size) for name, size in sizes.items()]
    kept = {one.path for one in made} - left_out(made, 0.1)
    assert kept
    plain = [name for name in ("h264-720", "h264-360") if name in sizes]
    assert not plain or plain[0] in kept


def test_what_is_left_out_is_not_stored_and_not_made_again_for_another_poster(
    tmp_path: Path,
) -> None:
    # A still picture: AV1's head alone is larger than what it could save.
    source = tmp_path / "still.mp4"
    ffmpeg("-f", "lavfi", "-i", "color=gray:s=64x64:r=5:d=4,format=yuv420p", source)
    media = tmp_path / "media"
    settings = replace(SETTINGS, saving_min=0.9)
    made = produce(source, display_path="still.mp4", media_dir=media, settings=settings)
    assert made.manifest is not None and made.folder is not None and made.complete
    assert [one.path for one in made.manifest.renditions] == ["h264-64.mp4"]
    assert len(made.manifest.left_out) == 1
    assert not (made.folder / "av1-64.mp4").exists()
    shares: list[float] = []
    again = produce(
        source,
        display_path="still.mp4",
        media_dir=media,
        settings=settings,
        poster_at_s=1.0,
        on_sound=shares.append,
    )
    assert again.manifest is not None and again.encoded and again.folder != made.folder
    assert [one.path for one in again.manifest.renditions] == ["h264-64.mp4"]
    assert again.manifest.left_out == made.manifest.left_out
    assert list(media.glob(".parts/*")) == []
