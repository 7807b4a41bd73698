"""Films that change in the middle, last longer than their picture or promise what is not there."""

from __future__ import annotations

import array
import struct
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import av
import pytest

from kinopress.video.job import Produced
from kinopress.video.produce import produce
from kinopress.video.settings import H264_360, VideoSettings
from kinopress.video.trim import Trim

from .conftest import QUARTERS, alike, colours, ffmpeg, picture_times, quarters
from .test_odd_films import FAST, facts, shape, with_box

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


def tones_hz(path: Path, every_s: float = 0.5) -> list[int]:
    """The tone of each stretch of a film's sound, 0 for silence; a hole fails."""
    values = array.array("f")
    with av.open(str(path)) as film:
        resampler = av.AudioResampler(format="flt", layout="mono", rate=48000)
        end_s = 0.0
        for frame in film.decode(audio=0):
            assert frame.time is not None and abs(frame.time - end_s) < 0.002, "no hole"
            end_s = frame.time + frame.samples / frame.sample_rate
            for part in resampler.resample(frame):
                values.frombytes(bytes(part.planes[0])[: 4 * part.samples])
    count = int(48000 * every_s)
    found = []
    for begin in range(0, len(values) - count // 2, count):
        some = values[begin : begin + count]
        changes = sum((one < 0) != (two < 0) for one, two in pairwise(some))
        loud = max(map(abs, some)) > 0.003
        found.append(round(changes / 2 / (len(some) / 48000)) if loud else 0)
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
