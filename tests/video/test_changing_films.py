"""Films that change in the middle, last longer than their picture or promise what is not there."""

from __future__ import annotations

import array
import struct
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import av
import pytest

from kinopress.media.trim import Trim
from kinopress.video.encode.produced import Produced
from kinopress.video.produce import produce
from kinopress.video.settings import H264_360, VideoSettings
from video.conftest import QUARTERS, alike, colours, ffmpeg, picture_times, quarters
from video.test_odd_films import FAST, facts, shape, with_box

SMALL = VideoSettings(rungs=(H264_360,))
Publish = Callable[..., tuple[Path, list[str]]]


@pytest.fixture
def published(media_dir: Path) -> Publish:
    """One rendition of a film, and the codes of what was said."""

    def publish(source: Path, **how: object) -> tuple[Path, list[str]]:
        shown = f"videos/{source.name}"
        made: Produced = produce(
            source,
            display_path=shown,
            media_dir=media_dir,
            settings=SMALL,
            **how,  # type: ignore[arg-type]
        )
        assert made.manifest is not None and made.folder is not None, made.problems
        film = made.folder / made.manifest.renditions[0].path
        return film, [problem.code for problem in made.problems]

    return publish


def moving(
    path: Path,
    *extra: object,
    size: str = "160x90",
    tone_hz: int = 440,
    at_s: float = 0,
    picture_s: float = 2.0,
    sound_s: float = 2.0,
) -> Path:
    """A moving picture with a tone, which begins at ``at_s``."""
    picture = ["-f", "lavfi", "-i", f"testsrc2=s={size}:r=30:d={picture_s}"]
    tone = ["-f", "lavfi", "-i", f"sine={tone_hz}:r=48000:d={sound_s}"]
    ffmpeg(*picture, *tone, *FAST, *extra, "-output_ts_offset", at_s, path)
    return path


def chained(path: Path, *pieces: Path) -> Path:
    """Transport streams one behind the other, as a camera's files are copied together."""
    path.write_bytes(b"".join(piece.read_bytes() for piece in pieces))
    return path


_HEARD_HZ = 8000
"""Samples a second of the sound that is listened to: enough for the tones of these films, the highest of 1200 Hz."""


def tones_hz(path: Path, every_s: float = 0.5) -> list[int]:
    """The tone of each stretch of a film's sound, 0 for silence; a hole fails."""
    values = array.array("f")
    with av.open(str(path)) as film:
        resampler = av.AudioResampler(format="flt", layout="mono", rate=_HEARD_HZ)
        end_s = 0.0
        for frame in film.decode(audio=0):
            assert frame.time is not None and abs(frame.time - end_s) < 0.002, "no hole"
            end_s = frame.time + frame.samples / frame.sample_rate
            for part in resampler.resample(frame):
                values.frombytes(bytes(part.planes[0])[: 4 * part.samples])
    count = int(_HEARD_HZ * every_s)
    found = []
    for begin in range(0, len(values) - count // 2, count):
        some = values[begin : begin + count]
        changes = sum((one < 0) != (two < 0) for one, two in pairwise(some))
        loud = max(map(abs, some)) > 0.003
        found.append(round(changes / 2 / (len(some) / _HEARD_HZ)) if loud else 0)
    return found


def assert_even(path: Path, count: int, fps: int = 30) -> None:
    times = picture_times(path)
    assert abs(len(times) - count) <= 1, len(times)
    assert times == pytest.approx([number / fps for number in range(len(times))], abs=0.001)


CHANGES: dict[str, dict[str, object]] = {
    "larger": {"size": "320x180"},
    "turned": {"size": "90x160"},
}
OPTIONS: dict[str, list[object]] = {
    "pixels": ["-pix_fmt", "yuv422p"],
    "stereo": ["-ac", 2],
    "rate of the sound": ["-ar", 22050],
    "tags": ["-vf", "scale=out_color_matrix=bt709", "-colorspace", "bt709"],
}


@pytest.mark.parametrize("change", [*CHANGES, *OPTIONS])
def test_a_film_that_changes_in_the_middle_keeps_its_pace_and_its_sound(
    tmp_path: Path, published: Publish, change: str
) -> None:
    first = moving(tmp_path / "a.ts", "-colorspace", "smpte170m")
    second = moving(
        tmp_path / "b.ts",
        *OPTIONS.get(change, []),
        tone_hz=880,
        at_s=2,
        **CHANGES.get(change, {}),  # type: ignore[arg-type]
    )
    film, said = published(chained(tmp_path / "changes.ts", first, second))
    assert said == []
    assert_even(film, 120)
    assert shape(film) == ((320, 180, "1") if change == "larger" else (160, 90, "1"))
    heard = tones_hz(film)
    # AAC begins and ends softly, so the edges of a piece are left out.
    assert heard[1:3] == pytest.approx([440] * 2, abs=3)
    assert heard[5:7] == pytest.approx([880] * 2, abs=3)


def test_colours_stay_when_their_range_changes(tmp_path: Path, published: Publish) -> None:
    pieces = []
    for at_s, range_name in ((0, "tv"), (1, "pc")):
        piece = tmp_path / f"{range_name}.ts"
        how = f"scale=out_range={range_name}:out_color_matrix=bt709"
        told = ["-color_range", range_name, "-colorspace", "bt709"]
        still = quarters(160, 90)
        ffmpeg(*still, "-vf", how, *FAST, *told, "-output_ts_offset", at_s, piece)
        pieces.append(piece)
    film, said = published(chained(tmp_path / "range.ts", *pieces))
    assert said == []
    assert_even(film, 60)
    assert alike(colours(film), QUARTERS, within=12)
    end = tmp_path / "end.mp4"
    ffmpeg("-ss", 1.5, "-i", film, "-c", "copy", end)
    assert alike(colours(end), QUARTERS, within=12)


@pytest.mark.parametrize("ending", ["mp4", "mkv", "avi"])
def test_sound_that_goes_on_keeps_the_last_picture(
    tmp_path: Path, published: Publish, ending: str
) -> None:
    source = moving(tmp_path / f"talk.{ending}", picture_s=1.0, sound_s=13.0)
    if ending == "mkv":  # without its statistics, as browsers write it
        bare = tmp_path / "bare.mkv"
        data = source.read_bytes().replace(b"DURATION", b"XURATION")
        bare.write_bytes(data)
        source = bare
    film, said = published(source)
    assert said == ["media-picture-ends"]
    assert_even(film, 390)
    assert len(tones_hz(film)) == 26
    assert set(tones_hz(film)[1:25]) <= {439, 440, 441}
    _, again = published(source)
    assert again == said, "it is said each time"


def test_a_trim_shows_the_picture_that_is_there_when_it_begins(
    tmp_path: Path, published: Publish
) -> None:
    source = tmp_path / "slides.mp4"
    slides = "color=0xC82828:s=160x90:r=1/4:d=4[a];color=0x283CC8:s=160x90:r=1/4:d=4[b];"
    ffmpeg("-f", "lavfi", "-i", f"{slides}[a][b]concat", *FAST, source)
    film, _ = published(source, trim=Trim(2.0, 6.0))
    assert alike(colours(film, columns=1, rows=1), [(200, 40, 40)], within=14)


@pytest.mark.parametrize("step_s", [2, 400])
def test_the_last_slide_is_shown_however_short_it_is(
    tmp_path: Path, published: Publish, step_s: int
) -> None:
    # The last one lasts for a twenty-fifth of a second, as the one before did when it was drawn.
    source = tmp_path / "slides.mp4"
    slides = "color=0xC82828:s=160x90:r=25:d=0.04[a];color=0x283CC8:s=160x90:r=25:d=0.04[b];"
    later = f"[a][b]concat,settb=1/25,setpts=N*25*{step_s}"
    ffmpeg("-f", "lavfi", "-i", slides + later, "-fps_mode", "passthrough", *FAST, source)
    film, said = published(source)
    assert said == []
    times = picture_times(film)
    assert times[-1] == pytest.approx(step_s, abs=0.5)
    end = tmp_path / "end.mp4"
    ffmpeg("-i", film, "-vf", "reverse", "-frames:v", 1, end)
    assert alike(colours(end, columns=1, rows=1), [(40, 60, 200)], within=14)


@pytest.mark.parametrize("ending", ["mov", "mp4", "avi", "mkv"])
def test_a_title_in_other_letters_is_not_looked_at(
    tmp_path: Path, published: Publish, ending: str
) -> None:
    source = moving(tmp_path / f"film.{ending}", "-metadata", "title=Kniebeuge fuer Xnfaenger")
    data = source.read_bytes()
    assert b"Xnfaenger" in data
    source.write_bytes(data.replace(b"Xnfaenger", b"\xc4nf\xe4ngerx"))
    film, said = published(source)
    assert said == []
    assert_even(film, 60)


def test_damaged_sound_is_said(tmp_path: Path, published: Publish) -> None:
    source = moving(tmp_path / "damaged.mp4", picture_s=3.0, sound_s=3.0)
    data = bytearray(source.read_bytes())
    with av.open(str(source)) as film:
        for packet in film.demux(audio=0):
            if packet.pts is not None and packet.pts * packet.time_base >= 1.5:
                assert packet.pos is not None
                data[packet.pos : packet.pos + packet.size] = b"\xff" * packet.size
    source.write_bytes(data)
    made, said = published(source)
    assert said == ["media-sound-lost"]
    assert tones_hz(made)[1:3] == pytest.approx([440] * 2, abs=3)


def test_a_film_is_cropped_as_its_container_says(tmp_path: Path, published: Publish) -> None:
    source = tmp_path / "cropped.mp4"
    bars = "pad=160:120:0:15:white,format=yuv420p"
    x265 = ["-c:v", "libx265", "-tag:v", "hvc1", "-x265-params", "log-level=0"]
    ffmpeg(*quarters(160, 90), "-vf", bars, *x265, source)
    aperture = struct.pack(">8I", 160, 1, 90, 1, 0, 1, 0, 1)
    source.write_bytes(with_box(source.read_bytes(), b"clap", aperture))
    found = facts(source)
    assert (found.width, found.height) == (160, 90)
    film, _ = published(source)
    assert shape(film) == (160, 90, "1")
    assert alike(colours(film), QUARTERS, within=14)


def test_a_film_is_cropped_as_its_pictures_say(tmp_path: Path, published: Publish) -> None:
    source = tmp_path / "cropped.mp4"
    bars = "pad=176:112:6:4:white,format=yuv420p"
    crop = "h264_metadata=crop_left=6:crop_right=10:crop_top=4:crop_bottom=18"
    ffmpeg(*quarters(160, 90, seconds=0.2), "-vf", bars, *FAST, "-bsf:v", crop, source)
    film, said = published(source)
    assert said == []
    assert shape(film) == (160, 90, "1")
    assert alike(colours(film), QUARTERS, within=14)


@pytest.mark.parametrize("size", ["321x181", "320x181", "321x180"])
def test_odd_sides_in_bt709_are_made_even(tmp_path: Path, published: Publish, size: str) -> None:
    source = tmp_path / "screen.webm"
    told = ["-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709"]
    picture = ["-f", "lavfi", "-i", f"testsrc2=s={size}:r=30:d=0.5,format=yuv420p"]
    ffmpeg(*picture, "-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", 8, *told, source)
    film, said = published(source)
    assert said == []
    assert shape(film) == (320, 180, "1")


def test_the_track_marked_as_the_films_is_heard(tmp_path: Path, published: Publish) -> None:
    source = tmp_path / "two.mkv"
    picture = ["-f", "lavfi", "-i", "testsrc2=s=160x90:r=30:d=2"]
    tones = ["-f", "lavfi", "-i", "sine=440:d=2", "-f", "lavfi", "-i", "sine=1200:d=2"]
    marks = ["-disposition:a:0", 0, "-disposition:a:1", "default"]
    ffmpeg(*picture, *tones, "-map", 0, "-map", 1, "-map", 2, *FAST, *marks, source)
    film, said = published(source)
    assert said == []
    assert tones_hz(film)[1:3] == pytest.approx([1200] * 2, abs=5)


@pytest.mark.parametrize(
    ("name", "sound"),
    [
        ("mono-then-stereo.mkv", ["-c:a", "libmp3lame"]),  # 25 ms of run-in
        ("slow.mkv", ["-c:a", "libmp3lame", "-ar", 22050]),  # 50 ms
        ("camera.ts", ["-c:a", "aac"]),  # 21 ms, of which the container says nothing
    ],
)
def test_the_run_in_of_the_sound_shows_no_picture_twice(
    tmp_path: Path, published: Publish, name: str, sound: list[object]
) -> None:
    source = moving(tmp_path / name, *sound)
    film, said = published(source)
    assert said == []
    assert len(picture_times(film)) == 60
    assert_even(film, 60)
    assert tones_hz(film)[1:3] == pytest.approx([440] * 2, abs=3)


def beep(path: Path, *, picture_from_s: float) -> Path:
    """A picture that is white, and a tone that sounds, from the same second (1.5) on."""
    white_s = 1.5 - picture_from_s
    late = f"color=black:s=160x90:r=30:d={white_s}[a];color=white:s=160x90:r=30:d=1[b];[a][b]concat"
    tone = "sine=440:r=48000:d=2.5,volume=0:enable=lt(t\\,1.5)"
    ffmpeg(
        *["-itsoffset", picture_from_s, "-f", "lavfi", "-i", late, "-f", "lavfi", "-i", tone],
        *["-map", 0, "-map", 1, *(FAST if path.suffix != ".mpg" else []), path],
    )
    return path


@pytest.mark.parametrize("ending", ["ts", "mpg", "mkv", "mp4"])
def test_pictures_that_come_after_the_sound_stay_in_step(
    tmp_path: Path, published: Publish, ending: str
) -> None:
    film, _ = published(beep(tmp_path / f"late.{ending}", picture_from_s=0.5))
    with av.open(str(film)) as opened:
        bright = [
            float(frame.pts * frame.time_base)
            for frame in opened.decode(video=0)
            if bytes(frame.reformat(width=16, height=16, format="gray").planes[0])[100] > 128
        ]
    with av.open(str(film)) as opened:
        loud = [
            frame.time
            for frame in opened.decode(audio=0)
            if max(map(abs, array.array("f", bytes(frame.planes[0])))) > 0.01
        ]
    assert min(bright) == pytest.approx(min(loud), abs=0.06)


def test_recordings_copied_together_become_one_film(tmp_path: Path, published: Publish) -> None:
    parts = [
        moving(tmp_path / "a.ts"),
        moving(tmp_path / "b.ts", tone_hz=880, picture_s=3.0, sound_s=3.0),
        moving(tmp_path / "c.ts", tone_hz=660, picture_s=1.0, sound_s=1.0),
    ]
    source = chained(tmp_path / "copied.ts", *parts)
    film, said = published(source)
    assert said == ["media-time-stamps"]  # a note: three recordings, one film
    assert_even(film, 180)
    heard = tones_hz(film)
    assert heard[1:3] == pytest.approx([440] * 2, abs=3)
    assert heard[5:9] == pytest.approx([880] * 4, abs=3)
    shown = produce(
        source,
        display_path="videos/copied.ts",
        media_dir=tmp_path / "trimmed",
        settings=SMALL,
        trim=Trim(3.0, None),
    )
    assert [(one.code, one.severity) for one in shown.problems] == [
        ("media-time-stamps", "error"),
        ("media-time-stamps", "note"),
    ]


HOLES: dict[str, list[object]] = {
    "from 2.0 s to its end at 4.0 s": ["-af", "atrim=end=2"],
    "from 0.0 s to 1.5 s": ["-af", "atrim=start=1.5"],
    "from 1.0 s to 2.0 s": ["-af", "aselect=not(between(t\\,1\\,2))"],
}


@pytest.mark.parametrize("where", HOLES)
@pytest.mark.parametrize("ending", ["mkv", "mp4"])
def test_where_there_is_no_sound_is_said(
    tmp_path: Path, media_dir: Path, where: str, ending: str
) -> None:
    source = tmp_path / f"holes.{ending}"
    moving(source, *HOLES[where], "-c:a", "aac", picture_s=4.0, sound_s=4.0)
    made = produce(source, display_path="x", media_dir=media_dir, settings=SMALL)
    assert [one.code for one in made.problems] == ["media-sound-missing"]
    assert f"no sound {where}" in made.problems[0].message
    again = produce(source, display_path="x", media_dir=media_dir, settings=SMALL)
    assert again.problems == made.problems and not again.encoded


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "zeros": lambda data: bytes(len(data)),
    "ones": lambda data: b"\xff" * len(data),
    "cut out": lambda data: b"",
}


@pytest.mark.parametrize("name", ["film.mkv", "silent.mkv", "film.ts", "silent.ts", "film.mpg"])
def test_blocks_that_are_destroyed_are_said(tmp_path: Path, published: Publish, name: str) -> None:
    source = tmp_path / name
    silent = ["-an"] if name.startswith("silent") else []
    moving(source, "-g", 15, *silent)
    _, said = published(source)
    assert said == [], "whole"
    data = source.read_bytes()
    # Transport packets have 188 bytes.
    begin, end = (int(len(data) * share) // 188 * 188 for share in (0.4, 0.6))
    for damage, damaged in DAMAGES.items():
        source.write_bytes(data[:begin] + damaged(data[begin:end]) + data[end:])
        film, said = published(source)
        assert "media-picture-lost" in said, damage
        assert bool(silent) or {"media-sound-lost", "media-sound-missing"} & set(said), damage
        assert_even(film, 60)


@pytest.mark.parametrize("damage", ["zeros", "ones"])
def test_fragments_behind_a_damaged_one_are_not_forgotten(tmp_path: Path, damage: str) -> None:
    source = tmp_path / "fragments.mp4"
    pieces = ["-g", 15, "-movflags", "frag_keyframe+empty_moov+default_base_moof"]
    moving(source, *pieces, picture_s=4.0, sound_s=4.0)
    data = source.read_bytes()
    begin, end = (int(len(data) * share) for share in (0.45, 0.55))
    source.write_bytes(data[:begin] + DAMAGES[damage](data[begin:end]) + data[end:])
    found = produce(source, display_path="x", media_dir=tmp_path / "media", settings=SMALL)
    assert [one.code for one in found.problems] == ["media-truncated"]
