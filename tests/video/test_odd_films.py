"""Films as cameras, phones, editors and accidents make them: what comes out of each is measured."""

from __future__ import annotations

import struct
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import av
import pytest
from PIL import Image

from kinopress.media.manifest import Manifest
from kinopress.video.encode.produced import Produced
from kinopress.video.produce import produce
from kinopress.video.settings import H264_360, VideoSettings
from kinopress.video.source.film import Probe
from kinopress.video.source.probe import probe
from video.conftest import (
    BLUE,
    QUARTERS,
    RED,
    Make,
    alike,
    colours,
    ffmpeg,
    loudness,
    picture_times,
    quarters,
)

SMALL = VideoSettings(rungs=(H264_360,))
Publish = Callable[..., tuple[Manifest, Path]]
FAST = ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p"]


@pytest.fixture
def published(media_dir: Path) -> Publish:
    """One H.264 rendition and the pictures of a film; that it went without a word is checked."""

    def publish(source: Path, **how: object) -> tuple[Manifest, Path]:
        shown = f"videos/{source.name}"
        made: Produced = produce(
            source,
            display_path=shown,
            media_dir=media_dir,
            settings=SMALL,
            **how,  # type: ignore[arg-type]
        )
        assert made.problems == []
        assert made.manifest is not None and made.folder is not None
        return made.manifest, made.folder / made.manifest.renditions[0].path

    return publish


def facts(path: Path) -> Probe:
    found = probe(path, display_path=path.name)
    assert isinstance(found, Probe), found
    return found


def streams(path: Path) -> list[str]:
    """The streams of a file in order, such as ``video h264``."""
    with av.open(str(path)) as film:
        return [f"{one.type} {one.codec_context.name}" for one in film.streams]


def shape(path: Path) -> tuple[int, int, str]:
    """Stored width and height, and the shape of one pixel."""
    with av.open(str(path)) as film:
        stream = film.streams.video[0]
        return stream.width, stream.height, str(stream.sample_aspect_ratio or "1")


# Pictures


@pytest.mark.parametrize("degrees", [0, 90, 180, 270])
def test_a_mirrored_and_turned_film_comes_out_as_a_player_shows_it(
    tmp_path: Path, published: Publish, degrees: int
) -> None:
    upright = {
        # What is stored so that turning and mirroring give the four quarters again.
        0: "hflip",
        90: "hflip,transpose=clock",
        180: "vflip",
        270: "hflip,transpose=cclock",
    }[degrees]
    raw, source = tmp_path / "raw.mp4", tmp_path / "mirrored.mov"
    ffmpeg(*quarters(160, 90, seconds=0.5), "-vf", upright, *FAST, raw)
    ffmpeg("-display_rotation", degrees, "-display_hflip", "-i", raw, "-c", "copy", source)
    assert facts(source).mirrored
    manifest, film = published(source)
    assert shape(film) == (160, 90, "1")
    assert not facts(film).mirrored
    assert facts(film).rotation_deg == 0
    assert (manifest.width, manifest.height) == (160, 90)
    for made in (film, film.with_name("poster.jpg")):
        assert alike(colours(made), QUARTERS, within=12), made.name


def test_an_anamorphic_film_gets_square_pixels_and_keeps_its_shape(
    tmp_path: Path, published: Publish
) -> None:
    source = tmp_path / "camcorder.mp4"
    ffmpeg(*quarters(288, 240, seconds=0.5), "-vf", "setsar=64/45", *FAST, source)
    assert shape(source) == (288, 240, "64/45")
    manifest, film = published(source)
    assert shape(film) == (410, 240, "1")  # 288 × 64 / 45 is 409.6
    assert (manifest.width, manifest.height) == (410, 240)
    with Image.open(film.with_name("poster.jpg")) as poster:
        assert poster.size == (410, 240)
    assert alike(colours(film), QUARTERS, within=12)


def test_a_turned_anamorphic_film_is_stretched_the_right_way(
    tmp_path: Path, published: Publish
) -> None:
    raw, source = tmp_path / "raw.mp4", tmp_path / "upright.mov"
    ffmpeg(*quarters(240, 240, seconds=0.5), "-vf", "setsar=4/3", *FAST, raw)
    ffmpeg("-display_rotation", 90, "-i", raw, "-c", "copy", source)
    manifest, film = published(source)
    assert shape(film) == (240, 320, "1")
    assert (manifest.width, manifest.height) == (240, 320)


@pytest.mark.parametrize("size", ["32x32", "34x48", "48x48"])
def test_the_smallest_films_come_out_whatever_their_colours(
    size: str, make: Make, published: Publish
) -> None:
    source = make("small.mp4", "-pix_fmt", "yuv444p", size=size, seconds=0.5)
    _, film = published(source)
    assert "x".join(str(side) for side in shape(film)[:2]) == size


@pytest.mark.parametrize("size", ["16x16", "24x24", "30x30", "64x30"])
def test_a_smaller_film_is_refused_before_anything_is_made(
    size: str, make: Make, media_dir: Path
) -> None:
    source = make("tiny.mp4", "-pix_fmt", "yuv444p", size=size, seconds=0.5)
    made = produce(source, display_path="videos/tiny.mp4", media_dir=media_dir, settings=SMALL)
    (problem,) = made.problems
    assert problem.code == "media-too-small"
    assert problem.message.endswith("pixels, and at least 32 are needed each way")


def test_a_narrow_film_is_stretched_to_its_shape(make: Make, published: Publish) -> None:
    source = make("narrow-stripes.mp4", "-vf", "setsar=16/1", size="32x180", seconds=0.2)
    _, film = published(source)
    assert shape(film) == (512, 180, "1")


def comb(path: Path, at: int = 5) -> float:
    """How much a line differs from the next, a pixel: nothing for an upright bar without combs."""
    raw = path.with_suffix(".gray")
    picture = ["-vf", f"select=eq(n\\,{at})", "-frames:v", 1, "-pix_fmt", "gray"]
    ffmpeg("-i", path, *picture, "-f", "rawvideo", raw)
    width, height, _ = shape(path)
    data = raw.read_bytes()
    lines = [data[row * width : (row + 1) * width] for row in range(height)]
    apart = sum(abs(a - b) for one, two in pairwise(lines) for a, b in zip(one, two, strict=True))
    return apart / (width * height)


def test_an_interlaced_film_comes_out_without_combs_and_at_its_rate(
    tmp_path: Path, published: Publish
) -> None:
    source = tmp_path / "interlaced.mkv"
    moving = "color=white:s=320x240:r=50:d=1[b];color=black:s=40x240:r=50:d=1[f];"
    moving += "[b][f]overlay=x=t*280:y=0,format=yuv420p,interlace,setfield=tff"
    flags = ["-c:v", "ffv1", "-field_order", "tt", "-flags", "+ildct+ilme"]
    ffmpeg("-f", "lavfi", "-i", moving, *flags, source)
    assert facts(source).interlaced
    assert comb(source) > 4, "the source itself must have combs"
    _, film = published(source)
    found = facts(film)
    assert not found.interlaced
    assert (found.fps, found.height) == (25, 240)
    assert comb(film) < 0.5


@pytest.mark.parametrize("size", [(641, 363), (98, 321), (321, 99)])
def test_odd_sizes_become_even_and_keep_their_shape(
    tmp_path: Path, published: Publish, size: tuple[int, int]
) -> None:
    source = tmp_path / "odd.mkv"
    ffmpeg(*quarters(*size, seconds=0.5), "-c:v", "ffv1", source)
    assert shape(source)[:2] == size
    _, film = published(source)
    width, height, pixel = shape(film)
    assert pixel == "1"
    assert width % 2 == height % 2 == 0
    assert width <= size[0] and height <= size[1]
    assert width / height == pytest.approx(size[0] / size[1], rel=0.025)
    assert alike(colours(film), QUARTERS, within=14)


def test_a_dolby_vision_phone_film_is_shown_by_its_hlg_picture(
    tmp_path: Path, published: Publish
) -> None:
    """Profile 8.4 is an HLG film with a note for televisions; the note must not disturb."""
    source = tmp_path / "phone.mov"
    to_hlg = (
        "setparams=color_primaries=bt709:color_trc=bt709:colorspace=gbr:range=pc,"
        "format=gbrpf32le,zscale=t=linear:npl=203,"
        "zscale=p=bt2020:t=arib-std-b67:m=bt2020nc:r=tv:npl=203,format=yuv420p10le"
    )
    x265 = ["-c:v", "libx265", "-tag:v", "hvc1", "-x265-params", "log-level=0"]
    ffmpeg(*quarters(160, 90, seconds=0.5), "-vf", to_hlg, *x265, source)
    # dvvC: version 1.0, profile 8, level 4, RPU and base layer, compatible with HLG (id 4).
    note = bytes([1, 0, 8 << 1, 4 << 3 | 0b101, 4 << 4]) + bytes(19)
    source.write_bytes(with_box(source.read_bytes(), b"dvvC", note))
    assert facts(source).codec == "hevc", "the note must not spoil the file"
    assert facts(source).color_transfer == "arib-std-b67"
    _, film_out = published(source)
    assert b"dvvC" not in film_out.read_bytes()
    found = facts(film_out)
    assert (found.color_transfer, found.bit_depth) == ("bt709", 8)
    assert alike(colours(film_out), QUARTERS, within=16)


def with_box(data: bytes, kind: bytes, content: bytes) -> bytes:
    """An MP4 whose only sample entry has one more box; its index must come last."""
    at = data.index(b"hvcC") - 4
    box = struct.pack(">I4s", 8 + len(content), kind) + content
    grown = bytearray(data[:at] + box + data[at:])
    for name in (b"moov", b"trak", b"mdia", b"minf", b"stbl", b"stsd", b"hvc1"):
        where = data.index(name, data.index(b"moov")) - 4
        assert where < at
        size = int.from_bytes(grown[where : where + 4], "big")
        grown[where : where + 4] = struct.pack(">I", size + len(box))
    return bytes(grown)


# Time


@pytest.mark.parametrize(
    ("pictures", "rate"),
    [
        ("select='mod(n,7)'", 30),  # a phone in poor light leaves some out
        ("select='lt(n,30)+not(mod(n,3))'", 30),  # a steady second, then every third
        ("setpts='N/(30*TB)+0.008*mod(N,2)/TB'", 30),  # jitter of 8 ms
    ],
)
def test_a_variable_rate_becomes_constant_and_stays_as_long(
    make: Make, tmp_path: Path, published: Publish, pictures: str, rate: int
) -> None:
    source = tmp_path / "phone.mp4"
    vary = ["-vf", pictures, "-fps_mode", "vfr", "-enc_time_base", "1:90000", *FAST]
    ffmpeg("-i", make("plain.mp4"), *vary, source)
    steps = [later - earlier for earlier, later in pairwise(picture_times(source))]
    assert max(steps) - min(steps) > 0.01, "the source itself must vary"
    manifest, film = published(source)
    steps = [later - earlier for earlier, later in pairwise(picture_times(film))]
    assert max(steps) - min(steps) < 0.002
    assert manifest.duration_s == pytest.approx(2.0, abs=0.1)
    assert float(facts(film).fps or 0) == pytest.approx(rate, rel=0.002)


def test_pictures_without_times_of_their_own_all_appear(make: Make, published: Publish) -> None:
    # H.264 in a program stream, as recorders of cameras on walls write it, tells a time here and there.
    source = make("recorder.mpg", "-c:a", "mp2", "-crf", "40", size="64x36", seconds=1.5)
    with av.open(str(source)) as film:
        untold = [packet.pts is None for packet in film.demux(video=0) if packet.size]
    assert sum(untold) > len(untold) / 2
    manifest, film_made = published(source)
    assert manifest.duration_s == pytest.approx(1.5, abs=0.04)
    times = picture_times(film_made)
    assert len(times) == pytest.approx(45, abs=1)
    assert facts(film_made).fps == 30


def flash_s(path: Path) -> float:
    """When a dark film becomes light, in seconds of its player."""
    with av.open(str(path)) as film:
        begins_s = (film.start_time or 0) / av.time_base
        for frame in film.decode(video=0):
            grey = bytes(frame.reformat(width=16, height=16, format="gray").planes[0])
            if max(grey) > 128 and frame.time is not None:
                return frame.time - begins_s
    raise AssertionError("it never becomes light")


def beep_s(path: Path) -> float:
    """When a silent film becomes loud, in seconds of its player."""
    with av.open(str(path)) as film:
        begins_s = (film.start_time or 0) / av.time_base
        resampler = av.AudioResampler(format="flt", layout="mono", rate=48000)
        for frame in film.decode(audio=0):
            for part in resampler.resample(frame):
                values = struct.unpack(
                    f"<{part.samples}f", bytes(part.planes[0])[: 4 * part.samples]
                )
                loud = next((n for n, value in enumerate(values) if abs(value) > 0.05), None)
                if loud is not None and part.time is not None:
                    return part.time - begins_s + loud / 48000
    raise AssertionError("it is silent")


def sound_s(path: Path) -> float:
    """How many seconds of sound there are, holes not counted."""
    with av.open(str(path)) as film:
        return sum(frame.samples / frame.sample_rate for frame in film.decode(audio=0))


@pytest.mark.parametrize("ending", ["ts", "mkv"])
def test_time_stamps_that_begin_at_two_hours_keep_lips_in_step(
    tmp_path: Path, published: Publish, ending: str
) -> None:
    plain, source = tmp_path / "plain.mp4", tmp_path / f"late.{ending}"
    clap(plain)
    ffmpeg("-i", plain, "-c", "copy", "-output_ts_offset", 7200, source)
    manifest, film = published(source)
    assert manifest.duration_s == pytest.approx(2.0, abs=0.1)
    assert facts(film).duration_s == pytest.approx(2.0, abs=0.1)
    assert flash_s(film) == pytest.approx(1.0, abs=0.07)
    assert beep_s(film) == pytest.approx(1.0, abs=0.07)


def test_sound_that_begins_late_and_has_a_hole_stays_in_step(
    tmp_path: Path, media_dir: Path
) -> None:
    plain, source = tmp_path / "plain.mp4", tmp_path / "gaps.mkv"
    clap(plain)
    # The first half second of sound is missing, and a tenth before the beep.
    hole = ["-map", "0:v", "-map", "0:a", "-c:v", "copy", "-c:a", "pcm_s16le"]
    kept = "aselect='gte(t,0.5)*not(between(t,0.7,0.8))'"
    ffmpeg("-i", plain, "-af", kept, *hole, source)
    assert sound_s(source) == pytest.approx(1.4, abs=0.1), "the source itself must have holes"
    made = produce(source, display_path="x", media_dir=media_dir, settings=SMALL)
    (told,) = made.problems
    assert "no sound from 0.0 s to 0.5 s, from 0.70 s to 0.8" in told.message
    assert made.manifest is not None and made.folder is not None
    film = made.folder / made.manifest.renditions[0].path
    assert sound_s(film) == pytest.approx(2.0, abs=0.1), "filled, for players that know no holes"
    assert beep_s(film) == pytest.approx(flash_s(film), abs=0.07)


def clap(path: Path) -> None:
    """Two seconds: dark and silent, at one second light and loud at once."""
    light = "color=black:s=64x64:r=30:d=1[a];color=white:s=64x64:r=30:d=1[b];[a][b]concat"
    loud = "sine=440:r=48000:d=2,volume='gte(t,1)':eval=frame"
    ffmpeg("-f", "lavfi", "-i", light, "-f", "lavfi", "-i", loud, *FAST, path)


@pytest.mark.parametrize("late_s", [0.45, 0.5, 0.55])
def test_sound_that_ends_half_a_second_after_the_picture_is_never_an_error(
    tmp_path: Path, media_dir: Path, late_s: float
) -> None:
    # Up to half a second is the usual rest of a camera's last packets; encoding it may add a packet.
    source = tmp_path / "film.mov"
    heard = ["-itsoffset", str(late_s), "-f", "lavfi", "-i", "sine=d=1"]
    ffmpeg("-f", "lavfi", "-i", "testsrc2=s=64x36:r=25:d=1", *heard, *FAST, source)
    made = produce(source, display_path="videos/film.mov", media_dir=media_dir, settings=SMALL)
    assert {one.code for one in made.problems} <= {"media-picture-ends", "media-sound-missing"}
    assert made.manifest is not None
    longer = facts(source).duration_s
    assert longer is not None
    assert made.manifest.duration_s == pytest.approx(longer, abs=0.06)


@pytest.mark.parametrize(
    ("rate", "made_at"), [("25/2", 12.5), ("1000/33", 1000 / 33), ("90", 45), ("1000", 1000 / 17)]
)
def test_a_rate_that_nobody_films_at_keeps_its_time(
    tmp_path: Path, published: Publish, rate: str, made_at: float
) -> None:
    source = tmp_path / "film.mp4"
    ffmpeg("-f", "lavfi", "-i", f"testsrc2=s=64x36:r={rate}:d=0.8", *FAST, source)
    manifest, film = published(source)
    times = picture_times(film)
    steps = [later - before for before, later in pairwise(times)]
    assert steps == pytest.approx([1 / made_at] * len(steps), abs=1e-4)
    assert manifest.duration_s == pytest.approx(0.8, abs=1.5 / made_at)


# Streams


def two_pictures(path: Path, small: list[str], large: list[str], *seconds: float) -> Path:
    """A blue picture, a larger red one, and a tone, in one file."""
    inputs: list[str] = []
    for what, length_s in zip(
        ("color=0x283CC8:s=64x36", "color=0xC82828:s=128x72"), seconds, strict=True
    ):
        inputs += ["-f", "lavfi", "-i", f"{what}:r=10:d={length_s}"]
    tone = ["-f", "lavfi", "-i", f"sine=d={max(seconds)}"]
    marks = [*("-disposition:v:0", *small), *("-disposition:v:1", *large)]
    ffmpeg(*inputs, *tone, "-map", 0, "-map", 1, "-map", 2, *FAST, *marks, path)
    return path


@pytest.mark.parametrize(
    ("small", "large", "shown", "severity"),
    [
        ("default", "0", BLUE, "note"),
        ("0", "default", RED, "note"),
        ("default", "default", RED, "warning"),
    ],
)
@pytest.mark.parametrize("ending", ["mkv", "mp4"])
def test_of_two_pictures_the_one_marked_as_the_films_is_shown_else_the_larger(
    tmp_path: Path,
    media_dir: Path,
    ending: str,
    small: str,
    large: str,
    shown: tuple[int, int, int],
    severity: str,
) -> None:
    source = two_pictures(tmp_path / f"two.{ending}", [small], [large], 1.0, 1.0)
    assert [one.split()[0] for one in streams(source)] == ["video", "video", "audio"]
    made = produce(
        source, display_path=f"videos/{source.name}", media_dir=media_dir, settings=SMALL
    )
    assert [(one.code, one.severity) for one in made.problems] == [("media-pictures", severity)]
    assert made.manifest is not None and made.folder is not None
    film = made.folder / made.manifest.renditions[0].path
    assert streams(film) == ["video h264", "audio aac"]
    assert shape(film) == ((128, 72, "1") if shown == RED else (64, 36, "1"))
    for picture in (film, film.with_name("poster.jpg")):
        assert alike(colours(picture, columns=1, rows=1), [shown], within=14), picture.name


@pytest.mark.parametrize("ending", ["mkv", "mp4"])
def test_a_picture_that_lasts_is_the_film_beside_a_large_short_one_or_a_still(
    tmp_path: Path, ending: str
) -> None:
    short = two_pictures(tmp_path / f"short.{ending}", ["default"], ["default"], 3.0, 0.5)
    found = facts(short)
    assert (found.width, found.passed_over is not None) == (64, True)
    still = two_pictures(tmp_path / f"still.{ending}", ["0"], ["default"], 3.0, 0.1)
    found = facts(still)
    assert (found.width, found.passed_over) == (64, None)  # nobody misses a cover


@pytest.mark.parametrize("ending", ["mp4", "mkv"])
def test_cover_art_is_neither_film_nor_poster(
    tmp_path: Path, published: Publish, ending: str
) -> None:
    cover, source = tmp_path / "cover.png", tmp_path / f"covered.{ending}"
    ffmpeg("-f", "lavfi", "-i", "color=blue:s=1000x1000", "-frames:v", 1, cover)
    red = ["-f", "lavfi", "-i", "color=0xC82828:s=320x180:r=30:d=1"]
    if ending == "mp4":
        art = ["-i", cover, "-map", 1, "-map", 0, "-c:v:0", "copy", "-c:v:1", "libx264"]
        ffmpeg(*red, *art, "-disposition:v:0", "attached_pic", "-pix_fmt:v:1", "yuv420p", source)
    else:
        art = ["-attach", cover, "-metadata:s:t", "mimetype=image/png"]
        ffmpeg(*red, *art, *FAST, source)
    assert len(streams(source)) == 2
    _, film = published(source)
    assert streams(film) == ["video h264"]
    assert shape(film) == (320, 180, "1")
    poster = colours(film.with_name("poster.jpg"), columns=1, rows=1)
    assert alike(poster, [RED], within=14) and not alike(poster, [BLUE], within=14)


def test_subtitles_data_and_chapters_inside_a_film_stay_behind(
    make: Make, tmp_path: Path, published: Publish
) -> None:
    words, notes = tmp_path / "w.srt", tmp_path / "chapters.txt"
    words.write_text("1\n00:00:00,000 --> 00:00:01,000\nAt the clinic\n", "utf-8")
    chapter = "[CHAPTER]\nTIMEBASE=1/1\nSTART=0\nEND=1\ntitle=At the clinic\n"
    notes.write_text(f";FFMETADATA1\n{chapter}", "utf-8")
    source = tmp_path / "full.mkv"
    inputs = ["-i", make("plain.mp4"), "-i", words, "-f", "ffmetadata", "-i", notes]
    ffmpeg(
        *inputs, "-map", 0, "-map", 1, "-map_chapters", 2, "-c:v", "copy", "-c:a", "copy", source
    )
    assert len(streams(source)) == 3
    _, film = published(source)
    assert streams(film) == ["video h264", "audio aac"]
    with av.open(str(film)) as opened:
        assert opened.chapters() == []
    assert b"clinic" not in film.read_bytes()


# Sound


@pytest.mark.parametrize(
    ("kind", "encode"),
    [
        ("aevalsrc='0.2*sin(880*PI*t)':s=48000:d=2", ["-c:a", "aac"]),  # mono
        ("aevalsrc='0.2*sin(880*PI*t)':s=8000:d=2", ["-c:a", "pcm_s16le"]),  # 8 kHz, a telephone's
        ("aevalsrc='0.2*sin(880*PI*t)':s=11025:d=2", ["-c:a", "pcm_u8"]),
        (
            "aevalsrc='0|0|0.2*sin(880*PI*t)|0|0|0':c=5.1:s=48000:d=2",  # the voice in the middle
            ["-c:a", "ac3"],
        ),
        ("aevalsrc='0.2*sin(880*PI*t)|0':s=96000:d=2", ["-c:a", "flac"]),  # on the left only
    ],
)
def test_sound_of_any_kind_becomes_stereo_at_one_loudness(
    tmp_path: Path, published: Publish, kind: str, encode: list[str]
) -> None:
    source = tmp_path / "film.mkv"
    picture = ["-f", "lavfi", "-i", "testsrc2=s=160x90:r=10:d=2"]
    ffmpeg(*picture, "-f", "lavfi", "-i", kind, *FAST, *encode, source)
    manifest, film = published(source)
    assert manifest.has_audio
    assert streams(film) == ["video h264", "audio aac"]
    with av.open(str(film)) as opened:
        sound = opened.streams.audio[0]
        assert (sound.rate, sound.layout.name) == (48000, "stereo")
        assert sound.duration is not None and sound.time_base is not None
        assert float(sound.duration * sound.time_base) == pytest.approx(2.0, abs=0.1)
    lufs, peak = loudness(film)
    assert lufs == pytest.approx(-16.0, abs=1.0)
    assert peak <= -1.0


@pytest.mark.parametrize("value", ["0/0", "1/0"])
def test_sound_that_is_no_number_is_said(tmp_path: Path, media_dir: Path, value: str) -> None:
    source = tmp_path / "no-number.mkv"
    sound = [
        "-f",
        "lavfi",
        "-i",
        f"aevalsrc='if(lt(t,0.1),0.1,{value})':d=0.2",
        "-c:a",
        "pcm_f32le",
    ]
    ffmpeg("-f", "lavfi", "-i", "testsrc2=s=64x64:r=25:d=0.2", *sound, *FAST, source)
    made = produce(source, display_path="videos/x.mkv", media_dir=media_dir, settings=SMALL)
    (problem,) = made.problems
    assert problem.code == "media-encode-failed"
    assert "its sound contains values that are no numbers" in problem.message


def test_a_silent_track_stays_silent_and_no_track_stays_none(
    tmp_path: Path, published: Publish
) -> None:
    picture = ["-f", "lavfi", "-i", "testsrc2=s=160x90:r=10:d=1"]
    silent, none = tmp_path / "silent.mp4", tmp_path / "none.mp4"
    ffmpeg(*picture, "-f", "lavfi", "-i", "anullsrc=r=48000:cl=mono:d=1", *FAST, silent)
    ffmpeg(*picture, *FAST, none)
    manifest, film = published(silent)
    assert manifest.has_audio
    assert loudness(film)[1] < -70
    manifest, film = published(none)
    assert not manifest.has_audio
    assert streams(film) == ["video h264"]


@pytest.mark.parametrize("samples", [1, 900])
def test_sound_of_a_moment_is_no_reason_to_refuse_a_film(
    tmp_path: Path, media_dir: Path, samples: int
) -> None:
    source = tmp_path / "moment.mov"
    tone = f"sine=440:r=48000,atrim=end_sample={samples}"
    picture = ["-f", "lavfi", "-i", "testsrc2=s=64x36:r=10:d=1"]
    ffmpeg(*picture, "-f", "lavfi", "-i", tone, *FAST, "-c:a", "pcm_s16le", source)
    made = produce(source, display_path="x", media_dir=media_dir, settings=SMALL)
    assert [(one.code, one.severity) for one in made.problems] == [
        ("media-sound-missing", "warning")
    ]
    assert made.manifest is not None and made.manifest.has_audio


# The coach's own poster


@pytest.mark.parametrize(("turn", "stored"), [(3, 180), (6, 90), (8, 270)])
def test_a_poster_turned_by_a_camera_is_shown_upright(
    make: Make, tmp_path: Path, published: Publish, turn: int, stored: int
) -> None:
    image = tmp_path / "film.poster.jpg"
    upright = Image.new("RGB", (120, 200))
    for number, colour in enumerate(QUARTERS):
        left, top = 60 * (number % 2), 100 * (number // 2)
        upright.paste(colour, (left, top, left + 60, top + 100))
    exif = Image.Exif()
    exif[0x0112] = turn
    exif[0x010F] = "Apple"
    upright.rotate(stored, expand=True).save(image, quality=95, exif=exif)
    before = image.read_bytes()
    manifest, film = published(make("small.mp4", size="64x64", seconds=0.5), poster_image=image)
    assert {(one.width, one.height) for one in manifest.posters} == {(120, 200)}
    for one in manifest.posters:
        poster = film.with_name(one.path)
        assert alike(colours(poster), QUARTERS, within=14), one.path
        assert b"Apple" not in poster.read_bytes()
        if one.path.endswith(("jpg", "webp")):
            with Image.open(poster) as picture:
                assert picture.size == (120, 200)
                assert not picture.getexif()
    assert image.read_bytes() == before


@pytest.mark.parametrize("share", [0.2, 0.5, 0.95])
def test_a_poster_that_is_cut_off_is_not_shown_half(
    make: Make, tmp_path: Path, media_dir: Path, share: float
) -> None:
    image = tmp_path / "film.poster.jpg"
    Image.effect_noise((320, 180), 60).save(image, "JPEG")
    whole = image.read_bytes()
    image.write_bytes(whole[: int(len(whole) * share)])
    made = produce(
        make("small.mp4", size="64x64", seconds=0.5),
        display_path="videos/film.mp4",
        media_dir=media_dir,
        poster_image=image,
    )
    (problem,) = made.problems
    assert (problem.path, problem.code) == ("videos/film.poster.jpg", "poster-image")
    assert made.manifest is None


def test_a_poster_that_is_seen_through_is_shown_on_white(
    make: Make, tmp_path: Path, published: Publish
) -> None:
    image = tmp_path / "film.poster.png"
    Image.new("RGBA", (120, 200), (255, 0, 0, 0)).save(image)
    _, film = published(make("small.mp4", size="64x64", seconds=0.5), poster_image=image)
    assert alike(
        colours(film.with_name("poster.jpg"), columns=1, rows=1), [(255, 255, 255)], within=6
    )


@pytest.mark.parametrize("name", ["img%03d.poster.jpg", "-i.poster.jpg", "http:x.poster.jpg"])
def test_a_posters_name_is_only_a_name(
    make: Make, tmp_path: Path, published: Publish, name: str
) -> None:
    folder = tmp_path / "100% [mine]"
    folder.mkdir()
    image = folder / name
    Image.new("RGB", (120, 200), RED).save(image, "jpeg")
    Image.new("RGB", (60, 60), BLUE).save(folder / "img001.poster.jpg", "jpeg")
    manifest, film = published(make("small.mp4", size="64x64", seconds=0.5), poster_image=image)
    assert {(one.width, one.height) for one in manifest.posters} == {(120, 200)}
    assert alike(colours(film.with_name("poster.jpg"), columns=1, rows=1), [RED], within=12)
