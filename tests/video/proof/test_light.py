"""A rendition is compared with what its film's own numbers say, and a misread film is told from it."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from kinopress.problems import Problem
from kinopress.video.encode.produced import Produced
from kinopress.video.ffmpeg import colours
from kinopress.video.produce import produce
from kinopress.video.proof import views
from kinopress.video.proof.light import (
    SIDE,
    Pixels,
    View,
    apart,
    other_matrix,
    placed,
    rgb_of,
    seen,
    to_sdr,
    turned,
    yuv_of,
)
from kinopress.video.proof.views import film_view
from kinopress.video.settings import H264_360, VideoSettings
from kinopress.video.source.film import Probe
from kinopress.video.source.packets import open_film
from kinopress.video.source.probe import probe
from support.small_films import make_film
from video.conftest import ffmpeg, quarters

SMALL = VideoSettings(rungs=(H264_360,))
WHITE, BLACK = (1.0, 1.0, 1.0), (0.0, 0.0, 0.0)


@pytest.mark.parametrize(
    ("code", "bits", "full_range", "matrix", "rgb"),
    [
        ((235, 128, 128), 8, False, "bt709", WHITE),
        ((16, 128, 128), 8, False, "smpte170m", BLACK),
        ((255, 128, 128), 8, True, "bt470bg", WHITE),
        ((940, 512, 512), 10, False, "bt2020nc", WHITE),
        # Pure colours of 100 % as BT.709, BT.601 and BT.2020 have them.
        ((63, 102, 240), 8, False, "bt709", (1, 0, 0)),
        ((173, 42, 26), 8, False, "bt709", (0, 1, 0)),
        ((32, 240, 118), 8, False, "bt709", (0, 0, 1)),
        ((81, 90, 240), 8, False, "smpte170m", (1, 0, 0)),
        ((145, 54, 34), 8, False, "smpte170m", (0, 1, 0)),
        ((76, 85, 255), 8, True, "smpte170m", (1, 0, 0)),
        ((126, 255, 128), 8, True, "ycgco", (0, 1, 0)),
    ],
)
def test_numbers_are_the_colours_of_the_standards(
    code: tuple[int, int, int],
    bits: int,
    full_range: bool,
    matrix: str,
    rgb: tuple[float, float, float],
) -> None:
    (found,) = rgb_of(yuv_of([code], bits=bits, full_range=full_range), matrix)
    assert found == pytest.approx(rgb, abs=0.012)


@pytest.mark.parametrize(("transfer", "white"), [("arib-std-b67", 0.75), ("smpte2084", 0.5807)])
def test_diffuse_white_is_light_and_what_is_brighter_is_brighter(
    transfer: str, white: float
) -> None:
    # BT.2408: 203 nit are 75 % of HLG and 58 % of PQ. Highlights are pressed together above 0.7 of it.
    greys = to_sdr([(v, v, v) for v in (0.0, white / 2, white, 0.9, 1.0)], transfer)[:, 1].tolist()
    assert greys[0] == 0 and greys == sorted(greys)
    assert 0.9 < greys[2] < 0.96
    assert greys[4] == pytest.approx(1.0, abs=0.02)


def test_pictures_are_turned_as_a_film_asks() -> None:
    one = np.array([(x / SIDE, y / SIDE, 0.0) for y in range(SIDE) for x in range(SIDE)])
    left = turned(one, 90, mirrored=False)
    assert (left[0] == one[SIDE - 1]).all(), "what was at the right is above"
    assert (turned(left, 270, mirrored=False) == one).all()
    assert (turned(one, 180, mirrored=False) == one[::-1]).all()
    assert (turned(one, 0, mirrored=True)[:SIDE] == one[:SIDE][::-1]).all()


def test_a_wider_picture_has_black_above_and_below() -> None:
    grey = np.full((SIDE * SIDE, 3), 0.5)
    made = placed(grey, SIDE, (0.0, -0.5, 1.0, 1.5))
    assert (made[0] == BLACK).all() and (made[-1] == BLACK).all()
    assert (made[SIDE * SIDE // 2] == grey[0]).all()


def picture(dark: float, light: float, tint: float = 0.0) -> Pixels:
    """Stripes; with a tint, pale red ones."""
    row = [
        (light, light - tint, light - tint) if x * 8 // SIDE % 2 else (dark,) * 3
        for x in range(SIDE)
    ]
    return np.array(row * SIDE)


@pytest.mark.parametrize(
    ("wanted", "made", "fault"),
    [
        (picture(0.1, 0.8), picture(0.1, 0.8), None),
        (picture(0.1, 0.8), picture(0.12, 0.78), None),
        (picture(0.1, 0.8), picture(0.0, 0.0), "colours"),
        (picture(0.1, 0.8), picture(0.45, 0.45), "colours"),
        (picture(0.1, 0.8), picture(0.8, 0.1), "colours"),
        (picture(0.4, 0.5), picture(0.42, 0.48), "contrast"),
        (picture(0.4, 0.5), picture(0.41, 0.49), None),
        (picture(0.4, 0.5, 0.2), picture(0.4, 0.5), "colours"),
    ],
)
def test_a_black_a_flat_and_a_pale_picture_are_not_alike(
    wanted: Pixels, made: Pixels, fault: str | None
) -> None:
    found = apart(View(0.0, seen(0.0, wanted).cells), seen(0.0, made))
    assert (found is None) == (fault is None)
    assert fault is None or (found is not None and fault in found)


def test_a_picture_nearer_to_a_misread_film_is_misread_however_alike() -> None:
    wanted, misread = picture(0.4, 0.5, 0.02), picture(0.4, 0.5, 0.05)
    view = seen(0.0, wanted, misread)
    assert apart(view, seen(0.0, wanted)) is None
    found = apart(view, seen(0.0, misread))
    assert found is not None and "wrong matrix" in found


# Real films, as cameras and programs write them

_LINEAR = (
    "format=gbrp,setparams=color_primaries=bt709:color_trc=bt709:colorspace=gbr:range=pc,"
    "format=gbrpf32le,zscale=t=linear:npl=203,"
    "zscale=p=bt2020:t={transfer}:m=bt2020nc:r=tv:npl=203,format=yuv420p10le"
)
_X265 = ["-c:v", "libx265", "-x265-params", "log-level=0", "-tag:v", "hvc1"]
FILMS: dict[str, tuple[str, str, list[object]]] = {
    "untagged": ("160x96", "scale=out_color_matrix=bt601,format=yuv420p", []),
    "untagged HD": ("1280x96", "scale=out_color_matrix=bt709,format=yuv420p", []),
    "BT.601": (
        "160x96",
        "scale=out_color_matrix=bt601,format=yuv420p",
        ["-colorspace", "smpte170m"],
    ),
    "BT.709": ("160x96", "scale=out_color_matrix=bt709,format=yuv420p", ["-colorspace", "bt709"]),
    "full range": (
        "160x96",
        "scale=out_color_matrix=bt709:out_range=pc,format=yuv420p",
        ["-colorspace", "bt709", "-color_range", "pc"],
    ),
    "JPEG's": ("160x96", "scale=out_color_matrix=bt601:out_range=pc,format=yuvj420p", []),
    "10 bit 4:2:2": (
        "160x96",
        "scale=out_color_matrix=bt709,format=yuv422p10le",
        ["-colorspace", "bt709"],
    ),
    "RGB": ("160x96", "format=gbrp", ["-c:v", "libx264rgb"]),
    "4:4:4": ("160x96", "format=yuv444p", []),
    "grey": ("160x96", "format=gray10le", ["-c:v", "ffv1"]),
    "a palette": ("160x96", "format=pal8", ["-c:v", "rawvideo"]),
    "a curve that browsers do not know": (
        "160x96",
        "scale=out_color_matrix=bt709,format=yuv420p,setparams=color_trc=log100",
        ["-colorspace", "bt709"],
    ),
    "YCgCo": ("160x96", "format=yuv420p,setparams=colorspace=ycgco", []),
    "constant luminance": (
        "160x96",
        _LINEAR.format(transfer="arib-std-b67") + ",setparams=colorspace=bt2020c",
        _X265,
    ),
    "HLG": ("160x96", _LINEAR.format(transfer="arib-std-b67"), _X265),
    "PQ": ("160x96", _LINEAR.format(transfer="smpte2084"), _X265),
}
PALE = "eq=saturation=0.35"


def film(folder: Path, kind: str, *, pale: bool = False) -> Path:
    size, graph, how = FILMS[kind]
    ending = {"RGB": "mkv", "grey": "mkv", "a palette": "avi"}.get(kind, "mov")
    path = folder / f"film.{ending}"
    first, second = quarters(*map(int, size.split("x")), fps="5"), f"{PALE}," if pale else ""
    ffmpeg(*first, "-vf", second + graph, "-c:v", "libx264", *how, path)
    return path


def published(source: Path, folder: Path) -> Produced:
    return produce(source, display_path="film", media_dir=folder / "media", settings=SMALL)


@pytest.mark.parametrize("kind", FILMS)
def test_what_is_made_of_a_film_has_the_colours_that_its_numbers_say(
    tmp_path: Path, kind: str
) -> None:
    assert published(film(tmp_path, kind), tmp_path).problems == []


def misread(monkeypatch: pytest.MonkeyPatch, what: str) -> None:
    """FFmpeg is told a wrong matrix, a wrong range or a wrong white."""
    original: Callable[..., object] = colours.scaled

    def wrongly(recipe: object, picture: object, width: int, height: int, **to: str) -> object:
        scaled = original(recipe, picture, width, height, **to)
        names = {"matrix": "in_color_matrix", "range": "out_range"}
        told = scaled.node.incoming_edges[0].upstream_node.kwargs  # type: ignore[attr-defined]
        key = names[what]
        other = {"bt709": "bt601", "bt601": "bt709", "tv": "pc"}
        told[key] = other[told[key]]
        return scaled

    if what == "white":
        monkeypatch.setattr(colours, "_TONE_MAP_NPL", 100)
    else:
        monkeypatch.setattr(colours, "_is_plain", lambda probe: False)
        monkeypatch.setattr(colours, "scaled", wrongly)


@pytest.mark.parametrize("pale", [False, True])
@pytest.mark.parametrize(
    ("kind", "what"),
    [
        ("untagged", "matrix"),
        ("untagged", "range"),
        ("untagged HD", "matrix"),
        ("BT.601", "matrix"),
        ("full range", "range"),
        ("JPEG's", "range"),
        ("10 bit 4:2:2", "matrix"),
        ("HLG", "white"),
        ("PQ", "white"),
    ],
)
def test_a_film_that_was_misread_is_not_published(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, what: str, pale: bool
) -> None:
    misread(monkeypatch, what)
    made = published(film(tmp_path, kind, pale=pale), tmp_path)
    assert [one.code for one in made.problems] == ["media-verify-failed"]
    assert "compared with its film" in made.problems[0].message


def noisy(film: Path, noise: int, tagged: str, *, full: bool = False) -> None:
    """Half a second of strong colours full of noise."""
    how = f"setparams=colorspace={tagged}:range={'pc' if full else 'tv'}"
    make_film(film, "-vf", f"{how},noise=alls={noise}:allf=t", size="320x180", seconds=0.5)


@pytest.mark.parametrize(
    ("tagged", "full"), [("smpte170m", False), ("bt709", False), ("bt709", True)]
)
@pytest.mark.parametrize("noise", [10, 30, 60, 100])
def test_a_film_full_of_noise_is_the_film_it_was_made_of(
    noise: int, tagged: str, full: bool, tmp_path: Path
) -> None:
    # Noise around black and around strong colours is cut by whoever converts it, and its mean moves.
    source = tmp_path / "noisy.mov"
    noisy(source, noise, tagged, full=full)
    made = published(source, tmp_path)
    assert [str(problem) for problem in made.problems] == []
    assert made.manifest is not None


@pytest.mark.parametrize("colour", ["black", "red"])
def test_noise_around_one_colour_is_the_film_it_was_made_of(colour: str, tmp_path: Path) -> None:
    source = tmp_path / "noisy.mov"
    noise = f"drawbox=c={colour}:t=fill,noise=alls=60:allf=t"
    make_film(source, "-vf", noise, size="640x360", seconds=0.4)
    made = published(source, tmp_path)
    assert [str(problem) for problem in made.problems] == []
    assert made.manifest is not None


def test_an_encoder_that_moves_plain_grey_has_not_misread_it(tmp_path: Path) -> None:
    # Few bits for much noise: AV1's pictures came out 2 darker, as a wrong range would show them.
    source = tmp_path / "grey.mp4"
    grey = "color=gray:s=640x360:r=25:d=4,noise=alls=80:allf=t,format=yuv420p"
    ffmpeg("-f", "lavfi", "-i", grey, "-c:v", "libx264", "-b:v", "500k", source)
    made = published(source, tmp_path)
    assert [str(problem) for problem in made.problems] == []
    assert made.manifest is not None


@pytest.mark.parametrize("moved", [-2.0, 0.0, 2.0])
def test_plain_grey_tells_of_a_wrong_range_only_by_what_no_encoder_does(moved: float) -> None:
    grey = np.full((SIDE * SIDE, 3), 0.5)
    assert apart(seen(0.0, grey), seen(0.0, grey + moved / 255)) is None
    dark = np.full((SIDE * SIDE, 3), 0.1)
    misread = (219 * dark + 16) / 255
    assert apart(seen(0.0, dark), seen(0.0, dark + moved / 255)) is None
    assert apart(seen(0.0, dark), seen(0.0, misread)) is not None


# Where nothing is converted, nothing of the noise is cut, and no noise hides anything; where a matrix is
# converted, a wrong range is hidden in noise of 100 only, by far stronger than a camera has in the dark.
@pytest.mark.parametrize(
    ("tagged", "what", "noise"),
    [
        ("smpte170m", "matrix", 10),
        ("smpte170m", "matrix", 100),
        ("smpte170m", "range", 10),
        ("smpte170m", "range", 30),
        ("smpte170m", "range", 60),
        ("bt709", "matrix", 30),
        ("bt709", "matrix", 100),
        ("bt709", "range", 30),
        ("bt709", "range", 100),
    ],
)
def test_noise_does_not_hide_that_a_film_was_misread(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tagged: str, what: str, noise: int
) -> None:
    source = tmp_path / "noisy.mov"
    noisy(source, noise, tagged)
    misread(monkeypatch, what)
    made = published(source, tmp_path)
    assert [one.code for one in made.problems] == ["media-verify-failed"]
    assert "compared with its film" in made.problems[0].message


def test_without_a_picture_to_compare_with_nothing_is_proved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "film_view", lambda *_: None)
    made = published(film(tmp_path, "BT.709"), tmp_path)
    assert [one.code for one in made.problems] == ["media-verify-failed"]
    assert "no picture could be read" in made.problems[0].message


def test_a_shown_part_without_a_keyframe_is_compared_all_the_same(tmp_path: Path) -> None:
    source = tmp_path / "one.mp4"
    ffmpeg(
        *["-f", "lavfi", "-i", "testsrc2=s=160x96:r=30:d=6,format=yuv420p"],
        *["-c:v", "libx264", "-preset", "ultrafast", "-g", 500, "-keyint_min", 500, source],
    )
    found = probe(source, display_path="x")
    assert isinstance(found, Probe) and not isinstance(found, Problem)
    view = film_view(source, found, [4.0, 4.5, 5.0], 5.5, 10**7)
    assert view is not None
    assert 4.0 <= view.at_s < 4.1
    with open_film(source) as opened:
        keyframes = [one for one in opened.demux(video=0) if one.is_keyframe]
    assert len(keyframes) == 1
    turned_film = replace(found, rotation_deg=90)
    other = film_view(source, turned_film, [4.0], 5.5, 10**7)
    assert other is not None
    assert sorted(other.cells) == pytest.approx(sorted(view.cells)) and other.cells != view.cells
    assert math.isclose(other.at_s, view.at_s)
    assert other_matrix("bt709") == "smpte170m" != other_matrix("smpte170m")
