"""The whole journey: a camera film goes in, what comes out is measured."""

from __future__ import annotations

import struct
import time
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from kinopress.media.manifest import Manifest, read_manifest
from kinopress.problems import ExitCode, Refusal
from kinopress.video import plan as planning
from kinopress.video.encode.making import pictures as working
from kinopress.video.encode.produced import Produced
from kinopress.video.ffmpeg.binary import Encoder, find_encoder
from kinopress.video.produce import produce
from kinopress.video.settings import H264_360, VideoSettings
from kinopress.video.source.film import Probe
from kinopress.video.source.probe import probe
from support.command import HANGS_S
from video.conftest import (
    BLUE,
    GREEN,
    GREY,
    QUARTERS,
    RED,
    Make,
    after,
    alike,
    boxes,
    colours,
    ffmpeg,
    picture_times,
    psnr_db,
    quarters,
    walk_boxes,
)

Publish = Callable[[Path], Produced]
GPS = ["-metadata", "location=+48.1372+011.5755/", "-metadata", "title=Hip at the clinic"]
GPS += ["-metadata", "creation_time=2026-10-01T10:00:00Z"]
GAP = ["-c", "copy", "-bsf:v", "setts=ts=if(gte(N\\,30)\\,TS+100800/TB\\,TS)"]
"""28 hours in which nothing is filmed, behind the first second."""
SMALL: dict[str, Any] = {"size": "64x64", "seconds": 0.5}
"""What a film is asked to be whose pictures no test looks at."""


def made(produced: Produced) -> tuple[Manifest, Path]:
    assert produced.problems == []
    assert produced.manifest is not None
    assert produced.folder is not None
    return produced.manifest, produced.folder


def described(path: Path) -> Probe:
    found = probe(path, display_path=path.name)
    assert isinstance(found, Probe), found
    return found


def problem_code(produced: Produced) -> str:
    assert produced.manifest is None
    assert produced.folder is None
    (problem,) = produced.problems
    return problem.code


def test_a_film_becomes_renditions_a_poster_and_a_storyboard(make: Make, publish: Publish) -> None:
    source = make("hd-half-second.mp4", size="1280x720", seconds=0.5)
    produced = publish(source)
    manifest, folder = made(produced)
    assert produced.encoded
    assert [one.path for one in manifest.renditions] == [
        "av1-720.mp4",
        "h264-720.mp4",
        "h264-360.mp4",
    ]
    sizes = [(one.width, one.height) for one in manifest.renditions]
    assert sizes == [(1280, 720), (1280, 720), (640, 360)]
    assert [one.codecs for one in manifest.renditions] == [
        "av01.0.05M.08,mp4a.40.2",
        "avc1.64001f,mp4a.40.2",
        "avc1.64001e,mp4a.40.2",
    ]
    assert (manifest.width, manifest.height, manifest.duration_s) == (1280, 720, 0.5)
    assert manifest.fps == 30
    assert manifest.source_bytes == source.stat().st_size
    assert read_manifest(folder / "manifest.json") == manifest
    for one in manifest.renditions:
        found = described(folder / one.path)
        assert found.pix_fmt == "yuv420p"
        assert found.duration_s == pytest.approx(0.5, abs=0.05)
        assert (found.color_transfer, found.color_matrix) == ("bt709", "bt709")
        assert found.color_range == "tv"
        assert found.fps == 30
    assert manifest.poster is not None
    assert (manifest.poster.path, manifest.poster.width) == ("poster.jpg", 1280)
    assert {one.mime for one in manifest.posters} == {"image/avif", "image/jpeg", "image/webp"}
    assert (folder / "poster.webp").read_bytes()[8:12] == b"WEBP"
    assert (folder / "poster.avif").read_bytes()[4:12] == b"ftypavif"
    assert {path.name for path in folder.iterdir()} == {
        *(one.path for one in manifest.outputs),
        "manifest.json",
    }


def test_a_rendition_plays_before_it_is_loaded(make: Make, made_before: Publish) -> None:
    manifest, folder = made(made_before(make("plain.mp4")))
    order = boxes(folder / manifest.renditions[0].path)
    assert order.index("moov") < order.index("mdat")
    source_order = boxes(make("plain.mp4"))
    assert source_order.index("moov") > source_order.index("mdat")


def test_a_seek_never_needs_more_than_two_seconds(make: Make, publish: Publish) -> None:
    five_s = make("five-seconds.mp4", size="64x64", seconds=5.0, fps="10")
    manifest, folder = made(publish(five_s))
    times = picture_times(folder / manifest.renditions[0].path, keyframes=True)
    assert all(later - earlier <= 2.01 for earlier, later in pairwise(times))
    assert len(times) >= 3


@pytest.mark.parametrize(
    ("ending", "place"), [("mov", "moov/udta/©xyz"), ("3gp", "moov/udta/loci")]
)
def test_the_place_of_filming_stays_at_home(
    make: Make, publish: Publish, ending: str, place: str
) -> None:
    extra = ["-timecode", "01:00:00:00"] if ending == "mov" else ["-c:a", "aac"]
    source = make(f"at-home.{ending}", *GPS, *extra, **SMALL)
    assert place in boxes(source), "the source itself must carry a place"
    manifest, folder = made(publish(source))
    for one in manifest.renditions:
        data = (folder / one.path).read_bytes()
        names = [name for name, _ in walk_boxes(data)]
        items = [name for name in names if name.startswith("moov/udta/")]
        assert items == ["moov/udta/meta"]
        assert b"ilst\0\0\0\x08free" in data, "an empty list"
        (header,) = [body for name, body in walk_boxes(data) if name == "moov/mvhd"]
        assert header[4:12] == bytes(8), "no date of filming"
        assert len([name for name in names if name == "moov/trak"]) == 2
    for path in folder.iterdir():
        data = path.read_bytes()
        assert b"+48.1" not in data
        assert b"clinic" not in data


@pytest.mark.parametrize(
    ("degrees", "flip", "stored"),
    [
        (90, False, "transpose=clock"),
        (270, False, "transpose=cclock"),
        (180, False, "hflip,vflip"),
        (0, True, "hflip"),
    ],
)
def test_a_turned_film_comes_out_upright(
    tmp_path: Path, publish: Publish, degrees: int, flip: bool, stored: str
) -> None:
    raw, source = tmp_path / "raw.mp4", tmp_path / "phone.mov"
    encode = ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p"]
    ffmpeg(*quarters(160, 90, seconds=0.5), "-vf", stored, *encode, raw)
    turn = ["-display_rotation", degrees, *(["-display_hflip"] if flip else [])]
    ffmpeg(*turn, "-i", raw, "-c", "copy", source)
    manifest, folder = made(publish(source))
    one = manifest.renditions[0]
    assert (one.width, one.height) == (160, 90)
    assert described(folder / one.path).rotation_deg == 0
    for name in (one.path, "poster.jpg", "poster.webp", "poster.avif"):
        assert alike(colours(folder / name), QUARTERS, within=12), name


@pytest.mark.parametrize(
    ("size", "tags"),
    [
        ((1280, 720), "colorspace=bt709:color_primaries=bt709:color_trc=bt709"),
        ((1280, 720), ""),
        ((160, 120), "colorspace=smpte170m:color_primaries=smpte170m:color_trc=smpte170m"),
        ((160, 120), ""),
    ],
)
def test_skin_keeps_its_colour(
    tmp_path: Path, publish: Publish, size: tuple[int, int], tags: str
) -> None:
    source = tmp_path / "film.mp4"
    matrix = "bt709" if size[0] >= 1280 else "smpte170m"
    convert = f"scale=out_color_matrix={matrix}:out_range=tv,format=yuv420p"
    convert += f",setparams={tags}:range=tv" if tags else ",setparams=colorspace=unknown"
    ffmpeg(*quarters(*size, seconds=0.2), "-vf", convert, "-c:v", "libx264", "-crf", 12, source)
    assert described(source).color_matrix == (matrix if tags else None)
    manifest, folder = made(publish(source))
    for one in (*manifest.renditions, *manifest.posters):
        found = colours(folder / one.path)
        assert alike(found, [RED, GREEN, BLUE, GREY], within=9), (one.path, found)


@pytest.mark.parametrize(
    ("said", "means"),
    [("bt2020c", "bt2020nc"), ("chroma-derived-nc", "bt709"), ("ycgco", "ycgco")],
)
def test_a_matrix_that_filters_do_not_take_is_read_as_browsers_read_it(
    tmp_path: Path, publish: Publish, said: str, means: str
) -> None:
    source = tmp_path / "film.mkv"
    convert = f"zscale=m={means}:r=tv,format=yuv420p,setparams=colorspace={said}"
    ffmpeg(*quarters(160, 90, seconds=0.5), "-vf", convert, "-c:v", "ffv1", source)
    assert described(source).color_matrix == said
    manifest, folder = made(publish(source))
    for one in (*manifest.renditions, *manifest.posters):
        assert alike(colours(folder / one.path), QUARTERS, within=9), one.path


TO_HDR = (
    "format=gbrp,setparams=color_primaries=bt709:color_trc=bt709:colorspace=gbr:range=pc,"
    "format=gbrpf32le,zscale=t=linear:npl=203,"
    "zscale=p=bt2020:t={transfer}:m=bt2020nc:r=tv:npl=203,format=yuv420p10le"
)


@pytest.mark.parametrize(
    ("transfer", "matrix"),
    [("arib-std-b67", "bt2020nc"), ("smpte2084", "bt2020nc"), ("arib-std-b67", "bt2020c")],
)
def test_an_hdr_film_keeps_its_brightness(
    tmp_path: Path, publish: Publish, transfer: str, matrix: str
) -> None:
    source = tmp_path / "hdr.mov"
    bright = [
        *[*quarters(160, 90, seconds=0.5), "-vf"],
        f"{TO_HDR.format(transfer=transfer)},setparams=colorspace={matrix}",
    ]
    ffmpeg(*bright, "-c:v", "libx265", "-x265-params", "log-level=0", source)
    film = described(source)
    assert film.is_hdr
    assert film.bit_depth == 10
    manifest, folder = made(publish(source))
    one = manifest.renditions[0]
    assert described(folder / one.path).bit_depth == 8
    for name in (one.path, "poster.jpg"):
        found = colours(folder / name)
        assert alike(found, QUARTERS, within=16), (name, found)


@pytest.mark.parametrize("transfer", ["arib-std-b67", "smpte2084"])
def test_what_was_placed_in_hdr_comes_back_as_it_was(
    tmp_path: Path, media_dir: Path, transfer: str
) -> None:
    # benchmarks/hdr.py does the same with real footage; the common "hable" recipe gave 23 dB.
    before, hdr = tmp_path / "before.mkv", tmp_path / "hdr.mov"
    # Colours and brightness as a room has them: what nears white makes way for highlights.
    room = "hue=s=0.35,curves=all='0/0.05 1/0.75'"
    scene = f"gradients=s=320x180:r=30:d=0.3:n=8:seed=3,{room},noise=alls=4:all_seed=1"
    to_709 = "scale=out_color_matrix=bt709:out_range=tv,format=yuv420p"
    ffmpeg(
        "-f", "lavfi", "-i", scene, "-vf", to_709, "-colorspace", "bt709", "-c:v", "ffv1", before
    )
    lossless = ["-c:v", "libx265", "-x265-params", "lossless=1:log-level=0"]
    ffmpeg("-i", before, "-vf", TO_HDR.format(transfer=transfer), *lossless, hdr)
    nearly_lossless = VideoSettings(rungs=(replace(H264_360, crf=1, maxrate_bps=None),))
    manifest, folder = made(
        produce(hdr, display_path="videos/hdr.mov", media_dir=media_dir, settings=nearly_lossless)
    )
    (one,) = manifest.renditions
    assert psnr_db(folder / one.path, before) >= 35


def test_odd_sizes_silence_and_half_rates(make: Make, publish: Publish, tmp_path: Path) -> None:
    source = tmp_path / "odd.mkv"
    still = ["-f", "lavfi", "-i", "testsrc2=s=641x363:r=24000/1001:d=0.5"]
    ffmpeg(*still, "-c:v", "ffv1", source)
    manifest, folder = made(publish(source))
    assert not manifest.has_audio
    assert [(one.width, one.height) for one in manifest.renditions] == [(640, 362)] * 2
    one = manifest.renditions[1]
    assert one.codecs == "avc1.64001e"
    found = described(folder / one.path)
    assert not found.has_audio
    assert str(found.fps) == "24000/1001"


def test_120_pictures_a_second_become_60(make: Make, publish: Publish) -> None:
    manifest, folder = made(publish(make("slow-motion.mp4", size="96x64", fps="120", seconds=0.5)))
    assert described(folder / manifest.renditions[0].path).fps == 60


def test_a_wavering_rate_becomes_constant(make: Make, publish: Publish, tmp_path: Path) -> None:
    source = tmp_path / "phone.mp4"
    waver = ["-vf", "select='mod(n,7)'", "-fps_mode", "vfr", "-c:a", "copy"]
    ffmpeg("-i", make("plain.mp4"), *waver, source)
    manifest, folder = made(publish(source))
    times = picture_times(folder / manifest.renditions[0].path)
    steps = {round(b - a, 3) for a, b in pairwise(times)}
    assert len(times) in (59, 60)
    assert max(steps) - min(steps) <= 0.002


def test_the_poster_is_the_second_the_coach_chose(tmp_path: Path, media_dir: Path) -> None:
    source = tmp_path / "film.mp4"
    two = "color=red:s=320x180:d=2:r=30[a];color=blue:s=320x180:d=2:r=30[b];[a][b]concat"
    ffmpeg("-f", "lavfi", "-i", two, "-pix_fmt", "yuv420p", source)

    def poster_colour(at_s: float) -> tuple[int, ...]:
        produced = produce(
            source, display_path="videos/film.mp4", media_dir=media_dir, poster_at_s=at_s
        )
        _, folder = made(produced)
        return colours(folder / "poster.jpg", columns=1, rows=1)[0]

    red, _, blue = poster_colour(1.0)
    assert red > blue
    red, _, blue = poster_colour(3.0)
    assert blue > red
    red, _, blue = poster_colour(4.0)  # the very end
    assert blue > red


@pytest.mark.parametrize("at_s", [99.0, -1.0, float("nan")])
def test_a_poster_outside_the_film_is_a_warning(make: Make, media_dir: Path, at_s: float) -> None:
    produced = produce(
        make("small.mp4", **SMALL),
        display_path="videos/plain.mp4",
        media_dir=media_dir,
        poster_at_s=at_s,
    )
    assert produced.manifest is not None
    (warning,) = produced.problems
    assert (warning.code, warning.severity) == ("poster-outside", "warning")


def test_a_black_beginning_is_not_chosen_as_the_poster(tmp_path: Path, publish: Publish) -> None:
    source = tmp_path / "film.mp4"
    two = "color=black:s=160x90:d=1.7:r=15[a];testsrc2=s=160x90:d=5:r=15[b];[a][b]concat"
    ffmpeg("-f", "lavfi", "-i", two, "-pix_fmt", "yuv420p", source)
    _, folder = made(publish(source))
    assert max(colours(folder / "poster.jpg", columns=1, rows=1)[0]) > 60


@pytest.mark.parametrize(
    "name",
    [
        "-i.mp4",
        "a:b.mp4",
        "http:x.mp4",
        "img%03d.mp4",
        "hip 🦵 & 'quote' \"two\" [x];y.mp4",
        "Hu\u0308fte.mp4",
        "x" * 250 + ".mp4",
    ],
)
def test_any_name_is_only_a_name(make: Make, tmp_path: Path, name: str) -> None:
    folder = tmp_path / "50%d of, [it]"
    folder.mkdir()
    source = folder / name
    source.write_bytes(make("small.mp4", **SMALL).read_bytes())
    produced = produce(source, display_path=f"videos/{name}", media_dir=folder / "media")
    manifest, _ = made(produced)
    assert manifest.source_name == name


def test_a_film_with_one_picture(make: Make, publish: Publish) -> None:
    manifest, _ = made(publish(make("one.mp4", fps="25", seconds=0.04, sound=False)))
    assert manifest.renditions[0].duration_s == pytest.approx(0.04, abs=0.01)


def test_time_stamps_that_begin_at_two_hours(make: Make, publish: Publish, tmp_path: Path) -> None:
    source = tmp_path / "late.ts"
    ffmpeg("-i", make("small.mp4", **SMALL), "-c", "copy", "-output_ts_offset", 7200, source)
    manifest, _ = made(publish(source))
    assert manifest.duration_s == pytest.approx(0.5, abs=0.1)


def test_a_gap_of_28_hours_is_refused_soon(make: Make, publish: Publish, tmp_path: Path) -> None:
    plain = make("silent.mp4", sound=False)
    begun = time.monotonic()
    for name in ("gap.mp4", "gap.mkv"):
        ffmpeg("-i", plain, *GAP, tmp_path / name)
        assert problem_code(publish(tmp_path / name)) == "media-too-long"
    assert time.monotonic() - begun < HANGS_S  # 28 hours of pictures take far longer


def test_a_gap_of_28_hours_in_a_transport_stream_is_closed(
    make: Make, publish: Publish, tmp_path: Path
) -> None:
    # There it is one recording copied behind another, and every picture is shown. The clock of such a
    # file is full after 26.5 hours, so these 28 look like an hour and a half.
    plain, source = make("silent.mp4", sound=False), tmp_path / "gap.ts"
    ffmpeg("-i", plain, *GAP, source)
    produced = publish(source)
    (said,) = produced.problems
    assert (said.code, said.severity) == ("media-time-stamps", "note")
    manifest, folder = produced.manifest, produced.folder
    assert manifest is not None and folder is not None
    assert manifest.duration_s == 2.0
    for one in manifest.renditions:
        assert picture_times(folder / one.path) == pytest.approx([n / 30 for n in range(60)])
        assert psnr_db(folder / one.path, plain) > 30


def test_a_header_that_hides_a_gap_is_refused_soon(
    make: Make, publish: Publish, tmp_path: Path
) -> None:
    source = tmp_path / "gap.mkv"
    ffmpeg("-i", make("silent.mp4", sound=False), *GAP, source)
    data = bytearray(source.read_bytes())
    at = data.index(b"\x44\x89\x88") + 3  # Duration, eight bytes, in milliseconds
    data[at : at + 8] = struct.pack(">d", 2000.0)
    source.write_bytes(data.replace(b"28:00:02.", b"00:00:02."))
    begun = time.monotonic()
    assert problem_code(publish(source)) == "media-time-stamps"
    assert time.monotonic() - begun < HANGS_S  # 28 hours of pictures take far longer


def test_a_cut_off_matroska_is_refused_by_its_length(
    make: Make, publish: Publish, tmp_path: Path
) -> None:
    whole, half = tmp_path / "whole.mkv", tmp_path / "half.mkv"
    ffmpeg("-i", make("plain.mp4"), "-c", "copy", whole)
    half.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    assert problem_code(publish(half)) == "media-truncated"
    late = produce(half, display_path="x", media_dir=tmp_path / "media", poster_at_s=1.9)
    assert problem_code(late) == "media-truncated"


def test_a_bad_file_is_one_problem_and_leaves_nothing(
    publish: Publish, media_dir: Path, tmp_path: Path
) -> None:
    source = tmp_path / "empty.mov"
    source.write_bytes(b"")
    produced = publish(source)
    assert problem_code(produced) == "media-empty"
    assert not produced.encoded
    assert produced.problems[0].path == "videos/empty.mov"
    assert not media_dir.exists()


def test_the_film_itself_is_not_touched(make: Make, publish: Publish, tmp_path: Path) -> None:
    source = tmp_path / "film.mp4"
    source.write_bytes(make("small.mp4", **SMALL).read_bytes())
    before = (source.read_bytes(), source.stat().st_mtime_ns)
    made(publish(source))
    assert (source.read_bytes(), source.stat().st_mtime_ns) == before


def test_a_film_that_changes_meanwhile_is_not_stored(
    make: Make, media_dir: Path, tmp_path: Path
) -> None:
    source = tmp_path / "film.mp4"
    source.write_bytes(make("small.mp4", **SMALL).read_bytes())

    def touch(share: float) -> None:
        with source.open("ab") as file:
            file.write(b"\0")

    produced = produce(
        source, display_path="videos/film.mp4", media_dir=media_dir, on_progress=touch
    )
    assert problem_code(produced) == "media-changed"
    assert not list(media_dir.glob("*/manifest.json"))


def test_other_settings_are_another_result_and_both_stay(make: Make, media_dir: Path) -> None:
    source = make("small.mp4", **SMALL)
    one = produce(source, display_path="videos/plain.mp4", media_dir=media_dir)
    small = VideoSettings(rungs=(H264_360,), fps_max=15)
    two = produce(source, display_path="videos/plain.mp4", media_dir=media_dir, settings=small)
    assert one.folder != two.folder
    assert two.folder is not None
    assert described(two.folder / "h264-64.mp4").fps == 15
    assert made(one)[1].is_dir()


def test_the_same_film_under_two_names_is_encoded_once(
    make: Make, publish: Publish, tmp_path: Path
) -> None:
    copy = tmp_path / "twin.mp4"
    copy.write_bytes(make("small.mp4", **SMALL).read_bytes())
    first, second = publish(make("small.mp4", **SMALL)), publish(copy)
    assert (first.encoded, second.encoded) == (True, False)
    assert first.folder == second.folder
    assert made(second)[0].source_name == "twin.mp4"


def test_a_second_run_neither_encodes_nor_reads_the_film(
    make: Make, publish: Publish, made_before: Publish, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = make("small.mp4", **SMALL)
    first = made_before(source)
    assert first.folder is not None
    # Stamps younger than two seconds are not yet trusted.
    after(monkeypatch, [source, *first.folder.iterdir()], 2.1)
    publish(source)

    def forbidden(*_: object, **__: object) -> None:
        raise AssertionError("nothing changed, so this is not needed")

    monkeypatch.setattr(working, "encode", forbidden)
    monkeypatch.setattr("kinopress.system.stamps.sha256_of", forbidden)
    again = publish(source)
    assert not again.encoded
    assert again.manifest == first.manifest


def test_without_ffmpeg_the_run_ends_with_a_sentence(
    make: Make, publish: Publish, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kinopress.video.ffmpeg.binary._candidates", lambda: iter(()))
    with pytest.raises(Refusal) as refused:
        publish(make("plain.mp4"))
    assert refused.value.exit_code is ExitCode.ENVIRONMENT


def test_a_media_folder_that_cannot_be_made(make: Make, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(Refusal) as refused:
        produce(make("plain.mp4"), display_path="videos/p.mp4", media_dir=tmp_path / "file")
    assert refused.value.exit_code is ExitCode.ENVIRONMENT
    assert str(refused.value).endswith("[media-store-failed]")


def test_the_encoders_version_is_part_of_the_name(
    make: Make, publish: Publish, made_before: Publish, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = made_before(make("small.mp4", **SMALL))
    known = find_encoder()
    newer = Encoder(known.path, f"{known.version}.1", known.encoders)
    monkeypatch.setattr(planning, "find_encoder", lambda: newer)
    assert publish(make("small.mp4", **SMALL)).folder != first.folder
